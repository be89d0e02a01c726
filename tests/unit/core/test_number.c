/* test_number.c - numbers as text: what is read, what is refused, what is written, under every locale.
 *
 * Doubles are compared bit by bit; the program's own locale is set from the environment, and to nb_NO where the machine
 * has it. */
#include <behov/number.h>

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "effort.h"

static behov_number_result parse(const char *text, char mark, double *value)
{
    /* A copy without a zero after it: a read past the end is seen by the sanitizers. */
    size_t length = strlen(text);
    char *copy = malloc(length ? length : 1);
    assert_non_null(copy);
    memcpy(copy, text, length);
    behov_number_result result = behov_number_parse(copy, length, mark, value);
    free(copy);
    return result;
}

static void check_reads(const char *text, char mark, double want)
{
    double got = -999;
    behov_number_result result = parse(text, mark, &got);
    if (result != BEHOV_NUMBER_OK || memcmp(&got, &want, sizeof got) != 0)
        fail_msg("\"%s\" with mark %c: result %d, got %a, want %a", text, mark, (int)result, got, want);
}

static void check_refuses(const char *text, char mark, behov_number_result want)
{
    double got = -999;
    behov_number_result result = parse(text, mark, &got);
    if (result != want || !(got == -999))
        fail_msg("\"%s\" with mark %c: result %d, want %d, value %a", text, mark, (int)result, (int)want, got);
}

static void check_shortest(double value, const char *want)
{
    char text[BEHOV_NUMBER_SIZE];
    size_t length = behov_number_shortest(value, text);
    assert_string_equal(text, want);
    assert_int_equal(length, strlen(want));
}

static void check_fixed(double value, int decimals, const char *want)
{
    char text[BEHOV_NUMBER_SIZE];
    size_t length = behov_number_fixed(value, decimals, ',', "\xC2\xA0", 5, text);
    assert_string_equal(text, want);
    assert_int_equal(length, strlen(want));
}

static void check_significant(double value, int digits, const char *want)
{
    char text[BEHOV_NUMBER_SIZE];
    size_t length = behov_number_significant(value, digits, '.', text);
    assert_string_equal(text, want);
    assert_int_equal(length, strlen(want));
}

static void numbers_of_statistics_files_are_read(void **state)
{
    (void)state;
    check_reads("0", '.', 0);
    check_reads("-0", '.', -0.0);
    check_reads("1234", '.', 1234);
    check_reads("12.5", '.', 12.5);
    check_reads("12,5", ',', 12.5);
    check_reads("-0,276", ',', -0.276);
    check_reads("+3.5", '.', 3.5);
    check_reads("\xE2\x88\x92"
                "3,5",
                ',', -3.5); /* U+2212 */
    check_reads(".5", '.', 0.5);
    check_reads("5.", '.', 5);
    check_reads("007", '.', 7);
    check_reads(" \t12.5 \t", '.', 12.5);
    check_reads("1 234,5", ',', 1234.5);
    check_reads("12\xC2\xA0"
                "345\xC2\xA0"
                "678",
                '.', 12345678);
    check_reads("1\xE2\x80\xAF"
                "234,5",
                ',', 1234.5);
    check_reads("-2.05e-07", '.', -2.05e-07);
    check_reads("1E5", '.', 1e5);
    check_reads("1e+5", '.', 1e5);
    check_reads("1,5e3", ',', 1500);
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    const char *const bad[] = {"",
                               " ",
                               "-",
                               "+",
                               ".",
                               "-.",
                               "nan",
                               "NaN",
                               "inf",
                               "-inf",
                               "Inf",
                               "infinity",
                               "0x10",
                               "1e",
                               "1e+",
                               "e5",
                               "1 2",
                               "1 23",
                               "1 2345",
                               "1234 567",
                               " 234 5",
                               "1  234",
                               "12a",
                               "0,12",
                               "1,234.5",
                               "1.2.3",
                               "--1",
                               "1-",
                               "1 234\u00A0567",
                               "1.5 000",
                               "\xE2\x88",
                               "1\xC2",
                               "1 234 ,5x",
                               "1d5"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_refuses(bad[i], '.', BEHOV_NUMBER_BAD);
    check_refuses("0.12", ',', BEHOV_NUMBER_BAD);
    check_refuses("1.234,5", ',', BEHOV_NUMBER_BAD);
}

static void numbers_past_the_range_are_told_apart(void **state)
{
    (void)state;
    check_refuses("1e999", '.', BEHOV_NUMBER_TOO_LARGE);
    check_refuses("-1.8e308", '.', BEHOV_NUMBER_TOO_LARGE);
    check_refuses("1e99999999999999999999999", '.', BEHOV_NUMBER_TOO_LARGE);
    check_reads("0e99999999999999999999999", '.', 0);
    check_reads("1e-99999999999999999999999", '.', 0);
    check_reads("-1e-999", '.', -0.0);
    check_reads("1.7976931348623157e308", '.', 0x1.fffffffffffffp1023);
    check_reads("4.9406564584124654e-324", '.', 0x1p-1074);
    check_reads("2.4703282292062327e-324", '.', 0); /* below half of the smallest */
    check_reads("2.4703282292062328e-324", '.', 0x1p-1074);
    check_reads("2.2250738585072011e-308", '.', 0x0.fffffffffffffp-1022); /* made PHP hang */
}

static void halfway_cases_are_rounded_to_even(void **state)
{
    (void)state;
    check_reads("9007199254740993", '.', 9007199254740992.0); /* 2^53 + 1 */
    check_reads("9007199254740993.0000000000000000000000000000000000001", '.', 9007199254740994.0);
    check_reads("18446744073709551617", '.', 18446744073709551616.0); /* 2^64 + 1 */
    check_reads("9007199254740995", '.', 9007199254740996.0);
    check_reads("1.00000000000000011102230246251565404236316680908203125", '.', 1.0);
    check_reads("1.00000000000000011102230246251565404236316680908203126", '.', 0x1.0000000000001p0);
    /* The digit that decides stands behind more than a thousand zeros. */
    char text[1400] = "1.00000000000000011102230246251565404236316680908203125";
    size_t length = strlen(text);
    memset(text + length, '0', 1200);
    text[length + 1200] = '\0';
    check_reads(text, '.', 1.0);
    strcpy(text + length + 1200, "1");
    check_reads(text, '.', 0x1.0000000000001p0);
    /* Many zeros in front, and many behind, that an exponent takes back. */
    memset(text, '0', 1300);
    text[1] = '.';
    strcpy(text + 1300, "5e1299");
    check_reads(text, '.', 5);
    text[0] = '5';
    memset(text + 1, '0', 1299);
    strcpy(text + 1300, "e-1299");
    check_reads(text, '.', 5);
}

static void shortest_text_is_what_people_write(void **state)
{
    (void)state;
    check_shortest(0, "0");
    check_shortest(-0.0, "-0");
    check_shortest(1, "1");
    check_shortest(100000, "100000");
    check_shortest(0.1, "0.1");
    check_shortest(-0.276, "-0.276");
    check_shortest(0.1 + 0.2, "0.30000000000000004");
    check_shortest(1.0 / 3, "0.3333333333333333");
    check_shortest(2.0 / 3, "0.6666666666666666");
    check_shortest(5e-324, "5e-324");
    check_shortest(0x1p-1022, "2.2250738585072014e-308");
    check_shortest(0x1.fffffffffffffp1023, "1.7976931348623157e+308");
    check_shortest(1e-5, "0.00001");
    check_shortest(9.5e-6, "9.5e-06");
    check_shortest(2.05e-07, "2.05e-07");
    check_shortest(9007199254740992.0, "9007199254740992");
    check_shortest(12345678901234568.0, "12345678901234568");
    check_shortest(1e17, "1e+17");
    check_shortest(1e22, "1e+22");
    check_shortest(123456789012345.6, "123456789012345.6");
    check_shortest(1000000000000000.5, "1000000000000000.5");
    check_shortest(1e23, "1e+23");                    /* lies below 10^23, but is the double nearest to it */
    check_shortest(0x1p-44, "5.684341886080802e-14"); /* %.16g gives ...801, which is another double */
    check_shortest(NAN, "");
    check_shortest(INFINITY, "inf");
    check_shortest(-INFINITY, "-inf");
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed * UINT64_C(2685821657736338717);
}

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Digits without sign, mark, leading and trailing zeros. */
static size_t count_digits(const char *text)
{
    size_t n = 0, n_zeros = 0;
    for (; *text && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9') {
            if (*text != '0') {
                n += n_zeros + 1;
                n_zeros = 0;
            } else if (n)
                n_zeros++;
        }
    return n;
}

static void check_round_trip(double value)
{
    char text[BEHOV_NUMBER_SIZE];
    size_t length = behov_number_shortest(value, text);
    double back = -999;
    if (behov_number_parse(text, length, '.', &back) != BEHOV_NUMBER_OK || memcmp(&back, &value, sizeof back) != 0)
        fail_msg("%a is written as %s and read as %a", value, text, back);
    if (value == 0)
        return;
    /* Fewer digits than written must not read back. */
    size_t n = count_digits(text);
    if (n > 1) {
        char fewer[64];
        snprintf(fewer, sizeof fewer, "%.*e", (int)n - 2, value);
        if (behov_number_parse(fewer, strlen(fewer), *localeconv()->decimal_point, &back) == BEHOV_NUMBER_OK &&
            back == value)
            fail_msg("%a is written as %s, but %s is enough", value, text, fewer);
    }
}

static void every_double_comes_back_and_no_shorter_text_would_do(void **state)
{
    (void)state;
    uint64_t seed = 20170801;
    for (int exponent = -1074; exponent < 1024; exponent++) {
        double power = ldexp(1, exponent);
        check_round_trip(power);
        check_round_trip(-power);
        check_round_trip(nextafter(power, 0));
        check_round_trip(nextafter(power, INFINITY));
    }
    for (size_t i = 0, n = effort(40000); i < n; i++) {
        double value = from_bits(next_random(&seed));
        if (isfinite(value))
            check_round_trip(value);
        check_round_trip(from_bits(next_random(&seed) >> 12 >> next_random(&seed) % 40)); /* subnormal */
        double decimal = (double)(int64_t)(next_random(&seed) >> (12 + next_random(&seed) % 40));
        check_round_trip(decimal);
        check_round_trip(decimal / 1e4);
        check_round_trip(decimal / 1e9);
        check_round_trip(ldexp((double)(next_random(&seed) >> 11), -(int)(next_random(&seed) % 70)));
    }
}

/* As spreadsheets show the number: its 15 digits, a half away from zero. The texts are those of Python's decimal,
 * Decimal("%.14e" % x).quantize(..., ROUND_HALF_UP). */
static void fixed_decimals_are_correctly_rounded(void **state)
{
    (void)state;
    check_fixed(0, 2, "0,00");
    check_fixed(-0.0, 2, "0,00");
    check_fixed(-0.004, 2, "0,00");
    check_fixed(-0.006, 2, "-0,01");
    check_fixed(-0.4, 0, "0");
    check_fixed(0.5, 0, "1");
    check_fixed(-0.5, 0, "-1");
    check_fixed(1.5, 0, "2");
    check_fixed(2.5, 0, "3");
    check_fixed(110.5, 0, "111");
    check_fixed(104.5, 0, "105");
    check_fixed(99.5, 0, "100");
    check_fixed(110.49999999999999, 0, "111"); /* 110.500000000000 in a workbook */
    check_fixed(110.49999999999, 0, "110");
    check_fixed(0.285, 2, "0,29");
    check_fixed(0.125, 2, "0,13");
    check_fixed(0.375, 2, "0,38");
    check_fixed(1.005, 2, "1,01"); /* the double is a little below 1.005 */
    check_fixed(2.675, 2, "2,68");
    check_fixed(0.0004, 3, "0,000");
    check_fixed(0.0005, 3, "0,001");
    check_fixed(0.05, 1, "0,1");
    check_fixed(9.9999, 3, "10,000");
    check_fixed(0.1, 17, "0,10000000000000001");
    check_fixed(5e-324, 17, "0,00000000000000000");
    check_fixed(-5e-324, 0, "0");
    check_fixed(1e22, 1,
                "10\xC2\xA0"
                "000\xC2\xA0"
                "000\xC2\xA0"
                "000\xC2\xA0"
                "000\xC2\xA0"
                "000\xC2\xA0"
                "000\xC2\xA0"
                "000,0");
    check_fixed(NAN, 2, "");
    check_fixed(-INFINITY, 2, "-inf");
}

static void groups_are_norwegian(void **state)
{
    (void)state;
    check_fixed(1234, 0, "1234");
    check_fixed(-1234.5, 1, "-1234,5");
    check_fixed(12345, 0,
                "12\xC2\xA0"
                "345");
    check_fixed(277391.4, 1,
                "277\xC2\xA0"
                "391,4");
    check_fixed(9999.96, 1,
                "10\xC2\xA0"
                "000,0"); /* five digits once it is rounded */
    check_fixed(-1234567, 0,
                "-1\xC2\xA0"
                "234\xC2\xA0"
                "567");
    char text[BEHOV_NUMBER_SIZE];
    behov_number_fixed(1234, 0, '.', ",", 4, text);
    assert_string_equal(text, "1,234");
    behov_number_fixed(999, 0, '.', ",", 4, text);
    assert_string_equal(text, "999");
    behov_number_fixed(1234567, 1, '.', "", 4, text);
    assert_string_equal(text, "1234567.0");
    /* The largest doubles have no room for three-byte groups: written without. */
    size_t length = behov_number_fixed(-0x1.fffffffffffffp1023, 17, ',', "\xE2\x80\xAF", 4, text);
    assert_int_equal(length, 1 + 309 + 1 + 17);
    assert_int_equal(length, strlen(text));
}

static void fixed_agrees_with_the_c_library(void **state)
{
    (void)state;
    uint64_t seed = 42;
    int n_halves = 0;
    for (size_t i = 0, n = 2000 + effort(58000); i < n; i++) {
        double value = i % 2 ? from_bits(next_random(&seed)) : (double)(int64_t)next_random(&seed) / 1e14;
        if (!isfinite(value))
            continue;
        char got[BEHOV_NUMBER_SIZE], want[BEHOV_NUMBER_SIZE];
        int decimals = (int)(next_random(&seed) % 18);
        behov_number_fixed(value, decimals, *localeconv()->decimal_point, "", 0, got);
        snprintf(want, sizeof want, "%.*f", decimals, value);
        /* A half in the 15 digits that a spreadsheet knows goes away from zero. */
        char digits[40];
        snprintf(digits, sizeof digits, "%.14e", fabs(value));
        digits[1] = digits[0]; /* over the mark: the digits stand in a row */
        int n_kept = atoi(strchr(digits, 'e') + 1) + 1 + decimals;
        if (n_kept >= 0 && n_kept < 15 && digits[1 + n_kept] == '5' &&
            strspn(digits + 2 + n_kept, "0") >= 14u - (unsigned)n_kept) {
            n_halves++;
            assert_true(fabs(strtod(got, NULL)) > fabs(value));
            continue;
        }
        const char *unsigned_zero = want[0] == '-' && strpbrk(want, "123456789") == NULL ? want + 1 : want;
        assert_string_equal(got, unsigned_zero);
    }
    assert_true(n_halves > 0);
}

/* The first n digits from the first that is not 0 on. */
static void digits_alone(const char *text, int n, char *digits)
{
    int count = 0;
    for (; *text && *text != 'e' && count < n; text++)
        if (*text >= '0' && *text <= '9' && (count > 0 || *text != '0'))
            digits[count++] = *text;
    digits[count] = 0;
}

/* With 15 digits and more the text is the C library's, of every size and beside every power of ten and two. */
static void many_digits_are_as_the_c_library_rounds(void **state)
{
    (void)state;
    uint64_t word = 1;
    for (int i = 0, n = (int)effort(300000); i < n; i++) {
        word = word * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double value = ldexp((double)(word >> 11) * 0x1p-53, i % 74 - 18); /* 1e-6 to 4e16 */
        if (i % 5 == 0)
            value = pow(10, i / 5 % 24 - 6);
        if (i % 5 == 1)
            value = nextafter(pow(10, i / 5 % 24 - 6), i % 2 ? 0 : 1e300);
        if (i % 5 == 2)
            value = ldexp(1 + (double)(word >> 60), i % 74 - 22) + (i % 2 ? 0 : 0.5);
        if (!(value > 0))
            continue;
        int digits = 15 + i % 3;
        char text[BEHOV_NUMBER_SIZE], want[64], got[64], wanted[64];
        size_t length = behov_number_significant(value, digits, '.', text);
        snprintf(want, sizeof want, "%.*e", digits - 1, value);
        assert_true(length == strlen(text));
        digits_alone(text, digits, got);
        digits_alone(want, digits, wanted);
        assert_string_equal(got, wanted);
    }
}

static void significant_digits_are_kept(void **state)
{
    (void)state;
    check_significant(0.035, 3, "0.0350");
    check_significant(0.27649, 3, "0.276");
    check_significant(-2.45, 3, "-2.45");
    check_significant(2, 3, "2.00");
    check_significant(-2.05e-07, 3, "-2.05e-07");
    check_significant(0.0001, 2, "0.00010");
    check_significant(0.00009999, 2, "0.00010"); /* the rounded number decides the notation */
    check_significant(0.00009994, 3, "9.99e-05");
    check_significant(0.0345, 2, "0.035"); /* its double lies below */
    check_significant(-2.045e-07, 3, "-2.05e-07");
    check_significant(99.95, 3, "100");
    check_significant(123456, 3, "123000");
    check_significant(999.9, 3, "1000");
    check_significant(1e15, 3, "1.00e+15");
    check_significant(1e100, 1, "1e+100");
    check_significant(0.1, 17, "0.10000000000000001");
    check_significant(-0.0, 3, "0");
    check_significant(NAN, 3, "");
    char text[BEHOV_NUMBER_SIZE];
    behov_number_significant(0.035, 3, ',', text);
    assert_string_equal(text, "0,0350");
}

/* The whole list once more where a decimal is written with a comma. */
static int use_norwegian_locale(void **state)
{
    (void)state;
    if (!setlocale(LC_ALL, "nb_NO.UTF-8") && !setlocale(LC_ALL, "de_DE.UTF-8"))
        print_message("no locale with a decimal comma on this machine: nb_NO.UTF-8 was not tried\n");
    return 0;
}

static void a_mark_before_three_digits_may_be_of_thousands(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value; /* 0 = nobody would ask */
    } cases[] = {{"1.000", 1000},
                 {"+12,500", 12500},
                 {"-200.000", -200000},
                 {"\xE2\x88\x92"
                  "1,250",
                  -1250},
                 {"0.125", 0},
                 {"1.00", 0},
                 {"1234.500", 0},
                 {"1.000.000", 0},
                 {"1.0000", 0},
                 {"1000", 0},
                 {"1.000p", 0},
                 {"", 0},
                 {".500", 0},
                 {"1.", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 0;
        bool may_be = behov_number_may_be_thousands(cases[i].text, strlen(cases[i].text), &value);
        if (may_be != (cases[i].value != 0) || value != cases[i].value)
            fail_msg("\"%s\"", cases[i].text);
    }
}

int main(void)
{
    setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_before_three_digits_may_be_of_thousands),
        cmocka_unit_test(numbers_of_statistics_files_are_read),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(numbers_past_the_range_are_told_apart),
        cmocka_unit_test(halfway_cases_are_rounded_to_even),
        cmocka_unit_test(shortest_text_is_what_people_write),
        cmocka_unit_test(every_double_comes_back_and_no_shorter_text_would_do),
        cmocka_unit_test(fixed_decimals_are_correctly_rounded),
        cmocka_unit_test(groups_are_norwegian),
        cmocka_unit_test(fixed_agrees_with_the_c_library),
        cmocka_unit_test(significant_digits_are_kept),
        cmocka_unit_test(many_digits_are_as_the_c_library_rounds),
    };
    int n_failed = cmocka_run_group_tests_name("number", tests, NULL, NULL);
    return n_failed + cmocka_run_group_tests_name("number, decimal comma", tests, use_norwegian_locale, NULL);
}
