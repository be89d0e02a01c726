/* cluster.h - which rows belong together.
 *
 * Clusters are numbered in the order of their keys (numbers by size, text by bytes), so that no result depends on the
 * order of the rows. */
#ifndef BEHOV_CLUSTER_H
#define BEHOV_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_clusters behov_clusters;

/// Groups rows by the values of a column or of arithmetic over columns ("population", "population > 5000").
/// \param key     column name or expression (borrowed)
/// \param rows    n_rows rows of the table, none with a missing key (borrowed); NULL = 0, 1, 2 ...
/// \return BEHOV_E_NAME / BEHOV_E_SYNTAX for a key that is no column, BEHOV_E_DATA for a missing key
BEHOV_API behov_status behov_clusters_new(const behov_table *table, const char *key, const uint32_t *rows,
                                          size_t n_rows, behov_clusters **clusters, behov_error *err) BEHOV_MUST_CHECK;
/// Rows that belong together both ways: the clusters of the pairs of keys. Key "a & b".
/// \return BEHOV_E_ARGUMENT when the two are not over the same number of rows
BEHOV_API behov_status behov_clusters_intersect(const behov_clusters *first, const behov_clusters *second,
                                                behov_clusters **clusters, behov_error *err) BEHOV_MUST_CHECK;
/// Rows whose clusters are known, as those of merged factors: of no table.
/// \param labels    text of each cluster's key, n_clusters of them in the order of the clusters (copied)
/// \param of_rows   the cluster of each row (copied)
BEHOV_API behov_status behov_clusters_given(const char *key, const char *const *labels, size_t n_clusters,
                                            const uint32_t *of_rows, size_t n_rows, behov_clusters **clusters,
                                            behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_clusters_free(behov_clusters *clusters);
/// Whether each cluster of `inner` lies within one cluster of `outer`, as a municipality within its county.
/// \return BEHOV_E_ARGUMENT when the two are not over the same number of rows
BEHOV_API behov_status behov_clusters_are_within(const behov_clusters *inner, const behov_clusters *outer,
                                                 bool *are_within, behov_error *err) BEHOV_MUST_CHECK;

BEHOV_API const char *behov_clusters_key(const behov_clusters *clusters);
BEHOV_API size_t behov_clusters_count(const behov_clusters *clusters);
BEHOV_API size_t behov_clusters_n_rows(const behov_clusters *clusters);
/// The cluster of each row in the order of `rows` (borrowed, n_rows).
BEHOV_API const uint32_t *behov_clusters_of_rows(const behov_clusters *clusters);
/// Whether they are the values of a column of texts.
BEHOV_API bool behov_clusters_are_texts(const behov_clusters *clusters);
/// The text of a cluster's key; its bytes, which may be more than fit into `label`.
BEHOV_API size_t behov_clusters_label(const behov_clusters *clusters, size_t cluster, char label[400]);

#ifdef __cplusplus
}
#endif
#endif
