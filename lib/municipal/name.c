/* name.c - names of municipalities as users write them. libunistring folds case and composes accents in every script;
 * what is no UTF-8 is compared byte for byte. */
#include "name.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

char *behov_name_fold(const char *text, size_t length)
{
    size_t plain = 0;
    while (plain < length && (unsigned char)text[plain] < 0x80)
        plain++;
    const uint8_t *bytes = (const uint8_t *)text;
    if (plain < length && !u8_check(bytes, length)) {
        size_t n_folded = 0;
        uint8_t *folded_positions = u8_casefold(bytes, length, NULL, UNINORM_NFC, NULL, &n_folded);
        char *copy = folded_positions ? malloc(n_folded + 1) : NULL;
        if (copy) {
            memcpy(copy, folded_positions, n_folded);
            copy[n_folded] = '\0';
        }
        free(folded_positions);
        return copy;
    }
    char *copy = malloc(length + 1);
    if (!copy)
        return NULL;
    for (size_t i = 0; i < length; i++)
        copy[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
    copy[length] = '\0';
    return copy;
}

/* Bytes of what parts two languages of a name: " - ", " – ", "/" with or without blanks; 0 for anything else. */
static size_t parting(const char *cursor)
{
    static const char *const marks[] = {" - ", " \u2013 ", " / ", "/"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(cursor, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

/* Bytes of the first of the parts that a text is made of, and what follows it and its mark; NULL behind the last. */
static size_t first_part(const char *text, const char **rest)
{
    size_t length = 0, n_mark = 0;
    while (text[length] && !(n_mark = parting(text + length)))
        length++;
    *rest = text[length] ? text + length + n_mark : NULL;
    return length;
}

static bool is_same(const char *a, size_t n_a, const char *b, size_t n_b)
{
    return n_a > 0 && n_a == n_b && memcmp(a, b, n_a) == 0;
}

/* Whether a text is a name's whole, or that without its brackets, or one of its parts. */
static bool is_part(const char *name, const char *text, size_t length)
{
    const char *bracket = strstr(name, " (");
    if (is_same(name, strlen(name), text, length) || (bracket && is_same(name, (size_t)(bracket - name), text, length)))
        return true;
    for (const char *part = name, *rest; part; part = rest) {
        size_t n_part = first_part(part, &rest);
        if (is_same(part, n_part, text, length))
            return true;
    }
    return false;
}

bool behov_name_is_meant(const char *folded_name, const char *folded_text)
{
    if (is_part(folded_name, folded_text, strlen(folded_text)))
        return true;
    for (const char *part = folded_text, *rest; part; part = rest) {
        size_t n_part = first_part(part, &rest);
        if (is_part(folded_name, part, n_part))
            return true;
    }
    return false;
}

size_t behov_name_common_start(const char *a, const char *b)
{
    size_t n = 0, letters = 0;
    while (a[n] && a[n] == b[n])
        n++;
    while (n > 0 && ((unsigned char)a[n] & 0xC0) == 0x80) /* letters that differ share no bytes */
        n--;
    for (size_t i = 0; i < n; i++)
        letters += ((unsigned char)a[i] & 0xC0) != 0x80;
    return letters;
}

/* Bytes of a blank of any width or a line break, 0 for anything else. */
static size_t blank_at(const char *cursor)
{
    if (strchr(" \t\n\r", *cursor))
        return *cursor != '\0';
    if (strncmp(cursor, "\u00a0", 2) == 0)
        return 2;
    bool is_wide = strncmp(cursor, "\xE2\x80", 2) == 0 &&
                   (((unsigned char)cursor[2] >= 0x80 && (unsigned char)cursor[2] <= 0x8B) || cursor[2] == '\xAF');
    return is_wide ? 3 : 0;
}

/* One blank between words, none around them. */
static void join_blanks(char *text)
{
    char *end = text;
    for (const char *cursor = text; *cursor;) {
        size_t n = blank_at(cursor);
        if (n == 0)
            *end++ = *cursor++;
        else if (end > text && end[-1] != ' ')
            *end++ = ' ';
        cursor += n;
    }
    end -= end > text && end[-1] == ' ';
    *end = '\0';
}

bool behov_name_is_label(const char *a, size_t n_a, const char *b, size_t n_b)
{
    char *folded_a = behov_name_fold(a, n_a), *folded_b = behov_name_fold(b, n_b);
    bool is_one = false;
    if (folded_a && folded_b) {
        join_blanks(folded_a);
        join_blanks(folded_b);
        is_one = folded_a[0] && strcmp(folded_a, folded_b) == 0;
    }
    free(folded_a);
    free(folded_b);
    return is_one;
}
