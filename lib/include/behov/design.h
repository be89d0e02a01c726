/* design.h - a formula on a table: which rows are estimated on, which are predicted, and the columns of the matrix.
 *
 * Every row of the table gets one of three fates, and every row that is not estimated on has a reason:
 *   estimated on     outcome, regressors and cluster keys are all there
 *   predicted only   all regressors are there, but the outcome or a cluster key is missing, or the panel says so
 *   left out         excluded by a condition, a regressor is missing, or a level has no coefficient
 * The matrix itself is never held: blocks of rows are made when they are asked for.
 *
 * Absorbed effects (option `absorb`): each group of rows has an effect of its own that is not estimated. The design
 * then has no column for the constant, which the effects hold, and behov_design_fill_weighted gives deviations from
 * the weighted means of the groups (within estimator): least squares of them have the slopes and the residuals of the
 * regression with a dummy for each group. What follows from it:
 *   a regressor that does not vary within any group has no coefficient: BEHOV_E_RANK, or dropped (behov_fit_new)
 *   R2, adjusted R2, TSS, F are those within the groups, about the group means; N - K counts slopes and groups
 *   a group of one row contributes nothing: behov_design_n_singleton_groups; it counts in N and among the groups
 *   covariances and their degrees of freedom: vcov.h; need, ratios, fitted values, diagnoses by row or cluster are
 *   refused, for the effects absorb what they measure */
#ifndef BEHOV_DESIGN_H
#define BEHOV_DESIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cluster.h"
#include "error.h"
#include "expression.h"
#include "fate.h"
#include "formula.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Rows that one call of behov_design_fill takes at the most.
#define BEHOV_DESIGN_BLOCK BEHOV_EXPRESSION_BLOCK

typedef struct behov_design behov_design;

/* What a weight means. Each changes the standard errors in its own way, and population weights change the estimand:
 * the inhabitant instead of the municipality. */
typedef enum behov_weight_kind {
    BEHOV_WEIGHT_PRECISION = 0, /* the variance of a row's error is proportional to 1 / weight; scaled to mean 1 */
    BEHOV_WEIGHT_FREQUENCY      /* a row stands for as many equal rows; whole numbers */
} behov_weight_kind;

/* A level of a factor, by the factor's column. */
typedef struct behov_factor_level {
    const char *factor, *level; /* borrowed */
} behov_factor_level;

typedef struct behov_design_options {
    const behov_expression *exclude;   /* rows where it is true are left out; bound to the table; NULL = none */
    const behov_expression *set_aside; /* rows where it is true are predicted only; bound; NULL = none */
    const char *const *cluster_keys;   /* columns that must be there for a row to be estimated on */
    size_t n_cluster_keys;
    bool outcome_is_optional;        /* prediction alone: the outcome column need not be in the table */
    const behov_expression *weights; /* bound, must outlive the design; NULL = every row counts once */
    behov_weight_kind weight_kind;
    const char *const
        *coefficient_names; /* prediction alone: the levels of factors are those that have a coefficient */
    size_t n_coefficient_names;
    const behov_factor_level *coefficient_levels; /* where they are known; the names tell them too */
    size_t n_coefficient_levels;
    const char *coefficients_source; /* what messages call the place the coefficients come from; may be NULL */
    const char *absorb;              /* column or arithmetic whose groups have an effect each; NULL = none */
    bool is_part; /* the rows are a part of a whole (factor_part.h): a column for the constant and for every level of
                   * every factor, references too; weights as they are; no row need be left; the formula stays as it is */
    size_t n_threads; /* that work on the rows at the same time, here and in factors, covariances and needs that are
                       * made of the design; 0 = 1. No digit depends on it */
} behov_design_options;

/// Binds the formula to the table (both borrowed, must outlive the design) and sorts the rows.
/// \param options  NULL = all defaults
/// \return BEHOV_E_NAME, BEHOV_E_TYPE as behov_expression_bind; BEHOV_E_DATA when a value is not finite (log of 0),
///         when all outcomes are missing or no row has all regressors, for a negative weight, for a frequency that is
///         not whole; BEHOV_E_NAME for a reference level not there; BEHOV_E_ARGUMENT for absorbed effects in a
///         prediction; BEHOV_E_SYNTAX when there is no regressor beside them
/// A row without the key of the absorbed effects is predicted only, as one without a cluster key.
/// Cost: two passes over the rows; two more with absorbed effects, and 40 (K+1) bytes a group.
BEHOV_API behov_status behov_design_new(behov_formula *formula, const behov_table *table,
                                        const behov_design_options *options, behov_design **design,
                                        behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_design_free(behov_design *design);

BEHOV_API const behov_table *behov_design_table(const behov_design *design);
BEHOV_API const behov_formula *behov_design_formula(const behov_design *design);
/// K, the constant counts.
BEHOV_API size_t behov_design_n_regressors(const behov_design *design);
/// "(Intercept)", "I(population^1.2)", "year=2013", "x:year=2013".
BEHOV_API const char *behov_design_regressor(const behov_design *design, size_t k);
/// Whether the first column is the constant; never with absorbed effects.
BEHOV_API bool behov_design_has_intercept(const behov_design *design);

/// Levels of all factors, the references among them, factor by factor in the order of their columns (borrowed).
BEHOV_API size_t behov_design_n_levels(const behov_design *design);
BEHOV_API behov_factor_level behov_design_level(const behov_design *design, size_t i);

/// Groups of the absorbed effects, over the rows estimated on; NULL = no effects are absorbed (borrowed).
BEHOV_API const behov_clusters *behov_design_absorbed(const behov_design *design);
/// How many groups, and how many of them have one row, which fits exactly and tells nothing of the slopes.
BEHOV_API size_t behov_design_n_absorbed(const behov_design *design);
BEHOV_API size_t behov_design_n_singleton_groups(const behov_design *design);
/// Whether regressor k does not vary within any group (to 1e-12 of its length), so that it has no coefficient.
BEHOV_API bool behov_design_is_absorbed(const behov_design *design, size_t k);

/// Rows of the table that are estimated on, in table order (borrowed); NULL = all of its rows, which no list is kept of:
/// see behov_row_at.
BEHOV_API const uint32_t *behov_design_estimated(const behov_design *design, size_t *n_rows);
/// How many rows are estimated on: those of behov_design_estimated, but for a design that was merged of factors
/// (factor_merge.h), whose rows stand for more.
BEHOV_API size_t behov_design_n_estimated(const behov_design *design);
/// The rows predicted: those of behov_design_predicted, but for a merged design, which has none and knows their number.
BEHOV_API size_t behov_design_n_predicted(const behov_design *design);
/// Whether it was merged of factors: nothing that is of single rows can be had of it.
BEHOV_API bool behov_design_is_merged(const behov_design *design);
/// Observations N: the rows estimated on, or the sum of their frequencies.
BEHOV_API double behov_design_n_observations(const behov_design *design);
/// Square roots of the weights of the rows estimated on, in their order; NULL without weights (borrowed).
BEHOV_API const double *behov_design_root_weights(const behov_design *design);
/// The weight of an outcome of any row of the table, estimated on or not, on the scale of those roots: its precision
/// weight over the mean of the rows estimated on; 1 with frequencies and without weights; NaN where missing.
BEHOV_API double behov_design_weight(const behov_design *design, size_t row);
BEHOV_API behov_weight_kind behov_design_weight_kind(const behov_design *design);
/// Rows that have all regressors: estimated on and predicted only, in table order (borrowed); NULL = all of the table.
BEHOV_API const uint32_t *behov_design_predicted(const behov_design *design, size_t *n_rows);
BEHOV_API behov_row_fate behov_design_fate(const behov_design *design, size_t row);
/// The reason of a row that is not estimated on: position among the reasons, or -1.
BEHOV_API ptrdiff_t behov_design_reason_of(const behov_design *design, size_t row);
/// Reasons in order of first appearance; their n_rows add up to the rows that are not estimated on.
BEHOV_API size_t behov_design_n_reasons(const behov_design *design);
BEHOV_API behov_reason behov_design_reason(const behov_design *design, size_t i);

/// Power of two that brings the largest absolute value of a weighted column (K = the outcome) into [0.5, 1), over the rows
/// estimated on, of the deviations with absorbed effects; 0 for a column of zeros.
BEHOV_API int behov_design_exponent(const behov_design *design, size_t column);

/// Regressors (row-major, n_rows x K) and outcome of some rows that have all regressors, as they are: not weighted,
/// nothing absorbed.
/// \param n_rows  at most BEHOV_DESIGN_BLOCK
/// \param stride  numbers from one row of `regressors` to the next, at least K
/// \param outcome NULL when not wanted; NaN where missing
BEHOV_API void behov_design_fill(const behov_design *design, const uint32_t *rows, size_t n_rows, double *regressors,
                                 size_t stride, double *outcome);

/// The same for the rows estimated on, first .. first + n_rows - 1 in their order, less the weighted means of their
/// groups where effects are absorbed (double-double means, rounded once), each times the root of its weight: what the
/// least squares are of.
BEHOV_API void behov_design_fill_weighted(const behov_design *design, size_t first, size_t n_rows, double *regressors,
                                          size_t stride, double *outcome);

#ifdef __cplusplus
}
#endif
#endif
