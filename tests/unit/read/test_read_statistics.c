/* test_read_statistics.c - files of Stata and SPSS into a table. Those that are read were written by haven 2.5, foreign and
 * pandas 1.5 and lie in tests/fuzz/corpus/statistics (tests/fuzz/README.md). */
#include "read_table.h"

#include <behov/table.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char notices[8192], path[300];

static void take_notice(void *context, const char *message)
{
    (void)context;
    char english[2048];
    behov_phrase_english(message, sizeof english, english);
    size_t length = strlen(notices);
    snprintf(notices + length, sizeof notices - length, "%s\n", english);
}

static const char *corpus(const char *name)
{
    const char *source = getenv("BEHOV_SOURCE");
    snprintf(path, sizeof path, "%s/tests/fuzz/corpus/statistics/%s", source ? source : ".", name);
    return path;
}

static behov_table *read_corpus(const char *name, read_csv_options options)
{
    notices[0] = '\0';
    options.notice = take_notice;
    behov_table *table = NULL;
    behov_error err = {.what = ""};
    if (read_table(corpus(name), &options, &table, &err) != BEHOV_OK)
        fail_msg("%s: %s", err.where, err.what);
    return table;
}

static size_t column_of(const behov_table *table, const char *name)
{
    ptrdiff_t column = behov_table_find(table, name);
    if (column < 0)
        fail_msg("there is no column \"%s\"", name);
    return (size_t)column;
}

static void check_number(const behov_table *table, const char *name, size_t row, double want)
{
    const double *numbers = behov_table_numbers(table, column_of(table, name));
    assert_non_null(numbers);
    if (memcmp(&numbers[row], &want, sizeof want) != 0)
        fail_msg("%s, row %zu: %.17g, expected %.17g", name, row, numbers[row], want);
}

static void check_text(const behov_table *table, const char *name, size_t row, const char *want)
{
    size_t column = column_of(table, name);
    assert_int_equal(behov_table_kind(table, column), BEHOV_COLUMN_TEXT);
    int32_t code = behov_table_codes(table, column)[row];
    assert_true(code >= 0);
    assert_string_equal(behov_dictionary_text(behov_table_levels(table, column), code), want);
}

static void check_missing(const behov_table *table, const char *name, size_t row, const char *want)
{
    char english[80];
    behov_phrase_english(behov_missing_text(behov_table_missing(table, column_of(table, name), row)), sizeof english,
                         english);
    assert_string_equal(english, want);
}

static behov_read_kind choose(void *context, const char *name)
{
    (void)context;
    return strstr(name, "municipality_code") || strcmp(name, "code") == 0   ? BEHOV_READ_AS_CODE
           : strcmp(name, "municipality") == 0 || strcmp(name, "name") == 0 ? BEHOV_READ_AS_TEXT
           : strcmp(name, "year") == 0                                      ? BEHOV_READ_AS_NUMBER
           : strcmp(name, "when") == 0                                      ? BEHOV_READ_AS_NUMBER
           : strcmp(name, "spend") == 0                                     ? BEHOV_READ_AS_BOTH
                                                                            : BEHOV_READ_AS_FOUND;
}

static void stata_files_of_all_versions_are_read(void **state)
{
    (void)state;
    static const char *const files[] = {"haven8.dta",  "haven10.dta", "haven12.dta",
                                        "haven13.dta", "haven14.dta", "haven15.dta"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        behov_table *table = read_corpus(files[i], (read_csv_options){.choose = choose});
        assert_int_equal(behov_table_n_rows(table), 3);
        check_text(table, "municipality_code", 1, "0301");
        check_text(table, "municipality", 1, "Tromsø – Romsa");
        check_text(table, "municipality", 2, "Kárášjohka");
        check_number(table, "year", 0, 2012);
        check_missing(table, "spend", 2, ".");
        check_number(table, "spend", 0, 0.1);
        check_number(table, "spend", 1, -2.5);
        check_number(table, "kind", 1, 2); /* coded: its numbers, for nobody asked for text */
        check_missing(table, "tagged", 0, ".a");
        check_missing(table, "tagged", 2, ".z");
        check_number(table, "tagged", 1, 1);
        char where[BEHOV_PLACE_SIZE], english[200];
        behov_table_where(table, 2, -1, where);
        behov_phrase_english(where, sizeof english, english);
        assert_non_null(strstr(english, ", row 3"));
        assert_true((strstr(notices, "read as UTF-8") != NULL) == (i < 4)); /* below 14 the file does not say so */
        behov_table_free(table);
    }
}

static void spss_files_are_read_compressed_or_not(void **state)
{
    (void)state;
    static const char *const files[] = {"haven.sav", "haven_none.sav", "haven.zsav"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        behov_table *table = read_corpus(files[i], (read_csv_options){.choose = choose});
        check_text(table, "municipality_code", 0, "0101");
        check_text(table, "municipality", 2, "Kárášjohka");
        check_missing(table, "spend", 2, "empty");
        check_number(table, "spend", 0, 0.1);
        check_number(table, "uu", 0, 1);
        check_missing(table, "uu", 1, "declared missing");
        check_missing(table, "rr", 1, "declared missing"); /* a range */
        check_number(table, "rr", 2, 3);
        size_t column = column_of(table, "langnavn_med_mange_bokstaver");
        const char *text = behov_dictionary_text(behov_table_levels(table, column), 0);
        assert_int_equal(strlen(text), 400); /* a string of more than 255 bytes */
        assert_string_equal(text + 398, "æ");
        assert_string_equal(notices, "");
        behov_table_free(table);
    }
}

static void bytes_in_either_order_are_the_same_numbers(void **state)
{
    (void)state;
    static const char *const files[] = {"pandas114b.dta", "pandas114l.dta", "pandas117b.dta", "pandas117l.dta",
                                        "pandas118b.dta", "pandas118l.dta", "pandas119b.dta", "pandas119l.dta"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        behov_table *table = read_corpus(files[i], (read_csv_options){.choose = choose});
        check_text(table, "code", 2, "1103");
        check_text(table, "name", 1, "Tromsø"); /* value labels of a category, in Windows-1252 below 118 */
        check_text(table, "name", 2, "Ås");
        check_number(table, "year", 1, 2013);
        check_number(table, "x", 2, 3e300);
        check_missing(table, "x", 1, ".");
        check_number(table, "i8", 2, 3);
        check_number(table, "f", 1, 2.5);
        check_number(table, "when", 1, 213); /* quarters since 1960 */
        assert_non_null(strstr(notices, "when has the date format %tq: its numbers are quarters"));
        assert_non_null(strstr(notices, "name: the value labels are used as text"));
        assert_true((strstr(notices, "read as WINDOWS-1252") != NULL) == (i < 4));
        behov_table_free(table);
    }
}

static void old_files_of_foreign_are_read(void **state)
{
    (void)state;
    static const char *const files[] = {"foreign6.dta", "foreign7.dta", "foreign8.dta", "foreign10.dta"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        behov_code_mending mending = {0};
        behov_table *table = read_corpus(files[i], (read_csv_options){.choose = choose, .mending = &mending});
        check_text(table, "code", 0, "0101"); /* the number 101: its zero is put back, and that is said */
        check_text(table, "code", 2, "1103");
        check_text(table, "name", 2, "Stavanger");
        assert_int_equal(mending.n_zeros, 2);
        assert_non_null(strstr(notices, "101 -> 0101"));
        behov_table_free(table);
    }
}

static void long_strings_are_read(void **state)
{
    (void)state;
    static const char *const files[] = {"strl117.dta", "strl118.dta"};
    for (size_t i = 0; i < 2; i++) {
        behov_table *table = read_corpus(files[i], (read_csv_options){.choose = choose});
        size_t column = column_of(table, "longtext");
        check_text(table, "name", 1, "Tromsø");
        assert_int_equal(strlen(behov_dictionary_text(behov_table_levels(table, column), 0)), 2100);
        check_missing(table, "longtext", 2, "empty");
        behov_table_free(table);
    }
}

static behov_read_kind choose_labels(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "Kommunenummer") == 0 ? BEHOV_READ_AS_CODE
           : strcmp(name, "Utgifter") == 0    ? BEHOV_READ_AS_NUMBER
                                              : BEHOV_READ_NOT;
}

static void a_label_may_be_the_name(void **state)
{
    (void)state;
    behov_table *table = read_corpus("pandas118b.dta", (read_csv_options){.choose = choose_labels});
    check_text(table, "Kommunenummer", 0, "0101");
    check_number(table, "Utgifter", 0, 0.1);
    assert_non_null(strstr(notices, "code is read as Kommunenummer, which is its variable label"));
    assert_int_equal(behov_table_n_columns(table), 2);
    assert_string_equal(behov_table_unread(table, 0), "name");
    behov_table_free(table);
}

/* ---- what cannot be read ----------------------------------------------------------------------------------------- */

static unsigned char bytes[65536];
static size_t n_bytes;

static void load(const char *name)
{
    FILE *file = fopen(corpus(name), "rb");
    assert_non_null(file);
    n_bytes = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
}

static void check_fails(const char *ending, behov_status code, const char *sentence)
{
    char name[] = "/tmp/behov-test-XXXXXX", whole[64];
    int number = mkstemp(name);
    assert_true(number >= 0);
    close(number);
    snprintf(whole, sizeof whole, "%s%s", name, ending);
    FILE *file = fopen(whole, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n_bytes, file), n_bytes);
    assert_int_equal(fclose(file), 0);
    behov_table *table = NULL;
    behov_error err = {.what = ""};
    behov_status status = read_table(whole, NULL, &table, &err);
    unlink(whole);
    unlink(name);
    assert_null(table);
    if (status != code || !strstr(err.what, sentence))
        fail_msg("%s: %s (%s), expected: %s", behov_status_name(status), err.what, err.where, sentence);
}

static void a_cut_file_is_never_taken_for_a_whole_one(void **state)
{
    (void)state;
    static const char *const files[] = {"haven8.dta", "haven13.dta",    "pandas118b.dta", "strl118.dta",
                                        "haven.sav",  "haven_none.sav", "haven.zsav"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        load(files[i]);
        behov_table *whole = read_corpus(files[i], (read_csv_options){0});
        size_t n_rows = behov_table_n_rows(whole);
        behov_table_free(whole);
        for (size_t end = n_bytes; end-- > 1;) {
            char name[] = "/tmp/behov-test-XXXXXX";
            int number = mkstemp(name);
            assert_true(number >= 0);
            assert_int_equal(write(number, bytes, end), end);
            close(number);
            behov_table *table = NULL;
            behov_error err = {.what = ""};
            if (read_table(name, NULL, &table, &err) == BEHOV_OK) {
                assert_int_equal(behov_table_n_rows(table), n_rows); /* only what follows the rows is gone */
                behov_table_free(table);
            } else {
                assert_true(err.what[0] != '\0');
            }
            unlink(name);
        }
    }
}

static void what_cannot_be_read_is_said(void **state)
{
    (void)state;
    load("pandas118l.dta");
    memcpy(bytes + 28, "121", 3);
    check_fails(".dta", BEHOV_E_DATA, "the Stata file has format 121, and formats 104");
    load("haven8.dta");
    bytes[0] = 103;
    check_fails(".dta", BEHOV_E_DATA, "the Stata file has format 103");
    load("haven8.dta");
    bytes[4] = bytes[5] = 0xFF; /* variables */
    check_fails("", BEHOV_E_DATA, "it says that it has 65535 variables");
    load("haven_none.sav");
    n_bytes -= 16;
    check_fails("", BEHOV_E_DATA, "damaged or cut off");
    n_bytes = (size_t)snprintf((char *)bytes, sizeof bytes, "a,b\n1,2\n");
    check_fails(".dta", BEHOV_E_DATA, "does not begin as one of Stata");
    check_fails(".zsav", BEHOV_E_DATA, "does not begin as one of SPSS");
    n_bytes = 0;
    check_fails(".dta", BEHOV_E_DATA, "empty");
}

static void an_infinite_number_is_refused_with_its_place(void **state)
{
    (void)state;
    load("haven8.dta");
    static const unsigned char tenth[8] = {0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F};
    size_t index = 0;
    while (index + 8 < n_bytes && memcmp(bytes + index, tenth, 8) != 0)
        index++;
    assert_true(index + 8 < n_bytes);
    double infinite = INFINITY;
    memcpy(bytes + index, &infinite, 8);
    check_fails(".dta", BEHOV_E_RANGE, "neither a number nor missing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stata_files_of_all_versions_are_read),
        cmocka_unit_test(spss_files_are_read_compressed_or_not),
        cmocka_unit_test(bytes_in_either_order_are_the_same_numbers),
        cmocka_unit_test(old_files_of_foreign_are_read),
        cmocka_unit_test(long_strings_are_read),
        cmocka_unit_test(a_label_may_be_the_name),
        cmocka_unit_test(a_cut_file_is_never_taken_for_a_whole_one),
        cmocka_unit_test(what_cannot_be_read_is_said),
        cmocka_unit_test(an_infinite_number_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
