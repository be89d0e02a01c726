/* verbs.c - the table of verbs, in the order of `behov --help`. */
#include "verbs.h"

#define ADDRESS_OF_VERB(name) &verb_##name,

const verb *const all_verbs[] = {VERB_LIST(ADDRESS_OF_VERB) NULL};
