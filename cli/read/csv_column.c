/* csv_column.c - cells become numbers or codes of texts.
 *
 * The decimal mark is found column by column: the first number that has one decides. A column whose kind is to be found
 * starts as numbers; the first cell that is none makes it a column of text. Numbers before that cell cannot be turned
 * back into their text ("1.50"), so the column is then read a second time; missing marks can. */
#include "csv_column.h"

#include <behov/code.h>
#include <behov/memory.h>
#include <behov/number.h>
#include <behov/table.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv_odd_cell.h"
#include "letters.h"

static behov_status out_of_memory(const text_source *source, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(source), SAY_CSV_COLUMN_NO_MEMORY);
}

size_t csv_blank_at(const char *text, size_t length)
{
    if (length && (*text == ' ' || *text == '\t'))
        return 1;
    if (length >= 2 && memcmp(text, "\xC2\xA0", 2) == 0)
        return 2;
    if (length < 3)
        return 0;
    const unsigned char *cursor = (const unsigned char *)text;
    bool is_wide =
        cursor[0] == 0xE2 && cursor[1] == 0x80 && ((cursor[2] >= 0x80 && cursor[2] <= 0x8B) || cursor[2] == 0xAF);
    return is_wide || memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

size_t csv_blank_before(const char *text, size_t length)
{
    for (size_t n = 1; n <= 3 && n <= length; n++)
        if (csv_blank_at(text + length - n, n) == n)
            return n;
    return 0;
}

/* ---------------------------------------------------------------- room */

static bool resize(void **block, size_t count, size_t size)
{
    if (count > SIZE_MAX / size)
        return false;
    void *memory = realloc(*block, count ? count * size : 1);
    if (memory)
        *block = memory;
    behov_memory_expect_use(memory, count * size);
    return memory != NULL;
}

behov_status csv_column_make_room(csv_column *column, size_t capacity, const text_source *source, behov_error *err)
{
    void *block = column->role == CSV_NUMBER ? (void *)column->numbers : (void *)column->codes;
    if (column->role == CSV_NUMBER) {
        if (!resize(&block, capacity, sizeof(double)))
            return out_of_memory(source, err);
        column->numbers = block;
        block = column->decimals;
        if (column->keeps_decimals && !resize(&block, capacity, sizeof(uint8_t)))
            return out_of_memory(source, err);
        column->decimals = block;
    } else if (column->role == CSV_TEXT) {
        if (!resize(&block, capacity, sizeof(int32_t)))
            return out_of_memory(source, err);
        column->codes = block;
    }
    return BEHOV_OK;
}

behov_status csv_column_start(csv_column *column, csv_role role, size_t capacity, const csv_rules *rules,
                              behov_error *err)
{
    column->role = role;
    column->keeps_decimals = rules->keeps_decimals;
    column->decimal_mark = role == CSV_NUMBER ? rules->decimal_mark : 0;
    column->mark_line = 0;
    column->may_be_thousands = role == CSV_NUMBER && !rules->decimal_mark;
    column->either_mark = 0;
    column->is_settled = role == CSV_NUMBER && rules->decimal_mark && rules->n_missing == 0 && !rules->keeps_decimals;
    column->last_code = -1;
    if (role == CSV_TEXT && !column->levels) {
        behov_status status = behov_dictionary_new(&column->levels, err);
        if (status != BEHOV_OK)
            return status;
    }
    return csv_column_make_room(column, capacity, rules->source, err);
}

void csv_column_clear(csv_column *column)
{
    free(column->name);
    free(column->numbers);
    free(column->codes);
    free(column->decimals);
    behov_dictionary_free(column->levels);
    free(column->why_text);
    free(column->mended);
}

/* ---------------------------------------------------------------- cells */

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Takes the no-break and wide blanks off both ends of a cell: nobody sees them, and "A" with one is not "A". What
 * stands between quotes keeps its plain blanks. */
static const char *without_wide_blanks(const char *text, size_t *length)
{
    for (size_t n; *length && (unsigned char)*text >= 0x80 && (n = csv_blank_at(text, *length)) > 0;) {
        text += n;
        *length -= n;
    }
    for (size_t n; *length && (unsigned char)text[*length - 1] >= 0x80 && (n = csv_blank_before(text, *length)) > 0;)
        *length -= n;
    return text;
}

/* The mark itself, or a whole number as its column writes it: 999,0000 for 999. Three noughts may be thousands. */
static bool is_mark(const char *mark, const char *text, size_t length)
{
    size_t n = strlen(mark), n_digits = strspn(mark + (mark[0] == '-'), "0123456789");
    if (length < n || memcmp(mark, text, n) != 0)
        return false;
    if (length == n)
        return true;
    size_t n_noughts = 0;
    while (n + 1 + n_noughts < length && text[n + 1 + n_noughts] == '0')
        n_noughts++;
    return n_digits > 0 && n_digits + (mark[0] == '-') == n && (text[n] == ',' || text[n] == '.') && n_noughts > 0 &&
           n_noughts != 3 && n + 1 + n_noughts == length;
}

static behov_missing missing_mark(const csv_rules *rules, const char *text, size_t length)
{
    if (length == 0)
        return BEHOV_MISSING_EMPTY;
    if (rules->n_missing) {
        const char *start = text;
        size_t n = length;
        while (n && is_space(*start))
            start++, n--;
        while (n && is_space(start[n - 1]))
            n--;
        for (size_t i = 0; i < rules->n_missing; i++)
            if (is_mark(rules->missing_text[i], start, n))
                return BEHOV_MISSING_OTHER;
    }
    /* The built-in marks start with one of these: most cells are done here. */
    return *text == '.' || *text == ':' || *text == 'N' || is_space(*text) ? behov_missing_of_text(text, length)
                                                                           : BEHOV_PRESENT;
}

static behov_status take_text(csv_column *column, const csv_rules *rules, const char *text, size_t length, size_t row,
                              behov_error *err)
{
    text = without_wide_blanks(text, &length);
    if (length > 1 && text[0] == '\'' && behov_letters_is_formula(text + 1, length - 1)) {
        text++; /* the apostrophe that keeps a spreadsheet from computing it */
        length--;
    }
    if (column->last_code >= 0 && column->last_length == length &&
        memcmp(behov_dictionary_text(column->levels, column->last_code), text, length) == 0) {
        column->codes[row] = column->last_code;
        return BEHOV_OK;
    }
    behov_missing mark = missing_mark(rules, text, length);
    if (mark != BEHOV_PRESENT) {
        column->codes[row] = behov_missing_code(mark);
        return BEHOV_OK;
    }
    behov_status status = behov_dictionary_intern(column->levels, text, length, &column->last_code, err);
    column->codes[row] = column->last_code;
    column->last_length = length;
    return status;
}

/* "0101" and "01.02.2020", but not "0", "0,5". */
static bool has_leading_zero(const char *text, size_t length)
{
    size_t index = length && (text[0] == '-' || text[0] == '+');
    return length >= index + 2 && text[index] == '0' && text[index + 1] >= '0' && text[index + 1] <= '9';
}

bool csv_is_plain_number(const char *text, size_t length, char decimal_mark)
{
    size_t index = length && text[0] == '-', start = index, n_behind = 0;
    while (index < length && text[index] >= '0' && text[index] <= '9')
        index++;
    size_t n_before = index - start;
    bool has_zero = n_before && text[start] == '0', is_mark = index < length && text[index] == decimal_mark;
    for (index += is_mark; is_mark && index < length && text[index] >= '0' && text[index] <= '9'; index++)
        n_behind++;
    if (index != length || n_before == 0 || (is_mark && n_behind == 0) || n_before + n_behind > 15)
        return false;
    if ((has_zero && n_before > 1) || (is_mark && text[length - 1] == '0'))
        return false;
    return !(has_zero && !is_mark && start); /* -0 */
}

/* READ_AS_FOUND, READ_AS_KEY: the column is text after all. */
static behov_status turn_to_text(csv_column *column, const csv_rules *rules, const char *text, size_t length,
                                 size_t row, size_t capacity, const char *why, behov_error *err)
{
    double *numbers = column->numbers;
    column->numbers = NULL;
    if (column->n_numbers) {
        free(numbers);
        column->role = CSV_SKIPPED;
        column->must_be_read_again = true;
        column->decimal_mark = 0;
        if (why) {
            column->why_text = malloc(strlen(why) + 1);
            if (!column->why_text)
                return out_of_memory(rules->source, err);
            strcpy(column->why_text, why);
        }
        return BEHOV_OK;
    }
    behov_status status = csv_column_start(column, CSV_TEXT, capacity, rules, err);
    for (size_t i = 0; status == BEHOV_OK && i < row; i++)
        column->codes[i] = behov_missing_code(behov_missing_of_number(numbers[i]));
    free(numbers);
    return status == BEHOV_OK ? take_text(column, rules, text, length, row, err) : status;
}

/* The first decimal mark in a text, 0 when there is none. */
static char mark_in(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] == '.' || text[i] == ',')
            return text[i];
    return 0;
}

static const char *mark_word(char mark)
{
    return mark == ',' ? PHRASE_CSV_COLUMN_DECIMAL_COMMA : PHRASE_CSV_COLUMN_DECIMAL_POINT;
}

static const char *mark_name(char mark)
{
    return mark == ',' ? PHRASE_CSV_COLUMN_COMMA : PHRASE_CSV_COLUMN_POINT;
}

/* A cell whose marks are not those of the column so far; false when it is not for its marks that it is no number. */
static bool explain_marks(const csv_column *column, const text_source *source, const char *shown_text,
                          number_marks marks, behov_said *sentence)
{
    bool is_known = column->decimal_mark != 0;
    behov_said decimal_place = text_source_place(source, column->mark_line),
               thousands_place = text_source_place(source, column->thousands_line);
    if (marks.kind == MARKS_ODD || marks.kind == MARKS_NONE)
        return false;
    if (column->thousands_mark && marks.decimal == column->thousands_mark && marks.kind != MARKS_EITHER)
        *sentence = behov_phrase(SAY_CSV_COLUMN_DECIMAL_IS_THOUSANDS, shown_text, mark_word(marks.decimal),
                                 mark_name(marks.decimal), thousands_place.text);
    else if (marks.kind == MARKS_THOUSANDS && column->thousands_mark && marks.thousands != column->thousands_mark)
        *sentence = behov_phrase(SAY_CSV_COLUMN_TWO_THOUSANDS, shown_text, mark_name(marks.thousands),
                                 mark_name(column->thousands_mark), thousands_place.text);
    else if (marks.kind == MARKS_THOUSANDS && is_known && marks.thousands == column->decimal_mark)
        if (column->mark_line)
            *sentence = behov_phrase(SAY_CSV_COLUMN_THOUSANDS_IS_DECIMAL, shown_text, mark_name(marks.thousands),
                                     mark_name(column->decimal_mark), decimal_place.text);
        else
            *sentence = behov_phrase(SAY_CSV_COLUMN_THOUSANDS_IS_OPTION, shown_text, mark_name(marks.thousands),
                                     mark_name(column->decimal_mark));
    else if (is_known && marks.decimal && marks.decimal != column->decimal_mark && column->mark_line)
        *sentence = behov_phrase(SAY_CSV_COLUMN_TWO_DECIMALS, shown_text, mark_word(marks.decimal),
                                 mark_word(column->decimal_mark), decimal_place.text);
    else if (is_known && marks.decimal && marks.decimal != column->decimal_mark)
        *sentence = behov_phrase(SAY_CSV_COLUMN_DECIMAL_NOT_ASKED, shown_text, mark_word(marks.decimal),
                                 mark_word(column->decimal_mark));
    else
        return false;
    return true;
}

/* The sentence for a cell that is no number of its column. */
static void explain(const csv_column *column, const text_source *source, const char *text, size_t length,
                    behov_number_result result, behov_said *sentence)
{
    char shown_text[64];
    behov_letters_show_cell(text, length, shown_text);
    if (result == BEHOV_NUMBER_TOO_LARGE) {
        *sentence = behov_phrase(SAY_CSV_COLUMN_NUMBER_TOO_LARGE, shown_text);
        return;
    }
    number_marks marks = number_marks_of(text, length);
    char plain[BEHOV_NUMBER_SIZE];
    double value;
    bool is_number =
        number_marks_strip(text, length, marks.thousands ? marks.thousands : '\1', plain) &&
        behov_number_parse(plain, strlen(plain), marks.decimal ? marks.decimal : '.', &value) == BEHOV_NUMBER_OK;
    if (is_number && explain_marks(column, source, shown_text, marks, sentence))
        return;
    if (csv_odd_cell_explain(text, length, column->decimal_mark, sentence))
        return;
    *sentence = behov_phrase(SAY_CSV_COLUMN_NOT_A_NUMBER, shown_text,
                             marks.kind == MARKS_ODD ? PHRASE_CSV_COLUMN_ODD_THOUSANDS : "",
                             column->decimal_mark ? mark_word(column->decimal_mark) : "",
                             !column->decimal_mark    ? ""
                             : column->mark_line != 0 ? PHRASE_CSV_COLUMN_MARK_FOUND
                                                      : PHRASE_CSV_COLUMN_MARK_ASKED,
                             column->decimal_mark ? "; " : "");
}

bool csv_column_asks(const csv_column *column)
{
    return column->role == CSV_NUMBER && column->read_kind != BEHOV_READ_AS_KEY && column->decimal_mark &&
           column->may_be_thousands && column->either_mark;
}

/* Takes what the marks of a cell tell into the column; false when they contradict it. *thousands is the mark to take
 * out before the cell is read, 0 = none. */
static bool take_marks(csv_column *column, const csv_rules *rules, const char *text, size_t length, number_marks marks,
                       size_t line, char *thousands)
{
    bool is_sure = column->decimal_mark && !column->may_be_thousands; /* the decimal mark */
    char other = marks.decimal ? number_marks_other(marks.decimal) : 0;
    *thousands = 0;
    if (marks.kind == MARKS_NONE || marks.kind == MARKS_ODD)
        return marks.kind == MARKS_NONE;
    if (marks.kind == MARKS_EITHER &&
        (column->thousands_mark == marks.decimal || (rules->decimal_mark && rules->decimal_mark == other))) {
        marks = (number_marks){MARKS_THOUSANDS, 0, marks.decimal};
    } else if (column->decimal_mark && marks.decimal && column->decimal_mark != marks.decimal &&
               !(marks.kind == MARKS_THOUSANDS && !is_sure)) {
        return false;
    }
    if (marks.kind == MARKS_THOUSANDS) {
        char mark = *thousands = marks.thousands;
        if ((column->thousands_mark && column->thousands_mark != mark) || (is_sure && column->decimal_mark == mark))
            return false;
        if (!column->thousands_mark) {
            behov_letters_show_cell(text, length, column->shown_text);
            column->thousands_line = line;
        }
        column->thousands_mark = mark;
        if (!is_sure && column->decimal_mark == mark) /* what was read so far is read again */
            column->decimal_mark = 0;
        if (!column->decimal_mark && marks.decimal) {
            column->decimal_mark = marks.decimal;
            column->mark_line = line;
        }
        column->may_be_thousands = column->may_be_thousands && !column->decimal_mark;
        return true;
    }
    if (column->thousands_mark == marks.decimal)
        return false;
    if (!column->decimal_mark) {
        column->decimal_mark = marks.decimal;
        column->mark_line = line;
    }
    if (marks.kind == MARKS_EITHER && !column->either_mark && !is_sure) {
        behov_letters_show_cell(text, length, column->shown_text);
        column->either_mark = marks.decimal;
    }
    column->may_be_thousands = column->may_be_thousands && marks.kind == MARKS_EITHER && !column->thousands_mark;
    return true;
}

/* 2^53: above it not every whole number is a double. */
static behov_status too_many_digits(const csv_column *column, const csv_rules *rules, const char *text, size_t length,
                                    size_t line, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE], shown_text[64];
    text_source_where(rules->source, line, column->name, where);
    behov_letters_show_cell(text, length, shown_text);
    return behov_error_say(err, BEHOV_E_RANGE, where, SAY_CSV_COLUMN_TOO_MANY_DIGITS, shown_text);
}

/* Digits behind the decimal mark; unknown where a power of ten follows them. */
static uint8_t count_decimals(const char *figure, size_t length, char mark)
{
    size_t n = 0;
    bool is_behind = false;
    for (size_t i = 0; i < length; i++) {
        if (figure[i] == 'e' || figure[i] == 'E')
            return BEHOV_TABLE_DECIMALS_UNKNOWN;
        n += is_behind && figure[i] >= '0' && figure[i] <= '9';
        is_behind = is_behind || figure[i] == mark;
    }
    return (uint8_t)(n < 100 ? n : 100);
}

static behov_status take_number(csv_column *column, const csv_rules *rules, const char *text, size_t length, size_t row,
                                size_t capacity, size_t line, behov_error *err)
{
    text = without_wide_blanks(text, &length);
    behov_missing missing_missing = missing_mark(rules, text, length);
    if (column->keeps_decimals)
        column->decimals[row] = BEHOV_TABLE_DECIMALS_UNKNOWN;
    if (missing_missing != BEHOV_PRESENT) {
        column->numbers[row] = behov_missing_number(missing_missing);
        return BEHOV_OK;
    }
    bool may_be_text = column->read_kind == BEHOV_READ_AS_FOUND || column->read_kind == BEHOV_READ_AS_KEY;
    if (may_be_text && has_leading_zero(text, length)) {
        column->loses_digits = column->read_kind == BEHOV_READ_AS_KEY;
        return turn_to_text(column, rules, text, length, row, capacity, NULL, err);
    }
    number_marks marks = number_marks_of(text, length);
    csv_column csv_column = *column;
    char thousands, plain[BEHOV_NUMBER_SIZE];
    const char *figure = text;
    size_t n_figure = length;
    bool is_good = take_marks(column, rules, text, length, marks, line, &thousands);
    if (is_good && thousands && (is_good = number_marks_strip(text, length, thousands, plain))) {
        figure = plain;
        n_figure = strlen(plain);
    }
    char mark = column->decimal_mark ? column->decimal_mark : '.';
    behov_number_result result =
        is_good ? behov_number_parse(figure, n_figure, mark, &column->numbers[row]) : BEHOV_NUMBER_BAD;
    if (result == BEHOV_NUMBER_OK) {
        if (column->keeps_decimals)
            column->decimals[row] = count_decimals(figure, n_figure, mark);
        if (column->read_kind == BEHOV_READ_AS_KEY && (thousands || !csv_is_plain_number(text, length, mark))) {
            column->loses_digits = true;
            return turn_to_text(column, rules, text, length, row, capacity, NULL, err);
        }
        if (column->read_kind == BEHOV_READ_AS_BOTH && fabs(column->numbers[row]) > 9007199254740992.0)
            return too_many_digits(column, rules, text, length, line, err);
        if (column->read_kind == BEHOV_READ_AS_BOTH && !column->first_line &&
            !csv_is_plain_number(text, length, mark)) {
            behov_letters_show_cell(text, length, column->first_shown);
            column->first_line = line;
        }
        column->n_numbers++;
        marks_told_add(rules->marks_told, marks);
        column->is_settled =
            column->decimal_mark && !column->may_be_thousands && rules->n_missing == 0 && !rules->keeps_decimals;
        return BEHOV_OK;
    }
    *column = csv_column;
    behov_said sentence;
    explain(column, rules->source, text, length, result, &sentence);
    if (may_be_text) {
        behov_said why =
            behov_phrase(SAY_CSV_COLUMN_TEXT_SINCE, text_source_place(rules->source, line).text, sentence.text);
        return turn_to_text(column, rules, text, length, row, capacity, why.text, err);
    }
    char where[BEHOV_PLACE_SIZE];
    text_source_where(rules->source, line, column->name, where);
    return behov_error_say(err, result == BEHOV_NUMBER_TOO_LARGE ? BEHOV_E_RANGE : BEHOV_E_TYPE, where, SAY_MESSAGE,
                           sentence.text);
}

behov_status csv_column_take(csv_column *column, const csv_rules *rules, const char *text, size_t length, size_t row,
                             size_t capacity, size_t line, behov_error *err)
{
    if (column->role == CSV_NUMBER)
        return take_number(column, rules, text, length, row, capacity, line, err);
    if (column->role == CSV_TEXT)
        return take_text(column, rules, text, length, row, err);
    return BEHOV_OK;
}

behov_status csv_column_take_cell(csv_column *column, const csv_rules *rules, const csv_cell *cell, size_t row,
                                  size_t capacity, size_t line, behov_error *err)
{
    bool is_read = column->role == CSV_NUMBER || column->role == CSV_TEXT;
    if (!is_read || cell->kind == CSV_CELL_TEXT || (cell->kind == CSV_CELL_NUMBER && column->role == CSV_TEXT))
        return csv_column_take(column, rules, cell->text, cell->length, row, capacity, line, err);
    if (cell->kind != CSV_CELL_NUMBER) {
        char where[BEHOV_PLACE_SIZE], shown_text[64];
        text_source_where(rules->source, line, column->name, where);
        behov_letters_show_cell(cell->text, cell->length, shown_text);
        return cell->kind == CSV_CELL_ERROR
                   ? behov_error_say(err, BEHOV_E_TYPE, where, SAY_CSV_ODD_CELL_FORMULA_ERROR, shown_text)
                   : behov_error_say(err, BEHOV_E_TYPE, where, SAY_SHEET_UNCOMPUTED);
    }
    if (column->keeps_decimals)
        column->decimals[row] = BEHOV_TABLE_DECIMALS_UNKNOWN; /* a cell's format tells them, not its number */
    behov_missing missing = rules->n_missing ? missing_mark(rules, cell->text, cell->length) : BEHOV_PRESENT;
    if (missing != BEHOV_PRESENT) {
        column->numbers[row] = behov_missing_number(missing);
        return BEHOV_OK;
    }
    if (column->read_kind == BEHOV_READ_AS_BOTH && fabs(cell->number) > 9007199254740992.0)
        return too_many_digits(column, rules, cell->text, cell->length, line, err);
    column->numbers[row] = cell->number;
    column->n_numbers++;
    return BEHOV_OK;
}

/* ---------------------------------------------------------------- keys that are one number */

typedef struct number_of_text {
    double number;
    int32_t code;
} number_of_text;

static int compare_numbers(const void *a, const void *b)
{
    const number_of_text *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->code < y->code ? -1 : x->code > y->code;
}

behov_status csv_column_print_notes_equals(csv_column *column, const text_source *source, behov_error *err)
{
    size_t n_levels = behov_dictionary_count(column->levels), n = 0, n_equal = 0, first = 0;
    number_of_text *keys = malloc((n_levels ? n_levels : 1) * sizeof *keys);
    if (!keys)
        return out_of_memory(source, err);
    for (size_t i = 0; i < n_levels; i++) {
        const char *text = behov_dictionary_text(column->levels, (int32_t)i);
        keys[n].code = (int32_t)i;
        n += strlen(text) <= 15 && /* longer ones differ in their digits, not in how they are written */
             behov_number_parse(text, strlen(text), mark_in(text, strlen(text)) == ',' ? ',' : '.', &keys[n].number) ==
                 BEHOV_NUMBER_OK;
    }
    if (n)
        qsort(keys, n, sizeof *keys, compare_numbers);
    for (size_t i = 1; i < n; i++)
        if (keys[i].number == keys[i - 1].number && n_equal++ == 0)
            first = i;
    if (n_equal) {
        char texts[2][64];
        for (size_t i = 0; i < 2; i++) {
            const char *text = behov_dictionary_text(column->levels, keys[first - 1 + i].code);
            behov_letters_show_cell(text, strlen(text), texts[i]);
        }
        column->mended = malloc(sizeof(behov_said));
        if (column->mended)
            behov_phrase_into(column->mended, sizeof(behov_said), SAY_CSV_COLUMN_KEYS_ARE_EQUAL, texts[0], texts[1],
                              n_equal > 1 ? PHRASE_CSV_COLUMN_OTHERS_TOO : "");
    }
    free(keys);
    return n_equal && !column->mended ? out_of_memory(source, err) : BEHOV_OK;
}

/* ---------------------------------------------------------------- municipality codes */

/* The codes of a column, level by level, and what the whole of them says. */
typedef struct code_levels {
    behov_code *codes;
    size_t n;
    size_t n_decorated, n_three;           /* levels */
    ptrdiff_t decorated, three, with_zero; /* the first of each, -1 = none */
    bool puts_zeros_back;
} code_levels;

static void look_at_levels(const csv_column *column, code_levels *out)
{
    bool has_other = false;
    out->decorated = out->three = out->with_zero = -1;
    for (size_t i = 0; i < out->n; i++) {
        const char *cell = behov_dictionary_text(column->levels, (int32_t)i);
        behov_code code = out->codes[i] = behov_code_read(cell, strlen(cell));
        bool is_missing = behov_missing_of_text(cell + code.first, code.length) != BEHOV_PRESENT;
        has_other = has_other || (code.kind == BEHOV_CODE_OTHER && !is_missing &&
                                  behov_code_mark(cell, strlen(cell)) == BEHOV_ROW_MUNICIPALITY);
        if (code.is_decorated && out->n_decorated++ == 0)
            out->decorated = (ptrdiff_t)i;
        /* "0" is the country with and without its zeros. */
        bool has_zero = code.text[0] == '0' && code.text[strspn(code.text, "0")] && code.kind != BEHOV_CODE_AREA;
        if (has_zero && out->with_zero < 0)
            out->with_zero = (ptrdiff_t)i;
        if (!has_zero && code.kind == BEHOV_CODE_THREE_DIGITS && out->n_three++ == 0)
            out->three = (ptrdiff_t)i;
    }
    out->puts_zeros_back = out->n_three && out->with_zero < 0 && !has_other;
}

/* The code of a level as it is kept: four digits where there are any, else the text without blanks and quotes. */
static const char *kept_code(const csv_column *column, const code_levels *code_levels, size_t level, char padded[8],
                             size_t *length)
{
    const behov_code *code = &code_levels->codes[level];
    if (code->kind == BEHOV_CODE_OTHER) {
        *length = code->length;
        return behov_dictionary_text(column->levels, (int32_t)level) + code->first;
    }
    bool is_padded = code_levels->puts_zeros_back && code->kind == BEHOV_CODE_THREE_DIGITS;
    snprintf(padded, 8, "%s%.6s", is_padded ? "0" : "", code->text);
    *length = strlen(padded);
    return padded;
}

static behov_said describe_mending(const csv_column *column, const code_levels *code_levels)
{
    char shown_text[64];
    behov_said whole, decorated = {""}, zeros = {""};
    if (code_levels->n_decorated) {
        const char *cell = behov_dictionary_text(column->levels, (int32_t)code_levels->decorated);
        char padded[8];
        size_t length;
        const char *kept_text = kept_code(column, code_levels, (size_t)code_levels->decorated, padded, &length);
        behov_letters_show_cell(cell, strlen(cell), shown_text);
        int n = (int)length;
        if (code_levels->n_decorated == 1)
            decorated = behov_phrase(SAY_CSV_COLUMN_CODE_DECORATED, code_levels->n_decorated, shown_text, n, kept_text);
        else
            decorated =
                behov_phrase(SAY_CSV_COLUMN_CODES_DECORATED, code_levels->n_decorated, shown_text, n, kept_text);
    }
    const char *three = code_levels->three < 0 ? "" : code_levels->codes[code_levels->three].text;
    const char *mark = decorated.text[0] ? "; " : "";
    if (code_levels->puts_zeros_back && code_levels->n_three == 1)
        zeros = behov_phrase(SAY_CSV_COLUMN_CODE_LOST_ZERO, mark, code_levels->n_three, three, three);
    else if (code_levels->puts_zeros_back)
        zeros = behov_phrase(SAY_CSV_COLUMN_CODES_LOST_ZERO, mark, code_levels->n_three, three, three);
    behov_phrase_list(&whole, decorated.text, zeros.text, NULL);
    return whole;
}

static void count_mended(const csv_column *column, const code_levels *code_levels, size_t n_rows,
                         behov_code_mending *out)
{
    *out = (behov_code_mending){0};
    for (size_t row = 0; row < n_rows && (code_levels->n_decorated || code_levels->puts_zeros_back); row++) {
        int32_t level = column->codes[row];
        if (level < 0)
            continue;
        const behov_code *code = &code_levels->codes[level];
        if (code->is_decorated && out->n_decorated++ == 0) {
            const char *cell = behov_dictionary_text(column->levels, level);
            char padded[8];
            size_t length;
            const char *kept_text = kept_code(column, code_levels, (size_t)level, padded, &length);
            out->decorated_row = row;
            behov_letters_show_cell(cell, strlen(cell), out->decorated);
            snprintf(out->decorated_code, sizeof out->decorated_code, "%.*s", (int)(length < 7 ? length : 7),
                     kept_text);
        }
        if (code_levels->puts_zeros_back && code->kind == BEHOV_CODE_THREE_DIGITS && out->n_zeros++ == 0) {
            out->zero_row = row;
            snprintf(out->without_zero, sizeof out->without_zero, "%s", code->text);
            snprintf(out->with_zero, sizeof out->with_zero, "0%.6s", code->text);
        }
    }
}

/* The levels anew, as they are kept; the rows follow. */
static behov_status replace_levels(csv_column *column, const code_levels *code_levels, size_t n_rows,
                                   const text_source *source, behov_error *err)
{
    behov_dictionary *levels;
    behov_status status = behov_dictionary_new(&levels, err);
    if (status != BEHOV_OK)
        return status;
    int32_t *new_code = malloc((code_levels->n ? code_levels->n : 1) * sizeof *new_code);
    if (!new_code)
        status = out_of_memory(source, err);
    for (size_t i = 0; status == BEHOV_OK && i < code_levels->n; i++) {
        char padded[8];
        size_t length;
        const char *kept_text = kept_code(column, code_levels, i, padded, &length);
        behov_missing mark = behov_missing_of_text(kept_text, length);
        if (mark != BEHOV_PRESENT)
            new_code[i] = behov_missing_code(mark);
        else
            status = behov_dictionary_intern(levels, kept_text, length, &new_code[i], err);
    }
    for (size_t row = 0; status == BEHOV_OK && row < n_rows; row++)
        if (column->codes[row] >= 0)
            column->codes[row] = new_code[column->codes[row]];
    free(new_code);
    if (status != BEHOV_OK) {
        behov_dictionary_free(levels);
        return status;
    }
    behov_dictionary_free(column->levels);
    column->levels = levels;
    return BEHOV_OK;
}

behov_status csv_column_mend_codes(csv_column *column, size_t n_rows, const text_source *source,
                                   behov_code_mending *mending, behov_error *err)
{
    code_levels all = {.n = behov_dictionary_count(column->levels)};
    all.codes = malloc((all.n ? all.n : 1) * sizeof *all.codes);
    if (!all.codes)
        return out_of_memory(source, err);
    look_at_levels(column, &all);
    if (mending)
        count_mended(column, &all, n_rows, mending);
    behov_said message = describe_mending(column, &all);
    behov_status status = BEHOV_OK;
    if (message.text[0] && !(column->mended = malloc(strlen(message.text) + 1)))
        status = out_of_memory(source, err);
    if (message.text[0] && status == BEHOV_OK)
        strcpy(column->mended, message.text);
    bool has_blanks = false; /* around a text that is no code */
    for (size_t i = 0; i < all.n && !has_blanks; i++)
        has_blanks = all.codes[i].kind == BEHOV_CODE_OTHER &&
                     all.codes[i].length != strlen(behov_dictionary_text(column->levels, (int32_t)i));
    if (status == BEHOV_OK && (message.text[0] || has_blanks))
        status = replace_levels(column, &all, n_rows, source, err);
    free(all.codes);
    return status;
}
