/* test_scenario.c - municipalities as one and with other figures, from arrays. The panel has four municipalities in two
 * years; every expected figure is made here from its numbers, the needs from the fit's coefficients. 200 random changes and
 * mergers of the bundled panel: tests/cli/scenario_reference.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/estimation.h>
#include <behov/scenario.h>
#include "digits.h"
#include "failing_malloc.h"
#include "subject.h"

static behov_error err;

static const behov_merge_rule rules[] = {
    {"y", "p", BEHOV_MERGE_RATE}, {"x", "w", BEHOV_MERGE_MEAN}, {"z", "p", BEHOV_MERGE_RATE}};
static const behov_scenario_choices choices = {.level = 0.9, .rules = rules, .n_rules = 3};

static double coefficient(const subject *subject, const char *term)
{
    for (size_t k = 0; k < behov_fit_n_regressors(subject->estimation.fit); k++)
        if (strcmp(behov_design_regressor(subject->estimation.design, k), term) == 0)
            return behov_fit_coefficients(subject->estimation.fit)[k];
    fail_msg("no coefficient %s", term);
    return 0;
}

/* ---- mergers ----------------------------------------------------------------------------------------------------- */

static behov_status merge(const subject *subject, const char *const *codes, size_t n, int year, behov_mergers *mergers)
{
    behov_scenario_choices chosen = choices;
    chosen.year = year;
    return behov_mergers_new(&subject->results, &(behov_merger_request){"North", codes, n}, 1, &chosen, mergers, &err);
}

static const char *const three[] = {"1103", "1101", "1102"}; /* in no order */

static void columns_are_summed_or_weighted(void **state)
{
    (void)state;
    subject subject;
    behov_mergers mergers = {0};
    open_subject("y ~ x + z + I(p^1.2) + log(p) + x:z + factor(year)", &subject);
    assert_int_equal(merge(&subject, three, 3, 2014, &mergers), BEHOV_OK);
    const behov_merger *merger = &mergers.all[0];
    /* p = 1100 + 2400 + 3000; y and z by p; x by w, which no formula names */
    double p = 6500, z = (1100 * 2.5 + 2400 * 1.3 + 3000 * 0.6) / p, x = (12 * 1.7 + 21 * 1.0 + 33 * 0.9) / 66;
    double y = (1100 * 2.4 + 2400 * 2.9 + 3000 * 1.7) / p;
    assert_int_equal(merger->n_parts, 3);
    assert_string_equal(merger->municipalities[0]->code, "1101");
    assert_digits(merger->merged.population, p, 16);
    assert_digits(merger->merged.actual, y, 15);
    const double regressors[] = {1, x, z, pow(p, 1.2), log(p), 1, x * z};
    for (size_t k = 0; k < 7; k++)
        assert_digits(merger->merged.regressors[k], regressors[k], 14);
    double need = 0;
    for (size_t k = 0; k < 7; k++)
        need += behov_fit_coefficients(subject.estimation.fit)[k] * regressors[k];
    assert_digits(merger->merged.need, need, 12);
    assert_digits(merger->merged.ratio, 100 * y / need, 12);
    assert_digits(merger->merged.gap_1000kr, (y - need) * p, 11);
    assert_int_equal(merger->merged.n_ranked, 3); /* with 1105 and 1106; 1104 has no need */
    assert_int_equal(merger->parts[0].n_ranked, 5);
    assert_digits(merger->apart.gap_1000kr,
                  merger->parts[0].gap_1000kr + merger->parts[1].gap_1000kr + merger->parts[2].gap_1000kr, 12);
    behov_mergers_free(&mergers);
    close_subject(&subject);
}

/* The difference is b ((sum P)^1.2 - sum w P^1.2) with the urbanity term, and nothing without it. */
static void the_identity_of_a_merger(void **state)
{
    (void)state;
    subject subject;
    behov_mergers mergers = {0};
    const behov_merge_rule by_population[] = {
        {"y", "p", BEHOV_MERGE_RATE}, {"x", "p", BEHOV_MERGE_RATE}, {"z", "p", BEHOV_MERGE_RATE}};
    behov_scenario_choices chosen = {.level = 0.9, .rules = by_population, .n_rules = 3};
    const behov_merger_request request = {NULL, three, 3};
    open_subject("y ~ x + z + I(p^1.2) + factor(year)", &subject);
    assert_int_equal(behov_mergers_new(&subject.results, &request, 1, &chosen, &mergers, &err), BEHOV_OK);
    const behov_merger *merger = &mergers.all[0];
    long double mean = (1100 * powl(1100, 1.2L) + 2400 * powl(2400, 1.2L) + 3000 * powl(3000, 1.2L)) / 6500;
    double difference = (double)(coefficient(&subject, "I(p^1.2)") * (powl(6500, 1.2L) - mean));
    assert_digits(merger->difference, difference, 12);
    assert_digits(merger->difference_1000kr, 6500 * difference, 12);
    assert_digits(merger->merged.need - merger->apart.need, difference, 11);
    const double *variances = behov_vcov_matrix(subject.estimation.vcov);
    size_t n = behov_fit_n_regressors(subject.estimation.fit);
    double error = (double)(powl(6500, 1.2L) - mean) * sqrt(variances[3 * n + 3]);
    double quantile = behov_t_quantile(0.9, behov_vcov_dof(subject.estimation.vcov));
    assert_digits(merger->difference_interval.high, difference + quantile * fabs(error), 9);
    assert_digits(merger->difference_interval.low, difference - quantile * fabs(error), 9);
    for (size_t k = 0; k < n; k++)
        if (k != 3)
            assert_true(merger->terms[k].difference == 0);
    behov_mergers_free(&mergers);
    close_subject(&subject);

    open_subject("y ~ x + z + factor(year)", &subject);
    assert_int_equal(behov_mergers_new(&subject.results, &request, 1, &chosen, &mergers, &err), BEHOV_OK);
    merger = &mergers.all[0];
    double need = 0;
    for (size_t i = 0; i < 3; i++)
        need += merger->parts[i].need * merger->parts[i].population / 6500;
    assert_digits(merger->merged.need, need, 12);
    assert_true(merger->difference == 0 && merger->difference_interval.low == 0 &&
                merger->difference_interval.high == 0);
    behov_mergers_free(&mergers);
    close_subject(&subject);
}

/* Neither the order of the municipalities nor what stands before shows in a bit. */
static void the_order_shows_nowhere(void **state)
{
    (void)state;
    subject subject;
    behov_mergers mergers = {0};
    const char *const other[] = {"1102", "1103", "Alm"}, *const two[] = {"1105", "1106"};
    const behov_merger_request requests[] = {{NULL, two, 2}, {NULL, three, 3}, {NULL, other, 3}};
    open_subject("y ~ x + z + I(p^1.2) + factor(year)", &subject);
    assert_int_equal(behov_mergers_new(&subject.results, requests, 3, &choices, &mergers, &err), BEHOV_OK);
    assert_true(mergers.all[1].merged.need == mergers.all[2].merged.need);
    assert_true(mergers.all[1].difference_1000kr == mergers.all[2].difference_1000kr);
    behov_mergers_free(&mergers);
    close_subject(&subject);
}

static void mergers_that_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *formula, *codes[3];
        size_t n;
        int year;
        behov_status status;
        const char *what;
    } cases[] = {
        {"y ~ x + p", {"1101"}, 1, 0, BEHOV_E_ARGUMENT, "one municipality is no merger"},
        {"y ~ x + p", {"1101", "1101"}, 2, 0, BEHOV_E_ARGUMENT, "does not merge with itself"},
        {"y ~ x + p", {"1101", "1102", "Alm"}, 3, 0, BEHOV_E_ARGUMENT, "does not merge with itself"},
        {"y ~ x + p", {"1101", "1109"}, 2, 0, BEHOV_E_NAME, "1109"},
        {"y ~ x + p", {"1101", "1102"}, 2, 2020, BEHOV_E_NAME, "2020"},
        {"y ~ x + p", {"1101", "1104"}, 2, 2014, BEHOV_E_DATA, "x is missing in 2014"},
        {"y ~ p + factor(c)", {"1102", "1103"}, 2, 0, BEHOV_E_ARGUMENT, "the category c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        subject subject;
        behov_mergers mergers = {0};
        open_subject(cases[i].formula, &subject);
        assert_int_equal(merge(&subject, cases[i].codes, cases[i].n, cases[i].year, &mergers), cases[i].status);
        if (!strstr(err.what, cases[i].what) && !strstr(err.where, cases[i].what))
            fail_msg("%s: %s, where %s was expected", err.where, err.what, cases[i].what);
        behov_mergers_free(&mergers);
        close_subject(&subject);
    }
    subject subject;
    behov_mergers mergers = {0};
    open_subject("y ~ x + z + p + w", &subject);
    assert_int_equal(merge(&subject, three, 3, 0, &mergers), BEHOV_E_ARGUMENT);
    assert_non_null(strstr(err.what, "how w merges is not said"));
    behov_mergers_free(&mergers);
    close_subject(&subject);
}

/* A category that all have alike is no hindrance. */
static void a_category_that_is_the_same(void **state)
{
    (void)state;
    subject subject;
    behov_mergers mergers = {0};
    const char *const alike[] = {"1101", "1102"};
    open_subject("y ~ z + factor(c) + p", &subject);
    assert_int_equal(merge(&subject, alike, 2, 2013, &mergers), BEHOV_OK);
    assert_true(mergers.all[0].difference ==
                coefficient(&subject, "p") * (3500 - (1000.0 * 1000 + 2500.0 * 2500) / 3500));
    behov_mergers_free(&mergers);
    close_subject(&subject);
}

/* ---- changes ----------------------------------------------------------------------------------------------------- */

static void how_a_change_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        behov_step_kind kind;
        behov_step_unit unit;
        double amount;
    } good[] = {
        {"20", BEHOV_STEP_LEVEL, BEHOV_STEP_OF_COLUMN, 20},
        {"4,25", BEHOV_STEP_LEVEL, BEHOV_STEP_OF_COLUMN, 4.25},
        {"+20", BEHOV_STEP_ADD, BEHOV_STEP_OF_COLUMN, 20},
        {"-0.5", BEHOV_STEP_ADD, BEHOV_STEP_OF_COLUMN, -0.5},
        {"\xE2\x88\x92"
         "5",
         BEHOV_STEP_ADD, BEHOV_STEP_OF_COLUMN, -5},
        {"+10%", BEHOV_STEP_PER_CENT, BEHOV_STEP_OF_COLUMN, 10},
        {"-2,5 prosent", BEHOV_STEP_PER_CENT, BEHOV_STEP_OF_COLUMN, -2.5},
        {"+20persons", BEHOV_STEP_ADD, BEHOV_STEP_PERSONS, 20},
        {"+20 personer", BEHOV_STEP_ADD, BEHOV_STEP_PERSONS, 20},
        {"120p", BEHOV_STEP_LEVEL, BEHOV_STEP_PERSONS, 120},
        {"+0.5pp", BEHOV_STEP_ADD, BEHOV_STEP_POINTS, 0.5},
    };
    static const char *const bad[] = {"",    "+",       "abc", "+20x",   "20%",    "0.5pp",         "+1e999",
                                      "--5", "+20pp p", "nan", "+1,2,3", "+1.000", "-12,500persons"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        behov_step_kind kind;
        behov_step_unit unit;
        double amount;
        assert_int_equal(behov_scenario_step_parse(good[i].text, "x", &kind, &unit, &amount, &err), BEHOV_OK);
        assert_int_equal(kind, good[i].kind);
        assert_int_equal(unit, good[i].unit);
        assert_true(amount == good[i].amount);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        behov_step_kind kind;
        behov_step_unit unit;
        double amount;
        if (behov_scenario_step_parse(bad[i], "x", &kind, &unit, &amount, &err) != BEHOV_E_SYNTAX)
            fail_msg("\"%s\" was read", bad[i]);
    }
}

static behov_status set(const subject *subject, const char *municipality, const behov_scenario_change *changes,
                        size_t n, bool keeps_total, behov_scenarios *scenarios)
{
    behov_scenario_choices chosen = choices;
    chosen.keeps_total = keeps_total;
    return behov_scenarios_new(&subject->results, &(behov_scenario_request){NULL, municipality, NULL, changes, n}, 1,
                               &chosen, scenarios, &err);
}

static void a_change_by_hand(void **state)
{
    (void)state;
    subject subject;
    behov_scenarios scenarios = {0};
    const behov_scenario_change changes[] = {{"x", "+0,3", NULL}, {"p", "+10%", NULL}, {"z", "2", NULL}};
    open_subject("y ~ x + z + I(p^1.2) + factor(year)", &subject);
    assert_int_equal(set(&subject, "Bru", changes, 3, true, &scenarios), BEHOV_OK);
    const behov_scenario *scenario = &scenarios.all[0];
    double b_x = coefficient(&subject, "x"), b_z = coefficient(&subject, "z"), b_p = coefficient(&subject, "I(p^1.2)");
    double x = b_x * 0.3, p = b_p * (pow(2640, 1.2) - pow(2400, 1.2)), z = b_z * (2 - 1.3);
    assert_int_equal(scenarios.year, 2014);
    assert_digits(scenario->need_change, x + p + z, 12);
    assert_digits(scenario->steps[0].need_change, x, 12);
    assert_digits(scenario->steps[1].need_change, p, 11);
    assert_digits(scenario->steps[2].need_change, z, 12);
    assert_false(scenario->depends_on_order);
    assert_digits(scenario->need_change_1000kr, 2640 * scenario->after.need - 2400 * scenario->before.need, 11);
    /* spending stays in all */
    assert_digits(scenario->after.actual, 2.9 * 2400 / 2640, 15);
    assert_digits(scenario->after.ratio, 100 * scenario->after.actual / scenario->after.need, 14);
    /* the interval of the change is that of its combination */
    const double *v = behov_vcov_matrix(subject.estimation.vcov);
    size_t n = behov_fit_n_regressors(subject.estimation.fit);
    double contrast[5] = {0, 0.3, 0.7, pow(2640, 1.2) - pow(2400, 1.2), 0}, variance = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            variance += contrast[i] * contrast[j] * v[i * n + j];
    double half = behov_t_quantile(0.9, behov_vcov_dof(subject.estimation.vcov)) * sqrt(variance);
    assert_digits(scenario->need_change_interval.high - scenario->need_change, half, 9);
    behov_scenarios_free(&scenarios);
    close_subject(&subject);
}

/* A term of two changed columns: what each adds hangs on their order, what both add does not. */
static void an_interaction_depends_on_the_order(void **state)
{
    (void)state;
    subject subject;
    behov_scenarios first = {0}, second = {0};
    const behov_scenario_change changes[] = {{"x", "+1", NULL}, {"z", "+1", NULL}},
                                turned[] = {{"z", "+1", NULL}, {"x", "+1", NULL}};
    open_subject("y ~ x + z + x:z", &subject);
    assert_int_equal(set(&subject, "1102", changes, 2, false, &first), BEHOV_OK);
    assert_int_equal(set(&subject, "1102", turned, 2, false, &second), BEHOV_OK);
    assert_true(first.all[0].depends_on_order);
    double b_x = coefficient(&subject, "x"), b_xz = coefficient(&subject, "x:z");
    assert_digits(first.all[0].steps[0].need_change, b_x + b_xz * 1.3, 12);  /* x with z as it is */
    assert_digits(second.all[0].steps[1].need_change, b_x + b_xz * 2.3, 12); /* x with z changed */
    assert_true(first.all[0].need_change == second.all[0].need_change);
    behov_scenarios_free(&first);
    behov_scenarios_free(&second);
    close_subject(&subject);
}

static void what_is_outside_the_data(void **state)
{
    (void)state;
    subject subject;
    behov_scenarios scenarios = {0};
    const behov_scenario_change inside[] = {{"x", "1.1", NULL}}, outside[] = {{"x", "50", NULL}},
                                unread[] = {{"extra", "+1", NULL}};
    open_subject("y ~ x + z", &subject);
    assert_int_equal(set(&subject, "1102", inside, 1, false, &scenarios), BEHOV_OK);
    assert_false(scenarios.all[0].steps[0].is_outside_data || scenarios.all[0].is_beyond_leverage);
    assert_true(scenarios.all[0].steps[0].low == 0.7 && scenarios.all[0].steps[0].high == 2.6);
    behov_scenarios_free(&scenarios);
    assert_int_equal(set(&subject, "1102", outside, 1, false, &scenarios), BEHOV_OK);
    assert_true(scenarios.all[0].steps[0].is_outside_data && scenarios.all[0].is_beyond_leverage);
    /* the largest leverage of a sample is at most 1, and their mean is K / N */
    assert_true(scenarios.leverage_most > 3.0 / 11 && scenarios.leverage_most <= 1);
    behov_scenarios_free(&scenarios);
    assert_int_equal(set(&subject, "1102", unread, 1, false, &scenarios), BEHOV_OK);
    assert_false(scenarios.all[0].steps[0].is_in_model);
    assert_true(scenarios.all[0].need_change == 0 && scenarios.all[0].need_change_interval.high == 0);
    behov_scenarios_free(&scenarios);
    close_subject(&subject);
}

static void changes_that_are_refused(void **state)
{
    (void)state;
    static const struct {
        behov_scenario_change changes[2];
        size_t n;
        behov_status status;
        const char *what;
    } cases[] = {
        {{{NULL, NULL, NULL}}, 0, BEHOV_E_ARGUMENT, "no change"},
        {{{"xx", "+1", NULL}}, 1, BEHOV_E_NAME, "has no column xx"},
        {{{"x", "one", NULL}}, 1, BEHOV_E_ARGUMENT, "is no change"},
        {{{"x", "one", "list.csv, line 3"}}, 1, BEHOV_E_SYNTAX, "is no change"},
        {{{"x", "+1", NULL}, {"x", "+2", NULL}}, 2, BEHOV_E_ARGUMENT, "twice"},
        {{{"x", "+1", NULL}, {"x", "+2", "list.csv, line 3"}}, 2, BEHOV_E_DATA, "twice"},
        {{{"y", "+1", NULL}}, 1, BEHOV_E_ARGUMENT, "held against the need"},
        {{{"year", "2013", NULL}}, 1, BEHOV_E_ARGUMENT, "year"},
        {{{"x", "+5p", NULL}}, 1, BEHOV_E_ARGUMENT, "no share"},
        {{{"x", "+5pp", NULL}}, 1, BEHOV_E_ARGUMENT, "not in per cent"},
        {{{"p", "-2400", NULL}}, 1, BEHOV_E_DATA, "cannot be changed"},
        {{{"c", "3", NULL}}, 1, BEHOV_E_DATA, "no"},
        {{{"c", "+1", NULL}}, 1, BEHOV_E_ARGUMENT, "category"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        subject subject;
        behov_scenarios scenarios = {0};
        open_subject("y ~ x + p + factor(c) + factor(year)", &subject);
        behov_status status = set(&subject, "1102", cases[i].changes, cases[i].n, false, &scenarios);
        if (status != cases[i].status || !strstr(err.what, cases[i].what))
            fail_msg("%zu: %s: %s: %s, where %s was expected", i, behov_status_name(status), err.where, err.what,
                     cases[i].what);
        behov_scenarios_free(&scenarios);
        close_subject(&subject);
    }
}

/* ---- no memory --------------------------------------------------------------------------------------------------- */

static void no_memory(void **state)
{
    (void)state;
    subject subject;
    const behov_scenario_change changes[] = {{"x", "+0,3", NULL}, {"p", "+10%", NULL}};
    open_subject("y ~ x + z + I(p^1.2) + factor(year)", &subject);
    for (size_t n = 1;; n++) {
        behov_scenarios scenarios = {0};
        failing_malloc_start(n);
        behov_status status = set(&subject, "1102", changes, 2, false, &scenarios);
        bool was_reached = failing_malloc_stop();
        behov_scenarios_free(&scenarios);
        assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
        if (!was_reached)
            break;
    }
    for (size_t n = 1;; n++) {
        behov_mergers mergers = {0};
        failing_malloc_start(n);
        behov_status status = merge(&subject, three, 3, 0, &mergers);
        bool was_reached = failing_malloc_stop();
        behov_mergers_free(&mergers);
        assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
        if (!was_reached)
            break;
    }
    close_subject(&subject);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_summed_or_weighted),
        cmocka_unit_test(the_identity_of_a_merger),
        cmocka_unit_test(the_order_shows_nowhere),
        cmocka_unit_test(mergers_that_are_refused),
        cmocka_unit_test(a_category_that_is_the_same),
        cmocka_unit_test(how_a_change_is_written),
        cmocka_unit_test(a_change_by_hand),
        cmocka_unit_test(an_interaction_depends_on_the_order),
        cmocka_unit_test(what_is_outside_the_data),
        cmocka_unit_test(changes_that_are_refused),
        cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
