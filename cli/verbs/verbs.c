/* verbs.c - the table of verbs, in the order of `behov --help`. */
#include "verbs.h"

const verb *const all_verbs[] = {&verb_fit,     &verb_check,   &verb_test,     &verb_apply,    &verb_rank,
                                 &verb_select,  &verb_profile, &verb_plot,     &verb_diagnose, &verb_audit,
                                 &verb_compare, &verb_tables,  &verb_template, &verb_datasets, NULL};
