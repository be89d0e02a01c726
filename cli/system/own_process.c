/* own_process.c - see own_process.h. One pipe brings progress and the result as messages of one size, which fit into
 * one write; what the child prints goes into another, which is looked at when it has ended. */
#include "own_process.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "system_reason.h"

_Static_assert(sizeof(behov_error) < 4000, "a message goes through a pipe in one piece: PIPE_BUF");

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
    if (system_write(result_pipe, sent, sizeof *sent))
        part_told = 1; /* nobody listens any more */
}

void own_process_print_notes(double part)
{
    if (result_pipe < 0 || part < part_told + 0.01)
        return;
    part_told = part;
    message sent = {.part = part};
    send(&sent);
}

typedef struct own_work {
    own_process_job *job;
    void *context;
} own_work;

/* In the child. */
static void work(void *context, int result)
{
    const own_work *own_work = context;
    result_pipe = result;
    part_told = 0;
    message sent = {.is_result = true};
    sent.status = own_work->job(own_work->context, &sent.err);
    send(&sent);
    result_pipe = -1; /* the child may be this process itself */
}

static bool receive(int pipe, message *received)
{
    size_t n;
    return system_read(pipe, received, sizeof *received, &n) == 0 && n == sizeof *received;
}

/* What the child has printed; a sanitizer's report is passed on. */
static bool has_said_anything(int said_number)
{
    char text[4096];
    size_t n;
    if (system_read(said_number, text, sizeof text - 1, &n) || n == 0)
        return false;
    text[n] = '\0';
    bool is_report = strstr(text, "Sanitizer") || strstr(text, "runtime error:") || strncmp(text, "==", 2) == 0;
    while (is_report && n > 0)
        if (system_write(SYSTEM_STANDARD_ERROR, text, n) || system_read(said_number, text, sizeof text, &n))
            break;
    return true;
}

static behov_status out_of_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_NO_MEMORY);
}

static behov_status judge(const char *path, const message *result, int ending, bool has_said, behov_error *err)
{
    if (ending > 0)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_NO_MEMORY_SIGNAL, ending);
    if (!result->is_result || ending)
        return out_of_memory(path, err);
    if (result->status) {
        if (err)
            *err = result->err;
        return result->status;
    }
    return has_said ? out_of_memory(path, err) : BEHOV_OK;
}

behov_status own_process_start(const char *path, own_process_job *job, void *context, own_process *out,
                               behov_error *err)
{
    own_work own_work = {job, context};
    int code = system_child_start(work, &own_work, &out->child);
    return code ? behov_error_say(err, BEHOV_E_MEMORY, path, SAY_WORKBOOK_WRITING_NOT_STARTED, system_reason(code))
                : BEHOV_OK;
}

behov_status own_process_finish(const char *path, own_process *own_process, progress *bar, behov_error *err)
{
    message last = {0};
    for (message next; receive(own_process->child.result, &next); last = next)
        if (!next.is_result)
            progress_set(bar, next.part);
    int ending = system_child_wait(&own_process->child);
    behov_status status = judge(path, &last, ending, has_said_anything(own_process->child.printed), err);
    system_child_close(&own_process->child);
    return status;
}
