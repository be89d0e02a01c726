/* verbs.h - the verbs of the program, each defined in its cmd_<verb>.c. */
#ifndef BEHOV_CLI_VERBS_H
#define BEHOV_CLI_VERBS_H

#include "verb.h"

extern const verb verb_fit, verb_check, verb_test, verb_apply, verb_diagnose, verb_audit, verb_compare, verb_tables,
    verb_rank, verb_select, verb_profile, verb_plot, verb_template, verb_datasets;

/* All of them in the order of `behov --help`, ended by NULL. */
extern const verb *const all_verbs[];

#endif
