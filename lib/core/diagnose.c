/* diagnose.c - figures on the clusters of a fit; formulas and sources in diagnose.h.
 *
 * Symbols: T = R^-1 of the scaled triangle (fit_parts.h), tau_k its row k, p_i = T'x_i of a row, S_g = sum of p_i p_i'
 * and v_g = sum of p_i u_i over a cluster (influence.h), w_g = (I - S_g)^-1 v_g. Then
 *
 *   L_g = tr S_g,  partial leverage = tau_k'S_g tau_k / tau_k'tau_k,  b_(-g) - b = -T w_g,
 *   y_i - x_i'b_(-g) = u_i + p_i'w_g,  (X_g B)_k'1 = tau_k' sum of p_i.
 *
 * S_g with an eigenvalue 1 is a cluster that alone holds a direction n of the coefficients: w_g is then taken by the
 * Moore-Penrose inverse, and coefficient k is not identified without the cluster when tau_k'n is not 0. If p_i'n is
 * the same for all rows of the cluster, what is missing is a level, as for a year with its own dummy.
 *
 * Not here: rows (diagnose_rows.c), columns (diagnose_columns.c), what is printed, and standard errors. */
#include <behov/diagnose.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "diagnose_row.h"
#include "fit_parts.h"
#include "influence.h"

/* A share of tau_k (or a spread of p_i'n) below this is 0: eigenvectors of an eigenvalue 1 that stands apart by more
 * than BEHOV_ONLY_HERE are right to 1e-15 / gap, at the worst 1e-6 in the length, and real shares seen are above 1e-2.
 */
static const double no_share = 1e-6;

/* Sum of gamma_g(1) against sum of n_g gamma_g(0), which is never smaller: rounding leaves 1e-30. */
static const double adds_up_to_zero = 1e-20;

/* Sums over clusters from which G* of one coefficient follows for any rho. */
typedef struct gamma_sums {
    double zero, value, zero_zero, zero_one, one_one;
    double bound; /* sum of n_g gamma_g(0) */
} gamma_sums;

struct behov_cluster_diagnosis {
    size_t n_clusters, n_regressors, n_warnings;
    double *sizes, *leverage, *left_out_rmse, *in_sample_rmse; /* n_clusters */
    double *partial, *changes;                                 /* n_clusters x n_regressors */
    double *coefficients;                                      /* n_regressors */
    bool *kept_positions;                                      /* n_regressors: not dropped */
    bool has_intercept;
    gamma_sums *sums;                 /* n_regressors */
    behov_left_out_measure *measures; /* n_clusters */
    behov_left_out left_out;
    behov_cluster_warning *warnings;
};

void behov_cluster_diagnosis_free(behov_cluster_diagnosis *diagnosis)
{
    if (!diagnosis)
        return;
    free(diagnosis->sizes);
    free(diagnosis->leverage);
    free(diagnosis->left_out_rmse);
    free(diagnosis->in_sample_rmse);
    free(diagnosis->partial);
    free(diagnosis->changes);
    free(diagnosis->coefficients);
    free(diagnosis->kept_positions);
    free(diagnosis->sums);
    free(diagnosis->measures);
    free(diagnosis->warnings);
    free(diagnosis);
}

/* ---- one cluster from its factor ----------------------------------------------------------------------------------
 */

/* What the pass over the rows needs of each cluster: n_clusters x rank numbers, outcome in its own unit. */
typedef struct row_needs {
    double *steps;         /* w_g */
    double *only;          /* direction that only this cluster holds, zeros when there is none */
    double *totals;        /* sum of p_i */
    double *work;          /* 3 rank */
    double *turned_values; /* rows estimated on x (rank + 1), [p_i u_i] where the fit is extended; else NULL */
    bool *is_several;      /* n_clusters: more than one such direction */
} row_needs;

static void free_needs(row_needs *needs)
{
    free(needs->steps), free(needs->only), free(needs->totals), free(needs->work), free(needs->is_several);
    free(needs->turned_values);
}

/* tau_k'x */
static double row_of_inverse(const behov_fit *fit, size_t p, const double *x)
{
    double sum = 0;
    for (size_t q = p; q < fit->rank; q++)
        sum += fit->inverse[p * fit->rank + q].hi * x[q];
    return sum;
}

/* w_g by the Moore-Penrose inverse, when I - S_g is singular; marks the coefficients that are not identified. */
static behov_status step_of_singular(const behov_fit *fit, cluster_influence *cluster_influence, double *step,
                                     double *only, bool *is_several, bool *unidentified, behov_error *err)
{
    behov_status status = influence_eigen(cluster_influence, err);
    if (status)
        return status;
    size_t rank = cluster_influence->rank, last = 0, n_only = 0;
    for (size_t e = 1; e < rank; e++)
        if (cluster_influence->values[e] > cluster_influence->values[last])
            last = e;
    memset(step, 0, rank * sizeof *step);
    memset(unidentified, 0, rank * sizeof *unidentified);
    for (size_t e = 0; e < rank; e++) {
        double rest = 1 - cluster_influence->values[e], dot = 0;
        /* The pivot that stopped the Cholesky factor may be a little below the smallest eigenvalue. */
        bool is_only = rest <= cluster_influence->only_here || e == last;
        for (size_t i = 0; i < rank && !is_only; i++)
            dot += cluster_influence->vectors[i * rank + e] * cluster_influence->v[i];
        for (size_t i = 0; i < rank && !is_only; i++)
            step[i] += cluster_influence->vectors[i * rank + e] * (dot / rest);
        n_only += is_only;
        for (size_t p = 0; p < rank && is_only; p++) {
            double length = 0;
            dot = 0;
            for (size_t q = p; q < rank; q++) {
                double t = fit->inverse[p * rank + q].hi;
                dot += t * cluster_influence->vectors[q * rank + e];
                length = hypot(length, t);
            }
            unidentified[p] = unidentified[p] || fabs(dot) > no_share * length;
        }
    }
    *is_several = n_only > 1;
    for (size_t i = 0; i < rank; i++)
        only[i] = cluster_influence->vectors[i * rank + last];
    return BEHOV_OK;
}

static behov_status diagnose_cluster(const behov_fit *fit, const cluster_basis *basis, size_t cluster,
                                     cluster_influence *cluster_influence, bool *unidentified,
                                     behov_cluster_diagnosis *cluster_diagnosis, row_needs *needs, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors;
    double *step = needs->steps + cluster * rank, *change = needs->work, *row = needs->work + rank;
    influence_of_cluster(basis, cluster, cluster_influence);
    for (size_t q = 0; q < rank; q++)
        cluster_diagnosis->leverage[cluster] += cluster_influence->s[q * rank + q];
    for (size_t k = 0; k < n; k++)
        cluster_diagnosis->partial[cluster * n + k] = cluster_diagnosis->changes[cluster * n + k] = NAN;
    memset(unidentified, 0, rank * sizeof *unidentified);
    if (!influence_without(cluster_influence, step)) {
        behov_status status = step_of_singular(fit, cluster_influence, step, needs->only + cluster * rank,
                                               &needs->is_several[cluster], unidentified, err);
        if (status)
            return status;
        cluster_diagnosis->measures[cluster] = BEHOV_LEFT_OUT_NOT_MEASURED; /* until its rows have been seen */
    }
    influence_to_coefficients(fit, step, change);
    for (size_t p = 0; p < rank; p++) {
        size_t k = fit->kept_positions[p];
        double length = 0;
        /* tau_k'S_g tau_k = the squares of P_g tau_k, of which none is negative */
        for (size_t q = 0; q < rank; q++) {
            row[q] = q < p ? 0 : fit->inverse[p * rank + q].hi;
            length += row[q] * row[q];
        }
        double squares = 0;
        for (size_t i = 0; i < cluster_influence->n_rows; i++) {
            double dot = 0;
            for (size_t q = p; q < rank; q++)
                dot += cluster_influence->rows[i * (rank + 1) + q] * row[q];
            squares += dot * dot;
        }
        cluster_diagnosis->partial[cluster * n + k] = squares / length;
        cluster_diagnosis->changes[cluster * n + k] = unidentified[p] ? NAN : -change[p];
    }
    for (size_t q = 0; q < rank; q++)
        step[q] = ldexp(step[q], fit->outcome_exponent);
    return BEHOV_OK;
}

/* ---- the pass over the rows ----------------------------------------------------------------------------------------
 */

typedef struct cluster_errors {
    size_t n_rows;
    double weight, squares; /* of the errors y - x'b_(-g) */
    double own_squares;     /* of the residuals */
    double low, high;       /* of p'n */
} cluster_errors;

/* The residual of a row, p of it (needs->work), its error without its cluster, and p'n. */
typedef struct row_errors {
    double residual, error, level;
} row_errors;

static row_errors errors_of_row(const behov_fit *fit, const row_needs *needs, const double *x, double outcome,
                                double root, size_t position, size_t cluster)
{
    size_t rank = fit->rank;
    const double *step = needs->steps + cluster * rank, *only = needs->only + cluster * rank;
    double *p = needs->work, *scales = needs->work + rank, fitted;
    row_errors row = {0};
    if (fit->is_extended) {
        const double *turned_values = needs->turned_values + position * (rank + 1);
        memcpy(p, turned_values, rank * sizeof *p);
        row.residual = ldexp(turned_values[rank], fit->outcome_exponent) / root;
    } else {
        row.residual = diagnose_residual(fit, x, NULL, outcome, &fitted);
        diagnose_turn_row(fit, x, root, scales, p);
    }
    row.error = row.residual;
    for (size_t q = 0; q < rank; q++) {
        row.error += p[q] * step[q] / root;
        row.level += p[q] * only[q] / root;
    }
    return row;
}

/* One pass. First: sums of p_i and the range of p_i'n by cluster. Second (is_last): squares and absolute values. */
static behov_status pass_rows(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                              const row_needs *needs, bool is_last, behov_cluster_diagnosis *cluster_diagnosis,
                              cluster_errors *errors, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows), *of_rows = behov_clusters_of_rows(clusters);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *block);
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    double *p = needs->work, *scales = needs->work + rank, outcome[BEHOV_DESIGN_BLOCK];
    double squares = 0, absolutes = 0, in_squares = 0, in_absolutes = 0, weights = 0;
    size_t n_measured = 0;
    bool is_merged = behov_design_is_merged(design); /* rows stand for others: squares of their roots count those */
    for (size_t j = 0; j < rank; j++)
        scales[j] = ldexp(1, -fit->exponents[fit->kept_positions[j]]);
    for (size_t first = 0; first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *block_rows = behov_rows_block(rows, first, count, room);
        behov_design_fill(design, block_rows, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            const double *x = block + i * n;
            size_t g = of_rows[first + i];
            double root = diagnose_root_weight(design, first + i), copies = diagnose_copies(design, first + i),
                   weight = root * root, root_copies = diagnose_root_copies(design, first + i),
                   held = is_merged ? root_copies * root_copies : weight;
            row_errors row = errors_of_row(fit, needs, x, outcome[i], root, first + i, g);
            double residual = row.residual, error = row.error;
            cluster_errors *cluster_errors = &errors[g];
            if (!is_last) {
                for (size_t q = 0; q < rank; q++)
                    needs->totals[g * rank + q] += root_copies * p[q];
                cluster_diagnosis->sizes[g] += is_merged ? held : copies;
                cluster_errors->n_rows++;
                cluster_errors->weight += held;
                cluster_errors->own_squares += weight * residual * residual;
                cluster_errors->low = fmin(cluster_errors->low, row.level);
                cluster_errors->high = fmax(cluster_errors->high, row.level);
                continue;
            }
            if (cluster_diagnosis->measures[g] == BEHOV_LEFT_OUT_NOT_MEASURED)
                continue;
            /* e_i less the mean of the others = (e_i - mean) W / (W - w_i); the mean is 0, for u is orthogonal to the
             * level and w_g has no part along it */
            if (cluster_diagnosis->measures[g] == BEHOV_LEFT_OUT_LEVEL_FROM_OWN)
                error *= cluster_errors->weight / (cluster_errors->weight - weight);
            cluster_errors->squares += weight * error * error;
            squares += weight * error * error;
            absolutes += weight * fabs(error);
            in_squares += weight * residual * residual;
            in_absolutes += weight * fabs(residual);
            weights += held;
            n_measured++;
        }
    }
    free(block);
    if (is_last) {
        behov_left_out *left = &cluster_diagnosis->left_out;
        /* of merged frequencies the sum of their squares counts copies, not rows */
        left->n_rows = !is_merged             ? n_measured
                       : n_measured == n_rows ? behov_design_n_estimated(design)
                                              : (size_t)rint(weights);
        left->rmse = n_measured ? sqrt(squares / weights) : NAN;
        left->mae = n_measured && !is_merged ? absolutes / weights : NAN;
        left->in_sample_rmse = n_measured ? sqrt(in_squares / weights) : NAN;
        left->in_sample_mae = n_measured && !is_merged ? in_absolutes / weights : NAN;
    }
    return BEHOV_OK;
}

static behov_status measure_rows(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                 const row_needs *needs, behov_cluster_diagnosis *cluster_diagnosis, behov_error *err)
{
    cluster_errors *errors = behov_alloc(cluster_diagnosis->n_clusters, sizeof *errors);
    if (!errors)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_ERRORS);
    for (size_t g = 0; g < cluster_diagnosis->n_clusters; g++) {
        errors[g].low = INFINITY;
        errors[g].high = -INFINITY;
    }
    behov_status status = pass_rows(fit, design, clusters, needs, false, cluster_diagnosis, errors, err);
    for (size_t g = 0; g < cluster_diagnosis->n_clusters && !status; g++) {
        if (behov_design_is_merged(design)) /* its rows were turned: a level that is common to them is not seen */
            errors[g].n_rows = 0;
        double largest = fmax(fabs(errors[g].low), fabs(errors[g].high));
        bool is_level = cluster_diagnosis->measures[g] == BEHOV_LEFT_OUT_NOT_MEASURED && !needs->is_several[g] &&
                        errors[g].n_rows > 1 && errors[g].high - errors[g].low <= no_share * largest;
        if (is_level)
            cluster_diagnosis->measures[g] = BEHOV_LEFT_OUT_LEVEL_FROM_OWN;
        cluster_diagnosis->left_out.n_measured += cluster_diagnosis->measures[g] == BEHOV_LEFT_OUT_MEASURED;
        cluster_diagnosis->left_out.n_level_from_own += cluster_diagnosis->measures[g] == BEHOV_LEFT_OUT_LEVEL_FROM_OWN;
        cluster_diagnosis->left_out.n_not_measured += cluster_diagnosis->measures[g] == BEHOV_LEFT_OUT_NOT_MEASURED;
    }
    if (!status)
        status = pass_rows(fit, design, clusters, needs, true, cluster_diagnosis, errors, err);
    for (size_t g = 0; g < cluster_diagnosis->n_clusters && !status; g++) {
        bool is_measured = cluster_diagnosis->measures[g] != BEHOV_LEFT_OUT_NOT_MEASURED;
        cluster_diagnosis->left_out_rmse[g] = is_measured ? sqrt(errors[g].squares / errors[g].weight) : NAN;
        cluster_diagnosis->in_sample_rmse[g] = sqrt(errors[g].own_squares / errors[g].weight);
    }
    free(errors);
    return status;
}

/* gamma_g(0) / B_kk = partial leverage; gamma_g(1) / B_kk = (tau_k' sum of p_i)^2 / tau_k'tau_k. G* has no scale. */
static void sum_gammas(const behov_fit *fit, const row_needs *needs, behov_cluster_diagnosis *cluster_diagnosis)
{
    size_t rank = fit->rank, n = fit->n_regressors;
    for (size_t p = 0; p < rank; p++) {
        size_t k = fit->kept_positions[p];
        gamma_sums *sums = &cluster_diagnosis->sums[k];
        double length = 0;
        for (size_t q = p; q < rank; q++)
            length += fit->inverse[p * rank + q].hi * fit->inverse[p * rank + q].hi;
        for (size_t g = 0; g < cluster_diagnosis->n_clusters; g++) {
            double total = row_of_inverse(fit, p, needs->totals + g * rank);
            double zero = cluster_diagnosis->partial[g * n + k], value = total * total / length;
            sums->zero += zero;
            sums->value += value;
            sums->zero_zero += zero * zero;
            sums->zero_one += zero * value;
            sums->one_one += value * value;
            sums->bound += cluster_diagnosis->sizes[g] * zero;
        }
    }
}

/* ---- warnings ------------------------------------------------------------------------------------------------------
 */

static void add_warning(behov_cluster_diagnosis *cluster_diagnosis, size_t *room, behov_cluster_warning warning)
{
    if (cluster_diagnosis->n_warnings == *room) {
        size_t larger = *room ? 2 * *room : 16;
        behov_cluster_warning *cluster_warning =
            behov_realloc(cluster_diagnosis->warnings, larger, sizeof *cluster_warning);
        if (!cluster_warning) {
            *room = (size_t)-1; /* reported by the caller */
            return;
        }
        cluster_diagnosis->warnings = cluster_warning;
        *room = larger;
    }
    cluster_diagnosis->warnings[cluster_diagnosis->n_warnings++] = warning;
}

static behov_status find_warnings(behov_cluster_diagnosis *cluster_diagnosis, behov_error *err)
{
    size_t n = cluster_diagnosis->n_regressors, room = 0;
    bool is_few = cluster_diagnosis->n_clusters < BEHOV_FEW_CLUSTERS;
    if (is_few)
        add_warning(cluster_diagnosis, &room,
                    (behov_cluster_warning){BEHOV_WARN_FEW_CLUSTERS, 0, 0, (double)cluster_diagnosis->n_clusters,
                                            BEHOV_FEW_CLUSTERS});
    for (size_t k = 0; k < n && !is_few && room != (size_t)-1; k++) {
        double effective = behov_cluster_diagnosis_fewest(cluster_diagnosis, k);
        if (effective < BEHOV_FEW_CLUSTERS)
            add_warning(
                cluster_diagnosis, &room,
                (behov_cluster_warning){BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS, 0, k, effective, BEHOV_FEW_CLUSTERS});
    }
    for (size_t i = 0; i < cluster_diagnosis->n_clusters * n && room != (size_t)-1; i++)
        if (cluster_diagnosis->partial[i] > BEHOV_DOMINATES)
            add_warning(cluster_diagnosis, &room,
                        (behov_cluster_warning){BEHOV_WARN_CLUSTER_DOMINATES, i / n, i % n,
                                                cluster_diagnosis->partial[i], BEHOV_DOMINATES});
    for (size_t i = 0; i < cluster_diagnosis->n_clusters * n && room != (size_t)-1; i++)
        if (cluster_diagnosis->kept_positions[i % n] && isnan(cluster_diagnosis->changes[i]))
            add_warning(cluster_diagnosis, &room, (behov_cluster_warning){BEHOV_WARN_UNIDENTIFIED, i / n, i % n, 0, 0});
    return room == (size_t)-1 ? behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_WARNINGS) : BEHOV_OK;
}

/* ---- all clusters --------------------------------------------------------------------------------------------------
 */

static behov_status reserve(behov_cluster_diagnosis *cluster_diagnosis, row_needs *needs, size_t rank, behov_error *err)
{
    size_t n_clusters = cluster_diagnosis->n_clusters, n = cluster_diagnosis->n_regressors;
    cluster_diagnosis->sizes = behov_alloc(n_clusters, sizeof *cluster_diagnosis->sizes);
    cluster_diagnosis->leverage = behov_alloc(n_clusters, sizeof *cluster_diagnosis->leverage);
    cluster_diagnosis->left_out_rmse = behov_alloc(n_clusters, sizeof *cluster_diagnosis->left_out_rmse);
    cluster_diagnosis->in_sample_rmse = behov_alloc(n_clusters, sizeof *cluster_diagnosis->in_sample_rmse);
    cluster_diagnosis->partial = behov_alloc(n_clusters, n * sizeof *cluster_diagnosis->partial);
    cluster_diagnosis->changes = behov_alloc(n_clusters, n * sizeof *cluster_diagnosis->changes);
    cluster_diagnosis->coefficients = behov_alloc(n, sizeof *cluster_diagnosis->coefficients);
    cluster_diagnosis->kept_positions = behov_alloc(n, sizeof *cluster_diagnosis->kept_positions);
    cluster_diagnosis->sums = behov_alloc(n, sizeof *cluster_diagnosis->sums);
    cluster_diagnosis->measures = behov_alloc(n_clusters, sizeof *cluster_diagnosis->measures);
    needs->steps = behov_alloc(n_clusters, rank * sizeof *needs->steps);
    needs->only = behov_alloc(n_clusters, rank * sizeof *needs->only);
    needs->totals = behov_alloc(n_clusters, rank * sizeof *needs->totals);
    needs->work = behov_alloc(3, rank * sizeof *needs->work);
    needs->is_several = behov_alloc(n_clusters, sizeof *needs->is_several);
    if (cluster_diagnosis->sizes && cluster_diagnosis->leverage && cluster_diagnosis->left_out_rmse &&
        cluster_diagnosis->in_sample_rmse && cluster_diagnosis->partial && cluster_diagnosis->changes &&
        cluster_diagnosis->coefficients && cluster_diagnosis->kept_positions && cluster_diagnosis->sums &&
        cluster_diagnosis->measures && needs->steps && needs->only && needs->totals && needs->work && needs->is_several)
        return BEHOV_OK;
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_DIAGNOSIS);
}

static behov_status diagnose_clusters(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                      behov_cluster_diagnosis *cluster_diagnosis, behov_error *err)
{
    row_needs needs = {0};
    cluster_influence cluster_influence = {0};
    cluster_basis basis = {0};
    bool *unidentified = behov_alloc(fit->rank, sizeof *unidentified);
    behov_status status = unidentified ? reserve(cluster_diagnosis, &needs, fit->rank, err)
                                       : behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_DIAGNOSIS);
    if (!status)
        status = cluster_basis_new(fit, design, clusters, &basis, err);
    if (!status)
        status = influence_new(fit, &cluster_influence, err);
    for (size_t g = 0; g < cluster_diagnosis->n_clusters && !status; g++)
        status = diagnose_cluster(fit, &basis, g, &cluster_influence, unidentified, cluster_diagnosis, &needs, err);
    if (!status) {
        memcpy(cluster_diagnosis->coefficients, fit->rounded_values, fit->n_regressors * sizeof *fit->rounded_values);
        for (size_t p = 0; p < fit->rank; p++)
            cluster_diagnosis->kept_positions[fit->kept_positions[p]] = true;
        if (fit->is_extended &&
            !(needs.turned_values = behov_alloc(fit->n_rows, (fit->rank + 1) * sizeof *needs.turned_values)))
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_ERRORS);
        if (!status && fit->is_extended)
            status = influence_turn_rows(fit, design, NULL, fit->n_rows, needs.turned_values, err);
        if (!status)
            status = measure_rows(fit, design, clusters, &needs, cluster_diagnosis, err);
    }
    if (!status) {
        sum_gammas(fit, &needs, cluster_diagnosis);
        status = find_warnings(cluster_diagnosis, err);
    }
    influence_free(&cluster_influence);
    cluster_basis_free(&basis);
    free_needs(&needs);
    free(unidentified);
    return status;
}

behov_status behov_cluster_diagnosis_new(const behov_fit *fit, const behov_design *design,
                                         const behov_clusters *clusters, behov_cluster_diagnosis **diagnosis,
                                         behov_error *err)
{
    const char *source = behov_table_source(behov_design_table(design));
    if (behov_design_n_regressors(design) != fit->n_regressors || behov_clusters_n_rows(clusters) != fit->n_rows)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_CLUSTERS_NOT_OF_ROWS);
    if (behov_clusters_count(clusters) < 2)
        return behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_DIAGNOSE_ONE_CLUSTER, behov_clusters_key(clusters));
    behov_status refused = diagnose_refuse_absorbed(design, err);
    if (!refused && !design_counts_rows(design))
        refused = diagnose_refuse_merged(design, err);
    if (refused)
        return refused;
    behov_cluster_diagnosis *cluster_diagnosis = behov_alloc(1, sizeof *cluster_diagnosis);
    if (!cluster_diagnosis)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_DIAGNOSIS);
    cluster_diagnosis->n_clusters = behov_clusters_count(clusters);
    cluster_diagnosis->n_regressors = fit->n_regressors;
    cluster_diagnosis->has_intercept = fit->has_intercept;
    behov_status status = diagnose_clusters(fit, design, clusters, cluster_diagnosis, err);
    if (status)
        behov_cluster_diagnosis_free(cluster_diagnosis);
    else
        *diagnosis = cluster_diagnosis;
    return status;
}

/* gamma_g(0) and the sums of p_i of all clusters in one pass over the rows, without their factors. */
static behov_status pass_gammas(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                row_needs *needs, behov_cluster_diagnosis *cluster_diagnosis, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows), *of_rows = behov_clusters_of_rows(clusters);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *block);
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    double *p = needs->work, *scales = p + rank, *lengths = scales + rank, outcome[BEHOV_DESIGN_BLOCK];
    for (size_t j = 0; j < rank; j++) {
        scales[j] = ldexp(1, -fit->exponents[fit->kept_positions[j]]);
        for (size_t q = j; q < rank; q++)
            lengths[j] += fit->inverse[j * rank + q].hi * fit->inverse[j * rank + q].hi;
    }
    for (size_t first = 0; first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *block_rows = behov_rows_block(rows, first, count, room);
        behov_design_fill(design, block_rows, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            size_t g = of_rows[first + i];
            double root_copies = diagnose_root_copies(design, first + i);
            diagnose_turn_row(fit, block + i * n, diagnose_root_weight(design, first + i), scales, p);
            cluster_diagnosis->sizes[g] +=
                behov_design_is_merged(design) ? root_copies * root_copies : diagnose_copies(design, first + i);
            for (size_t j = 0; j < rank; j++) {
                double turned_value = row_of_inverse(fit, j, p);
                cluster_diagnosis->partial[g * n + fit->kept_positions[j]] += turned_value * turned_value / lengths[j];
                needs->totals[g * rank + j] += root_copies * p[j];
            }
        }
    }
    free(block);
    return BEHOV_OK;
}

behov_status behov_effective_clusters(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                      double *effective, behov_error *err)
{
    size_t n = fit->n_regressors, n_clusters = behov_clusters_count(clusters);
    if (behov_design_n_regressors(design) != n || behov_clusters_n_rows(clusters) != fit->n_rows)
        return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                               SAY_CLUSTERS_NOT_OF_ROWS);
    behov_status status = diagnose_refuse_absorbed(design, err);
    if (status)
        return status;
    for (size_t k = 0; k < n && !design_counts_rows(design); k++)
        effective[k] = NAN;
    if (!design_counts_rows(design))
        return BEHOV_OK;
    behov_cluster_diagnosis cluster_diagnosis = {.n_clusters = n_clusters, .n_regressors = n};
    row_needs needs = {.totals = behov_alloc(n_clusters, fit->rank * sizeof *needs.totals),
                       .work = behov_alloc(3 * fit->rank, sizeof *needs.work)};
    cluster_diagnosis.sizes = behov_alloc(n_clusters, sizeof *cluster_diagnosis.sizes);
    cluster_diagnosis.partial = behov_alloc(n_clusters, n * sizeof *cluster_diagnosis.partial);
    cluster_diagnosis.sums = behov_alloc(n, sizeof *cluster_diagnosis.sums);
    cluster_diagnosis.kept_positions = behov_alloc(n, sizeof *cluster_diagnosis.kept_positions);
    bool has_room = needs.totals && needs.work && cluster_diagnosis.sizes && cluster_diagnosis.partial &&
                    cluster_diagnosis.sums && cluster_diagnosis.kept_positions;
    status = has_room ? pass_gammas(fit, design, clusters, &needs, &cluster_diagnosis, err)
                      : behov_out_of_memory(err, PHRASE_MEMORY_FOR_EFFECTIVE_CLUSTERS);
    if (!status) {
        for (size_t p = 0; p < fit->rank; p++)
            cluster_diagnosis.kept_positions[fit->kept_positions[p]] = true;
        sum_gammas(fit, &needs, &cluster_diagnosis);
        for (size_t k = 0; k < n; k++)
            effective[k] = behov_cluster_diagnosis_fewest(&cluster_diagnosis, k);
    }
    free_needs(&needs);
    free(cluster_diagnosis.sizes), free(cluster_diagnosis.partial), free(cluster_diagnosis.sums),
        free(cluster_diagnosis.kept_positions);
    return status;
}

size_t behov_cluster_diagnosis_n_clusters(const behov_cluster_diagnosis *diagnosis)
{
    return diagnosis->n_clusters;
}

size_t behov_cluster_diagnosis_n_regressors(const behov_cluster_diagnosis *diagnosis)
{
    return diagnosis->n_regressors;
}

const double *behov_cluster_diagnosis_sizes(const behov_cluster_diagnosis *diagnosis)
{
    return diagnosis->sizes;
}

const double *behov_cluster_diagnosis_leverage(const behov_cluster_diagnosis *diagnosis)
{
    return diagnosis->leverage;
}

const double *behov_cluster_diagnosis_left_out_rmse(const behov_cluster_diagnosis *diagnosis)
{
    return diagnosis->left_out_rmse;
}

const double *behov_cluster_diagnosis_in_sample_rmse(const behov_cluster_diagnosis *diagnosis)
{
    return diagnosis->in_sample_rmse;
}

const double *behov_cluster_diagnosis_partial_leverage(const behov_cluster_diagnosis *diagnosis)
{
    return diagnosis->partial;
}

const double *behov_cluster_diagnosis_changes(const behov_cluster_diagnosis *diagnosis)
{
    return diagnosis->changes;
}

double behov_cluster_diagnosis_without(const behov_cluster_diagnosis *diagnosis, size_t cluster, size_t k)
{
    return diagnosis->coefficients[k] + diagnosis->changes[cluster * diagnosis->n_regressors + k];
}

double behov_cluster_diagnosis_effective(const behov_cluster_diagnosis *diagnosis, size_t k, double rho)
{
    const gamma_sums *gamma_sums = &diagnosis->sums[k];
    double value = gamma_sums->value > adds_up_to_zero * gamma_sums->bound ? rho : 0, zero = 1 - rho;
    double sum = value * gamma_sums->value + zero * gamma_sums->zero;
    double squares = value * value * gamma_sums->one_one + 2 * value * zero * gamma_sums->zero_one +
                     zero * zero * gamma_sums->zero_zero;
    return diagnosis->kept_positions[k] && squares > 0 ? sum * sum / squares : NAN;
}

double behov_cluster_diagnosis_fewest(const behov_cluster_diagnosis *diagnosis, size_t k)
{
    const gamma_sums *gamma_sums = &diagnosis->sums[k];
    double independent = behov_cluster_diagnosis_effective(diagnosis, k, 0);
    if (gamma_sums->value < gamma_sums->zero)
        return independent;
    return fmin(independent, behov_cluster_diagnosis_effective(diagnosis, k, 1)); /* fmin passes over NaN */
}

behov_left_out_measure behov_cluster_diagnosis_measure(const behov_cluster_diagnosis *diagnosis, size_t cluster)
{
    return diagnosis->measures[cluster];
}

behov_left_out behov_cluster_diagnosis_left_out(const behov_cluster_diagnosis *diagnosis)
{
    return diagnosis->left_out;
}

const behov_cluster_warning *behov_cluster_diagnosis_warnings(const behov_cluster_diagnosis *diagnosis,
                                                              size_t *n_warnings)
{
    *n_warnings = diagnosis->n_warnings;
    return diagnosis->warnings;
}

static int compare_movers(const void *a, const void *b)
{
    const behov_mover *x = a, *y = b;
    double left = fabs(x->change_in_se), right = fabs(y->change_in_se);
    if (left != right)
        return left > right ? -1 : 1;
    return x->cluster < y->cluster ? -1 : x->cluster > y->cluster;
}

size_t behov_cluster_diagnosis_movers(const behov_cluster_diagnosis *diagnosis, const double *standard_errors,
                                      size_t n_most, behov_mover *movers)
{
    size_t n = diagnosis->n_regressors, first = diagnosis->has_intercept && n > 1 ? 1 : 0, n_found = 0;
    bool wants_all = n_most >= diagnosis->n_clusters; /* sorted at the end: insertion would take G^2 */
    for (size_t g = 0; g < diagnosis->n_clusters; g++) {
        behov_mover most = {.cluster = g};
        for (size_t k = first; k < n; k++) {
            double change = diagnosis->changes[g * n + k] / standard_errors[k];
            if (standard_errors[k] > 0 && fabs(change) > fabs(most.change_in_se))
                most = (behov_mover){g, k, diagnosis->coefficients[k], behov_cluster_diagnosis_without(diagnosis, g, k),
                                     change};
        }
        if (most.change_in_se == 0 || n_most == 0)
            continue;
        size_t index = n_found;
        while (!wants_all && index > 0 && fabs(movers[index - 1].change_in_se) < fabs(most.change_in_se))
            index--;
        if (index == n_most)
            continue;
        n_found += n_found < n_most;
        memmove(movers + index + 1, movers + index, (n_found - index - 1) * sizeof *movers);
        movers[index] = most;
    }
    if (wants_all && n_found > 1)
        qsort(movers, n_found, sizeof *movers, compare_movers);
    return n_found;
}

double behov_coefficient_of_variation(const double *values, size_t n)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    double mean = n ? sum / (double)n : 0;
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    return n < 2 || mean == 0 ? NAN : sqrt(squares / (double)(n - 1)) / fabs(mean);
}
