/* test_variances.c - panel S against 50-digit arithmetic: HC2, HC3, CV2 with its degrees of freedom and p-values, the
 * cluster jackknife, clusters by year, two-way clusters, on the raw scale of population^1.2.
 *
 * Floor 12 significant digits for HC, 11 for the others. The file writes clubSandwich's CR2 for CV2; the variances that
 * two-way clustering makes negative stand in it as text. */
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

enum { K = 12, G = 427, YEARS = 5 };
static const char formula[] = "netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct"
                              " + ikke_vestlige_pct + nybosatte_pct + vgs_pct + factor(year, ref = 2012)";
static json_t *exact;
static behov_table *table;

/* Figure k of a list; `list` within se, or on its own. */
static const char *figure(const char *list, size_t k)
{
    json_t *object = json_object_get(json_object_get(exact, "se"), list);
    const char *text = json_string_value(json_array_get(object ? object : json_object_get(exact, list), k));
    if (!text)
        fail_msg("panel_S_exact.json has no %s", list);
    return text;
}

static double lowest = DIGITS_ALL;

static void compare(const char *subject, size_t k, double got, const char *want, double floor_digits)
{
    double digits = correct_digits_text(got, want);
    lowest = digits < lowest ? digits : lowest;
    if (!(digits >= floor_digits))
        fail_msg("%s %lu: got %.17g, want %s: %.2f digits, %.0f are asked for", subject, (unsigned long)k, got, want,
                 digits, floor_digits);
}

static void tell(const char *subject, bool double_only, double floor_digits)
{
    printf("  %-34s %5.2f digits (floor %.0f)%s\n", subject, lowest, floor_digits, double_only ? ", double" : "");
    lowest = DIGITS_ALL;
}

static void run(estimation *estimation, const char *cluster, behov_vcov_kind kind, bool double_only)
{
    estimation_options options = {.kind = kind, .cluster = cluster, .fit = {.double_only = double_only}};
    if (estimate(estimation, table, formula, options))
        fail_msg("%s: %s", estimation->err.where, estimation->err.what);
    assert_int_equal(behov_fit_n_regressors(estimation->fit), K);
    assert_int_equal(behov_fit_is_extended(estimation->fit), !double_only);
}

static void check_kind(const char *cluster, behov_vcov_kind kind, const char *list, double extended, double in_double)
{
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        run(&estimation, cluster, kind, double_only);
        double floor_digits = double_only ? in_double : extended;
        for (size_t k = 0; k < K; k++)
            compare(list, k, sqrt(behov_vcov_matrix(estimation.vcov)[k * K + k]), figure(list, k), floor_digits);
        tell(list, double_only, floor_digits);
        estimation_free(&estimation);
    }
}

static void leverage_kinds(void **state)
{
    (void)state;
    check_kind(NULL, BEHOV_VCOV_HC2, "HC2", 12, 11);
    check_kind(NULL, BEHOV_VCOV_HC3, "HC3", 12, 11);
}

static void cv2(void **state)
{
    (void)state;
    check_kind("kommune_nr", BEHOV_VCOV_CV2, "CR2", 11, 11);
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        behov_coefficient coefficient[K];
        double least = INFINITY;
        run(&estimation, "kommune_nr", BEHOV_VCOV_CV2, double_only);
        for (size_t k = 0; k < K; k++) {
            compare("CR2_df", k, behov_vcov_dof_of(estimation.vcov, k), figure("CR2_df", k), 11);
            least = fmin(least, behov_vcov_dof_of(estimation.vcov, k));
        }
        tell("CR2_df", double_only, 11);
        assert_true(behov_vcov_dof(estimation.vcov) == least);
        assert_int_equal(behov_inference(estimation.fit, estimation.vcov, NULL, coefficient, &estimation.err),
                         BEHOV_OK);
        for (size_t k = 0; k < K; k++) {
            assert_true(coefficient[k].dof == behov_vcov_dof_of(estimation.vcov, k));
            compare("CR2_p", k, coefficient[k].p, figure("CR2_p", k), 11);
        }
        tell("CR2_p", double_only, 11);
        estimation_free(&estimation);
    }
}

static void jackknife(void **state)
{
    (void)state;
    check_kind("kommune_nr", BEHOV_VCOV_CV3, "CV3_jackknife_G1G", 11, 11);
    check_kind("kommune_nr", BEHOV_VCOV_CV3J, "CV3J_jackknife_mean_centred", 11, 11);
}

static void clusters_of_a_year(void **state)
{
    (void)state;
    check_kind("year", BEHOV_VCOV_CV1, "oneway_year_CR1_stata", 11, 11);
}

static void check_two_way(behov_vcov_kind kind, const char *list, bool double_only)
{
    estimation estimation;
    run(&estimation, "kommune_nr", kind, double_only);
    size_t n_rows, n_negative = 0;
    const uint32_t *rows = behov_design_estimated(estimation.design, &n_rows);
    behov_clusters *years = NULL;
    behov_vcov *two_way = NULL;
    assert_int_equal(behov_clusters_new(table, "year", rows, n_rows, &years, &estimation.err), BEHOV_OK);
    assert_int_equal(behov_vcov_two_way(estimation.fit, estimation.design, estimation.clusters, years, kind, &two_way,
                                        &estimation.err),
                     BEHOV_OK);
    const double *uncut = behov_vcov_uncut(two_way);
    behov_coefficient coefficient[K];
    assert_int_equal(behov_inference(estimation.fit, two_way, NULL, coefficient, &estimation.err), BEHOV_OK);
    for (size_t k = 0; k < K; k++) {
        const char *want = figure(list, k), *variance = strstr(want, "variance ");
        char text[80];
        if (variance) { /* "NaN (variance -0.00072)" */
            variance += strlen("variance ");
            snprintf(text, sizeof text, "%.*s", (int)strcspn(variance, ")"), variance);
            compare(list, k, uncut[k], text, 11);
            assert_true(isnan(coefficient[k].t) && isnan(coefficient[k].p) && coefficient[k].stars[0] == '\0');
            n_negative++;
        } else {
            compare(list, k, sqrt(uncut[k]), want, 11);
            /* the constant is the level of the reference year, a cluster of the second way */
            assert_true(isfinite(coefficient[k].p) != behov_vcov_has_no_error(two_way, k));
        }
    }
    tell(list, double_only, 11);
    assert_int_equal(n_negative, 4); /* the dummies of the years */
    assert_true(behov_vcov_n_cut(two_way) >= 1 && behov_vcov_n_cut(two_way) < K);
    assert_true(behov_vcov_dof(two_way) == YEARS - 1);
    assert_int_equal(behov_vcov_n_clusters(two_way), YEARS);
    behov_vcov_free(two_way);
    behov_clusters_free(years);
    estimation_free(&estimation);
}

static void two_way(void **state)
{
    (void)state;
    for (int double_only = 0; double_only < 2; double_only++) {
        check_two_way(BEHOV_VCOV_CV1, "twoway_CGM_each_own_G_HC1", double_only);
        check_two_way(BEHOV_VCOV_CV0, "twoway_HC0_noadj", double_only);
    }
}

int main(void)
{
    const char *shared_text = getenv("BEHOV_SHARED");
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
        cmocka_unit_test(leverage_kinds),     cmocka_unit_test(cv2),     cmocka_unit_test(jackknife),
        cmocka_unit_test(clusters_of_a_year), cmocka_unit_test(two_way),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    behov_table_free(table);
    json_decref(exact);
    return n_failed;
}
