/* test_specification.c - the checks of a small panel: what is absent and why, a year that cannot be predicted, groups that
 * leave nothing to fit on, and no memory. Figures are held against R in tests/cross/test_specification.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include <behov/estimation.h>
#include <behov/specification.h>
#include <behov/specification_tables.h>
#include "digits.h"
#include "failing_malloc.h"
#include "tables.h"

enum { PLACES = 8, YEARS = 4 };
static behov_error err;

typedef struct subject {
    behov_study study;
    behov_estimation estimation;
    behov_fit_results fit_results;
    behov_specification specification;
} subject;

/* Municipalities of two counties; x, z and y of no pattern, `late` 0 before the last year. */
static behov_table *small_panel(void)
{
    char text[4000] = "municipality_code,year,population,x,z,late,y\n";
    for (unsigned place = 0; place < PLACES; place++)
        for (unsigned t = 0; t < YEARS; t++) {
            unsigned i = place * YEARS + t;
            size_t length = strlen(text);
            snprintf(text + length, sizeof text - length, "\"%02u%02u\",%u,%u,%u.%u,%u,%u,%u.%u\n", 1 + place / 4,
                     1 + place, 2012 + t, 1000 + 4000 * place + 10 * t, 1 + i * i % 7, i % 3, i * 5 % 9,
                     t == YEARS - 1 ? place * place % 5 : 0, 2 + (i * i * 3 + place * 7) % 11, i * 7 % 10);
        }
    return table_of_text(text);
}

static behov_status compute(subject *subject, const char *formula, const behov_specification_choices *choices)
{
    static const behov_fit_choices fit_choices = {
        .cluster = "municipality_code", .kind = BEHOV_VCOV_CV1, .level = 0.95};
    behov_panel_request request = {.study = &subject->study};
    *subject = (struct subject){0};
    behov_status status = behov_study_set_model(&subject->study, &(behov_model_request){.formula = formula}, &err);
    if (!status)
        status = behov_panel_request_prepare(&request, &err);
    if (!status)
        status = behov_study_set_table(&subject->study, &request, small_panel(), &err);
    behov_panel_request_free(&request);
    if (!status)
        status =
            behov_estimation_results(&subject->study, &fit_choices, &subject->estimation, &subject->fit_results, &err);
    return status ? status : behov_specification_compute(&subject->fit_results, choices, &subject->specification, &err);
}

static void close_subject(subject *subject)
{
    behov_specification_free(&subject->specification);
    behov_estimation_free(&subject->estimation);
    behov_study_close(&subject->study);
}

static void all_checks_are_there(void **state)
{
    (void)state;
    subject subject;
    assert_int_equal(compute(&subject, "y ~ x + log(population) + factor(year)", NULL), BEHOV_OK);
    const behov_specification *checks = &subject.specification;
    assert_int_equal(checks->n_clusters, PLACES);
    assert_int_equal(checks->county.n_counties, 2);
    assert_int_equal(checks->lags.n_lags, YEARS - 1);
    assert_int_equal(checks->lags.lags[0].n_pairs, PLACES * (YEARS - 1));
    assert_string_equal(checks->population.new_term, "population^1.2");
    assert_int_equal(checks->without[0].n_units, 3);
    assert_int_equal(checks->without[0].units[0],
                     PLACES - 1); /* in the order of the codes, which grow with population */
    assert_int_equal(checks->forward.n_years, YEARS - 1);
    assert_true(checks->forward.years[0].is_there);
    assert_int_equal(checks->equality.absence, BEHOV_NOT_ABSENT);
    close_subject(&subject);
}

/* The years before say nothing of `late`: 2015 is not measured, the others are. */
static void year_of_a_new_column(void **state)
{
    (void)state;
    subject subject;
    assert_int_equal(compute(&subject, "y ~ x + late + factor(year)", NULL), BEHOV_OK);
    const behov_forward_check *forward = &subject.specification.forward;
    assert_true(forward->years[0].is_there && forward->years[1].is_there);
    assert_false(forward->years[2].is_there);
    assert_true(isnan(forward->years[2].rmse));
    assert_int_equal(forward->all.n_rows, 2 * PLACES);
    assert_int_equal(subject.specification.population.form.absence, BEHOV_ABSENT_POPULATION_TERM);
    close_subject(&subject);
}

static void groups(void **state)
{
    (void)state;
    static const char *const conditions[] = {"year > 2100", "population > 0", "population < 6000"};
    const behov_specification_choices choices = {conditions, 3, "--without"};
    subject subject;
    assert_int_equal(compute(&subject, "y ~ x + z", &choices), BEHOV_OK);
    const behov_without_group *group = subject.specification.without;
    assert_int_equal(subject.specification.n_without, 3);
    assert_int_equal(group[0].absence, BEHOV_ABSENT_NO_ROW);
    assert_int_equal(group[1].absence, BEHOV_ABSENT_FAILED);
    assert_int_equal(group[1].n_rows, PLACES * YEARS);
    assert_int_equal(group[2].absence, BEHOV_NOT_ABSENT);
    assert_int_equal(group[2].n_units, 2);
    close_subject(&subject);
    static const char *const wrong[] = {"population"};
    assert_int_equal(compute(&subject, "y ~ x + z", &(behov_specification_choices){wrong, 1, "--without"}),
                     BEHOV_E_SYNTAX);
    assert_string_equal(err.where, "--without");
    close_subject(&subject);
}

static behov_status compute_and_say(subject *subject)
{
    static const char *const conditions[] = {"population < 6000"};
    const behov_specification_choices choices = {conditions, 1, "--without"};
    behov_section_list list = {0};
    behov_status status = behov_specification_compute(&subject->fit_results, &choices, &subject->specification, &err);
    if (!status)
        status = behov_specification_add_summary(&subject->specification, &list, &err);
    if (!status)
        status = behov_specification_add(&subject->specification, &list, &err);
    behov_section_list_free(&list);
    behov_specification_free(&subject->specification);
    return status;
}

static void no_memory(void **state)
{
    (void)state;
    subject subject;
    size_t n = 1;
    assert_int_equal(compute(&subject, "y ~ x + log(population) + factor(year)", NULL), BEHOV_OK);
    behov_specification_free(&subject.specification);
    for (;; n++) {
        failing_malloc_start(n);
        behov_status status = compute_and_say(&subject);
        bool was_reached = failing_malloc_stop();
        assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
        if (!was_reached)
            break;
    }
    assert_true(n > 300);
    close_subject(&subject);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_checks_are_there),
        cmocka_unit_test(year_of_a_new_column),
        cmocka_unit_test(groups),
        cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
