/* key_regression_tables.c - weights out of a regression, and one's own index, as tables (key_tables.h). */
#include <behov/key_tables.h>

#include <math.h>
#include <stdio.h>

#include <behov/key_sentences.h>
#include <behov/labels.h>
#include <behov/model_labels.h>
#include "key_parts.h"
#include "sentence_parts.h"
#include "table_columns.h"

/* ---- every fit, for programs -------------------------------------------------------------------------------------- */

static const behov_key_fit *fit_at(const void *context, size_t row)
{
    const behov_key_regression *regression = context;
    size_t fit = row / regression->n_criteria;
    return fit ? &regression->years[fit - 1] : &regression->pooled;
}

/* NaN for a fit that is not there. */
static behov_key_estimate estimate_at(const void *context, size_t row)
{
    const behov_key_fit *fit = fit_at(context, row);
    if (fit->is_there)
        return fit->estimates[row % ((const behov_key_regression *)context)->n_criteria];
    return (behov_key_estimate){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, false};
}

static double year_figure(const void *context, size_t row)
{
    int year = fit_at(context, row)->year;
    return year ? year : NAN;
}

static const char *criterion_text(const void *context, size_t row)
{
    const behov_key_regression *regression = context;
    return regression->criteria[row % regression->n_criteria];
}

static double coefficient_figure(const void *context, size_t row)
{
    return estimate_at(context, row).coefficient;
}

static double mean_figure(const void *context, size_t row)
{
    return estimate_at(context, row).mean;
}

static double raw_figure(const void *context, size_t row)
{
    return estimate_at(context, row).raw;
}

static double raw_error_figure(const void *context, size_t row)
{
    return estimate_at(context, row).raw_se;
}

static double weight_figure(const void *context, size_t row)
{
    return estimate_at(context, row).weight;
}

static double error_figure(const void *context, size_t row)
{
    return estimate_at(context, row).weight_se;
}

static double low_figure(const void *context, size_t row)
{
    return estimate_at(context, row).low;
}

static double high_figure(const void *context, size_t row)
{
    return estimate_at(context, row).high;
}

static double rows_figure(const void *context, size_t row)
{
    const behov_key_fit *fit = fit_at(context, row);
    return fit->is_there ? (double)fit->n_rows : NAN;
}

behov_status behov_key_regression_table(const behov_key_regression *regression, behov_report **report, behov_error *err)
{
    static const behov_table_column columns[] = {{{"year", NULL, BEHOV_Q_YEAR}, year_figure, NULL},
                                                 {{"criterion", NULL, BEHOV_Q_TEXT}, NULL, criterion_text},
                                                 {{"weight", NULL, BEHOV_Q_VALUE}, weight_figure, NULL},
                                                 {{"weight_se", NULL, BEHOV_Q_VALUE}, error_figure, NULL},
                                                 {{"weight_low", NULL, BEHOV_Q_VALUE}, low_figure, NULL},
                                                 {{"weight_high", NULL, BEHOV_Q_VALUE}, high_figure, NULL},
                                                 {{"raw_weight", NULL, BEHOV_Q_VALUE}, raw_figure, NULL},
                                                 {{"raw_weight_se", NULL, BEHOV_Q_VALUE}, raw_error_figure, NULL},
                                                 {{"coefficient", NULL, BEHOV_Q_VALUE}, coefficient_figure, NULL},
                                                 {{"criterion_mean", NULL, BEHOV_Q_VALUE}, mean_figure, NULL},
                                                 {{"n_rows", NULL, BEHOV_Q_COUNT}, rows_figure, NULL}};
    return behov_table_columns_new("key_weights", (regression->n_years + 1) * regression->n_criteria, columns,
                                   sizeof columns / sizeof *columns, regression, report, err);
}

/* ---- a page ------------------------------------------------------------------------------------------------------ */

/* What a column of the page shows of an estimate. */
typedef struct estimate_source {
    const behov_key_regression *regression;
    size_t fit; /* 0 = all years, else a year */
    double (*figure)(const void *context, size_t row);
} estimate_source;

static double source_figure(const void *context, size_t row)
{
    const estimate_source *source = context;
    return source->figure(source->regression, source->fit * source->regression->n_criteria + row);
}

static behov_status add_labels(const behov_key_regression *regression, const behov_fit_results *results,
                               behov_report *report, behov_error *err)
{
    behov_report_column column = {"criterion", behov_label(results->study->lang, BEHOV_WORD_KEY_COLUMN_CRITERION),
                                  BEHOV_Q_TEXT};
    behov_status status = behov_report_add_texts(report, column, err);
    for (size_t c = 0; c < regression->n_criteria && !status; c++)
        status = behov_report_set_text(
            report, 0, c, behov_model_label(&results->study->model, results->study->lang, regression->criteria[c]),
            err);
    return status;
}

static behov_status add_estimate(const behov_key_regression *regression, size_t fit, behov_word heading,
                                 const char *key, double (*figure)(const void *, size_t), behov_language lang,
                                 behov_report *report, behov_error *err)
{
    char column_key[64], year[16];
    behov_wording label = {0};
    snprintf(year, sizeof year, "%d", fit ? regression->years[fit - 1].year : 0);
    snprintf(column_key, sizeof column_key, "%s%s%s", key, fit ? "_" : "", fit ? year : "");
    behov_wording_fill(&label, lang, heading, "fit", fit ? year : behov_label(lang, BEHOV_WORD_KEY_REGRESSION_POOLED),
                       (const char *)NULL);
    behov_table_column column = {{column_key, behov_wording_text(&label), BEHOV_Q_VALUE}, source_figure, NULL};
    behov_status status = behov_wording_status(&label, err);
    if (!status)
        status = behov_table_columns_add(report, &column, 1, &(estimate_source){regression, fit, figure}, err);
    behov_wording_free(&label);
    return status;
}

static behov_status page_table(const behov_key_regression *regression, const behov_fit_results *results,
                               behov_report **report, behov_error *err)
{
    behov_language lang = results->study->lang;
    behov_report *table = NULL;
    behov_status status = behov_report_new("key_weights", regression->n_criteria, NULL, &table, err);
    if (!status)
        status = add_labels(regression, results, table, err);
    if (!status)
        status = add_estimate(regression, 0, BEHOV_WORD_KEY_REGRESSION_RAW, "raw_weight", raw_figure, lang, table, err);
    for (size_t fit = 0; fit <= regression->n_years && !status; fit++) {
        status =
            add_estimate(regression, fit, BEHOV_WORD_KEY_REGRESSION_WEIGHT, "weight", weight_figure, lang, table, err);
        if (!status)
            status = add_estimate(regression, fit, BEHOV_WORD_KEY_REGRESSION_SE, "weight_se", error_figure, lang, table,
                                  err);
        if (!status && !fit)
            status = add_estimate(regression, fit, BEHOV_WORD_KEY_REGRESSION_LOW, "weight_low", low_figure, lang, table,
                                  err);
        if (!status && !fit)
            status = add_estimate(regression, fit, BEHOV_WORD_KEY_REGRESSION_HIGH, "weight_high", high_figure, lang,
                                  table, err);
    }
    if (!status)
        status = key_set_decimals(table, 1, behov_report_n_columns(table), err);
    return behov_table_columns_return(status, table, report);
}

behov_status behov_key_regression_add(const behov_key_regression *regression, const behov_fit_results *results,
                                      behov_section_list *list, behov_error *err)
{
    behov_language lang = results->study->lang;
    behov_wording title = {0}, notes = {0};
    behov_report *table = NULL;
    behov_status status = page_table(regression, results, &table, err);
    if (status)
        return status;
    behov_wording_add(&title, behov_label(lang, BEHOV_WORD_TITLE_KEY_WEIGHTS));
    if (results->study->is_simulated)
        behov_sentence_simulated_title(&title, lang);
    status = behov_section_list_add_said(list,
                                         (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_KEY_WEIGHTS),
                                                         .table_name = behov_label(lang, BEHOV_WORD_SHEET_KEY_WEIGHTS),
                                                         .n_frozen_columns = 1,
                                                         .landscape = true},
                                         &title, NULL, table, err);
    behov_wording_free(&title);
    behov_key_regression_notes(regression, results, &notes);
    if (!status)
        return key_add_notes(list, &notes, err);
    behov_wording_free(&notes);
    return status;
}

/* ---- one's own index --------------------------------------------------------------------------------------------- */

static const behov_municipality *place_at(const void *context, size_t row)
{
    return &((const behov_clustering_index *)context)->municipalities.all[row];
}

static const char *code_text(const void *context, size_t row)
{
    return place_at(context, row)->code;
}

static const char *name_text(const void *context, size_t row)
{
    return place_at(context, row)->name;
}

static double population_figure(const void *context, size_t row)
{
    return place_at(context, row)->population;
}

static double divorced_figure(const void *context, size_t row)
{
    return ((const behov_clustering_index *)context)->shares_pct[row][BEHOV_SHARE_DIVORCED];
}

static double unemployed_figure(const void *context, size_t row)
{
    return ((const behov_clustering_index *)context)->shares_pct[row][BEHOV_SHARE_UNEMPLOYED];
}

static double low_income_figure(const void *context, size_t row)
{
    return ((const behov_clustering_index *)context)->shares_pct[row][BEHOV_SHARE_LOW_INCOME];
}

static double index_figure(const void *context, size_t row)
{
    return ((const behov_clustering_index *)context)->index[row];
}

behov_status behov_clustering_index_table(const behov_clustering_index *index, behov_language lang,
                                          behov_report **report, behov_error *err)
{
    const behov_table_column columns[] = {
        {{"municipality_code", NULL, BEHOV_Q_CODE}, NULL, code_text},
        {{"municipality", NULL, BEHOV_Q_TEXT}, NULL, name_text},
        {{"population", NULL, BEHOV_Q_COUNT}, population_figure, NULL},
        {{"divorced_pct", behov_label(lang, BEHOV_WORD_KEY_CLUSTERING_DIVORCED), BEHOV_Q_SHARE}, divorced_figure, NULL},
        {{"unemployed_pct", behov_label(lang, BEHOV_WORD_KEY_CLUSTERING_UNEMPLOYED), BEHOV_Q_SHARE},
         unemployed_figure,
         NULL},
        {{"low_income_pct", behov_label(lang, BEHOV_WORD_KEY_CLUSTERING_LOW_INCOME), BEHOV_Q_SHARE},
         low_income_figure,
         NULL},
        {{"own_clustering_index", behov_label(lang, BEHOV_WORD_KEY_CLUSTERING_INDEX), BEHOV_Q_VALUE},
         index_figure,
         NULL}};
    size_t n = sizeof columns / sizeof *columns;
    behov_status status =
        behov_table_columns_new("own_clustering_index", index->municipalities.n, columns, n, index, report, err);
    return status ? status : key_set_decimals(*report, n - 1, n, err);
}

behov_status behov_clustering_index_add(const behov_clustering_index *index, bool is_simulated, behov_language lang,
                                        behov_section_list *list, behov_error *err)
{
    behov_wording title = {0}, notes = {0};
    behov_report *table = NULL;
    behov_status status = behov_clustering_index_table(index, lang, &table, err);
    if (status)
        return status;
    behov_clustering_index_title(index, lang, &title);
    if (is_simulated)
        behov_sentence_simulated_title(&title, lang);
    status =
        behov_section_list_add_said(list,
                                    (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_KEY_CLUSTERING),
                                                    .table_name = behov_label(lang, BEHOV_WORD_SHEET_KEY_CLUSTERING),
                                                    .n_frozen_columns = 2},
                                    &title, NULL, table, err);
    behov_wording_free(&title);
    behov_clustering_index_notes(index, lang, &notes);
    if (!status)
        return key_add_notes(list, &notes, err);
    behov_wording_free(&notes);
    return status;
}
