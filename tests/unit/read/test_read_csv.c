/* test_read_csv.c - delimited text into a table: files as people have them, and every way in which they are wrong.
 *
 * Each test writes its file into a folder of its own and asks what a user would notice: the cells, the lines of the
 * rows, the notices, and for a bad file the place and the sentence. Doubles are compared exactly. */
#include "effort.h"
#include "read_table.h"

#include <behov/table.h>

#include <fcntl.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/behov-read-csv-XXXXXX";
static char path[64]; /* of the file that the last call of write_file made */

static char notices[8192];

static void take_notice(void *context, const char *message)
{
    char english[4096];
    behov_phrase_english(message, sizeof english, english);
    message = english;
    (void)context;
    size_t length = strlen(notices);
    snprintf(notices + length, sizeof notices - length, "%s\n", message);
}

static char *take_room(size_t size)
{
    char *room = malloc(size);
    if (!room) {
        print_error("no memory for the test itself\n");
        abort();
    }
    return room;
}

static void write_bytes(const char *bytes, size_t length)
{
    snprintf(path, sizeof path, "%s/panel.csv", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void write_file(const char *text)
{
    write_bytes(text, strlen(text));
}

static behov_table *read_path(const char *name, read_csv_options options)
{
    notices[0] = '\0';
    options.notice = take_notice;
    behov_table *table = NULL;
    behov_error err = {.what = ""};
    if (read_table(name, &options, &table, &err) != BEHOV_OK)
        fail_msg("%s: %s", err.where, err.what);
    return table;
}

static behov_table *read_text(const char *text, read_csv_options options)
{
    write_file(text);
    return read_path(path, options);
}

static behov_table *read_plain(const char *text)
{
    return read_text(text, (read_csv_options){0});
}

/* The file cannot be read: the code, the end of the place (behind the path), and a part of the sentence. */
static void check_fails_at_path(const char *name, read_csv_options options, behov_status code, const char *place,
                                const char *sentence)
{
    behov_table *table = (behov_table *)&notices;
    behov_error err = {.what = ""};
    notices[0] = '\0';
    options.notice = take_notice;
    behov_status status = read_table(name, &options, &table, &err);
    if (status == BEHOV_OK)
        fail_msg("no error, but expected: %s", sentence);
    assert_ptr_equal(table, &notices); /* untouched */
    if (status != code || err.code != code)
        fail_msg("code %s, expected %s (%s: %s)", behov_status_name(status), behov_status_name(code), err.where,
                 err.what);
    size_t n_name = strlen(name);
    if (strcmp(name, "-") != 0) {
        if (strncmp(err.where, name, n_name) != 0)
            fail_msg("the place does not begin with the path: %s", err.where);
        assert_string_equal(err.where + n_name, place);
    } else
        assert_string_equal(err.where, place);
    if (!strstr(err.what, sentence))
        fail_msg("\"%s\" is not in \"%s\"", sentence, err.what);
    assert_int_equal(read_table(name, &options, &table, NULL), code); /* the same without an error to fill */
}

static void check_fails(const char *text, read_csv_options options, behov_status code, const char *place,
                        const char *sentence)
{
    write_file(text);
    check_fails_at_path(path, options, code, place, sentence);
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
    size_t column = column_of(table, name);
    assert_int_equal(behov_table_kind(table, column), BEHOV_COLUMN_NUMBER);
    assert_true(row < behov_table_n_rows(table));
    double got = behov_table_numbers(table, column)[row];
    if (memcmp(&got, &want, sizeof got) != 0)
        fail_msg("%s, row %zu: %.17g, expected %.17g", name, row, got, want);
}

static void check_text(const behov_table *table, const char *name, size_t row, const char *want)
{
    size_t column = column_of(table, name);
    assert_int_equal(behov_table_kind(table, column), BEHOV_COLUMN_TEXT);
    assert_true(row < behov_table_n_rows(table));
    int32_t code = behov_table_codes(table, column)[row];
    if (code < 0)
        fail_msg("%s, row %zu: missing, expected \"%s\"", name, row, want);
    assert_string_equal(behov_dictionary_text(behov_table_levels(table, column), code), want);
}

static void check_missing(const behov_table *table, const char *name, size_t row, behov_missing want)
{
    assert_int_equal(behov_table_missing(table, column_of(table, name), row), want);
}

static void check_told(const char *part)
{
    if (!strstr(notices, part))
        fail_msg("\"%s\" is not in the notices:\n%s", part, notices);
}

static void check_not_told(const char *part)
{
    if (strstr(notices, part))
        fail_msg("\"%s\" is in the notices:\n%s", part, notices);
}

/* ---------------------------------------------------------------- files as people have them */

static void plain_file_needs_no_notice(void **state)
{
    (void)state;
    behov_table *table = read_plain("code,name,share\n0101,Halden,0.276\n0104,Moss,-1.5e3\n");
    assert_int_equal(behov_table_n_rows(table), 2);
    assert_int_equal(behov_table_n_columns(table), 3);
    check_text(table, "code", 0, "0101");
    check_text(table, "name", 1, "Moss");
    check_number(table, "share", 0, 0.276);
    check_number(table, "share", 1, -1500);
    assert_int_equal(behov_table_line(table, 0), 2);
    assert_int_equal(behov_table_line(table, 1), 3);
    assert_string_equal(behov_table_source(table), path);
    assert_string_equal(notices, "");
    behov_table_free(table);
}

static void last_line_needs_no_line_end(void **state)
{
    (void)state;
    const char *const ends[] = {"a,b\n1,2\n3,4", "a,b\n1,2\n3,\"4\"", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r",
                                "a,b\n1,2\n3,4\n\n\n"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        behov_table *table = read_plain(ends[i]);
        assert_int_equal(behov_table_n_rows(table), 2);
        check_number(table, "b", 1, 4);
        assert_int_equal(behov_table_line(table, 1), 3);
        behov_table_free(table);
    }
}

static void lines_are_those_of_the_file(void **state)
{
    (void)state;
    /* Blank lines, and line breaks inside quotes, are lines too; CR LF is one line end, CR and LF each one. */
    behov_table *table = read_plain("a,b\r\n\r\n1,\"x\r\ny\"\r\n   \r\n2,\"x\n\ny\"\r\n3,z\r\n");
    assert_int_equal(behov_table_n_rows(table), 3);
    assert_int_equal(behov_table_line(table, 0), 3);
    assert_int_equal(behov_table_line(table, 1), 6);
    assert_int_equal(behov_table_line(table, 2), 9);
    check_text(table, "b", 0, "x\r\ny");
    behov_table_free(table);
    table = read_plain("a,b\r1,\"x\ry\"\r\r2,z\r");
    assert_int_equal(behov_table_line(table, 0), 2);
    assert_int_equal(behov_table_line(table, 1), 5);
    behov_table_free(table);
}

static void separator_is_found(void **state)
{
    (void)state;
    behov_table *table = read_plain("name;share;n\nOslo;1,5;1\nMoss;2,25;2\n");
    check_number(table, "share", 1, 2.25);
    check_told("panel.csv: separator ';', decimal comma in all columns that have decimals (found by looking; "
               "--separator, --decimal override)");
    behov_table_free(table);
    table = read_plain("name\tshare\nOslo, Bergen\t1.5\n");
    check_text(table, "name", 0, "Oslo, Bergen");
    check_told("separator tab (found by looking; --separator overrides)");
    behov_table_free(table);
    /* Commas in most cells do not make them the separator. */
    table = read_plain("name;note\n\"a, b, c\";x, y\nd, e;z, w\nf, g, h;i\n");
    assert_int_equal(behov_table_n_columns(table), 2);
    check_text(table, "note", 1, "z, w");
    behov_table_free(table);
    table = read_text("a;b\n1;2\n", (read_csv_options){.separator = ';'});
    check_number(table, "b", 0, 2);
    check_not_told("separator");
    behov_table_free(table);
}

static void one_column_is_a_table(void **state)
{
    (void)state;
    behov_table *table = read_plain("share\n1,5\n2,5\n");
    assert_int_equal(behov_table_n_columns(table), 1);
    check_number(table, "share", 0, 1.5);
    check_number(table, "share", 1, 2.5);
    behov_table_free(table);
    table = read_plain("name\nOslo, Norway\nBergen, Norway\n");
    check_text(table, "name", 1, "Bergen, Norway");
    assert_int_equal(behov_table_n_rows(table), 2);
    behov_table_free(table);
    table = read_plain("name\nOslo\n\"\"\n");
    assert_int_equal(behov_table_n_rows(table), 2);
    check_missing(table, "name", 1, BEHOV_MISSING_EMPTY);
    behov_table_free(table);
}

static void sep_line_of_excel_is_obeyed(void **state)
{
    (void)state;
    const char *const files[] = {"sep=;\na;b,c\n1;2\n", "sep=;\r\na;b,c\r\n1;2\r\n", "\"sep=;\"\na;b,c\n1;2\n"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        behov_table *table = read_plain(files[i]);
        check_number(table, "b,c", 0, 2);
        assert_int_equal(behov_table_line(table, 0), 3);
        check_told("from the sep= line");
        behov_table_free(table);
    }
}

static void title_lines_are_passed_over(void **state)
{
    (void)state;
    behov_table *table =
        read_plain("\"07459: Population, by region; and year\"\n\n\"region\";\"age\";\"Persons 2021\"\n"
                   "\"K-3001 Halden\";\"0 years\";253\n\"K-3001 Halden\";\"1 year\";269\n");
    assert_int_equal(behov_table_n_rows(table), 2);
    check_number(table, "Persons 2021", 1, 269);
    assert_int_equal(behov_table_line(table, 0), 4);
    check_told("1 line above the header passed over (\"07459: Population, by region; and year\")");
    behov_table_free(table);
    /* Excel pads the title with separators. */
    table = read_plain("Table 1;;\n;;\ncode;a;b\n0101;1;2\n");
    check_number(table, "b", 0, 2);
    assert_int_equal(behov_table_line(table, 0), 4);
    check_told("1 line above the header");
    behov_table_free(table);
    /* A table of words alone, and a column of numbers below a blank line. */
    table = read_plain("Names\n\ncode;name\nA;Oslo\nB;Moss\n");
    check_text(table, "name", 1, "Moss");
    behov_table_free(table);
    table = read_plain("share\n\n1,5\n2,5\n3,5\n");
    check_number(table, "share", 2, 3.5);
    behov_table_free(table);
    /* Without a blank line: numbers below words show where the table begins. */
    table = read_plain("Population 2021\nname,n\nOslo,5\nMoss,6\n");
    check_number(table, "n", 1, 6);
    check_told("1 line above the header");
    behov_table_free(table);
}

static void separators_at_the_end_of_each_line_are_no_column(void **state)
{
    (void)state;
    behov_table *table = read_plain("a;b;\n1;2;\n3;4;\n");
    assert_int_equal(behov_table_n_columns(table), 2);
    check_told("1 column without name and data passed over");
    behov_table_free(table);
    table = read_plain("a;b\n1;2;;\n3;4\n"); /* in some lines only */
    assert_int_equal(behov_table_n_rows(table), 2);
    behov_table_free(table);
    table = read_plain("a;b;\n1;2\n3;4\n"); /* in the header only */
    assert_int_equal(behov_table_n_rows(table), 2);
    behov_table_free(table);
    table = read_plain("a;b\n1;2\n;\n;\n3;4\n;\n");
    assert_int_equal(behov_table_n_rows(table), 2);
    assert_int_equal(behov_table_line(table, 1), 5);
    check_told("3 lines with nothing but separators passed over");
    behov_table_free(table);
}

static void spaces_and_quotes_are_not_part_of_the_cell(void **state)
{
    (void)state;
    behov_table *table = read_plain("\" a \", b ,c\n  x  ,\" 1 \",\"say \"\"hi\"\"\"\ny,2,5\" pipe\n");
    check_text(table, "a", 0, "x");
    check_number(table, "b", 0, 1);
    check_text(table, "c", 0, "say \"hi\"");
    check_text(table, "c", 1, "5\" pipe");
    behov_table_free(table);
}

/* ---------------------------------------------------------------- numbers */

static void decimal_mark_is_found_column_by_column(void **state)
{
    (void)state;
    behov_table *table = read_plain("comma;point;whole;late\n1,5;1.5;3;7\n2;2;4;1,25\n");
    check_number(table, "comma", 0, 1.5);
    check_number(table, "point", 0, 1.5);
    check_number(table, "whole", 1, 4);
    check_number(table, "late", 1, 1.25);
    check_told("decimal comma in comma, late");
    check_told("--decimal");
    behov_table_free(table);
    table = read_text("a;b\n1,5;2\n", (read_csv_options){.decimal_mark = ','});
    check_number(table, "a", 0, 1.5);
    check_not_told("decimal");
    behov_table_free(table);
    table = read_plain("a,b\n\"1,5\",2\n\"2,5\",3\n"); /* quoted commas beside the separator ',' */
    check_number(table, "a", 1, 2.5);
    check_told("decimal comma in all columns");
    behov_table_free(table);
}

static behov_read_kind choose_number(void *context, const char *name)
{
    (void)context;
    (void)name;
    return BEHOV_READ_AS_NUMBER;
}

static const read_csv_options as_numbers = {.choose = choose_number};

static void two_decimal_marks_in_one_column_are_an_error(void **state)
{
    (void)state;
    check_fails("a;b\n1,5;2\n3;4\n1.5;2\n", as_numbers, BEHOV_E_TYPE, ", line 4, column a",
                "\"1.5\" has a decimal point, but the column has had a decimal comma since line 2");
    check_fails("a;b\n1.5;2\n1,5;2\n", as_numbers, BEHOV_E_TYPE, ", line 3, column a",
                "\"1,5\" has a decimal comma, but the column has had a decimal point since line 2");
    check_fails("a;b\n1.5;2\n", (read_csv_options){.choose = choose_number, .decimal_mark = ','}, BEHOV_E_TYPE,
                ", line 2, column a", "\"1.5\" has a decimal point, but --decimal says decimal comma");
    /* Nobody said that the column is numbers: it is text, and that is told. */
    behov_table *table = read_plain("a;b\n1,5;2\n1.5;2\n");
    check_text(table, "a", 0, "1,5");
    check_text(table, "a", 1, "1.5");
    check_told("column a is read as text; line 3: \"1.5\" has a decimal point");
    behov_table_free(table);
}

static behov_read_kind choose_figures(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "name") == 0 ? BEHOV_READ_AS_TEXT : BEHOV_READ_AS_NUMBER;
}

static const read_csv_options figures = {.choose = choose_figures};

/* Population 8.173 beside shares with decimal commas is 8173; what nobody can tell is asked. */
static void thousands_are_told_by_the_other_figures(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double first, last; /* of the column n */
    } cases[] = {
        {"name;n;share\na;8.173;0,5\nb;900;1,5\n", 8173, 900},
        {"name;n;share\na;8.000;0,5\nb;8;1,5\n", 8000, 8}, /* 8.000 read as a decimal is 8 */
        {"name;n;share\na;1234;0,5\nb;12.345;1,5\n", 1234, 12345},
        {"name;n;share\na;8,173;0.5\nb;-12,345;1.5\n", 8173, -12345},
        {"name;n;share\na;8.173;0.5\nb;12.345;1.5\n", 8.173, 12.345},
        {"name;n\na;8.173\nb;0.345\n", 8.173, 0.345},
        {"name;n\na;8.173\nb;1234.567\n", 8.173, 1234.567},
        {"name;n\na;8.173\nb;1.234.567\n", 8173, 1234567},
        {"name;n\na;1.234.567\nb;8.173\n", 1234567, 8173},
        {"name;n\na;8.173\nb;1.234,5\n", 8173, 1234.5},
        {"name;n\na;8,173\nb;1.234,5\n", 8.173, 1234.5},
        {"name;n\na;1.234,5\nb;0,25\n", 1234.5, 0.25},
        {"name;n\na;1,234,567.25\nb;1\n", 1234567.25, 1},
        {"name;n;other\na;8.173;1.234.567\nb;900;1\n", 8173, 900},
        {"name;n;other\na;8.173;1,234,567\nb;900;1\n", 8.173, 900},
        {"name;n\na;8'173\nb;1\xE2\x80\x99"
         "234.5\n",
         8173, 1234.5},
        {"name;n\na;8\xE2\x80\x89"
         "173\nb;1\xE2\x80\xAF"
         "234,5\n",
         8173, 1234.5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int with_missing = 0; with_missing < 2; with_missing++) { /* any mark keeps cells off the fast path */
            static const char *const marks[] = {"x"};
            read_csv_options options = figures;
            options.missing_text = marks;
            options.n_missing = (size_t)with_missing;
            behov_table *table = read_text(cases[i].text, options);
            check_number(table, "n", 0, cases[i].first);
            check_number(table, "n", 1, cases[i].last);
            behov_table_free(table);
        }
    behov_table *table = read_text("name;n;share\na;8.173;0,5\nb;900;1,5\n", figures);
    check_told("marks between thousands in n: 8.173 is read as 8173, as the decimal marks of the other figures tell");
    behov_table_free(table);
    table = read_text("n;name\n8.173;b\n", (read_csv_options){.decimal_mark = ',', .choose = figures.choose});
    check_number(table, "n", 0, 8173);
    behov_table_free(table);
    table = read_text("n;name\n8.173;b\n", (read_csv_options){.decimal_mark = '.', .choose = figures.choose});
    check_number(table, "n", 0, 8.173);
    behov_table_free(table);
    table = read_text("n,name\n5.220,b\n5.002,c\n", figures); /* fields separated by commas: decimals have a point */
    check_number(table, "n", 0, 5.22);
    behov_table_free(table);
    const char asks[] = "\"8.173\" may be a thousand or a number with three decimals: three digits stand behind every "
                        "point of the column, and no other column tells; --decimal comma says thousands";
    check_fails("name;n\na;900\nb;8.173\n", figures, BEHOV_E_DATA, ", line 3, column n", asks);
    check_fails("name;n;a;b\na;900;0,5;0.5\nb;8.173;1;1\n", figures, BEHOV_E_DATA, ", line 3, column n", asks);
    check_fails("a;n\n1;1.234.567\n2;0.5\n", figures, BEHOV_E_TYPE, ", line 3, column n",
                "\"0.5\" has a decimal point, but points stand between thousands in this column since line 2");
    check_fails("a;n\n1;0.5\n2;1.234.567\n", figures, BEHOV_E_TYPE, ", line 3, column n",
                "\"1.234.567\" has points between thousands, but the point is decimal in this column");
    check_fails("a;n\n1;8.173\n2;0,5\n", figures, BEHOV_E_TYPE, ", line 3, column n", "write them alike");
}

/* What a column tells that is not asked for counts too. */
static behov_read_kind choose_n(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "n") == 0 ? BEHOV_READ_AS_NUMBER : BEHOV_READ_NOT;
}

static void columns_not_read_tell_about_marks(void **state)
{
    (void)state;
    behov_table *table = read_text("name;n;share\na;8.173;0,5\nb;900;1,5\n", (read_csv_options){.choose = choose_n});
    check_number(table, "n", 0, 8173);
    behov_table_free(table);
    table =
        read_text("date;n;share\n01.02.2020;8.173;0.5\n02.02.2020;900;1.5\n", (read_csv_options){.choose = choose_n});
    check_number(table, "n", 0, 8.173);
    behov_table_free(table);
}

static void text_where_a_number_is_needed_is_told_with_its_place(void **state)
{
    (void)state;
    check_fails("code;new_refugees\n1;0,12\n2;few\n", as_numbers, BEHOV_E_TYPE, ", line 3, column new_refugees",
                "\"few\" is not a number (decimal comma was found in this column; missing values may be empty, ., .. "
                "or :, or what --missing names)");
    check_fails("a,b\n1,Inf\n", as_numbers, BEHOV_E_TYPE, ", line 2, column b",
                "\"Inf\" is not a number (missing values may be empty, ., .. or :, or what --missing names)");
    check_fails("a,b\n1,0x10\n", as_numbers, BEHOV_E_TYPE, ", line 2, column b", "\"0x10\" is not a number");
    check_fails("a;b\n1;1.23,5\n", as_numbers, BEHOV_E_TYPE, ", line 2, column b",
                "a mark between thousands stands before groups of three digits");
    check_fails("a,b\n1,\"x\ny\"\n", as_numbers, BEHOV_E_TYPE, ", line 2, column b", "\"x y\" is not a number");
    check_fails(
        "a,b\n1,\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6"
        "\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6\xC3\xA6x\xC3\xA6\xC3\xA6\n",
        as_numbers, BEHOV_E_TYPE, ", line 2, column b", "\xC3\xA6x\u2026\" is not a number");
}

static void numbers_past_the_range_are_an_error(void **state)
{
    (void)state;
    check_fails("a,b\n1,2\n1,1e999\n", as_numbers, BEHOV_E_RANGE, ", line 3, column b",
                "\"1e999\" is outside the range of a number");
}

static void grouped_numbers_are_numbers(void **state)
{
    (void)state;
    behov_table *table = read_plain("a;b\n1 234,5;277\xC2\xA0"
                                    "391\n-12 345 678,25;\xE2\x88\x92"
                                    "3\n");
    check_number(table, "a", 0, 1234.5);
    check_number(table, "a", 1, -12345678.25);
    check_number(table, "b", 0, 277391);
    check_number(table, "b", 1, -3);
    behov_table_free(table);
}

static void kind_of_column_is_found(void **state)
{
    (void)state;
    behov_table *table = read_plain("number,zeros,text,late,empty,gap\n"
                                    ".,0101,x,1.50,,..\n"
                                    "0,104,1,2,,y\n"
                                    "-0.5,0,2,c,,\n");
    check_number(table, "number", 2, -0.5);
    check_missing(table, "number", 0, BEHOV_MISSING_DOT);
    check_text(table, "zeros", 0, "0101");
    check_text(table, "zeros", 1, "104");
    check_text(table, "text", 1, "1");
    /* Read as it stands although numbers came first, and the user hears why. */
    check_text(table, "late", 0, "1.50");
    check_text(table, "late", 2, "c");
    check_told("column late is read as text; line 4: \"c\" is not a number");
    assert_int_equal(behov_table_kind(table, column_of(table, "empty")), BEHOV_COLUMN_NUMBER);
    check_missing(table, "empty", 1, BEHOV_MISSING_EMPTY);
    check_missing(table, "gap", 0, BEHOV_MISSING_TWO_DOTS);
    check_text(table, "gap", 1, "y");
    check_not_told("column zeros");
    assert_string_equal(behov_table_name(table, 3), "late"); /* the order of the file */
    behov_table_free(table);
    table = read_plain("a,b\n1,7\n2,07\n");
    check_text(table, "b", 0, "7");
    check_text(table, "b", 1, "07");
    behov_table_free(table);
    table = read_plain("a,b\n1,7.5\n2,07\n");
    check_text(table, "b", 1, "07");
    behov_table_free(table);
}

static void missing_marks_are_kept_apart(void **state)
{
    (void)state;
    const char *const marks[] = {"x", "-99"};
    behov_table *table = read_text("t,n\na,1\n,\n\"\",\"\"\n.,.\n..,..\n:,:\nNA,NA\nNULL,NULL\n x ,x\n-99,\" -99 \"\n",
                                   (read_csv_options){.missing_text = marks, .n_missing = 2});
    const behov_missing want[] = {BEHOV_PRESENT,    BEHOV_MISSING_DOT,  BEHOV_MISSING_TWO_DOTS, BEHOV_MISSING_COLON,
                                  BEHOV_MISSING_NA, BEHOV_MISSING_NULL, BEHOV_MISSING_OTHER,    BEHOV_MISSING_OTHER};
    assert_int_equal(behov_table_n_rows(table), 8); /* two rows are empty throughout */
    for (size_t row = 0; row < 8; row++) {
        check_missing(table, "t", row, want[row]);
        check_missing(table, "n", row, want[row]);
    }
    check_number(table, "n", 0, 1);
    behov_table_free(table);
    table = read_plain("t,n,x\n,,1\n\"\",\"\",2\n");
    for (size_t row = 0; row < 2; row++) {
        check_missing(table, "t", row, BEHOV_MISSING_EMPTY);
        check_missing(table, "n", row, BEHOV_MISSING_EMPTY);
    }
    behov_table_free(table);
    table = read_plain("a,n\n1,-99\n2,NaN\n"); /* no mark without being named */
    check_text(table, "n", 1, "NaN");
    behov_table_free(table);
}

/* ---------------------------------------------------------------- choosing, codes */

static behov_read_kind choose_by_name(void *context, const char *name)
{
    char *asked = context;
    if (asked)
        strcat(strcat(asked, name), "|");
    return strncmp(name, "skip", 4) == 0   ? BEHOV_READ_NOT
           : strncmp(name, "code", 4) == 0 ? BEHOV_READ_AS_CODE
           : strncmp(name, "text", 4) == 0 ? BEHOV_READ_AS_TEXT
                                           : BEHOV_READ_AS_NUMBER;
}

static void chosen_columns_are_read_and_no_others(void **state)
{
    (void)state;
    char asked[200] = "";
    behov_table *table = read_text("skip_1,n,text,skip_2\nx,1,2.50,oops\ny,2,\" z \",\"\n\n\"\nv,3,w,u\n",
                                   (read_csv_options){.choose = choose_by_name, .context = asked});
    assert_string_equal(asked, "skip_1|n|text|skip_2|");
    assert_int_equal(behov_table_n_columns(table), 2);
    check_number(table, "n", 1, 2);
    check_text(table, "text", 0, "2.50");
    check_text(table, "text", 1, " z ");
    assert_int_equal(behov_table_line(table, 2), 6); /* a skipped cell has line breaks too */
    behov_table_free(table);
}

static const read_csv_options by_name = {.choose = choose_by_name};

static void lost_zeros_of_codes_are_put_back(void **state)
{
    (void)state;
    behov_table *table = read_text("code,n\n101,1\n1151,2\n104,3\n101,4\n.,5\n", by_name);
    check_text(table, "code", 0, "0101");
    check_text(table, "code", 1, "1151");
    check_text(table, "code", 2, "0104");
    check_text(table, "code", 3, "0101");
    check_missing(table, "code", 4, BEHOV_MISSING_DOT);
    check_told("code: 2 codes have three digits and are read with a zero in front (101 -> 0101)");
    behov_table_free(table);
    table = read_text("code,n\n101.0,1\n\" 1151\xC2\xA0\",2\n\"101,0\",3\n", by_name);
    check_text(table, "code", 0, "0101");
    check_text(table, "code", 1, "1151");
    check_text(table, "code", 2, "0101");
    assert_int_equal(behov_dictionary_count(behov_table_levels(table, column_of(table, "code"))), 2);
    check_told("3 codes held more than digits (\"101.0\" is 0101), taken off; 2 codes have three digits");
    behov_table_free(table);
}

static void other_codes_are_left_alone(void **state)
{
    (void)state;
    const char *const files[] = {"code,n\n0101,1\n1151,2\n", "code,n\n0101,1\n301,2\n", "code,n\n101,1\n12345,2\n",
                                 "code,n\n1151,1\n1152,2\n", "code,n\n1.5,1\n101,2\n"};
    const char *const first[] = {"0101", "0101", "101", "1151", "1.5"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        behov_table *table = read_text(files[i], by_name);
        check_text(table, "code", 0, first[i]);
        assert_string_equal(notices, "");
        behov_table_free(table);
    }
    behov_table *table = read_text("code,n\n101,1\nEAK,2\n", by_name); /* the country says nothing of zeros */
    check_text(table, "code", 0, "0101");
    check_text(table, "code", 1, "EAK");
    behov_table_free(table);
}

/* ---------------------------------------------------------------- encodings */

static void byte_order_mark_is_no_part_of_the_name(void **state)
{
    (void)state;
    behov_table *table = read_plain("\xEF\xBB\xBF"
                                    "code,\xC3\x85r\n0101,2013\n");
    check_text(table, "code", 0, "0101");
    check_number(table, "\xC3\x85r", 0, 2013);
    assert_string_equal(notices, "");
    behov_table_free(table);
    table = read_text("\xEF\xBB\xBF"
                      "a,b\n1,2\n",
                      (read_csv_options){.encoding = "utf-8"});
    check_number(table, "a", 0, 1);
    behov_table_free(table);
}

static void windows_1252_is_found(void **state)
{
    (void)state;
    behov_table *table = read_plain("name,n\nS\xF8r-Varanger,1\n\x80uro,2\n");
    check_text(table, "name", 0, "S\xC3\xB8r-Varanger");
    check_text(table, "name", 1,
               "\xE2\x82\xAC"
               "uro");
    check_told("ISO-8859-1/Windows-1252 (found by looking; --encoding overrides)");
    behov_table_free(table);
    table = read_text("name,n\nS\xF8r,1\n", (read_csv_options){.encoding = "ISO-8859-1"});
    check_text(table, "name", 0, "S\xC3\xB8r");
    assert_string_equal(notices, "");
    behov_table_free(table);
}

static void encoding_far_down_the_file_is_found(void **state)
{
    (void)state;
    /* The first odd byte stands behind a megabyte of ASCII, across block borders. */
    size_t n_rows = 60000 + effort(40000), length = 0;
    char *text = take_room(n_rows * 16 + 100);
    length += (size_t)sprintf(text, "name,n\n");
    for (size_t i = 0; i < n_rows; i++)
        length += (size_t)sprintf(text + length, "abcde,%zu\n", i);
    strcpy(text + length, "\xF8st,7\n");
    behov_table *table = read_plain(text);
    check_text(table, "name", n_rows, "\xC3\xB8st");
    check_number(table, "n", n_rows - 1, (double)n_rows - 1);
    assert_int_equal(behov_table_line(table, n_rows), n_rows + 2);
    check_told("Windows-1252");
    behov_table_free(table);
    strcpy(text + length, "\xC3\xB8st,7\n");
    table = read_plain(text);
    check_text(table, "name", n_rows, "\xC3\xB8st");
    assert_string_equal(notices, "");
    behov_table_free(table);
    strcpy(text + length, "\xC3\xB8st,7\n\xF8st,8\n");
    char place[40];
    snprintf(place, sizeof place, ", line %zu", n_rows + 3);
    check_fails(text, (read_csv_options){0}, BEHOV_E_DATA, place, "invalid UTF-8");
    strcpy(text + length, "\xF8st,7\n\x81,8\n");
    check_fails(text, (read_csv_options){0}, BEHOV_E_DATA, place, "the byte 0x81 is no character");
    free(text);
}

static void characters_across_blocks_are_whole(void **state)
{
    (void)state;
    /* Two-, three- and four-byte characters at every place around the border of a block of 256 KiB. */
    static const char *const characters[] = {"\xC3\xA6", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    enum { BORDER = 256 * 1024 };
    char *text = take_room(BORDER + 100);
    for (size_t kind = 0; kind < 3; kind++)
        for (size_t n_before = 1; n_before <= 4; n_before++) {
            strcpy(text, "name,n\n");
            size_t length = strlen(text), n_rows = 1;
            while (length + 40 < BORDER) {
                memcpy(text + length, "aaaaaaaaaaaaaaa,1\n", 18);
                length += 18;
                n_rows++;
            }
            while (length < BORDER - n_before)
                text[length++] = 'b';
            sprintf(text + length, "%sz,5\n", characters[kind]);
            behov_table *table = read_plain(text);
            assert_int_equal(behov_table_n_rows(table), n_rows);
            check_number(table, "n", n_rows - 1, 5);
            size_t column = column_of(table, "name");
            const char *name =
                behov_dictionary_text(behov_table_levels(table, column), behov_table_codes(table, column)[n_rows - 1]);
            assert_string_equal(strchr(name, characters[kind][0]) + strlen(characters[kind]), "z");
            assert_string_equal(notices, "");
            behov_table_free(table);
            /* It is the only character that shows what the file is: a stray byte below is a mixture. */
            strcat(text, "\xE6,6\n");
            char place[40];
            snprintf(place, sizeof place, ", line %zu", n_rows + 2);
            check_fails(text, (read_csv_options){0}, BEHOV_E_DATA, place, "invalid UTF-8; other places");
        }
    /* A quoted field with a line break, whose last byte is the last of the block: lines are counted still. */
    memset(text, 'b', BORDER);
    memcpy(text, "name,n\n1,\"", 10);
    text[100] = '\n';
    strcpy(text + BORDER - 1, "\"\n2,3\n4,x\n");
    behov_table *table = read_plain(text);
    assert_int_equal(behov_table_line(table, 1), 4);
    assert_int_equal(behov_table_line(table, 2), 5);
    behov_table_free(table);
    free(text);
}

static void utf16_is_read(void **state)
{
    (void)state;
    const char ascii[] = "name;n\nSxr;1,5\n";
    for (int big = 0; big < 2; big++) {
        char bytes[100];
        size_t length = 0;
        for (size_t i = 0; i <= strlen(ascii); i++) { /* the mark, then the text with an o-slash */
            unsigned unit = i == 0 ? 0xFEFF : ascii[i - 1] == 'x' ? 0xF8 : (unsigned)(unsigned char)ascii[i - 1];
            bytes[length++] = (char)(big ? unit >> 8 : unit & 0xFF);
            bytes[length++] = (char)(big ? unit & 0xFF : unit >> 8);
        }
        write_bytes(bytes, length);
        behov_table *table = read_path(path, (read_csv_options){0});
        check_text(table, "name", 0, "S\xC3\xB8r");
        check_number(table, "n", 0, 1.5);
        check_told(big ? "UTF-16BE" : "UTF-16LE");
        behov_table_free(table);
        table = read_path(path, (read_csv_options){.encoding = big ? "UTF-16BE" : "UTF-16LE"});
        check_text(table, "name", 0, "S\xC3\xB8r");
        behov_table_free(table);
        write_bytes(bytes, length - 1);
        check_fails_at_path(path, (read_csv_options){0}, BEHOV_E_DATA, ", line 2",
                            "the file ends in the middle of a character");
    }
}

static void bytes_that_are_no_text_are_an_error(void **state)
{
    (void)state;
    const read_csv_options plain = {0};
    check_fails("a,b\n\xC3\xA6,1\n\xE6,2\n", plain, BEHOV_E_DATA, ", line 3", "invalid UTF-8; other places");
    check_fails("a,b\n\xC3\xA6,1\n\xE6,2\n", plain, BEHOV_E_DATA, ", line 3", "--encoding ISO-8859-1");
    check_fails("\xEF\xBB\xBF"
                "a,b\n\xE6,2\n",
                plain, BEHOV_E_DATA, ", line 2", "invalid UTF-8");
    check_fails("a,b\n1,\xE6\n", (read_csv_options){.encoding = "UTF-8"}, BEHOV_E_DATA, ", line 2", "invalid UTF-8");
    check_fails("a,b\n\xE6,2\r\n\x8D,2\n", plain, BEHOV_E_DATA, ", line 3",
                "the byte 0x8D is no character of ISO-8859-1/Windows-1252, and the file is not UTF-8 either");
    check_fails("a,b\r\xC3\xA6,1\r\xE6,2\r", plain, BEHOV_E_DATA, ", line 3", "invalid UTF-8");
    /* Overlong forms, surrogates and what lies past U+10FFFF are no UTF-8: beside a real character, a mixture. */
    const char *const malformed[] = {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                     "\xF0\x80\x80\x80"};
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        char text[64];
        snprintf(text, sizeof text, "a,b\n\xC3\xA6,1\n%s,2\n", malformed[i]);
        check_fails(text, plain, BEHOV_E_DATA, ", line 3", "invalid UTF-8");
    }
    write_bytes("a,b\n1,2\n3,\0"
                "4\n",
                14);
    check_fails_at_path(path, plain, BEHOV_E_DATA, ", line 3", "a zero byte");
    check_fails("a,b\n1,2\n", (read_csv_options){.encoding = "no-such-code"}, BEHOV_E_ARGUMENT, "",
                "the encoding \"no-such-code\" is not known");
}

/* ---------------------------------------------------------------- what cannot be read */

static void files_that_cannot_be_opened_are_told(void **state)
{
    (void)state;
    const read_csv_options plain = {0};
    char missing_text[80];
    snprintf(missing_text, sizeof missing_text, "%s/nothing.csv", folder);
    check_fails_at_path(missing_text, plain, BEHOV_E_FILE, "", "no such file");
    check_fails_at_path(folder, plain, BEHOV_E_FILE, "", "this is a folder");
    if (geteuid() != 0) { /* the superuser may read everything */
        write_file("a,b\n1,2\n");
        chmod(path, 0);
        check_fails_at_path(path, plain, BEHOV_E_FILE, "", "cannot be opened");
        unlink(path);
    }
}

static void files_without_a_table_are_told(void **state)
{
    (void)state;
    const read_csv_options plain = {0};
    check_fails("", plain, BEHOV_E_DATA, "", "the file is empty");
    check_fails("\xEF\xBB\xBF", plain, BEHOV_E_DATA, "", "the file holds no text");
    check_fails("\n \n\n", plain, BEHOV_E_DATA, "", "the file holds no text");
    check_fails(";;;\n;;;\n", plain, BEHOV_E_DATA, "", "the file holds no text");
    check_fails("code,name\n", plain, BEHOV_E_DATA, "", "the file has a header but no rows; fill in a row under it");
    check_fails("code,name", plain, BEHOV_E_DATA, "", "the file has a header but no rows; fill in a row under it");
    check_fails("code,name\n\n,\n", plain, BEHOV_E_DATA, "",
                "the file has a header but no rows; fill in a row under it");
    check_fails("PK\3\4 and so on", plain, BEHOV_E_DATA, "",
                "the workbook is broken or not whole; fetch or save it anew");
}

static void bad_headers_are_told(void **state)
{
    (void)state;
    const read_csv_options plain = {0};
    check_fails("a,b, a ,c\n1,2,3,4\n", plain, BEHOV_E_DATA, ", line 1",
                "columns 1 and 3 are both called \"a\"; rename one");
    check_fails("Title\n\na;b;b\n1;2;3\n", plain, BEHOV_E_DATA, ", line 3", "columns 2 and 3 are both called \"b\"");
}

static void column_without_a_name_is_passed_over(void **state)
{
    (void)state;
    behov_table *table = read_plain("a,,c\n1,,3\n4,5,6\n");
    assert_int_equal(behov_table_n_columns(table), 2);
    check_number(table, "c", 1, 6);
    check_told("column 2 has no name and is passed over (line 3 has \"5\" in it)");
    behov_table_free(table);
    table = read_plain(",a\n1,2\n");
    assert_int_equal(behov_table_n_columns(table), 1);
    check_told("column 1 has no name and is passed over (line 2 has \"1\" in it)");
    behov_table_free(table);
}

static behov_read_kind choose_key(void *context, const char *name)
{
    (void)context;
    return name[0] == 'n' ? BEHOV_READ_AS_NUMBER : name[0] == 'b' ? BEHOV_READ_AS_BOTH : BEHOV_READ_AS_KEY;
}

/* 20130101974932001 and ...002 are one double; 1.1 and 1.10 are two ids. */
static void keys_keep_what_numbers_would_lose(void **state)
{
    (void)state;
    const read_csv_options keys = {.choose = choose_key};
    behov_table *table = read_text("long,ends,power,plain,n\n"
                                   "20130101974932001,1.1,1E1,7,1.10\n"
                                   "20130101974932002,1.10,10,-2.5,1E1\n",
                                   keys);
    check_text(table, "long", 0, "20130101974932001");
    check_text(table, "long", 1, "20130101974932002");
    check_text(table, "ends", 0, "1.1");
    check_text(table, "ends", 1, "1.10");
    check_text(table, "power", 0, "1E1");
    check_text(table, "power", 1, "10");
    check_number(table, "plain", 1, -2.5);
    check_number(table, "n", 0, 1.1);
    check_number(table, "n", 1, 10);
    check_told("ends: read as text, since as numbers 1.1 and 1.10 would be the same");
    check_told("power: read as text, since as numbers 1E1 and 10 would be the same");
    check_not_told("long");
    behov_table_free(table);
    check_fails("both\n1\n20130101974932001\n", keys, BEHOV_E_RANGE, ", line 3, column both",
                "has more digits than a number keeps");
    table = read_text("both\n1.1\n1.10\n", keys);
    check_number(table, "both", 1, 1.1);
    check_told("both is a key that is compared with numbers, so \"1.10\" (line 3) is the number it stands for");
    behov_table_free(table);
}

static void wide_blanks_around_names_and_cells_are_taken_off(void **state)
{
    (void)state;
    behov_table *table = read_plain("a\xC2\xA0,\xE2\x80\xAF b \xE2\x80\x89,c\n"
                                    "x,\xC2\xA0"
                                    "1\xE2\x80\x87,\xC2\xA0\n\xC2\xA0x,2,\"y \"\n");
    check_text(table, "a", 0, "x");
    check_text(table, "a", 1, "x");
    check_number(table, "b", 0, 1);
    check_text(table, "c", 1, "y ");
    behov_table_free(table);
}

static void ctrl_z_ends_a_file(void **state)
{
    (void)state;
    static const char *const ends[] = {"\x1A", "\x1A\r\n", "\n\x1A", "\n\x1A\x1A \n"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char text[64];
        snprintf(text, sizeof text, "a,b\n1,2%s", ends[i]);
        behov_table *table = read_plain(text);
        assert_int_equal(behov_table_n_rows(table), 1);
        check_number(table, "b", 0, 2);
        behov_table_free(table);
    }
    check_fails("a,b\n1,2\n\x1A\n3,4\n", (read_csv_options){0}, BEHOV_E_DATA, ", line 4",
                "text stands behind a Ctrl-Z (0x1A)");
}

/* A quote left open in one row and another in a later one make one row of several. */
static void open_quote_that_swallows_rows_is_told(void **state)
{
    (void)state;
    const read_csv_options plain = {0};
    check_fails("code,name,y\n1,\"A,5\n2,B,6\n3,C\",7\n", plain, BEHOV_E_DATA, ", line 2, column name",
                "the quote that opens here closes on line 4");
    check_fails("code;name;y\r\n1;\"A;5\r\n2;B\";6\r\n", plain, BEHOV_E_DATA, ", line 2, column name",
                "the quote that opens here closes on line 3");
    check_fails("y,note\n1,x\n2,\"a\nb\"\n3,\"c,4\n\n", plain, BEHOV_E_DATA, ", line 5, column note", "is not closed");
    /* prose with line breaks is a field like any other */
    behov_table *table = read_plain("code,name,note\n1,A,\"Oslo, Norway\nBergen, Norway\"\n2,B,C\n");
    assert_int_equal(behov_table_n_rows(table), 2);
    check_told("1 quoted field runs over several lines with separators inside (the first: lines 2 to 3)");
    behov_table_free(table);
}

static void ragged_rows_are_told(void **state)
{
    (void)state;
    const read_csv_options plain = {0};
    check_fails("a,b,c\n1,2,3\n1,2\n", plain, BEHOV_E_DATA, ", line 3", "2 fields, the header has 3");
    check_fails("a,b,c\n1,2,3\n1,2,3,4\n", plain, BEHOV_E_DATA, ", line 3", "4 fields, the header has 3");
    check_fails("a,b,c\n1,2,3\n\nSource: Statistics Norway\n4,5,6\n", plain, BEHOV_E_DATA, ", line 4",
                "1 field, the header has 3 (separator ','); notes below the table have to be taken out");
    check_fails("a;b\n1;2\n3;4;5\n", plain, BEHOV_E_DATA, ", line 3", "(separator ';')");
}

/* Rows of a table that is read as found, and how many notes below it are told with which line and text. */
static void check_notes(const char *text, size_t n_rows, const char *told_text)
{
    behov_table *table = read_plain(text);
    assert_int_equal(behov_table_n_rows(table), n_rows);
    if (told_text)
        check_told(told_text);
    else
        assert_null(strstr(notices, "below the table"));
    behov_table_free(table);
}

/* As SSB and Excel write them: padded with separators, or a line of its own. */
static void notes_below_the_table_are_left_out(void **state)
{
    (void)state;
    const char *text = "1 line below the table left out: notes, with text in the first cell alone (line 4: ";
    const char *two = "2 lines below the table left out: notes, with text in the first cell alone (the first, line 4: ";
    check_notes("k;a;b\n0301;1;2\n0302;3;4\nKilde: SSB;;\n", 2, text);
    check_notes("k;a;b\n0301;1;2\n0302;3;4\nKilde: SSB;;", 2, text);
    check_notes("k;a;b\n0301;1;2\n0302;3;4\nSSB\n", 2, "(line 4: \"SSB\")");
    check_notes("k;a;b\n0301;1;2\n0302;3;4\nKilde: SSB;;;;;;;\n\n;;\n1) Tall for 2013;;\n", 2, two);
    check_notes("k;a;b\n0301;1;2\n0302;3;4\n\"Kilde: SSB;\n tabell 1\";;\n1) Tall for 2013\n;;\n", 2, two);
    check_notes("k;a;b\r\n0301;1;2\r\n0302;3;4\r\n1 Tall for 2013;;\xC2\xA0\r\n", 2, text);
    check_notes(";k;a;b\n;0301;1;2\n;0302;3;4\n;Kilde: SSB;;\n", 2, text); /* a table from column B on */
    check_notes("r;k;a\n1,5;0301;2\n2,5;0302;4\nKilde: SSB;;\n", 2, text); /* below figures */
    check_notes("k;a\n0301;1\n0302;3\nKilde: SSB;\n", 2, text);
    behov_table *table = read_plain("y;k;a\n1;0301;x\n2;302;4\nI alt ikke med;;\n"); /* a becomes text: twice */
    check_number(table, "y", 1, 2);
    check_text(table, "a", 1, "4");
    assert_int_equal(behov_table_n_rows(table), 2);
    check_told("(line 4: \"I alt ikke med\")");
    behov_table_free(table);
}

/* Cells as spreadsheets and statistical offices leave them: each is named for what it is, with what to do. */
static void odd_cells_are_named_for_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *sentence;
    } odd[] = {
        {"03.feb", "\"03.feb\" is a date, as spreadsheets make one of 3.2: write the figure that stood there"},
        {"3-Feb", "is a date, as spreadsheets make one of 3.2"},
        {"31. des", "is a date, as spreadsheets make one of 31.12"},
        {"feb.03", "is a date, as spreadsheets make one of 2.03"},
        {"okt.45", "is a date, as spreadsheets make one of 10.45"},
        {"3. februar 2013", "is a date where a number should stand"},
        {"03.02.2013", "is a date where a number should stand"},
        {"2013-02-03", "is a date where a number should stand"},
        {"2,62 %", "has a per cent sign; take it off and write the figure alone, 2,62 if the column is in per cent"},
        {"2,62\xC2\xA0%", "has a per cent sign; take it off and write the figure alone, 2,62 if"},
        {"3 \xE2\x80\xB0", "has a per mille sign"},
        {"-", "Statistics Norway writes it for 0, others for a missing value; write 0, or give --missing '-'"},
        {"\xE2\x80\x93", "give --missing '\xE2\x80\x93' if it is missing"},
        {"1 2345", "has a blank that parts no thousands"},
        {"12\xC2\xA0"
         "34,5",
         "write 1234,5, if it is one figure"},
        {"(2,5)", "has brackets, which may mean below 0; write -2,5, or 2,5 without them"},
        {"<4", "is no figure but a bound of one; give --missing '<4' if it is missing"},
        {"25 kr", "it has more than a figure in it; take the rest off (a footnote mark, a unit), if 25 is meant"},
        {"2,62*", "if 2,62 is meant"},
        {"#I/T", "is an error of a formula in a spreadsheet"},
        {"#VERDI!", "is an error of a formula in a spreadsheet"},
        {"#####", "a column that is too narrow"},
        {"mars", "\"mars\" is not a number (decimal comma was found"},
        {"Gruppe 1", "\"Gruppe 1\" is not a number (decimal comma was found"},
        {"3 mat 4", "\"3 mat 4\" is not a number"},
        {"1,2,3", "a mark between thousands stands before groups of three digits"},
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char text[200];
        snprintf(text, sizeof text, "y;b\n0,5;1\n%s;2\n", odd[i].cell);
        check_fails(text, as_numbers, BEHOV_E_TYPE, ", line 3, column y", odd[i].sentence);
    }
    /* thousands separated by any blank are read */
    static const char *const blanks[] = {" ", "\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        char text[200];
        snprintf(text, sizeof text, "y;b\n0,5;1\n1%s234%s567;2\n", blanks[i], blanks[i]);
        behov_table *table = read_text(text, as_numbers);
        check_number(table, "y", 1, 1234567);
        behov_table_free(table);
    }
}

static behov_read_kind first_is_code(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "k") == 0 ? BEHOV_READ_AS_CODE : BEHOV_READ_AS_NUMBER;
}

static void municipality_of_a_cell_is_named(void **state)
{
    (void)state;
    const read_csv_options with_code = {.choose = first_is_code};
    check_fails("k;a;b\n0301;1;2\nK-0104;few;4\n", with_code, BEHOV_E_TYPE, ", line 3, column a, municipality K-0104",
                "\"few\" is not a number");
    check_fails("a;k;b\n1;0301;2\nfew;0104;4\n", with_code, BEHOV_E_TYPE, ", line 3, column a", "is not a number");
    check_fails("k;a;b\n0301;1;2\n;1e999;4\n", with_code, BEHOV_E_RANGE, ", line 3, column a", "outside the range");
}

/* A note is none of the codes: the zeros that a spreadsheet ate are put back as without it. */
static void note_hides_no_lost_zeros(void **state)
{
    (void)state;
    behov_table *table =
        read_text("k;a;b\n301;1;2\n302;3;4\nKilde: SSB;;\n", (read_csv_options){.choose = first_is_code});
    check_text(table, "k", 0, "0301");
    check_told("read with a zero in front (301 -> 0301)");
    behov_table_free(table);
}

/* What has a code, a figure, or another cell stays; so does a key whose only other cell is missing. */
static void rows_at_the_end_are_no_notes(void **state)
{
    (void)state;
    check_notes("k;a;b\n0301;1;2\n0302;;\n", 2, NULL);
    check_notes("k;a;b\n0301;1;2\n0302 Halden;;\n", 2, NULL);
    check_notes("k;a;b\n0301;1;2\n301 Oslo;;\n", 2, NULL);
    check_notes("k;a;b\n0301;1;2\n1 234;;\n", 2, NULL);
    check_notes("k;a;b\n0301;1;2\nNA;;\n..;;\n", 3, NULL);
    check_notes("k;a;b\nA;1;2\nB;;\n", 2, NULL);
    check_notes("name;group\nOslo;1\nNore og Uvdal;\n", 2, NULL);
    check_notes("k;a;b\n0301;1;2\nKilde: SSB;3;\n", 2, NULL);
    check_notes("k\n0301\nKilde: SSB\n", 2, NULL); /* of one column every cell is a row */
}

/* Between rows the same text is a row, in its place; with a figure for a first column an error, as any text there. */
static void notes_between_rows_are_rows(void **state)
{
    (void)state;
    behov_table *table = read_plain("k;a;b\nKilde: SSB;;\n\n1) Tall;;\n;3;4\nsiste note;;\n");
    assert_int_equal(behov_table_n_rows(table), 3);
    check_text(table, "k", 0, "Kilde: SSB");
    check_text(table, "k", 1, "1) Tall");
    check_number(table, "a", 2, 3);
    assert_int_equal(behov_table_line(table, 0), 2);
    assert_int_equal(behov_table_line(table, 1), 4);
    assert_int_equal(behov_table_line(table, 2), 5);
    check_told("1 line below the table left out");
    check_told("line 6: \"siste note\"");
    behov_table_free(table);
    const read_csv_options with_code = {.choose = first_is_code};
    check_fails("a;k;b\n1;0301;2\nKilde: SSB;;\n2;0302;3\n", with_code, BEHOV_E_TYPE, ", line 3, column a",
                "\"Kilde: SSB\" is not a number");
    check_fails("k;a;b\n1;2;3\nKilde: SSB;\n1;2;3\n", with_code, BEHOV_E_DATA, ", line 3", "2 fields");
    check_fails("k;a;b\n1;2;3\nKilde: SSB;\n1;2;x\n", with_code, BEHOV_E_DATA, ", line 3", "2 fields");
}

/* Thousands of rows without figures are no notes: they are kept as rows, in order. */
static void more_notes_than_a_table_has_are_rows(void **state)
{
    (void)state;
    enum { N = 1000 };
    char *text = take_room(N * 20 + 100), *cursor = text + sprintf(text, "k;a;b\n0301;1;2\n");
    for (int i = 0; i < N; i++)
        cursor += sprintf(cursor, "note no. %d;;\n", i);
    behov_table *table = read_text(text, (read_csv_options){0});
    size_t n_rows = behov_table_n_rows(table);
    assert_true(n_rows > N / 2);
    for (size_t i = 1; i < n_rows; i++)
        assert_int_equal(behov_table_line(table, i), i + 2);
    behov_table_free(table);
    free(text);
}

/* A title of several cells is taken for the header: the line that looks like it is named. */
static void line_that_looks_like_the_header_is_told(void **state)
{
    (void)state;
    const read_csv_options plain = {0};
    check_fails("Tabell;12345\nPeriode;2012\n\ncode;name;y\n0101;Halden;1\n", plain, BEHOV_E_DATA, ", line 4",
                "3 fields, the header has 2");
    check_told("line 1 is taken for the header, but line 4 looks like it; if it is, take the lines above it out");
    check_fails(";2012;2012\ncode;a;b\n0101;1;2\n", plain, BEHOV_E_DATA, ", line 1", "are both called \"2012\"");
    check_told("but line 2 looks like it");
    static const char *const good[] = {"code;name;\n0101;Halden;x\n0104;Moss;y\n", ";a;b\nx;1;2\ny;3;4\n",
                                       "a;b;c\nd;e;f\n1;2;3\n", "Title\n\ncode;name;y\n0101;Halden;1\n"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        behov_table *table = read_plain(good[i]);
        assert_null(strstr(notices, "looks like it"));
        behov_table_free(table);
    }
}

static void quotes_that_do_not_close_are_told_where_they_open(void **state)
{
    (void)state;
    const read_csv_options plain = {0};
    check_fails("a,b\n1,2\n3,\"four\n5,6\n7,8\n", plain, BEHOV_E_DATA, ", line 3, column b",
                "the quote that opens this field is not closed");
    check_fails("a,b,c\n1,\"x\ny\",\"four\n5,6,7\n", plain, BEHOV_E_DATA, ", line 3, column c",
                "the quote that opens this field is not closed");
    check_fails("a,b\n1,\"two\n3,\"four\"\n", plain, BEHOV_E_DATA, ", line 3, column b",
                "the quote that opened on line 2 is not closed");
    check_fails("a,b\n1,\"5\" pipe\"\n", plain, BEHOV_E_DATA, ", line 2, column b",
                "a quote inside a quoted field is not doubled");
}

static void quote_in_a_word_does_not_loosen_the_rules_below(void **state)
{
    (void)state;
    check_fails("a,b\n1,5\" pipe\n1,\"two\" three\n", (read_csv_options){0}, BEHOV_E_DATA, ", line 3, column b",
                "a quote inside a quoted field is not doubled");
}

static void options_that_make_no_sense_are_told(void **state)
{
    (void)state;
    behov_table *table = NULL;
    behov_error err;
    write_file("a,b\n1,2\n");
    read_csv_options options = {.separator = 'x'};
    assert_int_equal(read_table(path, &options, &table, &err), BEHOV_E_ARGUMENT);
    options = (read_csv_options){.decimal_mark = ';'};
    assert_int_equal(read_table(path, &options, &table, &err), BEHOV_E_ARGUMENT);
    assert_null(table);
}

static void long_names_do_not_push_the_line_out_of_the_message(void **state)
{
    (void)state;
    char inner[300], text[600], name[200];
    snprintf(inner, sizeof inner, "%s/", folder);
    size_t length = strlen(inner);
    memset(inner + length, 'x', 200);
    strcpy(inner + length + 200, ".csv");
    memset(name, 'y', 150);
    name[150] = '\0';
    snprintf(text, sizeof text, "%s\nabc\n", name);
    FILE *file = fopen(inner, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    behov_table *table;
    behov_error err;
    assert_int_equal(read_table(inner, &as_numbers, &table, &err), BEHOV_E_TYPE);
    assert_non_null(strstr(err.where, ".csv, line 2, column yyyy"));
    assert_true(strncmp(err.where, "\u2026xxx", 6) == 0);
    unlink(inner);
}

static void standard_input_is_read(void **state)
{
    (void)state;
    const char *const texts[] = {"name;n\nS\xF8r;1,5\n", "a,b\n1\n"};
    for (int i = 0; i < 2; i++) {
        int ends[2], saved_number = dup(STDIN_FILENO);
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], texts[i], strlen(texts[i])), strlen(texts[i]));
        close(ends[1]);
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        if (i == 0) {
            behov_table *table = read_path("-", (read_csv_options){0});
            check_text(table, "name", 0, "S\xC3\xB8r");
            check_number(table, "n", 0, 1.5);
            assert_string_equal(behov_table_source(table), PHRASE_STANDARD_INPUT);
            check_told("standard input: separator ';'");
            behov_table_free(table);
        } else {
            behov_table *table;
            behov_error err;
            assert_int_equal(read_table("-", NULL, &table, &err), BEHOV_E_DATA);
            assert_string_equal(err.where, "standard input, line 2");
        }
        dup2(saved_number, STDIN_FILENO);
        close(saved_number);
    }
}

static void named_pipe_is_read(void **state)
{
    (void)state;
    char name[80];
    snprintf(name, sizeof name, "%s/pipe", folder);
    assert_int_equal(mkfifo(name, 0600), 0);
    int both = open(name, O_RDWR); /* so that neither open waits; closed by the reader's end of text */
    assert_true(both >= 0);
    assert_int_equal(write(both, "a,b\n1,2\n", 8), 8);
    pid_t child = fork();
    if (child == 0) { /* lets go of the pipe a little later */
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
        _exit(0);
    }
    close(both);
    behov_table *table = read_path(name, (read_csv_options){0});
    check_number(table, "b", 0, 2);
    behov_table_free(table);
    assert_int_equal(waitpid(child, NULL, 0), child);
    unlink(name);
}

/* ---------------------------------------------------------------- size */

static void many_rows_keep_their_values_and_lines(void **state)
{
    (void)state;
    /* Short rows first: the guess of the number of rows from the first block is too low, then too high. */
    for (int turn = 0; turn < 2; turn++) {
        size_t n_rows = 20000 + effort(70000), length;
        char *text = take_room(n_rows * 60 + 100);
        length = (size_t)sprintf(text, "name,n\n");
        for (size_t i = 0; i < n_rows; i++) {
            bool is_long = (i < n_rows / 2) == (turn == 0);
            length += (size_t)sprintf(text + length, "%s%zu,%zu.5\n",
                                      is_long ? "a much longer name than the others " : "m", i / 10, i);
        }
        behov_table *table = read_plain(text);
        assert_int_equal(behov_table_n_rows(table), n_rows);
        for (size_t i = 0; i < n_rows; i += 997) {
            check_number(table, "n", i, (double)i + 0.5);
            assert_int_equal(behov_table_line(table, i), i + 2);
        }
        behov_table_free(table);
        /* A column that turns out to be text in the last line. */
        sprintf(text + length, "x,last\n");
        table = read_plain(text);
        assert_int_equal(behov_table_n_rows(table), n_rows + 1);
        check_text(table, "n", 0, "0.5");
        char last[40], told_text[100];
        snprintf(last, sizeof last, "%zu.5", n_rows - 1);
        snprintf(told_text, sizeof told_text, "column n is read as text; line %zu: \"last\" is not a number",
                 n_rows + 2);
        check_text(table, "n", n_rows - 1, last);
        check_text(table, "n", n_rows, "last");
        check_told(told_text);
        behov_table_free(table);
        free(text);
    }
}

static void rows_without_a_final_quote_do_not_take_the_memory_of_the_file(void **state)
{
    (void)state;
    size_t length = 20u * 1024 * 1024;
    char *text = take_room(length + 1);
    memset(text, 'x', length);
    text[length] = '\0';
    memcpy(text, "a,b\n1,\"", 7);
    check_fails(text, (read_csv_options){0}, BEHOV_E_DATA, ", line 2, column b", "a field of more than 16 MB");
    free(text);
}

/* ---------------------------------------------------------------- real files */

/* The path of a real file; skips the test where the folder is not there. */
static const char *shared(const char *name)
{
    static char whole[512];
    const char *root = getenv("BEHOV_SHARED");
    if (!root) {
        print_message("skipped: BEHOV_SHARED is not set\n");
        skip();
    }
    snprintf(whole, sizeof whole, "%s/data/%s", root, name);
    return whole;
}

static void ssb_tab_file_is_read(void **state)
{
    (void)state;
    behov_table *table = read_path(shared("raw/ssb/07459_2010_2014.tsv"), (read_csv_options){0});
    assert_int_equal(behov_table_n_rows(table), 50456);
    assert_int_equal(behov_table_n_columns(table), 7);
    check_text(table, "region", 0, "0101 Halden");
    check_number(table, "Persons 2014", 0, 305);
    assert_int_equal(behov_table_line(table, 50455), 50457);
    assert_true(behov_dictionary_find(behov_table_levels(table, 0), "0137 V\xC3\xA5ler (\xC3\x98stfold)", 22) >= 0);
    check_told("separator tab, ISO-8859-1/Windows-1252 (found by looking");
    behov_table_free(table);
}

static void ssb_file_with_a_title_is_read(void **state)
{
    (void)state;
    behov_table *table = read_path(shared("raw/ssb/07459_2021.csv"), (read_csv_options){0});
    assert_int_equal(behov_table_n_rows(table), 38054);
    check_text(table, "region", 0, "K-3001 Halden");
    check_text(table, "age", 1, "1 year");
    check_number(table, "Persons 2021", 0, 253);
    assert_int_equal(behov_table_line(table, 0), 4);
    check_told("1 line above the header passed over");
    check_told("separator ';', ISO-8859-1/Windows-1252");
    behov_table_free(table);
}

static behov_read_kind choose_settled(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "Kommunenummer") == 0 ? BEHOV_READ_AS_CODE : BEHOV_READ_AS_FOUND;
}

static void imdi_files_are_read(void **state)
{
    (void)state;
    behov_table *table =
        read_path(shared("raw/imdi/bosatt_anmodede.csv"), (read_csv_options){.choose = choose_settled});
    assert_int_equal(behov_table_n_rows(table), 74898);
    check_number(table, "\xC3\x85r", 0, 1995);
    check_text(table, "Kommunenummer", 0, "0101");
    check_missing(table, "Antall", 1, BEHOV_MISSING_DOT);
    check_told("column Antall is read as text; line 38289: \"Inf\" is not a number");
    behov_table_free(table);
    table = read_path(shared("raw/imdi/sosialhjelp_2013.csv"), (read_csv_options){0});
    assert_int_equal(behov_table_n_rows(table), 16530);
    check_number(table, "aar", 0, 2013);
    check_text(table, "bydel_nr", 0, "000301");
    check_missing(table, "kommune_nr", 0, BEHOV_MISSING_NULL);
    check_number(table, "tabellvariabel", 0, 7501);
    behov_table_free(table);
}

static void klass_files_are_read(void **state)
{
    (void)state;
    behov_table *table = read_path(shared("raw/klass/fra_2019kommuner_til_2020kommuner.csv"), (read_csv_options){0});
    assert_int_equal(behov_table_n_rows(table), 426);
    check_text(table, "kommunenummer_2019", 1, "0104");
    check_text(table, "kommunenummer_2020", 1, "3002");
    check_text(table, "endringsmerknad_19_20", 1, "sl\xC3\xA5tt sammen fra 2019 til 2020");
    assert_int_equal(behov_table_line(table, 425), 427);
    behov_table_free(table);
    /* These lists have a header of eight fields over rows of six: nobody can know which two are missing. */
    const read_csv_options plain = {0};
    check_fails_at_path(shared("raw/klass/ssb_kommune_jan13_jan17_473.csv"), plain, BEHOV_E_DATA, ", line 2",
                        "6 fields, the header has 8");
}

/* ---------------------------------------------------------------- */

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    rmdir(folder);
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    return 0;
}

static int make_folder_in_norwegian(void **state)
{
    if (!setlocale(LC_ALL, "nb_NO.UTF-8") && !setlocale(LC_ALL, "de_DE.UTF-8"))
        print_message("no locale with a decimal comma on this machine: nb_NO.UTF-8 was not tried\n");
    return make_folder(state);
}

int main(void)
{
    setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_file_needs_no_notice),
        cmocka_unit_test(last_line_needs_no_line_end),
        cmocka_unit_test(lines_are_those_of_the_file),
        cmocka_unit_test(separator_is_found),
        cmocka_unit_test(one_column_is_a_table),
        cmocka_unit_test(sep_line_of_excel_is_obeyed),
        cmocka_unit_test(title_lines_are_passed_over),
        cmocka_unit_test(separators_at_the_end_of_each_line_are_no_column),
        cmocka_unit_test(spaces_and_quotes_are_not_part_of_the_cell),
        cmocka_unit_test(decimal_mark_is_found_column_by_column),
        cmocka_unit_test(two_decimal_marks_in_one_column_are_an_error),
        cmocka_unit_test(thousands_are_told_by_the_other_figures),
        cmocka_unit_test(columns_not_read_tell_about_marks),
        cmocka_unit_test(text_where_a_number_is_needed_is_told_with_its_place),
        cmocka_unit_test(numbers_past_the_range_are_an_error),
        cmocka_unit_test(grouped_numbers_are_numbers),
        cmocka_unit_test(kind_of_column_is_found),
        cmocka_unit_test(missing_marks_are_kept_apart),
        cmocka_unit_test(chosen_columns_are_read_and_no_others),
        cmocka_unit_test(lost_zeros_of_codes_are_put_back),
        cmocka_unit_test(other_codes_are_left_alone),
        cmocka_unit_test(byte_order_mark_is_no_part_of_the_name),
        cmocka_unit_test(windows_1252_is_found),
        cmocka_unit_test(encoding_far_down_the_file_is_found),
        cmocka_unit_test(characters_across_blocks_are_whole),
        cmocka_unit_test(utf16_is_read),
        cmocka_unit_test(bytes_that_are_no_text_are_an_error),
        cmocka_unit_test(files_that_cannot_be_opened_are_told),
        cmocka_unit_test(files_without_a_table_are_told),
        cmocka_unit_test(bad_headers_are_told),
        cmocka_unit_test(column_without_a_name_is_passed_over),
        cmocka_unit_test(keys_keep_what_numbers_would_lose),
        cmocka_unit_test(wide_blanks_around_names_and_cells_are_taken_off),
        cmocka_unit_test(ctrl_z_ends_a_file),
        cmocka_unit_test(open_quote_that_swallows_rows_is_told),
        cmocka_unit_test(ragged_rows_are_told),
        cmocka_unit_test(notes_below_the_table_are_left_out),
        cmocka_unit_test(line_that_looks_like_the_header_is_told),
        cmocka_unit_test(note_hides_no_lost_zeros),
        cmocka_unit_test(odd_cells_are_named_for_what_they_are),
        cmocka_unit_test(municipality_of_a_cell_is_named),
        cmocka_unit_test(rows_at_the_end_are_no_notes),
        cmocka_unit_test(notes_between_rows_are_rows),
        cmocka_unit_test(more_notes_than_a_table_has_are_rows),
        cmocka_unit_test(quotes_that_do_not_close_are_told_where_they_open),
        cmocka_unit_test(quote_in_a_word_does_not_loosen_the_rules_below),
        cmocka_unit_test(options_that_make_no_sense_are_told),
        cmocka_unit_test(long_names_do_not_push_the_line_out_of_the_message),
        cmocka_unit_test(standard_input_is_read),
        cmocka_unit_test(named_pipe_is_read),
        cmocka_unit_test(many_rows_keep_their_values_and_lines),
        cmocka_unit_test(rows_without_a_final_quote_do_not_take_the_memory_of_the_file),
        cmocka_unit_test(ssb_tab_file_is_read),
        cmocka_unit_test(ssb_file_with_a_title_is_read),
        cmocka_unit_test(imdi_files_are_read),
        cmocka_unit_test(klass_files_are_read),
    };
    int n_failed = cmocka_run_group_tests_name("read_csv", tests, make_folder, remove_folder);
    return n_failed +
           cmocka_run_group_tests_name("read_csv, decimal comma", tests, make_folder_in_norwegian, remove_folder);
}
