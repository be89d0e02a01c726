/* alloc.c - memory whose size cannot overflow; large blocks in large pages, where the system has them.
 *
 * A column of millions of rows is filled page by page, and each page of 4 KiB that is touched for the first time costs the
 * system more than its numbers cost us. */
#define _DEFAULT_SOURCE /* madvise */
#include "alloc.h"

#include <behov/memory.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

enum { PAGE_BYTES = 4096, LARGE_BYTES = 1 << 22 }; /* two large pages of the usual size: one at least is all within */

void behov_memory_expect_use(void *block, size_t bytes)
{
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    uintptr_t first = ((uintptr_t)block + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    uintptr_t end = ((uintptr_t)block + bytes) / PAGE_BYTES * PAGE_BYTES;
    if (block && bytes >= LARGE_BYTES)
        madvise((void *)first, end - first, MADV_HUGEPAGE); /* nothing is lost where it is refused */
#else
    (void)block, (void)bytes;
#endif
}

void *behov_alloc(size_t count, size_t size)
{
    if (count == 0 || size == 0)
        count = size = 1;
    void *block = calloc(count, size); /* checks the product itself */
    if (block)
        behov_memory_expect_use(block, count * size);
    return block;
}

void *behov_realloc(void *block, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    size_t bytes = count * size;
    void *larger = realloc(block, bytes ? bytes : 1);
    behov_memory_expect_use(larger, bytes);
    return larger;
}

char *behov_copy_text(const char *text, size_t length)
{
    char *copy = behov_alloc(length + 1, 1);
    if (copy && length)
        memcpy(copy, text, length);
    return copy;
}

behov_status behov_out_of_memory(behov_error *err, const char *subject)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_MEMORY_NOT_ENOUGH, subject);
}
