/* clustering.h - which rows a fit takes to belong together: what the call says, else the model, else the municipality
 * where the panel repeats it. The one place where that is decided. */
#ifndef BEHOV_CLUSTERING_H
#define BEHOV_CLUSTERING_H

#include <stdbool.h>

#include "design.h"
#include "error.h"
#include "estimation.h"
#include "fit_results.h"
#include "panel.h"
#include "phrase.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The key that tells municipalities apart: the role of the code, else of the name; NULL in a panel without either.
BEHOV_API const char *behov_clustering_municipality(const behov_panel *panel);
/// The key that the model names; NULL for none, be it that it says so ("") or says nothing.
BEHOV_API const char *behov_clustering_of_model(const behov_model *model);

/// Settles cluster, second_cluster, asked_cluster and is_default_cluster of the choices, once the panel is bound. What
/// the call says goes before the model, the model before the default: the municipality, where rows of the estimation
/// repeat it, and no clusters else. The default costs one more pass over the rows. choices->more_keys counts.
BEHOV_API behov_status behov_clustering_choose(const behov_cluster_options *cluster_options, const behov_study *study,
                                               behov_fit_choices *choices, behov_error *err) BEHOV_MUST_CHECK;

/// Whether the rows of the estimation repeat a municipality, whether its clusters part rows of one municipality (in two-way clustering: both of them do), and
/// which of two keys has the fewest clusters, and the coefficients under the same kind of errors by municipality, for the results that are printed beside. There are
/// none of them (NULL) where that kind has no value, or above 2e8 rows x coefficients^2.
BEHOV_API behov_status behov_clustering_compare(const behov_study *study, const behov_fit_choices *choices,
                                                behov_estimation *estimation, behov_fit_results *out,
                                                behov_error *err) BEHOV_MUST_CHECK;

/// Whether clusters of the rows that the design is estimated on part rows of one municipality; false in a panel that does
/// not tell municipalities apart. Costs one pass over the rows.
BEHOV_API behov_status behov_clustering_parts(const behov_study *study, const behov_design *design,
                                              const behov_clusters *clusters, bool *parts,
                                              behov_error *err) BEHOV_MUST_CHECK;

/// The choices of a test over years: those of the fit where their clusters hold a municipality's rows together, as its
/// own or those of its county do; else its municipality, the default kind in place of one without clusters. *is_replaced = which.
BEHOV_API behov_status behov_clustering_over_years(const behov_study *study, const behov_design *pooled,
                                                   const behov_fit_choices *choices, behov_fit_choices *of_test,
                                                   bool *is_replaced, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
