/* preload_failing_malloc.c - loaded before the whole program (LD_PRELOAD): the n-th allocation of it and of all its
 * libraries fails once, children included.
 *
 * BEHOV_FAIL_AT=N says which (0 or unset: none); BEHOV_FAIL_COUNT=FILE has the number of allocations written at the
 * end. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* glibc's own, under the names that it exports for this. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *block, size_t size);

static atomic_ulong *count;
static unsigned long fail_at;
static pid_t parent;

__attribute__((constructor)) static void begin(void)
{
    const char *requested_text = getenv("BEHOV_FAIL_AT");
    fail_at = requested_text ? strtoul(requested_text, NULL, 10) : 0;
    parent = getpid();
    void *memory = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    count = memory == MAP_FAILED ? NULL : memory;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("BEHOV_FAIL_COUNT");
    unsigned long n = count ? atomic_load(count) : 0;
    FILE *file = path && getpid() == parent ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%lu\n", n);
        fclose(file);
    }
}

static bool must_fail(void)
{
    if (!count || atomic_fetch_add(count, 1) + 1 != fail_at)
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return must_fail() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return must_fail() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *block, size_t size)
{
    return must_fail() ? NULL : __libc_realloc(block, size);
}
