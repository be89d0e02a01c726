/* fuzz_target.h - what every target stands on: its entry, requirements that end the process when they do not hold, the input
 * as a file, and what is required of tables, whatever they were read from. */
#ifndef BEHOV_TESTS_FUZZ_TARGET_H
#define BEHOV_TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

#include "read_table.h"

/* Called by libFuzzer, or by ../support/replay.c. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts, and says of what, unless it holds. */
void require(int holds, const char *subject);
#define REQUIRE(expression) require((expression) != 0, #expression)

/* Makes a file of the input; the path ends with XXXXXX and an ending of so many letters ("/tmp/behov-XXXXXX.csv", 4). */
void fuzz_write_file(char *path, int n_ending, const uint8_t *data, size_t size);
/* A behov_notice's `hear`: a notice says something. */
void fuzz_take_notice(void *context, const char *message);
/* How a column is read, for read_csv_options.choose: the kind that the length of its name gives. */
behov_read_kind fuzz_choose_by_length(void *context, const char *name);
/* Codes of all columns of texts lie inside their dictionaries. */
void fuzz_check_codes(const behov_table *table);
/* Reads a file in several ways: a failure leaves no table, names a code and says what; a table has rows, names and codes, and
 * holds what `check` requires. */
void fuzz_read_tables(const char *path, const read_csv_options *ways, size_t n_ways,
                      void (*check)(const behov_table *table));

#endif
