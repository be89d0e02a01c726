/* lasting_options.h - what a call says of lasting levels, which the verbs that draw from them share. */
#ifndef BEHOV_CLI_LASTING_OPTIONS_H
#define BEHOV_CLI_LASTING_OPTIONS_H

#include <behov/lasting.h>
#include <behov/study.h>
#include "options.h"

/* What a level is of. */
#define LEVEL_OPTIONS                                                                                                  \
    {"chance", 0, ARGUMENT(KIND), HELP(OPTION_CHANCE), "ar1 independent"},                                             \
    {                                                                                                                  \
        "horizon", 0, ARGUMENT(YEARS), HELP(OPTION_HORIZON), NULL                                                      \
    }
#define CLEAR_OPTION                                                                                                   \
    {                                                                                                                  \
        "clear", 0, ARGUMENT(PROBABILITY), HELP(OPTION_CLEAR), NULL                                                    \
    }
/* whose: the words of the help, OPTION or, in a verb where not all have draws, the verb. */
#define LASTING_OPTIONS(whose)                                                                                         \
    {"draws", 0, ARGUMENT(N), BEHOV_WORD_HELP_##whose##_DRAWS, NULL},                                                  \
        {"seed", 0, ARGUMENT(NUMBER), BEHOV_WORD_HELP_##whose##_SEED, NULL},                                           \
        {"level", 0, ARGUMENT(PER_CENT), BEHOV_WORD_HELP_##whose##_LEVEL, NULL}, LEVEL_OPTIONS, CLEAR_OPTION,          \
        {"ranks", 0, ARGUMENT(KIND), HELP(OPTION_RANKS), "marginal together"},                                         \
    {                                                                                                                  \
        "floor", 0, ARGUMENT(NUMBER), HELP(OPTION_FLOOR), NULL                                                         \
    }

/* Prints and returns false for one that is wrong.
 * \param level_pct  the level without --level */
bool lasting_options_read(const command_line *line, double level_pct, behov_lasting_options *lasting_options);
/* What LEVEL_OPTIONS and CLEAR_OPTION say alone, for a verb without draws. */
bool lasting_options_read_levels(const command_line *line, behov_lasting_choices *choices);
/* Tells on standard error what the panel warns of, for CSV has no sentences. Variances that did not settle become a caution
 * of the study too, with which pages begin and which no --quiet takes away. */
behov_status lasting_print_notes(const behov_shrink_variances *shrink_variances, behov_study *study, behov_error *err);

#endif
