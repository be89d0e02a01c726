/* long_cell.c - see long_cell.h. */
#include "long_cell.h"

#include <behov/code.h>
#include <string.h>

#include "number_marks.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* ---- numbers ------------------------------------------------------------------------------------------------------- */

/* Bytes of a blank between thousands at the beginning of a text, or of an apostrophe. */
static size_t group_mark(const char *text, size_t length)
{
    static const char *const marks[] = {" ",           "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x87",
                                        "\xE2\x80\x99"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if (length > n && memcmp(text, marks[i], n) == 0)
            return n;
    }
    return 0;
}

static size_t sign_of(const char *text, size_t length)
{
    if (length > 1 && (*text == '-' || *text == '+'))
        return 1;
    return length > 3 && memcmp(text, "\xE2\x88\x92", 3) == 0 ? 3 : 0;
}

static bool is_exponent(const char *text, size_t length)
{
    size_t i = length > 1 && (text[1] == '+' || text[1] == '-') ? 2 : 1;
    if (length < 2 || (*text != 'e' && *text != 'E') || i == length)
        return false;
    for (; i < length; i++)
        if (!is_digit(text[i]))
            return false;
    return true;
}

static size_t without_percent(const char *text, size_t length)
{
    if (length > 1 && text[length - 1] == '%')
        for (length--; length > 1 && text[length - 1] == ' '; length--)
            ;
    return length;
}

static bool is_number(const char *text, size_t length)
{
    size_t i = sign_of(text, length), n_digits = 0, n_marks = 0;
    length = without_percent(text, length);
    while (i < length) {
        if (is_digit(text[i])) {
            n_digits++;
            i++;
            continue;
        }
        if (text[i] == '.' || text[i] == ',') {
            n_marks++;
            i++;
            continue;
        }
        size_t n = n_digits ? group_mark(text + i, length - i) : 0;
        if (!n)
            return n_digits > 0 && is_exponent(text + i, length - i);
        size_t k = i + n;
        while (k < length && is_digit(text[k]))
            k++;
        if (k - i - n != 3)
            return false;
        i += n;
    }
    if (n_digits == 0 || text[length - 1] == '.' || text[length - 1] == ',')
        return false;
    return n_marks < 2 || number_marks_of(text, length).kind != MARKS_ODD;
}

static bool is_year(const char *text, size_t length)
{
    if (length != 4 || !is_digit(text[0]) || !is_digit(text[1]) || !is_digit(text[2]) || !is_digit(text[3]))
        return false;
    int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
    return year >= 1900 && year <= 2100;
}

behov_missing long_cell_mark(const char *text, size_t length)
{
    /* Inf and NaN are quotients with nothing below the line, as R writes them. */
    static const char *const marks[] = {
        "Inf",          "-Inf",         "NaN",          "-",  "*",   "...", "\xE2\x80\x93",
        "\xE2\x80\x94", "\xE2\x88\x92", "\xE2\x80\xA6", "**", "n/a", "N/A"};
    if (length > 6)
        return BEHOV_PRESENT;
    behov_missing missing = behov_missing_of_text(text, length);
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !missing; i++)
        if (strlen(marks[i]) == length && memcmp(marks[i], text, length) == 0)
            missing = BEHOV_MISSING_OTHER;
    return missing;
}

static long_cell_class class_of(const cell_grid *grid, grid_cell cell)
{
    const char *text = grid_text(grid, cell);
    if (!cell.length)
        return CELL_EMPTY;
    if (cell.kind == GRID_ERROR || cell.kind == GRID_UNCOMPUTED)
        return CELL_NUMBER; /* it stands where a figure should */
    if (is_year(text, cell.length))
        return CELL_YEAR;
    if (cell.kind == GRID_NUMBER || is_number(text, cell.length))
        return CELL_NUMBER;
    return long_cell_mark(text, cell.length) ? CELL_MARK : CELL_TEXT;
}

/* ---- codes --------------------------------------------------------------------------------------------------------- */

bool long_cell_has_leading_zero(const char *text, size_t length)
{
    if (length < 2 || text[0] != '0')
        return false;
    for (size_t i = 1; i < length; i++)
        if (!is_digit(text[i]))
            return false;
    return true;
}

static size_t word_length(const char *text, size_t length)
{
    const char *end = memchr(text, ' ', length);
    return end ? (size_t)(end - text) : length;
}

bool long_cell_is_region(const char *text, size_t length, bool *has_label)
{
    size_t n = word_length(text, length), i = 0;
    *has_label = n < length;
    if (n && text[0] == '\'')
        i = 1;
    bool has_letter = i < n && is_upper(text[i]);
    i += has_letter;
    i += i < n && has_letter && text[i] == '-';
    size_t n_digits = 0;
    while (i < n && is_digit(text[i]))
        i++, n_digits++;
    if (i != n)
        return false;
    if (*has_label && (is_digit(text[n + 1]) || (unsigned char)text[n + 1] < 'A'))
        return false;
    return n_digits == 4 || (n_digits == 6 && text[i - 6] == '0') || (n_digits == 3 && *has_label) ||
           (has_letter && n_digits >= 2);
}

size_t long_cell_code(const char *text, size_t length, size_t *label)
{
    size_t n = word_length(text, length), n_digits = 0, n_upper = 0, n_other = 0;
    *label = n;
    while (*label < length && text[*label] == ' ')
        ++*label;
    if (*label == length)
        return 0;
    for (size_t i = 0; i < n; i++)
        if (is_digit(text[i]))
            n_digits++;
        else if (is_upper(text[i]))
            n_upper++;
        else
            n_other += !(i == 0 && text[i] == '\'') && !(i == 1 && text[i] == '-');
    bool has_prefix = n > 2 && is_upper(text[0]) && text[1] == '-';
    bool is_code = has_prefix || (n_other == 0 && n_digits <= 6 && (n_digits > 0 || n_upper >= 2));
    return is_code ? n : 0;
}

void long_cell_look(const cell_grid *grid, grid_cell *cell)
{
    bool has_label;
    cell->sort = (unsigned)class_of(grid, *cell) & 7u;
    cell->is_region = cell->length && cell->kind <= GRID_NUMBER &&
                      long_cell_is_region(grid_text(grid, *cell), cell->length, &has_label);
}

/* ---- years --------------------------------------------------------------------------------------------------------- */

/* A sign that joins the years of a span, and its bytes. */
static size_t span_mark(const char *text, size_t length)
{
    if (length && strchr("-/_", *text) && *text)
        return 1;
    return length > 3 && memcmp(text, "\xE2\x80\x93", 3) == 0 ? 3 : 0;
}

static size_t count_digits(const char *text, size_t length)
{
    size_t n = 0;
    while (n < length && is_digit(text[n]))
        n++;
    return n;
}

/* The year or span that begins here, its bytes; 0 = none. */
static size_t span_at(const char *text, size_t length)
{
    if (count_digits(text, length) != 4 || !is_year(text, 4))
        return 0;
    size_t mark = span_mark(text + 4, length - 4), n = mark ? count_digits(text + 4 + mark, length - 4 - mark) : 0;
    return (n == 4 && is_year(text + 4 + mark, 4)) || n == 2 ? 4 + mark + n : 4;
}

bool long_cell_find_year(const char *text, size_t length, size_t *first, size_t *n)
{
    bool is_found = false;
    for (size_t i = 0; i < length;) {
        size_t n_digits = count_digits(text + i, length - i), span = n_digits ? span_at(text + i, length - i) : 0;
        if (span && is_found)
            return false;
        if (span) {
            *first = i;
            *n = span;
            is_found = true;
        }
        i += span ? span : n_digits ? n_digits : 1;
    }
    return is_found;
}

size_t long_cell_note_mark(const char *text, size_t length)
{
    static const char *const marks[] = {"\xC2\xB9", "\xC2\xB2", "\xC2\xB3", "\xE2\x80\xA0"};
    size_t blank = length && text[0] == ' ', stars = blank, digits = blank;
    while (stars < length && text[stars] == '*')
        stars++;
    if (stars > blank)
        return stars;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= strlen(marks[i]) && memcmp(text, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    while (digits < length && digits < blank + 2 && is_digit(text[digits]))
        digits++;
    return digits > blank && digits < length && text[digits] == ')' ? digits + 1 : 0;
}

/* ---- words --------------------------------------------------------------------------------------------------------- */

/* The small letter of a byte, where the one before it says that it is the second of a Norwegian letter too. */
static unsigned char small(const char *text, size_t i)
{
    unsigned char c = (unsigned char)text[i];
    bool is_second = i && (unsigned char)text[i - 1] == 0xC3;
    if (is_second && (c == 0x85 || c == 0x86 || c == 0x98))
        return (unsigned char)(c + 0x20);
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 0x20) : c;
}

static bool begins(const char *text, size_t length, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i < n; i++)
        if (i >= length || small(text, i) != (unsigned char)word[i])
            return false;
    return true;
}

static bool ends(const char *text, size_t length, const char *word)
{
    size_t n = strlen(word);
    return length >= n && begins(text + length - n, n, word);
}

bool long_cell_is_word(const char *text, size_t length, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(words[i]) == length && begins(text, length, words[i]))
            return true;
    return false;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

bool long_cell_names_dimension(const char *text, size_t length)
{
    static const char *const words[] = {
        "alder",   "age",    "år",     "aar",      "year",  "tid",          "time",       "periode",  "kjønn", "kjonn",
        "sex",     "gender", "nivå",   "nivaa",    "level", "region",       "kommune",    "kommuner", "fylke", "bydel",
        "kvartal", "måned",  "maaned", "month",    "id",    "municipality", "county",     "quarter",  "nr",    "nr.",
        "kode",    "code",   "fylker", "funksjon", "art",   "landbakgrunn", "parentcode", "aargang",  "årgang"};
    static const char *const endings[] = {"nummer", "_nr", " nr", " nr.", "nr", "nr.", "kode", "code", "_id", " year"};
    static const char *const beginnings[] = {"kommunenummer", "kommunenr", "kommunenavn", "kommune_nr", "koblingsnr"};
    for (size_t i = 0; i < COUNT(endings); i++)
        if (ends(text, length, endings[i]))
            return true;
    for (size_t i = 0; i < COUNT(beginnings); i++)
        if (begins(text, length, beginnings[i]))
            return true;
    return long_cell_is_word(text, length, words, COUNT(words));
}

bool long_cell_names_total(const char *text, size_t length)
{
    static const char *const words[] = {
        "sum",       "i alt",        "ialt",       "total",        "totalt",       "hele landet",       "heile landet",
        "landet",    "sum i alt",    "sum landet", "alt",          "landet i alt", "the whole country", "whole country",
        "total sum", "i alt landet", "norge",      "0 hele landet"};
    return long_cell_is_word(text, length, words, COUNT(words)) || begins(text, length, "sum ") ||
           begins(text, length, "i alt ") || begins(text, length, "total ") || begins(text, length, "totalt ") ||
           ends(text, length, " i alt") || behov_name_mark(text, length) == BEHOV_ROW_COUNTRY;
}
