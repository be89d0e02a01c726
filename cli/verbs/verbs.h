/* verbs.h - the verbs of the program, each defined in its cmd_<verb>.c. */
#ifndef BEHOV_CLI_VERBS_H
#define BEHOV_CLI_VERBS_H

#include "verb.h"
#include "verb_list.h"

#define DECLARE_VERB(name) extern const verb verb_##name;
VERB_LIST(DECLARE_VERB)
#undef DECLARE_VERB

/* All of them in the order of `behov --help`, ended by NULL. */
extern const verb *const all_verbs[];

#endif
