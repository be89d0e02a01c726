/* A large file is looked through in parts of 8 MiB, which may cut a character: the answer is that of one pass over all bytes,
 * and what is not said to be UTF-8 is so by that pass, too. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8_scan.h"

enum { PART = 1 << 23, LENGTH = 2 * PART + 1000 };

typedef struct text_file {
    FILE *file;
    char *bytes;
} text_file;

static bool is_utf8_in_one_pass(const char *bytes, size_t first, size_t length)
{
    utf8_scan scan = {.n_pending = 0};
    utf8_scan_block(&scan, (const unsigned char *)bytes + first, length - first, first);
    utf8_scan_end(&scan, length);
    return !scan.has_bad;
}

/* Puts some bytes at a place, asks of the whole, and takes them away again. */
static void check(text_file *text, size_t first, size_t place, const char *put, bool want)
{
    size_t n = strlen(put);
    memcpy(text->bytes + place, put, n);
    assert_int_equal(fseek(text->file, (long)place, SEEK_SET), 0);
    assert_int_equal(fwrite(text->bytes + place, 1, n, text->file), n);
    assert_int_equal(fflush(text->file), 0);
    assert_int_equal(is_utf8_in_one_pass(text->bytes, first, LENGTH), want);
    assert_int_equal(utf8_scan_large_file(fileno(text->file), first, LENGTH), want);
    memset(text->bytes + place, 'a', n);
    assert_int_equal(fseek(text->file, (long)place, SEEK_SET), 0);
    assert_int_equal(fwrite(text->bytes + place, 1, n, text->file), n);
    assert_int_equal(fflush(text->file), 0);
}

static void test_cut_characters(void **state)
{
    (void)state;
    text_file text = {tmpfile(), malloc(LENGTH)};
    assert_non_null(text.file);
    assert_non_null(text.bytes);
    memset(text.bytes, 'a', LENGTH);
    assert_int_equal(fwrite(text.bytes, 1, LENGTH, text.file), LENGTH);
    for (size_t first = 0; first <= 3; first += 3) { /* behind a byte order mark, too */
        size_t cut = first + PART;
        check(&text, first, 100, "plain", true);
        for (size_t before = 0; before <= 4; before++) {
            check(&text, first, cut - before, "\xC3\xB8", true);
            check(&text, first, cut - before, "\xE2\x82\xAC", true);
            check(&text, first, cut - before, "\xF0\x9F\x98\x80", true);
            check(&text, first, cut - before, "\xF0\x9F\x98\x80\xC3\xB8", true);
            check(&text, first, cut - before, "\xC3\xB8\xB8", false);         /* one byte too many */
            check(&text, first, cut - before, "\xE2\x82", false);             /* one too few */
            check(&text, first, cut - before, "\xB8", false);                 /* alone */
            check(&text, first, cut - before, "\xF0\x9F\x98\x80\x80", false); /* five */
            check(&text, first, cut - before, "\xED\xA0\x80", false);         /* half of a surrogate pair */
            check(&text, first, cut - before, "\xF8", false);                 /* Windows-1252's small o with a stroke */
        }
        check(&text, first, LENGTH - 2, "\xC3\xB8", true);
        check(&text, first, LENGTH - 1, "\xC3", false); /* the file ends within a character */
        check(&text, first, 3, "\xF8", false);
    }
    assert_false(utf8_scan_large_file(fileno(text.file), 0, LENGTH + 1)); /* longer than it is: it has changed */
    fclose(text.file);
    free(text.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cut_characters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
