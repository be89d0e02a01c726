/* report_tables.c - see report_tables.h. */
#include <behov/report_tables.h>

#include <behov.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/convention_sentences.h>
#include <behov/fit_sections.h>
#include <behov/labels.h>
#include <behov/ratio_tables.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include <behov/result_tables.h>
#include <behov/study_words.h>

void behov_report_tables_free(behov_report_tables *report_tables)
{
    behov_groups_free(&report_tables->groups);
    free(report_tables->places);
}

static const char *const names[BEHOV_N_REPORT_TABLES] = {"regression", "ratios", "signs", "levels", "trend"};

const char *behov_report_table_name(behov_report_table kind)
{
    return names[kind];
}

behov_report_table behov_report_table_of_name(const char *name)
{
    int kind = 0;
    while (kind < BEHOV_N_REPORT_TABLES && strcmp(names[kind], name) != 0)
        kind++;
    return (behov_report_table)kind;
}

bool behov_report_table_needs_fit(behov_report_table kind)
{
    return kind == BEHOV_TABLE_REGRESSION || kind == BEHOV_TABLE_SIGNS;
}

/* ---- tables and their notes --------------------------------------------------------------------------------------- */

behov_status behov_report_tables_make(const behov_report_tables *report_tables, behov_report_table kind,
                                      behov_report **report, behov_error *err)
{
    behov_language lang = report_tables->study->lang;
    switch (kind) {
    case BEHOV_TABLE_REGRESSION: return behov_fit_results_regression_in_print(report_tables->fit_results, report, err);
    case BEHOV_TABLE_RATIOS:
        return behov_ratio_tables_ratios(report_tables->ratios, &report_tables->choice, lang, report, err);
    case BEHOV_TABLE_SIGNS: return behov_fit_results_signs(report_tables->fit_results, false, report, err);
    case BEHOV_TABLE_LEVELS:
        return behov_ratio_tables_levels(report_tables->ratios, &report_tables->choice, lang, report, err);
    case BEHOV_TABLE_TREND:
        return behov_ratio_tables_trend(report_tables->ratios, &report_tables->choice, lang, report, err);
    case BEHOV_N_REPORT_TABLES: break;
    }
    return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_TABLES_NO_SUCH);
}

static bool is_in_kroner(const behov_report_tables *report_tables)
{
    return !report_tables->fit_results || behov_need_gap_is_1000kr(report_tables->fit_results->need);
}

/* How groups were summed, which municipalities have none, where the ratios are from. */
static behov_status note_ratios(const behov_report_tables *report_tables, behov_section_list *list, behov_error *err)
{
    behov_language lang = report_tables->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    if (report_tables->ratios->printed_path) {
        behov_wording_fill(&words, lang, BEHOV_WORD_RATIOS_FROM, "file",
                           strcmp(report_tables->ratios->printed_path, "-") == 0
                               ? behov_label(lang, BEHOV_WORD_STANDARD_INPUT)
                               : report_tables->ratios->printed_path,
                           NULL);
        status = behov_section_list_say(list, "", &words, err);
    }
    if (!status && report_tables->choice.groups) {
        status = behov_section_list_note(list,
                                         behov_label(lang, report_tables->fit_results ? BEHOV_WORD_SUBTOTAL_EXPLAINED
                                                                                      : BEHOV_WORD_SUBTOTAL_OF_PRINTED),
                                         err);
        snprintf(number, sizeof number, "%lu", (unsigned long)report_tables->groups.n_without);
        behov_wording_clear(&words);
        behov_wording_fill(&words, lang,
                           report_tables->groups.n_without == 1 ? BEHOV_WORD_WITHOUT_GROUP_ONE
                                                                : BEHOV_WORD_WITHOUT_GROUP,
                           "n", number, NULL);
        if (!status && report_tables->groups.n_without)
            status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    if (status)
        return status;
    if (report_tables->fit_results)
        return behov_fit_sections_ratio_notes(report_tables->fit_results, list, err);
    static const behov_word keys[] = {BEHOV_WORD_RATIO_EXPLAINED, BEHOV_WORD_MISSING_EXPLAINED,
                                      BEHOV_WORD_NOT_A_VERDICT};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !status; i++)
        status = behov_section_list_note(list, behov_label(lang, keys[i]), err);
    return status;
}

static behov_status note_levels(const behov_report_tables *report_tables, behov_section_list *list, behov_error *err)
{
    behov_language lang = report_tables->study->lang;
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], change[BEHOV_NUMBER_SIZE];
    const behov_ratio_limits *limits = &report_tables->choice.limits;
    char *const numbers[] = {low, high, change};
    const double values[] = {limits->low, limits->high, limits->change};
    for (size_t i = 0; i < 3; i++) {
        behov_number_shortest(values[i], numbers[i]);
        for (char *c = numbers[i]; *c; c++)
            *c = *c == '.' ? behov_label_decimal_mark(lang) : *c;
    }
    behov_wording words = {0};
    behov_wording_fill(&words, lang, behov_word_by_unit(BEHOV_WORD_LEVELS_EXPLAINED, is_in_kroner(report_tables)),
                       "low", low, "high", high, "change", change, NULL);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

static behov_status note_signs(const behov_report_tables *report_tables, behov_section_list *list, behov_error *err)
{
    behov_language lang = report_tables->study->lang;
    behov_wording words = {0};
    behov_conventions_say_bold(report_tables->study, &words);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    if (!status)
        status = behov_remarks_add_errors(list, report_tables->fit_results, err);
    if (!status)
        status = behov_fit_sections_cluster_notes(report_tables->fit_results, list, err);
    if (!status)
        status = behov_conventions_note_stars(report_tables->study, list, err);
    return !status && report_tables->study->is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}

static behov_status add_table(const behov_report_tables *report_tables, behov_report_table kind,
                              behov_section_list *list, behov_error *err)
{
    behov_language lang = report_tables->study->lang;
    if (kind == BEHOV_TABLE_REGRESSION)
        return behov_fit_sections_add(report_tables->fit_results, BEHOV_FIT_REGRESSION_IN_PRINT, list, err);
    static const struct {
        behov_word sheet, title, subtitle;
        size_t n_frozen;
    } words[BEHOV_N_REPORT_TABLES] = {
        [BEHOV_TABLE_RATIOS] = {BEHOV_WORD_SHEET_RATIOS, BEHOV_WORD_TITLE_RATIOS, BEHOV_WORD_SUBTITLE_RATIOS, 2},
        [BEHOV_TABLE_SIGNS] = {BEHOV_WORD_SHEET_SIGNS, BEHOV_WORD_TITLE_SIGNS, BEHOV_WORD_SUBTITLE_SIGNS, 1},
        [BEHOV_TABLE_LEVELS] = {BEHOV_WORD_SHEET_LEVELS, BEHOV_WORD_TITLE_LEVELS, BEHOV_WORD_SUBTITLE_LEVELS, 2},
        [BEHOV_TABLE_TREND] = {BEHOV_WORD_SHEET_TREND, BEHOV_WORD_TITLE_TREND, BEHOV_WORD_SUBTITLE_TREND, 2}};
    behov_report *table = NULL;
    behov_wording title = {0};
    behov_status status = behov_report_tables_make(report_tables, kind, &table, err);
    if (kind == BEHOV_TABLE_SIGNS)
        behov_fit_results_title(report_tables->fit_results, BEHOV_WORD_TITLE_SIGNS, &title);
    else
        behov_study_say_title(report_tables->study,
                              behov_label(lang, kind == BEHOV_TABLE_RATIOS && !is_in_kroner(report_tables)
                                                    ? BEHOV_WORD_TITLE_RATIOS_OTHER
                                                    : words[kind].title),
                              &title);
    if (!status)
        status = behov_section_list_add_said(
            list,
            (behov_section){.name = behov_label(lang, words[kind].sheet),
                            .subtitle = behov_label(lang, words[kind].subtitle),
                            .table_name = behov_label(lang, words[kind].sheet),
                            .n_frozen_columns =
                                words[kind].n_frozen + (kind != BEHOV_TABLE_SIGNS && report_tables->choice.groups)},
            &title, NULL, table, err);
    behov_wording_free(&title);
    if (!status && (kind == BEHOV_TABLE_LEVELS || kind == BEHOV_TABLE_TREND))
        status = note_levels(report_tables, list, err);
    if (!status)
        status =
            kind == BEHOV_TABLE_SIGNS ? note_signs(report_tables, list, err) : note_ratios(report_tables, list, err);
    return status;
}

behov_status behov_report_tables_add(const behov_report_tables *report_tables, behov_section_list *list,
                                     behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < BEHOV_N_REPORT_TABLES && !status; kind++)
        if (report_tables->is_wanted[kind])
            status = add_table(report_tables, (behov_report_table)kind, list, err);
    return status;
}
