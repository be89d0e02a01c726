/* test_panel_s.c - panel S against 50-digit arithmetic: everything a fit says, on the raw scale of population^1.2.
 *
 * Floor 12 significant digits where the fit is solved in extended arithmetic (reached: above 15 for nearly all), 11 in
 * double arithmetic. Clusters: the municipality code, 427 of them. */
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
#include "tables.h"

enum { N = 2135, K = 12, G = 427 };
static const char formula[] = "netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct"
                              " + ikke_vestlige_pct + nybosatte_pct + vgs_pct + factor(year, ref = 2012)";
static const char *shared_text;
static json_t *exact;
static behov_table *table;

/* "fit.r2" */
static json_t *at(const char *path)
{
    json_t *object = exact;
    char key[100];
    while (*path) {
        size_t length = strcspn(path, ".");
        snprintf(key, sizeof key, "%.*s", (int)length, path);
        object = json_object_get(object, key);
        path += length + (path[length] == '.');
    }
    if (!object)
        fail_msg("panel_S_exact.json has no such figure");
    return object;
}

static double lowest;

static void compare(const char *subject, double got, const json_t *want, double floor_digits)
{
    double digits = correct_digits_text(got, json_string_value(want));
    lowest = digits < lowest ? digits : lowest;
    if (!(digits >= floor_digits))
        fail_msg("%s: got %.17g, want %s: %.2f digits, %.1f are asked for", subject, got, json_string_value(want),
                 digits, floor_digits);
}

static void tell(const char *subject, double floor_digits)
{
    printf("  %-34s %5.2f digits (floor %.0f)\n", subject, lowest, floor_digits);
    lowest = DIGITS_ALL;
}

static void run(estimation *estimation, behov_vcov_kind kind, bool double_only)
{
    estimation_options options = {.kind = kind, .cluster = "kommune_nr", .fit = {.double_only = double_only}};
    if (estimate(estimation, table, formula, options))
        fail_msg("%s: %s", estimation->err.where, estimation->err.what);
    assert_int_equal(behov_fit_n_rows(estimation->fit), N);
    assert_int_equal(behov_fit_n_regressors(estimation->fit), K);
    assert_int_equal(behov_clusters_count(estimation->clusters), G);
    assert_int_equal(behov_fit_is_extended(estimation->fit), !double_only);
    lowest = DIGITS_ALL;
}

static void check_fit(bool double_only, double floor_digits)
{
    estimation estimation;
    run(&estimation, BEHOV_VCOV_CLASSICAL, double_only);
    for (size_t k = 0; k < K; k++)
        compare(behov_design_regressor(estimation.design, k), behov_fit_coefficients(estimation.fit)[k],
                json_array_get(at("coef"), k), floor_digits);
    tell("coefficients", floor_digits);
    const behov_fit *fit = estimation.fit;
    compare("r2", behov_fit_r2(fit), at("fit.r2"), floor_digits);
    compare("adj_r2", behov_fit_adj_r2(fit), at("fit.adj_r2"), floor_digits);
    compare("rmse", behov_fit_rmse(fit), at("fit.sigma"), floor_digits);
    compare("rss", behov_fit_rss(fit), at("fit.rss"), floor_digits);
    compare("tss", behov_fit_tss(fit), at("fit.tss"), floor_digits);
    compare("f", behov_fit_f(fit), at("fit.F"), floor_digits);
    tell("R2, adjusted R2, s, rss, tss, F", floor_digits);
    compare("f_p", behov_f_p(behov_fit_f(fit), K - 1, N - K), at("fit.F_p"), floor_digits);
    tell("p of F", floor_digits);
    estimation_free(&estimation);
}

static void check_errors(bool double_only, double floor_digits)
{
    static const struct {
        behov_vcov_kind kind;
        const char *figure;
    } kinds[] = {{BEHOV_VCOV_CLASSICAL, "se.classical"},
                 {BEHOV_VCOV_HC0, "se.HC0"},
                 {BEHOV_VCOV_HC1, "se.HC1"},
                 {BEHOV_VCOV_CV0, "se.CR0"},
                 {BEHOV_VCOV_CV1, "se.CR1_stata"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        estimation estimation;
        run(&estimation, kinds[i].kind, double_only);
        for (size_t k = 0; k < K; k++)
            compare(kinds[i].figure, sqrt(behov_vcov_matrix(estimation.vcov)[k * K + k]),
                    json_array_get(at(kinds[i].figure), k), floor_digits);
        tell(kinds[i].figure, floor_digits);
        estimation_free(&estimation);
    }
}

static void check_inference(bool double_only, double floor_digits)
{
    estimation estimation;
    run(&estimation, BEHOV_VCOV_CV1, double_only);
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < K; j++) {
            compare("vcov", behov_vcov_matrix(estimation.vcov)[i * K + j],
                    json_array_get(json_array_get(at("vcov_CR1_stata"), i), j), floor_digits);
        }
    tell("all of the CV1 covariance", floor_digits);
    behov_coefficient coefficient[K];
    behov_error err;
    assert_int_equal(behov_inference(estimation.fit, estimation.vcov, NULL, coefficient, &err), BEHOV_OK);
    for (size_t k = 0; k < K; k++) {
        assert_true(coefficient[k].dof == G - 1);
        compare("t", coefficient[k].t, json_array_get(at("t_Gminus1.t"), k), floor_digits);
        compare("p", coefficient[k].p, json_array_get(at("t_Gminus1.p"), k), floor_digits);
        compare("ci_low", coefficient[k].ci_low, json_array_get(at("t_Gminus1.ci_lo"), k), floor_digits);
        compare("ci_high", coefficient[k].ci_high, json_array_get(at("t_Gminus1.ci_hi"), k), floor_digits);
    }
    tell("t, p, interval", floor_digits);
    double f;
    size_t q;
    assert_int_equal(behov_vcov_model_f(estimation.vcov, estimation.fit, &f, &q, &(double){0}, &err), BEHOV_OK);
    assert_int_equal(q, K - 1);
    compare("cluster F", f, at("wald.cluster_F_all_slopes"), floor_digits);
    tell("Wald F of all slopes, CV1", floor_digits);
    compare("p", behov_f_p(f, (double)q, G - 1), at("wald.p_all_slopes_df_Gminus1"), floor_digits);
    tell("its p", floor_digits);
    estimation_free(&estimation);
}

static void extended_fit(void **state)
{
    (void)state;
    puts("extended arithmetic");
    check_fit(false, 12);
}

static void extended_errors(void **state)
{
    (void)state;
    check_errors(false, 12);
}

static void extended_inference(void **state)
{
    (void)state;
    check_inference(false, 12);
}

static void double_fit(void **state)
{
    (void)state;
    puts("double arithmetic");
    check_fit(true, 11);
}

static void double_errors(void **state)
{
    (void)state;
    check_errors(true, 11);
}

static void double_inference(void **state)
{
    (void)state;
    check_inference(true, 11);
}

static void quantiles_of_t(void **state)
{
    (void)state;
    assert_digits_text(behov_t_quantile(0.95, 2123), json_string_value(at("t975_df2123")), 15);
    assert_digits_text(behov_t_quantile(0.95, 426), json_string_value(at("t975_df426")), 15);
}

/* A residual is what is left of two numbers of the outcome's size: its digits are counted from there. */
static void every_row(void **state)
{
    (void)state;
    char path[1000];
    snprintf(path, sizeof path, "%s/reference/panel_S_rows_exact.json", shared_text);
    json_t *rows = json_load_file(path, 0, NULL);
    assert_non_null(rows);
    json_t *key = json_object_get(rows, "key"), *fitted = json_object_get(rows, "fitted");
    json_t *residuals = json_object_get(rows, "resid");
    static double got_fitted[N], got_residuals[N];
    behov_panel panel;
    behov_error err;
    assert_int_equal(behov_panel_identify(table, NULL, &panel, &err), BEHOV_OK);
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        run(&estimation, BEHOV_VCOV_CLASSICAL, double_only);
        fitted_rows(&estimation, got_fitted, got_residuals);
        for (size_t i = 0; i < N; i++) {
            const json_t *object = json_array_get(key, i);
            assert_string_equal(behov_panel_code(&panel, i), json_string_value(json_array_get(object, 0)));
            assert_int_equal(behov_panel_year(&panel, i), atoi(json_string_value(json_array_get(object, 1))));
            const char *want = json_string_value(json_array_get(residuals, i));
            compare("fitted", got_fitted[i], json_array_get(fitted, i), double_only ? 11 : 15);
            if (double_only) {
                double error = fabs(got_residuals[i] - strtod(want, NULL));
                assert_true(error < 1e-11 * (fabs(got_fitted[i]) + fabs(got_residuals[i])));
            } else
                compare("residual", got_residuals[i], json_array_get(residuals, i), 15);
        }
        tell(double_only ? "fitted, double" : "fitted and residuals, extended", double_only ? 11 : 15);
        estimation_free(&estimation);
    }
    json_decref(rows);
}

int main(void)
{
    shared_text = getenv("BEHOV_SHARED");
    if (!shared_text) {
        puts("skipped: BEHOV_SHARED is not set");
        return 77;
    }
    gsl_set_error_handler_off();
    char path[1000];
    snprintf(path, sizeof path, "%s/reference/panel_S_exact.json", shared_text);
    exact = json_load_file(path, 0, NULL);
    if (!exact) {
        printf("%s cannot be read\n", path);
        return 1;
    }
    snprintf(path, sizeof path, "%s/reference/panel_S.csv", shared_text);
    table = table_of_file(path);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extended_fit),   cmocka_unit_test(extended_errors), cmocka_unit_test(extended_inference),
        cmocka_unit_test(double_fit),     cmocka_unit_test(double_errors),   cmocka_unit_test(double_inference),
        cmocka_unit_test(quantiles_of_t), cmocka_unit_test(every_row),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    behov_table_free(table);
    json_decref(exact);
    return n_failed;
}
