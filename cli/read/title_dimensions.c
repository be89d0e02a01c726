/* title_dimensions.c - see title_dimensions.h. */
#include "title_dimensions.h"

#include <stdbool.h>
#include <string.h>

static bool starts_with(const char *text, size_t length, const char *word)
{
    size_t n = strlen(word);
    return length >= n && memcmp(text, word, n) == 0;
}

/* Behind the last ", etter " or ", by ", the length of the title where there is none. */
static size_t find_list(const char *title, size_t length)
{
    static const char *const words[] = {", etter ", ", by "};
    size_t start = length;
    for (size_t i = 0; i < length; i++)
        for (size_t k = 0; k < 2; k++)
            if (starts_with(title + i, length - i, words[k]))
                start = i + strlen(words[k]);
    return start;
}

/* The bytes of ", ", " og " or " and " at a place, 0 = a name goes on. */
static size_t mark_at(const char *text, size_t length)
{
    static const char *const marks[] = {", ", " og ", " and "};
    for (size_t k = 0; k < 3; k++)
        if (starts_with(text, length, marks[k]))
            return strlen(marks[k]);
    return 0;
}

size_t title_dimensions_find(const char *title, size_t length, title_dimension names[TITLE_MOST_DIMENSIONS])
{
    size_t n = 0, first = find_list(title, length);
    for (size_t i = first; i <= length && first < length; i++) {
        size_t n_mark = i < length ? mark_at(title + i, length - i) : 1;
        if (!n_mark)
            continue;
        if (n == TITLE_MOST_DIMENSIONS || i == first)
            return 0;
        names[n++] = (title_dimension){title + first, i - first};
        first = i + n_mark;
        i = first - 1;
    }
    return n;
}
