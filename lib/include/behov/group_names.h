/* group_names.h - what pages call a group of municipalities. */
#ifndef BEHOV_GROUP_NAMES_H
#define BEHOV_GROUP_NAMES_H

#include "error.h"
#include "groups.h"
#include "labels.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The name of a group (0 <= group < n): a size class in words, "under 2 000 inhabitants", any other as it is called.
/// Borrowed from the groups, or static.
BEHOV_API const char *behov_group_name(const behov_groups *groups, int group, behov_language lang);

#ifdef __cplusplus
}
#endif
#endif
