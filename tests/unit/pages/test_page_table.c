/* test_page_table.c - the day of a moment: every day that a page may bear, against the C library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

#include "page_table.h"

static void every_day_of_the_calendar(void **state)
{
    (void)state;
    const long long a_day = 86400, last = 253402300799;
    for (long long seconds = 1; seconds <= last; seconds += a_day) {
        char text[16], known_text[16];
        time_t moment = (time_t)seconds;
        struct tm parts;
        assert_non_null(gmtime_r(&moment, &parts));
        assert_int_equal(strftime(known_text, sizeof known_text, "%Y-%m-%d", &parts), 10);
        behov_page_date(seconds, text);
        assert_string_equal(text, known_text);
    }
}

static void what_is_no_day(void **state)
{
    (void)state;
    char text[16];
    behov_page_date(0, text);
    assert_string_equal(text, "");
    behov_page_date(-1, text);
    assert_string_equal(text, "");
    behov_page_date(253402300800, text);
    assert_string_equal(text, "");
    behov_page_date(86399, text);
    assert_string_equal(text, "1970-01-01");
    behov_page_date(253402300799, text);
    assert_string_equal(text, "9999-12-31");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_day_of_the_calendar), cmocka_unit_test(what_is_no_day)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
