/* number.c - numbers as text, the same under every locale.
 *
 * No function here gives the C library a decimal mark to read, or looks at one that it wrote: strtod is fed an
 * integer with an exponent ("12345e-3"), and of what snprintf writes only the digits are taken. That is why no
 * locale object is needed.
 *
 * Reading: a mantissa below 2^53 and a power of ten up to 10^22 are both exact doubles, so one division or
 * multiplication is correctly rounded (Clinger 1990). The rest goes to strtod, with at most KEPT_DIGITS digits and one
 * more that says whether anything was cut: no double, and no midpoint of two doubles, has more than 768 digits.
 *
 * Writing: |value| = f * 2^-s with f < 2^53, so value * 10^k = f * 10^k / 2^s is an exact fraction that fits 128 bits
 * for the sizes that occur; rounding it half to even is integer arithmetic. Where a number is shown with fewer digits than
 * the 15 of a spreadsheet, a half of those 15 goes away from zero, so that pages and workbooks show the same. */
#include <behov/number.h>

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { EXACT_POWERS = 23, KEPT_DIGITS = 800, MOST_DECIMALS = 17, SHEET_DIGITS = 15 };

static const double power_of_ten[EXACT_POWERS] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static const uint64_t integer_power_of_ten[20] = {1u,
                                                  10u,
                                                  100u,
                                                  1000u,
                                                  10000u,
                                                  100000u,
                                                  1000000u,
                                                  10000000u,
                                                  100000000u,
                                                  1000000000u,
                                                  10000000000u,
                                                  100000000000u,
                                                  1000000000000u,
                                                  10000000000000u,
                                                  100000000000000u,
                                                  1000000000000000u,
                                                  10000000000000000u,
                                                  100000000000000000u,
                                                  1000000000000000000u,
                                                  10000000000000000000u};

static const uint64_t two_to_53 = (uint64_t)1 << 53;

/* ---------------------------------------------------------------- reading */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits of a number without its leading zeros: value = 0.d1d2d3... * 10^point. */
typedef struct digit_run {
    char kept_text[KEPT_DIGITS];
    size_t n_kept;
    int64_t point;
    bool cut; /* a digit other than 0 did not fit */
} digit_run;

static void add_digit(digit_run *run, char digit, bool is_before_mark)
{
    if (run->n_kept == 0 && digit == '0') {
        run->point -= !is_before_mark;
        return;
    }
    if (run->n_kept < KEPT_DIGITS)
        run->kept_text[run->n_kept++] = digit;
    else
        run->cut |= digit != '0';
    run->point += is_before_mark;
}

static behov_number_result run_to_double(const digit_run *run, int64_t exponent, double *magnitude)
{
    if (run->n_kept == 0) {
        *magnitude = 0;
        return BEHOV_NUMBER_OK;
    }
    exponent += run->point - (int64_t)run->n_kept; /* the kept digits are an integer now */
    if (run->n_kept <= 19) {
        uint64_t mantissa = 0;
        for (size_t i = 0; i < run->n_kept; i++)
            mantissa = 10 * mantissa + (uint64_t)(run->kept_text[i] - '0');
        if (mantissa < two_to_53 && exponent > -EXACT_POWERS && exponent < EXACT_POWERS) {
            *magnitude =
                exponent < 0 ? (double)mantissa / power_of_ten[-exponent] : (double)mantissa * power_of_ten[exponent];
            return BEHOV_NUMBER_OK;
        }
    }
    char text[KEPT_DIGITS + 32];
    memcpy(text, run->kept_text, run->n_kept);
    size_t length = run->n_kept;
    if (run->cut) {
        text[length++] = '1';
        exponent--;
    }
    /* Past these ends the result is settled: 800 digits cannot bring 10^-5000 back. */
    exponent = exponent > 5000 ? 5000 : exponent < -5000 ? -5000 : exponent;
    snprintf(text + length, sizeof text - length, "e%d", (int)exponent);
    int errno_before = errno;
    *magnitude = strtod(text, NULL);
    errno = errno_before;
    return isinf(*magnitude) ? BEHOV_NUMBER_TOO_LARGE : BEHOV_NUMBER_OK;
}

/* The length of the mark that may stand between groups of three digits, 0 when there is none: a space, U+00A0, the thin
 * U+2009 and U+202F, the figure space U+2007, an apostrophe ' or U+2019. */
static size_t group_mark(const char *cursor, const char *end)
{
    if (cursor < end && (*cursor == ' ' || *cursor == '\''))
        return 1;
    if (end - cursor >= 2 && memcmp(cursor, "\xC2\xA0", 2) == 0)
        return 2;
    if (end - cursor < 3 || memcmp(cursor, "\xE2\x80", 2) != 0)
        return 0;
    return cursor[2] == '\x87' || cursor[2] == '\x89' || cursor[2] == '\x99' || cursor[2] == '\xAF' ? 3 : 0;
}

/* The digits before the mark, grouped or not; false when the groups are not of three. */
static bool take_integer(const char **text, const char *end, digit_run *run, size_t *n_digits)
{
    const char *cursor = *text;
    size_t n = 0;
    for (; cursor < end && is_digit(*cursor); cursor++, n++)
        add_digit(run, *cursor, true);
    size_t mark = group_mark(cursor, end);
    const char *first_mark = cursor;
    if (mark && (n == 0 || n > 3))
        return false;
    while (mark) {
        if (group_mark(cursor, end) != mark || memcmp(cursor, first_mark, mark) != 0) /* one kind in one number */
            break;
        cursor += mark;
        for (int i = 0; i < 3; i++, cursor++, n++) {
            if (cursor == end || !is_digit(*cursor))
                return false;
            add_digit(run, *cursor, true);
        }
    }
    *text = cursor;
    *n_digits = n;
    return true;
}

/* The length of a minus, 0 when there is none: - or U+2212, which typeset tables have, in exponents too. */
static size_t minus_length(const char *cursor, const char *end)
{
    if (cursor < end && *cursor == '-')
        return 1;
    return end - cursor >= 3 && memcmp(cursor, "\xE2\x88\x92", 3) == 0 ? 3 : 0;
}

static bool take_exponent(const char **text, const char *end, int64_t *exponent)
{
    const char *cursor = *text + 1; /* past the e */
    size_t minus = minus_length(cursor, end);
    bool is_negative = minus > 0;
    cursor += minus ? minus : cursor < end && *cursor == '+';
    if (cursor == end || !is_digit(*cursor))
        return false;
    int64_t size = 0;
    for (; cursor < end && is_digit(*cursor); cursor++)
        if (size < INT64_C(1000000000000000)) /* more than any text in memory can shift the mark back */
            size = 10 * size + (*cursor - '0');
    *exponent = is_negative ? -size : size;
    *text = cursor;
    return true;
}

static behov_number_result parse_in_full(const char *text, size_t length, char decimal_mark, double *value)
{
    const char *cursor = text, *end = text + length;
    while (cursor < end && (*cursor == ' ' || *cursor == '\t'))
        cursor++;
    while (cursor < end && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    size_t minus = minus_length(cursor, end);
    bool is_negative = minus > 0;
    cursor += minus ? minus : cursor < end && *cursor == '+';
    digit_run run; /* not cleared as a whole: 800 bytes for each number are felt */
    run.n_kept = 0;
    run.point = 0;
    run.cut = false;
    size_t n_digits = 0;
    if (!take_integer(&cursor, end, &run, &n_digits))
        return BEHOV_NUMBER_BAD;
    if (cursor < end && *cursor == decimal_mark)
        for (cursor++; cursor < end && is_digit(*cursor); cursor++, n_digits++)
            add_digit(&run, *cursor, false);
    if (n_digits == 0)
        return BEHOV_NUMBER_BAD;
    int64_t exponent = 0;
    if (cursor < end && (*cursor == 'e' || *cursor == 'E') && !take_exponent(&cursor, end, &exponent))
        return BEHOV_NUMBER_BAD;
    if (cursor != end)
        return BEHOV_NUMBER_BAD;
    double magnitude;
    behov_number_result result = run_to_double(&run, exponent, &magnitude);
    if (result == BEHOV_NUMBER_OK)
        *value = is_negative ? -magnitude : magnitude;
    return result;
}

behov_number_result behov_number_parse(const char *text, size_t length, char decimal_mark, double *value)
{
    /* Most cells of a statistics file are up to 15 digits and one mark; they never leave this function. */
    const char *cursor = text, *end = text + length;
    bool is_negative = cursor < end && *cursor == '-';
    cursor += is_negative;
    const char *start = cursor;
    uint64_t mantissa = 0;
    unsigned digit;
    while (cursor < end && (digit = (unsigned)(unsigned char)*cursor - '0') <= 9) {
        mantissa = 10 * mantissa + digit;
        cursor++;
    }
    size_t n_digits = (size_t)(cursor - start), n_decimals = 0;
    if (cursor < end && *cursor == decimal_mark) {
        const char *mark = cursor++;
        while (cursor < end && (digit = (unsigned)(unsigned char)*cursor - '0') <= 9) {
            mantissa = 10 * mantissa + digit;
            cursor++;
        }
        n_decimals = (size_t)(cursor - mark) - 1;
        n_digits += n_decimals;
    }
    /* 19 digits cannot overflow the mantissa. */
    if (cursor == end && n_digits - 1 < 19 && mantissa < two_to_53) {
        double magnitude = (double)mantissa;
        if (n_decimals)
            magnitude /= power_of_ten[n_decimals];
        *value = is_negative ? -magnitude : magnitude;
        return BEHOV_NUMBER_OK;
    }
    return parse_in_full(text, length, decimal_mark, value);
}

/* ---------------------------------------------------------------- writing */

/* value = f * 2^exponent, exactly; f >= 2^52 unless subnormal. */
static uint64_t take_apart(double value, int *exponent)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    int biased = (int)(bits >> 52 & 0x7FF);
    uint64_t fraction = bits & (two_to_53 / 2 - 1);
    *exponent = (biased ? biased : 1) - 1075;
    return biased ? fraction | two_to_53 / 2 : fraction;
}

/* f * 10^k: k <= 38 - 16 keeps it below 2^128 for f < 2^53. */
static wide times_power_of_ten(uint64_t f, int k)
{
    wide product = (wide)f * integer_power_of_ten[k < 19 ? k : 19];
    return k > 19 ? product * integer_power_of_ten[k - 19] : product;
}

/* numerator / 2^shift, half to even. */
static wide shift_rounded(wide numerator, int shift)
{
    if (shift == 0)
        return numerator;
    if (shift > 127)
        return 0; /* numerator < 2^126, so below one half */
    wide whole = numerator >> shift, rest = numerator - (whole << shift), half = (wide)1 << (shift - 1);
    return whole + (rest > half || (rest == half && (whole & 1)));
}

/* The digits of an integer, no zero byte after them. */
static size_t write_integer(uint64_t number, char *text)
{
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243"
        "4445464748495051525354555657585960616263646566676869707172737475767778798081828384858687"
        "888990919293949596979899";
    char backwards[20];
    size_t index = sizeof backwards;
    while (number >= 100) {
        index -= 2;
        memcpy(backwards + index, pairs + 2 * (number % 100), 2);
        number /= 100;
    }
    if (number >= 10) {
        index -= 2;
        memcpy(backwards + index, pairs + 2 * number, 2);
    } else
        backwards[--index] = (char)('0' + number);
    memcpy(text, backwards + index, sizeof backwards - index);
    return sizeof backwards - index;
}

static size_t write_wide(wide number, char *text)
{
    const uint64_t split = integer_power_of_ten[19];
    if (number < split)
        return write_integer((uint64_t)number, text);
    size_t length = write_wide(number / split, text);
    char low[20];
    size_t n_low = write_integer((uint64_t)(number % split), low);
    memset(text + length, '0', 19 - n_low);
    memcpy(text + length + 19 - n_low, low, n_low);
    return length + 19;
}

/* Digits before the mark of 1e-5 <= magnitude < 2^53; 0 or less: so many zeros after it. */
static int digits_before_mark(double magnitude)
{
    static const double small[] = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};
    int point = 1;
    if (magnitude >= 1) {
        while (point < 16 && magnitude >= power_of_ten[point])
            point++;
        return point;
    }
    for (point = 0; magnitude < small[-point]; point--)
        ;
    return point;
}

/* The same as significant_digits of 1e-5 <= magnitude < 2^53, in integers; false where it has more digits before the mark
 * than are asked for. */
static bool significant_digits_exact(double magnitude, int n, char *digits, int *exponent)
{
    int power, k = n - digits_before_mark(magnitude);
    if (k < 0)
        return false;
    uint64_t f = take_apart(magnitude, &power), m = (uint64_t)shift_rounded(times_power_of_ten(f, k), -power);
    int n_digits = (int)write_integer(m, digits); /* n, or n + 1 where nines were rounded up */
    digits[n] = '\0';
    *exponent = n_digits - 1 - k;
    return n_digits >= n;
}

/* The n significant digits of a number > 0 with the exponent of the first: |value| ~ d.ddd * 10^exponent. Correctly
 * rounded, elsewhere by snprintf; whatever decimal mark the locale has is stepped over. */
static int significant_digits(double magnitude, int n, char digits[MOST_DECIMALS + 1])
{
    char text[64];
    int exponent;
    if (magnitude >= 1e-5 && magnitude < 0x1p53 && significant_digits_exact(magnitude, n, text, &exponent)) {
        memcpy(digits, text, (size_t)n + 1);
        return exponent;
    }
    snprintf(text, sizeof text, "%.*e", n - 1, magnitude);
    const char *cursor = text;
    for (int i = 0; i < n; cursor++)
        if (is_digit(*cursor))
            digits[i++] = *cursor;
    digits[n] = '\0';
    return (int)strtol(strchr(cursor, 'e') + 1, NULL, 10);
}

/* The same as people and spreadsheets round: of the 15 digits that a spreadsheet knows, a half goes away from zero. So
 * 110.5 is 111 and 0.285 with two decimals 0.29, though its double lies below. From 15 digits on as above. */
static int digits_half_up(double magnitude, int n, char digits[MOST_DECIMALS + 1])
{
    if (n >= SHEET_DIGITS)
        return significant_digits(magnitude, n, digits);
    int exponent = significant_digits(magnitude, SHEET_DIGITS, digits), last = n - 1;
    bool is_up = digits[n] >= '5';
    digits[n] = '\0';
    for (; is_up && last >= 0 && digits[last] == '9'; last--)
        digits[last] = '0';
    if (is_up && last >= 0)
        digits[last]++;
    if (last >= 0)
        return exponent;
    digits[0] = '1'; /* 99.6 is 1.0e2 */
    return exponent + 1;
}

/* |value| * 10^decimals as a whole number, rounded so, where 15 digits are enough to say it; false elsewhere. */
static bool whole_half_up(double magnitude, int decimals, wide *whole)
{
    char digits[MOST_DECIMALS + 1];
    int n = magnitude == 0 ? 0 : significant_digits(magnitude, SHEET_DIGITS, digits) + 1 + decimals;
    if (magnitude == 0 || n >= SHEET_DIGITS)
        return false;
    *whole = 0;
    for (int i = 0; i < n; i++)
        *whole = 10 * *whole + (wide)(digits[i] - '0');
    *whole += n >= 0 && digits[n] >= '5';
    return true;
}

/* Lays digits out in plain notation. `point` digits stand before the mark: 0 or less puts zeros after it. */
static size_t lay_out_plain(const char *digits, int n, int point, char decimal_mark, char *text)
{
    char *cursor = text;
    if (point <= 0) {
        *cursor++ = '0';
        *cursor++ = decimal_mark;
        memset(cursor, '0', (size_t)-point);
        cursor += -point;
        memcpy(cursor, digits, (size_t)n);
        cursor += n;
    } else if (point >= n) {
        memcpy(cursor, digits, (size_t)n);
        memset(cursor + n, '0', (size_t)(point - n));
        cursor += point;
    } else {
        memcpy(cursor, digits, (size_t)point);
        cursor += point;
        *cursor++ = decimal_mark;
        memcpy(cursor, digits + point, (size_t)(n - point));
        cursor += n - point;
    }
    *cursor = '\0';
    return (size_t)(cursor - text);
}

/* d.ddde-08, as printf does: a sign and at least two digits. */
static size_t lay_out_exponent(const char *digits, int n, int exponent, char decimal_mark, char *text)
{
    char *cursor = text;
    *cursor++ = digits[0];
    if (n > 1) {
        *cursor++ = decimal_mark;
        memcpy(cursor, digits + 1, (size_t)(n - 1));
        cursor += n - 1;
    }
    return (size_t)(cursor - text) + (size_t)sprintf(cursor, "e%+03d", exponent);
}

static size_t write_not_finite(double value, char *text)
{
    strcpy(text, isnan(value) ? "" : value < 0 ? "-inf" : "inf");
    return strlen(text);
}

/* Whether m / 10^k lies in the interval that reads back as f * 2^-shift; product = f * 10^k. The interval reaches half
 * a unit of f to each side, only a quarter below a power of two. No m of 16 digits or fewer lies on an end of it: a
 * midpoint of two doubles of this size has more digits. */
static bool reads_back(wide m, wide product, uint64_t f, int k, int shift)
{
    wide candidate = m << shift, unit = times_power_of_ten(1, k);
    if (candidate >= product)
        return 2 * (candidate - product) < unit;
    return (f == two_to_53 / 2 ? 4 : 2) * (product - candidate) < unit;
}

/* Shortest digits of 1e-5 <= magnitude < 2^53: 10^k with k = 16 + 5 at most, shift at most 69, all in 128 bits.
 * \return how many digits stand before the mark */
static int shortest_digits_exact(double magnitude, char digits[24], int *n_digits)
{
    int exponent;
    uint64_t f = take_apart(magnitude, &exponent);
    int shift = -exponent; /* >= 0, since magnitude < 2^53 */
    int point = digits_before_mark(magnitude);
    /* A number that has a text of 15 digits or fewer is the only double near that text (DBL_DIG is 15), so the first
     * length that reads back is the shortest once its zeros are gone. 17 digits always read back. */
    wide m = 0;
    int k = 0;
    for (int n = 15; n <= 17; n++) {
        k = n - point > 0 ? n - point : 0;
        wide product = times_power_of_ten(f, k);
        m = shift_rounded(product, shift);
        if (n == 17 || reads_back(m, product, f, k, shift))
            break;
    }
    int n = (int)write_integer((uint64_t)m, digits); /* m < 10^17 or so */
    point = n - k;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    *n_digits = n;
    return point;
}

/* The same for every other size, by trying. */
static int shortest_digits_by_trying(double magnitude, char digits[24], int *n_digits)
{
    int exponent = 0, n;
    for (n = 15; n <= 17; n++) {
        exponent = significant_digits(magnitude, n, digits);
        digit_run run = {.n_kept = (size_t)n, .point = exponent + 1};
        memcpy(run.kept_text, digits, (size_t)n);
        double back;
        if (run_to_double(&run, 0, &back) == BEHOV_NUMBER_OK && back == magnitude)
            break;
        /* The nearest text may lie outside on the narrow side of a power of two, the next one inside on the other. */
        if (run.kept_text[n - 1] < '9') {
            run.kept_text[n - 1]++;
            if (run_to_double(&run, 0, &back) == BEHOV_NUMBER_OK && back == magnitude) {
                digits[n - 1]++;
                break;
            }
        }
    }
    while (n > 1 && digits[n - 1] == '0')
        n--;
    /* Subnormals have few digits: 5e-324 reads back, 4.94065645841247e-324 is no better. */
    if (magnitude < 0x1p-1022)
        for (int fewer = 1; fewer < n; fewer++) {
            char tried_text[24];
            int tried_exponent = significant_digits(magnitude, fewer, tried_text);
            digit_run run = {.n_kept = (size_t)fewer, .point = tried_exponent + 1};
            memcpy(run.kept_text, tried_text, (size_t)fewer);
            double back;
            if (run_to_double(&run, 0, &back) == BEHOV_NUMBER_OK && back == magnitude) {
                memcpy(digits, tried_text, (size_t)fewer);
                n = fewer;
                exponent = tried_exponent;
                break;
            }
        }
    *n_digits = n;
    return exponent + 1;
}

bool behov_number_may_be_thousands(const char *text, size_t length, double *value)
{
    const char *cursor = text, *end = text + length;
    while (cursor < end && (*cursor == ' ' || *cursor == '\t'))
        cursor++;
    size_t minus = minus_length(cursor, end);
    cursor += minus ? minus : cursor < end && *cursor == '+';
    double number = 0;
    size_t n_before = 0, n_behind = 0;
    if (cursor == end || *cursor == '0')
        return false;
    for (; cursor < end && is_digit(*cursor); cursor++, n_before++)
        number = 10 * number + (*cursor - '0');
    if (n_before < 1 || n_before > 3 || cursor == end || (*cursor != '.' && *cursor != ','))
        return false;
    for (cursor++; cursor < end && is_digit(*cursor); cursor++, n_behind++)
        number = 10 * number + (*cursor - '0');
    if (n_behind != 3 || cursor != end)
        return false;
    if (value)
        *value = minus ? -number : number;
    return true;
}

size_t behov_number_shortest(double value, char text[BEHOV_NUMBER_SIZE])
{
    if (!isfinite(value))
        return write_not_finite(value, text);
    char *cursor = text;
    if (signbit(value))
        *cursor++ = '-';
    double magnitude = fabs(value);
    if (magnitude < 0x1p53 && magnitude == (double)(uint64_t)magnitude) {
        cursor += write_integer((uint64_t)magnitude, cursor);
        *cursor = '\0';
        return (size_t)(cursor - text);
    }
    char digits[24];
    int n, point;
    if (magnitude >= 1e-5 && magnitude < 0x1p53)
        point = shortest_digits_exact(magnitude, digits, &n);
    else
        point = shortest_digits_by_trying(magnitude, digits, &n);
    /* Plain from 0.00001 to seventeen digits, so that no identity number gets an exponent. */
    if (point > -5 && point <= 17)
        return (size_t)(cursor - text) + lay_out_plain(digits, n, point, '.', cursor);
    return (size_t)(cursor - text) + lay_out_exponent(digits, n, point - 1, '.', cursor);
}

/* Puts `group` between groups of three of the n digits. Left out where the text would not have room: only numbers
 * above 10^100 or so come there. */
static size_t write_grouped(const char *digits, size_t n, const char *group, int group_from, size_t room, char *text)
{
    size_t n_group = strlen(group), n_groups = (n - 1) / 3;
    if (n < (size_t)(group_from > 1 ? group_from : 1) || n_group > room || n + n_groups * n_group > room) {
        memcpy(text, digits, n);
        return n;
    }
    char *cursor = text;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) {
            memcpy(cursor, group, n_group);
            cursor += n_group;
        }
        *cursor++ = digits[i];
    }
    return (size_t)(cursor - text);
}

size_t behov_number_fixed(double value, int decimals, char decimal_mark, const char *group, int group_from,
                          char text[BEHOV_NUMBER_SIZE])
{
    if (!isfinite(value))
        return write_not_finite(value, text);
    decimals = decimals < 0 ? 0 : decimals > MOST_DECIMALS ? MOST_DECIMALS : decimals;
    double magnitude = fabs(value);
    char digits[340]; /* 309 before the mark, 17 after it */
    size_t n;
    if (magnitude < 0x1p53) {
        int exponent;
        uint64_t f = take_apart(magnitude, &exponent);
        wide wide;
        if (!whole_half_up(magnitude, decimals, &wide))
            wide = shift_rounded(times_power_of_ten(f, decimals), -exponent);
        n = write_wide(wide, digits);
        if (n <= (size_t)decimals) { /* 0.05 has the digits 5: put the zeros before them back */
            size_t n_zeros = (size_t)decimals + 1 - n;
            memmove(digits + n_zeros, digits, n);
            memset(digits, '0', n_zeros);
            n += n_zeros;
        }
        if (wide == 0)
            value = 0; /* "-0,00" says nothing */
    } else {           /* an integer: no decimal mark for the locale to choose */
        n = (size_t)snprintf(digits, sizeof digits, "%.0f", magnitude);
        memset(digits + n, '0', (size_t)decimals);
        n += (size_t)decimals;
    }
    char *cursor = text;
    if (value < 0)
        *cursor++ = '-';
    size_t n_before = n - (size_t)decimals;
    cursor += write_grouped(digits, n_before, group ? group : "", group_from, BEHOV_NUMBER_SIZE - (size_t)decimals - 3,
                            cursor);
    if (decimals) {
        *cursor++ = decimal_mark;
        memcpy(cursor, digits + n_before, (size_t)decimals);
        cursor += decimals;
    }
    *cursor = '\0';
    return (size_t)(cursor - text);
}

size_t behov_number_significant(double value, int digits, char decimal_mark, char text[BEHOV_NUMBER_SIZE])
{
    if (!isfinite(value))
        return write_not_finite(value, text);
    if (value == 0) {
        strcpy(text, "0");
        return 1;
    }
    digits = digits < 1 ? 1 : digits > 17 ? 17 : digits;
    char *cursor = text;
    if (value < 0)
        *cursor++ = '-';
    char kept_text[MOST_DECIMALS + 1];
    /* The exponent after rounding decides: 0.00009999 to two digits is 0.00010, not 1.0e-04. */
    int exponent = digits_half_up(fabs(value), digits, kept_text);
    if (exponent >= -4 && exponent < 15)
        return (size_t)(cursor - text) + lay_out_plain(kept_text, digits, exponent + 1, decimal_mark, cursor);
    return (size_t)(cursor - text) + lay_out_exponent(kept_text, digits, exponent, decimal_mark, cursor);
}

double behov_number_rounded(double value, int decimals)
{
    char text[BEHOV_NUMBER_SIZE];
    double rounded_value = value;
    if (!isfinite(value) || fabs(value) >= 0x1p53)
        return value;
    size_t length = behov_number_fixed(value, decimals, '.', "", 0, text);
    return behov_number_parse(text, length, '.', &rounded_value) == BEHOV_NUMBER_OK ? rounded_value : value;
}

behov_said behov_phrase_number(double value)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_number_shortest(value, text);
    char *mark = strchr(text, '.');
    if (!mark)
        return behov_phrase(SAY_MESSAGE, text);
    *mark = '\0';
    return behov_phrase(SAY_OPTION_NUMBER_DECIMAL, text, mark + 1);
}
