/* test_panel_s_rows.c - panel S against 50-digit arithmetic, row by row: fitted value, residual, leverage, standardised
 * and studentised residual, Cook's distance, DFFITS; and the VIF of each column.
 *
 * Floor 14 significant digits where the fit is solved in extended arithmetic (reached: 15.0, of Cook's distance). In
 * double arithmetic the floor is relative to the largest figure of its kind: a residual near 0 is a difference of two
 * numbers near 1. The exact figures have 25 digits; those of a row depend on the year's rows of 427 municipalities, on
 * the raw scale of population^1.2. */
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

enum { N = 2135, K = 12 };
static const char formula[] = "netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct"
                              " + ikke_vestlige_pct + nybosatte_pct + vgs_pct + factor(year, ref = 2012)";
static const char *shared_text;
static json_t *exact, *exact_fit;
static behov_table *table;

static const struct {
    const char *key;
    behov_row_measure measure;
} figures[] = {
    {"fitted", BEHOV_ROW_FITTED},          {"resid", BEHOV_ROW_RESIDUAL},       {"hat", BEHOV_ROW_LEVERAGE},
    {"rstandard", BEHOV_ROW_STANDARDISED}, {"rstudent", BEHOV_ROW_STUDENTISED}, {"cooks", BEHOV_ROW_COOKS_DISTANCE},
    {"dffits", BEHOV_ROW_DFFITS},
};

static const char *cell(const char *key, size_t row)
{
    const char *text = json_string_value(json_array_get(json_object_get(exact, key), row));
    if (!text)
        fail_msg("panel_S_rows_exact.json has no %s of row %lu", key, (unsigned long)row);
    return text;
}

static void run(estimation *estimation, behov_row_diagnosis **rows, bool double_only)
{
    if (estimate(estimation, table, formula, (estimation_options){.fit = {.double_only = double_only}}))
        fail_msg("%s: %s", estimation->err.where, estimation->err.what);
    behov_error err;
    assert_int_equal(behov_row_diagnosis_new(estimation->fit, estimation->design, rows, &err), BEHOV_OK);
    assert_int_equal(behov_row_diagnosis_n_rows(*rows), N);
}

static void rows_in_extended_arithmetic(void **state)
{
    (void)state;
    estimation estimation;
    behov_row_diagnosis *rows = NULL;
    run(&estimation, &rows, false);
    assert_int_equal(json_array_size(json_object_get(exact, "key")), N);
    for (size_t f = 0; f < sizeof figures / sizeof *figures; f++) {
        const double *values = behov_row_diagnosis_values(rows, figures[f].measure);
        double lowest = DIGITS_ALL;
        for (size_t i = 0; i < N; i++) {
            double digits = correct_digits_text(values[i], cell(figures[f].key, i));
            lowest = digits < lowest ? digits : lowest;
            if (!(digits >= 14))
                fail_msg("%s of row %lu: got %.17g, want %s", figures[f].key, (unsigned long)i, values[i],
                         cell(figures[f].key, i));
        }
        printf("  %-10s %5.2f digits (floor 14)\n", figures[f].key, lowest);
    }
    behov_row_diagnosis_free(rows);
    estimation_free(&estimation);
}

static void rows_in_double_arithmetic(void **state)
{
    (void)state;
    estimation estimation, other;
    behov_row_diagnosis *rows = NULL, *best = NULL;
    run(&estimation, &rows, true);
    run(&other, &best, false);
    for (size_t f = 0; f < sizeof figures / sizeof *figures; f++) {
        const double *values = behov_row_diagnosis_values(rows, figures[f].measure);
        const double *want = behov_row_diagnosis_values(best, figures[f].measure);
        double largest = 0, worst = 0;
        for (size_t i = 0; i < N; i++) {
            largest = fmax(largest, fabs(want[i]));
            worst = fmax(worst, fabs(values[i] - want[i]));
        }
        printf("  %-10s %5.2f digits of the largest (floor 12)\n", figures[f].key, -log10(worst / largest));
        assert_true(worst <= 1e-12 * largest);
    }
    behov_row_diagnosis_free(rows);
    behov_row_diagnosis_free(best);
    estimation_free(&estimation);
    estimation_free(&other);
}

static void variance_inflation(void **state)
{
    (void)state;
    json_t *want = json_object_get(json_object_get(exact_fit, "vif"), "per_column");
    assert_int_equal(json_array_size(want), K - 1);
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        double vif[K], lowest = DIGITS_ALL;
        if (estimate(&estimation, table, formula, (estimation_options){.fit = {.double_only = double_only}}))
            fail_msg("%s: %s", estimation.err.where, estimation.err.what);
        behov_diagnose_vif(estimation.fit, estimation.factors, vif);
        assert_true(isnan(vif[0]));
        for (size_t k = 1; k < K; k++) {
            double digits = correct_digits_text(vif[k], json_string_value(json_array_get(want, k - 1)));
            lowest = digits < lowest ? digits : lowest;
        }
        printf("  VIF        %5.2f digits (floor 12)%s\n", lowest, double_only ? ", double" : "");
        assert_true(lowest >= 12);
        estimation_free(&estimation);
    }
}

static json_t *load(const char *name)
{
    char path[1000];
    json_error_t trouble;
    snprintf(path, sizeof path, "%s/reference/%s", shared_text, name);
    return json_load_file(path, 0, &trouble);
}

int main(void)
{
    gsl_set_error_handler_off();
    shared_text = getenv("BEHOV_SHARED");
    exact = shared_text ? load("panel_S_rows_exact.json") : NULL;
    exact_fit = shared_text ? load("panel_S_exact.json") : NULL;
    if (!exact || !exact_fit) {
        json_decref(exact);
        json_decref(exact_fit);
        puts("skipped: panel S (reference/) is not there; set BEHOV_SHARED to the folder that holds it");
        return 77;
    }
    char path[1000];
    snprintf(path, sizeof path, "%s/reference/panel_S.csv", shared_text);
    table = table_of_file(path);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_in_extended_arithmetic),
        cmocka_unit_test(rows_in_double_arithmetic),
        cmocka_unit_test(variance_inflation),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    behov_table_free(table);
    json_decref(exact);
    json_decref(exact_fit);
    return failed;
}
