/* write_comparison.h - a fit under several errors or clusterings, as JSON. */
#ifndef BEHOV_CLI_WRITE_COMPARISON_H
#define BEHOV_CLI_WRITE_COMPARISON_H

#include <behov/comparison.h>
#include <behov/fit_results.h>

/* One JSON object: readings: [{se_kind, cluster, n_clusters, effective_clusters, coefficients: [...]}]. */
behov_status comparison_json(const behov_fit_results *fit_results, const behov_comparison *comparison,
                             behov_error *err) BEHOV_MUST_CHECK;

#endif
