/* survey_tables.c - see survey_tables.h. */
#include <behov/survey_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/survey_sentences.h>
#include "sentence_parts.h"
#include "table_columns.h"

const char *behov_survey_verdict_name(behov_survey_verdict verdict)
{
    static const char *const names[] = {"not_tested", "not_clear", "single", "clear"};
    return names[verdict];
}

const char *behov_survey_reason_name(behov_survey_reason reason)
{
    static const char *const names[] = {"", "no_answers", "one_value", "few_units", "small_group", "no_spread"};
    return names[reason];
}

/* ---- a row for each trait ------------------------------------------------------------------------------------------ */

/* Traits of a table, and how they are told. */
typedef struct trait_list {
    const behov_survey_page *page;
    size_t *traits;
    size_t n;
    bool is_for_program; /* verdicts by their names */
} trait_list;

typedef enum trait_choice { EVERY_TRAIT, YES_NO_TRAITS, ORDERED_TRAITS, TESTED_TRAITS } trait_choice;

static behov_status choose_traits(const behov_survey_page *page, trait_choice choice, trait_list *list,
                                  behov_error *err)
{
    const behov_survey *survey = page->survey;
    *list = (trait_list){.page = page, .traits = calloc(survey->n_traits + 1, sizeof *list->traits)};
    if (!list->traits)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SURVEY_NO_MEMORY);
    for (size_t k = 0; k < survey->n_traits; k++) {
        const behov_survey_trait *trait = &survey->traits[k];
        bool is_chosen = choice == YES_NO_TRAITS    ? trait->question->is_yes_no
                         : choice == ORDERED_TRAITS ? !trait->question->is_yes_no
                         : choice == TESTED_TRAITS  ? !trait->reason
                                                    : true;
        if (is_chosen)
            list->traits[list->n++] = k;
    }
    return BEHOV_OK;
}

static const behov_survey_trait *trait_at(const void *context, size_t row)
{
    const trait_list *list = context;
    return &list->page->survey->traits[list->traits[row]];
}

static const char *trait_text(const void *context, size_t row)
{
    return trait_at(context, row)->question->name;
}

static const char *kind_text(const void *context, size_t row)
{
    return trait_at(context, row)->question->is_yes_no ? "yes_no" : "ordered";
}

static const char *verdict_text(const void *context, size_t row)
{
    static const behov_word words[] = {BEHOV_WORD_SURVEY_VERDICT_NOT_TESTED, BEHOV_WORD_SURVEY_VERDICT_NOT_CLEAR,
                                       BEHOV_WORD_SURVEY_VERDICT_SINGLE, BEHOV_WORD_SURVEY_VERDICT_CLEAR};
    const trait_list *list = context;
    behov_survey_verdict verdict = trait_at(context, row)->verdict;
    return list->is_for_program ? behov_survey_verdict_name(verdict) : behov_label(list->page->lang, words[verdict]);
}

static const char *reason_text(const void *context, size_t row)
{
    return behov_survey_reason_name(trait_at(context, row)->reason);
}

#define FIGURE(name, expression)                                                                                       \
    static double name##_figure(const void *context, size_t row)                                                       \
    {                                                                                                                  \
        const behov_survey_trait *trait = trait_at(context, row);                                                      \
        return (double)(expression);                                                                                   \
    }

FIGURE(units, trait->n_units)
FIGURE(missing, trait->n_missing_units)
FIGURE(mixed, trait->n_mixed)
FIGURE(yes, trait->n_yes)
FIGURE(no, trait->n_no)
FIGURE(mean_yes, trait->welch.mean_x)
FIGURE(mean_no, trait->welch.mean_y)
FIGURE(difference, trait->welch.difference)
FIGURE(difference_low, trait->welch.low)
FIGURE(difference_high, trait->welch.high)
FIGURE(t, trait->welch.t)
FIGURE(dof, trait->welch.dof)
FIGURE(rho, trait->rho.estimate)
FIGURE(rho_low, trait->rho.low)
FIGURE(rho_high, trait->rho.high)
FIGURE(rho_p, trait->rho.p)
FIGURE(tau, trait->tau.estimate)
FIGURE(tau_low, trait->tau.low)
FIGURE(tau_high, trait->tau.high)
FIGURE(tau_p, trait->tau.p)
FIGURE(p, trait->p)
FIGURE(p_holm, trait->p_holm)
FIGURE(p_bh, trait->p_bh)

/* A column, the words over it, and in which tables it stands. */
typedef struct trait_column {
    const char *key;
    behov_word heading;
    behov_quantity quantity;
    double (*figure)(const void *context, size_t row);
    const char *(*text)(const void *context, size_t row);
    bool in_yes_no, in_ordered, in_correlations;
} trait_column;

static const trait_column trait_columns[] = {
    {"trait", BEHOV_WORD_SURVEY_COLUMN_TRAIT, BEHOV_Q_TEXT, NULL, trait_text, true, true, true},
    {"kind", BEHOV_NO_WORD, BEHOV_Q_TEXT, NULL, kind_text, false, false, false},
    {"n_units", BEHOV_WORD_SURVEY_COLUMN_UNITS, BEHOV_Q_COUNT, units_figure, NULL, false, true, true},
    {"n_yes", BEHOV_WORD_SURVEY_COLUMN_YES, BEHOV_Q_COUNT, yes_figure, NULL, true, false, false},
    {"n_no", BEHOV_WORD_SURVEY_COLUMN_NO, BEHOV_Q_COUNT, no_figure, NULL, true, false, false},
    {"n_mixed", BEHOV_WORD_SURVEY_COLUMN_MIXED, BEHOV_Q_COUNT, mixed_figure, NULL, true, false, false},
    {"n_missing_units", BEHOV_WORD_SURVEY_COLUMN_MISSING, BEHOV_Q_COUNT, missing_figure, NULL, true, true, false},
    {"mean_ratio_yes", BEHOV_WORD_SURVEY_COLUMN_MEAN_YES, BEHOV_Q_INDEX, mean_yes_figure, NULL, true, false, false},
    {"mean_ratio_no", BEHOV_WORD_SURVEY_COLUMN_MEAN_NO, BEHOV_Q_INDEX, mean_no_figure, NULL, true, false, false},
    {"difference_points", BEHOV_WORD_SURVEY_COLUMN_DIFFERENCE, BEHOV_Q_INDEX, difference_figure, NULL, true, false,
     false},
    {"difference_low", BEHOV_WORD_SURVEY_COLUMN_LOW, BEHOV_Q_INDEX, difference_low_figure, NULL, true, false, false},
    {"difference_high", BEHOV_WORD_SURVEY_COLUMN_HIGH, BEHOV_Q_INDEX, difference_high_figure, NULL, true, false, false},
    {"t", BEHOV_NO_WORD, BEHOV_Q_T, t_figure, NULL, false, false, false},
    {"dof", BEHOV_NO_WORD, BEHOV_Q_DOF, dof_figure, NULL, false, false, false},
    {"rho", BEHOV_WORD_SURVEY_COLUMN_RHO, BEHOV_Q_SHARE, rho_figure, NULL, false, true, true},
    {"rho_low", BEHOV_WORD_SURVEY_COLUMN_RHO_LOW, BEHOV_Q_SHARE, rho_low_figure, NULL, false, true, true},
    {"rho_high", BEHOV_WORD_SURVEY_COLUMN_RHO_HIGH, BEHOV_Q_SHARE, rho_high_figure, NULL, false, true, true},
    {"rho_p", BEHOV_WORD_SURVEY_COLUMN_RHO_P, BEHOV_Q_P, rho_p_figure, NULL, false, false, true},
    {"tau_b", BEHOV_WORD_SURVEY_COLUMN_TAU, BEHOV_Q_SHARE, tau_figure, NULL, false, false, true},
    {"tau_b_low", BEHOV_WORD_SURVEY_COLUMN_TAU_LOW, BEHOV_Q_SHARE, tau_low_figure, NULL, false, false, true},
    {"tau_b_high", BEHOV_WORD_SURVEY_COLUMN_TAU_HIGH, BEHOV_Q_SHARE, tau_high_figure, NULL, false, false, true},
    {"tau_b_p", BEHOV_WORD_SURVEY_COLUMN_TAU_P, BEHOV_Q_P, tau_p_figure, NULL, false, false, true},
    {"p", BEHOV_WORD_SURVEY_COLUMN_P, BEHOV_Q_P, p_figure, NULL, true, true, false},
    {"p_holm", BEHOV_WORD_SURVEY_COLUMN_HOLM, BEHOV_Q_P, p_holm_figure, NULL, true, true, false},
    {"p_bh", BEHOV_WORD_SURVEY_COLUMN_BH, BEHOV_Q_P, p_bh_figure, NULL, true, true, false},
    {"verdict", BEHOV_WORD_SURVEY_COLUMN_VERDICT, BEHOV_Q_TEXT, NULL, verdict_text, true, true, false},
    {"reason", BEHOV_NO_WORD, BEHOV_Q_TEXT, NULL, reason_text, false, false, false},
};
enum { N_TRAIT_COLUMNS = sizeof trait_columns / sizeof *trait_columns };

static behov_status traits_table(const behov_survey_page *page, const char *key, trait_choice choice,
                                 behov_report **report, behov_error *err)
{
    trait_list list;
    behov_report *made_report = NULL;
    behov_status status = choose_traits(page, choice, &list, err);
    list.is_for_program = choice == EVERY_TRAIT;
    if (!status)
        status = behov_report_new(key, list.n, NULL, &made_report, err);
    for (size_t j = 0; j < N_TRAIT_COLUMNS && !status; j++) {
        const trait_column *column = &trait_columns[j];
        bool is_there = choice == EVERY_TRAIT      ? true
                        : choice == YES_NO_TRAITS  ? column->in_yes_no
                        : choice == ORDERED_TRAITS ? column->in_ordered
                                                   : column->in_correlations;
        const char *label = column->heading == BEHOV_NO_WORD ? NULL : behov_label(page->lang, column->heading);
        const behov_table_column table_column = {{column->key, label, column->quantity}, column->figure, column->text};
        if (is_there)
            status = behov_table_columns_add(made_report, &table_column, 1, &list, err);
    }
    free(list.traits);
    return behov_table_columns_return(status, made_report, report);
}

behov_status behov_survey_rows(const behov_survey_page *page, behov_report **report, behov_error *err)
{
    return traits_table(page, "survey", EVERY_TRAIT, report, err);
}

/* ---- means by answer ----------------------------------------------------------------------------------------------- */

typedef struct level_row {
    const behov_survey_trait *trait;
    const behov_survey_level *level;
} level_row;

enum { MOST_LEVELS = 10 };

typedef struct level_list {
    const behov_survey_page *page;
    level_row *rows;
    size_t n;
} level_list;

static const char *level_trait_text(const void *context, size_t row)
{
    return ((const level_list *)context)->rows[row].trait->question->name;
}

static double level_units_figure(const void *context, size_t row)
{
    return (double)((const level_list *)context)->rows[row].level->n_units;
}

static double level_ratio_figure(const void *context, size_t row)
{
    return ((const level_list *)context)->rows[row].level->mean_ratio;
}

/* "ja", "ofte", "3"; a mean of offices that differ as a figure. */
static const char *answer_words(const behov_survey_page *page, const level_row *row, char text[BEHOV_NUMBER_SIZE])
{
    double answer = row->level->answer;
    const behov_survey_question *question = row->trait->question;
    bool is_whole = answer == floor(answer) && answer >= 1;
    if (question->is_yes_no && (answer == 0 || answer == 1))
        return behov_label(page->lang, answer == 1 ? BEHOV_WORD_SURVEY_YES : BEHOV_WORD_SURVEY_NO);
    if (question->words && is_whole && answer <= (double)question->n_words)
        return question->words[(size_t)answer - 1];
    behov_number_significant(answer, 6, '.', text);
    double rounded = answer;
    (void)behov_number_parse(text, strlen(text), '.', &rounded);
    return behov_format_cell(BEHOV_Q_VALUE, rounded, page->lang, text);
}

static behov_status set_answers(const level_list *list, behov_report *report, behov_error *err)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < list->n && !status; row++)
        status = behov_report_set_text(report, 1, row, answer_words(list->page, &list->rows[row], text), err);
    return status;
}

/* A mean for each of many figures says nothing. */
static bool has_few_answers(const behov_survey_trait *trait)
{
    return trait->n_levels <= MOST_LEVELS;
}

static behov_status levels_table(const behov_survey_page *page, behov_report **report, behov_error *err)
{
    const behov_survey *survey = page->survey;
    behov_language lang = page->lang;
    const behov_table_column columns[] = {
        {{"trait", behov_label(lang, BEHOV_WORD_SURVEY_COLUMN_TRAIT), BEHOV_Q_TEXT}, NULL, level_trait_text},
        {{"answer", behov_label(lang, BEHOV_WORD_SURVEY_COLUMN_ANSWER), BEHOV_Q_TEXT}, NULL, NULL},
        {{"n_units", behov_label(lang, BEHOV_WORD_SURVEY_COLUMN_UNITS), BEHOV_Q_COUNT}, level_units_figure, NULL},
        {{"mean_ratio", behov_label(lang, BEHOV_WORD_SURVEY_COLUMN_MEAN), BEHOV_Q_INDEX}, level_ratio_figure, NULL}};
    size_t n = 0;
    for (size_t k = 0; k < survey->n_traits; k++)
        n += has_few_answers(&survey->traits[k]) ? survey->traits[k].n_levels : 0;
    level_list list = {.page = page, .rows = calloc(n + 1, sizeof *list.rows)};
    if (!list.rows)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SURVEY_NO_MEMORY);
    for (size_t k = 0; k < survey->n_traits; k++)
        for (size_t i = 0; has_few_answers(&survey->traits[k]) && i < survey->traits[k].n_levels; i++)
            list.rows[list.n++] = (level_row){&survey->traits[k], &survey->traits[k].levels[i]};
    behov_report *table = NULL;
    behov_status status = behov_table_columns_new("survey_means", list.n, columns, 4, &list, &table, err);
    if (!status)
        status = set_answers(&list, table, err);
    free(list.rows);
    return behov_table_columns_return(status, table, report);
}

/* ---- units --------------------------------------------------------------------------------------------------------- */

/* Offices or municipalities of a unit, separated by commas. */
static void list_unit(const behov_survey *survey, size_t unit, bool is_municipalities, behov_wording *words)
{
    for (size_t i = survey->units[unit].first_office; i < survey->answers->n_offices; i++) {
        const behov_survey_office *office = &survey->answers->offices[i];
        if (survey->unit_of_office[i] != unit)
            continue;
        if (!is_municipalities)
            behov_wording_add_after(words, ", ", office->name);
        for (size_t k = 0; is_municipalities && k < office->municipalities.n; k++)
            behov_wording_add_after(words, ", ", office->municipalities.all[k].text);
    }
}

static double unit_ratio_figure(const void *context, size_t row)
{
    return ((const behov_survey_page *)context)->survey->units[row].ratio;
}

static double unit_offices_figure(const void *context, size_t row)
{
    return (double)((const behov_survey_page *)context)->survey->units[row].n_offices;
}

static double unit_municipalities_figure(const void *context, size_t row)
{
    return (double)((const behov_survey_page *)context)->survey->units[row].n_municipalities;
}

typedef struct unit_answers {
    const behov_survey *survey;
    size_t trait;
} unit_answers;

static double unit_answer_figure(const void *context, size_t row)
{
    const unit_answers *answers = context;
    return behov_survey_value_of(answers->survey, answers->trait, row);
}

static behov_status name_units(const behov_survey *survey, behov_report *report, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t unit = 0; unit < survey->n_units && !status; unit++)
        for (int is_municipalities = 0; is_municipalities < 2 && !status; is_municipalities++) {
            behov_wording words = {0};
            list_unit(survey, unit, is_municipalities, &words);
            status = behov_wording_status(&words, err);
            if (!status)
                status =
                    behov_report_set_text(report, (size_t)is_municipalities, unit, behov_wording_text(&words), err);
            behov_wording_free(&words);
        }
    return status;
}

behov_status behov_survey_units_table(const behov_survey_page *page, behov_report **report, behov_error *err)
{
    behov_language lang = page->lang;
    const behov_table_column columns[] = {
        {{"offices", behov_label(lang, BEHOV_WORD_SURVEY_COLUMN_OFFICES), BEHOV_Q_TEXT}, NULL, NULL},
        {{"municipalities", behov_label(lang, BEHOV_WORD_SURVEY_COLUMN_MUNICIPALITIES), BEHOV_Q_TEXT}, NULL, NULL},
        {{"n_offices", behov_label(lang, BEHOV_WORD_SURVEY_COLUMN_N_OFFICES), BEHOV_Q_COUNT},
         unit_offices_figure,
         NULL},
        {{"n_municipalities", behov_label(lang, BEHOV_WORD_SURVEY_COLUMN_N_MUNICIPALITIES), BEHOV_Q_COUNT},
         unit_municipalities_figure,
         NULL},
        {{"unit_ratio", behov_label(lang, BEHOV_WORD_SURVEY_COLUMN_RATIO), BEHOV_Q_INDEX}, unit_ratio_figure, NULL}};
    behov_report *table = NULL;
    behov_status status = behov_table_columns_new("survey_units", page->survey->n_units, columns, 5, page, &table, err);
    if (!status)
        status = name_units(page->survey, table, err);
    for (size_t k = 0; k < page->survey->n_traits && !status; k++) {
        char key[40];
        snprintf(key, sizeof key, "answer_%zu", k + 1);
        const behov_table_column column = {
            {key, page->survey->traits[k].question->name, BEHOV_Q_VALUE}, unit_answer_figure, NULL};
        status = behov_table_columns_add(table, &column, 1, &(unit_answers){page->survey, k}, err);
    }
    return behov_table_columns_return(status, table, report);
}

/* ---- sections ------------------------------------------------------------------------------------------------------ */

static behov_status add_section(const behov_survey_page *page, behov_word sheet_word, behov_word title_word,
                                behov_word subtitle_word, behov_report *table, behov_section_list *list,
                                behov_error *err)
{
    const char *sheet = behov_label(page->lang, sheet_word);
    behov_wording title = {0};
    behov_wording_add(&title, behov_label(page->lang, title_word));
    if (page->is_simulated)
        behov_sentence_simulated_title(&title, page->lang);
    behov_section section = {.name = sheet, .table_name = sheet, .n_frozen_columns = 1, .landscape = true};
    if (subtitle_word != BEHOV_NO_WORD)
        section.subtitle = behov_label(page->lang, subtitle_word);
    behov_status status = behov_section_list_add_said(list, section, &title, NULL, table, err);
    behov_wording_free(&title);
    return status;
}

static behov_status note_traits(const behov_survey_page *page, bool is_yes_no, behov_section_list *list,
                                behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < page->survey->n_traits && !status; k++) {
        behov_wording words = {0};
        if (page->survey->traits[k].question->is_yes_no != is_yes_no)
            continue;
        behov_survey_say_trait(page, k, &words);
        status = behov_section_list_say(list, "", &words, err);
        behov_wording_free(&words);
    }
    return status;
}

/* Traits of one kind, where there are any, with a sentence for each. */
static behov_status add_kind(const behov_survey_page *page, bool is_yes_no, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = traits_table(page, is_yes_no ? "survey_yes_no" : "survey_ordered",
                                       is_yes_no ? YES_NO_TRAITS : ORDERED_TRAITS, &table, err);
    if (status)
        return status;
    if (!behov_report_n_rows(table)) {
        behov_report_free(table);
        return BEHOV_OK;
    }
    status = add_section(page, is_yes_no ? BEHOV_WORD_SHEET_SURVEY_YES_NO : BEHOV_WORD_SHEET_SURVEY_ORDERED,
                         is_yes_no ? BEHOV_WORD_TITLE_SURVEY_YES_NO : BEHOV_WORD_TITLE_SURVEY_ORDERED, BEHOV_NO_WORD,
                         table, list, err);
    return status ? status : note_traits(page, is_yes_no, list, err);
}

static behov_status add_correlations(const behov_survey_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    if (!page->survey->n_tested)
        return BEHOV_OK;
    behov_status status = traits_table(page, "survey_correlations", TESTED_TRAITS, &table, err);
    if (!status)
        status = add_section(page, BEHOV_WORD_SHEET_SURVEY_CORRELATIONS, BEHOV_WORD_TITLE_SURVEY_CORRELATIONS,
                             BEHOV_WORD_SURVEY_NOT_ADJUSTED, table, list, err);
    if (status)
        return status;
    behov_wording words = {0};
    behov_survey_say_no_intervals(page, &words);
    status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

static behov_status add_levels(const behov_survey_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = levels_table(page, &table, err);
    behov_word subtitle = BEHOV_NO_WORD;
    for (size_t k = 0; k < page->survey->n_traits; k++)
        subtitle = has_few_answers(&page->survey->traits[k]) ? subtitle : BEHOV_WORD_SURVEY_MANY_ANSWERS;
    return status ? status
                  : add_section(page, BEHOV_WORD_SHEET_SURVEY_MEANS, BEHOV_WORD_TITLE_SURVEY_MEANS, subtitle, table,
                                list, err);
}

static behov_status add_units(const behov_survey_page *page, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = behov_survey_units_table(page, &table, err);
    return status ? status
                  : add_section(page, BEHOV_WORD_SHEET_SURVEY_UNITS, BEHOV_WORD_TITLE_SURVEY_UNITS, BEHOV_NO_WORD,
                                table, list, err);
}

/* What holds for all stands under the means, the last table of a page. */
static behov_status note_all(const behov_survey_page *page, behov_section_list *list, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < BEHOV_SURVEY_NOTES && !status; i++) {
        behov_wording words = {0};
        behov_survey_say_note(page, i, &words);
        status = behov_section_list_say(list, "", &words, err);
        behov_wording_free(&words);
    }
    return status;
}

behov_status behov_survey_add(const behov_survey_page *page, bool is_workbook, behov_section_list *list,
                              behov_error *err)
{
    behov_wording counts = {0};
    size_t n_before = list->n;
    behov_status status = add_kind(page, true, list, err);
    if (!status)
        status = add_kind(page, false, list, err);
    behov_survey_say_counts(page, &counts);
    if (!status)
        status = behov_wording_status(&counts, err);
    if (!status && list->n > n_before)
        status = behov_section_list_subtitle(list, n_before, behov_wording_text(&counts), err);
    behov_wording_free(&counts);
    if (!status)
        status = add_correlations(page, list, err);
    if (!status)
        status = add_levels(page, list, err);
    if (!status)
        status = note_all(page, list, err);
    return !status && is_workbook ? add_units(page, list, err) : status;
}
