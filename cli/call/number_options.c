/* number_options.c - see number_options.h. */
#include "number_options.h"

#include <behov/number.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* 3.740.000 or 3,740,000: more than one mark of the same kind, three digits behind each. */
static bool has_thousands_marks(const char *text)
{
    size_t n_marks = 0;
    text += strspn(text, "+-");
    size_t length = strspn(text, "0123456789");
    char mark = text[length];
    bool is_so = length >= 1 && length <= 3 && (mark == '.' || mark == ',');
    for (text += length; is_so && *text; text += 4, n_marks++)
        is_so = *text == mark && strspn(text + 1, "0123456789") >= 3;
    return is_so && n_marks > 1;
}

bool number_option(const command_line *line, const char *name, double low, double high, double *value)
{
    const char *text = option_value(line, name);
    if (!text)
        return true;
    double read_value;
    if (behov_number_parse(text, strlen(text), strchr(text, ',') ? ',' : '.', &read_value) != BEHOV_NUMBER_OK ||
        read_value < low || read_value > high) {
        if (has_thousands_marks(text)) {
            wrong_call(line->verb, SAY_OPTION_NUMBER_THOUSANDS, name, text);
            return false;
        }
        wrong_call(line->verb, SAY_OPTION_NUMBER_RANGE, name, text, behov_phrase_number(low).text,
                   behov_phrase_number(high).text);
        return false;
    }
    double other_value;
    if (behov_number_may_be_thousands(text, strlen(text), &other_value) && other_value >= low && other_value <= high) {
        wrong_call(line->verb, SAY_OPTION_NUMBER_AMBIGUOUS, name, text, behov_phrase_number(read_value).text,
                   behov_phrase_number(other_value).text);
        return false;
    }
    *value = read_value;
    return true;
}

bool whole_option(const command_line *line, const char *name, double low, double high, double *value)
{
    if (!number_option(line, name, low, high, value))
        return false;
    if (option_given(line, name) && *value != floor(*value)) {
        wrong_call(line->verb, SAY_OPTION_NUMBER_WHOLE, name, option_value(line, name));
        return false;
    }
    return true;
}

/* "95" of 0.95, "97.5" of 0.975. */
static void share_in_per_cent(double share, char text[BEHOV_NUMBER_SIZE])
{
    behov_number_significant(100 * share, 12, '.', text);
    size_t length = strlen(text);
    while (strchr(text, '.') &&
           (text[length - 1] == '0' || text[length - 1] == '.')) { /* no zeros behind what was meant */
        bool is_mark = text[length - 1] == '.';
        text[--length] = '\0';
        if (is_mark)
            break;
    }
}

/* False and a question when an option in per cent has a value between 0 and `lower_value`: a share, by its looks. */
static bool is_in_per_cent(const command_line *line, const char *name, double lower_value, const char *noun)
{
    const char *text = option_value(line, name);
    double value;
    if (!text || behov_number_parse(text, strlen(text), strchr(text, ',') ? ',' : '.', &value) != BEHOV_NUMBER_OK ||
        !(value > 0 && value < lower_value))
        return true;
    char per_cent[BEHOV_NUMBER_SIZE];
    share_in_per_cent(value, per_cent);
    wrong_call(line->verb, SAY_OPTION_NUMBER_PER_CENT, name, text, noun, per_cent, name, per_cent);
    return false;
}

bool level_option(const command_line *line, double *level_pct)
{
    return is_in_per_cent(line, "level", 1, PHRASE_OPTION_LEVEL_IN_PER_CENT) &&
           number_option(line, "level", 1, 99.999, level_pct);
}

bool ratio_limits_option(const command_line *line, behov_ratio_limits *limits)
{
    return is_in_per_cent(line, "low", 3, PHRASE_OPTION_RATIOS_IN_PER_CENT) &&
           is_in_per_cent(line, "high", 3, PHRASE_OPTION_RATIOS_IN_PER_CENT) &&
           is_in_per_cent(line, "change", 1, PHRASE_OPTION_CHANGES_IN_POINTS) &&
           number_option(line, "low", 0, 1e6, &limits->low) && number_option(line, "high", 0.001, 1e6, &limits->high) &&
           number_option(line, "change", 0.001, 1e6, &limits->change);
}
