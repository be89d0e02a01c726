/* clusterings.c - see clusterings.h. */
#include "clusterings.h"

#include <stdlib.h>

#include <behov/comparison.h>

bool clusterings_add(clusterings *clusterings, const char *list)
{
    size_t n = behov_comparison_n_keys(list);
    for (size_t i = 0; i < n && clusterings->n < CLUSTER_KEYS_MAX - 1; i++)
        if (!(clusterings->keys[clusterings->n++] = behov_comparison_key(list, i)))
            return false;
    return true;
}

void clusterings_free(clusterings *clusterings)
{
    for (size_t i = 0; i < clusterings->n; i++)
        free(clusterings->keys[i]);
}
