/* write_scenario.c - see write_scenario.h. */
#include "write_scenario.h"

#include <behov/scenario_sentences.h>
#include <behov/scenario_tables.h>
#include "json_build.h"
#include "write_json.h"
#include "write_text.h"

/* ---- page -------------------------------------------------------------------------------------------------------- */

static behov_status write_page_of(const behov_fit_results *fit_results, behov_section_list *list, behov_status status,
                                  FILE *out, behov_error *err)
{
    if (!status)
        status = write_text_sections(list->sections, list->n, fit_results->study->lang, out, err);
    behov_section_list_free(list);
    if (!status)
        fputs("\n", out);
    return status ? status : write_text_estimation_head(fit_results, out, err);
}

static behov_status scenarios_page(const void *context, FILE *out, behov_error *err)
{
    const behov_scenarios *scenarios = context;
    behov_section_list list = {0};
    behov_status status = behov_scenarios_add(scenarios, false, &list, err);
    return write_page_of(scenarios->fit_results, &list, status, out, err);
}

static behov_status mergers_page(const void *context, FILE *out, behov_error *err)
{
    const behov_mergers *mergers = context;
    behov_section_list list = {0};
    behov_status status = behov_mergers_add(mergers, false, &list, err);
    return write_page_of(mergers->fit_results, &list, status, out, err);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static void put_interval(json_t *object, const char *low_key, const char *high_key, behov_interval interval)
{
    json_put(object, low_key, json_figure(interval.low));
    json_put(object, high_key, json_figure(interval.high));
}

static json_t *regressors_json(const behov_fit_results *fit_results, const double *regressors)
{
    json_t *object = json_object();
    for (size_t k = 0; k < behov_fit_n_regressors(fit_results->fit); k++)
        json_put(object, behov_design_regressor(fit_results->design, k), json_figure(regressors[k]));
    return object;
}

static json_t *figures_json(const behov_fit_results *fit_results, const behov_scenario_figures *figures)
{
    json_t *object = json_object();
    json_put(object, "population", json_figure(figures->population));
    json_put(object, "actual", json_figure(figures->actual));
    json_put(object, "need", json_figure(figures->need));
    put_interval(object, "need_low", "need_high", figures->need_interval);
    json_put(object, "index", json_figure(figures->index));
    json_put(object, "ratio", json_figure(figures->ratio));
    put_interval(object, "ratio_low", "ratio_high", figures->ratio_interval);
    json_put(object, "gap", json_figure(figures->gap));
    put_interval(object, "gap_low", "gap_high", figures->gap_interval);
    json_put(object, "gap_1000kr", json_figure(figures->gap_1000kr));
    put_interval(object, "gap_1000kr_low", "gap_1000kr_high", figures->gap_1000kr_interval);
    json_put(object, "rank", json_figure(figures->rank));
    json_put(object, "need_rank", json_figure(figures->need_rank));
    json_put(object, "n_ranked", figures->n_ranked ? json_count(figures->n_ranked) : json_null());
    json_put(object, "leverage", json_figure(figures->leverage));
    json_put(object, "regressors", regressors_json(fit_results, figures->regressors));
    return object;
}

static json_t *municipality_json(const behov_municipality *municipality)
{
    json_t *object = json_object();
    json_put(object, "municipality_code", municipality->code[0] ? json_text(municipality->code) : json_null());
    json_put(object, "municipality", municipality->name[0] ? json_text(municipality->name) : json_null());
    return object;
}

/* What both have of the fit. */
static json_t *common_json(const behov_fit_results *fit_results, const behov_scenario_choices *choices, int year,
                           double country_need, double leverage_most)
{
    json_t *object = json_object();
    write_json_common(object, fit_results);
    write_json_clusters(object, fit_results);
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(fit_results->vcov))));
    json_put(object, "coefficients", write_json_coefficients(fit_results));
    json_put(object, "level", json_figure(choices->level));
    json_put(object, "year", year ? json_integer(year) : json_null());
    json_put(object, "country_need", json_figure(country_need));
    json_put(object, "leverage_most", json_figure(leverage_most));
    return object;
}

static json_t *step_json(const behov_scenario_step *step)
{
    static const char *const kinds[] = {"level", "add", "per_cent"}, *const units[] = {"column", "persons", "points"};
    json_t *object = json_object();
    json_put(object, "column", json_text(step->column));
    json_put(object, "change", json_text(step->text));
    json_put(object, "kind", json_text(kinds[step->kind]));
    json_put(object, "unit", json_text(units[step->unit]));
    json_put(object, "amount", json_figure(step->amount));
    json_put(object, "is_in_model", json_boolean(step->is_in_model));
    json_put(object, "denominator", json_text(step->denominator));
    json_put(object, "before", json_figure(step->before));
    json_put(object, "after", json_figure(step->after));
    json_put(object, "persons_before", json_figure(step->persons_before));
    json_put(object, "persons_after", json_figure(step->persons_after));
    json_put(object, "data_low", json_figure(step->low));
    json_put(object, "data_high", json_figure(step->high));
    json_put(object, "is_outside_data", json_boolean(step->is_outside_data));
    json_put(object, "is_outside_limits", json_boolean(step->is_outside_limits));
    json_put(object, "need_change", json_figure(step->need_change));
    put_interval(object, "need_change_low", "need_change_high", step->need_change_interval);
    return object;
}

static json_t *scenario_json(const behov_scenarios *scenarios, const behov_scenario *scenario)
{
    json_t *object = municipality_json(scenario->municipality), *steps = json_array();
    json_put(object, "scenario", json_text(scenario->name));
    json_put(object, "before", figures_json(scenarios->fit_results, &scenario->before));
    json_put(object, "after", figures_json(scenarios->fit_results, &scenario->after));
    json_put(object, "need_change", json_figure(scenario->need_change));
    put_interval(object, "need_change_low", "need_change_high", scenario->need_change_interval);
    json_put(object, "need_change_1000kr", json_figure(scenario->need_change_1000kr));
    put_interval(object, "need_change_1000kr_low", "need_change_1000kr_high", scenario->need_change_1000kr_interval);
    for (size_t i = 0; i < scenario->n_steps; i++)
        json_add(steps, step_json(&scenario->steps[i]));
    json_put(object, "changes", steps);
    json_put(object, "depends_on_order", json_boolean(scenario->depends_on_order));
    json_put(object, "is_beyond_leverage", json_boolean(scenario->is_beyond_leverage));
    return object;
}

static behov_status scenarios_json(const void *context, const char *path, behov_error *err)
{
    const behov_scenarios *scenarios = context;
    json_t *object = common_json(scenarios->fit_results, &scenarios->choices, scenarios->year, scenarios->country_need,
                                 scenarios->leverage_most);
    json_t *list = json_array(), *warnings = json_array();
    behov_wording words = {0};
    json_put(object, "spending", json_text(scenarios->choices.keeps_total ? "total" : "per_inhabitant"));
    for (size_t i = 0; i < scenarios->n; i++)
        json_add(list, scenario_json(scenarios, &scenarios->all[i]));
    json_put(object, "scenarios", list);
    for (size_t i = 0; behov_scenarios_warning(scenarios, i, &words); i++)
        json_add(warnings, json_said(&words));
    behov_wording_free(&words);
    json_put(object, "warnings", warnings);
    return write_json_object(path, object, err);
}

static json_t *term_json(const behov_merger *merger, const behov_design *design, size_t k)
{
    const behov_merger_term *term = &merger->terms[k];
    json_t *object = json_object();
    json_put(object, "term", json_text(behov_design_regressor(design, k)));
    json_put(object, "mean", json_figure(term->mean));
    json_put(object, "merged", json_figure(term->merged));
    json_put(object, "coefficient", json_figure(term->coefficient));
    json_put(object, "difference", json_figure(term->difference));
    put_interval(object, "difference_low", "difference_high", term->interval);
    json_put(object, "difference_1000kr", json_figure(term->difference_1000kr));
    put_interval(object, "difference_1000kr_low", "difference_1000kr_high", term->interval_1000kr);
    return object;
}

static json_t *column_json(const behov_merger_column *column)
{
    static const char *const kinds[] = {"unknown", "sum", "rate", "mean", "every"};
    json_t *object = json_object();
    json_put(object, "column", json_text(column->column));
    json_put(object, "rule", json_text(kinds[column->rule.kind]));
    json_put(object, "weight", json_text(column->rule.weight));
    json_put(object, "merged", json_figure(column->merged));
    json_put(object, "data_low", json_figure(column->low));
    json_put(object, "data_high", json_figure(column->high));
    json_put(object, "is_outside_data", json_boolean(column->is_outside_data));
    json_put(object, "is_estimate", json_boolean(column->rule.kind == BEHOV_MERGE_MEAN));
    return object;
}

static json_t *merger_json(const behov_mergers *mergers, const behov_merger *merger)
{
    json_t *object = json_object(), *parts = json_array(), *terms = json_array(), *columns = json_array();
    json_put(object, "scenario", json_text(merger->name));
    for (size_t i = 0; i < merger->n_parts; i++) {
        json_t *part = municipality_json(merger->municipalities[i]);
        json_put(part, "figures", figures_json(mergers->fit_results, &merger->parts[i]));
        json_add(parts, part);
    }
    json_put(object, "parts", parts);
    json_put(object, "apart", figures_json(mergers->fit_results, &merger->apart));
    json_put(object, "merged", figures_json(mergers->fit_results, &merger->merged));
    json_put(object, "difference", json_figure(merger->difference));
    put_interval(object, "difference_low", "difference_high", merger->difference_interval);
    json_put(object, "difference_1000kr", json_figure(merger->difference_1000kr));
    put_interval(object, "difference_1000kr_low", "difference_1000kr_high", merger->difference_1000kr_interval);
    for (size_t k = 0; k < behov_fit_n_regressors(mergers->fit_results->fit); k++)
        json_add(terms, term_json(merger, mergers->fit_results->design, k));
    json_put(object, "terms", terms);
    for (size_t i = 0; i < merger->n_columns; i++)
        json_add(columns, column_json(&merger->columns[i]));
    json_put(object, "columns", columns);
    json_put(object, "is_beyond_leverage", json_boolean(merger->is_beyond_leverage));
    return object;
}

static behov_status mergers_json(const void *context, const char *path, behov_error *err)
{
    const behov_mergers *mergers = context;
    json_t *object = common_json(mergers->fit_results, &mergers->choices, mergers->year, mergers->country_need,
                                 mergers->leverage_most);
    json_t *list = json_array(), *warnings = json_array();
    behov_wording words = {0};
    for (size_t i = 0; i < mergers->n; i++)
        json_add(list, merger_json(mergers, &mergers->all[i]));
    json_put(object, "mergers", list);
    for (size_t i = 0; behov_mergers_warning(mergers, i, &words); i++)
        json_add(warnings, json_said(&words));
    behov_wording_free(&words);
    json_put(object, "warnings", warnings);
    return write_json_object(path, object, err);
}

/* ---- for the verb ------------------------------------------------------------------------------------------------ */

static behov_status scenarios_sections(const void *context, bool is_workbook, behov_section_list *list,
                                       behov_error *err)
{
    return behov_scenarios_add(context, is_workbook, list, err);
}

static behov_status scenarios_rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_scenarios_table(context, report, err);
}

static behov_status mergers_sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    return behov_mergers_add(context, is_workbook, list, err);
}

static behov_status mergers_rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_mergers_table(context, report, err);
}

const output_writers scenarios_writers = {.sections = scenarios_sections,
                                          .rows = scenarios_rows,
                                          .json = scenarios_json,
                                          .page = scenarios_page,
                                          .title = BEHOV_WORD_TITLE_SCENARIO};
const output_writers mergers_writers = {.sections = mergers_sections,
                                        .rows = mergers_rows,
                                        .json = mergers_json,
                                        .page = mergers_page,
                                        .title = BEHOV_WORD_TITLE_MERGER};
