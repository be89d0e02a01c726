/* labels.c - the texts of a word (words.txt has them all), and sentences with values in them. What users wrote
 * themselves (file names, column names without an entry) is not translated. Formatting of numbers is not here. */
#include <behov/labels.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "word_table.h"

static int compare_key(const void *key, const void *memory)
{
    return strcmp(key, ((const behov_word_entry *)memory)->key);
}

behov_word behov_word_find(const char *key)
{
    const behov_word_entry *entry =
        bsearch(key, behov_word_table + 1, BEHOV_N_WORDS - 1, sizeof behov_word_table[0], compare_key);
    return entry ? (behov_word)(entry - behov_word_table) : BEHOV_NO_WORD;
}

const char *behov_word_key(behov_word word)
{
    return behov_word_table[word].key;
}

const char *behov_label(behov_language lang, behov_word word)
{
    const behov_word_entry *entry = &behov_word_table[word];
    if (lang != behov_language_alone(lang) && entry->word_of_file)
        entry = &behov_word_table[entry->word_of_file];
    return entry->texts[behov_language_alone(lang)];
}

const char *behov_label_of_missing(behov_language lang, behov_missing mark)
{
    return mark == BEHOV_MISSING_EMPTY      ? behov_label(lang, BEHOV_WORD_MARK_EMPTY)
           : mark == BEHOV_MISSING_OTHER    ? behov_label(lang, BEHOV_WORD_MARK_OTHER)
           : mark == BEHOV_MISSING_DECLARED ? behov_label(lang, BEHOV_WORD_MARK_DECLARED)
                                            : behov_missing_text(mark);
}

const char *behov_label_of_key(behov_language lang, const char *key)
{
    behov_word word = behov_word_find(key);
    return word ? behov_label(lang, word) : key;
}

behov_word behov_word_by_unit(behov_word word, bool in_kroner)
{
    behov_word other = behov_word_table[word].word_other;
    return in_kroner || !other ? word : other;
}

behov_word behov_word_by_count(behov_word word, double n)
{
    behov_word word_one = behov_word_table[word].word_one;
    return n == 1 && word_one ? word_one : word;
}

char behov_label_decimal_mark(behov_language lang)
{
    return behov_language_decimal_mark(lang);
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

size_t behov_label_fill_list(behov_language lang, behov_word word, char *text, size_t size, va_list pairs)
{
    size_t length = 0;
    for (const char *source = behov_label(lang, word); *source && (!text || length + 1 < size);) {
        size_t name_length = *source == '{' ? strcspn(source + 1, "}") : 0;
        const char *value = name_length ? value_of_name(source + 1, name_length, pairs) : NULL;
        size_t n = value ? strlen(value) : 1 + strcspn(source + 1, "{"); /* a value, or text up to the next one */
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

size_t behov_label_fill(behov_language lang, behov_word word, char *text, size_t size, ...)
{
    va_list pairs;
    va_start(pairs, size);
    size_t length = behov_label_fill_list(lang, word, text, size, pairs);
    va_end(pairs);
    return length;
}
