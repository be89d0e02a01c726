/* factor_merge.h - parts of one model become the whole: a design whose rows are those of the merged cluster factors.
 *
 * Everything that stands on rows X_g, y_g only through R_g'R_g = [X_g y_g]'[X_g y_g] is the same for the rows of R_g as for
 * those of the cluster: coefficients, CV0 to CV3, their degrees of freedom, Wald tests, the wild cluster bootstrap, the
 * effective number of clusters. So the merged factors are a design like any other, with N and names told from outside, and
 * fit.h, vcov.h, test.h, boot.h take it as it is. The constant (the roots of the weights) is turned as the rows are, so that
 * a model without one still knows whether its columns hold it.
 *
 * What needs the rows themselves is refused by whoever needs it (BEHOV_E_ARGUMENT): HC0 to HC3, residuals, needs, ratios,
 * diagnoses of rows, CV2 with a working variance other than the inverse weights.
 *
 * Levels are the union of those of the parts, and the reference is chosen of it as by a design of all rows. Pieces of a
 * cluster are put in an order that depends on their numbers alone: the order of the parts changes no digit. */
#ifndef BEHOV_FACTOR_MERGE_H
#define BEHOV_FACTOR_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "cluster.h"
#include "design.h"
#include "error.h"
#include "factor_part.h"
#include "formula.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_merged_factors {
    behov_design *design;
    behov_clusters *clusters; /* NULL where the parts have none */
    bool is_extended;         /* kept to 32 digits by all parts */
    bool repeats_a_cluster;   /* some cluster has several rows, and there are several clusters */
} behov_merged_factors;

/// Whether parts are of one model, and none is there twice, also with its rows in another order: R'R of every cluster is then
/// the same but for roundings. Few small whole numbers, alike by chance, are no such part unless their bytes are the same.
/// \param names  what messages call the parts (borrowed)
/// \param allows_copies  parts of the same figures, and clusters of one key and the same figures in a part, are other rows
/// \param[out] n_copies  how many such there are, where they are allowed
/// \return BEHOV_E_ARGUMENT for no parts; BEHOV_E_DATA with where = the first part that differs and what differs
BEHOV_API behov_status behov_factor_parts_check(const behov_factor_part *parts, const char *const *names,
                                                size_t n_parts, bool allows_copies, size_t *n_copies,
                                                behov_error *err) BEHOV_MUST_CHECK;

/// Merges parts that behov_factor_parts_check has found to be of one model.
/// \param formula  of the parts' text, bound to nothing; borrowed, must outlive the design. References are written into it
/// \param table    without columns, as many rows as the parts together; its source is what messages call the data;
///                 borrowed, must outlive the design
/// \return BEHOV_E_NAME for a reference that is in no part, BEHOV_E_RANK for a factor of one level, BEHOV_E_DATA where no row
///         is estimated on, as behov_design_new
/// Cost O(rows of factors x K^2); memory twice that of the parts. Free with behov_merged_factors_free in any case.
BEHOV_API behov_status behov_factor_parts_merge(const behov_factor_part *parts, size_t n_parts, behov_formula *formula,
                                                const behov_table *table, behov_merged_factors *merged,
                                                behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_merged_factors_free(behov_merged_factors *merged);

#ifdef __cplusplus
}
#endif
#endif
