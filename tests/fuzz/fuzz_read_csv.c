/* fuzz_read_csv.c - any bytes as a delimited file, read in several ways.
 *
 * Whatever comes out: a failure leaves the table untouched, names a code and a sentence; a table has rows, its codes
 * lie inside the dictionaries, and its lines rise. */
#include "fuzz_target.h"

#include <behov/table.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static behov_read_kind choose_code(void *context, const char *name)
{
    (void)context;
    (void)name;
    return BEHOV_READ_AS_CODE;
}

static void check_table(const behov_table *table)
{
    size_t n_rows = behov_table_n_rows(table);
    uint32_t line = 1;
    for (size_t row = 0; row < n_rows; row++) {
        require(behov_table_line(table, row) > line || row == 0, "lines rise");
        line = behov_table_line(table, row);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const marks[] = {"x", "-99"};
    static const read_csv_options ways[] = {
        {.notice = fuzz_take_notice},
        {.separator = ';', .decimal_mark = ',', .encoding = "UTF-8"},
        {.choose = fuzz_choose_by_length, .notice = fuzz_take_notice, .missing_text = marks, .n_missing = 2},
        {.choose = choose_code, .notice = fuzz_take_notice, .encoding = "ISO-8859-1"},
        {.notice = fuzz_take_notice, .n_threads = 2, .piece_bytes = 20},
    };
    char path[] = "/tmp/behov-fuzz-csv-XXXXXX";
    fuzz_write_file(path, 0, data, size);
    fuzz_read_tables(path, ways, sizeof ways / sizeof *ways, check_table);
    unlink(path);
    return 0;
}
