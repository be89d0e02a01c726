/* test_csv_rounds.c - a delimited text read by several threads gives what one thread gives, to the byte: the table, its
 * lines, what is told of it, the error. Pieces are made so small that every row of a small file may be a cut.
 *
 * One thread is the witness: it never cuts (read_csv.c), and test_read_csv.c holds what it gives against the files. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "read_table.h"

#include <behov/table.h>

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "effort.h"

static char folder[] = "/tmp/behov-csv-rounds-XXXXXX";
static char path[64];

/* ---------------------------------------------------------------- all that a reading gives, as a text */

static void write_notice(void *context, const char *message)
{
    fprintf(context, "notice %s\n", message);
}

static behov_status know_label(void *context, const char *label, const char **name, behov_error *err)
{
    (void)err;
    fprintf(context, "asked for the name of %s\n", label);
    *name = strcmp(label, "Folketall") == 0 ? "population" : NULL;
    return BEHOV_OK;
}

/* Every kind that a column can be asked for, by the first letter of its name. */
static behov_read_kind choose_by_letter(void *context, const char *name)
{
    static const behov_read_kind kinds[] = {BEHOV_READ_AS_FOUND, BEHOV_READ_AS_KEY,  BEHOV_READ_AS_BOTH,
                                            BEHOV_READ_AS_TEXT,  BEHOV_READ_AS_CODE, BEHOV_READ_AS_NUMBER,
                                            BEHOV_READ_NOT};
    fprintf(context, "asked for %s\n", name);
    return kinds[(unsigned char)name[0] % (sizeof kinds / sizeof *kinds)];
}

static void write_cell(FILE *out, const behov_table *table, size_t column, size_t row)
{
    if (behov_table_kind(table, column) == BEHOV_COLUMN_TEXT) {
        int32_t code = behov_table_codes(table, column)[row];
        fprintf(out, " %ld %s", (long)code,
                code < 0 ? "" : behov_dictionary_text(behov_table_levels(table, column), code));
        return;
    }
    uint64_t bits;
    memcpy(&bits, &behov_table_numbers(table, column)[row], sizeof bits);
    fprintf(out, " %llx %d", (unsigned long long)bits, behov_table_decimals(table, column, row));
}

static void write_table(FILE *out, const behov_table *table)
{
    for (size_t j = 0; j < behov_table_n_columns(table); j++)
        fprintf(out, "column %s kind %d\n", behov_table_name(table, j), (int)behov_table_kind(table, j));
    for (size_t i = 0; i < behov_table_n_unread(table); i++)
        fprintf(out, "unread %s\n", behov_table_unread(table, i));
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        fprintf(out, "line %lu", (unsigned long)behov_table_line(table, row));
        for (size_t j = 0; j < behov_table_n_columns(table); j++)
            write_cell(out, table, j, row);
        fprintf(out, "\n");
    }
}

/* Returned, free. */
static char *read_as_text(const char *name, read_csv_options options, size_t n_threads, size_t piece_bytes)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    behov_code_mending mending = {0};
    options.notice = write_notice;
    options.context = out;
    options.mending = &mending;
    options.n_threads = n_threads;
    options.piece_bytes = piece_bytes;
    behov_table *table = NULL;
    behov_error err = {.what = ""};
    behov_status status = read_table(name, &options, &table, &err);
    fprintf(out, "status %d\n", (int)status);
    if (status == BEHOV_OK) {
        fprintf(out, "mended %zu %zu %s %s\n", mending.n_decorated, mending.n_zeros, mending.decorated,
                mending.with_zero);
        write_table(out, table);
    } else
        fprintf(out, "error %d %s: %s\n", (int)err.code, err.where, err.what);
    behov_table_free(table);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void check_file_as(const char *name, read_csv_options options, size_t piece_bytes)
{
    static const size_t threads[] = {2, 3, 8};
    char *expected_text = read_as_text(name, options, 1, 0);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        char *text = read_as_text(name, options, threads[i], piece_bytes);
        if (strcmp(text, expected_text) != 0) {
            size_t at, same = 0;
            while (text[same] && text[same] == expected_text[same])
                same++;
            at = same > 200 ? same - 200 : 0;
            fail_msg("%s, %zu threads, pieces of %zu:\n%.400s\n-- one thread:\n%.400s", name, threads[i], piece_bytes,
                     text + at, expected_text + at);
        }
        free(text);
    }
    free(expected_text);
}

static const char *const marks[] = {"x", "-99"};
static const read_csv_options ways[] = {
    {0},
    {.choose = choose_by_letter, .know = know_label},
    {.missing_text = marks, .n_missing = 2, .keeps_decimals = true},
    {.separator = ';', .decimal_mark = ',', .asks_of_thousands = true},
    {.choose = choose_by_letter, .decimal_mark = '.', .is_beside = true, .may_be_short = true},
};

static void check_file(const char *name)
{
    static const size_t pieces[] = {37, 1, 300, 4000};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        for (size_t k = 0; k < effort(sizeof pieces / sizeof *pieces); k++)
            check_file_as(name, ways[i], pieces[k]);
}

/* ---------------------------------------------------------------- files that are there */

static size_t n_visited;

static int visit(const char *name, const struct stat *about, int kind, struct FTW *place)
{
    (void)place;
    enum { LARGEST = 400000 };
    if (kind == FTW_F && about->st_size < LARGEST) {
        size_t before = n_visited++ * effort(100) / 100;
        if (n_visited * effort(100) / 100 == before) // with less effort, some of the files
            return 0;
        check_file_as(name, ways[0], 300);
        check_file_as(name, ways[1], 4000);
        if (about->st_size < LARGEST / 40)
            check_file(name);
    }
    return 0;
}

static void visit_below(const char *variable, const char *rest)
{
    const char *root = getenv(variable);
    char name[512];
    if (!root) {
        print_message("skipped: %s is not set\n", variable);
        return;
    }
    snprintf(name, sizeof name, "%s/%s", root, rest);
    assert_int_equal(nftw(name, visit, 16, FTW_PHYS), 0);
}

static void corpus_is_read_as_by_one_thread(void **state)
{
    (void)state;
    n_visited = 0;
    visit_below("BEHOV_SOURCE", "tests/fuzz/corpus/csv");
    assert_true(n_visited > 20);
}

static void real_files_are_read_as_by_one_thread(void **state)
{
    (void)state;
    visit_below("BEHOV_SHARED", "data");
    visit_below("BEHOV_SHARED", "cases");
}

/* ---------------------------------------------------------------- files that are made */

typedef struct text {
    char bytes[65536];
    size_t length;
} text;

static uint32_t random_state;

static size_t below(size_t n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (size_t)(random_state >> 8) % n;
}

static void put(text *text, const char *piece)
{
    size_t length = strlen(piece);
    assert_true(text->length + length < sizeof text->bytes);
    memcpy(text->bytes + text->length, piece, length);
    text->length += length;
}

static void put_cell(text *text, size_t kind, size_t row, const char *separator)
{
    char cell[64];
    switch (kind) {
    case 0: snprintf(cell, sizeof cell, "%04zu", 301 + row / 3); break;
    case 1: snprintf(cell, sizeof cell, "\"Nes%s %zu\"", below(5) ? "" : "\r\ni \"\"Vik\"\"", row / 4); break;
    case 2: snprintf(cell, sizeof cell, "%zu%s%zu", below(90), *separator == ';' ? "," : ".", below(1000)); break;
    case 3: snprintf(cell, sizeof cell, "%zu", 2012 + row % 5); break;
    default: snprintf(cell, sizeof cell, "%s", below(3) ? "7" : ".."); break;
    }
    put(text, cell);
}

/* What now and then stands in a file, and what is an error there. */
static void put_surprise(text *text, const char *separator, size_t kind)
{
    static const char *const surprises[] = {
        "\n",
        ",,,,\n",
        ";;;;\n",
        "0301,Nes,1.5,2012,7\n",
        "0301;\"Nes;1,5;2012;7\n",
        "101,\"K-0101\",8.173,2012,1\n",
        "0301,5\" rør,1.5,2012,7\n",
        "0301,Nes,1.234.567,2012,7\n",
        "0301,Nes,x,20x2,-99\n",
        "Kilde: SSB\n",
        "1) Tall for 2013;;;;\n",
        "Kilde: SSB,,,,\n",
        "0301,Nes,1e400,2012,7\n",
        "0301,\"Nes\"x,1,2012,7\n",
        "0301,Nes\n",
        "0301,Nes,2,2012,7,8\n",
        "\"0301\n0302,Nes,1,2012,7\n",
        ("0301,N\x02"
         "1,1,2012,7\n"),
        "0301,N\xF8s,1,2012,7\n",
        "0301,N\xC3\xB8s,1,2012,7\n",
        "\x1A\n",
        "0301;Nes;1.234.567,5;2012;7\n",
        "0301,,,,7\n",
        "0301,Nes,3,,\r\r",
        "\xEF\xBB\xBF\"0301\",\"Nes, by\",1.5,2012,7\n",
        "0301;\xEF\xBB\xBF \"Nes; \"\"by\"\"\nog Vik\";1,5;2012;7\n",
    };
    (void)separator;
    if (kind == sizeof surprises / sizeof *surprises) {
        assert_true(text->length + 1 < sizeof text->bytes);
        text->bytes[text->length++] = '\0';
    } else
        put(text, surprises[kind % (sizeof surprises / sizeof *surprises)]);
}

static void write_text(const text *text)
{
    snprintf(path, sizeof path, "%s/panel.csv", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text->bytes, 1, text->length, file), text->length);
    assert_int_equal(fclose(file), 0);
}

static void make_text(text *text, size_t seed, size_t n_surprises)
{
    random_state = (uint32_t)seed * 2654435761u;
    text->length = 0;
    const char *separator = below(2) ? "," : ";", *end = below(2) ? "\n" : "\r\n";
    size_t n_rows = 5 + below(60), step = n_surprises ? n_rows / n_surprises + 1 : n_rows;
    char header[64];
    snprintf(header, sizeof header, "%s%snavn%sandel%saar%sFolketall%s", below(2) ? "kode" : "jnr", separator,
             separator, separator, separator, end);
    put(text, header);
    for (size_t row = 0; row < n_rows; row++) {
        for (size_t kind = 0; kind < 5; kind++) {
            if (kind)
                put(text, separator);
            put_cell(text, kind, row, separator);
        }
        if (row + 1 < n_rows || below(2))
            put(text, end);
        if (n_surprises && row % step == step - 1)
            put_surprise(text, separator, below(27));
    }
}

static void files_are_read_as_by_one_thread(void **state)
{
    (void)state;
    static text text;
    for (size_t seed = 0; seed < effort(60); seed++) {
        make_text(&text, seed, seed % 4);
        write_text(&text);
        check_file(path);
    }
}

/* An error in each row by turns: the first is the one that is told, wherever the cuts are. */
static void error_in_each_part_is_the_one_of_one_thread(void **state)
{
    (void)state;
    static text text;
    for (size_t kind = 0; kind < 25; kind++)
        for (size_t place = 0; place < 24; place += 5) {
            text.length = 0;
            put(&text, "kode,navn,andel,aar,antall\n");
            for (size_t row = 0; row < 24; row++) {
                for (size_t cell = 0; cell < 5; cell++) {
                    put(&text, cell ? "," : "");
                    put_cell(&text, cell, row, ",");
                }
                put(&text, "\n");
                if (row == place || row == place + 3)
                    put_surprise(&text, ",", kind);
            }
            write_text(&text);
            check_file_as(path, ways[0], 30);
            check_file_as(path, ways[1], 130);
        }
}

static void utf16_is_read_as_by_one_thread(void **state)
{
    (void)state;
    static text narrow, wide;
    for (size_t seed = 100; seed < 108; seed++) {
        make_text(&narrow, seed, 0);
        wide.length = 0;
        put(&wide, "\xFF\xFE");
        for (size_t i = 0; i < narrow.length && wide.length + 2 < sizeof wide.bytes; i++) {
            wide.bytes[wide.length++] = narrow.bytes[i];
            wide.bytes[wide.length++] = '\0';
        }
        write_text(&wide);
        check_file(path);
    }
}

/* Many rows, of which the columns learn late: what they are is then found as by one thread, and they are read again. */
static void columns_that_change_late_are_read_as_by_one_thread(void **state)
{
    (void)state;
    static const char *const late[] = {"Oslo,1,2", "1,1.5,2", "1,1.234,2", "1,1.234.567,2",
                                       "007,1,2",  "1,2,1e1", "1,2,'3"};
    for (size_t k = 0; k < sizeof late / sizeof *late; k++) {
        snprintf(path, sizeof path, "%s/late.csv", folder);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fprintf(file, "a,b,c\n");
        for (size_t row = 0; row < 3000; row++)
            fprintf(file, "%zu,%zu,%zu\n", row % 50, row % 7, row);
        fprintf(file, "%s\n", late[k]);
        for (size_t row = 0; row < 3000; row++)
            fprintf(file, "%zu,%zu,%zu\n", row % 50, row % 7, row);
        assert_int_equal(fclose(file), 0);
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
            check_file_as(path, ways[i], 1000);
    }
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const names[] = {"panel.csv", "late.csv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corpus_is_read_as_by_one_thread),
        cmocka_unit_test(real_files_are_read_as_by_one_thread),
        cmocka_unit_test(files_are_read_as_by_one_thread),
        cmocka_unit_test(error_in_each_part_is_the_one_of_one_thread),
        cmocka_unit_test(utf16_is_read_as_by_one_thread),
        cmocka_unit_test(columns_that_change_late_are_read_as_by_one_thread),
    };
    return cmocka_run_group_tests_name("csv_rounds", tests, make_folder, remove_folder);
}
