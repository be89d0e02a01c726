/* write_key_weights.c - weights out of a regression, and one's own index, as pages, sections, rows and JSON (write_key.h). */
#include "write_key.h"

#include <math.h>

#include <behov/key_sentences.h>
#include <behov/labels.h>
#include "json_build.h"
#include "write_json.h"
#include "write_text.h"

/* ---- weights ----------------------------------------------------------------------------------------------------- */

static behov_status weights_sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const key_weights_results *results = context;
    (void)is_workbook;
    return behov_key_regression_add(&results->regression, results->fit_results, list, err);
}

static behov_status weights_rows(const void *context, behov_report **report, behov_error *err)
{
    const key_weights_results *results = context;
    return behov_key_regression_table(&results->regression, results->fit_results, report, err);
}

static behov_status weights_page(const void *context, FILE *out, behov_error *err)
{
    const key_weights_results *results = context;
    return write_text_page(weights_sections, context, results->fit_results->study->lang, out, err);
}

/* The sum of the raw weights, which decides whether there are weights, and the errors behind it. */
static void put_sum(json_t *object, const behov_key_fit *fit)
{
    bool has_errors = fit->is_there && !isnan(fit->raw_sum_se);
    json_put(object, "se_kind", has_errors ? json_text(behov_vcov_kind_name(fit->se_kind)) : json_null());
    json_put(object, "raw_sum", fit->is_there ? json_figure(fit->raw_sum) : json_null());
    json_put(object, "raw_sum_se", has_errors ? json_figure(fit->raw_sum_se) : json_null());
    json_put(object, "raw_sum_low", has_errors ? json_figure(fit->raw_sum_low) : json_null());
    json_put(object, "raw_sum_high", has_errors ? json_figure(fit->raw_sum_high) : json_null());
    json_put(object, "raw_sum_is", fit->is_there ? json_text(behov_key_sum_is_name(fit->sum_is)) : json_null());
    json_put(object, "words_level", fit->is_there ? json_figure(fit->words_level) : json_null());
    json_put(object, "n_negative", json_count(fit->n_negative));
    json_put(object, "n_negative_clearly", json_count(fit->n_negative_clearly));
}

static json_t *fit_json(const behov_key_regression *regression, const behov_key_fit *fit, behov_language lang)
{
    json_t *object = json_object(), *list = json_array();
    json_put(object, "year", fit->year ? json_integer(fit->year) : json_null());
    json_put(object, "is_there", json_boolean(fit->is_there));
    json_put(object, "reason", fit->is_there ? json_null() : json_reason(&fit->why, lang));
    json_put(object, "n_rows", json_count(fit->n_rows));
    json_put(object, "n_clusters", fit->n_clusters ? json_count(fit->n_clusters) : json_null());
    json_put(object, "outcome_mean", fit->is_there ? json_figure(fit->outcome_mean) : json_null());
    put_sum(object, fit);
    for (size_t c = 0; c < regression->n_criteria && fit->is_there; c++) {
        const behov_key_estimate *estimate = &fit->estimates[c];
        json_t *row = json_object();
        json_put(row, "criterion", json_text(regression->criteria[c]));
        json_put(row, "coefficient", json_figure(estimate->coefficient));
        json_put(row, "criterion_mean", json_figure(estimate->mean));
        json_put(row, "raw_weight", json_figure(estimate->raw));
        json_put(row, "raw_weight_se", json_figure(estimate->raw_se));
        json_put(row, "weight", json_figure(estimate->weight));
        json_put(row, "weight_se", json_figure(estimate->weight_se));
        json_put(row, "weight_low", json_figure(estimate->low));
        json_put(row, "weight_high", json_figure(estimate->high));
        json_add(list, row);
    }
    json_put(object, "weights", list);
    return object;
}

static behov_status weights_json(const void *context, const char *path, behov_error *err)
{
    const key_weights_results *results = context;
    const behov_key_regression *regression = &results->regression;
    behov_language lang = results->fit_results->study->lang;
    json_t *object = json_object(), *years = json_array();
    behov_wording notes = {0};
    json_put(object, "behov_version", json_text(behov_version()));
    write_json_common(object, results->fit_results);
    json_put(object, "means", json_text(regression->is_by_population ? "population" : "rows"));
    json_put(object, "level", json_figure(regression->level_pct / 100));
    json_put(object, "pooled", fit_json(regression, &regression->pooled, lang));
    for (size_t t = 0; t < regression->n_years; t++)
        json_add(years, fit_json(regression, &regression->years[t], lang));
    json_put(object, "years", years);
    behov_key_regression_notes(regression, results->fit_results, &notes);
    json_put(object, "notes", json_said(&notes));
    return write_json_object(path, object, err);
}

const output_writers key_weights_writers = {.sections = weights_sections,
                                            .rows = weights_rows,
                                            .json = weights_json,
                                            .title = BEHOV_WORD_TITLE_KEY_WEIGHTS,
                                            .page = weights_page};

/* ---- one's own index --------------------------------------------------------------------------------------------- */

static behov_status clustering_sections(const void *context, bool is_workbook, behov_section_list *list,
                                        behov_error *err)
{
    const key_clustering_results *results = context;
    (void)is_workbook;
    return behov_clustering_index_add(&results->index, results->is_simulated, results->lang, list, err);
}

static behov_status clustering_rows(const void *context, behov_report **report, behov_error *err)
{
    const key_clustering_results *results = context;
    return behov_clustering_index_table(&results->index, results->lang, report, err);
}

static behov_status clustering_page(const void *context, FILE *out, behov_error *err)
{
    return write_text_page(clustering_sections, context, ((const key_clustering_results *)context)->lang, out, err);
}

static behov_status clustering_json(const void *context, const char *path, behov_error *err)
{
    const key_clustering_results *results = context;
    behov_report *report = NULL;
    behov_wording notes = {0};
    behov_status status = clustering_rows(context, &report, err);
    if (status)
        return status;
    json_t *object = json_object(), *country = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "data", json_text(results->path));
    json_put(object, "is_simulated", json_boolean(results->is_simulated));
    json_put(object, "is_own_computation", json_true());
    json_put(object, "year", results->index.year ? json_integer(results->index.year) : json_null());
    for (int share = 0; share < BEHOV_N_CLUSTERING_SHARES; share++)
        json_put(country, behov_clustering_share_name((behov_clustering_share)share),
                 json_figure(results->index.country_pct[share]));
    json_put(object, "country_pct", country);
    json_put(object, "is_country_given", json_boolean(results->index.is_country_given));
    json_put(object, "mean_index", json_figure(results->index.mean));
    json_put(object, "n_without", json_count(results->index.n_without));
    json_put(object, "rows", write_json_rows(report));
    behov_clustering_index_notes(&results->index, results->lang, &notes);
    json_put(object, "notes", json_said(&notes));
    behov_report_free(report);
    return write_json_object(path, object, err);
}

const output_writers key_clustering_writers = {.sections = clustering_sections,
                                               .rows = clustering_rows,
                                               .json = clustering_json,
                                               .title = BEHOV_WORD_KEY_CLUSTERING_TITLE,
                                               .page = clustering_page};
