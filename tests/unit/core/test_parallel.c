/* test_parallel.c - every part is done once whatever the threads, the first by the caller. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
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

static void no_part(void **state)
{
    (void)state;
    tally tally = {.n_times = {0}};
    behov_parallel(4, 0, count, &tally);
    assert_int_equal(tally.n_times[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_part_once), cmocka_unit_test(no_part)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
