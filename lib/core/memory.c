/* memory.c - large blocks in large pages, where the system has them: the one thing that the library asks of it.
 *
 * A column of millions of rows is filled page by page, and each page of 4 KiB that is touched for the first time costs the
 * system more than its numbers cost us. */
#define _DEFAULT_SOURCE /* madvise */
#include <behov/memory.h>

#include <stdint.h>
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
