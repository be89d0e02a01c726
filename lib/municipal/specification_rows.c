/* specification_rows.c - the rows of a fit in memory, and what the checks of a specification do with them. */
#include "specification_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "missing_numbers.h"

behov_status specification_no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SPECIFICATION_NO_MEMORY);
}

behov_status specification_absent(behov_status status, const behov_error *inner, behov_absence *absence,
                                  behov_error *why, behov_error *err)
{
    if (status == BEHOV_E_MEMORY) {
        *err = *inner;
        return status;
    }
    if (status) {
        *absence = BEHOV_ABSENT_FAILED;
        *why = *inner;
    }
    return BEHOV_OK;
}

void specification_rows_free(specification_rows *rows)
{
    if (rows->columns != rows->plain)
        free(rows->columns);
    free(rows->plain);
    free(rows->regressors);
    free(rows->outcome);
    free(rows->actual);
    free(rows->fitted);
    free(rows->residuals);
    free(rows->population);
    free(rows->years);
    free(rows->units);
    behov_least_squares_free(rows->fit);
    *rows = (specification_rows){0};
}

static behov_status reserve(specification_rows *rows, behov_error *err)
{
    size_t n = rows->n, size = n * rows->n_columns;
    rows->plain = malloc(size * sizeof *rows->plain);
    rows->columns = rows->roots ? malloc(size * sizeof *rows->columns) : rows->plain;
    rows->outcome = malloc(n * sizeof *rows->outcome);
    rows->actual = malloc(n * sizeof *rows->actual);
    rows->fitted = malloc(n * sizeof *rows->fitted);
    rows->residuals = malloc(n * sizeof *rows->residuals);
    rows->population = malloc(n * sizeof *rows->population);
    rows->years = malloc(n * sizeof *rows->years);
    rows->units = malloc(n * sizeof *rows->units);
    return rows->plain && rows->columns && rows->outcome && rows->actual && rows->fitted && rows->residuals &&
                   rows->population && rows->years && rows->units
               ? BEHOV_OK
               : specification_no_memory(err);
}

static behov_status fill_block(specification_rows *rows, size_t first, size_t count, double *block, behov_error *err)
{
    const behov_fit_results *fit_results = rows->fit_results;
    const behov_panel *panel = &fit_results->study->panel;
    size_t n = rows->n_columns;
    uint32_t room[BEHOV_DESIGN_BLOCK];
    const uint32_t *block_rows = behov_rows_block(rows->rows, first, count, room);
    behov_design_fill(fit_results->design, block_rows, count, block, rows->n_regressors, rows->actual + first);
    for (size_t i = first; i < first + count; i++) {
        double root = rows->roots ? rows->roots[i] : 1;
        for (size_t j = 0; j < n; j++) {
            rows->plain[i * n + j] = block[(i - first) * rows->n_regressors + rows->regressors[j]];
            rows->columns[i * n + j] = root * rows->plain[i * n + j];
        }
        rows->outcome[i] = root * rows->actual[i];
        rows->population[i] = behov_panel_population(panel, behov_row_at(rows->rows, i));
        rows->years[i] = behov_panel_year(panel, behov_row_at(rows->rows, i));
    }
    return behov_fit_predict(fit_results->fit, fit_results->design, block_rows, count, rows->fitted + first,
                             rows->residuals + first, err);
}

/* Municipalities in the order of their keys; without a key each row is a unit. */
static behov_status find_units(specification_rows *rows, const char *key, uint32_t **first_rows, behov_error *err)
{
    behov_clusters *clusters = NULL;
    behov_status status =
        key ? behov_clusters_new(rows->fit_results->study->table, key, rows->rows, rows->n, &clusters, err) : BEHOV_OK;
    if (status)
        return status;
    rows->n_units = key ? behov_clusters_count(clusters) : rows->n;
    rows->has_municipalities = key && rows->n_units > 1;
    *first_rows = malloc((rows->n_units + 1) * sizeof **first_rows);
    if (!*first_rows)
        status = specification_no_memory(err);
    for (size_t i = rows->n; i-- > 0 && !status;) {
        rows->units[i] = key ? behov_clusters_of_rows(clusters)[i] : (uint32_t)i;
        (*first_rows)[rows->units[i]] = behov_row_at(rows->rows, i);
    }
    behov_clusters_free(clusters);
    return status;
}

behov_status specification_rows_new(const behov_fit_results *fit_results, const char *key, specification_rows *rows,
                                    uint32_t **first_rows, behov_error *err)
{
    *rows = (specification_rows){.fit_results = fit_results,
                                 .n_regressors = behov_design_n_regressors(fit_results->design),
                                 .roots = behov_design_root_weights(fit_results->design)};
    rows->rows = behov_design_estimated(fit_results->design, &rows->n);
    rows->regressors = malloc((rows->n_regressors + 1) * sizeof *rows->regressors);
    double *block = malloc(BEHOV_DESIGN_BLOCK * (rows->n_regressors + 1) * sizeof *block);
    behov_status status = rows->regressors && block ? BEHOV_OK : specification_no_memory(err);
    for (size_t k = 0; k < rows->n_regressors && !status; k++)
        if (!behov_fit_is_dropped(fit_results->fit, k))
            rows->regressors[rows->n_columns++] = k;
    if (!status)
        status = reserve(rows, err);
    for (size_t first = 0; first < rows->n && !status; first += BEHOV_DESIGN_BLOCK)
        status = fill_block(rows, first, rows->n - first < BEHOV_DESIGN_BLOCK ? rows->n - first : BEHOV_DESIGN_BLOCK,
                            block, err);
    free(block);
    if (!status)
        status = find_units(rows, key, first_rows, err);
    rows->has_population = fit_results->study->panel.columns[BEHOV_ROLE_POPULATION] >= 0;
    for (size_t i = 0; i < rows->n && !status; i++) {
        rows->has_population = rows->has_population && rows->population[i] > 0;
        rows->has_years = rows->has_years || rows->years[i] != rows->years[0];
    }
    return status ? status
                  : behov_least_squares_new(rows->columns, rows->outcome, rows->n, rows->n_columns, &rows->fit, err);
}

const uint32_t *specification_clusters(const specification_rows *rows)
{
    return rows->has_municipalities ? rows->units : NULL;
}

behov_status specification_fit(const specification_rows *rows, const double *columns, const double *outcome,
                               const bool *is_in, size_t n_columns, behov_least_squares **fit, behov_error *err)
{
    double *some = malloc(rows->n * (n_columns + 1) * sizeof *some), *some_outcomes = malloc(rows->n * sizeof *some);
    size_t n = 0;
    behov_status status = some && some_outcomes ? BEHOV_OK : specification_no_memory(err);
    for (size_t i = 0; i < rows->n && !status; i++) {
        if (!is_in[i])
            continue;
        memcpy(some + n * n_columns, columns + i * n_columns, n_columns * sizeof *some);
        some_outcomes[n++] = outcome[i];
    }
    if (!status)
        status = behov_least_squares_new(some, some_outcomes, n, n_columns, fit, err);
    free(some);
    free(some_outcomes);
    return status;
}

/* Mean of a power of |errors| over the sum of the weights. */
static double mean_power(const specification_rows *rows, const double *errors, const bool *is_in, bool is_square)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < rows->n; i++) {
        double root = rows->roots ? rows->roots[i] : 1;
        if ((is_in && !is_in[i]) || isnan(errors[i]))
            continue;
        sum += is_square ? errors[i] * errors[i] : root * fabs(errors[i]);
        weights += root * root;
    }
    return weights > 0 ? sum / weights : NAN;
}

double specification_rms(const specification_rows *rows, const double *errors, const bool *is_in)
{
    return sqrt(mean_power(rows, errors, is_in, true));
}

double specification_mae(const specification_rows *rows, const double *errors, const bool *is_in)
{
    return mean_power(rows, errors, is_in, false);
}

double specification_need(const double *columns, const double *coefficients, size_t n_columns)
{
    double sum = 0;
    for (size_t j = 0; j < n_columns; j++)
        sum += isnan(coefficients[j]) ? 0 : columns[j] * coefficients[j];
    return sum;
}

/* ---- ratios ------------------------------------------------------------------------------------------------------ */

static void list_change(behov_ratio_shifts *changes, behov_ratio_shift change)
{
    size_t place = changes->n_listed < BEHOV_RATIOS_LISTED ? changes->n_listed++ : BEHOV_RATIOS_LISTED;
    while (place > 0 && fabs(change.after - change.before) >
                            fabs(changes->listed[place - 1].after - changes->listed[place - 1].before)) {
        if (place < BEHOV_RATIOS_LISTED)
            changes->listed[place] = changes->listed[place - 1];
        place--;
    }
    if (place < BEHOV_RATIOS_LISTED)
        changes->listed[place] = change;
}

static void compare_needs(const specification_rows *rows, const double *before, const double *after,
                          behov_ratio_shifts *changes)
{
    double n = (double)rows->n, mean_before = 0, mean_after = 0, xx = 0, yy = 0, xy = 0, difference = 0;
    size_t n_above = 0;
    for (size_t i = 0; i < rows->n; i++) {
        mean_before += before[i] / n;
        mean_after += after[i] / n;
        if (before[i] > 0) {
            difference += fabs(after[i] - before[i]) / before[i];
            n_above++;
        }
    }
    for (size_t i = 0; i < rows->n; i++) {
        double x = before[i] - mean_before, y = after[i] - mean_after;
        xx += x * x, yy += y * y, xy += x * y;
    }
    changes->need_correlation = xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : NAN;
    changes->need_difference_pct = n_above ? 100 * difference / (double)n_above : NAN;
}

behov_status specification_changes(const specification_rows *rows, const double *before, const double *after,
                                   behov_ratio_shifts *changes, behov_error *err)
{
    double(*sums)[3] = calloc(rows->n_units + 1, sizeof *sums);
    if (!sums)
        return specification_no_memory(err);
    *changes = (behov_ratio_shifts){0};
    compare_needs(rows, before, after, changes);
    for (size_t i = 0; i < rows->n; i++) {
        sums[rows->units[i]][0] += rows->actual[i];
        sums[rows->units[i]][1] += before[i];
        sums[rows->units[i]][2] += after[i];
    }
    for (size_t u = 0; u < rows->n_units; u++) {
        if (!(sums[u][1] > 0 && sums[u][2] > 0))
            continue;
        behov_ratio_shift change = {u, 100 * sums[u][0] / sums[u][1], 100 * sums[u][0] / sums[u][2]};
        double size = fabs(change.after - change.before);
        changes->n++;
        changes->n_moved += size >= BEHOV_RATIO_MOVES;
        changes->mean_absolute += size;
        list_change(changes, change);
    }
    changes->mean_absolute = changes->n ? changes->mean_absolute / (double)changes->n : NAN;
    free(sums);
    return BEHOV_OK;
}
