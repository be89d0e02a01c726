/* test_report.c - result tables: order of rows, empty cells, what is refused, no memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <behov/report.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "failing_malloc.h"

static behov_error err;

static behov_dictionary *make_names(int32_t codes[3])
{
    behov_dictionary *names;
    assert_int_equal(behov_dictionary_new(&names, &err), BEHOV_OK);
    assert_int_equal(behov_dictionary_intern(names, "Bokn", 4, &codes[0], &err), BEHOV_OK);
    assert_int_equal(behov_dictionary_intern(names, "Ås", 3, &codes[1], &err), BEHOV_OK);
    codes[2] = -1;
    return names;
}

static void rows_pick_and_order(void **state)
{
    (void)state;
    int32_t codes[3];
    behov_dictionary *names = make_names(codes);
    double ratios[3] = {90, NAN, 110};
    uint32_t rows[3] = {2, 0, 1};
    behov_report *report;
    assert_int_equal(behov_report_new("ratios", 3, rows, &report, &err), BEHOV_OK);
    rows[0] = 0; /* was copied */
    assert_int_equal(
        behov_report_add_codes(report, (behov_report_column){"municipality", NULL, BEHOV_Q_TEXT}, codes, names, &err),
        BEHOV_OK);
    assert_int_equal(behov_report_add_numbers(report, (behov_report_column){"ratio_pct", "Forhold", BEHOV_Q_RATIO},
                                              ratios, false, &err),
                     BEHOV_OK);
    assert_int_equal(behov_report_add_texts(report, (behov_report_column){"reason", NULL, BEHOV_Q_TEXT}, &err),
                     BEHOV_OK);
    assert_int_equal(behov_report_set_text(report, 2, 1, "first", &err), BEHOV_OK);
    assert_int_equal(behov_report_set_text(report, 2, 1, "second", &err), BEHOV_OK);
    assert_string_equal(behov_report_key(report), "ratios");
    assert_int_equal(behov_report_n_rows(report), 3);
    assert_int_equal(behov_report_n_columns(report), 3);
    assert_true(behov_report_is_text(report, 0));
    assert_false(behov_report_is_text(report, 1));
    assert_true(behov_report_is_text(report, 2));
    assert_true(behov_report_number(report, 1, 0) == 110);
    assert_true(behov_report_number(report, 1, 1) == 90);
    assert_true(isnan(behov_report_number(report, 1, 2)));
    assert_true(isnan(behov_report_number(report, 0, 0)));
    assert_string_equal(behov_report_text(report, 0, 0), "");
    assert_string_equal(behov_report_text(report, 0, 1), "Bokn");
    assert_string_equal(behov_report_text(report, 0, 2), "Ås");
    assert_string_equal(behov_report_text(report, 1, 0), "");
    assert_string_equal(behov_report_text(report, 2, 2), "second");
    assert_string_equal(behov_report_text(report, 2, 0), "");
    behov_report_column described = behov_report_column_at(report, 1);
    assert_string_equal(described.key, "ratio_pct");
    assert_string_equal(described.label, "Forhold");
    assert_int_equal(described.quantity, BEHOV_Q_RATIO);
    assert_null(behov_report_column_at(report, 0).label);
    behov_report_free(report);
    behov_dictionary_free(names);
}

static void rows_may_measure_something_of_their_own(void **state)
{
    (void)state;
    double numbers[3] = {0.276, 0.035, 1935};
    uint32_t rows[3] = {2, 0, 1};
    behov_report *report;
    assert_int_equal(behov_report_new("models", 3, rows, &report, &err), BEHOV_OK);
    assert_int_equal(behov_report_add_texts(report, (behov_report_column){"term", NULL, BEHOV_Q_TEXT}, &err), BEHOV_OK);
    assert_int_equal(
        behov_report_add_numbers(report, (behov_report_column){"a", NULL, BEHOV_Q_COEFFICIENT}, numbers, false, &err),
        BEHOV_OK);
    assert_false(behov_report_has_row_quantities(report));
    assert_int_equal(behov_report_quantity_at(report, 1, 0), BEHOV_Q_COEFFICIENT);
    assert_int_equal(behov_report_set_quantity(report, 2, BEHOV_Q_COUNT, &err), BEHOV_OK);
    assert_int_equal(behov_report_set_quantity(report, 1, BEHOV_Q_ERROR_BENEATH, &err), BEHOV_OK);
    assert_true(behov_report_has_row_quantities(report));
    assert_int_equal(behov_report_quantity_at(report, 1, 0), BEHOV_Q_COUNT); /* shown first, stored third */
    assert_int_equal(behov_report_quantity_at(report, 1, 1), BEHOV_Q_COEFFICIENT);
    assert_int_equal(behov_report_quantity_at(report, 1, 2), BEHOV_Q_ERROR_BENEATH);
    assert_int_equal(behov_report_quantity_at(report, 0, 0), BEHOV_Q_TEXT);
    assert_false(behov_report_is_strong(report, 0, 0));
    assert_int_equal(behov_report_set_strong(report, 0, 2, &err), BEHOV_OK);
    assert_true(behov_report_is_strong(report, 0, 0));
    assert_false(behov_report_is_strong(report, 0, 1));
    assert_false(behov_report_is_strong(report, 1, 0));
    assert_int_equal(behov_report_set_words(report, 1, 1, "CV1", &err), BEHOV_OK);
    assert_string_equal(behov_report_text(report, 1, 2), "CV1");
    assert_true(isnan(behov_report_number(report, 1, 2)));
    assert_true(behov_report_number(report, 1, 0) == 1935);
    assert_string_equal(behov_report_text(report, 1, 0), "");
    assert_int_equal(behov_report_set_words(report, 0, 1, "CV1", &err), BEHOV_E_TYPE);
    assert_int_equal(behov_report_set_words(report, 1, 3, "CV1", &err), BEHOV_E_ARGUMENT);
    assert_int_equal(behov_report_set_quantity(report, 3, BEHOV_Q_COUNT, &err), BEHOV_E_ARGUMENT);
    assert_int_equal(behov_report_set_strong(report, 2, 0, &err), BEHOV_E_ARGUMENT);
    behov_report_free(report);
}

static double tens(const void *source, size_t row)
{
    return row == 1 ? NAN : *(const double *)source * (double)row;
}

static const char *word_of_row(const void *source, size_t row)
{
    return ((const char *const *)source)[row];
}

static int n_released;

static void release(void *source)
{
    n_released++;
    free(source);
}

static void figures_may_be_computed_and_texts_found(void **state)
{
    (void)state;
    const double ten = 10;
    const uint32_t rows[3] = {2, 0, 1};
    const char **words = malloc(3 * sizeof *words);
    assert_non_null(words);
    words[0] = "", words[1] = "Ås", words[2] = "Bokn";
    behov_report *report;
    assert_int_equal(behov_report_new("data", 3, rows, &report, &err), BEHOV_OK);
    assert_int_equal(
        behov_report_add_computed(report, (behov_report_column){"tens", NULL, BEHOV_Q_VALUE}, tens, &ten, &err),
        BEHOV_OK);
    n_released = 0;
    assert_int_equal(behov_report_add_found_texts(report, (behov_report_column){"tens", NULL, BEHOV_Q_TEXT},
                                                  word_of_row, words, release, &err),
                     BEHOV_E_NAME);
    assert_int_equal(n_released, 0); /* it was not taken */
    assert_int_equal(behov_report_add_found_texts(report, (behov_report_column){"note", NULL, BEHOV_Q_TEXT},
                                                  word_of_row, words, release, &err),
                     BEHOV_OK);
    assert_false(behov_report_is_text(report, 0));
    assert_true(behov_report_is_text(report, 1));
    assert_true(behov_report_number(report, 0, 0) == 20 && behov_report_number(report, 0, 1) == 0);
    assert_true(isnan(behov_report_number(report, 0, 2)) && isnan(behov_report_number(report, 0, 3)));
    assert_true(isnan(behov_report_number(report, 1, 0)));
    assert_string_equal(behov_report_text(report, 1, 0), "Bokn");
    assert_string_equal(behov_report_text(report, 1, 1), "");
    assert_string_equal(behov_report_text(report, 1, 2), "Ås");
    assert_string_equal(behov_report_text(report, 1, 3), "");
    assert_string_equal(behov_report_text(report, 0, 0), "");
    assert_int_equal(behov_report_set_words(report, 0, 2, "none", &err), BEHOV_OK);
    assert_string_equal(behov_report_text(report, 0, 0), "none");
    assert_true(isnan(behov_report_number(report, 0, 0)));
    assert_int_equal(behov_report_set_text(report, 1, 0, "other", &err), BEHOV_E_TYPE);
    behov_report_storage storage = behov_report_storage_of(report, 0);
    assert_true(!storage.numbers && !storage.text && storage.figure(storage.source, 2) == 20 && storage.texts[2]);
    storage = behov_report_storage_of(report, 1);
    assert_true(!storage.texts && !storage.figure && storage.text(storage.source, 1) == words[1]);
    behov_report_free(report);
    assert_int_equal(n_released, 1);
}

static void storage_may_be_longer_than_the_report(void **state)
{
    (void)state;
    uint32_t rows[2] = {7, 7}; /* one storage row shown twice */
    behov_report *report;
    assert_int_equal(behov_report_new("data", 2, rows, &report, &err), BEHOV_OK);
    assert_int_equal(behov_report_add_texts(report, (behov_report_column){"reason", NULL, BEHOV_Q_TEXT}, &err),
                     BEHOV_OK);
    assert_int_equal(behov_report_set_text(report, 0, 7, "x", &err), BEHOV_OK);
    assert_int_equal(behov_report_set_text(report, 0, 8, "x", &err), BEHOV_E_ARGUMENT);
    assert_string_equal(behov_report_text(report, 0, 0), "x");
    assert_string_equal(behov_report_text(report, 0, 1), "x");
    behov_report_free(report);
    assert_int_equal(behov_report_new("empty", 0, NULL, &report, &err), BEHOV_OK);
    assert_int_equal(behov_report_add_texts(report, (behov_report_column){"reason", NULL, BEHOV_Q_TEXT}, &err),
                     BEHOV_OK);
    behov_report_free(report);
    behov_report_free(NULL);
}

static void wrong_calls_are_refused(void **state)
{
    (void)state;
    behov_report *report;
    assert_int_equal(behov_report_new("", 1, NULL, &report, &err), BEHOV_E_ARGUMENT);
    assert_int_equal(behov_report_new("data", 1, NULL, &report, &err), BEHOV_OK);
    double value[1] = {1};
    assert_int_equal(
        behov_report_add_numbers(report, (behov_report_column){"", NULL, BEHOV_Q_VALUE}, value, false, &err),
        BEHOV_E_NAME);
    assert_int_equal(
        behov_report_add_numbers(report, (behov_report_column){"a", NULL, BEHOV_Q_VALUE}, value, false, &err),
        BEHOV_OK);
    assert_int_equal(behov_report_add_texts(report, (behov_report_column){"a", NULL, BEHOV_Q_TEXT}, &err),
                     BEHOV_E_NAME);
    assert_non_null(strstr(err.what, "\"a\""));
    assert_int_equal(behov_report_set_text(report, 0, 0, "x", &err), BEHOV_E_TYPE);
    assert_int_equal(behov_report_n_columns(report), 1);
    behov_report_free(report);
}

static behov_status build(void)
{
    static const uint32_t rows[2] = {1, 0};
    behov_report *report;
    behov_status status = behov_report_new("data", 2, rows, &report, &err);
    if (status)
        return status;
    double *values = calloc(2, sizeof *values);
    status = values
                 ? behov_report_add_numbers(report, (behov_report_column){"a", "A", BEHOV_Q_VALUE}, values, true, &err)
                 : BEHOV_E_MEMORY;
    if (status)
        free(values); /* not taken */
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"b", NULL, BEHOV_Q_TEXT}, &err);
    if (!status)
        status = behov_report_set_text(report, 1, 1, "text", &err);
    behov_report_free(report);
    return status;
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        failing_malloc_start(n);
        behov_status status = build();
        if (!failing_malloc_stop()) {
            assert_int_equal(status, BEHOV_OK);
            assert_true(n > 5);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_pick_and_order),
        cmocka_unit_test(rows_may_measure_something_of_their_own),
        cmocka_unit_test(figures_may_be_computed_and_texts_found),
        cmocka_unit_test(storage_may_be_longer_than_the_report),
        cmocka_unit_test(wrong_calls_are_refused),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
