/* test_absorbed_effects.c - the model of the report with an effect for each municipality, absorbed, on the bundled,
 * simulated panel, against R: lm with 387 dummies, sandwich::vcovHC and vcovCL, plm's within model, as
 * absorbed_effects.R makes them.
 *
 * Conventions. lm, vcovHC and vcovCL(type = "HC1") count every coefficient, so N - K = 1935 - 11 - 387, as areg does;
 * ours for classical, HC1 and CV1 with clusters that part the municipalities (years). Clustered by municipality effects
 * are not counted: CV1 = CV0 G/(G-1) (N-1)/(N-12), xtreg's; plm's type sss is the same with N - 11, for it leaves the
 * constant out of K. plm's R2 is that within the municipalities; its adjusted R2 has N - 1 where ours has N - 387. R's
 * sigma and rss of weights that are not scaled to mean 1 are ours times the (root of the) mean weight. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "tables.h"

enum { K = 11, N = 1935, GROUPS = 387 };
static const char formula[] =
    "net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66"
    " + non_western_immigrants + new_refugees + upper_secondary_completion + factor(year)";
/* R's QR of 398 columns leaves 11 to 13 of its own. */
static const double digits = 10;
static behov_table *table;

static const double coefficients[2][K] = {
    {1.4005649162825518, -2.2082153445080513e-06, -0.31658851581039066, 0.19814376124496513, 0.041985227419080402,
     0.9102487752741879, -0.030256297067183097, 0.016839365568396113, 0.10140917738553842, 0.079728240602173789,
     0.18516820390346639},
    {1.8398933268991804, -3.1747535494329253e-06, -0.32605508824591661, 0.30295936192575484, 0.1869218255337361,
     1.2662449464446712, -0.028750749420058057, 0.001466279367686201, 0.044361241472527804, 0.040666416676979351,
     0.10782683969181123}};

static void run(estimation *estimation, estimation_options options)
{
    options.set_aside = "estimated_on == 0";
    options.absorb = "municipality_code";
    if (estimate(estimation, table, formula, options))
        fail_msg("%s: %s", estimation->err.where, estimation->err.what);
    assert_int_equal(behov_fit_n_regressors(estimation->fit), K);
}

static void slopes_and_errors(void **state)
{
    (void)state;
    static const struct {
        const char *name, *weights, *cluster;
        behov_vcov_kind kind;
        double errors[K];
    } want[] = {
        {"ols classical",
         NULL,
         NULL,
         BEHOV_VCOV_CLASSICAL,
         {0.12934142029135498, 2.1783854563156112e-06, 0.11793737559643451, 0.03222337664189634, 0.031051724304874212,
          0.073688151551573197, 0.0049128021224626424, 0.03001768617244114, 0.031792918836105473, 0.035361278380675876,
          0.043413512014763914}},
        {"ols hc0",
         NULL,
         NULL,
         BEHOV_VCOV_HC0,
         {0.24501383533004215, 2.0181669946395314e-06, 0.21676248748391178, 0.037905280177798373, 0.056472760645662791,
          0.088017568660739454, 0.0077726316801856555, 0.024906257645913941, 0.035366577523057718, 0.038191109958110037,
          0.056199652241129737}},
        {"ols hc1",
         NULL,
         NULL,
         BEHOV_VCOV_HC1,
         {0.27491229255925731, 2.264439126536839e-06, 0.24321349973886663, 0.042530771618084627, 0.063363997691563478,
          0.09875814381432442, 0.0087211074898716854, 0.027945509196582945, 0.039682277099738976, 0.042851480528883566,
          0.063057562516117008}},
        {"ols cv1 year",
         NULL,
         "year",
         BEHOV_VCOV_CV1,
         {0.22066587375914953, 1.2621507474014616e-06, 0.24020428923295001, 0.061982091060005254, 0.069358086382675571,
          0.047167935885645627, 0.0077562595824644427, 0.018197348209945736, 0.023775846650047231, 0.047003245841939933,
          0.064850735896603853}},
        {"ols cv0 municipality",
         NULL,
         "municipality_code",
         BEHOV_VCOV_CV0,
         {0.32497204552967818, 2.8617582364509019e-06, 0.27209250026912968, 0.045601822500450237, 0.072491990556635633,
          0.1069793531053453, 0.00953675190385294, 0.021133973245095874, 0.040237746193469891, 0.045068742970270755,
          0.067516073677535968}},
        {"wls classical",
         "population",
         NULL,
         BEHOV_VCOV_CLASSICAL,
         {0.09694465243776075, 7.2225091446030331e-07, 0.089919121335280974, 0.030286705910875074, 0.018933644804572491,
          0.082620874147702528, 0.0050234024685337306, 0.029722644103712895, 0.031958169736445212, 0.035679942101227533,
          0.04437225520389574}},
        {"wls hc0",
         "population",
         NULL,
         BEHOV_VCOV_HC0,
         {0.17824601065927931, 1.136770000579611e-06, 0.15300610529422387, 0.043580714522508619, 0.04653613343368445,
          0.17987411836102646, 0.0095986715210613673, 0.035124395609531685, 0.050825242366456413, 0.04939133101341666,
          0.073398896028252877}},
        {"wls hc1",
         "population",
         NULL,
         BEHOV_VCOV_HC1,
         {0.19999694859583234, 1.2754873476851862e-06, 0.17167707744082636, 0.048898765753982366, 0.052214827427435467,
          0.20182373041958818, 0.010769974641710056, 0.039410542301703655, 0.057027326150798162, 0.055418437995881739,
          0.082355589231137866}},
        {"wls cv1 year",
         "population",
         "year",
         BEHOV_VCOV_CV1,
         {0.16244596042295958, 6.4851492937470066e-07, 0.10017765334865057, 0.04569337197114455, 0.055752602266444524,
          0.17448666420425057, 0.010432440469396708, 0.024295534054605109, 0.032484168826007936, 0.048211995570911624,
          0.078376328273583651}},
        {"wls cv0 municipality",
         "population",
         "municipality_code",
         BEHOV_VCOV_CV0,
         {0.21764388692614817, 1.5138740949988025e-06, 0.20461238716059782, 0.051522556634957979, 0.055122080039975721,
          0.21339808621303749, 0.011639264547598529, 0.031176647308770435, 0.056180637006162139, 0.055989448912552024,
          0.083539891342514189}},
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        double least = DIGITS_ALL;
        for (int double_only = 0; double_only < 2; double_only++) {
            estimation estimation;
            run(&estimation, (estimation_options){.kind = want[i].kind,
                                                  .cluster = want[i].cluster,
                                                  .weights = want[i].weights,
                                                  .fit = {.double_only = double_only}});
            for (size_t k = 0; k < K; k++) {
                double got = sqrt(behov_vcov_matrix(estimation.vcov)[k * K + k]);
                double b = behov_fit_coefficients(estimation.fit)[k], b_want = coefficients[want[i].weights != NULL][k];
                least = fmin(least, fmin(correct_digits(got, want[i].errors[k]), correct_digits(b, b_want)));
                assert_digits(got, want[i].errors[k], digits);
                assert_digits(b, b_want, digits);
            }
            estimation_free(&estimation);
        }
        printf("  %-22s %5.2f digits\n", want[i].name, least);
    }
}

static void sums_of_squares(void **state)
{
    (void)state;
    static const double rss[2] = {251.87848236920044, 2435488.5557763553};
    static const double sigma[2] = {0.40481686773349967, 39.806694229926585};
    for (int weighted = 0; weighted < 2; weighted++) {
        estimation estimation;
        run(&estimation, (estimation_options){.weights = weighted ? "population" : NULL});
        size_t n_rows;
        const uint32_t *rows = behov_design_estimated(estimation.design, &n_rows);
        double mean = weighted ? 0 : 1;
        for (size_t i = 0; i < n_rows && weighted; i++)
            mean += table_numbers(table, "population")[behov_row_at(rows, i)] / N;
        assert_int_equal(n_rows, N);
        assert_int_equal(behov_fit_n_absorbed(estimation.fit), GROUPS);
        assert_int_equal(behov_design_n_singleton_groups(estimation.design), 0);
        assert_digits(behov_fit_rss(estimation.fit) * mean, rss[weighted], digits);
        assert_digits(behov_fit_rmse(estimation.fit) * sqrt(mean), sigma[weighted], digits);
        if (!weighted) {
            double r2 = 0.2886845657777809, total = (double)(N - GROUPS) / (N - 1);
            assert_digits(behov_fit_r2(estimation.fit), r2, digits);
            assert_digits(1 - (1 - behov_fit_adj_r2(estimation.fit)) / total, 0.10495507496046075, digits);
            assert_digits(behov_fit_f(estimation.fit), 56.707762989414874, digits);
        }
        estimation_free(&estimation);
    }
}

/* The effects lie within the clusters: CV1 against plm's sss, K one larger. */
static void nested_effects_are_not_counted(void **state)
{
    (void)state;
    static const double sss[K] = {0.32623724074735816,   2.872899757343869e-06, 0.27315182255497911,
                                  0.045779361487383416,  0.072774219508429258,  0.1073958497480606,
                                  0.0095738807986822539, 0.021216252943449466,  0.040394401526608628,
                                  0.045244206548926226,  0.067778930174600599};
    estimation estimation;
    run(&estimation, (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "municipality_code"});
    assert_true(behov_vcov_n_parameters(estimation.vcov) == K + 1);
    for (size_t k = 0; k < K; k++) {
        double se = sqrt(behov_vcov_matrix(estimation.vcov)[k * K + k]);
        assert_digits(se * sqrt((double)(N - K - 1) / (N - K)), sss[k], digits);
    }
    estimation_free(&estimation);
}

int main(void)
{
    const char *source = getenv("BEHOV_SOURCE");
    if (!source) {
        puts("skipped: BEHOV_SOURCE is not set");
        return 77;
    }
    gsl_set_error_handler_off();
    char path[1000];
    snprintf(path, sizeof path, "%s/datasets/simulated/panel.csv", source);
    table = table_of_file(path);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slopes_and_errors),
        cmocka_unit_test(sums_of_squares),
        cmocka_unit_test(nested_effects_are_not_counted),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    behov_table_free(table);
    return n_failed;
}
