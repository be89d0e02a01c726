/* write_cases.c - see write_cases.h. */
#include "write_cases.h"

#include <behov/cases_tables.h>
#include <behov/lasting.h>
#include "json_build.h"
#include "text_lines.h"
#include "write_json.h"
#include "write_text.h"

/* A section whose table would be of zeros. */
static void write_notes(const behov_section *section, FILE *out)
{
    text_line(section->title, 0, out);
    fputc('\n', out);
    for (size_t i = 0; i < section->n_notes; i++)
        text_line(section->notes[i], 0, out);
}

behov_status write_selection_page(const behov_cases *cases, FILE *out, behov_error *err)
{
    behov_section_list list = {0};
    behov_status status = behov_cases_add(cases, false, &list, err);
    if (!status && cases->fit_results) {
        status = write_text_head(cases->fit_results, out, err);
        fputc('\n', out);
    }
    for (size_t i = 0; i < list.n && !status; i++) {
        if (i)
            fputs("\n\n", out);
        if (behov_cases_has_candidates(cases))
            write_text_section(&list.sections[i], NULL, cases->lang, out);
        else
            write_notes(&list.sections[i], out);
    }
    behov_section_list_free(&list);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 * */

static json_t *shrunk_object(const behov_cases *cases)
{
    if (!cases->has_shrunk)
        return json_null();
    json_t *object = json_object();
    for (int kind = 0; kind <= BEHOV_CASE_HIGH; kind++) {
        json_t *single_object = json_object();
        json_put(single_object, "n_found", json_count(cases->n_shrunk_found[kind]));
        json_put(single_object, "n_falls_away", json_count(cases->n_falls[kind]));
        json_put(single_object, "n_stands_clearly", json_count(cases->n_clear[kind]));
        json_put(single_object, "n_comes_in", json_count(cases->n_comes_in[kind]));
        json_put(object, behov_case_kind_name((behov_case_kind)kind), single_object);
    }
    return object;
}

/* {year, ratio, low, high} of each year. */
static json_t *lasting_array(const behov_cases *cases, size_t place)
{
    if (!cases->has_shrunk)
        return json_null();
    json_t *list = json_array();
    for (size_t t = 0; t < cases->ratios->n_years; t++) {
        const behov_lasting *lasting = &cases->lasting[place * cases->ratios->n_years + t];
        json_t *object = json_object();
        json_put(object, "year", cases->ratios->years[t] ? json_integer(cases->ratios->years[t]) : json_null());
        json_put(object, "ratio", json_figure(lasting->ratio));
        json_put(object, "low", json_figure(lasting->interval.low));
        json_put(object, "high", json_figure(lasting->interval.high));
        json_add(list, object);
    }
    return list;
}

static json_t *years_json(const behov_ratio_table *ratios)
{
    json_t *years = json_array();
    for (size_t t = 0; t < ratios->n_years; t++)
        if (ratios->years[t])
            json_add(years, json_integer(ratios->years[t]));
    return years;
}

/* What was asked for. */
static void put_options(const behov_select_options *options, json_t *object)
{
    json_put(object, "low", json_figure(options->limits.low));
    json_put(object, "high", json_figure(options->limits.high));
    json_put(object, "change", json_figure(options->limits.change));
    json_put(object, "min_population",
             options->min_population > 0 ? json_figure(options->min_population) : json_null());
    json_put(object, "largest", options->largest ? json_count(options->largest) : json_null());
    json_put(object, "count", options->count ? json_count(options->count) : json_null());
}

static json_t *left_out_json(const behov_cases *cases)
{
    json_t *left_out = json_object();
    json_put(left_out, "missing_years", json_count(cases->n_for_reason[BEHOV_CASE_MISSING_YEARS]));
    json_put(left_out, "no_population", json_count(cases->n_for_reason[BEHOV_CASE_NO_POPULATION]));
    json_put(left_out, "too_few_inhabitants", json_count(cases->n_for_reason[BEHOV_CASE_TOO_FEW]));
    json_put(left_out, "not_asked_for", json_count(cases->n_for_reason[BEHOV_CASE_NOT_ASKED_FOR]));
    json_put(left_out, "in_no_kind", json_count(cases->n_in_no_kind));
    return left_out;
}

static json_t *found_json(const behov_cases *cases)
{
    json_t *found_object = json_object();
    for (int kind = 0; kind < BEHOV_N_CASE_KINDS; kind++)
        json_put(found_object, behov_case_kind_name((behov_case_kind)kind),
                 behov_cases_looks_for(cases, (behov_case_kind)kind) ? json_count(cases->n_found[kind]) : json_null());
    return found_object;
}

/* The rows of the table, and what becomes of each on its lasting level. */
static json_t *rows_json(const behov_cases *cases, const behov_report *report)
{
    json_t *rows = write_json_rows(report);
    for (size_t i = 0; i < cases->n_picks; i++) {
        const behov_pick *pick = &cases->picks[i];
        behov_lasting_verdict verdict = behov_cases_verdict(cases, pick->municipality, pick->kind);
        bool is_told = verdict != BEHOV_LASTING_NOT_TOLD;
        json_t *row = json_array_get(rows, i);
        json_put(row, "falls_away", is_told ? json_boolean(verdict == BEHOV_LASTING_FALLS_AWAY) : json_null());
        json_put(row, "stands_clearly", is_told ? json_boolean(verdict == BEHOV_LASTING_CLEAR) : json_null());
        json_put(row, "lasting", lasting_array(cases, pick->municipality));
    }
    return rows;
}

behov_status write_selection_json(const char *path, const behov_cases *cases, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = behov_cases_table(cases, &report, err);
    if (status)
        return status;
    json_t *object = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    if (cases->fit_results)
        write_json_common(object, cases->fit_results);
    else
        json_put(object, "data", json_text(cases->ratios->printed_path));
    json_put(object, "years", years_json(cases->ratios));
    put_options(&cases->options, object);
    json_put(object, "n_municipalities", json_count(cases->ratios->places.n));
    json_put(object, "n_chosen_from", json_count(cases->n_for_reason[BEHOV_CASE_CHOSEN_FROM]));
    json_put(object, "left_out", left_out_json(cases));
    json_put(object, "found", found_json(cases));
    json_put(object, "shrunk", shrunk_object(cases));
    bool is_ahead = cases->has_shrunk && behov_lasting_is_ahead(&cases->variances);
    json_put(object, "chance", !cases->has_shrunk ? json_null() : json_text(is_ahead ? "ar1" : "independent"));
    json_put(object, "horizon_years", is_ahead ? json_integer((json_int_t)cases->variances.horizon) : json_null());
    json_put(object, "clear", cases->has_shrunk ? json_figure(cases->clear) : json_null());
    json_put(object, "level", cases->has_shrunk ? json_figure(cases->fit_results->level_pct / 100) : json_null());
    json_put(object, "rows", rows_json(cases, report));
    behov_report_free(report);
    return write_json_object(path, object, err);
}

/* ---- for the verb ------------------------------------------------------------------------------------------------ */

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    return write_selection_page(context, out, err);
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    return behov_cases_add(context, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_cases_table(context, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_selection_json(path, context, err);
}

const output_writers cases_writers = {
    .sections = sections, .rows = rows, .json = json, .page = page, .title = BEHOV_WORD_TITLE_SELECTION};
