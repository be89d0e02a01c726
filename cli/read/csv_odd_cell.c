/* csv_odd_cell.c - cells that should be numbers and are none, as spreadsheets and statistical offices leave them. */
#include "csv_odd_cell.h"

#include <behov/number.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "csv_column.h"
#include "letters.h"

typedef struct odd_cell {
    const char *text; /* without blanks around it */
    size_t length;
    char shown_text[64];
    char mark; /* the column's decimal mark, 0 = not known */
} odd_cell;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static odd_cell without_blanks(const char *text, size_t length, char mark)
{
    odd_cell cell = {text, length, "", mark};
    for (size_t n; cell.length && (n = csv_blank_at(cell.text, cell.length)) > 0;) {
        cell.text += n;
        cell.length -= n;
    }
    for (size_t n; cell.length && (n = csv_blank_before(cell.text, cell.length)) > 0;)
        cell.length -= n;
    behov_letters_show_cell(cell.text, cell.length, cell.shown_text);
    return cell;
}

/* Whether a piece of a cell is a number, under the column's mark or under either. */
static bool is_number(const char *text, size_t length, char mark)
{
    double value;
    return length && ((mark != ',' && behov_number_parse(text, length, '.', &value) == BEHOV_NUMBER_OK) ||
                      (mark != '.' && behov_number_parse(text, length, ',', &value) == BEHOV_NUMBER_OK));
}

/* ---- dates ---------------------------------------------------------------------------------------------------------
 */

/* The month that a word of letters begins with, 1 to 12; 0 = none. */
static int month_named(const char *word, size_t length)
{
    static const char *const names[][2] = {{"jan", "jan"}, {"feb", "feb"}, {"mar", "mar"}, {"apr", "apr"},
                                           {"mai", "may"}, {"jun", "jun"}, {"jul", "jul"}, {"aug", "aug"},
                                           {"sep", "sep"}, {"okt", "oct"}, {"nov", "nov"}, {"des", "dec"}};
    for (int month = 0; month < 12 && length >= 3 && length <= 9; month++)
        if (strncasecmp(word, names[month][0], 3) == 0 || strncasecmp(word, names[month][1], 3) == 0)
            return month + 1;
    return 0;
}

static size_t pass_over(const odd_cell *cell, size_t index, const char *bytes)
{
    while (index < cell->length && cell->text[index] && strchr(bytes, cell->text[index]))
        index++;
    return index;
}

/* "03.feb", "3-Feb", "feb.03", "3. februar 2013": a month by its name with a number beside it. */
static bool explain_named_date(const odd_cell *cell, behov_said *sentence)
{
    size_t previous_index = pass_over(cell, 0, "0123456789"), word = pass_over(cell, previous_index, ".-/ "),
           end = word;
    while (end < cell->length && is_letter(cell->text[end]))
        end++;
    int month = month_named(cell->text + word, end - word);
    size_t behind = pass_over(cell, end, ".-/ "), last = pass_over(cell, behind, "0123456789");
    if (!month || last != cell->length || previous_index > 4 || last - behind > 4 ||
        (previous_index == 0) == (behind == last)) {
        bool is_whole_date =
            month && last == cell->length && previous_index && previous_index <= 2 && last - behind == 4;
        if (is_whole_date)
            *sentence = behov_phrase(SAY_CSV_ODD_CELL_DATE, cell->shown_text);
        return is_whole_date;
    }
    char figure[40];
    if (previous_index)
        snprintf(figure, sizeof figure, "%d.%d", atoi(cell->text), month);
    else
        snprintf(figure, sizeof figure, "%d.%.*s", month, (int)(last - behind), cell->text + behind);
    *sentence = behov_phrase(SAY_CSV_ODD_CELL_MADE_A_DATE, cell->shown_text, figure);
    return true;
}

/* "03.02.2013", "2013-02-03", "3/2/2013" */
static bool explain_date_of_digits(const odd_cell *cell, behov_said *sentence)
{
    size_t lengths[3] = {0}, index = 0;
    char mark = 0;
    for (size_t part = 0; part < 3; part++) {
        size_t end = pass_over(cell, index, "0123456789");
        lengths[part] = end - index;
        index = end;
        if (part == 2 || index == cell->length)
            break;
        if (!strchr(".-/", cell->text[index]) || (mark && mark != cell->text[index]))
            return false;
        mark = cell->text[index++];
    }
    bool ends_with_year = lengths[2] == 4 && lengths[0] >= 1 && lengths[0] <= 2;
    bool begins_with_year = lengths[0] == 4 && lengths[2] >= 1 && lengths[2] <= 2;
    if (index != cell->length || lengths[1] < 1 || lengths[1] > 2 || !(ends_with_year || begins_with_year))
        return false;
    *sentence = behov_phrase(SAY_CSV_ODD_CELL_DATE, cell->shown_text);
    return true;
}

/* ---- marks ---------------------------------------------------------------------------------------------------------
 */

/* SSB writes - for nothing and .. or : for what is not known or not shown; others mean by a dash that it is missing. */
static bool explain_dash(const odd_cell *cell, behov_said *sentence)
{
    static const char *const dashes[] = {"-",
                                         "--",
                                         "\xE2\x80\x90",
                                         "\xE2\x80\x91",
                                         "\xE2\x80\x92",
                                         "\xE2\x80\x93",
                                         "\xE2\x80\x94",
                                         "\xE2\x80\x95",
                                         "\xE2\x88\x92"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        if (strlen(dashes[i]) != cell->length || memcmp(dashes[i], cell->text, cell->length) != 0)
            continue;
        *sentence = behov_phrase(SAY_CSV_ODD_CELL_DASH, cell->shown_text, cell->shown_text);
        return true;
    }
    return false;
}

/* "2,62 %": the sign may hide 0,0262 in the spreadsheet, so it is not taken off in silence. */
static bool explain_per_cent(const odd_cell *cell, behov_said *sentence)
{
    bool is_mille = cell->length > 3 && memcmp(cell->text + cell->length - 3, "\xE2\x80\xB0", 3) == 0;
    if (!is_mille && !(cell->length > 1 && cell->text[cell->length - 1] == '%'))
        return false;
    size_t length = cell->length - (is_mille ? 3 : 1);
    for (size_t n; length && (n = csv_blank_before(cell->text, length)) > 0;)
        length -= n;
    if (!is_number(cell->text, length, cell->mark))
        return false;
    int n = (int)(length < 60 ? length : 60);
    if (is_mille)
        *sentence = behov_phrase(SAY_CSV_ODD_CELL_PER_MILLE, cell->shown_text, n, cell->text);
    else
        *sentence = behov_phrase(SAY_CSV_ODD_CELL_PER_CENT, cell->shown_text, n, cell->text);
    return true;
}

static bool explain_formula_error(const odd_cell *cell, behov_said *sentence)
{
    if (cell->length < 3 || cell->text[0] != '#' ||
        !(is_letter(cell->text[1]) || cell->text[1] == '#' || (unsigned char)cell->text[1] >= 0x80))
        return false;
    if (cell->text[1] == '#')
        *sentence = behov_phrase(SAY_CSV_ODD_CELL_TOO_NARROW, cell->shown_text);
    else
        *sentence = behov_phrase(SAY_CSV_ODD_CELL_FORMULA_ERROR, cell->shown_text);
    return true;
}

/* ---- figures with something in or around them ----------------------------------------------------------------------
 */

/* "1 2345": digits, marks and blanks of any width that stand elsewhere than before groups of three. */
static bool explain_blanks(const odd_cell *cell, behov_said *sentence)
{
    char plain[64];
    size_t n = 0;
    bool has_blank = false;
    for (size_t index = 0; index < cell->length;) {
        size_t blank = csv_blank_at(cell->text + index, cell->length - index);
        if (!blank && n + 1 < sizeof plain)
            plain[n++] = cell->text[index];
        else if (!blank)
            return false;
        has_blank = has_blank || blank;
        index += blank ? blank : 1;
    }
    if (!has_blank || !is_number(plain, n, cell->mark))
        return false;
    *sentence = behov_phrase(SAY_CSV_ODD_CELL_BLANK, cell->shown_text, (int)n, plain);
    return true;
}

/* The one figure of the cell: from its first digit, or the sign before it, to the last that belongs to it. */
static bool find_figure(const odd_cell *cell, size_t *first, size_t *length)
{
    size_t index = 0;
    while (index < cell->length && !is_digit(cell->text[index]))
        index++;
    if (index == cell->length)
        return false;
    size_t end = index;
    while (end < cell->length && (is_digit(cell->text[end]) || strchr(".,", cell->text[end])) && cell->text[end])
        end++;
    while (end > index && !is_digit(cell->text[end - 1]))
        end--;
    *first = index;
    *length = end - index;
    return is_number(cell->text + index, *length, cell->mark);
}

/* "2,62*", "25 kr", "<4", "(2,5)" */
static bool explain_company(const odd_cell *cell, behov_said *sentence)
{
    size_t first, length;
    enum { BEFORE = 4, BEHIND = 12 }; /* "kr ", "ca. "; more is a name with a number in it */
    if (!find_figure(cell, &first, &length) || length > 60 || length == cell->length || first > BEFORE ||
        cell->length - first - length > BEHIND)
        return false;
    const char *behind = cell->text + first + length;
    size_t n_behind = cell->length - first - length;
    bool is_bracketed = cell->text[0] == '(' && first == 1 && n_behind == 1 && behind[0] == ')';
    bool is_bound = cell->text[0] == '<' || cell->text[0] == '>';
    if (is_bracketed)
        *sentence = behov_phrase(SAY_CSV_ODD_CELL_BRACKETS, cell->shown_text, (int)length, cell->text + first,
                                 (int)length, cell->text + first);
    else if (is_bound)
        *sentence = behov_phrase(SAY_CSV_ODD_CELL_BOUND, cell->shown_text, cell->shown_text);
    else
        *sentence = behov_phrase(SAY_CSV_ODD_CELL_COMPANY, cell->shown_text, (int)length, cell->text + first);
    return true;
}

bool csv_odd_cell_explain(const char *text, size_t length, char decimal_mark, behov_said *sentence)
{
    static bool (*const kinds[])(const odd_cell *, behov_said *) = {
        explain_dash,          explain_named_date, explain_date_of_digits, explain_per_cent,
        explain_formula_error, explain_blanks,     explain_company,
    };
    odd_cell cell = without_blanks(text, length, decimal_mark);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && cell.length; i++)
        if (kinds[i](&cell, sentence))
            return true;
    return false;
}
