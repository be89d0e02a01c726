/* parallel.c - POSIX threads over numbered parts: thread t takes parts t, t + T, t + 2T ... */
#include "parallel.h"

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

enum { THREADS_MAX = 8 };

typedef struct share {
    void (*run)(void *, size_t);
    void *context;
    size_t first, step, n_parts;
} share;

static void *run_share(void *argument)
{
    const share *share = argument;
    for (size_t part = share->first; part < share->n_parts; part += share->step)
        share->run(share->context, part);
    return NULL;
}

size_t behov_parts(size_t n_rows)
{
    return n_rows ? (n_rows + BEHOV_PART_ROWS - 1) / BEHOV_PART_ROWS : 1;
}

void behov_parallel(size_t n_parts, void (*run)(void *context, size_t part), void *context)
{
    long n_processors = n_parts > 1 ? sysconf(_SC_NPROCESSORS_ONLN) : 1;
    size_t n_threads = n_processors < 1 ? 1 : n_processors > THREADS_MAX ? THREADS_MAX : (size_t)n_processors;
    n_threads = n_threads > n_parts ? n_parts : n_threads;
    pthread_t threads[THREADS_MAX];
    share shares[THREADS_MAX];
    bool is_started[THREADS_MAX] = {false};
    for (size_t t = 0; t < n_threads; t++) {
        shares[t] = (share){run, context, t, n_threads, n_parts};
        if (t > 0)
            is_started[t] = pthread_create(&threads[t], NULL, run_share, &shares[t]) == 0;
    }
    for (size_t t = 0; t < n_threads; t++)
        if (!is_started[t])
            run_share(&shares[t]);
    for (size_t t = 1; t < n_threads; t++)
        if (is_started[t])
            pthread_join(threads[t], NULL);
}
