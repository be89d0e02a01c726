/* convention_options.h - how tables of coefficients are printed: levels of stars, what stands in brackets. */
#ifndef BEHOV_CLI_CONVENTION_OPTIONS_H
#define BEHOV_CLI_CONVENTION_OPTIONS_H

#include "options.h"
#include <behov/table_conventions.h>

#define STARS_OPTION                                                                                                   \
    {                                                                                                                  \
        "stars", 0, ARGUMENT(LEVELS), HELP(OPTION_STARS), "10,5,1 5,1,0.1 none"                                        \
    }
#define BRACKETS_OPTION                                                                                                \
    {                                                                                                                  \
        "brackets", 0, ARGUMENT(KIND), HELP(OPTION_BRACKETS), "se t p interval"                                        \
    }

/* Those of --stars and --brackets, of a verb that has them. Prints and returns 2 for what they cannot be. */
int convention_options_read(const command_line *line, behov_table_conventions *conventions);

#endif
