/* factors_options.h - a fit of factor files in the place of a panel: --factors. */
#ifndef BEHOV_CLI_FACTORS_OPTIONS_H
#define BEHOV_CLI_FACTORS_OPTIONS_H

#include "verb.h"

/* --factors, and the query where they are those of a database. */
#define FACTORS_OPTION                                                                                                 \
    {"factors", 0, ARGUMENT(FILE), HELP(OPTION_FACTORS), ".factors"},                                                  \
    {                                                                                                                  \
        "query", 0, ARGUMENT(SQL), HELP(OPTION_QUERY), NULL                                                            \
    }

/* Whether the call fits factor files: the verb has the option, and it is given. */
bool factors_asked(const command_line *line);
/* Looks at the call by its words alone: what is fixed in the parts, or needs rows, is refused. Prints and returns the exit
 * code. */
int factors_options_check(const verb_call *call);
/* Reads the files into call.factor_parts, opens call.study on them and merges them into call.estimation, with the clusters of
 * call.fit_choices. Prints and returns the exit code. */
int factors_options_open(verb_call *call);
/* Keeps in a part the choices of the call that tell what its figures are, for parts to be held against each other. */
behov_status factors_options_keep(const command_line *line, behov_factor_part *part, behov_error *err) BEHOV_MUST_CHECK;
/* Fits what was merged, once the kind of errors is chosen: call.estimation, call.fit_results. */
int factors_options_fit(verb_call *call);

#endif
