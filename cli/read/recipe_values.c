/* recipe_values.c - see recipe_values.h. */
#include "recipe_values.h"

#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Adds a text without the quotes around it; "" within quotes stands for one. */
static bool add_text(behov_recipe_texts *out, const char *text, size_t length)
{
    char **larger = realloc(out->all, (out->n + 1) * sizeof *larger);
    if (!larger)
        return false;
    out->all = larger;
    char *copy = malloc(length + 1), *end = copy;
    if (!copy)
        return false;
    bool is_quoted = length >= 2 && text[0] == '"' && text[length - 1] == '"';
    for (size_t i = is_quoted; i < length - is_quoted; i++) {
        *end++ = text[i];
        i += is_quoted && text[i] == '"' && text[i + 1] == '"' && i + 1 < length - 1;
    }
    *end = '\0';
    out->all[out->n++] = copy;
    return true;
}

static behov_status no_memory(const char *where, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, where, SAY_RECIPE_NO_MEMORY);
}

/* The end of quotes that begin at `text`, behind the last of them; NULL when they are not closed. */
static const char *end_of_quotes(const char *text)
{
    for (text++; *text; text++)
        if (*text == '"') {
            if (text[1] != '"')
                return text + 1;
            text++;
        }
    return NULL;
}

behov_status recipe_values_names(const char *text, const char *where, behov_recipe_texts *out, behov_error *err)
{
    for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
        const char *end = *text == '"' ? end_of_quotes(text) : text + strcspn(text, " \t");
        if (!end || (*end && !is_blank(*end)))
            return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_RECIPE_QUOTES, behov_cut(text, 60).text);
        if (!add_text(out, text, (size_t)(end - text)))
            return no_memory(where, err);
        text = end;
    }
    return BEHOV_OK;
}

/* The end of an item of a list: a comma outside quotes and parentheses, or the end; NULL when one is not closed. */
static const char *end_of_item(const char *text)
{
    int depth = 0;
    while (*text && !(*text == ',' && depth == 0)) {
        if (*text == '"') {
            if (!(text = end_of_quotes(text)))
                return NULL;
            continue;
        }
        depth += (*text == '(') - (*text == ')');
        if (depth < 0)
            return NULL;
        text++;
    }
    return depth == 0 ? text : NULL;
}

behov_status recipe_values_list(const char *text, const char *where, behov_recipe_texts *out, bool **is_optional,
                                behov_error *err)
{
    for (bool goes_on = true; goes_on; text++) {
        const char *end = end_of_item(text);
        if (!end)
            return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_RECIPE_QUOTES, behov_cut(text, 60).text);
        const char *first = text, *last = end;
        while (first < last && is_blank(*first))
            first++;
        while (last > first && is_blank(last[-1]))
            last--;
        bool in_parentheses = last - first >= 2 && *first == '(' && last[-1] == ')';
        first += in_parentheses;
        last -= in_parentheses;
        if (first == last)
            return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_RECIPE_EMPTY_ITEM);
        bool *larger = realloc(*is_optional, (out->n + 1) * sizeof *larger);
        if (!larger)
            return no_memory(where, err);
        *is_optional = larger;
        larger[out->n] = in_parentheses;
        if (!add_text(out, first, (size_t)(last - first)))
            return no_memory(where, err);
        text = end;
        goes_on = *end == ',';
    }
    return BEHOV_OK;
}

behov_status recipe_values_alternatives(const char *text, const char *where, behov_recipe_texts *out, behov_error *err)
{
    for (bool goes_on = true; goes_on; text++) {
        const char *end = text + strcspn(text, "|"), *first = text, *last = end;
        while (first < last && is_blank(*first))
            first++;
        while (last > first && is_blank(last[-1]))
            last--;
        if (first == last)
            return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_RECIPE_EMPTY_ITEM);
        if (!add_text(out, first, (size_t)(last - first)))
            return no_memory(where, err);
        text = end;
        goes_on = *end == '|';
    }
    return BEHOV_OK;
}

/* Four digits at the beginning, or 0. */
static int four_digits(const char *text)
{
    int year = 0;
    for (int i = 0; i < 4; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        year = 10 * year + (text[i] - '0');
    }
    return year;
}

bool recipe_values_years(const char *text, int lowest, int highest, int *first, int *last)
{
    if (!(*first = *last = four_digits(text)))
        return false;
    text += 4;
    text += strspn(text, " \t");
    if (*text) {
        text += *text == '-' ? 1 : strncmp(text, "–", 3) == 0 ? 3 : 0;
        text += strspn(text, " \t");
        *last = *text ? four_digits(text) : highest;
        if (!*last || (*text && text[4]))
            return false;
    }
    return *first >= lowest && *last <= highest && *first <= *last;
}
