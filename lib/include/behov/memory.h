/* memory.h - what is told to the system of blocks of memory. */
#ifndef BEHOV_MEMORY_H
#define BEHOV_MEMORY_H

#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Tells the system that a block of 4 MiB or more, as long as a column of half a million rows, is going to be filled: it may
/// then hand out large pages (Linux: madvise, MADV_HUGEPAGE). Nothing is lost where there are none. What the library
/// allocates for itself is told already; this is for columns that are handed over (table.h). Cost: one call of the system.
BEHOV_API void behov_memory_expect_use(void *block, size_t bytes);

#ifdef __cplusplus
}
#endif
#endif
