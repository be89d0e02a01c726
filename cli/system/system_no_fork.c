/* system_no_fork.c - system.h's work in a process of its own where no process can be copied (WebAssembly): it is done at
 * once, in this one. Emscripten's pipes take any number of bytes and are never waited for. */
#include "system.h"

#include <errno.h>
#include <unistd.h>

int system_child_start(void (*work)(void *context, int result), void *context, system_child *child)
{
    int result[2], printed[2];
    if (pipe(result) != 0)
        return errno;
    if (pipe(printed) != 0) {
        int code = errno;
        close(result[0]), close(result[1]);
        return code;
    }
    work(context, result[1]);
    close(result[1]), close(printed[1]);
    *child = (system_child){0, result[0], printed[0]};
    return 0;
}

int system_child_wait(const system_child *child)
{
    (void)child;
    return 0;
}

void system_child_close(system_child *child)
{
    close(child->result), close(child->printed);
}
