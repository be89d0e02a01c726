/* digits.c - see digits.h.
 *
 * The text comparison works on decimal digits alone: a double has an exact decimal expansion, of which the C library
 * prints as many digits as asked for, rightly rounded. No long double: valgrind computes it with 53 bits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "digits.h"

#define N_DIGITS 64 /* kept of each number; a want has at most 60 */

/* value = sign * 0.d[0]d[1]d[2]... * 10^exponent, d[0] > 0 unless the value is zero (exponent 0 then) */
typedef struct decimal {
    int sign;
    long exponent;
    int digit[N_DIGITS];
} decimal;

static double within(double digits)
{
    return digits < 0 ? 0 : digits > DIGITS_ALL ? DIGITS_ALL : digits;
}

double correct_digits(double got, double want)
{
    if (isnan(got) || isnan(want))
        return isnan(got) && isnan(want) ? DIGITS_ALL : 0;
    if (got == want)
        return DIGITS_ALL;
    if (isinf(got) || isinf(want))
        return 0;
    double error = fabs(got - want);
    return within(want == 0 ? -log10(error) : -(log10(error) - log10(fabs(want))));
}

/* Reads "-12.5e-3"; a comma is taken for the point, because printf writes one under some locales. 0 on success. */
static int decimal_read(const char *text, decimal *out)
{
    memset(out, 0, sizeof *out);
    out->sign = 1;
    const char *cursor = text;
    if (*cursor == '+' || *cursor == '-')
        out->sign = *cursor++ == '-' ? -1 : 1;
    int n = 0, n_seen = 0;
    long exponent = 0;
    int is_after_point = 0;
    for (;; cursor++) {
        if ((*cursor == '.' || *cursor == ',') && !is_after_point) {
            is_after_point = 1;
            continue;
        }
        if (*cursor < '0' || *cursor > '9')
            break;
        n_seen++;
        if (n == 0 && *cursor == '0') { /* leading zeros */
            exponent -= is_after_point;
            continue;
        }
        if (n < N_DIGITS)
            out->digit[n++] = *cursor - '0';
        exponent += !is_after_point;
    }
    if (n_seen == 0)
        return -1;
    if (*cursor == 'e' || *cursor == 'E') {
        char *end;
        long power = strtol(cursor + 1, &end, 10);
        if (end == cursor + 1)
            return -1;
        exponent += power;
        cursor = end;
    }
    if (*cursor != '\0')
        return -1;
    out->exponent = n ? exponent : 0;
    return 0;
}

/* log10 |value|, -infinity for zero */
static double decimal_log10(const decimal *value)
{
    double mantissa = 0, place = 0.1;
    for (int i = 0; i < 20; i++, place /= 10)
        mantissa += value->digit[i] * place;
    return log10(mantissa) + (double)value->exponent;
}

/* log10 |a - b|, -infinity when they are equal to all digits kept */
static double decimal_log10_difference(const decimal *a, const decimal *b)
{
    enum { WIDTH = 2 * N_DIGITS };
    long top = a->exponent > b->exponent ? a->exponent : b->exponent;
    if (a->digit[0] == 0)
        return decimal_log10(b);
    if (b->digit[0] == 0)
        return decimal_log10(a);
    int difference[WIDTH] = {0}; /* aligned on `top` */
    const decimal *part[2] = {a, b};
    for (int p = 0; p < 2; p++) {
        long shift = top - part[p]->exponent;
        int sign = p == 0 ? a->sign : -b->sign;
        for (int i = 0; i < N_DIGITS && i + shift < WIDTH; i++)
            difference[i + shift] += sign * part[p]->digit[i];
    }
    /* The first digit that is not 0 gives the sign of the difference; then carry so that all digits are 0..9. */
    int first = 0;
    while (first < WIDTH && difference[first] == 0)
        first++;
    if (first == WIDTH)
        return -INFINITY;
    int sign = difference[first] < 0 ? -1 : 1;
    for (int i = WIDTH - 1; i >= 0; i--)
        difference[i] *= sign;
    for (int i = WIDTH - 1; i > 0; i--) {
        while (difference[i] < 0) {
            difference[i] += 10;
            difference[i - 1]--;
        }
        while (difference[i] > 9) {
            difference[i] -= 10;
            difference[i - 1]++;
        }
    }
    double value = 0, place = 0.1;
    for (first = 0; first < WIDTH && difference[first] == 0; first++)
        ;
    for (int i = first; i < WIDTH && i < first + 20; i++, place /= 10)
        value += difference[i] * place;
    return log10(value) + (double)(top - first);
}

double correct_digits_text(double got, const char *want)
{
    if (strcmp(want, "nan") == 0 || strcmp(want, "NaN") == 0)
        return correct_digits(got, NAN);
    if (strcmp(want, "inf") == 0)
        return correct_digits(got, INFINITY);
    if (strcmp(want, "-inf") == 0)
        return correct_digits(got, -INFINITY);
    decimal decimal, found_decimal;
    if (decimal_read(want, &decimal) != 0)
        return NAN;
    if (!isfinite(got))
        return 0;
    char text[N_DIGITS + 32];
    snprintf(text, sizeof text, "%.*e", N_DIGITS - 1, got);
    if (decimal_read(text, &found_decimal) != 0)
        return NAN;
    double error = decimal_log10_difference(&found_decimal, &decimal);
    return within(decimal.digit[0] == 0 ? -error : -(error - decimal_log10(&decimal)));
}

void assert_digits_at(double got, double want, double digits, const char *subject, const char *file, int line)
{
    double right = correct_digits(got, want);
    if (right >= digits)
        return;
    print_error("%s: got %.17g, want %.17g: %.2f digits are right, %.2f are asked for\n", subject, got, want, right,
                digits);
    _fail(file, line);
}

void assert_digits_text_at(double got, const char *want, double digits, const char *subject, const char *file, int line)
{
    double right = correct_digits_text(got, want);
    if (right >= digits)
        return;
    print_error("%s: got %.17g, want %s: %.2f digits are right, %.2f are asked for\n", subject, got, want, right,
                digits);
    _fail(file, line);
}
