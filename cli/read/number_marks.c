/* number_marks.c - points and commas of figures. */
#include "number_marks.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_mark(char c)
{
    return c == '.' || c == ',';
}

char number_marks_other(char mark)
{
    return mark == '.' ? ',' : '.';
}

/* The digits before the first mark and whether they can stand before a group of three. */
static bool can_lead(const char *text, size_t length)
{
    size_t index = 0;
    if (length && (text[0] == '-' || text[0] == '+'))
        index = 1;
    else if (length >= 3 && memcmp(text, "\xE2\x88\x92", 3) == 0) /* U+2212 */
        index = 3;
    size_t n = length - index;
    if (n < 1 || n > 3 || text[index] == '0')
        return false;
    for (; index < length; index++)
        if (!is_digit(text[index]))
            return false;
    return true;
}

number_marks number_marks_of(const char *text, size_t length)
{
    number_marks found_number_marks = {MARKS_NONE, 0, 0};
    while (length && (text[0] == ' ' || text[0] == '\t'))
        text++, length--;
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    size_t first = 0;
    while (first < length && !is_mark(text[first]))
        first++;
    if (first == length)
        return found_number_marks;
    bool may_group = can_lead(text, first), ends = false;
    char mark = text[first];
    size_t n_marks = 1, n_behind = 0;
    for (size_t index = first + 1; index < length && !ends; index++) {
        if (is_digit(text[index])) {
            n_behind++;
        } else if (is_mark(text[index])) {
            may_group = may_group && n_behind == 3;
            if (text[index] != mark) { /* the decimal mark behind groups */
                found_number_marks = (number_marks){may_group ? MARKS_THOUSANDS : MARKS_ODD, text[index], mark};
                for (index++; index < length && is_digit(text[index]); index++)
                    ;
                if (index < length && is_mark(text[index]))
                    found_number_marks.kind = MARKS_ODD;
                return found_number_marks;
            }
            n_marks++;
            n_behind = 0;
        } else {
            ends = true; /* an exponent, or no figure */
        }
    }
    may_group = may_group && n_behind == 3 && !ends;
    if (n_marks > 1)
        return (number_marks){may_group ? MARKS_THOUSANDS : MARKS_ODD, 0, mark};
    return (number_marks){may_group ? MARKS_EITHER : MARKS_DECIMAL, mark, 0};
}

bool number_marks_strip(const char *text, size_t length, char thousands, char plain[BEHOV_NUMBER_SIZE])
{
    size_t n = 0;
    if (length >= BEHOV_NUMBER_SIZE)
        return false;
    number_marks marks = number_marks_of(text, length);
    bool is_grouped = (marks.kind == MARKS_THOUSANDS && marks.thousands == thousands) ||
                      (marks.kind == MARKS_EITHER && marks.decimal == thousands);
    if (!is_grouped && memchr(text, thousands, length))
        return false;
    for (size_t i = 0; i < length; i++)
        if (text[i] != thousands)
            plain[n++] = text[i];
    plain[n] = '\0';
    return true;
}

void marks_told_add(marks_told *marks_told, number_marks marks)
{
    bool is_certain = marks.kind == MARKS_DECIMAL || marks.kind == MARKS_THOUSANDS;
    if (is_certain && marks.decimal)
        marks_told->n_decimal[marks.decimal == ',']++;
    if (marks.kind == MARKS_THOUSANDS)
        marks_told->n_thousands[marks.thousands == ',']++;
}

int marks_told_of(const marks_told *marks_told, char mark)
{
    bool own = mark == ',';
    bool is_thousands = marks_told->n_decimal[!own] || marks_told->n_thousands[own];
    bool is_decimal = marks_told->n_decimal[own] || marks_told->n_thousands[!own];
    return is_thousands == is_decimal ? 0 : is_thousands ? 1 : -1;
}
