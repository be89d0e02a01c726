/* read_printed.c - a printed regression table, its notes, and signs.
 *
 * All columns are read as text: a number would lose its last zeros, and with them how far it was rounded. */
#include "read_printed.h"

#include <behov/dictionary.h>
#include <behov/table.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv_column.h"
#include "letters.h"
#include "number_marks.h"
#include "read_beside.h"
#include <behov/study.h>

static behov_status out_of_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_PRINTED_NO_MEMORY);
}

/* ---- cells ---------------------------------------------------------------------------------------------------------
 */

/* A column of text by its name, -1 when it is not there. */
typedef struct cells {
    const behov_table *table;
    ptrdiff_t column;
} cells;

static cells cells_of(const behov_table *table, const char *name)
{
    return (cells){table, behov_table_find(table, name)};
}

/* NULL for an empty cell. Marks of missing values ("NA", ".") come back as they stand in the file: whether they may
 * stand there is for the column to say. */
static const char *text_of(cells cells, size_t row)
{
    int32_t code = behov_table_codes(cells.table, (size_t)cells.column)[row];
    if (code >= 0)
        return behov_dictionary_text(behov_table_levels(cells.table, (size_t)cells.column), code);
    behov_missing mark = behov_missing_of_code(code);
    return mark == BEHOV_MISSING_EMPTY ? NULL : behov_missing_text(mark);
}

static behov_status fail(cells cells, size_t row, behov_status code, behov_error *err, behov_word word,
                         const char *format, ...) BEHOV_PRINTF(6, 7);

static behov_status fail(cells cells, size_t row, behov_status code, behov_error *err, behov_word word,
                         const char *format, ...)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(cells.table, row, cells.column, where);
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(err, code, where, word, format, arguments);
    va_end(arguments);
    return code;
}

/* A cell as a message shows it. */
static behov_excerpt shown(const char *cell)
{
    behov_excerpt excerpt;
    char text[64];
    behov_letters_show_cell(cell, strlen(cell), text);
    snprintf(excerpt.text, sizeof excerpt.text, "%s", text);
    return excerpt;
}

/* Whether the column is there; where it is not, what the table needs, and a column whose name is near. */
static behov_status require(cells cells, const char *path, const char *name, const char *needs, behov_error *err)
{
    if (cells.column >= 0)
        return BEHOV_OK;
    const char *near = behov_table_nearest_name(cells.table, name);
    return near ? behov_error_say(err, BEHOV_E_NAME, path, SAY_PRINTED_NO_COLUMN_NEAR, name, needs, near)
                : behov_error_say(err, BEHOV_E_NAME, path, SAY_PRINTED_NO_COLUMN, name, needs);
}

/* The length of the space that a text ends in: blank, U+00A0 or U+202F. */
static size_t space_before(const char *text, size_t length)
{
    if (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        return 1;
    if (length >= 2 && memcmp(text + length - 2, "\xC2\xA0", 2) == 0)
        return 2;
    return length >= 3 && memcmp(text + length - 3, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/* Takes the stars off the end of a text: * or U+2217, as in typeset tables, with spaces between. */
static size_t take_stars(const char *text, int *n_stars)
{
    size_t length = strlen(text);
    for (size_t n;;) {
        if ((n = space_before(text, length)) > 0) {
            length -= n;
        } else if (length && text[length - 1] == '*') {
            length--;
            ++*n_stars;
        } else if (length >= 3 && memcmp(text + length - 3, "\xE2\x88\x97", 3) == 0) {
            length -= 3;
            ++*n_stars;
        } else {
            return length;
        }
    }
}

/* ---- the table -----------------------------------------------------------------------------------------------------
 */

static behov_read_kind choose_table(void *context, const char *name)
{
    static const char *const requested_text[] = {"term",           "coefficient", "stars",
                                                 "standard_error", "label_nb",    "label_en"};
    (void)context;
    for (size_t i = 0; i < sizeof requested_text / sizeof *requested_text; i++)
        if (strcmp(name, requested_text[i]) == 0)
            return BEHOV_READ_AS_TEXT;
    return BEHOV_READ_NOT;
}

/* The marks of all numbers of a table. One decimal mark is read off those that can have no other; a number that may be
 * a thousand is one where the table has another decimal mark, else it has three decimals, as numbers in print often do.
 */
typedef struct marks_found {
    char decimal, thousands; /* 0 = none */
    uint32_t line;           /* of the first number with the decimal mark */
} marks_found;

/* The number inside stars and brackets. */
static number_marks marks_of_cell(const char *text, size_t length)
{
    while (length && strchr("([ ", *text) && *text)
        text++, length--;
    while (length && strchr(")] ", text[length - 1]) && text[length - 1])
        length--;
    return number_marks_of(text, length);
}

static void look_at_marks(cells cells, size_t row, bool has_stars, bool is_either_wanted, marks_found *marks_found)
{
    const char *cell = text_of(cells, row);
    int n_stars = 0;
    if (!cell)
        return;
    number_marks marks = marks_of_cell(cell, has_stars ? take_stars(cell, &n_stars) : strlen(cell));
    if (marks.kind == MARKS_THOUSANDS && !marks_found->thousands)
        marks_found->thousands = marks.thousands;
    if (marks.decimal && !marks_found->decimal &&
        (is_either_wanted ? marks.kind == MARKS_EITHER && marks.decimal != marks_found->thousands
                          : marks.kind == MARKS_DECIMAL || marks.kind == MARKS_THOUSANDS)) {
        marks_found->decimal = marks.decimal;
        marks_found->line = behov_table_line(cells.table, row);
    }
}

static marks_found find_marks(cells coefficients, cells errors)
{
    marks_found marks_found = {0};
    for (int pass = 0; pass < 2; pass++) /* first the sure ones */
        for (size_t row = 0; row < behov_table_n_rows(coefficients.table); row++) {
            look_at_marks(coefficients, row, true, pass == 1, &marks_found);
            look_at_marks(errors, row, false, pass == 1, &marks_found);
        }
    if (marks_found.thousands && !marks_found.decimal)
        marks_found.decimal = number_marks_other(marks_found.thousands);
    return marks_found;
}

/* A number of the table, with its stars taken off when it may have some. */
static behov_status take_number(cells cells, size_t row, const char *subject, const marks_found *marks_found,
                                int *n_stars, behov_printed *number, behov_error *err)
{
    const char *cell = text_of(cells, row);
    if (!cell)
        return fail(cells, row, BEHOV_E_DATA, err, SAY_MESSAGE, subject);
    size_t length = n_stars ? take_stars(cell, n_stars) : strlen(cell);
    number_marks marks = marks_of_cell(cell, length);
    char mark = marks_found->decimal ? marks_found->decimal : '.', plain[BEHOV_NUMBER_SIZE];
    if (marks.kind == MARKS_DECIMAL && marks.decimal != mark) {
        return mark == '.' ? fail(cells, row, BEHOV_E_DATA, err, SAY_PRINTED_DECIMAL_COMMA, shown(cell).text,
                                  (unsigned long)marks_found->line)
                           : fail(cells, row, BEHOV_E_DATA, err, SAY_PRINTED_DECIMAL_POINT, shown(cell).text,
                                  (unsigned long)marks_found->line);
    }
    size_t n_plain = 0;
    bool is_grouped = marks.kind == MARKS_THOUSANDS || (marks.kind == MARKS_EITHER && marks.decimal != mark);
    if (is_grouped && marks.kind == MARKS_THOUSANDS && marks.thousands == mark)
        return fail(cells, row, BEHOV_E_DATA, err, SAY_PRINTED_MARK_BETWEEN_THOUSANDS, shown(cell).text);
    for (size_t i = 0; i < length && n_plain + 1 < sizeof plain; i++)
        if (!is_grouped || cell[i] != number_marks_other(mark))
            plain[n_plain++] = cell[i];
    behov_number_result result =
        length < sizeof plain ? behov_printed_parse(plain, n_plain, mark, number) : BEHOV_NUMBER_BAD;
    if (result == BEHOV_NUMBER_TOO_LARGE)
        return fail(cells, row, BEHOV_E_RANGE, err, SAY_PRINTED_NUMBER_TOO_LARGE, shown(cell).text);
    if (result)
        return fail(cells, row, BEHOV_E_TYPE, err, SAY_PRINTED_NO_NUMBER, shown(cell).text);
    return BEHOV_OK;
}

typedef struct table_columns {
    cells term, coefficient, stars, standard_error, labels[2];
} table_columns;

static behov_status take_stars_cell(const table_columns *table_columns, size_t row, int n_attached, int *n_stars,
                                    behov_error *err)
{
    *n_stars = n_attached;
    if (table_columns->stars.column >= 0) {
        const char *cell = text_of(table_columns->stars, row);
        int n = 0;
        if (cell && take_stars(cell, &n) > 0)
            return fail(table_columns->stars, row, BEHOV_E_DATA, err, SAY_PRINTED_NO_STARS, shown(cell).text);
        if (n_attached && n && n != n_attached)
            return fail(table_columns->stars, row, BEHOV_E_DATA, err, SAY_PRINTED_STARS_CONTRADICT, shown(cell).text);
        if (n)
            *n_stars = n;
    }
    if (*n_stars > BEHOV_LEGEND_MARKS)
        return fail(table_columns->stars.column >= 0 ? table_columns->stars : table_columns->coefficient, row,
                    BEHOV_E_DATA, err, SAY_PRINTED_TOO_MANY_STARS);
    return BEHOV_OK;
}

static behov_status take_row(const table_columns *table_columns, size_t index, const marks_found *marks,
                             behov_printed_table *table, int *n_attached, behov_error *err)
{
    behov_printed_row *row = &table->rows[index];
    const char *term = text_of(table_columns->term, index);
    if (!term)
        return fail(table_columns->term, index, BEHOV_E_DATA, err, SAY_PRINTED_TERM_MISSING);
    if (behov_printed_table_find(table, term) < index)
        return fail(table_columns->term, index, BEHOV_E_DATA, err, SAY_PRINTED_TERM_TWICE, shown(term).text);
    *n_attached = 0;
    table->n_rows = index + 1; /* from here on the row is freed with the table */
    row->line = behov_table_line(table_columns->term.table, index);
    if (!(row->term = strdup(term)))
        return out_of_memory(behov_table_source(table_columns->term.table), err);
    for (int lang = 0; lang < 2; lang++) {
        const char *label = table_columns->labels[lang].column < 0 ? NULL : text_of(table_columns->labels[lang], index);
        if (label && !(row->labels[lang] = strdup(label)))
            return out_of_memory(behov_table_source(table_columns->term.table), err);
    }
    behov_status status = take_number(table_columns->coefficient, index, PHRASE_PRINTED_COEFFICIENT_MISSING, marks,
                                      n_attached, &row->coefficient, err);
    if (!status)
        status = take_number(table_columns->standard_error, index, PHRASE_PRINTED_ERROR_MISSING, marks, NULL,
                             &row->standard_error, err);
    if (!status)
        status = take_stars_cell(table_columns, index, *n_attached, &row->n_stars, err);
    const behov_printed *se = &row->standard_error;
    /* 0.00 is a standard error below 0.005, and 0 one below 0.5 */
    if (status || se->value > 0 || (se->value == 0 && !se->is_negative))
        return status;
    char shown_text[BEHOV_NUMBER_SIZE];
    behov_printed_text(&row->standard_error, marks->decimal ? marks->decimal : '.', shown_text);
    return se->value < 0
               ? fail(table_columns->standard_error, index, BEHOV_E_DATA, err, SAY_PRINTED_ERROR_LIKE_T, shown_text)
               : fail(table_columns->standard_error, index, BEHOV_E_DATA, err, SAY_PRINTED_ERROR_NOT_ABOVE_0,
                      shown_text);
}

behov_status read_printed_table(const char *path, const behov_notice *notice, behov_printed_table *out,
                                behov_error *err)
{
    static const char needs[] = PHRASE_PRINTED_NEEDS_TABLE;
    *out = (behov_printed_table){0};
    behov_table *table = NULL;
    behov_status status = read_beside(path, choose_table, notice, &table, err);
    if (status)
        return status;
    table_columns table_columns = {
        .term = cells_of(table, "term"),
        .coefficient = cells_of(table, "coefficient"),
        .stars = cells_of(table, "stars"),
        .standard_error = cells_of(table, "standard_error"),
        .labels = {
            [BEHOV_LANGUAGE_NB] = cells_of(table, "label_nb"), [BEHOV_LANGUAGE_EN] = cells_of(table, "label_en")}};
    size_t n = behov_table_n_rows(table);
    marks_found marks = {0};
    status = require(table_columns.term, path, "term", needs, err);
    if (!status)
        status = require(table_columns.coefficient, path, "coefficient", needs, err);
    if (!status)
        status = require(table_columns.standard_error, path, "standard_error", needs, err);
    if (!status && !(out->rows = calloc(n ? n : 1, sizeof *out->rows)))
        status = out_of_memory(path, err);
    bool has_stars = table_columns.stars.column >= 0;
    if (!status)
        marks = find_marks(table_columns.coefficient, table_columns.standard_error);
    for (size_t row = 0; row < n && !status; row++) {
        int n_attached = 0;
        status = take_row(&table_columns, row, &marks, out, &n_attached, err);
        has_stars |= n_attached > 0;
    }
    /* A table in which nothing is marked is rare; one whose column of stars has another name is not. */
    if (!status && !has_stars)
        status = require(table_columns.stars, path, "stars", PHRASE_PRINTED_NEEDS_STARS, err);
    out->decimal_mark = marks.decimal ? marks.decimal : '.';
    behov_table_free(table);
    return status;
}

/* ---- files of two columns of text ---------------------------------------------------------------------------------- */

/* A file beside the table, such as its notes: two columns by their names. */
typedef struct column_pair {
    const char *names[2];
    const char *needs; /* what such a file must have, for the message where it does not */
    cells columns[2];
    behov_table *table;
} column_pair;

static behov_status open_pair(const char *path, behov_read_kind (*choose)(void *context, const char *name),
                              const behov_notice *notice, column_pair *pair, behov_error *err)
{
    behov_status status = read_beside(path, choose, notice, &pair->table, err);
    for (int i = 0; i < 2 && !status; i++) {
        pair->columns[i] = cells_of(pair->table, pair->names[i]);
        status = require(pair->columns[i], path, pair->names[i], pair->needs, err);
    }
    return status;
}

/* ---- notes ---------------------------------------------------------------------------------------------------------
 */

static behov_read_kind choose_notes(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "key") == 0 || strcmp(name, "value") == 0 ? BEHOV_READ_AS_TEXT : BEHOV_READ_NOT;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "2012-2016" with any dash, "2012", "2012, 2014, 2016": years of four digits. */
static bool read_years(const char *text, behov_printed_notes *notes)
{
    int last = 0;
    size_t n = 0;
    bool is_range = false;
    for (const char *cursor = text; *cursor;) {
        if (!is_digit(*cursor)) {
            is_range |=
                *cursor == '-' || strncmp(cursor, "\xE2\x80\x93", 3) == 0 || strncmp(cursor, "\xE2\x88\x92", 3) == 0;
            cursor++;
            continue;
        }
        if (strspn(cursor, "0123456789") != 4)
            return false;
        int year = 1000 * (cursor[0] - '0') + 100 * (cursor[1] - '0') + 10 * (cursor[2] - '0') + cursor[3] - '0';
        if (n && year <= last)
            return false;
        if (!n)
            notes->first_year = year;
        n++;
        last = year;
        cursor += 4;
    }
    if (n == 0 || (is_range && n != 2))
        return false;
    notes->last_year = last;
    notes->n_years = is_range ? (size_t)(last - notes->first_year) + 1 : n;
    return true;
}

static bool is_key_of_observations(const char *key)
{
    static const char *const names[] = {"observations", "N", "n", "observasjoner", "antall observasjoner"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(key, names[i]) == 0)
            return true;
    return false;
}

static behov_status take_note(cells cells, size_t row, const char *key, const char *value, behov_printed_notes *notes,
                              behov_error *err)
{
    size_t length = strlen(value);
    if (strcmp(key, "outcome") == 0) {
        notes->outcome = strndup(value, length);
        return notes->outcome ? BEHOV_OK : out_of_memory(behov_table_source(cells.table), err);
    }
    if (strcmp(key, "adjusted_r2") == 0) {
        notes->has_adjusted_r2 = true;
        return behov_printed_parse(value, length, 0, &notes->adjusted_r2)
                   ? fail(cells, row, BEHOV_E_TYPE, err, SAY_PRINTED_NO_NUMBER, shown(value).text)
                   : BEHOV_OK;
    }
    if (is_key_of_observations(key)) {
        double n;
        char plain[BEHOV_NUMBER_SIZE]; /* 1.935 and 1,935 are a thousand: observations are whole */
        char mark = strchr(value, '.') ? '.' : ',';
        if (!number_marks_strip(value, length, mark, plain) || behov_number_parse(plain, strlen(plain), '.', &n) ||
            n != floor(n) || n < 1 || n > 1e15)
            return fail(cells, row, BEHOV_E_TYPE, err, SAY_PRINTED_NO_OBSERVATIONS, shown(value).text);
        if (notes->n_observations && (double)notes->n_observations != n)
            return fail(cells, row, BEHOV_E_DATA, err, SAY_PRINTED_OBSERVATIONS_DIFFER, shown(value).text);
        notes->n_observations = (size_t)n;
        return BEHOV_OK;
    }
    if (strcmp(key, "years") == 0)
        return read_years(value, notes) ? BEHOV_OK
                                        : fail(cells, row, BEHOV_E_TYPE, err, SAY_PRINTED_NO_YEARS, shown(value).text);
    if (strcmp(key, "stars") == 0) {
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(cells.table, row, cells.column, where);
        notes->has_legend = true;
        return read_legend(value, where, &notes->legend, err);
    }
    return BEHOV_OK;
}

behov_status read_printed_notes(const char *path, const behov_notice *notice, behov_printed_notes *notes,
                                behov_error *err)
{
    column_pair pair = {.names = {"key", "value"}, .needs = PHRASE_PRINTED_NEEDS_NOTES};
    *notes = (behov_printed_notes){0};
    behov_status status = open_pair(path, choose_notes, notice, &pair, err);
    cells keys = pair.columns[0], values = pair.columns[1];
    for (size_t row = 0; !status && row < behov_table_n_rows(pair.table); row++) {
        const char *key = text_of(keys, row), *value = text_of(values, row);
        if (!key) {
            status = fail(keys, row, BEHOV_E_DATA, err, SAY_PRINTED_KEY_MISSING);
            continue;
        }
        for (size_t n_before = 0; n_before < row && !status; n_before++)
            if (strcmp(text_of(keys, n_before), key) == 0)
                status = fail(keys, row, BEHOV_E_DATA, err, SAY_PRINTED_KEY_TWICE, shown(key).text);
        if (!status && value)
            status = take_note(values, row, key, value, notes, err);
    }
    behov_table_free(pair.table);
    return status;
}

/* ---- signs ---------------------------------------------------------------------------------------------------------
 */

static behov_read_kind choose_signs(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "term") == 0 || strcmp(name, "sign") == 0 ? BEHOV_READ_AS_TEXT : BEHOV_READ_NOT;
}

static behov_status take_sign(cells terms, cells marks, size_t row, behov_printed_signs *signs, behov_error *err)
{
    const char *term = text_of(terms, row), *mark = text_of(marks, row);
    if (!term)
        return fail(terms, row, BEHOV_E_DATA, err, SAY_PRINTED_TERM_MISSING);
    if (!mark)
        return fail(marks, row, BEHOV_E_DATA, err, SAY_PRINTED_SIGN_MISSING);
    for (size_t i = 0; i < signs->n; i++)
        if (strcmp(signs->signs[i].term, term) == 0)
            return fail(terms, row, BEHOV_E_DATA, err, SAY_PRINTED_TERM_TWICE, shown(term).text);
    int sign = strcmp(mark, "+") == 0 ? 1 : strcmp(mark, "-") == 0 || strcmp(mark, "\xE2\x88\x92") == 0 ? -1 : 0;
    if (!sign)
        return fail(marks, row, BEHOV_E_DATA, err, SAY_PRINTED_NO_SIGN, shown(mark).text);
    signs->signs[signs->n].sign = sign;
    if (!(signs->signs[signs->n].term = strdup(term)))
        return out_of_memory(behov_table_source(terms.table), err);
    signs->n++;
    return BEHOV_OK;
}

behov_status read_printed_signs(const char *path, const behov_notice *notice, behov_printed_signs *signs,
                                behov_error *err)
{
    column_pair pair = {.names = {"term", "sign"}, .needs = PHRASE_PRINTED_NEEDS_SIGNS};
    *signs = (behov_printed_signs){0};
    behov_status status = open_pair(path, choose_signs, notice, &pair, err);
    size_t n = status ? 0 : behov_table_n_rows(pair.table);
    if (!status && !(signs->signs = calloc(n ? n : 1, sizeof *signs->signs)))
        status = out_of_memory(path, err);
    for (size_t row = 0; row < n && !status; row++)
        status = take_sign(pair.columns[0], pair.columns[1], row, signs, err);
    behov_table_free(pair.table);
    return status;
}

/* ---- legends -------------------------------------------------------------------------------------------------------
 */

/* A number without sign or exponent. A comma parts numbers unless a digit follows: "** 5, * 10" and "0,1". */
static bool take_level(const char **text, double *level)
{
    char digits[40];
    size_t n = 0;
    bool has_mark = false;
    const char *cursor = *text;
    for (; is_digit(*cursor) || ((*cursor == '.' || *cursor == ',') && is_digit(cursor[1]) && !has_mark); cursor++) {
        if (n == sizeof digits)
            return false;
        has_mark |= !is_digit(*cursor);
        digits[n++] = *cursor == ',' ? '.' : *cursor;
    }
    *text = cursor;
    return n > 0 && behov_number_parse(digits, n, '.', level) == BEHOV_NUMBER_OK;
}

/* Whether a unit of per cent stands here. */
static bool take_per_cent(const char **text)
{
    static const char *const units[] = {"%", "percent", "per cent", "prosent", "pst", "pct"};
    *text += strspn(*text, " ");
    if (strncmp(*text, "\xC2\xA0", 2) == 0)
        *text += 2;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strncmp(*text, units[i], strlen(units[i])) == 0) {
            *text += strlen(units[i]);
            return true;
        }
    return false;
}

/* The stars that a legend names next and their level; *n_stars 0 at the end. */
static bool take_mark_of_legend(const char **text, int *n_stars, double *level, bool *has_unit)
{
    const char *cursor = *text;
    *n_stars = 0;
    while (*cursor && *cursor != '*' && !is_digit(*cursor)) /* words, commas, line breaks */
        cursor++;
    if (*cursor) {
        for (; *cursor == '*'; cursor++)
            ++*n_stars;
        if (*n_stars < 1 || *n_stars > BEHOV_LEGEND_MARKS)
            return false;
        while (*cursor && *cursor != '*' && !is_digit(*cursor)) /* "p <", "signifikant på" */
            cursor++;
        if (!take_level(&cursor, level))
            return false;
        *has_unit |= take_per_cent(&cursor);
    }
    *text = cursor;
    return true;
}

behov_status read_legend(const char *text, const char *where, behov_legend *legend, behov_error *err)
{
    behov_legend new_legend = {{0}};
    bool has_unit = false, is_good = true, all_below_1 = true;
    const char *cursor = text;
    int n_marks = 0;
    if (strchr(text, '*')) {
        for (int n_stars = 1;;) {
            double level = 0;
            is_good = take_mark_of_legend(&cursor, &n_stars, &level, &has_unit);
            if (!is_good || n_stars == 0)
                break;
            if (new_legend.levels[n_stars - 1] != 0) {
                is_good = false; /* the same stars twice */
                break;
            }
            new_legend.levels[n_stars - 1] = level > 0 ? level : -1;
            n_marks++;
        }
    } else {
        for (bool goes_on = true; goes_on && is_good;) {
            double level = 0;
            cursor += strspn(cursor, " ");
            is_good = n_marks < BEHOV_LEGEND_MARKS && take_level(&cursor, &level);
            has_unit |= is_good && take_per_cent(&cursor);
            cursor += strspn(cursor, " ");
            goes_on = *cursor == '/';
            cursor += goes_on;
            if (is_good)
                new_legend.levels[n_marks++] = level > 0 ? level : -1;
        }
        is_good = is_good && *cursor == '\0';
    }
    if (!is_good || n_marks == 0) {
        char shown_text[64];
        behov_letters_show_cell(text, strlen(text), shown_text);
        return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_PRINTED_LEGEND_UNREAD, shown_text);
    }
    for (int i = 0; i < BEHOV_LEGEND_MARKS; i++)
        all_below_1 &= new_legend.levels[i] < 1;
    for (int i = 0; i < BEHOV_LEGEND_MARKS; i++) {
        if (has_unit || !all_below_1)
            new_legend.levels[i] /= 100;
        if (new_legend.levels[i] < 0 || new_legend.levels[i] >= 1)
            return (i ? behov_error_say(err, BEHOV_E_RANGE, where, SAY_PRINTED_LEVEL_MANY, i + 1)
                      : behov_error_say(err, BEHOV_E_RANGE, where, SAY_PRINTED_LEVEL_ONE, i + 1));
    }
    *legend = new_legend;
    return BEHOV_OK;
}
