/* test_support.c - the tools that judge the others are judged first. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "digits.h"
#include "failing_malloc.h"

static void near(double got, double want)
{
    if (!(fabs(got - want) < 0.01)) {
        print_error("got %.17g, want %.17g\n", got, want);
        fail();
    }
}

static void digits_of_two_doubles(void **state)
{
    (void)state;
    near(correct_digits(1.0, 1.0), 17);
    near(correct_digits(1.001, 1.0), 3);
    near(correct_digits(-1e300, -1.0001e300), 4);
    near(correct_digits(1e-5, 0.0), 5);
    near(correct_digits(0.0, 0.0), 17);
    near(correct_digits(0.0, 1.0), 0);
    near(correct_digits(-1.0, 1.0), 0);
    near(correct_digits(NAN, NAN), 17);
    near(correct_digits(NAN, 1.0), 0);
    near(correct_digits(1.0, NAN), 0);
    near(correct_digits(INFINITY, INFINITY), 17);
    near(correct_digits(INFINITY, -INFINITY), 0);
    near(correct_digits(INFINITY, 1.0), 0);
}

static void digits_of_a_text(void **state)
{
    (void)state;
    near(correct_digits_text(1.0, "1"), 17);
    near(correct_digits_text(1.001, "1.000"), 3);
    near(correct_digits_text(-0.001953125, "-1.953125e-3"), 17);
    near(correct_digits_text(-0.00125, "-1.25e-3"), 16.68); /* no double is -0.00125 */
    near(correct_digits_text(100.0, "+1.01E+02"), 2 + log10(1.01));
    near(correct_digits_text(0.625, "000.625000"), 17);
    /* borrowed through a row of zeros */
    near(correct_digits_text(1.0, "0.9999999"), 7);
    near(correct_digits_text(0.9375, "1"), -log10(0.0625));
    /* 0.1 is 0.10000000000000000555111512312578...: only a text with more digits shows the rest */
    near(correct_digits_text(0.1, "0.1"), -log10(5.5511151231257827e-18 / 0.1));
    near(correct_digits_text(0.1, "0.10000000000000000555111512312578270211815834045410156"), 17);
    near(correct_digits_text(0.1, "0.10000000000000010555"), 15);
    near(correct_digits_text(1e-5, "0"), 5);
    near(correct_digits_text(0.0, "0.00"), 17);
    near(correct_digits_text(0.0, "3.5"), 0);
    near(correct_digits_text(5e-324, "4.940656458412465441765687928682213723651e-324"), 17);
    near(correct_digits_text(NAN, "nan"), 17);
    near(correct_digits_text(NAN, "1"), 0);
    near(correct_digits_text(INFINITY, "inf"), 17);
    assert_true(isnan(correct_digits_text(1.0, "one")));
    assert_true(isnan(correct_digits_text(1.0, "1.0x")));
    assert_true(isnan(correct_digits_text(1.0, "")));
}

static void the_nth_allocation_fails_once(void **state)
{
    (void)state;
    failing_malloc_start(2);
    /* volatile: a compiler may leave out an allocation that nobody uses */
    void *volatile first = malloc(10);
    void *volatile second = calloc(10, 1);
    void *volatile third = realloc(first, 20);
    assert_true(failing_malloc_stop());
    assert_int_equal(failing_malloc_count(), 3);
    assert_non_null(third);
    assert_null(second);
    free(third);

    failing_malloc_start(2);
    first = malloc(10);
    assert_false(failing_malloc_stop());
    assert_non_null(first);
    free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_of_two_doubles),
        cmocka_unit_test(digits_of_a_text),
        cmocka_unit_test(the_nth_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
