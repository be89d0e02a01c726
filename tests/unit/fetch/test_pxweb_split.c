/* test_pxweb_split.c - parts of a selection: under the limit, every cell once, no more parts than needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "pxweb_split.h"

/* Counts how often the parts hold each cell, by walking through all of them. */
static void check_parts(const size_t *n, size_t n_dimensions, size_t most_cells, size_t want_parts)
{
    pxweb_part *parts = NULL;
    size_t n_parts = 0, n_cells = pxweb_n_cells(n, n_dimensions);
    assert_int_equal(pxweb_split(n, n_dimensions, most_cells, &parts, &n_parts), BEHOV_OK);
    unsigned char *n_times = calloc(n_cells, 1);
    assert_non_null(n_times);
    for (size_t p = 0; p < n_parts; p++) {
        size_t size = pxweb_n_cells(parts[p].n, n_dimensions);
        assert_true(size > 0 && size <= most_cells);
        for (size_t cell = 0; cell < size; cell++) {
            size_t place = 0, rest = cell, block = size;
            for (size_t i = 0; i < n_dimensions; i++) {
                block /= parts[p].n[i];
                place = place * n[i] + parts[p].first[i] + rest / block;
                rest %= block;
            }
            n_times[place]++;
        }
    }
    for (size_t cell = 0; cell < n_cells; cell++)
        assert_int_equal(n_times[cell], 1);
    if (want_parts)
        assert_int_equal(n_parts, want_parts);
    free(n_times);
    free(parts);
}

static void test_whole(void **state)
{
    (void)state;
    check_parts((const size_t[]){893, 106, 2}, 3, 800000, 1);
    check_parts((const size_t[]){800000}, 1, 800000, 1);
    check_parts((const size_t[]){1}, 1, 1, 1);
}

/* 07459: 893 regions x 2 sexes x 106 ages x 1 x 6 years = 1 135 896 cells: two parts, along the regions. */
static void test_longest(void **state)
{
    (void)state;
    const size_t n[] = {893, 2, 106, 1, 6};
    check_parts(n, 5, 800000, 2);
    pxweb_part *parts;
    size_t n_parts;
    assert_int_equal(pxweb_split(n, 5, 800000, &parts, &n_parts), BEHOV_OK);
    assert_int_equal(parts[0].n[0] + parts[1].n[0], 893);
    assert_int_equal(parts[0].n[0], 447);
    assert_int_equal(parts[1].first[0], 447);
    assert_int_equal(parts[1].n[2], 106);
    free(parts);
}

static void test_limits(void **state)
{
    (void)state;
    check_parts((const size_t[]){10, 7, 3}, 3, 21, 10);
    check_parts((const size_t[]){10, 7, 3}, 3, 20, 20); /* one of the longest is 21 cells: each in two */
    check_parts((const size_t[]){5, 5, 5}, 3, 1, 125);
    check_parts((const size_t[]){3, 1, 3}, 3, 2, 6);
    for (size_t most_cells = 1; most_cells < 200; most_cells += 7)
        check_parts((const size_t[]){6, 11, 2, 1}, 4, most_cells, 0);
}

static void test_too_many(void **state)
{
    (void)state;
    pxweb_part *parts = NULL;
    size_t n_parts = 0;
    assert_int_equal(pxweb_split((const size_t[]){3000, 1000}, 2, 1000, &parts, &n_parts), BEHOV_E_DATA);
    assert_int_equal(pxweb_n_cells((const size_t[]){SIZE_MAX / 2, 3}, 2), SIZE_MAX);
    assert_int_equal(pxweb_n_cells((const size_t[]){SIZE_MAX / 2, 2}, 2), SIZE_MAX - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
