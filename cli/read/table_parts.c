/* table_parts.c - see table_parts.h. */
#include "table_parts.h"

#include <behov/parallel.h>
#include <stdlib.h>
#include <string.h>

static bool is_stored(const csv_column *column)
{
    return column->role == CSV_NUMBER || column->role == CSV_TEXT;
}

/* ---------------------------------------------------------------- beginning and end */

static void start_column(table_rows *part, csv_column *column, const csv_column *known)
{
    csv_column before = *column;
    free(before.why_text);
    behov_dictionary_free(before.levels);
    *column = *known;
    column->numbers = before.numbers;
    column->codes = before.codes;
    column->decimals = before.decimals;
    column->levels = NULL;
    column->why_text = column->mended = NULL;
    column->n_numbers = 0;
    column->last_code = -1;
    if (column->role == CSV_TEXT)
        part->status = behov_dictionary_new(&column->levels, part->err);
    if (part->status == BEHOV_OK && is_stored(column))
        part->status = csv_column_make_room(column, part->capacity, part->source, part->err);
}

void table_part_start(table_rows *part, const table_rows *whole, size_t n_rows, behov_error *err)
{
    table_rows before = *part;
    *part = (table_rows){.options = whole->options, .source = whole->source, .layout = whole->layout, .err = err};
    part->rules = whole->rules;
    part->rules.marks_told = &part->marks_told;
    part->n_columns = whole->n_columns;
    part->has_header = part->is_part = true;
    part->is_second_pass = whole->is_second_pass;
    part->line = 1; /* they are counted from where the part begins */
    part->capacity = before.capacity > n_rows ? before.capacity : n_rows;
    part->notes = before.notes;
    csv_notes_forget(&part->notes);
    part->notes.n_columns = whole->notes.n_columns;
    part->notes.column = whole->notes.column;
    part->columns = before.columns ? before.columns : calloc(part->n_columns, sizeof *part->columns);
    uint32_t *lines = realloc(before.lines, part->capacity * sizeof *lines);
    part->lines = lines ? lines : before.lines;
    if (!part->columns || !lines) {
        table_rows_fail_out_of_memory(part);
        part->n_columns = part->columns ? part->n_columns : 0;
        return;
    }
    for (size_t j = 0; part->status == BEHOV_OK && j < part->n_columns; j++)
        start_column(part, &part->columns[j], &whole->columns[j]);
}

void table_part_free(table_rows *part)
{
    for (size_t j = 0; part->columns && j < part->n_columns; j++) {
        part->columns[j].name = NULL; /* the table's */
        part->columns[j].mended = NULL;
        csv_column_clear(&part->columns[j]);
    }
    free(part->columns);
    free(part->lines);
    csv_notes_clear(&part->notes);
}

/* ---------------------------------------------------------------- what the columns know */

/* The first cells of a column that is not read are looked at for their marks, by rows that are counted from the first. */
bool table_parts_may_begin(const table_rows *whole)
{
    bool are_looked_at = false;
    for (size_t j = 0; j < whole->n_columns; j++)
        are_looked_at |= whole->columns[j].role == CSV_SKIPPED;
    return !are_looked_at || whole->is_second_pass || whole->row >= TABLE_ROWS_LOOKED_AT;
}

bool table_parts_agree(const csv_column *columns, const csv_column *others, size_t n_columns)
{
    bool agree = true;
    for (size_t j = 0; agree && j < n_columns; j++) {
        const csv_column *x = &columns[j], *y = &others[j];
        agree = x->role == y->role && x->decimal_mark == y->decimal_mark && x->mark_line == y->mark_line &&
                x->may_be_thousands == y->may_be_thousands && x->thousands_mark == y->thousands_mark &&
                x->thousands_line == y->thousands_line && x->either_mark == y->either_mark &&
                x->is_settled == y->is_settled && x->has_late_thousands == y->has_late_thousands &&
                x->must_be_read_again == y->must_be_read_again && x->loses_digits == y->loses_digits &&
                x->first_line == y->first_line;
    }
    return agree;
}

/* ---------------------------------------------------------------- joining */

typedef struct joining {
    table_rows *whole;
    table_rows *const *parts;
    size_t n_parts;
    bool *is_short; /* of memory, by column */
} joining;

/* The texts of a part get the codes of the table, which gets those that it did not have in their order. */
static bool join_codes(csv_column *column, const csv_column *added, size_t first, size_t n_rows)
{
    size_t n_levels = behov_dictionary_count(added->levels);
    int32_t *codes = malloc((n_levels + 1) * sizeof *codes);
    bool is_good = codes != NULL;
    for (size_t i = 0; is_good && i < n_levels; i++) {
        const char *text = behov_dictionary_text(added->levels, (int32_t)i);
        is_good = behov_dictionary_intern(column->levels, text, strlen(text), &codes[i], NULL) == BEHOV_OK;
    }
    for (size_t i = 0; is_good && i < n_rows; i++)
        column->codes[first + i] = added->codes[i] < 0 ? added->codes[i] : codes[added->codes[i]];
    free(codes);
    return is_good;
}

static void join_column(const joining *joining, size_t j)
{
    csv_column *column = &joining->whole->columns[j];
    size_t first = joining->whole->row;
    for (size_t i = 0; is_stored(column) && i < joining->n_parts; i++) {
        const table_rows *part = joining->parts[i];
        const csv_column *added = &part->columns[j];
        if (column->role == CSV_NUMBER)
            memcpy(column->numbers + first, added->numbers, part->row * sizeof *added->numbers);
        if (column->role == CSV_NUMBER && column->keeps_decimals)
            memcpy(column->decimals + first, added->decimals, part->row * sizeof *added->decimals);
        if (column->role == CSV_TEXT && !join_codes(column, added, first, part->row)) {
            joining->is_short[j] = true;
            return;
        }
        column->n_numbers += added->n_numbers;
        first += part->row;
    }
}

static void join_lines(const joining *joining)
{
    table_rows *whole = joining->whole;
    size_t first = whole->row, line = whole->line;
    for (size_t i = 0; i < joining->n_parts; i++) {
        const table_rows *part = joining->parts[i];
        for (size_t k = 0; k < part->row && !whole->is_second_pass; k++)
            whole->lines[first + k] = (uint32_t)(part->lines[k] + line - 1);
        first += part->row;
        line += part->line - 1;
    }
}

static void join(void *context, size_t index)
{
    const joining *joining = context;
    if (index == joining->whole->n_columns)
        join_lines(joining);
    else
        join_column(joining, index);
}

/* What was counted beside the cells. */
static void join_counts(table_rows *whole, const table_rows *part)
{
    if (!whole->n_broken && part->n_broken) {
        whole->broken = part->broken;
        whole->broken.first_line += whole->line - 1;
        whole->broken.last_line += whole->line - 1;
    }
    whole->n_broken += part->n_broken;
    whole->n_empty_rows += part->n_empty_rows;
    for (size_t i = 0; i < 2; i++) {
        whole->marks_told.n_decimal[i] += part->marks_told.n_decimal[i];
        whole->marks_told.n_thousands[i] += part->marks_told.n_thousands[i];
    }
    whole->row += part->row;
    whole->line += part->line - 1;
    whole->is_after_blank = part->is_after_blank;
}

void table_parts_join(table_rows *whole, table_rows *const *parts, size_t n_parts, size_t n_threads)
{
    size_t n_rows = whole->row;
    for (size_t i = 0; i < n_parts; i++)
        n_rows += parts[i]->row;
    while (whole->status == BEHOV_OK && whole->capacity <= n_rows)
        table_rows_make_room(whole);
    bool *is_short = calloc(whole->n_columns + 1, sizeof *is_short);
    if (!is_short && whole->status == BEHOV_OK)
        table_rows_fail_out_of_memory(whole);
    if (whole->status == BEHOV_OK) {
        joining joining = {.whole = whole, .parts = parts, .n_parts = n_parts, .is_short = is_short};
        behov_parallel(n_threads, whole->n_columns + 1, join, &joining);
        for (size_t i = 0; i < n_parts; i++)
            join_counts(whole, parts[i]);
        bool any_short = false;
        for (size_t j = 0; j < whole->n_columns; j++)
            any_short |= is_short[j];
        if (any_short)
            table_rows_fail_out_of_memory(whole);
    }
    free(is_short);
}
