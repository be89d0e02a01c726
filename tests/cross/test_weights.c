/* test_weights.c - weighted least squares of the model of the report on the bundled, simulated panel, weights =
 * population, against R: lm(weights = population), sandwich::vcovHC and vcovCL, as weights.R makes them.
 *
 * Convention of sandwich on a weighted lm: the score of a row is w x u with u the unweighted residual, the bread
 * (X'WX)^-1, and HC1 = HC0 N/(N-K) with N the rows, not the sum of the weights; leverages are those of the weighted
 * columns; vcovCL(type = "HC1") = G/(G-1) (N-1)/(N-K). All are free of the scale of the weights but R's sigma, which is
 * ours times the root of the mean weight. */
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

enum { K = 12 };
static const char formula[] =
    "net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66"
    " + non_western_immigrants + new_refugees + upper_secondary_completion + factor(year)";
static const double digits = 10;
static behov_table *table;

static void compare(const char *cluster, behov_vcov_kind kind, const double want[K])
{
    double least = DIGITS_ALL;
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        estimation_options options = {.kind = kind,
                                      .cluster = cluster,
                                      .weights = "population",
                                      .set_aside = "estimated_on == 0",
                                      .fit = {.double_only = double_only}};
        if (estimate(&estimation, table, formula, options))
            fail_msg("%s: %s", estimation.err.where, estimation.err.what);
        for (size_t k = 0; k < K; k++) {
            double got = sqrt(behov_vcov_matrix(estimation.vcov)[k * K + k]);
            least = fmin(least, correct_digits(got, want[k]));
            assert_digits(got, want[k], digits);
        }
        estimation_free(&estimation);
    }
    printf("  %-10s %5.2f digits\n", behov_vcov_kind_name(kind), least);
}

static void coefficients(void **state)
{
    (void)state;
    static const double want[K] = {-6.3809800472393343,  0.40743063960890458,   -3.0440896743847028e-07,
                                   0.14527875827251388,  0.11967466820620366,   0.17242247665570296,
                                   1.0054353018047919,   -0.006167625456505418, -0.062935624113599889,
                                   0.042235561893540413, -0.029756966738878236, 0.077011354835486892};
    estimation estimation;
    estimation_options options = {.weights = "population", .set_aside = "estimated_on == 0"};
    assert_int_equal(estimate(&estimation, table, formula, options), BEHOV_OK);
    double mean = 0;
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(estimation.design, &n_rows);
    assert_int_equal(n_rows, 1935);
    assert_true(behov_fit_n_observations(estimation.fit) == 1935);
    for (size_t i = 0; i < n_rows; i++)
        mean += table_numbers(table, "population")[behov_row_at(rows, i)] / 1935;
    for (size_t k = 0; k < K; k++)
        assert_digits(behov_fit_coefficients(estimation.fit)[k], want[k], digits);
    assert_digits(behov_fit_rmse(estimation.fit) * sqrt(mean), 79.352598290037193, digits);
    assert_digits(behov_fit_r2(estimation.fit), 0.51760444451457255, digits);
    assert_digits(behov_fit_adj_r2(estimation.fit), 0.51484503156067762, digits);
    estimation_free(&estimation);
}

static void classical(void **state)
{
    (void)state;
    static const double want[K] = {0.8124025718197192,   0.035958327817979696,  4.0460923352696723e-08,
                                   0.033663830349133603, 0.010641153098785265,  0.0094351613153194607,
                                   0.10171127197839198,  0.0027290656952022232, 0.05692829282104208,
                                   0.05703511059431176,  0.057235157699506066,  0.05857308992587007};
    compare(NULL, BEHOV_VCOV_CLASSICAL, want);
}

static void hc0(void **state)
{
    (void)state;
    static const double want[K] = {1.7313484874253831,   0.088208878916731528,  7.2653928254123265e-08,
                                   0.055582360214075519, 0.020277763813652382,  0.019133714678794968,
                                   0.16174228486971365,  0.0063710738297998977, 0.082792352222306936,
                                   0.091813915730521639, 0.10163354723327382,   0.10639126663057925};
    compare(NULL, BEHOV_VCOV_HC0, want);
}

static void hc1(void **state)
{
    (void)state;
    static const double want[K] = {1.7367421094890547,   0.088483673597729934,  7.2880265027506028e-08,
                                   0.055755514403678028, 0.020340934570494299,  0.019193321410977945,
                                   0.16224615613665941,  0.0063909214599057141, 0.083050272947488665,
                                   0.092099941083001263, 0.10195016341220398,   0.10672270440116864};
    compare(NULL, BEHOV_VCOV_HC1, want);
}

static void hc2(void **state)
{
    (void)state;
    static const double want[K] = {1.7700567309540716,   0.090381712566465988,  7.6367988820362562e-08,
                                   0.056833957616671538, 0.020704182832925067,  0.019617990849062732,
                                   0.16506044414053542,  0.0065433795898844202, 0.0845696173730697,
                                   0.093615942469801414, 0.10432516723127547,   0.10896350922045377};
    compare(NULL, BEHOV_VCOV_HC2, want);
}

static void hc3(void **state)
{
    (void)state;
    static const double want[K] = {1.8101122356304664,   0.092630251546449952,  8.0450630664378132e-08,
                                   0.058165248066111702, 0.021145614585400506,  0.02012462247845543,
                                   0.16849907543197706,  0.0067231363830707698, 0.086466792815232993,
                                   0.095531266586865685, 0.1071848221513019,    0.11168958344957035};
    compare(NULL, BEHOV_VCOV_HC3, want);
}

static void cv1(void **state)
{
    (void)state;
    static const double want[K] = {3.1622342606104703,   0.15067717696983762,  1.3702312876176803e-07,
                                   0.09482745949623729,  0.037703213465075679, 0.034113839821148274,
                                   0.23320950980186336,  0.011110452214592312, 0.04206189619439802,
                                   0.075684387537626296, 0.084095749607835141, 0.087574296819120254};
    compare("municipality_code", BEHOV_VCOV_CV1, want);
}

/* F(q, G-1) and t(G-1) of restrictions on the weighted fit; the p-values are R's pf and pt. */
static void wald(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double statistic, p;
    } want[] = {
        {"disabled_18_49 = 0.4, new_refugees - non_western_immigrants = 0", 5.5364935804446374, 0.0042596468212192963},
        {"disabled_18_49 = 0.5", -0.61435555306180079, 0.53934233389238107}};
    estimation estimation;
    estimation_options options = {.kind = BEHOV_VCOV_CV1,
                                  .cluster = "municipality_code",
                                  .weights = "population",
                                  .set_aside = "estimated_on == 0"};
    assert_int_equal(estimate(&estimation, table, formula, options), BEHOV_OK);
    for (size_t i = 0; i < 2; i++) {
        behov_hypothesis *hypothesis = NULL;
        behov_wald_result result;
        assert_int_equal(behov_hypothesis_parse(want[i].text, estimation.design, &hypothesis, &estimation.err),
                         BEHOV_OK);
        assert_int_equal(behov_wald(estimation.vcov, estimation.fit, hypothesis, &result, &estimation.err), BEHOV_OK);
        assert_true(result.dof1 == (i ? 1 : 2) && result.dof2 == 386);
        assert_digits(i ? result.t : result.f, want[i].statistic, digits);
        assert_digits(result.p, want[i].p, digits);
        behov_hypothesis_free(hypothesis);
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
        cmocka_unit_test(coefficients), cmocka_unit_test(classical), cmocka_unit_test(hc0), cmocka_unit_test(hc1),
        cmocka_unit_test(hc2),          cmocka_unit_test(hc3),       cmocka_unit_test(cv1), cmocka_unit_test(wald),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    behov_table_free(table);
    return n_failed;
}
