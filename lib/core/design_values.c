/* design_values.c - the matrix block by block: rows as they are, their rests, and weighted. */
#include "design_inner.h"

#include <behov/cluster.h>
#include <math.h>
#include <string.h>

#include "extended.h"

/* The part of a product that is filled in first, the others are multiplied with it: that of the first component. */
static size_t first_part(const design_column *column)
{
    size_t first = 0;
    for (size_t p = 1; p < column->n_parts; p++)
        if (column->parts[p].component < column->parts[first].component)
            first = p;
    return first;
}

static void fill_part(double *regressor, size_t stride, const double *values, size_t n_rows, bool is_first)
{
    for (size_t i = 0; i < n_rows && is_first; i++)
        regressor[i * stride] = values[i];
    for (size_t i = 0; i < n_rows && !is_first; i++)
        regressor[i * stride] *= values[i];
}

static void fill_dummy(double *regressor, size_t stride, const double *levels, double level, size_t n_rows,
                       bool is_first)
{
    for (size_t i = 0; i < n_rows && is_first; i++)
        regressor[i * stride] = levels[i] == level;
    for (size_t i = 0; i < n_rows && !is_first; i++)
        regressor[i * stride] *= levels[i] == level;
}

void behov_design_fill(const behov_design *design, const uint32_t *rows, size_t n_rows, double *regressors,
                       size_t stride, double *outcome)
{
    double values[BEHOV_DESIGN_BLOCK];
    if (design->merged) {
        design_merged_fill(design, rows, n_rows, regressors, stride, outcome);
        return;
    }
    for (size_t k = 0; k < design->n_columns; k++)
        for (size_t i = 0; i < n_rows && !design->columns[k].n_parts; i++)
            regressors[i * stride + k] = 1;
    for (size_t c = 0; c < design->n_components; c++) {
        const component *component = &design->components[c];
        if (component->is_factor)
            levels_positions(&component->levels, rows, n_rows, values);
        else
            behov_expression_evaluate(component->expression, rows, n_rows, values);
        for (size_t k = 0; k < design->n_columns; k++) {
            const design_column *column = &design->columns[k];
            for (size_t p = 0; p < column->n_parts; p++) {
                if (column->parts[p].component != c)
                    continue;
                bool is_first = p == first_part(column);
                if (component->is_factor)
                    fill_dummy(regressors + k, stride, values, (double)column->parts[p].level, n_rows, is_first);
                else
                    fill_part(regressors + k, stride, values, n_rows, is_first);
            }
        }
    }
    if (outcome && design->has_outcome)
        behov_expression_evaluate(behov_formula_outcome(design->formula), rows, n_rows, outcome);
    else if (outcome)
        for (size_t i = 0; i < n_rows; i++)
            outcome[i] = behov_missing_number(BEHOV_MISSING_EMPTY);
}

static bool is_carried(const behov_design *design, const design_column *column)
{
    size_t n_numbers = 0;
    for (size_t p = 0; p < column->n_parts; p++) {
        const component *component = &design->components[column->parts[p].component];
        n_numbers += !component->is_factor;
        if (!component->is_factor && behov_expression_is_carried(component->expression))
            return true;
    }
    return n_numbers > 1;
}

void behov_design_fill_rests(const behov_design *design, const uint32_t *rows, size_t n_rows, const double *regressors,
                             size_t stride, double *rests)
{
    double values[BEHOV_DESIGN_BLOCK], own[BEHOV_DESIGN_BLOCK];
    if (design->merged) {
        design_merged_fill_rests(design, rows, n_rows, stride, rests);
        return;
    }
    for (size_t k = 0; k < design->n_columns && !design->within; k++) {
        const design_column *column = &design->columns[k];
        if (!is_carried(design, column))
            continue;
        extended products[BEHOV_DESIGN_BLOCK];
        for (size_t i = 0; i < n_rows; i++)
            products[i] = extended_of(1);
        for (size_t p = 0; p < column->n_parts; p++) {
            const component *component = &design->components[column->parts[p].component];
            memset(own, 0, n_rows * sizeof *own);
            if (component->is_factor) {
                for (size_t i = 0; i < n_rows; i++)
                    values[i] = levels_position(&component->levels, rows[i]) == column->parts[p].level;
            } else {
                behov_expression_evaluate(component->expression, rows, n_rows, values);
                if (behov_expression_is_carried(component->expression))
                    behov_expression_evaluate_rests(component->expression, rows, n_rows, values, own);
            }
            for (size_t i = 0; i < n_rows; i++)
                products[i] = extended_multiply(products[i], extended_two_sum(values[i], own[i]));
        }
        for (size_t i = 0; i < n_rows; i++) {
            double rest = (products[i].hi - regressors[i * stride + k]) + products[i].lo;
            rests[i * stride + k] = isfinite(rest) ? rest : 0;
        }
    }
}

/* A row as it is becomes a row of the least squares. */
static void weigh_row(const behov_design *design, size_t position, double *regressors, double *outcome)
{
    double root = design_root(design, position);
    if (design->within) {
        within_subtract(design->within, position, root, regressors, outcome);
        return;
    }
    for (size_t k = 0; k < design->n_columns; k++)
        regressors[k] *= root;
    *outcome *= root;
}

void behov_design_fill_weighted(const behov_design *design, size_t first, size_t n_rows, double *regressors,
                                size_t stride, double *outcome)
{
    uint32_t room[BEHOV_DESIGN_BLOCK] = {0};
    behov_design_fill(design, behov_rows_block(design->estimated, first, n_rows, room), n_rows, regressors, stride,
                      outcome);
    for (size_t i = 0; i < n_rows && (design->root_weights || design->within); i++)
        weigh_row(design, first + i, regressors + i * stride, &outcome[i]);
}

void design_fill_positions(const behov_design *design, const uint32_t *positions, size_t n_rows, double *regressors,
                           size_t stride, double *outcome)
{
    uint32_t rows[BEHOV_DESIGN_BLOCK] = {0};
    for (size_t i = 0; i < n_rows; i++)
        rows[i] = behov_row_at(design->estimated, positions[i]);
    behov_design_fill(design, rows, n_rows, regressors, stride, outcome);
    for (size_t i = 0; i < n_rows && (design->root_weights || design->within); i++)
        weigh_row(design, positions[i], regressors + i * stride, &outcome[i]);
}

void design_fill_extended(const behov_design *design, const uint32_t *positions, size_t n_rows, double *room,
                          extended *regressors, extended *outcome)
{
    size_t n = design->n_columns;
    uint32_t rows[BEHOV_DESIGN_BLOCK] = {0};
    double *block = room, *rests = room + BEHOV_DESIGN_BLOCK * n, y[BEHOV_DESIGN_BLOCK];
    for (size_t i = 0; i < n_rows; i++)
        rows[i] = behov_row_at(design->estimated, positions[i]);
    if (design->merged) {
        design_merged_fill_extended(design, rows, n_rows, regressors, outcome);
        return;
    }
    memset(rests, 0, n_rows * n * sizeof *rests);
    behov_design_fill(design, rows, n_rows, block, n, y);
    behov_design_fill_rests(design, rows, n_rows, block, n, rests);
    for (size_t i = 0; i < n_rows; i++) {
        extended root = extended_of(design_root(design, positions[i]));
        bool is_weighted = design->root_weights != NULL;
        int shift = -design->exponents[n];
        if (design->within) {
            weigh_row(design, positions[i], block + i * n, &y[i]);
            is_weighted = false;
        }
        for (size_t k = 0; k < n; k++) {
            int of_column = -design->exponents[k];
            extended value = extended_two_sum(ldexp(block[i * n + k], of_column), ldexp(rests[i * n + k], of_column));
            regressors[i * n + k] = is_weighted ? extended_multiply(root, value) : value;
        }
        extended value = extended_of(ldexp(y[i], shift));
        outcome[i] = is_weighted ? extended_multiply(root, value) : value;
    }
}

size_t design_fill_extended_block(const behov_design *design, size_t first, size_t end, double *room,
                                  extended *regressors, extended *outcome)
{
    uint32_t positions[BEHOV_DESIGN_BLOCK];
    size_t count = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
    for (size_t i = 0; i < count; i++)
        positions[i] = (uint32_t)(first + i);
    design_fill_extended(design, positions, count, room, regressors, outcome);
    return count;
}

double design_root(const behov_design *design, size_t position)
{
    return design->merged         ? design_merged_root(design, position)
           : design->root_weights ? design->root_weights[position]
                                  : 1;
}

double design_group_share(const behov_design *design, size_t position)
{
    const within *within_groups = design->within;
    if (!within_groups)
        return 0;
    size_t g = behov_clusters_of_rows(within_groups->groups)[position];
    double root = design_root(design, position);
    return within_groups->sizes[g] == 1 ? 1 : root * root / extended_round(within_groups->weights[g]);
}
