/* test_specification.c - the checks of a specification on the bundled, simulated panel against R: lmtest's bptest and
 * resettest, sandwich's vcovCL, anova of lm, p.adjust, and real refits without each municipality and county, as
 * specification.R makes them; its output is specification.txt. The digits asked for are those that two programs in double
 * precision share: the aux regressions of the cubes lose most. */
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
#include <behov/holm.h>
#include <behov/specification.h>
#include "digits.h"
#include "tables.h"

enum { K = 12 };
static const char formula[] =
    "net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66"
    " + non_western_immigrants + new_refugees + upper_secondary_completion + factor(year)";

/* A study of the bundled panel, and its checks. */
typedef struct subject {
    behov_study study;
    behov_estimation estimation;
    behov_fit_results fit_results;
    behov_specification specification;
} subject;

static subject plain, weighted;
static behov_error err;

static void open_subject(subject *subject, const char *weights)
{
    char path[1000];
    snprintf(path, sizeof path, "%s/datasets/simulated/panel.csv", getenv("BEHOV_SOURCE"));
    behov_panel_request request = {.study = &subject->study};
    const behov_fit_choices choices = {.cluster = "municipality_code", .kind = BEHOV_VCOV_CV1, .level = 0.95};
    behov_model_request model = {.formula = formula,
                                 .set_aside = "estimated_on == 0",
                                 .set_aside_origin = "set aside",
                                 .weights = weights,
                                 .weights_origin = "weights"};
    behov_status status = behov_study_set_model(&subject->study, &model, &err);
    if (!status)
        status = behov_panel_request_prepare(&request, &err);
    if (!status)
        status = behov_study_set_table(&subject->study, &request, table_of_file(path), &err);
    behov_panel_request_free(&request);
    if (!status)
        status = behov_estimation_results(&subject->study, &choices, &subject->estimation, &subject->fit_results, &err);
    if (!status)
        status = behov_specification_compute(&subject->fit_results, NULL, &subject->specification, &err);
    if (status)
        fail_msg("%s: %s", err.where, err.what);
}

static void close_subject(subject *subject)
{
    behov_specification_free(&subject->specification);
    behov_estimation_free(&subject->estimation);
    behov_study_close(&subject->study);
}

static void breusch_pagan(void **state)
{
    (void)state;
    static const double want[BEHOV_SPREAD_TESTS][5] = {
        {90.92500643329339, 1.0980718494802189e-14, 302.10051935594282, 3.1618463269609616e-58, 11},
        {1.5582783311402628, 0.21191748383408737, 5.177417210126368, 0.022882313483986307, 1},
        {4.9126416629734972, 0.02666083657746281, 16.322370005909729, 5.3429487249177535e-05, 1}};
    for (size_t i = 0; i < BEHOV_SPREAD_TESTS; i++) {
        const behov_breusch_pagan *test = &plain.specification.spread_tests[i].test;
        assert_digits(test->studentised, want[i][0], 11);
        assert_digits(test->studentised_p, want[i][1], 11);
        assert_digits(test->original, want[i][2], 11);
        assert_digits(test->original_p, want[i][3], 10);
        assert_int_equal(test->dof, (size_t)want[i][4]);
        assert_int_equal(test->n_rows, 1935);
    }
    assert_digits(weighted.specification.spread_tests[BEHOV_SPREAD_BY_REGRESSORS].test.studentised, 261.41583853156726,
                  10);
}

static void reset(void **state)
{
    (void)state;
    const behov_last_columns *test = &plain.specification.reset.test;
    assert_int_equal(test->n_tested, 2);
    assert_digits(test->f, 0.18271574657335771, 8);
    assert_digits(test->dof2, 1921, 15);
    assert_digits(test->p, 0.83301938166185308, 8);
    assert_digits(test->f_robust, 0.067193113807782284, 8);
    assert_digits(test->dof2_robust, 386, 15);
    assert_digits(test->p_robust, 0.93502555375087293, 8);
}

static void spread_by_size(void **state)
{
    (void)state;
    static const double sd[BEHOV_SIZE_CLASSES] = {0.65867838348239915, 0.7331625798922311,  0.79201225229866712,
                                                  0.83274415618081499, 0.69416678077268235, 1.0027296569242288};
    static const size_t n_rows[BEHOV_SIZE_CLASSES] = {460, 542, 396, 293, 187, 57};
    for (size_t c = 0; c < BEHOV_SIZE_CLASSES; c++) {
        assert_digits(plain.specification.spread.classes[c].sd, sd[c], 12);
        assert_int_equal(plain.specification.spread.classes[c].n_rows, n_rows[c]);
    }
    assert_int_equal(plain.specification.spread.all.n_municipalities, 387);
}

static void logs_and_population(void **state)
{
    (void)state;
    static const double want[2][3] = {{0.7510690424644334, 0.76313013172222521, 0.55626417947713913},
                                      {0.76234757480641047, 0.77475127729769977, 0.56034644434028225}};
    const behov_form_check *logs = &plain.specification.logs, *population = &plain.specification.population.form;
    for (size_t form = 0; form < 2; form++) {
        assert_digits(logs->rmse[form], want[form][0], 12);
        assert_digits(logs->left_out_rmse[form], want[form][1], 12);
        assert_digits(logs->left_out_mae[form], want[form][2], 11);
    }
    assert_digits(logs->smearing, 1.0584806085234777, 12);
    assert_int_equal(logs->n_left_out, 0);
    assert_string_equal(plain.specification.population.new_term, "log(population)");
    assert_digits(population->rmse[1], 0.75407777464580106, 12);
    assert_digits(population->left_out_rmse[1], 0.7640023227771614, 12);
    assert_digits(population->left_out_mae[1], 0.55805760215424316, 11);
    assert_digits(population->adj_r2[1], 0.3288096833381049, 11);
    assert_digits(population->left_out_rmse[0], want[0][1], 12);
}

static void counties(void **state)
{
    (void)state;
    static const double cv1[K] = {0.99398254593628177,  0.067424631528870432, 1.2348688852374198e-07,
                                  0.072682337045439374, 0.014986594416855606, 0.023984481770897213,
                                  0.10357169003576509,  0.003676415051885359, 0.01470389745728299,
                                  0.039737976515110733, 0.034525525351196601, 0.041301443690605857},
                        cv3[K] = {1.0105058699631408,   0.071236566773005466,  1.2412532053109583e-07,
                                  0.075383569516750085, 0.015249113859135296,  0.02445957236599898,
                                  0.10545572428937333,  0.0036760829090788359, 0.014641147349052199,
                                  0.039621352027823332, 0.034732750538737332,  0.041609602194748546};
    const behov_county_check *check = &plain.specification.county;
    assert_int_equal(check->n_counties, 18);
    assert_digits(check->means.f, 5.8563806791540509, 11);
    assert_digits(check->means.dof1, 17, 15);
    assert_digits(check->means.dof2, 369, 15);
    assert_digits(check->means.p, 6.3943740470397264e-12, 10);
    assert_digits(check->means.share, 0.21247822329880917, 11);
    assert_digits(check->means.adjusted_share, 0.17619673223127474, 11);
    for (size_t k = 0; k < K; k++) {
        assert_digits(check->by_county[k], cv1[k], 10);
        assert_digits(check->by_county_cv3[k], cv3[k], 9);
        assert_digits(check->by_municipality[k], plain.fit_results.coefficients[k].se, 9);
    }
}

static void lags(void **state)
{
    (void)state;
    static const double want[4] = {0.76160294826997954, 0.66674093184428596, 0.64822435514359111, 0.5754122010634839};
    static const size_t n_pairs[4] = {1548, 1161, 774, 387};
    assert_int_equal(plain.specification.lags.n_lags, 4);
    for (size_t l = 0; l < 4; l++) {
        assert_digits(plain.specification.lags.lags[l].correlation, want[l], 12);
        assert_int_equal(plain.specification.lags.lags[l].n_pairs, n_pairs[l]);
    }
}

static void without_the_largest(void **state)
{
    (void)state;
    static const double coefficients[K] = {-2.348211769208036,   0.27593455852933602,   1.9973194683216767e-07,
                                           0.1498790238859091,   0.072152300593792837,  0.12493295235323441,
                                           0.79108588886872477,  -0.016729678889582444, -0.0078328736239218592,
                                           0.098560528847811593, 0.030565155293063834,  0.13216891654033996},
                        errors[K] = {1.3852847391566121,   0.063782211576666956,  3.6408652505118246e-07,
                                     0.062164389983159464, 0.017946723403721429,  0.02770164237402065,
                                     0.12680858034531778,  0.0049925659525510892, 0.017816095834293468,
                                     0.034500894981528446, 0.032630446940175778,  0.044487930148688529};
    static const char *const largest[] = {"1902", "1567", "1828"};
    const behov_without_group *group = plain.specification.without;
    assert_int_equal(plain.specification.n_without, 1);
    assert_int_equal(group->n_units, 3);
    assert_int_equal(group->n_rows, 15);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(behov_panel_code(&plain.study.panel, plain.specification.first_rows[group->units[i]]),
                            largest[i]);
    for (size_t k = 0; k < K; k++) {
        assert_digits(group->coefficients[k], coefficients[k], 9);
        assert_digits(group->errors[k], errors[k], 9);
    }
    assert_int_equal(group->mover, 2);
}

static void forward(void **state)
{
    (void)state;
    static const double want[4][3] = {{0.6494935273337259, -0.013690802775407634, 0.64934921572892512},
                                      {0.84510932058146793, 0.093477670001760688, 0.83992362089937223},
                                      {0.74639566823411196, -0.07129816536088146, 0.74298254701898547},
                                      {0.84916118171895227, 0.094252679477017556, 0.84391418103367011}};
    const behov_forward_check *check = &plain.specification.forward;
    assert_int_equal(check->n_years, 4);
    for (size_t t = 0; t < 4; t++) {
        assert_int_equal(check->years[t].year, 2013 + (int)t);
        assert_int_equal(check->years[t].n_rows, 387);
        assert_digits(check->years[t].rmse, want[t][0], 11);
        assert_digits(check->years[t].mean_error, want[t][1], 10);
        assert_digits(check->years[t].net_rmse, want[t][2], 11);
    }
    assert_digits(check->left_out_municipality, 0.76313013172222521, 11);
}

static void holm(void **state)
{
    (void)state;
    const double p[] = {0.01, 0.04, NAN, 0.03, 0.005, 0.9, 0.03};
    static const double want[] = {0.05, 0.12, NAN, 0.12, 0.03, 0.9, 0.12};
    double adjusted[7];
    assert_int_equal(behov_holm(p, 7, adjusted, &err), BEHOV_OK);
    for (size_t i = 0; i < 7; i++)
        assert_digits(adjusted[i], want[i], 15);
}

/* Clusters hold the years of a municipality together, though the fit of the workbook may have others. */
static void equality(void **state)
{
    (void)state;
    const behov_equality_check *check = &plain.specification.equality;
    double p[7];
    assert_int_equal(check->absence, BEHOV_NOT_ABSENT);
    assert_int_equal(check->by_year.n_terms, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_digits(check->by_year.terms[i].wald.dof2, 386, 15);
        p[i] = check->by_year.terms[i].wald.p;
    }
    assert_int_equal(behov_holm(p, 7, p, &err), BEHOV_OK);
    for (size_t i = 0; i < 7; i++)
        assert_digits(check->adjusted[i], p[i], 15);
}

int main(void)
{
    if (!getenv("BEHOV_SOURCE")) {
        puts("skipped: BEHOV_SOURCE is not set");
        return 77;
    }
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breusch_pagan),
        cmocka_unit_test(reset),
        cmocka_unit_test(spread_by_size),
        cmocka_unit_test(logs_and_population),
        cmocka_unit_test(counties),
        cmocka_unit_test(lags),
        cmocka_unit_test(without_the_largest),
        cmocka_unit_test(forward),
        cmocka_unit_test(holm),
        cmocka_unit_test(equality),
    };
    open_subject(&plain, NULL);
    open_subject(&weighted, "population");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    close_subject(&plain);
    close_subject(&weighted);
    return failed;
}
