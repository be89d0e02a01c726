/* test_select.c - cases counted by hand: limits, order, ties, inhabitants, missing years. Annex 2 as a whole is tested
 * through the program against an independent computation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <behov/select.h>
#include <math.h>

enum { N = 8, T = 3 };

/* Positions and what they are:         low  high  change */
static const double ratios[N * T] = {
    80,   85,  89,    /* 0 low (mean 84.7)               */
    85,   95,  60,    /* 1 decrease 25                   */
    115,  140, 135,   /* 2 high (mean 130), increase 20  */
    89.6, 80,  80,    /* 3 nothing: 89.6 is printed 90   */
    100,  NAN, 150,   /* 4 a year is missing             */
    130,  130, 130,   /* 5 high (mean 130)               */
    100,  100, 119.4, /* 6 nothing: printed 119, 19 up   */
    70.4, 100, 45.4,  /* 7 decrease 25: 70 and 45        */
};
static const double populations[N] = {500, 1000, 2000, 3000, 9000, 2000, NAN, 4000};

typedef struct behov_cases {
    behov_pick picks[BEHOV_N_CASE_KINDS * N];
    size_t n, n_found[BEHOV_N_CASE_KINDS];
    behov_case_reason reasons[N];
    behov_error err;
} selection;

static behov_status choose(selection *out, const double *values, const behov_select_options *options)
{
    return behov_select_cases(ratios, N, T, values, options, out->picks, &out->n, out->n_found, out->reasons,
                              &out->err);
}

static void assert_pick(const selection *cases, size_t i, behov_case_kind kind, size_t municipality, size_t place)
{
    assert_true(i < cases->n);
    assert_int_equal(cases->picks[i].kind, kind);
    assert_int_equal(cases->picks[i].municipality, municipality);
    assert_int_equal(cases->picks[i].place, place);
}

static void four_kinds_the_most_extreme_first_and_ties_by_number(void **state)
{
    (void)state;
    selection cases;
    assert_int_equal(choose(&cases, NULL, NULL), BEHOV_OK);
    assert_int_equal(cases.n, 6);
    assert_pick(&cases, 0, BEHOV_CASE_LOW, 0, 1);
    assert_pick(&cases, 1, BEHOV_CASE_HIGH, 2, 1); /* 2 and 5 both have the mean 130 */
    assert_pick(&cases, 2, BEHOV_CASE_HIGH, 5, 2);
    assert_pick(&cases, 3, BEHOV_CASE_DECREASE, 1, 1); /* 1 and 7 both fell by 25 */
    assert_pick(&cases, 4, BEHOV_CASE_DECREASE, 7, 2);
    assert_pick(&cases, 5, BEHOV_CASE_INCREASE, 2, 1);
    assert_true(cases.picks[0].mean == 254.0 / 3);
    assert_true(cases.picks[0].change == 9);
    assert_true(cases.picks[4].change == -25);
    for (size_t i = 0; i < N; i++)
        assert_int_equal(cases.reasons[i], i == 4 ? BEHOV_CASE_MISSING_YEARS : BEHOV_CASE_CHOSEN_FROM);
}

static void limits_and_count_are_options(void **state)
{
    (void)state;
    selection cases;
    behov_select_options options = {.limits = {.low = 60, .high = 105, .change = 19}, .count = 1};
    assert_int_equal(choose(&cases, NULL, &options), BEHOV_OK);
    assert_int_equal(cases.n_found[BEHOV_CASE_LOW], 0);
    assert_int_equal(cases.n_found[BEHOV_CASE_HIGH], 2);
    assert_int_equal(cases.n_found[BEHOV_CASE_DECREASE], 2);
    assert_int_equal(cases.n_found[BEHOV_CASE_INCREASE], 2); /* 6 too */
    assert_int_equal(cases.n, 3);
    assert_pick(&cases, 0, BEHOV_CASE_HIGH, 2, 1);
    assert_pick(&cases, 1, BEHOV_CASE_DECREASE, 1, 1);
    assert_pick(&cases, 2, BEHOV_CASE_INCREASE, 2, 1);
}

static void inhabitants_are_asked_for(void **state)
{
    (void)state;
    selection cases;
    assert_int_equal(choose(&cases, populations, &(behov_select_options){.min_population = 2000}), BEHOV_OK);
    static const behov_case_reason from_2000[N] = {
        BEHOV_CASE_TOO_FEW,       BEHOV_CASE_TOO_FEW,     BEHOV_CASE_CHOSEN_FROM,   BEHOV_CASE_CHOSEN_FROM,
        BEHOV_CASE_MISSING_YEARS, BEHOV_CASE_CHOSEN_FROM, BEHOV_CASE_NO_POPULATION, BEHOV_CASE_CHOSEN_FROM};
    for (size_t i = 0; i < N; i++)
        assert_int_equal(cases.reasons[i], from_2000[i]);
    assert_int_equal(cases.n_found[BEHOV_CASE_LOW], 0);
    assert_int_equal(cases.n_found[BEHOV_CASE_DECREASE], 1);

    /* The four largest are 4, 7, 3 and, of 2 and 5 with 2 000 each, the one that stands first. */
    assert_int_equal(choose(&cases, populations, &(behov_select_options){.largest = 4}), BEHOV_OK);
    assert_int_equal(cases.reasons[2], BEHOV_CASE_CHOSEN_FROM);
    assert_int_equal(cases.reasons[5], BEHOV_CASE_TOO_FEW);
    assert_int_equal(cases.n_found[BEHOV_CASE_HIGH], 1);
}

/* 4 is no candidate though a year is missing, nor 2 and 7 though they are of a kind; of the others 3 is the largest. */
static void candidates_alone_are_chosen_from(void **state)
{
    (void)state;
    static const bool candidates[N] = {true, true, false, true, false, true, true, false};
    selection cases;
    assert_int_equal(choose(&cases, populations, &(behov_select_options){.candidates = candidates}), BEHOV_OK);
    for (size_t i = 0; i < N; i++)
        assert_int_equal(cases.reasons[i], candidates[i] ? BEHOV_CASE_CHOSEN_FROM : BEHOV_CASE_NOT_ASKED_FOR);
    assert_int_equal(cases.n, 3);
    assert_pick(&cases, 0, BEHOV_CASE_LOW, 0, 1);
    assert_pick(&cases, 1, BEHOV_CASE_HIGH, 5, 1);
    assert_pick(&cases, 2, BEHOV_CASE_DECREASE, 1, 1);
    assert_int_equal(choose(&cases, populations, &(behov_select_options){.candidates = candidates, .largest = 1}),
                     BEHOV_OK);
    for (size_t i = 0; i < N; i++)
        assert_int_equal(cases.reasons[i], !candidates[i] ? BEHOV_CASE_NOT_ASKED_FOR
                                           : i == 3       ? BEHOV_CASE_CHOSEN_FROM
                                           : i == 6       ? BEHOV_CASE_NO_POPULATION
                                                          : BEHOV_CASE_TOO_FEW);
}

static void one_year_has_levels_and_no_change(void **state)
{
    (void)state;
    static const double row[3] = {50, 200, 100};
    selection cases;
    assert_int_equal(
        behov_select_cases(row, 3, 1, NULL, NULL, cases.picks, &cases.n, cases.n_found, cases.reasons, &cases.err),
        BEHOV_OK);
    assert_int_equal(cases.n, 2);
    assert_pick(&cases, 0, BEHOV_CASE_LOW, 0, 1);
    assert_pick(&cases, 1, BEHOV_CASE_HIGH, 1, 1);
}

static void what_cannot_be_chosen_is_refused_and_outputs_are_left_alone(void **state)
{
    (void)state;
    selection cases = {.n = 77};
    static const double unknown_values[N] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    assert_int_equal(choose(&cases, NULL, &(behov_select_options){.largest = 4}), BEHOV_E_DATA);
    assert_int_equal(choose(&cases, unknown_values, &(behov_select_options){.min_population = 1}), BEHOV_E_DATA);
    assert_int_equal(choose(&cases, NULL, &(behov_select_options){.limits = {.low = 120, .high = 110}}),
                     BEHOV_E_ARGUMENT);
    assert_int_equal(
        behov_select_cases(ratios, N, 0, NULL, NULL, cases.picks, &cases.n, cases.n_found, cases.reasons, NULL),
        BEHOV_E_ARGUMENT);
    assert_int_equal(cases.n, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_kinds_the_most_extreme_first_and_ties_by_number),
        cmocka_unit_test(limits_and_count_are_options),
        cmocka_unit_test(inhabitants_are_asked_for),
        cmocka_unit_test(candidates_alone_are_chosen_from),
        cmocka_unit_test(one_year_has_levels_and_no_change),
        cmocka_unit_test(what_cannot_be_chosen_is_refused_and_outputs_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
