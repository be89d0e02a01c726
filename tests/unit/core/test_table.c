/* test_table.c - columns, missing marks, second names, and the places that messages name. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tables.h"

static void marks_survive_in_numbers_and_codes(void **state)
{
    (void)state;
    static const char *const in_file[] = {
        [BEHOV_MISSING_EMPTY] = "",  [BEHOV_MISSING_DOT] = ".", [BEHOV_MISSING_TWO_DOTS] = "..",
        [BEHOV_MISSING_COLON] = ":", [BEHOV_MISSING_NA] = "NA", [BEHOV_MISSING_NULL] = "NULL"};
    for (int mark = BEHOV_MISSING_EMPTY; mark <= BEHOV_MISSING_NULL; mark++)
        assert_int_equal(behov_missing_of_text(in_file[mark], strlen(in_file[mark])), mark);
    for (int mark = BEHOV_MISSING_EMPTY; mark < BEHOV_N_MISSING; mark++) {
        double value = behov_missing_number((behov_missing)mark), copy = value;
        assert_true(isnan(value));
        assert_int_equal(behov_missing_of_number(copy), mark);
        assert_int_equal(behov_missing_of_number(value + 1), mark); /* arithmetic keeps the payload */
        assert_true(behov_missing_code((behov_missing)mark) < 0);
        assert_int_equal(behov_missing_of_code(behov_missing_code((behov_missing)mark)), mark);
    }
    assert_int_equal(behov_missing_of_text("  .. \t", 6), BEHOV_MISSING_TWO_DOTS);
    assert_int_equal(behov_missing_of_text("...", 3), BEHOV_PRESENT);
    assert_int_equal(behov_missing_of_text("na", 2), BEHOV_PRESENT);
    assert_int_equal(behov_missing_of_text("0", 1), BEHOV_PRESENT);
    assert_int_equal(behov_missing_of_number(0), BEHOV_PRESENT);
    assert_int_equal(behov_missing_of_number(INFINITY), BEHOV_PRESENT);
    assert_int_equal(behov_missing_of_number(NAN), BEHOV_MISSING_EMPTY); /* somebody else's NaN */
    assert_int_equal(behov_missing_of_code(0), BEHOV_PRESENT);
    assert_int_equal(behov_missing_of_code(-1000), BEHOV_MISSING_EMPTY);
    assert_string_equal(behov_missing_text(BEHOV_MISSING_TWO_DOTS), "..");
    assert_string_equal(behov_missing_text(BEHOV_MISSING_EMPTY), "empty");
}

static void columns_come_by_copy_or_are_borrowed(void **state)
{
    (void)state;
    double values[] = {1.5, NAN, -2};
    static const double lent[] = {1, 2, 3};
    const char *const texts[] = {"0301", NULL, ".."};
    behov_table *table = NULL;
    behov_error err;
    assert_int_equal(behov_table_new(3, "arrays", &table, &err), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "y", values, &err), BEHOV_OK);
    assert_int_equal(behov_table_borrow_numbers(table, "x", lent, &err), BEHOV_OK);
    assert_int_equal(behov_table_copy_text(table, "code", texts, &err), BEHOV_OK);
    values[0] = 99; /* the copy does not follow */
    assert_true(behov_table_numbers(table, 0)[0] == 1.5);
    assert_int_equal(behov_table_missing(table, 0, 1), BEHOV_MISSING_EMPTY);
    assert_ptr_equal(behov_table_numbers(table, 1), lent);
    assert_string_equal(behov_dictionary_text(behov_table_levels(table, 2), behov_table_codes(table, 2)[0]), "0301");
    assert_int_equal(behov_table_missing(table, 2, 1), BEHOV_MISSING_EMPTY);
    assert_int_equal(behov_table_missing(table, 2, 2), BEHOV_MISSING_TWO_DOTS);
    /* A name twice: an error, and nothing is lost or freed. */
    assert_int_equal(behov_table_copy_numbers(table, "y", values, &err), BEHOV_E_NAME);
    assert_int_equal(behov_table_borrow_numbers(table, "y", lent, &err), BEHOV_E_NAME);
    assert_int_equal(behov_table_copy_text(table, "code", texts, &err), BEHOV_E_NAME);
    assert_int_equal(behov_table_n_columns(table), 3);
    /* Lines that come after the marks of rows leave those as they are. */
    assert_int_equal(behov_table_mark_row(table, 1, BEHOV_ROW_GROUP, &err), BEHOV_OK);
    behov_table_set_lines(table, calloc(3, sizeof(uint32_t)));
    assert_int_equal(behov_table_row_mark(table, 1), BEHOV_ROW_GROUP);
    behov_table_free(table); /* frees the copies, and leaves what is borrowed */
    assert_true(lent[2] == 3);
}

static void columns_are_found_by_name(void **state)
{
    (void)state;
    behov_table *table = table_of_text("code,y,name\n\"0301\",1.5,\"Oslo\"\n\"1151\",:,..\n");
    assert_int_equal(behov_table_n_rows(table), 2);
    assert_int_equal(behov_table_n_columns(table), 3);
    assert_int_equal(behov_table_find(table, "y"), 1);
    assert_int_equal(behov_table_find(table, "Y"), -1);
    assert_int_equal(behov_table_find(table, ""), -1);
    assert_int_equal(behov_table_kind(table, 0), BEHOV_COLUMN_TEXT);
    assert_int_equal(behov_table_kind(table, 1), BEHOV_COLUMN_NUMBER);
    assert_null(behov_table_numbers(table, 0));
    assert_null(behov_table_codes(table, 1));
    assert_null(behov_table_levels(table, 1));
    assert_true(behov_table_numbers(table, 1)[0] == 1.5);
    assert_string_equal(behov_dictionary_text(behov_table_levels(table, 0), behov_table_codes(table, 0)[1]), "1151");
    assert_int_equal(behov_table_missing(table, 1, 0), BEHOV_PRESENT);
    assert_int_equal(behov_table_missing(table, 1, 1), BEHOV_MISSING_COLON);
    assert_int_equal(behov_table_missing(table, 2, 1), BEHOV_MISSING_TWO_DOTS);
    behov_table_free(table);
    behov_table_free(NULL);
}

static void a_name_is_there_once(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x\n1,2\n");
    behov_error err;
    double *values = calloc(1, sizeof *values);
    assert_int_equal(behov_table_add_numbers(table, "x", values, &err), BEHOV_E_NAME);
    assert_contains(err.what, "\"x\"");
    assert_int_equal(behov_table_add_numbers(table, "", values, &err), BEHOV_E_NAME);
    assert_int_equal(behov_table_n_columns(table), 2);
    free(values); /* a failed call leaves them to the caller */
    behov_table_free(table);
}

static void aliases(void **state)
{
    (void)state;
    behov_table *table = table_of_text("kommune_nr,year\n1,2012\n");
    assert_int_equal(behov_table_add_alias(table, "municipality_code", 0, NULL), BEHOV_OK);
    assert_int_equal(behov_table_find(table, "municipality_code"), 0);
    assert_string_equal(behov_table_name(table, 0), "kommune_nr");
    assert_int_equal(behov_table_add_alias(table, "year", 0, NULL), BEHOV_OK); /* a column has it: ignored */
    assert_int_equal(behov_table_find(table, "year"), 1);
    assert_int_equal(behov_table_add_alias(table, "municipality_code", 1, NULL), BEHOV_OK);
    assert_int_equal(behov_table_find(table, "municipality_code"), 0);
    behov_error err;
    assert_int_equal(behov_table_add_alias(table, "nowhere", 2, &err), BEHOV_E_ARGUMENT);
    behov_table_free(table);
}

/* The place in English. */
static void english_place(const behov_table *table, size_t row, ptrdiff_t column, char english[BEHOV_PLACE_SIZE])
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(table, row, column, where);
    behov_phrase_english(where, BEHOV_PLACE_SIZE, english);
}

static void places(void **state)
{
    (void)state;
    char where[BEHOV_PLACE_SIZE];
    behov_table *table = table_of_text("y,new_refugees\n1,2\n3,4\n");
    english_place(table, 1, 1, where);
    assert_string_equal(where, "test.csv, line 3, column new_refugees");
    english_place(table, 0, -1, where);
    assert_string_equal(where, "test.csv, line 2");
    assert_int_equal(behov_table_line(table, 1), 3);
    behov_table_free(table);
    table = table_of_rows(3); /* no lines: rows are counted */
    static const double x[3] = {1, 2, 3};
    table_add(table, "x", x);
    english_place(table, 2, 0, where);
    assert_string_equal(where, "test.csv, row 3, column x");
    assert_int_equal(behov_table_line(table, 2), 0);
    behov_table_free(table);
    behov_table *nameless = NULL;
    assert_int_equal(behov_table_new(1, NULL, &nameless, NULL), BEHOV_OK);
    assert_string_equal(behov_table_source(nameless), "");
    english_place(nameless, 0, -1, where);
    assert_string_equal(where, "row 1");
    behov_table_free(nameless);
}

static void a_long_source_leaves_line_and_column(void **state)
{
    (void)state;
    char source[300] = "", where[BEHOV_PLACE_SIZE];
    for (int i = 0; i < 140; i++)
        strcat(source, "å");
    behov_table *table = NULL;
    assert_int_equal(behov_table_new(1, source, &table, NULL), BEHOV_OK);
    english_place(table, 0, -1, where);
    assert_int_equal(strncmp(where, "…åå", 7), 0);
    assert_string_equal(where + strlen(where) - strlen("åå, row 1"), "åå, row 1");
    assert_true(strlen(where) >= 156); /* as much of it as there is room for, whole letters */
    behov_table_free(table);
}

static void nearest_name(void **state)
{
    (void)state;
    behov_table *table = table_of_text("net_expenditure,disabled_18_49,population\n1,2,3\n");
    assert_string_equal(behov_table_nearest_name(table, "populaton"), "population");
    assert_string_equal(behov_table_nearest_name(table, "Disabled_18-49"), "disabled_18_49");
    assert_null(behov_table_nearest_name(table, "kommune"));
    char long_name[200];
    memset(long_name, 'p', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_null(behov_table_nearest_name(table, long_name));
    behov_table_free(table);
    table = table_of_text("populated,population,popular\n1,2,3\n"); /* the nearest, not the first that is near */
    assert_string_equal(behov_table_nearest_name(table, "populaton"), "population");
    behov_table_free(table);
}

static void too_many_rows(void **state)
{
    (void)state;
    behov_table *table = NULL;
    behov_error err;
    assert_int_equal(behov_table_new((size_t)UINT32_MAX, "big.csv", &table, &err), BEHOV_E_DATA);
    assert_null(table);
    assert_string_equal(err.where, "big.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_survive_in_numbers_and_codes),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(columns_come_by_copy_or_are_borrowed),
        cmocka_unit_test(a_name_is_there_once),
        cmocka_unit_test(aliases),
        cmocka_unit_test(places),
        cmocka_unit_test(a_long_source_leaves_line_and_column),
        cmocka_unit_test(nearest_name),
        cmocka_unit_test(too_many_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
