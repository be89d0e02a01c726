/* design_inner.h - the insides of a design, for the files that make it: its columns (design_columns.c), which rows they are
 * estimated on and predicted for (design_rows.c), the matrix block by block (design_values.c), and how large its numbers
 * are (design_scale.c).
 *
 * A term is a product of components. Each distinct component is evaluated once per block: a number per row for x,
 * I(...) and log(x); the position of the level for a factor. A column of the matrix is a product of such values, a
 * factor's part being 1 where the level is the column's and 0 elsewhere.
 *
 * With absorbed effects the design has no column for the constant, which they hold, and the weighted rows are
 * deviations from the means of their groups (within.h). */
#ifndef BEHOV_SRC_DESIGN_INNER_H
#define BEHOV_SRC_DESIGN_INNER_H

#include <behov/design.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "design_parts.h"
#include "expression_inner.h"
#include "fate_inner.h"
#include "level.h"
#include "within.h"

enum { DESIGN_PARTS_MAX = 16 };

/* A distinct component of the formula. */
typedef struct component {
    const char *name;
    bool is_factor;
    behov_expression *expression;
    levels levels; /* factor */
} component;

typedef struct column_part {
    size_t component;
    ptrdiff_t level; /* -1: the component's number itself */
} column_part;

typedef struct design_column {
    char *name;
    column_part parts[DESIGN_PARTS_MAX];
    size_t n_parts; /* 0 = the constant */
} design_column;

/* Rows that were merged of factors, weighted and turned: regressors, outcome, and the constant turned with them. */
typedef struct design_merged {
    double *values, *rests;          /* n_estimated x (n_columns + 2), unscaled; rests NULL = values are all there is */
    size_t n_estimated, n_predicted; /* rows that they stand for */
    bool has_precision_weights;
} design_merged;

struct behov_design {
    behov_formula *formula;
    const behov_table *table;
    component *components;
    size_t n_components;
    size_t *component_of; /* [term * DESIGN_PARTS_MAX + i] -> component */
    design_column *columns;
    size_t n_columns;
    bool has_outcome, levels_are_given;
    char coefficients_name[160];
    fates fates;
    uint32_t *estimated, *predicted; /* one list where they are the same rows; NULL = all rows of the table */
    size_t n_estimated, n_predicted;
    double *root_weights;            /* of the rows estimated on; NULL = no weights */
    const behov_expression *weights; /* of precision (borrowed); NULL = none, or frequencies */
    double weight_unit;              /* what they are multiplied by */
    behov_weight_kind weight_kind;
    double n_observations;
    int *exponents; /* n_columns + 1 */
    within *within; /* absorbed effects; NULL = none */
    size_t n_threads;
    bool is_part;
    design_merged *merged; /* rows of merged factors in the place of a table's; NULL = those of the table */
};

/* ---- steps of making one, in their order; each needs those before it ------------------------------------------- */

/* Whether the key of absorbed effects can be one. */
behov_status design_check_absorb(const behov_design *design, const behov_design_options *options, behov_error *err);
/* The distinct components of the formula. */
behov_status design_collect_components(behov_design *design, behov_error *err);
/* Which rows are estimated on, predicted only or left out. */
behov_status design_judge_rows(behov_design *design, const behov_design_options *options, behov_error *err);
void design_count_rows(behov_design *design);
/* BEHOV_E_DATA when no row is left, with what took them away. */
behov_status design_check_counts(const behov_design *design, const behov_design_options *options, behov_error *err);
/* The levels of factors, from the rows estimated on so far or from coefficients. */
behov_status design_prepare_factors(behov_design *design, const behov_design_options *options, behov_error *err);
/* Leaves out rows of levels that have no column. */
behov_status design_judge_levels(behov_design *design, behov_error *err);
behov_status design_list_rows(behov_design *design, behov_error *err);
behov_status design_make_columns(behov_design *design, const char *absorb, behov_error *err);
/* Roots of the weights. */
behov_status design_weigh(behov_design *design, const behov_design_options *options, behov_error *err);
/* The exponents of the columns; BEHOV_E_DATA for a row that is not finite, BEHOV_E_RANGE for sums that are not. */
behov_status design_measure_columns(behov_design *design, behov_error *err);
/* Means of the groups of absorbed effects, and the exponents of what is left. */
behov_status design_absorb(behov_design *design, const behov_design_options *options, behov_error *err);
/* A saved formula gives the same columns on other data. */
behov_status design_write_references(behov_design *design, behov_error *err);
/* The reference that the formula names for a component, NULL = none. */
const char *design_reference(const behov_design *design, size_t component);

/* ---- rows of merged factors, in the place of a table's (design_merged.c) ---------------------------------------- */

void design_merged_fill(const behov_design *design, const uint32_t *rows, size_t n_rows, double *regressors,
                        size_t stride, double *outcome);
void design_merged_fill_rests(const behov_design *design, const uint32_t *rows, size_t n_rows, size_t stride,
                              double *rests);
void design_merged_fill_extended(const behov_design *design, const uint32_t *rows, size_t n_rows, extended *regressors,
                                 extended *outcome);
double design_merged_root(const behov_design *design, size_t row);
void design_merged_free(design_merged *merged);

#endif
