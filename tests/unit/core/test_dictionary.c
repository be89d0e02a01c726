/* test_dictionary.c - codes in order of first appearance, found again through every growth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "dictionary_parts.h"

static int32_t intern(behov_dictionary *dictionary, const char *text)
{
    int32_t code = -7;
    assert_int_equal(behov_dictionary_intern(dictionary, text, strlen(text), &code, NULL), BEHOV_OK);
    return code;
}

static void codes_follow_first_appearance(void **state)
{
    (void)state;
    behov_dictionary *dictionary = NULL;
    assert_int_equal(behov_dictionary_new(&dictionary, NULL), BEHOV_OK);
    assert_int_equal(behov_dictionary_count(dictionary), 0);
    assert_int_equal(behov_dictionary_find(dictionary, "x", 1), -1);
    assert_int_equal(intern(dictionary, "Våler"), 0);
    assert_int_equal(intern(dictionary, "Os"), 1);
    assert_int_equal(intern(dictionary, "Våler"), 0);
    assert_int_equal(intern(dictionary, ""), 2);
    assert_int_equal(intern(dictionary, "O"), 3);                      /* a beginning is another text */
    assert_int_equal(intern(dictionary, "os"), 4);                     /* and so is another case */
    assert_int_equal(behov_dictionary_find(dictionary, "Osen", 2), 1); /* the length counts, not a zero */
    assert_int_equal(behov_dictionary_find(dictionary, "Osen", 4), -1);
    assert_int_equal(behov_dictionary_find(dictionary, "", 0), 2);
    assert_string_equal(behov_dictionary_text(dictionary, 0), "Våler");
    assert_string_equal(behov_dictionary_text(dictionary, 2), "");
    assert_int_equal(behov_dictionary_count(dictionary), 5);
    behov_dictionary_free(dictionary);
    behov_dictionary_free(NULL);
}

/* FNV-1a gives both the same 32 bits, and one is the beginning of the other. */
static void texts_of_one_hash_are_two(void **state)
{
    (void)state;
    behov_dictionary *dictionary = NULL;
    assert_int_equal(behov_dictionary_new(&dictionary, NULL), BEHOV_OK);
    assert_int_equal(intern(dictionary, "Oscshummq"), 0);
    assert_int_equal(intern(dictionary, "Os"), 1);
    assert_int_equal(behov_dictionary_find(dictionary, "Oscshummq", 9), 0);
    assert_int_equal(behov_dictionary_find(dictionary, "Os", 2), 1);
    behov_dictionary_free(dictionary);
}

/* A column of a table is looked up and may grow once more: in the room it has, and beyond. */
static void settled_dictionaries_grow_again(void **state)
{
    (void)state;
    for (size_t n_before = 0; n_before <= 200; n_before++) {
        behov_dictionary *dictionary = NULL;
        char text[40];
        assert_int_equal(behov_dictionary_new(&dictionary, NULL), BEHOV_OK);
        for (size_t i = 0; i < n_before; i++) {
            snprintf(text, sizeof text, "municipality %zu", i);
            assert_int_equal(intern(dictionary, text), i);
        }
        const char *first = n_before ? behov_dictionary_text(dictionary, 0) : NULL;
        for (size_t times = 0; times < 2; times++) {
            dictionary_settle(dictionary);
            for (size_t i = 0; i < n_before; i++) {
                snprintf(text, sizeof text, "municipality %zu", i);
                assert_int_equal(behov_dictionary_find(dictionary, text, strlen(text)), i);
                assert_int_equal(intern(dictionary, text), i);
            }
            assert_int_equal(behov_dictionary_find(dictionary, "municipality", strlen("municipality")), -1);
        }
        assert_true(!first || behov_dictionary_text(dictionary, 0) == first);
        for (size_t i = n_before; i < 2 * n_before + 3; i++) {
            snprintf(text, sizeof text, "municipality %zu", i);
            assert_int_equal(intern(dictionary, text), i);
        }
        for (size_t i = 0; i < 2 * n_before + 3; i++) {
            snprintf(text, sizeof text, "municipality %zu", i);
            assert_int_equal(behov_dictionary_find(dictionary, text, strlen(text)), i);
            assert_string_equal(behov_dictionary_text(dictionary, (int32_t)i), text);
        }
        behov_dictionary_free(dictionary);
    }
}

static void twenty_thousand_texts(void **state)
{
    (void)state;
    behov_dictionary *dictionary = NULL;
    assert_int_equal(behov_dictionary_new(&dictionary, NULL), BEHOV_OK);
    char text[3000];
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "%04d", i);
        assert_int_equal(intern(dictionary, text), i);
    }
    memset(text, 'a', sizeof text - 1); /* longer than all room so far would double to in one step */
    text[sizeof text - 1] = '\0';
    assert_int_equal(intern(dictionary, text), 20000);
    assert_string_equal(behov_dictionary_text(dictionary, 20000), text);
    for (int i = 19999; i >= 0; i--) {
        snprintf(text, sizeof text, "%04d", i);
        assert_int_equal(behov_dictionary_find(dictionary, text, strlen(text)), i);
        assert_string_equal(behov_dictionary_text(dictionary, i), text);
        assert_int_equal(intern(dictionary, text), i);
    }
    assert_int_equal(behov_dictionary_count(dictionary), 20001);
    behov_dictionary_free(dictionary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_follow_first_appearance),
        cmocka_unit_test(texts_of_one_hash_are_two),
        cmocka_unit_test(settled_dictionaries_grow_again),
        cmocka_unit_test(twenty_thousand_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
