/* failing_malloc.c - see failing_malloc.h. */
#define _GNU_SOURCE
#include "failing_malloc.h"

#include <jansson.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Shared with child processes, in which workbooks are written. */
typedef struct counting {
    bool is_counting, was_reached;
    size_t fail_at, count;
} counting;

static counting before_first_use, *now = &before_first_use;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *block, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t length);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *block, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t length);

static bool must_fail(void)
{
    if (!now->is_counting)
        return false;
    if (__atomic_add_fetch(&now->count, 1, __ATOMIC_SEQ_CST) != now->fail_at)
        return false;
    now->was_reached = true;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return must_fail() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return must_fail() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *block, size_t size)
{
    return must_fail() ? NULL : __real_realloc(block, size);
}

char *__wrap_strdup(const char *text)
{
    return must_fail() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t length)
{
    return must_fail() ? NULL : __real_strndup(text, length);
}

void failing_malloc_start(size_t n)
{
    if (now == &before_first_use) {
        void *memory = mmap(NULL, sizeof *now, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            abort();
        now = memory;
    }
    *now = (counting){.is_counting = true, .fail_at = n};
}

bool failing_malloc_stop(void)
{
    now->is_counting = false;
    return now->was_reached;
}

size_t failing_malloc_count(void)
{
    return now->count;
}

/* The linker sends these names through the wrappers, too. */
void failing_malloc_with_jansson(void)
{
    json_set_alloc_funcs(malloc, free);
}
