/* write_diagnosis.c - a diagnosis for the terminal, for programs and for Excel. */
#include "write_diagnosis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "json_build.h"
#include "labels.h"
#include "result_sentences.h"
#include "study_words.h"
#include "text_lines.h"
#include "write_json.h"
#include "write_text.h"

enum { MOST_WARNINGS = 12 };

static const char *coefficients_title(const diagnosis *of)
{
    return of->is_by_municipality ? "title_diagnosis"
           : of->by_cluster       ? "title_diagnosis_clusters"
                                  : "title_coefficients";
}

/* ---- page ----------------------------------------------------------------------------------------------------------
 */

static void heading(const char *text, FILE *out)
{
    fputc('\n', out);
    text_line(text, 0, out);
    fputc('\n', out);
}

static behov_status print_table(behov_status (*make)(const diagnosis *, behov_report **, behov_error *),
                                const diagnosis *of, const char *title, const char *const *skip, FILE *out,
                                behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = make(of, &report, err);
    if (status)
        return status;
    char marked[300];
    snprintf(marked, sizeof marked, "%s", label(of->of->of->lang, title));
    study_mark_title(of->of->of, marked, sizeof marked);
    heading(marked, out);
    write_text_table(report, skip, of->of->of->lang, out);
    behov_report_free(report);
    return BEHOV_OK;
}

behov_status write_diagnosis_page(const diagnosis *of, size_t n_most, FILE *out, behov_error *err)
{
    behov_language lang = of->of->of->lang;
    static const char *const skip_standardised[] = {"standardised_residual", NULL};
    char text[DIAGNOSIS_SENTENCE], number[BEHOV_NUMBER_SIZE];
    behov_status status = BEHOV_OK;
    if (of->by_cluster) {
        diagnosis_answer(of, text);
        text_line(text, 0, out);
        diagnosis_narrowest(of, text);
        text_line(text, 0, out);
    } else {
        text_line(label(lang, "diagnosis_no_key"), 0, out);
    }
    fputc('\n', out);
    status = write_text_estimation_head(of->of, out, err);
    for (size_t i = 0; i < MOST_WARNINGS && diagnosis_warning(of, i, text); i++) {
        fputs(i ? "" : "\n", out);
        text_line(text, 0, out);
    }
    if (diagnosis_more_warnings(of, MOST_WARNINGS, text))
        text_line(text, 0, out);
    wording weights = {0};
    results_weights(of->of, &weights);
    fputs(weights.length ? "\n" : "", out);
    status = status ? status : write_text_say(&weights, out, err);
    wording_free(&weights);
    if (!status)
        status = print_table(diagnosis_coefficients, of, coefficients_title(of), study_skipped_terms(of->of->of), out, err);
    if (!status) {
        fputc('\n', out);
        if (of->by_cluster)
            text_line(label(lang, "effective_explained"), 0, out);
        text_line(label(lang, "vif_explained"), 0, out);
    }
    if (!status && of->by_cluster)
        status = print_table(diagnosis_summary, of, "title_diagnosis_summary", NULL, out, err);
    if (!status && of->n_movers) {
        char movers[300];
        snprintf(movers, sizeof movers, "%s",
                 label(lang, of->is_by_municipality ? "title_movers" : "title_movers_clusters"));
        study_mark_title(of->of->of, movers, sizeof movers);
        heading(movers, out);
        for (size_t i = 0; i < n_most && i < of->n_movers; i++) {
            diagnosis_mover(of, &of->movers[i], text);
            fputs("  ", out);
            text_line(text, 2, out);
        }
    }
    behov_report *report = NULL;
    if (!status)
        status = diagnosis_rows(of, n_most, &report, err);
    if (!status) {
        heading(label(lang, "title_cook"), out);
        write_text_table(report, skip_standardised, lang, out);
        behov_report_free(report);
    }
    if (!status && (of->by_year || of->by_municipality || of->by_cluster)) {
        status = print_table(diagnosis_left_out, of, "title_left_out", NULL, out, err);
        for (size_t i = 0; !status && diagnosis_left_out_note(of, i, text); i++) {
            fputs(i ? "" : "\n", out);
            text_line(text, 0, out);
        }
    }
    if (!status) {
        behov_number_significant(behov_fit_condition(of->of->fit), 3, label_decimal_mark(lang), number);
        label_fill(lang, "diagnosis_condition", text, sizeof text, "n", number, NULL);
        fputc('\n', out);
        text_line(text, 0, out);
        if (of->of->of->is_simulated)
            text_line(label(lang, "simulated_explained"), 0, out);
    }
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number_of(double value) { return json_figure(value); }

static void set_whole(json_t *object, const char *key, size_t value)
{
    json_put(object, key, json_integer((json_int_t)value));
}

static void set_number(json_t *object, const char *key, double value) { json_put(object, key, number_of(value)); }

static void set_text(json_t *object, const char *key, const char *value) { json_put(object, key, json_text(value)); }

static const char *term_of(const diagnosis *of, size_t k) { return behov_design_regressor(of->of->design, k); }

static json_t *coefficients_json(const diagnosis *of)
{
    json_t *list = json_array();
    size_t n = behov_design_n_regressors(of->of->design);
    for (size_t k = 0; k < n; k++) {
        json_t *one = json_object();
        set_text(one, "term", term_of(of, k));
        set_number(one, "estimate", of->of->coefficients[k].estimate);
        set_number(one, "se", of->standard_errors[k]);
        set_number(one, "vif", of->vif[k]);
        if (of->by_cluster) {
            double low = NAN, high = NAN;
            for (size_t g = 0; g < behov_clusters_count(of->clusters); g++) {
                low = fmin(low, behov_cluster_diagnosis_without(of->by_cluster, g, k));
                high = fmax(high, behov_cluster_diagnosis_without(of->by_cluster, g, k));
            }
            set_number(one, "lowest_without", low);
            set_number(one, "highest_without", high);
            set_number(one, "effective_clusters_rho_0", behov_cluster_diagnosis_effective(of->by_cluster, k, 0));
            set_number(one, "effective_clusters_rho_1", behov_cluster_diagnosis_effective(of->by_cluster, k, 1));
        }
        json_add(list, one);
    }
    return list;
}

/* Arrays in the order of `coefficients`. */
static json_t *clusters_json(const diagnosis *of)
{
    json_t *list = json_array();
    size_t n = behov_design_n_regressors(of->of->design);
    const double *partial = behov_cluster_diagnosis_partial_leverage(of->by_cluster);
    for (size_t g = 0; g < behov_clusters_count(of->clusters); g++) {
        json_t *one = json_object(), *shares = json_array(), *without = json_array();
        char name[500], value[400];
        behov_clusters_label(of->clusters, g, value);
        diagnosis_cluster_name(of, g, name);
        set_text(one, "cluster", value);
        set_text(one, "name", name);
        set_number(one, "size", behov_cluster_diagnosis_sizes(of->by_cluster)[g]);
        set_number(one, "leverage", behov_cluster_diagnosis_leverage(of->by_cluster)[g]);
        set_number(one, "left_out_rmse", behov_cluster_diagnosis_left_out_rmse(of->by_cluster)[g]);
        for (size_t k = 0; k < n; k++) {
            json_add(shares, number_of(partial[g * n + k]));
            json_add(without, number_of(behov_cluster_diagnosis_without(of->by_cluster, g, k)));
        }
        json_put(one, "partial_leverage", shares);
        json_put(one, "coefficients_without", without);
        json_add(list, one);
    }
    return list;
}

static json_t *movers_json(const diagnosis *of, size_t n_most)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n_most && i < of->n_movers; i++) {
        const behov_mover *mover = &of->movers[i];
        json_t *one = json_object();
        char name[500];
        diagnosis_cluster_name(of, mover->cluster, name);
        set_text(one, "name", name);
        set_text(one, "term", term_of(of, mover->regressor));
        set_number(one, "estimate", mover->coefficient);
        set_number(one, "without", mover->without);
        set_number(one, "change_in_se", mover->change_in_se);
        json_add(list, one);
    }
    return list;
}

static json_t *warnings_json(const diagnosis *of)
{
    static const char *const kinds[] = {
        [BEHOV_WARN_FEW_CLUSTERS] = "few_clusters",
        [BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS] = "few_effective_clusters",
        [BEHOV_WARN_CLUSTER_DOMINATES] = "cluster_dominates",
        [BEHOV_WARN_UNIDENTIFIED] = "unidentified_without",
    };
    json_t *list = json_array();
    size_t n;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(of->by_cluster, &n);
    for (size_t i = 0; i < n; i++) {
        json_t *one = json_object();
        char name[500];
        diagnosis_cluster_name(of, warnings[i].cluster, name);
        bool has_cluster =
            warnings[i].kind == BEHOV_WARN_CLUSTER_DOMINATES || warnings[i].kind == BEHOV_WARN_UNIDENTIFIED;
        set_text(one, "kind", kinds[warnings[i].kind]);
        set_text(one, "name", has_cluster ? name : NULL);
        set_text(one, "term", warnings[i].kind != BEHOV_WARN_FEW_CLUSTERS ? term_of(of, warnings[i].regressor) : NULL);
        set_number(one, "value", warnings[i].kind == BEHOV_WARN_UNIDENTIFIED ? NAN : warnings[i].value);
        set_number(one, "threshold", warnings[i].kind == BEHOV_WARN_UNIDENTIFIED ? NAN : warnings[i].threshold);
        json_add(list, one);
    }
    return list;
}

static json_t *left_out_json(const behov_cluster_diagnosis *by)
{
    if (!by)
        return json_null();
    behov_left_out all = behov_cluster_diagnosis_left_out(by);
    json_t *one = json_object();
    set_number(one, "rmse", all.rmse);
    set_number(one, "mae", all.mae);
    set_number(one, "in_sample_rmse", all.in_sample_rmse);
    set_number(one, "in_sample_mae", all.in_sample_mae);
    set_whole(one, "n_rows", all.n_rows);
    set_whole(one, "n_measured", all.n_measured);
    set_whole(one, "n_level_from_own_rows", all.n_level_from_own);
    set_whole(one, "n_not_measured", all.n_not_measured);
    return one;
}

static json_t *rows_json(const diagnosis *of)
{
    static const struct {
        const char *key;
        behov_row_measure measure;
    } columns[] = {{"fitted", BEHOV_ROW_FITTED},
                   {"residual", BEHOV_ROW_RESIDUAL},
                   {"leverage", BEHOV_ROW_LEVERAGE},
                   {"standardised_residual", BEHOV_ROW_STANDARDISED},
                   {"studentised_residual", BEHOV_ROW_STUDENTISED},
                   {"cooks_distance", BEHOV_ROW_COOKS_DISTANCE},
                   {"dffits", BEHOV_ROW_DFFITS}};
    const behov_panel *panel = &of->of->of->panel;
    json_t *list = json_array();
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(of->of->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        json_t *one = json_object();
        const char *code = behov_panel_code(panel, rows[i]), *name = behov_panel_municipality(panel, rows[i]);
        set_whole(one, "row", rows[i] + 1);
        set_text(one, "municipality_code", code[0] ? code : NULL);
        set_text(one, "municipality", name[0] ? name : NULL);
        json_put(one, "year",
                 behov_panel_year(panel, rows[i]) ? json_integer(behov_panel_year(panel, rows[i])) : json_null());
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            set_number(one, columns[c].key, behov_row_diagnosis_values(of->rows, columns[c].measure)[i]);
        json_add(list, one);
    }
    return list;
}

behov_status write_diagnosis_json(const char *path, const diagnosis *of, size_t n_most, behov_error *err)
{
    json_t *object = json_object();
    set_text(object, "behov_version", behov_version());
    set_text(object, "model", of->of->of->model.title);
    set_text(object, "formula", behov_formula_text(of->of->of->formula));
    set_text(object, "data", of->of->of->is_bundled ? "bundled simulated panel" : of->of->of->panel_path);
    json_put(object, "is_simulated", json_boolean(of->of->of->is_simulated));
    write_json_cautions(object, of->of->of);
    set_whole(object, "n_estimated", behov_fit_n_rows(of->of->fit));
    set_text(object, "se_kind", behov_vcov_kind_name(behov_vcov_kind_of(of->of->vcov)));
    set_text(object, "cluster", of->key);
    set_text(object, "weights", of->of->of->weights ? behov_expression_text(of->of->of->weights) : NULL);
    set_text(object, "weight_kind", results_weight_kind(of->of));
    json_put(object, "n_clusters",
             of->by_cluster ? json_integer((json_int_t)behov_clusters_count(of->clusters)) : json_null());
    if (of->by_cluster) {
        size_t n = behov_clusters_count(of->clusters);
        set_number(object, "cluster_size_variation",
                   behov_coefficient_of_variation(behov_cluster_diagnosis_sizes(of->by_cluster), n));
        set_number(object, "leverage_variation",
                   behov_coefficient_of_variation(behov_cluster_diagnosis_leverage(of->by_cluster), n));
    }
    set_number(object, "condition_number", behov_fit_condition(of->of->fit));
    set_text(object, "arithmetic", behov_fit_is_extended(of->of->fit) ? "double-double" : "double");
    json_put(object, "coefficients", coefficients_json(of));
    if (of->by_cluster) {
        json_put(object, "warnings", warnings_json(of));
        set_whole(object, "n_clusters_that_move_more_than_one_se", of->n_moves_much);
        json_put(object, "movers", movers_json(of, n_most));
        json_put(object, "clusters", clusters_json(of));
    }
    json_put(object, "leave_one_year_out", left_out_json(of->by_year));
    json_put(object, "leave_one_municipality_out", left_out_json(of->by_municipality));
    json_put(object, "leave_one_cluster_out", left_out_json(of->by_cluster));
    json_put(object, "rows", rows_json(of));

    return write_json_object(path, object, err);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

static behov_status all_rows(const diagnosis *of, behov_report **report, behov_error *err)
{
    return diagnosis_rows(of, 0, report, err);
}

static bool is_figure(behov_quantity quantity)
{
    return quantity != BEHOV_Q_TEXT && quantity != BEHOV_Q_CODE && quantity != BEHOV_Q_YEAR;
}

typedef behov_status diagnosis_table(const diagnosis *of, behov_report **report, behov_error *err);

static behov_status add_table(const diagnosis *of, diagnosis_table *make, const char *sheet, const char *title,
                              const char *subtitle, size_t n_frozen, section_list *list, behov_error *err)
{
    behov_language lang = of->of->of->lang;
    behov_report *table = NULL;
    behov_status status = make(of, &table, err);
    if (status)
        return status;
    /* what says which row it is: the columns before the figures */
    for (size_t n = 0; n_frozen == 0 && n < behov_report_n_columns(table); n++)
        n_frozen = is_figure(behov_report_column_at(table, n).quantity) ? n : 0;
    char words[400];
    snprintf(words, sizeof words, "%s", label(lang, title));
    study_mark_title(of->of->of, words, sizeof words);
    return section_list_add(list,
                            (section){.name = label(lang, sheet),
                                      .title = words,
                                      .subtitle = label(lang, subtitle),
                                      .table_name = label(lang, sheet),
                                      .n_frozen_columns = n_frozen,
                                      .landscape = true},
                            table, err);
}

static behov_status note_answers(const diagnosis *of, size_t n_most, section_list *list, behov_error *err)
{
    behov_language lang = of->of->of->lang;
    char text[DIAGNOSIS_SENTENCE], number[BEHOV_NUMBER_SIZE];
    behov_status status = BEHOV_OK;
    if (of->by_cluster) {
        diagnosis_answer(of, text);
        status = section_list_note(list, text, err);
        diagnosis_narrowest(of, text);
        if (!status)
            status = section_list_note(list, text, err);
    }
    for (size_t i = 0; i < MOST_WARNINGS && !status && diagnosis_warning(of, i, text); i++)
        status = section_list_note(list, text, err);
    if (!status && diagnosis_more_warnings(of, MOST_WARNINGS, text))
        status = section_list_note(list, text, err);
    for (size_t i = 0; i < n_most && i < of->n_movers && !status; i++) {
        diagnosis_mover(of, &of->movers[i], text);
        status = section_list_note(list, text, err);
    }
    if (!status && of->by_cluster)
        status = section_list_note(list, label(lang, "effective_explained"), err);
    if (!status)
        status = section_list_note(list, label(lang, "vif_explained"), err);
    behov_number_significant(behov_fit_condition(of->of->fit), 3, label_decimal_mark(lang), number);
    label_fill(lang, "diagnosis_condition", text, sizeof text, "n", number, NULL);
    if (!status)
        status = section_list_note(list, text, err);
    wording weights = {0};
    results_weights(of->of, &weights);
    if (!status)
        status = section_list_say(list, "", &weights, err);
    wording_free(&weights);
    return !status && of->of->of->is_simulated ? section_list_note(list, label(lang, "simulated_explained"), err)
                                               : status;
}

behov_status diagnosis_add_answers(const diagnosis *of, size_t n_most, section_list *list, behov_error *err)
{
    behov_status status = add_table(of, diagnosis_coefficients, "sheet_diagnosis", coefficients_title(of),
                                    "subtitle_diagnosis", 1, list, err);
    return status ? status : note_answers(of, n_most, list, err);
}

behov_status diagnosis_add(const diagnosis *of, size_t n_most, bool is_workbook, section_list *list, behov_error *err)
{
    bool by_municipality = of->is_by_municipality;
    char text[DIAGNOSIS_SENTENCE];
    behov_status status = diagnosis_add_answers(of, n_most, list, err);
    if (!status && (of->by_cluster || of->by_year || of->by_municipality)) {
        status =
            add_table(of, diagnosis_left_out, "sheet_left_out", "title_left_out", "subtitle_left_out", 1, list, err);
        for (size_t i = 0; !status && diagnosis_left_out_note(of, i, text); i++)
            status = section_list_note(list, text, err);
    }
    if (!status && is_workbook && of->by_cluster)
        status = add_table(of, diagnosis_clusters, "sheet_clusters",
                           by_municipality ? "title_municipalities_left_out" : "title_clusters_left_out",
                           by_municipality ? "subtitle_municipalities_left_out" : "subtitle_clusters", 0, list, err);
    if (!status && is_workbook)
        status = add_table(of, all_rows, "sheet_rows", "title_rows", "subtitle_rows", 0, list, err);
    return status;
}
