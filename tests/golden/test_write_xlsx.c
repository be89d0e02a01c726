/* test_write_xlsx.c - the workbook, read back as a spreadsheet reads it (read_xlsx.py): cells, formats, tables, and
 * what happens when it cannot be written.
 *
 *     test_write_xlsx                the tests
 *     test_write_xlsx --write FILE   only writes the workbook, for libreoffice.sh */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "effort.h"
#include "failing_malloc.h"
#include "write_xlsx.h"

static behov_error err;
static char folder[] = "/tmp/behov-xlsx-XXXXXX";
static char path[64], other[64];

/* ---- a small workbook that has everything ---------------------------------------------------------------------- */

enum { N_TERMS = 6, N_PLACES = 5 };

static double coefficients[N_TERMS] = {-2.45, 0.276, -2.05e-07, 0.0350, 1234.5, 0.99996};
static double standard_errors[N_TERMS] = {0.8, 0.035, 8.76e-08, 0.029, 0, 1e-300};
static double t_values[N_TERMS] = {-3.0625, 7.8857142857142861, -2.34, 0.333333333333333315, NAN, INFINITY};
static double p_values[N_TERMS] = {0.0022, 3e-15, 0.0193, 1, 0.001, 0};
static double freedom[N_TERMS] = {1800, 1800, 12.5, 386, 386, 386};
static const char *const terms[N_TERMS] = {"Konstantledd", "=SUM(A1)", "+1",
                                           "-2",           "@navn",    "Æ & <ø> \"å\"\t\x01 _x0041_"};
static const char *const stars[N_TERMS] = {"***", "***", "**", "", "", ""};
static double ratios[2][N_PLACES] = {{104, 0, NAN, 233.4999, -1}, {103, 99.5, 100, 1e6, 12}};
static double gaps[N_PLACES] = {-1234567.25, 0, 0.4, 3e9, NAN};
static double values[N_PLACES] = {0.1, 2.25, 1.0 / 1024, 7, NAN};
static double inhabitants[N_PLACES] = {30328, 208, 5, 250000, 1};
static int32_t codes[N_PLACES] = {0, 1, 2, 3, -1};
static const uint32_t backwards[N_PLACES] = {4, 3, 2, 1, 0};

static void add_numbers(behov_report *report, const char *key, const char *words, behov_quantity quantity,
                        double *numbers)
{
    assert_int_equal(
        behov_report_add_numbers(report, (behov_report_column){key, words, quantity}, numbers, false, &err), BEHOV_OK);
}

static behov_report *make_regression(void)
{
    behov_report *report;
    assert_int_equal(behov_report_new("regression", N_TERMS, NULL, &report, &err), BEHOV_OK);
    assert_int_equal(behov_report_add_texts(report, (behov_report_column){"term", "Ledd", BEHOV_Q_TEXT}, &err),
                     BEHOV_OK);
    add_numbers(report, "coefficient", "b", BEHOV_Q_COEFFICIENT, coefficients);
    assert_int_equal(behov_report_add_texts(report, (behov_report_column){"stars", NULL, BEHOV_Q_STARS}, &err),
                     BEHOV_OK);
    add_numbers(report, "standard_error", "se", BEHOV_Q_STANDARD_ERROR, standard_errors);
    add_numbers(report, "t", "t-verdi", BEHOV_Q_T, t_values);
    add_numbers(report, "p", "pr", BEHOV_Q_P, p_values);
    add_numbers(report, "dof", "fg", BEHOV_Q_DOF, freedom);
    for (size_t i = 0; i < N_TERMS; i++) {
        assert_int_equal(behov_report_set_text(report, 0, i, terms[i], &err), BEHOV_OK);
        assert_int_equal(behov_report_set_text(report, 2, i, stars[i], &err), BEHOV_OK);
    }
    return report;
}

static behov_report *make_ratios(const behov_dictionary *levels)
{
    behov_report *report;
    assert_int_equal(behov_report_new("ratios", N_PLACES, backwards, &report, &err), BEHOV_OK);
    assert_int_equal(behov_report_add_codes(report, (behov_report_column){"municipality_code", NULL, BEHOV_Q_CODE},
                                            codes, levels, &err),
                     BEHOV_OK);
    add_numbers(report, "2012", NULL, BEHOV_Q_RATIO, ratios[0]);
    add_numbers(report, "2013", NULL, BEHOV_Q_RATIO, ratios[1]);
    add_numbers(report, "gap_1000kr", "Avvik", BEHOV_Q_GAP, gaps);
    add_numbers(report, "value", "Verdi", BEHOV_Q_VALUE, values);
    add_numbers(report, "Value", "VERDI", BEHOV_Q_VALUE, inhabitants);
    add_numbers(report, "=odd", "= odd\n[header]", BEHOV_Q_OUTCOME, values);
    return report;
}

typedef struct book {
    behov_report *regression, *ratios;
    behov_dictionary *levels;
    behov_section sheets[2];
    char long_note[400];
    const char *notes[1];
} book;

static void make_book(book *workbook)
{
    static const char *const names[4] = {"0101", "0104", "1151", "=1+1"};
    assert_int_equal(behov_dictionary_new(&workbook->levels, &err), BEHOV_OK);
    for (int i = 0; i < 4; i++) {
        int32_t code;
        assert_int_equal(behov_dictionary_intern(workbook->levels, names[i], 4, &code, &err), BEHOV_OK);
    }
    workbook->regression = make_regression();
    workbook->ratios = make_ratios(workbook->levels);
    for (size_t i = 0; i + 12 < sizeof workbook->long_note; i += 12)
        memcpy(workbook->long_note + i, "kommunenes +", 13);
    workbook->long_note[11] = ' ';
    for (size_t i = 0; workbook->long_note[i]; i++)
        if (i % 12 == 10)
            workbook->long_note[i] = ' ';
    workbook->notes[0] = workbook->long_note;
    workbook->sheets[0] = (behov_section){.name = "Regresjon",
                                          .title = "Regresjon",
                                          .subtitle = "=ikke en formel",
                                          .table = workbook->regression,
                                          .table_name = "Regresjon",
                                          .n_frozen_columns = 1,
                                          .landscape = true,
                                          .notes = workbook->notes,
                                          .n_notes = 1};
    workbook->sheets[1] = (behov_section){.name = "Forhold",
                                          .title = "Forhold",
                                          .subtitle = "Årene",
                                          .table = workbook->ratios,
                                          .table_name = "Forhold",
                                          .n_frozen_columns = 2};
}

static void free_book(book *workbook)
{
    behov_report_free(workbook->regression);
    behov_report_free(workbook->ratios);
    behov_dictionary_free(workbook->levels);
}

static const behov_document_properties properties = {.title = "Prøve", .subject = "Behov", .comments = "Til testing"};

static behov_status write_book(const char *out, behov_language lang)
{
    book workbook;
    make_book(&workbook);
    behov_status status = write_xlsx(out, workbook.sheets, 2, &properties, lang, NULL, &err);
    free_book(&workbook);
    return status;
}

/* ---- reading back ---------------------------------------------------------------------------------------------- */

static char *read_whole(FILE *file, size_t *length)
{
    size_t room = 1 << 16;
    char *bytes = malloc(room);
    assert_non_null(bytes);
    *length = 0;
    for (size_t n; (n = fread(bytes + *length, 1, room - *length - 1, file)) > 0;) {
        *length += n;
        if (*length + 1 == room)
            bytes = realloc(bytes, room *= 2);
        assert_non_null(bytes);
    }
    bytes[*length] = '\0';
    return bytes;
}

static char *read_bytes(const char *source, size_t *length)
{
    FILE *file = fopen(source, "rb");
    assert_non_null(file);
    char *bytes = read_whole(file, length);
    fclose(file);
    return bytes;
}

static char *read_book(const char *first_text)
{
    const char *source = getenv("BEHOV_SOURCE");
    char command[512];
    snprintf(command, sizeof command, "python3 '%s/tests/golden/read_xlsx.py' '%s'", source ? source : ".", first_text);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length;
    char *text = read_whole(pipe, &length);
    assert_int_equal(pclose(pipe), 0);
    return text;
}

static void assert_line(const char *text, const char *line)
{
    size_t length = strlen(line);
    for (const char *cursor = text; (cursor = strstr(cursor, line)); cursor++)
        if ((cursor == text || cursor[-1] == '\n') && cursor[length] == '\n')
            return;
    /* show what stands there instead */
    char place[64];
    const char *tab = strchr(strchr(line, '\t') + 1, '\t');
    snprintf(place, sizeof place, "%.*s", (int)(tab ? tab - line + 1 : 40), line);
    const char *instead = strstr(text, place);
    fail_msg("expected  %s\n          found     %.*s", line, instead ? (int)strcspn(instead, "\n") : 7,
             instead ? instead : "nothing");
}

/* The same with %s filled in by words that labels.c may change. */
static void assert_labelled(const char *text, const char *format, behov_language lang, behov_word key)
{
    char line[512];
    const char *gap = strstr(format, "%s");
    assert_non_null(gap);
    snprintf(line, sizeof line, "%.*s%s%s", (int)(gap - format), format, behov_label(lang, key), gap + 2);
    assert_line(text, line);
}

static void assert_no_cell(const char *text, const char *start)
{
    if (strstr(text, start))
        fail_msg("%s should be an empty cell", start);
}

static int count_files(void)
{
    int n = 0;
    DIR *opened = opendir(folder);
    assert_non_null(opened);
    while (readdir(opened))
        n++;
    closedir(opened);
    return n - 2;
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

static void cells_are_numbers_with_formats_and_text_stays_text(void **state)
{
    (void)state;
    assert_int_equal(write_book(path, BEHOV_LANGUAGE_NB), BEHOV_OK);
    char *text = read_book(path);
    assert_line(text, "Regresjon\tA1\ttext\tRegresjon\tGeneral");
    assert_line(text, "Regresjon\tA2\ttext\t=ikke en formel\tGeneral");
    assert_no_cell(text, "Regresjon\tA3\t");
    assert_line(text, "Regresjon\tA6\ttext\t=SUM(A1)\t@");
    assert_line(text, "Regresjon\tA7\ttext\t+1\t@");
    assert_line(text, "Regresjon\tA8\ttext\t-2\t@");
    assert_line(text, "Regresjon\tA9\ttext\t@navn\t@");
    assert_line(text, "Regresjon\tA10\ttext\tÆ & <ø> \"å\"\\t\xEF\xBF\xBD _x0041_\t@");
    assert_line(text, "Regresjon\tB5\tnumber\t-2.45\t0.00_0_0");
    assert_line(text, "Regresjon\tB6\tnumber\t0.276\t0.000_0");
    assert_line(text, "Regresjon\tB7\tnumber\t-2.05E-07\t0.00E+00");
    assert_line(text, "Regresjon\tB8\tnumber\t0.035\t0.0000");
    assert_line(text, "Regresjon\tB9\tnumber\t1234.5\t#,##0_0_0_0_0");
    assert_line(text, "Regresjon\tB10\tnumber\t0.99996\t0.00_0_0");
    assert_line(text, "Regresjon\tC5\ttext\t***\t@");
    assert_no_cell(text, "Regresjon\tC8\t");
    assert_line(text, "Regresjon\tD9\tnumber\t0\t0.00_0_0");
    assert_line(text, "Regresjon\tD10\tnumber\t1E-300\t0.00E+00");
    assert_line(text, "Regresjon\tE8\tnumber\t0.3333333333333333\t0.00");
    assert_no_cell(text, "Regresjon\tE9\t");  /* NaN */
    assert_no_cell(text, "Regresjon\tE10\t"); /* infinite */
    assert_line(text, "Regresjon\tF6\tnumber\t3E-15\t[<0.001]\"< 0,001\";0.000");
    assert_line(text, "Regresjon\tG7\tnumber\t12.5\t#,##0.0");
    assert_line(text, "Forhold\tA6\ttext\t=1+1\t@");
    assert_line(text, "Forhold\tA9\ttext\t0101\t@");
    assert_no_cell(text, "Forhold\tA5\t");
    assert_line(text, "Forhold\tB9\tnumber\t104\t0");
    assert_line(text, "Forhold\tB6\tnumber\t233.4999\t0");
    assert_no_cell(text, "Forhold\tB7\t");
    assert_line(text, "Forhold\tD9\tnumber\t-1234567.25\t#,##0");
    assert_line(text, "Forhold\tE9\tnumber\t0.1\tGeneral"); /* 1/1024 would need ten decimals */
    assert_line(text, "Forhold\tF9\tnumber\t30328\t#,##0");
    assert_line(text, "Forhold\tG8\tnumber\t2.25\t0.000");
    assert_null(strstr(text, "\tformula\t"));
    assert_null(strstr(text, "!merged"));
    assert_null(strstr(text, "NAN"));
    assert_null(strstr(text, "INF"));
    free(text);
}

static void sheets_have_one_table_a_frozen_header_and_a_printed_page(void **state)
{
    (void)state;
    assert_int_equal(write_book(path, BEHOV_LANGUAGE_NB), BEHOV_OK);
    char *text = read_book(path);
    assert_labelled(text, "Regresjon\t!table\tRegresjon\tA4:G10\t-\tLedd|b|%s|se|t-verdi|pr|fg", BEHOV_LANGUAGE_NB,
                    BEHOV_WORD_STARS);
    assert_labelled(text, "Forhold\t!table\tForhold\tA4:G9\tA4:G9\t%s|2012|2013|Avvik|Verdi|VERDI (2)|= odd [header]",
                    BEHOV_LANGUAGE_NB, BEHOV_WORD_MUNICIPALITY_CODE);
    assert_labelled(text, "Forhold\tA4\ttext\t%s\t@", BEHOV_LANGUAGE_NB, BEHOV_WORD_MUNICIPALITY_CODE);
    assert_line(text, "Forhold\tF4\ttext\tVERDI (2)\t@");
    assert_line(text, "Forhold\tG4\ttext\t= odd [header]\t@");
    assert_line(text, "Regresjon\t!pane\t1\t4\tfrozen");
    assert_line(text, "Forhold\t!pane\t2\t4\tfrozen");
    assert_line(text, "Forhold\t!colours\tB5:C9\tcolorScale");
    assert_line(text, "Regresjon\t!print\t9\tlandscape\t0");
    assert_line(text, "Forhold\t!print\t9\tportrait\t0");
    assert_labelled(text, "Forhold\t!footer\t&L&9&A&R&9%s", BEHOV_LANGUAGE_NB, BEHOV_WORD_PAGE_OF);
    assert_line(text, "workbook\t!name\t_xlnm.Print_Titles\tForhold!$4:$4");
    assert_no_cell(text, "Forhold\tA10\t"); /* an empty row, then the notes of the writer's own */
    char line[300];
    snprintf(line, sizeof line, "Forhold\tA11\ttext\t%s\tGeneral",
             behov_label(BEHOV_LANGUAGE_NB, BEHOV_WORD_RATIO_COLOURS));
    if (!strstr(text, line)) { /* a narrow table breaks it into two rows */
        assert_non_null(strstr(text, "Forhold\tA11\ttext\t"));
        assert_non_null(strstr(text, "Forhold\tA12\ttext\t"));
    }
    assert_non_null(strstr(text, behov_label(BEHOV_LANGUAGE_NB, BEHOV_WORD_MISSING_EXPLAINED)));
    assert_non_null(strstr(text, "Regresjon\tA12\ttext\tkommunene"));
    assert_non_null(strstr(text, "Regresjon\tA13\ttext\t")); /* the long note takes several rows */
    free(text);
}

static void english_has_its_own_words_and_marks(void **state)
{
    (void)state;
    assert_int_equal(write_book(path, BEHOV_LANGUAGE_EN), BEHOV_OK);
    char *text = read_book(path);
    assert_line(text, "Regresjon\tF6\tnumber\t3E-15\t[<0.001]\"< 0.001\";0.000");
    assert_labelled(text, "Regresjon\tC4\ttext\t%s\t@", BEHOV_LANGUAGE_EN, BEHOV_WORD_STARS);
    assert_labelled(text, "Forhold\t!footer\t&L&9&A&R&9%s", BEHOV_LANGUAGE_EN, BEHOV_WORD_PAGE_OF);
    free(text);
}

static void same_input_gives_the_same_bytes_under_every_locale(void **state)
{
    (void)state;
    assert_int_equal(write_book(path, BEHOV_LANGUAGE_NB), BEHOV_OK);
    static const char *const locales[] = {"C", "nb_NO.UTF-8", "nb_NO.utf8", "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"};
    bool had_comma = false;
    size_t length[2];
    char *bytes = read_bytes(path, &length[0]);
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        if (!setlocale(LC_ALL, locales[i]))
            continue;
        had_comma = had_comma || localeconv()->decimal_point[0] == ',';
        assert_int_equal(write_book(other, BEHOV_LANGUAGE_NB), BEHOV_OK);
        char *again = read_bytes(other, &length[1]);
        assert_int_equal(length[0], length[1]);
        assert_memory_equal(bytes, again, length[0]);
        free(again);
    }
    setlocale(LC_ALL, "C");
    if (!had_comma)
        print_message("no locale with a decimal comma is installed here\n");
    free(bytes);
}

/* Of the rows 6 to 8 only the one in the middle is higher than a line. */
static void assert_heights(void)
{
    char command[400];
    snprintf(command, sizeof command,
             "unzip -p '%s' xl/worksheets/sheet1.xml | tr '>' '\\n' | grep -cE "
             "'^<row r=\"(6|8)\"$|^<row r=\"7\" ht=\"30\" customHeight=\"1\"$' | grep -qx 3",
             path);
    assert_int_equal(system(command), 0);
}

enum { N_MANY = 12000, N_FIGURES = 9, MANY_TEXTS = 9 };

/* A table past 100 000 cells; its figures are given back by the caller. */
static behov_report *make_many(double *numbers)
{
    static const char *const keys[N_FIGURES] = {"x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9"};
    behov_report *report;
    for (size_t i = 0; i < N_MANY; i++)
        numbers[i] = i % 7 ? (double)i : NAN;
    assert_int_equal(behov_report_new("data", N_MANY, NULL, &report, &err), BEHOV_OK);
    for (int j = 0; j < N_FIGURES; j++)
        add_numbers(report, keys[j], NULL, BEHOV_Q_COUNT, numbers);
    assert_int_equal(
        behov_report_add_texts(report, (behov_report_column){"municipality", "Kommune", BEHOV_Q_TEXT}, &err), BEHOV_OK);
    return report;
}

/* The rows of tables past 100 000 cells are written beside the library: the same cells and the same table. */
static void large_sheets_have_the_same_parts(void **state)
{
    (void)state;
    enum { N = N_MANY };
    static const char wrapped[] =
        "a text that is longer than its column is wide and so is broken into lines, with its row";
    double *numbers = malloc(N * sizeof *numbers);
    assert_non_null(numbers);
    behov_report *report = make_many(numbers);
    assert_int_equal(behov_report_set_text(report, MANY_TEXTS, N - 1, "=Tromsø & <b>\x02", &err), BEHOV_OK);
    assert_int_equal(behov_report_set_text(report, MANY_TEXTS, 1, " ledd ", &err), BEHOV_OK);
    assert_int_equal(behov_report_set_text(report, MANY_TEXTS, 2, wrapped, &err), BEHOV_OK);
    assert_int_equal(behov_report_set_words(report, 0, 7, "ny", &err), BEHOV_OK); /* in place of a figure */
    assert_int_equal(behov_report_set_strong(report, 1, 8, &err), BEHOV_OK);
    assert_int_equal(behov_report_set_decimals(report, 2, 9, 2, &err), BEHOV_OK);
    behov_section sheet = {.name = "Data", .title = "Data", .subtitle = "Rader", .table = report, .table_name = "Data"};
    assert_int_equal(write_xlsx(path, &sheet, 1, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_OK);
    char *text = read_book(path);
    assert_line(text, "Data\t!table\tData\tA4:J12004\t-\tx1|x2|x3|x4|x5|x6|x7|x8|x9|Kommune");
    assert_line(text, "Data\tJ4\ttext\tKommune\t@");
    assert_line(text, "Data\tI12004\tnumber\t11999\t#,##0");
    assert_line(text, "Data\tJ12004\ttext\t=Tromsø & <b>\xEF\xBF\xBD\t@");
    assert_line(text, "Data\tJ6\ttext\t ledd \t@");
    assert_line(text, "Data\tA12\ttext\tny\t@");
    assert_line(text, "Data\tC14\tnumber\t9\t0.00");
    assert_no_cell(text, "Data\tA5\t");
    assert_line(text, "Data\t!pane\t0\t4\tfrozen");
    size_t n_cells = 0;
    for (const char *line = text; line;
         line = strchr(line, '\n')) { /* a sanitizer's strstr looks at all that follows */
        char cell[400];
        line += *line == '\n';
        snprintf(cell, sizeof cell, "%.*s", (int)strcspn(line, "\n"), line);
        n_cells += strncmp(cell, "Data\t", 5) == 0 && cell[5] != '!' && strstr(cell, "\tnumber\t");
        if (!*line)
            break;
    }
    assert_int_equal(n_cells, N_FIGURES * (N - (N + 6) / 7));
    free(text);
    assert_heights();

    size_t length[2]; /* and twice the same bytes */
    char *bytes = read_bytes(path, &length[0]);
    assert_int_equal(write_xlsx(other, &sheet, 1, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_OK);
    char *again = read_bytes(other, &length[1]);
    assert_int_equal(length[0], length[1]);
    assert_memory_equal(bytes, again, length[0]);
    free(bytes);
    free(again);
    behov_report_free(report);
    free(numbers);
}

/* ---- rows beside the library that are its own to the byte ------------------------------------------------------------ */

enum { N_SOME = 700, SOME_FIGURES = 5, SOME_TEXT = SOME_FIGURES };

/* A table that the library has memory for and is spared all the same: figures of any size, empty cells, rows and sixteens of
 * rows, texts that come again, lines, weights. */
static behov_report *make_some(double (*numbers)[N_SOME])
{
    static const char *const keys[SOME_FIGURES] = {"x1", "x2", "x3", "x4", "x5"};
    static const behov_quantity quantities[SOME_FIGURES] = {BEHOV_Q_COUNT, BEHOV_Q_VALUE, BEHOV_Q_OUTCOME,
                                                            BEHOV_Q_COEFFICIENT, BEHOV_Q_VALUE};
    static const char *const texts[] = {"Tromsø", "Træna", "", "a & <b>", "0101"};
    behov_report *report;
    assert_int_equal(behov_report_new("data", N_SOME, NULL, &report, &err), BEHOV_OK);
    for (size_t j = 0; j < SOME_FIGURES; j++) {
        for (size_t i = 0; i < N_SOME; i++) {
            double value = ((double)((i * 7919 + j * 104729) % 100003) - 5e4) * pow(10, (double)(i % 23) - 15);
            bool is_empty = (i >= 40 && i < 80) || (i >= 100 && i < 140 && j != 2) || (i + j) % 11 == 0;
            numbers[j][i] = is_empty ? NAN : j == 0 ? (double)i : value;
        }
        add_numbers(report, keys[j], NULL, quantities[j], numbers[j]);
    }
    assert_int_equal(
        behov_report_add_texts(report, (behov_report_column){"municipality", "Kommune", BEHOV_Q_TEXT}, &err), BEHOV_OK);
    for (size_t i = 0; i < N_SOME; i++)
        if (i < 40 || i >= 140)
            assert_int_equal(behov_report_set_text(report, SOME_TEXT, i, texts[i / 3 % 5], &err), BEHOV_OK);
    assert_int_equal(behov_report_set_text(report, SOME_TEXT, 300,
                                           "a text that is longer than its column is wide and so is broken into lines, "
                                           "with its row, which is higher than the rows beside it",
                                           &err),
                     BEHOV_OK);
    assert_int_equal(behov_report_set_words(report, 1, 7, "ny", &err), BEHOV_OK);
    assert_int_equal(behov_report_set_strong(report, 2, 8, &err), BEHOV_OK);
    assert_int_equal(behov_report_set_decimals(report, 4, 9, 2, &err), BEHOV_OK);
    return report;
}

/* A chart keeps the table that it shows in the library, so the same workbook with a chart has its sheets from there. */
static void rows_beside_are_the_librarys_to_the_byte(void **state)
{
    (void)state;
    static double numbers[SOME_FIGURES][N_SOME];
    behov_report *some = make_some(numbers), *first = make_regression(), *last = make_regression();
    static const char *const notes[] = {"first note", "second note"};
    const behov_sheet_chart chart = {.title = "x", .text = "Data", .series = {{.x = "x1", .y = "x2"}}};
    behov_section sheets[] = {{.name = "Regresjon", .title = "Regresjon", .table = first, .table_name = "Regresjon"},
                              {.name = "Data",
                               .title = "Data",
                               .subtitle = "Rader",
                               .table = some,
                               .table_name = "Data",
                               .notes = notes,
                               .n_notes = 2},
                              {.name = "Figurer", .title = "Figurer", .table = last, .table_name = "Figurer"}};
    for (size_t n_rows_left = 0; n_rows_left < 2; n_rows_left++) {
        sheets[1].n_notes = n_rows_left ? 0 : 2; /* notes share the last sixteen rows, or nothing does */
        sheets[2].n_charts = 0;
        assert_int_equal(write_xlsx(path, sheets, 3, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_OK);
        sheets[2].charts = &chart;
        sheets[2].n_charts = 1;
        assert_int_equal(write_xlsx(other, sheets, 3, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_OK);
        static const char *const parts[] = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
                                            "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            char command[400];
            snprintf(command, sizeof command,
                     "unzip -p '%s' %s >'%s/a' && unzip -p '%s' %s | cmp - '%s/a'; s=$?; "
                     "rm '%s/a'; exit $s",
                     path, parts[i], folder, other, parts[i], folder, folder);
            assert_int_equal(system(command), 0);
        }
    }
    behov_report_free(some);
    behov_report_free(first);
    behov_report_free(last);
}

static void what_excel_cannot_hold_is_told(void **state)
{
    (void)state;
    book workbook;
    make_book(&workbook);
    unlink(path);
    behov_section sheet = workbook.sheets[1];
    static const char *const bad[] = {"", "a name of more than thirty-one characters", "a/b", "[a]", "'a"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        sheet.name = bad[i];
        assert_int_equal(write_xlsx(path, &sheet, 1, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_E_ARGUMENT);
        assert_non_null(strstr(err.what, "cannot name a sheet in Excel"));
    }
    static const char *const bad_tables[] = {"", "1a", "a b", "A1", "XFD12", "r", "a-b"};
    sheet.name = "Ark";
    for (size_t i = 0; i < sizeof bad_tables / sizeof bad_tables[0]; i++) {
        sheet.table_name = bad_tables[i];
        assert_int_equal(write_xlsx(path, &sheet, 1, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_E_ARGUMENT);
        assert_non_null(strstr(err.what, "cannot name a table in Excel"));
    }
    workbook.sheets[0].name = "FORHOLD";
    assert_int_equal(write_xlsx(path, workbook.sheets, 2, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_E_ARGUMENT);
    assert_string_equal(err.what, "two sheets are called \"Forhold\"");
    assert_int_equal(write_xlsx(path, workbook.sheets, 0, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_E_ARGUMENT);

    behov_report *report;
    assert_int_equal(behov_report_new("data", 1048577, NULL, &report, &err), BEHOV_OK);
    double *numbers = calloc(1048577, sizeof *numbers);
    assert_non_null(numbers);
    add_numbers(report, "a", NULL, BEHOV_Q_COUNT, numbers);
    behov_section tall = {.name = "Data", .table = report, .table_name = "Data"};
    assert_int_equal(write_xlsx(path, &tall, 1, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_E_DATA);
    assert_non_null(strstr(err.what, "1048577 rows do not fit"));
    assert_non_null(strstr(err.what, "-o FILE.csv"));
    assert_int_not_equal(access(path, F_OK), 0);
    behov_report_free(report);
    free(numbers);

    /* a text that no cell holds is cut, and the sheet says so; a table without rows still is a table */
    enum { LONG = 40000 };
    char *text = malloc(2 * LONG + 1);
    assert_non_null(text);
    for (size_t i = 0; i < LONG; i++)
        memcpy(text + 2 * i, "ø", 3);
    assert_int_equal(behov_report_new("data", 1, NULL, &report, &err), BEHOV_OK);
    assert_int_equal(behov_report_add_texts(report, (behov_report_column){"content", text, BEHOV_Q_TEXT}, &err),
                     BEHOV_OK);
    assert_int_equal(behov_report_set_text(report, 0, 0, text, &err), BEHOV_OK);
    behov_report *empty;
    assert_int_equal(behov_report_new("empty", 0, NULL, &empty, &err), BEHOV_OK);
    assert_int_equal(behov_report_add_texts(empty, (behov_report_column){"content", "Innhold", BEHOV_Q_TEXT}, &err),
                     BEHOV_OK);
    behov_section odd[2] = {{.name = "Lang", .table = report, .table_name = "Lang"},
                            {.name = "Tom", .table = empty, .table_name = "Tom"}};
    assert_int_equal(write_xlsx(path, odd, 2, NULL, BEHOV_LANGUAGE_NB, NULL, &err), BEHOV_OK);
    char *match = read_book(path);
    assert_non_null(strstr(match, behov_label(BEHOV_LANGUAGE_NB, BEHOV_WORD_TEXTS_CUT)));
    const char *cell = strstr(match, "Lang\tA5\ttext\t");
    assert_non_null(cell);
    assert_int_equal(strcspn(cell + strlen("Lang\tA5\ttext\t"), "\t"), 2 * 32767);
    assert_non_null(strstr(match, "Tom\t!table\tTom\tA4:A5\t-\tInnhold"));
    free(match);
    free(text);
    behov_report_free(report);
    behov_report_free(empty);
    free_book(&workbook);
}

static void put_old(const char *cursor)
{
    FILE *file = fopen(cursor, "w");
    assert_non_null(file);
    fputs("old", file);
    fclose(file);
}

static void assert_old(const char *cursor)
{
    size_t length;
    char *bytes = read_bytes(cursor, &length);
    assert_string_equal(bytes, "old");
    free(bytes);
}

static void a_failing_write_leaves_the_old_file_whole(void **state)
{
    (void)state;
    unlink(other);
    put_old(path);
    int previous_number = count_files();
    char inside[96];
    snprintf(inside, sizeof inside, "%s/out.xlsx", path); /* a file as a folder */
    assert_int_equal(write_book(inside, BEHOV_LANGUAGE_NB), BEHOV_E_FILE);
    assert_non_null(strstr(err.what, "is a file, not a folder"));
    assert_int_equal(write_book(folder, BEHOV_LANGUAGE_NB), BEHOV_E_FILE);
    assert_int_equal(write_book("/dev/full", BEHOV_LANGUAGE_NB), BEHOV_E_FILE);
    assert_string_equal(err.what, "cannot write the file: the disk is full");

    struct rlimit previous_limit, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &previous_limit), 0);
    small = previous_limit;
    small.rlim_cur = 8192;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    behov_status status = write_book(path, BEHOV_LANGUAGE_NB);
    setrlimit(RLIMIT_FSIZE, &previous_limit);
    signal(SIGXFSZ, handler);
    assert_int_equal(status, BEHOV_E_FILE);
    assert_non_null(strstr(err.what, "ulimit -f"));
    assert_old(path);
    assert_int_equal(count_files(), previous_number);
}

/* A real full disk: a memory disk of 8 kB, when this test may mount one. */
static void a_full_disk_leaves_the_old_file_whole(void **state)
{
    (void)state;
    char disk[64], command[256], cursor[96];
    snprintf(disk, sizeof disk, "%s/disk", folder);
    snprintf(cursor, sizeof cursor, "%s/old.xlsx", disk);
    snprintf(command, sizeof command, "mkdir '%s' && mount -t tmpfs -o size=8k tmpfs '%s' 2>/dev/null", disk, disk);
    if (system(command) != 0) {
        rmdir(disk);
        print_message("skipped: no right to mount a small disk here\n");
        skip();
    }
    put_old(cursor);
    behov_status full = write_book(cursor, BEHOV_LANGUAGE_NB);
    behov_error error = err;
    setenv("TMPDIR", disk, 1);
    behov_status no_room = write_book(path, BEHOV_LANGUAGE_NB);
    unsetenv("TMPDIR");
    size_t length;
    char *bytes = read_bytes(cursor, &length);
    bool is_whole = strcmp(bytes, "old") == 0;
    free(bytes);
    snprintf(command, sizeof command, "ls -A '%s' | wc -l | grep -qx 1", disk);
    int left = system(command);
    snprintf(command, sizeof command, "umount '%s' && rmdir '%s'", disk, disk);
    assert_int_equal(system(command), 0);
    assert_int_equal(full, BEHOV_E_FILE);
    assert_string_equal(error.what, "cannot write the workbook: the disk is full");
    assert_true(is_whole);
    assert_int_equal(left, 0);
    assert_int_equal(no_room, BEHOV_E_FILE);
    assert_non_null(strstr(err.what, "no room for temporary files"));
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    book workbook;
    make_book(&workbook);
    put_old(path);
    int previous_number = count_files();
    for (size_t n = 1, stride = effort(100) < 100 ? 7 : 1;; n += stride) {
        failing_malloc_start(n);
        behov_status status = write_xlsx(path, workbook.sheets, 2, &properties, BEHOV_LANGUAGE_NB, NULL, &err);
        if (!failing_malloc_stop()) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
        assert_old(path);
        assert_int_equal(count_files(), previous_number);
    }
    free_book(&workbook);
}

/* Each failure leaves the old file, whether it comes before the rows, among them, or where they are joined with the sheet. */
static void memory_may_end_in_a_large_sheet(void **state)
{
    (void)state;
    double *numbers = malloc(N_MANY * sizeof *numbers);
    assert_non_null(numbers);
    behov_report *report = make_many(numbers);
    assert_int_equal(behov_report_set_text(report, MANY_TEXTS, 0, "Tromsø", &err), BEHOV_OK);
    behov_section sheet = {.name = "Data", .title = "Data", .table = report, .table_name = "Data"};
    put_old(path);
    int previous_number = count_files();
    size_t n = 1, stride = effort(100) < 100 ? 11 : 1;
    for (;; n += stride) {
        failing_malloc_start(n);
        behov_status status = write_xlsx(path, &sheet, 1, NULL, BEHOV_LANGUAGE_NB, NULL, &err);
        if (!failing_malloc_stop()) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
        assert_old(path);
        assert_int_equal(count_files(), previous_number);
    }
    assert_true(n > 20);
    behov_report_free(report);
    free(numbers);
}

static void memory_may_end_in_rows_beside(void **state)
{
    (void)state;
    static double numbers[SOME_FIGURES][N_SOME];
    behov_report *report = make_some(numbers);
    behov_section sheet = {.name = "Data", .title = "Data", .table = report, .table_name = "Data"};
    put_old(path);
    int previous_number = count_files();
    size_t n = 1, stride = effort(100) < 100 ? 97 : 13;
    for (;; n += stride) {
        failing_malloc_start(n);
        behov_status status = write_xlsx(path, &sheet, 1, NULL, BEHOV_LANGUAGE_NB, NULL, &err);
        if (!failing_malloc_stop()) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
        assert_old(path);
        assert_int_equal(count_files(), previous_number);
    }
    assert_true(n > 20);
    behov_report_free(report);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/book.xlsx", folder);
    snprintf(other, sizeof other, "%s/other.xlsx", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    unlink(other);
    return rmdir(folder); /* fails when something was left */
}

int main(int n_arguments, char **arguments)
{
    if (n_arguments == 3 && strcmp(arguments[1], "--write") == 0) {
        if (write_book(arguments[2], BEHOV_LANGUAGE_NB) == BEHOV_OK)
            return 0;
        fprintf(stderr, "%s: %s\n", err.where, err.what);
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_numbers_with_formats_and_text_stays_text),
        cmocka_unit_test(sheets_have_one_table_a_frozen_header_and_a_printed_page),
        cmocka_unit_test(english_has_its_own_words_and_marks),
        cmocka_unit_test(same_input_gives_the_same_bytes_under_every_locale),
        cmocka_unit_test(large_sheets_have_the_same_parts),
        cmocka_unit_test(rows_beside_are_the_librarys_to_the_byte),
        cmocka_unit_test(what_excel_cannot_hold_is_told),
        cmocka_unit_test(a_failing_write_leaves_the_old_file_whole),
        cmocka_unit_test(a_full_disk_leaves_the_old_file_whole),
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(memory_may_end_in_a_large_sheet),
        cmocka_unit_test(memory_may_end_in_rows_beside),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
