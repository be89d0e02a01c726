/* labels.c - the words of a key (words.c has them all), and sentences with values in them. What users wrote themselves
 * (file names, column names without an entry) is not translated. Formatting of numbers is not here. */
#include "labels.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "words.h"

static int compare_key(const void *key, const void *memory)
{
    return strcmp(key, ((const behov_words_entry *)memory)->key);
}

static const behov_words_entry *find(const char *key)
{
    return bsearch(key, behov_words_entries, behov_n_words_entries, sizeof behov_words_entries[0], compare_key);
}

const char *behov_label(behov_language lang, const char *key)
{
    const behov_words_entry *words_entry = NULL;
    if (lang != behov_language_alone(lang) && strlen(key) < 80) {
        char key_of_file[90];
        snprintf(key_of_file, sizeof key_of_file, "%s@file", key);
        words_entry = find(key_of_file);
    }
    if (!words_entry)
        words_entry = find(key);
    return words_entry ? words_entry->words[behov_language_alone(lang)] : key;
}

const char *behov_label_key(const char *key, int in_kroner)
{
    char other[90];
    if (in_kroner || strlen(key) > 80)
        return key;
    snprintf(other, sizeof other, "%s_other", key);
    const behov_words_entry *words_entry = find(other);
    return words_entry ? words_entry->key : key;
}

int behov_label_exists(const char *key)
{
    return find(key) != NULL;
}

char behov_label_decimal_mark(behov_language lang)
{
    return behov_language_alone(lang) == BEHOV_LANGUAGE_EN ? '.' : ',';
}

const char *behov_label_group_mark(behov_language lang)
{
    (void)lang; /* a thin or plain space breaks lines; U+00A0 is understood in both languages */
    return "\u00A0";
}

/* The value of a name among pairs, NULL when it has none. */
static const char *value_of_name(const char *name, size_t length, va_list pairs)
{
    const char *value = NULL, *given_text;
    va_list left;
    va_copy(left, pairs);
    while (!value && (given_text = va_arg(left, const char *))) {
        const char *meant = va_arg(left, const char *);
        if (strlen(given_text) == length && strncmp(given_text, name, length) == 0)
            value = meant;
    }
    va_end(left);
    return value;
}

size_t behov_label_fill_list(behov_language lang, const char *key, char *text, size_t size, va_list pairs)
{
    size_t length = 0;
    for (const char *source = behov_label(lang, key); *source && (!text || length + 1 < size);) {
        size_t name_length = *source == '{' ? strcspn(source + 1, "}") : 0;
        const char *value = name_length ? value_of_name(source + 1, name_length, pairs) : NULL;
        size_t n = value ? strlen(value) : 1;
        while (!value && ((unsigned char)source[n] & 0xC0) == 0x80) /* a whole character */
            n++;
        size_t kept_index = n;
        if (text) {
            kept_index =
                (size_t)behov_letters_clip(value ? value : source, n < size - 1 - length ? n : size - 1 - length);
            memcpy(text + length, value ? value : source, kept_index);
        }
        length += kept_index;
        if (kept_index < n)
            break;
        source += value ? name_length + 2 : n;
    }
    if (text)
        text[length] = '\0';
    return length;
}

size_t behov_label_fill(behov_language lang, const char *key, char *text, size_t size, ...)
{
    va_list pairs;
    va_start(pairs, size);
    size_t length = behov_label_fill_list(lang, key, text, size, pairs);
    va_end(pairs);
    return length;
}

void behov_label_list(char *list, size_t size, const char *name)
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
