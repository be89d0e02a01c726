/* age_span.c - see age_span.h. */
#include "age_span.h"

#include <stddef.h>
#include <string.h>

static const char *skip_blanks(const char *text)
{
    for (;;) {
        if (*text == ' ' || *text == '\t')
            text++;
        else if (strncmp(text, "\xC2\xA0", 2) == 0) /* a blank that does not break */
            text += 2;
        else
            return text;
    }
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || ((unsigned char)c & 0x80) != 0;
}

/* Behind a word or a phrase, in small letters or large ones (Å too); NULL where it does not stand. */
static const char *skip_phrase(const char *text, const char *phrase)
{
    for (; *phrase; phrase++, text++) {
        bool is_second_of_aa = *phrase == '\xA5' && *text == '\x85';
        if (lower(*text) != *phrase && !is_second_of_aa)
            return NULL;
    }
    return is_letter(phrase[-1]) && is_letter(*text) ? NULL : skip_blanks(text);
}

/* The longest comes first where one begins with another. */
static const char *skip_one_of(const char *text, const char *const *phrases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *end = skip_phrase(text, phrases[i]);
        if (end)
            return end;
    }
    return NULL;
}

#define SKIP(text, phrases) skip_one_of(text, phrases, sizeof(phrases) / sizeof *(phrases))

/* Up to nine digits; NULL when there are none or more. */
static const char *take_number(const char *text, long *number)
{
    const char *end = text;
    for (*number = 0; *end >= '0' && *end <= '9' && end - text < AGE_SPAN_DIGITS; end++)
        *number = 10 * *number + (*end - '0');
    return end == text || (*end >= '0' && *end <= '9') ? NULL : skip_blanks(end);
}

static const char *const units[] = {"\xC3\xA5r gamle", "\xC3\xA5ringer", "\xC3\xA5r", "aar", "years old",
                                    "years",           "year",           "yrs.",      "yrs"};
static const char *const titles[] = {"alder", "ages", "aged", "age", "personer", "persons"};
static const char *const upward[] = {
    "+",          "og oppover", "og eldre",  "og over",   "og mer",    "og flere",   "eller flere", "eller eldre",
    "eller over", "eller mer",  "and older", "and over",  "and above", "and more",   "and up",      "or older",
    "or over",    "or above",   "or more",   "el. eldre", "el. over",  "e.l. eldre", "plus",        "\xE2\x80\xA6"};
static const char *const downward[] = {"og yngre",     "og under",    "og mindre", "eller yngre", "eller under",
                                       "eller mindre", "and younger", "and under", "and less",    "or younger",
                                       "or under",     "or less",     "and below", "or below"};
static const char *const below[] = {"under", "below", "younger than", "less than", "yngre enn", "mindre enn", "<"};
static const char *const up_to[] = {"til og med", "t.o.m.", "up to", "to og med", "opp til", "<="};
static const char *const above[] = {"over", "above", "older than", "more than", "eldre enn", "mer enn", ">"};
static const char *const at_least[] = {"fra og med", "f.o.m.", "minst", "at least", "fra", "from", ">="};
static const char *const dashes[] = {"-", "\xE2\x80\x93", "\xE2\x80\x94", "til", "to"};

static const char *skip_unit(const char *text, bool *has_unit)
{
    const char *end = SKIP(text, units);
    *has_unit |= end != NULL;
    return end ? end : text;
}

/* "under 16 år", "over 66", "fra 67": one number behind a word; NULL when no such word stands there. */
static const char *read_worded(const char *text, age_span *span, bool *has_unit)
{
    typedef struct wording {
        const char *const *phrases;
        size_t n;
        long low, high; /* what is added to the number; 0 below and open above are told by the flags */
        bool is_upward;
    } wording;
    const wording all[] = {{up_to, sizeof up_to / sizeof *up_to, 0, 0, false},
                           {at_least, sizeof at_least / sizeof *at_least, 0, 0, true},
                           {below, sizeof below / sizeof *below, 0, -1, false},
                           {above, sizeof above / sizeof *above, 1, 0, true}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        long number;
        const char *end = skip_one_of(text, all[i].phrases, all[i].n);
        end = end ? take_number(end, &number) : NULL;
        if (!end)
            continue;
        *span = all[i].is_upward ? (age_span){number + all[i].low, AGE_SPAN_OPEN} : (age_span){0, number + all[i].high};
        return span->high < 0 ? NULL : skip_unit(end, has_unit);
    }
    return NULL;
}

/* "16", "16 år", "16-18", "16 år - 18 år", "67-", "67+", "67 år og over", "15 år og under". */
static const char *read_numbered(const char *text, age_span *span, bool *has_unit)
{
    const char *end = take_number(text, &span->low), *next;
    if (!end)
        return NULL;
    span->high = span->low;
    end = skip_unit(end, has_unit);
    if ((next = SKIP(end, upward))) {
        span->high = AGE_SPAN_OPEN;
        return skip_unit(next, has_unit);
    }
    if ((next = SKIP(end, downward))) {
        span->low = 0;
        return next;
    }
    if (!(next = SKIP(end, dashes)))
        return end;
    if (!*next) {
        span->high = AGE_SPAN_OPEN;
        return next;
    }
    end = take_number(next, &span->high);
    return end && span->low <= span->high ? skip_unit(end, has_unit) : NULL;
}

bool age_span_read(const char *text, age_span *span, bool *has_unit)
{
    *has_unit = false;
    if (!text)
        return false;
    text = skip_blanks(text);
    const char *title = SKIP(text, titles);
    *has_unit = title != NULL;
    text = title ? title : text;
    const char *end = read_worded(text, span, has_unit);
    if (!end)
        end = read_numbered(text, span, has_unit);
    return end && !*end;
}

bool age_span_of_level(const char *code, const char *label, age_span *span)
{
    age_span labelled;
    bool has_unit, label_has_unit;
    bool is_code = age_span_read(code, span, &has_unit), is_label = age_span_read(label, &labelled, &label_has_unit);
    if (is_label && (!is_code || label_has_unit || (labelled.low == span->low && labelled.high > span->high)))
        *span = labelled;
    return is_code || is_label;
}

/* What stands behind it may be anything, but "60-69 (menn)" is a range and "18 år og over, menn" open. */
static bool read_prefix(const char *text, age_span *span)
{
    bool has_unit = false;
    if (!text)
        return false;
    if (read_worded(text, span, &has_unit) || read_numbered(text, span, &has_unit))
        return true;
    bool is_number = take_number(text, &span->low) != NULL;
    span->high = span->low;
    return is_number;
}

bool age_span_of_prefix(const char *code, const char *label, age_span *span)
{
    return read_prefix(code, span) || read_prefix(label, span);
}

bool age_spans_overlap(age_span a, age_span b)
{
    return a.low <= b.high && b.low <= a.high;
}
