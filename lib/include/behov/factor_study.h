/* factor_study.h - a study in parts: the factors of one part of a panel, and parts put together to a study and a fit without
 * rows. */
#ifndef BEHOV_FACTOR_STUDY_H
#define BEHOV_FACTOR_STUDY_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "estimation.h"
#include "factor_part.h"
#include "factor_units.h"
#include "fit_results.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Parts and what messages call them, both owned. Zero-initialise; free with behov_factor_parts_free in any case.
typedef struct behov_factor_parts {
    behov_factor_part *parts;
    char **names;
    size_t n;
    size_t n_copies;                    /* parts and clusters of the same figures that were let through */
    behov_unit_differences differences; /* columns whose unit differs between parts, that stop nothing */
} behov_factor_parts;

BEHOV_API void behov_factor_parts_free(behov_factor_parts *parts);

/// The key that a part is clustered by: what the call says, else the model, else the municipality, where there is a column
/// of it. Whether the whole repeats a municipality no part knows: *is_default says that this is decided later.
/// \return NULL for none; borrowed from the options, the model or the library
BEHOV_API const char *behov_factor_cluster(const behov_study *study, const behov_cluster_options *cluster_options,
                                           bool *is_default);

/// The factors of a study whose panel is a part of one; its formula must be as it was written (behov_panel_request
/// keeps_formula).
/// \param cluster  as behov_factor_cluster gives it
/// Errors: those of behov_design_new, behov_clusters_new, behov_factor_part_measure. Free the part in any case.
BEHOV_API behov_status behov_factor_part_of_study(const behov_study *study,
                                                  const behov_cluster_options *cluster_options, behov_factor_part *part,
                                                  behov_error *err) BEHOV_MUST_CHECK;

/// A study of parts: its model is theirs, its table has their number of rows and no column.
/// \param parts   must outlive the study; what was found of them together is kept in it
/// \param source  what messages call the data
/// \param study   language, conventions, notice, n_allowed set, the rest zero; close it in any case
/// Errors: those of behov_factor_parts_check (copies: unless BEHOV_ODD_COPIED is let through); BEHOV_E_DATA for more rows
/// than 2^32, for an outcome whose unit differs between parts (unless BEHOV_ODD_UNIT is let through).
BEHOV_API behov_status behov_factor_study_open(behov_factor_parts *parts, const char *source, behov_study *study,
                                               behov_error *err) BEHOV_MUST_CHECK;

/// Merges the parts into design and clusters of an estimation, and settles the clusters of the choices. Errors: those of
/// behov_factor_parts_merge. Free the estimation in any case.
/// \param[out] is_extended  whether all parts are kept to 32 digits
BEHOV_API behov_status behov_factor_study_merge(const behov_factor_parts *parts, const behov_study *study,
                                                behov_fit_choices *choices, behov_estimation *estimation,
                                                bool *is_extended, behov_error *err) BEHOV_MUST_CHECK;

/// The fit of what was merged, its covariance, and all that follows without rows; needs there are none (out->need NULL).
BEHOV_API behov_status behov_factor_study_fit(const behov_study *study, const behov_fit_choices *choices,
                                              bool is_extended, behov_estimation *estimation, behov_fit_results *out,
                                              behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
