/* parallel.c - threads over numbered parts: each takes the next that is left, so that none waits while another has long
 * parts before it. Without threads (the option `threads` of the build) all parts are the calling thread's. */
#include <behov/parallel.h>

#ifdef BEHOV_WITH_THREADS
#include <pthread.h>
#include <stdatomic.h>
#endif

size_t behov_parts(size_t n_rows)
{
    return n_rows ? (n_rows + BEHOV_PART_ROWS - 1) / BEHOV_PART_ROWS : 1;
}

#ifdef BEHOV_WITH_THREADS
typedef struct work {
    void (*run)(void *, size_t);
    void *context;
    size_t n_parts;
    atomic_size_t next; /* part that nobody has taken */
} work;

static void *take_parts(void *argument)
{
    work *work = argument;
    size_t part;
    while ((part = atomic_fetch_add_explicit(&work->next, 1, memory_order_relaxed)) < work->n_parts)
        work->run(work->context, part);
    return NULL;
}

void behov_parallel(size_t n_threads, size_t n_parts, void (*run)(void *context, size_t part), void *context)
{
    pthread_t threads[BEHOV_THREADS_MAX];
    size_t n_started = 0;
    work work = {.run = run, .context = context, .n_parts = n_parts};
    atomic_init(&work.next, 1);
    n_threads = n_threads > BEHOV_THREADS_MAX ? BEHOV_THREADS_MAX : n_threads;
    n_threads = n_threads > n_parts ? n_parts : n_threads;
    for (size_t t = 1; t < n_threads; t++)
        n_started += pthread_create(&threads[n_started], NULL, take_parts, &work) == 0;
    if (n_parts > 0)
        run(context, 0);
    take_parts(&work);
    for (size_t t = 0; t < n_started; t++)
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
