/* test_country.c - Norway's number of municipalities by year: SSB's catalogue of 1 January, counted by hand from
 * KLASS 131 (klass131_vertices.csv), and what is known of the reforms: 428 became 426 on 1 January 2017, 422 in 2018,
 * 356 in 2020, and Ålesund was split in 2024. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <behov/country.h>

static void numbers_by_year(void **state)
{
    (void)state;
    static const int known_positions[][2] = {{1998, 0},   {1999, 435}, {2001, 435}, {2002, 434}, {2005, 433},
                                             {2006, 431}, {2008, 430}, {2011, 430}, {2012, 429}, {2013, 428},
                                             {2016, 428}, {2017, 426}, {2018, 422}, {2019, 422}, {2020, 356},
                                             {2023, 356}, {2024, 357}, {2026, 357}};
    for (size_t i = 0; i < sizeof known_positions / sizeof known_positions[0]; i++)
        assert_int_equal(behov_country_n_municipalities(known_positions[i][0]), known_positions[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_by_year)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
