/* write_test.c - a hypothesis, its Wald test and its bootstrap: tables and the sentences about them, and a jansson
 * tree. */
#include "write_test.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "write_json.h"
#include "write_text.h"

/* ---- the page ------------------------------------------------------------------------------------------------------
 */

typedef struct figure {
    behov_report_column column;
    double value;
} figure;

/* A report of one row; `text` under `text_key` comes first, NULL = none. */
static behov_status one_row(const char *key, const char *text_key, const char *text, const figure *figures, size_t n,
                            behov_report **report, behov_error *err)
{
    behov_report *made = NULL;
    behov_status status = behov_report_new(key, 1, NULL, &made, err);
    if (!status && text)
        status = behov_report_add_texts(made, (behov_report_column){text_key, NULL, BEHOV_Q_TEXT}, err);
    if (!status && text)
        status = behov_report_set_text(made, 0, 0, text, err);
    for (size_t i = 0; i < n && !status; i++)
        status = behov_report_add_numbers(made, figures[i].column, (double *)&figures[i].value, false, err);
    if (status)
        behov_report_free(made);
    else
        *report = made;
    return status;
}

static behov_status print_row(const char *key, const char *text_key, const char *text, const figure *figures, size_t n,
                              language lang, FILE *out, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = one_row(key, text_key, text, figures, n, &report, err);
    if (!status)
        write_text_table(report, NULL, lang, out);
    behov_report_free(report);
    return status;
}

static void caption(FILE *out, language lang, const char *key, const char *text)
{
    const char *name = label(lang, key);
    fprintf(out, "%s%*s%s\n", name, format_width(name) < 10 ? (int)(10 - format_width(name)) : 1, "", text);
}

static const char *count(language lang, double value, char text[BEHOV_NUMBER_SIZE])
{
    return format_cell(BEHOV_Q_COUNT, value, lang, text);
}

static void head(const results *of, FILE *out)
{
    language lang = of->of->lang;
    char one[600], text[1200], number[BEHOV_NUMBER_SIZE];
    const char *title = of->of->model.title;
    results_outcome(of, one);
    snprintf(text, sizeof text, "%s%s%s", title ? title : "", title ? ": " : "", one);
    caption(out, lang, "caption_model", text);
    results_data_name(of, one);
    char rows[200];
    label_fill(lang, "estimated_on_rows", rows, sizeof rows, "n",
               count(lang, (double)behov_fit_n_rows(of->fit), number), NULL);
    snprintf(text, sizeof text, "%s   %s", one, rows);
    caption(out, lang, "caption_data", text);
    results_errors(of, one);
    caption(out, lang, "caption_errors", one);
}

/* "(WCR, null imposed): 99 999 Rademacher draws, seed 0" and what follows from few clusters. */
static behov_status bootstrap_lines(const results *of, const test_results *test, FILE *out, behov_error *err)
{
    language lang = of->of->lang;
    const behov_boot_result *boot = &test->bootstrap;
    char text[600], draws[BEHOV_NUMBER_SIZE], clusters[BEHOV_NUMBER_SIZE], other[BEHOV_NUMBER_SIZE];
    char seed[24], low[100], high[100];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)test->seed);
    count(lang, (double)boot->n_draws, draws);
    count(lang, (double)boot->n_clusters, clusters);
    static const char *const kinds[] = {[BEHOV_BOOT_RADEMACHER] = "draws_rademacher",
                                        [BEHOV_BOOT_WEBB] = "draws_webb",
                                        [BEHOV_BOOT_MAMMEN] = "draws_mammen"};
    label_fill(lang, boot->is_enumerated ? "bootstrap_enumerated" : "bootstrap_drawn", text, sizeof text, "method",
               label(lang, boot->is_unrestricted ? "bootstrap_wcu" : "bootstrap_wcr"), "n", draws, "draws",
               label(lang, kinds[boot->draws]), "seed", seed, "clusters", clusters, NULL);
    fprintf(out, "\n%s\n\n", text);
    results_interval_label(of, "ci_low", low);
    results_interval_label(of, "ci_high", high);
    const figure figures[] = {
        {{"p_symmetric", NULL, BEHOV_Q_P}, boot->p_symmetric},
        {{"p_equal_tail", NULL, BEHOV_Q_P}, boot->p_equal_tail},
        {{"ci_low", low, BEHOV_Q_COEFFICIENT}, isinf(boot->ci_low) ? NAN : boot->ci_low},
        {{"ci_high", high, BEHOV_Q_COEFFICIENT}, isinf(boot->ci_high) ? NAN : boot->ci_high},
    };
    behov_status status = print_row("bootstrap", NULL, NULL, figures, sizeof figures / sizeof *figures, lang, out, err);
    if (status)
        return status;
    fputc('\n', out);
    label_fill(lang, boot->n_ties ? "bootstrap_counts_ties" : "bootstrap_counts", text, sizeof text, "greater",
               count(lang, (double)boot->n_strictly_greater, other), "n", draws, NULL);
    fputs(text, out);
    if (boot->n_ties) {
        label_fill(lang, "bootstrap_ties", text, sizeof text, "ties", count(lang, (double)boot->n_ties, other), NULL);
        fputs(text, out);
    }
    fputc('\n', out);
    if (isinf(boot->ci_low) || isinf(boot->ci_high))
        fprintf(out, "%s\n",
                label(lang, isinf(boot->ci_low) && isinf(boot->ci_high) ? "interval_unbounded"
                            : isinf(boot->ci_low)                       ? "interval_without_low"
                                                                        : "interval_without_high"));
    if (boot->n_clusters < BEHOV_BOOT_FEW_CLUSTERS) {
        label_fill(lang, boot->draws == BEHOV_BOOT_WEBB ? "bootstrap_few_clusters_webb" : "bootstrap_few_clusters",
                   text, sizeof text, "clusters", clusters, "n", count(lang, ldexp(1, (int)boot->n_clusters), other),
                   NULL);
        fprintf(out, "%s\n", text);
    }
    return BEHOV_OK;
}

behov_status write_text_test(const results *of, const test_results *test, FILE *out, behov_error *err)
{
    language lang = of->of->lang;
    const behov_wald_result *wald = &test->wald;
    char low[100], high[100], text[700];
    behov_status status;
    head(of, out);
    fputc('\n', out);
    results_interval_label(of, "ci_low", low);
    results_interval_label(of, "ci_high", high);
    if (wald->n_restrictions == 1) {
        const figure figures[] = {
            {{"estimate", NULL, BEHOV_Q_COEFFICIENT}, wald->estimate},
            {{"standard_error", NULL, BEHOV_Q_STANDARD_ERROR}, wald->se},
            {{"t", NULL, BEHOV_Q_T}, wald->t},
            {{"p", NULL, BEHOV_Q_P}, wald->p},
            {{"ci_low", low, BEHOV_Q_COEFFICIENT}, test->ci_low},
            {{"ci_high", high, BEHOV_Q_COEFFICIENT}, test->ci_high},
        };
        status = print_row("test", "hypothesis", behov_hypothesis_text(test->hypothesis, 0), figures,
                           sizeof figures / sizeof *figures, lang, out, err);
    } else {
        fprintf(out, "%s\n", label(lang, "hypothesis"));
        for (size_t i = 0; i < wald->n_restrictions; i++)
            fprintf(out, "  %s\n", behov_hypothesis_text(test->hypothesis, i));
        fputc('\n', out);
        const figure figures[] = {
            {{"f", NULL, BEHOV_Q_T}, wald->f},
            {{"dof1", NULL, BEHOV_Q_DOF}, wald->dof1},
            {{"dof2", NULL, BEHOV_Q_DOF}, wald->dof2},
            {{"p", NULL, BEHOV_Q_P}, wald->p},
        };
        status = print_row("test", NULL, NULL, figures, sizeof figures / sizeof *figures, lang, out, err);
    }
    if (!status && test->has_bootstrap)
        status = bootstrap_lines(of, test, out, err);
    results_cluster_warning(of, text);
    if (!status && text[0])
        fprintf(out, "\n%s\n", text);
    results_cut(of, text);
    if (!status && text[0])
        fprintf(out, "\n%s\n", text);
    results_weights(of, text);
    if (!status && text[0])
        fprintf(out, "\n%s\n", text);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value) { return isfinite(value) ? json_real(value) : json_null(); }

static json_t *whole(size_t value) { return json_integer((json_int_t)value); }

static json_t *text_or_null(const char *value) { return value ? json_string(value) : json_null(); }

static json_t *bootstrap_object(const test_results *test)
{
    const behov_boot_result *boot = &test->bootstrap;
    json_t *object = json_object();
    json_object_set_new(object, "method", json_string(boot->is_unrestricted ? "wcu" : "wcr"));
    json_object_set_new(object, "draws", json_string(behov_boot_draws_name(boot->draws)));
    json_object_set_new(object, "n_draws", whole(boot->n_draws));
    json_object_set_new(object, "is_enumerated", json_boolean(boot->is_enumerated));
    json_object_set_new(object, "seed", boot->is_enumerated ? json_null() : json_integer((json_int_t)test->seed));
    json_object_set_new(object, "n_clusters", whole(boot->n_clusters));
    json_object_set_new(object, "t", number(boot->t));
    json_object_set_new(object, "p_symmetric", number(boot->p_symmetric));
    json_object_set_new(object, "p_equal_tail", number(boot->p_equal_tail));
    json_object_set_new(object, "n_strictly_greater", whole(boot->n_strictly_greater));
    json_object_set_new(object, "n_ties", whole(boot->n_ties));
    json_object_set_new(object, "ci_low", number(boot->ci_low));
    json_object_set_new(object, "ci_high", number(boot->ci_high));
    json_object_set_new(object, "is_bounded_below", json_boolean(isfinite(boot->ci_low)));
    json_object_set_new(object, "is_bounded_above", json_boolean(isfinite(boot->ci_high)));
    return object;
}

behov_status write_json_test(const results *of, const test_results *test, behov_error *err)
{
    const behov_wald_result *wald = &test->wald;
    size_t n_clusters = behov_vcov_n_clusters(of->vcov);
    json_t *object = json_object(), *restrictions = json_array();
    for (size_t i = 0; i < wald->n_restrictions; i++)
        json_array_append_new(restrictions, json_string(behov_hypothesis_text(test->hypothesis, i)));
    json_object_set_new(object, "behov_version", json_string(behov_version()));
    json_object_set_new(object, "model", text_or_null(of->of->model.title));
    json_object_set_new(object, "formula", json_string(behov_formula_text(of->of->formula)));
    json_object_set_new(object, "data",
                        json_string(of->of->is_bundled ? "bundled simulated panel" : of->of->panel_path));
    json_object_set_new(object, "is_simulated", json_boolean(of->of->is_simulated));
    json_object_set_new(object, "n_estimated", whole(behov_fit_n_rows(of->fit)));
    json_object_set_new(object, "se_kind", json_string(behov_vcov_kind_name(behov_vcov_kind_of(of->vcov))));
    json_object_set_new(object, "cluster", text_or_null(n_clusters ? of->cluster : NULL));
    json_object_set_new(object, "second_cluster", text_or_null(n_clusters ? of->second_cluster : NULL));
    json_object_set_new(object, "n_clusters", n_clusters ? whole(n_clusters) : json_null());
    json_object_set_new(object, "weights",
                        text_or_null(of->of->weights ? behov_expression_text(of->of->weights) : NULL));
    json_object_set_new(object, "weight_kind", text_or_null(results_weight_kind(of)));
    json_object_set_new(object, "restrictions", restrictions);
    json_object_set_new(object, "estimate", number(wald->estimate));
    json_object_set_new(object, "null", number(wald->null));
    json_object_set_new(object, "se", number(wald->se));
    json_object_set_new(object, "t", number(wald->t));
    json_object_set_new(object, "f", number(wald->f));
    json_object_set_new(object, "dof1", number(wald->dof1));
    json_object_set_new(object, "dof2", number(wald->dof2));
    json_object_set_new(object, "p", number(wald->p));
    json_object_set_new(object, "level_pct", number(of->level_pct));
    json_object_set_new(object, "ci_low", number(test->ci_low));
    json_object_set_new(object, "ci_high", number(test->ci_high));
    json_object_set_new(object, "bootstrap", test->has_bootstrap ? bootstrap_object(test) : json_null());
    return write_json_object(NULL, object, err);
}
