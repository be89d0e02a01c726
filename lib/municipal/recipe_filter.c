/* recipe_filter.c - see recipe_filter.h. */
#include "recipe_filter.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A closed range is at most so long that each of its numbers is looked for. */
enum { LONGEST_RANGE = 10000 };

typedef struct span {
    long low, high; /* LONG_MAX = open */
} span;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Up to nine digits; NULL when there are none or more. */
static const char *take_number(const char *text, long *number)
{
    const char *end = text;
    for (*number = 0; is_digit(*end) && end - text < 9; end++)
        *number = 10 * *number + (*end - '0');
    return end == text || is_digit(*end) ? NULL : end;
}

/* A hyphen or an en dash, blanks around it or not; NULL when there is none. */
static const char *skip_dash(const char *text)
{
    text += strspn(text, " ");
    if (*text == '-')
        text++;
    else if (strncmp(text, "–", 3) == 0)
        text += 3;
    else
        return NULL;
    return text + strspn(text, " ");
}

/* "16-66", "67-"; false for anything else. */
static bool range_of(const char *value, span *range)
{
    const char *end = take_number(value, &range->low), *next = end ? skip_dash(end) : NULL;
    range->high = LONG_MAX;
    if (!next)
        return false;
    if (!*next)
        return true;
    end = take_number(next, &range->high);
    return end && !*end && range->low <= range->high;
}

/* The numbers that a level stands for: 016, "16 years", "20-24 år", 105+. */
static bool span_of(const char *text, span *level)
{
    const char *end = text ? take_number(text, &level->low) : NULL;
    if (!end)
        return false;
    level->high = level->low;
    if (*end == '+') {
        level->high = LONG_MAX;
        return true;
    }
    const char *next = skip_dash(end);
    long high;
    if (next && take_number(next, &high) && high >= level->low)
        level->high = high;
    return true;
}

static bool fits_mask(const char *mask, const char *text)
{
    const char *star = NULL, *behind = NULL;
    while (*text) {
        if (*mask == '*') {
            star = ++mask;
            behind = text;
        } else if (*mask == '?' || *mask == *text) {
            bool is_any = *mask == '?';
            mask++, text++;
            while (is_any && ((unsigned char)*text & 0xC0) == 0x80) /* a letter of several bytes */
                text++;
        } else if (star) {
            mask = star;
            text = ++behind;
        } else
            return false;
    }
    while (*mask == '*')
        mask++;
    return !*mask;
}

/* A whole code, the code before a label ("242 Råd"), or a whole label. */
static bool is_text(const char *value, const char *code, const char *label)
{
    size_t length = strlen(value);
    if (code && strncmp(code, value, length) == 0 && (!code[length] || code[length] == ' '))
        return true;
    return label && strcmp(label, value) == 0;
}

behov_status recipe_filter_new(const behov_recipe_pair *pair, recipe_filter *filter, behov_error *err)
{
    filter->pair = pair;
    filter->is_found = calloc(pair->values.n + 1, sizeof *filter->is_found);
    filter->covered = calloc(pair->values.n + 1, sizeof *filter->covered);
    bool is_whole = filter->is_found && filter->covered;
    for (size_t i = 0; i < pair->values.n && is_whole; i++) {
        span range;
        if (!range_of(pair->values.all[i], &range) || pair->is_optional[i] || range.high == LONG_MAX ||
            range.high - range.low >= LONGEST_RANGE)
            continue;
        filter->covered[i] = calloc((size_t)(range.high - range.low) + 1, 1);
        is_whole = filter->covered[i] != NULL;
    }
    return is_whole ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RECIPE_NO_MEMORY);
}

void recipe_filter_free(recipe_filter *filter)
{
    for (size_t i = 0; filter->covered && i < filter->pair->values.n; i++)
        free(filter->covered[i]);
    free(filter->covered);
    free(filter->is_found);
    *filter = (recipe_filter){0};
}

static bool range_takes(recipe_filter *filter, size_t i, span range, span level, bool *straddles)
{
    if (level.low > range.high || level.high < range.low)
        return false;
    if (level.low < range.low || level.high > range.high) {
        *straddles = true;
        return false;
    }
    for (long number = level.low; filter->covered[i] && number <= level.high; number++)
        filter->covered[i][number - range.low] = 1;
    return true;
}

bool recipe_filter_takes(recipe_filter *filter, const char *code, const char *label, bool *straddles)
{
    bool takes = false;
    span level, range;
    bool is_numbered = span_of(code, &level) || span_of(label, &level);
    *straddles = false;
    for (size_t i = 0; i < filter->pair->values.n; i++) {
        const char *value = filter->pair->values.all[i];
        bool is_taken = false;
        if (range_of(value, &range))
            is_taken = is_numbered && range_takes(filter, i, range, level, straddles);
        else if (strpbrk(value, "*?"))
            is_taken = (code && fits_mask(value, code)) || (label && fits_mask(value, label));
        else
            is_taken = is_text(value, code, label);
        filter->is_found[i] |= is_taken;
        takes |= is_taken;
    }
    *straddles = *straddles && !takes;
    return takes;
}

const char *recipe_filter_lacks(const recipe_filter *filter, long *number)
{
    *number = -1;
    for (size_t i = 0; i < filter->pair->values.n; i++) {
        span range;
        const char *value = filter->pair->values.all[i];
        if (filter->pair->is_optional[i])
            continue;
        if (!filter->is_found[i])
            return value;
        for (long k = 0; filter->covered[i] && range_of(value, &range) && k <= range.high - range.low; k++)
            if (!filter->covered[i][k]) {
                *number = range.low + k;
                return value;
            }
    }
    return NULL;
}
