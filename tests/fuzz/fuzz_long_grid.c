/* fuzz_long_grid.c - any bytes as a text that a publisher sends, in several ways of asking.
 *
 * Whatever comes out: a failure leaves no table and says what; a table has as many cells as it says, codes inside its
 * dictionaries, a value that is missing where it has a mark, and lines that do not fall back but for tables side by side. */
#include "fuzz_target.h"

#include "read_long_table.h"

#include <behov/table.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_table(const behov_long_table *long_table)
{
    const behov_table *table = long_table->table;
    size_t n_rows = behov_table_n_rows(table);
    ptrdiff_t value = behov_table_find(table, "value"), mark = behov_table_find(table, "mark");
    require(n_rows > 0 && value >= 0, "a table has rows and values");
    require(long_table->n_values + long_table->n_missing == n_rows, "each cell has a value or none");
    fuzz_check_codes(table);
    for (size_t row = 0; row < n_rows; row++) {
        bool is_missing = isnan(behov_table_numbers(table, (size_t)value)[row]);
        require(behov_table_line(table, row) > 0, "a row has a line");
        require(mark < 0 || is_missing || behov_table_codes(table, (size_t)mark)[row] < 0,
                "what has a mark has no value");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const behov_notice notice = {.hear = fuzz_take_notice};
    static const long_table_choices ways[] = {
        {.has_labels = true},
        {.header_first = 2, .header_last = 3, .separator = ';', .decimal = ','},
        {.value_column = "2015", .encoding = "ISO-8859-1", .separator = ','},
    };
    char path[] = "/tmp/behov-fuzz-long-XXXXXX.csv";
    fuzz_write_file(path, 4, data, size);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        behov_long_table table;
        behov_error err = {.code = BEHOV_OK};
        behov_status status = read_long_table(path, &ways[i], &notice, &table, &err);
        if (status == BEHOV_OK)
            check_table(&table);
        else
            require(err.code == status && err.what[0] != '\0', "a failure says what");
        behov_long_table_free(&table);
    }
    unlink(path);
    return 0;
}
