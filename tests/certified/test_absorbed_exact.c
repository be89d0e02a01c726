/* test_absorbed_exact.c - the model of the report with an effect for each municipality, absorbed, on the bundled,
 * simulated panel, against 60-digit arithmetic as absorbed_exact.py makes it.
 *
 * Floors: 13 significant digits of slopes and errors in extended arithmetic (reached: 14.4 or more; what is lost is the
 * one rounding of each deviation and of the root of a weight), 12 in double (reached: 13.2). Municipality effects are
 * nested in clusters by municipality (K + 1 are counted) and cross those by year (K + groups). */
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
static behov_table *table;
static const char *const coefficients[2][K] = {
    {"1.4005649162825504178", "-2.2082153445081079083e-6", "-0.31658851581039191661", "0.19814376124496572866",
     "0.041985227419082688950", "0.91024877527419152758", "-0.030256297067182952041", "0.016839365568399419134",
     "0.10140917738554137729", "0.079728240602176606547", "0.18516820390346877324"},
    {"1.8398933268991777120", "-3.1747535494329582146e-6", "-0.32605508824591524624", "0.30295936192575710957",
     "0.18692182553373605910", "1.2662449464446756347", "-0.028750749420057959494", "0.0014662793676881470883",
     "0.044361241472530372059", "0.040666416676982094501", "0.10782683969181448894"}};
static const char *const squares[2][3] = {
    {"251.87848236920032326", "354.10237181850882948", "0.28868456577778079942"},
    {"237.83316536790014868", "668.39935544375197902", "0.64417505278711388917"}}; /* rss, tss, R2 */

static const struct {
    const char *name, *weights, *cluster;
    behov_vcov_kind kind;
    const char *errors[K];
} want[] = {
    {"ols_classical",
     NULL,
     NULL,
     BEHOV_VCOV_CLASSICAL,
     {"0.12934142029135495941", "2.1783854563155956933e-6", "0.11793737559643463662", "0.032223376641896418435",
      "0.031051724304874231778", "0.073688151551573184197", "0.0049128021224626441546", "0.030017686172441168574",
      "0.031792918836105524905", "0.035361278380675970245", "0.043413512014763941213"}},
    {"ols_hc1",
     NULL,
     NULL,
     BEHOV_VCOV_HC1,
     {"0.27491229255921421597", "2.2644391265374190945e-6", "0.24321349973886462963", "0.042530771617882430365",
      "0.063363997691568252974", "0.098758143814326478390", "0.0087211074898633942056", "0.027945509196604330986",
      "0.039682277099759199199", "0.042851480528949280867", "0.063057562516135377189"}},
    {"ols_hc3",
     NULL,
     NULL,
     BEHOV_VCOV_HC3,
     {"0.31721555458121087863", "2.7975948750447606463e-6", "0.29027047382304114349", "0.048709147949613716129",
      "0.074498217474075131618", "0.11245366022279543364", "0.010009800452883719215", "0.031665996616504256968",
      "0.045724497913494545849", "0.049143391673937538717", "0.072451741328016874999"}},
    {"ols_cv1_municipality",
     NULL,
     "municipality_code",
     BEHOV_VCOV_CV1,
     {"0.32632205479812053118", "2.8736466440735920077e-6", "0.27322283563886537331", "0.045791263050431218967",
      "0.072793139103058330918", "0.10742377015663007523", "0.0095763697837233597158", "0.021221768672894957917",
      "0.040404903126042230700", "0.045255968984212462701", "0.067796551110863954501"}},
    {"ols_cv1_year",
     NULL,
     "year",
     BEHOV_VCOV_CV1,
     {"0.22066587375914928590", "1.2621507474011648263e-6", "0.24020428923295359672", "0.061982091060003373601",
      "0.069358086382676262827", "0.047167935885644478856", "0.0077562595824644581654", "0.018197348209946256230",
      "0.023775846650047173598", "0.047003245841940197348", "0.064850735896605876813"}},
    {"wls_classical",
     "population",
     NULL,
     BEHOV_VCOV_CLASSICAL,
     {"0.096944652437760648381", "7.2225091446030022732e-7", "0.089919121335281014315", "0.030286705910875101767",
      "0.018933644804572467109", "0.082620874147702585769", "0.0050234024685337242871", "0.029722644103712908800",
      "0.031958169736445245007", "0.035679942101227521005", "0.044372255203895717461"}},
    {"wls_hc1",
     "population",
     NULL,
     BEHOV_VCOV_HC1,
     {"0.19999694859599059505", "1.2754873476867638109e-6", "0.17167707744079778255", "0.048898765754347387388",
      "0.052214827427444598070", "0.20182373041959483105", "0.010769974641722145121", "0.039410542301698757042",
      "0.057027326150838333637", "0.055418437995954063711", "0.082355589231224473305"}},
    {"wls_hc3",
     "population",
     NULL,
     BEHOV_VCOV_HC3,
     {"0.24082708095497933510", "2.0666288450448455957e-6", "0.21380906229283648994", "0.057172078265431646469",
      "0.065822375622095177595", "0.24382824306139377851", "0.012614407572973532600", "0.047131504557709766576",
      "0.068649153651318923245", "0.070584733302628682175", "0.099103123980140681108"}},
    {"wls_cv1_municipality",
     "population",
     "municipality_code",
     BEHOV_VCOV_CV1,
     {"0.21854803012434610083", "1.5201630791979756996e-6", "0.20546239448555014579", "0.051736593288103972807",
      "0.055351069948410756875", "0.21428459137007745814", "0.011687616752759751044", "0.031306162334462013921",
      "0.056414024405812938469", "0.056222042072507599592", "0.083886935431839687113"}},
    {"wls_cv1_year",
     "population",
     "year",
     BEHOV_VCOV_CV1,
     {"0.16244596042295747386", "6.4851492937258168062e-7", "0.10017765334866009105", "0.045693371971139533311",
      "0.055752602266444080670", "0.17448666420425197266", "0.010432440469396711898", "0.024295534054603743489",
      "0.032484168826003441407", "0.048211995570899397264", "0.078376328273571277976"}},
};

static void every_figure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        for (int double_only = 0; double_only < 2; double_only++) {
            int weighted = want[i].weights != NULL;
            double least = DIGITS_ALL, floor_of_digits = double_only ? 12 : 13;
            estimation estimation;
            estimation_options options = {.kind = want[i].kind,
                                          .cluster = want[i].cluster,
                                          .weights = want[i].weights,
                                          .set_aside = "estimated_on == 0",
                                          .absorb = "municipality_code",
                                          .fit = {.double_only = double_only}};
            if (estimate(&estimation, table, formula, options))
                fail_msg("%s: %s", estimation.err.where, estimation.err.what);
            assert_int_equal(behov_fit_n_rows(estimation.fit), N);
            assert_int_equal(behov_fit_n_absorbed(estimation.fit), GROUPS);
            assert_true(behov_fit_is_extended(estimation.fit) == !double_only);
            const double *v = behov_vcov_matrix(estimation.vcov), *b = behov_fit_coefficients(estimation.fit);
            for (size_t k = 0; k < K; k++) {
                double se = sqrt(v[k * K + k]);
                least = fmin(least, fmin(correct_digits_text(b[k], coefficients[weighted][k]),
                                         correct_digits_text(se, want[i].errors[k])));
                assert_digits_text(b[k], coefficients[weighted][k], floor_of_digits);
                assert_digits_text(se, want[i].errors[k], floor_of_digits);
            }
            assert_digits_text(behov_fit_rss(estimation.fit), squares[weighted][0], 13);
            assert_digits_text(behov_fit_tss(estimation.fit), squares[weighted][1], 13);
            assert_digits_text(behov_fit_r2(estimation.fit), squares[weighted][2], 13);
            printf("  %-20s %-8s %5.2f digits\n", want[i].name, double_only ? "double" : "extended", least);
            estimation_free(&estimation);
        }
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_figure)};
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    behov_table_free(table);
    return n_failed;
}
