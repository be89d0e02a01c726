/* The map of levels as HTML and as lines: every municipality once, classes by figures as they are printed, hatching by
 * hand, names escaped, no style in an element, and sizes.
 *
 * test_council_map PAGE.html writes a page with both maps, to be looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov.h>
#include <math.h>

#include "failing_malloc.h"
#include "read_borders.h"

static bundled_borders borders;
static behov_error err;

/* Levels that are made up for the test: every class comes, in turn. */
typedef struct made {
    behov_study study;
    behov_fit_results fit_results;
    behov_ranking ranking;
    behov_ratio_map map;
} made;

static behov_lasting made_level(size_t i)
{
    static const behov_lasting levels[] = {{60, {50, 70}, 0.01},    {90, {82, 98}, 0.03}, {100, {80, 120}, 0.5},
                                           {110, {102, 118}, 0.97}, {140, {120, 160}, 1}, {NAN, {NAN, NAN}, NAN}};
    return levels[i % 6];
}

static void make(int year, made *out)
{
    bool has_list = false;
    memset(out, 0, sizeof *out);
    out->study.lang = BEHOV_LANGUAGE_NB;
    out->study.is_simulated = true;
    out->fit_results.study = &out->study;
    out->fit_results.level_pct = 90;
    out->ranking.fit_results = &out->fit_results;
    out->map.ranking = &out->ranking;
    assert_int_equal(behov_borders_read(borders.texts[year < 2020   ? 0
                                                      : year < 2024 ? 1
                                                                    : 2],
                                        &out->map.borders, &err),
                     BEHOV_OK);
    assert_int_equal(behov_borders_in_year(&out->map.borders, borders.history, year, &has_list, &err), BEHOV_OK);
    assert_true(has_list);
    size_t n = out->map.n = out->map.borders.n;
    out->map.places = calloc(n, sizeof *out->map.places);
    out->ranking.places.all = calloc(n, sizeof *out->ranking.places.all);
    out->ranking.places.n = n;
    for (size_t i = 0; i < n; i++) {
        behov_map_place *place = &out->map.places[i];
        *place = (behov_map_place){.code = out->map.borders.codes[i],
                                   .name = out->map.borders.names[i],
                                   .place = (ptrdiff_t)i,
                                   .lasting = made_level(i)};
        place->map_class = behov_map_class_find(place->lasting);
        out->map.n_of_class[place->map_class]++;
        out->ranking.places.all[i] = (behov_municipality){.code = place->code, .name = place->name};
    }
}

static void unmake(made *out)
{
    free(out->ranking.places.all);
    behov_ratio_map_free(&out->map);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        n++;
    return n;
}

static int open_borders(void **state)
{
    (void)state;
    return bundled_borders_read(&borders, &err);
}

static int close_borders(void **state)
{
    (void)state;
    bundled_borders_free(&borders);
    return 0;
}

/* ---- classes ---- */

static behov_map_class class_of(double level, double low, double high)
{
    return behov_map_class_find((behov_lasting){level, {low, high}, 0.5});
}

/* By whole per cent, a half up: 74.5 is 75, and an interval that is printed as one to 100 holds 100. */
static void test_classes(void **state)
{
    (void)state;
    assert_int_equal(class_of(74.4, 60, 90), BEHOV_MAP_FAR_BELOW);
    assert_int_equal(class_of(74.5, 60, 90), BEHOV_MAP_BELOW);
    assert_int_equal(class_of(90, 80, 99.4), BEHOV_MAP_BELOW);
    assert_int_equal(class_of(90, 80, 99.5), BEHOV_MAP_UNCLEAR);
    assert_int_equal(class_of(110, 100.4, 120), BEHOV_MAP_UNCLEAR);
    assert_int_equal(class_of(110, 100.5, 120), BEHOV_MAP_ABOVE);
    assert_int_equal(class_of(125.4, 110, 140), BEHOV_MAP_ABOVE);
    assert_int_equal(class_of(125.5, 110, 140), BEHOV_MAP_FAR_ABOVE);
    assert_int_equal(class_of(NAN, 110, 140), BEHOV_MAP_NOT_INCLUDED);
    assert_int_equal(class_of(110, NAN, 140), BEHOV_MAP_NOT_INCLUDED);
    assert_int_equal(class_of(-20, -40, 10), BEHOV_MAP_FAR_BELOW);
}

/* ---- lines ---- */

static void add_box(behov_map_lines *lines, double left, double top, double right, double bottom)
{
    behov_map_lines_add(lines, left, top);
    behov_map_lines_add(lines, right, top);
    behov_map_lines_add(lines, right, bottom);
    behov_map_lines_add(lines, left, bottom);
    behov_map_lines_end(lines);
}

/* A box of 10 by 10 with a hole from 4 to 6, and one beside it from 10 to 20. Level lines at 0, 5 (10 is its lower edge and
 * does not count): at 0 one from 0 to 20; at 5 from 0 to 4 and from 6 to 20. */
static void test_lines_across(void **state)
{
    (void)state;
    behov_map_lines areas = {0}, lines = {0};
    add_box(&areas, 0, 0, 10, 10);
    add_box(&areas, 4, 4, 6, 6);
    add_box(&areas, 10, 0, 20, 10);
    behov_map_lines_end(&areas); /* nothing was begun */
    assert_int_equal(areas.n_parts, 3);
    behov_map_lines_across(&areas, false, 5, &lines);
    const double expected[] = {0, 0, 20, 0, 0, 5, 4, 5, 6, 5, 20, 5};
    assert_int_equal(lines.n_parts, 3);
    for (size_t i = 0; i < 12; i++)
        assert_true(fabs(lines.corners[i] - expected[i]) < 1e-9);
    behov_map_lines_free(&lines);
    /* Slanting ones, 5 root 2 apart along the edge: x + y = 0 is a corner alone, x + y = 10 the diagonal of the first box,
     * cut by the hole from (4, 6) to (6, 4), and x + y = 20 that of the second; each from lower left to upper right. */
    behov_map_lines_across(&areas, true, 10 / sqrt(2), &lines);
    const double slanting[] = {0, 10, 4, 6, 6, 4, 10, 0, 10, 10, 20, 0};
    assert_int_equal(lines.n_parts, 3);
    for (size_t i = 0; i < 12; i++)
        assert_true(fabs(lines.corners[i] - slanting[i]) < 1e-9);
    behov_map_lines_free(&lines);
    behov_map_lines_free(&areas);
}

/* ---- the country ---- */

static behov_wording page_of(const made *made, const char *own)
{
    behov_wording html = {0};
    behov_council_map_text text = {.lang = BEHOV_LANGUAGE_NB, .own_code = own, .table_href = "#alle"};
    assert_int_equal(behov_council_map(&made->map, &text, &html, &err), BEHOV_OK);
    return html;
}

static void check_country(int year, const char *own)
{
    made made;
    make(year, &made);
    behov_wording html = page_of(&made, own);
    const char *page = behov_wording_text(&html);
    for (size_t i = 0; i < made.map.n; i++) {
        char id[20];
        snprintf(id, sizeof id, "id=m%s ", made.map.places[i].code);
        if (count(page, id) != 1)
            fail_msg("%s stands %zu times", id, count(page, id));
    }
    assert_int_equal(count(page, "<title>"), made.map.n);
    assert_null(strstr(page, "style="));
    assert_non_null(strstr(page, "role=\"img\""));
    assert_non_null(strstr(page, "SIMULERTE DATA"));
    assert_non_null(strstr(page, "© Kartverket, CC BY 4.0"));
    char href[80];
    snprintf(href, sizeof href, "<use id=\"map-own\" class=\"m-own\" href=\"#m%s\"/>", own);
    assert_non_null(strstr(page, href));
    print_message("%d: %zu bytes\n", year, html.length);
    assert_true(html.length < 72000);
    behov_wording_free(&html);
    unmake(&made);
}

static void test_country(void **state)
{
    (void)state;
    check_country(2016, "1860");
    check_country(2020, "1860");
    check_country(2024, "5612");
}

static void test_inset(void **state)
{
    (void)state;
    static const char *const codes[] = {"1860", "0301", "0101", "2011", "1144", "0706", "1835"};
    made made;
    make(2016, &made);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        behov_wording html = {0};
        behov_council_map_text text = {.lang = BEHOV_LANGUAGE_NB, .own_code = codes[i]};
        assert_int_equal(behov_council_inset(&made.map, &text, &html, &err), BEHOV_OK);
        const char *page = behov_wording_text(&html);
        char id[20];
        snprintf(id, sizeof id, "id=i%s ", codes[i]);
        assert_int_equal(count(page, id), 1);
        assert_int_equal(count(page, "class=\"m-b\""), 1); /* its own name */
        assert_null(strstr(page, "style="));
        print_message("%s: %zu bytes\n", codes[i], html.length);
        assert_true(html.length < 9000);
        behov_wording_free(&html);
    }
    behov_wording none = {0};
    behov_council_map_text nobody = {.lang = BEHOV_LANGUAGE_NB},
                           unknown = {.lang = BEHOV_LANGUAGE_NB, .own_code = "9999"};
    assert_int_equal(behov_council_inset(&made.map, &nobody, &none, &err), BEHOV_OK);
    assert_int_equal(behov_council_inset(&made.map, &unknown, &none, &err), BEHOV_OK);
    assert_int_equal(none.length, 0);
    unmake(&made);
}

/* Names are text, whatever they are. */
static void test_names(void **state)
{
    (void)state;
    made made;
    char *name = malloc(5001);
    memset(name, 'a', 5000);
    name[5000] = '\0';
    make(2016, &made);
    made.map.places[0].name = "<script>alert(1)</script>\"'&";
    made.map.places[1].name = name;
    behov_wording html = page_of(&made, "0101");
    behov_council_map_text text = {.lang = BEHOV_LANGUAGE_NB, .own_code = "0101"};
    assert_int_equal(behov_council_inset(&made.map, &text, &html, &err), BEHOV_OK);
    assert_null(strstr(behov_wording_text(&html), "<script"));
    assert_non_null(strstr(behov_wording_text(&html), "&lt;script&gt;"));
    behov_wording_free(&html);
    unmake(&made);
    free(name);
}

static void test_no_memory(void **state)
{
    (void)state;
    made made;
    make(2020, &made);
    behov_council_map_text text = {.lang = BEHOV_LANGUAGE_NB, .own_code = "1860"};
    size_t step = 1;
    for (size_t n = 1;; n += step) {
        behov_wording html = {0};
        failing_malloc_start(n);
        behov_status status = behov_council_map(&made.map, &text, &html, &err);
        if (!status)
            status = behov_council_inset(&made.map, &text, &html, &err);
        bool was_reached = failing_malloc_stop();
        behov_wording_free(&html);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
        step = n > 60 ? 97 : 1;
    }
    unmake(&made);
}

static int write_page(const char *path)
{
    made made;
    if (bundled_borders_read(&borders, &err))
        return 1;
    make(2016, &made);
    FILE *file = fopen(path, "w");
    behov_wording html = page_of(&made, "1860");
    behov_council_map_text text = {.lang = BEHOV_LANGUAGE_NB, .own_code = "1860"};
    if (!file || behov_council_inset(&made.map, &text, &html, &err))
        return 1;
    fprintf(file,
            "<!doctype html><html lang=nb><meta "
            "charset=utf-8><title>Kart</title><style>%s%s</style><body>%s</body></html>\n",
            behov_council_charts_style(), behov_council_map_style(), behov_wording_text(&html));
    behov_wording_free(&html);
    unmake(&made);
    bundled_borders_free(&borders);
    return fclose(file);
}

int main(int n_arguments, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes), cmocka_unit_test(test_lines_across), cmocka_unit_test(test_country),
        cmocka_unit_test(test_inset),   cmocka_unit_test(test_names),        cmocka_unit_test(test_no_memory),
    };
    return n_arguments > 1 ? write_page(arguments[1]) : cmocka_run_group_tests(tests, open_borders, close_borders);
}
