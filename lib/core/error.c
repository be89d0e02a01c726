/* error.c - filling the caller's error: where, and one sentence. */
#include <behov/error.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* ---- text that is shown --------------------------------------------------------------------------------------------
 */

static const char ellipsis[] = "\u2026", replacement[] = "\uFFFD";

/* Marks that no eye sees and that turn, join or hide what stands beside them, or that make two names look like one
 * (U+200B, U+2060 to U+2064, tags). U+200C and U+200D, without which some scripts cannot be written, stay. */
static bool is_unseen(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x61C || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF ||
           code == 0x180E || code == 0x200B || (code >= 0x2060 && code <= 0x2064) ||
           (code >= 0x206A && code <= 0x206F) || (code >= 0xFFF9 && code <= 0xFFFB) ||
           (code >= 0xE0000 && code <= 0xE007F);
}

/* Whether a letter follows: then the bytes before it are of another encoding, and were not cut. */
static bool goes_on(unsigned char next)
{
    return (next >= '0' && next <= '9') || (next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z') || next >= 0x80;
}

size_t behov_letter(const char *text, behov_shown_letter *letter)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *cursor = (const unsigned char *)text;
    *letter = (behov_shown_letter){.code = cursor[0], .bytes = text, .n_bytes = 1};
    if (cursor[0] == 0)
        return 0;
    size_t length = cursor[0] < 0x80                         ? 1
                    : cursor[0] >= 0xF0 && cursor[0] <= 0xF4 ? 4
                    : cursor[0] >= 0xE0 && cursor[0] <= 0xEF ? 3
                    : cursor[0] >= 0xC2 && cursor[0] <= 0xDF ? 2
                                                             : 0;
    uint32_t code = length < 2 ? cursor[0] : cursor[0] & (0x7Fu >> length);
    size_t n = 1;
    while (n < length && (cursor[n] & 0xC0) == 0x80)
        code = code << 6 | (cursor[n++] & 0x3Fu);
    bool is_whole = length && n == length,
         is_code = is_whole && code >= smallest[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF),
         is_letter = is_code && (code & 0xFFFE) != 0xFFFE && (code < 0xFDD0 || code > 0xFDEF); /* else no character */
    if (is_letter && (code == '\t' || code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029))
        *letter = (behov_shown_letter){.code = ' ', .bytes = " ", .n_bytes = 1};
    else if (is_letter && !is_unseen(code))
        *letter = (behov_shown_letter){.code = code, .bytes = text, .n_bytes = length};
    else if (length && !is_whole && !goes_on(cursor[n]))
        *letter = (behov_shown_letter){.code = 0x2026, .bytes = ellipsis, .n_bytes = 3, .is_cut = true};
    else
        *letter = (behov_shown_letter){.code = 0xFFFD, .bytes = replacement, .n_bytes = 3};
    return is_code || letter->is_cut ? n : 1;
}

size_t behov_show(const char *text, size_t most, char *shown_text)
{
    const size_t room = sizeof ellipsis - 1;
    size_t length = 0, fits = 0; /* bytes that leave room for the ellipsis */
    behov_shown_letter letter;
    for (size_t n; (n = behov_letter(text, &letter)) > 0; text += n) {
        if (length + letter.n_bytes > most) {
            memcpy(shown_text + fits, ellipsis, most >= room ? room : 0);
            length = fits + (most >= room ? room : 0);
            break;
        }
        memcpy(shown_text + length, letter.bytes, letter.n_bytes);
        length += letter.n_bytes;
        if (length + room <= most)
            fits = length;
    }
    shown_text[length] = '\0';
    return length;
}

behov_excerpt behov_cut(const char *text, size_t most)
{
    behov_excerpt excerpt;
    if (text && strchr(text, 0x02)) { /* a phrase is no user's text, and is not cut */
        behov_phrase_copy(text, sizeof excerpt.text, excerpt.text);
        return excerpt;
    }
    behov_show(text ? text : "", most < sizeof excerpt.text ? most : sizeof excerpt.text - 1, excerpt.text);
    return excerpt;
}

/* ---- errors --------------------------------------------------------------------------------------------------------
 */

/* The sentence may be made from the error's own texts, so an error is built aside. */
enum { SENTENCE = sizeof((behov_error *)0)->what };

static void set_where(const char *where, behov_error *err)
{
    char english[sizeof err->where];
    behov_phrase_english(where ? where : "", sizeof english, english);
    behov_show(english, sizeof err->where - 1, err->where);
    behov_phrase_copy(where ? where : "", sizeof err->place, err->place);
}

behov_status behov_error_say_list(behov_error *err, behov_status code, const char *where, behov_word word,
                                  const char *format, va_list arguments)
{
    if (!err)
        return code;
    behov_error error = {.code = code, .sentence = word};
    char english[SENTENCE];
    set_where(where, &error);
    behov_phrase_pack(format, arguments, sizeof error.values, error.values, sizeof english, english);
    behov_show(english, sizeof error.what - 1, error.what);
    if (!word)
        behov_phrase_copy(english, sizeof error.values, error.values);
    *err = error;
    return code;
}

behov_status behov_error_say(behov_error *err, behov_status code, const char *where, behov_word word,
                             const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(err, code, where, word, format, arguments);
    va_end(arguments);
    return code;
}

behov_status behov_error_set(behov_error *err, behov_status code, const char *where, const char *format, ...)
{
    if (!err)
        return code;
    behov_error error = {.code = code};
    char english[SENTENCE], text[4 * sizeof error.values];
    set_where(where, &error);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    behov_phrase_copy(text, sizeof error.values, error.values);
    behov_phrase_english(text, sizeof english, english);
    behov_show(english, sizeof error.what - 1, error.what);
    *err = error;
    return code;
}

behov_status behov_error_forward(behov_error *err, behov_status code, const char *where, const behov_error *inner)
{
    if (!err)
        return code;
    behov_error error = *inner;
    error.code = code;
    set_where(where, &error);
    *err = error;
    return code;
}

behov_said behov_error_phrase(const behov_error *err)
{
    if (err->sentence)
        return behov_phrase_whole(err->sentence, err->what, err->values);
    behov_said said;
    behov_phrase_copy(err->values[0] ? err->values : err->what, sizeof said.text, said.text);
    return said;
}

const char *behov_status_name(behov_status code)
{
    switch (code) {
    case BEHOV_OK: return "OK";
    case BEHOV_E_MEMORY: return "E_MEMORY";
    case BEHOV_E_ARGUMENT: return "E_ARGUMENT";
    case BEHOV_E_SYNTAX: return "E_SYNTAX";
    case BEHOV_E_NAME: return "E_NAME";
    case BEHOV_E_TYPE: return "E_TYPE";
    case BEHOV_E_DATA: return "E_DATA";
    case BEHOV_E_RANK: return "E_RANK";
    case BEHOV_E_TOO_FEW: return "E_TOO_FEW";
    case BEHOV_E_RANGE: return "E_RANGE";
    case BEHOV_E_FILE: return "E_FILE";
    }
    return "unknown status";
}

const char *behov_version(void)
{
    return BEHOV_VERSION;
}
