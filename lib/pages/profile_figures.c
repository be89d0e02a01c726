/* profile_figures.c - the figures of a municipality's year: what each is called, where it stands, who sees it. */
#include <behov/profile_tables.h>

#include <string.h>

#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include <behov/result_sentences.h>

#define AT(member) offsetof(behov_profile_year, member)

const behov_profile_figure behov_profile_figures[] = {
    {"ratio", BEHOV_WORD_PROFILE_RATIO, AT(ratio), BEHOV_Q_RATIO, false, true, true},
    {"ratio_low", BEHOV_WORD_RATIO_LOW, AT(ratio_interval.low), BEHOV_Q_RATIO, true, false, true},
    {"ratio_high", BEHOV_WORD_RATIO_HIGH, AT(ratio_interval.high), BEHOV_Q_RATIO, true, false, true},
    {"country_ratio", BEHOV_WORD_PROFILE_COUNTRY_RATIO, AT(ratios[BEHOV_PEER_COUNTRY]), BEHOV_Q_RATIO, false, true,
     true},
    {"group_ratio", BEHOV_WORD_PROFILE_GROUP_RATIO, AT(ratios[BEHOV_PEER_GROUP]), BEHOV_Q_RATIO, false, true, true},
    {"shrunk_ratio", BEHOV_WORD_PROFILE_SHRUNK, AT(lasting.ratio), BEHOV_Q_RATIO, false, false, true},
    {"shrunk_ratio_low", BEHOV_WORD_PROFILE_SHRUNK_LOW, AT(lasting.interval.low), BEHOV_Q_RATIO, true, false, true},
    {"shrunk_ratio_high", BEHOV_WORD_PROFILE_SHRUNK_HIGH, AT(lasting.interval.high), BEHOV_Q_RATIO, true, false, true},
    {"probability_above_100", BEHOV_WORD_PROBABILITY_ABOVE_100, AT(lasting.probability_above), BEHOV_Q_PROBABILITY,
     false, false, false},
    {"permanent_ratio", BEHOV_WORD_LEVEL_PERMANENT, AT(permanent.ratio), BEHOV_Q_RATIO, false, false, false},
    {"permanent_ratio_low", BEHOV_WORD_PROFILE_PERMANENT_LOW, AT(permanent.interval.low), BEHOV_Q_RATIO, true, false,
     false},
    {"permanent_ratio_high", BEHOV_WORD_PROFILE_PERMANENT_HIGH, AT(permanent.interval.high), BEHOV_Q_RATIO, true, false,
     false},
    {"actual", BEHOV_WORD_PROFILE_ACTUAL, AT(actual), BEHOV_Q_OUTCOME, false, true, true},
    {"need", BEHOV_WORD_PROFILE_NEED, AT(need), BEHOV_Q_OUTCOME, false, true, true},
    {"need_low", BEHOV_WORD_PROFILE_NEED_LOW, AT(need_interval.low), BEHOV_Q_OUTCOME, true, true, false},
    {"need_high", BEHOV_WORD_PROFILE_NEED_HIGH, AT(need_interval.high), BEHOV_Q_OUTCOME, true, true, false},
    {"prediction_low", BEHOV_WORD_PROFILE_PREDICTION_LOW, AT(forecasts[BEHOV_FORECAST_NEW].interval.low),
     BEHOV_Q_OUTCOME, true, true, false},
    {"prediction_high", BEHOV_WORD_PROFILE_PREDICTION_HIGH, AT(forecasts[BEHOV_FORECAST_NEW].interval.high),
     BEHOV_Q_OUTCOME, true, true, false},
    {"gap", BEHOV_WORD_PROFILE_GAP, AT(gap), BEHOV_Q_OUTCOME, false, true, true},
    {"gap_low", BEHOV_WORD_PROFILE_GAP_LOW, AT(gap_interval.low), BEHOV_Q_OUTCOME, true, true, false},
    {"gap_high", BEHOV_WORD_PROFILE_GAP_HIGH, AT(gap_interval.high), BEHOV_Q_OUTCOME, true, true, false},
    {"gap_1000kr", BEHOV_WORD_GAP_1000KR, AT(gap_1000kr), BEHOV_Q_GAP, false, false, true},
    {"gap_1000kr_low", BEHOV_WORD_GAP_1000KR_LOW, AT(gap_1000kr_interval.low), BEHOV_Q_GAP, true, false, true},
    {"gap_1000kr_high", BEHOV_WORD_GAP_1000KR_HIGH, AT(gap_1000kr_interval.high), BEHOV_Q_GAP, true, false, true},
    {"index", BEHOV_WORD_INDEX, AT(index), BEHOV_Q_INDEX, false, true, true},
    {"population", BEHOV_WORD_PROFILE_POPULATION, AT(population), BEHOV_Q_COUNT, false, false, false},
    {"country_need", BEHOV_NO_WORD, AT(means[BEHOV_PEER_COUNTRY]), BEHOV_Q_OUTCOME, false, false, false},
    {"group_need", BEHOV_NO_WORD, AT(means[BEHOV_PEER_GROUP]), BEHOV_Q_OUTCOME, false, false, false},
    {"ratio_change", BEHOV_WORD_PROFILE_RATIO_CHANGE, AT(ratio_change), BEHOV_Q_INDEX, false, true, true},
    {"ratio_change_by_actual", BEHOV_WORD_PROFILE_BY_ACTUAL, AT(ratio_by_actual), BEHOV_Q_INDEX, false, true, true},
    {"ratio_change_by_need", BEHOV_WORD_PROFILE_BY_NEED, AT(ratio_by_need), BEHOV_Q_INDEX, false, true, true},
    {"actual_change", BEHOV_WORD_PROFILE_ACTUAL_CHANGE, AT(actual_change), BEHOV_Q_OUTCOME, false, true, false},
    {"need_change", BEHOV_WORD_PROFILE_NEED_CHANGE, AT(need_change), BEHOV_Q_OUTCOME, false, true, false},
    {"gap_change", BEHOV_WORD_PROFILE_GAP_CHANGE, AT(gap_change), BEHOV_Q_OUTCOME, false, true, false},
    {"next_year_ratio", BEHOV_WORD_PROFILE_FORECAST_RATIO, AT(forecasts[BEHOV_FORECAST_NEXT].ratio), BEHOV_Q_RATIO,
     false, true, false},
    {"next_year_low", BEHOV_WORD_PROFILE_FORECAST_LOW, AT(forecasts[BEHOV_FORECAST_NEXT].ratio_interval.low),
     BEHOV_Q_RATIO, true, false, false},
    {"next_year_high", BEHOV_WORD_PROFILE_FORECAST_HIGH, AT(forecasts[BEHOV_FORECAST_NEXT].ratio_interval.high),
     BEHOV_Q_RATIO, true, false, false},
    {"next_year_outcome", BEHOV_WORD_PROFILE_FORECAST_OUTCOME, AT(forecasts[BEHOV_FORECAST_NEXT].outcome),
     BEHOV_Q_OUTCOME, false, true, false},
    {"next_year_outcome_low", BEHOV_WORD_PROFILE_FORECAST_LOW, AT(forecasts[BEHOV_FORECAST_NEXT].interval.low),
     BEHOV_Q_OUTCOME, true, false, false},
    {"next_year_outcome_high", BEHOV_WORD_PROFILE_FORECAST_HIGH, AT(forecasts[BEHOV_FORECAST_NEXT].interval.high),
     BEHOV_Q_OUTCOME, true, false, false},
    {"next_year_1000kr", BEHOV_WORD_PROFILE_FORECAST_IN_ALL, AT(forecasts[BEHOV_FORECAST_NEXT].outcome_1000kr),
     BEHOV_Q_GAP, false, false, false},
    {"next_year_1000kr_low", BEHOV_WORD_PROFILE_FORECAST_LOW, AT(forecasts[BEHOV_FORECAST_NEXT].interval_1000kr.low),
     BEHOV_Q_GAP, true, false, false},
    {"next_year_1000kr_high", BEHOV_WORD_PROFILE_FORECAST_HIGH, AT(forecasts[BEHOV_FORECAST_NEXT].interval_1000kr.high),
     BEHOV_Q_GAP, true, false, false},
    {"coming_years_ratio", BEHOV_WORD_PROFILE_FORECAST_RATIO, AT(forecasts[BEHOV_FORECAST_COMING].ratio), BEHOV_Q_RATIO,
     false, true, false},
    {"coming_years_low", BEHOV_WORD_PROFILE_FORECAST_LOW, AT(forecasts[BEHOV_FORECAST_COMING].ratio_interval.low),
     BEHOV_Q_RATIO, true, false, false},
    {"coming_years_high", BEHOV_WORD_PROFILE_FORECAST_HIGH, AT(forecasts[BEHOV_FORECAST_COMING].ratio_interval.high),
     BEHOV_Q_RATIO, true, false, false},
    {"coming_years_outcome", BEHOV_WORD_PROFILE_FORECAST_OUTCOME, AT(forecasts[BEHOV_FORECAST_COMING].outcome),
     BEHOV_Q_OUTCOME, false, true, false},
    {"coming_years_outcome_low", BEHOV_WORD_PROFILE_FORECAST_LOW, AT(forecasts[BEHOV_FORECAST_COMING].interval.low),
     BEHOV_Q_OUTCOME, true, false, false},
    {"coming_years_outcome_high", BEHOV_WORD_PROFILE_FORECAST_HIGH, AT(forecasts[BEHOV_FORECAST_COMING].interval.high),
     BEHOV_Q_OUTCOME, true, false, false},
    {"coming_years_1000kr", BEHOV_WORD_PROFILE_FORECAST_IN_ALL, AT(forecasts[BEHOV_FORECAST_COMING].outcome_1000kr),
     BEHOV_Q_GAP, false, false, false},
    {"coming_years_1000kr_low", BEHOV_WORD_PROFILE_FORECAST_LOW,
     AT(forecasts[BEHOV_FORECAST_COMING].interval_1000kr.low), BEHOV_Q_GAP, true, false, false},
    {"coming_years_1000kr_high", BEHOV_WORD_PROFILE_FORECAST_HIGH,
     AT(forecasts[BEHOV_FORECAST_COMING].interval_1000kr.high), BEHOV_Q_GAP, true, false, false},
    {"new_municipality_low", BEHOV_WORD_PROFILE_NEW_MUNICIPALITY_LOW,
     AT(forecasts[BEHOV_FORECAST_NEW].ratio_interval.low), BEHOV_Q_RATIO, true, true, false},
    {"new_municipality_high", BEHOV_WORD_PROFILE_NEW_MUNICIPALITY_HIGH,
     AT(forecasts[BEHOV_FORECAST_NEW].ratio_interval.high), BEHOV_Q_RATIO, true, true, false},
};
const size_t behov_n_profile_figures = sizeof behov_profile_figures / sizeof *behov_profile_figures;

static bool is_at(const behov_profile_figure *figure, size_t first, size_t last)
{
    return figure->index >= first && figure->index <= last;
}

/* Of this municipality's years to come, which have a table of their own. */
static bool is_forecast(const behov_profile_figure *figure)
{
    return is_at(figure, AT(forecasts[BEHOV_FORECAST_NEXT]), AT(forecasts[BEHOV_FORECAST_NEW]) - 1);
}

static bool is_level(const behov_profile_figure *figure)
{
    return is_at(figure, AT(lasting), AT(lasting.probability_above)) ||
           is_at(figure, AT(permanent), AT(permanent.probability_above));
}

double behov_profile_figure_of(const behov_profile_figure *figure, const behov_profile_year *profile_year)
{
    double value;
    memcpy(&value, (const char *)profile_year + figure->index, sizeof value);
    return value;
}

double behov_profile_figure_shown(const behov_profiles *profiles, const behov_profile_figure *figure,
                                  const behov_profile_year *profile_year)
{
    double value = behov_profile_figure_of(figure, profile_year);
    if (is_level(figure) && figure->quantity == BEHOV_Q_RATIO)
        return behov_lasting_shown(value);
    return figure->quantity == BEHOV_Q_OUTCOME ? behov_profile_shown(profiles, value) : value;
}

behov_quantity behov_profile_figure_quantity(const behov_profiles *profiles, const behov_profile_figure *figure)
{
    return figure->quantity == BEHOV_Q_OUTCOME ? behov_profile_amount_quantity(profiles) : figure->quantity;
}

/* The words of a figure as they are in all tables. */
static void add_label(const behov_profiles *profiles, const behov_profile_figure *figure, behov_wording *words)
{
    char text[120];
    behov_word word = figure->has_twin ? behov_profile_word(profiles, figure->words) : figure->words;
    if (is_level(figure))
        behov_level_fill(&profiles->country.variances, profiles->fit_results->level_pct, word,
                         profiles->fit_results->study->lang, words);
    else if (figure->has_level) {
        behov_fit_results_interval_label(profiles->fit_results, word, text);
        behov_wording_add(words, text);
    } else
        behov_wording_add(words, behov_label(profiles->fit_results->study->lang, word));
}

void behov_profile_figure_label(const behov_profiles *profiles, const behov_profile_figure *figure,
                                behov_wording *words)
{
    behov_wording_clear(words);
    if (is_forecast(figure)) { /* whose it is, beside the figures of years */
        behov_profile_forecast_name(profiles, (figure->index - AT(forecasts)) / sizeof(behov_forecast), words);
        behov_wording_add(words, ": ");
        if (figure->has_level) {
            behov_word unit = figure->quantity == BEHOV_Q_RATIO     ? BEHOV_WORD_PROFILE_FORECAST_RATIO
                              : figure->quantity == BEHOV_Q_OUTCOME ? BEHOV_WORD_PROFILE_FORECAST_OUTCOME
                                                                    : BEHOV_WORD_PROFILE_FORECAST_IN_ALL;
            behov_wording_add(words, behov_profile_words(profiles, unit));
            behov_wording_add(words, ", ");
        }
    }
    add_label(profiles, figure, words);
}

void behov_profile_forecast_label(const behov_profiles *profiles, const behov_profile_figure *figure,
                                  behov_wording *words)
{
    behov_wording_clear(words);
    add_label(profiles, figure, words);
}

static bool has_units(const behov_profiles *profiles, const behov_profile_figure *figure)
{
    return figure->quantity != BEHOV_Q_GAP || (profiles->has_population && behov_profile_in_kroner(profiles));
}

bool behov_profile_figure_has_row(const behov_profiles *profiles, const behov_profile_figure *figure)
{
    if (!figure->words)
        return false;
    if (is_at(figure, AT(actual_change), AT(ratio_by_need)))
        return profiles->n_years > 1;
    if (figure->index == AT(ratios[BEHOV_PEER_GROUP]))
        return profiles->has_group;
    if (figure->index == AT(index) || figure->index == AT(population))
        return profiles->has_population;
    if (figure->index == AT(gap_1000kr) || is_at(figure, AT(gap_1000kr_interval.low), AT(gap_1000kr_interval.high)))
        return profiles->has_population && behov_profile_in_kroner(profiles);
    if (is_forecast(figure))
        return behov_profiles_next_year(profiles) && has_units(profiles, figure) &&
               (figure->index < AT(forecasts[BEHOV_FORECAST_COMING]) || behov_profile_has_coming(profiles));
    if (is_at(figure, AT(permanent), AT(permanent.probability_above)))
        return behov_lasting_has_permanent(&profiles->country.variances);
    return !is_level(figure) || profiles->country.variances.is_known;
}

bool behov_profile_figure_is_forecast(const behov_profiles *profiles, const behov_profile_figure *figure)
{
    return is_at(figure, AT(forecasts[BEHOV_FORECAST_NEXT]), AT(forecasts[BEHOV_FORECAST_COMING]) - 1) &&
           has_units(profiles, figure);
}

double behov_profile_forecast_shown(const behov_profiles *profiles, const behov_profile_figure *figure,
                                    const behov_profile_year *profile_year, size_t which)
{
    behov_profile_figure other = *figure;
    other.index += which * sizeof(behov_forecast);
    return behov_profile_figure_shown(profiles, &other, profile_year);
}
