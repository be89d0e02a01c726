/* test_funnel.c - tau^2 of ratios, by hand, and without memory. Limits are held against exact arithmetic in
 * tests/cross/test_funnel.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "failing_malloc.h"
#include <behov/funnel.h>
#include <behov/rank.h>

static behov_error err;

static double tau2_of(const double *ratios, const double *deviations, size_t n)
{
    double tau2 = NAN;
    assert_int_equal(behov_funnel_tau2(ratios, deviations, n, &tau2, &err), BEHOV_OK);
    return tau2;
}

static void tau2_by_hand(void **state)
{
    (void)state;
    /* z = -2, -1, 0, 1, 2 with s = 10: quantiles at 0.1 * 4 = 0.4 and 3.6 are -1.6 and 1.6; squares 2 (2.56 + 1) = 7.12;
     * w = 0.01 each, sum w - sum w^2 / sum w = 0.05 - 0.0005 / 0.05 = 0.04; (7.12 - 4) / 0.04 = 78 */
    const double ratios[] = {80, 90, 100, 110, 120}, tens[] = {10, 10, 10, 10, 10};
    assert_true(fabs(tau2_of(ratios, tens, 5) - 78) < 1e-9);
    /* the order does not matter, and one far out counts as the next: z = 40 in place of 2 moves the upper quantile to 1 +
     * 0.6 * 39 = 24.4 */
    const double shuffled[] = {120, 80, 110, 100, 90}, far[] = {80, 90, 100, 110, 500};
    assert_true(fabs(tau2_of(shuffled, tens, 5) - 78) < 1e-9);
    assert_true(fabs(tau2_of(far, tens, 5) - (1.6 * 1.6 + 1 + 1 + 24.4 * 24.4 - 4) / 0.04) < 1e-6);
    /* no more spread than chance */
    const double close_to[] = {99, 100, 101, 100, 100};
    assert_true(tau2_of(close_to, tens, 5) == 0);
    /* unequal: z = 3, -1 with s = 10, 20; quantiles -0.6 and 2.6; squares 6.76 + 0.36 = 7.12; w = 0.01, 0.0025; 0.0125 -
     * 0.00010625 / 0.0125 = 0.004; (7.12 - 1) / 0.004 = 1530 */
    const double two[] = {130, 80}, apart[] = {10, 20};
    assert_true(fabs(tau2_of(two, apart, 2) - 1530) < 1e-9);
    assert_true(tau2_of(two, apart, 1) == 0);
    assert_true(tau2_of(two, apart, 0) == 0);
}

static void quantiles_are_those_of_type_7(void **state)
{
    (void)state;
    const double values[] = {1, 2, 4, 8}; /* R: quantile(c(1, 2, 4, 8), c(0, .1, .5, .9, 1)) */
    assert_true(behov_rank_quantile(values, 4, 0) == 1);
    assert_true(fabs(behov_rank_quantile(values, 4, 0.1) - 1.3) < 1e-12);
    assert_true(behov_rank_quantile(values, 4, 0.5) == 3);
    assert_true(fabs(behov_rank_quantile(values, 4, 0.9) - 6.8) < 1e-12);
    assert_true(behov_rank_quantile(values, 4, 1) == 8);
    assert_true(behov_rank_quantile(values, 1, 0.7) == 1);
}

static void no_memory_is_told(void **state)
{
    (void)state;
    const double ratios[] = {80, 90}, deviations[] = {10, 10};
    double tau2;
    failing_malloc_start(1);
    behov_status status = behov_funnel_tau2(ratios, deviations, 2, &tau2, &err);
    assert_true(failing_malloc_stop());
    assert_int_equal(status, BEHOV_E_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tau2_by_hand),
        cmocka_unit_test(quantiles_are_those_of_type_7),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
