/* test_extended.c - double-double arithmetic against exact whole numbers and against identities that hold exactly.
 *
 * A sum hi + lo of two doubles whose value is a whole number below 2^106 is compared with the same sum in 128-bit
 * integers: no rounding on that side at all. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "digits.h"
#include "extended.h"
#include "tables.h"

__extension__ typedef __int128 whole;

static whole whole_of(extended a)
{
    return (whole)a.hi + (whole)a.lo;
}

/* A whole number of `bits` bits, with its sign, as a double-double. */
static extended draw(dice *random, int bits)
{
    double high = floor(ldexp(dice_uniform(random), bits > 53 ? 53 : bits));
    extended a = extended_of(dice_uniform(random) < 0.5 ? -high : high);
    if (bits > 53) {
        a.hi = ldexp(a.hi, bits - 53);
        a = extended_quick_sum(a.hi, floor(ldexp(dice_uniform(random) - 0.5, bits - 53)));
    }
    return a;
}

static void is_normal(extended a)
{
    assert_true(a.hi + a.lo == a.hi); /* lo is below half a unit of hi */
}

static double relative_error(whole got, whole want)
{
    return want == 0 ? (double)got : fabs((double)(got - want)) / fabs((double)want);
}

static void sums_and_products_of_doubles_are_exact(void **state)
{
    (void)state;
    dice random = dice_of(1);
    for (int i = 0; i < 20000; i++) {
        double a = draw(&random, 53).hi, b = draw(&random, (int)dice_below(&random, 54)).hi;
        extended s = extended_two_sum(a, b), p = extended_two_product(a, b), reversed = extended_two_sum(b, a);
        assert_true(whole_of(s) == (whole)a + (whole)b);
        assert_true(whole_of(reversed) == (whole)a + (whole)b);
        assert_true(whole_of(p) == (whole)a * (whole)b);
        is_normal(s);
        is_normal(p);
    }
}

/* 2^-103 is 9.9e-32; the sum is the careful one, good also where the parts cancel. */
static void arithmetic_has_31_digits(void **state)
{
    (void)state;
    dice random = dice_of(2);
    for (int i = 0; i < 20000; i++) {
        extended a = draw(&random, 100), b = draw(&random, (int)dice_below(&random, 100));
        if (dice_below(&random, 4) == 0) /* near to -a */
            b = extended_add(extended_negate(a), draw(&random, 30));
        is_normal(extended_add(a, b));
        assert_true(relative_error(whole_of(extended_add(a, b)), whole_of(a) + whole_of(b)) < 2e-32 * 8);
        assert_true(relative_error(whole_of(extended_subtract(a, b)), whole_of(a) - whole_of(b)) < 2e-32 * 8);
        extended c = draw(&random, 62), d = draw(&random, 62);
        whole product = whole_of(c) * whole_of(d);
        extended got = extended_multiply(c, d);
        is_normal(got);
        /* 124 bits need three doubles: compare what two hold */
        assert_true(fabs((double)(product - whole_of(got))) <= fabs((double)product) * 1.6e-31);
        if (whole_of(c) == 0)
            continue;
        /* (c d) / c = d and sqrt(c c) = |c| */
        extended quotient = extended_divide(got, c), root = extended_square_root(extended_multiply(c, c));
        extended away = extended_subtract(quotient, d), size = c.hi < 0 ? extended_negate(c) : c;
        assert_true(fabs(extended_round(away)) <= 1e-30 * fabs(d.hi));
        assert_true(fabs(extended_round(extended_subtract(root, size))) <= 1e-30 * fabs(c.hi));
    }
    assert_true(extended_round(extended_square_root(extended_of(0))) == 0);
}

/* Where the leading parts cancel, the sum of the rests is exact. */
static void cancellation_leaves_the_rests(void **state)
{
    (void)state;
    dice random = dice_of(3);
    for (int i = 0; i < 20000; i++) {
        double high = ldexp(1 + dice_uniform(&random), 120);
        double a = floor(ldexp(dice_uniform(&random) - 0.5, 52)) * 32768,
               b = floor(ldexp(dice_uniform(&random) - 0.5, 52));
        extended sum = extended_add((extended){high, a}, (extended){-high, b});
        assert_true(whole_of(sum) == (whole)a + (whole)b);
    }
}

/* 1/3 and sqrt 2, their first 32 digits as two doubles: 1/3 in bits is 0101..., so hi and lo are known. */
static void known_figures(void **state)
{
    (void)state;
    extended third = extended_divide(extended_of(1), extended_of(3));
    assert_true(third.hi == 1.0 / 3 && fabs(third.lo - ldexp(1.0 / 3, -54)) < 1e-48);
    extended root = extended_square_root(extended_of(2));
    assert_true(root.hi == 1.4142135623730951);
    assert_digits(root.lo, -9.667293313452913e-17, 15); /* sqrt 2 = 1.41421356237309504880168872420969807857 */
}

/* Hilbert's columns 1/(i+j+1) as doubles: R'R = X'X to 30 digits although the condition number is 1e13. */
static void triangle_keeps_the_cross_products(void **state)
{
    (void)state;
    enum { M = 14, N = 9 };
    extended columns[M * N], copy[M * N], triangle[N * N], inverse[N * N], work[M];
    for (size_t k = 0; k < N; k++)
        for (size_t i = 0; i < M; i++)
            copy[k * M + i] = columns[k * M + i] = extended_of(1.0 / (double)(i + k + 1));
    extended_triangle(columns, M, N, triangle, work);
    for (size_t i = 0; i < N; i++)
        for (size_t j = i; j < N; j++) {
            extended got = extended_of(0), want = extended_of(0);
            for (size_t k = 0; k <= i; k++)
                got = extended_add(got, extended_multiply(triangle[k * N + i], triangle[k * N + j]));
            for (size_t r = 0; r < M; r++)
                want = extended_add(want, extended_multiply(copy[i * M + r], copy[j * M + r]));
            assert_true(fabs(extended_round(extended_subtract(got, want))) < 1e-29 * want.hi);
            if (j > i)
                assert_true(triangle[j * N + i].hi == 0 && triangle[j * N + i].lo == 0);
        }
    extended_triangle_inverse(triangle, N, N, inverse);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            extended sum = extended_of(0);
            for (size_t k = 0; k < N; k++)
                sum = extended_add(sum, extended_multiply(triangle[i * N + k], inverse[k * N + j]));
            assert_true(fabs(extended_round(sum) - (i == j)) < 1e-18); /* 1e-31 x condition */
        }
}

static void fewer_rows_than_columns(void **state)
{
    (void)state;
    extended columns[6] = {{3, 0}, {4, 0}, {1, 0}, {2, 0}, {5, 0}, {6, 0}}, triangle[9], work[2];
    extended_triangle(columns, 2, 3, triangle, work); /* rows (3 1 5), (4 2 6) */
    assert_true(fabs(triangle[0].hi) == 5);
    assert_digits(triangle[0].hi * triangle[1].hi, 11, 15);
    assert_digits(triangle[0].hi * triangle[2].hi, 39, 15);
    for (size_t i = 6; i < 9; i++)
        assert_true(triangle[i].hi == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_and_products_of_doubles_are_exact), cmocka_unit_test(arithmetic_has_31_digits),
        cmocka_unit_test(cancellation_leaves_the_rests),          cmocka_unit_test(known_figures),
        cmocka_unit_test(triangle_keeps_the_cross_products),      cmocka_unit_test(fewer_rows_than_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
