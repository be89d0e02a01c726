/* xlsx_figure.c - see xlsx_figure.h. Figures of 0.0001 up to 2^53 exactly, in integers of 128 bits and rounded half to even, as
 * the C library does it, which takes twenty times as long; all others by the C library. */
#include "xlsx_figure.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { N_DIGITS = 16, MANTISSA_BITS = 53 };

__extension__ typedef unsigned __int128 wide;

static const uint64_t least_whole = 1000000000000000, least_longer = 10000000000000000;

static wide power_of_ten(int power)
{
    wide value = 1;
    while (power-- > 0)
        value *= 10;
    return value;
}

/* value x 10^power, rounded to a whole number. */
static uint64_t scaled(uint64_t mantissa, int n_binary_places, int power)
{
    wide product = mantissa * power_of_ten(power); /* below 2^53 x 10^20 < 2^120 */
    if (n_binary_places == 0)
        return (uint64_t)product;
    wide whole = product >> n_binary_places, half = (wide)1 << (n_binary_places - 1),
         rest = product - (whole << n_binary_places);
    return (uint64_t)(whole + (rest > half || (rest == half && (whole & 1))));
}

/* "12.5" of the digits 1250000000000000 and the power 1 of the first. */
static size_t lay_out(uint64_t number, int power, char *text)
{
    char digits[N_DIGITS];
    int n = N_DIGITS;
    for (int i = N_DIGITS - 1; i >= 0; i--, number /= 10)
        digits[i] = (char)('0' + number % 10);
    while (n > 1 && digits[n - 1] == '0')
        n--;
    char *cursor = text;
    if (power < 0) {
        memcpy(cursor, "0.0000", 6);
        cursor += 1 - power;
        memcpy(cursor, digits, (size_t)n);
        return (size_t)(cursor - text) + (size_t)n;
    }
    int n_before = power + 1;
    memcpy(cursor, digits, (size_t)n_before);
    cursor += n_before;
    if (n > n_before) {
        *cursor++ = '.';
        memcpy(cursor, digits + n_before, (size_t)(n - n_before));
        cursor += n - n_before;
    }
    return (size_t)(cursor - text);
}

static size_t figure_exactly(double magnitude, char *text)
{
    int exponent;
    uint64_t mantissa = (uint64_t)ldexp(frexp(magnitude, &exponent), MANTISSA_BITS);
    int power = 0;
    if (magnitude >= 1)
        for (double limit = 10; limit <= magnitude; limit *= 10) /* exact up to 10^15 */
            power++;
    else
        for (double larger = magnitude; larger < 1 && power > -4; larger *= 10)
            power--;
    uint64_t number = scaled(mantissa, MANTISSA_BITS - exponent, N_DIGITS - 1 - power);
    while (number >= least_longer) /* it was rounded up, or the power was taken too small */
        number = scaled(mantissa, MANTISSA_BITS - exponent, N_DIGITS - 1 - ++power);
    if (number < least_whole) /* 9999999999999999.6 of one digit more is 10^16 */
        number = scaled(mantissa, MANTISSA_BITS - exponent, N_DIGITS - 1 - --power);
    return lay_out(number, power, text);
}

/* The mark is a point there, of one or several bytes. */
static size_t figure_of_library(double value, char *text)
{
    char printed[2 * XLSX_FIGURE_SIZE];
    snprintf(printed, sizeof printed, "%.16G", value);
    size_t length = 0;
    bool is_marked = false;
    for (const char *cursor = printed; *cursor && length + 1 < XLSX_FIGURE_SIZE; cursor++) {
        bool is_kept = strchr("0123456789+-E", *cursor) != NULL;
        if (is_kept || !is_marked)
            text[length++] = is_kept ? *cursor : '.';
        is_marked = is_marked || !is_kept;
    }
    return length;
}

size_t xlsx_figure(double value, char text[XLSX_FIGURE_SIZE])
{
    double magnitude = fabs(value);
    size_t length;
    if (magnitude >= 1e-4 && magnitude < 0x1p53) {
        text[0] = '-';
        length = value < 0;
        length += figure_exactly(magnitude, text + length);
    } else {
        length = figure_of_library(value, text);
    }
    text[length] = '\0';
    return length;
}
