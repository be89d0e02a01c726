/* lasting.c - the options of lasting levels, and how a level is shown. */
#include "lasting.h"

#include <math.h>

#include "fitting.h"

bool lasting_options_read(const command_line *line, double level_pct, lasting_options *read)
{
    double draws = 10000, seed = 0;
    *read = (lasting_options){.level_pct = level_pct};
    /* above 2^53 not every whole number is a double */
    if (!whole_option(line, "draws", 100, 1e7, &draws) || !whole_option(line, "seed", 0, 9007199254740992.0, &seed) ||
        !level_option(line, &read->level_pct) || !number_option(line, "floor", 0, 1e12, &read->floor))
        return false;
    read->n_draws = (size_t)draws;
    read->seed = (uint64_t)seed;
    return true;
}

void lasting_tell_unsettled(const study *of, const behov_shrink_variances *found)
{
    if (!of->is_quiet && found->is_known && !found->is_converged)
        note("the variances of lasting levels did not converge; rank intervals are uncertain");
}

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
