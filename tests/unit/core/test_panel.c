/* test_panel.c - which column is what, and rows that cannot be told apart. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tables.h"

static void names_have_roles(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        behov_role role;
    } entry[] = {{"municipality_code", BEHOV_ROLE_CODE},
                 {"kommune_nr", BEHOV_ROLE_CODE},
                 {"KommuneNr", BEHOV_ROLE_CODE},
                 {"municipality", BEHOV_ROLE_MUNICIPALITY},
                 {"Kommune", BEHOV_ROLE_MUNICIPALITY},
                 {"year", BEHOV_ROLE_YEAR},
                 {"aar", BEHOV_ROLE_YEAR},
                 {"år", BEHOV_ROLE_YEAR},
                 {"År", BEHOV_ROLE_YEAR},
                 {"ÅR", BEHOV_ROLE_YEAR},
                 {"population", BEHOV_ROLE_POPULATION},
                 {"Folketall", BEHOV_ROLE_POPULATION},
                 {"estimated_on", BEHOV_ROLE_ESTIMATED_ON},
                 {"years", BEHOV_N_ROLES},
                 {"kommune_n", BEHOV_N_ROLES},
                 {"", BEHOV_N_ROLES}};
    for (size_t i = 0; i < sizeof entry / sizeof *entry; i++)
        if (behov_role_of_name(entry[i].name) != entry[i].role)
            fail_msg("\"%s\" has role %d, wanted %d", entry[i].name, behov_role_of_name(entry[i].name), entry[i].role);
    assert_string_equal(behov_role_name(BEHOV_ROLE_CODE), "municipality_code");
    assert_string_equal(behov_role_name(BEHOV_ROLE_POPULATION), "population");
}

static behov_status identify(const char *text, behov_panel *panel, behov_table **table, behov_error *err)
{
    *table = table_of_text(text);
    return behov_panel_identify(*table, NULL, panel, err);
}

static void norwegian_columns_answer_to_english_names(void **state)
{
    (void)state;
    behov_panel panel;
    behov_table *table;
    behov_error err;
    assert_int_equal(
        identify("kommunenr,kommune,År,folketall,y\n"
                 "\"0301\",\"Oslo\",2013,634463,1\n\"1151\",\"Utsira\",2013,209,0\n\"0301\",\"Oslo\",2014,.,2\n",
                 &panel, &table, &err),
        BEHOV_OK);
    assert_string_equal(behov_panel_code(&panel, 0), "0301");
    assert_string_equal(behov_panel_municipality(&panel, 1), "Utsira");
    assert_int_equal(behov_panel_year(&panel, 2), 2014);
    assert_true(behov_panel_population(&panel, 1) == 209);
    assert_true(isnan(behov_panel_population(&panel, 2)));
    assert_int_equal(behov_table_find(table, "municipality_code"), 0);
    assert_int_equal(behov_table_find(table, "municipality"), 1);
    assert_int_equal(behov_table_find(table, "year"), 2);
    assert_int_equal(behov_table_find(table, "population"), 3);
    assert_int_equal(panel.columns[BEHOV_ROLE_ESTIMATED_ON], -1);
    behov_table_free(table);
}

static void a_plain_table_is_fine(void **state)
{
    (void)state;
    behov_panel panel;
    behov_table *table;
    assert_int_equal(identify("y,x\n1,2\n1,2\n", &panel, &table, NULL), BEHOV_OK);
    assert_string_equal(behov_panel_code(&panel, 0), "");
    assert_string_equal(behov_panel_municipality(&panel, 0), "");
    assert_int_equal(behov_panel_year(&panel, 1), 0);
    assert_true(isnan(behov_panel_population(&panel, 1)));
    behov_table_free(table);
}

static void the_user_names_columns(void **state)
{
    (void)state;
    behov_table *table = table_of_text("nr,year,period\n\"01\",7,2012\n\"01\",7,2013\n");
    const char *names[BEHOV_N_ROLES] = {[BEHOV_ROLE_CODE] = "nr", [BEHOV_ROLE_YEAR] = "period"};
    behov_panel panel;
    behov_error err;
    assert_int_equal(behov_panel_identify(table, names, &panel, &err), BEHOV_OK);
    assert_int_equal(behov_panel_year(&panel, 1), 2013);
    assert_string_equal(behov_panel_code(&panel, 0), "01");
    names[BEHOV_ROLE_YEAR] = "perod";
    assert_int_equal(behov_panel_identify(table, names, &panel, &err), BEHOV_E_NAME);
    assert_contains(err.what, "\"perod\"");
    assert_contains(err.what, "did you mean \"period\"?");
    behov_table_free(table);
}

static void english_names_win(void **state)
{
    (void)state;
    behov_panel panel;
    behov_table *table;
    assert_int_equal(identify("aar,year\n2011,2012\n", &panel, &table, NULL), BEHOV_OK);
    assert_int_equal(behov_panel_year(&panel, 0), 2012);
    behov_table_free(table);
}

static void refuse(const char *text, behov_status status, const char *where, const char *subject)
{
    behov_panel panel = {0}, previous_panel = panel;
    behov_table *table;
    behov_error err;
    assert_int_equal(identify(text, &panel, &table, &err), status);
    assert_contains(err.where, where);
    assert_contains(err.what, subject);
    assert_memory_equal(&panel, &previous_panel, sizeof panel); /* outputs untouched */
    behov_table_free(table);
}

static void wrong_values_are_named(void **state)
{
    (void)state;
    /* 0301 twice in 2013, on lines 2 and 4 */
    static const char twice[] = "municipality_code,year,y\n\"0301\",2013,1\n\"1151\",2013,1\n\"0301\",2013,2\n";
    refuse(twice, BEHOV_E_DATA, "test.csv, line 4", "municipality 0301");
    refuse(twice, BEHOV_E_DATA, "test.csv, line 4", "in 2013");
    refuse(twice, BEHOV_E_DATA, "test.csv, line 4", "line 2");
    refuse("municipality_code,y\n\"0301\",1\n\"0301\",2\n", BEHOV_E_DATA, "line 3", "that holds the year");
    refuse("municipality_code,year\n\"0301\",2013.5\n", BEHOV_E_DATA, "line 2, column year", "whole number");
    refuse("municipality_code,year\n\"0301\",20134\n", BEHOV_E_DATA, "line 2, column year", "whole number");
    refuse("municipality_code,year\n\"0301\",\"2013\"\n", BEHOV_E_TYPE, "test.csv", "year");
    refuse("municipality_code,year\n\"0301\",.\n", BEHOV_E_DATA, "line 2, column year", "no year");
    refuse("municipality_code,year\n\"0301\",2013\n..,2013\n", BEHOV_E_DATA, "line 3", "no municipality code");
    refuse("municipality_code,population\n\"0301\",0\n", BEHOV_E_DATA, "line 2, column population", "above 0");
    refuse("municipality_code,innbyggere\n\"0301\",-5\n", BEHOV_E_DATA, "line 2, column innbyggere", "above 0");
    refuse("municipality_code,y\n301,1\n", BEHOV_E_TYPE, "test.csv", "municipality_code");
}

/* Names are no key: there are two of Våler. */
static void two_municipalities_may_share_a_name(void **state)
{
    (void)state;
    behov_panel panel;
    behov_table *table;
    assert_int_equal(identify("municipality_code,municipality,year\n\"0137\",\"Våler\",2013\n\"0426\",\"Våler\",2013\n",
                              &panel, &table, NULL),
                     BEHOV_OK);
    behov_table_free(table);
    refuse("municipality,year\n\"Våler\",2013\n\"Våler\",2014\n\"Våler\",2013\n", BEHOV_E_DATA, "test.csv, line 4",
           "several municipalities have one name");
    assert_int_equal(identify("municipality,year\n\"Våler\",2013\n.,2013\n.,2013\n", &panel, &table, NULL), BEHOV_OK);
    assert_int_equal(behov_panel_key(&panel), 0);
    behov_table_free(table);
}

/* A crash of `check --year municipality_code`: the codes were read as numbers and asked for their texts. */
static void a_column_has_one_role(void **state)
{
    (void)state;
    behov_table *table = table_of_text("municipality_code,year\n\"0301\",2013\n");
    const char *names[BEHOV_N_ROLES] = {[BEHOV_ROLE_YEAR] = "municipality_code"};
    behov_panel panel;
    behov_error err;
    assert_int_equal(behov_panel_find(table, names, &panel, &err), BEHOV_E_TYPE);
    assert_contains(err.what, "both municipality_code and year");
    behov_table_free(table);
}

static void a_named_column_has_the_roles_name_everywhere(void **state)
{
    (void)state;
    behov_table *table = table_of_text("municipality_code,year,accounting_year\n\"0301\",2013,2012\n");
    const char *names[BEHOV_N_ROLES] = {[BEHOV_ROLE_YEAR] = "accounting_year"};
    behov_panel panel;
    behov_error err;
    assert_int_equal(behov_panel_find(table, names, &panel, &err), BEHOV_OK);
    assert_int_equal(behov_panel_year(&panel, 0), 2012);
    assert_int_equal(behov_table_find(table, "year"), 2);
    behov_table_free(table);
}

static void estimated_on_is_0_or_1(void **state)
{
    (void)state;
    refuse("municipality_code,estimated_on\n\"0301\",1\n\"0101\",0\n\"0104\",2\n", BEHOV_E_DATA,
           "line 4, column estimated_on", "1 (the row is estimated on) or 0");
    refuse("municipality_code,estimated_on\n\"0301\",0.5\n", BEHOV_E_DATA, "line 2", "or 0");
    refuse("municipality_code,estimated_on\n\"0301\",\n", BEHOV_E_DATA, "line 2", "or 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_have_roles),
        cmocka_unit_test(norwegian_columns_answer_to_english_names),
        cmocka_unit_test(a_plain_table_is_fine),
        cmocka_unit_test(the_user_names_columns),
        cmocka_unit_test(english_names_win),
        cmocka_unit_test(wrong_values_are_named),
        cmocka_unit_test(two_municipalities_may_share_a_name),
        cmocka_unit_test(a_column_has_one_role),
        cmocka_unit_test(a_named_column_has_the_roles_name_everywhere),
        cmocka_unit_test(estimated_on_is_0_or_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
