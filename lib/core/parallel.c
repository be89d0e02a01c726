/* parallel.c - threads over numbered parts: thread t takes parts t, t + T, t + 2T ... Without threads (the option
 * `threads` of the build) all parts are the calling thread's. */
#include "parallel.h"

#include <stdbool.h>
#ifdef BEHOV_WITH_THREADS
#include <pthread.h>
#endif

size_t behov_parts(size_t n_rows)
{
    return n_rows ? (n_rows + BEHOV_PART_ROWS - 1) / BEHOV_PART_ROWS : 1;
}

#ifdef BEHOV_WITH_THREADS
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

void behov_parallel(size_t n_threads, size_t n_parts, void (*run)(void *context, size_t part), void *context)
{
    pthread_t threads[BEHOV_THREADS_MAX];
    share shares[BEHOV_THREADS_MAX];
    bool is_started[BEHOV_THREADS_MAX] = {false};
    n_threads = n_threads > BEHOV_THREADS_MAX ? BEHOV_THREADS_MAX : n_threads ? n_threads : 1;
    n_threads = n_threads > n_parts ? n_parts : n_threads;
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
#else
void behov_parallel(size_t n_threads, size_t n_parts, void (*run)(void *context, size_t part), void *context)
{
    (void)n_threads;
    for (size_t part = 0; part < n_parts; part++)
        run(context, part);
}
#endif
