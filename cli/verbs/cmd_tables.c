/* cmd_tables.c - `behov tables`: the report's tables as a user would print them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fit_sections.h"
#include "estimation_options.h"
#include "json_build.h"
#include "labels.h"
#include "left_out.h"
#include "messages.h"
#include "outputs.h"
#include "ratio_table.h"
#include "ratio_tables.h"
#include "remarks.h"
#include "result_sentences.h"
#include "result_tables.h"
#include "study_words.h"
#include "verbs.h"
#include "write_json.h"
#include "write_text.h"
#include "writers.h"

static const option_text tables_options[] = {
    STUDY_OPTIONS_CHOOSING,
    {"table", 't', ARGUMENT(NAME), HELP(TABLES_TABLE), "regression ratios signs levels trend"},
    {"ratios", 'r', ARGUMENT(FILE), HELP(OPTION_RATIOS), ".csv .tsv .txt"},
    {"municipality", 0, ARGUMENT(LIST), HELP(TABLES_MUNICIPALITY), NULL},
    {"group", 'g', ARGUMENT(KIND), HELP(TABLES_GROUP), "county size .csv .tsv .txt"},
    {"low", 0, ARGUMENT(PER_CENT), HELP(OPTION_LOW), NULL},
    {"high", 0, ARGUMENT(PER_CENT), HELP(OPTION_HIGH), NULL},
    {"change", 0, ARGUMENT(POINTS), HELP(TABLES_CHANGE), NULL},
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

typedef enum table_kind { REGRESSION, RATIOS, SIGNS, LEVELS, TREND, N_TABLES } table_kind;

static const char *const table_names[N_TABLES] = {"regression", "ratios", "signs", "levels", "trend"};

typedef struct tables {
    const behov_fit_results *fit_results; /* NULL where the ratios were read */
    const behov_study *study;
    const behov_ratio_table *ratios;
    behov_groups groups;
    size_t *places;
    behov_ratio_choice choice;
    bool is_wanted[N_TABLES];
} tables;

static void close_state(void *state)
{
    tables *tables = state;
    behov_groups_free(&tables->groups);
    free(tables->places);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

static behov_status make_table(const tables *tables, table_kind kind, behov_report **report, behov_error *err)
{
    behov_language lang = tables->study->lang;
    switch (kind) {
    case REGRESSION: return behov_fit_results_regression_in_print(tables->fit_results, report, err);
    case RATIOS: return behov_ratio_tables_ratios(tables->ratios, &tables->choice, lang, report, err);
    case SIGNS: return behov_fit_results_signs(tables->fit_results, false, report, err);
    case LEVELS: return behov_ratio_tables_levels(tables->ratios, &tables->choice, lang, report, err);
    case TREND: return behov_ratio_tables_trend(tables->ratios, &tables->choice, lang, report, err);
    case N_TABLES: break;
    }
    return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_TABLES_NO_SUCH);
}

static bool is_in_kroner(const tables *tables)
{
    return !tables->fit_results || behov_need_gap_is_1000kr(tables->fit_results->need);
}

/* How groups were summed, which municipalities have none, where the ratios are from. */
static behov_status note_ratios(const tables *tables, behov_section_list *list, behov_error *err)
{
    behov_language lang = tables->study->lang;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    if (tables->ratios->printed_path) {
        behov_wording_fill(&words, lang, BEHOV_WORD_RATIOS_FROM, "file",
                           strcmp(tables->ratios->printed_path, "-") == 0 ? behov_label(lang, BEHOV_WORD_STANDARD_INPUT)
                                                                          : tables->ratios->printed_path,
                           NULL);
        status = behov_section_list_say(list, "", &words, err);
    }
    if (!status && tables->choice.groups) {
        status = behov_section_list_note(
            list,
            behov_label(lang, tables->fit_results ? BEHOV_WORD_SUBTOTAL_EXPLAINED : BEHOV_WORD_SUBTOTAL_OF_PRINTED),
            err);
        snprintf(number, sizeof number, "%lu", (unsigned long)tables->groups.n_without);
        behov_wording_clear(&words);
        behov_wording_fill(&words, lang,
                           tables->groups.n_without == 1 ? BEHOV_WORD_WITHOUT_GROUP_ONE : BEHOV_WORD_WITHOUT_GROUP, "n",
                           number, NULL);
        if (!status && tables->groups.n_without)
            status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    if (status)
        return status;
    if (tables->fit_results)
        return behov_fit_sections_ratio_notes(tables->fit_results, list, err);
    static const behov_word keys[] = {BEHOV_WORD_RATIO_EXPLAINED, BEHOV_WORD_MISSING_EXPLAINED,
                                      BEHOV_WORD_NOT_A_VERDICT};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !status; i++)
        status = behov_section_list_note(list, behov_label(lang, keys[i]), err);
    return status;
}

static behov_status note_levels(const tables *tables, behov_section_list *list, behov_error *err)
{
    behov_language lang = tables->study->lang;
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], change[BEHOV_NUMBER_SIZE];
    const behov_ratio_limits *limits = &tables->choice.limits;
    char *const numbers[] = {low, high, change};
    const double values[] = {limits->low, limits->high, limits->change};
    for (size_t i = 0; i < 3; i++) {
        behov_number_shortest(values[i], numbers[i]);
        for (char *c = numbers[i]; *c; c++)
            *c = *c == '.' ? behov_label_decimal_mark(lang) : *c;
    }
    behov_wording words = {0};
    behov_wording_fill(&words, lang, behov_word_by_unit(BEHOV_WORD_LEVELS_EXPLAINED, is_in_kroner(tables)), "low", low,
                       "high", high, "change", change, NULL);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

static behov_status note_signs(const tables *tables, behov_section_list *list, behov_error *err)
{
    behov_language lang = tables->study->lang;
    behov_status status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIGNS_EXPLAINED), err);
    if (!status)
        status = behov_remarks_add_errors(list, tables->fit_results, err);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_STARS_EXPLAINED), err);
    return !status && tables->study->is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}

static behov_status add_table(const tables *tables, table_kind kind, behov_section_list *list, behov_error *err)
{
    behov_language lang = tables->study->lang;
    if (kind == REGRESSION)
        return behov_fit_sections_add(tables->fit_results, BEHOV_FIT_REGRESSION_IN_PRINT, list, err);
    static const struct {
        behov_word sheet, title, subtitle;
        size_t n_frozen;
    } words[N_TABLES] = {[RATIOS] = {BEHOV_WORD_SHEET_RATIOS, BEHOV_WORD_TITLE_RATIOS, BEHOV_WORD_SUBTITLE_RATIOS, 2},
                         [SIGNS] = {BEHOV_WORD_SHEET_SIGNS, BEHOV_WORD_TITLE_SIGNS, BEHOV_WORD_SUBTITLE_SIGNS, 1},
                         [LEVELS] = {BEHOV_WORD_SHEET_LEVELS, BEHOV_WORD_TITLE_LEVELS, BEHOV_WORD_SUBTITLE_LEVELS, 2},
                         [TREND] = {BEHOV_WORD_SHEET_TREND, BEHOV_WORD_TITLE_TREND, BEHOV_WORD_SUBTITLE_TREND, 2}};
    behov_report *table = NULL;
    behov_wording title = {0};
    behov_status status = make_table(tables, kind, &table, err);
    if (kind == SIGNS)
        behov_fit_results_title(tables->fit_results, BEHOV_WORD_TITLE_SIGNS, &title);
    else
        behov_study_say_title(tables->study,
                              behov_label(lang, kind == RATIOS && !is_in_kroner(tables) ? BEHOV_WORD_TITLE_RATIOS_OTHER
                                                                                        : words[kind].title),
                              &title);
    if (!status)
        status = behov_section_list_add_said(
            list,
            (behov_section){.name = behov_label(lang, words[kind].sheet),
                            .subtitle = behov_label(lang, words[kind].subtitle),
                            .table_name = behov_label(lang, words[kind].sheet),
                            .n_frozen_columns = words[kind].n_frozen + (kind != SIGNS && tables->choice.groups)},
            &title, NULL, table, err);
    behov_wording_free(&title);
    if (!status && (kind == LEVELS || kind == TREND))
        status = note_levels(tables, list, err);
    if (!status)
        status = kind == SIGNS ? note_signs(tables, list, err) : note_ratios(tables, list, err);
    return status;
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    const tables *tables = context;
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < N_TABLES && !status; kind++)
        if (tables->is_wanted[kind])
            status = add_table(tables, (table_kind)kind, list, err);
    return status;
}

/* ---- other outputs -------------------------------------------------------------------------------------------------
 */

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const tables *tables = context;
    int kind = 0;
    while (!tables->is_wanted[kind])
        kind++;
    return make_table(tables, (table_kind)kind, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const tables *tables = context;
    json_t *object = json_object(), *list = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    if (tables->fit_results) {
        write_json_common(object, tables->fit_results);
        json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(tables->fit_results->vcov))));
    } else {
        json_put(object, "data", json_text(tables->ratios->printed_path));
    }
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < N_TABLES && !status; kind++) {
        behov_report *report = NULL;
        if (!tables->is_wanted[kind])
            continue;
        status = kind == REGRESSION ? behov_fit_results_regression(tables->fit_results, &report, err)
                 : kind == SIGNS    ? behov_fit_results_signs(tables->fit_results, true, &report, err)
                                    : make_table(tables, (table_kind)kind, &report, err);
        if (!status)
            json_put(list, table_names[kind], write_json_rows(report));
        behov_report_free(report);
    }
    json_put(object, "tables", list);
    if (status) {
        json_decref(object);
        return status;
    }
    return write_json_object(path, object, err);
}

static const output_writers writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_TITLE_TABLES};

/* ---- the call ------------------------------------------------------------------------------------------------------
 */

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    tables *tables = call->state;
    size_t n = option_count(line, "table"), n_wanted = 0;
    bool is_read = option_given(line, "ratios");
    for (size_t i = 0; i < n; i++) {
        const char *name = option_value_at(line, "table", i);
        int kind = 0;
        while (kind < N_TABLES && strcmp(table_names[kind], name) != 0)
            kind++;
        if (kind == N_TABLES)
            return wrong_call(line->verb, SAY_TABLES_UNKNOWN, name);
        if (is_read && (kind == REGRESSION || kind == SIGNS))
            return wrong_call(line->verb, SAY_TABLES_NEED_FIT, name);
        tables->is_wanted[kind] = true;
    }
    for (int kind = 0; kind < N_TABLES; kind++) {
        if (n == 0)
            tables->is_wanted[kind] = kind != TREND && (!is_read || kind == RATIOS || kind == LEVELS);
        n_wanted += tables->is_wanted[kind];
    }
    for (size_t i = 0; i < option_count(line, "output"); i++)
        if (writer_find(option_value_at(line, "output", i), HOLDS_ROWS) && n_wanted > 1)
            return wrong_call(line->verb, SAY_TABLES_CSV_HOLDS_ONE, option_value_at(line, "output", i));
    behov_ratio_limits *limits = &tables->choice.limits;
    *limits = (behov_ratio_limits){90, 110, 5};
    if (!ratio_limits_option(line, limits))
        return 2;
    if (limits->low > limits->high)
        return wrong_call(line->verb, SAY_SELECT_LOW_ABOVE_HIGH);
    return 0;
}

static behov_status choose_places(const verb_call *call, behov_error *err)
{
    tables *tables = call->state;
    behov_status status =
        behov_municipality_list_choose(&call->ratios.places, call->municipalities.list, "--municipality",
                                       &tables->places, &tables->choice.n_places, err);
    tables->choice.places = tables->places;
    return !status && call->has_fit
               ? behov_left_out_refuse_all(&call->fit_results, call->ratios.places.all, tables->places,
                                           tables->choice.n_places, "--municipality", err)
               : status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    tables *tables = call->state;
    tables->study = &call->study;
    tables->fit_results = call->has_fit ? &call->fit_results : NULL;
    tables->ratios = &call->ratios;
    behov_status status = call->municipalities.list ? choose_places(call, err) : BEHOV_OK;
    if (!status && call->grouping) {
        status = behov_groups_new(&call->ratios.places, &call->municipalities.grouping, &tables->groups, err);
        tables->choice.groups = &tables->groups;
    }
    return status;
}

static behov_status page(const verb_call *call, behov_error *err)
{
    behov_section_list list = {0};
    behov_status status = sections(call->state, false, &list, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        if (i)
            fputs("\n\n", stdout);
        write_text_section(&list.sections[i], NULL, call->study.lang, stdout);
    }
    behov_section_list_free(&list);
    return status;
}

const verb verb_tables = {
    .name = "tables",
    VERB_WORDS(TABLES),
    .rows = HELP(ROWS_TABLES),
    VERB_OPTIONS(tables_options),
    .repeatable = "output table cluster",
    .needs = NEEDS_RATIOS | NEEDS_MUNICIPALITIES,
    .level_pct = 95,
    .state_size = sizeof(tables),
    .read = read_choices,
    .compute = compute,
    .page = page,
    .writers = &writers,
    .close = close_state,
};
