/* wording.c - text that grows. A failed allocation leaves what was there, and is kept until behov_wording_status asks.
 * */
#include <behov/wording.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>

const char *behov_wording_text(const behov_wording *words)
{
    return words->text ? words->text : "";
}

void behov_wording_clear(behov_wording *words)
{
    words->length = 0;
    if (words->text)
        words->text[0] = '\0';
}

void behov_wording_free(behov_wording *words)
{
    free(words->text);
    *words = (behov_wording){0};
}

static bool make_room(behov_wording *words, size_t more)
{
    enum { USUAL = 256 };
    size_t n_needed = words->length + more + 1;
    if (n_needed <= words->room)
        return true;
    size_t room = words->room ? words->room : USUAL;
    while (room < n_needed)
        room *= 2;
    char *text = realloc(words->text, room);
    if (!text) {
        words->has_no_memory = true;
        return false;
    }
    text[words->length] = '\0';
    words->text = text;
    words->room = room;
    return true;
}

void behov_wording_add_bytes(behov_wording *words, const char *bytes, size_t length)
{
    if (!make_room(words, length))
        return;
    memcpy(words->text + words->length, bytes, length);
    words->length += length;
    words->text[words->length] = '\0';
}

void behov_wording_add_letter(behov_wording *words, char letter)
{
    behov_wording_add_bytes(words, &letter, 1);
}

void behov_wording_add(behov_wording *words, const char *text)
{
    behov_wording_add_bytes(words, text, strlen(text));
}

void behov_wording_print(behov_wording *words, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        words->has_no_memory = true;
    else if (make_room(words, (size_t)length))
        words->length += (size_t)vsnprintf(words->text + words->length, (size_t)length + 1, format, again);
    va_end(again);
}

void behov_wording_add_after(behov_wording *words, const char *mark, const char *text)
{
    if (words->length)
        behov_wording_add(words, mark);
    behov_wording_add(words, text);
}

void behov_wording_fill(behov_wording *words, behov_language lang, behov_word key, ...)
{
    va_list pairs;
    va_start(pairs, key);
    size_t more = behov_label_fill_list(lang, key, NULL, 0, pairs);
    if (make_room(words, more))
        words->length += behov_label_fill_list(lang, key, words->text + words->length, more + 1, pairs);
    va_end(pairs);
}

void behov_wording_spend(behov_wording *words, behov_wording *part)
{
    words->has_no_memory = words->has_no_memory || part->has_no_memory;
    behov_wording_free(part);
}

behov_status behov_wording_status(const behov_wording *words, behov_error *err)
{
    return words->has_no_memory ? behov_error_say(err, BEHOV_E_MEMORY, "", SAY_WORDING_NO_MEMORY) : BEHOV_OK;
}
