/* near_word.c - see behov/near_word.h. */
#include <behov/near_word.h>

#include <stdint.h>
#include <string.h>

enum { LONGEST = 64 };

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t behov_near_word_distance(const char *first, const char *second)
{
    size_t n = strlen(first), m = strlen(second), rows[3][LONGEST + 1];
    if (n > LONGEST || m > LONGEST)
        return SIZE_MAX;
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            char a = small(first[i - 1]), b = small(second[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a != b));
            if (i > 1 && j > 1 && a == small(second[j - 2]) && b == small(first[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return row[m];
}

behov_near_word behov_near_word_start(const char *word)
{
    return (behov_near_word){.word = word, .most = strlen(word) / 3};
}

void behov_near_word_try(behov_near_word *spelling, const char *known_word)
{
    size_t slips = behov_near_word_distance(spelling->word, known_word);
    if (slips > spelling->most)
        return;
    if (!spelling->nearest || slips < spelling->most) {
        spelling->nearest = known_word;
        spelling->n_nearest = 0;
    }
    spelling->most = slips;
    spelling->n_nearest++;
}
