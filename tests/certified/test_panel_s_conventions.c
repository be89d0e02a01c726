/* test_panel_s_conventions.c - panel S against 50-digit arithmetic: the figures that follow from what the library says
 * by another convention, and the list that shows no figure of the file is left out.
 *
 *   CR1_G_only          CV0 G/(G-1)                    clubSandwich's CR1
 *   CR3_no_factor       CV3 G/(G-1)                    clubSandwich's CR3
 *   twoway_multi0       CV1_m + CV1_y - HC0            sandwich's multi0 = TRUE
 *   twoway_minG_nofix   min(G_m, G_y) in each factor   fixest's default
 *   loglik, AIC, BIC    from rss; R counts sigma as a parameter, gretl and statsmodels do not
 *   Durbin-Watson       row by row in the order of the file
 *   ci, pi of a row     fitted -+ t s sqrt(h), fitted -+ t s sqrt(1+h)
 *
 * Floor 11 significant digits. A variance of two ways, and in double arithmetic the bound of an interval, is a
 * difference: it is measured against the larger of its terms, for what cancels is the convention's own. */
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

enum { N = 2135, K = 12, G = 427, YEARS = 5 };
static const char formula[] = "netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct"
                              " + ikke_vestlige_pct + nybosatte_pct + vgs_pct + factor(year, ref = 2012)";
static const char *shared_text;
static json_t *exact, *exact_rows;
static behov_table *table;
static double lowest = DIGITS_ALL;

static const char *text_at(const json_t *object, const char *first, const char *second)
{
    const json_t *found_object = json_object_get(object, first);
    const char *text = json_string_value(second ? json_object_get(found_object, second) : found_object);
    if (!text)
        fail_msg("the file has no %s %s", first, second ? second : "");
    return text;
}

static const char *error_at(const char *list, size_t k)
{
    const char *text = json_string_value(json_array_get(json_object_get(json_object_get(exact, "se"), list), k));
    if (!text)
        fail_msg("panel_S_exact.json has no se.%s", list);
    return text;
}

/* `scale` 0: relative to the figure itself; else the size of the larger term of a difference. */
static void compare(const char *subject, double got, const char *want, double scale)
{
    double digits = correct_digits_text(got, want);
    if (scale > 0)
        digits += log10(scale / fabs(got)) > 0 ? log10(scale / fabs(got)) : 0;
    lowest = digits < lowest ? digits : lowest;
    if (!(digits >= 11))
        fail_msg("%s: got %.17g, want %s: %.2f digits, 11 are asked for", subject, got, want, digits);
}

static void tell(const char *subject, bool double_only)
{
    printf("  %-34s %5.2f digits (floor 11)%s\n", subject, lowest, double_only ? ", double" : "");
    lowest = DIGITS_ALL;
}

static void run(estimation *estimation, const char *cluster, behov_vcov_kind kind, bool double_only)
{
    estimation_options options = {.kind = kind, .cluster = cluster, .fit = {.double_only = double_only}};
    if (estimate(estimation, table, formula, options))
        fail_msg("%s: %s", estimation->err.where, estimation->err.what);
    assert_int_equal(behov_fit_n_rows(estimation->fit), N);
    assert_int_equal(behov_fit_is_extended(estimation->fit), !double_only);
}

static void variances_of(const char *cluster, behov_vcov_kind kind, bool double_only, double variances[K])
{
    estimation estimation;
    run(&estimation, cluster, kind, double_only);
    for (size_t k = 0; k < K; k++)
        variances[k] = behov_vcov_matrix(estimation.vcov)[k * K + k];
    estimation_free(&estimation);
}

static void other_factors(void **state)
{
    (void)state;
    for (int double_only = 0; double_only < 2; double_only++) {
        double cv0[K], cv3[K];
        variances_of("kommune_nr", BEHOV_VCOV_CV0, double_only, cv0);
        variances_of("kommune_nr", BEHOV_VCOV_CV3, double_only, cv3);
        for (size_t k = 0; k < K; k++) {
            compare("CR1_G_only", sqrt(cv0[k] * G / (G - 1)), error_at("CR1_G_only", k), 0);
            compare("CR3_no_factor", sqrt(cv3[k] * G / (G - 1)), error_at("CR3_no_factor", k), 0);
        }
        tell("CR1 of G alone, CR3 without factor", double_only);
    }
}

static void compare_difference(const char *list, size_t k, double got, double scale)
{
    const char *want = error_at(list, k), *variance = strstr(want, "variance ");
    char text[80];
    if (!variance) {
        compare(list, sqrt(got), want, sqrt(scale));
        return;
    }
    variance += strlen("variance ");
    snprintf(text, sizeof text, "%.*s", (int)strcspn(variance, ")"), variance);
    compare(list, got, text, scale);
}

static void other_two_ways(void **state)
{
    (void)state;
    for (int double_only = 0; double_only < 2; double_only++) {
        double hc0[K], cv0_m[K], cv1_m[K], cv0_y[K], cv1_y[K];
        const double few = YEARS / (YEARS - 1.0) * (N - 1.0) / (N - K);
        variances_of(NULL, BEHOV_VCOV_HC0, double_only, hc0);
        variances_of("kommune_nr", BEHOV_VCOV_CV0, double_only, cv0_m);
        variances_of("kommune_nr", BEHOV_VCOV_CV1, double_only, cv1_m);
        variances_of("year", BEHOV_VCOV_CV0, double_only, cv0_y);
        variances_of("year", BEHOV_VCOV_CV1, double_only, cv1_y);
        for (size_t k = 0; k < K; k++) {
            double largest = few * fmax(fmax(cv0_m[k], cv0_y[k]), hc0[k]);
            compare_difference("twoway_multi0", k, cv1_m[k] + cv1_y[k] - hc0[k], largest);
            compare_difference("twoway_minG_nofix", k, few * (cv0_m[k] + cv0_y[k] - hc0[k]), largest);
        }
        tell("two-way with other factors", double_only);
    }
}

static void degrees_of_freedom_of_cv3(void **state)
{
    (void)state;
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        double dof[K];
        behov_error err;
        run(&estimation, "kommune_nr", BEHOV_VCOV_CV2, double_only);
        assert_int_equal(
            behov_vcov_satterthwaite(estimation.fit, estimation.design, estimation.clusters, BEHOV_VCOV_CV3, dof, &err),
            BEHOV_OK);
        for (size_t k = 0; k < K; k++)
            compare("CR3_df", dof[k], json_string_value(json_array_get(json_object_get(exact, "CR3_df"), k)), 0);
        tell("Satterthwaite dof of CV3", double_only);
        assert_int_equal(
            behov_vcov_satterthwaite(estimation.fit, estimation.design, estimation.clusters, BEHOV_VCOV_CV2, dof, &err),
            BEHOV_OK);
        for (size_t k = 0; k < K; k++)
            assert_true(dof[k] == behov_vcov_dof_of(estimation.vcov, k));
        dof[0] = -1;
        assert_int_equal(
            behov_vcov_satterthwaite(estimation.fit, estimation.design, estimation.clusters, BEHOV_VCOV_CV1, dof, &err),
            BEHOV_E_ARGUMENT);
        assert_true(dof[0] == -1);
        estimation_free(&estimation);
    }
}

static void likelihood(void **state)
{
    (void)state;
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        run(&estimation, NULL, BEHOV_VCOV_CLASSICAL, double_only);
        double rss = behov_fit_rss(estimation.fit), n = behov_fit_n_observations(estimation.fit), two_pi = 8 * atan(1);
        double loglik = -n / 2 * (log(two_pi * rss / n) + 1);
        compare("loglik", loglik, text_at(exact, "fit", "loglik"), 0);
        compare("aic_R", 2 * (K + 1) - 2 * loglik, text_at(exact, "fit", "aic_R"), 0);
        compare("bic_R", log(n) * (K + 1) - 2 * loglik, text_at(exact, "fit", "bic_R"), 0);
        compare("aic_gretl", 2 * K - 2 * loglik, text_at(exact, "fit", "aic_gretl_statsmodels"), 0);
        tell("log likelihood, AIC, BIC", double_only);
        static double fitted[N], residuals[N];
        double steps = 0, squares;
        fitted_rows(&estimation, fitted, residuals);
        squares = residuals[0] * residuals[0];
        for (size_t i = 1; i < N; i++) {
            steps += (residuals[i] - residuals[i - 1]) * (residuals[i] - residuals[i - 1]);
            squares += residuals[i] * residuals[i];
        }
        compare("durbin_watson", steps / squares, text_at(exact, "durbin_watson_rowwise", NULL), 0);
        tell("Durbin-Watson", double_only);
        const json_t *dof = json_object_get(json_object_get(exact, "fit"), "F_df");
        assert_int_equal(json_integer_value(json_array_get(dof, 0)), behov_fit_rank(estimation.fit) - 1);
        assert_int_equal(json_integer_value(json_array_get(dof, 1)), N - behov_fit_rank(estimation.fit));
        estimation_free(&estimation);
    }
}

static void intervals_of_rows(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        int sign, plus;
    } bounds[] = {{"ci_lo", -1, 0}, {"ci_hi", 1, 0}, {"pi_lo", -1, 1}, {"pi_hi", 1, 1}};
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        behov_row_diagnosis *rows = NULL;
        behov_error err;
        run(&estimation, NULL, BEHOV_VCOV_CLASSICAL, double_only);
        assert_int_equal(behov_row_diagnosis_new(estimation.fit, estimation.design, &rows, &err), BEHOV_OK);
        const double *fitted = behov_row_diagnosis_values(rows, BEHOV_ROW_FITTED);
        const double *leverage = behov_row_diagnosis_values(rows, BEHOV_ROW_LEVERAGE);
        double wide = behov_t_quantile(0.95, behov_vcov_dof(estimation.vcov)) * behov_fit_rmse(estimation.fit);
        for (size_t b = 0; b < sizeof bounds / sizeof *bounds; b++) {
            const json_t *want = json_object_get(exact_rows, bounds[b].key);
            assert_int_equal(json_array_size(want), N);
            for (size_t i = 0; i < N; i++)
                compare(bounds[b].key, fitted[i] + bounds[b].sign * wide * sqrt(leverage[i] + bounds[b].plus),
                        json_string_value(json_array_get(want, i)), double_only ? fabs(fitted[i]) : 0);
            tell(bounds[b].key, double_only);
        }
        behov_row_diagnosis_free(rows);
        estimation_free(&estimation);
    }
}

/* Every key of the two files stands here; a figure that joins them has to be tested before this passes again. */
static void no_figure_is_left_out(void **state)
{
    (void)state;
    static const char *const known_text[] = {
        /* what they are about, asserted where they are used */
        "mode", "terms", "N", "K", "G", "T", "vif.columns", "rows.key",
        /* test_panel_s.c */
        "coef", "se.classical", "se.HC0", "se.HC1", "se.CR0", "se.CR1_stata", "vcov_CR1_stata", "fit.r2", "fit.adj_r2",
        "fit.sigma", "fit.rss", "fit.tss", "fit.F", "fit.F_p", "wald.cluster_F_all_slopes",
        "wald.p_all_slopes_df_Gminus1", "t975_df2123", "t975_df426", "t_Gminus1.df", "t_Gminus1.t", "t_Gminus1.p",
        "t_Gminus1.ci_lo", "t_Gminus1.ci_hi",
        /* test_variances.c */
        "se.HC2", "se.HC3", "se.CR2", "CR2_df", "CR2_p", "se.CV3_jackknife_G1G", "se.CV3J_jackknife_mean_centred",
        "se.oneway_year_CR1_stata", "se.twoway_HC0_noadj", "se.twoway_CGM_each_own_G_HC1",
        /* test_wild_bootstrap.c */
        "wald.cluster_F_years", "wald.cluster_F_covariates", "wald.p_years_df_Gminus1",
        /* test_panel_s_rows.c */
        "vif.per_column", "rows.fitted", "rows.resid", "rows.hat", "rows.cooks", "rows.rstandard", "rows.rstudent",
        "rows.dffits",
        /* here */
        "se.CR1_G_only", "se.CR3_no_factor", "se.twoway_multi0", "se.twoway_minG_nofix", "CR3_df", "fit.loglik",
        "fit.aic_R", "fit.bic_R", "fit.aic_gretl_statsmodels", "fit.F_df", "durbin_watson_rowwise", "rows.ci_lo",
        "rows.ci_hi", "rows.pi_lo", "rows.pi_hi"};
    const struct {
        const char *prefix;
        json_t *object;
    } parts[] = {{"", exact}, {"rows.", exact_rows}};
    size_t n_found = 0;
    for (size_t p = 0; p < 2; p++) {
        const char *key, *inner;
        json_t *value, *object;
        json_object_foreach(parts[p].object, key, value)
        {
            json_t *single_object = json_object();
            if (!json_is_object(value))
                json_object_set(single_object, "", value);
            json_object_foreach(json_is_object(value) ? value : single_object, inner, object)
            {
                char path[120];
                bool is_known = false;
                snprintf(path, sizeof path, "%s%s%s%s", parts[p].prefix, key, *inner ? "." : "", inner);
                for (size_t i = 0; i < sizeof known_text / sizeof *known_text; i++)
                    is_known = is_known || strcmp(known_text[i], path) == 0;
                if (!is_known)
                    fail_msg("%s is tested nowhere", path);
                n_found++;
            }
            json_decref(single_object);
        }
    }
    assert_int_equal(n_found, sizeof known_text / sizeof *known_text);
}

static json_t *load(const char *name)
{
    char path[1000];
    snprintf(path, sizeof path, "%s/reference/%s", shared_text, name);
    return json_load_file(path, 0, NULL);
}

int main(void)
{
    gsl_set_error_handler_off();
    shared_text = getenv("BEHOV_SHARED");
    exact = shared_text ? load("panel_S_exact.json") : NULL;
    exact_rows = shared_text ? load("panel_S_rows_exact.json") : NULL;
    if (!exact || !exact_rows) {
        json_decref(exact);
        json_decref(exact_rows);
        puts("skipped: panel S (reference/) is not there; set BEHOV_SHARED to the folder that holds it");
        return 77;
    }
    char path[1000];
    snprintf(path, sizeof path, "%s/reference/panel_S.csv", shared_text);
    table = table_of_file(path);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_factors),
        cmocka_unit_test(other_two_ways),
        cmocka_unit_test(degrees_of_freedom_of_cv3),
        cmocka_unit_test(likelihood),
        cmocka_unit_test(intervals_of_rows),
        cmocka_unit_test(no_figure_is_left_out),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    behov_table_free(table);
    json_decref(exact);
    json_decref(exact_rows);
    return n_failed;
}
