/* test_profile.c - profiles of all municipalities: who has one, who is left out, quartiles and neighbours by hand, what
 * drivers are made of, and no memory. What a single page says is tested from outside (cli/cases/profile_*.test). */
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
#include <unistd.h>

#include <behov/cases_tables.h>
#include "digits.h"
#include "effort.h"
#include "failing_malloc.h"
#include "estimation_options.h"
#include <behov/model_labels.h>
#include <behov/profile_tables.h>
#include <behov/ranking_tables.h>
#include "verbs.h"

/* 1101 never has x, 1103 has none in 2014; the rows of a municipality do not stand together, nor in the order of codes
 */
static const char panel[] = "municipality_code,municipality,year,population,y,x,z\n"
                            "1106,Foss,2012,6000,4.1,2.0,1.0\n"
                            "1101,Alm,2012,1000,1.0,.,3.0\n"
                            "1102,Bru,2012,2500,2.2,1.2,0.5\n"
                            "1103,Dal,2012,3100,1.9,0.7,2.0\n"
                            "1104,Elv,2012,4200,3.0,1.5,0.2\n"
                            "1105,Eng,2012,900,5.2,2.5,1.1\n"
                            "1106,Foss,2014,6100,3.9,2.1,0.4\n"
                            "1105,Eng,2014,950,4.0,2.3,1.9\n"
                            "1104,Elv,2014,4100,2.0,1.4,2.2\n"
                            "1103,Dal,2014,3000,1.7,.,0.6\n"
                            "1102,Bru,2014,2400,2.9,1.0,1.3\n"
                            "1101,Alm,2014,1100,2.0,.,0.9\n"
                            "1102,Bru,2013,2450,2.0,1.1,0.8\n"
                            "1105,Eng,2013,930,.,2.4,1.6\n";
/* Two columns with one label are one term. */
static const char model_text[] = "[model]\nformula = y ~ x + z + factor(year)\noutcome_unit = 1000kr_per_inhabitant\n"
                                 "[labels_nb]\nx = Begge\nz = Begge\n";
enum { N_PLACES = 6, N_YEARS = 3 };

static char folder[] = "/tmp/behov-profile-XXXXXX";
static char panel_path[100], model_path[100];
static behov_error err;

typedef struct subject {
    command_line line;
    behov_study study;
    behov_estimation estimation;
    behov_fit_results fit_results;
} subject;

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int enter(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return 1;
    snprintf(panel_path, sizeof panel_path, "%s/panel.csv", folder);
    snprintf(model_path, sizeof model_path, "%s/model.ini", folder);
    put(panel_path, panel);
    put(model_path, model_text);
    return 0;
}

/* The list of a choice; it holds until the next one. */
static behov_municipality_names names;

static const behov_municipality_names *named(const char *text)
{
    behov_municipality_names_free(&names);
    assert_int_equal(behov_municipality_names_split(&names, text, &err), BEHOV_OK);
    return &names;
}

static int leave(void **state)
{
    (void)state;
    behov_municipality_names_free(&names);
    return unlink(panel_path) || unlink(model_path) || rmdir(folder);
}

static void open_subject(subject *new_subject)
{
    char *arguments[] = {"1101", panel_path, "--model", model_path, "--quiet"};
    bool helped;
    *new_subject = (subject){0};
    assert_true(command_line_read(&verb_profile, 5, arguments, &new_subject->line, &helped));
    assert_int_equal(estimation_of_panel(&new_subject->line, panel_path, 0.9, 0, &new_subject->study,
                                         &new_subject->estimation, &new_subject->fit_results),
                     0);
}

static void close_subject(subject *subject)
{
    behov_estimation_free(&subject->estimation);
    behov_study_close(&subject->study);
    command_line_free(&subject->line);
}

static void make(const subject *subject, behov_profile_choices choices, behov_profiles *profiles)
{
    choices.level = 0.9;
    choices.n_draws = 200;
    choices.label = behov_model_label;
    if (behov_profiles_new(&subject->fit_results, &choices, profiles, &err))
        fail_msg("%s: %s", err.where, err.what);
}

static const char *code_of(const behov_profiles *profiles, const behov_profile *profile)
{
    return profiles->country.places.all[profile->place].code;
}

static void every_municipality_with_a_need(void **state)
{
    (void)state;
    subject subject;
    behov_profiles all = {0}, some = {0};
    open_subject(&subject);
    make(&subject, (behov_profile_choices){0}, &all);
    static const char *const codes[] = {"1102", "1103", "1104", "1105", "1106"};
    assert_int_equal(all.n, 5);
    assert_int_equal(all.n_without_need, 1);
    for (size_t i = 0; i < all.n; i++) {
        assert_string_equal(code_of(&all, &all.all[i]), codes[i]);
        assert_ptr_equal(behov_profiles_of_place(&all, all.all[i].place), &all.all[i]);
    }
    assert_null(behov_profiles_of_place(&all, 0));
    assert_int_equal(all.all[1].years[all.all[1].index].year, 2012); /* the last with a need */
    /* the same figures as of a list in another order */
    make(&subject, (behov_profile_choices){.list = named("1106,1102,1103,1105,1104")}, &some);
    for (size_t i = 0; i < all.n; i++) {
        const behov_profile *profile = &all.all[i], *other = behov_profiles_of_place(&some, profile->place);
        assert_non_null(other);
        assert_int_equal(profile->index, other->index);
        for (size_t t = 0; t < N_YEARS; t++)
            for (size_t j = 0; j < behov_n_profile_figures; j++)
                assert_digits(behov_profile_figure_of(&behov_profile_figures[j], &other->years[t]),
                              behov_profile_figure_of(&behov_profile_figures[j], &profile->years[t]), DIGITS_ALL);
    }
    behov_profiles_free(&some);
    behov_profiles_free(&all);
    /* of one year: 1103 lacks it; named in a list it is an error */
    make(&subject, (behov_profile_choices){.year = 2014}, &all);
    assert_int_equal(all.n, 4);
    assert_int_equal(all.n_without_need, 2);
    behov_profiles_free(&all);
    assert_int_equal(behov_profiles_new(&subject.fit_results,
                                        &(behov_profile_choices){
                                            .list = named("1102,1103"), .year = 2014, .level = 0.9, .n_draws = 200},
                                        &all, &err),
                     BEHOV_E_DATA);
    assert_string_equal(err.where, "municipality 1103 Dal");
    behov_profiles_free(&all);
    close_subject(&subject);
}

static void what_is_around(void **state)
{
    (void)state;
    subject subject;
    behov_profiles all = {0};
    open_subject(&subject);
    make(&subject, (behov_profile_choices){.group = {.kind = "size"}}, &all);
    /* five ratios: the quartiles are the second, third and fourth */
    double ratios[5];
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        size_t index = n++;
        for (; index > 0 && ratios[index - 1] > all.country.all[all.all[i].place].ratio; index--)
            ratios[index] = ratios[index - 1];
        ratios[index] = all.country.all[all.all[i].place].ratio;
    }
    behov_quartiles quartiles = behov_profiles_quartiles(&all, false, all.all[0].place);
    assert_int_equal(quartiles.n, 5);
    assert_true(quartiles.low == ratios[1] && quartiles.median == ratios[2] && quartiles.high == ratios[3]);
    /* 1102, 1103 and 1104 have 2 000 to 5 000 inhabitants, 1105 is alone under 2 000 */
    const behov_profile *alone = &all.all[3];
    quartiles = behov_profiles_quartiles(&all, true, alone->place);
    assert_int_equal(quartiles.n, 1);
    assert_true(quartiles.low == all.group.all[alone->place].ratio && quartiles.high == quartiles.low);
    quartiles = behov_profiles_quartiles(&all, true, all.all[0].place);
    double low = INFINITY, high = -INFINITY, sum = 0;
    for (size_t i = 0; i < 3; i++) {
        double ratio = all.group.all[all.all[i].place].ratio;
        low = fmin(low, ratio), high = fmax(high, ratio), sum += ratio;
    }
    double median = sum - low - high;
    assert_int_equal(quartiles.n, 3);
    assert_digits(quartiles.low, (low + median) / 2, 13);
    assert_digits(quartiles.median, median, 13);
    assert_digits(quartiles.high, (median + high) / 2, 13);
    for (size_t i = 0; i < all.n; i++) {
        size_t above[BEHOV_NEIGHBOURS_EACH], lower_positions[BEHOV_NEIGHBOURS_EACH], n_above, n_below, rank = 0;
        double own = all.country.all[all.all[i].place].ratio;
        while (rank < 5 && ratios[4 - rank] > own)
            rank++;
        behov_profiles_neighbours(&all, all.all[i].place, above, &n_above, lower_positions, &n_below);
        assert_int_equal(n_above, rank < 2 ? rank : 2);
        assert_int_equal(n_below, 4 - rank < 2 ? 4 - rank : 2);
        for (size_t j = 0; j < n_above; j++)
            assert_true(all.country.all[above[j]].ratio == ratios[4 - rank + j + 1]);
        for (size_t j = 0; j < n_below; j++)
            assert_true(all.country.all[lower_positions[j]].ratio == ratios[4 - rank - j - 1]);
    }
    behov_profiles_free(&all);
    close_subject(&subject);
}

/* coefficient (value - mean) is the driver, also where two columns are one term. */
static void what_drivers_are_made_of(void **state)
{
    (void)state;
    subject subject;
    behov_profiles all = {0};
    open_subject(&subject);
    make(&subject, (behov_profile_choices){.group = {.kind = "size"}}, &all);
    const double *b = behov_fit_coefficients(subject.estimation.fit);
    assert_int_equal(all.n_terms, 1);
    assert_string_equal(all.terms[0].label, "Begge");
    assert_int_equal(all.terms[0].n_regressors, 2);
    const behov_profile_year *first = &all.all[0].years[0]; /* 1102 in 2012 */
    behov_profile_part part = behov_profile_part_of(&all, first, 0);
    assert_true(part.coefficient == 1);
    assert_digits(part.value, b[1] * 1.2 + b[2] * 0.5, 13);
    /* the others of its size that year: 1103 and 1104 */
    double people = 2500 + 3100 + 4200, x = (2500 * 1.2 + 3100 * 0.7 + 4200 * 1.5) / people,
           z = (2500 * 0.5 + 3100 * 2.0 + 4200 * 0.2) / people;
    assert_digits(part.means[BEHOV_PEER_GROUP], b[1] * x + b[2] * z, 13);
    assert_digits(first->averages[BEHOV_PEER_GROUP][1], x, 14);
    /* outcomes of the same three, against what the model makes of x and z */
    double needs = people * (b[0] + b[1] * x + b[2] * z);
    assert_digits(first->ratios[BEHOV_PEER_GROUP], 100 * (2500 * 2.2 + 3100 * 1.9 + 4200 * 3.0) / needs, 12);
    for (size_t i = 0; i < all.n; i++)
        for (size_t t = 0; t < N_YEARS; t++) {
            const behov_profile_year *profile_year = &all.all[i].years[t];
            part = behov_profile_part_of(&all, profile_year, 0);
            if (!profile_year->has_need) {
                assert_true(isnan(part.value) && isnan(profile_year->forecasts[BEHOV_FORECAST_NEW].interval.low));
                assert_false(
                    isnan(profile_year
                              ->ratios[BEHOV_PEER_COUNTRY])); /* the country has one whatever the municipality lacks */
                continue;
            }
            for (size_t which = 0; which < BEHOV_PEER_BOTH; which++)
                assert_true(fabs(part.coefficient * (part.value - part.means[which]) -
                                 profile_year->drivers[which][0]) < 1e-13);
        }
    behov_profiles_free(&all);
    close_subject(&subject);
}

/* 1105 in 2013 has a need and nothing to compare it with. A new municipality with its figures: t sqrt(x'Vx + Var u + s0^2
 * + s1^2 / population). */
static void intervals_of_a_year(void **state)
{
    (void)state;
    subject subject;
    behov_profiles all = {0};
    open_subject(&subject);
    make(&subject, (behov_profile_choices){.list = named("1105")}, &all);
    const behov_profile_year *year = all.all[0].years, *profile_year = &year[1];
    behov_interval prediction = year->forecasts[BEHOV_FORECAST_NEW].interval,
                   per_cent = year->forecasts[BEHOV_FORECAST_NEW].ratio_interval;
    double half = (year->need_interval.high - year->need_interval.low) / 2,
           wide = (prediction.high - prediction.low) / 2;
    double dof = behov_vcov_dof(subject.estimation.vcov), t = behov_t_quantile(0.9, dof);
    behov_shrink_variances variances = behov_shrink_variances_of(all.country.shrink);
    assert_true(variances.is_known && variances.has_person);
    assert_digits(wide * wide - half * half, t * t * (variances.lasting + variances.row + variances.person / 900), 11);
    assert_digits(per_cent.high, 100 * prediction.high / year->need, 13);
    assert_digits(year->gap_interval.low, 5.2 - year->need_interval.high, 13);
    assert_digits(year->gap_1000kr_interval.high, 900 * (5.2 - year->need_interval.low), 13);
    assert_true(isnan(profile_year->gap_interval.low) && isnan(profile_year->gap_1000kr_interval.high));
    assert_false(isnan(profile_year->need_interval.low) ||
                 isnan(profile_year->forecasts[BEHOV_FORECAST_NEW].interval.high));
    behov_profiles_free(&all);
    close_subject(&subject);
}

/* Years to come stand with the last year that has a need: 2014 for 1105, 2012 for 1103. Their amounts are those of
 * behov_shrink_outcome, per cent are of that need, 1000 kr are times the inhabitants. */
static void years_to_come(void **state)
{
    (void)state;
    subject subject;
    behov_profiles all = {0};
    behov_wording words = {0};
    open_subject(&subject);
    make(&subject, (behov_profile_choices){.list = named("1105,1103")}, &all);
    assert_int_equal(behov_profiles_next_year(&all), 2015);
    static const int last[] = {2014, 2012};
    static const double people[] = {950, 3100};
    for (size_t i = 0; i < 2; i++) {
        const behov_profile *profile = &all.all[i];
        const behov_profile_year *year = &profile->years[profile->last_need];
        assert_int_equal(year->year, last[i]);
        for (size_t which = BEHOV_FORECAST_NEXT; which < BEHOV_FORECAST_NEW; which++) {
            const behov_forecast *forecast = &year->forecasts[which];
            behov_interval interval;
            double outcome = behov_shrink_outcome(
                all.country.shrink, which == BEHOV_FORECAST_NEXT ? BEHOV_TARGET_NEXT_ROW : BEHOV_TARGET_AHEAD_ROWS,
                &(behov_shrink_need){profile->place, year->need, year->values}, 0.9, &interval);
            assert_digits(forecast->outcome, outcome, 13);
            assert_digits(forecast->interval.low, interval.low, 13);
            assert_digits(forecast->interval_1000kr.high, people[i] * interval.high, 13);
            assert_digits(forecast->ratio_interval.low, 100 * interval.low / year->need, 13);
        }
        for (size_t t = 0; t < N_YEARS; t++)
            assert_true(t == profile->last_need || isnan(profile->years[t].forecasts[BEHOV_FORECAST_NEXT].outcome));
        behov_profile_sentence(&all, profile, 0, BEHOV_PROFILE_NEXT, &words);
        assert_non_null(strstr(behov_wording_text(&words), "2015"));
    }
    behov_wording_free(&words);
    behov_profiles_free(&all);
    close_subject(&subject);
}

static void a_sentence_of_every_year(void **state)
{
    (void)state;
    subject subject;
    behov_profiles all = {0};
    behov_wording words = {0};
    open_subject(&subject);
    make(&subject, (behov_profile_choices){.list = named("1105")}, &all);
    const behov_profile *profile = &all.all[0];
    behov_profile_sentence(&all, profile, 0, BEHOV_PROFILE_TITLE, &words);
    assert_string_equal(behov_wording_text(&words), "1105 Eng, 2012");
    behov_profile_sentence(&all, profile, 2, BEHOV_PROFILE_RATIO, &words);
    assert_non_null(
        strstr(behov_wording_text(&words), " i 2012).")); /* 2013 has no ratio, so 2012 is what came before */
    behov_profile_sentence(&all, profile, 0, BEHOV_PROFILE_RATIO, &words);
    assert_non_null(strstr(behov_wording_text(&words), "forholdstall"));
    assert_null(strstr(behov_wording_text(&words), ", mot ")); /* nothing came before the first */
    behov_profile_sentence(&all, profile, 1, BEHOV_PROFILE_RATIO, &words);
    assert_non_null(strstr(behov_wording_text(&words), "Faktisk utgift i 2013 mangler"));
    behov_profile_sentence(&all, profile, 1, BEHOV_PROFILE_TO_100, &words);
    assert_string_equal(behov_wording_text(&words), "");
    behov_profiles_free(&all);
    make(&subject, (behov_profile_choices){.list = named("1103")}, &all);
    for (behov_profile_sentence_kind kind = BEHOV_PROFILE_RATIO; kind <= BEHOV_PROFILE_TO_100; kind++) {
        behov_profile_sentence(&all, &all.all[0], 2, kind, &words); /* no need in 2014 */
        assert_string_equal(behov_wording_text(&words), "");
    }
    behov_wording_free(&words);
    behov_profiles_free(&all);
    close_subject(&subject);
}

/* Clear by the probability that is asked for, whichever of the two is higher; where one has no level nothing is known. */
static void pairs_by_probability(void **state)
{
    (void)state;
    subject subject;
    behov_profiles all = {0};
    behov_profile_pair pairs[BEHOV_PAIRS_MAX];
    size_t n_left_out;
    open_subject(&subject);
    make(&subject, (behov_profile_choices){.list = named("1102,1104,1106")}, &all);
    assert_int_equal(behov_profiles_pairs(&all, pairs, &n_left_out), 3);
    assert_int_equal(n_left_out, 0);
    assert_ptr_equal(pairs[1].b, &all.all[2]);
    for (size_t i = 0; i < 3; i++) {
        assert_true(pairs[i].has_levels && pairs[i].probability > 0 && pairs[i].probability < 1);
        assert_int_equal(pairs[i].is_clear, fabs(pairs[i].probability - 0.5) >= 0.45);
    }
    /* of the need and the regressors of the years with an outcome: 1102 has 2012 to 2014, 1104 2012 and 2014 */
    double x[2][5] = {{1, 1.1, 2.6 / 3, 1.0 / 3, 1.0 / 3}, {1, 1.45, 1.2, 0, 0.5}}, needs[2] = {0, 0};
    for (size_t k = 0; k < 5; k++)
        for (size_t i = 0; i < 2; i++)
            needs[i] += behov_fit_coefficients(subject.estimation.fit)[k] * x[i][k];
    assert_digits(pairs[0].probability,
                  behov_shrink_probability(all.country.shrink, BEHOV_TARGET_AHEAD,
                                           &(behov_shrink_need){all.all[0].place, needs[0], x[0]},
                                           &(behov_shrink_need){all.all[1].place, needs[1], x[1]}),
                  10);
    double probability = pairs[0].probability, clear = fmax(probability, 1 - probability);
    all.choices.lasting.clear = clear - 1e-6;
    behov_profiles_pairs(&all, pairs, &n_left_out);
    assert_true(pairs[0].is_clear);
    all.choices.lasting.clear = clear + 1e-6;
    behov_profiles_pairs(&all, pairs, &n_left_out);
    assert_false(pairs[0].is_clear);
    all.all[2].need = NAN;
    behov_profiles_pairs(&all, pairs, &n_left_out);
    assert_true(pairs[0].has_levels && !pairs[1].has_levels && !pairs[1].is_clear);
    behov_profiles_free(&all);
    make(&subject, (behov_profile_choices){0}, &all); /* not of all that there are */
    assert_int_equal(behov_profiles_pairs(&all, pairs, &n_left_out), 0);
    assert_int_equal(n_left_out, 0);
    behov_profiles_free(&all);
    close_subject(&subject);
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    subject subject;
    open_subject(&subject);
    for (size_t n = 1;; n += effort(100) < 100 ? 3 : 1) {
        behov_profiles all = {0};
        behov_profile_choices choices = {.group = {.kind = "size"}, .level = 0.9, .n_draws = 100};
        failing_malloc_start(n);
        behov_status status = behov_profiles_new(&subject.fit_results, &choices, &all, &err);
        bool was_reached = failing_malloc_stop();
        behov_profiles_free(&all);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            assert_true(n > 60);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
    }
    close_subject(&subject);
}

/* The sections of a page or a workbook, by what they are made of. */
typedef behov_status (*section_maker)(const void *analysis, bool is_workbook, behov_section_list *list,
                                      behov_error *err);

static behov_status add_profiles(const void *analysis, bool is_workbook, behov_section_list *list, behov_error *error)
{
    return behov_profiles_add(analysis, is_workbook, list, error);
}

static behov_status add_ranking(const void *analysis, bool is_workbook, behov_section_list *list, behov_error *error)
{
    return behov_ranking_add(analysis, is_workbook, list, error);
}

static behov_status add_cases(const void *analysis, bool is_workbook, behov_section_list *list, behov_error *error)
{
    return behov_cases_add(analysis, is_workbook, list, error);
}

/* No sentence is lost in silence: where any allocation fails, the section is not made. */
static void every_failure_is_told(section_maker add, const void *analysis)
{
    for (int is_workbook = 0; is_workbook < 2; is_workbook++)
        for (size_t n = 1;; n += effort(100) < 100 ? 3 : 1) {
            behov_section_list list = {0};
            failing_malloc_start(n);
            behov_status status = add(analysis, is_workbook, &list, &err);
            bool was_reached = failing_malloc_stop();
            behov_section_list_free(&list);
            if (!was_reached) {
                assert_int_equal(status, BEHOV_OK);
                assert_true(n > 40);
                break;
            }
            assert_int_equal(status, BEHOV_E_MEMORY);
        }
}

static void no_sentence_without_memory(void **state)
{
    (void)state;
    subject subject;
    behov_profiles all = {0};
    behov_ratio_table ratios = {0};
    behov_cases cases = {0};
    behov_select_options options = {.limits = {90, 110, 20}};
    open_subject(&subject);
    make(&subject, (behov_profile_choices){.list = named("1102,1104,1105"), .group = {.kind = "size"}}, &all);
    every_failure_is_told(add_profiles, &all);
    every_failure_is_told(add_ranking, &all.country);
    every_failure_is_told(add_ranking, &all.group);
    assert_int_equal(behov_ratio_table_of_results(&subject.fit_results, &ratios, &err), BEHOV_OK);
    if (behov_cases_new(&ratios, &options, NULL, NULL, BEHOV_LANGUAGE_NB, &cases, &err))
        fail_msg("%s", err.what);
    every_failure_is_told(add_cases, &cases);
    behov_cases_free(&cases);
    behov_ratio_table_free(&ratios);
    behov_profiles_free(&all);
    close_subject(&subject);
}

static void a_name_of_any_length_is_whole(void **state)
{
    (void)state;
    enum { LETTERS = 3000 };
    char name[2 * LETTERS + 1];
    subject subject;
    behov_profiles all = {0};
    behov_wording words = {0};
    behov_profile_pair pairs[BEHOV_PAIRS_MAX];
    size_t n_left_out, n_named = 0;
    for (size_t i = 0; i < LETTERS; i++)
        memcpy(name + 2 * i, i % 2 ? "\u00e5" : "\u00f8", 2);
    name[2 * LETTERS] = '\0';
    open_subject(&subject);
    make(&subject, (behov_profile_choices){.list = named("1102,1105")}, &all);
    for (size_t i = 0; i < all.country.places.n; i++)
        all.country.places.all[i].name = name;
    static const behov_profile_sentence_kind kinds[] = {BEHOV_PROFILE_TITLE, BEHOV_PROFILE_NEIGHBOURS,
                                                        BEHOV_PROFILE_WHY, BEHOV_PROFILE_SUM_COUNTRY};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        behov_profile_sentence(&all, &all.all[0], all.all[0].index, kinds[i], &words);
        assert_non_null(strstr(behov_wording_text(&words), name));
    }
    assert_int_equal(behov_profiles_pairs(&all, pairs, &n_left_out), 1);
    behov_profile_pair_sentence(&all, &pairs[0], &words);
    assert_non_null(strstr(behov_wording_text(&words), name));
    for (size_t i = 0; i < BEHOV_RANKING_ANSWERS; i++) {
        behov_ranking_answer(&all.country, i, &words);
        n_named += strstr(behov_wording_text(&words), name) != NULL;
    }
    assert_int_equal(n_named, 2); /* the highest and the lowest */
    assert_int_equal(behov_wording_status(&words, &err), BEHOV_OK);
    behov_wording_free(&words);
    behov_profiles_free(&all);
    close_subject(&subject);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_municipality_with_a_need),
        cmocka_unit_test(what_is_around),
        cmocka_unit_test(what_drivers_are_made_of),
        cmocka_unit_test(intervals_of_a_year),
        cmocka_unit_test(years_to_come),
        cmocka_unit_test(a_sentence_of_every_year),
        cmocka_unit_test(pairs_by_probability),
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(no_sentence_without_memory),
        cmocka_unit_test(a_name_of_any_length_is_whole),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
