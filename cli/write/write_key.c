/* write_key.c - a cost key as a page, sections, rows and JSON (write_key.h). */
#include "write_key.h"

#include <math.h>

#include <behov/group_names.h>
#include <behov/key_sentences.h>
#include <behov/labels.h>
#include "json_build.h"
#include "write_json.h"
#include "write_text.h"

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    return behov_key_add(context, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_key_table(context, report, err);
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    return write_text_page(sections, context, ((const behov_key_results *)context)->lang, out, err);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static json_t *criterion_json(const behov_key_results *results, const behov_key_criterion *criterion,
                              const behov_key_country *country)
{
    json_t *object = json_object();
    json_put(object, "criterion", json_text(criterion->name));
    json_put(object, "column",
             criterion->column < 0 ? json_null()
                                   : json_text(behov_table_name(results->criteria.table, (size_t)criterion->column)));
    json_put(object, "kind", json_text(behov_criterion_kind_name(criterion->kind)));
    json_put(object, "weight", json_figure(criterion->weight));
    json_put(object, "country_total", criterion->column < 0 ? json_null() : json_figure(country->total));
    json_put(object, "country_per_inhabitant", json_figure(country->level));
    json_put(object, "is_country_given", json_boolean(country->is_given));
    json_put(object, "against",
             json_text(criterion->kind == BEHOV_CRITERION_RELATIVE ? "criterion"
                       : country->is_given                         ? "given"
                                                                   : "file"));
    json_put(object, "mean_relative", json_figure(country->mean_relative));
    json_put(object, "n_missing", criterion->column < 0 ? json_null() : json_count(country->n_missing));
    return object;
}

static void put_weights(const behov_key_results *results, json_t *object)
{
    const behov_key_weights *weights = &results->weights;
    json_t *criteria = json_array();
    json_put(object, "key", json_text(weights->key));
    json_put(object, "weights_year", json_integer(weights->year));
    json_put(object, "weights_source", json_text(weights->source));
    json_put(object, "weights_file", results->weights_path ? json_text(results->weights_path) : json_text("bundled"));
    json_put(object, "year", json_integer(results->criteria.year));
    json_put(object, "is_year_stated_by_call", json_boolean(results->criteria.is_year_stated));
    json_put(object, "is_year_mismatch", json_boolean(results->criteria.year != weights->year));
    json_put(object, "weights_sum", json_figure(weights->sum));
    json_put(object, "weights_rounding", json_figure(weights->rounding));
    json_put(object, "weights_sum_is_1_within_rounding", json_boolean(behov_key_weights_are_rounded(weights)));
    json_put(object, "is_weights_year_stated_by_call", json_boolean(weights->is_year_stated));
    json_put(object, "n_negative_weights", json_count(weights->n_negative));
    for (size_t k = 0; k < results->input.n_criteria; k++)
        json_add(criteria, criterion_json(results, &results->input.criteria[k], &results->key.countries[k]));
    json_put(object, "criteria", criteria);
}

static void put_country(const behov_key_results *results, json_t *object)
{
    const behov_key_criteria *criteria = &results->criteria;
    json_t *unused = json_array();
    json_put(object, "n_municipalities", json_count(criteria->municipalities.n));
    json_put(object, "n_municipalities_of_the_country",
             criteria->n_in_country ? json_count(criteria->n_in_country) : json_null());
    json_put(object, "n_unknown_codes", json_count(criteria->n_foreign));
    json_put(object, "n_rows_passed_over", json_count(criteria->n_no_municipality));
    json_put(object, "n_rows_of_other_years", json_count(criteria->n_other_years));
    json_put(object, "n_without_key", json_count(results->key.n_without));
    json_put(object, "n_negative_keys", json_count(results->key.n_negative));
    json_put(object, "is_missing_allowed", json_boolean(criteria->allows_missing));
    static const char *const bases[] = {"country", "file", "both"};
    json_put(object, "basis", json_text(bases[results->basis]));
    json_put(object, "country_key", json_figure(results->key.sum));
    json_put(object, "mean_key", json_figure(results->key.mean));
    for (size_t i = 0; i < criteria->n_unused; i++)
        json_add(unused, json_text(behov_table_name(criteria->table, criteria->unused[i])));
    json_put(object, "unused_columns", unused);
    json_put(object, "modified_column",
             criteria->modified_criteria ? json_text(criteria->modified_criteria[criteria->modified].name)
                                         : json_null());
    json_put(object, "modified_criterion",
             criteria->modified_criteria ? json_text(criteria->criteria[criteria->modified].name) : json_null());
    json_put(object, "modified",
             criteria->modified_criteria ? criterion_json(results, &criteria->modified_criteria[criteria->modified],
                                                          &results->modified.countries[criteria->modified])
                                         : json_null());
}

static json_t *contributions_json(const behov_key_results *results, size_t position)
{
    json_t *list = json_array();
    for (size_t k = 0; k < results->input.n_criteria; k++) {
        const behov_key_criterion *criterion = &results->input.criteria[k];
        double contribution = behov_key_contribution(&results->input, &results->key, position, k);
        json_t *object = json_object();
        json_put(object, "criterion", json_text(criterion->name));
        json_put(object, "figure", json_figure(criterion->figures[position]));
        json_put(object, "relative", json_figure(results->key.relative[position * results->input.n_criteria + k]));
        json_put(object, "contribution", json_figure(contribution));
        json_put(object, "distance", json_figure(contribution - criterion->weight));
        json_add(list, object);
    }
    return list;
}

static json_t *yardstick_json(const behov_key_results *results, size_t position)
{
    const behov_yardstick *yardstick = behov_key_results_yardstick(results, position);
    if (!yardstick)
        return json_null();
    double mean = results->yardsticks.actual_kr, inhabitants = yardstick->municipality.population;
    json_t *object = json_object();
    json_put(object, "population", json_figure(inhabitants));
    json_put(object, "group",
             yardstick->group < 0 ? json_null()
                                  : json_text(behov_group_name(&results->groups, yardstick->group, results->lang)));
    json_put(object, "actual_kr", json_figure(yardstick->actual_kr));
    json_put(object, "regression_index", json_figure(yardstick->regression_index));
    json_put(object, "regression_index_low", json_figure(yardstick->regression_interval.low));
    json_put(object, "regression_index_high", json_figure(yardstick->regression_interval.high));
    json_put(object, "key_index", json_figure(yardstick->key_index / results->yardsticks.key));
    json_put(object, "group_index", json_figure(yardstick->group_index));
    json_put(object, "regression_kr", json_figure(yardstick->regression_kr));
    json_put(object, "regression_low_kr", json_figure(yardstick->regression_interval.low * mean));
    json_put(object, "regression_high_kr", json_figure(yardstick->regression_interval.high * mean));
    json_put(object, "key_kr", json_figure(yardstick->key_kr));
    json_put(object, "group_kr", json_figure(yardstick->group_kr));
    json_put(object, "actual_1000kr", json_figure(yardstick->actual_kr * inhabitants / 1000));
    json_put(object, "regression_1000kr", json_figure(yardstick->regression_kr * inhabitants / 1000));
    json_put(object, "key_1000kr", json_figure(yardstick->key_kr * inhabitants / 1000));
    json_put(object, "group_1000kr", json_figure(yardstick->group_kr * inhabitants / 1000));
    return object;
}

static json_t *municipality_json(const behov_key_results *results, size_t position)
{
    const behov_municipality *municipality = &results->criteria.municipalities.all[position];
    bool is_modified = results->criteria.modified_criteria != NULL;
    behov_wording note = {0};
    json_t *object = json_object();
    behov_key_municipality_note(results, position, &note);
    json_put(object, "municipality_code", json_text(municipality->code));
    json_put(object, "municipality", json_text(municipality->name));
    json_put(object, "population", json_figure(municipality->population));
    json_put(object, "key", json_figure(results->key.index[position]));
    json_put(object, "modified_key", is_modified ? json_figure(results->modified.index[position]) : json_null());
    json_put(object, "contributions", contributions_json(results, position));
    if (results->fit_results)
        json_put(object, "yardsticks", yardstick_json(results, position));
    json_put(object, "note", note.length ? json_said(&note) : json_null());
    behov_wording_free(&note);
    return object;
}

static json_t *groups_json(const behov_key_results *results)
{
    json_t *list = json_array();
    for (size_t g = 0; g < results->groups.n; g++) {
        const behov_key_group *group = &results->group_keys[g];
        json_t *object = json_object();
        json_put(object, "group", json_text(behov_group_name(&results->groups, (int)g, results->lang)));
        json_put(object, "n_municipalities", json_count(group->n));
        json_put(object, "population", json_figure(group->population));
        json_put(object, "key", json_figure(group->key));
        json_put(object, "modified_key", json_figure(group->modified));
        json_add(list, object);
    }
    return list;
}

/* The notes of the page, a sentence each: no figure leaves without them. */
static json_t *notes_json(void (*notes)(const behov_key_results *, behov_wording *), const behov_key_results *results)
{
    behov_wording words = {0};
    notes(results, &words);
    return json_said(&words);
}

static json_t *comparison_json(const behov_key_results *results)
{
    const behov_yardsticks *yardsticks = &results->yardsticks;
    json_t *object = json_object();
    write_json_common(object, results->fit_results);
    json_put(object, "year", yardsticks->year ? json_integer(yardsticks->year) : json_null());
    json_put(object, "n_compared", json_count(yardsticks->n));
    json_put(object, "n_without_panel_row", json_count(yardsticks->n_only_keys));
    json_put(object, "n_without_key", json_count(yardsticks->n_without_key));
    json_put(object, "n_without_need", json_count(yardsticks->n_without_need));
    json_put(object, "n_without_outcome", json_count(yardsticks->n_without_actual));
    json_put(object, "n_other_population", json_count(yardsticks->n_other_population));
    json_put(object, "mean_actual_kr", json_figure(yardsticks->actual_kr));
    json_put(object, "mean_need_kr", json_figure(yardsticks->need_kr));
    json_put(object, "mean_key", json_figure(yardsticks->key));
    json_put(object, "level", json_figure(results->fit_results->level_pct / 100));
    json_put(object, "notes", notes_json(behov_key_yardstick_notes, results));
    return object;
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const behov_key_results *results = context;
    json_t *object = json_object(), *municipalities = json_array();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "data", json_text(results->path));
    json_put(object, "is_simulated", json_boolean(results->is_simulated));
    put_weights(results, object);
    put_country(results, object);
    json_put(object, "notes", notes_json(behov_key_notes, results));
    if (results->has_groups)
        json_put(object, "groups", groups_json(results));
    if (results->fit_results)
        json_put(object, "yardsticks", comparison_json(results));
    for (size_t i = 0; i < results->n_shown; i++)
        json_add(municipalities, municipality_json(results, results->shown[i]));
    json_put(object, "municipalities", municipalities);
    return write_json_object(path, object, err);
}

const output_writers key_writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_DOCUMENT_KEY, .page = page};
