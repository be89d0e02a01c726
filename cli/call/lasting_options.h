/* lasting_options.h - what a call says of lasting levels, which the verbs that draw from them share. */
#ifndef BEHOV_CLI_LASTING_OPTIONS_H
#define BEHOV_CLI_LASTING_OPTIONS_H

#include "lasting.h"
#include "options.h"

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

/* Prints and returns false for one that is wrong.
 * \param level_pct  the level without --level */
bool lasting_options_read(const command_line *line, double level_pct, behov_lasting_options *lasting_options);
/* Tells on standard error when the variances did not settle. */
void lasting_print_notes_unsettled(const behov_shrink_variances *shrink_variances);

#endif
