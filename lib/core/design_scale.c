/* design_scale.c - the weights of rows, how large the columns are, and the effects that are absorbed. */
#include "design_inner.h"

#include <behov/cluster.h>
#include <behov/parallel.h>
#include <math.h>
#include <stdlib.h>

#include "alloc.h"

/* Roots of the weights; precision weights are scaled to mean 1, so that s is in the outcome's unit. */
behov_status design_weigh(behov_design *design, const behov_design_options *options, behov_error *err)
{
    design->weight_kind = options->weight_kind;
    design->n_observations = (double)design->n_estimated;
    if (!options->weights)
        return BEHOV_OK;
    double *roots = behov_alloc(design->n_estimated, sizeof *roots), sum = 0;
    if (!roots)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_WEIGHTS);
    design->root_weights = roots;
    for (size_t first = 0; first < design->n_estimated; first += BEHOV_DESIGN_BLOCK) {
        size_t n = design->n_estimated - first;
        n = n < BEHOV_DESIGN_BLOCK ? n : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        behov_expression_evaluate(options->weights, behov_rows_block(design->estimated, first, n, room), n,
                                  roots + first);
    }
    for (size_t i = 0; i < design->n_estimated; i++)
        sum += roots[i];
    if (!isfinite(sum))
        return behov_error_say(err, BEHOV_E_RANGE, behov_table_source(design->table), SAY_DESIGN_WEIGHTS_TOO_LARGE,
                               behov_expression_text(options->weights));
    double unit = 1;
    if (options->weight_kind == BEHOV_WEIGHT_FREQUENCY)
        design->n_observations = sum;
    else if (options->is_part)
        design->weights = options->weights, design->weight_unit = 1;
    else
        design->weights = options->weights, design->weight_unit = unit = (double)design->n_estimated / sum;
    for (size_t i = 0; i < design->n_estimated; i++)
        roots[i] = sqrt(roots[i] * unit);
    return BEHOV_OK;
}

/* The user's place of a row: line of the file, and the municipality where there is one. */
static behov_status not_finite(const behov_design *design, size_t row, size_t k, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(design->table, row, -1, where);
    const char *name = k < design->n_columns ? design->columns[k].name : behov_formula_outcome_name(design->formula);
    ptrdiff_t code = behov_table_find(design->table, "municipality_code");
    if (code >= 0 && behov_table_kind(design->table, (size_t)code) == BEHOV_COLUMN_TEXT) {
        int32_t text = behov_table_codes(design->table, (size_t)code)[row];
        if (text >= 0)
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_DESIGN_NOT_FINITE_MUNICIPALITY, name,
                                   behov_dictionary_text(behov_table_levels(design->table, (size_t)code), text));
    }
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_DESIGN_NOT_FINITE, name);
}

/* Largest absolute values of one part of the predicted rows, and the first row that is not finite. */
typedef struct measure_part {
    double *block, *largest;
    size_t bad_row, bad_column; /* bad_row: position among the predicted rows, SIZE_MAX = none */
    bool is_too_large;
} measure_part;

typedef struct measure {
    const behov_design *design;
    measure_part *parts;
    const uint32_t *previous_positions; /* of each part: rows estimated on in the parts before it */
} measure;

static void measure_rows(void *context, size_t part)
{
    const measure *all = context;
    const behov_design *design = all->design;
    measure_part *measure_part = &all->parts[part];
    size_t n_columns = design->n_columns, position = all->previous_positions[part], end = (part + 1) * BEHOV_PART_ROWS;
    double outcome[BEHOV_DESIGN_BLOCK];
    end = end < design->n_predicted ? end : design->n_predicted;
    measure_part->bad_row = SIZE_MAX;
    for (size_t first = part * BEHOV_PART_ROWS; first < end; first += BEHOV_DESIGN_BLOCK) {
        size_t n = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *rows = behov_rows_block(design->predicted, first, n, room);
        behov_design_fill(design, rows, n, measure_part->block, n_columns, outcome);
        for (size_t i = 0; i < n; i++) {
            bool estimated = fates_code(&design->fates, rows[i]) == 0;
            const double *row = measure_part->block + i * n_columns;
            double last = estimated && design->has_outcome ? outcome[i] : 0, sum = last;
            for (size_t k = 0; k < n_columns; k++)
                sum += fabs(row[k]);
            if (!isfinite(sum)) {
                size_t k = 0;
                while (k < n_columns && isfinite(row[k]))
                    k++;
                measure_part->bad_row = first + i;
                measure_part->bad_column = k;
                measure_part->is_too_large = k == n_columns && isfinite(last);
                return;
            }
            if (!estimated)
                continue;
            double root = design->root_weights ? design->root_weights[position++] : 1;
            for (size_t k = 0; k < n_columns; k++) {
                double size = fabs(row[k]) * root;
                measure_part->largest[k] = size > measure_part->largest[k] ? size : measure_part->largest[k];
            }
            if (fabs(last) * root > measure_part->largest[n_columns])
                measure_part->largest[n_columns] = fabs(last) * root;
        }
    }
}

behov_status design_measure_columns(behov_design *design, behov_error *err)
{
    size_t n_columns = design->n_columns, n_parts = behov_parts(design->n_predicted);
    size_t room = BEHOV_DESIGN_BLOCK * n_columns + n_columns + 1;
    double *numbers = behov_alloc(n_parts, room * sizeof *numbers);
    measure_part *parts = behov_alloc(n_parts, sizeof *parts);
    uint32_t *previous_positions = behov_alloc(n_parts, sizeof *previous_positions);
    design->exponents = behov_alloc(n_columns + 1, sizeof *design->exponents);
    behov_status status = BEHOV_OK;
    if (!numbers || !parts || !previous_positions || !design->exponents) {
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    } else {
        for (size_t part = 0; part < n_parts; part++) {
            parts[part].block = numbers + part * room;
            parts[part].largest = parts[part].block + BEHOV_DESIGN_BLOCK * n_columns;
        }
        for (size_t i = 0, n = 0; i < design->n_predicted && design->root_weights; i++) {
            if (i % BEHOV_PART_ROWS == 0)
                previous_positions[i / BEHOV_PART_ROWS] = (uint32_t)n;
            n += fates_code(&design->fates, behov_row_at(design->predicted, i)) == 0;
        }
        behov_parallel(design->n_threads, n_parts, measure_rows, &(measure){design, parts, previous_positions});
    }
    for (size_t part = 0; part < n_parts && !status; part++) {
        if (parts[part].bad_row == SIZE_MAX)
            continue;
        status =
            parts[part].is_too_large
                ? behov_error_say(err, BEHOV_E_RANGE, behov_table_source(design->table), SAY_DESIGN_TOO_LARGE)
                : not_finite(design, behov_row_at(design->predicted, parts[part].bad_row), parts[part].bad_column, err);
    }
    for (size_t k = 0; k <= n_columns && !status; k++) {
        double largest = 0;
        for (size_t part = 0; part < n_parts; part++)
            largest = parts[part].largest[k] > largest ? parts[part].largest[k] : largest;
        frexp(largest, &design->exponents[k]); /* 0 gives exponent 0 */
    }
    free(numbers);
    free(parts);
    free(previous_positions);
    return status;
}

/* ---- absorbed effects ------------------------------------------------------------------------------------------- */

enum { PASS_SUMS, PASS_MEASURE };

static void pass_within(behov_design *design, int pass, double *block, double *largest)
{
    size_t n_columns = design->n_columns;
    double outcome[BEHOV_DESIGN_BLOCK];
    for (size_t first = 0; first < design->n_estimated; first += BEHOV_DESIGN_BLOCK) {
        size_t n = design->n_estimated - first;
        n = n < BEHOV_DESIGN_BLOCK ? n : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *rows = behov_rows_block(design->estimated, first, n, room);
        behov_design_fill(design, rows, n, block, n_columns, outcome);
        for (size_t i = 0; i < n; i++) {
            double *row = block + i * n_columns, root = design_root(design, first + i);
            if (pass == PASS_SUMS) {
                within_take(design->within, first + i, root, row, outcome[i]);
                continue;
            }
            within_measure(design->within, first + i, root, row, &outcome[i]);
            for (size_t k = 0; k <= n_columns; k++)
                largest[k] = fmax(largest[k], fabs(k < n_columns ? row[k] : outcome[i]));
        }
    }
}

/* Means of the groups, and the exponents of what is left of the columns. */
behov_status design_absorb(behov_design *design, const behov_design_options *options, behov_error *err)
{
    if (!options->absorb)
        return BEHOV_OK;
    size_t n_columns = design->n_columns;
    behov_clusters *groups = NULL;
    behov_status status =
        behov_clusters_new(design->table, options->absorb, design->estimated, design->n_estimated, &groups, err);
    if (!status)
        status = within_new(groups, n_columns + 1, design->exponents, &design->within, err);
    if (status)
        return status;
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK + 2, n_columns * sizeof *block);
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    double *largest = block + BEHOV_DESIGN_BLOCK * n_columns; /* n_columns + 1 <= 2 n_columns */
    pass_within(design, PASS_SUMS, block, largest);
    within_finish(design->within);
    pass_within(design, PASS_MEASURE, block, largest);
    within_judge(design->within);
    for (size_t k = 0; k <= n_columns; k++)
        frexp(design->within->is_absorbed[k] ? 0 : largest[k], &design->exponents[k]);
    free(block);
    return BEHOV_OK;
}
