/* printed.c - a number as print shows it.
 *
 * A printed number is D * 10^e with whole D of up to 18 digits; the interval of what was rounded to it is
 * (D -+ 1/2) * 10^e. value and half are read from decimal text by number.c, so both are correctly rounded; the ends of
 * the interval are one subtraction away and may be off by one unit in the last place. Nothing here decides by less than
 * that: behov_printed_holds has its allowance, and so must every user of low and high.
 *
 * The digits are kept, leading zeros too, so that slips of the hand can be tried on what stands there. */
#include <behov/printed.h>

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SIGNIFICANT_MOST = 18, EXPONENT_MOST = 100000 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of a space before the text, 0 when there is none. */
static size_t space_at(const char *cursor, const char *end)
{
    if (cursor < end && (*cursor == ' ' || *cursor == '\t'))
        return 1;
    if (end - cursor >= 2 && memcmp(cursor, "\xC2\xA0", 2) == 0)
        return 2;
    if (end - cursor < 3 || memcmp(cursor, "\xE2\x80", 2) != 0)
        return 0;
    return cursor[2] == '\x87' || cursor[2] == '\x89' || cursor[2] == '\xAF' ? 3 : 0; /* figure space, thin ones */
}

static void strip(const char **cursor, const char **end)
{
    for (size_t n; (n = space_at(*cursor, *end)) > 0;)
        *cursor += n;
    for (bool is_going = true; is_going;) {
        is_going = false;
        for (size_t n = 1; n <= 3 && !is_going; n++)
            if ((size_t)(*end - *cursor) >= n && space_at(*end - n, *end) == n) {
                *end -= n;
                is_going = true;
            }
    }
}

/* value, half, low and high from the digits. */
static behov_number_result evaluate(behov_printed *printed)
{
    const char *significant = printed->digits + strspn(printed->digits, "0");
    size_t n = strlen(significant);
    if (n > SIGNIFICANT_MOST)
        return BEHOV_NUMBER_BAD;
    char text[BEHOV_PRINTED_DIGITS + 32];
    double value;
    int unit = printed->exponent - printed->n_decimals;
    int length = snprintf(text, sizeof text, "%s%se%d", printed->is_negative ? "-" : "", n ? significant : "0", unit);
    behov_number_result result = behov_number_parse(text, (size_t)length, '.', &value);
    if (result)
        return result;
    int n_zeros = 0; /* that may not be digits */
    while (printed->n_decimals == 0 && (size_t)n_zeros + 1 < n && significant[n - 1 - (size_t)n_zeros] == '0')
        n_zeros++;
    double halves[2];
    for (int i = 0; i < 2; i++) {
        length = snprintf(text, sizeof text, "5e%d", unit - 1 + (i ? n_zeros : 0));
        result = behov_number_parse(text, (size_t)length, '.', &halves[i]);
        if (result)
            return result;
    }
    /* a half unit without all its bits bounds nothing */
    if (halves[0] < DBL_MIN || !isfinite(fabs(value) + halves[1]))
        return BEHOV_NUMBER_TOO_LARGE;
    printed->value = value;
    printed->half = halves[0];
    printed->half_widest = halves[1];
    printed->low = value - printed->half;
    printed->high = value + printed->half;
    return BEHOV_NUMBER_OK;
}

behov_number_result behov_printed_parse(const char *text, size_t length, char decimal_mark, behov_printed *printed)
{
    const char *cursor = text, *end = text + length;
    strip(&cursor, &end);
    if (end - cursor >= 2 && ((*cursor == '(' && end[-1] == ')') || (*cursor == '[' && end[-1] == ']'))) {
        cursor++;
        end--;
        strip(&cursor, &end);
    }
    if (cursor == end)
        return BEHOV_NUMBER_BAD;
    if (decimal_mark == 0)
        decimal_mark = memchr(cursor, ',', (size_t)(end - cursor)) ? ',' : '.';
    double value; /* number.c judges the grammar; below only the digits are taken */
    behov_number_result result = behov_number_parse(cursor, (size_t)(end - cursor), decimal_mark, &value);
    if (result)
        return result;
    behov_printed new_printed = {.is_negative = *cursor == '-' ||
                                                *cursor == '\xE2'}; /* U+2212, or it would not have been a number */
    size_t n = 0;
    bool is_behind_mark = false;
    for (; cursor < end && *cursor != 'e' && *cursor != 'E'; cursor++) {
        is_behind_mark |= *cursor == decimal_mark;
        if (!is_digit(*cursor))
            continue;
        if (n == BEHOV_PRINTED_DIGITS)
            return BEHOV_NUMBER_BAD;
        new_printed.digits[n++] = *cursor;
        new_printed.n_decimals += is_behind_mark;
    }
    if (cursor < end) {
        new_printed.has_exponent = true;
        cursor++;
        bool is_below = *cursor == '-' || *cursor == '\xE2'; /* U+2212 again */
        while (cursor < end && !is_digit(*cursor))
            cursor++;
        for (; cursor < end; cursor++)
            if (new_printed.exponent < EXPONENT_MOST) /* past it no digits before bring it back into the range */
                new_printed.exponent = 10 * new_printed.exponent + (*cursor - '0');
        if (is_below)
            new_printed.exponent = -new_printed.exponent;
    }
    result = evaluate(&new_printed);
    if (result == BEHOV_NUMBER_OK)
        *printed = new_printed;
    return result;
}

size_t behov_printed_text(const behov_printed *printed, char decimal_mark, char text[BEHOV_NUMBER_SIZE])
{
    size_t n_digits = strlen(printed->digits), n_whole = n_digits - (size_t)printed->n_decimals, length = 0;
    if (printed->is_negative)
        text[length++] = '-';
    memcpy(text + length, printed->digits, n_whole);
    length += n_whole;
    if (printed->n_decimals) {
        text[length++] = decimal_mark;
        memcpy(text + length, printed->digits + n_whole, n_digits - n_whole);
        length += n_digits - n_whole;
    }
    text[length] = '\0';
    if (printed->has_exponent)
        length +=
            (size_t)snprintf(text + length, BEHOV_NUMBER_SIZE - length, "e%c%02d", printed->exponent < 0 ? '-' : '+',
                             printed->exponent < 0 ? -printed->exponent : printed->exponent);
    return length;
}

bool behov_printed_holds(const behov_printed *printed, double x)
{
    double allowance = 4 * DBL_EPSILON * fmax(fabs(x), fabs(printed->value));
    return isfinite(x) && fabs(x - printed->value) <= printed->half + allowance;
}

double behov_printed_units(const behov_printed *printed, double x)
{
    return (x - printed->value) / printed->half / 2;
}

bool behov_printed_can_be_zero(const behov_printed *printed)
{
    return behov_printed_holds(printed, 0);
}

/* Zeros before the number that no print has: "00.29" is 0.29. One before the mark stays where there was one. */
static void trim(behov_printed *printed, bool has_whole)
{
    size_t n = strlen(printed->digits), n_whole = n - (size_t)printed->n_decimals, least = has_whole ? 1 : 0, n_cut = 0;
    while (n_whole - n_cut > least && printed->digits[n_cut] == '0')
        n_cut++;
    memmove(printed->digits, printed->digits + n_cut, n - n_cut + 1);
}

bool behov_printed_slip(const behov_printed *source, behov_slip slip, size_t index, behov_printed *out)
{
    behov_printed printed = *source;
    size_t n = strlen(printed.digits), n_whole = n - (size_t)printed.n_decimals;
    char *digits = printed.digits;
    bool has_whole = n_whole > 0;
    if (slip == BEHOV_SLIP_MARK_LEFT || slip == BEHOV_SLIP_MARK_RIGHT) {
        int places = slip == BEHOV_SLIP_MARK_LEFT ? -1 : 1;
        if (printed.has_exponent)
            printed.exponent += places;
        else if (places < 0) {
            if (n_whole < 2 && n == BEHOV_PRINTED_DIGITS)
                return false;
            if (n_whole < 2) /* 0.029 -> 0.0029, .29 -> .029 */
                memmove(digits + 1, digits, n + 1), digits[0] = '0';
            printed.n_decimals++;
        } else if (printed.n_decimals > 0) {
            printed.n_decimals--;
        } else if (n < BEHOV_PRINTED_DIGITS) { /* 12 -> 120 */
            digits[n] = '0';
            digits[n + 1] = '\0';
        } else {
            return false;
        }
    } else {
        if (index >= n || (slip == BEHOV_SLIP_SWAP && index + 1 >= n) || (slip == BEHOV_SLIP_DROP && n == 1) ||
            (slip == BEHOV_SLIP_DOUBLE && n == BEHOV_PRINTED_DIGITS))
            return false;
        bool is_decimal = index >= n_whole;
        if (slip == BEHOV_SLIP_SWAP) {
            char first = digits[index];
            digits[index] = digits[index + 1];
            digits[index + 1] = first;
        } else if (slip == BEHOV_SLIP_DROP) {
            if (!is_decimal && n_whole == 1) /* the only digit before the mark */
                return false;
            memmove(digits + index, digits + index + 1, n - index);
            printed.n_decimals -= is_decimal;
        } else {
            memmove(digits + index + 1, digits + index, n - index + 1);
            printed.n_decimals += is_decimal;
        }
    }
    trim(&printed, has_whole);
    if (evaluate(&printed) || printed.value == source->value)
        return false;
    *out = printed;
    return true;
}
