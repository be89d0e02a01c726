/* vcov_sums.c - sums of squared influences, before the factors that make them variances.
 *
 * The influence of a group of rows on the coefficients is d = (X'X)^-1 X_g'u_g. A row is its own group for HC, a
 * cluster is one for CV. Groups are summed in the order of their keys, so the result does not depend on the order of
 * the rows beyond the last digit. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adjusted.h"
#include "alloc.h"
#include "design_parts.h"
#include "fit_parts.h"
#include "influence.h"
#include "influence_sum.h"
#include "linalg.h"
#include "sole.h"
#include "vcov_jackknife.h"
#include "vcov_parts.h"
#include "vcov_scores.h"

/* What a row's residual is multiplied by: 1, 1/sqrt(1-h) or 1/(1-h). A row with h = 1 has residual 0: HC2 leaves it out
 * as the Moore-Penrose inverse does, HC3 has no answer. */
static bool leverage_weight(behov_vcov_kind kind, double one_less_h, double *weight)
{
    *weight = 1;
    if (kind == BEHOV_VCOV_HC2)
        *weight = one_less_h > BEHOV_ONLY_HERE ? 1 / sqrt(one_less_h) : 0;
    if (kind == BEHOV_VCOV_HC3) {
        if (!(one_less_h > BEHOV_ONLY_HERE))
            return false;
        *weight = 1 / one_less_h;
    }
    return true;
}

/* Root of the number of equal rows that a row stands for: its leverage and influence are shared by them. */
static double copies_root(const behov_design *design, size_t i)
{
    const double *roots = behov_design_root_weights(design);
    return roots && behov_design_weight_kind(design) == BEHOV_WEIGHT_FREQUENCY ? roots[i] : 1;
}

static behov_status row_decides(const behov_design *design, uint32_t row, size_t position, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(behov_design_table(design), row, -1, where);
    if (design_group_share(design, position) == 1)
        return behov_error_say(err, BEHOV_E_RANK, where, SAY_VCOV_ROW_ALONE,
                               behov_cut(behov_clusters_key(behov_design_absorbed(design)), 80).text);
    return behov_error_say(err, BEHOV_E_RANK, where, SAY_VCOV_ROW_DECIDES);
}

/* influence: room for 2 rank numbers. */
static void add_extended(const behov_fit *fit, const extended *score, extended *work, double *influence,
                         influence_sum *sum)
{
    behov_fit_influence(fit, score, work, influence);
    for (size_t q = 0; q < fit->rank; q++)
        influence[fit->rank + q] = extended_round(work[q]);
    influence_sum_add(sum, influence, influence + fit->rank);
}

/* Scores X~_g'u~_g of all groups, double-double: groups x rank. of_rows NULL: every row is a group of its own, and its
 * influence is squared at once. */
static behov_status sum_extended(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                 size_t n_groups, behov_vcov_kind kind, influence_sum *sum, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    extended *scores = behov_alloc(of_rows ? n_groups : 1, rank * sizeof *scores);
    extended *work = behov_alloc(BEHOV_INFLUENCE_WORK(rank), sizeof *work);
    extended *regressors = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *regressors);
    double *room = behov_alloc(DESIGN_EXTENDED_ROOM, n * sizeof *room);
    double *influence = behov_alloc(2 * rank, sizeof *influence);
    behov_status status = BEHOV_OK;
    if (!scores || !work || !regressors || !room || !influence)
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_SCORES);
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        extended outcome[BEHOV_DESIGN_BLOCK];
        size_t count = design_fill_extended_block(design, first, n_rows, room, regressors, outcome);
        for (size_t i = 0; i < count; i++) {
            extended residual = outcome[i];
            for (size_t p = 0; p < rank; p++) {
                work[p] = regressors[i * n + fit->kept_positions[p]];
                residual = extended_subtract(residual, extended_multiply(fit->solution[p], work[p]));
            }
            extended *score = scores + (of_rows ? of_rows[first + i] * rank : 0);
            if (!of_rows) {
                double weight = 1, root = copies_root(design, first + i);
                if (kind != BEHOV_VCOV_HC0 && kind != BEHOV_VCOV_HC1 &&
                    !leverage_weight(
                        kind,
                        1 - (extended_round(behov_fit_leverage(fit, work)) + design_group_share(design, first + i)) /
                                (root * root),
                        &weight)) {
                    status = row_decides(design, behov_row_at(rows, first + i), first + i, err);
                    break;
                }
                residual = extended_multiply(residual, extended_of(weight / root));
            }
            for (size_t p = 0; p < rank; p++) {
                extended product = extended_multiply(residual, work[p]);
                score[p] = of_rows ? extended_add(score[p], product) : product;
            }
            if (!of_rows)
                add_extended(fit, score, work, influence, sum);
        }
    }
    for (size_t g = 0; of_rows && g < n_groups && !status; g++)
        add_extended(fit, scores + g * rank, work, influence, sum);
    free(scores), free(work), free(regressors), free(room), free(influence);
    return status;
}

/* HC0 to HC3 in double: every row a group of its own. */
static behov_status sum_rows_double(const behov_fit *fit, const behov_design *design, behov_vcov_kind kind,
                                    influence_sum *sum, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    double *work = behov_alloc(BEHOV_INFLUENCE_WORK(rank) + 3 * rank, sizeof *work);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *block);
    behov_status status = BEHOV_OK;
    if (!work || !block) {
        free(work), free(block);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_SCORES);
    }
    double *influence = work + BEHOV_INFLUENCE_WORK(rank), *score = influence + rank, *scales = score + rank;
    for (size_t p = 0; p < rank; p++)
        scales[p] = ldexp(1, -fit->exponents[fit->kept_positions[p]]);
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        double outcome[BEHOV_DESIGN_BLOCK];
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(design, first, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            const double *x = block + i * n;
            double residual = outcome[i], weight = 1, root = copies_root(design, first + i);
            for (size_t k = 0; k < n; k++)
                residual -= fit->rounded_values[k] * x[k];
            for (size_t p = 0; p < rank; p++)
                score[p] = x[fit->kept_positions[p]] * scales[p];
            if (kind != BEHOV_VCOV_HC0 && kind != BEHOV_VCOV_HC1 &&
                !leverage_weight(kind,
                                 1 - (behov_fit_leverage_double(fit, score) + design_group_share(design, first + i)) /
                                         (root * root),
                                 &weight)) {
                status = row_decides(design, behov_row_at(rows, first + i), first + i, err);
                break;
            }
            for (size_t p = 0; p < rank; p++)
                score[p] *= ldexp(residual, -fit->outcome_exponent) * (weight / root);
            behov_fit_influence_double(fit, score, work, influence);
            influence_sum_add(sum, influence, work);
        }
    }
    free(work), free(block);
    return status;
}

/* CV0 and CV1 in double: the influence of each cluster as its score comes. */
typedef struct score_taker {
    const behov_fit *fit;
    double *work, *influence;
    influence_sum *sum;
} score_taker;

static void take_score(void *context, double *score)
{
    const score_taker *taker = context;
    behov_fit_influence_double(taker->fit, score, taker->work, taker->influence);
    influence_sum_add(taker->sum, taker->influence, taker->work);
}

static behov_status sum_clusters_double(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                        size_t n_groups, influence_sum *sum, behov_error *err)
{
    double *work = behov_alloc(BEHOV_INFLUENCE_WORK(fit->rank) + fit->rank, sizeof *work);
    if (!work)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_SCORES);
    score_taker taker = {fit, work, work + BEHOV_INFLUENCE_WORK(fit->rank), sum};
    behov_status status = vcov_score_clusters(fit, design, of_rows, n_groups, take_score, &taker, err);
    free(work);
    return status;
}

/* ---- CV2, CV3, CV3J: from the rows of clusters in the orthonormal basis -------------------------------------------------------------------- */

/* Degrees of freedom of each coefficient, whose direction is its row of T. */
static behov_status dof_of_coefficients(const behov_fit *fit, const adjusted_clusters *adjusted, double *dof_of,
                                        behov_error *err)
{
    size_t rank = fit->rank;
    double *direction = behov_alloc(rank, sizeof *direction);
    behov_status status = direction ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_DEGREES_OF_FREEDOM);
    for (size_t p = 0; p < rank && !status; p++) {
        for (size_t q = 0; q < rank; q++)
            direction[q] = q < p ? 0 : fit->inverse[p * rank + q].hi;
        status = adjusted_dof(adjusted, 1, direction, &dof_of[fit->kept_positions[p]], err);
    }
    free(direction);
    return status;
}

/* d_g = T x_g of the adjusted scores x_g. */
static behov_status sum_cv2(const behov_fit *fit, const adjusted_clusters *adjusted, influence_sum *sum, double *dof_of,
                            behov_error *err)
{
    size_t rank = fit->rank;
    double *d = behov_alloc(rank, sizeof *d);
    if (!d)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE);
    for (size_t g = 0; g < adjusted->n_clusters; g++) {
        influence_to_coefficients(fit, adjusted->scores + g * rank, d);
        influence_sum_add(sum, d, adjusted->scores + g * rank);
    }
    free(d);
    return dof_of_coefficients(fit, adjusted, dof_of, err);
}

behov_status behov_vcov_satterthwaite(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                      behov_vcov_kind kind, double *dof, behov_error *err)
{
    const char *source = behov_table_source(behov_design_table(design));
    if (kind != BEHOV_VCOV_CV2 && kind != BEHOV_VCOV_CV3)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_VCOV_SATTERTHWAITE_KIND);
    if (behov_clusters_count(clusters) < 2)
        return behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_VCOV_DOF_CLUSTERS);
    adjusted_clusters adjusted;
    behov_status status =
        adjusted_new(fit, design, clusters, kind == BEHOV_VCOV_CV2 ? ADJUST_ROOT : ADJUST_INVERSE, &adjusted, err);
    if (status)
        return status;
    for (size_t k = 0; k < fit->n_regressors; k++)
        dof[k] = NAN;
    status = dof_of_coefficients(fit, &adjusted, dof, err);
    adjusted_free(&adjusted);
    return status;
}

behov_status vcov_dof_in_directions(const behov_vcov *vcov, size_t n, const double *directions, double *dof,
                                    behov_error *err)
{
    *dof = vcov->dof;
    return vcov->dof_of ? adjusted_dof(&vcov->adjusted, n, directions, dof, err) : BEHOV_OK;
}

static behov_status sum_clusters(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                 behov_vcov *vcov, influence_sum *sum, behov_error *err)
{
    cluster_basis basis;
    if (vcov->kind == BEHOV_VCOV_CV2) {
        behov_status adjusted = adjusted_new(
            fit, design, clusters, vcov->working == BEHOV_WORKING_EQUAL ? ADJUST_EQUAL_VARIANCES : ADJUST_ROOT,
            &vcov->adjusted, err);
        return adjusted ? adjusted : sum_cv2(fit, &vcov->adjusted, sum, vcov->dof_of, err);
    }
    behov_status status = cluster_basis_new(fit, design, clusters, &basis, err);
    if (status)
        return status;
    status = vcov_sum_jackknife(fit, design, clusters, &basis, sum, err);
    cluster_basis_free(&basis);
    return status;
}

behov_status vcov_sum_influences(behov_vcov *vcov, const behov_fit *fit, const behov_design *design,
                                 const behov_clusters *clusters, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors;
    behov_vcov_kind kind = vcov->kind;
    const uint32_t *of_rows = clusters ? behov_clusters_of_rows(clusters) : NULL;
    size_t n_groups = clusters ? behov_clusters_count(clusters) : 0;
    double *squares = behov_alloc(rank, rank * sizeof *squares), *matrix = vcov->matrix;
    influence_sum sum = {0};
    behov_status status = squares ? influence_sum_new(rank, kind == BEHOV_VCOV_CV3J, squares, &sum, err)
                                  : behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE);
    if (status) {
        free(squares);
        return status;
    }
    if (kind >= BEHOV_VCOV_CV2)
        status = sum_clusters(fit, design, clusters, vcov, &sum, err);
    else
        status = fit->is_extended ? sum_extended(fit, design, of_rows, n_groups, kind, &sum, err)
                 : of_rows        ? sum_clusters_double(fit, design, of_rows, n_groups, &sum, err)
                                  : sum_rows_double(fit, design, kind, &sum, err);
    for (size_t i = 0; i < rank && !status; i++)
        for (size_t j = 0; j <= i; j++)
            matrix[fit->kept_positions[i] * n + fit->kept_positions[j]] =
                matrix[fit->kept_positions[j] * n + fit->kept_positions[i]] = squares[i * rank + j];
    if (!status)
        influence_sum_root(&sum, vcov->root);
    influence_sum_free(&sum);
    free(squares);
    return status;
}
