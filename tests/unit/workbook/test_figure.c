/* test_figure.c - figures of cells are what printf writes for %.16G, against the C library, in a locale with a decimal comma
 * too where there is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "effort.h"
#include "xlsx_figure.h"

static uint64_t seed = 88172645463325252u;

/* xorshift64 (Marsaglia 2003) */
static uint64_t next(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static void assert_figure(double value)
{
    char expected[64], text[XLSX_FIGURE_SIZE];
    snprintf(expected, sizeof expected, "%.16G", value);
    size_t length = xlsx_figure(value, text);
    assert_int_equal(length, strlen(text));
    assert_string_equal(text, expected);
}

static void figures_are_those_of_printf(void **state)
{
    (void)state;
    static const double odd[] = {0.0,
                                 -0.0,
                                 1,
                                 -1,
                                 10,
                                 9.7,
                                 89.7905,
                                 0.1,
                                 1e-4,
                                 9.9999999999999991e-05,
                                 0.07147,
                                 1e15,
                                 1e16,
                                 1e22,
                                 0x1p53,
                                 0x1p53 - 1,
                                 4503599627370497.5,
                                 0.000244140625,
                                 999999999999999.9,
                                 5e-324,
                                 1.7976931348623157e308};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_figure(odd[i]), assert_figure(-odd[i]);
    for (int power = -6; power <= 17; power++) { /* where the number of digits changes, and halves */
        assert_figure(pow(10, power));
        assert_figure(nextafter(pow(10, power), 0));
        assert_figure(nextafter(pow(10, power), INFINITY));
    }
    for (size_t i = 0; i < effort(300000); i++) {
        uint64_t bits = next();
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            assert_figure(value);
        assert_figure(ldexp((double)(bits >> 11), -(int)(bits % 71)));
        assert_figure(-(double)(bits % 1000000000) / 1e5);
        assert_figure((double)(2 * (bits % 100000) + 1) / 0x1p20 + (double)(bits >> 40)); /* ends in 5 */
    }
}

static void a_locale_changes_nothing(void **state)
{
    (void)state;
    static const char *const locales[] = {"nb_NO.UTF-8", "nb_NO.utf8", "de_DE.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
        if (setlocale(LC_NUMERIC, locales[i])) {
            char text[XLSX_FIGURE_SIZE];
            xlsx_figure(2.5e-7, text);
            assert_string_equal(text, "2.5E-07");
            xlsx_figure(-2.5, text);
            assert_string_equal(text, "-2.5");
        }
    setlocale(LC_NUMERIC, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_those_of_printf),
        cmocka_unit_test(a_locale_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
