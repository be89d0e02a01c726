/* test_council.c - the figures of a council's page from arrays: against rankings, profiles, peers and scenarios that are
 * asked for by themselves, and regressors that are written out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/estimation.h>
#include <behov/council.h>
#include <behov/likeness.h>
#include <behov/peers.h>
#include <behov/scenario.h>
#include "digits.h"
#include "effort.h"
#include "failing_malloc.h"
#include "subject.h"
#include "tables.h"

static behov_error err;

static void make(const subject *subject, const char *list, behov_council *council)
{
    behov_municipality_names names = {0};
    behov_profile_choices choices = {.level = 0.9, .n_draws = 200, .seed = 7};
    if (list)
        assert_int_equal(behov_municipality_names_split(&names, list, &err), BEHOV_OK);
    choices.list = list ? &names : NULL;
    if (behov_council_new(&subject->results, &(behov_council_choices){.profile = choices, .n_like = 2}, council, &err))
        fail_msg("%s: %s", err.where, err.what);
    behov_municipality_names_free(&names);
}

static const char formula[] = "y ~ x + z + I(p^1.2) + x:z + factor(year)";

/* One level on the page: in headline, table and places the ranking's of the year, and the profile's in that year. */
static void one_level_throughout(void **state)
{
    (void)state;
    subject subject;
    behov_council council = {0};
    behov_ranking ranking = {0};
    open_subject(formula, &subject);
    make(&subject, "1105,1101", &council);
    assert_int_equal(behov_ranking_new(&subject.results,
                                       &(behov_ranking_choices){.year = 2014, .level = 0.9, .n_draws = 200, .seed = 7},
                                       &ranking, &err),
                     BEHOV_OK);
    assert_int_equal(council.year, 2014);
    assert_int_equal(council.n, 2);
    assert_string_equal(council.ranking.places.all[council.pages[0].profile->place].code, "1105");
    for (size_t i = 0; i < council.n; i++) {
        const behov_profile *profile = council.pages[i].profile;
        const behov_profile_year *year = &profile->years[profile->index];
        const behov_ranked_municipality *ranked = behov_council_ranked(&council, i);
        assert_int_equal(year->year, 2014);
        assert_digits(ranked->ratio, year->ratio, 15);
        assert_digits(ranked->lasting.ratio, year->lasting.ratio, 14);
        assert_digits(ranked->lasting.interval.low, year->lasting.interval.low, 12);
        assert_digits(ranked->lasting.interval.high, year->lasting.interval.high, 12);
        assert_true(ranked->rank_low == ranking.all[profile->place].rank_low);
        assert_true(ranked->rank_high == ranking.all[profile->place].rank_high);
        assert_digits(behov_need_need(subject.results.need, council.pages[i].row), year->need, 15);
    }
    assert_true(council.has_funnel);
    assert_int_equal(council.funnel.year, 2014);
    assert_int_equal(council.funnel.n_points, 5); /* 1104 has no x in 2014 */
    behov_ranking_free(&ranking);
    behov_council_free(&council);
    close_subject(&subject);
}

/* Those without a need in the year have no page, and take no part in the others'. */
static void all_and_like_ones(void **state)
{
    (void)state;
    subject subject;
    behov_council council = {0};
    behov_peers peers = {0};
    size_t n_far = 0;
    open_subject(formula, &subject);
    make(&subject, NULL, &council);
    assert_int_equal(council.n, 5);
    assert_int_equal(council.profiles.n_without_need, 1);
    assert_true(council.has_like);
    for (size_t i = 0; i < council.n; i++) {
        const char *code = council.ranking.places.all[council.pages[i].profile->place].code;
        assert_int_equal(behov_peers_new(&subject.results,
                                         &(behov_peer_choices){.municipality = code, .count = 2, .year = 2014}, &peers,
                                         &err),
                         BEHOV_OK);
        assert_int_equal(council.pages[i].n_like, 2);
        for (size_t k = 0; k < 2; k++)
            assert_int_equal(council.pages[i].like[k], peers.nearest[k]);
        assert_int_equal(council.pages[i].n_far, behov_peers_n_far(&peers));
        n_far += council.pages[i].n_far;
        behov_peers_free(&peers);
    }
    assert_true(n_far > 0);
    behov_council_free(&council);
    close_subject(&subject);
}

/* ---- what if ----------------------------------------------------------------------------------------------------- */

static size_t variable(const behov_council *council, const char *name)
{
    for (size_t i = 0; i < council->whatif.n_variables; i++)
        if (strcmp(council->whatif.variables[i].name, name) == 0)
            return i;
    fail_msg("no variable %s", name);
    return 0;
}

/* Whose regressors are x, z, p^1.2 and xz, written out here. */
static void regressors_of(double p, double x, double z, double regressors[4])
{
    regressors[0] = x;
    regressors[1] = z;
    regressors[2] = pow(p, 1.2);
    regressors[3] = x * z;
}

static void like_scenario_set(void **state)
{
    (void)state;
    subject subject;
    behov_council council = {0};
    dice dice = dice_of(11);
    open_subject(formula, &subject);
    make(&subject, "1102", &council);
    const behov_council_whatif *whatif = &council.whatif;
    const behov_council_page *page = &council.pages[0];
    size_t p = variable(&council, "p"), x = variable(&council, "x"), z = variable(&council, "z");
    assert_true(whatif->variables[p].is_slider && whatif->variables[x].is_slider && whatif->variables[z].is_slider);
    assert_true(whatif->variables[p].is_population && !whatif->variables[x].is_population);
    assert_false(whatif->variables[variable(&council, "year")].is_slider);
    assert_digits(whatif->variables[x].low, 0.9, 16); /* of 2014, those with a need; 0.7 in 2013 */
    assert_digits(whatif->variables[x].high, 2.4, 16);
    assert_digits(whatif->variables[x].estimated_low, 0.7, 16);
    assert_digits(whatif->variables[x].estimated_high, 2.6, 16);
    assert_int_equal(whatif->n_regressors, 4);
    for (size_t k = 0; k < 50; k++) {
        char texts[3][40];
        double changes[3] = {floor(dice_uniform(&dice) * 800), dice_uniform(&dice), dice_uniform(&dice)};
        double before[4], after[4], need = page->need, variance = page->variance, leverage = page->leverage;
        for (size_t i = 0; i < 3; i++)
            snprintf(texts[i], sizeof texts[i], "+%.17g", changes[i]);
        const behov_scenario_change asked[] = {{"p", texts[0], NULL}, {"x", texts[1], NULL}, {"z", texts[2], NULL}};
        behov_scenarios scenarios = {0};
        assert_int_equal(behov_scenarios_new(&subject.results, &(behov_scenario_request){NULL, "1102", NULL, asked, 3},
                                             1, &(behov_scenario_choices){.year = 2014, .level = 0.9}, &scenarios,
                                             &err),
                         BEHOV_OK);
        const behov_scenario *scenario = &scenarios.all[0];
        regressors_of(page->values[p], page->values[x], page->values[z], before);
        regressors_of(page->values[p] + changes[0], page->values[x] + changes[1], page->values[z] + changes[2], after);
        for (size_t i = 0; i < 4; i++) {
            need += whatif->regressors[i].coefficient * (after[i] - before[i]);
            variance += 2 * (after[i] - before[i]) * page->covariances[i];
            leverage += 2 * (after[i] - before[i]) * page->spreads[i];
            for (size_t j = 0; j < 4; j++) {
                variance += (after[i] - before[i]) * (after[j] - before[j]) * whatif->covariance[4 * i + j];
                leverage += (after[i] - before[i]) * (after[j] - before[j]) * whatif->spread[4 * i + j];
            }
        }
        assert_digits(leverage, scenario->after.leverage, 9);
        assert_digits(whatif->leverage_most, scenarios.leverage_most, 15);
        assert_digits(need, scenario->after.need, 11);
        assert_digits(need - whatif->t * sqrt(variance), scenario->after.need_interval.low, 9);
        assert_digits(need + whatif->t * sqrt(variance), scenario->after.need_interval.high, 9);
        behov_scenarios_free(&scenarios);
    }
    behov_council_free(&council);
    close_subject(&subject);
}

/* A column that a product with a factor is made of stays what it is. */
static void a_column_beside_a_factor(void **state)
{
    (void)state;
    subject subject;
    behov_council council = {0};
    open_subject("y ~ x + z + z:factor(c)", &subject);
    make(&subject, "1102", &council);
    assert_true(council.whatif.variables[variable(&council, "x")].is_slider);
    assert_false(council.whatif.variables[variable(&council, "z")].is_slider);
    assert_int_equal(council.whatif.n_regressors, 1);
    behov_council_free(&council);
    close_subject(&subject);
}

static void no_memory(void **state)
{
    (void)state;
    subject subject;
    open_subject(formula, &subject);
    size_t stride = effort(100) < 100 ? 171 : 17;
    for (size_t n = 1;; n += n < effort(300) ? 1 : stride) {
        behov_council council = {0};
        behov_profile_choices choices = {.level = 0.9, .n_draws = 20, .seed = 7};
        failing_malloc_start(n);
        behov_status status = behov_council_new(
            &subject.results, &(behov_council_choices){.profile = choices, .n_like = 2}, &council, &err);
        bool was_reached = failing_malloc_stop();
        behov_council_free(&council);
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
        cmocka_unit_test(one_level_throughout),
        cmocka_unit_test(all_and_like_ones),
        cmocka_unit_test(like_scenario_set),
        cmocka_unit_test(a_column_beside_a_factor),
        cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
