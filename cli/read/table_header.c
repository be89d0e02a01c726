/* table_header.c - the names of a table's columns, and how each of them is asked for. */
#include <stdlib.h>
#include <string.h>

#include "table_rows.h"

/* A name from the header: no blanks of any width around it, no line breaks in it. NULL when memory is short. */
static char *name_of(const char *text, size_t length)
{
    for (size_t n; length && ((n = csv_blank_at(text, length)) > 0 || *text == '\r' || *text == '\n');) {
        n = n ? n : 1;
        text += n;
        length -= n;
    }
    for (size_t n;
         length && ((n = csv_blank_before(text, length)) > 0 || text[length - 1] == '\r' || text[length - 1] == '\n');)
        length -= n ? n : 1;
    char *name = malloc(length + 1);
    if (!name)
        return NULL;
    for (size_t i = 0; i < length; i++)
        name[i] = (unsigned char)text[i] < ' ' ? ' ' : text[i];
    name[length] = '\0';
    return name;
}

void table_header_take_name(table_rows *rows, const char *text, size_t length)
{
    if (rows->n_columns == rows->room) {
        size_t room = rows->room ? 2 * rows->room : 32;
        csv_column *columns =
            room <= SIZE_MAX / sizeof *columns ? realloc(rows->columns, room * sizeof *columns) : NULL;
        if (!columns) {
            table_rows_fail_out_of_memory(rows);
            return;
        }
        rows->columns = columns;
        rows->room = room;
    }
    csv_column *column = &rows->columns[rows->n_columns];
    *column = (csv_column){.name = name_of(text, length)};
    if (!column->name)
        table_rows_fail_out_of_memory(rows);
    else
        rows->n_columns++;
}

void table_header_forget_names(table_rows *rows)
{
    for (size_t j = 0; j < rows->n_columns; j++)
        csv_column_clear(&rows->columns[j]);
    rows->n_columns = 0;
}

/* Every name once. A dictionary finds the second one, so that a header of many thousand columns takes no time. */
static void refuse_duplicates(table_rows *rows)
{
    behov_dictionary *names = NULL;
    size_t *first = malloc(rows->n_columns * sizeof *first); /* code -> column */
    if (!first) {
        table_rows_fail_out_of_memory(rows);
        return;
    }
    rows->status = behov_dictionary_new(&names, rows->err);
    for (size_t j = 0; rows->status == BEHOV_OK && j < rows->n_columns; j++) {
        const char *name = rows->columns[j].name;
        if (!name[0])
            continue;
        size_t n_before = behov_dictionary_count(names);
        int32_t code;
        rows->status = behov_dictionary_intern(names, name, strlen(name), &code, rows->err);
        if (rows->status != BEHOV_OK)
            break;
        if (behov_dictionary_count(names) == n_before)
            table_rows_fail(rows, rows->line, NULL, SAY_CSV_FILE_NAME_TWICE, first[code] + 1, j + 1,
                            behov_cut(name, 80).text);
        else
            first[code] = j;
    }
    behov_dictionary_free(names);
    free(first);
}

/* Whether a column is called so in the header, other than the one at `but`. */
static bool has_name(const table_rows *rows, const char *name, size_t but)
{
    for (size_t j = 0; j < rows->n_columns; j++)
        if (j != but && strcmp(rows->columns[j].name, name) == 0)
            return true;
    return false;
}

/* Columns that are called by a label get the name that it stands for; one that another column has already stays as it is,
 * for nobody can tell which of the two is meant. */
static void know_labels(table_rows *rows)
{
    behov_said known = {.text = ""};
    size_t n_known = 0;
    enum { MOST_TOLD = 12 };
    for (size_t j = 0; rows->options->know && rows->status == BEHOV_OK && j < rows->n_columns; j++) {
        csv_column *column = &rows->columns[j];
        const char *name = NULL;
        if (column->name[0])
            rows->status = rows->options->know(rows->options->context, column->name, &name, rows->err);
        if (rows->status == BEHOV_E_DATA && name && has_name(rows, name, j))
            rows->status = BEHOV_OK, name = NULL; /* a label of another unit beside the column itself: an own column */
        if (rows->status != BEHOV_OK || !name)
            continue;
        if (has_name(rows, name, j)) {
            table_rows_fail(rows, rows->line, NULL, SAY_COLUMN_LABEL_AND_NAME, behov_cut(column->name, 80).text,
                            behov_cut(name, 60).text);
            continue;
        }
        char *copy = malloc(strlen(name) + 1);
        if (!copy) {
            table_rows_fail_out_of_memory(rows);
            return;
        }
        strcpy(copy, name);
        behov_said before = known, entry = behov_phrase(SAY_COLUMN_LABEL_KNOWN, behov_cut(column->name, 80).text,
                                                        behov_cut(name, 60).text);
        if (n_known++ < MOST_TOLD)
            behov_phrase_list(&known, before.text, n_known > 1 ? ", " : "", entry.text, NULL);
        free(column->name);
        column->name = copy;
    }
    if (n_known && rows->status == BEHOV_OK)
        csv_told_labels(&(csv_told){.options = rows->options, .source = rows->source}, known.text,
                        n_known > MOST_TOLD ? ", \u2026" : "");
}

void table_header_end(table_rows *rows)
{
    know_labels(rows);
    if (rows->status == BEHOV_OK)
        refuse_duplicates(rows);
    for (size_t j = 0; rows->status == BEHOV_OK && j < rows->n_columns; j++) {
        csv_column *column = &rows->columns[j];
        if (!column->name[0]) {
            column->role = CSV_NAMELESS;
            continue;
        }
        column->read_kind =
            rows->options->choose ? rows->options->choose(rows->options->context, column->name) : BEHOV_READ_AS_FOUND;
        if (column->read_kind != BEHOV_READ_NOT)
            rows->status = csv_column_start(
                column,
                column->read_kind == BEHOV_READ_AS_TEXT || column->read_kind == BEHOV_READ_AS_CODE ? CSV_TEXT
                                                                                                   : CSV_NUMBER,
                rows->capacity, &rows->rules, rows->err);
    }
    size_t first = 0;
    while (first < rows->n_columns && !rows->columns[first].name[0])
        first++;
    rows->notes.column = first;
    for (size_t j = first; j < rows->n_columns; j++)
        rows->notes.n_columns += rows->columns[j].name[0] != '\0';
    rows->has_header = true;
}
