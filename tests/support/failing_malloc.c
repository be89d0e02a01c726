/* failing_malloc.c - see failing_malloc.h. */
#include "failing_malloc.h"

#include <jansson.h>
#include <stdlib.h>

static bool is_counting;
static bool was_reached;
static size_t fail_at;
static size_t count;

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
    if (!is_counting)
        return false;
    count++;
    if (count != fail_at)
        return false;
    was_reached = true;
    return true;
}

void *__wrap_malloc(size_t size) { return must_fail() ? NULL : __real_malloc(size); }

void *__wrap_calloc(size_t n, size_t size) { return must_fail() ? NULL : __real_calloc(n, size); }

void *__wrap_realloc(void *block, size_t size) { return must_fail() ? NULL : __real_realloc(block, size); }

char *__wrap_strdup(const char *text) { return must_fail() ? NULL : __real_strdup(text); }

char *__wrap_strndup(const char *text, size_t length) { return must_fail() ? NULL : __real_strndup(text, length); }

void failing_malloc_start(size_t n)
{
    fail_at = n;
    count = 0;
    was_reached = false;
    is_counting = true;
}

bool failing_malloc_stop(void)
{
    is_counting = false;
    return was_reached;
}

size_t failing_malloc_count(void) { return count; }

/* The linker sends these names through the wrappers, too. */
void failing_malloc_with_jansson(void) { json_set_alloc_funcs(malloc, free); }
