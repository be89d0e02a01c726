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
    const char *cursor = strstr(frozen, name);
    if (!cursor)
        fail_msg("prediction.txt has no line \"%s\"", name);
    cursor += strlen(name);
    for (size_t i = 0; i < ROWS; i++) {
        cursor += strspn(cursor, " ");
        size_t length = strcspn(cursor, " \n");
        assert_int_equal(behov_number_parse(cursor, length, '.', &values[i]), BEHOV_NUMBER_OK);
        cursor += length;
    }
}

static void compare(const estimation *estimation, const char *name, const char *kind, const char *level_text,
                    double level)
{
    double x[ROWS * K], low[ROWS], high[ROWS], least = DIGITS_ALL, rmse = behov_fit_rmse(estimation->fit);
    bool is_new_row = strcmp(kind, "prediction") == 0;
    char line[80];
    snprintf(line, sizeof line, "%s %s %s low ", name, kind, level_text);
    read_frozen(line, low);
    snprintf(line, sizeof line, "%s %s %s high ", name, kind, level_text);
    read_frozen(line, high);
    behov_design_fill(estimation->design, rows, ROWS, x, K, NULL);
    for (size_t i = 0; i < ROWS; i++) {
        double need = 0, variance = behov_level_variance(behov_vcov_matrix(estimation->vcov), x + i * K, K);
        for (size_t k = 0; k < K; k++)
            need += behov_fit_coefficients(estimation->fit)[k] * x[i * K + k];
        if (is_new_row)
            variance = behov_prediction_variance(variance, rmse, behov_design_weight(estimation->design, rows[i]));
        behov_interval interval = behov_level_interval(need, variance, behov_vcov_dof(estimation->vcov), level);
        least = fmin(least, fmin(correct_digits(interval.low, low[i]), correct_digits(interval.high, high[i])));
        assert_digits(interval.low, low[i], digits);
        assert_digits(interval.high, high[i], digits);
    }
    printf("  %-8s %-10s %s %5.2f digits\n", name, kind, level_text, least);
}

static void compare_all(const char *name, const char *weights)
{
    estimation estimation;
    estimation_options options = {.kind = BEHOV_VCOV_CLASSICAL, .weights = weights, .set_aside = "estimated_on == 0"};
    if (estimate(&estimation, table, formula, options))
        fail_msg("%s: %s", estimation.err.where, estimation.err.what);
    for (size_t i = 0; i < 2; i++) {
        compare(&estimation, name, i ? "prediction" : "confidence", "0.9", 0.9);
        compare(&estimation, name, i ? "prediction" : "confidence", "0.99", 0.99);
    }
    estimation_free(&estimation);
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
