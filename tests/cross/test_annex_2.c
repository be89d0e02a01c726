/* test_annex_2.c - the printed coefficients of Proba 2017-08, annex 1, on the bundled simulated panel give back every
 * ratio that annex 2 prints: 424 municipalities in five years, whole numbers.
 *
 * The panel was made so (outcome = printed ratio x need), so this shows that need, terms and units are put together
 * here as they were there; it says nothing about the real panel. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read_table.h"
#include "tables.h"

static const char *source;

static const char formula[] =
    "net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66"
    " + non_western_immigrants + new_refugees + upper_secondary_completion"
    " + factor(year, ref = 2012)";
/* Terms of regression.csv in the order of the formula's columns. */
static const struct {
    const char *printed, *regressor;
} terms[] = {{"intercept", "(Intercept)"},
             {"disabled_18_49", "disabled_18_49"},
             {"urbanity", "I(population^1.2)"},
             {"clustering_index", "clustering_index"},
             {"population_16_66", "population_16_66"},
             {"non_western_immigrants", "non_western_immigrants"},
             {"new_refugees", "new_refugees"},
             {"upper_secondary_completion", "upper_secondary_completion"},
             {"year_2013", "year=2013"},
             {"year_2014", "year=2014"},
             {"year_2015", "year=2015"},
             {"year_2016", "year=2016"}};
enum { N_TERMS = sizeof terms / sizeof *terms };

static behov_read_kind choose(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "municipality_code") == 0 ? BEHOV_READ_AS_CODE : BEHOV_READ_AS_FOUND;
}

static behov_table *dataset(const char *name)
{
    char path[1000];
    snprintf(path, sizeof path, "%s/datasets/%s", source, name);
    behov_table *table = NULL;
    behov_error err;
    if (read_table(path, &(read_csv_options){.choose = choose}, &table, &err))
        fail_msg("%s: %s", err.where, err.what);
    return table;
}

/* The row of a text in a column of texts. */
static size_t row_of(const behov_table *table, const char *column, const char *text)
{
    size_t index = (size_t)behov_table_find(table, column);
    int32_t code = behov_dictionary_find(behov_table_levels(table, index), text, strlen(text));
    for (size_t row = 0; row < behov_table_n_rows(table); row++)
        if (behov_table_codes(table, index)[row] == code)
            return row;
    fail_msg("no row has %s = %s", column, text);
    return 0;
}

static void all_printed_ratios_come_back(void **state)
{
    (void)state;
    behov_table *panel_table = dataset("simulated/panel.csv"), *ratios = dataset("proba-2017-08/ratios.csv");
    behov_table *regression = dataset("proba-2017-08/regression.csv");
    behov_error err;
    behov_panel panel;
    assert_int_equal(behov_panel_identify(panel_table, NULL, &panel, &err), BEHOV_OK);
    estimation estimation;
    if (estimate_design(&estimation, panel_table, formula, (estimation_options){0}))
        fail_msg("%s: %s", estimation.err.where, estimation.err.what);
    assert_int_equal(behov_design_n_regressors(estimation.design), N_TERMS);
    double coefficients[N_TERMS];
    for (size_t k = 0; k < N_TERMS; k++) {
        assert_string_equal(behov_design_regressor(estimation.design, k), terms[k].regressor);
        coefficients[k] = table_numbers(regression, "coefficient")[row_of(regression, "term", terms[k].printed)];
    }
    behov_need *need = NULL;
    assert_int_equal(behov_need_new(estimation.design, &panel, coefficients,
                                    &(behov_need_options){.unit = BEHOV_UNIT_1000KR_PER_INHABITANT}, &need, &err),
                     BEHOV_OK);
    size_t n_compared = 0, n_wrong = 0;
    for (size_t row = 0; row < behov_table_n_rows(panel_table); row++) {
        char year[20];
        snprintf(year, sizeof year, "%d", behov_panel_year(&panel, row));
        size_t index = row_of(ratios, "municipality_code", behov_panel_code(&panel, row));
        double printed = table_numbers(ratios, year)[index], ratio = behov_need_ratio(need, row);
        if (isnan(printed)) {
            assert_true(isnan(ratio));
            continue;
        }
        n_compared++;
        if (!(floor(ratio + 0.5) == printed)) {
            n_wrong++;
            print_error("%s %s: ratio %.6f, printed %.0f\n", behov_panel_code(&panel, row), year, ratio, printed);
        }
    }
    assert_int_equal(n_wrong, 0);
    assert_int_equal(n_compared, 2120);
    behov_need_free(need);
    estimation_free(&estimation);
    behov_table_free(panel_table);
    behov_table_free(ratios);
    behov_table_free(regression);
}

int main(void)
{
    source = getenv("BEHOV_SOURCE");
    if (!source) {
        puts("skipped: BEHOV_SOURCE is not set");
        return 77;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_printed_ratios_come_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
