/* test_group_tests.c - Welch's test, Spearman's rho, Kendall's tau-b, their intervals, and adjusted p-values against R 4.2.2
 * on simulated answers, as group_tests.R makes them: yes and no, Likert scales, averages, with and without ties. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/holm.h>
#include <behov/rank_correlation.h>
#include <behov/welch.h>
#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"

enum { MOST = 300, N_SETS = 14 };
static const double digits = 10;

static void read_numbers(FILE *file, size_t n, double *values)
{
    for (size_t i = 0; i < n; i++)
        assert_int_equal(fscanf(file, "%lf", &values[i]), 1);
}

static void read_word(FILE *file, const char *word)
{
    char text[40];
    assert_int_equal(fscanf(file, "%39s", text), 1);
    assert_string_equal(text, word);
}

static void compare_welch(FILE *file, const double *trait, const double *ratio, size_t n)
{
    double yes[MOST], no[MOST], want[9];
    size_t n_yes = 0, n_no = 0;
    for (size_t i = 0; i < n; i++)
        if (trait[i] == 1)
            yes[n_yes++] = ratio[i];
        else
            no[n_no++] = ratio[i];
    read_word(file, "welch");
    read_numbers(file, 9, want);
    behov_welch_test test = behov_welch(yes, n_yes, no, n_no, 0.95);
    const double got[] = {test.mean_x, test.mean_y, test.difference, test.se,  test.t,
                          test.dof,    test.p,      test.low,        test.high};
    for (size_t i = 0; i < 9; i++)
        assert_digits(got[i], want[i], digits);
}

static void compare_correlation(FILE *file, const char *word, const behov_rank_correlation *correlation)
{
    double want[4];
    read_word(file, word);
    read_numbers(file, 4, want);
    assert_digits(correlation->estimate, want[0], digits);
    assert_digits(correlation->p, want[1], digits);
    assert_digits(correlation->low, want[2], digits);
    assert_digits(correlation->high, want[3], digits);
}

static bool is_yes_no(const double *trait, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (trait[i] != 0 && trait[i] != 1)
            return false;
    return true;
}

static void compare_set(FILE *file)
{
    char name[40];
    size_t n;
    double trait[MOST], ratio[MOST];
    behov_rank_correlation rho, tau;
    behov_error err;
    assert_int_equal(fscanf(file, " set %39s %zu", name, &n), 2);
    assert_true(n <= MOST);
    read_numbers(file, n, trait);
    read_numbers(file, n, ratio);
    if (is_yes_no(trait, n))
        compare_welch(file, trait, ratio, n);
    assert_int_equal(behov_spearman(trait, ratio, n, 0.95, &rho, &err), BEHOV_OK);
    assert_int_equal(behov_kendall(trait, ratio, n, 0.95, &tau, &err), BEHOV_OK);
    compare_correlation(file, "spearman", &rho);
    compare_correlation(file, "kendall", &tau);
    bool is_untied = strncmp(name, "untied", 6) == 0;
    assert_int_equal(rho.is_exact, is_untied && n <= 9);
    assert_int_equal(tau.is_exact, is_untied && n < 50);
}

static void r_agrees(void **state)
{
    char path[1000], line[200];
    double p[MOST], want[MOST], got[MOST];
    size_t n;
    behov_error err;
    (void)state;
    snprintf(path, sizeof path, "%s/tests/cross/group_tests.txt", getenv("BEHOV_SOURCE"));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file)); /* the version */
    for (int i = 0; i < N_SETS; i++)
        compare_set(file);
    assert_int_equal(fscanf(file, " adjust %zu", &n), 1);
    assert_true(n > N_SETS && n <= MOST);
    read_numbers(file, n, p);
    read_numbers(file, n, want);
    assert_int_equal(behov_holm(p, n, got, &err), BEHOV_OK);
    for (size_t i = 0; i < n; i++)
        assert_digits(got[i], want[i], digits);
    read_numbers(file, n, want);
    assert_int_equal(behov_benjamini_hochberg(p, n, got, &err), BEHOV_OK);
    for (size_t i = 0; i < n; i++)
        assert_digits(got[i], want[i], digits);
    fclose(file);
}

/* By hand: five pairs in opposite order of ten, all orders of five counted. Without variation, with few values and at the
 * ends there is nothing to be said, and no interval. */
static void ends(void **state)
{
    behov_rank_correlation rho, tau;
    behov_error err;
    (void)state;
    const double x[] = {1, 2, 3, 4, 5}, same[] = {10, 20, 30, 40, 50}, flat[] = {7, 7, 7, 7, 7};
    assert_int_equal(behov_spearman(x, same, 5, 0.95, &rho, &err), BEHOV_OK);
    assert_int_equal(behov_kendall(x, same, 5, 0.95, &tau, &err), BEHOV_OK);
    assert_digits(rho.estimate, 1, 16);
    assert_digits(rho.p, 2. / 120, 14);
    assert_digits(tau.p, 2. / 120, 14);
    assert_true(isnan(rho.low) && isnan(tau.high));
    assert_int_equal(behov_spearman(x, flat, 5, 0.95, &rho, &err), BEHOV_OK);
    assert_int_equal(behov_kendall(flat, x, 5, 0.95, &tau, &err), BEHOV_OK);
    assert_true(isnan(rho.estimate) && isnan(rho.p) && isnan(tau.estimate) && isnan(tau.p));
    behov_welch_test test = behov_welch(flat, 5, flat, 5, 0.95);
    assert_true(test.difference == 0 && isnan(test.t) && isnan(test.p) && isnan(test.low));
    assert_true(isnan(behov_welch(x, 1, same, 5, 0.95).p));
    assert_digits(behov_welch(x, 1, same, 5, 0.95).mean_x, 1, 16);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(r_agrees), cmocka_unit_test(ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
