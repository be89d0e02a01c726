/* memory.c - memset, memcpy and memmove in the place of Emscripten's, which are loops of single bytes with -Oz. WebAssembly has instructions
 * for them (bulk memory); browsers call a function for each, so that short ones are loops here, too. Volatile, because a compiler makes a
 * call of memset or memcpy of such a loop. */
#include <stddef.h>
#include <string.h>

enum { SHORT = 32 };

void *memset(void *bytes, int value, size_t n)
{
    if (n >= SHORT)
        return __builtin_memset(bytes, value, n);
    for (size_t i = 0; i < n; i++)
        ((volatile unsigned char *)bytes)[i] = (unsigned char)value;
    return bytes;
}

void *memmove(void *target, const void *source, size_t n)
{
    return __builtin_memmove(target, source, n);
}

void *memcpy(void *restrict target, const void *restrict source, size_t n)
{
    if (n >= SHORT)
        return __builtin_memcpy(target, source, n);
    for (size_t i = 0; i < n; i++)
        ((volatile unsigned char *)target)[i] = ((const unsigned char *)source)[i];
    return target;
}
