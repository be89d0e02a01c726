/* fuzz_target.c - see fuzz_target.h. */
#define _DEFAULT_SOURCE /* mkstemps */
#include "fuzz_target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void require(int holds, const char *subject)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", subject);
        abort();
    }
}

void fuzz_write_file(char *path, int n_ending, const uint8_t *data, size_t size)
{
    int file = mkstemps(path, n_ending);
    require(file >= 0, "a temporary file can be made");
    require(write(file, data, size) == (ssize_t)size, "it can be written");
    close(file);
}

void fuzz_take_notice(void *context, const char *message)
{
    (void)context;
    require(strlen(message) > 0, "a notice says something");
}

behov_read_kind fuzz_choose_by_length(void *context, const char *name)
{
    (void)context;
    return (behov_read_kind)(strlen(name) % (BEHOV_READ_AS_BOTH + 1));
}

void fuzz_check_codes(const behov_table *table)
{
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        if (behov_table_kind(table, j) == BEHOV_COLUMN_NUMBER)
            continue;
        int32_t n_levels = (int32_t)behov_dictionary_count(behov_table_levels(table, j));
        for (size_t row = 0; row < behov_table_n_rows(table); row++) {
            int32_t code = behov_table_codes(table, j)[row];
            require(code < n_levels && code > -(int32_t)BEHOV_N_MISSING, "codes lie inside the dictionary");
        }
    }
}

void fuzz_read_tables(const char *path, const read_csv_options *ways, size_t n_ways,
                      void (*check)(const behov_table *table))
{
    for (size_t i = 0; i < n_ways; i++) {
        behov_table *table = NULL;
        behov_error err = {.code = BEHOV_OK};
        behov_status status = read_table(path, &ways[i], &table, &err);
        if (status != BEHOV_OK) {
            require(table == NULL, "a failure leaves the table untouched");
            require(err.code == status && err.what[0] != '\0', "a failure says what");
            continue;
        }
        require(behov_table_n_rows(table) > 0, "a table has rows");
        for (size_t j = 0; j < behov_table_n_columns(table); j++)
            require(behov_table_name(table, j)[0] != '\0', "a column has a name");
        fuzz_check_codes(table);
        check(table);
        behov_table_free(table);
    }
}
