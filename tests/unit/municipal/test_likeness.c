/* test_likeness.c - distances by hand: standardised, by need, Mahalanobis with and without a collinear column; ties, columns
 * that do not vary, what contributions add up to, and which calls are refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov/likeness.h>

static behov_error err;

static behov_likeness *make(behov_likeness_data data)
{
    behov_likeness *likeness = NULL;
    if (behov_likeness_new(&data, &likeness, &err))
        fail_msg("%s", err.what);
    return likeness;
}

static void assert_near(double got, double expected)
{
    if (!(fabs(got - expected) <= 1e-13 * fmax(1, fabs(expected))))
        fail_msg("%.17g is not %.17g", got, expected);
}

/* Columns 0, 2, 4 and 0, 30, 60: standard deviations 2 and 30, so z differ by 1 and 2 of each. */
static const double three_rows[] = {0, 0, 2, 30, 4, 60};

static void each_column_counts_by_its_deviation(void **state)
{
    (void)state;
    behov_likeness *likeness =
        make((behov_likeness_data){.n = 3, .n_columns = 2, .values = three_rows, .distance = BEHOV_DISTANCE_WEIGHTED});
    assert_near(behov_likeness_deviation(likeness, 0), 2);
    assert_near(behov_likeness_deviation(likeness, 1), 30);
    assert_near(behov_likeness_mean(likeness, 1), 30);
    assert_near(behov_likeness_squared(likeness, 0, 1), 2); /* 1 + 1 */
    assert_near(behov_likeness_squared(likeness, 0, 2), 8); /* 4 + 4 */
    behov_likeness_free(likeness);
    const double weights[] = {3, 0}; /* 3 * 1, 3 * 4; the second column is left out */
    likeness = make((behov_likeness_data){
        .n = 3, .n_columns = 2, .values = three_rows, .weights = weights, .distance = BEHOV_DISTANCE_WEIGHTED});
    double each[2];
    assert_near(behov_likeness_squared(likeness, 0, 2), 12);
    behov_likeness_contributions(likeness, 0, 2, each);
    assert_near(each[0], 12);
    assert_true(each[1] == 0);
    assert_int_equal(behov_likeness_rank(likeness), 1);
    behov_likeness_free(likeness);
}

static void need_is_what_coefficients_make_of_it(void **state)
{
    (void)state;
    /* (0.5 * 2)^2 + (-0.1 * 30)^2 = 1 + 9, in the outcome's unit; the weight 4 of the first makes 4 + 9 */
    const double coefficients[] = {0.5, -0.1}, weights[] = {4, 1};
    behov_likeness *likeness = make((behov_likeness_data){
        .n = 3, .n_columns = 2, .values = three_rows, .coefficients = coefficients, .distance = BEHOV_DISTANCE_NEED});
    assert_near(behov_likeness_squared(likeness, 0, 1), 10);
    behov_likeness_free(likeness);
    likeness = make((behov_likeness_data){.n = 3,
                                          .n_columns = 2,
                                          .values = three_rows,
                                          .coefficients = coefficients,
                                          .weights = weights,
                                          .distance = BEHOV_DISTANCE_NEED});
    assert_near(behov_likeness_squared(likeness, 0, 1), 13);
    assert_near(behov_likeness_weight(likeness, 0), 4); /* 4 (0.5 * 2)^2 */
    behov_likeness_free(likeness);
}

/* Five points (0,0) (2,0) (0,2) (2,2) (1,6): means 1 and 2; sums of squares 4 and 24, of products 0. So S = diag(1, 6), and
 * d2 of the first two is 2^2 / 1 = 4, of the first and the last 1 + 36 / 6 = 7. With x + y as a second column in place of y
 * nothing changes: Mahalanobis does not see which combinations it is given. */
static void mahalanobis_by_hand(void **state)
{
    (void)state;
    static const double plain[] = {0, 0, 2, 0, 0, 2, 2, 2, 1, 6};
    double mixed[10], three[15], each[3];
    for (size_t i = 0; i < 5; i++) {
        mixed[2 * i] = three[3 * i] = plain[2 * i];
        mixed[2 * i + 1] = three[3 * i + 1] = 1e6 + plain[2 * i] + plain[2 * i + 1];
        three[3 * i + 2] = 7 - 3 * plain[2 * i + 1];
    }
    const struct {
        const double *values;
        size_t n_columns;
    } cases[] = {{plain, 2}, {mixed, 2}, {three, 3}};
    for (size_t c = 0; c < 3; c++) {
        behov_likeness *likeness = make((behov_likeness_data){.n = 5,
                                                              .n_columns = cases[c].n_columns,
                                                              .values = cases[c].values,
                                                              .distance = BEHOV_DISTANCE_MAHALANOBIS});
        /* 1e6 takes six digits of a difference of 2 */
        assert_true(fabs(behov_likeness_squared(likeness, 0, 1) - 4) < (c ? 1e-9 : 1e-13));
        assert_true(fabs(behov_likeness_squared(likeness, 0, 4) - 7) < (c ? 1e-9 : 1e-13));
        assert_int_equal(behov_likeness_rank(likeness), 2);
        for (size_t i = 1; i < 5; i++) {
            double sum = 0;
            behov_likeness_contributions(likeness, 0, i, each);
            for (size_t j = 0; j < cases[c].n_columns; j++)
                sum += each[j];
            assert_true(fabs(sum - behov_likeness_squared(likeness, 0, i)) < 1e-9);
        }
        if (c == 2) {
            assert_int_equal(behov_likeness_use(likeness, 2), BEHOV_COLUMN_IS_COLLINEAR);
            assert_int_equal(behov_likeness_use(likeness, 1), BEHOV_COLUMN_USED);
        }
        behov_likeness_free(likeness);
    }
}

/* x and y nearly the same: (0,0) (1,1) (2,2) (3,3) and (1,2) (2,1). A step along the line is usual, one across it is not,
 * and what contributes may be below 0. S = [5.5 4.5; 4.5 5.5] / 5 with the inverse 1 / 2 [5.5 -4.5; -4.5 5.5]:
 * (1, 1) from (0, 0): d2 = 1, each contributes 1 / 2; (1, 2): d2 = (5.5 - 18 + 22) / 2 = 4.75, the first contributes
 * (5.5 - 9) / 2 = -1.75. */
static void a_contribution_may_be_below_zero(void **state)
{
    (void)state;
    static const double values[] = {0, 0, 1, 1, 2, 2, 3, 3, 1, 2, 2, 1};
    double each[2];
    behov_likeness *likeness =
        make((behov_likeness_data){.n = 6, .n_columns = 2, .values = values, .distance = BEHOV_DISTANCE_MAHALANOBIS});
    assert_near(behov_likeness_squared(likeness, 0, 1), 1);
    behov_likeness_contributions(likeness, 0, 1, each);
    assert_near(each[0], 0.5);
    assert_near(each[1], 0.5);
    assert_near(behov_likeness_squared(likeness, 0, 4), 4.75);
    behov_likeness_contributions(likeness, 0, 4, each);
    assert_near(each[0], -1.75);
    assert_near(each[1], 6.5);
    behov_likeness_free(likeness);
}

static void ties_keep_the_order_of_the_rows(void **state)
{
    (void)state;
    static const double values[] = {5, 4, 6, 4, 5, 9};
    const bool is_candidate[] = {true, true, true, false, true, true};
    size_t rows[5];
    double typical[2];
    behov_likeness *likeness =
        make((behov_likeness_data){.n = 6, .n_columns = 1, .values = values, .distance = BEHOV_DISTANCE_WEIGHTED});
    assert_int_equal(behov_likeness_nearest(likeness, 0, NULL, 9, rows, &err), 5);
    const size_t expected[] = {4, 1, 2, 3, 5};
    assert_memory_equal(rows, expected, sizeof expected);
    assert_int_equal(behov_likeness_nearest(likeness, 0, is_candidate, 3, rows, &err), 3);
    const size_t others[] = {4, 1, 2};
    assert_memory_equal(rows, others, sizeof others);
    /* nearest: 0, 0, 1, 0, 0, 3 times 1 / s; second nearest: 1, 1, 1, 1, 1, 4. Median 0 and 1 */
    assert_int_equal(behov_likeness_typical(likeness, 2, typical, &err), BEHOV_OK);
    assert_true(typical[0] == 0);
    assert_near(typical[1], 1 / behov_likeness_deviation(likeness, 0));
    behov_likeness_free(likeness);
}

static void refused(void **state)
{
    (void)state;
    static const double same[] = {1e9, 1e9, 1e9, 1e9}, one_varies[] = {3, 1, 3, 2, 3, 5, 3, 4};
    behov_likeness *likeness = NULL;
    behov_likeness_data data = {.n = 4, .n_columns = 1, .values = same, .distance = BEHOV_DISTANCE_WEIGHTED};
    assert_int_equal(behov_likeness_new(&data, &likeness, &err), BEHOV_E_DATA);
    data.distance = BEHOV_DISTANCE_MAHALANOBIS;
    assert_int_equal(behov_likeness_new(&data, &likeness, &err), BEHOV_E_DATA);
    data.n = 2;
    assert_int_equal(behov_likeness_new(&data, &likeness, &err), BEHOV_E_TOO_FEW);
    assert_null(likeness);
    /* three rows and two columns: whatever the figures are, all are equally far */
    data = (behov_likeness_data){
        .n = 3, .n_columns = 2, .values = (const double[]){0, 0, 1, 0, 0, 1}, .distance = BEHOV_DISTANCE_MAHALANOBIS};
    assert_int_equal(behov_likeness_new(&data, &likeness, &err), BEHOV_E_DATA);
    data = (behov_likeness_data){.n = 4, .n_columns = 2, .values = one_varies, .distance = BEHOV_DISTANCE_WEIGHTED};
    likeness = make(data);
    assert_int_equal(behov_likeness_use(likeness, 0), BEHOV_COLUMN_DOES_NOT_VARY);
    assert_int_equal(behov_likeness_rank(likeness), 1);
    behov_likeness_free(likeness);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_column_counts_by_its_deviation),
        cmocka_unit_test(need_is_what_coefficients_make_of_it),
        cmocka_unit_test(mahalanobis_by_hand),
        cmocka_unit_test(a_contribution_may_be_below_zero),
        cmocka_unit_test(ties_keep_the_order_of_the_rows),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
