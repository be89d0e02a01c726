/* write_key.h - a cost key of the income system; weights of one out of a regression; one's own index of accumulated
 * disadvantage. */
#ifndef BEHOV_WRITE_KEY_H
#define BEHOV_WRITE_KEY_H

#include <behov/key_tables.h>
#include "output_writers.h"

typedef struct key_weights_results {
    behov_key_regression regression;
    const behov_fit_results *fit_results; /* borrowed */
} key_weights_results;

typedef struct key_clustering_results {
    behov_clustering_index index;
    behov_language lang;
    const char *path; /* as the user named it (borrowed) */
    bool is_simulated;
} key_clustering_results;

/* Their contexts are a behov_key_results, a key_weights_results and a key_clustering_results. */
extern const output_writers key_writers, key_weights_writers, key_clustering_writers;

#endif
