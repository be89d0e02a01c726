/* test_phrase.c - sentences before they have a language: values are kept, cut visibly, and said in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <behov/error_sentence.h>

static void assert_said(const behov_error *err, behov_language lang, const char *want)
{
    behov_wording text = {0};
    behov_error_sentence(err, lang, &text);
    assert_string_equal(behov_wording_text(&text), want);
    behov_wording_free(&text);
}

static void a_value_is_cut_where_its_precision_says(void **state)
{
    (void)state;
    behov_error err;
    assert_int_equal(behov_error_say(&err, BEHOV_E_SYNTAX, "m.ini", SAY_MODEL_FILE_KEY_UNKNOWN, 3, "titel = x"),
                     BEHOV_E_SYNTAX);
    assert_said(&err, BEHOV_LANGUAGE_EN,
                "m.ini: [model] tit is not known; there are title, formula, cluster, exclude, outcome_unit, population "
                "and source");
}

static void an_error_is_said_in_both_languages(void **state)
{
    (void)state;
    behov_error err;
    behov_said where = behov_phrase(SAY_INI_WHERE_LINE, "m.ini", 12ul);
    assert_int_equal(behov_error_say(&err, BEHOV_E_NAME, where.text, SAY_PANEL_NO_COLUMN_NEAREST, "pop", "population"),
                     BEHOV_E_NAME);
    assert_string_equal(err.where, "m.ini, line 12");
    assert_string_equal(err.what, "no column is called \"pop\"; did you mean \"population\"?");
    assert_said(&err, BEHOV_LANGUAGE_EN, "m.ini, line 12: no column is called \"pop\"; did you mean \"population\"?");
    assert_said(&err, BEHOV_LANGUAGE_NB, "m.ini, linje 12: ingen kolonne heter «pop»; mente du «population»?");
    behov_error other = {0};
    behov_error_forward(&other, BEHOV_E_DATA, "b.csv", &err);
    assert_int_equal(other.code, BEHOV_E_DATA);
    assert_said(&other, BEHOV_LANGUAGE_NB, "b.csv: ingen kolonne heter «pop»; mente du «population»?");
}

/* A phrase stands within text, within another phrase, and behind behov_cut. */
static void phrases_stand_in_each_other(void **state)
{
    (void)state;
    behov_error err;
    behov_error_say(&err, BEHOV_E_MEMORY, "", SAY_MEMORY_NOT_ENOUGH, behov_cut(PHRASE_MEMORY_FOR_CLUSTERS, 10).text);
    assert_string_equal(err.what, "not enough memory for clusters");
    behov_said inner = behov_error_phrase(&err);
    behov_error_set(&err, BEHOV_E_DATA, "", "a; %s; b", inner.text);
    assert_string_equal(err.what, "a; not enough memory for clusters; b");
    assert_said(&err, BEHOV_LANGUAGE_NB,
                "a; ikke nok minne til klyngene; lukk andre programmer eller bruk færre rader; b");
}

/* Marks of phrases in a user's text are no phrases; a text that is cut says so; numbers are those of printf. */
static void texts_of_users_are_values(void **state)
{
    (void)state;
    behov_error err;
    behov_error_say(&err, BEHOV_E_DATA, "", SAY_MESSAGE, "a\x1F\x02z\x03");
    assert_said(&err, BEHOV_LANGUAGE_NB, "a\uFFFD\uFFFDz\uFFFD");
    behov_error_say(&err, BEHOV_E_DATA, "", SAY_TOKEN_UNKNOWN_CHARACTER, "é", 0xE9ul);
    assert_non_null(strstr(err.what, "(U+00E9)"));
    char many[4000];
    memset(many, 'x', sizeof many - 1);
    many[sizeof many - 1] = '\0';
    behov_error_say(&err, BEHOV_E_DATA, many, SAY_MESSAGE, many);
    assert_string_equal(err.what + strlen(err.what) - 3, "…");
    assert_string_equal(err.values + strlen(err.values) - 3, "…");
    behov_said whole = behov_phrase(SAY_MESSAGE_OF_PLACE, many, many);
    behov_phrase_parts parts;
    assert_true(behov_phrase_begins(whole.text, &parts));
    assert_int_equal(parts.word, BEHOV_WORD_MESSAGE_OF_PLACE);
    assert_false(behov_phrase_begins("\002"
                                     "12",
                                     &parts));
    assert_false(behov_phrase_begins("\002x\037y\003", &parts));
    assert_true(behov_phrase_begins("\002"
                                    "99999999\037y\003",
                                    &parts));
    assert_int_equal(parts.word, BEHOV_NO_WORD);
}

/* However long the texts in it are, a sentence stands whole, in either language, also as a part of others. */
static void long_texts_are_cut_and_not_the_sentence(void **state)
{
    (void)state;
    static char names[3][5001];
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 5000; j += 2)
            memcpy(names[i] + j, "\u00E6", 2);
    behov_error err, other;
    for (int depth = 0; depth < 3; depth++) {
        behov_said text = behov_phrase(SAY_PANEL_NO_COLUMN_NEAREST, names[0], names[1]);
        behov_said where = behov_phrase(SAY_INI_WHERE_LINE, names[0], 12ul);
        for (int i = 0; i < depth; i++)
            text = behov_phrase(SAY_MESSAGE_OF_PLACE, i ? text.text : names[1], i ? names[2] : text.text);
        behov_error_say(&err, BEHOV_E_NAME, where.text, SAY_MESSAGE, text.text);
        behov_error_forward(&other, BEHOV_E_NAME, where.text, &err);
        for (int lang = 0; lang < 2; lang++) {
            static const char *const parts[][4] = {{"heter «æ", "…»; mente du «æ", "…»?", ", linje 12: "},
                                                   {"is called \"æ", "…\"; did you mean \"æ", "…\"?", ", line 12: "}};
            behov_language language = lang ? BEHOV_LANGUAGE_EN : BEHOV_LANGUAGE_NB;
            behov_wording said = {0};
            behov_error_sentence(&other, language, &said);
            for (size_t i = 0; i < 4; i++)
                assert_non_null(strstr(behov_wording_text(&said), parts[lang][i]));
            assert_null(strstr(behov_wording_text(&said), parts[!lang][0]));
            assert_null(strchr(behov_wording_text(&said), 0x02));
            behov_wording_free(&said);
        }
        assert_non_null(strstr(err.what, "\"; did you mean \""));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_is_said_in_both_languages),
        cmocka_unit_test(a_value_is_cut_where_its_precision_says),
        cmocka_unit_test(phrases_stand_in_each_other),
        cmocka_unit_test(texts_of_users_are_values),
        cmocka_unit_test(long_texts_are_cut_and_not_the_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
