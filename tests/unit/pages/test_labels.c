/* test_labels.c - the table of words: sorted, complete in both languages, nothing twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include <behov/labels.h>
#include "letters.h"
#include "word_table.h"

static void the_table_is_sorted_and_holds_nothing_twice(void **state)
{
    (void)state;
    for (size_t i = 2; i < BEHOV_N_WORDS; i++)
        if (strcmp(behov_word_table[i - 1].key, behov_word_table[i].key) >= 0)
            fail_msg("\"%s\" stands before \"%s\"", behov_word_table[i - 1].key, behov_word_table[i].key);
}

/* A text of a page; messages and help have rules of their own. */
static bool is_of_page(const behov_word_entry *entry)
{
    return !entry->is_message && strncmp(entry->key, "help_", strlen("help_")) != 0;
}

/* The conversions of a printf format and Excel's &P and &N, in order. */
static void placeholders(const char *text, char *match, size_t size)
{
    size_t n = 0;
    for (; *text && n + 8 < size; text++) {
        if (*text == '&' && (text[1] == 'P' || text[1] == 'N')) {
            match[n++] = '&';
            match[n++] = *++text;
        } else if (*text == '%' && text[1] == '%') {
            text++;
        } else if (*text == '%' && text[1] == '.' && !(text[2] && strchr("*0123456789", text[2]))) {
            continue; /* per cent at the end of a sentence */
        } else if (*text == '%' && text[1] && strchr("sdiuzlc.*0123456789", text[1])) {
            size_t length = strspn(text + 1, "zl.*0123456789") + 2;
            for (size_t i = 0; i < length && n + 1 < size; i++)
                match[n++] = text[i];
        }
    }
    match[n] = '\0';
}

static void both_languages_say_something(void **state)
{
    (void)state;
    for (size_t i = 1; i < BEHOV_N_WORDS; i++) {
        char match[2][64];
        for (int lang = 0; lang < 2; lang++) {
            const char *words = behov_word_table[i].texts[lang];
            if (!is_of_page(&behov_word_table[i]))
                continue;
            if (!words || !words[0] || words[0] == ' ' || words[strlen(words) - 1] == ' ' || strstr(words, "  "))
                fail_msg("\"%s\" has no clean text in language %d", behov_word_table[i].key, lang);
            placeholders(words, match[lang], sizeof match[lang]);
        }
        if (is_of_page(&behov_word_table[i]) && strcmp(match[0], match[1]) != 0)
            fail_msg("\"%s\" has other placeholders in Norwegian (%s) than in English (%s)", behov_word_table[i].key,
                     match[0], match[1]);
    }
}

static void names_of_sheets_fit_excel(void **state)
{
    (void)state;
    static const behov_word sheets[] = {BEHOV_WORD_SHEET_ABOUT, BEHOV_WORD_SHEET_REGRESSION, BEHOV_WORD_SHEET_RATIOS,
                                        BEHOV_WORD_SHEET_MUNICIPALITIES, BEHOV_WORD_SHEET_DATA};
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++)
        for (int lang = 0; lang < 2; lang++) {
            const char *name = behov_label((behov_language)lang, sheets[i]);
            assert_true(strlen(name) <= 31);
            assert_null(strpbrk(name, "[]:*?/\\' "));
        }
}

static void unknown_keys_stand_for_themselves(void **state)
{
    (void)state;
    assert_string_equal(behov_label_of_key(BEHOV_LANGUAGE_NB, "my_own_column"), "my_own_column");
    assert_int_equal(behov_word_find("my_own_column"), BEHOV_NO_WORD);
    assert_int_equal(behov_word_find(""), BEHOV_NO_WORD);
    assert_string_equal(behov_label(BEHOV_LANGUAGE_NB, BEHOV_NO_WORD), "");
    assert_string_equal(behov_label(BEHOV_LANGUAGE_NB, BEHOV_WORD_NEED), "Beregnet utgiftsbehov (per innbygger)");
    assert_string_equal(behov_label(BEHOV_LANGUAGE_EN, BEHOV_WORD_NEED), "Expenditure need (per inhabitant)");
    for (behov_word word = (behov_word)1; word < BEHOV_N_WORDS; word++)
        assert_int_equal(behov_word_find(behov_word_key(word)), word);
    assert_int_equal(behov_label_decimal_mark(BEHOV_LANGUAGE_NB), ',');
    assert_int_equal(behov_label_decimal_mark(BEHOV_LANGUAGE_EN), '.');
    assert_string_equal(behov_label_group_mark(BEHOV_LANGUAGE_NB), "\xC2\xA0");
}

/* Wherever the room ends, a whole character ends there, and no shorter than it must. */
static void a_count_of_one_has_its_word(void **state)
{
    (void)state;
    assert_int_equal(behov_word_by_count(BEHOV_WORD_COUNT_ROWS, 1), BEHOV_WORD_COUNT_ROWS_ONE);
    assert_int_equal(behov_word_by_count(BEHOV_WORD_COUNT_ROWS, 0), BEHOV_WORD_COUNT_ROWS);
    assert_int_equal(behov_word_by_count(BEHOV_WORD_COUNT_ROWS, 21), BEHOV_WORD_COUNT_ROWS);
    assert_int_equal(behov_word_by_count(BEHOV_WORD_MUNICIPALITY, 1), BEHOV_WORD_MUNICIPALITY);
    assert_int_equal(behov_word_by_count(BEHOV_NO_WORD, 1), BEHOV_NO_WORD);
}

static void texts_are_cut_between_characters(void **state)
{
    (void)state;
    static const char *const value = "a\u00F8\U0001F600\u20AC", whole[] = "Gjelder: a\u00F8\U0001F600\u20AC.";
    for (size_t size = 1; size <= sizeof whole; size++) {
        char text[sizeof whole];
        size_t length = behov_label_fill(BEHOV_LANGUAGE_NB, BEHOV_WORD_AUDIT_ABOUT, text, size, "list", value, NULL);
        assert_int_equal(length, strlen(text));
        assert_memory_equal(text, whole, length);
        assert_true((whole[length] & 0xC0) != 0x80);
        size_t next = length + 1; /* the character after it would not have fitted */
        while (next < sizeof whole && (whole[next] & 0xC0) == 0x80)
            next++;
        assert_true(length == sizeof whole - 1 || next >= size);
        assert_int_equal(behov_letters_clip(whole, size - 1), (int)length);
    }
}

/* ---- the language editor's rules for every text: numbers, units, tone -------------------------------------------- */

enum { MOST_FAULTS = 200 };

/* How many of `words` stand in a text, told with the key; `but` are texts in which the word may stand. */
static size_t told(const char *key, const char *text, const char *const *words, const char *const *but)
{
    size_t n = 0;
    for (; *words; words++) {
        bool is_allowed = false;
        for (size_t i = 0; but && but[i]; i++)
            is_allowed = is_allowed || (strstr(text, but[i]) && strstr(but[i], *words));
        if (strstr(text, *words) && !is_allowed) {
            print_error("%s says \"%s\": %s\n", key, *words, text);
            n++;
        }
    }
    return n;
}

static bool ends_a_number(const char *text, const char *cursor)
{
    return cursor > text && (cursor[-1] == '}' || (cursor[-1] >= '0' && cursor[-1] <= '9'));
}

/* "90 %" has a no-break space in Norwegian and none in English; no minus is a hyphen; no thousands part at a break. */
static size_t wrong_marks(const char *key, const char *text, bool is_english)
{
    size_t n = 0;
    for (const char *cursor = text; (cursor = strchr(cursor, '%')); cursor++) {
        bool is_close = ends_a_number(text, cursor),
             is_apart = cursor > text + 1 && cursor[-2] == '\xC2' && cursor[-1] == '\xA0',
             is_loose = cursor > text && cursor[-1] == ' ';
        n += (is_english ? is_apart || is_loose : is_close || is_loose) &&
             (print_error("%s: the blank before %%: %s\n", key, text), true);
    }
    for (const char *cursor = text; (cursor = strchr(cursor, '-')); cursor++)
        n += cursor[1] >= '0' && cursor[1] <= '9' &&
             (cursor == text || cursor[-1] == ' ' || cursor[-1] == '(' || cursor[-1] == '\xA0') &&
             (print_error("%s: a hyphen for a minus: %s\n", key, text), true);
    for (const char *cursor = text; (cursor = strpbrk(cursor, " ,")); cursor++)
        n += ends_a_number(text, cursor) && cursor[-1] != '}' && strspn(cursor + 1, "0123456789") == 3 &&
             (print_error("%s: thousands at a blank that breaks or a comma: %s\n", key, text), true);
    for (const char *cursor = text; (cursor = strstr(cursor, " kr")); cursor++)
        n += ends_a_number(text, cursor) && !(cursor[3] >= 'a' && cursor[3] <= 'z') &&
             (print_error("%s: a blank that breaks before kr: %s\n", key, text), true);
    return n;
}

static void every_text_keeps_the_rules(void **state)
{
    (void)state;
    static const char *const
        norwegian[] = {"% intervall",    "prosent intervall", "pst.",      "snitt",     "trekninger",    "frø ",
                       "folketall",      "sammenlikn",        "normniv",   "regressor", "satt til side", "klynging",
                       "bruker for mye", "for lite",          "sløs",      "burde",     "måtte",         "innspar",
                       "virkning",       "tilsier",           "er bevist", NULL},
        *const norwegian_but[] = {"gjennomsnitt",
                                  "Gjennomsnitt",
                                  "Grunnlag snitt",
                                  "population, folketall",
                                  "ikke et mål for innsparing",
                                  NULL},
        *const english[] = {
            "expected need", "Expected need", "predicted only", "Predicted only", "set aside",  "clusters of ",
            "Clusters of ",  "regressor",     "Regressor",      "fall away",      "falls away", "not real data",
            "spends too",    "should have",   "wasteful",       "hang on",        "parted by",  NULL};
    size_t n = 0;
    for (size_t i = 1; i < BEHOV_N_WORDS && n < MOST_FAULTS; i++) {
        const behov_word_entry *entry = &behov_word_table[i];
        if (!is_of_page(entry))
            continue;
        n += wrong_marks(entry->key, entry->texts[BEHOV_LANGUAGE_NB], false);
        n += wrong_marks(entry->key, entry->texts[BEHOV_LANGUAGE_EN], true);
        n += told(entry->key, entry->texts[BEHOV_LANGUAGE_NB], norwegian, norwegian_but);
        n += told(entry->key, entry->texts[BEHOV_LANGUAGE_EN], english, NULL);
    }
    assert_int_equal(n, 0);
}

/* A panel that is not the country is not called so: every text that says it has another beside it, which does not. */
static void the_country_has_words_for_a_file(void **state)
{
    (void)state;
    static const char *const norwegian[] = {"landet", "Landet", "landets", "Landets", "landsgjenn", "Landsgjenn", NULL},
                             *const english[] = {"country", "Country", "national", "National", NULL},
                             *const but[] = {"landet eller en sum", "the country or a sum", NULL};
    for (size_t i = 1; i < BEHOV_N_WORDS; i++) {
        const char *key = behov_word_table[i].key;
        behov_word word = (behov_word)i;
        if (strstr(key, "@file") || !is_of_page(&behov_word_table[i]))
            continue;
        assert_int_equal(told(key, behov_label(BEHOV_LANGUAGE_NB_OF_FILE, word), norwegian, but), 0);
        assert_int_equal(told(key, behov_label(BEHOV_LANGUAGE_EN_OF_FILE, word), english, but), 0);
    }
    assert_string_equal(behov_label(BEHOV_LANGUAGE_NB, BEHOV_WORD_WORD_THE_COUNTRY), "landet");
    assert_string_equal(behov_label(BEHOV_LANGUAGE_NB_OF_FILE, BEHOV_WORD_WORD_THE_COUNTRY), "kommunene i beregningen");
    assert_string_equal(behov_label(BEHOV_LANGUAGE_EN_OF_FILE, BEHOV_WORD_RATIO),
                        behov_label(BEHOV_LANGUAGE_EN, BEHOV_WORD_RATIO));
    assert_int_equal(behov_label_decimal_mark(BEHOV_LANGUAGE_EN_OF_FILE), '.');
    assert_int_equal(behov_label_decimal_mark(BEHOV_LANGUAGE_NB_OF_FILE), ',');
    assert_int_equal(behov_language_alone(behov_language_of_file(BEHOV_LANGUAGE_EN)), BEHOV_LANGUAGE_EN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_sorted_and_holds_nothing_twice),
        cmocka_unit_test(both_languages_say_something),
        cmocka_unit_test(names_of_sheets_fit_excel),
        cmocka_unit_test(unknown_keys_stand_for_themselves),
        cmocka_unit_test(a_count_of_one_has_its_word),
        cmocka_unit_test(texts_are_cut_between_characters),
        cmocka_unit_test(every_text_keeps_the_rules),
        cmocka_unit_test(the_country_has_words_for_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
