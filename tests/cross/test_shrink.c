/* test_shrink.c - variances by restricted maximum likelihood, municipality effects and their variance on the bundled,
 * simulated panel against R: lme4::lmer where chance is the same for all, dense matrices where it falls with the
 * population, as shrink.R makes them.
 *
 * lme4 stops when the deviance does: its variances have 6 to 8 digits. The maxima of shrink.R are Newton's, with gradients
 * by differences: 8 digits; its uncertainties hold derivatives by differences. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "tables.h"

enum { SHOWN = 7, K_MAX = 12 };
static const char covariates[] =
    "net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + "
    "population_16_66 + non_western_immigrants + new_refugees + upper_secondary_completion";
static const size_t shown_positions[SHOWN] = {1, 2, 3, 100, 200, 300, 387};

typedef struct sample {
    size_t n, n_municipalities, n_regressors;
    uint32_t municipalities[2200];
    double residuals[2200], populations[2200], *regressors;
    behov_shrink *shrink;
} sample;

/* Rows estimated on in the order of codes and years, which is the file's; `some` leaves a third's last years out;
 * `noisy` adds chance that falls with the population. */
static void open_sample(sample *sample, bool some, bool noisy, int only, bool has_populations)
{
    char path[1000], formula[400];
    snprintf(path, sizeof path, "%s/datasets/simulated/panel.csv", getenv("BEHOV_SOURCE"));
    behov_table *whole = table_of_file(path);
    static const char *const names[] = {"disabled_18_49",
                                        "clustering_index",
                                        "population_16_66",
                                        "population",
                                        "year",
                                        "non_western_immigrants",
                                        "new_refugees",
                                        "net_expenditure",
                                        "upper_secondary_completion",
                                        "municipality_code"};
    double *columns[9];
    for (size_t k = 0; k < 9; k++)
        assert_non_null(columns[k] = calloc(2200, sizeof(double)));
    const int32_t *codes = behov_table_codes(whole, (size_t)behov_table_find(whole, names[9]));
    int32_t last = -1;
    uint32_t number = 0;
    for (size_t row = 0; row < behov_table_n_rows(whole); row++) {
        if (table_numbers(whole, "estimated_on")[row] == 0)
            continue;
        number += codes[row] != last;
        last = codes[row];
        double year = table_numbers(whole, "year")[row];
        if ((some && number % 3 == 0 && year > 2012 + number % 4) || (only && year != only))
            continue;
        for (size_t k = 0; k < 9; k++)
            columns[k][sample->n] = table_numbers(whole, names[k])[row];
        if (noisy)
            columns[7][sample->n] += sqrt(400 / columns[3][sample->n]) *
                                     gsl_cdf_ugaussian_Pinv(fmod((double)(sample->n + 1) * 0.6180339887498949, 1));
        sample->populations[sample->n] = columns[3][sample->n];
        sample->municipalities[sample->n++] = number - 1;
    }
    sample->n_municipalities = number;
    behov_table *table = table_of_rows(sample->n);
    for (size_t k = 0; k < 9; k++) {
        table_add(table, names[k], columns[k]);
        free(columns[k]);
    }
    snprintf(formula, sizeof formula, "%s%s", covariates, only ? "" : " + factor(year)");
    estimation estimation;
    if (estimate(&estimation, table, formula, (estimation_options){0}))
        fail_msg("%s: %s", estimation.err.where, estimation.err.what);
    sample->n_regressors = behov_fit_n_regressors(estimation.fit);
    double fitted[2200], outcome[2200];
    fitted_rows(&estimation, fitted, sample->residuals);
    assert_non_null(sample->regressors = calloc(sample->n, sample->n_regressors * sizeof *sample->regressors));
    design_rows(&estimation, sample->regressors, outcome);
    behov_error err;
    behov_shrink_data data = {.n_rows = sample->n,
                              .n_municipalities = number,
                              .n_regressors = sample->n_regressors,
                              .municipalities = sample->municipalities,
                              .residuals = sample->residuals,
                              .populations = has_populations ? sample->populations : NULL,
                              .regressors = sample->regressors};
    if (behov_shrink_new(&data, &sample->shrink, &err))
        fail_msg("%s", err.what);
    estimation_free(&estimation);
    behov_table_free(table);
    behov_table_free(whole);
}

static void compare(sample *sample, const double variances[3], const double *effects, const double *shares,
                    const double *uncertainties, double digits)
{
    behov_shrink_variances got = behov_shrink_variances_of(sample->shrink);
    assert_true(got.is_converged);
    assert_digits(got.lasting, variances[0], digits);
    assert_digits(got.row, variances[1], digits);
    assert_digits(got.person, variances[2], digits);
    for (size_t i = 0; i < SHOWN && effects[i] != 0; i++) {
        assert_digits(behov_shrink_effects(sample->shrink)[shown_positions[i] - 1], effects[i], digits - 1);
        assert_digits(behov_shrink_shares(sample->shrink)[shown_positions[i] - 1], shares[i], digits);
        assert_digits(behov_shrink_uncertainties(sample->shrink)[shown_positions[i] - 1], uncertainties[i], digits - 1);
    }
    printf("  %lu rows, %lu steps\n", (unsigned long)sample->n, (unsigned long)got.n_steps);
    behov_shrink_free(sample->shrink);
    free(sample->regressors);
}

static void balanced(void **state)
{
    (void)state;
    static const double variances[3] = {0.418824493113, 0.172867849005, 0};
    static const double effects[SHOWN] = {0.0847969949635, 0.150448874699,  0.0671798573032, -0.0965224082757,
                                          -0.28845909631,  -0.626307747567, 0.0165596985};
    static const double shares[SHOWN] = {0.923745660538, 0.923745660538, 0.923745660538, 0.923745660538,
                                         0.923745660538, 0.923745660538, 0.923745660538};
    static const double uncertainties[SHOWN] = {0.0350897576481, 0.0378807325361, 0.0380760737614, 0.0385094189081,
                                                0.0359648795924, 0.0371802656297, 0.0413861368918};
    sample sample = {0};
    open_sample(&sample, false, false, 0, false);
    compare(&sample, variances, effects, shares, uncertainties, 6);
}

static void unbalanced(void **state)
{
    (void)state;
    static const double variances[3] = {0.401488856838, 0.160162521439, 0};
    static const double effects[SHOWN] = {0.0854872996581, 0.0906210929058, 0.156958917276,  -0.0503518055551,
                                          -0.267198784521, -0.33809294598,  0.00534698454479};
    static const double shares[SHOWN] = {0.926110897501, 0.926110897501, 0.909313802315, 0.926110897501,
                                         0.926110897501, 0.714836413416, 0.909313802315};
    static const double uncertainties[SHOWN] = {0.0331168161607, 0.0363775205938, 0.042932354252, 0.0367666736125,
                                                0.0338999066539, 0.118754385966,  0.0459676890074};
    sample sample = {0};
    open_sample(&sample, true, false, 0, false);
    compare(&sample, variances, effects, shares, uncertainties, 6);
}

static void person(void **state)
{
    (void)state;
    static const double variances[3] = {0.3595409632, 0.23733830195, 251.982128128};
    static const double effects[SHOWN] = {0.0504945547364, 0.124365662214,  0.0698367778314, 0.00674284900889,
                                          -0.281729647089, -0.243699775818, 0.0916123450897};
    static const double shares[SHOWN] = {0.872736492469, 0.862612552609, 0.789403877206, 0.853013968668,
                                         0.870949407938, 0.571326226249, 0.806841960795};
    static const double uncertainties[SHOWN] = {0.0488338286696, 0.0553396123359, 0.0810472801408, 0.0591610926341,
                                                0.0502859277178, 0.15756177344,   0.0772669744997};
    sample sample = {0};
    open_sample(&sample, true, true, 0, true);
    compare(&sample, variances, effects, shares, uncertainties, 8);
}

static void one_year(void **state)
{
    (void)state;
    static const double variances[3] = {0.426923276857, 0, 394.721105673};
    static const double effects[SHOWN] = {0.188431619977,  0.00505724049936, 0.438221050838, 0.0457548889337,
                                          -0.214912890517, -0.819827813715,  -0.462153435769};
    static const double shares[SHOWN] = {0.915929482792, 0.845300684149, 0.651705928018, 0.789849643146,
                                         0.902497806245, 0.894269087574, 0.717046277697};
    static const double uncertainties[SHOWN] = {0.0409112087208, 0.0746299028314, 0.165940144046, 0.106529471207,
                                                0.049043590319,  0.0535486739015, 0.136797583052};
    sample sample = {0};
    open_sample(&sample, false, true, 2013, true);
    compare(&sample, variances, effects, shares, uncertainties, 8);
}

int main(void)
{
    if (!getenv("BEHOV_SOURCE")) {
        puts("skipped: BEHOV_SOURCE is not set");
        return 77;
    }
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(balanced),
        cmocka_unit_test(unbalanced),
        cmocka_unit_test(person),
        cmocka_unit_test(one_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
