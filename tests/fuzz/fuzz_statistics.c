/* fuzz_statistics.c - any bytes as a file of Stata or SPSS, read in several ways.
 *
 * Whatever comes out: a failure leaves the table untouched, names a code and a sentence; a table has rows, its codes lie
 * inside the dictionaries, and its numbers are finite or missing. */
#include "fuzz_target.h"

#include <behov/table.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static behov_read_kind choose_text(void *context, const char *name)
{
    (void)context;
    return name[0] == 'm' || name[0] == 'c' ? BEHOV_READ_AS_CODE : BEHOV_READ_AS_TEXT;
}

static void check_table(const behov_table *table)
{
    size_t n_rows = behov_table_n_rows(table);
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        const double *numbers = behov_table_numbers(table, j);
        for (size_t row = 0; numbers && row < n_rows; row++)
            require(!isinf(numbers[row]), "a number is finite");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const read_csv_options ways[] = {
        {.notice = fuzz_take_notice},
        {.choose = fuzz_choose_by_length, .notice = fuzz_take_notice, .encoding = "ISO-8859-1"},
        {.choose = choose_text, .notice = fuzz_take_notice},
    };
    char path[] = "/tmp/behov-fuzz-XXXXXX.sav"; /* the ending alone makes it one of statistics */
    fuzz_write_file(path, 4, data, size);
    fuzz_read_tables(path, ways, sizeof ways / sizeof *ways, check_table);
    unlink(path);
    return 0;
}
