/* test_rank.c - places with ties, missing values and groups; intervals of places from counts; overlaps. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "digits.h"
#include "tables.h"

static void same(const double *got, const double *want, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(got[i] == want[i] || (isnan(got[i]) && isnan(want[i]))))
            fail_msg("place %lu: %g, wanted %g", (unsigned long)i, got[i], want[i]);
}

static void equal_values_share_the_best_place(void **state)
{
    (void)state;
    const double values[] = {3, 7, NAN, 7, -1, 3, 3, INFINITY};
    double ranks[8];
    assert_int_equal(behov_rank_values(values, 8, NULL, ranks, NULL), BEHOV_OK);
    same(ranks, (const double[]){4, 2, NAN, 2, 7, 4, 4, 1}, 8);
    assert_int_equal(behov_rank_values(values, 0, NULL, ranks, NULL), BEHOV_OK);
}

/* 100.00000000000001 is one step of a double above 100. A chain of steps is no tie: 1 and 1 + 1.6e-12 differ. */
static void rounding_parts_no_equals(void **state)
{
    (void)state;
    const double values[] = {100, 100.00000000000001, 99.99999999999999, 101, -100, -100.00000000000001, 0, -0.0};
    const double chain[] = {1, 1 + 0.8e-12, 1 + 1.6e-12};
    double ranks[8];
    assert_int_equal(behov_rank_values(values, 8, NULL, ranks, NULL), BEHOV_OK);
    same(ranks, (const double[]){2, 2, 2, 1, 7, 7, 5, 5}, 8);
    assert_int_equal(behov_rank_values(chain, 3, NULL, ranks, NULL), BEHOV_OK);
    same(ranks, (const double[]){3, 1, 1}, 3);
}

static void places_are_within_groups(void **state)
{
    (void)state;
    const double values[] = {3, 7, NAN, 7, -1, 3, 3, 8};
    const uint32_t groups[] = {9, 9, 9, 0, 0, 0, 0, 9};
    double ranks[8];
    assert_int_equal(behov_rank_values(values, 8, groups, ranks, NULL), BEHOV_OK);
    same(ranks, (const double[]){3, 2, NAN, 1, 4, 2, 2, 1}, 8);
}

/* 100 draws; tails of 5: no more than 5 draws may lie outside on a side. */
static void an_interval_leaves_out_no_more_than_its_tails(void **state)
{
    (void)state;
    double low, high;
    behov_rank_interval((const uint32_t[]){2, 3, 90, 4, 1}, 5, 0.9, &low, &high);
    assert_true(low == 3 && high == 3);
    behov_rank_interval((const uint32_t[]){2, 4, 88, 5, 1}, 5, 0.9, &low, &high);
    assert_true(low == 2 && high == 4);
    behov_rank_interval((const uint32_t[]){0, 0, 0, 0, 100}, 5, 0.9, &low, &high);
    assert_true(low == 5 && high == 5);
    behov_rank_interval((const uint32_t[]){50, 0, 0, 0, 50}, 5, 0.9, &low, &high);
    assert_true(low == 1 && high == 5);
    behov_rank_interval((const uint32_t[]){0, 0}, 2, 0.9, &low, &high);
    assert_true(isnan(low) && isnan(high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_values_share_the_best_place),
        cmocka_unit_test(rounding_parts_no_equals),
        cmocka_unit_test(places_are_within_groups),
        cmocka_unit_test(an_interval_leaves_out_no_more_than_its_tails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
