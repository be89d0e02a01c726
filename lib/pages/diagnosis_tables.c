/* diagnosis_tables.c - what a fit depends on, as report tables. */
#include <behov/diagnosis_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/diagnosis_sentences.h>
#include <behov/labels.h>
#include "missing_numbers.h"
#include <behov/model_labels.h>
#include <behov/study_words.h>

static behov_status no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_DIAGNOSIS_NO_MEMORY);
}

static behov_status add_text(behov_report *report, const char *key, behov_quantity quantity, behov_error *err)
{
    return behov_report_add_texts(report, (behov_report_column){key, NULL, quantity}, err);
}

/* Takes `values` in any case. */
static behov_status add_numbers(behov_report *report, const char *key, const char *shown_text, behov_quantity quantity,
                                double *values, behov_error *err)
{
    if (!values)
        return no_memory(err);
    behov_status status =
        behov_report_add_numbers(report, (behov_report_column){key, shown_text, quantity}, values, true, err);
    if (status)
        free(values);
    return status;
}

static behov_status finish(behov_status status, behov_report *report, behov_report **out)
{
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

static const char *term_of(const behov_diagnosis *diagnosis, size_t k)
{
    return behov_design_regressor(diagnosis->fit_results->design, k);
}

/* A cell of text that was made of another. */
static behov_status set_wording(behov_report *report, size_t column, size_t row, const behov_wording *part,
                                const behov_wording *words, behov_error *err)
{
    behov_status status = behov_wording_status(part, err);
    if (!status)
        status = behov_wording_status(words, err);
    return status ? status : behov_report_set_text(report, column, row, behov_wording_text(words), err);
}

static behov_status set_cluster_name(const behov_diagnosis *diagnosis, size_t cluster, behov_report *report,
                                     size_t column, size_t row, behov_error *err)
{
    behov_wording name = {0};
    behov_diagnosis_cluster_name(diagnosis, cluster, &name);
    behov_status status = set_wording(report, column, row, &name, &name, err);
    behov_wording_free(&name);
    return status;
}

behov_status behov_diagnosis_coefficients(const behov_diagnosis *diagnosis, behov_report **out, behov_error *err)
{
    enum { COEFFICIENT, LOWEST, HIGHEST, PARTIAL, ZERO, ONE, VIF, N_FIGURES };
    static const struct {
        const char *key;
        behov_quantity quantity;
        bool needs_clusters;
    } columns[N_FIGURES] = {
        {"coefficient", BEHOV_Q_COEFFICIENT, false},
        {"lowest_without", BEHOV_Q_COEFFICIENT, true},
        {"highest_without", BEHOV_Q_COEFFICIENT, true},
        {"largest_partial_leverage_pct", BEHOV_Q_INDEX, true},
        {"effective_clusters_rho_0", BEHOV_Q_INDEX, true},
        {"effective_clusters_rho_1", BEHOV_Q_INDEX, true},
        {"vif", BEHOV_Q_T, false},
    };
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design),
           n_clusters = diagnosis->clusters ? behov_clusters_count(diagnosis->clusters) : 0;
    behov_language lang = diagnosis->fit_results->study->lang;
    double *values[N_FIGURES] = {0};
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_coefficients", n, NULL, &report, err);
    if (!status)
        status = add_text(report, "variable", BEHOV_Q_TEXT, err);
    if (!status)
        status = add_text(report, "term", BEHOV_Q_TEXT, err);
    for (size_t c = 0; c < N_FIGURES && !status; c++) {
        if (columns[c].needs_clusters && !diagnosis->by_cluster)
            continue;
        values[c] = behov_missing_numbers(n);
        status = add_numbers(report, columns[c].key, NULL, columns[c].quantity, values[c], err);
        if (!status && c == PARTIAL)
            status = add_text(report, "largest_partial_leverage_of", BEHOV_Q_TEXT, err);
    }
    for (size_t k = 0; k < n && !status; k++) {
        values[COEFFICIENT][k] = diagnosis->fit_results->coefficients[k].estimate;
        values[VIF][k] = diagnosis->vif[k];
        status = behov_report_set_text(
            report, 0, k, behov_model_label(&diagnosis->fit_results->study->model, lang, term_of(diagnosis, k)), err);
        if (!status)
            status = behov_report_set_text(report, 1, k, term_of(diagnosis, k), err);
        if (status || !diagnosis->by_cluster || behov_fit_is_dropped(diagnosis->fit_results->fit, k))
            continue;
        for (size_t g = 0; g < n_clusters; g++) {
            double excluding_value = behov_cluster_diagnosis_without(diagnosis->by_cluster, g, k);
            values[LOWEST][k] = fmin(values[LOWEST][k], excluding_value);
            values[HIGHEST][k] = fmax(values[HIGHEST][k], excluding_value);
        }
        size_t cluster = behov_diagnosis_largest_partial(diagnosis, k);
        values[PARTIAL][k] = 100 * behov_cluster_diagnosis_partial_leverage(diagnosis->by_cluster)[cluster * n + k];
        values[ZERO][k] = behov_cluster_diagnosis_effective(diagnosis->by_cluster, k, 0);
        values[ONE][k] = behov_cluster_diagnosis_effective(diagnosis->by_cluster, k, 1);
        status = set_cluster_name(diagnosis, cluster, report, 2 + PARTIAL + 1, k, err);
    }
    return finish(status, report, out);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

behov_status behov_diagnosis_summary(const behov_diagnosis *diagnosis, behov_report **out, behov_error *err)
{
    enum { SMALLEST, MEDIAN, MEAN, LARGEST, VARIATION, N_FIGURES };
    static const char *const keys[N_FIGURES] = {"smallest", "median", "mean", "largest", "coefficient_of_variation"};
    behov_language lang = diagnosis->fit_results->study->lang;
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design),
           n_clusters = behov_clusters_count(diagnosis->clusters), n_rows = 2 + n;
    double *values[N_FIGURES] = {0}, *sorted_values = behov_missing_numbers(n_clusters);
    behov_report *report = NULL;
    behov_wording subject = {0}, term = {0};
    behov_status status =
        sorted_values ? behov_report_new("diagnosis_summary", n_rows, NULL, &report, err) : no_memory(err);
    if (!status)
        status = add_text(report, "what", BEHOV_Q_TEXT, err);
    for (size_t c = 0; c < N_FIGURES && !status; c++) {
        values[c] = behov_missing_numbers(n_rows);
        status = add_numbers(report, keys[c], NULL, BEHOV_Q_COEFFICIENT, values[c], err);
    }
    if (!status)
        status = add_text(report, "largest_is", BEHOV_Q_TEXT, err);
    for (size_t i = 0; i < n_rows && !status; i++) {
        size_t largest = 0;
        double mean = 0;
        for (size_t g = 0; g < n_clusters; g++) {
            sorted_values[g] =
                i == 0   ? behov_cluster_diagnosis_sizes(diagnosis->by_cluster)[g]
                : i == 1 ? behov_cluster_diagnosis_leverage(diagnosis->by_cluster)[g]
                         : 100 * behov_cluster_diagnosis_partial_leverage(diagnosis->by_cluster)[g * n + i - 2];
            largest = sorted_values[g] > sorted_values[largest] ? g : largest;
            mean += sorted_values[g];
        }
        behov_wording_clear(&subject);
        behov_wording_clear(&term);
        if (i > 1)
            behov_study_say_term(diagnosis->fit_results->study, term_of(diagnosis, i - 2), &term);
        behov_wording_fill(&subject, lang,
                           i == 0   ? BEHOV_WORD_SUMMARY_SIZES
                           : i == 1 ? BEHOV_WORD_SUMMARY_LEVERAGE
                                    : BEHOV_WORD_SUMMARY_PARTIAL,
                           "term", behov_wording_text(&term), NULL);
        status = set_wording(report, 0, i, &term, &subject, err);
        if (status || isnan(mean))
            continue;
        mean /= (double)n_clusters;
        values[VARIATION][i] = behov_coefficient_of_variation(sorted_values, n_clusters);
        bool all_equal = values[VARIATION][i] == 0;
        qsort(sorted_values, n_clusters, sizeof *sorted_values, compare_numbers);
        values[SMALLEST][i] = sorted_values[0];
        values[MEDIAN][i] = (sorted_values[(n_clusters - 1) / 2] + sorted_values[n_clusters / 2]) / 2;
        values[MEAN][i] = mean;
        values[LARGEST][i] = sorted_values[n_clusters - 1];
        if (!all_equal)
            status = set_cluster_name(diagnosis, largest, report, 1 + N_FIGURES, i, err);
    }
    free(sorted_values);
    behov_wording_free(&subject), behov_wording_free(&term);
    return finish(status, report, out);
}

/* Code and name of the municipality of each row of the report, or another text where there is neither. */
static behov_status name_columns(const behov_panel *panel, behov_report *report, bool by_municipality,
                                 const char *other, size_t *n_columns, behov_error *err)
{
    *n_columns = 0;
    behov_status status = BEHOV_OK;
    if (by_municipality && panel->columns[BEHOV_ROLE_CODE] >= 0) {
        status = add_text(report, "municipality_code", BEHOV_Q_CODE, err);
        ++*n_columns;
    }
    if (!status && by_municipality && panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0) {
        status = add_text(report, "municipality", BEHOV_Q_TEXT, err);
        ++*n_columns;
    }
    if (!status && *n_columns == 0)
        status = add_text(report, other, BEHOV_Q_TEXT, err);
    return status;
}

static behov_status set_names(const behov_panel *panel, behov_report *report, size_t n_columns, size_t index,
                              size_t row, const char *other, behov_error *err)
{
    if (n_columns == 0)
        return behov_report_set_text(report, 0, index, other, err);
    size_t column = 0;
    behov_status status = BEHOV_OK;
    if (panel->columns[BEHOV_ROLE_CODE] >= 0)
        status = behov_report_set_text(report, column++, index, behov_panel_code(panel, row), err);
    if (!status && panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0)
        status = behov_report_set_text(report, column, index, behov_panel_municipality(panel, row), err);
    return status;
}

static behov_quantity quantity_shown(const behov_diagnosis *diagnosis, behov_quantity quantity)
{
    return quantity == BEHOV_Q_OUTCOME ? behov_study_amount_quantity(diagnosis->fit_results->study) : quantity;
}

behov_status behov_diagnosis_clusters(const behov_diagnosis *diagnosis, behov_report **out, behov_error *err)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    const behov_panel *panel = &diagnosis->fit_results->study->panel;
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design),
           n_clusters = behov_clusters_count(diagnosis->clusters), n_names, n_rows;
    const uint32_t *rows = behov_design_estimated(diagnosis->fit_results->design, &n_rows);
    double *sizes = NULL, *leverage = NULL, *rmse = NULL, *change = NULL;
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_clusters", n_clusters, NULL, &report, err);
    if (!status)
        status = name_columns(panel, report, diagnosis->is_by_municipality, "cluster", &n_names, err);
    if (!status)
        status = add_numbers(report, "rows", NULL, BEHOV_Q_COUNT, sizes = behov_missing_numbers(n_clusters), err);
    if (!status)
        status = add_numbers(report, "leverage", NULL, BEHOV_Q_COEFFICIENT,
                             leverage = behov_missing_numbers(n_clusters), err);
    if (!status)
        status = add_numbers(report, "left_out_rmse", NULL, behov_study_amount_quantity(diagnosis->fit_results->study),
                             rmse = behov_missing_numbers(n_clusters), err);
    if (!status)
        status = add_text(report, "moves_most", BEHOV_Q_TEXT, err);
    if (!status)
        status = add_numbers(report, "change_in_se", NULL, BEHOV_Q_T, change = behov_missing_numbers(n_clusters), err);
    size_t moves_column = status ? 0 : behov_report_n_columns(report) - 2;
    for (size_t k = 0; k < n && !status; k++) {
        behov_wording shown_text = {0}, term = {0};
        double *excluding_values = behov_missing_numbers(n_clusters);
        for (size_t g = 0; excluding_values && g < n_clusters; g++)
            excluding_values[g] = behov_cluster_diagnosis_without(diagnosis->by_cluster, g, k);
        behov_study_say_term(diagnosis->fit_results->study, term_of(diagnosis, k), &term);
        behov_wording_fill(&shown_text, lang, BEHOV_WORD_WITHOUT_CLUSTER, "term", behov_wording_text(&term), NULL);
        status = behov_wording_status(&term, err);
        if (!status)
            status = behov_wording_status(&shown_text, err);
        if (status)
            free(excluding_values);
        else
            status = add_numbers(report, term_of(diagnosis, k), behov_wording_text(&shown_text), BEHOV_Q_COEFFICIENT,
                                 excluding_values, err);
        behov_wording_free(&shown_text), behov_wording_free(&term);
    }
    for (size_t g = 0; g < n_clusters && !status; g++) {
        sizes[g] = behov_cluster_diagnosis_sizes(diagnosis->by_cluster)[g];
        leverage[g] = behov_cluster_diagnosis_leverage(diagnosis->by_cluster)[g];
        rmse[g] = behov_cluster_diagnosis_left_out_rmse(diagnosis->by_cluster)[g];
        if (n_names == 0)
            status = set_cluster_name(diagnosis, g, report, 0, g, err);
        else
            status = set_names(panel, report, n_names, g, behov_row_at(rows, diagnosis->first_rows[g]), "", err);
    }
    for (size_t i = 0; i < diagnosis->n_movers && !status; i++) {
        change[diagnosis->movers[i].cluster] = diagnosis->movers[i].change_in_se;
        status = behov_report_set_text(report, moves_column, diagnosis->movers[i].cluster,
                                       term_of(diagnosis, diagnosis->movers[i].regressor), err);
    }
    return finish(status, report, out);
}

/* Outcomes of some of the rows estimated on; NULL without memory. */
static double *outcomes(const behov_design *design, const size_t *positions, size_t n)
{
    size_t n_rows, n_regressors = behov_design_n_regressors(design);
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    double *values = behov_missing_numbers(n),
           *regressors = malloc(BEHOV_DESIGN_BLOCK * (n_regressors + 1) * sizeof *regressors);
    uint32_t block[BEHOV_DESIGN_BLOCK];
    for (size_t first = 0; values && regressors && first < n; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n - first < BEHOV_DESIGN_BLOCK ? n - first : BEHOV_DESIGN_BLOCK;
        for (size_t i = 0; i < count; i++)
            block[i] = behov_row_at(rows, positions[first + i]);
        behov_design_fill(design, block, count, regressors, n_regressors, values + first);
    }
    if (!regressors) {
        free(values);
        return NULL;
    }
    free(regressors);
    return values;
}

behov_status behov_diagnosis_rows(const behov_diagnosis *diagnosis, size_t n_most, behov_report **out, behov_error *err)
{
    static const struct {
        const char *key;
        behov_quantity quantity;
        behov_row_measure measure;
    } columns[] = {
        {"fitted", BEHOV_Q_OUTCOME, BEHOV_ROW_FITTED},
        {"residual", BEHOV_Q_OUTCOME, BEHOV_ROW_RESIDUAL},
        {"leverage", BEHOV_Q_COEFFICIENT, BEHOV_ROW_LEVERAGE},
        {"standardised_residual", BEHOV_Q_T, BEHOV_ROW_STANDARDISED},
        {"studentised_residual", BEHOV_Q_T, BEHOV_ROW_STUDENTISED},
        {"cooks_distance", BEHOV_Q_COEFFICIENT, BEHOV_ROW_COOKS_DISTANCE},
        {"dffits", BEHOV_Q_T, BEHOV_ROW_DFFITS},
    };
    const behov_panel *panel = &diagnosis->fit_results->study->panel;
    bool has_year = panel->columns[BEHOV_ROLE_YEAR] >= 0;
    size_t n_rows, n_names;
    const uint32_t *rows = behov_design_estimated(diagnosis->fit_results->design, &n_rows);
    size_t n = n_most && n_most < n_rows ? n_most : n_rows, *cursor = malloc((n + 1) * sizeof *cursor);
    if (!cursor)
        return no_memory(err);
    for (size_t i = 0; i < n; i++)
        cursor[i] = i;
    if (n_most)
        n = behov_row_diagnosis_largest(diagnosis->rows, BEHOV_ROW_COOKS_DISTANCE, n, cursor);
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_rows", n, NULL, &report, err);
    if (!status)
        status = name_columns(panel, report, true, "row_number", &n_names, err);
    double *years = NULL;
    if (!status && has_year)
        status = add_numbers(report, "year", NULL, BEHOV_Q_YEAR, years = behov_missing_numbers(n), err);
    for (size_t i = 0; i < n && !status; i++) {
        char number[32];
        snprintf(number, sizeof number, "%lu", (unsigned long)behov_row_at(rows, cursor[i]) + 1);
        status = set_names(panel, report, n_names, i, behov_row_at(rows, cursor[i]), number, err);
        if (has_year)
            years[i] = behov_panel_year(panel, behov_row_at(rows, cursor[i]));
    }
    if (!status) /* other outcomes than expenditure have this table too */
        status =
            add_numbers(report, "actual", behov_label(diagnosis->fit_results->study->lang, BEHOV_WORD_ACTUAL_OTHER),
                        behov_study_amount_quantity(diagnosis->fit_results->study),
                        outcomes(diagnosis->fit_results->design, cursor, n), err);
    for (size_t c = 0; c < sizeof columns / sizeof *columns && !status; c++) {
        double *values = behov_missing_numbers(n);
        for (size_t i = 0; values && i < n; i++)
            values[i] = behov_row_diagnosis_values(diagnosis->rows, columns[c].measure)[cursor[i]];
        status = add_numbers(report, columns[c].key, NULL, quantity_shown(diagnosis, columns[c].quantity), values, err);
    }
    free(cursor);
    return finish(status, report, out);
}

/* What a row is about: the groups of a key, or a year, which is set in. */
static behov_status set_subject(behov_report *report, size_t row, behov_language lang, behov_word word,
                                const char *value, behov_error *err)
{
    behov_wording subject = {0};
    bool is_year = word == BEHOV_WORD_LEFT_OUT_THIS_YEAR;
    behov_wording_add(&subject, is_year ? "  " : "");
    behov_wording_fill(&subject, lang, word, is_year ? "year" : "key", value, NULL);
    behov_status status = behov_wording_status(&subject, err);
    if (!status)
        status = behov_report_set_text(report, 0, row, behov_wording_text(&subject), err);
    behov_wording_free(&subject);
    return status;
}

behov_status behov_diagnosis_left_out(const behov_diagnosis *diagnosis, behov_report **out, behov_error *err)
{
    enum { RMSE, IN_RMSE, MAE, IN_MAE, GROUPS, NOT_MEASURED, N_FIGURES };
    static const struct {
        const char *key;
        behov_quantity quantity;
    } columns[N_FIGURES] = {
        {"left_out_rmse", BEHOV_Q_OUTCOME},   {"in_sample_rmse", BEHOV_Q_OUTCOME},
        {"left_out_mae", BEHOV_Q_OUTCOME},    {"in_sample_mae", BEHOV_Q_OUTCOME},
        {"n_groups_measured", BEHOV_Q_COUNT}, {"n_groups_not_measured", BEHOV_Q_COUNT},
    };
    behov_language lang = diagnosis->fit_results->study->lang;
    const struct {
        const behov_cluster_diagnosis *cluster_diagnosis;
        behov_word label;
    } kinds[] = {{diagnosis->by_municipality, BEHOV_WORD_LEFT_OUT_MUNICIPALITY},
                 {diagnosis->is_by_municipality ? NULL : diagnosis->by_cluster, BEHOV_WORD_LEFT_OUT_CLUSTER},
                 {diagnosis->by_year, BEHOV_WORD_LEFT_OUT_YEAR}};
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        n += kinds[i].cluster_diagnosis != NULL;
    size_t n_years = diagnosis->by_year ? behov_cluster_diagnosis_n_clusters(diagnosis->by_year) : 0;
    double *values[N_FIGURES] = {0};
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_left_out", n + n_years, NULL, &report, err);
    if (!status)
        status = add_text(report, "left_out_what", BEHOV_Q_TEXT, err);
    for (size_t c = 0; c < N_FIGURES && !status; c++) {
        values[c] = behov_missing_numbers(n + n_years);
        status =
            add_numbers(report, columns[c].key, NULL, quantity_shown(diagnosis, columns[c].quantity), values[c], err);
    }
    size_t index = 0;
    for (size_t i = 0; i < 3 && !status; i++) {
        if (!kinds[i].cluster_diagnosis)
            continue;
        behov_left_out all = behov_cluster_diagnosis_left_out(kinds[i].cluster_diagnosis);
        values[RMSE][index] = all.rmse;
        values[MAE][index] = all.mae;
        values[IN_RMSE][index] = all.in_sample_rmse;
        values[IN_MAE][index] = all.in_sample_mae;
        values[GROUPS][index] = (double)(all.n_measured + all.n_level_from_own);
        values[NOT_MEASURED][index] = (double)all.n_not_measured;
        status = set_subject(report, index++, lang, kinds[i].label, diagnosis->key ? diagnosis->key : "", err);
    }
    for (size_t t = 0; t < n_years && !status; t++, index++) {
        char year[400]; /* a year: the clusters are those of one column of numbers */
        behov_clusters_label(diagnosis->years, t, year);
        values[RMSE][index] = behov_cluster_diagnosis_left_out_rmse(diagnosis->by_year)[t];
        values[IN_RMSE][index] = behov_cluster_diagnosis_in_sample_rmse(diagnosis->by_year)[t];
        status = set_subject(report, index, lang, BEHOV_WORD_LEFT_OUT_THIS_YEAR, year, err);
    }
    return finish(status, report, out);
}
