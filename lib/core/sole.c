/* sole.c - sole directions, by the leverage of groups first: only a group whose leverage reaches 1 can hold one, and
 * all leverages add up to K. Their eigenvectors come from the smaller of H_gg and S_g. */
#include "sole.h"

#include <behov/parallel.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "fit_parts.h"
#include "influence.h"
#include "linalg.h"

void sole_free(sole_directions *found_sole_directions)
{
    free(found_sole_directions->directions), free(found_sole_directions->groups);
    *found_sole_directions = (sole_directions){0};
}

/* 1 less an eigenvalue: rounding, of T in double where the fit is not extended. */
static double tolerance(const behov_fit *fit)
{
    double of_double = 64 * 0x1p-53 * fit->condition;
    return !fit->is_extended && of_double > BEHOV_ONLY_HERE ? of_double : BEHOV_ONLY_HERE;
}

/* Rows of which the leverages are computed at once: parts, each with a block of rows and with room for its leverages,
 * which are then added in the order of the rows. */
typedef struct leverage_round {
    const behov_fit *fit;
    const behov_design *design;
    const double *scales;
    const double *lengths; /* of the rows of T: what is computed are bounds; NULL = leverages */
    double *room;
    size_t first; /* row of the first part */
} leverage_round;

enum { LEVERAGE_PARTS = 16, LEVERAGE_ROWS = 4096 };

static size_t room_of_part(const behov_fit *fit)
{
    return LEVERAGE_ROWS + BEHOV_DESIGN_BLOCK * fit->n_regressors + fit->rank;
}

/* Leverage of a scaled row, or what it is at most. */
static double leverage_of_row(const leverage_round *round, const double *x, double *p)
{
    const behov_fit *fit = round->fit;
    double sum = 0, unused;
    for (size_t j = 0; j < fit->rank && round->lengths; j++)
        sum += fabs(x[fit->kept_positions[j]]) * round->lengths[j];
    if (round->lengths)
        return sum * sum;
    fit_turn_row_double(fit, x, 0, p, &unused);
    for (size_t q = 0; q < fit->rank; q++)
        sum += p[q] * p[q];
    return sum;
}

static void compute_leverages(void *context, size_t part)
{
    const leverage_round *round = context;
    const behov_fit *fit = round->fit;
    size_t n = fit->n_regressors, first = round->first + part * LEVERAGE_ROWS, end = first + LEVERAGE_ROWS;
    double *leverages = round->room + part * room_of_part(fit), *block = leverages + LEVERAGE_ROWS,
           *p = block + BEHOV_DESIGN_BLOCK * n, outcome[BEHOV_DESIGN_BLOCK];
    end = end < fit->n_rows ? end : fit->n_rows;
    for (; first < end; first += BEHOV_DESIGN_BLOCK) {
        size_t count = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(round->design, first, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            for (size_t k = 0; k < n; k++)
                block[i * n + k] *= round->scales[k];
            *leverages++ = leverage_of_row(round, block + i * n, p);
        }
    }
}

/* Adds the leverages of the rows, or what they are at most, to those of their groups. */
static behov_status add_leverages(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                  const double *lengths, double *leverages, behov_error *err)
{
    size_t n = fit->n_regressors;
    double *scales = behov_alloc(n, sizeof *scales);
    double *room = behov_alloc(LEVERAGE_PARTS, room_of_part(fit) * sizeof *room);
    if (!scales || !room) {
        free(scales), free(room);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_LEVERAGE);
    }
    for (size_t k = 0; k < n; k++)
        scales[k] = ldexp(1, -fit->exponents[k]);
    leverage_round round = {fit, design, scales, lengths, room, 0};
    for (; round.first < fit->n_rows; round.first += LEVERAGE_PARTS * LEVERAGE_ROWS) {
        size_t n_left = fit->n_rows - round.first, n_rows = LEVERAGE_PARTS * LEVERAGE_ROWS;
        n_rows = n_left < n_rows ? n_left : n_rows;
        behov_parallel(behov_design_n_threads(design), (n_rows + LEVERAGE_ROWS - 1) / LEVERAGE_ROWS, compute_leverages,
                       &round);
        for (size_t i = 0; i < n_rows; i++) {
            size_t row = round.first + i, part = i / LEVERAGE_ROWS;
            leverages[of_rows ? of_rows[row] : row] += room[part * room_of_part(fit) + i % LEVERAGE_ROWS];
        }
    }
    free(scales), free(room);
    return BEHOV_OK;
}

static behov_status keep(sole_directions *sole_directions, const double *direction, size_t group, behov_error *err)
{
    size_t rank = sole_directions->rank;
    if (sole_directions->n == sole_directions->room) {
        size_t room = sole_directions->room ? 2 * sole_directions->room : 8;
        double *directions = behov_realloc(sole_directions->directions, room, rank * sizeof *directions);
        if (directions)
            sole_directions->directions = directions;
        size_t *groups = behov_realloc(sole_directions->groups, room, sizeof *groups);
        if (groups)
            sole_directions->groups = groups;
        if (!directions || !groups)
            return behov_out_of_memory(err, PHRASE_MEMORY_FOR_SOLE_CLUSTER);
        sole_directions->room = room;
    }
    double length = 0, *kept_values = sole_directions->directions + sole_directions->n * rank;
    for (size_t q = 0; q < rank; q++)
        length = hypot(length, direction[q]);
    for (size_t q = 0; q < rank; q++)
        kept_values[q] = direction[q] / length;
    sole_directions->groups[sole_directions->n++] = group;
    return BEHOV_OK;
}

/* Rows [P_g u_g] of one group, n_rows x (rank + 1), made few by the caller. */
static behov_status find_in_group(const behov_fit *fit, const double *rows, size_t n_rows, size_t group,
                                  sole_directions *sole_directions, behov_error *err)
{
    size_t rank = fit->rank, width = rank + 1;
    double *h = behov_alloc(2 * n_rows + 1, n_rows * sizeof *h), *direction = behov_alloc(rank, sizeof *direction);
    if (!h || !direction) {
        free(h), free(direction);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_SOLE_CLUSTER);
    }
    double *vectors = h + n_rows * n_rows, *values = vectors + n_rows * n_rows;
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_rows; j++)
            for (size_t q = 0; q < rank; q++)
                h[i * n_rows + j] += rows[i * width + q] * rows[j * width + q];
    behov_status status = behov_symmetric_eigen(h, n_rows, values, vectors)
                              ? BEHOV_OK
                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_EIGENVALUES);
    for (size_t e = 0; e < n_rows && !status; e++) {
        if (1 - values[e] > tolerance(fit))
            continue;
        memset(direction, 0, rank * sizeof *direction);
        for (size_t i = 0; i < n_rows; i++)
            for (size_t q = 0; q < rank; q++)
                direction[q] += rows[i * width + q] * vectors[i * n_rows + e];
        status = keep(sole_directions, direction, group, err);
    }
    free(h), free(direction);
    return status;
}

/* The rows of one group, turned; many of them become their triangle. */
static behov_status look_at(const behov_fit *fit, const behov_design *design, const uint32_t *positions, size_t n_rows,
                            size_t group, sole_directions *sole_directions, behov_error *err)
{
    size_t width = fit->rank + 1;
    double *rows = behov_alloc(n_rows + 1, width * sizeof *rows), *triangle = NULL;
    behov_status status = rows ? influence_turn_rows(fit, design, positions, n_rows, rows, err)
                               : behov_out_of_memory(err, PHRASE_MEMORY_FOR_SOLE_CLUSTER);
    if (!status && n_rows > width) {
        triangle = behov_alloc(width, width * sizeof *triangle);
        if (!triangle)
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_SOLE_CLUSTER);
        else
            behov_triangle_add(triangle, width, rows, n_rows, rows + n_rows * width);
    }
    if (!status)
        status = find_in_group(fit, triangle ? triangle : rows, triangle ? width : n_rows, group, sole_directions, err);
    free(rows), free(triangle);
    return status;
}

/* The directions of the groups whose leverage reaches the least. */
static behov_status look_at_groups(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                   const double *leverages, double least, sole_directions *found_sole_directions,
                                   behov_error *err)
{
    size_t n_rows = fit->n_rows, n_groups = clusters ? behov_clusters_count(clusters) : n_rows;
    uint32_t *positions = behov_alloc(n_rows, sizeof *positions);
    size_t *starts = behov_alloc(n_groups + 1, sizeof *starts);
    behov_status status = positions && starts ? influence_order_rows(clusters, n_rows, starts, positions, err)
                                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_SOLE_CLUSTER);
    for (size_t g = 0; g < n_groups && !status; g++)
        if (leverages[g] >= least)
            status =
                look_at(fit, design, positions + starts[g], starts[g + 1] - starts[g], g, found_sole_directions, err);
    free(positions), free(starts);
    return status;
}

/* Leverage of every group in double; with nearly collinear columns it is off by the condition number, and 1e-3 more
 * than that is looked at. In a large panel mostly no group comes near: then bounds are all there is, `largest` the largest. */
static behov_status measure_groups(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                   size_t n_groups, double least, double *leverages, double *largest, behov_error *err)
{
    double *lengths = behov_alloc(fit->rank, sizeof *lengths);
    behov_status status = lengths ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_LEVERAGE);
    bool are_bounds = true, may_reach = true;
    if (!status)
        fit_measure_inverse(fit, lengths);
    while (!status && may_reach) {
        memset(leverages, 0, n_groups * sizeof *leverages);
        status = add_leverages(fit, design, of_rows, are_bounds ? lengths : NULL, leverages, err);
        *largest = -INFINITY;
        for (size_t g = 0; g < n_groups; g++)
            *largest = leverages[g] > *largest ? leverages[g] : *largest;
        may_reach = are_bounds && !(*largest < least);
        are_bounds = false;
    }
    free(lengths);
    return status;
}

behov_status sole_find(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                       sole_directions *found_sole_directions, behov_error *err)
{
    size_t n_groups = clusters ? behov_clusters_count(clusters) : fit->n_rows;
    const uint32_t *of_rows = clusters ? behov_clusters_of_rows(clusters) : NULL;
    double least = 1 - 1e-3 - (double)fit->rank * 64 * 0x1p-53 * fit->condition, largest = -INFINITY;
    *found_sole_directions = (sole_directions){.rank = fit->rank};
    double *leverages = behov_alloc(n_groups, sizeof *leverages);
    behov_status status = leverages ? measure_groups(fit, design, of_rows, n_groups, least, leverages, &largest, err)
                                    : behov_out_of_memory(err, PHRASE_MEMORY_FOR_SOLE_CLUSTER);
    if (!status && largest >= least)
        status = look_at_groups(fit, design, clusters, leverages, least, found_sole_directions, err);
    free(leverages);
    if (status)
        sole_free(found_sole_directions);
    return status;
}

size_t sole_of(const sole_directions *sole_directions, const double *vector)
{
    static const double equal = 1e-7; /* eigenvectors are good to BEHOV_ONLY_HERE */
    double largest = 0;
    size_t last = sole_directions->n;
    if (sole_share(sole_directions, vector) == 0)
        return last;
    for (size_t i = 0; i < sole_directions->n; i++) {
        double dot = 0;
        for (size_t q = 0; q < sole_directions->rank; q++)
            dot += sole_directions->directions[i * sole_directions->rank + q] * vector[q];
        /* of equal parts the first, whatever rounding says */
        if (fabs(dot) > largest * (1 + equal)) {
            largest = fabs(dot);
            last = i;
        }
    }
    return last;
}

double sole_share(const sole_directions *sole_directions, const double *vector)
{
    double squares = 0, share = 0;
    for (size_t q = 0; q < sole_directions->rank; q++)
        squares += vector[q] * vector[q];
    for (size_t i = 0; i < sole_directions->n; i++) {
        double dot = 0;
        for (size_t q = 0; q < sole_directions->rank; q++)
            dot += sole_directions->directions[i * sole_directions->rank + q] * vector[q];
        share += dot * dot / squares;
    }
    return share < BEHOV_LEAST_SHARE ? 0 : share;
}

char *sole_label(const sole_directions *sole_directions, size_t i, const behov_design *design,
                 const behov_clusters *clusters)
{
    char label[400];
    if (!clusters) {
        size_t n_rows;
        const uint32_t *rows = behov_design_estimated(design, &n_rows);
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(behov_design_table(design), behov_row_at(rows, sole_directions->groups[i]), -1, where);
        behov_phrase_english(where, sizeof label, label); /* it stands on pages too */
        return behov_copy_text(label, strlen(label));
    }
    behov_clusters_label(clusters, sole_directions->groups[i], label);
    const char *key = behov_clusters_key(clusters);
    size_t size = strlen(key) + strlen(label) + 4;
    char *text = behov_alloc(size, 1);
    if (text)
        snprintf(text, size, "%s = %s", key, label);
    return text;
}
