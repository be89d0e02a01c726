/* lasting.c - how a lasting level is shown. */
#include <behov/lasting.h>

#include <behov/ratio.h>
#include <math.h>

double behov_lasting_clear(const behov_lasting_choices *choices)
{
    return choices->clear > 0 ? choices->clear : 0.95;
}

bool behov_lasting_is_ahead(const behov_shrink_variances *shrink_variances)
{
    return shrink_variances->is_known && shrink_variances->chance == BEHOV_CHANCE_AR1;
}

bool behov_lasting_has_permanent(const behov_shrink_variances *shrink_variances)
{
    return behov_lasting_is_ahead(shrink_variances) && shrink_variances->is_permanent_known &&
           !shrink_variances->is_inseparable;
}

bool behov_lasting_is_assumed(const behov_shrink_variances *shrink_variances)
{
    return behov_lasting_is_ahead(shrink_variances) && shrink_variances->n_years == 2 &&
           !shrink_variances->is_permanent_known;
}

bool behov_lasting_is_unsettled(const behov_shrink_variances *shrink_variances)
{
    return shrink_variances->is_known && !shrink_variances->is_converged;
}

bool behov_lasting_is_at_border(const behov_shrink_variances *shrink_variances)
{
    return shrink_variances->is_known && !behov_lasting_is_ahead(shrink_variances) && !(shrink_variances->lasting > 0);
}

static const double gain_limit = 1.35;

bool behov_lasting_has_white_noise(const behov_shrink_variances *shrink_variances)
{
    return behov_lasting_is_ahead(shrink_variances) && shrink_variances->white_gain > gain_limit;
}

bool behov_lasting_goes_by_size(const behov_shrink_variances *shrink_variances)
{
    return behov_lasting_is_ahead(shrink_variances) && shrink_variances->small_gain > gain_limit;
}

bool behov_lasting_is_clearly_above(behov_lasting level, const behov_lasting_choices *choices)
{
    return level.probability_above >= behov_lasting_clear(choices) && behov_ratio_printed(level.interval.low) > 100;
}

bool behov_lasting_is_clearly_below(behov_lasting level, const behov_lasting_choices *choices)
{
    return 1 - level.probability_above >= behov_lasting_clear(choices) &&
           behov_ratio_printed(level.interval.high) < 100;
}

bool behov_lasting_is_firm(const behov_shrink_variances *shrink_variances, size_t n_municipalities)
{
    return !shrink_variances->is_one_year && n_municipalities >= BEHOV_FEW_MUNICIPALITIES;
}

behov_lasting_claim behov_lasting_claim_find(behov_lasting level, const behov_lasting_choices *choices, bool is_firm)
{
    double low = behov_ratio_printed(level.interval.low), high = behov_ratio_printed(level.interval.high);
    return isnan(low) || isnan(high)                        ? BEHOV_LEVEL_IS_UNKNOWN
           : !is_firm                                       ? BEHOV_LEVEL_IS_UNCERTAIN
           : behov_lasting_is_clearly_above(level, choices) ? BEHOV_LEVEL_IS_CLEARLY_ABOVE
           : behov_lasting_is_clearly_below(level, choices) ? BEHOV_LEVEL_IS_CLEARLY_BELOW
           : low > 100                                      ? BEHOV_LEVEL_IS_LIKELY_ABOVE
           : high < 100                                     ? BEHOV_LEVEL_IS_LIKELY_BELOW
                                                            : BEHOV_LEVEL_IS_UNCERTAIN;
}

behov_lasting behov_lasting_level(const behov_shrink *source, size_t place, double need, const double *regressors,
                                  double level)
{
    behov_shrink_variances shrink_variances = behov_shrink_variances_of(source);
    return behov_lasting_is_at_border(&shrink_variances) ? (behov_lasting){NAN, {NAN, NAN}, NAN}
                                                         : behov_shrink_ratio(source, place, need, regressors, level);
}

void behov_lasting_levels(const behov_shrink *source, const behov_shrink_need *needs, size_t n, double level,
                          behov_lasting *levels, behov_lasting *permanents)
{
    behov_shrink_variances shrink_variances = behov_shrink_variances_of(source);
    for (size_t i = 0; i < n; i++)
        levels[i] = permanents[i] = (behov_lasting){NAN, {NAN, NAN}, NAN};
    if (!behov_lasting_is_at_border(&shrink_variances))
        behov_shrink_ratios(source, needs, n, level, levels);
    if (behov_lasting_has_permanent(&shrink_variances))
        behov_shrink_target_ratios(source, BEHOV_TARGET_PERMANENT, needs, n, level, permanents);
}

double behov_lasting_new_row_variance(const behov_shrink_variances *shrink_variances, double level_variance,
                                      double population)
{
    if (!shrink_variances->is_known)
        return NAN;
    double sum = level_variance + shrink_variances->lasting + shrink_variances->row;
    if (!shrink_variances->has_person)
        return sum;
    return population > 0 ? sum + shrink_variances->person / population : NAN;
}

double behov_lasting_shown(double per_cent)
{
    return per_cent < 0 ? 0 : per_cent;
}

behov_interval behov_lasting_interval_shown(behov_interval interval)
{
    return (behov_interval){behov_lasting_shown(interval.low), behov_lasting_shown(interval.high)};
}

bool behov_lasting_is_cut(behov_lasting level)
{
    return level.ratio < 0 || level.interval.low < 0 || level.interval.high < 0;
}
