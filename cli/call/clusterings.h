/* clusterings.h - keys of several clusterings, as --compare-clusters lists them. */
#ifndef BEHOV_CLI_CLUSTERINGS_H
#define BEHOV_CLI_CLUSTERINGS_H

#include <stdbool.h>
#include <stddef.h>

enum { CLUSTER_KEYS_MAX = 17 };

/* Zero-initialise; free with clusterings_free in any case. */
typedef struct clusterings {
    char *keys[CLUSTER_KEYS_MAX]; /* owned */
    size_t n;
} clusterings;

/* Adds the keys of a list, separated by commas outside brackets, up to CLUSTER_KEYS_MAX - 1 in all. False without
 * memory. */
bool clusterings_add(clusterings *clusterings, const char *list);
void clusterings_free(clusterings *clusterings);

#endif
