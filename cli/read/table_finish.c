/* table_finish.c - rows that were read into a table: marks that other columns tell, columns that are read once more. */
#include <behov/number.h>
#include <behov/panel.h>
#include <stdlib.h>
#include <string.h>

#include "table_rows.h"

static void start_pass(table_rows *rows)
{
    rows->row = rows->field = rows->text_bytes = rows->extra_bytes = 0;
    rows->is_row = rows->is_after_blank = false;
    csv_notes_forget(&rows->notes);
}

/* ---------------------------------------------------------------- the table */

/* In a file whose fields are separated by commas a point is the decimal mark of those who write such files, and three
 * decimals are common there; but inhabitants have no decimals. */
static bool separator_tells(const table_rows *rows, const csv_column *column)
{
    const marks_told *marks_told = &rows->marks_told;
    size_t n_told =
        marks_told->n_decimal[0] + marks_told->n_decimal[1] + marks_told->n_thousands[0] + marks_told->n_thousands[1];
    return !rows->options->asks_of_thousands && rows->layout->separator == ',' && column->decimal_mark == '.' &&
           n_told == 0 && behov_role_of_name(column->name) != BEHOV_ROLE_POPULATION;
}

/* Columns in which every mark stands before three digits: what the others tell decides, and where they tell nothing, or
 * both, the user is asked, for 8.173 inhabitants are no 8173. */
static void settle_marks(table_rows *rows)
{
    for (size_t j = 0; rows->status == BEHOV_OK && j < rows->n_columns; j++) {
        csv_column *column = &rows->columns[j];
        if (column->role == CSV_NUMBER && column->thousands_mark && column->thousands_mark == column->either_mark)
            column->has_late_thousands = true; /* the first of them had been read as decimals */
        if (!csv_column_asks(column))
            continue;
        char mark = column->decimal_mark;
        int told_number = marks_told_of(&rows->marks_told, mark);
        if (told_number == 0 && separator_tells(rows, column))
            continue;
        if (told_number == 0) {
            if (rows->options->asks_of_thousands && rows->options->is_beside) /* --decimal is of the panel */
                table_rows_fail(rows, column->mark_line, column->name, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_BESIDE,
                                column->shown_text);
            else if (mark == ',')
                table_rows_fail(rows, column->mark_line, column->name, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_COMMA,
                                column->shown_text);
            else
                table_rows_fail(rows, column->mark_line, column->name, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_POINT,
                                column->shown_text);
        } else if (told_number < 0 && rows->options->asks_of_thousands) { /* 1.100 beside 15.3 */
            if (rows->options->is_beside)
                table_rows_fail(rows, column->mark_line, column->name, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_MIXED,
                                column->shown_text);
            else if (mark == ',')
                table_rows_fail(rows, column->mark_line, column->name, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_MIXED_COMMA,
                                column->shown_text);
            else
                table_rows_fail(rows, column->mark_line, column->name, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_MIXED_POINT,
                                column->shown_text);
        } else if (told_number > 0) {
            column->thousands_mark = mark;
            column->decimal_mark = 0;
            column->has_late_thousands = true;
        }
    }
}

/* The second time, only columns that turned out to be text below numbers, or to have marks between thousands. */
static void read_late_columns(table_rows *rows, table_rows_pass *pass, void *context)
{
    bool is_needed = false;
    for (size_t j = 0; j < rows->n_columns; j++)
        is_needed |= rows->columns[j].must_be_read_again || rows->columns[j].has_late_thousands;
    if (!is_needed || rows->status != BEHOV_OK)
        return;
    rows->is_second_pass = true;
    rows->capacity = rows->n_rows + 1; /* more room is not wanted: the columns of the first pass stay */
    for (size_t j = 0; rows->status == BEHOV_OK && j < rows->n_columns; j++) {
        csv_column *column = &rows->columns[j];
        column->role = CSV_SKIPPED;
        if (column->must_be_read_again)
            rows->status = csv_column_start(column, CSV_TEXT, rows->capacity, &rows->rules, rows->err);
        else if (column->has_late_thousands) {
            char decimal_mark = column->decimal_mark;
            rows->status = csv_column_start(column, CSV_NUMBER, rows->capacity, &rows->rules, rows->err);
            column->decimal_mark = decimal_mark;
            column->may_be_thousands = false;
            column->is_settled = false;
        }
    }
    if (rows->status != BEHOV_OK)
        return;
    start_pass(rows);
    rows->has_header = false;
    pass(rows, context);
    table_rows_fail_unreadable(rows);
    if (rows->status == BEHOV_OK && rows->row != rows->n_rows)
        table_rows_fail(rows, rows->line, NULL, SAY_CSV_FILE_CHANGED);
}

static bool is_in_table(const csv_column *column)
{
    return column->role == CSV_NUMBER || column->role == CSV_TEXT || column->numbers || column->codes;
}

static behov_status make_table(table_rows *rows, behov_table **table)
{
    size_t n_rows = rows->n_rows;
    behov_table *new_table;
    behov_status status = behov_table_new(n_rows, text_source_name(rows->source), &new_table, rows->err);
    if (status != BEHOV_OK)
        return status;
    for (size_t j = 0; status == BEHOV_OK && j < rows->n_columns; j++) {
        csv_column *column = &rows->columns[j];
        if (!is_in_table(column)) {
            if (column->name[0])
                status = behov_table_add_unread(new_table, column->name, rows->err);
            continue;
        }
        column->role = column->numbers ? CSV_NUMBER : CSV_TEXT;
        status = csv_column_make_room(column, n_rows, rows->source, rows->err); /* gives back what is too much */
        if (status != BEHOV_OK)
            break;
        if (column->numbers) {
            status = behov_table_add_numbers(new_table, column->name, column->numbers, rows->err);
            if (status == BEHOV_OK) {
                column->numbers = NULL;
                behov_table_set_decimals(new_table, behov_table_n_columns(new_table) - 1, column->decimals);
                column->decimals = NULL;
            }
        } else {
            status = behov_table_add_text(new_table, column->name, column->codes, column->levels, rows->err);
            if (status == BEHOV_OK) {
                column->codes = NULL;
                column->levels = NULL;
            }
        }
    }
    if (status != BEHOV_OK) {
        behov_table_free(new_table);
        return status;
    }
    uint32_t *lines = realloc(rows->lines, (n_rows ? n_rows : 1) * sizeof *lines);
    behov_table_set_lines(new_table, lines ? lines : rows->lines);
    rows->lines = NULL;
    *table = new_table;
    return BEHOV_OK;
}

/* ---------------------------------------------------------------- the whole */

static void mend_keys(table_rows *rows)
{
    for (size_t j = 0; rows->status == BEHOV_OK && j < rows->n_columns; j++)
        if (rows->columns[j].read_kind == BEHOV_READ_AS_CODE && rows->columns[j].codes)
            rows->status =
                csv_column_mend_codes(&rows->columns[j], rows->n_rows, rows->source, rows->options->mending, rows->err);
        else if (rows->columns[j].loses_digits && rows->columns[j].codes)
            rows->status = csv_column_print_notes_equals(&rows->columns[j], rows->source, rows->err);
}

behov_status table_rows_read(table_rows *rows, table_rows_pass *pass, void *context, behov_table **table)
{
    start_pass(rows);
    pass(rows, context);
    rows->n_rows = rows->row;
    table_rows_fail_unreadable(rows);
    char where[BEHOV_PLACE_SIZE];
    text_source_where(rows->source, 0, NULL, where);
    if (rows->status == BEHOV_OK && !rows->has_header)
        return behov_error_say(rows->err, BEHOV_E_DATA, where, SAY_CSV_FILE_NO_TEXT);
    if (rows->status == BEHOV_OK && rows->n_rows == 0 && !rows->options->may_be_empty)
        return behov_error_say(rows->err, BEHOV_E_DATA, where, SAY_CSV_FILE_NO_ROWS);
    if (rows->status == BEHOV_OK)
        settle_marks(rows);
    const csv_told csv_told = {.options = rows->options,
                               .source = rows->source,
                               .layout = rows->layout,
                               .columns = rows->columns,
                               .n_columns = rows->n_columns,
                               .notes = &rows->notes,
                               .n_broken = rows->n_broken,
                               .first_broken_line = rows->broken.first_line,
                               .last_broken_line = rows->broken.last_line,
                               .n_empty_rows = rows->n_empty_rows};
    if (rows->status == BEHOV_OK) /* before the second pass, which forgets the roles */
        csv_told_guesses(&csv_told);
    read_late_columns(rows, pass, context);
    mend_keys(rows);
    if (rows->status != BEHOV_OK)
        return rows->status;
    csv_told_rest(&csv_told);
    return make_table(rows, table);
}

/* ---------------------------------------------------------------- beginning and end */

void table_rows_start(table_rows *rows, const read_csv_options *options, const text_source *source,
                      const csv_layout *layout, behov_error *err)
{
    *rows = (table_rows){.options = options, .source = source, .layout = layout, .err = err};
    rows->rules = (csv_rules){.source = source,
                              .decimal_mark = options->decimal_mark,
                              .missing_text = options->missing_text,
                              .n_missing = options->n_missing,
                              .keeps_decimals = options->keeps_decimals,
                              .marks_told = &rows->marks_told};
}

void table_rows_expect(table_rows *rows, size_t n_rows)
{
    rows->capacity = n_rows;
    rows->lines = malloc(n_rows * sizeof *rows->lines);
    if (!rows->lines)
        table_rows_fail_out_of_memory(rows);
}

void table_rows_free(table_rows *rows)
{
    for (size_t j = 0; j < rows->n_columns; j++)
        csv_column_clear(&rows->columns[j]);
    free(rows->columns);
    free(rows->lines);
    csv_notes_clear(&rows->notes);
}
