/* test_inference.c - t, p, interval and stars.
 *
 * Wants for quantiles: closed forms for 1 and 2 degrees of freedom, 50-digit arithmetic for 426 and 2123
 * (panel_S_exact.json), R 4.2 qt for the rest, 16 digits. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "tables.h"

static const double pi = 3.14159265358979323846;

static void quantiles(void **state)
{
    (void)state;
    assert_digits_text(behov_t_quantile(0.95, 426), "1.965548282470020088514057", 15);
    assert_digits_text(behov_t_quantile(0.95, 2123), "1.961082025653316845822492", 15);
    assert_digits(behov_t_quantile(0.95, 10), 2.228138851964939, 15);
    assert_digits(behov_t_quantile(0.95, 5), 2.570581835636314, 15);
    assert_digits(behov_t_quantile(0.95, 30), 2.042272456301238, 15);
    static const double levels[] = {0.05, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        double level = levels[i];
        /* the tail (1 - level) / 2 is rounded: at 0.999 it has 13 digits, and so has the quantile */
        double digits = level > 0.99 ? 12.5 : 14;
        assert_digits(behov_t_quantile(level, 1), tan(pi * level / 2), digits);
        assert_digits(behov_t_quantile(level, 2), level * sqrt(2 / ((1 - level) * (1 + level))), digits);
        for (double dof = 1; dof < 3000; dof *= 2.7)
            assert_digits(behov_t_p(behov_t_quantile(level, dof), dof), 1 - level, 12.5);
    }
}

static void p_of_t(void **state)
{
    (void)state;
    static const double ts[] = {1e-9, 0.3, 1, 1.96, 5, 40, 1e4, 1e8, 1e150};
    for (size_t i = 0; i < sizeof ts / sizeof *ts; i++) {
        double t = ts[i];
        assert_digits(behov_t_p(t, 1), 2 / pi * atan2(1, t), 13);
        if (t < 1e100) {
            double root = sqrt(2 + t * t);
            assert_digits(behov_t_p(t, 2), 2 / root / (root + t), 13);
        }
        assert_true(behov_t_p(-t, 7) == behov_t_p(t, 7)); /* two-sided */
    }
    assert_true(behov_t_p(0, 5) == 1);
    assert_true(behov_t_p(30, 1934) > 0 && behov_t_p(30, 1934) < 1e-150);
    assert_digits_text(behov_t_p(10.68105669403292829093775, 426), "9.347724139725570254156207e-24", 13);
    assert_true(behov_t_p(INFINITY, 5) == 0);
    assert_true(isnan(behov_t_p(NAN, 5)) && isnan(behov_t_p(1, 0)) && isnan(behov_t_p(1, NAN)));
}

static void p_of_f(void **state)
{
    (void)state;
    static const double fs[] = {1e-3, 0.5, 1, 4, 30, 200};
    for (size_t i = 0; i < sizeof fs / sizeof *fs; i++) {
        double f = fs[i];
        for (double dof = 1; dof < 3000; dof *= 3.3) {
            assert_digits(behov_f_p(f, 1, dof), behov_t_p(sqrt(f), dof), 11.5);
            assert_digits(behov_f_p(f, 2, dof), exp(-dof / 2 * log1p(2 * f / dof)), 11.5);
        }
    }
    assert_true(behov_f_p(0, 3, 5) == 1 && behov_f_p(-1, 3, 5) == 1 && behov_f_p(INFINITY, 3, 5) == 0);
    assert_true(isnan(behov_f_p(NAN, 3, 5)) && isnan(behov_f_p(1, 0, 5)) && isnan(behov_f_p(1, 3, -1)));
}

static void stars(void **state)
{
    (void)state;
    behov_stars of = behov_stars_default();
    assert_string_equal(behov_stars_of(of, 0.5), "");
    assert_string_equal(behov_stars_of(of, 0.10), ""); /* below, not at */
    assert_string_equal(behov_stars_of(of, 0.0999), "*");
    assert_string_equal(behov_stars_of(of, 0.05), "*");
    assert_string_equal(behov_stars_of(of, 0.0499), "**");
    assert_string_equal(behov_stars_of(of, 0.01), "**");
    assert_string_equal(behov_stars_of(of, 0.0099), "***");
    assert_string_equal(behov_stars_of(of, 0), "***");
    assert_string_equal(behov_stars_of(of, NAN), "");
    assert_string_equal(behov_stars_of((behov_stars){{0.05, 0.01, 0.001}}, 0.07), "");
}

static const char text[] = "g,y,x,c\n1,2,1,7\n1,4,2,7\n2,5,3,7\n2,4,4,7\n3,5,5,7\n3,1,9,7\n4,8,7,7\n4,2,-3,7\n";

static void everything_comes_from_one_covariance(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    static const behov_vcov_kind kinds[] = {BEHOV_VCOV_CLASSICAL, BEHOV_VCOV_HC0, BEHOV_VCOV_HC1, BEHOV_VCOV_CV0,
                                            BEHOV_VCOV_CV1};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        estimation made;
        assert_int_equal(estimate(&made, table, "y ~ x", (estimation_options){.cluster = "g", .kind = kinds[i]}),
                         BEHOV_OK);
        behov_coefficient of[2];
        behov_inference_options options = {.level = 0.9, .stars = {{0.999, 0.9, 0.3}}};
        assert_int_equal(behov_inference(made.fit, made.vcov, &options, of, NULL), BEHOV_OK);
        double dof = behov_vcov_dof(made.vcov);
        assert_true(dof == (behov_vcov_kind_is_clustered(kinds[i]) ? 3 : 6));
        for (size_t k = 0; k < 2; k++) {
            double b = behov_fit_coefficients(made.fit)[k], se = sqrt(behov_vcov_matrix(made.vcov)[3 * k]);
            assert_true(of[k].estimate == b && of[k].se == se && of[k].dof == dof);
            assert_digits(of[k].t, b / se, 15);
            assert_digits(of[k].p, behov_t_p(b / se, dof), 15);
            assert_digits(of[k].ci_low, b - behov_t_quantile(0.9, dof) * se, 15);
            assert_digits(of[k].ci_high, b + behov_t_quantile(0.9, dof) * se, 15);
            assert_string_equal(of[k].stars, behov_stars_of(options.stars, of[k].p));
        }
        behov_coefficient by_default[2];
        assert_int_equal(behov_inference(made.fit, made.vcov, NULL, by_default, NULL), BEHOV_OK);
        assert_digits(by_default[1].ci_high - by_default[1].estimate, behov_t_quantile(0.95, dof) * of[1].se, 13);
        estimation_free(&made);
    }
    behov_table_free(table);
}

static void what_does_not_exist_is_nan(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    estimation made;
    assert_int_equal(estimate(&made, table, "y ~ c + x", (estimation_options){.fit = {.drop_collinear = true}}), BEHOV_OK);
    behov_coefficient of[3];
    assert_int_equal(behov_inference(made.fit, made.vcov, NULL, of, NULL), BEHOV_OK);
    assert_true(isnan(of[1].estimate) && isnan(of[1].se) && isnan(of[1].t) && isnan(of[1].dof) && isnan(of[1].p) &&
                isnan(of[1].ci_low) && isnan(of[1].ci_high));
    assert_string_equal(of[1].stars, "");
    assert_true(isfinite(of[2].p));
    estimation_free(&made);
    behov_table_free(table);
    /* a perfect fit of whole numbers: no error, so no t */
    table = table_of_text("y,x\n0,1\n0,2\n0,4\n0,7\n");
    assert_int_equal(estimate(&made, table, "y ~ x", (estimation_options){0}), BEHOV_OK);
    assert_int_equal(behov_inference(made.fit, made.vcov, NULL, of, NULL), BEHOV_OK);
    assert_true(of[1].estimate == 0 && of[1].se == 0 && isnan(of[1].t) && isnan(of[1].p));
    assert_string_equal(of[1].stars, "");
    estimation_free(&made);
    behov_table_free(table);
}

static void refusals(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    estimation made;
    assert_int_equal(estimate(&made, table, "y ~ x", (estimation_options){0}), BEHOV_OK);
    behov_coefficient of[2] = {{.p = 7}, {.p = 7}};
    static const behov_inference_options wrong[] = {{.level = 1},     {.level = -0.5},
                                                    {.level = NAN},   {.stars = {{0.01, 0.05, 0.1}}},
                                                    {.level = 95},    {.stars = {{0.1, 0.05, 0}}}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        behov_error err;
        assert_int_equal(behov_inference(made.fit, made.vcov, &wrong[i], of, &err), BEHOV_E_ARGUMENT);
        assert_true(of[0].p == 7 && of[1].p == 7 && strlen(err.what) > 10);
    }
    estimation_free(&made);
    behov_table_free(table);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles),
        cmocka_unit_test(p_of_t),
        cmocka_unit_test(p_of_f),
        cmocka_unit_test(stars),
        cmocka_unit_test(everything_comes_from_one_covariance),
        cmocka_unit_test(what_does_not_exist_is_nan),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
