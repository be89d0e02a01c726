/* scenario_words.h - what the words of `behov scenario` ask for: municipalities, changes, names of scenarios, a panel. */
#ifndef BEHOV_CLI_SCENARIO_WORDS_H
#define BEHOV_CLI_SCENARIO_WORDS_H

#include <behov/scenario.h>
#include <behov/study.h>

#include "options.h"

/* A scenario as the call or the file has it: its municipalities in one text, its changes among the changes. */
typedef struct scenario_group {
    const char *name, *municipalities, *where; /* name NULL = none; where NULL = the call */
    size_t first_change, n_changes;
} scenario_group;

/* Zero-initialise; free with scenario_words_free in any case. */
typedef struct scenario_words {
    const char *panel; /* NULL = the bundled one */
    scenario_group *groups;
    behov_scenario_change *changes;
    size_t n_groups, n_changes;
    char **texts; /* own copies of what the above point into */
    size_t n_texts;
    behov_table *table; /* of --scenario */
    /* made of those when the panel is open: */
    behov_municipality_names names; /* of all groups, in their order */
    behov_scenario_request *requests;
    behov_merger_request *mergers;
    const char **members; /* of the mergers */
    size_t n_requests;
} scenario_words;

/* The words after `set` and after `merge`. Print what is wrong with the call and return the exit code; 0 when all is
 * well. */
int scenario_words_read_set(const command_line *line, scenario_words *words);
int scenario_words_read_merge(const command_line *line, scenario_words *words);
/* The requests of them: a municipality each, columns by their labels too. */
behov_status scenario_words_requests(scenario_words *words, const behov_study *study, behov_error *err);
behov_status scenario_words_mergers(scenario_words *words, behov_error *err);
void scenario_words_free(scenario_words *words);

#endif
