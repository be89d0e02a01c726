/* lasting.h - the options of lasting levels, which the verbs that draw from them share: how sure, by how many draws. */
#ifndef BEHOV_CLI_LASTING_H
#define BEHOV_CLI_LASTING_H

#include <behov.h>
#include <stdbool.h>

#include "options.h"
#include "study.h"

/* The lines of the help.
 * \param whose  "" or, in a verb where not all have draws, "rank: "
 * \param level  what the level is without --level, as text: "90" */
#define LASTING_OPTIONS(whose, level)                                                                                  \
    {"draws", 0, "N", whose "draws behind the intervals of places, 10000 unless given"},                               \
        {"seed", 0, "NUMBER", whose "of the draws, 0 unless given; the same seed gives the same places"},              \
        {"level", 0, "PER CENT", "of the intervals, " level " unless given"},                                          \
    {                                                                                                                  \
        "floor", 0, "NUMBER", "lowest need that gives a ratio, 0 unless given"                                         \
    }

typedef struct lasting_options {
    size_t n_draws;
    uint64_t seed;
    double level_pct, floor;
} lasting_options;

/* Prints and returns false for one that is wrong.
 * \param level_pct  the level without --level */
bool lasting_options_read(const command_line *line, double level_pct, lasting_options *read);
/* Tells on standard error when the variances did not settle, unless --quiet. */
void lasting_tell_unsettled(const study *of, const behov_shrink_variances *found);

/* Whether there are lasting levels to show. Where the variance of what lasts is estimated as 0 every level would be 100, and
 * intervals that take the 0 for certain hold 82 to 86 of a hundred true levels where 90 are meant (simulated): there is
 * none then, and no place by it. */
bool lasting_is_at_border(const behov_shrink_variances *found);
/* behov_shrink_ratio; none at the border. */
behov_lasting lasting_level(const behov_shrink *from, size_t place, double need, const double *regressors, double level);

/* Per cent of a lasting level as it is shown: the estimate has no lower bound, so what lies below 0 is shown as 0. CSV and
 * JSON have it as it was computed. NaN stays. */
double lasting_shown(double per_cent);
behov_interval lasting_interval_shown(behov_interval interval);
/* Whether a level or its interval is shown as 0 for that reason; then "lasting_below_zero" says so. */
bool lasting_is_cut(behov_lasting level);

#endif
