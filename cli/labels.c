/* labels.c - the words of a key (words.c has them all), and sentences with values in them. What users wrote themselves
 * (file names, column names without an entry) is not translated. Formatting of numbers is not here. */
#include "labels.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"


static int compare_key(const void *key, const void *at) { return strcmp(key, ((const words_entry *)at)->key); }

static const words_entry *find(const char *key)
{
    return bsearch(key, words_entries, n_words_entries, sizeof words_entries[0], compare_key);
}

const char *label(language lang, const char *key)
{
    const words_entry *found = find(key);
    return found ? found->words[lang == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_NB] : key;
}

int label_exists(const char *key) { return find(key) != NULL; }

char label_decimal_mark(language lang) { return lang == LANGUAGE_EN ? '.' : ','; }

const char *label_group_mark(language lang)
{
    (void)lang; /* a thin or plain space breaks lines; U+00A0 is understood in both languages */
    return "\u00A0";
}

size_t label_fill(language lang, const char *key, char *text, size_t size, ...)
{
    size_t length = 0;
    for (const char *from = label(lang, key); *from && length + 1 < size;) {
        const char *value = NULL;
        size_t name_length = *from == '{' ? strcspn(from + 1, "}") : 0;
        va_list pairs;
        va_start(pairs, size);
        for (const char *name; name_length && !value && (name = va_arg(pairs, const char *));) {
            const char *meant = va_arg(pairs, const char *);
            if (strlen(name) == name_length && strncmp(name, from + 1, name_length) == 0)
                value = meant;
        }
        va_end(pairs);
        if (!value) {
            text[length++] = *from++;
            continue;
        }
        while (*value && length + 1 < size)
            text[length++] = *value++;
        from += name_length + 2;
    }
    text[length] = '\0';
    /* a cut text must still be UTF-8 */
    while (length > 0 && length + 1 == size && ((unsigned char)text[length - 1] & 0x80)) {
        bool is_lead = ((unsigned char)text[length - 1] & 0xC0) == 0xC0;
        text[--length] = '\0';
        if (is_lead)
            break;
    }
    return length;
}
