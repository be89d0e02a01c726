/* test_read_px.c - files of PC-Axis, written here after the format's description, into long tables. */
#include "read_px.h"

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

static char notices[8192];

static void take_notice(void *context, const char *message)
{
    (void)context;
    char english[2048];
    behov_phrase_english(message, sizeof english, english);
    size_t length = strlen(notices);
    snprintf(notices + length, sizeof notices - length, "%s\n", english);
}

static behov_status read_bytes(const char *bytes, size_t length, bool has_labels, behov_long_table *out,
                               behov_error *err)
{
    char path[] = "/tmp/behov-px-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), (ssize_t)length);
    close(file);
    notices[0] = '\0';
    behov_notice notice = {take_notice, NULL};
    text_source *source = NULL;
    *out = (behov_long_table){0};
    behov_status status = text_source_open_bytes(path, NULL, &source, err);
    if (!status)
        status = read_px(source, NULL, has_labels, &notice, out, err);
    text_source_free(source);
    unlink(path);
    return status;
}

static behov_long_table read_text(const char *text, bool has_labels)
{
    behov_long_table out;
    behov_error err = {.what = ""};
    if (read_bytes(text, strlen(text), has_labels, &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    return out;
}

static void check_refused(const char *text, behov_status code, const char *line, const char *what)
{
    behov_long_table out;
    behov_error err = {.what = ""};
    char where[400], sentence[1200];
    assert_int_equal(read_bytes(text, strlen(text), false, &out, &err), code);
    behov_phrase_english(err.where, sizeof where, where);
    behov_phrase_english(err.what, sizeof sentence, sentence);
    if (!strstr(sentence, what) || !strstr(where, line))
        fail_msg("%s: %s", where, sentence);
    behov_long_table_free(&out);
}

static size_t column_of(const behov_table *table, const char *name)
{
    ptrdiff_t column = behov_table_find(table, name);
    if (column < 0)
        fail_msg("no column %s", name);
    return (size_t)column;
}

static void check_text(const behov_table *table, const char *name, size_t row, const char *want)
{
    size_t column = column_of(table, name);
    int32_t code = behov_table_codes(table, column)[row];
    assert_string_equal(code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, column), code), want);
}

static void check_values(const behov_long_table *table, const double *want, size_t n)
{
    const double *values = behov_table_numbers(table->table, column_of(table->table, "value"));
    assert_int_equal(behov_table_n_rows(table->table), n);
    for (size_t i = 0; i < n; i++)
        if (isnan(want[i]) ? !isnan(values[i]) : values[i] != want[i])
            fail_msg("cell %zu: %g, expected %g", i, values[i], want[i]);
}

#define HEAD                                                                                                            \
    "CHARSET=\"ANSI\";\nAXIS-VERSION=\"2010\";\nCODEPAGE=\"utf-8\";\nLANGUAGE=\"no\";\nLANGUAGES=\"no\",\"en\";\n"      \
    "TITLE=\"A long \"\n\"title\";\nSTUB=\"region\",\"kjønn\";\nHEADING=\"år\";\n"                                    \
    "VALUES(\"region\")=\"Oslo\",\n\"Bergen\";\nCODES(\"region\")=\"0301\",\"4601\";\nVARIABLECODE(\"region\")="        \
    "\"Region\";\n"                                                                                                     \
    "VALUES[en](\"region\")=\"X\";\nVALUES(\"kjønn\")=\"Menn\",\"Kvinner\";\nVALUES(\"år\")=\"i 2024\",\"i 2025\";\n" \
    "TIMEVAL(\"år\")=TLIST(A1),\"2024\",\"2025\";\nUNITS=\"kr\";\nSOURCE=\"SSB\";\nLAST-UPDATED=\"20260316 08:00\";\n"

static void stub_goes_before_heading_and_the_last_moves_fastest(void **state)
{
    (void)state;
    behov_long_table table = read_text(HEAD "DATA=\n1 2\n3 4\r\n5\t6 7.5\n-8;\n", true);
    static const double want[] = {1, 2, 3, 4, 5, 6, 7.5, -8};
    check_values(&table, want, 8);
    assert_int_equal(table.n_dimensions, 3);
    check_text(table.table, "Region", 4, "4601");
    check_text(table.table, "Region_label", 4, "Bergen");
    check_text(table.table, "kjønn", 2, "Kvinner");
    assert_true(behov_table_find(table.table, "kjønn_label") < 0); /* no codes, so nothing beside them */
    check_text(table.table, "år", 1, "2025");
    check_text(table.table, "år_label", 1, "i 2025");
    assert_string_equal(table.label, "A long title");
    assert_string_equal(table.source, "SSB");
    assert_string_equal(table.updated, "20260316 08:00");
    assert_non_null(strstr(notices, "the unit is kr"));
    behov_long_table_free(&table);
}

static void marks_are_those_that_the_file_gives_its_dots(void **state)
{
    (void)state;
    behov_long_table table = read_text(
        HEAD "DATASYMBOL3=\":\";\nDATASYMBOL4=\"late\";\nDATA=\n\".\" \"..\" \"...\" \"....\" .. \"-\" - \":\";\n",
        false);
    static const double want[] = {NAN, NAN, NAN, NAN, NAN, 0, 0, NAN};
    check_values(&table, want, 8);
    static const char *const marks[] = {".", "..", ":", "late", "..", "-", "-", ":"};
    for (size_t i = 0; i < 8; i++)
        check_text(table.table, "mark", i, marks[i]);
    assert_int_equal(table.n_values, 2);
    assert_int_equal(table.n_missing, 6);
    assert_int_equal(table.n_marked[BEHOV_MISSING_COLON], 2);
    assert_int_equal(table.n_marked[BEHOV_MISSING_TWO_DOTS], 2);
    assert_int_equal(table.n_marked[BEHOV_MISSING_OTHER], 1);
    assert_non_null(strstr(notices, "were read as 0, as the format says, and keep the mark: 2"));
    behov_long_table_free(&table);
}

static void rows_with_keys_come_in_any_order(void **state)
{
    (void)state;
    behov_long_table table = read_text(
        HEAD
        "KEYS(\"region\")=CODES;\nKEYS(\"kjønn\")=VALUES;\nDATA=\n\"4601\",\"Menn\",5 6\n\"0301\",\"Kvinner\",3 4\n;",
        false);
    static const double want[] = {NAN, NAN, 3, 4, 5, 6, NAN, NAN};
    check_values(&table, want, 8);
    assert_int_equal(table.n_missing, 4);
    assert_non_null(strstr(notices, "rows that are not in the file (KEYS): 2 of 4"));
    behov_long_table_free(&table);
    check_refused(HEAD "KEYS(\"region\")=CODES;\nDATA=\n\"4601\" 1 2 3 4\n\"4601\" 1 2 3 4;", BEHOV_E_DATA, "line 24",
                  "the same keys");
    check_refused(HEAD "KEYS(\"region\")=CODES;\nDATA=\n\"4602\" 1 2 3 4;", BEHOV_E_DATA, "line 23", "4602");
    check_refused(HEAD "KEYS(\"region\")=CODES;\nDATA=\n\"4601\" 1 2 3;", BEHOV_E_DATA, "line 23",
                  "3 cells and should have 4");
    check_refused(HEAD "KEYS(\"kjønn\")=CODES;\nDATA=\n\"Menn\" 1 2;", BEHOV_E_DATA, "", "not among the first");
}

static void bytes_are_those_of_the_code_page(void **state)
{
    (void)state;
    static const char bytes[] =
        "CHARSET=\"ANSI\";\nCODEPAGE=\"iso-8859-1\";\nSTUB=\"\xE5r\";\nVALUES(\"\xE5r\")=\"B\xF8\";\nDATA=1;";
    behov_long_table table;
    assert_int_equal(read_bytes(bytes, sizeof bytes - 1, false, &table, NULL), BEHOV_OK);
    check_text(table.table, "år", 0, "Bø");
    assert_null(strstr(notices, "encoding"));
    behov_long_table_free(&table);
    static const char guessed[] = "CHARSET=\"ANSI\";\nSTUB=\"\xE5r\";\nVALUES(\"\xE5r\")=\"B\xF8\";\nDATA=1;";
    assert_int_equal(read_bytes(guessed, sizeof guessed - 1, false, &table, NULL), BEHOV_OK);
    check_text(table.table, "år", 0, "Bø");
    assert_non_null(strstr(notices, "does not say which encoding"));
    behov_long_table_free(&table);
}

static void cells_are_as_many_as_the_dimensions_make(void **state)
{
    (void)state;
    check_refused(HEAD "DATA=\n1 2 3 4\n5 6 7;\n", BEHOV_E_DATA, "line 23",
                  "DATA has 7 cells, but the dimensions make 8");
    check_refused(HEAD "DATA=\n1 2 3 4\n5 6 7 8\n9 10;\n", BEHOV_E_DATA, "line 24",
                  "DATA has 10 cells, but the dimensions make 8");
    check_refused(HEAD "DATA=\n1,5 2,5 3 4 5 6 7 8;\n", BEHOV_E_DATA, "line 22", "DATA has 10 cells");
    check_refused(HEAD "DATA=;\n", BEHOV_E_DATA, "line 21", "DATA has 0 cells");
}

static void what_breaks_the_format_is_named_by_its_line(void **state)
{
    (void)state;
    check_refused(HEAD "DATA=\n1 2 x 4 5 6 7 8;\n", BEHOV_E_DATA, "line 22", "\"x\" is neither");
    check_refused(HEAD "DATA=\n1 2 \"3\" 4 5 6 7 8;\n", BEHOV_E_DATA, "line 22", "\"3\" is neither");
    check_refused(HEAD "CODES(\"år\")=\"1\";DATA=1;", BEHOV_E_DATA, "line 21", "\"år\" has 1 CODES and 2 VALUES");
    check_refused(HEAD "CODES(\"år\")=\"1\",\"1\";DATA=1;", BEHOV_E_DATA, "", "has the code \"1\" twice");
    check_refused("STUB=\"a\",\"a\";\nVALUES(\"a\")=\"1\";\nDATA=1;", BEHOV_E_DATA, "line 1", "stands twice");
    check_refused("STUB=\"a\";\nDATA=1;", BEHOV_E_DATA, "line 1", "no VALUES");
    check_refused("CHARSET=\"ANSI\";\nDATA=1;", BEHOV_E_DATA, "", "no STUB, HEADING");
    check_refused("CHARSET=\"ANSI\";\nSTUB=\"a\";", BEHOV_E_DATA, "", "no DATA");
    check_refused("CHARSET=\"ANSI\";\nNOTE=\"never closed\n;\nDATA=1;\n", BEHOV_E_SYNTAX, "line 2",
                  "a quote that closes");
    check_refused("CHARSET=\"ANSI\";\nSTUB=\"a\" oops;\n", BEHOV_E_SYNTAX, "line 2", "a semicolon");
    check_refused("CHARSET=\"ANSI\";\n=1;\n", BEHOV_E_SYNTAX, "line 2", "a keyword");
    check_refused("CHARSET=ANSI", BEHOV_E_SYNTAX, "line 1", "a semicolon");
    check_refused("STUB=\"a\",\"b\",\"c\";VALUES(\"a\")=\"1\";VALUES(\"b\"=\"1\";\n", BEHOV_E_SYNTAX, "line 1", ")");
}

static void a_file_is_known_by_its_first_keyword(void **state)
{
    (void)state;
    assert_true(read_px_is_it("CHARSET=\"ANSI\";", 15));
    assert_true(read_px_is_it("\xEF\xBB\xBF"
                              "AXIS-VERSION=\"2010\";",
                              23));
    assert_false(read_px_is_it("Region;Tid", 10));
    assert_false(read_px_is_it("TITLE", 5));
    assert_false(read_px_is_it("", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stub_goes_before_heading_and_the_last_moves_fastest),
        cmocka_unit_test(marks_are_those_that_the_file_gives_its_dots),
        cmocka_unit_test(rows_with_keys_come_in_any_order),
        cmocka_unit_test(bytes_are_those_of_the_code_page),
        cmocka_unit_test(cells_are_as_many_as_the_dimensions_make),
        cmocka_unit_test(what_breaks_the_format_is_named_by_its_line),
        cmocka_unit_test(a_file_is_known_by_its_first_keyword),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
