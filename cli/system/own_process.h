/* own_process.h - work that may crash, done by a process of its own: libxlsxwriter ends without memory in the middle.
 */
#ifndef BEHOV_CLI_OWN_PROCESS_H
#define BEHOV_CLI_OWN_PROCESS_H

#include <behov/error.h>

#include "progress.h"
#include "system.h"

/* What is done; it may use all that the caller has, but changes none of it, for its memory is a copy. */
typedef behov_status own_process_job(void *context, behov_error *err);

typedef struct own_process {
    system_child child;
} own_process;

/* Starts a job in a child process, which is ended with this one, however that ends.
 * BEHOV_E_MEMORY with where = path when there is no room for another process; then nothing needs to be finished. */
behov_status own_process_start(const char *path, own_process_job *job, void *context, own_process *out,
                               behov_error *err) BEHOV_MUST_CHECK;
/* Waits for it; what the job says of its progress is drawn here (bar may be NULL). The job's status and error are
 * returned. BEHOV_E_MEMORY with where = path when it was ended by a signal, or when anything was printed to its
 * standard error: a library complained, and what it made may lack something. */
behov_status own_process_finish(const char *path, own_process *own_process, progress *bar,
                                behov_error *err) BEHOV_MUST_CHECK;
/* From inside a job: how much is done, 0..1. */
void own_process_print_notes(double part);

#endif
