/* test_audit.c - tables made by rounding correct fits never get a finding, and impossible stars always do.
 *
 * p is GSL's gsl_cdf_tdist_Q and gsl_cdf_ugaussian_Q, not the library's; where that is an expansion (above 30 degrees
 * of freedom) it has at least six digits, and rounding to at most four digits moves t by far more. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

#include "effort.h"
#include "tables.h"

enum { TABLES = 1000, LINES = 12, DOF_LEAST = 3, DOF_MOST = 5000 };

/* As R prints p: two-sided. dof 0 is the normal distribution. */
static double true_p(double t, double dof)
{
    return 2 * (dof > 0 ? gsl_cdf_tdist_Q(fabs(t), dof) : gsl_cdf_ugaussian_Q(fabs(t)));
}

static int true_stars(const behov_legend *legend, double p)
{
    int n_stars = 0;
    for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++)
        if (legend->levels[m - 1] > 0 && p < legend->levels[m - 1])
            n_stars = m;
    return n_stars;
}

/* 1 to 4 decimals, or 1 to 4 significant digits, plain or with an exponent. */
static behov_printed rounded(double value, int kind, int digits)
{
    char text[400];
    if (kind == 0)
        snprintf(text, sizeof text, "%.*f", digits, value);
    else if (kind == 1)
        snprintf(text, sizeof text, "%.*e", digits - 1, value);
    else
        behov_number_significant(value, digits, '.', text);
    behov_printed printed;
    if (behov_printed_parse(text, strlen(text), '.', &printed))
        fail_msg("\"%s\" was not read", text);
    if (fabs(value - printed.value) > printed.half_widest * (1 + 1e-9))
        fail_msg("%.17g does not print as %s", value, text);
    return printed;
}

static const behov_legend legends[] = {
    {{0.10, 0.05, 0.01}}, {{0.05, 0.01, 0.001}}, {{0.05, 0.01}}, {{0, 0.05, 0.01}}, {{0.10, 0.05, 0.01, 0.001}}};

typedef struct truth {
    double coefficients[LINES], errors[LINES];
    double dof; /* 0: p was taken from the normal distribution */
    behov_legend legend;
} truth;

/* t around 0 to 6, sizes over eight powers of ten. */
static truth draw(dice *random)
{
    truth truth = {.legend = legends[dice_below(random, sizeof legends / sizeof *legends)]};
    truth.dof =
        dice_below(random, 10) == 0 ? 0 : floor(DOF_LEAST * pow((double)DOF_MOST / DOF_LEAST, dice_uniform(random)));
    for (size_t i = 0; i < LINES; i++) {
        truth.errors[i] = pow(10, 8 * dice_uniform(random) - 5);
        truth.coefficients[i] = truth.errors[i] * dice_normal(random) * (1 + 3 * dice_uniform(random));
    }
    return truth;
}

static void print_table(const truth *truth, dice *random, behov_audit_row rows[LINES])
{
    int kind = (int)dice_below(random, 3), digits = 1 + (int)dice_below(random, 4);
    for (size_t i = 0; i < LINES; i++) {
        double p = true_p(truth->coefficients[i] / truth->errors[i], truth->dof);
        rows[i] =
            (behov_audit_row){rounded(truth->coefficients[i], kind, digits), rounded(truth->errors[i], kind, digits),
                              true_stars(&truth->legend, p), truth->coefficients[i] > 0 ? 1 : -1};
    }
}

static behov_audit *audit_of(const behov_audit_row *rows, const truth *truth, bool knows_dof)
{
    behov_audit_options options = {.legend = truth->legend, .n_observations = 1935, .n_years = 5};
    if (knows_dof)
        options.dof_low = options.dof_high = truth->dof > 0 ? truth->dof : INFINITY;
    behov_audit *audit = NULL;
    assert_int_equal(behov_audit_new(rows, LINES, &options, &audit, NULL), BEHOV_OK);
    return audit;
}

static void rounded_correct_fits_get_no_finding(void **state)
{
    (void)state;
    dice random = dice_of(20170808);
    size_t n_tables = effort(TABLES), n_stars = 0, n_at_zero = 0;
    for (size_t table = 0; table < n_tables; table++) {
        truth truth = draw(&random);
        behov_audit_row rows[LINES];
        print_table(&truth, &random, rows);
        for (int knows_dof = 0; knows_dof < 2; knows_dof++) {
            behov_audit *audit = audit_of(rows, &truth, knows_dof);
            if (behov_audit_n_findings(audit)) {
                const behov_finding *finding = behov_audit_finding(audit, 0);
                fail_msg("table %lu, dof %g %s: %s in line %lu", (unsigned long)table, truth.dof,
                         knows_dof ? "known" : "not known", behov_finding_kind_name(finding->kind),
                         (unsigned long)finding->row);
            }
            behov_audit_free(audit);
        }
        for (size_t i = 0; i < LINES; i++) {
            n_stars += rows[i].n_stars > 0;
            n_at_zero += rows[i].standard_error.value == 0;
        }
    }
    print_message("%lu tables of %d lines: %lu lines with stars, %lu with a standard error printed as 0\n",
                  (unsigned long)n_tables, LINES, (unsigned long)n_stars, (unsigned long)n_at_zero);
    assert_true(n_stars > n_tables && n_at_zero > 0); /* there was something to be wrong about */
}

/* Any other number of stars than the true one is a finding exactly when p at the ends of the rounding says so; ends
 * within a millionth of a level, where GSL's p may not tell, are left out. */
static void impossible_stars_are_always_found(void **state)
{
    (void)state;
    dice random = dice_of(42);
    size_t n_tables = effort(TABLES), n_impossible = 0, n_possible = 0, n_with_edit = 0;
    for (size_t table = 0; table < n_tables; table++) {
        truth truth = draw(&random);
        behov_audit_row rows[LINES];
        print_table(&truth, &random, rows);
        size_t i = dice_below(&random, LINES);
        bool knows_dof = dice_below(&random, 2) == 0;
        int wrong = (int)dice_below(&random, 5);
        if (wrong == rows[i].n_stars || (wrong && !(truth.legend.levels[wrong - 1] > 0)))
            continue;
        rows[i].n_stars = wrong;
        double b = fabs(rows[i].coefficient.value), half = rows[i].coefficient.half_widest;
        double s = rows[i].standard_error.value, half_s = rows[i].standard_error.half_widest;
        double p_least = s > half_s ? true_p((b + half) / (s - half_s), knows_dof ? truth.dof : 0) : 0;
        double p_most = b > half ? true_p((b - half) / (s + half_s), knows_dof ? truth.dof : 1) : 1;
        bool is_near = false, is_impossible = wrong > 0 && p_least > truth.legend.levels[wrong - 1];
        for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++) {
            double level = truth.legend.levels[m - 1];
            is_near |= level > 0 && (fabs(p_least / level - 1) < 1e-6 || fabs(p_most / level - 1) < 1e-6);
            is_impossible |= m > wrong && level > 0 && p_most < level;
        }
        if (is_near)
            continue;
        behov_audit *audit = audit_of(rows, &truth, knows_dof);
        size_t n = behov_audit_n_findings(audit);
        if (n != is_impossible || (n && (behov_audit_finding(audit, 0)->kind != BEHOV_FINDING_STARS ||
                                         behov_audit_finding(audit, 0)->row != i)))
            fail_msg("table %lu, line %lu, %d stars, p %g to %g: %lu findings", (unsigned long)table, (unsigned long)i,
                     wrong, p_least, p_most, (unsigned long)n);
        n_impossible += is_impossible;
        n_possible += !is_impossible;
        n_with_edit += n && behov_audit_finding(audit, 0)->likely.entry;
        behov_audit_free(audit);
    }
    print_message(
        "%lu impossible stars, all found (%lu with a likely misprint); %lu others that rounding or degrees of "
        "freedom allow, none found\n",
        (unsigned long)n_impossible, (unsigned long)n_with_edit, (unsigned long)n_possible);
    assert_true(n_tables < 100 || (n_impossible > n_tables / 10 && n_possible > n_tables / 20));
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounded_correct_fits_get_no_finding),
        cmocka_unit_test(impossible_stars_are_always_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
