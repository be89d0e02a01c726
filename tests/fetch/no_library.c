/* no_library.c - preloaded, it is a machine without a library: the one whose name NO_LIBRARY is a part of is not found (libcurl
 * unless it is set), all others are. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void *dlopen(const char *name, int flags)
{
    void *(*next)(const char *, int) = NULL;
    void *found = dlsym(RTLD_NEXT, "dlopen");
    memcpy(&next, &found, sizeof next);
    const char *missing = getenv("NO_LIBRARY");
    return name && strstr(name, missing ? missing : "curl") ? NULL : next(name, flags);
}
