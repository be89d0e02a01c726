/* test_wild_bootstrap.c - the bootstrap where its figures are known: all 1 024 sign vectors of ten clusters, counted in
 * 50-digit arithmetic; the Wald tests of panel S; and the p-value of another program within Monte Carlo error. */
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
#include <jansson.h>

#include "digits.h"
#include "effort.h"
#include "tables.h"

static const char formula[] = "netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct"
                              " + ikke_vestlige_pct + nybosatte_pct + vgs_pct + factor(year, ref = 2012)";
static const char ten_clusters[] =
    "!(kommune_nr in (\"0001\", \"0002\", \"0003\", \"0004\", \"0005\", \"0006\", \"0007\", "
    "\"0008\", \"0009\", \"0010\"))";
static behov_table *table;
static json_t *enumeration, *exact;

static json_t *load(const char *shared_text, const char *name)
{
    char path[1000];
    snprintf(path, sizeof path, "%s/reference/%s", shared_text, name);
    json_t *json = json_load_file(path, 0, NULL);
    if (!json) {
        printf("%s cannot be read\n", path);
        exit(1);
    }
    return json;
}

static behov_hypothesis *parse(const estimation *estimation, const char *text)
{
    behov_hypothesis *hypothesis = NULL;
    behov_error err;
    if (behov_hypothesis_parse(text, estimation->design, &hypothesis, &err))
        fail_msg("%s: %s", err.where, err.what);
    return hypothesis;
}

static void all_sign_vectors(void **state)
{
    (void)state;
    static const char *const terms[] = {"ufore_18_49_pct", "vgs_pct"};
    estimation estimation;
    estimation_options options = {.kind = BEHOV_VCOV_CV1, .cluster = "kommune_nr", .exclude = ten_clusters};
    assert_int_equal(estimate(&estimation, table,
                              "netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + innb_16_66_pct + vgs_pct", options),
                     BEHOV_OK);
    assert_int_equal(behov_fit_n_rows(estimation.fit), 50);
    for (size_t i = 0; i < 2; i++) {
        json_t *want = json_object_get(json_object_get(enumeration, "result"), terms[i]);
        json_t *first = json_object_get(want, "first4_t");
        double t[1024], sum = 0;
        char text[60];
        behov_boot_result got;
        behov_error err;
        snprintf(text, sizeof text, "%s = 0", terms[i]);
        behov_hypothesis *hypothesis = parse(&estimation, text);
        behov_boot_options how = {.n_draws = 1024, .draws = BEHOV_BOOT_RADEMACHER, .statistics = t};
        assert_int_equal(behov_boot_wild(estimation.fit, estimation.factors, hypothesis, &how, &got, &err), BEHOV_OK);
        assert_true(got.is_enumerated);
        assert_int_equal(got.n_draws, json_integer_value(json_object_get(want, "n_signs")));
        assert_int_equal(got.n_strictly_greater, json_integer_value(json_object_get(want, "strictly_greater")));
        assert_int_equal(got.n_ties, json_integer_value(json_object_get(want, "ties")));
        assert_true((double)got.n_strictly_greater / 1024 == json_real_value(json_object_get(want, "p_strict")));
        assert_true(got.p_symmetric == json_real_value(json_object_get(want, "p_with_ties")));
        assert_true(got.p_lowest == 2.0 / 1024 && got.is_level_reachable);
        assert_digits_text(got.estimate, json_string_value(json_object_get(want, "coef")), 15);
        assert_digits_text(got.t, json_string_value(json_object_get(want, "t")), 13);
        double lowest = DIGITS_ALL;
        for (size_t d = 0; d < 4; d++) {
            double digits = correct_digits(t[d], json_real_value(json_array_get(first, d)));
            lowest = digits < lowest ? digits : lowest;
            assert_digits(t[d], json_real_value(json_array_get(first, d)), 12);
        }
        for (size_t d = 0; d < 1024; d++)
            sum += t[d];
        assert_true(fabs(sum) < 1e-11);
        printf("  %-16s %zu of 1024 strictly greater, %zu ties; first four t* %.1f digits\n", terms[i],
               got.n_strictly_greater, got.n_ties, lowest);
        behov_hypothesis_free(hypothesis);
    }
    estimation_free(&estimation);
}

static void wald_tests(void **state)
{
    (void)state;
    static const char covariates[] = "ufore_18_49_pct = 0, urbanitet = 0, opphopning = 0, innb_16_66_pct = 0, "
                                     "ikke_vestlige_pct = 0, nybosatte_pct = 0, vgs_pct = 0";
    static const char years[] = "year=2013 = 0, year=2014 = 0, year=2015 = 0, year=2016 = 0";
    char all[400];
    snprintf(all, sizeof all, "%s; %s", covariates, years);
    const struct {
        const char *text, *f, *p;
        size_t q;
    } tests[] = {{all, "cluster_F_all_slopes", "p_all_slopes_df_Gminus1", 11},
                 {years, "cluster_F_years", "p_years_df_Gminus1", 4},
                 {"year=2013 = year=2014, year=2014 = year=2015, year=2015 = year=2016, year=2016 = 0",
                  "cluster_F_years", "p_years_df_Gminus1", 4},
                 {covariates, "cluster_F_covariates", NULL, 7}};
    json_t *wald = json_object_get(exact, "wald");
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        estimation_options options = {
            .kind = BEHOV_VCOV_CV1, .cluster = "kommune_nr", .fit = {.double_only = double_only}};
        assert_int_equal(estimate(&estimation, table, formula, options), BEHOV_OK);
        double lowest = DIGITS_ALL;
        for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
            behov_hypothesis *hypothesis = parse(&estimation, tests[i].text);
            behov_wald_result got;
            behov_error err;
            const char *f = json_string_value(json_object_get(wald, tests[i].f));
            assert_int_equal(behov_wald(estimation.vcov, estimation.fit, hypothesis, &got, &err), BEHOV_OK);
            assert_true(got.dof1 == (double)tests[i].q && got.dof2 == 426);
            double digits = correct_digits_text(got.f, f);
            lowest = digits < lowest ? digits : lowest;
            assert_digits_text(got.f, f, double_only ? 11 : 12);
            if (tests[i].p)
                assert_digits_text(got.p, json_string_value(json_object_get(wald, tests[i].p)), double_only ? 9 : 11);
            behov_hypothesis_free(hypothesis);
        }
        printf("  Wald F, %s: %.1f digits\n", double_only ? "double" : "extended", lowest);
        estimation_free(&estimation);
    }
}

/* bench/peers/py_wcr.py with 99 999 draws, numpy 1.24.2, default_rng(1); for the other coefficients the same script with
 * another column j. It counts |t*| >= |t|; there are no ties among 99 999 of 2^427. Two such p-values differ by a
 * standard error of sqrt(2 p (1-p) / B). */
static void p_of_another_program(void **state)
{
    (void)state;
    static const struct {
        const char *term;
        size_t k;
        double p;
    } wants[] = {{"vgs_pct", 7, 0.0025300253},
                 {"urbanitet", 2, 0.13947139},
                 {"nybosatte_pct", 6, 0.0028700287},
                 {"year=2013", 8, 0.41622416},
                 {"year=2015", 10, 0.2900429}};
    size_t n_draws = effort(99999);
    estimation estimation;
    assert_int_equal(
        estimate(&estimation, table, formula, (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "kommune_nr"}),
        BEHOV_OK);
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++) {
        char text[60];
        snprintf(text, sizeof text, "%s = 0", wants[i].term);
        behov_hypothesis *hypothesis = parse(&estimation, text);
        behov_boot_result got;
        behov_error err;
        behov_boot_options how = {.n_draws = n_draws, .n_threads = 2};
        assert_int_equal(behov_boot_wild(estimation.fit, estimation.factors, hypothesis, &how, &got, &err), BEHOV_OK);
        const json_t *t = json_object_get(json_object_get(exact, "t_Gminus1"), "t");
        assert_digits_text(got.t, json_string_value(json_array_get(t, wants[i].k)), 12);
        assert_int_equal(got.draws, BEHOV_BOOT_RADEMACHER);
        assert_int_equal(got.n_ties, 0);
        double want = wants[i].p, error = sqrt(want * (1 - want) * (1 / (double)n_draws + 1 / 99999.0));
        printf("  %-16s WCR p = %.6f, the other program's %.6f: %.1f Monte Carlo errors apart\n", wants[i].term,
               got.p_symmetric, want, fabs(got.p_symmetric - want) / error);
        assert_true(fabs(got.p_symmetric - want) < 3 * error);
        if (i == 0) /* twice one tail's error */
            assert_true(fabs(got.p_equal_tail - want) < 3 * 1.5 * error);
        behov_hypothesis_free(hypothesis);
    }
    estimation_free(&estimation);
}

int main(void)
{
    const char *shared_text = getenv("BEHOV_SHARED");
    if (!shared_text) {
        puts("skipped: BEHOV_SHARED is not set");
        return 77;
    }
    gsl_set_error_handler_off();
    enumeration = load(shared_text, "wcr_enumeration.json");
    exact = load(shared_text, "panel_S_exact.json");
    char path[1000];
    snprintf(path, sizeof path, "%s/reference/panel_S.csv", shared_text);
    table = table_of_file(path);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_sign_vectors),
        cmocka_unit_test(wald_tests),
        cmocka_unit_test(p_of_another_program),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    behov_table_free(table);
    json_decref(enumeration);
    json_decref(exact);
    return n_failed;
}
