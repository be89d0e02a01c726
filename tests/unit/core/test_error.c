/* test_error.c - sentences of any length and bytes: whole letters, an ellipsis, nothing that a terminal obeys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <behov/error.h>

static void shown_as(const char *text, size_t most, const char *want)
{
    char shown_text[64];
    memset(shown_text, '#', sizeof shown_text);
    size_t length = behov_show(text, most, shown_text);
    assert_string_equal(shown_text, want);
    assert_int_equal(length, strlen(want));
    assert_true(length <= most);
}

static void letters_are_cut_whole_with_an_ellipsis(void **state)
{
    (void)state;
    shown_as("Våler", 6, "Våler");
    shown_as("Våler", 5, "V…");     /* "Vå…" is six bytes */
    shown_as("Våler i", 7, "Vål…"); /* four bytes and three */
    shown_as("Kárášjohka", 11, "Káráš…");
    shown_as("ååå", 4, "…");
    shown_as("ååå", 2, "");
    shown_as("", 0, "");
    shown_as("abc", 3, "abc");
}

static void what_a_terminal_obeys_is_replaced(void **state)
{
    (void)state;
    shown_as("a\033[31mb", 40, "a\xEF\xBF\xBD[31mb");
    shown_as("a\tb\r\nc", 40, "a b  c");
    shown_as("\xC2\x9B"
             "1m\x7F",
             40,
             "\xEF\xBF\xBD"
             "1m\xEF\xBF\xBD"); /* C1's own CSI, DEL */
    static const char *const unseen[] = {"\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D",
                                         "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF"};
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
        shown_as(unseen[i], 40, "\xEF\xBF\xBD");
    shown_as("\u2028\u2029", 40, "  ");
    shown_as("\u00A0Øk\u2013\u2212", 40, "\u00A0Øk\u2013\u2212"); /* these are letters */
}

static void bytes_of_another_encoding_are_not_taken_for_a_cut(void **state)
{
    (void)state;
    shown_as("V\xE5ler", 40, "V\xEF\xBF\xBDler");
    shown_as("M\xF8re og B\xE6rum", 40, "M\xEF\xBF\xBDre og B\xEF\xBF\xBDrum");
    shown_as("\xED\xA0\x80", 40, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); /* a surrogate */
    shown_as("Kár\xC3\"", 40, "Kár…\"");                                  /* printf's %.5s */
}

static void an_error_ends_whole(void **state)
{
    (void)state;
    char name[1500];
    for (size_t i = 0; i + 2 < sizeof name; i += 2)
        memcpy(name + i, "ø", 3);
    for (size_t shift = 0; shift < 2; shift++) { /* the cut falls on either byte of a letter */
        behov_error err;
        assert_int_equal(behov_error_set(&err, BEHOV_E_DATA, name + 2 * shift, "%s%s", shift ? "x" : "", name),
                         BEHOV_E_DATA);
        assert_string_equal(err.what + strlen(err.what) - 5, "ø…");
        assert_string_equal(err.where + strlen(err.where) - 5, "ø…");
        assert_true(strlen(err.what) > sizeof err.what - sizeof err.what / 8);
    }
    behov_error err;
    behov_error_set(&err, BEHOV_E_DATA, "panel\033.csv", "\"%s\" is no year\n", behov_cut("to\033[2Jtusen", 9).text);
    assert_string_equal(err.where, "panel\xEF\xBF\xBD.csv");
    assert_string_equal(err.what, "\"to\xEF\xBF\xBD[…\" is no year ");
    assert_string_equal(behov_cut(NULL, 10).text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_cut_whole_with_an_ellipsis), cmocka_unit_test(what_a_terminal_obeys_is_replaced),
        cmocka_unit_test(bytes_of_another_encoding_are_not_taken_for_a_cut), cmocka_unit_test(an_error_ends_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
