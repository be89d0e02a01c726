/* json_build.c - see json_build.h. The failure is kept for the process: a verb builds one tree at a time, and a step
 * that failed in one that was given up can only make the next be refused, never pass for whole. */
#include "json_build.h"

#include <behov/error.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/error_sentence.h>
#include <behov/wording.h>

static bool has_failed;

bool json_build_is_whole(void)
{
    bool is_whole = !has_failed;
    has_failed = false;
    return is_whole;
}

/* Bytes of the UTF-8 letter that begins here; 0 when there is none (Unicode 15, table 3-7). */
static size_t letter_length(const unsigned char *bytes)
{
    unsigned char first = bytes[0], least = 0x80, most = 0xBF;
    if (first < 0x80)
        return 1;
    size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                    : first >= 0xE0 && first <= 0xEF ? 3
                    : first >= 0xF0 && first <= 0xF4 ? 4
                                                     : 0;
    if (first == 0xE0)
        least = 0xA0;
    else if (first == 0xED)
        most = 0x9F;
    else if (first == 0xF0)
        least = 0x90;
    else if (first == 0xF4)
        most = 0x8F;
    for (size_t i = 1; i < length; i++) {
        if (bytes[i] < least || bytes[i] > most)
            return 0;
        least = 0x80;
        most = 0xBF;
    }
    return length;
}

/* The text with U+FFFD for each byte that belongs to no letter; from malloc, NULL without memory. */
static char *repaired(const char *text)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    char *out = malloc(3 * strlen(text) + 1), *end = out;
    if (!out)
        return NULL;
    while (*text) {
        size_t length = letter_length((const unsigned char *)text);
        memcpy(end, length ? text : replacement, length ? length : 3);
        end += length ? length : 3;
        text += length ? length : 1;
    }
    *end = '\0';
    return out;
}

static bool is_utf8(const char *text)
{
    for (size_t length; *text; text += length)
        if (!(length = letter_length((const unsigned char *)text)))
            return false;
    return true;
}

void json_put(json_t *object, const char *key, json_t *value)
{
    if (is_utf8(key)) {
        if (json_object_set_new(object, key, value) != 0)
            has_failed = true;
        return;
    }
    char *clean = repaired(key);
    /* Two keys that differ in such bytes alone would be one. */
    if (clean && object && !json_object_get(object, clean)) {
        if (json_object_set_new(object, clean, value) != 0)
            has_failed = true;
    } else {
        json_decref(value);
        has_failed = true;
    }
    free(clean);
}

void json_add(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        has_failed = true;
}

json_t *json_text(const char *text)
{
    if (!text)
        return json_null();
    if (is_utf8(text))
        return json_string(text);
    char *clean = repaired(text);
    json_t *value = clean ? json_string(clean) : NULL;
    free(clean);
    return value;
}

json_t *json_said(behov_wording *words)
{
    json_t *value = words->has_no_memory ? NULL : json_text(behov_wording_text(words));
    behov_wording_free(words);
    return value;
}

json_t *json_figure(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *json_reason(const behov_error *why, behov_language lang)
{
    behov_wording words = {0};
    behov_error_what(why, lang, &words);
    return json_said(&words);
}

json_t *json_count(size_t value)
{
    return json_integer((json_int_t)value);
}

/* ---- printing ------------------------------------------------------------------------------------------------------
 */

typedef struct seen_dump {
    json_dump_callback_t callback;
    void *context;
} seen_dump;

/* The code of a mark that is not to be printed as it is, 0 for every other letter; text of valid UTF-8. */
static uint32_t hidden_code(const char *text, size_t length)
{
    char letter[5] = "";
    memcpy(letter, text, length);
    behov_shown_letter shown_letter;
    behov_letter(letter, &shown_letter);
    const unsigned char *cursor = (const unsigned char *)letter;
    uint32_t code = length == 1   ? cursor[0]
                    : length == 2 ? (cursor[0] & 0x1Fu) << 6 | (cursor[1] & 0x3Fu)
                    : length == 3 ? (cursor[0] & 0x0Fu) << 12 | (cursor[1] & 0x3Fu) << 6 | (cursor[2] & 0x3Fu)
                                  : (cursor[0] & 0x07u) << 18 | (cursor[1] & 0x3Fu) << 12 | (cursor[2] & 0x3Fu) << 6 |
                                        (cursor[3] & 0x3Fu);
    return shown_letter.code != code ? code : 0;
}

static int put_escape(const seen_dump *out, uint32_t code)
{
    char text[16];
    int length = code < 0x10000 ? snprintf(text, sizeof text, "\\u%04X", (unsigned)code)
                                : snprintf(text, sizeof text, "\\u%04X\\u%04X", (unsigned)(0xD7C0 + (code >> 10)),
                                           (unsigned)(0xDC00 + (code & 0x3FF)));
    return out->callback(text, (size_t)length, out->context);
}

/* jansson gives whole letters. Marks below 0x20 it has escaped itself, and the line ends between values are its own. */
static int put_seen(const char *bytes, size_t length, void *context)
{
    const seen_dump *out = context;
    size_t start = 0;
    for (size_t index = 0, n; index < length; index += n) {
        unsigned char first = (unsigned char)bytes[index];
        n = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        uint32_t code = first >= 0x7F && index + n <= length ? hidden_code(bytes + index, n) : 0;
        if (!code)
            continue;
        if ((index > start && out->callback(bytes + start, index - start, out->context)) || put_escape(out, code))
            return -1;
        start = index + n;
    }
    return length > start ? out->callback(bytes + start, length - start, out->context) : 0;
}

int json_dump_seen(const json_t *value, json_dump_callback_t callback, void *context, size_t flags)
{
    seen_dump out = {callback, context};
    return json_dump_callback(value, put_seen, &out, flags);
}
