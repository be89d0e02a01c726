/* lasting.c - how a lasting level is shown. */
#include <behov/lasting.h>

#include <math.h>

bool behov_lasting_is_at_border(const behov_shrink_variances *shrink_variances)
{
    return shrink_variances->is_known && !(shrink_variances->lasting > 0);
}

behov_lasting behov_lasting_level(const behov_shrink *source, size_t place, double need, const double *regressors,
                                  double level)
{
    behov_shrink_variances shrink_variances = behov_shrink_variances_of(source);
    return behov_lasting_is_at_border(&shrink_variances) ? (behov_lasting){NAN, {NAN, NAN}, NAN}
                                                         : behov_shrink_ratio(source, place, need, regressors, level);
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
