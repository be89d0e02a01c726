/* scenario_tables.c - scenarios of changed columns as tables and sections; mergers: merger_tables.c. */
#include <behov/scenario_tables.h>

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include <behov/labels.h>
#include <behov/study_words.h>
#include "scenario_pieces.h"

static behov_status no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SCENARIO_NO_MEMORY);
}

#define AT(member) offsetof(behov_scenario, member)
#define NEED SCENARIO_NEED_PAGE
#define RATIO SCENARIO_RATIO_PAGE

static const scenario_figure figures[] = {
    {"population_before", BEHOV_WORD_SCENARIO_COL_POPULATION_BEFORE, BEHOV_Q_COUNT, AT(before.population), 0, 0},
    {"population_after", BEHOV_WORD_SCENARIO_COL_POPULATION_AFTER, BEHOV_Q_COUNT, AT(after.population), 0, 0},
    {"need_before", BEHOV_WORD_SCENARIO_COL_NEED_BEFORE, BEHOV_Q_OUTCOME, AT(before.need), NEED, 0},
    {"need_after", BEHOV_WORD_SCENARIO_COL_NEED_AFTER, BEHOV_Q_OUTCOME, AT(after.need), NEED, 0},
    {"need_after_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_OUTCOME, AT(after.need_interval.low), 0, 0},
    {"need_after_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_OUTCOME, AT(after.need_interval.high), 0, 0},
    {"need_change", BEHOV_WORD_SCENARIO_COL_NEED_CHANGE, BEHOV_Q_OUTCOME, AT(need_change), NEED, 0},
    {"need_change_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_OUTCOME, AT(need_change_interval.low), NEED, 0},
    {"need_change_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_OUTCOME, AT(need_change_interval.high), NEED, 0},
    {"need_change_1000kr", BEHOV_WORD_SCENARIO_COL_NEED_CHANGE_1000KR, BEHOV_Q_GAP, AT(need_change_1000kr), NEED,
     SCENARIO_IN_KRONER},
    {"need_change_1000kr_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_GAP, AT(need_change_1000kr_interval.low), NEED,
     SCENARIO_IN_KRONER},
    {"need_change_1000kr_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_GAP, AT(need_change_1000kr_interval.high), NEED,
     SCENARIO_IN_KRONER},
    {"index_before", BEHOV_WORD_SCENARIO_COL_INDEX_BEFORE, BEHOV_Q_INDEX, AT(before.index), NEED, 0},
    {"index_after", BEHOV_WORD_SCENARIO_COL_INDEX_AFTER, BEHOV_Q_INDEX, AT(after.index), NEED, 0},
    {"actual_before", BEHOV_WORD_SCENARIO_COL_ACTUAL_BEFORE, BEHOV_Q_OUTCOME, AT(before.actual), 0, 0},
    {"actual_after", BEHOV_WORD_SCENARIO_COL_ACTUAL_AFTER, BEHOV_Q_OUTCOME, AT(after.actual), 0, 0},
    {"ratio_before", BEHOV_WORD_SCENARIO_COL_RATIO_BEFORE, BEHOV_Q_RATIO, AT(before.ratio), RATIO, 0},
    {"ratio_after", BEHOV_WORD_SCENARIO_COL_RATIO_AFTER, BEHOV_Q_RATIO, AT(after.ratio), RATIO, 0},
    {"ratio_after_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_RATIO, AT(after.ratio_interval.low), RATIO, 0},
    {"ratio_after_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_RATIO, AT(after.ratio_interval.high), RATIO, 0},
    {"gap_before_1000kr", BEHOV_WORD_SCENARIO_COL_GAP_BEFORE_1000KR, BEHOV_Q_GAP, AT(before.gap_1000kr), RATIO,
     SCENARIO_IN_KRONER},
    {"gap_after_1000kr", BEHOV_WORD_SCENARIO_COL_GAP_AFTER_1000KR, BEHOV_Q_GAP, AT(after.gap_1000kr), RATIO,
     SCENARIO_IN_KRONER},
    {"gap_after_1000kr_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_GAP, AT(after.gap_1000kr_interval.low), RATIO,
     SCENARIO_IN_KRONER},
    {"gap_after_1000kr_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_GAP, AT(after.gap_1000kr_interval.high), RATIO,
     SCENARIO_IN_KRONER},
    {"gap_before", BEHOV_WORD_SCENARIO_COL_GAP_BEFORE, BEHOV_Q_OUTCOME, AT(before.gap), RATIO, SCENARIO_IN_NO_KRONER},
    {"gap_after", BEHOV_WORD_SCENARIO_COL_GAP_AFTER, BEHOV_Q_OUTCOME, AT(after.gap), RATIO, SCENARIO_IN_NO_KRONER},
    {"gap_after_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_OUTCOME, AT(after.gap_interval.low), RATIO,
     SCENARIO_IN_NO_KRONER},
    {"gap_after_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_OUTCOME, AT(after.gap_interval.high), RATIO,
     SCENARIO_IN_NO_KRONER},
    {"rank_before", BEHOV_WORD_SCENARIO_COL_RANK_BEFORE, BEHOV_Q_RANK, AT(before.rank), RATIO, 0},
    {"rank_after", BEHOV_WORD_SCENARIO_COL_RANK_AFTER, BEHOV_Q_RANK, AT(after.rank), RATIO, 0},
};
#undef AT

/* ---- who a row is of --------------------------------------------------------------------------------------------- */

static bool has_names(const behov_scenarios *scenarios)
{
    for (size_t i = 0; i < scenarios->n; i++)
        if (scenarios->all[i].name)
            return true;
    return false;
}

/* Name of the scenario, code and name of the municipality, of the scenario that each row is of. */
static behov_status add_who(const behov_scenarios *scenarios, const behov_scenario **rows, const char **texts,
                            behov_report *report, behov_error *err)
{
    size_t n = behov_report_n_rows(report);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n; i++)
        texts[i] = rows[i]->name;
    if (has_names(scenarios))
        status = scenario_texts_add(scenarios->fit_results, "scenario", BEHOV_WORD_SCENARIO_COL_SCENARIO, BEHOV_Q_TEXT,
                                    texts, report, err);
    for (size_t i = 0; i < n; i++)
        texts[i] = rows[i]->municipality->code;
    if (!status)
        status = scenario_texts_add(scenarios->fit_results, "municipality_code", BEHOV_WORD_NUMBER, BEHOV_Q_CODE, texts,
                                    report, err);
    for (size_t i = 0; i < n; i++)
        texts[i] = rows[i]->municipality->name;
    return status ? status
                  : scenario_texts_add(scenarios->fit_results, "municipality", BEHOV_WORD_MUNICIPALITY, BEHOV_Q_TEXT,
                                       texts, report, err);
}

static behov_status add_marks(const behov_scenarios *scenarios, behov_report *report, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = behov_report_add_texts(
        report,
        (behov_report_column){"note", behov_label(scenarios->fit_results->study->lang, BEHOV_WORD_SCENARIO_COL_NOTE),
                              BEHOV_Q_TEXT},
        err);
    for (size_t i = 0; i < scenarios->n && !status; i++) {
        behov_scenario_mark(scenarios, &scenarios->all[i], &words);
        status = behov_wording_status(&words, err);
        if (!status && words.length)
            status =
                behov_report_set_text(report, behov_report_n_columns(report) - 1, i, behov_wording_text(&words), err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status make_table(const behov_scenarios *scenarios, unsigned pages, bool has_mark, const char *key,
                               behov_report **out, behov_error *err)
{
    scenario_figure chosen[sizeof figures / sizeof *figures];
    size_t n = scenarios->n;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        chosen[i] = figures[i];
        chosen[i].pages |= pages == SCENARIO_EVERY_PAGE ? SCENARIO_EVERY_PAGE : 0;
    }
    behov_report *report = NULL;
    const behov_scenario **rows = malloc((n + 1) * sizeof *rows);
    const char **texts = malloc((n + 1) * sizeof *texts);
    behov_status status = rows && texts ? behov_report_new(key, n, NULL, &report, err) : no_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        rows[i] = &scenarios->all[i];
    if (!status)
        status = add_who(scenarios, rows, texts, report, err);
    if (!status)
        status = scenario_figures_add(scenarios->fit_results, scenarios->choices.level, chosen,
                                      sizeof chosen / sizeof *chosen, pages, scenarios->all, sizeof *scenarios->all,
                                      report, err);
    if (!status && has_mark)
        status = add_marks(scenarios, report, err);
    free(rows);
    free(texts);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status behov_scenarios_table(const behov_scenarios *scenarios, behov_report **report, behov_error *err)
{
    return make_table(scenarios, SCENARIO_EVERY_PAGE, true, "scenarios", report, err);
}

/* ---- changes ----------------------------------------------------------------------------------------------------- */

/* "+0,5 prosentpoeng", "settes til 4,2": what was asked for as pages write it, however it was typed. */
static void say_change(const behov_fit_results *fit_results, const behov_scenario_step *step, behov_wording *words)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_wording change = {0};
    behov_word word = step->kind == BEHOV_STEP_PER_CENT  ? BEHOV_WORD_SCENARIO_CHANGE_PER_CENT
                      : step->unit == BEHOV_STEP_PERSONS ? BEHOV_WORD_SCENARIO_CHANGE_PERSONS
                      : step->unit == BEHOV_STEP_POINTS  ? BEHOV_WORD_SCENARIO_CHANGE_POINTS
                                                         : BEHOV_NO_WORD;
    behov_wording_clear(words);
    behov_wording_print(&change, "%s%s", step->kind != BEHOV_STEP_LEVEL && step->amount >= 0 ? "+" : "",
                        scenario_value(fit_results, step->amount, text));
    if (word)
        behov_wording_fill(words, fit_results->study->lang, behov_word_by_count(word, fabs(step->amount)), "value",
                           behov_wording_text(&change), NULL);
    else
        behov_wording_add(words, behov_wording_text(&change));
    if (step->kind == BEHOV_STEP_LEVEL) {
        behov_wording_clear(&change);
        behov_wording_add(&change, behov_wording_text(words));
        behov_wording_clear(words);
        behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_SCENARIO_CHANGE_LEVEL, "value",
                           behov_wording_text(&change), NULL);
    }
    behov_wording_spend(words, &change);
}

static behov_status add_changes(const behov_fit_results *fit_results, const behov_scenario_step *steps,
                                behov_report *report, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = behov_report_add_texts(
        report,
        (behov_report_column){"change", behov_label(fit_results->study->lang, BEHOV_WORD_SCENARIO_COL_CHANGE),
                              BEHOV_Q_TEXT},
        err);
    for (size_t i = 0; i < behov_report_n_rows(report) && !status; i++) {
        say_change(fit_results, &steps[i], &words);
        status = behov_wording_status(&words, err);
        if (!status)
            status =
                behov_report_set_text(report, behov_report_n_columns(report) - 1, i, behov_wording_text(&words), err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status add_columns_of_steps(const behov_scenarios *scenarios, const behov_scenario_step *steps,
                                         const char **texts, behov_report *report, behov_error *err)
{
    const behov_study *study = scenarios->fit_results->study;
    size_t n = behov_report_n_rows(report);
    behov_wording words = {0};
    behov_status status = behov_report_add_texts(
        report, (behov_report_column){"column", behov_label(study->lang, BEHOV_WORD_SCENARIO_COL_COLUMN), BEHOV_Q_TEXT},
        err);
    for (size_t i = 0; i < n && !status; i++) {
        behov_study_say_term(study, steps[i].column, &words);
        status = behov_wording_status(&words, err);
        if (!status)
            status =
                behov_report_set_text(report, behov_report_n_columns(report) - 1, i, behov_wording_text(&words), err);
    }
    behov_wording_free(&words);
    for (size_t i = 0; i < n; i++)
        texts[i] = behov_model_unit(&study->model, study->lang, steps[i].column);
    if (!status)
        status = scenario_texts_add(scenarios->fit_results, "unit", BEHOV_WORD_SCENARIO_COL_UNIT, BEHOV_Q_TEXT, texts,
                                    report, err);
    return status ? status : add_changes(scenarios->fit_results, steps, report, err);
}

#define AT(member) offsetof(behov_scenario_step, member)
static const scenario_figure step_figures[] = {
    {"before", BEHOV_WORD_SCENARIO_COL_BEFORE, BEHOV_Q_VALUE, AT(before), NEED, 0},
    {"after", BEHOV_WORD_SCENARIO_COL_AFTER, BEHOV_Q_VALUE, AT(after), NEED, 0},
    {"persons_after", BEHOV_WORD_SCENARIO_COL_PERSONS, BEHOV_Q_COUNT, AT(persons_after), NEED, 0},
    {"need_change", BEHOV_WORD_SCENARIO_COL_STEP_CHANGE, BEHOV_Q_OUTCOME, AT(need_change), NEED, 0},
    {"need_change_low", BEHOV_WORD_SCENARIO_COL_LOW, BEHOV_Q_OUTCOME, AT(need_change_interval.low), NEED, 0},
    {"need_change_high", BEHOV_WORD_SCENARIO_COL_HIGH, BEHOV_Q_OUTCOME, AT(need_change_interval.high), NEED, 0},
};
#undef AT

behov_status behov_scenario_steps_table(const behov_scenarios *scenarios, behov_report **out, behov_error *err)
{
    size_t n = 0, row = 0;
    for (size_t i = 0; i < scenarios->n; i++)
        n += scenarios->all[i].n_steps;
    behov_report *report = NULL;
    behov_scenario_step *steps = calloc(n + 1, sizeof *steps);
    const behov_scenario **rows = malloc((n + 1) * sizeof *rows);
    const char **texts = malloc((n + 1) * sizeof *texts);
    behov_status status =
        steps && rows && texts ? behov_report_new("scenario_changes", n, NULL, &report, err) : no_memory(err);
    for (size_t i = 0; i < scenarios->n && !status; i++)
        for (size_t j = 0; j < scenarios->all[i].n_steps; j++, row++) {
            rows[row] = &scenarios->all[i];
            steps[row] = scenarios->all[i].steps[j];
        }
    if (!status)
        status = add_who(scenarios, rows, texts, report, err);
    if (!status)
        status = add_columns_of_steps(scenarios, steps, texts, report, err);
    if (!status)
        status =
            scenario_figures_add(scenarios->fit_results, scenarios->choices.level, step_figures,
                                 sizeof step_figures / sizeof *step_figures, NEED, steps, sizeof *steps, report, err);
    free(steps);
    free(rows);
    free(texts);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* ---- sections ---------------------------------------------------------------------------------------------------- */

static void answer_all(const void *context, behov_wording *words)
{
    behov_scenarios_answer(context, words);
}

static bool warning_at(const void *context, size_t i, behov_wording *words)
{
    return behov_scenarios_warning(context, i, words);
}

static bool note_at(const void *context, size_t i, behov_wording *words)
{
    return behov_scenarios_note(context, i, words);
}

static behov_status table_of(const void *context, unsigned pages, bool has_mark, const char *key, behov_report **report,
                             behov_error *err)
{
    return make_table(context, pages, has_mark, key, report, err);
}

static behov_status parts_of(const void *context, behov_report **report, behov_error *err)
{
    return behov_scenario_steps_table(context, report, err);
}

behov_status behov_scenarios_add(const behov_scenarios *scenarios, bool is_workbook, behov_section_list *list,
                                 behov_error *err)
{
    const scenario_pages pages = {.fit_results = scenarios->fit_results,
                                  .scenarios = scenarios,
                                  .year = scenarios->year,
                                  .has_names = has_names(scenarios),
                                  .answer = answer_all,
                                  .warning = warning_at,
                                  .note = note_at,
                                  .table = table_of,
                                  .parts = parts_of,
                                  .key = "scenarios",
                                  .ratio_key = "scenario_ratios",
                                  .sheet = BEHOV_WORD_SHEET_SCENARIO,
                                  .title = BEHOV_WORD_SCENARIO_TITLE,
                                  .ratio_title = BEHOV_WORD_SCENARIO_RATIO_TITLE,
                                  .parts_sheet = BEHOV_WORD_SHEET_SCENARIO_STEPS,
                                  .parts_title = BEHOV_WORD_SCENARIO_STEPS_TITLE,
                                  .n_frozen_of_parts = 2};
    return scenario_pages_add(&pages, is_workbook, list, err);
}
