/* test_hotelling.c - joint tests and contrasts under CV2 against clubSandwich on 22 simulated panels, as hotelling.R
 * makes them: balanced and not, few clusters, one large cluster, adjustments that are singular, general R b = r with q
 * from 1 to 6, weights under both working variances. */
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

#include "digits.h"
#include "tables.h"

enum { K = 6, COLUMNS = 9, ROWS_MAX = 400, KINDS = 3 };
static const double digits = 8;
static const char *const names[COLUMNS] = {"g", "y", "x1", "x2", "x3", "x4", "x5", "w", "v"};
static const char *const kinds[KINDS] = {"plain", "identity", "inverse"};
static const char *const weights[KINDS] = {NULL, "w", "v"};

static double read_number(FILE *file)
{
    double value = NAN;
    assert_int_equal(fscanf(file, "%lf", &value), 1);
    return value;
}

static void read_numbers(FILE *file, size_t n, double *values)
{
    for (size_t i = 0; i < n; i++)
        values[i] = read_number(file);
}

static behov_table *read_panel(FILE *file)
{
    static double columns[COLUMNS][ROWS_MAX];
    read_number(file); /* its number */
    size_t n_rows = (size_t)read_number(file);
    assert_true(n_rows <= ROWS_MAX);
    for (size_t row = 0; row < n_rows; row++)
        for (size_t k = 0; k < COLUMNS; k++)
            columns[k][row] = read_number(file);
    behov_table *table = table_of_rows(n_rows);
    for (size_t k = 0; k < COLUMNS; k++)
        table_add(table, names[k], columns[k]);
    return table;
}

static size_t read_kind(FILE *file)
{
    char text[20];
    assert_int_equal(fscanf(file, "%19s", text), 1);
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(text, kinds[i]) == 0)
            return i;
    fail_msg("no kind %s", text);
    return 0;
}

/* f, dof2, p; -1 where clubSandwich has no test. */
static void compare_wald(FILE *file, estimation *estimations)
{
    double matrix[K * K], values[K], want[3];
    estimation *estimation = &estimations[read_kind(file)];
    size_t q = (size_t)read_number(file);
    read_numbers(file, q * K, matrix);
    read_numbers(file, q, values);
    read_numbers(file, 3, want);
    behov_hypothesis *hypothesis = NULL;
    behov_wald_result result;
    assert_int_equal(behov_hypothesis_new(estimation->design, q, matrix, values, &hypothesis, &estimation->err),
                     BEHOV_OK);
    behov_status status = behov_wald(estimation->vcov, estimation->fit, hypothesis, &result, &estimation->err);
    if (want[0] < 0) {
        assert_int_equal(status, BEHOV_E_TOO_FEW);
    } else {
        assert_int_equal(status, BEHOV_OK);
        assert_true(result.dof1 == (double)q && !result.is_unreliable);
        assert_digits(result.f, want[0], digits);
        assert_digits(result.dof2, want[1], digits);
        assert_digits(result.p, want[2], digits);
    }
    behov_hypothesis_free(hypothesis);
}

static void compare_contrast(FILE *file, estimation *estimations)
{
    double contrast[K], want[2], null = 0;
    estimation *estimation = &estimations[read_kind(file)];
    read_numbers(file, K, contrast);
    read_numbers(file, 2, want);
    behov_hypothesis *hypothesis = NULL;
    behov_wald_result result;
    assert_int_equal(behov_hypothesis_new(estimation->design, 1, contrast, &null, &hypothesis, &estimation->err),
                     BEHOV_OK);
    assert_int_equal(behov_wald(estimation->vcov, estimation->fit, hypothesis, &result, &estimation->err), BEHOV_OK);
    assert_digits(result.se, want[0], digits);
    assert_digits(result.dof2, want[1], digits);
    behov_vcov_contrasts *contrasts = NULL;
    assert_int_equal(behov_vcov_contrasts_new(estimation->vcov, estimation->fit, &contrasts, &estimation->err),
                     BEHOV_OK);
    assert_digits(behov_vcov_contrast_dof(contrasts, contrast), want[1], digits);
    behov_vcov_contrasts_free(contrasts);
    behov_hypothesis_free(hypothesis);
}

static void panels(void **state)
{
    (void)state;
    char path[1000], word[20];
    size_t n_panels = 0, n_tests = 0;
    snprintf(path, sizeof path, "%s/tests/cross/hotelling.txt", getenv("BEHOV_SOURCE"));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    behov_table *table = NULL;
    estimation estimations[KINDS];
    while (fscanf(file, "%19s", word) == 1 && strcmp(word, "end") != 0) {
        bool is_wald = strcmp(word, "wald") == 0;
        if (is_wald || strcmp(word, "contrast") == 0) {
            (is_wald ? compare_wald : compare_contrast)(file, estimations);
            n_tests++;
            continue;
        }
        for (size_t i = 0; i < KINDS && table; i++)
            estimation_free(&estimations[i]);
        behov_table_free(table);
        table = read_panel(file);
        n_panels++;
        for (size_t i = 0; i < KINDS; i++)
            if (estimate(&estimations[i], table, "y ~ x1 + x2 + x3 + x4 + x5",
                         (estimation_options){.kind = BEHOV_VCOV_CV2,
                                              .cluster = "g",
                                              .weights = weights[i],
                                              .working = i == 1 ? BEHOV_WORKING_EQUAL : BEHOV_WORKING_INVERSE_WEIGHTS}))
                fail_msg("%s: %s", estimations[i].err.where, estimations[i].err.what);
    }
    for (size_t i = 0; i < KINDS && table; i++)
        estimation_free(&estimations[i]);
    behov_table_free(table);
    fclose(file);
    assert_int_equal(n_panels, 22);
    assert_int_equal(n_tests, 450);
}

int main(void)
{
    if (!getenv("BEHOV_SOURCE")) {
        puts("skipped: BEHOV_SOURCE is not set");
        return 77;
    }
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(panels)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
