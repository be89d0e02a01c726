/* scenario_step.c - "+20persons", "-0,5", "+10%", "4.2": what is asked of a column, read. */
#include <behov/scenario.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/number.h>
#include <behov/word.h>

typedef enum suffix { SUFFIX_NONE, SUFFIX_PERSONS, SUFFIX_POINTS, SUFFIX_PER_CENT, SUFFIX_UNKNOWN } suffix;

static suffix read_suffix(const char *text, size_t length)
{
    static const struct {
        const char *word;
        suffix meaning;
    } words[] = {{"", SUFFIX_NONE},           {"p", SUFFIX_PERSONS},           {"person", SUFFIX_PERSONS},
                 {"persons", SUFFIX_PERSONS}, {"personer", SUFFIX_PERSONS},    {"pp", SUFFIX_POINTS},
                 {"points", SUFFIX_POINTS},   {"prosentpoeng", SUFFIX_POINTS}, {"%", SUFFIX_PER_CENT},
                 {"pct", SUFFIX_PER_CENT},    {"percent", SUFFIX_PER_CENT},    {"prosent", SUFFIX_PER_CENT}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == length && memcmp(words[i].word, text, length) == 0)
            return words[i].meaning;
    return SUFFIX_UNKNOWN;
}

/* Where the unit begins: behind the last digit, or mark of a number. */
static size_t number_length(const char *text)
{
    size_t length = strlen(text);
    while (length && !(text[length - 1] >= '0' && text[length - 1] <= '9') && text[length - 1] != '.' &&
           text[length - 1] != ',')
        length--;
    return length;
}

static bool has_sign(const char *text)
{
    static const char minus[] = "\xE2\x88\x92"; /* U+2212 */
    return text[0] == '+' || text[0] == '-' || strncmp(text, minus, sizeof minus - 1) == 0;
}

behov_status behov_scenario_step_parse(const char *text, const char *where, behov_step_kind *kind,
                                       behov_step_unit *unit, double *amount, behov_error *err)
{
    text += strspn(text, " \t");
    size_t length = number_length(text), end = strlen(text);
    while (end > length && (text[end - 1] == ' ' || text[end - 1] == '\t'))
        end--;
    const char *rest = text + length;
    size_t n_rest = end - length;
    for (; n_rest && (*rest == ' ' || *rest == '\t'); n_rest--)
        rest++;
    suffix suffix = read_suffix(rest, n_rest);
    double value = NAN;
    bool is_number = length && (behov_number_parse(text, length, '.', &value) == BEHOV_NUMBER_OK ||
                                behov_number_parse(text, length, ',', &value) == BEHOV_NUMBER_OK);
    if (!is_number || suffix == SUFFIX_UNKNOWN || !isfinite(value))
        return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_SCENARIO_NO_CHANGE_TEXT, behov_cut(text, 60).text);
    if (suffix == SUFFIX_PERSONS && value != floor(value))
        return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_SCENARIO_PERSONS_WHOLE, behov_cut(text, 60).text);
    double whole;
    if (behov_number_may_be_thousands(text, length, &whole))
        return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_SCENARIO_THOUSANDS, behov_cut(text, 60).text,
                               behov_phrase_number(value).text, behov_phrase_number(whole).text);
    if (!has_sign(text) && (suffix == SUFFIX_PER_CENT || suffix == SUFFIX_POINTS))
        return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_SCENARIO_PER_CENT_OF_WHAT, behov_cut(text, 60).text);
    *kind = suffix == SUFFIX_PER_CENT ? BEHOV_STEP_PER_CENT : has_sign(text) ? BEHOV_STEP_ADD : BEHOV_STEP_LEVEL;
    *unit = suffix == SUFFIX_PERSONS  ? BEHOV_STEP_PERSONS
            : suffix == SUFFIX_POINTS ? BEHOV_STEP_POINTS
                                      : BEHOV_STEP_OF_COLUMN;
    *amount = value;
    return BEHOV_OK;
}
