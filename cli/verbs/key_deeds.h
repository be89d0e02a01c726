/* key_deeds.h - what `behov key` does: a key of criteria, weights out of a regression, one's own index; each in a file of
 * its own with the steps of a verb. */
#ifndef BEHOV_CLI_KEY_DEEDS_H
#define BEHOV_CLI_KEY_DEEDS_H

#include "deeds.h"

extern const verb_deed key_index_deed, key_weights_deed, key_clustering_deed;

/* A file of criteria or shares with every column: read, its roles found, its rows marked and checked. The study gets the
 * table, the panel, the language and what it says of being simulated; close it in any case. Prints what is wrong and
 * returns the exit code. */
int key_open_table(verb_call *call, const char *path, behov_study *study);

#endif
