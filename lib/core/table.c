/* table.c - columns of numbers and of text. A missing number is a quiet NaN whose low bits carry the mark. */
#include <behov/table.h>

#include <behov/near_word.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "dictionary_parts.h"

enum { ALIASES_MAX = 8 };

typedef struct table_column {
    char *name;
    behov_column_kind kind;
    bool is_borrowed; /* the numbers are the caller's */
    double *numbers;
    int32_t *codes;
    behov_dictionary *levels;
    uint8_t *decimals; /* of each number as its file has it; NULL = not known */
} table_column;

struct behov_table {
    char *source;
    size_t n_rows, n_columns, room;
    table_column *columns;
    uint32_t *lines; /* NULL = they follow each other from `first_line`, 0 = not known */
    uint32_t first_line;
    bool has_rows;       /* `lines` are rows of a file that has no lines */
    char *sheet;         /* rows and columns are those of a sheet of this name; NULL = of none */
    uint32_t *positions; /* of the first n_positions columns in the sheet */
    size_t n_positions;
    uint8_t *row_marks; /* NULL = no row is marked */
    size_t n_marked;
    char **unread;
    size_t n_unread;
    char *aliases[ALIASES_MAX];
    size_t alias_columns[ALIASES_MAX], n_aliases;
};

/* Quiet NaN, with a tag that no arithmetic makes by itself, and the mark in the low byte. */
static const uint64_t missing_tag = 0x7FF8BE0500000000u;

static const struct {
    const char *in_file, *in_words;
} marks[BEHOV_MISSING_A] = {
    [BEHOV_PRESENT] = {NULL, ""},
    [BEHOV_MISSING_EMPTY] = {"", "empty"},
    [BEHOV_MISSING_DOT] = {".", "."},
    [BEHOV_MISSING_TWO_DOTS] = {"..", ".."},
    [BEHOV_MISSING_COLON] = {":", ":"},
    [BEHOV_MISSING_NA] = {"NA", "NA"},
    [BEHOV_MISSING_NULL] = {"NULL", "NULL"},
    [BEHOV_MISSING_OTHER] = {NULL, PHRASE_TABLE_MISSING_USER_MARK},
    [BEHOV_MISSING_DECLARED] = {NULL, PHRASE_TABLE_MISSING_DECLARED},
};

static const char extended_marks[BEHOV_N_MISSING - BEHOV_MISSING_A][3] = {
    ".a", ".b", ".c", ".d", ".e", ".f", ".g", ".h", ".i", ".j", ".k", ".l", ".m",
    ".n", ".o", ".p", ".q", ".r", ".s", ".t", ".u", ".v", ".w", ".x", ".y", ".z"};

const char *behov_missing_text(behov_missing mark)
{
    if (mark >= BEHOV_MISSING_A)
        return mark < BEHOV_N_MISSING ? extended_marks[mark - BEHOV_MISSING_A] : "";
    return marks[mark].in_words;
}

const char *behov_missing_key(behov_missing mark)
{
    return mark == BEHOV_MISSING_OTHER      ? "user_mark"
           : mark == BEHOV_MISSING_DECLARED ? "declared_missing"
                                            : behov_missing_text(mark);
}

behov_missing behov_missing_of_text(const char *text, size_t length)
{
    while (length && (text[0] == ' ' || text[0] == '\t'))
        text++, length--;
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    if (length > 4)
        return BEHOV_PRESENT;
    for (int mark = BEHOV_MISSING_EMPTY; mark < BEHOV_MISSING_A; mark++) {
        const char *known_text = marks[mark].in_file;
        if (known_text && strlen(known_text) == length && memcmp(known_text, text, length) == 0)
            return (behov_missing)mark;
    }
    return BEHOV_PRESENT;
}

double behov_missing_number(behov_missing mark)
{
    uint64_t bits = missing_tag | (uint64_t)mark;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

behov_missing behov_missing_of_number(double value)
{
    if (value == value)
        return BEHOV_PRESENT;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t mark = bits & 0xFF;
    if ((bits & 0x7FFFFFFFFFFFFF00u) == missing_tag && mark > BEHOV_PRESENT && mark < BEHOV_N_MISSING)
        return (behov_missing)mark;
    return BEHOV_MISSING_EMPTY;
}

int32_t behov_missing_code(behov_missing mark)
{
    return -(int32_t)mark;
}

behov_missing behov_missing_of_code(int32_t code)
{
    if (code >= 0)
        return BEHOV_PRESENT;
    return code > -(int32_t)BEHOV_N_MISSING ? (behov_missing)-code : BEHOV_MISSING_EMPTY;
}

behov_status behov_table_new(size_t n_rows, const char *source, behov_table **table, behov_error *err)
{
    if (n_rows >= UINT32_MAX)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_TABLE_TOO_MANY_ROWS);
    behov_table *new_table = behov_alloc(1, sizeof *new_table);
    char *name = behov_copy_text(source ? source : "", source ? strlen(source) : 0);
    if (!new_table || !name) {
        free(new_table);
        free(name);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_TABLE);
    }
    new_table->n_rows = n_rows;
    new_table->source = name;
    *table = new_table;
    return BEHOV_OK;
}

void behov_table_free(behov_table *table)
{
    if (!table)
        return;
    for (size_t j = 0; j < table->n_columns; j++) {
        free(table->columns[j].name);
        if (!table->columns[j].is_borrowed)
            free(table->columns[j].numbers);
        free(table->columns[j].codes);
        free(table->columns[j].decimals);
        behov_dictionary_free(table->columns[j].levels);
    }
    for (size_t i = 0; i < table->n_aliases; i++)
        free(table->aliases[i]);
    for (size_t i = 0; i < table->n_unread; i++)
        free(table->unread[i]);
    free(table->unread);
    free(table->columns);
    free(table->lines);
    free(table->sheet);
    free(table->positions);
    free(table->row_marks);
    free(table->source);
    free(table);
}

static behov_status add_column(behov_table *table, const char *name, table_column column, behov_error *err)
{
    if (!name || !name[0])
        return behov_error_say(err, BEHOV_E_NAME, table->source, SAY_TABLE_COLUMN_WITHOUT_NAME);
    if (behov_phrase_is_forged(name, strlen(name)))
        return behov_error_say(err, BEHOV_E_NAME, table->source, SAY_DICTIONARY_CONTROL_CHARACTER);
    if (behov_table_find(table, name) >= 0)
        return behov_error_say(err, BEHOV_E_NAME, table->source, SAY_TABLE_COLUMN_TWICE, name);
    if (table->n_columns == table->room) {
        size_t room = table->room ? 2 * table->room : 16;
        table_column *columns = behov_realloc(table->columns, room, sizeof *columns);
        if (!columns)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COLUMN);
        table->columns = columns;
        table->room = room;
    }
    column.name = behov_copy_text(name, strlen(name));
    if (!column.name)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COLUMN_NAME);
    table->columns[table->n_columns++] = column;
    return BEHOV_OK;
}

behov_status behov_table_add_numbers(behov_table *table, const char *name, double *values, behov_error *err)
{
    return add_column(table, name, (table_column){.kind = BEHOV_COLUMN_NUMBER, .numbers = values}, err);
}

void behov_table_set_decimals(behov_table *table, size_t column, uint8_t *decimals)
{
    free(table->columns[column].decimals);
    table->columns[column].decimals = decimals;
}

int behov_table_decimals(const behov_table *table, size_t column, size_t row)
{
    const uint8_t *decimals = table->columns[column].decimals;
    return !decimals || decimals[row] == BEHOV_TABLE_DECIMALS_UNKNOWN ? -1 : decimals[row];
}

behov_status behov_table_add_text(behov_table *table, const char *name, int32_t *codes, behov_dictionary *levels,
                                  behov_error *err)
{
    behov_status status =
        add_column(table, name, (table_column){.kind = BEHOV_COLUMN_TEXT, .codes = codes, .levels = levels}, err);
    if (!status)
        dictionary_settle(levels);
    return status;
}

behov_status behov_table_copy_numbers(behov_table *table, const char *name, const double *values, behov_error *err)
{
    double *copy = behov_alloc(table->n_rows, sizeof *copy);
    if (!copy)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COLUMN);
    if (table->n_rows)
        memcpy(copy, values, table->n_rows * sizeof *copy);
    behov_status status = behov_table_add_numbers(table, name, copy, err);
    if (status)
        free(copy);
    return status;
}

behov_status behov_table_borrow_numbers(behov_table *table, const char *name, const double *values, behov_error *err)
{
    /* The table never writes into a column, so the cast takes nothing away from the caller. */
    table_column column = {.kind = BEHOV_COLUMN_NUMBER, .is_borrowed = true, .numbers = (double *)(uintptr_t)values};
    return add_column(table, name, column, err);
}

/* The code of a cell: NULL and the marks of missing values have codes below zero. */
static behov_status code_cell(behov_dictionary *levels, const char *text, int32_t *code, behov_error *err)
{
    size_t length = text ? strlen(text) : 0;
    behov_missing mark = behov_missing_of_text(text ? text : "", length);
    if (mark == BEHOV_PRESENT)
        return behov_dictionary_intern(levels, text, length, code, err);
    *code = behov_missing_code(mark);
    return BEHOV_OK;
}

behov_status behov_table_copy_text(behov_table *table, const char *name, const char *const *texts, behov_error *err)
{
    behov_dictionary *levels = NULL;
    int32_t *codes = behov_alloc(table->n_rows, sizeof *codes);
    behov_status status =
        codes ? behov_dictionary_new(&levels, err) : behov_out_of_memory(err, PHRASE_MEMORY_FOR_COLUMN);
    for (size_t i = 0; i < table->n_rows && !status; i++)
        status = code_cell(levels, texts[i], &codes[i], err);
    if (!status)
        status = behov_table_add_text(table, name, codes, levels, err);
    if (status) {
        behov_dictionary_free(levels);
        free(codes);
    }
    return status;
}

behov_status behov_table_mark_row(behov_table *table, size_t row, behov_row_mark mark, behov_error *err)
{
    if (!table->row_marks && !(table->row_marks = behov_alloc(table->n_rows, sizeof *table->row_marks)))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_MARKS);
    table->n_marked += (mark != BEHOV_ROW_MUNICIPALITY) - (size_t)(table->row_marks[row] != BEHOV_ROW_MUNICIPALITY);
    table->row_marks[row] = (uint8_t)mark;
    return BEHOV_OK;
}

behov_row_mark behov_table_row_mark(const behov_table *table, size_t row)
{
    return table->row_marks ? (behov_row_mark)table->row_marks[row] : BEHOV_ROW_MUNICIPALITY;
}

size_t behov_table_n_marked(const behov_table *table)
{
    return table->n_marked;
}

void behov_table_set_lines(behov_table *table, uint32_t *lines)
{
    size_t n_following = 0; /* rows from the first on whose lines follow each other, which are all in most files */
    while (lines && n_following < table->n_rows && lines[n_following] == lines[0] + (uint32_t)n_following)
        n_following++;
    free(table->lines);
    table->lines = lines;
    table->first_line = 0;
    if (n_following && n_following == table->n_rows) {
        table->first_line = lines[0];
        table->lines = NULL;
        free(lines);
    }
}

bool behov_table_counts_rows(const behov_table *table)
{
    return table->has_rows;
}

void behov_table_count_rows(behov_table *table)
{
    table->has_rows = true;
}

behov_status behov_table_count_cells(behov_table *table, const char *sheet, uint32_t *positions, behov_error *err)
{
    free(table->positions);
    table->positions = positions;
    table->n_positions = table->n_columns;
    table->has_rows = true;
    char *copy = behov_realloc(NULL, strlen(sheet) + 1, 1);
    if (!copy)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_TABLE);
    strcpy(copy, sheet);
    free(table->sheet);
    table->sheet = copy;
    return BEHOV_OK;
}

behov_status behov_table_add_alias(behov_table *table, const char *alias, size_t column, behov_error *err)
{
    return behov_table_find(table, alias) >= 0 ? BEHOV_OK : behov_table_lend_name(table, alias, column, err);
}

behov_status behov_table_lend_name(behov_table *table, const char *alias, size_t column, behov_error *err)
{
    if (behov_table_find(table, alias) == (ptrdiff_t)column)
        return BEHOV_OK;
    for (size_t i = 0; i < table->n_aliases; i++)
        if (strcmp(table->aliases[i], alias) == 0 && column < table->n_columns) {
            table->alias_columns[i] = column;
            return BEHOV_OK;
        }
    if (column >= table->n_columns || table->n_aliases == ALIASES_MAX)
        return behov_error_say(err, BEHOV_E_ARGUMENT, table->source, SAY_TABLE_NO_ALIAS, alias);
    char *copy = behov_copy_text(alias, strlen(alias));
    if (!copy)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COLUMN_ALIAS);
    table->aliases[table->n_aliases] = copy;
    table->alias_columns[table->n_aliases++] = column;
    return BEHOV_OK;
}

behov_status behov_table_add_unread(behov_table *table, const char *name, behov_error *err)
{
    char **unread = behov_realloc(table->unread, table->n_unread + 1, sizeof *unread);
    if (unread)
        table->unread = unread;
    char *copy = behov_copy_text(name, strlen(name));
    if (!unread || !copy) {
        free(copy);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COLUMN_NAMES);
    }
    unread[table->n_unread++] = copy;
    return BEHOV_OK;
}

size_t behov_table_n_unread(const behov_table *table)
{
    return table->n_unread;
}

const char *behov_table_unread(const behov_table *table, size_t i)
{
    return table->unread[i];
}

const char *behov_table_source(const behov_table *table)
{
    return table->source;
}

size_t behov_table_n_rows(const behov_table *table)
{
    return table->n_rows;
}

size_t behov_table_n_columns(const behov_table *table)
{
    return table->n_columns;
}

ptrdiff_t behov_table_find(const behov_table *table, const char *name)
{
    for (size_t i = 0; i < table->n_aliases; i++) /* before the columns: a name may have been lent to another */
        if (strcmp(table->aliases[i], name) == 0)
            return (ptrdiff_t)table->alias_columns[i];
    for (size_t j = 0; j < table->n_columns; j++)
        if (strcmp(table->columns[j].name, name) == 0)
            return (ptrdiff_t)j;
    return -1;
}

const char *behov_table_name(const behov_table *table, size_t column)
{
    return table->columns[column].name;
}

behov_column_kind behov_table_kind(const behov_table *table, size_t column)
{
    return table->columns[column].kind;
}

const double *behov_table_numbers(const behov_table *table, size_t column)
{
    return table->columns[column].numbers;
}

const int32_t *behov_table_codes(const behov_table *table, size_t column)
{
    return table->columns[column].codes;
}

const behov_dictionary *behov_table_levels(const behov_table *table, size_t column)
{
    return table->columns[column].levels;
}

uint32_t behov_table_line(const behov_table *table, size_t row)
{
    if (table->lines)
        return table->lines[row];
    return table->first_line ? table->first_line + (uint32_t)row : 0;
}

behov_missing behov_table_missing(const behov_table *table, size_t column, size_t row)
{
    if (table->columns[column].kind == BEHOV_COLUMN_NUMBER)
        return behov_missing_of_number(table->columns[column].numbers[row]);
    return behov_missing_of_code(table->columns[column].codes[row]);
}

/* The last bytes of a name, whole letters, that fit: of a long path the file stays. */
static const char *end_of(const char *name, size_t most)
{
    size_t length = strlen(name);
    const char *start = length > most ? name + length - most : name;
    while (start > name && ((unsigned char)*start & 0xC0) == 0x80)
        start++;
    return start;
}

/* The letters of a column of a sheet, from 0: A, B, ... Z, AA. */
static void column_letters(uint32_t position, char letters[8])
{
    char reversed[8];
    size_t n = 0, k = 0;
    for (uint32_t rest = position + 1; rest && n < sizeof reversed - 1; rest = (rest - 1) / 26)
        reversed[n++] = (char)('A' + (rest - 1) % 26);
    while (n)
        letters[k++] = reversed[--n];
    letters[k] = '\0';
}

/* "sheet "Data", row 12", "sheet "Data", cell C12 (new_refugees)" */
static void place_in_sheet(const behov_table *table, unsigned long row, ptrdiff_t column, behov_said *place,
                           behov_said *rest)
{
    enum { LONGEST_SHEET = 40, LONGEST_COLUMN = 50 };
    *place = behov_phrase(SAY_TABLE_WHERE_SHEET, behov_cut(table->sheet, LONGEST_SHEET).text);
    if (column >= 0 && (size_t)column < table->n_positions) {
        char letters[8];
        column_letters(table->positions[column], letters);
        *rest = behov_phrase(SAY_TABLE_WHERE_CELL, letters, row,
                             behov_cut(table->columns[column].name, LONGEST_COLUMN).text);
    } else
        *rest = behov_phrase(SAY_TABLE_WHERE_SHEET_ROW, row);
}

void behov_table_where(const behov_table *table, size_t row, ptrdiff_t column, char where[BEHOV_PLACE_SIZE])
{
    enum { SIZE = 160, LONGEST_COLUMN = 70 }; /* of the English, which err->where holds */
    char english[SIZE], shown_text[SIZE + 8];
    unsigned long line = behov_table_line(table, row);
    behov_said whole,
        place = line && !table->has_rows ? behov_phrase(SAY_TABLE_WHERE_LINE, line)
                                         : behov_phrase(SAY_TABLE_WHERE_ROW, line ? line : (unsigned long)row + 1),
        rest = {""};
    if (table->sheet && line)
        place_in_sheet(table, line, column, &place, &rest);
    else if (column >= 0 && table->columns[column].name[0])
        rest = behov_phrase(SAY_TABLE_WHERE_COLUMN, behov_cut(table->columns[column].name, LONGEST_COLUMN).text);
    size_t length = behov_phrase_english(place.text, sizeof english, english);
    length += behov_phrase_english(rest.text, sizeof english, english) + (table->source[0] ? 2 : 0);
    size_t room = length < SIZE - 1 ? SIZE - 1 - length : 0;
    const char *source = table->source, *end = end_of(source, room > 3 ? room - 3 : 0);
    snprintf(shown_text, sizeof shown_text, "%s%s", end > source ? "\u2026" : "", end);
    behov_phrase_list(&whole, shown_text, source[0] ? ", " : "", place.text, rest.text, NULL);
    behov_phrase_copy(whole.text, BEHOV_PLACE_SIZE, where);
}

size_t behov_table_list(const behov_table *table, char list[BEHOV_COLUMN_LIST])
{
    size_t length = 0, n_columns = table->n_columns + table->n_unread, j = 0;
    for (list[0] = '\0'; j < n_columns; j++) {
        const char *name = j < table->n_columns ? table->columns[j].name : table->unread[j - table->n_columns];
        if (length + strlen(name) + 2 >= BEHOV_COLUMN_LIST)
            break;
        length += (size_t)snprintf(list + length, BEHOV_COLUMN_LIST - length, "%s%s", j ? ", " : "", name);
    }
    return j;
}

const char *behov_table_nearest_name(const behov_table *table, const char *name)
{
    behov_near_word spelling = behov_near_word_start(name);
    for (size_t j = 0; j < table->n_columns + table->n_unread; j++)
        behov_near_word_try(&spelling,
                            j < table->n_columns ? table->columns[j].name : table->unread[j - table->n_columns]);
    return spelling.nearest;
}
