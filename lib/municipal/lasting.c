/* lasting.c - how a lasting level is shown. */
#include "lasting.h"

#include <math.h>

bool lasting_is_at_border(const behov_shrink_variances *found) { return found->is_known && !(found->lasting > 0); }

behov_lasting lasting_level(const behov_shrink *from, size_t place, double need, const double *regressors, double level)
{
    behov_shrink_variances found = behov_shrink_variances_of(from);
    return lasting_is_at_border(&found) ? (behov_lasting){NAN, {NAN, NAN}, NAN}
                                        : behov_shrink_ratio(from, place, need, regressors, level);
}

double lasting_shown(double per_cent) { return per_cent < 0 ? 0 : per_cent; }

behov_interval lasting_interval_shown(behov_interval interval)
{
    return (behov_interval){lasting_shown(interval.low), lasting_shown(interval.high)};
}

bool lasting_is_cut(behov_lasting level)
{
    return level.ratio < 0 || level.interval.low < 0 || level.interval.high < 0;
}
