/* test_recipients.c - the model of the report on real figures: recipients of social assistance in 2013, in per cent of
 * the population, 424 municipalities without Oslo.
 *
 * The wants are those of R 4.2 lm with sandwich::vcovHC(type = "HC1") on the same file, to all digits printed
 * (factor N/(N-K)); numpy and statsmodels give the same. Ratios: 100 actual / need, two decimals. */
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
#include "read_table.h"
#include "tables.h"

static behov_table *table;
static estimation new_estimation;

/* Equal when printed as the want is: half a unit of the last digit. */
static void assert_printed(double got, const char *want)
{
    const char *point = strchr(want, '.'), *exponent = strchr(want, 'e');
    long decimals = point ? (long)(exponent ? exponent - point : (long)strlen(point)) - 1 : 0;
    double unit = pow(10, (double)(exponent ? strtol(exponent + 1, NULL, 10) : 0) - (double)decimals);
    if (!(fabs(got - strtod(want, NULL)) <= 0.5001 * unit))
        fail_msg("got %.17g, want %s", got, want);
}

static void figures_of_the_fit(void **state)
{
    (void)state;
    assert_int_equal(behov_fit_n_rows(new_estimation.fit), 424);
    assert_int_equal(behov_fit_n_regressors(new_estimation.fit), 8);
    assert_printed(behov_fit_r2(new_estimation.fit), "0.4797064");
    assert_printed(behov_fit_adj_r2(new_estimation.fit), "0.4709515");
    assert_printed(coefficient_of(&new_estimation, "(Intercept)"), "-5.06670002544");
    assert_printed(error_of(&new_estimation, "(Intercept)"), "1.34391687590");
    assert_printed(coefficient_of(&new_estimation, "disabled_18_49"), "0.609980446829");
    assert_printed(error_of(&new_estimation, "disabled_18_49"), "0.0993293630491");
    assert_printed(coefficient_of(&new_estimation, "I(population^1.2)"), "-2.83645299756e-07");
    assert_printed(error_of(&new_estimation, "I(population^1.2)"), "1.39108309332e-07");
    assert_printed(coefficient_of(&new_estimation, "new_refugees"), "0.508856549841");
    assert_printed(error_of(&new_estimation, "new_refugees"), "0.197147468681");
    assert_true(behov_vcov_dof(new_estimation.vcov) == 424 - 8);
}

static void oslo_and_only_oslo_is_left_out(void **state)
{
    (void)state;
    assert_int_equal(behov_design_n_reasons(new_estimation.design) >= 1, 1);
    size_t n_excluded = 0;
    for (size_t i = 0; i < behov_design_n_reasons(new_estimation.design); i++) {
        behov_reason reason = behov_design_reason(new_estimation.design, i);
        if (reason.kind == BEHOV_REASON_EXCLUDED)
            n_excluded += reason.n_rows;
    }
    assert_int_equal(n_excluded, 1);
}

static void ratios(void **state)
{
    (void)state;
    static const struct {
        const char *municipality, *ratio;
    } wants[] = {{"Modalen", "323.98"}, {"Tydal", "237.98"}, {"Gol", "14.97"}, {"Bergen", "138.02"}};
    behov_panel panel;
    behov_error err;
    assert_int_equal(behov_panel_identify(table, NULL, &panel, &err), BEHOV_OK);
    behov_need *need = NULL;
    assert_int_equal(
        behov_need_new(new_estimation.design, &panel, behov_fit_coefficients(new_estimation.fit), NULL, &need, &err),
        BEHOV_OK);
    const char *highest = "", *second = "", *lowest = "";
    double first_ratio = -1, second_ratio = -1, least = 1e9;
    size_t n_found = 0;
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        const char *name = behov_panel_municipality(&panel, row);
        for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
            if (strcmp(name, wants[i].municipality) == 0) {
                assert_printed(behov_need_ratio(need, row), wants[i].ratio);
                n_found++;
            }
        if (isnan(behov_need_ratio(need, row)))
            continue;
        if (behov_need_ratio(need, row) > first_ratio) {
            second = highest, second_ratio = first_ratio;
            highest = name, first_ratio = behov_need_ratio(need, row);
        } else if (behov_need_ratio(need, row) > second_ratio)
            second = name, second_ratio = behov_need_ratio(need, row);
        if (behov_need_ratio(need, row) < least)
            lowest = name, least = behov_need_ratio(need, row);
    }
    assert_int_equal(n_found, 4);
    assert_string_equal(highest, "Modalen");
    assert_string_equal(second, "Tydal");
    assert_string_equal(lowest, "Gol");
    behov_need_free(need);
}

static behov_read_kind choose(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "municipality_code") == 0 ? BEHOV_READ_AS_CODE : BEHOV_READ_AS_FOUND;
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
    snprintf(path, sizeof path, "%s/data/recipients_2013.csv", shared_text);
    behov_error err;
    if (read_table(path, &(read_csv_options){.choose = choose}, &table, &err)) {
        printf("%s: %s\n", err.where, err.what);
        return 1;
    }
    if (estimate(&new_estimation, table,
                 "recipients_pct ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66"
                 " + non_western_immigrants + new_refugees + upper_secondary_completion",
                 (estimation_options){.kind = BEHOV_VCOV_HC1, .exclude = "municipality_code == \"0301\""})) {
        printf("%s: %s\n", new_estimation.err.where, new_estimation.err.what);
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_the_fit),
        cmocka_unit_test(oslo_and_only_oslo_is_left_out),
        cmocka_unit_test(ratios),
    };
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    estimation_free(&new_estimation);
    behov_table_free(table);
    return n_failed;
}
