/* failing_malloc.h - makes the n-th allocation fail, so that every path without memory is walked.
 *
 * The linker option --wrap sends malloc, calloc, realloc, strdup and strndup of the test executable, of libbehov and of
 * the program's files through here (tests/support/meson.build does it for every C test). Allocations inside shared
 * libraries (GSL, libcsv, libc's own) are not counted and do not fail, but for jansson's after
 * failing_malloc_with_jansson.
 *
 *     for (size_t n = 1;; n++) {
 *         failing_malloc_start(n);
 *         behov_status status = behov_table_new(&table, &err);
 *         bool was_reached = failing_malloc_stop();
 *         if (!was_reached) { assert_int_equal(status, BEHOV_OK); break; }
 *         assert_int_equal(status, BEHOV_E_MEMORY);
 *     }
 *
 * For a single thread. */
#ifndef BEHOV_TESTS_FAILING_MALLOC_H
#define BEHOV_TESTS_FAILING_MALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* From now on counts; the n-th allocation (n = 1: the next one) gives NULL, once. n = 0: counts only. */
void failing_malloc_start(size_t n);
/* Ends it. Whether the n-th allocation was reached, and so failed. */
bool failing_malloc_stop(void);
/* Allocations since the last start. */
size_t failing_malloc_count(void);

/* From now on, until the process ends, the allocations inside jansson are counted and fail like any other. */
void failing_malloc_with_jansson(void);

#endif
