/* key_regression_tables.c - weights out of a regression, and one's own index, as tables (key_tables.h). */
#include <behov/key_tables.h>

#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include <behov/key_sentences.h>
#include <behov/labels.h>
#include <behov/model_labels.h>
#include <behov/result_sentences.h>
#include "key_parts.h"
#include "table_columns.h"

/* ---- every fit, for programs -------------------------------------------------------------------------------------- */

static const behov_key_fit *fit_at(const void *context, size_t row)
{
    const behov_key_regression *regression = context;
    size_t fit = row / regression->n_criteria;
    return fit ? &regression->years[fit - 1] : &regression->pooled;
}

/* NULL for a fit that is not there. */
static const behov_key_estimate *estimate_at(const void *context, size_t row)
{
    const behov_key_fit *fit = fit_at(context, row);
    return fit->is_there ? &fit->estimates[row % ((const behov_key_regression *)context)->n_criteria] : NULL;
}

static const void *estimate_record(const void *context, size_t row)
{
    return estimate_at(context, row);
}

static const char *criterion_text(const void *context, size_t row)
{
    const behov_key_regression *regression = context;
    return regression->criteria[row % regression->n_criteria];
}

/* Weights of several years together have no year. */
static int year_at(const void *context, size_t row)
{
    int year = fit_at(context, row)->year;
    return year ? year : ((const behov_key_regression *)context)->only_year;
}

static double year_figure(const void *context, size_t row)
{
    int year = year_at(context, row);
    return year ? year : NAN;
}

static double rows_figure(const void *context, size_t row)
{
    const behov_key_fit *fit = fit_at(context, row);
    return fit->is_there ? (double)fit->n_rows : NAN;
}

static double sum_figure(const void *context, size_t row)
{
    const behov_key_fit *fit = fit_at(context, row);
    return fit->is_there ? fit->raw_sum : NAN;
}

static double sum_low_figure(const void *context, size_t row)
{
    const behov_key_fit *fit = fit_at(context, row);
    return fit->is_there ? fit->raw_sum_low : NAN;
}

static double sum_high_figure(const void *context, size_t row)
{
    const behov_key_fit *fit = fit_at(context, row);
    return fit->is_there ? fit->raw_sum_high : NAN;
}

static double clusters_figure(const void *context, size_t row)
{
    const behov_key_fit *fit = fit_at(context, row);
    return fit->is_there && fit->n_clusters ? (double)fit->n_clusters : NAN;
}

static const char *errors_text(const void *context, size_t row)
{
    const behov_key_fit *fit = fit_at(context, row);
    return fit->is_there && !isnan(fit->raw_sum_se) ? behov_vcov_kind_name(fit->se_kind) : "";
}

/* What makes the rows a file of weights (behov_key_weights_read): which key, and where it comes from. Every regressor is per
 * inhabitant already: an index. */
static behov_status add_origin(const behov_key_regression *regression, const behov_fit_results *results,
                               behov_report *table, behov_error *err)
{
    static const behov_report_column columns[] = {
        {"key", NULL, BEHOV_Q_TEXT}, {"kind", NULL, BEHOV_Q_TEXT}, {"source", NULL, BEHOV_Q_TEXT}};
    behov_language lang = results->study->lang;
    behov_wording source = {0}, name = {0};
    size_t first = behov_report_n_columns(table);
    behov_fit_results_data_name(results, &name);
    behov_wording_add(&source, "behov key weights: ");
    behov_wording_add(&source, behov_wording_text(&name));
    behov_wording_spend(&source, &name);
    behov_status status = behov_wording_status(&source, err);
    for (size_t j = 0; j < 3 && !status; j++)
        status = behov_report_add_texts(table, columns[j], err);
    for (size_t row = 0; row < behov_report_n_rows(table) && !status; row++) {
        behov_word key =
            year_at(regression, row) ? BEHOV_WORD_KEY_REGRESSION_KEY_EACH : BEHOV_WORD_KEY_REGRESSION_KEY_POOLED;
        const char *texts[] = {behov_label(lang, key), behov_criterion_kind_name(BEHOV_CRITERION_INDEX),
                               behov_wording_text(&source)};
        for (size_t j = 0; j < 3 && !status; j++)
            status = behov_report_set_text(table, first + j, row, texts[j], err);
    }
    behov_wording_free(&source);
    return status;
}

#define ESTIMATE_FIELD(key, field)                                                                                     \
    {                                                                                                                  \
        {key, NULL, BEHOV_Q_VALUE}, offsetof(behov_key_estimate, field)                                                \
    }

behov_status behov_key_regression_table(const behov_key_regression *regression, const behov_fit_results *results,
                                        behov_report **report, behov_error *err)
{
    static const behov_table_column names[] = {{{"year", NULL, BEHOV_Q_YEAR}, year_figure, NULL},
                                               {{"criterion", NULL, BEHOV_Q_TEXT}, NULL, criterion_text}},
                                    counts[] = {{{"raw_sum", NULL, BEHOV_Q_VALUE}, sum_figure, NULL},
                                                {{"raw_sum_low", NULL, BEHOV_Q_VALUE}, sum_low_figure, NULL},
                                                {{"raw_sum_high", NULL, BEHOV_Q_VALUE}, sum_high_figure, NULL},
                                                {{"se_kind", NULL, BEHOV_Q_TEXT}, NULL, errors_text},
                                                {{"n_clusters", NULL, BEHOV_Q_COUNT}, clusters_figure, NULL},
                                                {{"n_rows", NULL, BEHOV_Q_COUNT}, rows_figure, NULL}};
    static const behov_table_field fields[] = {
        ESTIMATE_FIELD("weight", weight),           ESTIMATE_FIELD("weight_se", weight_se),
        ESTIMATE_FIELD("weight_low", low),          ESTIMATE_FIELD("weight_high", high),
        ESTIMATE_FIELD("raw_weight", raw),          ESTIMATE_FIELD("raw_weight_se", raw_se),
        ESTIMATE_FIELD("coefficient", coefficient), ESTIMATE_FIELD("criterion_mean", mean)};
    behov_report *table = NULL;
    behov_status status = behov_table_columns_new("key_weights", (regression->n_years + 1) * regression->n_criteria,
                                                  names, 2, regression, &table, err);
    if (!status)
        status = behov_table_columns_add_fields(table, fields, sizeof fields / sizeof *fields, estimate_record,
                                                regression, err);
    if (!status)
        status = behov_table_columns_add(table, counts, sizeof counts / sizeof *counts, regression, err);
    if (!status)
        status = add_origin(regression, results, table, err);
    return behov_table_columns_return(status, table, report);
}

/* ---- a page ------------------------------------------------------------------------------------------------------ */

/* The estimates that a column of the page shows. */
typedef struct estimate_source {
    const behov_key_regression *regression;
    size_t fit; /* 0 = all years, else a year */
} estimate_source;

static const void *source_record(const void *context, size_t row)
{
    const estimate_source *source = context;
    return estimate_at(source->regression, source->fit * source->regression->n_criteria + row);
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

/* What the page shows of an estimate; "weight_2014", of all years together "weight". */
typedef struct estimate_column {
    behov_word heading;
    const char *key;
    size_t offset;
} estimate_column;

static behov_status add_estimate(const behov_key_regression *regression, size_t fit, const estimate_column *shown,
                                 behov_language lang, behov_report *report, behov_error *err)
{
    char key[64], year[16];
    behov_wording label = {0};
    snprintf(year, sizeof year, "%d", fit ? regression->years[fit - 1].year : 0);
    snprintf(key, sizeof key, "%s%s%s", shown->key, fit ? "_" : "", fit ? year : "");
    behov_wording_fill(&label, lang, shown->heading, "fit",
                       fit ? year : behov_label(lang, BEHOV_WORD_KEY_REGRESSION_POOLED), (const char *)NULL);
    behov_table_field field = {{key, behov_wording_text(&label), BEHOV_Q_VALUE}, shown->offset};
    behov_status status = behov_wording_status(&label, err);
    if (!status)
        status =
            behov_table_columns_add_fields(report, &field, 1, source_record, &(estimate_source){regression, fit}, err);
    behov_wording_free(&label);
    return status;
}

static behov_status page_table(const behov_key_regression *regression, const behov_fit_results *results,
                               behov_report **report, behov_error *err)
{
    static const estimate_column pooled[] = {
        {BEHOV_WORD_KEY_REGRESSION_RAW, "raw_weight", offsetof(behov_key_estimate, raw)},
        {BEHOV_WORD_KEY_REGRESSION_WEIGHT, "weight", offsetof(behov_key_estimate, weight)},
        {BEHOV_WORD_KEY_REGRESSION_SE, "weight_se", offsetof(behov_key_estimate, weight_se)},
        {BEHOV_WORD_KEY_REGRESSION_LOW, "weight_low", offsetof(behov_key_estimate, low)},
        {BEHOV_WORD_KEY_REGRESSION_HIGH, "weight_high", offsetof(behov_key_estimate, high)}};
    const estimate_column *yearly = &pooled[1]; /* a weight and its error */
    behov_language lang = results->study->lang;
    behov_report *table = NULL;
    behov_status status = behov_report_new("key_weights", regression->n_criteria, NULL, &table, err);
    if (!status)
        status = add_labels(regression, results, table, err);
    for (size_t j = 0; j < sizeof pooled / sizeof *pooled && !status; j++)
        status = add_estimate(regression, 0, &pooled[j], lang, table, err);
    for (size_t fit = 1; fit <= regression->n_years && !status; fit++)
        for (size_t j = 0; j < 2 && !status; j++)
            status = add_estimate(regression, fit, &yearly[j], lang, table, err);
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
    behov_key_regression_notes(regression, results, &notes);
    return key_add_section(list, lang, BEHOV_WORD_SHEET_KEY_WEIGHTS,
                           (behov_section){.n_frozen_columns = 1, .landscape = true}, results->study->is_simulated,
                           &title, &notes, table, err);
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

static const void *shares_record(const void *context, size_t row)
{
    return ((const behov_clustering_index *)context)->shares_pct[row];
}

static double index_figure(const void *context, size_t row)
{
    return ((const behov_clustering_index *)context)->index[row];
}

behov_status behov_clustering_index_table(const behov_clustering_index *index, behov_language lang,
                                          behov_report **report, behov_error *err)
{
    static const behov_table_column identity[] = {{{"municipality_code", NULL, BEHOV_Q_CODE}, NULL, code_text},
                                                  {{"municipality", NULL, BEHOV_Q_TEXT}, NULL, name_text},
                                                  {{"population", NULL, BEHOV_Q_COUNT}, population_figure, NULL}};
    const behov_table_field shares[] = {
        {{"divorced_pct", behov_label(lang, BEHOV_WORD_KEY_CLUSTERING_DIVORCED), BEHOV_Q_SHARE},
         BEHOV_SHARE_DIVORCED * sizeof(double)},
        {{"unemployed_pct", behov_label(lang, BEHOV_WORD_KEY_CLUSTERING_UNEMPLOYED), BEHOV_Q_SHARE},
         BEHOV_SHARE_UNEMPLOYED * sizeof(double)},
        {{"low_income_pct", behov_label(lang, BEHOV_WORD_KEY_CLUSTERING_LOW_INCOME), BEHOV_Q_SHARE},
         BEHOV_SHARE_LOW_INCOME * sizeof(double)}};
    const behov_table_column own = {
        {"own_clustering_index", behov_label(lang, BEHOV_WORD_KEY_CLUSTERING_INDEX), BEHOV_Q_VALUE},
        index_figure,
        NULL};
    behov_report *table = NULL;
    behov_status status =
        behov_table_columns_new("own_clustering_index", index->municipalities.n, identity, 3, index, &table, err);
    if (!status)
        status = behov_table_columns_add_fields(table, shares, 3, shares_record, index, err);
    if (!status)
        status = behov_table_columns_add(table, &own, 1, index, err);
    if (!status)
        status = key_set_decimals(table, behov_report_n_columns(table) - 1, behov_report_n_columns(table), err);
    return behov_table_columns_return(status, table, report);
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
    behov_clustering_index_notes(index, lang, &notes);
    return key_add_section(list, lang, BEHOV_WORD_SHEET_KEY_CLUSTERING, (behov_section){.n_frozen_columns = 2},
                           is_simulated, &title, &notes, table, err);
}
