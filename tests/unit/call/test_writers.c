/* test_writers.c - the table of writers: by the ending of a name, and the lists that messages and help take from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "writers.h"

static void by_ending(void **state)
{
    (void)state;
    assert_string_equal(writer_find("a.xlsx", HOLDS_TABLES)->ending, ".xlsx");
    assert_string_equal(writer_find("folder.csv/A.HTM", HOLDS_PAGE)->ending, ".htm");
    assert_null(writer_find("folder.csv/a", HOLDS_TABLES));
    assert_null(writer_find("a", HOLDS_TABLES));
    assert_null(writer_find("a.xls", HOLDS_TABLES));
    assert_null(writer_find("a.svg", HOLDS_TABLES)); /* it holds no tables */
    assert_null(writer_find("a.csv", HOLDS_PICTURE));
    assert_int_equal(writer_find("a.b.svg", HOLDS_PICTURE)->holds, HOLDS_PICTURE);
}

static void lists(void **state)
{
    (void)state;
    static const struct {
        unsigned holds;
        const char *rows, *list;
    } cases[] = {
        {HOLDS_SHEETS, NULL, "F.xlsx"},
        {HOLDS_PAGE, NULL, "F.html, F.docx, F.tex, F.md and F.txt"}, /* .htm is the same as .html */
        {HOLDS_SHEETS | HOLDS_ROWS, "a line each", "F.xlsx and F.csv (a line each)"},
        {0, NULL, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *list = writer_list(cases[i].holds, "F", "and", cases[i].rows);
        assert_non_null(list);
        assert_string_equal(list, cases[i].list);
        free(list);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_ending), cmocka_unit_test(lists)};
    return cmocka_run_group_tests_name("writers", tests, NULL, NULL);
}
