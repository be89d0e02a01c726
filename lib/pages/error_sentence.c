/* error_sentence.c - see error_sentence.h. The values of a phrase are text already: of the conversions of a text only
 * their order counts, "%s" or "%2$s". */
#include <behov/error_sentence.h>

#include <string.h>

#include "word_table.h"

/* Adds bytes, which end before a zero of their own. */
static void add_bytes(const char *bytes, size_t n, behov_wording *out)
{
    char piece[128];
    while (n) {
        size_t some = n < sizeof piece - 1 ? n : sizeof piece - 1;
        memcpy(piece, bytes, some);
        piece[some] = '\0';
        behov_wording_add(out, piece);
        bytes += some;
        n -= some;
    }
}

static void add_text(const char *text, size_t n, behov_language lang, behov_wording *out)
{
    behov_phrase_parts parts;
    for (size_t i = 0, begin = 0; i <= n; i++)
        if (i == n) {
            add_bytes(text + begin, i - begin, out);
        } else if (behov_phrase_begins(text + i, &parts) && parts.length <= n - i) {
            add_bytes(text + begin, i - begin, out);
            if (parts.word)
                behov_phrase_fill(parts.word, parts.values, parts.values_length, lang, out);
            else
                add_bytes(parts.english, parts.english_length, out);
            begin = i + parts.length;
            i = begin - 1;
        }
}

/* The value of a number from 1 on; false when there is none. */
static bool find_value(const char *values, size_t length, size_t number, const char **value, size_t *n)
{
    for (; values; number--) {
        *value = values;
        *n = behov_phrase_value(values, length);
        if (number == 1)
            return true;
        if (*n == length)
            return false;
        values += *n + 1;
        length -= *n + 1;
    }
    return false;
}

void behov_phrase_fill(behov_word word, const char *values, size_t length, behov_language lang, behov_wording *out)
{
    const behov_word_entry *entry = &behov_word_table[word];
    if (entry->word_of_program)
        entry = &behov_word_table[entry->word_of_program];
    const char *text = entry->texts[behov_language_alone(lang)];
    for (size_t next = 1; *text;) {
        size_t plain = entry->is_message ? strcspn(text, "%") : strlen(text);
        add_bytes(text, plain, out);
        text += plain;
        if (!*text)
            break;
        if (text[1] == '%') {
            behov_wording_add(out, "%");
            text += 2;
            continue;
        }
        size_t digits = strspn(text + 1, "0123456789"), number = 0, n = 0;
        for (size_t i = 1; i <= digits && text[digits + 1] == '$'; i++)
            number = 10 * number + (size_t)(text[i] - '0');
        number = number ? number : next++;
        text += strcspn(text, "diuxXcs") + 1;
        const char *value;
        if (find_value(values, length, number, &value, &n))
            add_text(value, n, lang, out);
    }
}

void behov_phrase_add(const char *text, behov_language lang, behov_wording *out)
{
    add_text(text, strlen(text), lang, out);
}

void behov_error_place(const behov_error *err, behov_language lang, behov_wording *out)
{
    behov_phrase_add(err->place[0] ? err->place : err->where, lang, out);
}

void behov_error_what(const behov_error *err, behov_language lang, behov_wording *out)
{
    if (err->sentence && err->sentence < BEHOV_N_WORDS)
        behov_phrase_fill(err->sentence, err->values, strlen(err->values), lang, out);
    else
        behov_phrase_add(err->values[0] ? err->values : err->what, lang, out);
}

void behov_error_sentence(const behov_error *err, behov_language lang, behov_wording *out)
{
    if (err->where[0]) {
        behov_error_place(err, lang, out);
        behov_wording_add(out, ": ");
    }
    behov_error_what(err, lang, out);
}
