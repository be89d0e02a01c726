/* test_zip_check.c - a workbook that has lost or changed a byte is not put in place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "effort.h"
#include "failing_malloc.h"
#include "zip_check.h"

enum { N_ROWS = 40, N_SHEETS = 2 };

static behov_error err;
static char folder[] = "/tmp/behov-zip-XXXXXX", path[64];
static unsigned char *whole;
static size_t length;

static behov_report *table(void)
{
    behov_report *report = NULL;
    double *values = malloc(N_ROWS * sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < N_ROWS; i++)
        values[i] = (double)(i * i);
    assert_int_equal(behov_report_new("table", N_ROWS, NULL, &report, &err), BEHOV_OK);
    behov_status status = behov_report_add_numbers(
        report, (behov_report_column){.key = "ratio", .quantity = BEHOV_Q_RATIO}, values, true, &err);
    assert_int_equal(status, BEHOV_OK);
    return report;
}

static void put(const unsigned char *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static int enter(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/book.xlsx", folder);
    behov_report *report = table();
    const behov_section sections[N_SHEETS] = {{.name = "a", .title = "A", .table_name = "a_table", .table = report},
                                              {.name = "b", .title = "B", .table_name = "b_table", .table = report}};
    if (document_write(path, sections, N_SHEETS, NULL, BEHOV_LANGUAGE_EN, &err))
        fail_msg("%s: %s", err.where, err.what);
    behov_report_free(report);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    length = (size_t)ftell(file);
    rewind(file);
    whole = malloc(length + 1);
    assert_non_null(whole);
    assert_int_equal(fread(whole, 1, length, file), length);
    return fclose(file);
}

static int leave(void **state)
{
    (void)state;
    free(whole);
    return unlink(path) || rmdir(folder);
}

static void a_whole_workbook_passes_and_one_without_a_sheet_does_not(void **state)
{
    (void)state;
    put(whole, length);
    assert_int_equal(zip_check_workbook(path, "book.xlsx", N_SHEETS, &err), BEHOV_OK);
    assert_int_equal(zip_check_workbook(path, "book.xlsx", N_SHEETS + 1, &err), BEHOV_E_FILE);
    assert_string_equal(err.where, "book.xlsx");
    assert_non_null(strstr(err.what, "xl/worksheets/sheet3.xml: it is not there"));
    assert_int_equal(zip_check_workbook("/nowhere", "book.xlsx", 1, &err), BEHOV_E_FILE);
}

static void no_cut_and_no_surplus_byte_passes(void **state)
{
    (void)state;
    size_t step = effort(100) < 100 ? 997 : 5;
    for (size_t n = 0; n < length; n += step) {
        put(whole, n);
        if (zip_check_workbook(path, "", N_SHEETS, &err) != BEHOV_E_FILE)
            fail_msg("cut to %lu of %lu bytes it passes", (unsigned long)n, (unsigned long)length);
    }
    whole[length] = 0;
    put(whole, length + 1);
    assert_int_equal(zip_check_workbook(path, "", N_SHEETS, &err), BEHOV_E_FILE);
}

/* Whether a byte is of the contents: the heads hold dates, versions and attributes, which nobody needs. */
static bool *contents(size_t *n_contents)
{
    bool *is_content = calloc(length, 1);
    assert_non_null(is_content);
    *n_contents = 0;
    for (size_t index = 0; index + 30 < length && memcmp(whole + index, "PK\3\4", 4) == 0;) {
        size_t packed = whole[index + 18] | (size_t)whole[index + 19] << 8 | (size_t)whole[index + 20] << 16;
        size_t name = whole[index + 26] | (size_t)whole[index + 27] << 8,
               extra = whole[index + 28] | (size_t)whole[index + 29] << 8;
        assert_true(packed > 0 && index + 30 + name + extra + packed < length);
        /* The last byte may be filled up with bits of no meaning. */
        for (size_t i = 0; i + 1 < packed; i++)
            is_content[index + 30 + name + extra + i] = true;
        *n_contents += packed;
        index += 30 + name + extra + packed;
    }
    return is_content;
}

static void no_changed_byte_of_the_contents_passes(void **state)
{
    (void)state;
    size_t n_contents, n_tried = 0, n_passed = 0, step = effort(100) < 100 ? 97 : 3;
    bool *is_content = contents(&n_contents);
    assert_true(n_contents > length / 2);
    for (size_t index = 0; index < length; index += step) {
        whole[index] ^= 0x10;
        put(whole, length);
        behov_status status = zip_check_workbook(path, "", N_SHEETS, &err);
        whole[index] ^= 0x10;
        n_tried++;
        n_passed += status == BEHOV_OK;
        if (status == BEHOV_OK && is_content[index])
            fail_msg("byte %lu of %lu is another, and it passes", (unsigned long)index, (unsigned long)length);
    }
    print_message("%lu bytes changed one by one, %lu of heads make no difference\n", (unsigned long)n_tried,
                  (unsigned long)n_passed);
    free(is_content);
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    put(whole, length);
    for (size_t n = 1;; n++) {
        failing_malloc_start(n);
        behov_status status = zip_check_workbook(path, "", N_SHEETS, &err);
        if (!failing_malloc_stop()) {
            assert_int_equal(status, BEHOV_OK);
            assert_true(n > 3);
            return;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_workbook_passes_and_one_without_a_sheet_does_not),
        cmocka_unit_test(no_cut_and_no_surplus_byte_passes),
        cmocka_unit_test(no_changed_byte_of_the_contents_passes),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
