/* system_fork.c - system.h's work in a process of its own, where a process can be copied. */
#define _GNU_SOURCE
#include "system_posix.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* The child: ends with its parent, leaves no core, and prints to the pipe. */
static _Noreturn void run_child(pid_t parent, int printed, void (*work)(void *context, int result), void *context,
                                int result)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        signal(faults[i], SIG_DFL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
    if (getppid() != parent)
        _exit(1);
    dup2(printed, STDERR_FILENO);
    work(context, result);
    _exit(0);
}

static int open_pipes(int result[2], int printed[2])
{
    if (pipe(result) != 0)
        return errno;
    if (pipe(printed) != 0) {
        int code = errno;
        close(result[0]), close(result[1]);
        return code;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(result[i], F_SETFD, FD_CLOEXEC);
        fcntl(printed[i], F_SETFD, FD_CLOEXEC);
        fcntl(printed[i], F_SETFL, O_NONBLOCK); /* a full pipe blocks nobody */
    }
    return 0;
}

int system_child_start(void (*work)(void *context, int result), void *context, system_child *child)
{
    int result[2], printed[2], code = open_pipes(result, printed);
    if (code)
        return code;
    pid_t parent = getpid();
    sigset_t all, previous_signals;
    sigfillset(&all);
    system_posix_mask_signals(SIG_BLOCK, &all, &previous_signals); /* until a signal's handler knows of the child */
    pid_t process = fork();
    code = errno;
    if (process == 0) {
        system_posix_forget_writers();
        system_posix_mask_signals(SIG_SETMASK, &previous_signals, NULL);
        close(result[0]), close(printed[0]);
        run_child(parent, printed[1], work, context, result[1]);
    }
    if (process > 0)
        system_posix_change_writer(0, process);
    system_posix_mask_signals(SIG_SETMASK, &previous_signals, NULL);
    close(result[1]), close(printed[1]);
    if (process < 0) {
        close(result[0]), close(printed[0]);
        return code;
    }
    *child = (system_child){(long)process, result[0], printed[0]};
    return 0;
}

int system_child_wait(const system_child *child)
{
    int how = 0;
    pid_t process = (pid_t)child->process;
    while (waitpid(process, &how, 0) < 0 && errno == EINTR)
        ;
    system_posix_change_writer(process, 0);
    if (WIFSIGNALED(how))
        return WTERMSIG(how);
    return WIFEXITED(how) && WEXITSTATUS(how) == 0 ? 0 : -1;
}

void system_child_close(system_child *child)
{
    close(child->result), close(child->printed);
}
