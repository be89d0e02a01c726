/* labels.c - the words of a key (words.c has them all), and sentences with values in them. What users wrote themselves
 * (file names, column names without an entry) is not translated. Formatting of numbers is not here. */
#include "labels.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

static int compare_key(const void *key, const void *at) { return strcmp(key, ((const words_entry *)at)->key); }

static const words_entry *find(const char *key)
{
    return bsearch(key, words_entries, n_words_entries, sizeof words_entries[0], compare_key);
}

const char *label(behov_language lang, const char *key)
{
    const words_entry *found = NULL;
    if (lang != language_alone(lang) && strlen(key) < 80) {
        char key_of_file[90];
        snprintf(key_of_file, sizeof key_of_file, "%s@file", key);
        found = find(key_of_file);
    }
    if (!found)
        found = find(key);
    return found ? found->words[language_alone(lang)] : key;
}

const char *label_key(const char *key, int in_kroner)
{
    char other[90];
    if (in_kroner || strlen(key) > 80)
        return key;
    snprintf(other, sizeof other, "%s_other", key);
    const words_entry *found = find(other);
    return found ? found->key : key;
}

int label_exists(const char *key) { return find(key) != NULL; }

char label_decimal_mark(behov_language lang) { return language_alone(lang) == LANGUAGE_EN ? '.' : ','; }

const char *label_group_mark(behov_language lang)
{
    (void)lang; /* a thin or plain space breaks lines; U+00A0 is understood in both languages */
    return "\u00A0";
}

/* The value of a name among pairs, NULL when it has none. */
static const char *value_of_name(const char *name, size_t length, va_list pairs)
{
    const char *value = NULL, *given;
    va_list left;
    va_copy(left, pairs);
    while (!value && (given = va_arg(left, const char *))) {
        const char *meant = va_arg(left, const char *);
        if (strlen(given) == length && strncmp(given, name, length) == 0)
            value = meant;
    }
    va_end(left);
    return value;
}

size_t label_fill_list(behov_language lang, const char *key, char *text, size_t size, va_list pairs)
{
    size_t length = 0;
    for (const char *from = label(lang, key); *from && (!text || length + 1 < size);) {
        size_t name_length = *from == '{' ? strcspn(from + 1, "}") : 0;
        const char *value = name_length ? value_of_name(from + 1, name_length, pairs) : NULL;
        size_t n = value ? strlen(value) : 1;
        while (!value && ((unsigned char)from[n] & 0xC0) == 0x80) /* a whole character */
            n++;
        size_t kept = n;
        if (text) {
            kept = (size_t)label_clip(value ? value : from, n < size - 1 - length ? n : size - 1 - length);
            memcpy(text + length, value ? value : from, kept);
        }
        length += kept;
        if (kept < n)
            break;
        from += value ? name_length + 2 : n;
    }
    if (text)
        text[length] = '\0';
    return length;
}

size_t label_fill(behov_language lang, const char *key, char *text, size_t size, ...)
{
    va_list pairs;
    va_start(pairs, size);
    size_t length = label_fill_list(lang, key, text, size, pairs);
    va_end(pairs);
    return length;
}

int label_clip(const char *text, size_t most)
{
    size_t length = strnlen(text, most + 1);
    if (length > most)
        for (length = most; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;)
            length--;
    return (int)length;
}

void label_list(char *list, size_t size, const char *name)
{
    static const char more[] = ", \u2026";
    size_t length = strlen(list), n_more = sizeof more - 1, comma = length ? 2 : 0, n_name = strlen(name);
    if (length >= n_more && strcmp(list + length - n_more, more) == 0)
        return;
    if (length + comma + n_name + n_more < size) {
        memcpy(list + length, ", ", comma);
        memcpy(list + length + comma, name, n_name + 1);
    } else if (length + n_more < size) {
        memcpy(list + length, more + (length ? 0 : 2), n_more + 1 - (length ? 0 : 2));
    }
}
