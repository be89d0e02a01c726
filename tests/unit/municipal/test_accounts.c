/* test_accounts.c - accounts added up by function: years as columns and as rows, income below 0, two yardsticks, functions
 * without a figure, and rows that are refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov/accounts.h>

static behov_error err;

static behov_table *table_of(size_t n_rows)
{
    behov_table *table = NULL;
    assert_int_equal(behov_table_new(n_rows, "accounts.csv", &table, &err), BEHOV_OK);
    return table;
}

static void add_text(behov_table *table, const char *name, const char *const *texts)
{
    assert_int_equal(behov_table_copy_text(table, name, texts, &err), BEHOV_OK);
}

static void add_numbers(behov_table *table, const char *name, const double *numbers)
{
    assert_int_equal(behov_table_copy_numbers(table, name, numbers, &err), BEHOV_OK);
}

static void units_and_income_are_added_up(void **state)
{
    (void)state;
    behov_accounts accounts = {0};
    behov_table *table = table_of(6);
    add_text(table, "unit", (const char *const[]){"NAV", "NAV", "Flykt", "Flykt", "Flykt", "NAV"});
    add_text(table, "Funksjon", (const char *const[]){"242", "2810", "242", "242 Inntekt", "850", "273"});
    add_numbers(table, "2012", (const double[]){10, 20, 5, -3, -100, NAN});
    add_numbers(table, "2013", (const double[]){11, 21, 6, -4, -110, 7});
    assert_int_equal(behov_accounts_of_table(table, &accounts, &err), BEHOV_OK);
    assert_false(accounts.has_codes);
    assert_int_equal(accounts.n, 1);
    assert_int_equal(accounts.n_years, 2);
    assert_int_equal(accounts.n_functions, 4);
    assert_string_equal(accounts.units, "NAV, Flykt");
    assert_true(behov_accounts_amount(&accounts, 0, 242, 0) == 12); /* 10 + 5 - 3 */
    assert_true(behov_accounts_amount(&accounts, 0, 242, 1) == 13);
    assert_true(isnan(behov_accounts_amount(&accounts, 0, 273, 0)));
    assert_true(isnan(behov_accounts_amount(&accounts, 0, 243, 1)));
    size_t n_missing = 9;
    assert_true(behov_accounts_sum(&accounts, 0, BEHOV_YARDSTICK_PROBA, 1, &n_missing) == 34); /* 13 + 21 */
    assert_int_equal(n_missing, 2);                                                            /* 243, 276 */
    assert_true(behov_accounts_sum(&accounts, 0, BEHOV_YARDSTICK_ASSS, 1, &n_missing) == 41);
    assert_int_equal(n_missing, 2);
    assert_true(behov_accounts_sum(&accounts, 0, BEHOV_YARDSTICK_ASSS, 0, &n_missing) == 32);
    assert_int_equal(n_missing, 3);
    assert_int_equal(behov_accounts_position(&accounts, "1860"), 0); /* without codes all rows are one municipality's */
    behov_accounts_free(&accounts);
    behov_table_free(table);
}

static void years_in_rows_and_municipalities(void **state)
{
    (void)state;
    behov_accounts accounts = {0};
    behov_table *table = table_of(4);
    add_text(table, "kommunenr", (const char *const[]){"1860", "0301", "1860", "1860"});
    add_text(table, "function", (const char *const[]){"281", "281", "281", "276"});
    add_numbers(table, "year", (const double[]){2014, 2014, 2012, 2014});
    add_numbers(table, "amount_1000kr", (const double[]){3, 900, 2, 1});
    assert_int_equal(behov_accounts_of_table(table, &accounts, &err), BEHOV_OK);
    assert_true(accounts.has_codes);
    assert_int_equal(accounts.n, 2);
    assert_string_equal(accounts.codes[0], "0301");
    assert_int_equal(behov_accounts_position(&accounts, "1860"), 1);
    assert_int_equal(behov_accounts_position(&accounts, "1861"), 2);
    assert_int_equal(behov_accounts_year(&accounts, 2014), 1);
    assert_int_equal(behov_accounts_year(&accounts, 2013), 2);
    assert_true(behov_accounts_sum(&accounts, 1, BEHOV_YARDSTICK_PROBA, 1, NULL) == 4);
    assert_true(isnan(behov_accounts_sum(&accounts, 0, BEHOV_YARDSTICK_PROBA, 0, NULL)));
    assert_null(accounts.units);
    behov_accounts_free(&accounts);
    behov_table_free(table);
}

static void refused(void **state)
{
    (void)state;
    behov_accounts accounts = {0};
    behov_table *table = table_of(1);
    add_numbers(table, "2013", (const double[]){1});
    assert_int_equal(behov_accounts_of_table(table, &accounts, &err), BEHOV_E_NAME); /* no functions */
    behov_accounts_free(&accounts);
    add_text(table, "function", (const char *const[]){"sosial"});
    assert_int_equal(behov_accounts_of_table(table, &accounts, &err), BEHOV_E_DATA);
    behov_accounts_free(&accounts);
    behov_table_free(table);
    table = table_of(1);
    add_text(table, "function", (const char *const[]){"242"});
    assert_int_equal(behov_accounts_of_table(table, &accounts, &err), BEHOV_E_NAME); /* no years */
    behov_accounts_free(&accounts);
    behov_table_free(table);
}

static void rows_that_would_be_added_up_wrongly(void **state)
{
    (void)state;
    static const struct {
        const char *code_name, *codes[2], *unit[2];
        double amounts[2];
        behov_status status;
    } cases[] = {
        {"kommunenr", {"1860", "1860"}, {"NAV", "NAV"}, {5, 5}, BEHOV_E_DATA}, /* the same row */
        {"kommunenr", {"1860", "1860"}, {"NAV", "NAV"}, {5, 6}, BEHOV_OK},
        {"kommunenr", {"1860", "1860"}, {"NAV", "NAV"}, {0, 0}, BEHOV_OK}, /* adds nothing */
        {"kommunenr", {"1860", "1860"}, {"1000 kr", "1000 kr"}, {5, 6}, BEHOV_OK},
        {"kommunenr", {"1860", "1860"}, {"1000\xC2\xA0kr", "Kr per innb."}, {5, 6}, BEHOV_E_DATA},
        {"kommunenr", {"516", "0104"}, {"NAV", "NAV"}, {5, 6}, BEHOV_E_DATA}, /* 0516? */
        {"kommunenr", {"516", "104"}, {"NAV", "NAV"}, {5, 6}, BEHOV_OK},
        {"kommune", {"Moss", "Halden"}, {"NAV", "NAV"}, {5, 6}, BEHOV_E_DATA},
        {"kommune", {"Moss", "Moss"}, {"NAV", "NAV"}, {5, 6}, BEHOV_OK},
        {"region", {"1860", "0104"}, {"NAV", "NAV"}, {5, 6}, BEHOV_OK}, /* codes under another name */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        behov_accounts accounts = {0};
        behov_table *table = table_of(2);
        add_text(table, cases[i].code_name, cases[i].codes);
        add_text(table, "function", (const char *const[]){"281", "281"});
        add_text(table, "unit", cases[i].unit);
        add_numbers(table, "2013", cases[i].amounts);
        if (behov_accounts_of_table(table, &accounts, &err) != cases[i].status)
            fail_msg("case %zu", i);
        if (i == 3)
            assert_null(accounts.units); /* of measure, no part of the municipality */
        if (i == 9)
            assert_int_equal(accounts.n, 2);
        behov_accounts_free(&accounts);
        behov_table_free(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_and_income_are_added_up),
        cmocka_unit_test(years_in_rows_and_municipalities),
        cmocka_unit_test(refused),
        cmocka_unit_test(rows_that_would_be_added_up_wrongly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
