/* like_options.h - the municipalities most like one as a group: --group like:1860, --group like:1860:12, or --like 1860
 * --count 12. */
#ifndef BEHOV_CLI_LIKE_OPTIONS_H
#define BEHOV_CLI_LIKE_OPTIONS_H

#include "verb.h"

/* Of a verb that groups; the peers are those of `behov peers` with its own defaults. */
#define LIKE_OPTIONS                                                                                                   \
    {"like", 0, ARGUMENT(MUNICIPALITY), HELP(OPTION_LIKE), NULL},                                                      \
    {                                                                                                                  \
        "count", 0, ARGUMENT(N), HELP(OPTION_LIKE_COUNT), NULL                                                         \
    }

/* Looks at --like and --count of a verb that has LIKE_OPTIONS, and at a grouping that begins with "like:". Prints and
 * returns 2 when they contradict each other or a number is none. */
int like_options_check(verb_call *call);
/* Whether the call groups by like municipalities. */
bool like_options_asked(const verb_call *call);
/* The grouping of a call that does, from its results: call->municipalities. Prints and returns the exit code. */
int like_options_open(verb_call *call);
/* The municipality and those like it, and those of them that a file lacks. */
typedef struct like_kept {
    size_t n, n_missing;
} like_kept;

/* For a verb whose municipalities are not the panel's: takes those out of the group that its own file lacks, and tells
 * how many, which its page has to say too. BEHOV_E_DATA where nobody but the municipality is left: it is no yardstick of
 * itself. Nothing where the call does not group by like municipalities. */
behov_status like_options_keep(verb_call *call, const behov_municipality_list *places, like_kept *like_kept,
                               behov_error *err) BEHOV_MUST_CHECK;

#endif
