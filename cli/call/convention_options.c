/* convention_options.c - see convention_options.h.
 *
 * Levels are separated by commas, or where commas are their decimal marks by / or ; or blanks: "5/1/0,1". A piece that
 * is 0 alone is the beginning of a level with a comma, as no level is 0: "5,1,0,1" is "5/1/0,1". */
#include "convention_options.h"

#include <string.h>

#include <behov/number.h>

#include "letters.h"
#include "verb.h"

enum { MOST_LETTERS = 32 };

/* The bytes of the level that a list begins with. */
static size_t level_length(const char *text, bool has_decimal_commas)
{
    size_t length = strcspn(text, has_decimal_commas ? "/; " : ",");
    if (!has_decimal_commas && length == 1 && text[0] == '0' && text[1] == ',')
        length += 1 + strcspn(text + 2, ",");
    return length;
}

/* A level in per cent, "0.1" or "0,1", perhaps with its mark. */
static bool read_level(const char *text, size_t length, double *share)
{
    double level_pct;
    length -= length > 0 && text[length - 1] == '%';
    if (length == 0 || length >= MOST_LETTERS ||
        behov_number_parse(text, length, memchr(text, ',', length) ? ',' : '.', &level_pct) != BEHOV_NUMBER_OK)
        return false;
    *share = level_pct / 100;
    return level_pct > 0 && level_pct < 100;
}

static bool read_levels(const char *text, behov_stars *stars)
{
    bool has_decimal_commas = strpbrk(text, "/; ") != NULL;
    size_t n = 0;
    *stars = (behov_stars){.is_none = false};
    while (n < BEHOV_STAR_MARKS) {
        text += has_decimal_commas ? strspn(text, " ") : 0;
        size_t length = level_length(text, has_decimal_commas);
        if (!read_level(text, length, &stars->levels[n++]))
            return false;
        text += length;
        if (!*text)
            return behov_stars_are_valid(*stars);
        text++;
    }
    return false;
}

static int read_stars(const command_line *line, behov_stars *stars)
{
    const char *text = option_value(line, "stars");
    behov_stars read_stars = {.is_none = text && strcmp(text, "none") == 0};
    if (!text)
        return 0;
    if (!read_stars.is_none && !read_levels(text, &read_stars))
        return wrong_value(line->verb, "stars", text, SAY_OPTION_STARS, text);
    enum { LOWEST_PER_MILLE = 5 }; /* "0.1,0.05,0.01" are shares, by their looks: nobody's weakest level is 0.1% */
    if (!read_stars.is_none && 1000 * read_stars.levels[0] < LOWEST_PER_MILLE)
        return wrong_call(line->verb, SAY_OPTION_STARS_IN_PER_CENT, text);
    *stars = read_stars;
    return 0;
}

static int read_brackets(const command_line *line, behov_brackets *brackets)
{
    static const struct {
        const char *name;
        behov_brackets brackets;
    } kinds[] = {{"se", BEHOV_BRACKETS_ERROR},
                 {"t", BEHOV_BRACKETS_T},
                 {"p", BEHOV_BRACKETS_P},
                 {"interval", BEHOV_BRACKETS_INTERVAL},
                 {"ci", BEHOV_BRACKETS_INTERVAL}}; /* as esttab and fixest have it */
    const char *name = option_value(line, "brackets");
    if (!name)
        return 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0) {
            *brackets = kinds[i].brackets;
            return 0;
        }
    return wrong_value(line->verb, "brackets", name, SAY_OPTION_BRACKETS, name);
}

int convention_options_read(const command_line *line, behov_table_conventions *conventions)
{
    int code = verb_has_option(line->verb, "stars") ? read_stars(line, &conventions->stars) : 0;
    return !code && verb_has_option(line->verb, "brackets") ? read_brackets(line, &conventions->brackets) : code;
}
