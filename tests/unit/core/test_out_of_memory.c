/* test_out_of_memory.c - the whole way from a formula to a report, with the n-th allocation failing for every n.
 *
 * Each failure is BEHOV_E_MEMORY with a sentence, leaves the outputs alone and frees its own work; that nothing leaks
 * is seen under valgrind or the address sanitizer. GSL's own allocations are not reached (failing_malloc.h). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "failing_malloc.h"
#include "tables.h"

enum { ROWS = 24, REGRESSORS_MAX = 12 };

typedef struct variant {
    const char *formula, *cluster, *exclude;
    behov_vcov_kind kind;
    behov_fit_options fit;
    const char *absorb;
} variant;

static const variant variants[] = {
    {"y ~ x + I(x^2) + factor(year, ref = 2012) + factor(county)",
     "population",
     "code == \"0003\"",
     BEHOV_VCOV_CV1,
     {0},
     NULL},
    {"y ~ x*factor(county) + log(population)", "county", NULL, BEHOV_VCOV_CV0, {.double_only = true}, NULL},
    {"y ~ x + twice", NULL, "x > 1000", BEHOV_VCOV_HC1, {.drop_collinear = true}, NULL},
    {"y ~ x + twice", "population > 500", NULL, BEHOV_VCOV_CV1, {.double_only = true, .drop_collinear = true}, NULL},
    {"y ~ x - 1", NULL, NULL, BEHOV_VCOV_CLASSICAL, {0}, NULL},
    {"y ~ x + factor(year)", "code", NULL, BEHOV_VCOV_CV1, {0}, "code"},
    {"y ~ x + twice", "innbyggere > 900", NULL, BEHOV_VCOV_CV3, {.drop_collinear = true}, "innbyggere > 900"},
};

static behov_status add_numbers(behov_table *table, const char *name, double (*value)(size_t row), behov_error *err)
{
    double *values = calloc(ROWS, sizeof *values);
    if (!values)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "the test's own column");
    for (size_t row = 0; row < ROWS; row++)
        values[row] = value(row);
    behov_status status = behov_table_add_numbers(table, name, values, err);
    if (status)
        free(values);
    return status;
}

static behov_status add_texts(behov_table *table, const char *name, const char *(*text)(size_t row), behov_error *err)
{
    behov_dictionary *levels = NULL;
    behov_status status = behov_dictionary_new(&levels, err);
    int32_t *codes = calloc(ROWS, sizeof *codes);
    if (!codes)
        status = behov_error_set(err, BEHOV_E_MEMORY, "", "the test's own column");
    for (size_t row = 0; row < ROWS && !status; row++)
        status = behov_dictionary_intern(levels, text(row), strlen(text(row)), &codes[row], err);
    if (!status)
        status = behov_table_add_text(table, name, codes, levels, err);
    if (status) {
        free(codes);
        behov_dictionary_free(levels);
    }
    return status;
}

static double y_of(size_t row)
{
    return row == 5 ? behov_missing_number(BEHOV_MISSING_DOT) : 1 + (double)(row * row % 7);
}
static double x_of(size_t row)
{
    return row == 9 ? behov_missing_number(BEHOV_MISSING_NA) : (double)(row * 5 % 11);
}
static double twice_of(size_t row)
{
    return 2 * x_of(row);
}
static double year_of(size_t row)
{
    return 2012 + (double)(row % 4);
}
static double population_of(size_t row)
{
    return 100 + (double)(row / 2) * 77;
}
static const char *code_of(size_t row)
{
    static const char *const codes[] = {"0001", "0002", "0003", "0004", "0005", "0006"};
    return codes[row / 4];
}
static const char *county_of(size_t row)
{
    static const char *const counties[] = {"Troms", "Oppland", "Østfold"};
    return counties[row % 3];
}

typedef struct chain {
    behov_table *table;
    behov_panel panel;
    behov_formula *formula;
    behov_expression *exclude;
    behov_design *design;
    behov_clusters *clusters;
    behov_factors *factors;
    behov_fit *fit;
    behov_vcov *vcov;
    behov_need *need;
    behov_report *report;
} chain;

static double need_figure(const void *need, size_t row)
{
    return behov_need_need(need, row);
}

static behov_status make_report(chain *chain, behov_error *err)
{
    static const uint32_t rows[3] = {2, 0, 7};
    behov_status status = behov_report_new("data", 3, rows, &chain->report, err);
    if (!status)
        status = behov_report_add_computed(chain->report, (behov_report_column){"need", NULL, BEHOV_Q_OUTCOME},
                                           need_figure, chain->need, err);
    double *taken_values = NULL;
    if (!status && !(taken_values = calloc(ROWS, sizeof *taken_values)))
        status = behov_error_set(err, BEHOV_E_MEMORY, "", "the test's own column");
    if (!status) {
        status = behov_report_add_numbers(chain->report, (behov_report_column){"zeros", "Zeros", BEHOV_Q_VALUE},
                                          taken_values, true, err);
        if (status)
            free(taken_values);
    }
    size_t county = (size_t)behov_table_find(chain->table, "county");
    if (!status)
        status = behov_report_add_codes(chain->report, (behov_report_column){"county", NULL, BEHOV_Q_TEXT},
                                        behov_table_codes(chain->table, county),
                                        behov_table_levels(chain->table, county), err);
    if (!status)
        status = behov_report_add_texts(chain->report, (behov_report_column){"note", NULL, BEHOV_Q_TEXT}, err);
    if (!status)
        status = behov_report_set_text(chain->report, 3, 0, "need at or below 0", err);
    return status;
}

static behov_status run(chain *chain, const variant *how, behov_error *err)
{
    behov_status status = behov_table_new(ROWS, "memory.csv", &chain->table, err);
    if (!status)
        status = add_numbers(chain->table, "y", y_of, err);
    if (!status)
        status = add_numbers(chain->table, "x", x_of, err);
    if (!status)
        status = add_numbers(chain->table, "twice", twice_of, err);
    if (!status)
        status = add_numbers(chain->table, "year", year_of, err);
    if (!status)
        status = add_numbers(chain->table, "innbyggere", population_of, err);
    if (!status)
        status = add_texts(chain->table, "code", code_of, err);
    if (!status)
        status = add_texts(chain->table, "county", county_of, err);
    const char *names[BEHOV_N_ROLES] = {[BEHOV_ROLE_CODE] = "code"};
    if (!status)
        status = behov_panel_identify(chain->table, names, &chain->panel, err);
    if (!status)
        status = behov_formula_parse(how->formula, &chain->formula, err);
    if (!status && how->exclude)
        status = behov_expression_parse(how->exclude, strlen(how->exclude), "--exclude", &chain->exclude, err);
    if (!status && chain->exclude)
        status = behov_expression_bind(chain->exclude, chain->table, err);
    behov_design_options options = {.exclude = chain->exclude,
                                    .cluster_keys = &how->cluster,
                                    .n_cluster_keys = how->cluster ? 1 : 0,
                                    .absorb = how->absorb};
    if (!status)
        status = behov_design_new(chain->formula, chain->table, &options, &chain->design, err);
    size_t n_rows = 0;
    const uint32_t *rows = status ? NULL : behov_design_estimated(chain->design, &n_rows);
    if (!status && how->cluster)
        status = behov_clusters_new(chain->table, how->cluster, rows, n_rows, &chain->clusters, err);
    if (!status)
        status = behov_factors_new(chain->design, chain->clusters, &chain->factors, err);
    if (!status)
        status = behov_fit_new(chain->design, chain->factors, &how->fit, &chain->fit, err);
    if (!status) /* the fit has what it needs: merging does not change it */
        status = behov_factors_merge(chain->factors, chain->factors, err);
    if (!status)
        status = behov_vcov_new(chain->fit, chain->design, chain->clusters, how->kind, &chain->vcov, err);
    behov_coefficient coefficients[REGRESSORS_MAX];
    if (!status)
        status = behov_inference(chain->fit, chain->vcov, NULL, coefficients, err);
    double f, fitted[ROWS], residuals[ROWS];
    uint32_t room[ROWS];
    size_t q;
    if (!status)
        status = behov_vcov_model_f(chain->vcov, chain->fit, &f, &q, &(double){0}, err);
    if (how->absorb) /* no need and no ratio then */
        return status;
    if (!status)
        status = behov_fit_predict(chain->fit, chain->design, behov_rows_block(rows, 0, n_rows, room), n_rows, fitted,
                                   residuals, err);
    if (!status)
        status =
            behov_need_new(chain->design, &chain->panel, behov_fit_coefficients(chain->fit), NULL, &chain->need, err);
    return status ? status : make_report(chain, err);
}

static void free_chain(chain *chain)
{
    behov_report_free(chain->report);
    behov_need_free(chain->need);
    behov_vcov_free(chain->vcov);
    behov_fit_free(chain->fit);
    behov_factors_free(chain->factors);
    behov_clusters_free(chain->clusters);
    behov_design_free(chain->design);
    behov_expression_free(chain->exclude);
    behov_formula_free(chain->formula);
    behov_table_free(chain->table);
}

static void every_failing_allocation_is_told(void **state)
{
    (void)state;
    size_t n_wrong = 0;
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        size_t n = 1;
        for (;; n++) {
            chain chain;
            memset(&chain, 0, sizeof chain);
            behov_error err = {0};
            failing_malloc_start(n);
            behov_status status = run(&chain, &variants[i], n % 2 ? &err : NULL); /* without an error to fill, too */
            bool was_reached = failing_malloc_stop();
            free_chain(&chain);
            if (!was_reached) {
                if (status)
                    fail_msg("%s: %s", variants[i].formula, err.what);
                break;
            }
            if (status != BEHOV_E_MEMORY) {
                print_error("%s: allocation %lu failed, the status is %s\n", variants[i].formula, (unsigned long)n,
                            status ? behov_status_name(status) : "OK");
                n_wrong++;
            } else if (n % 2 && (err.code != BEHOV_E_MEMORY || strlen(err.what) < 10)) {
                print_error("%s: allocation %lu failed without a sentence\n", variants[i].formula, (unsigned long)n);
                n_wrong++;
            }
        }
        print_message("%s: %lu allocations\n", variants[i].formula, (unsigned long)n - 1);
        assert_true(n > 30); /* it did walk */
    }
    assert_int_equal(n_wrong, 0);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_failing_allocation_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
