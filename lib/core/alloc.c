/* alloc.c - memory whose size cannot overflow. */
#include "alloc.h"

#include <behov/memory.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
