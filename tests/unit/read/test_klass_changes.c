/* test_klass_changes.c - lists of KLASS against the bundled history: what is known is looked at, what comes after is added, what is
 * unclear is refused. */
#include "read_municipality_history.h"

#include "klass_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "histories.h"

static char notices[4096];

static void take_notice(void *context, const char *message)
{
    (void)context;
    char english[2048];
    behov_phrase_english(message, sizeof english, english);
    size_t length = strlen(notices);
    snprintf(notices + length, sizeof notices - length, "%s\n", english);
}

static behov_status read_text(const char *text, behov_municipality_history **history, behov_error *err)
{
    char path[] = "/tmp/behov-klass-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    notices[0] = '\0';
    behov_notice notice = {take_notice, NULL};
    behov_status status = read_municipality_history(path, &notice, history, err);
    unlink(path);
    return status;
}

static void check_refused(const char *text, const char *what)
{
    behov_municipality_history *history = NULL;
    behov_error err = {.what = ""};
    char sentence[1200];
    assert_int_not_equal(read_text(text, &history, &err), BEHOV_OK);
    behov_phrase_english(err.what, sizeof sentence, sentence);
    if (!strstr(sentence, what))
        fail_msg("%s", sentence);
}

#define CHANGE(old_code, new_code, name, date)                                                                         \
    "{\"oldCode\":" old_code ",\"oldName\":\"x\",\"oldShortName\":\"\",\"newCode\":" new_code ",\"newName\":\"" name   \
    "\",\"newShortName\":\"\",\"changeOccurred\":\"" date "\"}"

static void changes_ahead_are_added_in_the_order_of_their_dates(void **state)
{
    (void)state;
    behov_municipality_history *history = NULL;
    assert_int_equal(read_text("{\"codeChanges\":[" CHANGE("\"0302\"", "\"0303\"", "Oslo", "2030-01-01") "," CHANGE(
                                   "\"3002\"", "\"3103\"", "Moss",
                                   "2024-01-01") "," CHANGE("\"0301\"", "\"0302\"", "Oslo",
                                                            "2028-01-01") "," CHANGE("\"3103\"", "\"0302\"", "Oslo",
                                                                                     "2028-01-01") "]}",
                               &history, NULL),
                     BEHOV_OK);
    check_chain(history, "0104", 2016, 2028, "0302");
    check_chain(history, "0303", 2030, 2024, "0301 3103");
    assert_non_null(strstr(notices, "new changes: 3; changes that were known and agree: 1"));
    behov_municipality_history_free(history);
}

static void the_same_as_delimited_text_and_as_two_years(void **state)
{
    (void)state;
    behov_municipality_history *history = NULL;
    assert_int_equal(read_text("oldCode;oldName;oldShortName;newCode;newName;newShortName;changeOccurred\r\n"
                               "0301;Oslo - Oslove;;0302;Oslo;;2028-01-01\r\n",
                               &history, NULL),
                     BEHOV_OK);
    check_chain(history, "0301", 2024, 2028, "0302");
    behov_municipality_history_free(history);
    /* Codes of two years, in any order of columns; those that keep code and name are no change, but for one that others
     * join. */
    assert_int_equal(
        read_text("\"kommunenummer_2026\";\"kommunenavn_2026\";\"kommunenummer_2025\";\"kommunenavn_2025\"\r\n"
                  "\"0301\";\"Oslo\";\"0301\";\"Oslo\"\r\n\"0301\";\"Oslo\";\"3103\";\"Moss\"\r\n"
                  "\"1103\";\"Stavanger\";\"1103\";\"Stavanger\"\r\n",
                  &history, NULL),
        BEHOV_OK);
    check_chain(history, "0301", 2026, 2024, "0301 3103");
    check_chain(history, "1103", 2026, 2024, "1103");
    assert_non_null(strstr(notices, "new changes: 2;"));
    behov_municipality_history_free(history);
}

static void what_is_unclear_is_refused(void **state)
{
    (void)state;
    check_refused("{\"codeChanges\":[" CHANGE("\"3001\"", "\"3103\"", "Moss", "2024-01-01") "]}", "it went into: 3101");
    check_refused("{\"codeChanges\":[" CHANGE("\"9876\"", "\"3103\"", "Moss", "2024-01-01") "]}", "9876");
    check_refused("{\"codeChanges\":[" CHANGE("\"0301\"", "null", "", "2028-01-01") "]}", "without a word of which");
    check_refused("{\"codeChanges\":[" CHANGE("\"0301\"", "\"0302\"", "Oslo", "2028") "]}", "2028");
    check_refused("{\"codeChanges\":[" CHANGE("\"0301\"", "\"0302\"", "Oslo", "2028-13-01") "]}", "2028-13-01");
    check_refused("{\"codeChanges\":[" CHANGE("\"30\"", "\"31\"", "Viken", "2028-01-01") "]}", "no municipality code");
    check_refused("kommunenummer_2024;kommunenavn_2024;kommunenummer_2028;kommunenavn_2028\n0301;Oslo;0302;Oslo\n",
                  "between 1 January 2024 and 1 January 2028");
    check_refused("kommunenummer_2020;kommunenummer_2024;kommunenummer_2025\n0301;0301;0302\n", "neither changes");
    check_refused("{\"codes\":[{\"code\":\"0301\",\"name\":\"Oslo\"}]}", "does not say when");
    check_refused("{\"correspondenceItems\":[{\"sourceCode\":\"0301\",\"targetCode\":\"0302\"}]}", "does not say when");
}

static void headers_of_klass_are_known(void **state)
{
    (void)state;
#define IS_IT(text) klass_text_is_it(text, sizeof text - 1)
    assert_true(IS_IT("\"code\";\"parentCode\";\"level\";\"name\"\r\n"));
    assert_true(IS_IT("\xEF\xBB\xBFoldCode,oldName,newCode,newName\n"));
    assert_true(IS_IT("sourceCode;sourceName;targetCode;targetName"));
    assert_true(IS_IT("\"kommunenummer_2013\";\"kommunenavn_2013\";\"kommunenummer_2017\"\r\n\"0101\""));
    assert_false(IS_IT("code;year;value\n"));
    assert_false(IS_IT("kommunenummer_2013;value\n"));
    assert_false(IS_IT(""));
#undef IS_IT
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_ahead_are_added_in_the_order_of_their_dates),
        cmocka_unit_test(the_same_as_delimited_text_and_as_two_years),
        cmocka_unit_test(what_is_unclear_is_refused),
        cmocka_unit_test(headers_of_klass_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
