/* write_test.c - see write_test.h. */
#include "write_test.h"

#include <math.h>
#include <string.h>

#include "json_build.h"
#include <behov/labels.h>
#include <behov/test_tables.h>
#include "text_lines.h"
#include <behov/wording.h>
#include "write_json.h"
#include "write_text.h"

/* ---- the page ------------------------------------------------------------------------------------------------------
 */

behov_status write_text_test(const behov_fit_results *fit_results, const behov_test_results *test, FILE *out,
                             behov_error *err)
{
    behov_section_list list = {0};
    behov_status status = behov_test_add(fit_results, test, &list, err);
    if (!status)
        status = write_text_estimation_head(fit_results, out, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        fputs(i ? "\n" : "", out);
        if (i) /* the page's head has said how the first was computed */
            text_line(list.sections[i].subtitle, 0, out);
        fputc('\n', out);
        write_text_table(list.sections[i].table, NULL, fit_results->study->lang, out);
        for (size_t n = 0; n < list.sections[i].n_notes; n++) {
            const char *note = list.sections[i].notes[n];
            if (i + 1 < list.n &&
                strcmp(note, behov_label(fit_results->study->lang, BEHOV_WORD_SIMULATED_EXPLAINED)) == 0)
                continue;
            fputs(n ? "" : "\n", out);
            text_line(note, 0, out);
        }
    }
    behov_section_list_free(&list);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *bootstrap_object(const behov_test_results *test)
{
    const behov_boot_result *boot = &test->bootstrap;
    json_t *object = json_object();
    json_put(object, "method", json_text(boot->is_unrestricted ? "wcu" : "wcr"));
    json_put(object, "draws", json_text(behov_boot_draws_name(boot->draws)));
    json_put(object, "n_draws", json_count(boot->n_draws));
    json_put(object, "is_enumerated", json_boolean(boot->is_enumerated));
    json_put(object, "seed", boot->is_enumerated ? json_null() : json_integer((json_int_t)test->seed));
    json_put(object, "n_clusters", json_count(boot->n_clusters));
    json_put(object, "t", json_figure(boot->t));
    json_put(object, "p_symmetric", json_figure(boot->p_symmetric));
    json_put(object, "p_equal_tail", json_figure(boot->p_equal_tail));
    json_put(object, "p_lowest", json_figure(boot->p_lowest));
    json_put(object, "n_strictly_greater", json_count(boot->n_strictly_greater));
    json_put(object, "n_ties", json_count(boot->n_ties));
    json_put(object, "ci_low", json_figure(boot->ci_low));
    json_put(object, "ci_high", json_figure(boot->ci_high));
    json_put(object, "is_level_reachable", json_boolean(boot->is_level_reachable));
    json_put(object, "is_bounded_below", json_boolean(isfinite(boot->ci_low)));
    json_put(object, "is_bounded_above", json_boolean(isfinite(boot->ci_high)));
    return object;
}

behov_status write_json_test(const char *path, const behov_fit_results *fit_results, const behov_test_results *test,
                             behov_error *err)
{
    const behov_wald_result *wald = &test->wald;
    size_t n_clusters = behov_vcov_n_clusters(fit_results->vcov);
    json_t *object = json_object(), *restrictions = json_array();
    for (size_t i = 0; i < wald->n_restrictions; i++)
        json_add(restrictions, json_text(behov_hypothesis_text(test->hypothesis, i)));
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "model", json_text(fit_results->study->model.title));
    json_put(object, "formula", json_text(behov_formula_text(fit_results->study->formula)));
    json_put(object, "data",
             json_text(fit_results->study->is_bundled ? "bundled simulated panel" : fit_results->study->panel_path));
    json_put(object, "is_simulated", json_boolean(fit_results->study->is_simulated));
    write_json_cautions(object, fit_results->study);
    json_put(object, "n_estimated", json_count(behov_fit_n_rows(fit_results->fit)));
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(fit_results->vcov))));
    json_put(object, "cluster", json_text(n_clusters ? fit_results->cluster : NULL));
    json_put(object, "second_cluster", json_text(n_clusters ? fit_results->second_cluster : NULL));
    json_put(object, "cluster_is_default", json_boolean(fit_results->is_default_cluster));
    json_put(object, "se_kind_is_default", json_boolean(fit_results->is_default_kind));
    json_put(object, "jackknife_is_undefined", json_boolean(fit_results->has_no_jackknife));
    json_put(object, "clusters_part_municipalities",
             n_clusters && !behov_design_is_merged(fit_results->design) /* factors have no municipalities */
                 ? json_boolean(fit_results->parts_municipalities)
                 : json_null());
    json_put(object, "n_clusters", n_clusters ? json_count(n_clusters) : json_null());
    json_put(object, "weights",
             json_text(fit_results->study->weights ? behov_expression_text(fit_results->study->weights) : NULL));
    json_put(object, "weight_kind", json_text(behov_fit_results_weight_kind(fit_results)));
    if (behov_vcov_kind_of(fit_results->vcov) == BEHOV_VCOV_CV2)
        json_put(object, "cv2_working", json_text(behov_fit_results_cv2_working(fit_results)));
    json_put(object, "restrictions", restrictions);
    json_put(object, "estimate", json_figure(wald->estimate));
    json_put(object, "null", json_figure(wald->null));
    json_put(object, "se", json_figure(wald->se));
    json_put(object, "t", json_figure(wald->t));
    json_put(object, "f", json_figure(wald->f));
    json_put(object, "dof1", json_figure(wald->dof1));
    json_put(object, "dof2", json_figure(wald->dof2));
    json_put(object, "p", json_figure(wald->p));
    json_put(object, "is_unreliable", json_boolean(wald->is_unreliable));
    json_put(object, "level_pct", json_figure(fit_results->level_pct));
    json_put(object, "ci_low", json_figure(test->ci_low));
    json_put(object, "ci_high", json_figure(test->ci_high));
    json_put(object, "bootstrap", test->has_bootstrap ? bootstrap_object(test) : json_null());
    return write_json_object(path, object, err);
}

/* ---- for the verb ------------------------------------------------------------------------------------------------ */

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const test_page *page = context;
    return write_text_test(page->fit_results, &page->test, out, err);
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    const test_page *page = context;
    return behov_test_add(page->fit_results, &page->test, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const test_page *page = context;
    return behov_test_table(page->fit_results, &page->test, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const test_page *page = context;
    return write_json_test(path, page->fit_results, &page->test, err);
}

const output_writers test_writers = {
    .sections = sections, .rows = rows, .json = json, .page = page, .title = BEHOV_WORD_TITLE_TEST};
