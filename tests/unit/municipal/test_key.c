/* test_key.c - a cost key from arrays and from tables: the 2026 weights on a made-up country, whose answers were computed
 * in exact fractions (python3, fractions.Fraction) and stand here as such; what weights and criteria may not be. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov.h>

#include "digits.h"
#include "tables.h"

enum { N = 3, CRITERIA = 7, ODDS = 20 };

/* ---- the made-up country ------------------------------------------------------------------------------------------- */

/* Grønt hefte 2026; criterion k of three municipalities with 10 000, 1 000 and 5 000 inhabitants. */
static const double weights_2026[CRITERIA] = {0.0251, 0.0076, 0.1663, 0.2918, 0.2110, 0.2113, 0.0870};
static const double population[N] = {10000, 1000, 5000};
static const double figures[CRITERIA][N] = {{800, 90, 500}, {300, 20, 150}, {6000, 500, 2600}, {1200, 70, 400},
                                            {200, 5, 50},   {150, 10, 60},  {1.5, 0.6, 0.8}};
static const char *const names[CRITERIA] = {"innbyggere 16-22",
                                            "innbyggere 23-24",
                                            "innbyggere 25-66",
                                            "aleneboende 30-66",
                                            "flyktninger uten integreringstilskudd",
                                            "rus og psykiatri",
                                            "opphopningsindeks"};

static void fill_criteria(behov_key_criterion criteria[CRITERIA])
{
    for (int k = 0; k < CRITERIA; k++)
        criteria[k] = (behov_key_criterion){
            names[k], k == 6 ? BEHOV_CRITERION_INDEX : BEHOV_CRITERION_COUNT, weights_2026[k], figures[k], NAN, -1};
}

static behov_key_input input_of(const behov_key_criterion *criteria)
{
    return (behov_key_input){
        .criteria = criteria, .n_criteria = CRITERIA, .population = population, .n = N, .given_population = NAN};
}

static void weights_of_2026_times_a_made_up_country(void **state)
{
    (void)state;
    behov_key_criterion criteria[CRITERIA];
    behov_key key = {0};
    fill_criteria(criteria);
    behov_key_input input = input_of(criteria);
    assert_int_equal(behov_key_compute(&input, &key, NULL), BEHOV_OK);
    assert_digits(key.index[0], 1114687009861709.0 / 974701044817500.0, 14);
    assert_digits(key.index[1], 309737769919471.0 / 487350522408750.0, 14);
    assert_digits(key.index[2], 73662126928763.0 / 93721254309375.0, 14);
    /* Nobody is missing, so the mean is the sum of the weights. */
    assert_digits(key.sum, 1.0001, 14);
    assert_digits(key.mean, 1.0001, 14);
    /* Contributions of the last municipality, in fractions; the index's country is (15000 + 600 + 4000) / 16000. */
    static const double contributions[CRITERIA] = {502.0 / 17375, 228.0 / 29375,  3326.0 / 21875, 23344.0 / 104375,
                                                   844.0 / 6375,  6339.0 / 34375, 348.0 / 6125};
    double sum = 0;
    for (size_t k = 0; k < CRITERIA; k++) {
        assert_digits(behov_key_contribution(&input, &key, 2, k), contributions[k], 14);
        assert_digits(key.countries[k].mean_relative, 1, 14);
        sum += behov_key_contribution(&input, &key, 2, k);
    }
    assert_digits(sum, key.index[2], 14);
    assert_digits(key.countries[6].level, 19600.0 / 16000, 15);
    assert_true(isnan(key.countries[6].total));
    behov_key_free(&key);
}

static void scale_of_a_criterion_cancels_and_a_relative_one_stands(void **state)
{
    (void)state;
    behov_key_criterion criteria[CRITERIA];
    behov_key key = {0}, scaled = {0}, relative = {0};
    double thousandfold[N], against[N];
    fill_criteria(criteria);
    behov_key_input input = input_of(criteria);
    assert_int_equal(behov_key_compute(&input, &key, NULL), BEHOV_OK);
    for (int i = 0; i < N; i++) {
        thousandfold[i] = 1024 * figures[6][i];
        against[i] = figures[6][i] / (19600.0 / 16000);
    }
    criteria[6].figures = thousandfold;
    assert_int_equal(behov_key_compute(&input, &scaled, NULL), BEHOV_OK);
    criteria[6].figures = against;
    criteria[6].kind = BEHOV_CRITERION_RELATIVE;
    assert_int_equal(behov_key_compute(&input, &relative, NULL), BEHOV_OK);
    for (int i = 0; i < N; i++) {
        assert_true(scaled.index[i] == key.index[i]); /* 1024 is a power of two */
        assert_digits(relative.index[i], key.index[i], 14);
    }
    behov_key_free(&key);
    behov_key_free(&scaled);
    behov_key_free(&relative);
}

/* Half the country, with the whole one's totals: the same keys as in the whole. */
static void given_totals_are_the_country(void **state)
{
    (void)state;
    behov_key_criterion criteria[CRITERIA];
    behov_key key = {0};
    behov_error err;
    fill_criteria(criteria);
    behov_key_input input = input_of(criteria);
    input.n = 2;
    static const double totals[CRITERIA] = {1390, 470, 9100, 1670, 255, 220, 19600.0 / 16000};
    for (int k = 0; k < CRITERIA; k++)
        criteria[k].given = totals[k];
    assert_int_equal(behov_key_compute(&input, &key, &err), BEHOV_E_DATA); /* a total without inhabitants */
    assert_contains(err.what, "population");
    input.given_population = 16000;
    assert_int_equal(behov_key_compute(&input, &key, NULL), BEHOV_OK);
    assert_digits(key.index[0], 1114687009861709.0 / 974701044817500.0, 14);
    assert_digits(key.index[1], 309737769919471.0 / 487350522408750.0, 14);
    assert_true(key.countries[0].is_given);
    behov_key_free(&key);
}

/* A country smaller than the municipalities that are there of it: 890 and 10 999 by hand. */
static void totals_below_the_sum_are_refused(void **state)
{
    (void)state;
    behov_key_criterion criteria[CRITERIA];
    behov_key key = {0};
    behov_error err;
    fill_criteria(criteria);
    behov_key_input input = input_of(criteria);
    input.n = 2;
    input.given_population = 11000;
    criteria[0].given = 890;
    assert_int_equal(behov_key_compute(&input, &key, NULL), BEHOV_OK); /* no one else lives there */
    behov_key_free(&key);
    criteria[0].given = 889;
    assert_int_equal(behov_key_compute(&input, &key, &err), BEHOV_E_DATA);
    assert_string_equal(err.where, names[0]);
    assert_contains(err.what, "given as 889, but the file's municipalities have 890");
    criteria[0].given = 890;
    input.given_population = 10999;
    assert_int_equal(behov_key_compute(&input, &key, &err), BEHOV_E_DATA);
    assert_contains(err.what, "given as 10999, but the file's municipalities have 11000");
}

static void what_is_missing(void **state)
{
    (void)state;
    behov_key_criterion criteria[CRITERIA];
    behov_key key = {0};
    behov_error err;
    double holed[N] = {200, NAN, 50};
    fill_criteria(criteria);
    behov_key_input input = input_of(criteria);
    criteria[4].figures = holed;
    assert_int_equal(behov_key_compute(&input, &key, &err), BEHOV_E_DATA);
    assert_contains(err.where, "2, flyktninger uten");
    input.allows_missing = true;
    assert_int_equal(behov_key_compute(&input, &key, &err), BEHOV_OK);
    assert_true(isnan(key.index[1]));
    assert_int_equal(key.n_without, 1);
    assert_int_equal(behov_key_missing_criterion(&input, &key, 1), 4);
    assert_int_equal(behov_key_missing_criterion(&input, &key, 0), CRITERIA);
    assert_digits(key.countries[4].level, 250.0 / 15000, 15); /* both of those that have figures */
    assert_digits(key.countries[3].level, 1670.0 / 16000, 15);
    assert_int_equal(key.countries[4].n_missing, 1);
    behov_key_free(&key);
    /* A total that is given needs no allowance. */
    input.allows_missing = false;
    criteria[4].given = 255;
    input.given_population = 16000;
    assert_int_equal(behov_key_compute(&input, &key, NULL), BEHOV_OK);
    assert_digits(key.index[0], 1114687009861709.0 / 974701044817500.0, 14);
    assert_true(isnan(key.index[1]));
    behov_key_free(&key);
}

static void figures_that_are_none_are_refused(void **state)
{
    (void)state;
    behov_key_criterion criteria[CRITERIA];
    behov_key key = {0};
    behov_error err;
    static const double zero[N] = {0, 0, 0}, negative[N] = {200, -5, 50}, infinite[N] = {200, INFINITY, 50};
    const double *bad[] = {zero, negative, infinite};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        fill_criteria(criteria);
        behov_key_input input = input_of(criteria);
        criteria[4].figures = bad[i];
        assert_int_equal(behov_key_compute(&input, &key, &err), BEHOV_E_DATA);
        assert_contains(err.where, "flyktninger");
    }
    fill_criteria(criteria);
    behov_key_input input = input_of(criteria);
    static const double nobody[N] = {10000, 0, 5000};
    input.population = nobody;
    assert_int_equal(behov_key_compute(&input, &key, &err), BEHOV_E_DATA);
    /* A weight of 0 asks for nothing. */
    fill_criteria(criteria);
    input = input_of(criteria);
    static const double unknown[N] = {NAN, NAN, NAN};
    criteria[4].weight = 0;
    criteria[4].figures = unknown;
    assert_int_equal(behov_key_compute(&input, &key, NULL), BEHOV_OK);
    assert_false(isnan(key.index[1]));
    behov_key_free(&key);
}

/* ---- weights ----------------------------------------------------------------------------------------------------- */

static behov_table *weight_table(size_t n, const double *years, const char *const *criteria, const double *weights)
{
    behov_table *table = NULL;
    const char *keys[ODDS];
    for (size_t i = 0; i < n; i++)
        keys[i] = "sosiale tjenester";
    assert_int_equal(behov_table_new(n, "vekter.csv", &table, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "\xC3\x85r", years, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_text(table, "key", keys, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_text(table, "Kriterium", criteria, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "vekt", weights, NULL), BEHOV_OK);
    return table;
}

/* Seven weights of four decimals: 7 x 0.00005. The fifteen of 2003/04 are printed with three. */
static void sums_of_weights_and_their_rounding(void **state)
{
    (void)state;
    static const double years[15] = {2026, 2026, 2026, 2026, 2026, 2026, 2026};
    behov_key_weights weights = {0};
    behov_table *table = weight_table(CRITERIA, years, names, weights_2026);
    assert_int_equal(behov_key_weights_read(table, 0, NULL, &weights, NULL), BEHOV_OK);
    assert_int_equal(weights.year, 2026);
    assert_int_equal(weights.n, CRITERIA);
    assert_digits(weights.sum, 1.0001, 14);
    assert_int_equal(weights.n_decimals, 4);
    assert_digits(weights.rounding, 0.00035, 14);
    assert_false(behov_key_weights_are_exact(&weights));
    assert_true(behov_key_weights_are_rounded(&weights));
    behov_key_weights_free(&weights);
    behov_table_free(table);
    static const double old[15] = {0.051, 0.044, 0.137, 0.253, 0.096, 0.076, 0.021, 0.010,
                                   0,     0,     0.083, 0.050, 0.050, 0.122, 0.007};
    static const char *const letters[15] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o"};
    static const double old_years[15] = {2004, 2004, 2004, 2004, 2004, 2004, 2004, 2004,
                                         2004, 2004, 2004, 2004, 2004, 2004, 2004};
    table = weight_table(15, old_years, letters, old);
    assert_int_equal(behov_key_weights_read(table, 2004, NULL, &weights, NULL), BEHOV_OK);
    assert_true(behov_key_weights_are_exact(&weights));
    assert_int_equal(weights.n_zero, 2);
    assert_digits(weights.rounding, 0.0075, 14);
    behov_key_weights_free(&weights);
    behov_table_free(table);
}

static void weights_that_are_none_are_refused(void **state)
{
    (void)state;
    static const double years[] = {2026, 2026, 2014};
    static const char *const twice[] = {"a b", "A_b", "c"}, *const three[] = {"a", "b", "c"};
    static const double weights[] = {0.5, 0.5, 1}, small[] = {0.2, 0.2, 1}, per_cent[] = {50, 50, 100};
    static const struct {
        const char *const *criteria;
        const double *weights;
        int year;
        behov_status status;
        const char *says;
    } bad[] = {{three, weights, 0, BEHOV_E_DATA, "2026, 2014"},
               {three, weights, 2011, BEHOV_E_NAME, "2026, 2014"},
               {twice, weights, 2026, BEHOV_E_DATA, "A_b"},
               {three, small, 2026, BEHOV_E_DATA, "0.4"},
               {three, per_cent, 2026, BEHOV_E_DATA, "0.211"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        behov_key_weights read = {0};
        behov_error err;
        behov_table *table = weight_table(3, years, bad[i].criteria, bad[i].weights);
        assert_int_equal(behov_key_weights_read(table, bad[i].year, NULL, &read, &err), bad[i].status);
        assert_contains(err.what, bad[i].says);
        behov_table_free(table);
    }
}

/* ---- criteria ---------------------------------------------------------------------------------------------------- */

/* The country as a file has it: codes out of order, columns with underscores, one more year. */
static behov_table *criteria_table(double year, behov_panel *panel)
{
    static const char *const codes[] = {"4601", "0301", "1833", "0301"};
    static const double inhabitants[] = {5000, 10000, 1000, 9000};
    static const int order[] = {2, 0, 1, 0};
    behov_table *table = NULL;
    double years[] = {year, year, year, 1999}, column[4];
    assert_int_equal(behov_table_new(4, "kriterier.csv", &table, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_text(table, "municipality_code", codes, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "year", years, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "population", inhabitants, NULL), BEHOV_OK);
    for (int k = 0; k < CRITERIA; k++) {
        char name[80];
        strcpy(name, names[k]);
        for (char *letter = name; *letter; letter++)
            *letter = *letter == ' ' || *letter == '-' ? '_' : *letter;
        for (int row = 0; row < 4; row++)
            column[row] = figures[k][order[row]];
        assert_int_equal(behov_table_copy_numbers(table, name, column, NULL), BEHOV_OK);
    }
    static const double all_refugees[] = {90, 400, 30, 1};
    assert_int_equal(behov_table_copy_numbers(table, "alle flyktninger", all_refugees, NULL), BEHOV_OK);
    assert_int_equal(behov_panel_identify(table, (const char *const[BEHOV_N_ROLES]){NULL}, panel, NULL), BEHOV_OK);
    return table;
}

static void weights_2026_read(behov_key_weights *weights)
{
    static const double years[] = {2026, 2026, 2026, 2026, 2026, 2026, 2026};
    behov_table *table = weight_table(CRITERIA, years, names, weights_2026);
    assert_int_equal(behov_key_weights_read(table, 0, NULL, weights, NULL), BEHOV_OK);
    weights->all[6].kind = BEHOV_CRITERION_INDEX;
    behov_table_free(table);
}

static void columns_are_found_by_the_criteria_names(void **state)
{
    (void)state;
    behov_panel panel;
    behov_key_weights weights = {0};
    behov_key_criteria criteria = {0};
    behov_key key = {0};
    behov_table *table = criteria_table(2026, &panel);
    weights_2026_read(&weights);
    behov_key_request request = {.modified_column = "alle_flyktninger"};
    assert_int_equal(behov_key_criteria_find(&panel, &weights, &request, &criteria, NULL), BEHOV_OK);
    assert_int_equal(criteria.municipalities.n, N);
    assert_string_equal(criteria.codes[1], "1833"); /* in the order of the codes */
    assert_int_equal(criteria.n_other_years, 1);
    assert_int_equal(criteria.n_unused, 0);
    assert_int_equal(criteria.n_in_country, 357);
    behov_key_input input = behov_key_criteria_input(&criteria, false);
    assert_int_equal(behov_key_compute(&input, &key, NULL), BEHOV_OK);
    assert_digits(key.index[1], 309737769919471.0 / 487350522408750.0, 14);
    behov_key_free(&key);
    /* The modified key, in fractions 1.13852737940660, 0.764127554513482, 0.770439730284092. */
    input = behov_key_criteria_input(&criteria, true);
    assert_int_equal(behov_key_compute(&input, &key, NULL), BEHOV_OK);
    assert_digits(key.index[0], 1.138527379406606, 14);
    assert_digits(key.index[1], 0.76412755451348191, 14);
    assert_digits(key.index[2], 0.77043973028409185, 14);
    behov_key_free(&key);
    behov_key_criteria_free(&criteria);
    request.modified_column = NULL;
    assert_int_equal(behov_key_criteria_find(&panel, &weights, &request, &criteria, NULL), BEHOV_OK);
    assert_int_equal(criteria.n_unused, 1);
    behov_key_criteria_free(&criteria);
    behov_key_weights_free(&weights);
    behov_table_free(table);
}

static void criteria_of_another_year_are_refused(void **state)
{
    (void)state;
    behov_panel panel;
    behov_key_weights weights = {0};
    behov_key_criteria criteria = {0};
    behov_error err;
    behov_table *table = criteria_table(2025, &panel);
    weights_2026_read(&weights);
    behov_key_request request = {0};
    assert_int_equal(behov_key_criteria_find(&panel, &weights, &request, &criteria, &err), BEHOV_E_DATA);
    assert_contains(err.what, "1999, 2025");
    request.year = 2025;
    assert_int_equal(behov_key_criteria_find(&panel, &weights, &request, &criteria, &err), BEHOV_E_DATA);
    assert_contains(err.what, "2025");
    request.allows_year_mismatch = true;
    assert_int_equal(behov_key_criteria_find(&panel, &weights, &request, &criteria, &err), BEHOV_OK);
    assert_int_equal(criteria.year, 2025);
    assert_int_equal(criteria.weights_year, 2026);
    behov_key_criteria_free(&criteria);
    request.year = 0; /* several years, and which is meant is not said */
    assert_int_equal(behov_key_criteria_find(&panel, &weights, &request, &criteria, &err), BEHOV_E_DATA);
    behov_key_weights_free(&weights);
    behov_table_free(table);
}

static void criterion_without_a_column_is_named_with_the_near_one(void **state)
{
    (void)state;
    behov_panel panel;
    behov_key_weights weights = {0};
    behov_key_criteria criteria = {0};
    behov_error err;
    behov_table *table = criteria_table(2026, &panel);
    weights_2026_read(&weights);
    free(weights.all[5].criterion);
    weights.all[5].criterion = strdup("rus_og_psykiatry");
    behov_key_request request = {0};
    assert_int_equal(behov_key_criteria_find(&panel, &weights, &request, &criteria, &err), BEHOV_E_NAME);
    assert_contains(err.what, "did you mean \"rus_og_psykiatri\"");
    weights.all[5].weight = 0; /* which asks for no column */
    assert_int_equal(behov_key_criteria_find(&panel, &weights, &request, &criteria, &err), BEHOV_OK);
    assert_int_equal(criteria.criteria[5].column, -1);
    behov_key_criteria_free(&criteria);
    behov_key_weights_free(&weights);
    behov_table_free(table);
}

/* ---- one's own index --------------------------------------------------------------------------------------------- */

/* Two municipalities of 100 and 300: shares (10, 4, 8) and (20, 2, 4); country 17.5, 2.5, 5 per cent by hand. */
static void product_of_three_shares_against_the_country(void **state)
{
    (void)state;
    static const char *const codes[] = {"0301", "4601"};
    static const double inhabitants[] = {100, 300}, divorced[] = {10, 20}, unemployed[] = {4, 2}, low[] = {8, 4};
    behov_table *table = NULL;
    behov_panel panel;
    behov_clustering_index index = {0};
    behov_error err;
    assert_int_equal(behov_table_new(2, "andeler.csv", &table, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_text(table, "kommunenr", codes, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "innbyggere", inhabitants, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "skilte", divorced, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "arbeidsledige", unemployed, NULL), BEHOV_OK);
    assert_int_equal(behov_table_copy_numbers(table, "Lav inntekt", low, NULL), BEHOV_OK);
    assert_int_equal(behov_panel_identify(table, (const char *const[BEHOV_N_ROLES]){NULL}, &panel, NULL), BEHOV_OK);
    behov_clustering_request request = {.year = 0};
    assert_int_equal(behov_clustering_index_compute(&panel, &request, &index, &err), BEHOV_OK);
    assert_digits(index.country_pct[BEHOV_SHARE_DIVORCED], 17.5, 15);
    assert_digits(index.index[0], 10 / 17.5 * 4 / 2.5 * 8 / 5, 15);
    assert_digits(index.index[1], 20 / 17.5 * 2 / 2.5 * 4 / 5, 15);
    assert_digits(index.mean, (100 * index.index[0] + 300 * index.index[1]) / 400, 15);
    behov_clustering_index_free(&index);
    /* The same figures as persons: 10 of 100, 20 of 300; the country 30 of 400. */
    request.are_counts = true;
    assert_int_equal(behov_clustering_index_compute(&panel, &request, &index, &err), BEHOV_OK);
    assert_digits(index.country_pct[BEHOV_SHARE_DIVORCED], 7.5, 15);
    behov_clustering_index_free(&index);
    request.columns[BEHOV_SHARE_DIVORCED] = "gifte";
    assert_int_equal(behov_clustering_index_compute(&panel, &request, &index, &err), BEHOV_E_NAME);
    assert_contains(err.what, "gifte");
    behov_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(weights_of_2026_times_a_made_up_country),
                                       cmocka_unit_test(scale_of_a_criterion_cancels_and_a_relative_one_stands),
                                       cmocka_unit_test(given_totals_are_the_country),
                                       cmocka_unit_test(totals_below_the_sum_are_refused),
                                       cmocka_unit_test(what_is_missing),
                                       cmocka_unit_test(figures_that_are_none_are_refused),
                                       cmocka_unit_test(sums_of_weights_and_their_rounding),
                                       cmocka_unit_test(weights_that_are_none_are_refused),
                                       cmocka_unit_test(columns_are_found_by_the_criteria_names),
                                       cmocka_unit_test(criteria_of_another_year_are_refused),
                                       cmocka_unit_test(criterion_without_a_column_is_named_with_the_near_one),
                                       cmocka_unit_test(product_of_three_shares_against_the_country)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
