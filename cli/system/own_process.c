/* own_process.c - see own_process.h. One pipe brings progress and the result as messages of one size, which fit into
 * one write; what the child prints goes into another, which is looked at when it has ended. */
#include "own_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "target.h"

_Static_assert(sizeof(behov_error) < 4000, "a message fits into one write to a pipe (PIPE_BUF)");

typedef struct message {
    bool is_result;
    double part;
    behov_status status;
    behov_error err;
} message;

static int result_pipe = -1; /* of the child */
static double part_told;

static void send(const message *sent)
{
    ssize_t n;
    do
        n = write(result_pipe, sent, sizeof *sent);
    while (n < 0 && errno == EINTR);
}

void own_process_print_notes(double part)
{
    if (result_pipe < 0 || part < part_told + 0.01)
        return;
    part_told = part;
    message sent = {.part = part};
    send(&sent);
}

/* The child: ends with its parent, leaves no core, and says what it says to the pipe. */
static _Noreturn void work(pid_t parent, int result, int said_number, own_process_job *job, void *context)
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
    result_pipe = result;
    part_told = 0;
    dup2(said_number, STDERR_FILENO);
    message sent = {.is_result = true};
    sent.status = job(context, &sent.err);
    send(&sent);
    _exit(0);
}

static bool receive(int pipe, message *received)
{
    ssize_t n;
    do
        n = read(pipe, received, sizeof *received);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof *received;
}

/* What the child has printed; a sanitizer's report is passed on. */
static bool has_said_anything(int said_number)
{
    char text[4096];
    ssize_t n = read(said_number, text, sizeof text - 1);
    if (n <= 0)
        return false;
    text[n] = '\0';
    bool is_report = strstr(text, "Sanitizer") || strstr(text, "runtime error:") || strncmp(text, "==", 2) == 0;
    for (; is_report && n > 0; n = read(said_number, text, sizeof text))
        if (write(STDERR_FILENO, text, (size_t)n) < 0)
            break;
    return true;
}

static behov_status out_of_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_NO_MEMORY);
}

static behov_status judge(const char *path, const message *result, int how, bool has_said, behov_error *err)
{
    if (WIFSIGNALED(how))
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_NO_MEMORY_SIGNAL, WTERMSIG(how));
    if (!result->is_result || !WIFEXITED(how) || WEXITSTATUS(how) != 0)
        return out_of_memory(path, err);
    if (result->status) {
        if (err)
            *err = result->err;
        return result->status;
    }
    return has_said ? out_of_memory(path, err) : BEHOV_OK;
}

static bool open_pipes(int result[2], int said_positions[2])
{
    if (pipe(result) != 0)
        return false;
    if (pipe(said_positions) != 0) {
        close(result[0]), close(result[1]);
        return false;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(result[i], F_SETFD, FD_CLOEXEC);
        fcntl(said_positions[i], F_SETFD, FD_CLOEXEC);
        fcntl(said_positions[i], F_SETFL, O_NONBLOCK); /* a full pipe blocks nobody */
    }
    return true;
}

behov_status own_process_start(const char *path, own_process_job *job, void *context, own_process *out,
                               behov_error *err)
{
    int result[2], said_positions[2];
    if (!open_pipes(result, said_positions))
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_WRITING_NOT_STARTED, strerror(errno));
    pid_t parent = getpid();
    sigset_t all, previous_signals;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &previous_signals); /* until a signal's handler knows of the child */
    pid_t child = fork();
    int code = errno;
    if (child == 0) {
        target_forget_writers();
        sigprocmask(SIG_SETMASK, &previous_signals, NULL);
        close(result[0]), close(said_positions[0]);
        work(parent, result[1], said_positions[1], job, context);
    }
    if (child > 0)
        target_add_writer(child);
    sigprocmask(SIG_SETMASK, &previous_signals, NULL);
    close(result[1]), close(said_positions[1]);
    if (child < 0) {
        close(result[0]), close(said_positions[0]);
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_WRITING_NOT_STARTED, strerror(code));
    }
    *out = (own_process){child, result[0], said_positions[0]};
    return BEHOV_OK;
}

behov_status own_process_finish(const char *path, own_process *own_process, progress *bar, behov_error *err)
{
    message last = {0};
    int how = 0;
    for (message next; receive(own_process->result, &next); last = next)
        if (!next.is_result)
            progress_set(bar, next.part);
    while (waitpid(own_process->child, &how, 0) < 0 && errno == EINTR)
        ;
    target_strike_writer(own_process->child);
    behov_status status = judge(path, &last, how, has_said_anything(own_process->n_said), err);
    close(own_process->result), close(own_process->n_said);
    return status;
}
