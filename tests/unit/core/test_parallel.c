/* test_parallel.c - every part is done once whatever the threads, the first by the caller. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <behov/parallel.h>

enum { MOST_PARTS = 1000 };

typedef struct tally {
    int n_times[MOST_PARTS];
    pthread_t first;
} tally;

static void count(void *context, size_t part)
{
    tally *tally = context;
    tally->n_times[part]++;
    if (part == 0)
        tally->first = pthread_self();
}

static void every_part_once(void **state)
{
    (void)state;
    static const size_t threads[] = {0, 1, 2, 3, 7, 1000}, parts[] = {1, 2, 5, MOST_PARTS};
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++)
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            tally tally = {.n_times = {0}};
            behov_parallel(threads[t], parts[p], count, &tally);
            for (size_t i = 0; i < MOST_PARTS; i++)
                assert_int_equal(tally.n_times[i], i < parts[p]);
            assert_true(pthread_equal(tally.first, pthread_self()));
        }
}

/* By worker: whether two parts have been at work as the same one at once, and the largest number of a worker. */
typedef struct workers {
    atomic_int at_work[MOST_PARTS], n_clashes, n_parts;
    atomic_size_t largest;
    pthread_t first;
} workers;

static void work_as(void *context, size_t part, size_t worker)
{
    workers *workers = context;
    size_t largest = atomic_load(&workers->largest);
    if (worker < MOST_PARTS && atomic_fetch_add(&workers->at_work[worker], 1))
        atomic_fetch_add(&workers->n_clashes, 1);
    while (worker > largest && !atomic_compare_exchange_weak(&workers->largest, &largest, worker))
        continue;
    for (volatile int i = 0; i < 1000; i++)
        continue;
    if (part == 0)
        workers->first = pthread_self();
    atomic_fetch_add(&workers->n_parts, 1);
    if (worker < MOST_PARTS)
        atomic_fetch_sub(&workers->at_work[worker], 1);
}

static void each_worker_has_one_part_at_a_time(void **state)
{
    (void)state;
    static const size_t threads[] = {0, 1, 2, 3, 7}, parts[] = {1, 2, 5, MOST_PARTS};
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++)
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            static workers all;
            memset(&all, 0, sizeof all);
            behov_parallel_by_worker(threads[t], parts[p], work_as, &all);
            assert_int_equal(all.n_parts, parts[p]);
            assert_int_equal(all.n_clashes, 0);
            assert_true(all.largest < (threads[t] ? threads[t] : 1));
            assert_true(pthread_equal(all.first, pthread_self()));
        }
}

static void no_part(void **state)
{
    (void)state;
    tally tally = {.n_times = {0}};
    behov_parallel(4, 0, count, &tally);
    assert_int_equal(tally.n_times[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_part_once),
                                       cmocka_unit_test(each_worker_has_one_part_at_a_time), cmocka_unit_test(no_part)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
