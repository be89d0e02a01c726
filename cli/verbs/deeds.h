/* deeds.h - verbs that do one of several things, by the word after the verb: `behov panel build`, `behov panel merge`.
 *
 * Such a verb names its deeds and the options of all with VERB_DEEDS; the steps are those of the deed that is called. */
#ifndef BEHOV_CLI_DEEDS_H
#define BEHOV_CLI_DEEDS_H

#include "verb.h"

/* The steps of a deed are those of a verb (verb.h) with a state of the deed's own; they find what was named first after
 * the deed in call->panel. Words and the table of options are those of the verb. */
struct verb_deed {
    const char *options;  /* which of the verb's it takes, beside those that no deed names: names parted by blanks */
    size_t most_operands; /* after the deed's name; 0 = as many as its own read takes */
    verb steps;           /* name: the word after the verb; "" = what is done where no word names another */
};

int deed_read(verb_call *call);
int deed_open(verb_call *call);
int deed_choose(verb_call *call);
behov_status deed_compute(verb_call *call, behov_error *err);
int deed_conclude(verb_call *call);
void deed_close(void *state);

enum { DEED_STATE_SIZE = 2 * sizeof(void *) };

/* In the struct of the verb, for an array of const verb_deed *. */
#define VERB_DEEDS(table)                                                                                              \
    .deeds = table, .n_deeds = sizeof table / sizeof *table, .state_size = DEED_STATE_SIZE, .read = deed_read,         \
    .open = deed_open, .choose = deed_choose, .compute = deed_compute, .conclude = deed_conclude, .close = deed_close

#endif
