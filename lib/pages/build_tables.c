/* build_tables.c - see build_tables.h. */
#include <behov/build_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/build_remarks.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/table_report.h>
#include "table_columns.h"

typedef struct named_word {
    const char *name;
    behov_word word;
} named_word;

static const named_word fact_kinds[BEHOV_N_BUILD_FACTS] = {
    [BEHOV_BUILD_FACT_NO_SOURCE] = {"no_source", BEHOV_WORD_BUILD_FACT_NO_SOURCE},
    [BEHOV_BUILD_FACT_ABSENT] = {"absent", BEHOV_WORD_BUILD_FACT_ABSENT},
    [BEHOV_BUILD_FACT_INCOMPLETE] = {"incomplete", BEHOV_WORD_BUILD_FACT_INCOMPLETE},
    [BEHOV_BUILD_FACT_OUTSIDE_LIFE] = {"outside_life", BEHOV_WORD_BUILD_FACT_OUTSIDE_LIFE},
    [BEHOV_BUILD_FACT_UNKNOWN_PLACE] = {"unknown_place", BEHOV_WORD_BUILD_FACT_UNKNOWN_PLACE},
    [BEHOV_BUILD_FACT_NEVER_USED] = {"code_never_used", BEHOV_WORD_BUILD_FACT_NEVER_USED},
    [BEHOV_BUILD_FACT_COPIED] = {"copied", BEHOV_WORD_BUILD_FACT_COPIED},
    [BEHOV_BUILD_FACT_RECODED] = {"recoded", BEHOV_WORD_BUILD_FACT_RECODED},
    [BEHOV_BUILD_FACT_TOGETHER] = {"several_together", BEHOV_WORD_BUILD_FACT_TOGETHER},
    [BEHOV_BUILD_FACT_MERGED] = {"several_merged", BEHOV_WORD_BUILD_FACT_MERGED},
    [BEHOV_BUILD_FACT_SPLIT] = {"part_left_out", BEHOV_WORD_BUILD_FACT_SPLIT},
    [BEHOV_BUILD_FACT_SUMMED] = {"part_summed", BEHOV_WORD_BUILD_FACT_SUMMED},
    [BEHOV_BUILD_FACT_CODE_UNUSED] = {"recipe_code_unused", BEHOV_WORD_BUILD_FACT_CODE_UNUSED},
    [BEHOV_BUILD_FACT_LONE_LEVEL] = {"one_level_only", BEHOV_WORD_BUILD_FACT_LONE_LEVEL},
    [BEHOV_BUILD_FACT_UNSAID] = {"unsaid", BEHOV_WORD_BUILD_FACT_UNSAID},
    [BEHOV_BUILD_FACT_FILE_UNUSED] = {"file_unused", BEHOV_WORD_BUILD_FACT_FILE_UNUSED},
};

static const named_word reasons[BEHOV_N_BUILD_REASONS] = {
    [BEHOV_REGION_MUNICIPALITY] = {"municipality", BEHOV_WORD_BUILD_REASON_MUNICIPALITY},
    [BEHOV_REGION_COUNTRY] = {"country", BEHOV_WORD_BUILD_REASON_COUNTRY},
    [BEHOV_REGION_COUNTY] = {"county", BEHOV_WORD_BUILD_REASON_COUNTY},
    [BEHOV_REGION_GROUP] = {"group", BEHOV_WORD_BUILD_REASON_GROUP},
    [BEHOV_REGION_DISTRICT] = {"district", BEHOV_WORD_BUILD_REASON_DISTRICT},
    [BEHOV_REGION_REST] = {"rest", BEHOV_WORD_BUILD_REASON_REST},
    [BEHOV_REGION_UNKNOWN] = {"unknown", BEHOV_WORD_BUILD_REASON_UNKNOWN},
    [BEHOV_REGION_OUTSIDE] = {"outside", BEHOV_WORD_BUILD_REASON_OUTSIDE},
    [BEHOV_REGION_NONE] = {"no_region", BEHOV_WORD_BUILD_REASON_NONE},
    [BEHOV_BUILD_CODE_NEVER_USED] = {"code_never_used", BEHOV_WORD_BUILD_REASON_NEVER_USED},
    [BEHOV_BUILD_NO_YEAR] = {"no_year", BEHOV_WORD_BUILD_REASON_NO_YEAR},
    [BEHOV_BUILD_OTHER_YEAR] = {"other_year", BEHOV_WORD_BUILD_REASON_OTHER_YEAR},
    [BEHOV_BUILD_NOT_ASKED_FOR] = {"not_asked_for", BEHOV_WORD_BUILD_REASON_NOT_ASKED_FOR},
    [BEHOV_BUILD_DID_NOT_EXIST] = {"did_not_exist", BEHOV_WORD_BUILD_REASON_DID_NOT_EXIST},
    [BEHOV_BUILD_GAVE_WAY] = {"gave_way", BEHOV_WORD_BUILD_REASON_GAVE_WAY},
};

const char *behov_build_fact_label(const behov_panel_build *build, behov_language lang, behov_build_fact_kind kind)
{
    bool is_joined = kind == BEHOV_BUILD_FACT_OUTSIDE_LIFE && build->is_merged;
    return behov_label(lang, is_joined ? BEHOV_WORD_BUILD_FACT_OUTSIDE_LIFE_JOINED : fact_kinds[kind].word);
}

const char *behov_build_fact_name(behov_build_fact_kind kind)
{
    return fact_kinds[kind].name;
}

const char *behov_build_reason_label(behov_language lang, int reason)
{
    return behov_label(lang, reasons[reason].word);
}

const char *behov_build_reason_name(int reason)
{
    return reasons[reason].name;
}

behov_status behov_build_panel_table(const behov_panel_build *build, behov_report **report, behov_error *err)
{
    return behov_table_report(build->table, "panel", report, err);
}

/* ---- sentences ----------------------------------------------------------------------------------------------------- */

static void add_count(behov_wording *words, behov_language lang, const char *before, const char *label, size_t n)
{
    char number[BEHOV_NUMBER_SIZE];
    if (n)
        behov_wording_print(words, "%s%s %s", before, label, behov_format_count(lang, (double)n, number));
}

void behov_build_say_file(const behov_panel_build *build, const behov_recipe *recipe, size_t file, behov_language lang,
                          behov_wording *words)
{
    const behov_build_file_count *count = &build->files[file];
    char number[BEHOV_NUMBER_SIZE], used[BEHOV_NUMBER_SIZE];
    behov_wording rows = {0};
    behov_wording_fill(&rows, lang, behov_word_by_count(BEHOV_WORD_COUNT_ROWS, (double)count->n_rows), "n",
                       behov_format_count(lang, (double)count->n_rows, number), (const char *)NULL);
    behov_wording_fill(words, lang, BEHOV_WORD_BUILD_FILE, "file", count->name, "source",
                       recipe->sources[count->source].name, "rows", behov_wording_text(&rows), "used",
                       behov_format_count(lang, (double)count->n_used, used), (const char *)NULL);
    behov_wording_spend(words, &rows);
    const char *mark = "; ";
    for (int reason = 1; reason < BEHOV_N_BUILD_REASONS; reason++)
        if (count->n_left_out[reason]) {
            add_count(words, lang, mark, behov_build_reason_label(lang, reason), count->n_left_out[reason]);
            mark = ", ";
        }
    add_count(words, lang, "; ", behov_label(lang, BEHOV_WORD_BUILD_RENUMBERED), count->n_renumbered);
    add_count(words, lang, "; ", behov_label(lang, BEHOV_WORD_BUILD_ZEROS), count->n_zeros);
}

static size_t count_marked(const behov_panel_build *build, const behov_build_column_year *count, bool is_suppressed)
{
    size_t n = 0;
    for (size_t i = 0; i < build->n_marks; i++)
        n += behov_build_mark_is_suppressed(build->marks[i]) == is_suppressed ? count->n_marked[i] : 0;
    return n;
}

/* A mark as the file has it, or what a cell without one is called. */
static void add_mark(const char *text, behov_language lang, behov_wording *words)
{
    static const behov_missing nameless[] = {BEHOV_MISSING_EMPTY, BEHOV_MISSING_OTHER, BEHOV_MISSING_DECLARED};
    for (size_t i = 0; i < sizeof nameless / sizeof *nameless; i++)
        if (strcmp(text, behov_missing_key(nameless[i])) == 0) {
            behov_wording_print(words, "(%s)", behov_label_of_missing(lang, nameless[i]));
            return;
        }
    behov_wording_print(words, "«%s»", text);
}

void behov_build_say_column_year(const behov_panel_build *build, const behov_recipe *recipe, size_t position,
                                 behov_language lang, behov_wording *words)
{
    const behov_build_column_year *count = &build->column_years[position];
    char figures[BEHOV_NUMBER_SIZE], sum[BEHOV_NUMBER_SIZE], year[16];
    snprintf(year, sizeof year, "%d", count->year);
    behov_wording_fill(words, lang, behov_word_by_count(BEHOV_WORD_BUILD_COLUMN_YEAR, (double)count->n_figures),
                       "column", recipe->columns[count->column].name, "year", year, "figures",
                       behov_format_count(lang, (double)count->n_figures, figures), (const char *)NULL);
    if (!isnan(count->sum) && count->n_figures)
        behov_wording_print(words, ", %s %s", behov_label(lang, BEHOV_WORD_BUILD_SUM),
                            behov_format_count(lang, count->sum, sum));
    for (size_t i = 0; i < build->n_marks; i++) {
        behov_wording label = {0};
        bool is_suppressed = behov_build_mark_is_suppressed(build->marks[i]);
        behov_wording_print(&label, "%s ",
                            behov_label(lang, is_suppressed ? BEHOV_WORD_BUILD_SUPPRESSED : BEHOV_WORD_BUILD_MISSING));
        add_mark(build->marks[i], lang, &label);
        add_count(words, lang, ", ", behov_wording_text(&label), count->n_marked[i]);
        behov_wording_spend(words, &label);
    }
    add_count(words, lang, ", ", behov_label(lang, BEHOV_WORD_BUILD_ZEROS), count->n_zeros);
    add_count(words, lang, ", ", behov_label(lang, BEHOV_WORD_BUILD_ABSENT), count->n_absent);
    add_count(words, lang, ", ", behov_label(lang, BEHOV_WORD_BUILD_INCOMPLETE), count->n_incomplete);
}

static bool has_year(const behov_panel_build *build, int year)
{
    ptrdiff_t column = behov_table_find(build->table, "year");
    const double *years = column < 0 ? NULL : behov_table_numbers(build->table, (size_t)column);
    for (size_t row = 0; years && row < behov_table_n_rows(build->table); row++)
        if (years[row] == year)
            return true;
    return false;
}

void behov_build_say_years(const behov_panel_build *build, bool is_absent, behov_wording *words)
{
    const char *mark = "";
    for (int year = build->first_year; year <= build->last_year; year++) {
        int first = year;
        if (has_year(build, year) == is_absent)
            continue;
        while (year < build->last_year && has_year(build, year + 1) != is_absent)
            year++;
        behov_wording_print(words, first < year ? "%s%d–%d" : "%s%d", mark, first, year);
        mark = ", ";
    }
}

void behov_build_say_fact(const behov_build_fact *fact, behov_language lang, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    const char *mark = "";
    if (fact->subject[0]) {
        behov_wording_add(words, fact->subject);
        mark = ": ";
    } else if (fact->kind == BEHOV_BUILD_FACT_ABSENT) {
        behov_wording_add(words, behov_label(lang, BEHOV_WORD_BUILD_ALL_MUNICIPALITIES));
        mark = ": ";
    }
    if (fact->column[0])
        behov_wording_print(words, "%s%s", mark, fact->column);
    if (!isnan(fact->figure))
        behov_wording_print(words, " %s",
                            fact->figure == floor(fact->figure)
                                ? behov_format_count(lang, fact->figure, number)
                                : behov_format_cell(BEHOV_Q_VALUE, fact->figure, lang, number));
    if (fact->first_year && fact->first_year < fact->last_year)
        behov_wording_print(words, " (%d–%d)", fact->first_year, fact->last_year);
    else if (fact->first_year)
        behov_wording_print(words, " (%d)", fact->first_year);
}

/* ---- facts by kind and column -------------------------------------------------------------------------------------- */

bool behov_build_is_like_before(const behov_panel_build *build, size_t position)
{
    const behov_build_fact *fact = &build->facts[position];
    return position && fact->kind == fact[-1].kind && strcmp(fact->column, fact[-1].column) == 0;
}

/* The facts of one kind and column. */
typedef struct fact_count {
    size_t first, n;
    int first_year, last_year; /* 0 = none */
} fact_count;

/* ---- tables -------------------------------------------------------------------------------------------------------- */

typedef struct told {
    const behov_panel_build *build;
    const behov_recipe *recipe;
    behov_language lang;
    size_t *shown; /* positions of the facts that a page shows; NULL = all */
    size_t n_shown;
    fact_count *counts;
    size_t n_counts;
} told;

static const behov_build_column_year *count_at(const void *context, size_t row)
{
    return &((const told *)context)->build->column_years[row];
}

static const char *column_text(const void *context, size_t row)
{
    return ((const told *)context)->recipe->columns[count_at(context, row)->column].name;
}

static double year_figure(const void *context, size_t row)
{
    return count_at(context, row)->year;
}

static double figures_figure(const void *context, size_t row)
{
    return (double)count_at(context, row)->n_figures;
}

static double sum_figure(const void *context, size_t row)
{
    return count_at(context, row)->n_figures ? count_at(context, row)->sum : NAN;
}

static double suppressed_figure(const void *context, size_t row)
{
    return (double)count_marked(((const told *)context)->build, count_at(context, row), true);
}

static double missing_figure(const void *context, size_t row)
{
    return (double)count_marked(((const told *)context)->build, count_at(context, row), false);
}

static double absent_figure(const void *context, size_t row)
{
    return (double)count_at(context, row)->n_absent;
}

static double incomplete_figure(const void *context, size_t row)
{
    return (double)count_at(context, row)->n_incomplete;
}

static behov_status counts_table(const told *told, behov_report **report, behov_error *err)
{
    behov_language lang = told->lang;
    const behov_table_column columns[] = {
        {{"column", behov_label(lang, BEHOV_WORD_BUILD_HEAD_COLUMN), BEHOV_Q_TEXT}, NULL, column_text},
        {{"year", behov_label(lang, BEHOV_WORD_BUILD_HEAD_YEAR), BEHOV_Q_YEAR}, year_figure, NULL},
        {{"n_figures", behov_label(lang, BEHOV_WORD_BUILD_HEAD_FIGURES), BEHOV_Q_COUNT}, figures_figure, NULL},
        {{"sum", behov_label(lang, BEHOV_WORD_BUILD_HEAD_SUM), BEHOV_Q_COUNT}, sum_figure, NULL},
        {{"n_suppressed", behov_label(lang, BEHOV_WORD_BUILD_HEAD_SUPPRESSED), BEHOV_Q_COUNT}, suppressed_figure, NULL},
        {{"n_missing", behov_label(lang, BEHOV_WORD_BUILD_HEAD_MISSING), BEHOV_Q_COUNT}, missing_figure, NULL},
        {{"n_absent", behov_label(lang, BEHOV_WORD_BUILD_HEAD_ABSENT), BEHOV_Q_COUNT}, absent_figure, NULL},
        {{"n_incomplete", behov_label(lang, BEHOV_WORD_BUILD_HEAD_INCOMPLETE), BEHOV_Q_COUNT},
         incomplete_figure,
         NULL}};
    return behov_table_columns_new("build_columns", told->build->n_column_years, columns,
                                   sizeof columns / sizeof *columns, told, report, err);
}

static const behov_build_fact *fact_at(const void *context, size_t row)
{
    const told *told = context;
    return &told->build->facts[told->shown ? told->shown[row] : row];
}

static const char *fact_text(const void *context, size_t row)
{
    const told *told = context;
    return behov_build_fact_label(told->build, told->lang, fact_at(context, row)->kind);
}

static const char *subject_text(const void *context, size_t row)
{
    return fact_at(context, row)->subject;
}

static const char *fact_column_text(const void *context, size_t row)
{
    return fact_at(context, row)->column;
}

static double first_figure(const void *context, size_t row)
{
    return fact_at(context, row)->first_year ? fact_at(context, row)->first_year : NAN;
}

static double last_figure(const void *context, size_t row)
{
    return fact_at(context, row)->last_year ? fact_at(context, row)->last_year : NAN;
}

static double fact_figure(const void *context, size_t row)
{
    return fact_at(context, row)->figure;
}

static behov_status facts_table(const told *told, behov_report **report, behov_error *err)
{
    behov_language lang = told->lang;
    const behov_table_column columns[] = {
        {{"fact", behov_label(lang, BEHOV_WORD_BUILD_HEAD_FACT), BEHOV_Q_TEXT}, NULL, fact_text},
        {{"municipality", behov_label(lang, BEHOV_WORD_BUILD_HEAD_SUBJECT), BEHOV_Q_TEXT}, NULL, subject_text},
        {{"column", behov_label(lang, BEHOV_WORD_BUILD_HEAD_COLUMN), BEHOV_Q_TEXT}, NULL, fact_column_text},
        {{"first_year", behov_label(lang, BEHOV_WORD_BUILD_HEAD_FIRST), BEHOV_Q_YEAR}, first_figure, NULL},
        {{"last_year", behov_label(lang, BEHOV_WORD_BUILD_HEAD_LAST), BEHOV_Q_YEAR}, last_figure, NULL},
        {{"figure", behov_label(lang, BEHOV_WORD_BUILD_HEAD_FIGURE), BEHOV_Q_VALUE}, fact_figure, NULL}};
    return behov_table_columns_new("build_facts", told->shown ? told->n_shown : told->build->n_facts, columns,
                                   sizeof columns / sizeof *columns, told, report, err);
}

static const fact_count *fact_count_at(const void *context, size_t row)
{
    return &((const told *)context)->counts[row];
}

static const char *counted_fact_text(const void *context, size_t row)
{
    const told *told = context;
    return behov_build_fact_label(told->build, told->lang, told->build->facts[told->counts[row].first].kind);
}

static const char *counted_column_text(const void *context, size_t row)
{
    return ((const told *)context)->build->facts[fact_count_at(context, row)->first].column;
}

static double counted_figure(const void *context, size_t row)
{
    return (double)fact_count_at(context, row)->n;
}

static double counted_first_figure(const void *context, size_t row)
{
    return fact_count_at(context, row)->first_year ? fact_count_at(context, row)->first_year : NAN;
}

static double counted_last_figure(const void *context, size_t row)
{
    return fact_count_at(context, row)->last_year ? fact_count_at(context, row)->last_year : NAN;
}

static behov_status fact_counts_table(const told *told, behov_report **report, behov_error *err)
{
    behov_language lang = told->lang;
    const behov_table_column columns[] = {
        {{"fact", behov_label(lang, BEHOV_WORD_BUILD_HEAD_FACT), BEHOV_Q_TEXT}, NULL, counted_fact_text},
        {{"column", behov_label(lang, BEHOV_WORD_BUILD_HEAD_COLUMN), BEHOV_Q_TEXT}, NULL, counted_column_text},
        {{"n", behov_label(lang, BEHOV_WORD_BUILD_HEAD_N_FACTS), BEHOV_Q_COUNT}, counted_figure, NULL},
        {{"first_year", behov_label(lang, BEHOV_WORD_BUILD_HEAD_FIRST), BEHOV_Q_YEAR}, counted_first_figure, NULL},
        {{"last_year", behov_label(lang, BEHOV_WORD_BUILD_HEAD_LAST), BEHOV_Q_YEAR}, counted_last_figure, NULL}};
    return behov_table_columns_new("build_fact_counts", told->n_counts, columns, sizeof columns / sizeof *columns, told,
                                   report, err);
}

/* Counts the facts of each kind and column, and chooses the first of each. */
static behov_status sum_up_facts(told *told, behov_error *err)
{
    const behov_panel_build *build = told->build;
    told->shown = malloc((build->n_facts + 1) * sizeof *told->shown);
    told->counts = malloc((build->n_facts + 1) * sizeof *told->counts);
    if (!told->shown || !told->counts)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BUILD_NO_MEMORY);
    for (size_t i = 0; i < build->n_facts; i++) {
        const behov_build_fact *fact = &build->facts[i];
        if (!behov_build_is_like_before(build, i))
            told->counts[told->n_counts++] = (fact_count){i, 0, fact->first_year, fact->last_year};
        fact_count *count = &told->counts[told->n_counts - 1];
        if (fact->first_year && fact->first_year < count->first_year)
            count->first_year = fact->first_year;
        if (fact->last_year > count->last_year)
            count->last_year = fact->last_year;
        if (count->n++ < BEHOV_BUILD_FACTS_SHOWN)
            told->shown[told->n_shown++] = i;
    }
    return BEHOV_OK;
}

static behov_status add_section(behov_language lang, behov_word word, size_t n_frozen, behov_report *table,
                                behov_section_list *list, behov_error *err)
{
    const char *name = behov_label(lang, word);
    return behov_section_list_add(
        list,
        (behov_section){
            .name = name, .title = name, .table_name = name, .n_frozen_columns = n_frozen, .landscape = true},
        table, err);
}

/* Where the facts that a page leaves out stand. */
static behov_status note_shown(const told *told, behov_section_list *list, behov_error *err)
{
    char shown[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    if (told->n_shown == told->build->n_facts)
        return BEHOV_OK;
    behov_wording_fill(&words, told->lang, BEHOV_WORD_BUILD_FACTS_SHOWN, "n",
                       behov_format_count(told->lang, BEHOV_BUILD_FACTS_SHOWN, shown), "all",
                       behov_format_count(told->lang, (double)told->build->n_facts, all), (const char *)NULL);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

/* A page has the facts counted, and the first of each kind and column; a workbook has all. */
static behov_status add_facts(told *told, bool is_workbook, behov_section_list *list, behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = is_workbook ? BEHOV_OK : sum_up_facts(told, err);
    if (!status && !is_workbook && told->n_shown < told->build->n_facts &&
        !(status = fact_counts_table(told, &table, err)))
        status = add_section(told->lang, BEHOV_WORD_SHEET_BUILD_FACT_COUNTS, 0, table, list, err);
    if (!status && !(status = facts_table(told, &table, err)))
        status = add_section(told->lang, BEHOV_WORD_SHEET_BUILD_FACTS, 0, table, list, err);
    return status || is_workbook ? status : note_shown(told, list, err);
}

static behov_status take_note(void *context, const char *sentence, behov_error *err)
{
    return behov_section_list_note(context, sentence, err);
}

static behov_status add_remarks(const told *told, behov_section_list *list, behov_error *err)
{
    behov_build_remarks remarks;
    behov_status status = behov_build_remarks_make(told->build, told->recipe, &remarks, err);
    if (!status)
        status = behov_build_remarks_each(&remarks, told->lang, take_note, list, err);
    behov_build_remarks_free(&remarks);
    return status;
}

behov_status behov_build_add(const behov_panel_build *build, const behov_recipe *recipe, behov_language lang,
                             bool is_workbook, behov_section_list *list, behov_error *err)
{
    told told = {.build = build, .recipe = recipe, .lang = lang};
    behov_report *table = NULL;
    behov_status status = BEHOV_OK;
    if (is_workbook && !(status = behov_build_panel_table(build, &table, err)))
        status = add_section(lang, BEHOV_WORD_SHEET_BUILD_PANEL, 3, table, list, err);
    if (!status && !(status = counts_table(&told, &table, err)))
        status = add_section(lang, BEHOV_WORD_SHEET_BUILD_COLUMNS, 0, table, list, err);
    if (!status)
        status = add_remarks(&told, list, err);
    if (!status)
        status = add_facts(&told, is_workbook, list, err);
    free(told.shown);
    free(told.counts);
    return status;
}
