/* test_kostra_filing.c - sums of a filing against sums by hand, and what is counted beside them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov.h>

enum { MOST = 16 };

typedef struct record {
    const char *form, *quarter, *region, *account_class, *function, *type;
    double amount;
} record;

static behov_table *make_table(const record *records, size_t n)
{
    behov_table *table = NULL;
    const char *texts[7][MOST];
    double amounts[MOST];
    static const char *const names[] = {"form", "year", "quarter", "region", "account_class", "function", "type"};
    assert_true(n <= MOST);
    for (size_t i = 0; i < n; i++) {
        texts[0][i] = records[i].form;
        texts[1][i] = "2025";
        texts[2][i] = records[i].quarter;
        texts[3][i] = records[i].region;
        texts[4][i] = records[i].account_class;
        texts[5][i] = records[i].function;
        texts[6][i] = records[i].type;
        amounts[i] = records[i].amount;
    }
    assert_int_equal(behov_table_new(n, "filing", &table, NULL), BEHOV_OK);
    for (size_t j = 0; j < 7; j++)
        assert_int_equal(behov_table_copy_text(table, names[j], texts[j], NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "value", amounts, NULL), BEHOV_OK);
    return table;
}

static const char *const two[] = {"242", "281"};

static void net_is_the_sum_of_the_types_of_the_definition(void **state)
{
    (void)state;
    static const record records[] = {
        {"0A", "", "460100", "1", "242", "010", 100},  {"0A", "", "460100", "1", "242", "480", 20},
        {"0A", "", "460100", "1", "242", "490", 5000}, /* between 480 and 590: not in the definition */
        {"0A", "", "460100", "1", "281", "590", 3},    {"0A", "", "460100", "1", "281", "600", -7},
        {"0A", "", "460100", "1", "281", "895", -11},  {"0A", "", "460100", "1", "281", "900", -9000},
        {"0A", "", "460100", "1", "281", "009", 4000}, {"0A", "", "460100", "1", "281", "590", 3}, /* again: legal */
        {"0A", "", "460100", "0", "281", "010", 8000},                                             /* investment */
        {"0A", "", "460100", "3", "281", "010", 8000}, /* 3 is the consolidated municipality's */
        {"0A", "", "460100", "1", "202", "010", 8000}, {"0I", "", "460100", "3", "281", "010", 8000},
        {"0M", "", "460100", "3", "281", "010", 77},   {"0M", "", "460100", "1", "281", "010", 8000}};
    behov_table *table = make_table(records, sizeof records / sizeof *records);
    behov_kostra_net net;
    assert_int_equal(behov_kostra_net_compute(table, two, 2, &net, NULL), BEHOV_OK);
    assert_int_equal(net.n, 2);
    assert_int_equal(net.n_other_form, 1);
    const behov_kostra_filing *treasury = &net.filings[0], *consolidated = &net.filings[1];
    assert_string_equal(treasury->form, "0A");
    assert_true(behov_kostra_net_1000kr(&treasury->functions[0]) == 120);
    assert_true(treasury->functions[1].expenditure_1000kr == 6 && treasury->functions[1].income_1000kr == -18);
    assert_true(behov_kostra_net_1000kr(&treasury->total) == 108);
    assert_int_equal(treasury->total.n_records, 6);
    assert_int_equal(treasury->n_records, 12);
    assert_int_equal(treasury->n_other_class, 2);
    assert_int_equal(treasury->n_other_function, 1);
    assert_int_equal(treasury->n_other_type, 3);
    assert_true(treasury->other_type_1000kr == 5000 - 9000 + 4000);
    assert_int_equal(treasury->n_repeated, 1);
    assert_true(behov_kostra_net_1000kr(&consolidated->total) == 77);
    assert_int_equal(consolidated->n_other_class, 1);
    behov_kostra_net_free(&net);
    behov_table_free(table);
}

static void filings_of_other_quarters_and_regions_are_apart(void **state)
{
    (void)state;
    static const record records[] = {{"0A", "1", "030101", "1", "281", "010", 1},
                                     {"0A", "2", "030101", "1", "281", "010", 2},
                                     {"0A", "2", "030102", "1", "281", "010", 4},
                                     {"0A", "2", "030101", "1", "281", "010", 8}};
    behov_table *table = make_table(records, 4);
    behov_kostra_net net;
    assert_int_equal(behov_kostra_net_compute(table, two, 2, &net, NULL), BEHOV_OK);
    assert_int_equal(net.n, 3);
    assert_true(net.filings[0].total.expenditure_1000kr == 1 && net.filings[1].total.expenditure_1000kr == 10 &&
                net.filings[2].total.expenditure_1000kr == 4);
    behov_kostra_net_free(&net);
    behov_table_free(table);
}

static void check_refused(const record *records, size_t n, behov_status code, const char *what)
{
    behov_table *table = make_table(records, n);
    behov_kostra_net net;
    behov_error err = {.what = ""};
    char sentence[1200];
    assert_int_equal(behov_kostra_net_compute(table, two, 2, &net, &err), code);
    behov_phrase_english(err.what, sizeof sentence, sentence);
    if (!strstr(sentence, what))
        fail_msg("%s", sentence);
    behov_kostra_net_free(&net);
    behov_table_free(table);
}

static void income_with_a_turned_sign_is_refused(void **state)
{
    (void)state;
    static const record turned[] = {{"0A", "", "460100", "1", "281", "010", 100},
                                    {"0A", "", "460100", "1", "281", "700", 30},
                                    {"0A", "", "460100", "1", "281", "810", -10}};
    check_refused(turned, 3, BEHOV_E_DATA, "adds up to more than 0");
    static const record odd[] = {{"0A", "", "460100", "1", "281", "700", 3},
                                 {"0A", "", "460100", "1", "281", "810", -10}};
    behov_table *table = make_table(odd, 2);
    behov_kostra_net net;
    assert_int_equal(behov_kostra_net_compute(table, two, 2, &net, NULL), BEHOV_OK);
    assert_int_equal(net.filings[0].n_income_positive, 1);
    assert_true(net.filings[0].income_positive_1000kr == 3 && behov_kostra_net_1000kr(&net.filings[0].total) == -7);
    behov_kostra_net_free(&net);
    behov_table_free(table);
    static const record none[] = {{"0A", "", "460100", "1", "202", "010", 1}};
    check_refused(none, 1, BEHOV_E_DATA, "no record in account class 1");
    static const record balance[] = {{"0B", "", "460100", "2", "11", "640", 1}};
    check_refused(balance, 1, BEHOV_E_DATA, "no records of form 0A");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(net_is_the_sum_of_the_types_of_the_definition),
        cmocka_unit_test(filings_of_other_quarters_and_regions_are_apart),
        cmocka_unit_test(income_with_a_turned_sign_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
