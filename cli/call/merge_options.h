/* merge_options.h - what a call says of a merging of municipalities: how columns become one, and what of splits. */
#ifndef BEHOV_CLI_MERGE_OPTIONS_H
#define BEHOV_CLI_MERGE_OPTIONS_H

#include <behov/panel_merge.h>

#include "options.h"

#define MERGE_OPTIONS                                                                                                  \
    {"to", 't', ARGUMENT(YEAR), HELP(PANEL_TO), "2020 2024"},                                                          \
        {"splits", 0, ARGUMENT(SPLITS), HELP(PANEL_SPLITS), "error drop weights"},                                     \
        {"shares", 0, ARGUMENT(FILE), HELP(PANEL_SHARES), ".csv .tsv .txt"},                                           \
        {"changes", 0, ARGUMENT(FILE), HELP(PANEL_CHANGES), ".csv .tsv .txt"},                                         \
        {"sum", 0, ARGUMENT(LIST), HELP(PANEL_SUM), NULL},                                                             \
        {"rate", 0, ARGUMENT(COLUMN_PER_COLUMN), HELP(PANEL_RATE), NULL},                                              \
        {"mean", 0, ARGUMENT(COLUMN_PER_COLUMN), HELP(PANEL_MEAN), NULL},                                              \
    {                                                                                                                  \
        "leave-out", 0, ARGUMENT(LIST), HELP(PANEL_LEAVE_OUT), NULL                                                    \
    }

/* Zero-initialise; free with merge_options_free in any case. */
typedef struct merge_options {
    double year;
    behov_merge_splits splits;
    behov_merge_rule *rules;
    const char **left_out;
    size_t n_rules, n_left_out;
    char **texts; /* own copies of what the options list */
    size_t n_texts;
} merge_options;

/* Prints what is wrong and returns the exit code; 0 when all is well. */
int merge_options_read(const command_line *line, merge_options *options);
/* The same of a verb that may merge: --to need not be there, and --sum, --rate, --mean and --leave-out are none of its own. */
int merge_options_read_if_given(const command_line *line, merge_options *options);
/* --sum, --rate and --mean alone, of a verb that merges nothing but columns. */
int merge_options_read_rules(const command_line *line, merge_options *options);
void merge_options_free(merge_options *options);

#endif
