/* lasting_options.h - what a call says of lasting levels, which the verbs that draw from them share. */
#ifndef BEHOV_CLI_LASTING_OPTIONS_H
#define BEHOV_CLI_LASTING_OPTIONS_H

#include <behov/lasting.h>
#include "options.h"

/* whose: the words of the help, OPTION or, in a verb where not all have draws, the verb. */
#define LASTING_OPTIONS(whose)                                                                                         \
    {"draws", 0, ARGUMENT(N), BEHOV_WORD_HELP_##whose##_DRAWS, NULL},                                                  \
        {"seed", 0, ARGUMENT(NUMBER), BEHOV_WORD_HELP_##whose##_SEED, NULL},                                           \
        {"level", 0, ARGUMENT(PER_CENT), BEHOV_WORD_HELP_##whose##_LEVEL, NULL},                                       \
    {                                                                                                                  \
        "floor", 0, ARGUMENT(NUMBER), HELP(OPTION_FLOOR), NULL                                                         \
    }

/* Prints and returns false for one that is wrong.
 * \param level_pct  the level without --level */
bool lasting_options_read(const command_line *line, double level_pct, behov_lasting_options *lasting_options);
/* Tells on standard error when the variances did not settle. */
void lasting_print_notes_unsettled(const behov_shrink_variances *shrink_variances);

#endif
