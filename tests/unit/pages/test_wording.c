/* test_wording.c - a text that grows is whole, whatever its length and its letters, and is what behov_label_fill makes
 * of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <behov/labels.h>
#include <behov/wording.h>

static void a_name_of_any_length_is_whole(void **state)
{
    (void)state;
    enum { LETTERS = 3000 };
    char name[2 * LETTERS + 1];
    for (size_t i = 0; i < LETTERS; i++)
        memcpy(name + 2 * i, i % 2 ? "\u00e5" : "\u00f8", 2);
    name[2 * LETTERS] = '\0';
    behov_wording words = {0};
    behov_wording_fill(&words, BEHOV_LANGUAGE_NB, BEHOV_WORD_REASON_EXCLUDED, "subject", name, NULL);
    assert_int_equal(strlen("utelatt fordi ") + 2 * LETTERS, words.length);
    assert_int_equal(words.length, strlen(behov_wording_text(&words)));
    assert_string_equal(name, behov_wording_text(&words) + strlen("utelatt fordi "));
    assert_int_equal(0, behov_wording_status(&words, NULL));
    behov_wording_free(&words);
}

static void it_says_what_a_fixed_text_says(void **state)
{
    (void)state;
    char text[400];
    behov_wording words = {0};
    behov_label_fill(BEHOV_LANGUAGE_EN, BEHOV_WORD_ROWS_WITH_REASON, text, sizeof text, "n", "12", "why", "gone", NULL);
    behov_wording_fill(&words, BEHOV_LANGUAGE_EN, BEHOV_WORD_ROWS_WITH_REASON, "n", "12", "why", "gone", NULL);
    assert_string_equal(text, behov_wording_text(&words));
    behov_wording_clear(&words);
    assert_string_equal("", behov_wording_text(&words));
    behov_wording_add_after(&words, ", ", "a");
    behov_wording_add_after(&words, ", ", "b");
    assert_string_equal("a, b", behov_wording_text(&words));
    behov_wording_free(&words);
    assert_string_equal("", behov_wording_text(&words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_of_any_length_is_whole),
        cmocka_unit_test(it_says_what_a_fixed_text_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
