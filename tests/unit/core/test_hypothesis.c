/* test_hypothesis.c - hypotheses as users write them, what is refused and where, and the Wald test against its
 * definition. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "failing_malloc.h"
#include "tables.h"

enum { K = 6 };
static const char *const names[K] = {"(Intercept)", "x", "x2", "I(z^1.2)", "year=2013", "year=2014"};
static const char formula[] = "y ~ x + x2 + I(z^1.2) + factor(year, ref = 2012)";

static behov_table *panel(void)
{
    enum { N = 36 };
    static double y[N], x[N], x2[N], z[N], year[N], g[N];
    dice dice = dice_of(7);
    for (size_t i = 0; i < N; i++) {
        x[i] = dice_normal(&dice);
        x2[i] = 3 + dice_normal(&dice);
        z[i] = 1000 * (1 + dice_uniform(&dice));
        year[i] = 2012 + (double)(i % 3);
        g[i] = (double)(i / 3 % 8);
        y[i] = 1 + 2 * x[i] + dice_normal(&dice) + (g[i] > 4);
    }
    behov_table *table = table_of_rows(N);
    table_add(table, "y", y), table_add(table, "x", x), table_add(table, "x2", x2);
    table_add(table, "z", z), table_add(table, "year", year), table_add(table, "g", g);
    return table;
}

static behov_table *table;
static estimation new_estimation;

static int set_up(void **state)
{
    (void)state;
    table = panel();
    assert_int_equal(
        estimate(&new_estimation, table, formula, (estimation_options){.cluster = "g", .kind = BEHOV_VCOV_CV1}),
        BEHOV_OK);
    for (size_t k = 0; k < K; k++)
        assert_string_equal(behov_design_regressor(new_estimation.design, k), names[k]);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    estimation_free(&new_estimation);
    behov_table_free(table);
    return 0;
}

/* One restriction: its row, its value and its spelling. */
static void reads(const char *text, const double row[K], double value, const char *spelled)
{
    behov_hypothesis *hypothesis = NULL;
    behov_error err;
    if (behov_hypothesis_parse(text, new_estimation.design, &hypothesis, &err))
        fail_msg("%s: %s: %s", text, err.where, err.what);
    assert_int_equal(behov_hypothesis_n_restrictions(hypothesis), 1);
    assert_int_equal(behov_hypothesis_n_regressors(hypothesis), K);
    for (size_t k = 0; k < K; k++)
        if (correct_digits(behov_hypothesis_matrix(hypothesis)[k], row[k]) < 15.5)
            fail_msg("%s: weight of %s is %.17g, not %.17g", text, names[k], behov_hypothesis_matrix(hypothesis)[k],
                     row[k]);
    assert_digits(behov_hypothesis_values(hypothesis)[0], value, 15.5);
    assert_string_equal(behov_hypothesis_text(hypothesis, 0), spelled);
    behov_hypothesis_free(hypothesis);
}

static void forms(void **state)
{
    (void)state;
    const double x[K] = {0, 1}, equal[K] = {0, 1, -1}, sum[K] = {0, 1, 1}, power[K] = {0, 0, 0, 1};
    const double year[K] = {0, 0, 0, 0, 1}, years[K] = {0, 0, 0, 0, 1, -1}, constant[K] = {1};
    const double minus[K] = {0, -1}, weighted[K] = {0, 2, -1.0 / 3}, halves[K] = {0, 0.5, 0.5, -1};
    reads("x = 0", x, 0, "x = 0");
    reads(" x==0 ", x, 0, "x = 0");
    reads("x\t=\n0", x, 0, "x = 0");
    reads("0 = -x", x, 0, "x = 0");
    reads("x = x2", equal, 0, "x - x2 = 0");
    reads("x + x2 = 1", sum, 1, "x + x2 = 1");
    reads("x + 1 = 2 - x2", sum, 1, "x + x2 = 1");
    reads("2*x - x2/3 = 0.5", weighted, 0.5, "2*x - 0.3333333333333333*x2 = 0.5");
    reads("x*2 - (1/3)*x2 = 5e-1", weighted, 0.5, "2*x - 0.3333333333333333*x2 = 0.5");
    reads("(x + x2)/2 = I(z^1.2)", halves, 0, "0.5*x + 0.5*x2 - I(z^1.2) = 0");
    reads("-(-(x)) = 0", x, 0, "x = 0");
    reads("-x = 3", minus, 3, "-x = 3");
    reads("0-x = 3", minus, 3, "-x = 3");
    reads("\u2212x = \u22123", minus, -3, "-x = -3");
    reads("x\u00A0=\u20090", x, 0, "x = 0");
    /* names that hold = and brackets: the longest that fits */
    reads("I(z^1.2) = 0", power, 0, "I(z^1.2) = 0");
    reads("I( z ^ 1.2 )=0", power, 0, "I(z^1.2) = 0");
    reads("year=2013 = 0", year, 0, "year=2013 = 0");
    reads("year=2013=0", year, 0, "year=2013 = 0");
    reads("year = 2013 = 0", year, 0, "year=2013 = 0");
    reads("year=2013=year=2014", years, 0, "year=2013 - year=2014 = 0");
    reads("(Intercept) = 2", constant, 2, "(Intercept) = 2");
    reads("((Intercept)) = 2", constant, 2, "(Intercept) = 2");
    reads("`year=2013` - `year=2014` = 0", years, 0, "year=2013 - year=2014 = 0");
    reads("2*3*x/6 = 0", x, 0, "x = 0");
    reads("x + 0.3*x2 = 3*0.1*x2", x, 0, "x = 0"); /* 0.30000000000000004 */
    reads("2*-x = -6", (double[K]){0, -2}, -6, "-2*x = -6");
    reads("x - -x2 = 1", sum, 1, "x + x2 = 1");
}

static void several(void **state)
{
    (void)state;
    behov_hypothesis *hypothesis = NULL;
    behov_error err;
    assert_int_equal(
        behov_hypothesis_parse("x = 1; x2 = x , year=2013 = -.5", new_estimation.design, &hypothesis, &err), BEHOV_OK);
    assert_int_equal(behov_hypothesis_n_restrictions(hypothesis), 3);
    const double *r = behov_hypothesis_matrix(hypothesis), *value = behov_hypothesis_values(hypothesis);
    assert_true(r[1] == 1 && r[K + 1] == -1 && r[K + 2] == 1 && r[2 * K + 4] == 1);
    assert_true(value[0] == 1 && value[1] == 0 && value[2] == -0.5);
    assert_string_equal(behov_hypothesis_text(hypothesis, 1), "-x + x2 = 0");
    assert_string_equal(behov_hypothesis_left(hypothesis, 2), "year=2013");
    behov_hypothesis_free(hypothesis);
    behov_hypothesis_free(NULL);
}

/* A name that goes on is another name, and the longer of two that fit is meant. */
static void longest_name(void **state)
{
    (void)state;
    behov_table *with_year = panel();
    estimation both;
    behov_hypothesis *hypothesis = NULL;
    behov_error err;
    assert_int_equal(estimate_design(&both, with_year, "y ~ x + year + factor(g)", (estimation_options){0}), BEHOV_OK);
    assert_int_equal(behov_hypothesis_parse("year = 2013", both.design, &hypothesis, &err), BEHOV_OK);
    assert_string_equal(behov_hypothesis_text(hypothesis, 0), "year = 2013");
    behov_hypothesis_free(hypothesis);
    assert_int_equal(behov_hypothesis_parse("g=1 = 1", both.design, &hypothesis, &err), BEHOV_OK);
    assert_string_equal(behov_hypothesis_text(hypothesis, 0), "g=1 = 1");
    behov_hypothesis_free(hypothesis);
    assert_int_equal(behov_hypothesis_parse("x2 = 0", both.design, &hypothesis, &err), BEHOV_E_NAME);
    assert_int_equal(behov_hypothesis_parse("g=10 = 0", both.design, &hypothesis, &err), BEHOV_E_NAME);
    estimation_free(&both);
    assert_int_equal(estimate_design(&both, with_year, "y ~ x*x2", (estimation_options){0}), BEHOV_OK);
    assert_int_equal(behov_hypothesis_parse("x:x2 = x", both.design, &hypothesis, &err), BEHOV_OK);
    assert_string_equal(behov_hypothesis_text(hypothesis, 0), "-x + x:x2 = 0");
    behov_hypothesis_free(hypothesis);
    estimation_free(&both);
    behov_table_free(with_year);
}

static void refuse(const char *text, behov_status status, const char *where, const char *subject)
{
    behov_hypothesis *hypothesis = NULL;
    behov_error err = {0};
    behov_status got = behov_hypothesis_parse(text, new_estimation.design, &hypothesis, &err);
    if (got != status || strcmp(err.where, where) != 0 || !strstr(err.what, subject))
        fail_msg("\"%s\": %s, %s: %s; wanted %s: %s", text, behov_status_name(got), err.where, err.what, where,
                 subject);
    assert_null(hypothesis);
    assert_int_equal(behov_hypothesis_parse(text, new_estimation.design, &hypothesis, NULL), status);
}

static void refusals(void **state)
{
    (void)state;
    refuse("", BEHOV_E_SYNTAX, "hypothesis, position 1", "empty");
    refuse("  ", BEHOV_E_SYNTAX, "hypothesis, position 1", "empty");
    refuse("x", BEHOV_E_SYNTAX, "hypothesis, position 2", "needs an =");
    refuse("x = ", BEHOV_E_SYNTAX, "hypothesis, position 5", "it ends where a coefficient");
    refuse("x = 0,", BEHOV_E_SYNTAX, "hypothesis, position 7", "it ends where a coefficient");
    refuse("x = 0,5", BEHOV_E_SYNTAX, "hypothesis, position 7", "decimals are written with a point");
    refuse("x = 0 1", BEHOV_E_SYNTAX, "hypothesis, position 7", "\"1\" stands where");
    refuse("x = 0 = x2", BEHOV_E_SYNTAX, "hypothesis, position 7", "one = for each restriction");
    refuse("x > 0", BEHOV_E_SYNTAX, "hypothesis, position 3", "write =");
    refuse("x != 0", BEHOV_E_SYNTAX, "hypothesis, position 3", "write =");
    refuse("2x = 0", BEHOV_E_SYNTAX, "hypothesis, position 1", "2*x");
    refuse("x 2 = 0", BEHOV_E_SYNTAX, "hypothesis, position 3", "\"2\" stands where");
    refuse("2 x = 0", BEHOV_E_SYNTAX, "hypothesis, position 3", "\"x\" stands where");
    refuse("x*x2 = 0", BEHOV_E_SYNTAX, "hypothesis, position 2", "multiplied");
    refuse("1/x = 0", BEHOV_E_SYNTAX, "hypothesis, position 2", "divided");
    refuse("x/0 = 0", BEHOV_E_SYNTAX, "hypothesis, position 2", "division by 0");
    refuse("(x = 0", BEHOV_E_SYNTAX, "hypothesis, position 1", "never closed");
    refuse("`x = 0", BEHOV_E_SYNTAX, "hypothesis, position 1", "never closed");
    refuse("x) = 0", BEHOV_E_SYNTAX, "hypothesis, position 2", "\")\" stands where");
    refuse("x = 1e999", BEHOV_E_SYNTAX, "hypothesis, position 5", "not a number");
    refuse("x = 1.2.3", BEHOV_E_SYNTAX, "hypothesis, position 5", "not a number");
    refuse("[x] = 0", BEHOV_E_SYNTAX, "hypothesis, position 1", "\"[\" stands where");
    refuse("((((((((((((((((((x)))))))))))))))))) = 0", BEHOV_E_SYNTAX, "hypothesis, position 17", "too deep");
    refuse("1e300*1e300*x = 0", BEHOV_E_SYNTAX, "hypothesis, position 1", "too large");
    /* names */
    refuse("yaer=2013 = 0", BEHOV_E_NAME, "hypothesis, position 1", "no coefficient is called \"yaer\"");
    refuse("I(z^1.3) = 0", BEHOV_E_NAME, "hypothesis, position 1", "\"I(z^1.3)\"; did you mean \"I(z^1.2)\"");
    refuse("log(x = 0", BEHOV_E_NAME, "hypothesis, position 1", "called \"log\"");
    refuse("x = \u00E5r", BEHOV_E_NAME, "hypothesis, position 5", "called \"\u00E5r\"");
    refuse("\u00E5 = 0", BEHOV_E_NAME, "hypothesis, position 1", "there are (Intercept), x, x2, I(z^1.2)");
    refuse("x = 0, x22 = 0", BEHOV_E_NAME, "hypothesis, position 8", "did you mean \"x2\"");
    refuse("`year=2015` = 0", BEHOV_E_NAME, "hypothesis, position 1", "did you mean \"year=201");
    refuse("year=20133 = 0", BEHOV_E_NAME, "hypothesis, position 1", "\"year=20133\"; did you mean \"year=2013\"");
    refuse("2 = 2", BEHOV_E_NAME, "hypothesis, position 1", "names no coefficient; there are (Intercept), x");
    refuse("x = 0, 1 = 2", BEHOV_E_NAME, "hypothesis, position 8", "names no coefficient");
    refuse("x = x", BEHOV_E_SYNTAX, "hypothesis, position 1", "they cancel");
    refuse("x + 1 = x", BEHOV_E_SYNTAX, "hypothesis, position 1", "they cancel");
    refuse("0*x = 1", BEHOV_E_SYNTAX, "hypothesis, position 1", "they cancel");
    /* rank */
    refuse("x = 0, x = 1", BEHOV_E_RANK, "hypothesis, position 8", "x = 1 contradicts x = 0");
    refuse("x = 0, 3*x = 0", BEHOV_E_RANK, "hypothesis, position 8", "3*x = 0 says nothing new: it follows from x = 0");
    refuse("x = x2, x2 = I(z^1.2), x = I(z^1.2)", BEHOV_E_RANK, "hypothesis, position 24",
           "follows from x - x2 = 0 and x2 - I(z^1.2) = 0");
    refuse("x = 1, x2 = 2; x + x2 = 4", BEHOV_E_RANK, "hypothesis, position 16",
           "x + x2 = 4 contradicts x = 1 and x2 = 2");
    refuse("x = 1/3, x/3 = 1/9", BEHOV_E_RANK, "hypothesis, position 10", "follows");
    refuse("x = 1000000, x = 1000001", BEHOV_E_RANK, "hypothesis, position 14", "contradicts");
    refuse("x=0,x2=0,I(z^1.2)=0,year=2013=0,year=2014=0,(Intercept)=0,x=x2", BEHOV_E_RANK, "hypothesis",
           "7 restrictions are more than the 6 coefficients");
}

static void from_numbers(void **state)
{
    (void)state;
    behov_hypothesis *hypothesis = NULL;
    behov_error err;
    double r[2 * K] = {0, 1, 0, 0, 0, 0, 0, 1}, value[2] = {0, 1};
    assert_int_equal(behov_hypothesis_new(new_estimation.design, 2, r, value, &hypothesis, &err), BEHOV_E_RANK);
    assert_string_equal(err.where, "hypothesis, restriction 2");
    r[K + 1] = 0;
    assert_int_equal(behov_hypothesis_new(new_estimation.design, 2, r, value, &hypothesis, &err), BEHOV_E_ARGUMENT);
    assert_contains(err.what, "restriction 2 names no coefficient");
    r[K + 2] = NAN;
    assert_int_equal(behov_hypothesis_new(new_estimation.design, 2, r, value, &hypothesis, &err), BEHOV_E_ARGUMENT);
    assert_int_equal(behov_hypothesis_new(new_estimation.design, 0, r, value, &hypothesis, &err), BEHOV_E_ARGUMENT);
    r[K + 2] = -2;
    assert_int_equal(behov_hypothesis_new(new_estimation.design, 2, r, value, &hypothesis, &err), BEHOV_OK);
    assert_string_equal(behov_hypothesis_text(hypothesis, 1), "-2*x2 = 1");
    behov_hypothesis_free(hypothesis);
}

static behov_wald_result wald_of(const estimation *fitted, const char *text)
{
    behov_hypothesis *hypothesis = NULL;
    behov_wald_result result = {0};
    behov_error err;
    if (behov_hypothesis_parse(text, fitted->design, &hypothesis, &err) ||
        behov_wald(fitted->vcov, fitted->fit, hypothesis, &result, &err))
        fail_msg("%s: %s: %s", text, err.where, err.what);
    behov_hypothesis_free(hypothesis);
    return result;
}

static void one_restriction(void **state)
{
    (void)state;
    const double *v = behov_vcov_matrix(new_estimation.vcov), *b = behov_fit_coefficients(new_estimation.fit);
    behov_wald_result got = wald_of(&new_estimation, "x = 1.5");
    assert_int_equal(got.n_restrictions, 1);
    assert_digits(got.estimate, b[1], 16);
    assert_true(got.null == 1.5 && got.dof1 == 1 && got.dof2 == 7);
    assert_digits(got.se, sqrt(v[K + 1]), 15);
    assert_digits(got.t, (b[1] - 1.5) / sqrt(v[K + 1]), 14);
    assert_digits(got.f, got.t * got.t, 14);
    assert_digits(got.p, behov_t_p(got.t, 7), 15);
    got = wald_of(&new_estimation, "2*x = x2");
    assert_digits(got.estimate, 2 * b[1] - b[2], 14);
    assert_digits(got.se, sqrt(4 * v[K + 1] - 4 * v[K + 2] + v[2 * K + 2]), 14);
}

/* F = d' W^-1 d / 2 with the 2 x 2 inverse written out; and the units of a column do not matter. */
static void two_restrictions(void **state)
{
    (void)state;
    const double *v = behov_vcov_matrix(new_estimation.vcov), *b = behov_fit_coefficients(new_estimation.fit);
    behov_wald_result got = wald_of(&new_estimation, "x = 2, x2 = 0.5");
    double d1 = b[1] - 2, d2 = b[2] - 0.5, w11 = v[K + 1], w12 = v[K + 2], w22 = v[2 * K + 2];
    double want = (d1 * d1 * w22 - 2 * d1 * d2 * w12 + d2 * d2 * w11) / (w11 * w22 - w12 * w12) / 2;
    assert_digits(got.f, want, 13);
    assert_true(got.dof1 == 2 && got.dof2 == 7 && isnan(got.t) && isnan(got.se) && isnan(got.estimate));
    assert_digits(got.p, behov_f_p(want, 2, 7), 13);
    /* the same hypothesis in other words */
    assert_digits(wald_of(&new_estimation, "x + x2 = 2.5, x - x2 = 1.5").f, want, 12);
    double all = wald_of(&new_estimation, "x = 0, x2 = 0, I(z^1.2) = 0, year=2013 = 0, year=2014 = 0").f, model;
    size_t q;
    assert_int_equal(behov_vcov_model_f(new_estimation.vcov, new_estimation.fit, &model, &q, &(double){0}, NULL),
                     BEHOV_OK);
    assert_digits(all, model, 13);

    estimation estimation;
    estimation_options options = {.cluster = "g", .kind = BEHOV_VCOV_CV1};
    assert_int_equal(
        estimate(&estimation, table, "y ~ I(x*1e-9) + I(x2*1e12) + I(z^1.2) + factor(year, ref = 2012)", options),
        BEHOV_OK);
    assert_digits(wald_of(&estimation, "I(x * 1e-09) = 2e9, I(x2 * 1000000000000) = 0.5e-12").f, want, 11);
    assert_digits(wald_of(&estimation, "1e-9*I(x * 1e-09) = 2, I(x2 * 1000000000000)*1e12 = 0.5").f, want, 11);
    assert_digits(
        wald_of(&estimation, "1e-9*I(x * 1e-09) + 1e12*I(x2 * 1000000000000) = 2.5, I(x2 * 1000000000000) = 0.5e-12").f,
        want, 11);
    estimation_free(&estimation);
}

static void degrees_of_freedom(void **state)
{
    (void)state;
    estimation other;
    assert_int_equal(estimate(&other, table, formula, (estimation_options){.kind = BEHOV_VCOV_HC1}), BEHOV_OK);
    assert_true(wald_of(&other, "x = 0, x2 = 0").dof2 == 30);
    estimation_free(&other);
    assert_int_equal(estimate(&other, table, formula, (estimation_options){.cluster = "g", .kind = BEHOV_VCOV_CV2}),
                     BEHOV_OK);
    assert_true(wald_of(&other, "2*x = 1").dof2 == behov_vcov_dof_of(other.vcov, 1));
    assert_true(wald_of(&other, "x2 = 1").dof2 == behov_vcov_dof_of(other.vcov, 2));
    assert_true(behov_vcov_dof_of(other.vcov, 1) != behov_vcov_dof_of(other.vcov, 2));
    /* a contrast has its own; several restrictions those of the Hotelling T^2, whatever contrasts span them
     * (tests/cross/test_hotelling.c) */
    assert_true(wald_of(&other, "x = x2").dof2 != behov_vcov_dof(other.vcov));
    behov_wald_result both = wald_of(&other, "x = 0, x2 = 0"), turned = wald_of(&other, "x + x2 = 0, 3*x = x2");
    assert_digits(turned.f, both.f, 11);
    assert_digits(turned.dof2, both.dof2, 11);
    assert_true(both.dof2 > 0 && both.dof2 != behov_vcov_dof(other.vcov));
    estimation_free(&other);
}

static void refuse_test(const estimation *fitted, const char *text, behov_status status, const char *subject)
{
    behov_hypothesis *hypothesis = NULL;
    behov_wald_result result = {.f = -1};
    behov_error err;
    assert_int_equal(behov_hypothesis_parse(text, fitted->design, &hypothesis, &err), BEHOV_OK);
    assert_int_equal(behov_wald(fitted->vcov, fitted->fit, hypothesis, &result, &err), status);
    assert_string_equal(err.where, "hypothesis");
    assert_contains(err.what, subject);
    assert_true(result.f == -1);
    behov_hypothesis_free(hypothesis);
}

static void tests_refused(void **state)
{
    (void)state;
    estimation other;
    estimation_options few = {.cluster = "g > 3", .kind = BEHOV_VCOV_CV1};
    assert_int_equal(estimate(&other, table, formula, few), BEHOV_OK);
    refuse_test(&other, "x = 0, x2 = 0", BEHOV_E_TOO_FEW,
                "2 restrictions cannot be tested at once with 2 clusters, 1 can");
    estimation_free(&other);
    estimation_options drop = {.fit = {.drop_collinear = true}};
    assert_int_equal(estimate(&other, table, "y ~ x + I(2*x) + x2", drop), BEHOV_OK);
    refuse_test(&other, "I(2 * x) = 0", BEHOV_E_NAME, "I(2 * x) was dropped");
    refuse_test(&other, "x = I(2 * x)", BEHOV_E_NAME, "I(2 * x) was dropped");
    assert_true(wald_of(&other, "x = 0, x2 = 0").f > 0);
    behov_hypothesis *hypothesis = NULL;
    behov_wald_result result;
    behov_error err;
    assert_int_equal(behov_hypothesis_parse("x = 0", new_estimation.design, &hypothesis, &err), BEHOV_OK);
    assert_int_equal(behov_wald(other.vcov, other.fit, hypothesis, &result, &err), BEHOV_E_ARGUMENT);
    behov_hypothesis_free(hypothesis);
    estimation_free(&other);
    /* residuals that add up to 0 in every cluster: what is left of V is rounding */
    assert_int_equal(
        estimate(&other, table, "y ~ factor(g)", (estimation_options){.cluster = "g", .kind = BEHOV_VCOV_CV1}),
        BEHOV_OK);
    refuse_test(&other, "g=1 = 0, g=2 = 0", BEHOV_E_RANK, "g=1 depends on g = 0 alone");
    estimation_free(&other);
    /* two clusters of their own dummies: each says nothing of its own error */
    estimation_options three = {.cluster = "(g > 2) + (g > 5)", .kind = BEHOV_VCOV_CV1};
    assert_int_equal(estimate(&other, table, "y ~ x + I((g > 2) + 0) + I((g > 5) + 0) - 1", three), BEHOV_OK);
    refuse_test(&other, "x = 0, I((g > 2) + 0) = 0", BEHOV_E_RANK, "alone, which says nothing of its error");
    estimation_free(&other);
}

static void without_memory(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        behov_hypothesis *hypothesis = NULL;
        behov_wald_result result;
        behov_error err;
        failing_malloc_start(n);
        behov_status status = behov_hypothesis_parse("x = 1, year=2013 = x2", new_estimation.design, &hypothesis, &err);
        if (!status)
            status = behov_wald(new_estimation.vcov, new_estimation.fit, hypothesis, &result, &err);
        bool was_reached = failing_malloc_stop();
        behov_hypothesis_free(hypothesis);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            assert_true(n > 10);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
        assert_true(err.what[0] != '\0');
    }
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),
        cmocka_unit_test(several),
        cmocka_unit_test(longest_name),
        cmocka_unit_test(refusals),
        cmocka_unit_test(from_numbers),
        cmocka_unit_test(one_restriction),
        cmocka_unit_test(two_restrictions),
        cmocka_unit_test(degrees_of_freedom),
        cmocka_unit_test(tests_refused),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
