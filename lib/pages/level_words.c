/* level_words.c - see level_words.h. */
#include <behov/level_words.h>

#include <math.h>
#include <stdio.h>

#include <behov/format.h>
#include <behov/lasting.h>

/* Half chi-squared with 1 degree of freedom: the limit at 5 per cent of a parameter that is 0 or above. */
static const double likelihood_ratio_limit = 2.71;
/* Level of an interval from which what lies in it is called likely. */
static const double likely_from = 0.8;
enum { WORDS_UP_TO = 12 };

/* ---- names ---------------------------------------------------------------------------------------------------------
 * */

void behov_number_words(unsigned number, behov_language lang, behov_wording *words)
{
    static const behov_word number_words[WORDS_UP_TO + 1] = {BEHOV_NO_WORD,
                                                             BEHOV_WORD_NUMBER_WORD_1,
                                                             BEHOV_WORD_NUMBER_WORD_2,
                                                             BEHOV_WORD_NUMBER_WORD_3,
                                                             BEHOV_WORD_NUMBER_WORD_4,
                                                             BEHOV_WORD_NUMBER_WORD_5,
                                                             BEHOV_WORD_NUMBER_WORD_6,
                                                             BEHOV_WORD_NUMBER_WORD_7,
                                                             BEHOV_WORD_NUMBER_WORD_8,
                                                             BEHOV_WORD_NUMBER_WORD_9,
                                                             BEHOV_WORD_NUMBER_WORD_10,
                                                             BEHOV_WORD_NUMBER_WORD_11,
                                                             BEHOV_WORD_NUMBER_WORD_12};
    char text[BEHOV_NUMBER_SIZE];
    behov_wording_add(words, number >= 1 && number <= WORDS_UP_TO ? behov_label(lang, number_words[number])
                                                                  : behov_format_count(lang, number, text));
}

bool behov_level_is_likely(double level, bool is_firm)
{
    return is_firm && level >= likely_from;
}

const char *behov_level_likely(double level, bool is_firm, behov_language lang)
{
    return behov_label(lang,
                       behov_level_is_likely(level, is_firm) ? BEHOV_WORD_LEVEL_LIKELY : BEHOV_WORD_LEVEL_PERHAPS);
}

/* "the level forecast for 2017-2019" */
static void fill_years(const behov_shrink_variances *shrink_variances, behov_level_form form, behov_language lang,
                       behov_wording *words)
{
    static const behov_word names[] = {BEHOV_WORD_LEVEL_YEARS,       BEHOV_WORD_LEVEL_YEARS_FIRST,
                                       BEHOV_WORD_LEVEL_YEARS,       BEHOV_WORD_LEVEL_YEARS_FIRST,
                                       BEHOV_WORD_LEVEL_YEARS_SHORT, BEHOV_WORD_LEVEL_YEARS_SHORT_WITHIN};
    behov_wording years = {0};
    long first = (long)shrink_variances->last_year + 1, last = first + (long)shrink_variances->horizon - 1;
    behov_wording_print(&years, "%ld", first);
    if (last > first)
        behov_wording_print(&years, "–%ld", last);
    behov_wording_fill(words, lang, names[form], "years", behov_wording_text(&years), NULL);
    behov_wording_spend(words, &years);
}

void behov_level_name(const behov_shrink_variances *shrink_variances, behov_level_form form, behov_language lang,
                      behov_wording *words)
{
    static const behov_word lasting[] = {BEHOV_WORD_LEVEL_LASTING,          BEHOV_WORD_LEVEL_LASTING_FIRST,
                                         BEHOV_WORD_LEVEL_LASTING_DEFINITE, BEHOV_WORD_LEVEL_LASTING_DEFINITE_FIRST,
                                         BEHOV_WORD_LEVEL_LASTING_SHORT,    BEHOV_WORD_LEVEL_LASTING};
    static const behov_word ahead[] = {BEHOV_WORD_LEVEL_AHEAD,       BEHOV_WORD_LEVEL_AHEAD_FIRST,
                                       BEHOV_WORD_LEVEL_AHEAD,       BEHOV_WORD_LEVEL_AHEAD_FIRST,
                                       BEHOV_WORD_LEVEL_AHEAD_SHORT, BEHOV_WORD_LEVEL_AHEAD_SHORT_WITHIN};
    static const behov_word ahead_year[] = {
        BEHOV_WORD_LEVEL_AHEAD_YEAR,       BEHOV_WORD_LEVEL_AHEAD_YEAR_FIRST, BEHOV_WORD_LEVEL_AHEAD_YEAR,
        BEHOV_WORD_LEVEL_AHEAD_YEAR_FIRST, BEHOV_WORD_LEVEL_AHEAD_YEAR_SHORT, BEHOV_WORD_LEVEL_AHEAD_YEAR_SHORT_WITHIN};
    if (!behov_lasting_is_ahead(shrink_variances)) {
        behov_wording_add(words, behov_label(lang, lasting[form]));
        return;
    }
    unsigned horizon = shrink_variances->horizon;
    if (shrink_variances->is_named_by_years && shrink_variances->last_year > 0) {
        fill_years(shrink_variances, form, lang, words);
        return;
    }
    char figure[BEHOV_NUMBER_SIZE];
    behov_wording number = {0};
    if (form >= BEHOV_LEVEL_SHORT)
        behov_wording_add(&number, behov_format_count(lang, horizon, figure));
    else
        behov_number_words(horizon, lang, &number);
    behov_wording_fill(words, lang, (horizon == 1 ? ahead_year : ahead)[form], "n", behov_wording_text(&number), NULL);
    behov_wording_spend(words, &number);
}

void behov_level_fill(const behov_shrink_variances *shrink_variances, double level_pct, behov_word word,
                      behov_language lang, behov_wording *words)
{
    behov_wording names[BEHOV_LEVEL_SHORT_WITHIN + 1] = {{0}};
    char level[BEHOV_NUMBER_SIZE];
    for (int form = 0; form <= BEHOV_LEVEL_SHORT_WITHIN; form++)
        behov_level_name(shrink_variances, (behov_level_form)form, lang, &names[form]);
    behov_wording_fill(words, lang, word, "level", behov_format_level(lang, level_pct, level), "level_name",
                       behov_wording_text(&names[BEHOV_LEVEL_NAME]), "level_first",
                       behov_wording_text(&names[BEHOV_LEVEL_NAME_FIRST]), "level_definite",
                       behov_wording_text(&names[BEHOV_LEVEL_DEFINITE]), "level_definite_first",
                       behov_wording_text(&names[BEHOV_LEVEL_DEFINITE_FIRST]), "level_short",
                       behov_wording_text(&names[BEHOV_LEVEL_SHORT]), "level_name_short",
                       behov_wording_text(&names[BEHOV_LEVEL_SHORT_WITHIN]), NULL);
    for (int form = 0; form <= BEHOV_LEVEL_SHORT_WITHIN; form++)
        behov_wording_spend(words, &names[form]);
}

/* ---- chance that lasts ---------------------------------------------------------------------------------------------
 * */

static const char *fixed(double value, int decimals, behov_language lang, char text[BEHOV_NUMBER_SIZE])
{
    behov_number_fixed(value, decimals, behov_label_decimal_mark(lang), behov_label_group_mark(lang), 4, text);
    return behov_format_minus(text);
}

/* How chance goes on, no bolder than its test. */
static void say_phi(const behov_shrink_variances *shrink_variances, behov_language lang, behov_wording *words)
{
    char phi[BEHOV_NUMBER_SIZE], error[BEHOV_NUMBER_SIZE], ratio[BEHOV_NUMBER_SIZE];
    bool is_clear = shrink_variances->likelihood_ratio > likelihood_ratio_limit;
    behov_word word = isnan(shrink_variances->phi_error)
                          ? (is_clear ? BEHOV_WORD_CHANCE_LASTS_AT_LIMIT : BEHOV_WORD_CHANCE_UNCLEAR_AT_LIMIT)
                          : (is_clear ? BEHOV_WORD_CHANCE_LASTS : BEHOV_WORD_CHANCE_UNCLEAR);
    behov_wording_fill(words, lang, word, "phi", fixed(shrink_variances->phi, 2, lang, phi), "se",
                       fixed(shrink_variances->phi_error, 3, lang, error), "lr",
                       fixed(shrink_variances->likelihood_ratio, 1, lang, ratio), NULL);
}

static void say_level(const behov_shrink_variances *shrink_variances, behov_language lang, behov_wording *words)
{
    behov_wording name = {0};
    char part[BEHOV_NUMBER_SIZE];
    behov_level_name(shrink_variances, BEHOV_LEVEL_NAME_FIRST, lang, &name);
    behov_wording_fill(words, lang, BEHOV_WORD_CHANCE_LEVEL, "level_first", behov_wording_text(&name), "part",
                       fixed(100 * shrink_variances->lasting_chance, 0, lang, part), NULL);
    behov_wording_spend(words, &name);
}

static void say_permanent(const behov_shrink_variances *shrink_variances, behov_language lang, behov_wording *words)
{
    behov_wording_add(words, behov_label(lang, shrink_variances->is_inseparable ? BEHOV_WORD_CHANCE_INSEPARABLE
                                               : shrink_variances->is_permanent_known
                                                   ? BEHOV_WORD_CHANCE_PERMANENT
                                                   : BEHOV_WORD_CHANCE_PERMANENT_NOT_KNOWN));
}

static void say_years(const behov_shrink_variances *shrink_variances, behov_language lang, behov_wording *words)
{
    behov_wording number = {0};
    behov_number_words((unsigned)shrink_variances->n_years, lang, &number);
    if (shrink_variances->n_years < 5)
        behov_wording_fill(words, lang,
                           shrink_variances->n_years == 2 ? BEHOV_WORD_CHANCE_TWO_YEARS : BEHOV_WORD_CHANCE_FEW_YEARS,
                           "n", behov_wording_text(&number), NULL);
    behov_wording_spend(words, &number);
}

void behov_chance_sentence(const behov_shrink_variances *shrink_variances, size_t n_municipalities, size_t i,
                           behov_language lang, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE], gain[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (!behov_lasting_is_ahead(shrink_variances)) {
        if (i == 0 && shrink_variances->is_known && !shrink_variances->is_one_year)
            behov_wording_fill(words, lang, BEHOV_WORD_CHANCE_INDEPENDENT, NULL);
        return;
    }
    switch (i) {
    case 0: say_phi(shrink_variances, lang, words); break;
    case 1: say_level(shrink_variances, lang, words); break;
    case 2: say_permanent(shrink_variances, lang, words); break;
    case 3: say_years(shrink_variances, lang, words); break;
    case 4:
        if (n_municipalities < BEHOV_FEW_MUNICIPALITIES)
            behov_wording_fill(words, lang, BEHOV_WORD_CHANCE_FEW_MUNICIPALITIES, "n",
                               behov_format_count(lang, (double)n_municipalities, number), NULL);
        break;
    case 5:
        if (behov_lasting_has_white_noise(shrink_variances))
            behov_wording_fill(words, lang, BEHOV_WORD_CHANCE_WHITE_NOISE, "n",
                               fixed(100 * shrink_variances->white_share, 0, lang, number), "gain",
                               fixed(shrink_variances->white_gain, 1, lang, gain), NULL);
        break;
    default:
        if (behov_lasting_goes_by_size(shrink_variances))
            behov_wording_fill(words, lang,
                               shrink_variances->small_person > 0 ? BEHOV_WORD_CHANCE_SMALL_PLACES
                                                                  : BEHOV_WORD_CHANCE_LARGE_PLACES,
                               "gain", fixed(shrink_variances->small_gain, 1, lang, gain), NULL);
    }
}

/* ---- what limits claims --------------------------------------------------------------------------------------------
 */

static void say_few(size_t n_municipalities, behov_language lang, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    if (n_municipalities < BEHOV_FEW_MUNICIPALITIES)
        behov_wording_fill(words, lang, BEHOV_WORD_LEVEL_LIMIT_FEW, "n",
                           behov_format_count(lang, (double)n_municipalities, number), NULL);
}

void behov_level_limit(const behov_shrink_variances *shrink_variances, size_t n_municipalities, size_t i,
                       behov_language lang, behov_wording *words)
{
    behov_wording_clear(words);
    if (!shrink_variances->is_known)
        return;
    if (i == 0 && (shrink_variances->is_one_year || behov_lasting_is_assumed(shrink_variances)))
        behov_wording_add(words, behov_label(lang, shrink_variances->is_one_year ? BEHOV_WORD_LEVEL_LIMIT_ONE_YEAR
                                                                                 : BEHOV_WORD_LASTING_IS_ASSUMED));
    else if (i == BEHOV_LEVEL_LIMIT_FEW)
        say_few(n_municipalities, lang, words);
    else if (i == 2 && behov_lasting_has_white_noise(shrink_variances))
        behov_wording_add(words, behov_label(lang, BEHOV_WORD_LEVEL_LIMIT_WHITE_NOISE));
    else if (i == 3 && behov_lasting_goes_by_size(shrink_variances))
        behov_wording_add(words,
                          behov_label(lang, shrink_variances->small_person > 0 ? BEHOV_WORD_LEVEL_LIMIT_SMALL_PLACES
                                                                               : BEHOV_WORD_LEVEL_LIMIT_LARGE_PLACES));
}

void behov_level_add_limits(const behov_shrink_variances *shrink_variances, size_t n_municipalities,
                            behov_language lang, behov_wording *words)
{
    behov_wording limit = {0};
    for (size_t i = 0; i < BEHOV_LEVEL_LIMITS; i++) {
        behov_level_limit(shrink_variances, n_municipalities, i, lang, &limit);
        if (limit.length)
            behov_wording_add_after(words, " ", behov_wording_text(&limit));
    }
    behov_wording_spend(words, &limit);
}
