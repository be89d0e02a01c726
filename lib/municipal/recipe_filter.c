/* recipe_filter.c - see recipe_filter.h. */
#include "recipe_filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "age_span.h"

/* A range is at most so long that each of its numbers is looked for; the numbers of an open one below its open group. */
enum { LONGEST_RANGE = 10000 };

/* Up to nine digits; NULL when there are none or more. */
static const char *take_number(const char *text, long *number)
{
    const char *end = text;
    for (*number = 0; *end >= '0' && *end <= '9' && end - text < AGE_SPAN_DIGITS; end++)
        *number = 10 * *number + (*end - '0');
    return end == text || (*end >= '0' && *end <= '9') ? NULL : end;
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
static bool range_of(const char *value, age_span *range)
{
    const char *end = take_number(value, &range->low), *next = end ? skip_dash(end) : NULL;
    range->high = AGE_SPAN_OPEN;
    if (!next)
        return false;
    if (!*next)
        return true;
    end = take_number(next, &range->high);
    return end && !*end && range->low <= range->high;
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

/* A whole code, or the code before a label ("242 Råd"), unless the whole is a group of numbers that only begins with it
 * ("16 år og over" of 16). */
static bool is_code(const char *value, const char *code)
{
    size_t length = strlen(value);
    if (!code || strncmp(code, value, length) != 0)
        return false;
    age_span group;
    bool has_unit;
    return !code[length] ||
           (code[length] == ' ' && !(age_span_read(code, &group, &has_unit) && group.low != group.high));
}

behov_status recipe_filter_new(const behov_recipe_pair *pair, recipe_filter *filter, behov_error *err)
{
    filter->pair = pair;
    filter->lowest_open = -1;
    filter->is_found = calloc(pair->values.n + 1, sizeof *filter->is_found);
    filter->covered = calloc(pair->values.n + 1, sizeof *filter->covered);
    bool is_whole = filter->is_found && filter->covered;
    for (size_t i = 0; i < pair->values.n && is_whole; i++) {
        age_span range;
        if (!range_of(pair->values.all[i], &range) || pair->is_optional[i] ||
            (range.high != AGE_SPAN_OPEN && range.high - range.low >= LONGEST_RANGE))
            continue;
        filter->covered[i] =
            calloc(range.high == AGE_SPAN_OPEN ? (size_t)LONGEST_RANGE : (size_t)(range.high - range.low) + 1, 1);
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

bool recipe_level_is_open(const char *code, const char *label)
{
    age_span level;
    return age_span_of_level(code, label, &level) && level.high == AGE_SPAN_OPEN;
}

const char *recipe_filter_open_range(const behov_recipe_pair *pair)
{
    age_span range;
    for (size_t i = 0; i < pair->values.n; i++)
        if (!pair->is_optional[i] && range_of(pair->values.all[i], &range) && range.high == AGE_SPAN_OPEN)
            return pair->values.all[i];
    return NULL;
}

static void note_level(recipe_filter *filter, const char *code)
{
    size_t n = strlen(filter->levels), n_code = code ? strlen(code) : 0;
    if (n_code && n + n_code + 10 < sizeof filter->levels && !strstr(filter->levels, code))
        snprintf(filter->levels + n, sizeof filter->levels - n, "%s«%s»", n ? ", " : "", code);
}

/* Whether a range holds a level; *straddles where it holds a part of it. */
static bool range_holds(age_span range, const recipe_level *level, age_span *numbers, bool *straddles)
{
    if (!(age_span_of_level(level->code, level->label, numbers) ||
          age_span_of_prefix(level->code, level->label, numbers)) ||
        !age_spans_overlap(range, *numbers))
        return false;
    *straddles = numbers->low < range.low || numbers->high > range.high;
    return !*straddles;
}

static void take_range(recipe_filter *filter, size_t i, age_span range, const recipe_level *levels, size_t n,
                       const recipe_choice *choice)
{
    for (size_t level = 0; level < n; level++) {
        age_span numbers;
        bool straddles = false;
        if (choice->is_out[level] || !range_holds(range, &levels[level], &numbers, &straddles))
            continue;
        choice->takes[level] = filter->is_found[i] = true;
        if (numbers.high == AGE_SPAN_OPEN && (filter->lowest_open < 0 || numbers.low < filter->lowest_open))
            filter->lowest_open = numbers.low;
        for (long number = numbers.low;
             filter->covered[i] && number <= numbers.high && number - range.low < LONGEST_RANGE; number++)
            filter->covered[i][number - range.low] = 1;
    }
}

/* The first level that a range holds a part of, and that nothing takes or leaves out. */
static ptrdiff_t find_straddling(const behov_recipe_texts *values, const recipe_level *levels, size_t n,
                                 const recipe_choice *choice)
{
    for (size_t i = 0; i < values->n; i++) {
        age_span range, numbers;
        if (!range_of(values->all[i], &range))
            continue;
        for (size_t level = 0; level < n; level++) {
            bool straddles = false;
            if (!choice->is_out[level] && !choice->takes[level] &&
                !range_holds(range, &levels[level], &numbers, &straddles) && straddles)
                return (ptrdiff_t)level;
        }
    }
    return -1;
}

/* A text or a mask takes levels by their codes, else by their labels; whether it took any. */
static bool take_text(const char *value, const recipe_level *levels, size_t n, bool *takes, bool *is_named,
                      const bool *is_out)
{
    bool is_mask = strpbrk(value, "*?") != NULL, is_any = false;
    for (int by_label = 0; by_label < 2 && !is_any; by_label++)
        for (size_t level = 0; level < n; level++) {
            const char *text = by_label ? levels[level].label : levels[level].code;
            if (!text || !(is_mask    ? recipe_fits_mask(value, text)
                           : by_label ? strcmp(value, text) == 0
                                      : is_code(value, text)))
                continue;
            is_any = true;
            if (is_out && is_out[level])
                continue;
            takes[level] = true;
            if (is_named && !is_mask)
                is_named[level] = true;
        }
    return is_any;
}

void recipe_filter_take(recipe_filter *filter, const recipe_level *levels, size_t n, recipe_choice *choice)
{
    const behov_recipe_texts *values = &filter->pair->values;
    for (size_t level = 0; level < n; level++)
        note_level(filter, levels[level].code);
    for (size_t i = 0; i < values->n; i++)
        if (values->all[i][0] == '!')
            take_text(values->all[i] + 1, levels, n, choice->is_out, NULL, NULL);
    for (size_t i = 0; i < values->n; i++) {
        age_span range;
        if (values->all[i][0] == '!')
            continue;
        if (range_of(values->all[i], &range))
            take_range(filter, i, range, levels, n, choice);
        else
            filter->is_found[i] |=
                take_text(values->all[i], levels, n, choice->takes, choice->is_named, choice->is_out);
    }
    choice->straddling = find_straddling(values, levels, n, choice);
}

const char *recipe_filter_lacks(const recipe_filter *filter, long *number)
{
    *number = -1;
    for (size_t i = 0; i < filter->pair->values.n; i++) {
        age_span range;
        const char *value = filter->pair->values.all[i];
        if (filter->pair->is_optional[i] || value[0] == '!')
            continue;
        if (!filter->is_found[i])
            return value;
        long last = range_of(value, &range) && range.high == AGE_SPAN_OPEN ? filter->lowest_open - 1 : range.high;
        for (long k = 0; filter->covered[i] && k <= last - range.low && k < LONGEST_RANGE; k++)
            if (!filter->covered[i][k]) {
                *number = range.low + k;
                return value;
            }
    }
    return NULL;
}
