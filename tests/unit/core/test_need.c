/* test_need.c - need, index, ratio and gap of each kind of row, with figures that a hand can check. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "tables.h"

/* need = 1 + x */
static const char text[] = "municipality_code,year,population,y,x\n"
                           "\"0101\",2013,500,.,2.5\n" /* 0 no outcome: need 3.5 */
                           "\"0101\",2012,1000,4,1\n"  /* 1 need 2, ratio 200 */
                           "\"1151\",2012,3000,0,4\n"  /* 2 need 5, ratio 0 */
                           "\"0301\",2012,.,2,1\n"     /* 3 no population: need 2, ratio 100 */
                           "\"1151\",2013,500,1,-2\n"  /* 4 need -1: no ratio */
                           "\"0301\",2013,100,1,..\n"  /* 5 left out */
                           "\"0101\",2014,10,3,-1\n";  /* 6 need 0: no ratio, and no country to compare with */
enum { N = 7 };

typedef struct subject {
    behov_table *table;
    estimation estimation;
    behov_panel panel;
    behov_need *need;
} subject;

static void open_subject(subject *subject, const char *csv, behov_need_options options)
{
    static const double coefficients[2] = {1, 1};
    subject->table = table_of_text(csv);
    behov_error err;
    assert_int_equal(behov_panel_identify(subject->table, NULL, &subject->panel, &err), BEHOV_OK);
    if (estimate_design(&subject->estimation, subject->table, "y ~ x", (estimation_options){0}))
        fail_msg("%s", subject->estimation.err.what);
    assert_int_equal(
        behov_need_new(subject->estimation.design, &subject->panel, coefficients, &options, &subject->need, &err),
        BEHOV_OK);
}

static void close_subject(subject *subject)
{
    behov_need_free(subject->need);
    estimation_free(&subject->estimation);
    behov_table_free(subject->table);
}

static void same(const behov_need *need, behov_need_figure *figure, const double *want, const char *subject)
{
    for (size_t row = 0; row < N; row++) {
        double got = figure(need, row);
        if (isnan(want[row]) ? !isnan(got) : !(fabs(got - want[row]) <= 1e-12 * fabs(want[row])))
            fail_msg("%s of row %lu: %.17g, wanted %.17g", subject, (unsigned long)row, got, want[row]);
    }
}

static void each_kind_of_row(void **state)
{
    (void)state;
    subject subject;
    open_subject(&subject, text, (behov_need_options){.unit = BEHOV_UNIT_1000KR_PER_INHABITANT});
    same(subject.need, behov_need_actual, (const double[]){NAN, 4, 0, 2, 1, NAN, 3}, "actual");
    same(subject.need, behov_need_need, (const double[]){3.5, 2, 5, 2, -1, NAN, 0}, "need");
    same(subject.need, behov_need_ratio, (const double[]){NAN, 200, 0, 100, NAN, NAN, NAN}, "ratio");
    same(subject.need, behov_need_gap, (const double[]){NAN, 2000, -15000, NAN, 1000, NAN, 30}, "gap");
    /* country: 2012 (2 x 1000 + 5 x 3000) / 4000 = 4.25, 2013 (3.5 - 1) / 2 = 1.25, 2014 0 */
    same(subject.need, behov_need_index, (const double[]){280, 100 * 2 / 4.25, 100 * 5 / 4.25, NAN, -80, NAN, NAN},
         "index");
    static const behov_need_note notes[N] = {BEHOV_NOTE_NO_OUTCOME,    BEHOV_NOTE_NONE,         BEHOV_NOTE_NONE,
                                             BEHOV_NOTE_NO_POPULATION, BEHOV_NOTE_NEED_TOO_LOW, BEHOV_NOTE_LEFT_OUT,
                                             BEHOV_NOTE_NEED_TOO_LOW};
    for (size_t row = 0; row < N; row++)
        assert_int_equal(behov_need_note_of(subject.need, row), notes[row]);
    assert_int_equal(behov_need_n_too_low(subject.need), 2);
    assert_true(behov_need_gap_is_1000kr(subject.need));
    size_t n_years;
    const int *years = behov_need_years(subject.need, &n_years);
    assert_int_equal(n_years, 3);
    assert_true(years[0] == 2012 && years[1] == 2013 && years[2] == 2014);
    assert_true(behov_need_year_position(subject.need, 2014) == 2 && behov_need_year_position(subject.need, 2015) == 3);
    assert_digits(behov_need_country(subject.need, 0), 4.25, 15);
    assert_digits(behov_need_country(subject.need, 1), 1.25, 15);
    assert_true(behov_need_country(subject.need, 2) == 0);
    close_subject(&subject);
    behov_need_free(NULL);
}

/* An outcome that is arithmetic is kept, one that is a column is not: the figures are the same. */
static void an_outcome_that_is_computed(void **state)
{
    (void)state;
    static const double coefficients[2] = {1, 1};
    static const char *const formulas[] = {"y ~ x", "`y` ~ x", "I(2 * y / 2) ~ x", "I(y + 0 * x) ~ x"};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        subject subject = {.table = table_of_text(text)};
        behov_error err;
        assert_int_equal(behov_panel_identify(subject.table, NULL, &subject.panel, &err), BEHOV_OK);
        if (estimate_design(&subject.estimation, subject.table, formulas[i], (estimation_options){0}))
            fail_msg("%s: %s", formulas[i], subject.estimation.err.what);
        behov_need_options options = {.unit = BEHOV_UNIT_1000KR_PER_INHABITANT};
        assert_int_equal(
            behov_need_new(subject.estimation.design, &subject.panel, coefficients, &options, &subject.need, &err),
            BEHOV_OK);
        subject.panel = (behov_panel){0}; /* borrowed for the call alone */
        same(subject.need, behov_need_actual, (const double[]){NAN, 4, 0, 2, 1, NAN, 3}, formulas[i]);
        same(subject.need, behov_need_ratio, (const double[]){NAN, 200, 0, 100, NAN, NAN, NAN}, formulas[i]);
        same(subject.need, behov_need_gap, (const double[]){NAN, 2000, -15000, NAN, 1000, NAN, 30}, formulas[i]);
        close_subject(&subject);
    }
}

static void gap_in_each_unit(void **state)
{
    (void)state;
    subject subject;
    open_subject(&subject, text, (behov_need_options){.unit = BEHOV_UNIT_KR_PER_INHABITANT});
    same(subject.need, behov_need_gap, (const double[]){NAN, 2, -15, NAN, 1, NAN, 0.03}, "gap");
    assert_true(behov_need_gap_is_1000kr(subject.need));
    close_subject(&subject);
    open_subject(&subject, text, (behov_need_options){0});
    same(subject.need, behov_need_gap, (const double[]){NAN, 2, -5, 0, 2, NAN, 3}, "gap");
    assert_false(behov_need_gap_is_1000kr(subject.need));
    assert_int_equal(behov_need_note_of(subject.need, 3),
                     BEHOV_NOTE_NONE); /* the outcome's own unit needs no population */
    close_subject(&subject);
}

static void a_floor_is_above_zero(void **state)
{
    (void)state;
    subject subject;
    open_subject(&subject, text, (behov_need_options){.unit = BEHOV_UNIT_1000KR_PER_INHABITANT, .floor = 2});
    same(subject.need, behov_need_ratio, (const double[]){NAN, NAN, 0, NAN, NAN, NAN, NAN},
         "ratio"); /* at the floor: none */
    same(subject.need, behov_need_gap, (const double[]){NAN, 2000, -15000, NAN, 1000, NAN, 30}, "gap");
    assert_int_equal(behov_need_n_too_low(subject.need), 4);
    assert_int_equal(behov_need_note_of(subject.need, 1), BEHOV_NOTE_NEED_TOO_LOW);
    assert_int_equal(behov_need_note_of(subject.need, 3), BEHOV_NOTE_NEED_TOO_LOW);
    behov_need *other = NULL;
    behov_error err;
    static const double b[2] = {1, 1}, wrong[] = {-1, NAN, INFINITY};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(behov_need_new(subject.estimation.design, &subject.panel, b,
                                        &(behov_need_options){.floor = wrong[i]}, &other, &err),
                         BEHOV_E_ARGUMENT);
    assert_null(other);
    close_subject(&subject);
}

static void without_year_and_population(void **state)
{
    (void)state;
    subject subject;
    open_subject(&subject, "y,x\n4,1\n5,4\n", (behov_need_options){0});
    assert_digits(behov_need_ratio(subject.need, 0), 200, 15);
    assert_true(isnan(behov_need_index(subject.need, 0)) && isnan(behov_need_country(subject.need, 0)));
    size_t n_years;
    assert_true(behov_need_years(subject.need, &n_years)[0] == 0 && n_years == 1);
    assert_int_equal(behov_need_note_of(subject.need, 0), BEHOV_NOTE_NONE);
    close_subject(&subject);
}

/* By hand from each_kind_of_row: gaps 2000, -15000, 1000, 30; actual 4 x 1000 + 0 + 1 x 500 + 3 x 10; need 2 x 1000 +
 * 5 x 3000 - 1 x 500 + 0. Row 3 has no population and takes no part. */
static void gaps_are_added_up_in_the_unit_of_the_gap(void **state)
{
    (void)state;
    static const behov_outcome_unit units[] = {BEHOV_UNIT_1000KR_PER_INHABITANT, BEHOV_UNIT_KR_PER_INHABITANT};
    subject subject;
    for (size_t i = 0; i < 2; i++) {
        open_subject(&subject, text, (behov_need_options){.unit = units[i]});
        double per = i ? 1000 : 1;
        behov_gap_sum all = behov_need_gap_sum(subject.need, &subject.panel, NULL, 0);
        assert_int_equal(all.n_rows, 4);
        assert_digits(all.gap, -11970 / per, 14);
        assert_digits(all.absolute, 18030 / per, 14);
        assert_digits(all.actual, 4530 / per, 14);
        assert_digits(all.need, 16500 / per, 14);
        static const uint32_t two[] = {1, 3};
        behov_gap_sum some = behov_need_gap_sum(subject.need, &subject.panel, two, 2);
        assert_int_equal(some.n_rows, 1);
        assert_digits(some.gap, 2000 / per, 14);
        behov_gap_sum none = behov_need_gap_sum(subject.need, &subject.panel, two, 0);
        assert_true(none.n_rows == 0 && isnan(none.gap) && isnan(none.need));
        close_subject(&subject);
    }
    open_subject(&subject, text, (behov_need_options){0}); /* no inhabitants in a gap of the outcome's own unit */
    behov_gap_sum own = behov_need_gap_sum(subject.need, &subject.panel, NULL, 0);
    assert_int_equal(own.n_rows, 5);
    assert_digits(own.gap, 2 - 5 + 2 + 3, 14);
    assert_digits(own.actual, 4 + 0 + 2 + 1 + 3, 14);
    close_subject(&subject);
}

/* 1e16 + 1 - 1e16 is 0 in plain addition. */
static void a_small_gap_is_not_lost_among_large_ones(void **state)
{
    (void)state;
    subject subject;
    open_subject(&subject, "y,x\n10000000000000000,-1\n1,-1\n-10000000000000000,-1\n2,0\n", (behov_need_options){0});
    static const uint32_t rows[] = {0, 1, 2};
    assert_true(behov_need_gap_sum(subject.need, &subject.panel, rows, 3).gap == 1);
    close_subject(&subject);
}

/* The country is 100 in every year; more rows than a block. */
static void the_index_has_mean_100_in_every_year(void **state)
{
    (void)state;
    enum { ROWS = 900, YEARS = 3 };
    static double y[ROWS], x[ROWS], population[ROWS], year[ROWS];
    dice random = dice_of(4);
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = dice_uniform(&random);
        y[i] = dice_uniform(&random);
        population[i] = floor(200 * pow(3000, dice_uniform(&random)));
        year[i] = 2016 - (double)(i % YEARS);
    }
    behov_table *table = table_of_rows(ROWS);
    table_add(table, "y", y);
    table_add(table, "x", x);
    table_add(table, "population", population);
    table_add(table, "year", year);
    behov_panel panel;
    behov_error err;
    assert_int_equal(behov_panel_identify(table, NULL, &panel, &err), BEHOV_OK);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + factor(year)", (estimation_options){0}), BEHOV_OK);
    behov_need *need = NULL;
    assert_int_equal(
        behov_need_new(estimation.design, &panel, behov_fit_coefficients(estimation.fit), NULL, &need, &err), BEHOV_OK);
    double sum[YEARS] = {0}, weight[YEARS] = {0};
    for (size_t i = 0; i < ROWS; i++) {
        size_t t = (size_t)(year[i] - 2014);
        sum[t] += population[i] * behov_need_index(need, i);
        weight[t] += population[i];
        assert_digits(behov_need_index(need, i), 100 * behov_need_need(need, i) / behov_need_country(need, t), 14);
        assert_digits(behov_need_ratio(need, i) * behov_need_need(need, i), 100 * y[i], 14);
    }
    for (size_t t = 0; t < YEARS; t++)
        assert_digits(sum[t] / weight[t], 100, 13);
    behov_need_free(need);
    estimation_free(&estimation);
    behov_table_free(table);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_row),
        cmocka_unit_test(an_outcome_that_is_computed),
        cmocka_unit_test(gap_in_each_unit),
        cmocka_unit_test(a_floor_is_above_zero),
        cmocka_unit_test(without_year_and_population),
        cmocka_unit_test(gaps_are_added_up_in_the_unit_of_the_gap),
        cmocka_unit_test(a_small_gap_is_not_lost_among_large_ones),
        cmocka_unit_test(the_index_has_mean_100_in_every_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
