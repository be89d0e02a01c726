/* test_inference.c - t, p, interval and stars.
 *
 * Wants: the tables are the incomplete beta function in 60-digit arithmetic (mpmath 1.3, quantiles by bisection), 22
 * digits kept; beside them closed forms for 1 and 2 degrees of freedom. GSL's gsl_cdf_tdist_Q must not be taken for
 * these: above 30 degrees of freedom it is an expansion with 6 to 9 digits in the tail. */
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

static const struct {
    double t, dof;
    const char *p;
} exact_p[] = {
    {0.25, 3, "0.8187292224288295858706"},    {1.9375, 3, "0.1480738158074945718601"},
    {2.5, 3, "0.08770664700806554725025"},    {4, 3, "0.0280084560101461669685"},
    {7, 3, "0.005986255697707098903456"},     {15, 3, "6.431193269336653190965e-4"},
    {0.25, 10, "0.807648205736614028993"},    {1.9375, 10, "0.08141734890113635690963"},
    {2.5, 10, "0.03144684423660880424944"},   {4, 10, "0.002518332624736692263704"},
    {7, 10, "3.71559228168568916837e-5"},     {15, 10, "3.496291436553530637545e-8"},
    {0.25, 30, "0.804291409080575099392"},    {1.9375, 30, "0.06214884608818351067502"},
    {2.5, 30, "0.01811564906806669410178"},   {4, 30, "3.818456360837568432369e-4"},
    {7, 30, "8.869958667220643169818e-8"},    {15, 30, "1.753329655748484800916e-15"},
    {0.25, 31, "0.8042366897245190692853"},   {1.9375, 31, "0.06184108301419973437571"},
    {2.5, 31, "0.01792022681338622046325"},   {4, 31, "3.653050535646448065002e-4"},
    {7, 31, "7.403442571849031066464e-8"},    {15, 31, "9.276348626520832066014e-16"},
    {0.25, 36, "0.8040085076643283029662"},   {1.9375, 36, "0.0605602683171323835155"},
    {2.5, 36, "0.01711382990691538407935"},   {4, 36, "3.014848356015093801273e-4"},
    {7, 36, "3.282801900982741899996e-8"},    {15, 36, "4.624952729837282022442e-17"},
    {0.25, 48, "0.8036542438578485248169"},   {1.9375, 48, "0.05858020324386969346516"},
    {2.5, 48, "0.01588969093423755424546"},   {4, 48, "2.180124713615776340598e-4"},
    {7, 48, "7.353108460329000951476e-9"},    {15, 48, "9.574131688190702483834e-20"},
    {0.25, 60, "0.8034413515066366068864"},   {1.9375, 60, "0.0573954345073704832013"},
    {2.5, 60, "0.01517078023488852411232"},   {4, 60, "1.763223870639741250531e-4"},
    {7, 60, "2.501555590709002460577e-9"},    {15, 60, "5.75080800090244403423e-22"},
    {0.25, 100, "0.8031002121532204052682"},  {1.9375, 100, "0.05550534594852079836521"},
    {2.5, 100, "0.01404578912407717740769"},  {4, 100, "1.215236443007616772016e-4"},
    {7, 100, "2.983566603609202767491e-10"},  {15, 100, "2.424733988461146997091e-27"},
    {0.25, 426, "0.8027078616194246624012"},  {1.9375, 426, "0.05334487233986540937337"},
    {2.5, 426, "0.01279434447937020914792"},  {4, 426, "7.467760497185474468055e-5"},
    {7, 426, "1.000736755637156252869e-11"},  {15, 426, "3.866100869499460708338e-41"},
    {0.25, 1800, "0.8026158767569330487628"}, {1.9375, 1800, "0.05284050706464937174072"},
    {2.5, 1800, "0.01250770031069875342045"}, {4, 1800, "6.590641557543098267974e-5"},
    {7, 1800, "3.599200943148794952574e-12"}, {15, 1800, "5.154510217169067391406e-48"},
};

static const struct {
    double level, dof;
    const char *quantile;
} exact_quantiles[] = {
    {0.9, 1, "6.313751514675043098979"},     {0.95, 1, "12.70620473617470464602"},
    {0.99, 1, "63.656741162871580995"},      {0.9, 2, "2.919985580353725686961"},
    {0.95, 2, "4.302652729749463852321"},    {0.99, 2, "9.924843200918293114742"},
    {0.9, 3, "2.353363434801823877671"},     {0.95, 3, "3.182446305283709592723"},
    {0.99, 3, "5.840909309733357260682"},    {0.9, 7, "1.894578605090007389472"},
    {0.95, 7, "2.364624251592785341681"},    {0.99, 7, "3.499483297350493920084"},
    {0.9, 10, "1.812461122811676413626"},    {0.95, 10, "2.228138851986274748395"},
    {0.99, 10, "3.169272672616951234597"},   {0.9, 30, "1.697260886593957848609"},
    {0.95, 30, "2.042272456301238309958"},   {0.99, 30, "2.749995653567225332401"},
    {0.9, 31, "1.695518782545865562641"},    {0.95, 31, "2.03951344639640848785"},
    {0.99, 31, "2.744041919294269322711"},   {0.9, 36, "1.68829771411681632533"},
    {0.95, 36, "2.028094000980450930245"},   {0.99, 36, "2.71948463045000794882"},
    {0.9, 50, "1.675905025163097567489"},    {0.95, 50, "2.008559112100761105491"},
    {0.99, 50, "2.677793270940844249217"},   {0.9, 100, "1.660234326085339555542"},
    {0.95, 100, "1.983971518523552286595"},  {0.99, 100, "2.625890521438017930612"},
    {0.9, 426, "1.648438388406197762894"},   {0.95, 426, "1.965548282470020088514"},
    {0.99, 426, "2.5874193353622346726"},    {0.9, 1800, "1.64570060386963979559"},
    {0.95, 1800, "1.961282784581276570056"}, {0.99, 1800, "2.57856344774338828692"},
    {0.9, 2123, "1.645571685513009958659"},  {0.95, 2123, "1.961082025653316845822"},
    {0.99, 2123, "2.578147114074617366127"},
};

static void quantiles(void **state)
{
    (void)state;
    double worst = DIGITS_ALL;
    for (size_t i = 0; i < sizeof exact_quantiles / sizeof *exact_quantiles; i++) {
        double digits = correct_digits_text(behov_t_quantile(exact_quantiles[i].level, exact_quantiles[i].dof),
                                            exact_quantiles[i].quantile);
        worst = digits < worst ? digits : worst;
        if (digits < 14.3) /* the level itself is a rounded decimal */
            print_error("quantile %g of t(%g): %.2f digits\n", exact_quantiles[i].level, exact_quantiles[i].dof,
                        digits);
    }
    assert_true(worst >= 14.3);
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
    double worst = DIGITS_ALL;
    for (size_t i = 0; i < sizeof exact_p / sizeof *exact_p; i++) {
        double digits = correct_digits_text(behov_t_p(exact_p[i].t, exact_p[i].dof), exact_p[i].p);
        worst = digits < worst ? digits : worst;
        if (digits < 12)
            print_error("p of t = %g with %g degrees of freedom: %.2f digits\n", exact_p[i].t, exact_p[i].dof, digits);
    }
    assert_true(worst >= 12);
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
    behov_stars new_stars = behov_stars_default();
    assert_string_equal(behov_stars_of(new_stars, 0.5), "");
    assert_string_equal(behov_stars_of(new_stars, 0.10), ""); /* below, not at */
    assert_string_equal(behov_stars_of(new_stars, 0.0999), "*");
    assert_string_equal(behov_stars_of(new_stars, 0.05), "*");
    assert_string_equal(behov_stars_of(new_stars, 0.0499), "**");
    assert_string_equal(behov_stars_of(new_stars, 0.01), "**");
    assert_string_equal(behov_stars_of(new_stars, 0.0099), "***");
    assert_string_equal(behov_stars_of(new_stars, 0), "***");
    assert_string_equal(behov_stars_of(new_stars, NAN), "");
    assert_string_equal(behov_stars_of((behov_stars){.levels = {0.05, 0.01, 0.001}}, 0.07), "");
    behov_stars two = {.levels = {0.05, 0.01}}, none = {.is_none = true};
    assert_string_equal(behov_stars_of(two, 0.04), "*");
    assert_string_equal(behov_stars_of(two, 0.001), "**");
    assert_string_equal(behov_stars_of(two, 0), "**"); /* a mark that is not used is given to nobody */
    assert_string_equal(behov_stars_of(none, 0), "");
    assert_true(behov_stars_count(new_stars) == 3 && behov_stars_count(two) == 2 && behov_stars_count(none) == 0);
    assert_true(behov_stars_are_valid(two) && behov_stars_are_valid(none) && behov_stars_are_valid(new_stars));
    assert_false(behov_stars_are_valid((behov_stars){.levels = {0.05, 0.05}})); /* two marks of one level */
    assert_false(behov_stars_are_valid((behov_stars){.levels = {1}}));
    assert_false(behov_stars_are_valid((behov_stars){.levels = {0.1, 0, 0.01}}));
    assert_string_equal(behov_stars_of(behov_stars_chosen((behov_stars){.levels = {0}}), 0.07), "*");
}

static const char text[] = "g,y,x,c\n1,2,1,7\n1,4,2,7\n2,5,3,7\n2,4,4,7\n3,5,5,7\n3,1,9,7\n4,8,7,7\n4,2,-3,7\n";

static void everything_comes_from_one_covariance(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    static const behov_vcov_kind kinds[] = {BEHOV_VCOV_CLASSICAL, BEHOV_VCOV_HC0, BEHOV_VCOV_HC1, BEHOV_VCOV_CV0,
                                            BEHOV_VCOV_CV1};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        estimation estimation;
        assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){.cluster = "g", .kind = kinds[i]}),
                         BEHOV_OK);
        behov_coefficient coefficient[2];
        behov_inference_options options = {.level = 0.9, .stars = {.levels = {0.999, 0.9, 0.3}}};
        assert_int_equal(behov_inference(estimation.fit, estimation.vcov, &options, coefficient, NULL), BEHOV_OK);
        double dof = behov_vcov_dof(estimation.vcov);
        assert_true(dof == (behov_vcov_kind_is_clustered(kinds[i]) ? 3 : 6));
        for (size_t k = 0; k < 2; k++) {
            double b = behov_fit_coefficients(estimation.fit)[k], se = sqrt(behov_vcov_matrix(estimation.vcov)[3 * k]);
            assert_true(coefficient[k].estimate == b && coefficient[k].se == se && coefficient[k].dof == dof);
            assert_digits(coefficient[k].t, b / se, 15);
            assert_digits(coefficient[k].p, behov_t_p(b / se, dof), 15);
            assert_digits(coefficient[k].ci_low, b - behov_t_quantile(0.9, dof) * se, 15);
            assert_digits(coefficient[k].ci_high, b + behov_t_quantile(0.9, dof) * se, 15);
            assert_string_equal(coefficient[k].stars, behov_stars_of(options.stars, coefficient[k].p));
        }
        behov_coefficient by_default[2];
        assert_int_equal(behov_inference(estimation.fit, estimation.vcov, NULL, by_default, NULL), BEHOV_OK);
        assert_digits(by_default[1].ci_high - by_default[1].estimate, behov_t_quantile(0.95, dof) * coefficient[1].se,
                      13);
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

static void what_does_not_exist_is_nan(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ c + x", (estimation_options){.fit = {.drop_collinear = true}}),
                     BEHOV_OK);
    behov_coefficient coefficient[3];
    assert_int_equal(behov_inference(estimation.fit, estimation.vcov, NULL, coefficient, NULL), BEHOV_OK);
    assert_true(isnan(coefficient[1].estimate) && isnan(coefficient[1].se) && isnan(coefficient[1].t) &&
                isnan(coefficient[1].dof) && isnan(coefficient[1].p) && isnan(coefficient[1].ci_low) &&
                isnan(coefficient[1].ci_high));
    assert_string_equal(coefficient[1].stars, "");
    assert_true(isfinite(coefficient[2].p));
    estimation_free(&estimation);
    behov_table_free(table);
    /* a perfect fit of whole numbers: no error, so no t */
    table = table_of_text("y,x\n0,1\n0,2\n0,4\n0,7\n");
    assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){0}), BEHOV_OK);
    assert_int_equal(behov_inference(estimation.fit, estimation.vcov, NULL, coefficient, NULL), BEHOV_OK);
    assert_true(coefficient[1].estimate == 0 && isnan(coefficient[1].se) && isnan(coefficient[1].t) &&
                isnan(coefficient[1].p));
    assert_string_equal(coefficient[1].stars, "");
    estimation_free(&estimation);
    behov_table_free(table);
    /* nor has a coefficient that is not 0: never an infinite t */
    table = table_of_text("y\n3\n3\n3\n");
    assert_int_equal(estimate(&estimation, table, "y ~ 1", (estimation_options){0}), BEHOV_OK);
    assert_int_equal(behov_inference(estimation.fit, estimation.vcov, NULL, coefficient, NULL), BEHOV_OK);
    assert_true(coefficient[0].estimate == 3 && isnan(coefficient[0].se) && isnan(coefficient[0].t) &&
                isnan(coefficient[0].p));
    assert_string_equal(coefficient[0].stars, "");
    estimation_free(&estimation);
    behov_table_free(table);
}

static void refusals(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){0}), BEHOV_OK);
    behov_coefficient coefficient[2] = {{.p = 7}, {.p = 7}};
    static const behov_inference_options wrong[] = {{.level = 1},   {.level = -0.5},
                                                    {.level = NAN}, {.stars = {.levels = {0.01, 0.05, 0.1}}},
                                                    {.level = 95},  {.stars = {.levels = {0.1, 0, 0.05}}}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        behov_error err;
        assert_int_equal(behov_inference(estimation.fit, estimation.vcov, &wrong[i], coefficient, &err),
                         BEHOV_E_ARGUMENT);
        assert_true(coefficient[0].p == 7 && coefficient[1].p == 7 && strlen(err.what) > 10);
    }
    estimation_free(&estimation);
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
