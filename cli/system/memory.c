/* memory.c - see memory.h.
 *
 * glibc keeps blocks of up to 32 MiB for later, once one of that size has been freed, and twice as much at the end of its
 * heap: a twentieth of what a panel of ten million rows takes. */
#include "memory.h"

#include <stdlib.h> /* tells whether this is glibc */
#ifdef __GLIBC__
#include <malloc.h>
#endif

void memory_return_early(void)
{
#ifdef __GLIBC__
    enum { LARGE_BYTES = 512 * 1024 };
    mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
    mallopt(M_TRIM_THRESHOLD, 2 * LARGE_BYTES);
#endif
}
