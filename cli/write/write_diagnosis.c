/* write_diagnosis.c - a diagnosis for the terminal, for programs and for Excel. */
#include "write_diagnosis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/diagnosis_sentences.h>
#include <behov/diagnosis_tables.h>
#include <behov/default_errors.h>
#include <behov/format.h>
#include "json_build.h"
#include <behov/labels.h>
#include <behov/result_sentences.h>
#include <behov/study_words.h>
#include "text_lines.h"
#include <behov/wording.h>
#include "write_json.h"
#include "write_text.h"

enum { MOST_WARNINGS = 12 };

static behov_word coefficients_title(const behov_diagnosis *diagnosis)
{
    return diagnosis->is_by_municipality ? BEHOV_WORD_TITLE_DIAGNOSIS
           : diagnosis->by_cluster       ? BEHOV_WORD_TITLE_DIAGNOSIS_CLUSTERS
                                         : BEHOV_WORD_TITLE_COEFFICIENTS;
}

/* ---- page ----------------------------------------------------------------------------------------------------------
 */

static void heading(const char *text, FILE *out)
{
    fputc('\n', out);
    text_line(text, 0, out);
    fputc('\n', out);
}

/* A heading that says that the data are simulated where they are. */
static behov_status print_heading(const behov_diagnosis *diagnosis, behov_word title, FILE *out, behov_error *err)
{
    behov_wording marked = {0};
    behov_study_say_title(diagnosis->fit_results->study, behov_label(diagnosis->fit_results->study->lang, title),
                          &marked);
    behov_status status = behov_wording_status(&marked, err);
    heading(behov_wording_text(&marked), out);
    behov_wording_free(&marked);
    return status;
}

static behov_status print_table(behov_status (*make)(const behov_diagnosis *, behov_report **, behov_error *),
                                const behov_diagnosis *diagnosis, behov_word title, const char *const *skip, FILE *out,
                                behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = make(diagnosis, &report, err);
    if (status)
        return status;
    status = print_heading(diagnosis, title, out, err);
    write_text_table(report, skip, diagnosis->fit_results->study->lang, out);
    behov_report_free(report);
    return status;
}

/* What the fit leans on, before anything is counted. */
static behov_status print_answer(const behov_diagnosis *diagnosis, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    if (diagnosis->by_cluster) {
        behov_diagnosis_answer(diagnosis, &words);
        status = write_text_say(&words, out, err);
        behov_diagnosis_narrowest(diagnosis, &words);
        status = status ? status : write_text_say(&words, out, err);
    } else {
        text_line(behov_label(diagnosis->fit_results->study->lang, BEHOV_WORD_DIAGNOSIS_NO_KEY), 0, out);
    }
    fputc('\n', out);
    behov_wording_free(&words);
    return status;
}

static behov_status print_warnings(const behov_diagnosis *diagnosis, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < MOST_WARNINGS && !status && behov_diagnosis_warning(diagnosis, i, &words); i++) {
        fputs(i ? "" : "\n", out);
        status = write_text_say(&words, out, err);
    }
    if (!status && behov_diagnosis_more_warnings(diagnosis, MOST_WARNINGS, &words))
        status = write_text_say(&words, out, err);
    behov_wording_clear(&words);
    behov_fit_results_weights(diagnosis->fit_results, &words);
    fputs(words.length ? "\n" : "", out);
    status = status ? status : write_text_say(&words, out, err);
    behov_wording_free(&words);
    return status;
}

/* Why the errors are CV1 where `behov fit` would take CV3; nothing elsewhere. */
static void say_cv1(const behov_diagnosis *diagnosis, behov_wording *words)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    char limit[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (diagnosis->by_cluster && behov_clusters_count(diagnosis->clusters) < BEHOV_JACKKNIFE_BELOW)
        behov_wording_fill(words, lang, BEHOV_WORD_DIAGNOSIS_CV1_NOTE, "limit",
                           behov_format_count(lang, BEHOV_JACKKNIFE_BELOW, limit), NULL);
}

static behov_status print_coefficients(const behov_diagnosis *diagnosis, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_language lang = diagnosis->fit_results->study->lang;
    behov_status status = print_table(behov_diagnosis_coefficients, diagnosis, coefficients_title(diagnosis),
                                      behov_study_skipped_terms(diagnosis->fit_results->study), out, err);
    if (status)
        return status;
    fputc('\n', out);
    if (diagnosis->by_cluster)
        text_line(behov_label(lang, BEHOV_WORD_EFFECTIVE_EXPLAINED), 0, out);
    text_line(behov_label(lang, BEHOV_WORD_VIF_EXPLAINED), 0, out);
    say_cv1(diagnosis, &words);
    status = words.length || words.has_no_memory ? write_text_say(&words, out, err) : BEHOV_OK;
    behov_wording_free(&words);
    if (status)
        return status;
    return diagnosis->by_cluster
               ? print_table(behov_diagnosis_summary, diagnosis, BEHOV_WORD_TITLE_DIAGNOSIS_SUMMARY, NULL, out, err)
               : BEHOV_OK;
}

static behov_status print_movers(const behov_diagnosis *diagnosis, size_t n_most, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = print_heading(
        diagnosis, diagnosis->is_by_municipality ? BEHOV_WORD_TITLE_MOVERS : BEHOV_WORD_TITLE_MOVERS_CLUSTERS, out,
        err);
    for (size_t i = 0; i < n_most && i < diagnosis->n_movers && !status; i++) {
        behov_diagnosis_mover(diagnosis, &diagnosis->movers[i], &words);
        status = behov_wording_status(&words, err);
        fputs("  ", out);
        text_line(behov_wording_text(&words), 2, out);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status print_rows(const behov_diagnosis *diagnosis, size_t n_most, FILE *out, behov_error *err)
{
    static const char *const skip_standardised[] = {"standardised_residual", NULL};
    behov_language lang = diagnosis->fit_results->study->lang;
    behov_report *report = NULL;
    behov_status status = behov_diagnosis_rows(diagnosis, n_most, &report, err);
    if (status)
        return status;
    heading(behov_label(lang, BEHOV_WORD_TITLE_COOK), out);
    write_text_table(report, skip_standardised, lang, out);
    behov_report_free(report);
    return BEHOV_OK;
}

static behov_status print_left_out(const behov_diagnosis *diagnosis, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = print_table(behov_diagnosis_left_out, diagnosis, BEHOV_WORD_TITLE_LEFT_OUT, NULL, out, err);
    for (size_t i = 0; !status && behov_diagnosis_left_out_note(diagnosis, i, &words); i++) {
        fputs(i ? "" : "\n", out);
        status = write_text_say(&words, out, err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status print_condition(const behov_diagnosis *diagnosis, FILE *out, behov_error *err)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    behov_number_significant(behov_fit_condition(diagnosis->fit_results->fit), 3, behov_label_decimal_mark(lang),
                             number);
    behov_wording_fill(&words, lang, BEHOV_WORD_DIAGNOSIS_CONDITION, "n", number, NULL);
    fputc('\n', out);
    behov_status status = write_text_say(&words, out, err);
    behov_wording_free(&words);
    if (diagnosis->fit_results->study->is_simulated)
        text_line(behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), 0, out);
    return status;
}

behov_status write_diagnosis_page(const behov_diagnosis *diagnosis, size_t n_most, FILE *out, behov_error *err)
{
    behov_status status = print_answer(diagnosis, out, err);
    if (!status)
        status = write_text_estimation_head(diagnosis->fit_results, out, err);
    if (!status)
        status = print_warnings(diagnosis, out, err);
    if (!status)
        status = print_coefficients(diagnosis, out, err);
    if (!status && diagnosis->n_movers)
        status = print_movers(diagnosis, n_most, out, err);
    if (!status && diagnosis->rows)
        status = print_rows(diagnosis, n_most, out, err);
    if (!status && (diagnosis->by_year || diagnosis->by_municipality || diagnosis->by_cluster))
        status = print_left_out(diagnosis, out, err);
    return status ? status : print_condition(diagnosis, out, err);
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number_of(double value)
{
    return json_figure(value);
}

static void set_whole(json_t *object, const char *key, size_t value)
{
    json_put(object, key, json_integer((json_int_t)value));
}

static void set_number(json_t *object, const char *key, double value)
{
    json_put(object, key, number_of(value));
}

static void set_text(json_t *object, const char *key, const char *value)
{
    json_put(object, key, json_text(value));
}

static const char *term_of(const behov_diagnosis *diagnosis, size_t k)
{
    return behov_design_regressor(diagnosis->fit_results->design, k);
}

/* The name of a cluster; NULL without memory. */
static json_t *name_json(const behov_diagnosis *diagnosis, size_t cluster)
{
    behov_wording name = {0};
    behov_diagnosis_cluster_name(diagnosis, cluster, &name);
    return json_said(&name);
}

static json_t *coefficients_json(const behov_diagnosis *diagnosis)
{
    json_t *list = json_array();
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design);
    for (size_t k = 0; k < n; k++) {
        json_t *object = json_object();
        set_text(object, "term", term_of(diagnosis, k));
        set_number(object, "estimate", diagnosis->fit_results->coefficients[k].estimate);
        set_number(object, "se", diagnosis->standard_errors[k]);
        set_number(object, "vif", diagnosis->vif[k]);
        if (diagnosis->by_cluster) {
            double low = NAN, high = NAN;
            for (size_t g = 0; g < behov_clusters_count(diagnosis->clusters); g++) {
                low = fmin(low, behov_cluster_diagnosis_without(diagnosis->by_cluster, g, k));
                high = fmax(high, behov_cluster_diagnosis_without(diagnosis->by_cluster, g, k));
            }
            set_number(object, "lowest_without", low);
            set_number(object, "highest_without", high);
            set_number(object, "effective_clusters_rho_0",
                       behov_cluster_diagnosis_effective(diagnosis->by_cluster, k, 0));
            set_number(object, "effective_clusters_rho_1",
                       behov_cluster_diagnosis_effective(diagnosis->by_cluster, k, 1));
        }
        json_add(list, object);
    }
    return list;
}

/* Arrays in the order of `coefficients`. */
static json_t *clusters_json(const behov_diagnosis *diagnosis)
{
    json_t *list = json_array();
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design);
    const double *partial = behov_cluster_diagnosis_partial_leverage(diagnosis->by_cluster);
    for (size_t g = 0; g < behov_clusters_count(diagnosis->clusters); g++) {
        json_t *object = json_object(), *shares = json_array(), *excluding_object = json_array();
        char value[400];
        behov_clusters_label(diagnosis->clusters, g, value);
        set_text(object, "cluster", value);
        json_put(object, "name", name_json(diagnosis, g));
        set_number(object, "size", behov_cluster_diagnosis_sizes(diagnosis->by_cluster)[g]);
        set_number(object, "leverage", behov_cluster_diagnosis_leverage(diagnosis->by_cluster)[g]);
        set_number(object, "left_out_rmse", behov_cluster_diagnosis_left_out_rmse(diagnosis->by_cluster)[g]);
        for (size_t k = 0; k < n; k++) {
            json_add(shares, number_of(partial[g * n + k]));
            json_add(excluding_object, number_of(behov_cluster_diagnosis_without(diagnosis->by_cluster, g, k)));
        }
        json_put(object, "partial_leverage", shares);
        json_put(object, "coefficients_without", excluding_object);
        json_add(list, object);
    }
    return list;
}

static json_t *movers_json(const behov_diagnosis *diagnosis, size_t n_most)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n_most && i < diagnosis->n_movers; i++) {
        const behov_mover *mover = &diagnosis->movers[i];
        json_t *object = json_object();
        json_put(object, "name", name_json(diagnosis, mover->cluster));
        set_text(object, "term", term_of(diagnosis, mover->regressor));
        set_number(object, "estimate", mover->coefficient);
        set_number(object, "without", mover->without);
        set_number(object, "change_in_se", mover->change_in_se);
        json_add(list, object);
    }
    return list;
}

static json_t *warnings_json(const behov_diagnosis *diagnosis)
{
    static const char *const kinds[] = {
        [BEHOV_WARN_FEW_CLUSTERS] = "few_clusters",
        [BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS] = "few_effective_clusters",
        [BEHOV_WARN_CLUSTER_DOMINATES] = "cluster_dominates",
        [BEHOV_WARN_UNIDENTIFIED] = "unidentified_without",
    };
    json_t *list = json_array();
    size_t n;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(diagnosis->by_cluster, &n);
    for (size_t i = 0; i < n; i++) {
        json_t *object = json_object();
        bool has_cluster =
            warnings[i].kind == BEHOV_WARN_CLUSTER_DOMINATES || warnings[i].kind == BEHOV_WARN_UNIDENTIFIED;
        set_text(object, "kind", kinds[warnings[i].kind]);
        json_put(object, "name", has_cluster ? name_json(diagnosis, warnings[i].cluster) : json_null());
        set_text(object, "term",
                 warnings[i].kind != BEHOV_WARN_FEW_CLUSTERS ? term_of(diagnosis, warnings[i].regressor) : NULL);
        set_number(object, "value", warnings[i].kind == BEHOV_WARN_UNIDENTIFIED ? NAN : warnings[i].value);
        set_number(object, "threshold", warnings[i].kind == BEHOV_WARN_UNIDENTIFIED ? NAN : warnings[i].threshold);
        json_add(list, object);
    }
    return list;
}

static json_t *left_out_json(const behov_cluster_diagnosis *cluster_diagnosis)
{
    if (!cluster_diagnosis)
        return json_null();
    behov_left_out all = behov_cluster_diagnosis_left_out(cluster_diagnosis);
    json_t *object = json_object();
    set_number(object, "rmse", all.rmse);
    set_number(object, "mae", all.mae);
    set_number(object, "in_sample_rmse", all.in_sample_rmse);
    set_number(object, "in_sample_mae", all.in_sample_mae);
    set_whole(object, "n_rows", all.n_rows);
    set_whole(object, "n_measured", all.n_measured);
    set_whole(object, "n_level_from_own_rows", all.n_level_from_own);
    set_whole(object, "n_not_measured", all.n_not_measured);
    return object;
}

static json_t *rows_json(const behov_diagnosis *diagnosis)
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
    const behov_panel *panel = &diagnosis->fit_results->study->panel;
    json_t *list = json_array();
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(diagnosis->fit_results->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        json_t *object = json_object();
        const char *code = behov_panel_code(panel, behov_row_at(rows, i)),
                   *name = behov_panel_municipality(panel, behov_row_at(rows, i));
        set_whole(object, "row", behov_row_at(rows, i) + 1);
        set_text(object, "municipality_code", code[0] ? code : NULL);
        set_text(object, "municipality", name[0] ? name : NULL);
        json_put(object, "year",
                 behov_panel_year(panel, behov_row_at(rows, i))
                     ? json_integer(behov_panel_year(panel, behov_row_at(rows, i)))
                     : json_null());
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            set_number(object, columns[c].key, behov_row_diagnosis_values(diagnosis->rows, columns[c].measure)[i]);
        json_add(list, object);
    }
    return list;
}

behov_status write_diagnosis_json(const char *path, const behov_diagnosis *diagnosis, size_t n_most, behov_error *err)
{
    json_t *object = json_object();
    set_text(object, "behov_version", behov_version());
    set_text(object, "model", diagnosis->fit_results->study->model.title);
    set_text(object, "formula", behov_formula_text(diagnosis->fit_results->study->formula));
    set_text(object, "data",
             diagnosis->fit_results->study->is_bundled ? "bundled simulated panel"
                                                       : diagnosis->fit_results->study->panel_path);
    json_put(object, "is_simulated", json_boolean(diagnosis->fit_results->study->is_simulated));
    write_json_cautions(object, diagnosis->fit_results->study);
    set_whole(object, "n_estimated", behov_fit_n_rows(diagnosis->fit_results->fit));
    set_text(object, "se_kind", behov_vcov_kind_name(behov_vcov_kind_of(diagnosis->fit_results->vcov)));
    set_text(object, "cluster", diagnosis->key);
    set_text(object, "weights",
             diagnosis->fit_results->study->weights ? behov_expression_text(diagnosis->fit_results->study->weights)
                                                    : NULL);
    set_text(object, "weight_kind", behov_fit_results_weight_kind(diagnosis->fit_results));
    json_put(object, "n_clusters",
             diagnosis->by_cluster ? json_integer((json_int_t)behov_clusters_count(diagnosis->clusters)) : json_null());
    if (diagnosis->by_cluster) {
        size_t n = behov_clusters_count(diagnosis->clusters);
        set_number(object, "cluster_size_variation",
                   behov_coefficient_of_variation(behov_cluster_diagnosis_sizes(diagnosis->by_cluster), n));
        set_number(object, "leverage_variation",
                   behov_coefficient_of_variation(behov_cluster_diagnosis_leverage(diagnosis->by_cluster), n));
    }
    set_number(object, "condition_number", behov_fit_condition(diagnosis->fit_results->fit));
    set_text(object, "arithmetic", behov_fit_is_extended(diagnosis->fit_results->fit) ? "double-double" : "double");
    json_put(object, "coefficients", coefficients_json(diagnosis));
    if (diagnosis->by_cluster) {
        json_put(object, "warnings", warnings_json(diagnosis));
        set_whole(object, "n_clusters_that_move_more_than_one_se", diagnosis->n_moves_much);
        json_put(object, "movers", movers_json(diagnosis, n_most));
        json_put(object, "clusters", clusters_json(diagnosis));
    }
    json_put(object, "leave_one_year_out", left_out_json(diagnosis->by_year));
    json_put(object, "leave_one_municipality_out", left_out_json(diagnosis->by_municipality));
    json_put(object, "leave_one_cluster_out", left_out_json(diagnosis->by_cluster));
    json_put(object, "rows", diagnosis->rows ? rows_json(diagnosis) : json_null());

    return write_json_object(path, object, err);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

static behov_status all_rows(const behov_diagnosis *diagnosis, behov_report **report, behov_error *err)
{
    return behov_diagnosis_rows(diagnosis, 0, report, err);
}

static bool is_figure(behov_quantity quantity)
{
    return quantity != BEHOV_Q_TEXT && quantity != BEHOV_Q_CODE && quantity != BEHOV_Q_YEAR;
}

typedef behov_status diagnosis_table(const behov_diagnosis *diagnosis, behov_report **report, behov_error *err);

static behov_status add_table(const behov_diagnosis *diagnosis, diagnosis_table *make, behov_word sheet,
                              behov_word title, behov_word subtitle, size_t n_frozen, behov_section_list *list,
                              behov_error *err)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    behov_report *table = NULL;
    behov_status status = make(diagnosis, &table, err);
    if (status)
        return status;
    /* what says which row it is: the columns before the figures */
    for (size_t n = 0; n_frozen == 0 && n < behov_report_n_columns(table); n++)
        n_frozen = is_figure(behov_report_column_at(table, n).quantity) ? n : 0;
    behov_wording words = {0};
    behov_study_say_title(diagnosis->fit_results->study, behov_label(lang, title), &words);
    if ((status = behov_wording_status(&words, err)))
        behov_report_free(table);
    else
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, sheet),
                                                        .title = behov_wording_text(&words),
                                                        .subtitle = behov_label(lang, subtitle),
                                                        .table_name = behov_label(lang, sheet),
                                                        .n_frozen_columns = n_frozen,
                                                        .landscape = true},
                                        table, err);
    behov_wording_free(&words);
    return status;
}

static behov_status note_answers(const behov_diagnosis *diagnosis, size_t n_most, behov_section_list *list,
                                 behov_error *err)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    if (diagnosis->by_cluster) {
        behov_diagnosis_answer(diagnosis, &words);
        status = behov_section_list_say(list, "", &words, err);
        behov_diagnosis_narrowest(diagnosis, &words);
        if (!status)
            status = behov_section_list_say(list, "", &words, err);
    }
    for (size_t i = 0; i < MOST_WARNINGS && !status && behov_diagnosis_warning(diagnosis, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    if (!status && behov_diagnosis_more_warnings(diagnosis, MOST_WARNINGS, &words))
        status = behov_section_list_say(list, "", &words, err);
    for (size_t i = 0; i < n_most && i < diagnosis->n_movers && !status; i++) {
        behov_diagnosis_mover(diagnosis, &diagnosis->movers[i], &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    if (!status && diagnosis->by_cluster)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_EFFECTIVE_EXPLAINED), err);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_VIF_EXPLAINED), err);
    say_cv1(diagnosis, &words);
    status = status ? status : behov_section_list_say(list, "", &words, err);
    behov_number_significant(behov_fit_condition(diagnosis->fit_results->fit), 3, behov_label_decimal_mark(lang),
                             number);
    behov_wording_clear(&words);
    behov_wording_fill(&words, lang, BEHOV_WORD_DIAGNOSIS_CONDITION, "n", number, NULL);
    if (!status)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording weights = {0};
    behov_fit_results_weights(diagnosis->fit_results, &weights);
    if (!status)
        status = behov_section_list_say(list, "", &weights, err);
    behov_wording_free(&weights);
    behov_wording_free(&words);
    return !status && diagnosis->fit_results->study->is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}

behov_status diagnosis_add_answers(const behov_diagnosis *diagnosis, size_t n_most, behov_section_list *list,
                                   behov_error *err)
{
    behov_status status = add_table(diagnosis, behov_diagnosis_coefficients, BEHOV_WORD_SHEET_DIAGNOSIS,
                                    coefficients_title(diagnosis), BEHOV_WORD_SUBTITLE_DIAGNOSIS, 1, list, err);
    return status ? status : note_answers(diagnosis, n_most, list, err);
}

behov_status diagnosis_add(const behov_diagnosis *diagnosis, size_t n_most, bool is_workbook, behov_section_list *list,
                           behov_error *err)
{
    bool by_municipality = diagnosis->is_by_municipality;
    behov_wording words = {0};
    behov_status status = diagnosis_add_answers(diagnosis, n_most, list, err);
    if (!status && (diagnosis->by_cluster || diagnosis->by_year || diagnosis->by_municipality)) {
        status = add_table(diagnosis, behov_diagnosis_left_out, BEHOV_WORD_SHEET_LEFT_OUT, BEHOV_WORD_TITLE_LEFT_OUT,
                           BEHOV_WORD_SUBTITLE_LEFT_OUT, 1, list, err);
        for (size_t i = 0; !status && behov_diagnosis_left_out_note(diagnosis, i, &words); i++)
            status = behov_section_list_say(list, "", &words, err);
    }
    if (!status && is_workbook && diagnosis->by_cluster)
        status = add_table(
            diagnosis, behov_diagnosis_clusters, BEHOV_WORD_SHEET_CLUSTERS,
            by_municipality ? BEHOV_WORD_TITLE_MUNICIPALITIES_LEFT_OUT : BEHOV_WORD_TITLE_CLUSTERS_LEFT_OUT,
            by_municipality ? BEHOV_WORD_SUBTITLE_MUNICIPALITIES_LEFT_OUT : BEHOV_WORD_SUBTITLE_CLUSTERS, 0, list, err);
    if (!status && is_workbook && diagnosis->rows)
        status = add_table(diagnosis, all_rows, BEHOV_WORD_SHEET_ROWS, BEHOV_WORD_TITLE_ROWS, BEHOV_WORD_SUBTITLE_ROWS,
                           0, list, err);
    behov_wording_free(&words);
    return status;
}

/* ---- for the verb ------------------------------------------------------------------------------------------------ */

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const diagnosis_page *page = context;
    return write_diagnosis_page(&page->diagnosis, page->n_most, out, err);
}

/* A page has the answers; the tables of all clusters and all rows are for a workbook. */
static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const diagnosis_page *page = context;
    return diagnosis_add(&page->diagnosis, page->n_most, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const behov_diagnosis *diagnosis = &((const diagnosis_page *)context)->diagnosis;
    return diagnosis->rows         ? behov_diagnosis_rows(diagnosis, 0, report, err)
           : diagnosis->by_cluster ? behov_diagnosis_clusters(diagnosis, report, err)
                                   : behov_diagnosis_coefficients(diagnosis, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const diagnosis_page *page = context;
    return write_diagnosis_json(path, &page->diagnosis, page->n_most, err);
}

const output_writers diagnosis_writers = {
    .sections = sections, .rows = rows, .json = json, .page = page, .title = BEHOV_WORD_TITLE_DIAGNOSIS_WORKBOOK};
