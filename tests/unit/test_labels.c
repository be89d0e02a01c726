/* test_labels.c - the table of words: sorted, complete in both languages, nothing twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "labels.h"
#include "words.h"

static void the_table_is_sorted_and_holds_nothing_twice(void **state)
{
    (void)state;
    for (size_t i = 1; i < n_words_entries; i++)
        if (strcmp(words_entries[i - 1].key, words_entries[i].key) >= 0)
            fail_msg("\"%s\" stands before \"%s\"", words_entries[i - 1].key, words_entries[i].key);
}

/* The conversions of a printf format and Excel's &P and &N, in order. */
static void placeholders(const char *text, char *found, size_t size)
{
    size_t n = 0;
    for (; *text && n + 8 < size; text++) {
        if (*text == '&' && (text[1] == 'P' || text[1] == 'N')) {
            found[n++] = '&';
            found[n++] = *++text;
        } else if (*text == '%' && text[1] == '%') {
            text++;
        } else if (*text == '%' && text[1] && strchr("sdiuzlc.*0123456789", text[1])) {
            size_t length = strspn(text + 1, "zl.*0123456789") + 2;
            for (size_t i = 0; i < length && n + 1 < size; i++)
                found[n++] = text[i];
        }
    }
    found[n] = '\0';
}

static void both_languages_say_something(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_words_entries; i++) {
        char found[2][64];
        for (int lang = 0; lang < 2; lang++) {
            const char *words = words_entries[i].words[lang];
            if (!words || !words[0] || words[0] == ' ' || words[strlen(words) - 1] == ' ' || strstr(words, "  "))
                fail_msg("\"%s\" has no clean text in language %d", words_entries[i].key, lang);
            placeholders(words, found[lang], sizeof found[lang]);
        }
        if (strcmp(found[0], found[1]) != 0)
            fail_msg("\"%s\" has other placeholders in Norwegian (%s) than in English (%s)", words_entries[i].key, found[0],
                     found[1]);
    }
}

static void names_of_sheets_fit_excel(void **state)
{
    (void)state;
    static const char *const sheets[] = {"sheet_about", "sheet_regression", "sheet_ratios", "sheet_municipalities",
                                         "sheet_data"};
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++)
        for (int lang = 0; lang < 2; lang++) {
            const char *name = label((language)lang, sheets[i]);
            assert_true(label_exists(sheets[i]));
            assert_true(strlen(name) <= 31);
            assert_null(strpbrk(name, "[]:*?/\\' "));
        }
}

static void unknown_keys_stand_for_themselves(void **state)
{
    (void)state;
    assert_string_equal(label(LANGUAGE_NB, "my_own_column"), "my_own_column");
    assert_false(label_exists("my_own_column"));
    assert_false(label_exists(""));
    assert_string_equal(label(LANGUAGE_NB, "need"), "Beregnet utgiftsbehov (per innbygger)");
    assert_string_equal(label(LANGUAGE_EN, "need"), "Expenditure need (per inhabitant)");
    assert_string_equal(label(LANGUAGE_NB, words_entries[0].key), words_entries[0].words[0]);
    assert_string_equal(label(LANGUAGE_EN, words_entries[n_words_entries - 1].key), words_entries[n_words_entries - 1].words[1]);
    assert_int_equal(label_decimal_mark(LANGUAGE_NB), ',');
    assert_int_equal(label_decimal_mark(LANGUAGE_EN), '.');
    assert_string_equal(label_group_mark(LANGUAGE_NB), "\xC2\xA0");
}

/* Wherever the room ends, a whole character ends there, and no shorter than it must. A key without words is its own. */
static void texts_are_cut_between_characters(void **state)
{
    (void)state;
    static const char *const value = "a\u00F8\U0001F600\u20AC", whole[] = "\u00E6 a\u00F8\U0001F600\u20AC \u00E5";
    for (size_t size = 1; size <= sizeof whole; size++) {
        char text[sizeof whole];
        size_t length = label_fill(LANGUAGE_NB, "\u00E6 {n} \u00E5", text, size, "n", value, NULL);
        assert_int_equal(length, strlen(text));
        assert_memory_equal(text, whole, length);
        assert_true((whole[length] & 0xC0) != 0x80);
        size_t next = length + 1; /* the character after it would not have fitted */
        while (next < sizeof whole && (whole[next] & 0xC0) == 0x80)
            next++;
        assert_true(length == sizeof whole - 1 || next >= size);
        assert_int_equal(label_clip(whole, size - 1), (int)length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_sorted_and_holds_nothing_twice),
        cmocka_unit_test(both_languages_say_something),
        cmocka_unit_test(names_of_sheets_fit_excel),
        cmocka_unit_test(unknown_keys_stand_for_themselves),
        cmocka_unit_test(texts_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
