/* recipe_filter.c - see recipe_filter.h. */
#include "recipe_filter.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A range is at most so long that each of its numbers is looked for; the numbers of an open one below its open group. */
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

/* What an open group is called, behind its number. */
static bool says_open(const char *text)
{
    static const char *const words[] = {"eller eldre", "og eldre", "eller mer", "og over",   "eller over",
                                        "or older",    "or over",  "and over",  "and older", "or more"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(text, words[i]))
            return true;
    return *text == '+';
}

/* The numbers that a level stands for: 016, "16 years", "20-24 år", 105+. */
static bool span_of(const char *text, span *level)
{
    const char *end = text ? take_number(text, &level->low) : NULL;
    if (!end)
        return false;
    level->high = level->low;
    if (says_open(end)) {
        level->high = LONG_MAX;
        return true;
    }
    const char *next = skip_dash(end);
    long high;
    if (next && take_number(next, &high) && high >= level->low)
        level->high = high;
    return true;
}

bool recipe_fits_mask(const char *mask, const char *text)
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
    filter->lowest_open = -1;
    filter->is_found = calloc(pair->values.n + 1, sizeof *filter->is_found);
    filter->covered = calloc(pair->values.n + 1, sizeof *filter->covered);
    bool is_whole = filter->is_found && filter->covered;
    for (size_t i = 0; i < pair->values.n && is_whole; i++) {
        span range;
        if (!range_of(pair->values.all[i], &range) || pair->is_optional[i] ||
            (range.high < LONG_MAX && range.high - range.low >= LONGEST_RANGE))
            continue;
        filter->covered[i] =
            calloc(range.high == LONG_MAX ? (size_t)LONGEST_RANGE : (size_t)(range.high - range.low) + 1, 1);
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

/* By its code, else by its label; an open group by either. */
static bool span_of_level(const char *code, const char *label, span *level)
{
    span named;
    if (!span_of(code, level))
        return span_of(label, level);
    if (span_of(label, &named) && named.low == level->low && named.high == LONG_MAX)
        level->high = LONG_MAX;
    return true;
}

bool recipe_level_is_open(const char *code, const char *label)
{
    span level;
    return span_of_level(code, label, &level) && level.high == LONG_MAX;
}

const char *recipe_filter_open_range(const behov_recipe_pair *pair)
{
    span range;
    for (size_t i = 0; i < pair->values.n; i++)
        if (!pair->is_optional[i] && range_of(pair->values.all[i], &range) && range.high == LONG_MAX)
            return pair->values.all[i];
    return NULL;
}

static void note_level(recipe_filter *filter, const char *code)
{
    size_t n = strlen(filter->levels), n_code = code ? strlen(code) : 0;
    if (n_code && n + n_code + 10 < sizeof filter->levels && !strstr(filter->levels, code))
        snprintf(filter->levels + n, sizeof filter->levels - n, "%s«%s»", n ? ", " : "", code);
}

static bool range_takes(recipe_filter *filter, size_t i, span range, span level, bool *straddles)
{
    if (level.low > range.high || level.high < range.low)
        return false;
    if (level.low < range.low || level.high > range.high) {
        *straddles = true;
        return false;
    }
    if (level.high == LONG_MAX && (filter->lowest_open < 0 || level.low < filter->lowest_open))
        filter->lowest_open = level.low;
    for (long number = level.low; filter->covered[i] && number <= level.high && number - range.low < LONGEST_RANGE;
         number++)
        filter->covered[i][number - range.low] = 1;
    return true;
}

bool recipe_filter_takes(recipe_filter *filter, const char *code, const char *label, bool *straddles)
{
    bool takes = false;
    span level, range;
    bool is_numbered = span_of_level(code, label, &level);
    note_level(filter, code);
    *straddles = false;
    for (size_t i = 0; i < filter->pair->values.n; i++) {
        const char *value = filter->pair->values.all[i];
        bool is_taken = false;
        if (range_of(value, &range))
            is_taken = is_numbered && range_takes(filter, i, range, level, straddles);
        else if (strpbrk(value, "*?"))
            is_taken = (code && recipe_fits_mask(value, code)) || (label && recipe_fits_mask(value, label));
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
        long last = range_of(value, &range) && range.high == LONG_MAX ? filter->lowest_open - 1 : range.high;
        for (long k = 0; filter->covered[i] && k <= last - range.low && k < LONGEST_RANGE; k++)
            if (!filter->covered[i][k]) {
                *number = range.low + k;
                return value;
            }
    }
    return NULL;
}
