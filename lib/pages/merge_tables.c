/* merge_tables.c - see merge_tables.h. */
#include <behov/merge_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/table_report.h>
#include "sentence_parts.h"
#include "table_columns.h"

static const struct {
    const char *name;
    behov_word word;
} kinds[BEHOV_N_MERGE_FACTS] = {
    [BEHOV_MERGE_NO_MUNICIPALITY] = {"no_municipality", BEHOV_WORD_MERGE_KIND_NO_MUNICIPALITY},
    [BEHOV_MERGE_DID_NOT_EXIST] = {"did_not_exist", BEHOV_WORD_MERGE_KIND_DID_NOT_EXIST},
    [BEHOV_MERGE_OUTSIDE_LIFE] = {"outside_life", BEHOV_WORD_MERGE_KIND_OUTSIDE_LIFE},
    [BEHOV_MERGE_SPLIT] = {"split", BEHOV_WORD_MERGE_KIND_SPLIT},
    [BEHOV_MERGE_NOT_EXACT] = {"not_exact", BEHOV_WORD_MERGE_KIND_NOT_EXACT},
    [BEHOV_MERGE_INCOMPLETE] = {"incomplete", BEHOV_WORD_MERGE_KIND_INCOMPLETE},
    [BEHOV_MERGE_MISSING] = {"missing", BEHOV_WORD_MERGE_KIND_MISSING},
    [BEHOV_MERGE_NO_DENOMINATOR] = {"no_denominator", BEHOV_WORD_MERGE_KIND_NO_DENOMINATOR},
    [BEHOV_MERGE_ESTIMATED] = {"estimated", BEHOV_WORD_MERGE_KIND_ESTIMATED},
    [BEHOV_MERGE_TEXTS_DIFFER] = {"texts_differ", BEHOV_WORD_MERGE_KIND_TEXTS_DIFFER},
    [BEHOV_MERGE_RENUMBERED] = {"renumbered", BEHOV_WORD_MERGE_KIND_RENUMBERED},
    [BEHOV_MERGE_RENAMED] = {"renamed", BEHOV_WORD_MERGE_KIND_RENAMED},
    [BEHOV_MERGE_MERGED] = {"merged", BEHOV_WORD_MERGE_KIND_MERGED},
    [BEHOV_MERGE_UNCHANGED] = {"unchanged", BEHOV_WORD_MERGE_KIND_UNCHANGED},
};

const char *behov_merge_fact_label(behov_language lang, behov_merge_fact_kind kind)
{
    return behov_label(lang, kinds[kind].word);
}

const char *behov_merge_fact_name(behov_merge_fact_kind kind)
{
    return kinds[kind].name;
}

/* ---- the panel --------------------------------------------------------------------------------------------------- */

behov_status behov_merge_panel_table(const behov_panel_merge *merge, behov_report **report, behov_error *err)
{
    return behov_table_report(merge->table, "panel", report, err);
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

typedef struct told {
    const behov_panel_merge *merge;
    behov_language lang;
    size_t n;
} told;

static const behov_merge_fact *fact_at(const void *context, size_t row)
{
    return &((const told *)context)->merge->facts[row];
}

static const char *kind_text(const void *context, size_t row)
{
    return behov_merge_fact_label(((const told *)context)->lang, fact_at(context, row)->kind);
}

static const char *subject_text(const void *context, size_t row)
{
    return fact_at(context, row)->subject;
}

static const char *detail_text(const void *context, size_t row)
{
    return fact_at(context, row)->detail;
}

static double first_year(const void *context, size_t row)
{
    return fact_at(context, row)->first_year ? fact_at(context, row)->first_year : NAN;
}

static double last_year(const void *context, size_t row)
{
    return fact_at(context, row)->last_year ? fact_at(context, row)->last_year : NAN;
}

static double n_rows(const void *context, size_t row)
{
    return (double)fact_at(context, row)->n_rows;
}

/* Those that stayed as they were come last, and are not listed. */
static behov_status facts_table(const told *told, behov_report **report, behov_error *err)
{
    const behov_table_column columns[] = {
        {{"fact", behov_label(told->lang, BEHOV_WORD_MERGE_COLUMN_FACT), BEHOV_Q_TEXT}, NULL, kind_text},
        {{"subject", behov_label(told->lang, BEHOV_WORD_MERGE_COLUMN_SUBJECT), BEHOV_Q_TEXT}, NULL, subject_text},
        {{"detail", behov_label(told->lang, BEHOV_WORD_MERGE_COLUMN_DETAIL), BEHOV_Q_TEXT}, NULL, detail_text},
        {{"first_year", behov_label(told->lang, BEHOV_WORD_MERGE_COLUMN_FIRST), BEHOV_Q_YEAR}, first_year, NULL},
        {{"last_year", behov_label(told->lang, BEHOV_WORD_MERGE_COLUMN_LAST), BEHOV_Q_YEAR}, last_year, NULL},
        {{"n_rows", behov_label(told->lang, BEHOV_WORD_MERGE_COLUMN_ROWS), BEHOV_Q_COUNT}, n_rows, NULL}};
    return behov_table_columns_new("merge_facts", told->n, columns, sizeof columns / sizeof *columns, told, report,
                                   err);
}

/* How many municipalities (or columns) a kind has, and rows: a municipality once, also where it has a fact for each of those that it was divided among: those of one subject stand
 * together. */
static size_t count(const behov_panel_merge *merge, behov_merge_fact_kind kind, size_t *n_panel_rows)
{
    size_t n = 0, most = 0;
    const char *last = NULL;
    *n_panel_rows = 0;
    for (size_t i = 0; i < merge->n_facts; i++) {
        const behov_merge_fact *fact = &merge->facts[i];
        if (fact->kind != kind)
            continue;
        bool is_same = last && strcmp(last, fact->subject) == 0;
        size_t before = is_same ? most : 0;
        most = fact->n_rows > before ? fact->n_rows : before;
        *n_panel_rows += most - before;
        n += !is_same;
        last = fact->subject;
    }
    return n;
}

/* What a fact counts: rows of the panel; for those that have none, years of the municipality that would have had one, and
 * rows that a whole would need. */
static behov_word count_word(behov_merge_fact_kind kind)
{
    return kind == BEHOV_MERGE_NOT_EXACT    ? BEHOV_WORD_MERGE_COUNT_LINE_YEARS
           : kind == BEHOV_MERGE_INCOMPLETE ? BEHOV_WORD_MERGE_COUNT_LINE_LACKING
                                            : BEHOV_WORD_MERGE_COUNT_LINE;
}

void behov_merge_say_counts(const behov_panel_merge *merge, behov_language lang, behov_wording *words)
{
    char read[BEHOV_NUMBER_SIZE], left[BEHOV_NUMBER_SIZE], places[BEHOV_NUMBER_SIZE], year[16],
        number[BEHOV_NUMBER_SIZE];
    snprintf(year, sizeof year, "%d", merge->year);
    behov_wording_fill(words, lang, BEHOV_WORD_MERGE_COUNTS, "read",
                       behov_format_count(lang, (double)merge->n_rows_read, read), "year", year, "municipalities",
                       behov_format_count(lang, (double)merge->n_municipalities, places), "rows",
                       behov_format_count(lang, (double)merge->n_rows, left), (const char *)NULL);
    for (int kind = 0; kind < BEHOV_N_MERGE_FACTS; kind++) {
        size_t n_panel_rows, n = count(merge, (behov_merge_fact_kind)kind, &n_panel_rows);
        char rows[BEHOV_NUMBER_SIZE];
        if (n == 0)
            continue;
        behov_wording_add(words, "\n");
        behov_wording_fill(words, lang, count_word((behov_merge_fact_kind)kind), "fact",
                           behov_merge_fact_label(lang, (behov_merge_fact_kind)kind), "n",
                           behov_format_count(lang, (double)n, number), "rows",
                           behov_format_count(lang, (double)n_panel_rows, rows), (const char *)NULL);
    }
    if (merge->n_not_exact) {
        behov_wording_add(words, "\n");
        behov_wording_fill(words, lang, BEHOV_WORD_MERGE_NOT_EXACT_ROWS, "n",
                           behov_format_count(lang, (double)merge->n_not_exact, number), (const char *)NULL);
    }
}

static behov_status add_panel(const behov_panel_merge *merge, behov_language lang, behov_section_list *list,
                              behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = behov_merge_panel_table(merge, &table, err);
    return status
               ? status
               : behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_MERGE_PANEL),
                                                        .title = behov_label(lang, BEHOV_WORD_SHEET_MERGE_PANEL),
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_MERGE_PANEL),
                                                        .n_frozen_columns = 2,
                                                        .landscape = true},
                                        table, err);
}

behov_status behov_merge_add(const behov_panel_merge *merge, behov_language lang, bool is_workbook,
                             behov_section_list *list, behov_error *err)
{
    told told = {merge, lang, 0};
    while (told.n < merge->n_facts && merge->facts[told.n].kind != BEHOV_MERGE_UNCHANGED)
        told.n++;
    behov_report *table = NULL;
    behov_wording counts = {0}, title = {0};
    char year[16];
    snprintf(year, sizeof year, "%d", merge->year);
    behov_wording_fill(&title, lang, BEHOV_WORD_MERGE_TITLE, "year", year, (const char *)NULL);
    behov_status status = is_workbook ? add_panel(merge, lang, list, err) : BEHOV_OK;
    if (!status)
        status = facts_table(&told, &table, err);
    if (!status)
        status = behov_section_list_add_said(list,
                                             (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_MERGE),
                                                             .table_name = behov_label(lang, BEHOV_WORD_SHEET_MERGE),
                                                             .landscape = true},
                                             &title, NULL, table, err);
    behov_merge_say_counts(merge, lang, &counts);
    char *line = behov_wording_status(&counts, err) ? NULL : counts.text;
    for (char *next = NULL; !status && line; line = next) {
        if ((next = strchr(line, '\n')))
            *next++ = '\0';
        status = behov_section_list_note(list, line, err);
    }
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_MERGE_METHOD), err);
    if (!status && counts.has_no_memory)
        status = behov_wording_status(&counts, err);
    behov_wording_free(&counts);
    behov_wording_free(&title);
    return status;
}
