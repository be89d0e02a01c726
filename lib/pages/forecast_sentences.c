/* forecast_sentences.c - years to come in sentences: a municipality's next year and the mean of the years ahead with
 * their prediction intervals, and beside them that of a new municipality with the same figures. */
#include <behov/profile_sentences.h>

#include <math.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include <behov/ratio.h>
#include "sentence_parts.h"
#include "profile_parts.h"

static behov_language lang_of(const behov_profiles *profiles)
{
    return profiles->fit_results->study->lang;
}

void profile_say_forecast_title(const behov_profiles *profiles, const behov_profile *profile, behov_wording *words)
{
    char year[16];
    if (behov_profile_has_forecast(profiles, profile))
        behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_FORECAST_TITLE, "name",
                           behov_profile_name(profiles, profile), "year",
                           profile_year(profile->years[profile->last_need].year, year), NULL);
}

/* ", i alt 26,7 mill. kr til 43,6 mill. kr"; nothing without amounts in all. */
static void add_in_all(const behov_profiles *profiles, behov_interval interval_1000kr, behov_wording *words)
{
    if (isnan(interval_1000kr.low))
        return;
    behov_wording low = {0}, high = {0};
    profile_add_kroner(profiles, interval_1000kr.low, &low);
    profile_add_kroner(profiles, interval_1000kr.high, &high);
    behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_NEXT_IN_ALL, "low", behov_wording_text(&low),
                       "high", behov_wording_text(&high), NULL);
    behov_wording_spend(words, &low);
    behov_wording_spend(words, &high);
}

/* The year after the panel's last, with the interval of this municipality. */
static void add_next_year(const behov_profiles *profiles, const behov_profile_year *last, const char *likely,
                          behov_wording *words)
{
    const behov_forecast *next = &last->forecasts[BEHOV_FORECAST_NEXT];
    behov_wording high = {0}, in_all = {0};
    char year[16], last_year[16], level[100], low[BEHOV_NUMBER_SIZE], ratio_low[BEHOV_NUMBER_SIZE],
        ratio_high[BEHOV_NUMBER_SIZE];
    behov_format_cell(behov_profile_amount_quantity(profiles), behov_profile_shown(profiles, next->interval.low),
                      lang_of(profiles), low);
    profile_add_amount(profiles, next->interval.high, &high);
    add_in_all(profiles, next->interval_1000kr, &in_all);
    profile_level(profiles, level);
    behov_wording_fill(
        words, lang_of(profiles),
        behov_profile_word(profiles, isnan(next->ratio) ? BEHOV_WORD_PROFILE_NEXT_NO_RATIO : BEHOV_WORD_PROFILE_NEXT),
        "year", profile_year(behov_profiles_next_year(profiles), year), "last", profile_year(last->year, last_year),
        "ratio_low", profile_whole(profiles, behov_ratio_printed(next->ratio_interval.low), ratio_low), "ratio_high",
        profile_whole(profiles, behov_ratio_printed(next->ratio_interval.high), ratio_high), "low",
        behov_format_minus(low), "high", behov_wording_text(&high), "in_all", behov_wording_text(&in_all), "level",
        level, "likely", likely, NULL);
    behov_wording_spend(words, &high);
    behov_wording_spend(words, &in_all);
}

/* A sentence of an interval in per cent. */
static void add_per_cent(const behov_profiles *profiles, behov_word word, behov_interval interval, const char *likely,
                         behov_wording *words)
{
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_wording number = {0};
    if (isnan(interval.low))
        return;
    behov_number_words(profiles->country.variances.horizon, lang_of(profiles), &number);
    behov_wording_add(words, " ");
    behov_wording_fill(words, lang_of(profiles), word, "n", behov_wording_text(&number), "low",
                       profile_whole(profiles, behov_ratio_printed(interval.low), low), "high",
                       profile_whole(profiles, behov_ratio_printed(interval.high), high), "likely", likely, NULL);
    behov_wording_spend(words, &number);
}

/* Whether the mean of the years ahead has a narrower interval than the level of the same years, as both are printed. The
 * coefficients move the need and the level of a municipality in opposite directions: what they do not tell is in the level
 * in per cent of the need, and evens out in their sum, which is held against the need as printed. */
static bool is_narrower_than_level(const behov_profile_year *last)
{
    behov_interval level = behov_lasting_interval_shown(last->lasting.interval),
                   coming = last->forecasts[BEHOV_FORECAST_COMING].ratio_interval;
    return behov_ratio_printed(coming.high) - behov_ratio_printed(coming.low) <
           behov_ratio_printed(level.high) - behov_ratio_printed(level.low);
}

static void add_coming_years(const behov_profiles *profiles, const behov_profile_year *last, const char *likely,
                             behov_wording *words)
{
    add_per_cent(profiles, BEHOV_WORD_PROFILE_NEXT_COMING, last->forecasts[BEHOV_FORECAST_COMING].ratio_interval,
                 likely, words);
    if (is_narrower_than_level(last))
        behov_wording_add_after(words, " ", behov_label(lang_of(profiles), BEHOV_WORD_PROFILE_NEXT_COMING_NARROW));
}

void profile_say_next(const behov_profiles *profiles, const behov_profile *profile, behov_wording *words)
{
    const behov_profile_year *last = &profile->years[profile->last_need];
    const char *likely = profile_likely(profiles, profile);
    char year[16];
    if (profiles->country.variances.is_known && profiles->country.variances.is_one_year)
        behov_wording_add(words, behov_label(lang_of(profiles), BEHOV_WORD_PROFILE_NEXT_ONE_YEAR));
    if (!behov_profile_has_forecast(profiles, profile))
        return;
    add_next_year(profiles, last, likely, words);
    behov_wording_add(words, " ");
    behov_wording_fill(words, lang_of(profiles), behov_profile_word(profiles, BEHOV_WORD_PROFILE_NEXT_WITH), "year",
                       profile_year(last->year, year), NULL);
    if (behov_profile_has_coming(profiles))
        add_coming_years(profiles, last, likely, words);
    add_per_cent(profiles, BEHOV_WORD_PROFILE_NEXT_NEW, last->forecasts[BEHOV_FORECAST_NEW].ratio_interval, likely,
                 words);
}

bool behov_profile_has_forecast(const behov_profiles *profiles, const behov_profile *profile)
{
    return behov_profiles_next_year(profiles) &&
           !isnan(profile->years[profile->last_need].forecasts[BEHOV_FORECAST_NEXT].outcome);
}

bool behov_profile_has_coming(const behov_profiles *profiles)
{
    return profiles->country.variances.horizon > 1;
}

void behov_profile_forecast_name(const behov_profiles *profiles, size_t which, behov_wording *words)
{
    int next = behov_profiles_next_year(profiles);
    char year[16];
    behov_wording years = {0};
    behov_sentence_years(&years, "", next, next + (int)profiles->country.variances.horizon - 1);
    behov_wording_fill(words, lang_of(profiles),
                       which == BEHOV_FORECAST_NEXT     ? BEHOV_WORD_PROFILE_FORECAST_NEXT
                       : which == BEHOV_FORECAST_COMING ? BEHOV_WORD_PROFILE_FORECAST_COMING
                                                        : BEHOV_WORD_PROFILE_FORECAST_NEW,
                       "year", profile_year(next, year), "years", behov_wording_text(&years), NULL);
    behov_wording_spend(words, &years);
}
