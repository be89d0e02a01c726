/* test_json_build.c - no key is lost: neither to a failing allocation inside jansson nor to bytes that are no UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failing_malloc.h"
#include "json_build.h"
#include "write_json.h"

static json_t *build(void)
{
    json_t *object = json_object(), *list = json_array(), *inner = json_object();
    json_put(object, "text", json_text("blåbær"));
    json_put(object, "none", json_text(NULL));
    json_put(object, "figure", json_figure(0.1));
    json_put(object, "not_a_figure", json_figure(NAN));
    for (size_t i = 0; i < 40; i++)
        json_add(list, json_count(i));
    for (char key[] = "a"; key[0] <= 'z'; key[0]++)
        json_put(inner, key, json_count((size_t)key[0]));
    json_put(object, "list", list);
    json_put(object, "inner", inner);
    json_put(object, "b\xF8y", json_text("\xE6\xF8 og \xE5"));
    return object;
}

static void each_failing_allocation_is_told_or_does_no_harm(void **state)
{
    (void)state;
    json_t *object = build();
    assert_true(json_build_is_whole());
    char *whole = json_dumps(object, JSON_PRESERVE_ORDER);
    json_decref(object);
    assert_non_null(whole);
    size_t n = 1, n_told = 0;
    for (bool was_reached = true; was_reached; n++) {
        failing_malloc_start(n);
        object = build();
        was_reached = failing_malloc_stop();
        bool is_told = !json_build_is_whole() || !object;
        n_told += is_told;
        if (is_told) {
            assert_true(was_reached);
        } else {
            char *text = json_dumps(object, JSON_PRESERVE_ORDER);
            assert_string_equal(text, whole);
            free(text);
        }
        json_decref(object);
    }
    print_message("%lu allocations, %lu told\n", (unsigned long)n - 2, (unsigned long)n_told);
    assert_true(n_told > 100);
    free(whole);
}

static void the_file_stays_when_the_tree_or_its_text_is_not_whole(void **state)
{
    (void)state;
    char path[] = "/tmp/behov-json-XXXXXX";
    behov_error err;
    close(mkstemp(path));
    behov_status status = BEHOV_E_MEMORY;
    bool was_reached = true;
    size_t n = 1;
    for (; was_reached; n++) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs("old", file);
        fclose(file);
        failing_malloc_start(n);
        status = write_json_object(path, build(), &err);
        was_reached = failing_malloc_stop();
        char got[4000] = "";
        file = fopen(path, "r");
        assert_non_null(file);
        got[fread(got, 1, sizeof got - 1, file)] = '\0';
        fclose(file);
        if (status) {
            assert_int_equal(status, BEHOV_E_MEMORY);
            assert_string_equal(got, "old");
        } else {
            assert_true(strlen(got) > 600 && strcmp(got + strlen(got) - 2, "}\n") == 0);
        }
    }
    assert_int_equal(status, BEHOV_OK);
    assert_true(n > 117);
    unlink(path);
}

static void odd_bytes_are_seen_and_the_key_stays(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *text;
    } cases[] = {
        {"plain", "plain"},
        {"\xE6", "\xEF\xBF\xBD"},
        {"K\xE5re 1", "K\xEF\xBF\xBDre 1"},
        {"\xC0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD"},                 /* a zero in two bytes */
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* half a pair of UTF-16 */
        {"\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"cut \xE2\x82", "cut \xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
        {"\xE0\xA0\x80\xED\x9F\xBF", "\xE0\xA0\x80\xED\x9F\xBF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *object = json_object();
        json_put(object, cases[i].bytes, json_text(cases[i].bytes));
        assert_true(json_build_is_whole());
        assert_string_equal(json_string_value(json_object_get(object, cases[i].text)), cases[i].text);
        json_decref(object);
    }
    json_t *object = json_object();
    json_put(object, "\xE6", json_null());
    json_put(object, "\xF8", json_null()); /* would be the same key */
    assert_false(json_build_is_whole());
    json_decref(object);
    json_put(NULL, "key", json_null());
    assert_false(json_build_is_whole());
    json_add(NULL, json_null());
    assert_false(json_build_is_whole());
    assert_true(json_build_is_whole());
}

int main(void)
{
    failing_malloc_with_jansson();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_failing_allocation_is_told_or_does_no_harm),
        cmocka_unit_test(the_file_stays_when_the_tree_or_its_text_is_not_whole),
        cmocka_unit_test(odd_bytes_are_seen_and_the_key_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
