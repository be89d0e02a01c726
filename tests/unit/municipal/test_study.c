/* test_study.c - a study from arrays: no file, no command line, no page. What it finds, whom it leaves out, what it
 * tells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/estimation.h>
#include "failing_malloc.h"
#include <behov/left_out.h>
#include <behov/study_findings.h>

enum { N_CODES = 4, N_YEARS = 3, N_ROWS = N_CODES * N_YEARS };

static const char *const codes[N_CODES] = {"1103", "0301", "0104", "0101"};
static behov_error err;

/* A column of numbers, by row; NULL without memory. */
static behov_status add_numbers(behov_table *table, const char *name, double (*value)(size_t row))
{
    double *values = malloc(N_ROWS * sizeof *values);
    if (!values)
        return BEHOV_E_MEMORY;
    for (size_t row = 0; row < N_ROWS; row++)
        values[row] = value(row);
    behov_status status = behov_table_add_numbers(table, name, values, &err);
    if (status)
        free(values);
    return status;
}

static double year(size_t row)
{
    return 2018 + (double)(row / N_CODES);
}

static double regressor(size_t row)
{
    return (double)(row * row % 7) + 1;
}

static double outcome(size_t row)
{
    return 10 + 2 * regressor(row) + (double)(row * 5 % 3);
}

static behov_status add_codes(behov_table *table)
{
    behov_dictionary *levels = NULL;
    int32_t *positions = malloc(N_ROWS * sizeof *positions);
    behov_status status = positions ? behov_dictionary_new(&levels, &err) : BEHOV_E_MEMORY;
    for (size_t row = 0; row < N_ROWS && !status; row++)
        status = behov_dictionary_intern(levels, codes[row % N_CODES], 4, &positions[row], &err);
    if (!status)
        status = behov_table_add_text(table, "municipality_code", positions, levels, &err);
    if (status) {
        free(positions);
        behov_dictionary_free(levels);
    }
    return status;
}

static behov_status open_study(const char *formula, const char *exclude, behov_study *study)
{
    behov_table *table = NULL;
    behov_panel_request request = {.study = study};
    *study = (behov_study){0};
    behov_status status = behov_study_set_model(
        study, &(behov_model_request){.formula = formula, .exclude = exclude, .exclude_origin = "exclude"}, &err);
    if (!status)
        status = behov_panel_request_prepare(&request, &err);
    if (!status)
        status = behov_table_new(N_ROWS, "arrays", &table, &err);
    if (!status)
        status = add_codes(table);
    if (!status)
        status = add_numbers(table, "year", year);
    if (!status)
        status = add_numbers(table, "x", regressor);
    if (!status)
        status = add_numbers(table, "y", outcome);
    if (status)
        behov_table_free(table);
    else
        status = behov_study_set_table(study, &request, table, &err);
    behov_panel_request_free(&request);
    return status;
}

typedef struct heard {
    size_t n;
    char text[300];
} heard;

static void hear(void *context, const char *message)
{
    heard *heard = context;
    heard->n++;
    snprintf(heard->text, sizeof heard->text, "%s", message);
}

static void whom_a_condition_leaves_out(void **state)
{
    (void)state;
    const behov_fit_choices choices = {.kind = BEHOV_VCOV_CLASSICAL, .level = 0.95};
    const behov_municipality oslo = {.code = "0301", .name = ""}, halden = {.code = "0101", .name = ""},
                             nobody = {.code = "9999", .name = ""};
    const behov_municipality places[] = {halden, oslo};
    behov_study study;
    behov_estimation estimation = {0};
    behov_fit_results fit_results;
    heard heard = {0};
    size_t *rows, n_rows;
    assert_int_equal(open_study("y ~ x", "municipality_code == \"0301\" || year < 2019", &study), BEHOV_OK);
    study.notice = (behov_notice){hear, &heard};
    assert_int_equal(behov_estimation_results(&study, &choices, &estimation, &fit_results, &err), BEHOV_OK);
    assert_int_equal(behov_left_out_rows(&fit_results, &rows, &n_rows, &err), BEHOV_OK);
    assert_int_equal(n_rows, 1);
    assert_int_equal(rows[0], 1);
    free(rows);
    assert_true(behov_left_out_is(&fit_results, &oslo));
    assert_false(behov_left_out_is(&fit_results, &halden));
    assert_false(behov_left_out_is(&fit_results, &nobody));
    assert_int_equal(behov_left_out_refuse(&fit_results, &oslo, "here", &err), BEHOV_E_DATA);
    assert_string_equal(err.where, "here");
    assert_non_null(strstr(err.what, "0301 is left out by "));
    assert_int_equal(behov_left_out_refuse(&fit_results, &halden, "here", &err), BEHOV_OK);
    assert_int_equal(behov_left_out_refuse_all(&fit_results, places, (const size_t[]){0, 1}, 2, "list", &err),
                     BEHOV_OK);
    assert_int_equal(heard.n, 1);
    assert_non_null(strstr(heard.text, "list: 0301 is left out by "));
    assert_int_equal(behov_left_out_refuse_all(&fit_results, places, (const size_t[]){1}, 1, "list", &err),
                     BEHOV_E_DATA);
    assert_int_equal(behov_left_out_refuse_all(&fit_results, places, NULL, 0, "list", &err), BEHOV_OK);
    assert_int_equal(heard.n, 1);
    behov_estimation_free(&estimation);
    behov_study_close(&study);
}

static void columns_that_the_panel_lacks(void **state)
{
    (void)state;
    behov_study study;
    const char *names[BEHOV_LACKING_COLUMNS];
    assert_int_equal(open_study("y ~ x + gone + log(gone) + x:away", NULL, &study), BEHOV_OK);
    assert_int_equal(behov_findings_lacking_columns(&study, names), 2);
    assert_string_equal(names[0], "gone");
    assert_string_equal(names[1], "away");
    size_t n_errors = behov_plausibility_count(study.plausibility, BEHOV_ODD_MODEL, BEHOV_ERROR);
    assert_int_equal(n_errors, 0);
    assert_int_equal(behov_findings_add_model(&study, &err), BEHOV_OK);
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study.plausibility, &n);
    const behov_oddity *last = &findings[n - 1];
    assert_int_equal(last->kind, BEHOV_ODD_MODEL);
    assert_int_equal(last->count, 2);
    assert_false(behov_finding_is_allowed(&study, last));
    assert_int_equal(behov_finding_line(&study, last), 0);
    assert_string_equal(behov_finding_code(&study, last), "");
    assert_string_equal(behov_finding_kind_word(last->kind), "model");
    assert_string_equal(behov_finding_severity_name(last->severity), "error");
    behov_study_close(&study);
}

/* More names than there is room for are counted all the same. */
static void more_columns_than_are_named(void **state)
{
    (void)state;
    enum { N_GONE = BEHOV_LACKING_COLUMNS + 9 };
    char formula[20 * N_GONE] = "y ~ x";
    for (int i = 0; i < N_GONE; i++)
        snprintf(formula + strlen(formula), sizeof formula - strlen(formula), " + gone_%d", i);
    behov_study study;
    const char *names[BEHOV_LACKING_COLUMNS];
    assert_int_equal(open_study(formula, NULL, &study), BEHOV_OK);
    assert_int_equal(behov_findings_lacking_columns(&study, names), N_GONE);
    assert_string_equal(names[BEHOV_LACKING_COLUMNS - 1], "gone_127");
    behov_study_close(&study);
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        behov_study study;
        failing_malloc_start(n);
        behov_status status = open_study("y ~ x + factor(year)", "municipality_code == \"0301\"", &study);
        if (!status)
            status = behov_study_add_caution(&study, "a sentence", &err);
        bool was_reached = failing_malloc_stop();
        behov_study_close(&study);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whom_a_condition_leaves_out), cmocka_unit_test(columns_that_the_panel_lacks),
        cmocka_unit_test(more_columns_than_are_named), cmocka_unit_test(memory_may_end_anywhere)};
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
