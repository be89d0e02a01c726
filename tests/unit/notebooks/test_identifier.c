/* Names of any letters as names that every language of scripts takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "identifier.h"

static void check(const char *name, const char *want)
{
    char identifier[IDENTIFIER_SIZE];
    identifier_make(name, NULL, 0, identifier);
    assert_string_equal(identifier, want);
    assert_true(identifier_is(identifier));
}

static void test_names(void **state)
{
    (void)state;
    check("new_refugees", "new_refugees");
    check("I(population^1.2)", "I_population_1_2");
    check("Andel uføre 18–49 år", "Andel_ufore_18_49_ar");
    check("Kárášjohka", "Karasjohka");
    check("ČĐŊŠŦŽ", "CDNSTZ");
    check("2013", "x_2013");
    check("lambda", "lambda_value");
    check("Select", "Select_value");
    check("\"); system(\"rm", "system_rm");
    check("'''", "v_1");
    check("{{title}}", "title");
    check("北", "v_1");
    check("net_operating_expenditure_per_inhabitant", "net_operating_expenditure_pe");
}

/* Two names that would be one are told apart, also where capitals alone differ. */
static void test_taken(void **state)
{
    (void)state;
    char taken[4][IDENTIFIER_SIZE];
    static const char *const names[] = {"a b", "a-b", "A_B", "a_b_2"};
    for (size_t i = 0; i < 4; i++)
        identifier_make(names[i], (const char(*)[IDENTIFIER_SIZE])taken, i, taken[i]);
    assert_string_equal(taken[0], "a_b");
    assert_string_equal(taken[1], "a_b_2");
    assert_string_equal(taken[2], "A_B_3");
    assert_string_equal(taken[3], "a_b_2_2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_taken)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
