/* test_split.c - a split cost by hand and against fractions of Python; a table of municipalities with its dates. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <behov/split.h>
#include <behov/split_table.h>
#include <cmocka.h>

#include "digits.h"
#include "failing_malloc.h"
#include "tables.h"

enum { MOST = 5 };
static const behov_municipality places[MOST] = {{"0516", "Nord-Fron", 0, 0},
                                                {"0519", "Sør-Fron", 0, 1},
                                                {"0520", "Ringebu", 0, 2},
                                                {"0521", "Øyer", 0, 3},
                                                {"0522", "Gausdal", 0, 4}};

static void assert_shares(const int64_t *shares, const int64_t *want, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (shares[i] != want[i])
            fail_msg("share %zu is %lld, not %lld", i, (long long)shares[i], (long long)want[i]);
}

/* 100 kr in three: 33 each, and the krone that is left to the lowest code, wherever it stands; an income the same way. */
static void ties_go_to_the_lowest_code(void **state)
{
    behov_error err;
    int64_t shares[MOST];
    double shares_pct[MOST];
    (void)state;
    const behov_municipality turned[] = {places[2], places[0], places[1]};
    const behov_split_basis equal = {"equal", NULL};
    behov_split_request request = {turned, 3, &equal, 1, 100};
    behov_split_key key = {.name = "equal", .parts = {{0, 1}}, .n_parts = 1};
    assert_int_equal(behov_split_by_key(&request, &key, shares, shares_pct, &err), BEHOV_OK);
    assert_shares(shares, (const int64_t[]){33, 34, 33}, 3);
    assert_digits(shares_pct[0], 100. / 3, 15);
    request.amount = -101;
    assert_int_equal(behov_split_by_key(&request, &key, shares, NULL, &err), BEHOV_OK);
    assert_shares(shares, (const int64_t[]){-33, -34, -34}, 3);
    request.amount = 0;
    assert_int_equal(behov_split_by_key(&request, &key, shares, NULL, &err), BEHOV_OK);
    assert_shares(shares, (const int64_t[]){0, 0, 0}, 3);
}

/* 1 900 / 3 247 lies so that a long double of 64 bits, rounded again, ends one bit too high: the same digits on every machine. */
static void a_share_is_rounded_once(void **state)
{
    behov_error err;
    int64_t shares[MOST];
    double shares_pct[MOST];
    (void)state;
    const behov_split_basis population = {"population", (const int64_t[]){19, 3228, 0}};
    behov_split_request request = {places, 3, &population, 1, 100};
    behov_split_key key = {.name = "population", .parts = {{0, 1}}, .n_parts = 1};
    assert_int_equal(behov_split_by_key(&request, &key, shares, shares_pct, &err), BEHOV_OK);
    assert_true(shares_pct[0] == 1900. / 3247);
    assert_true(shares_pct[1] == 322800. / 3247);
    assert_true(shares_pct[2] == 0);
}

/* By Python's fractions and integers, /tests: amounts to 1e15, mixes of three bases with weights of nine digits. */
static void whole_numbers_are_exact(void **state)
{
    static const struct {
        int64_t amount, weights[3], population[MOST], refugees[MOST], want[MOST];
    } cases[] = {
        {999999999999999,
         {62275870, 976787302, 544854974},
         {5433013, 2530830, 6624040, 810112, 1215280},
         {420, 274, 48, 187, 298},
         {292748458482077, 212500404358428, 108599891694913, 164701865374064, 221449380090517}},
        {1000000000000000,
         {63469422, 887825708, 607151284},
         {3602038, 629073, 1441956, 7275368, 7015765},
         {35, 123, 46, 282, 217},
         {113628268334595, 178875645192094, 118135808288619, 321281781330950, 268078496853742}},
        {-777777777777777,
         {142995372, 310965606, 450047121},
         {2077053, 3745329, 1037873, 6655195, 831971},
         {499, 113, 23, 285, 439},
         {-193489012065689, -131803167681536, -90868721084896, -190616481356591, -171000395589065}},
        {7,
         {991537634, 486603021, 388246103},
         {1053425, 999942, 3455414, 8328454, 8920786},
         {218, 397, 160, 238, 299},
         {1, 1, 1, 2, 2}},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        behov_error err;
        int64_t shares[MOST];
        const behov_split_basis bases[] = {
            {"population", cases[c].population}, {"refugees", cases[c].refugees}, {"equal", NULL}};
        behov_split_request request = {places, MOST, bases, 3, cases[c].amount};
        behov_split_key key = {.name = "mix", .n_parts = 3};
        for (size_t k = 0; k < 3; k++)
            key.parts[k] = (behov_split_part){k, cases[c].weights[k]};
        assert_int_equal(behov_split_by_key(&request, &key, shares, NULL, &err), BEHOV_OK);
        assert_shares(shares, cases[c].want, MOST);
    }
}

/* 4.4 man-years at 850 000 kr, ten refugees in one municipality and none in the others, inhabitants 6 : 3 : 1. */
static void keys_stand_side_by_side(void **state)
{
    behov_error err;
    behov_split split;
    size_t least, most;
    static const int64_t population[] = {6000, 3000, 1000}, refugees[] = {10, 0, 0}, none[] = {0, 0, 0};
    static const int64_t grant[] = {-2000000, 0, 5};
    (void)state;
    const behov_split_basis bases[] = {
        {"population", population}, {"refugees", refugees}, {"equal", NULL}, {"pupils", none}};
    behov_split_request request = {places, 3, bases, 4, 3740000};
    /* 740 000 equally: 246 666.67 each; 3 000 000 by population: 1 800 000, 900 000, 300 000 */
    const behov_split_key keys[] = {{"population", {{0, 1}}, 1},
                                    {"refugees", {{1, 1}}, 1},
                                    {"pupils", {{3, 1}}, 1},
                                    behov_split_fixed_key("fixed", 3740000, 740000, 2, 0)};
    assert_int_equal(behov_split_new(&request, keys, 4, 0, &split, &err), BEHOV_OK);
    assert_shares(&split.shares[0], (const int64_t[]){2244000, 1122000, 374000}, 3);
    assert_shares(&split.shares[3], (const int64_t[]){3740000, 0, 0}, 3);
    assert_shares(&split.shares[9], (const int64_t[]){2046667, 1146667, 546666}, 3);
    assert_false(split.is_split[2]);
    assert_int_equal(behov_split_difference(&split, 1, 0), 1496000);
    assert_int_equal(behov_split_difference(&split, 1, 2), -374000);
    behov_split_ends(&split, 0, &least, &most);
    assert_true(least == 3 && most == 1);
    assert_int_equal(behov_split_sole(&split, 1), 0);
    assert_int_equal(behov_split_sole(&split, 0), 3);
    const behov_split_follow follow = {"grant", grant, 0, false};
    assert_int_equal(behov_split_net(&split, &follow, 1, 0, 0), 244000);
    behov_split_free(&split);
    /* the chosen key has to be there */
    assert_int_equal(behov_split_new(&request, keys, 4, 2, &split, &err), BEHOV_E_DATA);
    behov_split_free(&split);
    /* all of it fixed, none of it, and nothing at all */
    assert_int_equal(behov_split_fixed_key("fixed", -10, -10, 2, 0).n_parts, 1);
    assert_int_equal(behov_split_fixed_key("fixed", 10, 0, 2, 0).parts[0].basis, 0);
    assert_int_equal(behov_split_fixed_key("fixed", 0, 0, 2, 0).n_parts, 1);
}

static void what_cannot_be_split_is_said(void **state)
{
    behov_error err;
    int64_t shares[MOST] = {77, 77};
    static const int64_t negative[] = {5, -1}, huge[] = {INT64_MAX, INT64_MAX};
    (void)state;
    const behov_municipality twins[] = {places[0], places[0]};
    const behov_split_basis bases[] = {{"a", negative}, {"b", huge}, {"c", huge}, {"d", NULL}};
    behov_split_request request = {places, 2, bases, 4, 1000};
    behov_split_key key = {.name = "a", .parts = {{0, 1}}, .n_parts = 1};
    assert_int_equal(behov_split_by_key(&request, &key, shares, NULL, &err), BEHOV_E_DATA);
    assert_string_equal(err.where, "0519");
    behov_split_key large = {.name = "b", .parts = {{1, BEHOV_SPLIT_MOST}, {2, BEHOV_SPLIT_MOST}}, .n_parts = 2};
    assert_int_equal(behov_split_by_key(&request, &large, shares, NULL, &err), BEHOV_E_RANGE);
    behov_split_key empty = {.name = "e"}, weightless = {.name = "w", .parts = {{3, 0}}, .n_parts = 1};
    assert_int_equal(behov_split_by_key(&request, &empty, shares, NULL, &err), BEHOV_E_ARGUMENT);
    assert_int_equal(behov_split_by_key(&request, &weightless, shares, NULL, &err), BEHOV_E_ARGUMENT);
    request.amount = BEHOV_SPLIT_MOST + 1;
    assert_int_equal(behov_split_by_key(&request, &key, shares, NULL, &err), BEHOV_E_ARGUMENT);
    behov_split_request of_twins = {twins, 2, bases + 3, 1, 10};
    behov_split_key equal = {.name = "d", .parts = {{0, 1}}, .n_parts = 1};
    assert_int_equal(behov_split_by_key(&of_twins, &equal, shares, NULL, &err), BEHOV_E_DATA);
    assert_true(shares[0] == 77 && shares[1] == 77);
}

static void dates_are_read(void **state)
{
    char date[BEHOV_SPLIT_DATE];
    (void)state;
    assert_true(behov_split_date("2016-12-31", date));
    assert_string_equal(date, "2016-12-31");
    assert_true(behov_split_date("1.2.2016", date));
    assert_string_equal(date, "2016-02-01");
    assert_true(behov_split_date("29.02.2016", date));
    assert_true(behov_split_date("2016", date));
    assert_false(behov_split_date("29.02.2017", date));
    assert_false(behov_split_date("2016-13-01", date));
    assert_false(behov_split_date("31.12.16", date));
    assert_false(behov_split_date("ukjent", date));
    assert_false(behov_split_date("", date));
    assert_false(behov_split_date("2016-12-31x", date));
}

static behov_status read_text(const char *text, const char *date, behov_split_table *out, behov_table **table,
                              behov_error *err)
{
    static const char *const follows[] = {"grant"}, *const bases[] = {"share"};
    const behov_split_columns columns = {bases, strstr(text, "share") ? 1 : 0, follows, strstr(text, "grant") ? 1 : 0};
    *table = table_of_text(text);
    return behov_split_table_read(*table, &columns, date, 1, out, err);
}

static void a_table_has_its_dates_in_rows_or_headings(void **state)
{
    behov_error err;
    behov_split_table out;
    behov_table *table;
    (void)state;
    static const char rows[] = "kommunenr,kommune,dato,folketall,bosatte flyktninger,grant,share\n"
                               "\"0516\",\"Nord-Fron\",\"31.12.2016\",6000,10,-500,0.25\n"
                               "\"0519\",\"Sør-Fron\",\"31.12.2016\",3000,0,0,0.75\n"
                               "\"0516\",\"Nord-Fron\",\"2017-12-31\",6001,8,0,0.5\n"
                               "\"0519\",\"Sør-Fron\",\"2017-12-31\",3001,4,0,0.5\n"
                               "\"\",\"Sum\",\"2017-12-31\",9002,12,0,1\n";
    assert_int_equal(read_text(rows, "2016-12-31", &out, &table, &err), BEHOV_OK);
    assert_true(out.n_places == 2 && out.n_dates == 2 && out.n_left_out == 1);
    assert_string_equal(out.places[1].code, "0519");
    assert_shares(out.population, (const int64_t[]){6000, 3000}, 2);
    assert_shares(out.refugees, (const int64_t[]){10, 0}, 2);
    assert_shares(out.follows[0], (const int64_t[]){-500, 0}, 2);
    assert_shares(out.bases[0], (const int64_t[]){25, 75}, 2);
    behov_split_table_free(&out);
    behov_table_free(table);
    assert_int_equal(read_text(rows, NULL, &out, &table, &err), BEHOV_E_ARGUMENT);
    assert_non_null(strstr(err.what, "2016-12-31, 2017-12-31"));
    behov_split_table_free(&out);
    behov_table_free(table);
    assert_int_equal(read_text(rows, "2018-12-31", &out, &table, &err), BEHOV_E_ARGUMENT);
    assert_non_null(strstr(err.what, "2016-12-31, 2017-12-31"));
    behov_split_table_free(&out);
    behov_table_free(table);
    static const char headings[] =
        "municipality_code,population,settled_refugees_2016-12-31,settled_refugees_2017-12-31\n"
        "\"0516\",6000,10,8\n\"0519\",3000,0,4\n";
    assert_int_equal(read_text(headings, "2017-12-31", &out, &table, &err), BEHOV_OK);
    assert_shares(out.refugees, (const int64_t[]){8, 4}, 2);
    assert_shares(out.population, (const int64_t[]){6000, 3000}, 2);
    behov_split_table_free(&out);
    behov_table_free(table);
}

/* text, date asked for, status, what the message holds */
static void what_is_wrong_with_a_table_is_said(void **state)
{
    static const struct {
        const char *text, *date;
        behov_status status;
        const char *words;
    } cases[] = {
        {"name,population\n\"a\",1\n", NULL, BEHOV_E_NAME, "municipality_code"},
        {"municipality_code,population\n\"0516\",1\n", NULL, BEHOV_E_DATA, "two municipalities"},
        {"municipality_code,population\n\"0516\",1\n\"0519\",1\n", "2016", BEHOV_E_ARGUMENT, "no dates"},
        {"municipality_code,population\n\"0516\",1\n\"0516\",1\n", NULL, BEHOV_E_DATA, "second row"},
        {"municipality_code,population\n\"0516\",1.5\n\"0519\",1\n", NULL, BEHOV_E_DATA, "not whole"},
        {"municipality_code,population\n\"0516\",-1\n\"0519\",1\n", NULL, BEHOV_E_DATA, "below 0"},
        {"municipality_code,population\n\"0516\",\n\"0519\",1\n", NULL, BEHOV_E_DATA, "missing"},
        {"municipality_code,population,grant\n\"0516\",1,0.5\n\"0519\",1,0\n", NULL, BEHOV_E_DATA, "whole kroner"},
        {"municipality_code,date,population\n\"0516\",\"2016\",1\n\"0519\",\"2017\",1\n", "2016", BEHOV_E_DATA,
         "no row for 2016"},
        {"municipality_code,date,population\n\"0516\",\"i fjor\",1\n\"0519\",\"2017\",1\n", "2017", BEHOV_E_DATA,
         "no date"},
        {"municipality_code,date,refugees_2016\n\"0516\",\"2016\",1\n\"0519\",\"2016\",1\n", NULL, BEHOV_E_DATA,
         "keep one"},
        {"municipality_code,year,date,population\n\"0516\",\"2016\",\"31.12.2016\",1\n\"0519\",\"2017\",\"31.12.2016\","
         "1\n",
         NULL, BEHOV_E_DATA, "year is 2017"},
        {"municipality_code,year,refugees_2016-12-31\n\"0516\",\"2015\",1\n\"0519\",\"2016\",1\n", NULL, BEHOV_E_DATA,
         "year is 2015"},
        {"municipality_code,year,refugees_2016-12-31\n\"0516\",\"2016\",1\n\"0519\",\"2016\",1\n", NULL, BEHOV_OK, ""},
        {"municipality_code,date,dato,population\n\"0516\",\"2016\",\"2016\",1\n\"0519\",\"2016\",\"2016\",1\n", NULL,
         BEHOV_E_NAME, "dato"},
        {"municipality_code,grnt,share\n\"0516\",1,1\n\"0519\",1,1\n", NULL, BEHOV_OK, ""},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        behov_error err = {.what = ""};
        behov_split_table out;
        behov_table *table;
        assert_int_equal(read_text(cases[c].text, cases[c].date, &out, &table, &err), cases[c].status);
        if (!strstr(err.what, cases[c].words))
            fail_msg("case %zu: %s", c, err.what);
        behov_split_table_free(&out);
        behov_table_free(table);
    }
}

static void memory_may_end_anywhere(void **state)
{
    static const int64_t population[] = {6000, 3000, 1000};
    (void)state;
    const behov_split_basis basis = {"population", population};
    const behov_split_key key = {.name = "population", .parts = {{0, 1}}, .n_parts = 1};
    behov_split_request request = {places, 3, &basis, 1, 100};
    behov_table *table =
        table_of_text("municipality_code,date,population,grant\n\"0516\",\"2016\",1,2\n\"0519\",\"2016\",1,3\n");
    static const char *const follows[] = {"grant"};
    const behov_split_columns columns = {NULL, 0, follows, 1};
    for (size_t n = 1;; n++) {
        behov_error err;
        behov_split split = {.n_keys = 0};
        behov_split_table out = {.n_places = 0};
        failing_malloc_start(n);
        behov_status status = behov_split_new(&request, &key, 1, 0, &split, &err);
        if (!status)
            status = behov_split_table_read(table, &columns, NULL, 1, &out, &err);
        bool was_reached = failing_malloc_stop();
        behov_split_free(&split);
        behov_split_table_free(&out);
        assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
        if (!was_reached)
            break;
    }
    behov_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_go_to_the_lowest_code),
        cmocka_unit_test(a_share_is_rounded_once),
        cmocka_unit_test(whole_numbers_are_exact),
        cmocka_unit_test(keys_stand_side_by_side),
        cmocka_unit_test(what_cannot_be_split_is_said),
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(a_table_has_its_dates_in_rows_or_headings),
        cmocka_unit_test(what_is_wrong_with_a_table_is_said),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
