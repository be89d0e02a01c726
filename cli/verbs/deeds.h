/* deeds.h - what a verb with several deeds does: the word after the verb chooses one, which has the steps of a verb. */
#ifndef BEHOV_CLI_DEEDS_H
#define BEHOV_CLI_DEEDS_H

#include "verb.h"

/* The steps of a deed are those of a verb (verb.h) with a state of the deed's own; they find the panel or file that
 * was named in call->panel. Words and the table of options are those of the verb. */
typedef struct deed {
    const char *options; /* which of those it takes, beside outputs and language: names parted by blanks */
    verb steps;          /* name: how messages call it, the word after the verb or "" */
} deed;

/* The state of such a verb. */
typedef struct deed_state {
    const deed *deed;
    void *own; /* the state of the deed */
} deed_state;

/* Refuses options that only other deeds take, takes on the needs and writers of the chosen one, and reads its choices.
 * \param panel  the file that the call names; NULL = none
 * Prints what is wrong and returns the exit code. */
int deeds_begin(verb_call *call, const deed *const *deeds, size_t n_deeds, const deed *chosen, const char *panel);
/* The steps of the verb. */
int deeds_open(verb_call *call);
int deeds_choose(verb_call *call);
behov_status deeds_compute(verb_call *call, behov_error *err) BEHOV_MUST_CHECK;
int deeds_conclude(verb_call *call);
void deeds_close(void *state);

#endif
