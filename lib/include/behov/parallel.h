/* parallel.h - parts of a sum or a fill at once.
 *
 * The parts are fixed by the data, never by the number of threads, each writes what is its own, and sums are put together
 * in the order of the parts: neither the number of threads nor which of them takes a part can change a digit. */
#ifndef BEHOV_PARALLEL_H
#define BEHOV_PARALLEL_H

#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Rows of one part. A smaller problem is one part, done without threads.
#define BEHOV_PART_ROWS 65536

/// Threads at the same time.
#define BEHOV_THREADS_MAX 256

/// Calls run(context, part) for part 0 .. n_parts - 1 on n_threads threads, of which the calling one is the first and
/// takes part 0; the others are taken in their order, each by the thread that is the first to be free. n_threads 0 = 1,
/// BEHOV_THREADS_MAX at the most. A thread that cannot be made is done without.
BEHOV_API void behov_parallel(size_t n_threads, size_t n_parts, void (*run)(void *context, size_t part), void *context);
/// The same, and each call is told by which thread it runs, 0 .. n_threads - 1 (0 = the calling one): a thread runs one
/// part at a time, so that room of its own is enough for all of its parts. Nothing that is kept may depend on it.
BEHOV_API void behov_parallel_by_worker(size_t n_threads, size_t n_parts,
                                        void (*run)(void *context, size_t part, size_t worker), void *context);
/// How many parts n_rows make.
BEHOV_API size_t behov_parts(size_t n_rows);

#ifdef __cplusplus
}
#endif
#endif
