/* number_options.h - options whose value is a number. */
#ifndef BEHOV_CLI_NUMBER_OPTIONS_H
#define BEHOV_CLI_NUMBER_OPTIONS_H

#include <behov.h>
#include <stdbool.h>

#include "options.h"

/* Options that several verbs have, each declared once. */
#define LOW_OPTION                                                                                                     \
    {                                                                                                                  \
        "low", 0, ARGUMENT(PER_CENT), HELP(OPTION_LOW), NULL                                                           \
    }
#define HIGH_OPTION                                                                                                    \
    {                                                                                                                  \
        "high", 0, ARGUMENT(PER_CENT), HELP(OPTION_HIGH), NULL                                                         \
    }

/* "10.000", "-10,000": ten or ten thousand? The number that it is without its mark, 0 when nobody would ask: there are not
 * three digits behind the only mark, or 0 before it. */
double number_without_mark(const char *text);
/* A number of an option, in per cent or as it is; false and a sentence when it is none or outside (low, high). */
bool number_option(const command_line *line, const char *name, double low, double high, double *value);
/* The per cent of --level, 1 to 99.999; a share such as 0.95 is asked back, for it would give intervals of nearly no
 * width. */
bool level_option(const command_line *line, double *level_pct);
/* --low, --high and --change of ratios, in per cent and points; shares such as 0.9 are asked back. */
bool ratio_limits_option(const command_line *line, behov_ratio_limits *limits);
/* The same as number_option for a whole number. */
bool whole_option(const command_line *line, const char *name, double low, double high, double *value);

#endif
