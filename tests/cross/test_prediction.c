/* test_prediction.c - intervals of a need (normal level) and of a new row on the bundled, simulated panel against R:
 * predict(lm, interval = "confidence" and "prediction"), without weights and with population weights, as prediction.R
 * makes them in prediction.txt.
 *
 * Convention of predict.lm: classical covariance, t(N - K); a new row has the variance x'Vx + s^2 / weight with its own
 * weight, which is free of the scale of the weights since s^2 is on the same. R solves in doubles: 13 to 14 digits agree,
 * and 12 are asked for. */
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

enum { ROWS = 5, K = 12 };
static const char formula[] =
    "net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66"
    " + non_western_immigrants + new_refugees + upper_secondary_completion + factor(year)";
static const uint32_t rows[ROWS] = {0, 734, 2119, 20, 2019}; /* three estimated on, two predicted only */
static const double digits = 12;
static behov_table *table;
static char frozen[8000];

/* The numbers behind a name of prediction.txt. */
static void read_frozen(const char *name, double values[ROWS])
{
    const char *at = strstr(frozen, name);
    if (!at)
        fail_msg("prediction.txt has no line \"%s\"", name);
    at += strlen(name);
    for (size_t i = 0; i < ROWS; i++) {
        at += strspn(at, " ");
        size_t length = strcspn(at, " \n");
        assert_int_equal(behov_number_parse(at, length, '.', &values[i]), BEHOV_NUMBER_OK);
        at += length;
    }
}

static void compare(const estimation *made, const char *name, const char *kind, const char *level_text, double level)
{
    double x[ROWS * K], low[ROWS], high[ROWS], least = DIGITS_ALL, rmse = behov_fit_rmse(made->fit);
    bool is_new_row = strcmp(kind, "prediction") == 0;
    char line[80];
    snprintf(line, sizeof line, "%s %s %s low ", name, kind, level_text);
    read_frozen(line, low);
    snprintf(line, sizeof line, "%s %s %s high ", name, kind, level_text);
    read_frozen(line, high);
    behov_design_fill(made->design, rows, ROWS, x, K, NULL);
    for (size_t i = 0; i < ROWS; i++) {
        double need = 0, variance = behov_level_variance(behov_vcov_matrix(made->vcov), x + i * K, K);
        for (size_t k = 0; k < K; k++)
            need += behov_fit_coefficients(made->fit)[k] * x[i * K + k];
        if (is_new_row)
            variance = behov_prediction_variance(variance, rmse, behov_design_weight(made->design, rows[i]));
        behov_interval found = behov_level_interval(need, variance, behov_vcov_dof(made->vcov), level);
        least = fmin(least, fmin(correct_digits(found.low, low[i]), correct_digits(found.high, high[i])));
        assert_digits(found.low, low[i], digits);
        assert_digits(found.high, high[i], digits);
    }
    printf("  %-8s %-10s %s %5.2f digits\n", name, kind, level_text, least);
}

static void compare_all(const char *name, const char *weights)
{
    estimation made;
    estimation_options options = {.kind = BEHOV_VCOV_CLASSICAL, .weights = weights, .set_aside = "estimated_on == 0"};
    if (estimate(&made, table, formula, options))
        fail_msg("%s: %s", made.err.where, made.err.what);
    for (size_t i = 0; i < 2; i++) {
        compare(&made, name, i ? "prediction" : "confidence", "0.9", 0.9);
        compare(&made, name, i ? "prediction" : "confidence", "0.99", 0.99);
    }
    estimation_free(&made);
}

static void without_weights(void **state)
{
    (void)state;
    compare_all("plain", NULL);
}

static void with_population_weights(void **state)
{
    (void)state;
    compare_all("weighted", "population");
}

int main(void)
{
    const char *source = getenv("BEHOV_SOURCE");
    if (!source) {
        puts("skipped: BEHOV_SOURCE is not set");
        return 77;
    }
    gsl_set_error_handler_off();
    char path[1000];
    snprintf(path, sizeof path, "%s/tests/cross/prediction.txt", source);
    FILE *file = fopen(path, "r");
    if (!file || fread(frozen, 1, sizeof frozen - 1, file) == 0) {
        printf("%s cannot be read\n", path);
        return 1;
    }
    fclose(file);
    snprintf(path, sizeof path, "%s/datasets/simulated/panel.csv", source);
    table = table_of_file(path);
    const struct CMUnitTest tests[] = {cmocka_unit_test(without_weights), cmocka_unit_test(with_population_weights)};
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    behov_table_free(table);
    return n_failed;
}
