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
    void (*run)(void *, size_t, size_t);
    void *context;
    size_t n_parts;
    atomic_size_t next; /* part that nobody has taken */
} work;

typedef struct worker {
    work *work;
    size_t number;
} worker;

static void *take_parts(void *argument)
{
    const worker *worker = argument;
    work *work = worker->work;
    size_t part;
    while ((part = atomic_fetch_add_explicit(&work->next, 1, memory_order_relaxed)) < work->n_parts)
        work->run(work->context, part, worker->number);
    return NULL;
}

void behov_parallel_by_worker(size_t n_threads, size_t n_parts, void (*run)(void *context, size_t part, size_t worker),
                              void *context)
{
    pthread_t threads[BEHOV_THREADS_MAX];
    worker workers[BEHOV_THREADS_MAX];
    size_t n_started = 0;
    work work = {.run = run, .context = context, .n_parts = n_parts};
    atomic_init(&work.next, 1);
    n_threads = n_threads > BEHOV_THREADS_MAX ? BEHOV_THREADS_MAX : n_threads;
    n_threads = n_threads > n_parts ? n_parts : n_threads;
    workers[0] = (worker){&work, 0};
    for (size_t t = 1; t < n_threads; t++) {
        workers[t] = (worker){&work, t};
        n_started += pthread_create(&threads[n_started], NULL, take_parts, &workers[t]) == 0;
    }
    if (n_parts > 0)
        run(context, 0, 0);
    take_parts(&workers[0]);
    for (size_t t = 0; t < n_started; t++)
        pthread_join(threads[t], NULL);
}
#else
void behov_parallel_by_worker(size_t n_threads, size_t n_parts, void (*run)(void *context, size_t part, size_t worker),
                              void *context)
{
    (void)n_threads;
    for (size_t part = 0; part < n_parts; part++)
        run(context, part, 0);
}
#endif

/* A call that does not ask which thread runs it. */
typedef struct unnumbered {
    void (*run)(void *, size_t);
    void *context;
} unnumbered;

static void run_unnumbered(void *context, size_t part, size_t worker)
{
    const unnumbered *call = context;
    (void)worker;
    call->run(call->context, part);
}

void behov_parallel(size_t n_threads, size_t n_parts, void (*run)(void *context, size_t part), void *context)
{
    unnumbered call = {run, context};
    behov_parallel_by_worker(n_threads, n_parts, run_unnumbered, &call);
}
