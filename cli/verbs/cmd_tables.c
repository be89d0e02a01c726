/* cmd_tables.c - `behov tables`: the report's tables as a user would print them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fit_sections.h"
#include "estimation_options.h"
#include "json_build.h"
#include "labels.h"
#include "left_out.h"
#include "messages.h"
#include "municipality_options.h"
#include "outputs.h"
#include "ratio_table_options.h"
#include "ratio_tables.h"
#include "remarks.h"
#include "result_sentences.h"
#include "result_tables.h"
#include "study_words.h"
#include "verbs.h"
#include "write_json.h"
#include "write_text.h"

static const option_text tables_options[] = {
    STUDY_OPTIONS_CHOOSING,
    {"table", 't', "NAME",
     "regression (annex 1), ratios (annex 2), signs (table 5-4), levels (table 6-1) or trend (year by\nyear); may be "
     "given several times; without it all but trend"},
    {"ratios", 'r', "FILE", "take the ratios of this table, a column for each year, instead of fitting"},
    {"municipality", 0, "LIST", "these alone, by code or name, separated by commas, or a file that lists them"},
    {"group", 'g', "KIND",
     "county, size or a file with the columns municipality_code and group: a ratio for each group,\nweighted by "
     "population"},
    {"low", 0, "PER CENT", "a ratio below it is low, 90 unless given"},
    {"high", 0, "PER CENT", "a ratio above it is high, 110 unless given"},
    {"change", 0, "POINTS", "a change of as much, 5 unless given, is told"},
    FITTING_OPTIONS,
    {"output", 'o', "FILE",
     "write FILE.xlsx, FILE.html, FILE.tex, FILE.md, FILE.txt, FILE.json, or FILE.csv (one table);\nmay be given "
     "several times"},
    CSV_STYLE_OPTION,
    {"json", 'j', NULL, "print one JSON object instead of the page"},
    {"date", 0, "DATE", "the date the files say they were made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

typedef enum table_kind { REGRESSION, RATIOS, SIGNS, LEVELS, TREND, N_TABLES } table_kind;

static const char *const table_names[N_TABLES] = {"regression", "ratios", "signs", "levels", "trend"};

typedef struct tables {
    behov_study study;
    behov_estimation estimation;
    behov_fit_results fit_results;
    bool has_fit; /* else the ratios were read */
    behov_ratio_table ratios;
    behov_groups groups;
    municipality_options municipalities;
    size_t *places;
    behov_ratio_choice choice;
    bool is_wanted[N_TABLES];
} tables;

static void tables_free(tables *call)
{
    behov_groups_free(&call->groups);
    free(call->places);
    municipality_options_free(&call->municipalities);
    behov_ratio_table_free(&call->ratios);
    behov_estimation_free(&call->estimation);
    behov_study_close(&call->study);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

static behov_status make_table(const tables *call, table_kind kind, behov_report **report, behov_error *err)
{
    behov_language lang = call->study.lang;
    switch (kind) {
    case REGRESSION: return behov_fit_results_regression_in_print(&call->fit_results, report, err);
    case RATIOS: return behov_ratio_tables_ratios(&call->ratios, &call->choice, lang, report, err);
    case SIGNS: return behov_fit_results_signs(&call->fit_results, false, report, err);
    case LEVELS: return behov_ratio_tables_levels(&call->ratios, &call->choice, lang, report, err);
    case TREND: return behov_ratio_tables_trend(&call->ratios, &call->choice, lang, report, err);
    case N_TABLES: break;
    }
    return behov_error_set(err, BEHOV_E_ARGUMENT, "", "no such table");
}

static bool is_in_kroner(const tables *call)
{
    return !call->has_fit || behov_need_gap_is_1000kr(call->fit_results.need);
}

/* How groups were summed, which municipalities have none, where the ratios are from. */
static behov_status note_ratios(const tables *call, behov_section_list *list, behov_error *err)
{
    behov_language lang = call->study.lang;
    char text[600], number[BEHOV_NUMBER_SIZE];
    behov_status status = BEHOV_OK;
    if (call->ratios.printed_path) {
        behov_label_fill(lang, BEHOV_WORD_RATIOS_FROM, text, sizeof text, "file",
                         strcmp(call->ratios.printed_path, "-") == 0 ? behov_label(lang, BEHOV_WORD_STANDARD_INPUT)
                                                                     : call->ratios.printed_path,
                         NULL);
        status = behov_section_list_note(list, text, err);
    }
    if (!status && call->choice.groups) {
        status = behov_section_list_note(
            list, behov_label(lang, call->has_fit ? BEHOV_WORD_SUBTOTAL_EXPLAINED : BEHOV_WORD_SUBTOTAL_OF_PRINTED),
            err);
        snprintf(number, sizeof number, "%lu", (unsigned long)call->groups.n_without);
        behov_label_fill(lang, call->groups.n_without == 1 ? BEHOV_WORD_WITHOUT_GROUP_ONE : BEHOV_WORD_WITHOUT_GROUP,
                         text, sizeof text, "n", number, NULL);
        if (!status && call->groups.n_without)
            status = behov_section_list_note(list, text, err);
    }
    if (status)
        return status;
    if (call->has_fit)
        return fit_sections_ratio_notes(&call->fit_results, list, err);
    static const behov_word keys[] = {BEHOV_WORD_RATIO_EXPLAINED, BEHOV_WORD_MISSING_EXPLAINED,
                                      BEHOV_WORD_NOT_A_VERDICT};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !status; i++)
        status = behov_section_list_note(list, behov_label(lang, keys[i]), err);
    return status;
}

static behov_status note_levels(const tables *call, behov_section_list *list, behov_error *err)
{
    behov_language lang = call->study.lang;
    char text[400], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], change[BEHOV_NUMBER_SIZE];
    const behov_ratio_limits *limits = &call->choice.limits;
    char *const numbers[] = {low, high, change};
    const double values[] = {limits->low, limits->high, limits->change};
    for (size_t i = 0; i < 3; i++) {
        behov_number_shortest(values[i], numbers[i]);
        for (char *c = numbers[i]; *c; c++)
            *c = *c == '.' ? behov_label_decimal_mark(lang) : *c;
    }
    behov_label_fill(lang, behov_word_by_unit(BEHOV_WORD_LEVELS_EXPLAINED, is_in_kroner(call)), text, sizeof text,
                     "low", low, "high", high, "change", change, NULL);
    return behov_section_list_note(list, text, err);
}

static behov_status note_signs(const tables *call, behov_section_list *list, behov_error *err)
{
    behov_language lang = call->study.lang;
    behov_status status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIGNS_EXPLAINED), err);
    if (!status)
        status = behov_remarks_add_errors(list, &call->fit_results, err);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_STARS_EXPLAINED), err);
    return !status && call->study.is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}

static behov_status add_table(const tables *call, table_kind kind, behov_section_list *list, behov_error *err)
{
    behov_language lang = call->study.lang;
    if (kind == REGRESSION)
        return fit_sections_regression(&call->fit_results, list, err);
    static const struct {
        behov_word sheet, title, subtitle;
        size_t n_frozen;
    } words[N_TABLES] = {[RATIOS] = {BEHOV_WORD_SHEET_RATIOS, BEHOV_WORD_TITLE_RATIOS, BEHOV_WORD_SUBTITLE_RATIOS, 2},
                         [SIGNS] = {BEHOV_WORD_SHEET_SIGNS, BEHOV_WORD_TITLE_SIGNS, BEHOV_WORD_SUBTITLE_SIGNS, 1},
                         [LEVELS] = {BEHOV_WORD_SHEET_LEVELS, BEHOV_WORD_TITLE_LEVELS, BEHOV_WORD_SUBTITLE_LEVELS, 2},
                         [TREND] = {BEHOV_WORD_SHEET_TREND, BEHOV_WORD_TITLE_TREND, BEHOV_WORD_SUBTITLE_TREND, 2}};
    behov_report *table = NULL;
    char title[400];
    behov_status status = make_table(call, kind, &table, err);
    if (kind == SIGNS)
        behov_fit_results_title(&call->fit_results, BEHOV_WORD_TITLE_SIGNS, title);
    else
        snprintf(title, sizeof title, "%s",
                 behov_label(lang, kind == RATIOS && !is_in_kroner(call) ? BEHOV_WORD_TITLE_RATIOS_OTHER
                                                                         : words[kind].title));
    if (kind != SIGNS)
        behov_study_mark_title(&call->study, title, sizeof title);
    if (!status)
        status = behov_section_list_add(
            list,
            (behov_section){.name = behov_label(lang, words[kind].sheet),
                            .title = title,
                            .subtitle = behov_label(lang, words[kind].subtitle),
                            .table_name = behov_label(lang, words[kind].sheet),
                            .n_frozen_columns = words[kind].n_frozen + (kind != SIGNS && call->choice.groups)},
            table, err);
    if (!status && (kind == LEVELS || kind == TREND))
        status = note_levels(call, list, err);
    if (!status)
        status = kind == SIGNS ? note_signs(call, list, err) : note_ratios(call, list, err);
    return status;
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    const tables *call = context;
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < N_TABLES && !status; kind++)
        if (call->is_wanted[kind])
            status = add_table(call, (table_kind)kind, list, err);
    return status;
}

/* ---- other outputs -------------------------------------------------------------------------------------------------
 */

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const tables *call = context;
    int kind = 0;
    while (!call->is_wanted[kind])
        kind++;
    return make_table(call, (table_kind)kind, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const tables *call = context;
    json_t *object = json_object(), *list = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    if (call->has_fit) {
        write_json_common(object, &call->fit_results);
        json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(call->fit_results.vcov))));
    } else {
        json_put(object, "data", json_text(call->ratios.printed_path));
    }
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < N_TABLES && !status; kind++) {
        behov_report *report = NULL;
        if (!call->is_wanted[kind])
            continue;
        status = kind == REGRESSION ? behov_fit_results_regression(&call->fit_results, &report, err)
                 : kind == SIGNS    ? behov_fit_results_signs(&call->fit_results, true, &report, err)
                                    : make_table(call, (table_kind)kind, &report, err);
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

static const output_writers writers = {sections, rows, json, BEHOV_WORD_TITLE_TABLES};

/* ---- the call ------------------------------------------------------------------------------------------------------
 */

static int read_wanted(const command_line *line, tables *call)
{
    size_t n = option_count(line, "table"), n_wanted = 0;
    bool is_read = option_given(line, "ratios");
    for (size_t i = 0; i < n; i++) {
        const char *name = option_value_at(line, "table", i);
        int kind = 0;
        while (kind < N_TABLES && strcmp(table_names[kind], name) != 0)
            kind++;
        if (kind == N_TABLES)
            return wrong_call(line->verb, "--table %s: there are regression, ratios, signs, levels and trend", name);
        if (is_read && (kind == REGRESSION || kind == SIGNS))
            return wrong_call(line->verb, "--table %s needs a fit: leave --ratios out", name);
        call->is_wanted[kind] = true;
    }
    for (int kind = 0; kind < N_TABLES; kind++) {
        if (n == 0)
            call->is_wanted[kind] = kind != TREND && (!is_read || kind == RATIOS || kind == LEVELS);
        n_wanted += call->is_wanted[kind];
    }
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i), *dot = strrchr(path, '.');
        if (dot && strcasecmp(dot, ".csv") == 0 && n_wanted > 1)
            return wrong_call(line->verb, "-o %s holds one table: choose it with --table", path);
    }
    if (is_read && line->n_operands)
        return wrong_call(line->verb, "--ratios takes the place of a panel: leave out %s", line->operands[0]);
    return ratio_table_options_check(line);
}

static int fit(const command_line *line, tables *call)
{
    behov_error err;
    const char *panel;
    int code = study_only_panel(line, &panel);
    if (!code)
        code = estimation_of_panel(line, panel, 0.95, 0, &call->study, &call->estimation, &call->fit_results);
    if (code)
        return code;
    behov_status status = behov_ratio_table_of_results(&call->fit_results, &call->ratios, &err);
    call->has_fit = !status;
    return status ? print_failure(&err) : 0;
}

static int compute(const command_line *line, tables *call)
{
    behov_error err;
    behov_ratio_limits *limits = &call->choice.limits;
    *limits = (behov_ratio_limits){90, 110, 5};
    if (!ratio_limits_option(line, limits))
        return 2;
    if (limits->low > limits->high)
        return wrong_call(line->verb, "--low is above --high: no ratio would lie between");
    const char *list = option_value(line, "municipality"), *group = option_value(line, "group");
    int code = 0;
    if (option_given(line, "ratios")) {
        if (!study_language(line, &call->study.lang))
            return 2;
        code = ratio_table_options_open(line, &call->ratios);
    } else {
        code = fit(line, call);
    }
    if (!code)
        code = municipality_options_read(list, group, &call->municipalities);
    if (!code && list) {
        behov_status status =
            behov_municipality_list_choose(&call->ratios.places, call->municipalities.list, "--municipality",
                                           &call->places, &call->choice.n_places, &err);
        call->choice.places = call->places;
        if (!status && call->has_fit)
            status = behov_left_out_refuse_all(&call->fit_results, call->ratios.places.all, call->places,
                                               call->choice.n_places, "--municipality", &err);
        code = status ? print_failure(&err) : 0;
    }
    if (!code && group) {
        code = behov_groups_new(&call->ratios.places, &call->municipalities.grouping, &call->groups, &err)
                   ? print_failure(&err)
                   : 0;
        call->choice.groups = &call->groups;
    }
    return code;
}

static int run_tables(const command_line *line)
{
    tables call = {0};
    long long date = 0;
    behov_error err;
    char day[16];
    int code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    outputs_date_text(date, day);
    if (!code)
        code = read_wanted(line, &call);
    if (!code)
        code = compute(line, &call);
    call.fit_results.made_on = day;
    behov_section_list list = {0};
    if (!code && option_given(line, "json"))
        code = json(&call, NULL, &err) ? print_failure(&err) : 0;
    else if (!code && sections(&call, false, &list, &err))
        code = print_failure(&err);
    for (size_t i = 0; i < list.n && !code; i++) {
        if (i)
            fputs("\n\n", stdout);
        write_text_section(&list.sections[i], NULL, call.study.lang, stdout);
    }
    behov_section_list_free(&list);
    if (!code)
        code = outputs_write(line, &call.study, &writers, &call, date);
    tables_free(&call);
    return code;
}

const verb verb_tables = {
    .name = "tables",
    .usage = "[PANEL | --ratios FILE] [--table NAME]... [--municipality LIST] [--group KIND] [-o FILE]...",
    .summary = "Print the report's tables: annex 1 and 2, signs (5-4), levels and changes (6-1).",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "\n"
        "Examples\n"
        "  behov tables -o tables.xlsx -o tables.tex\n"
        "  behov tables --table ratios --group county -o ratios.html\n"
        "  behov tables --ratios ratios.csv --table levels --municipality 'Moss,1804,Tromsø'\n"
        "  behov tables --ratios ratios.csv --table trend --municipality 1804",
    .options = tables_options,
    .n_options = sizeof tables_options / sizeof *tables_options,
    .repeatable = "output table cluster",
    .run = run_tables,
};
