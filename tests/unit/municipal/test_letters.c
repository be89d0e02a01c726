/* test_letters.c - texts cut at every length: whole letters, never more bytes than asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "letters.h"

static void no_letter_is_halved(void **state)
{
    (void)state;
    static const char text[] = "Vestv\u00e5g\u00f8y \u20ac \U0001F3D4 N\u00e6r\u00f8ysund";
    for (size_t most = 0; most <= sizeof text + 2; most++) {
        size_t n = (size_t)behov_letters_clip(text, most);
        assert_true(n <= most && n <= strlen(text));
        assert_true(((unsigned char)text[n] & 0xC0) != 0x80);
        assert_true(most < strlen(text) ? most - n < 4 : n == strlen(text));
    }
}

static void a_cell_is_one_short_line(void **state)
{
    (void)state;
    char shown_text[64];
    behov_letters_show_cell("12\t345\n\x7F", 8, shown_text);
    assert_string_equal(shown_text, "12 345  ");
    behov_letters_show_cell("", 0, shown_text);
    assert_string_equal(shown_text, "");
    /* 39 bytes and a letter of two: the letter would be halved by the fortieth byte */
    static const char text[] = "123456789012345678901234567890123456789\u00f8 and more";
    behov_letters_show_cell(text, sizeof text - 1, shown_text);
    assert_string_equal(shown_text, "123456789012345678901234567890123456789\u2026");
    behov_letters_show_cell(text, 10, shown_text); /* a part of a longer text */
    assert_string_equal(shown_text, "1234567890");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_letter_is_halved),
                                       cmocka_unit_test(a_cell_is_one_short_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
