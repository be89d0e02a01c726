/* write_survey.c - see write_survey.h. */
#include "write_survey.h"

#include <math.h>
#include <stdio.h>

#include <behov/labels.h>
#include <behov/survey_sentences.h>
#include "json_build.h"
#include "write_json.h"
#include "write_text.h"

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    return behov_survey_add(context, is_workbook, list, err);
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const behov_survey_page *survey_page = context;
    const behov_fit_results *fit_results = survey_page->survey->ratios->fit_results;
    behov_section_list list = {0};
    behov_status status = behov_survey_add(survey_page, false, &list, err);
    if (!status && fit_results) {
        status = write_text_head(fit_results, out, err);
        fputc('\n', out);
    }
    if (!status)
        status = write_text_sections(list.sections, list.n, survey_page->lang, out, err);
    behov_section_list_free(&list);
    return status;
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_survey_rows(context, report, err);
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

static json_t *levels_json(const behov_survey_trait *trait)
{
    json_t *levels = json_array();
    for (size_t i = 0; i < trait->n_levels; i++) {
        const behov_survey_level *level = &trait->levels[i];
        const behov_survey_question *question = trait->question;
        bool is_word = question->words && level->answer == floor(level->answer) && level->answer >= 1 &&
                       level->answer <= (double)question->n_words;
        json_t *object = json_object();
        json_put(object, "answer", json_figure(level->answer));
        json_put(object, "word", is_word ? json_text(question->words[(size_t)level->answer - 1]) : json_null());
        json_put(object, "n_units", json_count(level->n_units));
        json_put(object, "mean_ratio", json_figure(level->mean_ratio));
        json_add(levels, object);
    }
    return levels;
}

/* Why a tested trait has no interval of a correlation. */
static json_t *interval_reason(const behov_survey_trait *trait, const behov_rank_correlation *correlation)
{
    bool is_lacking = !trait->reason && !isnan(correlation->estimate) && isnan(correlation->low);
    return !is_lacking                        ? json_null()
           : fabs(correlation->estimate) >= 1 ? json_text("estimate_is_1_or_minus_1")
                                              : json_text("error_is_0");
}

/* The rows of the table, with what it has no columns for. */
static json_t *traits_json(const behov_survey_page *survey_page, const behov_report *report)
{
    json_t *traits = write_json_rows(report);
    for (size_t k = 0; k < survey_page->survey->n_traits; k++) {
        const behov_survey_trait *trait = &survey_page->survey->traits[k];
        behov_wording words = {0};
        json_t *row = json_array_get(traits, k);
        json_put(row, "n_missing_offices", json_count(trait->question->n_missing));
        json_put(row, "rho_is_exact", json_boolean(trait->rho.is_exact));
        json_put(row, "tau_b_is_exact", json_boolean(trait->tau.is_exact));
        json_put(row, "rho_interval_reason", interval_reason(trait, &trait->rho));
        json_put(row, "tau_b_interval_reason", interval_reason(trait, &trait->tau));
        json_put(row, "means", levels_json(trait));
        behov_survey_say_trait(survey_page, k, &words);
        json_put(row, "sentence", json_said(&words));
        behov_survey_say_doubt(survey_page, k, &words);
        json_put(row, "doubt", words.length || words.has_no_memory ? json_said(&words) : json_null());
    }
    return traits;
}

static json_t *unknown_json(const behov_survey *survey)
{
    json_t *list = json_array();
    for (size_t i = 0; i < survey->unknown.n; i++)
        json_add(list, json_text(survey->unknown.all[i].text));
    return list;
}

static void put_counts(const behov_survey *survey, json_t *object)
{
    json_put(object, "year", survey->options.year ? json_integer(survey->options.year) : json_null());
    json_put(object, "level", json_figure(survey->options.level));
    json_put(object, "n_offices", json_count(survey->answers->n_offices));
    json_put(object, "n_offices_on_several_rows", json_count(survey->answers->n_joined));
    json_put(object, "n_offices_left_out", json_count(survey->n_offices_left_out));
    json_put(object, "unknown_municipalities", unknown_json(survey));
    json_put(object, "n_municipalities", json_count(survey->n_municipalities));
    json_put(object, "n_shared_offices", json_count(survey->n_shared_offices));
    json_put(object, "n_municipalities_with_several_offices", json_count(survey->n_municipalities_with_several));
    json_put(object, "n_units", json_count(survey->n_units));
    json_put(object, "n_units_with_ratio", json_count(survey->n_units_with_ratio));
    json_put(object, "n_partial_units", json_count(survey->n_partial_units));
    json_put(object, "n_unweighted_units", json_count(survey->n_unweighted_units));
    json_put(object, "n_traits", json_count(survey->n_traits));
    json_put(object, "n_tested", json_count(survey->n_tested));
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const behov_survey_page *survey_page = context;
    const behov_survey *survey = survey_page->survey;
    behov_report *traits = NULL, *units = NULL;
    behov_status status = behov_survey_rows(survey_page, &traits, err);
    if (!status)
        status = behov_survey_units_table(survey_page, &units, err);
    if (!status) {
        json_t *object = json_object();
        json_put(object, "behov_version", json_text(behov_version()));
        if (survey->ratios->fit_results)
            write_json_common(object, survey->ratios->fit_results);
        else
            json_put(object, "data", json_text(survey->ratios->printed_path));
        json_put(object, "answers", json_text(survey_page->path));
        put_counts(survey, object);
        json_put(object, "traits", traits_json(survey_page, traits));
        json_put(object, "units", write_json_rows(units));
        status = write_json_object(path, object, err);
    }
    behov_report_free(traits);
    behov_report_free(units);
    return status;
}

const output_writers survey_writers = {
    .sections = sections, .rows = rows, .json = json, .page = page, .title = BEHOV_WORD_TITLE_SURVEY_DOCUMENT};
