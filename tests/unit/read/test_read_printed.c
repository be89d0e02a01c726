/* test_read_printed.c - a printed table as a file: its rows, notes, signs and legend, every fault with its place. */
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

#include "failing_malloc.h"
#include "read_printed.h"

static char folder[64], path[96];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/behov-printed.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/t.csv", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void write_file(const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* The place without the folder: "t.csv, line 2". */
static const char *place(const behov_error *err)
{
    return err->where + strlen(folder) + 1;
}

static void rows_keep_their_digits(void **state)
{
    (void)state;
    behov_printed_table table;
    behov_error err;
    write_file("label_en;unit;term;coefficient;standard_error;label_nb\n"
               "One;x;a;0,80***;(0,10);En\n"
               ";x;b;\xE2\x88\x92"
               "0,016 * *;0,029;\n"
               "Three;x;c;-2,05E-07\xC2\xA0\xE2\x88\x97;[8,76e-08];Tre\n"
               "Four;x;d;1 234;56;\n");
    assert_int_equal(read_printed_table(path, NULL, &table, &err), BEHOV_OK);
    assert_int_equal(table.n_rows, 4);
    assert_int_equal(table.decimal_mark, ',');
    static const struct {
        const char *term, *nb, *en;
        double coefficient, half, standard_error;
        int n_stars;
    } want[] = {{"a", "En", "One", 0.80, 0.005, 0.10, 3},
                {"b", NULL, NULL, -0.016, 0.0005, 0.029, 2},
                {"c", "Tre", "Three", -2.05e-7, 0.5e-9, 8.76e-8, 1},
                {"d", NULL, "Four", 1234, 0.5, 56, 0}};
    for (size_t i = 0; i < 4; i++) {
        const behov_printed_row *row = &table.rows[i];
        assert_string_equal(row->term, want[i].term);
        assert_int_equal(row->line, i + 2);
        assert_true(row->coefficient.value == want[i].coefficient && row->coefficient.half == want[i].half);
        assert_true(row->standard_error.value == want[i].standard_error);
        assert_int_equal(row->n_stars, want[i].n_stars);
        assert_true(want[i].nb ? strcmp(row->labels[BEHOV_LANGUAGE_NB], want[i].nb) == 0
                               : !row->labels[BEHOV_LANGUAGE_NB]);
        assert_true(want[i].en ? strcmp(row->labels[BEHOV_LANGUAGE_EN], want[i].en) == 0
                               : !row->labels[BEHOV_LANGUAGE_EN]);
        assert_int_equal(behov_printed_table_find(&table, want[i].term), i);
    }
    assert_int_equal(behov_printed_table_find(&table, "e"), 4);
    behov_printed_table_free(&table);
}

static void every_fault_of_a_table_has_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        behov_status code;
        const char *where, *subject;
    } cases[] = {
        {"term,coefficient,stars\na,1,*\n", BEHOV_E_NAME, "t.csv", "there is no column standard_error"},
        {"coefficient,standard_error,stars\n1,1,*\n", BEHOV_E_NAME, "t.csv", "there is no column term"},
        {"term,standard_error,stars\na,1,*\n", BEHOV_E_NAME, "t.csv", "there is no column coefficient"},
        {"term,coefficient,standard_errors,stars\na,1,1,*\n", BEHOV_E_NAME, "t.csv",
         "did you mean its column standard_errors?"},
        {"term,coefficient,standard_error\na,1,1\n", BEHOV_E_NAME, "t.csv", "there is no column stars"},
        {"term,coefficient,stars,standard_error\na,1,,2\nb,1,,-2\n", BEHOV_E_DATA,
         "t.csv, line 3, column standard_error",
         "the standard error is -2; none is below 0, so these look like t-values"},
        {"term,coefficient,stars,standard_error\na,1,,-0\n", BEHOV_E_DATA, "t.csv, line 2, column standard_error",
         "the standard error is -0; it must be above 0"},
        {"term,coefficient,stars,standard_error\na,1,ns,1\n", BEHOV_E_DATA, "t.csv, line 2, column stars",
         "\"ns\" is no stars"},
        {"term,coefficient,stars,standard_error\na,1,.,1\n", BEHOV_E_DATA, "t.csv, line 2, column stars",
         "\".\" is no stars"},
        {"term,coefficient,stars,standard_error\na,1,**********,1\n", BEHOV_E_DATA, "t.csv, line 2, column stars",
         "so many stars"},
        {"term,coefficient,stars,standard_error\na,1**,*,1\n", BEHOV_E_DATA, "t.csv, line 2, column stars",
         "\"*\" contradicts the stars behind the coefficient"},
        {"term,coefficient,stars,standard_error\na,,*,1\n", BEHOV_E_DATA, "t.csv, line 2, column coefficient",
         "the coefficient is missing"},
        {"term,coefficient,stars,standard_error\na,1,*,\n", BEHOV_E_DATA, "t.csv, line 2, column standard_error",
         "the standard error is missing"},
        {"term,coefficient,stars,standard_error\n,1,*,1\n", BEHOV_E_DATA, "t.csv, line 2, column term",
         "the term is missing"},
        {"term,coefficient,stars,standard_error\na,1,*,1\na,2,*,1\n", BEHOV_E_DATA, "t.csv, line 3, column term",
         "the term a stands twice"},
        {"term,coefficient,stars,standard_error\na,x1,*,1\n", BEHOV_E_TYPE, "t.csv, line 2, column coefficient",
         "\"x1\" is not a number"},
        {"term,coefficient,stars,standard_error\na,***,,1\n", BEHOV_E_TYPE, "t.csv, line 2, column coefficient",
         "is not a number"},
        {"term,coefficient,stars,standard_error\na,1,*,1*\n", BEHOV_E_TYPE, "t.csv, line 2, column standard_error",
         "\"1*\" is not a number"},
        {"term,coefficient,stars,standard_error\na,1e999,*,1\n", BEHOV_E_RANGE, "t.csv, line 2, column coefficient",
         "past the range"},
        {"term;coefficient;stars;standard_error\na;0,1;*;1\nb;1,234,5;*;1\n", BEHOV_E_TYPE,
         "t.csv, line 3, column coefficient", "\"1,234,5\" is not a number"},
        {"term;coefficient;stars;standard_error\na;0,1;*;1\nb;1,234,567;*;1\n", BEHOV_E_DATA,
         "t.csv, line 3, column coefficient", "has the table's decimal mark between thousands"},
        {"term;coefficient;stars;standard_error\na;0.1;*;1\nb;0,1;*;1\n", BEHOV_E_DATA,
         "t.csv, line 3, column coefficient",
         "\"0,1\" has a decimal comma, the table has a decimal point in line 2; use one of them"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_printed_table table;
        behov_error err = {0};
        write_file(cases[i].text);
        behov_status status = read_printed_table(path, NULL, &table, &err);
        behov_printed_table_free(&table);
        if (status != cases[i].code || strcmp(place(&err), cases[i].where) != 0 || !strstr(err.what, cases[i].subject))
            fail_msg("case %lu: %s: %s", (unsigned long)i, err.where, err.what);
    }
    behov_printed_table table;
    unlink(path);
    assert_int_equal(read_printed_table(path, NULL, &table, NULL), BEHOV_E_FILE);
    behov_printed_table_free(&table);
    write_file("");
}

/* 1.234 is a thousand where the table's decimal mark is a comma, else it has three decimals. */
static void thousands_in_print_are_read_by_the_decimal_mark_of_the_table(void **state)
{
    (void)state;
    static const struct {
        const char *coefficient, *error;
        double value;
        int n_decimals;
    } cases[] = {{"1.234", "0,5", 1234, 0},       {"1.234", "0.5", 1.234, 3},     {"1.234", "2.345", 1.234, 3},
                 {"1.234.567", "1", 1234567, 0},  {"1,234.5", "1", 1234.5, 1},    {"(1,234.5)***", "1", 1234.5, 1},
                 {"-1.234,5 *", "1", -1234.5, 1}, {"1.234***", "(0,5)", 1234, 0}, {"1'234.5", "1", 1234.5, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[120];
        behov_printed_table table;
        behov_error err = {0};
        snprintf(text, sizeof text, "term;coefficient;stars;standard_error\na;%s;;%s\n", cases[i].coefficient,
                 cases[i].error);
        write_file(text);
        if (read_printed_table(path, NULL, &table, &err))
            fail_msg("%s: %s: %s", cases[i].coefficient, err.where, err.what);
        behov_printed got = table.rows[0].coefficient;
        if (got.value != cases[i].value || got.n_decimals != cases[i].n_decimals)
            fail_msg("%s: %.17g with %d decimals", cases[i].coefficient, got.value, got.n_decimals);
        behov_printed_table_free(&table);
    }
}

static void legends_are_read_as_they_are_printed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double levels[4];
    } cases[] = {
        {"*** 1 percent, ** 5 percent, * 10 percent", {0.10, 0.05, 0.01}},
        {"*** 1 prosent, ** 5 prosent, * 10 prosent", {0.10, 0.05, 0.01}},
        {"* 10 %, ** 5 %, *** 1 %", {0.10, 0.05, 0.01}},
        {"*10%;**5%;***1%", {0.10, 0.05, 0.01}},
        {"* signifikant p\xC3\xA5 10 prosents niv\xC3\xA5, ** p\xC3\xA5 5 prosents niv\xC3\xA5", {0.10, 0.05}},
        {"* and ** 5 %", {0}},
        {"*** 0,1 prosent, ** 1 prosent, * 5 prosent", {0.05, 0.01, 0.001}},
        {"*** 0.1 per cent, ** 1 per cent, * 5 per cent", {0.05, 0.01, 0.001}},
        {"* p<0.05, ** p<0.01, *** p<0.001", {0.05, 0.01, 0.001}},
        {"* p < 0,10, ** p \xE2\x89\xA4 0,05", {0.10, 0.05}},
        {"*** 1, ** 5, * 10", {0.10, 0.05, 0.01}},
        {"** 5 pst., *** 1 pst.", {0, 0.05, 0.01}},
        {"10/5/1", {0.10, 0.05, 0.01}},
        {"5 / 1 / 0,1", {0.05, 0.01, 0.001}},
        {"0.1/0.05/0.01", {0.10, 0.05, 0.01}},
        {"0.1 %/0.01 %", {0.001, 0.0001}},
        {"10%/5%/1%/0.1%", {0.10, 0.05, 0.01, 0.001}},
        {"5", {0.05}},
        {"1/5/10", {0.01, 0.05, 0.10}}, /* that levels fall is not for the reader to say */
        {"", {0}},
        {"*", {0}},
        {"* 10, * 5", {0}},
        {"10,5,1", {0}},
        {"10/", {0}},
        {"10 percent *", {0}},
        {"********** 5", {0}},
        {"* 100 %", {0}},
        {"* 0 %", {0}},
        {"1/2/3/4/5/6/7/8/9/10", {0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_legend legend = {{7}};
        behov_error err = {0};
        behov_status status = read_legend(cases[i].text, "notes.csv", &legend, &err);
        double wanted_value = 0;
        for (size_t m = 0; m < 4; m++)
            wanted_value += cases[i].levels[m];
        if (wanted_value == 0) {
            if (!status || legend.levels[0] != 7 || strcmp(err.where, "notes.csv") != 0)
                fail_msg("\"%s\" was read", cases[i].text);
            continue;
        }
        for (size_t m = 0; m < BEHOV_LEGEND_MARKS; m++)
            if (status || legend.levels[m] != (m < 4 ? cases[i].levels[m] : 0))
                fail_msg("\"%s\": %s level %lu is %.17g", cases[i].text, err.what, (unsigned long)m + 1,
                         legend.levels[m]);
    }
}

static void notes_say_what_they_say(void **state)
{
    (void)state;
    behov_printed_notes notes;
    behov_error err;
    write_file("key,value\noutcome,\"net, per inhabitant\"\nadjusted_r2,\"0,33\"\nobservations,1 935\n"
               "years,2012\xE2\x80\x93"
               "2016\nstars,\"*** 1 prosent, ** 5 prosent, * 10 prosent\"\nexcluded,Oslo\n");
    assert_int_equal(read_printed_notes(path, NULL, &notes, &err), BEHOV_OK);
    assert_string_equal(notes.outcome, "net, per inhabitant");
    assert_true(notes.has_adjusted_r2 && notes.adjusted_r2.value == 0.33 && notes.adjusted_r2.half == 0.005);
    assert_int_equal(notes.n_observations, 1935);
    assert_int_equal(notes.n_years, 5);
    assert_int_equal(notes.first_year, 2012);
    assert_int_equal(notes.last_year, 2016);
    assert_true(notes.has_legend && notes.legend.levels[2] == 0.01);
    behov_printed_notes_free(&notes);
    write_file("key,value\nyears,\"2012, 2014 og 2016\"\nobservations,\n");
    assert_int_equal(read_printed_notes(path, NULL, &notes, &err), BEHOV_OK);
    assert_int_equal(notes.n_years, 3);
    assert_int_equal(notes.n_observations, 0);
    assert_false(notes.has_legend || notes.has_adjusted_r2 || notes.outcome);
    behov_printed_notes_free(&notes);

    static const char *const counts[] = {"1.935", "\"1,935\"", "1 935", "1\342\200\211935", "1'935"};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) { /* observations are whole: the mark is of thousands */
        char text[60];
        snprintf(text, sizeof text, "key,value\nobservations,%s\n", counts[i]);
        write_file(text);
        assert_int_equal(read_printed_notes(path, NULL, &notes, &err), BEHOV_OK);
        assert_int_equal(notes.n_observations, 1935);
        behov_printed_notes_free(&notes);
    }

    static const struct {
        const char *text, *where, *subject;
    } cases[] = {
        {"key,val\na,b\n", "t.csv", "there is no column value"},
        {"name,value\na,b\n", "t.csv", "there is no column key"},
        {"key,value\nyears,2012-2016\nyears,2013\n", "t.csv, line 3, column key", "the key years stands twice"},
        {"key,value\n,2013\n", "t.csv, line 2, column key", "the key is missing"},
        {"key,value\nobservations,1935.5\n", "t.csv, line 2, column value", "is no number of observations"},
        {"key,value\nobservations,\"1,93\"\n", "t.csv, line 2, column value", "is no number of observations"},
        {"key,value\nobservations,0\n", "t.csv, line 2, column value", "is no number of observations"},
        {"key,value\nyears,12-16\n", "t.csv, line 2, column value", "is no span of years"},
        {"key,value\nyears,2016-2012\n", "t.csv, line 2, column value", "is no span of years"},
        {"key,value\nyears,2012-2014-2016\n", "t.csv, line 2, column value", "is no span of years"},
        {"key,value\nyears,all\n", "t.csv, line 2, column value", "is no span of years"},
        {"key,value\nadjusted_r2,high\n", "t.csv, line 2, column value", "\"high\" is not a number"},
        {"key,value\nstars,many\n", "t.csv, line 2, column value", "the meaning of the stars cannot be read"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_file(cases[i].text);
        behov_status status = read_printed_notes(path, NULL, &notes, &err);
        behov_printed_notes_free(&notes);
        if (!status || strcmp(place(&err), cases[i].where) != 0 || !strstr(err.what, cases[i].subject))
            fail_msg("case %lu: %s: %s", (unsigned long)i, err.where, err.what);
    }
}

static void signs_are_plus_or_minus(void **state)
{
    (void)state;
    behov_printed_signs signs;
    behov_error err;
    write_file("term,label,sign\na,x,+\nb,y,-\nc,z,\xE2\x88\x92\n");
    assert_int_equal(read_printed_signs(path, NULL, &signs, &err), BEHOV_OK);
    assert_int_equal(signs.n, 3);
    assert_true(signs.signs[0].sign == 1 && signs.signs[1].sign == -1 && signs.signs[2].sign == -1);
    assert_string_equal(signs.signs[2].term, "c");
    behov_printed_signs_free(&signs);
    static const struct {
        const char *text, *where, *subject;
    } cases[] = {
        {"term,signs\na,+\n", "t.csv", "there is no column sign;"},
        {"name,sign\na,+\n", "t.csv", "there is no column term;"},
        {"term,sign\na,1\n", "t.csv, line 2, column sign", "\"1\" is no sign; write + or -"},
        {"term,sign\na,\n", "t.csv, line 2, column sign", "the sign is missing"},
        {"term,sign\n,+\n", "t.csv, line 2, column term", "the term is missing"},
        {"term,sign\na,+\na,-\n", "t.csv, line 3, column term", "the term a stands twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_file(cases[i].text);
        behov_status status = read_printed_signs(path, NULL, &signs, &err);
        behov_printed_signs_free(&signs);
        if (!status || strcmp(place(&err), cases[i].where) != 0 || !strstr(err.what, cases[i].subject))
            fail_msg("case %lu: %s: %s", (unsigned long)i, err.where, err.what);
    }
}

/* The failures reach every allocation of the program's own files; each is told, and nothing leaks. */
static void every_failing_allocation_is_told(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "term,coefficient,stars,standard_error,label_nb,label_en\na,1,*,0.1,A,A\nb,2,,1,B,B\n",
        "key,value\noutcome,y\nadjusted_r2,0.33\nobservations,1935\nyears,2012-2016\nstars,10/5/1\n",
        "term,sign\na,+\nb,-\n"};
    for (size_t i = 0; i < 3; i++) {
        write_file(texts[i]);
        size_t n = 1;
        for (;; n++) {
            behov_printed_table table = {0};
            behov_printed_notes notes = {0};
            behov_printed_signs signs = {0};
            behov_error err = {0};
            failing_malloc_start(n);
            behov_status status = i == 0   ? read_printed_table(path, NULL, &table, &err)
                                  : i == 1 ? read_printed_notes(path, NULL, &notes, &err)
                                           : read_printed_signs(path, NULL, &signs, &err);
            bool was_reached = failing_malloc_stop();
            behov_printed_table_free(&table);
            behov_printed_notes_free(&notes);
            behov_printed_signs_free(&signs);
            if (!was_reached) {
                assert_int_equal(status, BEHOV_OK);
                break;
            }
            if (status != BEHOV_OK && (status != BEHOV_E_MEMORY || strlen(err.what) < 10))
                fail_msg("file %lu, allocation %lu: %s", (unsigned long)i, (unsigned long)n, err.what);
        }
        assert_true(n > 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_keep_their_digits),
        cmocka_unit_test(every_fault_of_a_table_has_its_place),
        cmocka_unit_test(thousands_in_print_are_read_by_the_decimal_mark_of_the_table),
        cmocka_unit_test(legends_are_read_as_they_are_printed),
        cmocka_unit_test(notes_say_what_they_say),
        cmocka_unit_test(signs_are_plus_or_minus),
        cmocka_unit_test(every_failing_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
