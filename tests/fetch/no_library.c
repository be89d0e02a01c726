/* no_library.c - preloaded, it is a machine without libcurl: that library is not found, all others are. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

void *dlopen(const char *name, int flags)
{
    void *(*next)(const char *, int) = NULL;
    void *found = dlsym(RTLD_NEXT, "dlopen");
    memcpy(&next, &found, sizeof next);
    return name && strstr(name, "curl") ? NULL : next(name, flags);
}
