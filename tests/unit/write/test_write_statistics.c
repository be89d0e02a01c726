/* test_write_statistics.c - columns into files of Stata and SPSS, read again by our own reader: numbers to the last bit, odd
 * texts, labels that are too long. What other programs read of them is looked at by tests/cross/statistics_files.py. */
#include "write_statistics.h"

#include "files_read.h"
#include "read_table.h"

#include <behov/table.h>

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/behov-write-statistics-XXXXXX", path[80];

static const char *path_of(statistics_format format)
{
    static const char *const endings[] = {"dta", "sav", "zsav"};
    snprintf(path, sizeof path, "%s/panel.%s", folder, endings[format]);
    return path;
}

static behov_table *write_and_read(statistics_format format, const statistics_data *data)
{
    behov_error err = {.what = ""};
    behov_table *table = NULL;
    files_read_forget(); /* of the test before, whose file this one replaces */
    if (write_statistics(path_of(format), format, data, NULL, &err) ||
        read_table(path, &(read_csv_options){0}, &table, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_int_equal(behov_table_n_rows(table), data->n_rows);
    return table;
}

static void check_refused(statistics_format format, const statistics_data *data, behov_status code, const char *place,
                          const char *sentence)
{
    behov_error err = {.what = ""};
    remove(path_of(format));
    assert_int_equal(write_statistics(path, format, data, NULL, &err), code);
    if (!strstr(err.where, place) || !strstr(err.what, sentence))
        fail_msg("%s: %s", err.where, err.what);
    assert_int_not_equal(access(path, F_OK), 0); /* nothing is left */
}

static void numbers_are_kept_to_the_last_bit(void **state)
{
    (void)state;
    const double odd[] = {0.1, -0.0, 1.0 / 3, 5e-324, 1e307, -1e308, DBL_EPSILON, 2147483621.0, 123456789.125, -17},
                 whole[] = {2012, 0, -3, 2147483620, -2147483647, 1, 2, 3, 4, 5};
    const statistics_column columns[] = {{.name = "odd", .numbers = odd}, {.name = "whole", .numbers = whole}};
    const statistics_data data = {.title = "x", .columns = columns, .n_columns = 2, .n_rows = 10};
    for (int format = STATISTICS_DTA; format <= STATISTICS_ZSAV; format++) {
        behov_table *table = write_and_read((statistics_format)format, &data);
        for (size_t j = 0; j < 2; j++)
            for (size_t row = 0; row < 10; row++) {
                double got = behov_table_numbers(table, j)[row], want = columns[j].numbers[row];
                bool is_compressed_zero = format == STATISTICS_ZSAV && want == 0; /* whose sign SPSS does not keep */
                if (memcmp(&got, &want, sizeof got) != 0 && !(is_compressed_zero && got == 0))
                    fail_msg("format %d, column %zu, row %zu: %a, expected %a", format, j, row, got, want);
            }
        behov_table_free(table);
    }
}

static void missing_values_stay_what_they_are(void **state)
{
    (void)state;
    const double numbers[] = {1, behov_missing_number(BEHOV_MISSING_A), behov_missing_number(BEHOV_MISSING_Z),
                              behov_missing_number(BEHOV_MISSING_COLON), NAN};
    const char *const texts[] = {"a", NULL, "", "b", "c"};
    const statistics_column columns[] = {{.name = "number", .numbers = numbers}, {.name = "text", .texts = texts}};
    const statistics_data data = {.title = "", .columns = columns, .n_columns = 2, .n_rows = 5};
    behov_table *table = write_and_read(STATISTICS_DTA, &data);
    static const behov_missing stata[] = {BEHOV_PRESENT, BEHOV_MISSING_A, BEHOV_MISSING_Z, BEHOV_MISSING_DOT,
                                          BEHOV_MISSING_DOT};
    for (size_t row = 0; row < 5; row++)
        assert_int_equal(behov_table_missing(table, 0, row), stata[row]);
    assert_int_equal(behov_table_missing(table, 1, 1), BEHOV_MISSING_EMPTY);
    assert_int_equal(behov_table_missing(table, 1, 2), BEHOV_MISSING_EMPTY);
    behov_table_free(table);
    table = write_and_read(STATISTICS_ZSAV, &data);
    for (size_t row = 1; row < 5; row++)
        assert_int_equal(behov_table_missing(table, 0, row), BEHOV_MISSING_EMPTY);
    behov_table_free(table);
}

static void texts_of_all_kinds_come_back(void **state)
{
    (void)state;
    static char long_text[3001];
    memset(long_text, 'x', 3000);
    const char *const texts[] = {"Kárášjohka – Karasjok", "a \"quoted\" 'text' <b>&amp;</b> $x `y' \\ {{z}}", "0101",
                                 long_text};
    const statistics_column columns[] = {{.name = "text", .texts = texts}};
    const statistics_data data = {.title = "Ærø \"'", .columns = columns, .n_columns = 1, .n_rows = 4};
    for (int format = STATISTICS_DTA; format <= STATISTICS_ZSAV; format++) {
        behov_table *table = write_and_read((statistics_format)format, &data);
        for (size_t row = 0; row < 4; row++)
            assert_string_equal(behov_dictionary_text(behov_table_levels(table, 0), behov_table_codes(table, 0)[row]),
                                texts[row]);
        behov_table_free(table);
    }
}

static void long_labels_and_notes_are_no_failure(void **state)
{
    (void)state;
    char label[2001];
    for (size_t i = 0; i < 1000; i++)
        memcpy(label + 2 * i, "ø", 3);
    const double numbers[] = {0, 1};
    const statistics_value_label labels[] = {{0, label}, {1, "one"}};
    const statistics_column columns[] = {
        {.name = "number", .label = label, .numbers = numbers, .value_labels = labels, .n_value_labels = 2}};
    const char *const notes[] = {
        label, "a note of several words that is longer than the eighty bytes that SPSS takes in a line", ""};
    const statistics_data data = {
        .title = label, .notes = notes, .n_notes = 3, .columns = columns, .n_columns = 1, .n_rows = 2};
    for (int format = STATISTICS_DTA; format <= STATISTICS_ZSAV; format++)
        behov_table_free(write_and_read((statistics_format)format, &data));
}

static void what_the_program_would_take_for_missing_is_refused(void **state)
{
    (void)state;
    const double numbers[] = {1, 0x1.fffffffffffffp+1023}, infinite[] = {1, -INFINITY};
    statistics_column column = {.name = "number", .numbers = numbers};
    const statistics_data data = {.title = "x", .columns = &column, .n_columns = 1, .n_rows = 2};
    check_refused(STATISTICS_DTA, &data, BEHOV_E_RANGE, "panel.dta, row 2, column number", "too large");
    check_refused(STATISTICS_SAV, &data, BEHOV_E_RANGE, "panel.sav, row 2, column number", "too large");
    column.numbers = infinite;
    check_refused(STATISTICS_ZSAV, &data, BEHOV_E_RANGE, "row 2, column number", "too large");
    static char endless[40001];
    memset(endless, 'x', 40000);
    const char *const texts[] = {"a", endless};
    column = (statistics_column){.name = "text", .texts = texts};
    check_refused(STATISTICS_DTA, &data, BEHOV_E_DATA, "row 2, column text", "40000 bytes");
    column = (statistics_column){.name = "no name", .numbers = (const double[]){1, 2}};
    check_refused(STATISTICS_DTA, &data, BEHOV_E_NAME, "panel.dta", "cannot be written");
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    for (int format = STATISTICS_DTA; format <= STATISTICS_ZSAV; format++)
        remove(path_of((statistics_format)format));
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_kept_to_the_last_bit),
        cmocka_unit_test(missing_values_stay_what_they_are),
        cmocka_unit_test(texts_of_all_kinds_come_back),
        cmocka_unit_test(long_labels_and_notes_are_no_failure),
        cmocka_unit_test(what_the_program_would_take_for_missing_is_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
