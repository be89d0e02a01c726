/* group_names.h - what pages call a group of municipalities. */
#ifndef BEHOV_GROUP_NAMES_H
#define BEHOV_GROUP_NAMES_H

#include "groups.h"
#include "labels.h"

/* The name of a group (0 <= group < n): a size class in words, "under 2 000 inhabitants", any other as it is called.
 * Borrowed from the groups, or static. */
const char *behov_group_name(const behov_groups *groups, int group, behov_language lang);

#endif
