/* cmd_tables.c - `behov tables`: the report's tables as a user would print them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fit_sections.h"
#include "fitting_options.h"
#include "json_build.h"
#include "labels.h"
#include "messages.h"
#include "outputs.h"
#include "ratio_table.h"
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
    behov_study of;
    fitting made;
    results computed;
    bool has_fit; /* else the ratios were read */
    ratio_table ratios;
    groups by;
    size_t *places;
    ratio_choice choice;
    bool is_wanted[N_TABLES];
} tables;

static void tables_free(tables *what)
{
    groups_free(&what->by);
    free(what->places);
    ratio_table_free(&what->ratios);
    fitting_free(&what->made);
    study_close(&what->of);
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

static behov_status make_table(const tables *what, table_kind kind, behov_report **report, behov_error *err)
{
    behov_language lang = what->of.lang;
    switch (kind) {
    case REGRESSION: return results_regression_in_print(&what->computed, report, err);
    case RATIOS: return ratio_table_report(&what->ratios, &what->choice, lang, report, err);
    case SIGNS: return results_signs(&what->computed, false, report, err);
    case LEVELS: return ratio_table_levels(&what->ratios, &what->choice, lang, report, err);
    case TREND: return ratio_table_trend(&what->ratios, &what->choice, lang, report, err);
    case N_TABLES: break;
    }
    return behov_error_set(err, BEHOV_E_ARGUMENT, "", "no such table");
}

static bool is_in_kroner(const tables *what) { return !what->has_fit || behov_need_gap_is_1000kr(what->computed.need); }

/* How groups were summed, which municipalities have none, where the ratios are from. */
static behov_status note_ratios(const tables *what, section_list *list, behov_error *err)
{
    behov_language lang = what->of.lang;
    char text[600], number[BEHOV_NUMBER_SIZE];
    behov_status status = BEHOV_OK;
    if (what->ratios.printed_path) {
        label_fill(lang, "ratios_from", text, sizeof text, "file",
                   strcmp(what->ratios.printed_path, "-") == 0 ? label(lang, "standard_input")
                                                               : what->ratios.printed_path,
                   NULL);
        status = section_list_note(list, text, err);
    }
    if (!status && what->choice.by) {
        status =
            section_list_note(list, label(lang, what->has_fit ? "subtotal_explained" : "subtotal_of_printed"), err);
        snprintf(number, sizeof number, "%lu", (unsigned long)what->by.n_without);
        label_fill(lang, what->by.n_without == 1 ? "without_group_one" : "without_group", text, sizeof text, "n",
                   number, NULL);
        if (!status && what->by.n_without)
            status = section_list_note(list, text, err);
    }
    if (status)
        return status;
    if (what->has_fit)
        return fit_sections_ratio_notes(&what->computed, list, err);
    static const char *const keys[] = {"ratio_explained", "missing_explained", "not_a_verdict"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !status; i++)
        status = section_list_note(list, label(lang, keys[i]), err);
    return status;
}

static behov_status note_levels(const tables *what, section_list *list, behov_error *err)
{
    behov_language lang = what->of.lang;
    char text[400], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], change[BEHOV_NUMBER_SIZE];
    const behov_ratio_limits *limits = &what->choice.limits;
    char *const numbers[] = {low, high, change};
    const double values[] = {limits->low, limits->high, limits->change};
    for (size_t i = 0; i < 3; i++) {
        behov_number_shortest(values[i], numbers[i]);
        for (char *c = numbers[i]; *c; c++)
            *c = *c == '.' ? label_decimal_mark(lang) : *c;
    }
    label_fill(lang, label_key("levels_explained", is_in_kroner(what)), text, sizeof text, "low", low, "high", high, "change", change, NULL);
    return section_list_note(list, text, err);
}

static behov_status note_signs(const tables *what, section_list *list, behov_error *err)
{
    behov_language lang = what->of.lang;
    behov_status status = section_list_note(list, label(lang, "signs_explained"), err);
    if (!status)
        status = remarks_add_errors(list, &what->computed, err);
    if (!status)
        status = section_list_note(list, label(lang, "stars_explained"), err);
    return !status && what->of.is_simulated ? section_list_note(list, label(lang, "simulated_explained"), err) : status;
}

static behov_status add_table(const tables *what, table_kind kind, section_list *list, behov_error *err)
{
    behov_language lang = what->of.lang;
    if (kind == REGRESSION)
        return fit_sections_regression(&what->computed, list, err);
    static const struct {
        const char *sheet, *title, *subtitle;
        size_t n_frozen;
    } words[N_TABLES] = {[RATIOS] = {"sheet_ratios", "title_ratios", "subtitle_ratios", 2},
                         [SIGNS] = {"sheet_signs", "title_signs", "subtitle_signs", 1},
                         [LEVELS] = {"sheet_levels", "title_levels", "subtitle_levels", 2},
                         [TREND] = {"sheet_trend", "title_trend", "subtitle_trend", 2}};
    behov_report *table = NULL;
    char title[400];
    behov_status status = make_table(what, kind, &table, err);
    if (kind == SIGNS)
        results_title(&what->computed, "title_signs", title);
    else
        snprintf(title, sizeof title, "%s",
                 label(lang, kind == RATIOS && !is_in_kroner(what) ? "title_ratios_other" : words[kind].title));
    if (kind != SIGNS)
        study_mark_title(&what->of, title, sizeof title);
    if (!status)
        status =
            section_list_add(list,
                             (section){.name = label(lang, words[kind].sheet),
                                       .title = title,
                                       .subtitle = label(lang, words[kind].subtitle),
                                       .table_name = label(lang, words[kind].sheet),
                                       .n_frozen_columns = words[kind].n_frozen + (kind != SIGNS && what->choice.by)},
                             table, err);
    if (!status && (kind == LEVELS || kind == TREND))
        status = note_levels(what, list, err);
    if (!status)
        status = kind == SIGNS ? note_signs(what, list, err) : note_ratios(what, list, err);
    return status;
}

static behov_status sections(const void *context, bool is_workbook, section_list *list, behov_error *err)
{
    (void)is_workbook;
    const tables *what = context;
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < N_TABLES && !status; kind++)
        if (what->is_wanted[kind])
            status = add_table(what, (table_kind)kind, list, err);
    return status;
}

/* ---- other outputs -------------------------------------------------------------------------------------------------
 */

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    const tables *what = context;
    int kind = 0;
    while (!what->is_wanted[kind])
        kind++;
    return make_table(what, (table_kind)kind, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const tables *what = context;
    json_t *object = json_object(), *list = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    if (what->has_fit) {
        write_json_common(object, &what->computed);
        json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(what->computed.vcov))));
    } else {
        json_put(object, "data", json_text(what->ratios.printed_path));
    }
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < N_TABLES && !status; kind++) {
        behov_report *report = NULL;
        if (!what->is_wanted[kind])
            continue;
        status = kind == REGRESSION ? results_regression(&what->computed, &report, err)
                 : kind == SIGNS    ? results_signs(&what->computed, true, &report, err)
                                    : make_table(what, (table_kind)kind, &report, err);
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

static const output_writers writers = {sections, rows, json, "title_tables"};

/* ---- the call ------------------------------------------------------------------------------------------------------
 */

static int read_wanted(const command_line *line, tables *what)
{
    size_t n = option_count(line, "table"), n_wanted = 0;
    bool is_read = option_given(line, "ratios");
    for (size_t i = 0; i < n; i++) {
        const char *name = option_value_at(line, "table", i);
        int kind = 0;
        while (kind < N_TABLES && strcmp(table_names[kind], name) != 0)
            kind++;
        if (kind == N_TABLES)
            return wrong_call(line->of, "--table %s: there are regression, ratios, signs, levels and trend", name);
        if (is_read && (kind == REGRESSION || kind == SIGNS))
            return wrong_call(line->of, "--table %s needs a fit: leave --ratios out", name);
        what->is_wanted[kind] = true;
    }
    for (int kind = 0; kind < N_TABLES; kind++) {
        if (n == 0)
            what->is_wanted[kind] = kind != TREND && (!is_read || kind == RATIOS || kind == LEVELS);
        n_wanted += what->is_wanted[kind];
    }
    for (size_t i = 0; i < option_count(line, "output"); i++) {
        const char *path = option_value_at(line, "output", i), *dot = strrchr(path, '.');
        if (dot && strcasecmp(dot, ".csv") == 0 && n_wanted > 1)
            return wrong_call(line->of, "-o %s holds one table: choose it with --table", path);
    }
    if (is_read && line->n_operands)
        return wrong_call(line->of, "--ratios takes the place of a panel: leave out %s", line->operands[0]);
    return ratio_table_options(line);
}

static int fit(const command_line *line, tables *what)
{
    behov_error err;
    const char *panel;
    int code = study_only_panel(line, &panel);
    if (!code)
        code = fitting_of_panel(line, panel, 0.95, 0, &what->of, &what->made, &what->computed);
    if (code)
        return code;
    behov_status status = ratio_table_of_results(&what->computed, &what->ratios, &err);
    what->has_fit = !status;
    return status ? fail_with(&err) : 0;
}

static int compute(const command_line *line, tables *what)
{
    behov_error err;
    behov_ratio_limits *limits = &what->choice.limits;
    *limits = (behov_ratio_limits){90, 110, 5};
    if (!ratio_limits_option(line, limits))
        return 2;
    if (limits->low > limits->high)
        return wrong_call(line->of, "--low is above --high: no ratio would lie between");
    const char *printed = option_value(line, "ratios"), *list = option_value(line, "municipality"),
               *group = option_value(line, "group");
    int code = 0;
    if (printed) {
        if (!study_language(line, &what->of.lang))
            return 2;
        code = ratio_table_read(printed, &what->ratios, &err) ? fail_with(&err) : 0;
        if (!code && !option_given(line, "quiet"))
            ratio_table_tell(&what->ratios);
    } else {
        code = fit(line, what);
    }
    if (!code && list) {
        behov_status status =
            directory_choose(&what->ratios.places, list, "--municipality", &what->places, &what->choice.n_places, &err);
        what->choice.places = what->places;
        if (!status && what->has_fit)
            status = remark_refuse_all_left_out(&what->computed, what->ratios.places.all, what->places,
                                                what->choice.n_places, "--municipality", &err);
        code = status ? fail_with(&err) : 0;
    }
    if (!code && group) {
        code = groups_new(&what->ratios.places, group, what->of.lang, &what->by, &err) ? fail_with(&err) : 0;
        what->choice.by = &what->by;
    }
    return code;
}

static int run_tables(const command_line *line)
{
    tables what = {0};
    long long date = 0;
    behov_error err;
    char day[16];
    int code = outputs_check(line);
    if (!code && !outputs_date(line, &date))
        code = 2;
    outputs_date_text(date, day);
    if (!code)
        code = read_wanted(line, &what);
    if (!code)
        code = compute(line, &what);
    what.computed.made_on = day;
    section_list list = {0};
    if (!code && option_given(line, "json"))
        code = json(&what, NULL, &err) ? fail_with(&err) : 0;
    else if (!code && sections(&what, false, &list, &err))
        code = fail_with(&err);
    for (size_t i = 0; i < list.n && !code; i++) {
        if (i)
            fputs("\n\n", stdout);
        write_text_section(&list.sections[i], NULL, what.of.lang, stdout);
    }
    section_list_free(&list);
    if (!code)
        code = outputs_write(line, &what.of, &writers, &what, date);
    tables_free(&what);
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
