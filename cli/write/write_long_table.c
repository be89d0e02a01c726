/* write_long_table.c - see write_long_table.h. */
#include "write_long_table.h"

#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/table_report.h>
#include <behov/wording.h>
#include "json_build.h"
#include "visible.h"
#include "write_json.h"

/* "12134: … (Statistisk sentralbyrå, 2026-03-16)", what the file says of itself. */
static void say_origin(const behov_long_table *table, behov_wording *words)
{
    if (table->label)
        behov_wording_add(words, table->label);
    if (table->source || table->updated)
        behov_wording_add(words, table->label ? " (" : "(");
    if (table->source)
        behov_wording_add(words, table->source);
    if (table->updated) {
        behov_wording_add(words, table->source ? ", " : "");
        behov_wording_add(words, table->updated);
    }
    if (table->source || table->updated)
        behov_wording_add(words, ")");
    if (words->length)
        behov_wording_add(words, "\n");
}

static void say_count(behov_language lang, size_t n, behov_word word_of_one, behov_word word, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, lang, n == 1 ? word_of_one : word, "n", behov_format_count(lang, (double)n, number),
                       (const char *)NULL);
}

/* A list, as those of KLASS are, has texts alone. */
static void say_list(const long_table_results *results, behov_wording *words)
{
    const behov_table *table = results->long_table.table;
    char rows[BEHOV_NUMBER_SIZE], columns[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, results->lang, BEHOV_WORD_LONG_TABLE_LIST, "rows",
                       behov_format_count(results->lang, (double)behov_table_n_rows(table), rows), "columns",
                       behov_format_count(results->lang, (double)behov_table_n_columns(table), columns),
                       (const char *)NULL);
}

static void say_counts(const long_table_results *results, behov_wording *words)
{
    const behov_long_table *table = &results->long_table;
    behov_language lang = results->lang;
    char values[BEHOV_NUMBER_SIZE], missing[BEHOV_NUMBER_SIZE];
    size_t n_rows = behov_table_n_rows(table->table);
    behov_wording cells = {0}, dimensions = {0};
    say_count(lang, n_rows, BEHOV_WORD_LONG_TABLE_CELL, BEHOV_WORD_LONG_TABLE_CELLS, &cells);
    say_count(lang, table->n_dimensions, BEHOV_WORD_LONG_TABLE_DIMENSION, BEHOV_WORD_LONG_TABLE_DIMENSIONS,
              &dimensions);
    behov_wording_fill(words, lang, BEHOV_WORD_LONG_TABLE_COUNTS, "rows", behov_wording_text(&cells), "dimensions",
                       behov_wording_text(&dimensions), "values",
                       behov_format_count(lang, (double)table->n_values, values), "missing",
                       behov_format_count(lang, (double)table->n_missing, missing), (const char *)NULL);
    behov_wording_spend(words, &cells);
    behov_wording_spend(words, &dimensions);
    const char *mark = " ";
    for (int i = 1; i < BEHOV_N_MISSING; i++)
        if (table->n_marked[i]) {
            const char *label = behov_label_of_missing(lang, (behov_missing)i);
            bool is_quoted = strcmp(label, behov_missing_text((behov_missing)i)) == 0 && i != BEHOV_MISSING_EMPTY;
            behov_wording_print(words, "%s%s%s%s %s", mark, is_quoted ? "«" : "", label, is_quoted ? "»" : "",
                                behov_format_count(lang, (double)table->n_marked[i], missing));
            mark = ", ";
        }
}

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    const long_table_results *results = context;
    const behov_table *table = results->long_table.table;
    behov_wording words = {0};
    say_origin(&results->long_table, &words);
    if (behov_table_find(table, "value") < 0)
        say_list(results, &words);
    else
        say_counts(results, &words);
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        const behov_dictionary *levels = behov_table_levels(table, j);
        char n[BEHOV_NUMBER_SIZE];
        behov_wording_print(&words, "\n  %s", behov_table_name(table, j));
        if (!levels)
            continue;
        behov_wording_print(&words, ": %s (",
                            behov_format_count(results->lang, (double)behov_dictionary_count(levels), n));
        for (size_t i = 0; i < behov_dictionary_count(levels) && i < 6; i++) {
            behov_wording_add(&words, i ? ", " : "");
            behov_wording_add(&words, behov_cut(behov_dictionary_text(levels, (int32_t)i), 40).text);
        }
        behov_wording_add(&words, behov_dictionary_count(levels) > 6 ? " …)" : ")");
    }
    behov_status status = behov_wording_status(&words, err);
    if (!status)
        print_visible(out, "%s\n", behov_wording_text(&words));
    behov_wording_free(&words);
    return status;
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_table_report(((const long_table_results *)context)->long_table.table, "long_table", report, err);
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const long_table_results *results = context;
    behov_report *report = NULL;
    (void)is_workbook;
    behov_status status = rows(context, &report, err);
    const char *name = behov_label(results->lang, BEHOV_WORD_SHEET_LONG_TABLE);
    return status ? status
                  : behov_section_list_add(
                        list,
                        (behov_section){.name = name,
                                        .title = results->long_table.label ? results->long_table.label : name,
                                        .table_name = name,
                                        .landscape = true},
                        report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const long_table_results *results = context;
    const behov_long_table *table = &results->long_table;
    json_t *object = json_object(), *columns = json_array(), *marks = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "data", json_text(results->path));
    json_put(object, "label", json_text(table->label));
    json_put(object, "source", json_text(table->source));
    json_put(object, "updated", json_text(table->updated));
    json_put(object, "n_rows", json_count(behov_table_n_rows(table->table)));
    json_put(object, "n_dimensions", json_count(table->n_dimensions));
    json_put(object, "n_values", json_count(table->n_values));
    json_put(object, "n_missing", json_count(table->n_missing));
    for (int i = 1; i < BEHOV_N_MISSING; i++)
        if (table->n_marked[i])
            json_put(marks, behov_missing_key((behov_missing)i), json_count(table->n_marked[i]));
    json_put(object, "missing_by_mark", marks);
    for (size_t j = 0; j < behov_table_n_columns(table->table); j++) {
        const behov_dictionary *levels = behov_table_levels(table->table, j);
        json_t *column = json_object();
        json_put(column, "column", json_text(behov_table_name(table->table, j)));
        json_put(column, "n_texts", levels ? json_count(behov_dictionary_count(levels)) : json_null());
        json_add(columns, column);
    }
    json_put(object, "columns", columns);
    return write_json_object(path, object, err);
}

const output_writers long_table_writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_SHEET_LONG_TABLE, .page = page};
