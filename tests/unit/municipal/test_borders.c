/* Borders of municipalities: the bundled files tile the country, each municipality once; lists of later years; which
 * year's map a list of codes means; and files that are none.
 *
 * Areas in km2 are those that Statistics Norway gives (table 09280, whole area): Oslo 454, Kautokeino 9 708, Karasjok
 * 5 453, Tynset 1 880, and of 2020 Trondheim 529. Counts of municipalities are those that everybody knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov.h>

#include "datasets.h"
#include "failing_malloc.h"
#include "read_municipality_history.h"

enum { N_FILES = 3 };

static const char *const paths[N_FILES] = {"bundled:borders/borders_2011.txt", "bundled:borders/borders_2020.txt",
                                           "bundled:borders/borders_2024.txt"};
static behov_border_text texts[N_FILES];
static behov_municipality_history *history;

static int open_files(void **state)
{
    (void)state;
    behov_error err;
    for (size_t i = 0; i < N_FILES; i++) {
        texts[i].text = datasets_find(paths[i], &texts[i].n_bytes);
        texts[i].source = paths[i];
        if (!texts[i].text)
            return 1;
    }
    return read_municipality_history(NULL, NULL, &history, &err);
}

static int close_files(void **state)
{
    (void)state;
    behov_municipality_history_free(history);
    return 0;
}

static behov_borders read_file(size_t file)
{
    behov_borders borders = {0};
    behov_error err;
    assert_int_equal(behov_borders_read(texts[file], &borders, &err), BEHOV_OK);
    return borders;
}

static behov_borders read_year(int year)
{
    behov_borders borders = read_file(year < 2020 ? 0 : year < 2024 ? 1 : 2);
    behov_error err;
    bool has_list = false;
    assert_int_equal(behov_borders_in_year(&borders, history, year, &has_list, &err), BEHOV_OK);
    assert_true(has_list);
    return borders;
}

static double area(const behov_borders *borders, const char *code)
{
    ptrdiff_t place = behov_borders_find(borders, code);
    assert_true(place >= 0);
    return behov_borders_area_km2(borders, (size_t)place);
}

static void assert_near(double value, double expected, double share)
{
    if (value < expected * (1 - share) || value > expected * (1 + share))
        fail_msg("%g is not within %g of %g", value, share, expected);
}

/* Where a step of a ring ends or begins, read from the arcs and not by the code under test. */
static behov_border_point end_of(const behov_borders *borders, behov_border_step step, bool is_last)
{
    const behov_border_arc *arc = &borders->arcs[step.arc];
    bool is_end = is_last ? !step.is_backward : step.is_backward;
    return borders->points[arc->first_point + (is_end ? arc->n_points - 1 : 0)];
}

/* Every ring closes, every side of an arc belongs to one ring of the municipality that lies there. */
static void check_topology(const behov_borders *borders)
{
    size_t *n_uses = calloc(2 * borders->n_arcs, sizeof *n_uses), *n_rings = calloc(borders->n, sizeof *n_rings);
    for (size_t i = 0; i < borders->n_rings; i++) {
        const behov_border_ring *ring = &borders->rings[i];
        n_rings[ring->place]++;
        for (size_t k = 0; k < ring->n_steps; k++) {
            behov_border_step step = borders->steps[ring->first_step + k],
                              next = borders->steps[ring->first_step + (k + 1) % ring->n_steps];
            const behov_border_arc *arc = &borders->arcs[step.arc];
            behov_border_point end = end_of(borders, step, true), start = end_of(borders, next, false);
            assert_int_equal(end.x, start.x);
            assert_int_equal(end.y, start.y);
            assert_int_equal(step.is_backward ? arc->right : arc->left, ring->place);
            n_uses[2 * step.arc + step.is_backward]++;
        }
        behov_border_point some[3];
        assert_true(behov_borders_ring_points(borders, ring, true, some, 3) >= 2);
    }
    for (size_t k = 0; k < borders->n_arcs; k++) {
        assert_int_not_equal(borders->arcs[k].left, borders->arcs[k].right);
        assert_int_equal(n_uses[2 * k], borders->arcs[k].left != BEHOV_NO_PLACE);
        assert_int_equal(n_uses[2 * k + 1], borders->arcs[k].right != BEHOV_NO_PLACE);
    }
    for (size_t i = 0; i < borders->n; i++) {
        assert_true(n_rings[i] >= 1);
        assert_true(behov_borders_area_km2(borders, i) > 0);
    }
    free(n_uses);
    free(n_rings);
}

static void test_lists(void **state)
{
    (void)state;
    static const struct {
        int year;
        size_t n;
    } lists[] = {{2011, 430}, {2012, 429}, {2013, 428}, {2014, 428}, {2015, 428}, {2016, 428},
                 {2017, 426}, {2018, 422}, {2019, 422}, {2020, 356}, {2021, 356}, {2022, 356},
                 {2023, 356}, {2024, 357}, {2025, 357}, {2026, 357}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        behov_borders borders = read_year(lists[i].year);
        assert_int_equal(borders.n, lists[i].n);
        for (size_t k = 0; k < borders.n; k++) {
            ptrdiff_t variant = behov_municipality_history_find(history, borders.codes[k],
                                                                behov_municipality_history_date(lists[i].year));
            assert_true(variant >= 0);
            assert_string_equal(borders.names[k], behov_municipality_history_variant(history, (size_t)variant).name);
            assert_true(k == 0 || strcmp(borders.codes[k - 1], borders.codes[k]) < 0);
        }
        check_topology(&borders);
        behov_borders_free(&borders);
    }
}

static void test_areas(void **state)
{
    (void)state;
    behov_borders of_2016 = read_year(2016), of_2020 = read_year(2020), of_2024 = read_year(2024);
    assert_near(area(&of_2016, "0301"), 454, 0.03);
    assert_near(area(&of_2020, "0301"), 454, 0.03);
    assert_near(area(&of_2024, "0301"), 454, 0.03);
    assert_near(area(&of_2016, "2011"), 9708, 0.03);
    assert_near(area(&of_2020, "5430"), 9708, 0.03);
    assert_near(area(&of_2024, "5612"), 9708, 0.03);
    assert_near(area(&of_2016, "2021"), 5453, 0.03);
    assert_near(area(&of_2024, "5610"), 5453, 0.03);
    assert_near(area(&of_2016, "0437"), 1880, 0.03);
    assert_near(area(&of_2020, "5001"), 529, 0.03);
    double total = 0;
    for (size_t i = 0; i < of_2016.n; i++)
        total += behov_borders_area_km2(&of_2016, i);
    assert_near(total, 323802, 0.03); /* mainland Norway */
    behov_borders_free(&of_2016);
    behov_borders_free(&of_2020);
    behov_borders_free(&of_2024);
}

/* A merger has the area of its parts; Stokke is drawn in Sandefjord as a whole. */
static void test_mergers(void **state)
{
    (void)state;
    behov_borders before = read_year(2011), harstad = read_year(2013), sandefjord = read_year(2017);
    assert_near(area(&harstad, "1903"), area(&before, "1901") + area(&before, "1915"), 1e-9);
    assert_near(area(&harstad, "1756"), area(&before, "1723") + area(&before, "1729"), 1e-9);
    assert_near(area(&sandefjord, "0710"), area(&before, "0706") + area(&before, "0719") + area(&before, "0720"), 1e-9);
    assert_near(area(&sandefjord, "0704"), area(&before, "0704"), 1e-9);
    assert_int_equal(behov_borders_find(&sandefjord, "0720"), BEHOV_NO_PLACE);
    assert_int_equal(sandefjord.n_wholes, 1);
    behov_borders_free(&before);
    behov_borders_free(&harstad);
    behov_borders_free(&sandefjord);
}

/* Tysfjord and Snillfjord were divided in 2020, Ålesund in 2024; nothing is told of years before the file's. */
static void test_no_list(void **state)
{
    (void)state;
    static const struct {
        size_t file;
        int year;
    } lists[] = {{0, 2020}, {0, 2010}, {1, 2024}, {1, 2019}, {2, 2023}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        behov_borders borders = read_file(lists[i].file);
        behov_error err;
        bool has_list = true;
        assert_int_equal(behov_borders_in_year(&borders, history, lists[i].year, &has_list, &err), BEHOV_OK);
        assert_false(has_list);
        behov_borders_free(&borders);
    }
}

static void test_counties(void **state)
{
    (void)state;
    behov_borders borders = read_year(2016);
    size_t n_between = 0, n_coast = 0;
    for (size_t i = 0; i < borders.n_arcs; i++) {
        const behov_border_arc *arc = &borders.arcs[i];
        bool is_coast = arc->left == BEHOV_NO_PLACE || arc->right == BEHOV_NO_PLACE;
        n_coast += is_coast;
        n_between += behov_borders_is_between_counties(&borders, arc);
        assert_false(is_coast && behov_borders_is_between_counties(&borders, arc));
    }
    assert_true(n_coast > 100 && n_between > 50 && n_between < 400);
    behov_borders_free(&borders);
}

/* ---- which year ---- */

static behov_status choose(const char *const *codes, size_t n, int year, int *chosen, behov_error *err)
{
    behov_borders borders = {0};
    behov_status status = behov_borders_choose(texts, N_FILES, history, codes, n, year, &borders, err);
    *chosen = borders.year;
    behov_borders_free(&borders);
    return status;
}

static void test_choices(void **state)
{
    (void)state;
    static const struct {
        const char *codes[4];
        size_t n;
        int year, chosen;
    } cases[] = {
        {{"0301", "1860", "0101"}, 3, 2016, 2016},         /* of its own year */
        {{"0301", "1860", "0710"}, 3, 2016, 2017},         /* the nearest that has Sandefjord of 2017 */
        {{"0301", "1860", "3001"}, 3, 2016, 2020},         /* codes of 2020 under an earlier year */
        {{"0301", "1860"}, 2, 2022, 2022},                 /* the same in all years */
        {{"0301", "3101", "1508"}, 3, 2025, 2025},         /* Ålesund again */
        {{"0301", "1860"}, 2, 2040, 2040},                 /* nothing is known of a change */
        {{"0301", "0101", "3001", "1860"}, 4, 2016, 2016}, /* mixed: the year's own, one is not on it */
        {{"0301", "0101", "3001", "1860"}, 4, 2020, 2020},
        {{"0301", "1860"}, 2, 0, 2026},                    /* without years the latest; the bundled history ends so */
        {{"0301", "1860"}, 2, 1990, 2011},                 /* all are on the first map */
        {{"0101", "0104", "9999", "0301"}, 4, 2021, 2019}, /* the year has less than half, the nearest with most */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int chosen = 0;
        behov_error err;
        behov_status status = choose(cases[i].codes, cases[i].n, cases[i].year, &chosen, &err);
        if (status)
            fail_msg("%zu: %s", i, err.what);
        /* The last year of the history is that of its last change. */
        int last = behov_municipality_history_last_date(history) / 10000;
        assert_int_equal(chosen, cases[i].year ? cases[i].chosen : last);
    }
}

static void test_no_choice(void **state)
{
    (void)state;
    static const struct {
        const char *codes[4];
        size_t n;
        int year;
        const char *what;
    } cases[] = {
        {{"9991", "9992", "9993", "0301"}, 4, 2016, "only 1 of 4 municipality codes"},
        {{"0102", "0103", "0113", "0301"}, 4, 1990, "no map of the municipalities of 1990"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int chosen;
        behov_error err;
        assert_int_equal(choose(cases[i].codes, cases[i].n, cases[i].year, &chosen, &err), BEHOV_E_DATA);
        assert_non_null(strstr(err.what, cases[i].what));
    }
}

/* ---- files that are none ---- */

/* Two squares of 10 x 10 units side by side, by hand. A step of +10 is 20 = 'D' to the north and 2 * 20 + 1 = 41 = "Y1" to
 * the east; of -10 it is 19 = 'C' and 2 * 19 + 1 = 39 = "W1"; 0 is '0', or '1' to the east with a coarse point. */
static void test_small(void **state)
{
    (void)state;
    static const char text[] = "behov-borders 1 2011\ncodes 0101 0104\n"
                               "0 1 10 0 1D\n"        /* the border between them, northwards */
                               "0 - 10 10 W101CY10\n" /* west, south, east: around the first */
                               "1 - 10 0 Y101DW10\n"; /* around the second */
    behov_borders borders = {0};
    behov_error err;
    assert_int_equal(behov_borders_read((behov_border_text){text, sizeof text - 1, "x"}, &borders, &err), BEHOV_OK);
    assert_int_equal(borders.n, 2);
    assert_int_equal(borders.n_arcs, 3);
    assert_int_equal(borders.n_rings, 2);
    assert_true(behov_borders_area_km2(&borders, 0) == 1);
    assert_true(behov_borders_area_km2(&borders, 1) == 1);
    behov_border_point points[8];
    assert_int_equal(behov_borders_ring_points(&borders, &borders.rings[0], false, points, 8), 4);
    check_topology(&borders);
    behov_borders_free(&borders);
}

static void test_wrong_files(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what;
    } cases[] = {
        {"", "line 0"},
        {"behov-borders 2 2011\n", "line 1"},
        {"behov-borders 1 x\n", "line 1"},
        {"behov-borders 1 2011\n", "line 1"},
        {"behov-borders 1 2011\ncodes 0104 0101\n", "line 2"},
        {"behov-borders 1 2011\ncodes 0101 0101\n", "line 2"},
        {"behov-borders 1 2011\ncodes 101\n", "line 2"},
        {"behov-borders 1 2011\ncodes\n", "line 2"},
        {"behov-borders 1 2011\nwhole 0101\n", "line 2"},
        {"behov-borders 1 2011\n0 - 1 1 1D\n", "line 2"},
        {"behov-borders 1 2011\ncodes 0101\n1 - 0 0 1D\n", "line 3"},
        {"behov-borders 1 2011\ncodes 0101\n0 0 0 0 1D\n", "line 3"},
        {"behov-borders 1 2011\ncodes 0101\n0 - 0 0 \n", "line 3"},
        {"behov-borders 1 2011\ncodes 0101\n0 - 0 0 1\n", "line 3"},
        {"behov-borders 1 2011\ncodes 0101\n0 - 0 0 1~\n", "line 3"},
        {"behov-borders 1 2011\ncodes 0101\n0 - 0 0 PPPPPPPPPPPPPPPP1D\n", "line 3"},
        {"behov-borders 1 2011\ncodes 0101\n0 - 99999999999999999999 0 1D\n", "line 3"},
        {"behov-borders 1 2011\ncodes 0101\n0 - 0 0 1D\n", "0101 does not close"},
        {"behov-borders 1 2011\ncodes 0101 0104\n0 - 0 0 Y101DW1C\n", "0104 does not close"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_borders borders = {0};
        behov_error err;
        behov_border_text text = {cases[i].text, strlen(cases[i].text), "borders.txt"};
        if (behov_borders_read(text, &borders, &err) != BEHOV_E_DATA)
            fail_msg("%zu was read", i);
        if (!strstr(err.what, cases[i].what))
            fail_msg("%zu: %s", i, err.what);
        behov_borders_free(&borders);
    }
}

/* Every beginning of a file, and one byte of it changed: read or refused, never more (for sanitizers). */
static void test_cut_files(void **state)
{
    (void)state;
    char head[1500];
    size_t start = texts[0].n_bytes - sizeof head;
    memcpy(head, texts[0].text, sizeof head);
    for (size_t n = 0; n < sizeof head; n += 7) {
        behov_borders borders = {0};
        behov_error err;
        behov_status status = behov_borders_read((behov_border_text){head, n, ""}, &borders, &err);
        assert_int_not_equal(status, BEHOV_OK);
        behov_borders_free(&borders);
    }
    char *whole = malloc(texts[0].n_bytes);
    memcpy(whole, texts[0].text, texts[0].n_bytes);
    for (size_t n = start; n < texts[0].n_bytes; n += 97) {
        behov_borders borders = {0};
        behov_error err;
        char kept = whole[n];
        whole[n] = (char)(kept ^ 5);
        behov_status status = behov_borders_read((behov_border_text){whole, texts[0].n_bytes, ""}, &borders, &err);
        assert_true(status == BEHOV_OK || status == BEHOV_E_DATA);
        behov_borders_free(&borders);
        whole[n] = kept;
    }
    free(whole);
}

static void test_no_memory(void **state)
{
    (void)state;
    static const char *const codes[] = {"0301", "1860", "0710"};
    for (size_t n = 1;; n++) {
        behov_borders borders = {0};
        behov_error err;
        failing_malloc_start(n);
        behov_status status = behov_borders_choose(texts, N_FILES, history, codes, 3, 2017, &borders, &err);
        bool was_reached = failing_malloc_stop();
        behov_borders_free(&borders);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
        n += n > 30 ? 100 : 0; /* each municipality of the history has the same allocations */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),     cmocka_unit_test(test_areas),     cmocka_unit_test(test_mergers),
        cmocka_unit_test(test_no_list),   cmocka_unit_test(test_counties),  cmocka_unit_test(test_choices),
        cmocka_unit_test(test_no_choice), cmocka_unit_test(test_small),     cmocka_unit_test(test_wrong_files),
        cmocka_unit_test(test_cut_files), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, open_files, close_files);
}
