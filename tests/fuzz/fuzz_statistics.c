/* fuzz_statistics.c - any bytes as a file of Stata or SPSS, read in several ways.
 *
 * Whatever comes out: a failure leaves the table untouched, names a code and a sentence; a table has rows, its codes lie
 * inside the dictionaries, and its numbers are finite or missing. */
#define _DEFAULT_SOURCE /* mkstemps */
#include "read_table.h"

#include <behov/table.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds, const char *subject)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", subject);
        abort();
    }
}

static behov_read_kind choose_by_length(void *context, const char *name)
{
    (void)context;
    return (behov_read_kind)(strlen(name) % (BEHOV_READ_AS_BOTH + 1));
}

static behov_read_kind choose_text(void *context, const char *name)
{
    (void)context;
    return name[0] == 'm' || name[0] == 'c' ? BEHOV_READ_AS_CODE : BEHOV_READ_AS_TEXT;
}

static void take_notice(void *context, const char *message)
{
    (void)context;
    require(strlen(message) > 0, "a notice says something");
}

static void check_table(const behov_table *table)
{
    size_t n_rows = behov_table_n_rows(table);
    require(n_rows > 0, "a table has rows");
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        require(behov_table_name(table, j)[0] != '\0', "a column has a name");
        const double *numbers = behov_table_numbers(table, j);
        for (size_t row = 0; numbers && row < n_rows; row++)
            require(!isinf(numbers[row]), "a number is finite");
        if (numbers)
            continue;
        int32_t n_levels = (int32_t)behov_dictionary_count(behov_table_levels(table, j));
        for (size_t row = 0; row < n_rows; row++) {
            int32_t code = behov_table_codes(table, j)[row];
            require(code < n_levels && code > -(int32_t)BEHOV_N_MISSING, "codes lie inside the dictionary");
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const read_csv_options ways[] = {
        {.notice = take_notice},
        {.choose = choose_by_length, .notice = take_notice, .encoding = "ISO-8859-1"},
        {.choose = choose_text, .notice = take_notice},
    };
    char path[] = "/tmp/behov-fuzz-XXXXXX.sav"; /* the ending alone makes it one of statistics */
    int file = mkstemps(path, 4);
    require(file >= 0, "a temporary file can be made");
    require(write(file, data, size) == (ssize_t)size, "it can be written");
    close(file);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        behov_table *table = NULL;
        behov_error err = {.code = BEHOV_OK};
        behov_status status = read_table(path, &ways[i], &table, &err);
        if (status == BEHOV_OK) {
            check_table(table);
            behov_table_free(table);
        } else {
            require(table == NULL, "a failure leaves the table untouched");
            require(err.code == status && err.what[0] != '\0', "a failure says what");
        }
    }
    unlink(path);
    return 0;
}
