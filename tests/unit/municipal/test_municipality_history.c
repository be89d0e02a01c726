/* What became of which municipality: chains, counts and splits of the bundled history, against what Statistics Norway's
 * own files and others' tests say of them; and changes that contradict each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov.h>

#include "histories.h"
#include "read_municipality_history.h"

static behov_municipality_history *history;

static int open_history(void **state)
{
    (void)state;
    behov_error err;
    return read_municipality_history(NULL, NULL, &history, &err);
}

static int close_history(void **state)
{
    (void)state;
    behov_municipality_history_free(history);
    return 0;
}

/* The chains of another project's tests (Alksalt/omsorgsradar), there and back. */
static void test_chains(void **state)
{
    (void)state;
    check_chain(history, "0101", 2016, 2020, "3001");
    check_chain(history, "0101", 2016, 2024, "3101");
    check_chain(history, "3101", 2024, 2016, "0101");
    check_chain(history, "0104", 2012, 2024, "3103");
    check_chain(history, "0136", 2012, 2024, "3103");
    check_chain(history, "3002", 2020, 2016, "0104 0136");
    check_chain(history, "1001", 2019, 2024, "4204");
    check_chain(history, "1017", 2019, 2024, "4204");
    check_chain(history, "1018", 2019, 2024, "4204");
    check_chain(history, "4204", 2024, 2012, "1001 1017 1018");
    check_chain(history, "1506", 2020, 2019, "1502 1543 1545");
    check_chain(history, "4626", 2020, 2019, "1245 1246 1259");
    check_chain(history, "1567", 2018, 2019, "5061");
    check_chain(history, "0226", 2019, 2024, "3205");
    check_chain(history, "1201", 2019, 2020, "4601");
    check_chain(history, "0111", 2019, 2024, "3110");
    check_chain(history, "1601", 2017, 2018, "5001");
    check_chain(history, "1901", 2012, 2013, "1903");
    check_chain(history, "0301", 2012, 2024, "0301");
}

static void test_splits(void **state)
{
    (void)state;
    check_chain(history, "0720", 2016, 2017, "0704 0710");
    check_chain(history, "1850", 2019, 2020, "1806 1875");
    check_chain(history, "5012", 2019, 2020, "5055 5056 5059");
    check_chain(history, "1507", 2023, 2024, "1508 1580");
    check_chain(history, "1508", 2024, 2021, "1507"); /* back, both halves are one */
    check_chain(history, "1580", 2024, 2021, "1507");
    /* Five more codes lead into Ålesund and Haram. */
    check_chain(history, "1508", 2024, 2019, "1504 1523 1529 1534 1546");
    /* Naive chains through waves of lists invent splits of these. */
    check_chain(history, "1852", 2016, 2024, "5512");
    check_chain(history, "1903", 2016, 2024, "5503");
    check_chain(history, "1940", 2016, 2024, "5540");
    /* Since 1995 there are no others. */
    size_t n_splits = 0;
    for (size_t i = 0; i < behov_municipality_history_n_variants(history); i++) {
        size_t n;
        (void)behov_municipality_history_successors(history, i, &n);
        n_splits += n > 1 && behov_municipality_history_variant(history, i).valid_to >= 19950101;
    }
    assert_int_equal(n_splits, 4);
}

static void test_counts(void **state)
{
    (void)state;
    static const struct {
        int year;
        size_t n;
    } counts[] = {{2012, 429}, {2013, 428}, {2016, 428}, {2017, 426}, {2018, 422},
                  {2019, 422}, {2020, 356}, {2023, 356}, {2024, 357}, {2026, 357}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        assert_int_equal(behov_municipality_history_count(history, behov_municipality_history_date(counts[i].year)),
                         counts[i].n);
}

static void test_lives(void **state)
{
    (void)state;
    assert_int_equal(behov_municipality_history_find(history, "3001", 20160101), -1);
    ptrdiff_t later = behov_municipality_history_nearest(history, "3001", 20160101);
    assert_int_equal(behov_municipality_history_variant(history, (size_t)later).valid_from, 20200101);
    ptrdiff_t before = behov_municipality_history_nearest(history, "0101", 20260101);
    assert_int_equal(behov_municipality_history_variant(history, (size_t)before).valid_to, 20200101);
    assert_int_equal(behov_municipality_history_find(history, "9998", 20160101), -1);
    assert_int_equal(behov_municipality_history_nearest(history, "9998", 20160101), -1);
    assert_int_equal(behov_municipality_history_last_date(history), 20240101);
}

/* ---- changes that are added -------------------------------------------------------------------------------------- */

static void test_reform_to_come(void **state)
{
    (void)state;
    static const char *const rows[][4] = {{"2028-01-01", "3101", "3199", "Østre Viken"},
                                          {"2028-01-01", "3103", "3199", "Østre Viken"}};
    behov_error err;
    assert_int_equal(history_add(history, rows, 2, &err), BEHOV_OK);
    check_chain(history, "0101", 2016, 2028, "3199");
    check_chain(history, "3199", 2028, 2016, "0101 0104 0136");
    check_chain(history, "3105", 2024, 2028, "3105");
}

static void test_changes_refused(void **state)
{
    (void)state;
    static const struct {
        const char *rows[1][4];
        const char *said;
    } cases[] = {
        {{{"2028-13-01", "3101", "3199", "X"}}, "is no date"},
        {{{"01.01.2028", "3101", "3199", "X"}}, "is no date"},
        {{{"2019-01-01", "3101", "3199", "X"}}, "before the last change"},
        {{{"2028-01-01", "0101", "3199", "X"}}, "no municipality has the code 0101"},
        {{{"2028-01-01", "9998", "3199", "X"}}, "no municipality has the code 9998"},
        {{{"2028-01-01", "3101", "0301", "X"}}, "is the code of Oslo"},
        {{{"2028-01-01", "3101", "31", "X"}}, "no municipality code of four digits"},
        {{{"2028-01-01", NULL, "3199", NULL}}, "has no name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_error err;
        assert_int_equal(close_history(NULL), 0);
        assert_int_equal(open_history(NULL), 0);
        assert_int_equal(history_add(history, cases[i].rows, 1, &err), BEHOV_E_DATA);
        assert_true(strstr(err.what, cases[i].said) != NULL);
        assert_true(strncmp(err.where, "reform.csv", 10) == 0);
    }
}

/* Which of codes is the first that is no municipality's; totals and codes that are missing are none of its business. */
static void check_fault(const char *const codes[4], size_t position, behov_code_fault fault)
{
    behov_code_fault found;
    assert_int_equal(behov_municipality_codes_find_fault(codes, 4, history, &found), position);
    assert_int_equal(found, fault);
}

static behov_status refuse_short(const char *const codes[4], behov_error *err)
{
    behov_table *table = NULL;
    assert_int_equal(behov_table_new(4, "koder.csv", &table, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_text(table, "kommunenr", codes, NULL), BEHOV_OK);
    behov_status status = behov_municipality_codes_refuse_short(table, 0, err);
    assert_int_equal(behov_municipality_codes_refuse_short(table, -1, NULL), BEHOV_OK); /* no column of codes */
    behov_table_free(table);
    return status;
}

/* One function for every file that is read: the accounts', the ratios', figures of services. */
static void test_three_digits_beside_a_zero(void **state)
{
    (void)state;
    behov_error err;
    assert_int_equal(refuse_short((const char *const[]){"1860", "0519", "EAK", "516"}, &err), BEHOV_E_DATA);
    assert_true(strstr(err.what, "516 has three digits") != NULL);
    assert_true(strstr(err.where, "koder.csv") != NULL);
    assert_int_equal(refuse_short((const char *const[]){"519", "516", "104", "301"}, &err), BEHOV_OK); /* all alike */
    assert_int_equal(refuse_short((const char *const[]){"519", "0000", "1860", NULL}, &err),
                     BEHOV_OK); /* the country */
    assert_int_equal(refuse_short((const char *const[]){"0519", "000", "Oslo", "03"}, &err), BEHOV_OK);
}

static void test_codes_of_nobody(void **state)
{
    (void)state;
    check_fault((const char *const[]){"0519", "516", "9999", ""}, 1, BEHOV_CODE_HAS_THREE_DIGITS);
    check_fault((const char *const[]){"1860", "1865", "0", "ALL"}, 3, BEHOV_CODE_HAS_NO_FOUR_DIGITS);
    check_fault((const char *const[]){"1860", "EAK", "3099", "1865"}, 2, BEHOV_CODE_HAD_NOBODY);
    check_fault((const char *const[]){"9001", "9002", "9003", "9004"}, 4, BEHOV_CODE_HAS_NO_FAULT); /* made up */
    check_fault((const char *const[]){"1601", "5001", "0301", "4601"}, 4, BEHOV_CODE_HAS_NO_FAULT); /* of two times */
}

static size_t find_twice(const char *first, const char *second, int year)
{
    const char *const codes[] = {"1860", first, second};
    const int years[] = {year, year, year};
    size_t other;
    return behov_municipality_codes_find_twice(codes, years, 3, history, &other);
}

/* Who became whom: Statistics Norway's changes of 2020 and 2024. */
static void test_one_municipality_under_two_codes(void **state)
{
    (void)state;
    assert_int_equal(find_twice("1201", "4601", 2016), 2); /* Bergen: 4601 is from 2020 */
    assert_int_equal(find_twice("1201", "4601", 2020), 1);
    assert_int_equal(find_twice("1201", "4601", 0), 1);
    assert_int_equal(find_twice("0101", "3101", 2018), 2); /* Halden, over 3001 */
    assert_int_equal(find_twice("3001", "3101", 2018), 1);
    assert_int_equal(find_twice("0231", "3030", 2020), 1); /* Skedsmo, in Lillestrøm */
    assert_int_equal(find_twice("1507", "1580", 2024), 1); /* Haram, out of Ålesund */
    assert_int_equal(find_twice("1508", "1580", 2024), 3); /* the two that Ålesund became */
    assert_int_equal(find_twice("1508", "1580", 2016), 3);
    assert_int_equal(find_twice("1806", "1875", 2016), 3); /* each has a part of Tysfjord */
    assert_int_equal(find_twice("1805", "1850", 2020), 3); /* both in Narvik, and nobody twice */
    assert_int_equal(find_twice("4601", "4601", 2016), 3); /* rows of one code */
    assert_int_equal(find_twice("9001", "", 2016), 3);
    const char *const codes[] = {"1201", "4601"};
    const int years[] = {2016, 2020};
    size_t other;
    assert_int_equal(behov_municipality_codes_find_twice(codes, years, 2, history, &other), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_chains, open_history, close_history),
        cmocka_unit_test_setup_teardown(test_splits, open_history, close_history),
        cmocka_unit_test_setup_teardown(test_counts, open_history, close_history),
        cmocka_unit_test_setup_teardown(test_lives, open_history, close_history),
        cmocka_unit_test_setup_teardown(test_reform_to_come, open_history, close_history),
        cmocka_unit_test_setup_teardown(test_changes_refused, open_history, close_history),
        cmocka_unit_test_setup_teardown(test_codes_of_nobody, open_history, close_history),
        cmocka_unit_test_setup_teardown(test_one_municipality_under_two_codes, open_history, close_history),
        cmocka_unit_test(test_three_digits_beside_a_zero)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
