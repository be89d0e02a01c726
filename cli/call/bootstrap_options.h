/* bootstrap_options.h - what a call says of the wild cluster bootstrap. */
#ifndef BEHOV_CLI_BOOTSTRAP_OPTIONS_H
#define BEHOV_CLI_BOOTSTRAP_OPTIONS_H

#include <behov.h>

#include "options.h"

#define BOOTSTRAP_OPTIONS                                                                                              \
    {"bootstrap", 'B', ARGUMENT(DRAWS), HELP(TEST_BOOTSTRAP), NULL},                                                   \
        {"draws", 0, ARGUMENT(KIND), HELP(TEST_DRAWS), "rademacher webb mammen"},                                      \
        {"unrestricted", 0, NO_ARGUMENT, HELP(TEST_UNRESTRICTED), NULL},                                               \
        {"seed", 0, ARGUMENT(NUMBER), HELP(TEST_SEED), NULL},                                                          \
    {                                                                                                                  \
        "threads", 0, ARGUMENT(NUMBER), HELP(TEST_THREADS), NULL                                                       \
    }

/* n_draws 0 without --bootstrap; as many threads as there are processors without --threads. Prints what is wrong and
 * returns the exit code. \param level  of the intervals, as a share */
int bootstrap_options_read(const command_line *line, double level, behov_boot_options *out);

#endif
