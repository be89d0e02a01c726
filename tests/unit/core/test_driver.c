/* test_driver.c - drivers by hand, their sums, what drops out, what is refused, and no memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>

#include "digits.h"
#include "failing_malloc.h"
#include "tables.h"

/* need = 1 + 2 x - z + 10 in 2013; weighted means of 2012: x (1*1 + 3*3)/4 = 2.5, z (4*1 + 0*3)/4 = 1 */
static const char text[] = "municipality_code,year,population,y,x,z\n"
                           "\"0101\",2012,1,4,1,4\n"
                           "\"0104\",2012,3,2,3,0\n"
                           "\"0101\",2013,1,0,2,1\n"
                           "\"0104\",2013,1,5,4,3\n"
                           "\"0105\",2013,2,1,.,3\n";
enum { N = 5, K = 4 };

typedef struct subject {
    behov_table *table;
    estimation estimation;
    behov_panel panel;
    behov_need *need;
} subject;

static const double coefficients[K] = {1, 2, -1, 10};
static behov_error err;

static void open_subject(subject *subject)
{
    subject->table = table_of_text(text);
    assert_int_equal(behov_panel_identify(subject->table, NULL, &subject->panel, &err), BEHOV_OK);
    if (estimate_design(&subject->estimation, subject->table, "y ~ x + z + factor(year)", (estimation_options){0}))
        fail_msg("%s", subject->estimation.err.what);
    assert_int_equal(behov_need_new(subject->estimation.design, &subject->panel, coefficients, &(behov_need_options){0},
                                    &subject->need, &err),
                     BEHOV_OK);
}

static void close_subject(subject *subject)
{
    behov_need_free(subject->need);
    estimation_free(&subject->estimation);
    behov_table_free(subject->table);
}

static behov_status make(const subject *subject, const behov_drivers_options *options, behov_drivers **drivers)
{
    return behov_drivers_new(subject->estimation.design, &subject->panel, coefficients, subject->need, options, drivers,
                             &err);
}

static void by_hand(void **state)
{
    (void)state;
    subject subject = {0};
    open_subject(&subject);
    behov_drivers *drivers;
    double each[K], means[K];
    behov_drivers_options options = {.weights = table_numbers(subject.table, "population")};
    assert_int_equal(make(&subject, &options, &drivers), BEHOV_OK);
    double sum = behov_drivers_of_row(drivers, 0, 0, each, means);
    assert_true(means[1] == 2.5 && means[2] == 1);
    assert_true(each[0] == 0 && each[1] == 2 * (1 - 2.5) && each[2] == -1 * (4 - 1.0) && each[3] == 0);
    assert_true(sum == -6);
    /* needs -1 and 7: the mean is (−1 + 21) / 4 = 5 */
    assert_true(behov_drivers_mean_need(drivers, 0, 0) == 5);
    assert_true(behov_need_need(subject.need, 0) - 5 == sum);
    /* outcomes 4 and 2: 100 (4 + 6) / (-1 + 21); 2013 of 0101 and 0104 alone, needs 14 and 16 */
    assert_true(behov_drivers_ratio(drivers, 0, 0) == 50);
    assert_digits(behov_drivers_ratio(drivers, 4, 0), 100.0 * (0 + 5) / (14 + 16), 15);
    /* the constant and the year are the same for all of a year */
    assert_false(behov_drivers_varies(drivers, 0));
    assert_true(behov_drivers_varies(drivers, 1));
    assert_false(behov_drivers_varies(drivers, 3));
    /* a row without a need has no drivers, and is in no mean: 2013 is of 0101 and 0104 alone */
    assert_true(isnan(behov_drivers_of_row(drivers, 4, 0, each, NULL)));
    behov_drivers_of_row(drivers, 2, 0, each, means);
    assert_true(means[1] == 3 && means[2] == 2);
    behov_drivers_free(drivers);
    close_subject(&subject);
}

static void groups_and_plain_means(void **state)
{
    (void)state;
    subject subject = {0};
    open_subject(&subject);
    behov_drivers *drivers;
    double each[K], means[K];
    uint32_t groups[N] = {0, 1, 0, 1, BEHOV_NO_GROUP};
    behov_drivers_options options = {.groups = groups, .n_groups = 2};
    assert_int_equal(make(&subject, &options, &drivers), BEHOV_OK);
    assert_true(behov_drivers_of_row(drivers, 0, 0, each, NULL) == 0); /* its own mean */
    assert_true(behov_drivers_of_row(drivers, 0, 1, each, means) == -8);
    assert_true(means[1] == 3 && each[1] == -4 && each[2] == -4);
    assert_true(isnan(behov_drivers_ratio(drivers, 0, 0))); /* a need of -1 */
    assert_digits(behov_drivers_ratio(drivers, 0, 1), 100 * 2 / 7.0, 15);
    behov_drivers_free(drivers);
    assert_int_equal(make(&subject, NULL, &drivers), BEHOV_OK); /* every row weighs the same */
    behov_drivers_of_row(drivers, 0, 0, each, means);
    assert_true(means[1] == 2 && means[2] == 2);
    assert_true(behov_drivers_ratio(drivers, 1, 0) == 100); /* 4 + 2 against -1 + 7, without weights */
    behov_drivers_free(drivers);
    groups[1] = 2;
    behov_drivers *none = NULL;
    assert_int_equal(make(&subject, &options, &none), BEHOV_E_ARGUMENT);
    assert_null(none);
    close_subject(&subject);
}

static void they_add_up_to_12_digits(void **state)
{
    (void)state;
    enum { ROWS = 600 };
    dice random = dice_of(7);
    double years[ROWS], x[ROWS], z[ROWS], y[ROWS], population[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        years[i] = 2012 + (double)(i % 3);
        x[i] = 1e3 * dice_uniform(&random);
        z[i] = 1e-3 * dice_normal(&random);
        y[i] = dice_normal(&random);
        population[i] = 200 + (double)dice_below(&random, 300000);
    }
    subject subject = {.table = table_of_rows(ROWS)};
    table_add(subject.table, "year", years);
    table_add(subject.table, "x", x);
    table_add(subject.table, "z", z);
    table_add(subject.table, "y", y);
    table_add(subject.table, "population", population);
    const double b[K + 1] = {4, 0.037, -812.5, 0.3, -0.2};
    assert_int_equal(behov_panel_identify(subject.table, NULL, &subject.panel, &err), BEHOV_OK);
    assert_int_equal(
        estimate_design(&subject.estimation, subject.table, "y ~ x + z + factor(year)", (estimation_options){0}),
        BEHOV_OK);
    assert_int_equal(
        behov_need_new(subject.estimation.design, &subject.panel, b, &(behov_need_options){0}, &subject.need, &err),
        BEHOV_OK);
    behov_drivers *drivers;
    behov_drivers_options options = {.weights = population};
    assert_int_equal(
        behov_drivers_new(subject.estimation.design, &subject.panel, b, subject.need, &options, &drivers, &err),
        BEHOV_OK);
    for (size_t row = 0; row < ROWS; row++) {
        double each[K + 1], need = behov_need_need(subject.need, row);
        double sum = behov_drivers_of_row(drivers, row, 0, each, NULL), mean = behov_drivers_mean_need(drivers, row, 0);
        /* the needs are sums of terms of this size */
        double size = fabs(b[1] * x[row]) + fabs(b[2] * z[row]) + 5;
        if (!(fabs(sum - (need - mean)) <= 1e-12 * size))
            fail_msg("row %zu: the drivers are %.17g, the difference of needs %.17g", row, sum, need - mean);
        assert_true(each[3] == 0 && each[4] == 0);
    }
    behov_drivers_free(drivers);
    close_subject(&subject);
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    subject subject = {0};
    open_subject(&subject);
    for (size_t n = 1;; n++) {
        behov_drivers *drivers = NULL;
        failing_malloc_start(n);
        behov_status status = make(&subject, NULL, &drivers);
        bool was_reached = failing_malloc_stop();
        behov_drivers_free(drivers);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            assert_true(n > 5);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
    }
    close_subject(&subject);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(groups_and_plain_means),
        cmocka_unit_test(they_add_up_to_12_digits),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
