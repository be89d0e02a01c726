/* person_number.c - see person_number.h. */
#include "person_number.h"

#include <math.h>
#include <string.h>

enum { DIGITS = 11, LONGEST_LINE = 2000 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The check digit of the first n digits, 10 = there is none. */
static int check_digit(const char *digits, const int *weights, size_t n)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weights[i] * (digits[i] - '0');
    int rest = 11 - sum % 11;
    return rest == 11 ? 0 : rest;
}

bool person_number_is_it(const char digits[11])
{
    static const int first[] = {3, 7, 6, 1, 8, 9, 4, 5, 2}, second[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    for (size_t i = 0; i < DIGITS; i++)
        if (!is_digit(digits[i]))
            return false;
    int day = 10 * (digits[0] - '0') + (digits[1] - '0'), month = 10 * (digits[2] - '0') + (digits[3] - '0');
    day -= day > 40 ? 40 : 0;
    month -= month > 80 ? 80 : month > 40 ? 40 : 0;
    return day >= 1 && day <= 31 && month >= 1 && month <= 12 && check_digit(digits, first, 9) == digits[9] - '0' &&
           check_digit(digits, second, 10) == digits[10] - '0';
}

static bool is_of_word(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The digits of a number of eleven that stands alone at a place, in one piece or with a blank behind its first six. */
static bool stands_alone(const char *text, size_t length, size_t place, char digits[DIGITS])
{
    size_t n = 0, i = place;
    if (place && is_of_word(text[place - 1]))
        return false;
    for (; i < length && n < DIGITS; i++) {
        if (n == 6 && text[i] == ' ')
            continue;
        if (!is_digit(text[i]))
            return false;
        digits[n++] = text[i];
    }
    return n == DIGITS && (i == length || !is_of_word(text[i]));
}

/* Lines of fixed positions have no blanks between their fields: a position that most lines have a number in is no chance. */
static bool is_in_column(const char *text, size_t length)
{
    enum { MOST_LINES = 200 };
    unsigned char n_there[LONGEST_LINE] = {0};
    size_t n_lines = 0, start = 0;
    while (start < length && n_lines < MOST_LINES) {
        const char *line = text + start, *stop = memchr(line, '\n', length - start);
        size_t n = stop ? (size_t)(stop - line) : length - start;
        start += n + 1;
        if (!stop && n_lines) /* the last one may be cut */
            break;
        n_lines += n > 0;
        for (size_t i = 0; i + DIGITS <= n && i < LONGEST_LINE; i++)
            n_there[i] += person_number_is_it(line + i);
    }
    for (size_t i = 0; n_lines >= 3 && i < LONGEST_LINE; i++)
        if (2 * (size_t)n_there[i] > n_lines)
            return true;
    return false;
}

void person_count_text(person_count *count, const char *text, size_t length)
{
    char digits[DIGITS];
    for (size_t i = 0; i + DIGITS <= length; i++)
        if (is_digit(text[i]) && stands_alone(text, length, i, digits)) {
            count->n_alone++;
            count->n_persons += person_number_is_it(digits);
        }
}

void person_count_number(person_count *count, double number)
{
    const double LEAST = 1e9, MOST = 1e11; /* ten and eleven digits */
    char digits[DIGITS];
    if (!(number >= LEAST && number < MOST) || number != floor(number))
        return;
    unsigned long long rest = (unsigned long long)number;
    for (size_t i = DIGITS; i-- > 0; rest /= 10)
        digits[i] = (char)('0' + rest % 10);
    count->n_alone++;
    count->n_persons += person_number_is_it(digits);
}

/* Large amounts have eleven digits too, and one of thousands is like a national id number. */
bool person_count_is_personal(const person_count *count)
{
    return count->n_persons && 2 * count->n_persons >= count->n_alone;
}

bool person_number_is_in(const char *text, size_t length)
{
    person_count count = {0, 0};
    person_count_text(&count, text, length);
    return person_count_is_personal(&count) || is_in_column(text, length);
}
