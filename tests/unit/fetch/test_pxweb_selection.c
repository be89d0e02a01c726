/* test_pxweb_selection.c - selections as codes, against metadata of both versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "pxweb_selection.h"

/* Positions out of order, as real answers have them; only one value of ContentsCode. */
static const char metadata[] =
    "{\"version\":\"2.0\",\"class\":\"dataset\",\"label\":\"T\",\"updated\":\"2026-06-15T06:00:00Z\","
    "\"role\":{\"time\":[\"Tid\"]},\"id\":[\"Region\",\"Kjonn\",\"ContentsCode\",\"Tid\"],\"size\":[5,2,1,4],"
    "\"dimension\":{"
    "\"Region\":{\"label\":\"region\",\"category\":{\"index\":{\"K-3101\":4,\"0\":0,\"0101\":1,\"0301\":3,\"0104\":2},"
    "\"label\":{\"0\":\"Hele landet\",\"0101\":\"Halden\",\"0104\":\"Moss\",\"0301\":\"Oslo\",\"K-3101\":\"Halden\"}},"
    "\"extension\":{\"elimination\":false}},"
    "\"Kjonn\":{\"label\":\"kjonn\",\"category\":{\"index\":[\"1\",\"2\"],\"label\":{\"1\":\"Menn\",\"2\":\"Kvinner\"}}"
    ","
    "\"extension\":{\"elimination\":true}},"
    "\"ContentsCode\":{\"label\":\"c\",\"category\":{\"index\":{\"Personer1\":0},\"label\":{\"Personer1\":\"P\"}}},"
    "\"Tid\":{\"label\":\"t\",\"category\":{\"index\":{\"2020\":0,\"2021\":1,\"2022\":2,\"2023\":3}},"
    "\"extension\":{\"elimination\":false}}},\"value\":[]}";

static const char variables[] =
    "{\"title\":\"T\",\"variables\":["
    "{\"code\":\"Region\",\"text\":\"region\",\"values\":[\"0101\",\"0104\"],\"valueTexts\":[\"Halden\",\"Moss\"]},"
    "{\"code\":\"Tid\",\"text\":\"t\",\"values\":[\"2020K3\",\"2020K4\",\"2021K1\"],\"time\":true}]}";

static size_t n_heard;

static void hear(void *context, const char *message)
{
    (void)context;
    (void)message;
    n_heard++;
}

static const behov_notice notice = {hear, NULL};

static void open_table(const char *text, pxweb_table *table)
{
    behov_error err = {0};
    assert_int_equal(pxweb_table_read(json_loads(text, 0, NULL), "t", table, &err), BEHOV_OK);
}

/* The codes of one variable for a list of expressions, joined by blanks; or the status. */
static behov_status expand(const char *text, const char *variable, const char *list, char *codes, behov_error *err)
{
    pxweb_table table;
    pxweb_selection selection = {0};
    size_t n, n_choices = 0;
    open_table(text, &table);
    char **expressions = pxweb_expressions(list, &n);
    fetch_choice choices[3] = {{variable, NULL, (const char *const *)expressions, NULL, n}};
    static const char *const whole[] = {"*"};
    n_choices = 1;
    for (const char *const *name = (const char *const[]){"Region", "Tid", NULL}; *name; name++)
        if (!pxweb_is_same_code(*name, variable))
            choices[n_choices++] = (fetch_choice){*name, NULL, whole, NULL, 1};
    behov_status status = pxweb_select(&table, choices, n_choices, "t", &notice, &selection, err);
    codes[0] = '\0';
    for (size_t i = 0; i < selection.n && !status; i++)
        if (pxweb_is_same_code(selection.variables[i].variable->code, variable))
            for (size_t j = 0; j < selection.variables[i].n; j++)
                strcat(strcat(codes, j ? " " : ""), selection.variables[i].codes[j]);
    pxweb_selection_free(&selection);
    pxweb_table_free(&table);
    free(expressions);
    return status;
}

#define assert_codes(text, variable, list, want)                                                                       \
    do {                                                                                                               \
        char codes[400];                                                                                               \
        behov_error err = {0};                                                                                         \
        assert_int_equal(expand(text, variable, list, codes, &err), BEHOV_OK);                                         \
        assert_string_equal(codes, want);                                                                              \
    } while (0)

#define assert_refused(text, variable, list, status, words)                                                            \
    do {                                                                                                               \
        char codes[400];                                                                                               \
        behov_error err = {0};                                                                                         \
        assert_int_equal(expand(text, variable, list, codes, &err), status);                                           \
        assert_non_null(strstr(err.what, words));                                                                      \
    } while (0)

static void test_masks(void **state)
{
    (void)state;
    assert_codes(metadata, "Region", "*", "0 0101 0104 0301 K-3101");
    assert_codes(metadata, "Region", "0?0?", "0101 0104 0301");
    assert_codes(metadata, "Region", "K-*", "K-3101");
    assert_codes(metadata, "Region", "*1", "0101 0301 K-3101");
    assert_codes(metadata, "region", "0104, 0101", "0101 0104");    /* in the table's order */
    assert_codes(metadata, "Region", "0101,0101,01*", "0101 0104"); /* none twice: the server answers that with 500 */
    assert_codes(metadata, "Region", "k-3101", "K-3101");
    assert_refused(metadata, "Region", "9*", BEHOV_E_NAME, "fits no value");
    assert_refused(metadata, "Region", "K-3102", BEHOV_E_NAME, "Did you mean \"K-3101\"");
}

static void test_functions(void **state)
{
    (void)state;
    assert_codes(metadata, "Tid", "top(2)", "2022 2023"); /* of time the latest */
    assert_codes(metadata, "Tid", "top(2,1)", "2021 2022");
    assert_codes(metadata, "Tid", "bottom(1)", "2020");
    assert_codes(metadata, "Region", "top(2)", "0 0101");
    assert_codes(metadata, "Region", "bottom(2)", "0301 K-3101");
    assert_codes(metadata, "Tid", "from(2022)", "2022 2023");
    assert_codes(metadata, "Tid", "to(2021)", "2020 2021");
    assert_codes(metadata, "Tid", "[range(2021,2022)]", "2021 2022"); /* brackets as an address needs them */
    assert_codes(metadata, "Region", "range(0101, 0301)", "0101 0104 0301");
    assert_codes(metadata, "Tid", "TOP(99)", "2020 2021 2022 2023");
    assert_refused(metadata, "Tid", "top(0)", BEHOV_E_ARGUMENT, "is not understood");
    assert_refused(metadata, "Tid", "top(-1)", BEHOV_E_ARGUMENT, "is not understood");
    assert_refused(metadata, "Tid", "range(2021)", BEHOV_E_ARGUMENT, "is not understood");
    assert_refused(metadata, "Region", "from(0999)", BEHOV_E_NAME, "has no value \"0999\"");
}

/* A year that the table does not have yet is told, not refused; none at all is refused. */
static void test_time(void **state)
{
    (void)state;
    n_heard = 0;
    assert_codes(metadata, "Tid", "range(2021,2022)", "2021 2022");
    assert_int_equal(n_heard, 0);
    assert_codes(metadata, "Tid", "range(2022,2026)", "2022 2023");
    assert_int_equal(n_heard, 1);
    assert_refused(metadata, "Tid", "range(2030,2031)", BEHOV_E_NAME, "fits no value");
    assert_codes(variables, "Tid", "to(2020)", "2020K3 2020K4");
    assert_codes(variables, "Tid", "range(2020K4,2021)", "2020K4 2021K1");
    assert_codes(variables, "Tid", "top(1)", "2021K1");
}

static void test_mandatory(void **state)
{
    (void)state;
    pxweb_table table;
    pxweb_selection selection;
    behov_error err = {0};
    static const char *const year[] = {"2020"};
    static const char *const whole[] = {"*"};
    fetch_choice choices[] = {
        {"Tid", NULL, year, NULL, 1}, {"Region", NULL, whole, NULL, 1}, {"tid", NULL, year, NULL, 1}};
    open_table(metadata, &table);
    /* Region is named with its values; Kjonn may be left out, ContentsCode has one value alone. */
    assert_int_equal(pxweb_select(&table, choices, 1, "t", NULL, &selection, &err), BEHOV_E_ARGUMENT);
    assert_non_null(strstr(err.what, "Region (0 Hele landet, 0101 Halden"));
    assert_null(strstr(err.what, "Kjonn"));
    assert_null(strstr(err.what, "ContentsCode"));
    pxweb_selection_free(&selection);
    assert_int_equal(pxweb_select(&table, choices, 2, "t", NULL, &selection, &err), BEHOV_OK);
    assert_int_equal(selection.n, 3);
    assert_string_equal(selection.variables[1].codes[0], "Personer1");
    pxweb_selection_free(&selection);
    assert_int_equal(pxweb_select(&table, choices, 3, "t", NULL, &selection, &err), BEHOV_E_ARGUMENT);
    assert_non_null(strstr(err.what, "chosen twice"));
    pxweb_selection_free(&selection);
    choices[1].variable = "Fylke";
    assert_int_equal(pxweb_select(&table, choices, 2, "t", NULL, &selection, &err), BEHOV_E_NAME);
    assert_non_null(strstr(err.what, "Region, Kjonn, ContentsCode, Tid"));
    pxweb_selection_free(&selection);
    pxweb_table_free(&table);
}

/* Version 0 does not list the codes of an aggregation: they are sent as they are written, a mask is refused. */
static void test_aggregation(void **state)
{
    (void)state;
    pxweb_table table;
    pxweb_selection selection;
    behov_error err = {0};
    static const char *const codes[] = {"K-3103", "K-3101", "K-3103"}, *const mask[] = {"K-*"}, *const whole[] = {"*"};
    fetch_choice choices[] = {{"Region", "agg:KommSummer", codes, NULL, 3}, {"Tid", NULL, whole, NULL, 1}};
    open_table(variables, &table);
    assert_int_equal(pxweb_select(&table, choices, 2, "t", NULL, &selection, &err), BEHOV_OK);
    assert_int_equal(selection.variables[0].n, 2);
    assert_string_equal(selection.variables[0].codes[0], "K-3103");
    pxweb_selection_free(&selection);
    choices[0].expressions = mask;
    choices[0].n_expressions = 1;
    assert_int_equal(pxweb_select(&table, choices, 2, "t", NULL, &selection, &err), BEHOV_E_ARGUMENT);
    assert_non_null(strstr(err.what, "each code must be written"));
    pxweb_selection_free(&selection);
    pxweb_table_free(&table);
}

/* An expression in parentheses of a recipe may match nothing. */
static void test_optional(void **state)
{
    (void)state;
    pxweb_table table;
    pxweb_selection selection;
    behov_error err = {0};
    static const char *const codes[] = {"0101", "0999"}, *const whole[] = {"*"};
    static const bool is_optional[] = {false, true};
    fetch_choice choices[] = {{"Region", NULL, codes, is_optional, 2}, {"Tid", NULL, whole, NULL, 1}};
    open_table(variables, &table);
    assert_int_equal(pxweb_select(&table, choices, 2, "t", NULL, &selection, &err), BEHOV_OK);
    assert_int_equal(selection.variables[0].n, 1);
    pxweb_selection_free(&selection);
    pxweb_table_free(&table);
}

/* Metadata that are none. */
static void test_no_metadata(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{}",
        "[]",
        "{\"id\":[\"A\"]}",
        "{\"id\":[\"A\"],\"size\":[2],\"dimension\":{}}",
        "{\"variables\":[{}]}",
        "{\"id\":[\"A\"],\"size\":[3],\"dimension\":{\"A\":{\"category\":{\"index\":[\"a\",\"b\"]}}}}",
        "{\"variables\":[{\"code\":\"A\",\"values\":[1]}]}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pxweb_table table;
        behov_error err = {0};
        assert_int_equal(pxweb_table_read(json_loads(texts[i], 0, NULL), "t", &table, &err), BEHOV_E_DATA);
        pxweb_table_free(&table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_masks),       cmocka_unit_test(test_functions),   cmocka_unit_test(test_time),
        cmocka_unit_test(test_mandatory),   cmocka_unit_test(test_aggregation), cmocka_unit_test(test_optional),
        cmocka_unit_test(test_no_metadata),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
