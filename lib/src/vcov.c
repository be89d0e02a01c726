/* vcov.c - sums of squared influences, and the factors that make them variances.
 *
 * The influence of a group of rows on the coefficients is d = (X'X)^-1 X_g'u_g. A row is its own group for HC, a
 * cluster is one for CV. Groups are summed in the order of their keys, so the result does not depend on the order of
 * the rows beyond the last digit. */
#include <behov/vcov.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "fit_parts.h"
#include "influence.h"
#include "linalg.h"
#include "parallel.h"
#include "sole.h"
#include "vcov_parts.h"

struct behov_vcov {
    behov_vcov_kind kind;
    size_t n_regressors, n_clusters, n_cut;
    double *matrix;
    double *dof_of;   /* CV2: one for each coefficient; else NULL */
    double *uncut;    /* two-way: the variances before eigenvalues were cut; else NULL */
    double dof, factor, n_parameters;
    size_t rank;
    double *root;  /* rank x rank, M = root'root (vcov_parts.h); NULL: `inner` holds it, or nothing does */
    double *inner; /* two-way: M, rank x rank; NULL where eigenvalues were cut */
    sole_directions sole;
    char **sole_labels; /* n_regressors: what alone identifies (a part of) the coefficient, NULL = nothing does */
    double *sole_shares;
    cluster_basis basis; /* CV2: for the degrees of freedom of a contrast; else empty */
};

static const char *const kind_names[BEHOV_N_VCOV_KINDS] = {
    [BEHOV_VCOV_CLASSICAL] = "classical",
    [BEHOV_VCOV_HC0] = "hc0",
    [BEHOV_VCOV_HC1] = "hc1",
    [BEHOV_VCOV_HC2] = "hc2",
    [BEHOV_VCOV_HC3] = "hc3",
    [BEHOV_VCOV_CV0] = "cv0",
    [BEHOV_VCOV_CV1] = "cv1",
    [BEHOV_VCOV_CV2] = "cv2",
    [BEHOV_VCOV_CV3] = "cv3",
    [BEHOV_VCOV_CV3J] = "cv3j",
};

const char *behov_vcov_kind_name(behov_vcov_kind kind)
{
    return kind < BEHOV_N_VCOV_KINDS ? kind_names[kind] : "";
}

behov_vcov_kind behov_vcov_kind_of_name(const char *name)
{
    for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++)
        if (strcmp(kind_names[kind], name) == 0)
            return (behov_vcov_kind)kind;
    return BEHOV_N_VCOV_KINDS;
}

int behov_vcov_kind_is_clustered(behov_vcov_kind kind)
{
    return kind >= BEHOV_VCOV_CV0 && kind < BEHOV_N_VCOV_KINDS;
}

void behov_vcov_free(behov_vcov *vcov)
{
    if (!vcov)
        return;
    free(vcov->matrix);
    free(vcov->dof_of);
    free(vcov->uncut);
    free(vcov->root);
    free(vcov->inner);
    for (size_t k = 0; vcov->sole_labels && k < vcov->n_regressors; k++)
        free(vcov->sole_labels[k]);
    free(vcov->sole_labels);
    free(vcov->sole_shares);
    sole_free(&vcov->sole);
    cluster_basis_free(&vcov->basis);
    free(vcov);
}

/* ---- unscaled sums ---------------------------------------------------------------------------------------------- */

/* Influences are squared twice: in units of the coefficients, and as a triangle in the orthonormal basis. */
typedef struct influence_sum {
    size_t rank, width, n_waiting;
    double *squares;  /* rank x rank, lower: of d, in units of the coefficients (borrowed) */
    double *triangle; /* width x width: of the rows q = T^-1 d; about their mean: of [1 q] */
    double *waiting;  /* SUM_BLOCK x width, and room for work */
    bool is_about_mean;
} influence_sum;

enum { SUM_BLOCK = 64 };

static behov_status sum_new(size_t rank, bool is_about_mean, double *squares, influence_sum *sum, behov_error *err)
{
    size_t width = rank + is_about_mean;
    *sum = (influence_sum){.rank = rank, .width = width, .squares = squares, .is_about_mean = is_about_mean};
    sum->triangle = behov_alloc(width, width * sizeof *sum->triangle);
    sum->waiting = behov_alloc(SUM_BLOCK + 1, width * sizeof *sum->waiting);
    if (sum->triangle && sum->waiting)
        return BEHOV_OK;
    free(sum->triangle), free(sum->waiting);
    *sum = (influence_sum){0};
    return behov_out_of_memory(err, "a covariance matrix");
}

static void sum_free(influence_sum *sum) { free(sum->triangle), free(sum->waiting); }

static void sum_flush(influence_sum *sum)
{
    behov_triangle_add(sum->triangle, sum->width, sum->waiting, sum->n_waiting, sum->waiting + SUM_BLOCK * sum->width);
    sum->n_waiting = 0;
}

/* d in units of the coefficients, q the same in the basis. */
static void sum_add(influence_sum *sum, const double *d, const double *q)
{
    size_t rank = sum->rank;
    for (size_t i = 0; i < rank; i++)
        for (size_t j = 0; j <= i; j++)
            sum->squares[i * rank + j] += d[i] * d[j];
    double *row = sum->waiting + sum->n_waiting * sum->width;
    row[0] = 1;
    memcpy(row + sum->is_about_mean, q, rank * sizeof *q);
    if (++sum->n_waiting == SUM_BLOCK)
        sum_flush(sum);
}

/* The root of M, rank x rank (taken by the caller); about the mean the constant has taken the first row with it. */
static void sum_root(influence_sum *sum, double *root)
{
    size_t rank = sum->rank, from = sum->is_about_mean;
    sum_flush(sum);
    for (size_t i = 0; i < rank; i++)
        memcpy(root + i * rank, sum->triangle + (i + from) * sum->width + from, rank * sizeof *root);
}

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
    char where[160];
    behov_table_where(behov_design_table(design), row, -1, where);
    if (design_group_share(design, position) == 1)
        return behov_error_set(err, BEHOV_E_RANK, where,
                               "this row is alone in its group of %s, whose effect fits it exactly, so "
                               "HC3 has no value; use --se hc1 or hc2, or leave the row out",
                               behov_cut(behov_clusters_key(behov_design_absorbed(design)), 80).text);
    return behov_error_set(err, BEHOV_E_RANK, where, "without this row a coefficient cannot be estimated, so HC3 has no "
                           "value; use --se hc1 or hc2, or leave out the column that only this row holds");
}

/* influence: room for 2 rank numbers. */
static void add_extended(const behov_fit *fit, const extended *score, extended *work, double *influence,
                         influence_sum *sum)
{
    behov_fit_influence(fit, score, work, influence);
    for (size_t q = 0; q < fit->rank; q++)
        influence[fit->rank + q] = extended_round(work[q]);
    sum_add(sum, influence, influence + fit->rank);
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
        status = behov_out_of_memory(err, "the scores of the clusters");
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        extended outcome[BEHOV_DESIGN_BLOCK];
        uint32_t positions[BEHOV_DESIGN_BLOCK];
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        for (size_t i = 0; i < count; i++)
            positions[i] = (uint32_t)(first + i);
        design_fill_extended(design, positions, count, room, regressors, outcome);
        for (size_t i = 0; i < count; i++) {
            extended residual = outcome[i];
            for (size_t p = 0; p < rank; p++) {
                work[p] = regressors[i * n + fit->kept[p]];
                residual = extended_subtract(residual, extended_multiply(fit->solution[p], work[p]));
            }
            extended *score = scores + (of_rows ? of_rows[first + i] * rank : 0);
            if (!of_rows) {
                double weight = 1, root = copies_root(design, first + i);
                if (kind != BEHOV_VCOV_HC0 && kind != BEHOV_VCOV_HC1 &&
                    !leverage_weight(kind,
                                     1 - (extended_round(behov_fit_leverage(fit, work)) +
                                          design_group_share(design, first + i)) /
                                             (root * root),
                                     &weight)) {
                    status = row_decides(design, rows[first + i], first + i, err);
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
        return behov_out_of_memory(err, "the scores of the rows");
    }
    double *influence = work + BEHOV_INFLUENCE_WORK(rank), *score = influence + rank, *scales = score + rank;
    for (size_t p = 0; p < rank; p++)
        scales[p] = ldexp(1, -fit->exponents[fit->kept[p]]);
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        double outcome[BEHOV_DESIGN_BLOCK];
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(design, first, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            const double *x = block + i * n;
            double residual = outcome[i], weight = 1, root = copies_root(design, first + i);
            for (size_t k = 0; k < n; k++)
                residual -= fit->rounded[k] * x[k];
            for (size_t p = 0; p < rank; p++)
                score[p] = x[fit->kept[p]] * scales[p];
            if (kind != BEHOV_VCOV_HC0 && kind != BEHOV_VCOV_HC1 &&
                !leverage_weight(kind,
                                 1 - (behov_fit_leverage_double(fit, score) + design_group_share(design, first + i)) /
                                         (root * root),
                                 &weight)) {
                status = row_decides(design, rows[first + i], first + i, err);
                break;
            }
            for (size_t p = 0; p < rank; p++)
                score[p] *= ldexp(residual, -fit->outcome_exponent) * (weight / root);
            behov_fit_influence_double(fit, score, work, influence);
            sum_add(sum, influence, work);
        }
    }
    free(work), free(block);
    return status;
}

/* Scores of the clusters from one part of the rows. */
typedef struct score_parts {
    const behov_fit *fit;
    const behov_design *design;
    const uint32_t *of_rows;
    size_t n_groups, n_rows, n_parts;
    double *scores; /* n_parts x n_groups x rank */
    double *blocks; /* n_parts x (BEHOV_DESIGN_BLOCK + 1) x n_regressors */
} score_parts;

static void score_part(void *context, size_t part)
{
    const score_parts *of = context;
    const behov_fit *fit = of->fit;
    size_t rank = fit->rank, n = fit->n_regressors, end = (part + 1) * of->n_rows / of->n_parts;
    double *scores = of->scores + part * of->n_groups * rank, *block = of->blocks + part * (BEHOV_DESIGN_BLOCK + 1) * n;
    double *scales = block + BEHOV_DESIGN_BLOCK * n, outcome[BEHOV_DESIGN_BLOCK];
    for (size_t p = 0; p < rank; p++)
        scales[p] = ldexp(1, -fit->exponents[fit->kept[p]]);
    for (size_t first = part * of->n_rows / of->n_parts; first < end; first += BEHOV_DESIGN_BLOCK) {
        size_t count = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(of->design, first, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            const double *x = block + i * n;
            double residual = outcome[i], *score = scores + of->of_rows[first + i] * rank;
            for (size_t k = 0; k < n; k++)
                residual -= fit->rounded[k] * x[k];
            residual = ldexp(residual, -fit->outcome_exponent);
            for (size_t p = 0; p < rank; p++)
                score[p] += residual * (x[fit->kept[p]] * scales[p]);
        }
    }
}

/* CV0 and CV1 in double. Large problems are scored in two halves, whatever the number of threads: each half needs the
 * scores of all clusters. */
static behov_status sum_clusters_double(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                        size_t n_groups, influence_sum *sum, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors, n_parts = fit->n_rows > 2 * BEHOV_PART_ROWS ? 2 : 1;
    score_parts parts = {fit, design, of_rows, n_groups, fit->n_rows, n_parts, NULL, NULL};
    parts.scores = behov_alloc(n_parts * n_groups, rank * sizeof *parts.scores);
    parts.blocks = behov_alloc(n_parts * (BEHOV_DESIGN_BLOCK + 1), n * sizeof *parts.blocks);
    double *work = behov_alloc(BEHOV_INFLUENCE_WORK(rank) + rank, sizeof *work);
    behov_status status = BEHOV_OK;
    if (!parts.scores || !parts.blocks || !work) {
        status = behov_out_of_memory(err, "the scores of the clusters");
    } else {
        double *influence = work + BEHOV_INFLUENCE_WORK(rank);
        behov_parallel(n_parts, score_part, &parts);
        for (size_t g = 0; g < n_groups; g++) {
            double *score = parts.scores + g * rank;
            for (size_t p = 0; p < rank && n_parts == 2; p++)
                score[p] += parts.scores[(n_groups + g) * rank + p];
            behov_fit_influence_double(fit, score, work, influence);
            sum_add(sum, influence, work);
        }
    }
    free(parts.scores), free(parts.blocks), free(work);
    return status;
}

/* ---- CV2, CV3, CV3J: from the cluster factors -------------------------------------------------------------------- */

static behov_status cluster_decides(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                    size_t cluster, cluster_influence *of, behov_error *err)
{
    size_t column = 0;
    char label[400], where[600];
    behov_status status = influence_unidentified(fit, of, &column, err);
    if (status)
        return status;
    behov_clusters_label(clusters, cluster, label);
    snprintf(where, sizeof where, "%s = %s", behov_cut(behov_clusters_key(clusters), 60).text,
             behov_cut(label, 80).text);
    return behov_error_set(err, BEHOV_E_RANK, where,
                           "without this cluster the coefficient of %s cannot be estimated, so the cluster jackknife has "
                           "no value; use --se cv1 or cv2, or take the column out",
                           behov_design_regressor(design, column));
}

/* d_g = b_(-g) - b = -T (I - S_g)^-1 v_g, squared about 0 or about their mean. */
static behov_status sum_jackknife(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                  const cluster_basis *basis, influence_sum *sum, behov_error *err)
{
    size_t rank = fit->rank, n_clusters = behov_clusters_count(clusters);
    cluster_influence of;
    double *d = behov_alloc(3 * rank, sizeof *d), *x = d ? d + rank : NULL, *mean = d ? d + 2 * rank : NULL;
    behov_status status = d ? influence_new(fit, &of, err) : behov_out_of_memory(err, "the jackknife");
    if (status) {
        free(d);
        return status;
    }
    for (size_t g = 0; g < n_clusters && !status; g++) {
        influence_of_cluster(basis, g, &of);
        if (!influence_without(&of, x)) {
            status = cluster_decides(fit, design, clusters, g, &of, err);
            break;
        }
        influence_to_coefficients(fit, x, d);
        sum_add(sum, d, x);
        for (size_t p = 0; p < rank; p++)
            mean[p] += d[p] / (double)n_clusters;
    }
    for (size_t i = 0; i < rank && sum->is_about_mean && !status; i++)
        for (size_t j = 0; j <= i; j++)
            sum->squares[i * rank + j] -= (double)n_clusters * mean[i] * mean[j];
    influence_free(&of);
    free(d);
    return status;
}

/* The sums from which Bell and McCaffrey's degrees of freedom of one coefficient follow, under independent errors of
 * one variance: with p_g = f(H_gg) X_g (X'X)^-1 e_j and q_g = R^-T X_g'p_g the quadratic form has the matrix
 * Omega = diag(p_g'p_g) - Q'Q, and dof = (tr Omega)^2 / tr(Omega^2). f(H) is (I-H)^(-1/2) for CV2, (I-H)^-1 for CV3. */
typedef struct satterthwaite {
    behov_vcov_kind kind;
    size_t rank, n;
    const double *direction; /* T'r of the one contrast; NULL: the rows of T, a coefficient each */
    double *trace, *squares; /* one for each */
    double *qq;              /* Q Q' of each, rank x rank */
    double *turned, *q;
} satterthwaite;

static behov_status satterthwaite_new(size_t rank, behov_vcov_kind kind, const double *direction, satterthwaite *sums,
                                      behov_error *err)
{
    *sums = (satterthwaite){.kind = kind, .rank = rank, .n = direction ? 1 : rank, .direction = direction};
    sums->trace = behov_alloc(4 * rank, sizeof *sums->trace);
    sums->qq = behov_alloc(sums->n * rank, rank * sizeof *sums->qq);
    if (!sums->trace || !sums->qq) {
        free(sums->trace), free(sums->qq);
        return behov_out_of_memory(err, "degrees of freedom");
    }
    sums->squares = sums->trace + rank;
    sums->turned = sums->trace + 2 * rank;
    sums->q = sums->trace + 3 * rank;
    return BEHOV_OK;
}

static void satterthwaite_free(satterthwaite *sums)
{
    free(sums->trace);
    free(sums->qq);
}

/* f of an eigenvalue 1 - rest of H_gg; what only this cluster holds is left out (Moore-Penrose). */
static double adjustment(const cluster_influence *of, behov_vcov_kind kind, double rest)
{
    return rest <= of->only_here ? 0 : kind == BEHOV_VCOV_CV2 ? 1 / sqrt(rest) : 1 / rest;
}

/* Adds a cluster whose eigenvalues are there; tau_j = row j of T. With Omega_gg = sum over eigenvalues s of
 * (tau'e)^2 s (1-s) f^2 and Omega_gh = -q_g'q_h every term of tr Omega and tr Omega^2 is added, none subtracted:
 * the clusters before this one meet it in QQ'. */
static void satterthwaite_add(satterthwaite *sums, const behov_fit *fit, const cluster_influence *of)
{
    size_t rank = sums->rank;
    double *turned = sums->turned, *q = sums->q;
    for (size_t j = 0; j < sums->n; j++) {
        double own = 0, others = 0, *qq = sums->qq + j * rank * rank;
        for (size_t e = 0; e < rank; e++) {
            double s = of->values[e] > 0 ? of->values[e] : 0, f = adjustment(of, sums->kind, 1 - s), dot = 0;
            for (size_t i = j; i < rank; i++)
                dot += of->vectors[i * rank + e] *
                       (sums->direction ? sums->direction[i] : fit->inverse[j * rank + i].hi);
            own += f > 0 ? dot * dot * s * (1 - s) * f * f : 0;
            turned[e] = dot * s * f;
        }
        for (size_t i = 0; i < rank; i++) {
            q[i] = 0;
            for (size_t e = 0; e < rank; e++)
                q[i] += of->vectors[i * rank + e] * turned[e];
        }
        for (size_t i = 0; i < rank; i++) {
            double sum = 0;
            for (size_t k = 0; k < rank; k++)
                sum += qq[i * rank + k] * q[k];
            others += q[i] * sum;
        }
        sums->trace[j] += own;
        sums->squares[j] += own * own + 2 * (others > 0 ? others : 0);
        for (size_t i = 0; i < rank; i++)
            for (size_t k = 0; k < rank; k++)
                qq[i * rank + k] += q[i] * q[k];
    }
}

static void satterthwaite_dof(const satterthwaite *sums, const behov_fit *fit, double *dof_of)
{
    for (size_t j = 0; j < sums->rank; j++)
        dof_of[fit->kept[j]] = sums->trace[j] * sums->trace[j] / sums->squares[j];
}

/* d_g = T (I-S_g)^(-1/2) v_g. */
static behov_status sum_cv2(const behov_fit *fit, const cluster_basis *basis, influence_sum *sum, double *dof_of,
                            behov_error *err)
{
    size_t rank = fit->rank;
    cluster_influence of;
    satterthwaite sums = {0};
    double *d = behov_alloc(2 * rank, sizeof *d), *x = d ? d + rank : NULL;
    behov_status status = d ? satterthwaite_new(rank, BEHOV_VCOV_CV2, NULL, &sums, err) : behov_out_of_memory(err, "CV2");
    if (!status && (status = influence_new(fit, &of, err)))
        satterthwaite_free(&sums);
    if (status) {
        free(d);
        return status;
    }
    for (size_t g = 0; g < basis->n_clusters && !status; g++) {
        influence_of_cluster(basis, g, &of);
        if ((status = influence_eigen(&of, err)))
            break;
        for (size_t i = 0; i < rank; i++)
            x[i] = 0;
        for (size_t e = 0; e < rank; e++) {
            double f = adjustment(&of, BEHOV_VCOV_CV2, 1 - of.values[e]), dot = 0;
            for (size_t i = 0; i < rank; i++)
                dot += of.vectors[i * rank + e] * of.v[i];
            for (size_t i = 0; i < rank; i++)
                x[i] += of.vectors[i * rank + e] * (dot * f);
        }
        influence_to_coefficients(fit, x, d);
        sum_add(sum, d, x);
        satterthwaite_add(&sums, fit, &of);
    }
    if (!status)
        satterthwaite_dof(&sums, fit, dof_of);
    influence_free(&of);
    satterthwaite_free(&sums);
    free(d);
    return status;
}

behov_status behov_vcov_satterthwaite(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                      behov_vcov_kind kind, double *dof, behov_error *err)
{
    const char *source = behov_table_source(behov_design_table(design));
    if (kind != BEHOV_VCOV_CV2 && kind != BEHOV_VCOV_CV3)
        return behov_error_set(err, BEHOV_E_ARGUMENT, source,
                               "Satterthwaite degrees of freedom are there for cv2 and cv3 only");
    if (behov_clusters_count(clusters) < 2)
        return behov_error_set(err, BEHOV_E_TOO_FEW, source, "degrees of freedom need two clusters or more");
    cluster_basis basis;
    cluster_influence of;
    satterthwaite sums;
    behov_status status = cluster_basis_new(fit, design, clusters, &basis, err);
    if (status)
        return status;
    status = satterthwaite_new(fit->rank, kind, NULL, &sums, err);
    if (!status && (status = influence_new(fit, &of, err)))
        satterthwaite_free(&sums);
    if (status) {
        cluster_basis_free(&basis);
        return status;
    }
    for (size_t g = 0; g < basis.n_clusters && !status; g++) {
        influence_of_cluster(&basis, g, &of);
        if (!(status = influence_eigen(&of, err)))
            satterthwaite_add(&sums, fit, &of);
    }
    for (size_t k = 0; k < fit->n_regressors && !status; k++)
        dof[k] = NAN;
    if (!status)
        satterthwaite_dof(&sums, fit, dof);
    influence_free(&of);
    satterthwaite_free(&sums);
    cluster_basis_free(&basis);
    return status;
}

behov_status vcov_dof_in_direction(const behov_vcov *vcov, const behov_fit *fit, const double *direction, double *dof,
                                   behov_error *err)
{
    cluster_influence of;
    satterthwaite sums;
    *dof = vcov->dof;
    if (!vcov->dof_of)
        return BEHOV_OK;
    behov_status status = satterthwaite_new(vcov->rank, vcov->kind, direction, &sums, err);
    if (status)
        return status;
    if ((status = influence_new(fit, &of, err))) {
        satterthwaite_free(&sums);
        return status;
    }
    for (size_t g = 0; g < vcov->basis.n_clusters && !status; g++) {
        influence_of_cluster(&vcov->basis, g, &of);
        if (!(status = influence_eigen(&of, err)))
            satterthwaite_add(&sums, fit, &of);
    }
    if (!status)
        *dof = sums.trace[0] * sums.trace[0] / sums.squares[0];
    influence_free(&of);
    satterthwaite_free(&sums);
    return status;
}

static behov_status sum_clusters(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                 behov_vcov *made, influence_sum *sum, behov_error *err)
{
    cluster_basis basis;
    behov_status status = cluster_basis_new(fit, design, clusters, &basis, err);
    if (status)
        return status;
    if (made->kind == BEHOV_VCOV_CV2) {
        made->basis = basis;
        return sum_cv2(fit, &made->basis, sum, made->dof_of, err);
    }
    status = sum_jackknife(fit, design, clusters, &basis, sum, err);
    cluster_basis_free(&basis);
    return status;
}

static behov_status sum_influences(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                   behov_vcov *made, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors;
    behov_vcov_kind kind = made->kind;
    const uint32_t *of_rows = clusters ? behov_clusters_of_rows(clusters) : NULL;
    size_t n_groups = clusters ? behov_clusters_count(clusters) : 0;
    double *squares = behov_alloc(rank, rank * sizeof *squares), *matrix = made->matrix;
    influence_sum sum = {0};
    behov_status status = squares ? sum_new(rank, kind == BEHOV_VCOV_CV3J, squares, &sum, err)
                                  : behov_out_of_memory(err, "a covariance matrix");
    if (status) {
        free(squares);
        return status;
    }
    if (kind >= BEHOV_VCOV_CV2)
        status = sum_clusters(fit, design, clusters, made, &sum, err);
    else
        status = fit->is_extended ? sum_extended(fit, design, of_rows, n_groups, kind, &sum, err)
                 : of_rows        ? sum_clusters_double(fit, design, of_rows, n_groups, &sum, err)
                                  : sum_rows_double(fit, design, kind, &sum, err);
    for (size_t i = 0; i < rank && !status; i++)
        for (size_t j = 0; j <= i; j++)
            matrix[fit->kept[i] * n + fit->kept[j]] = matrix[fit->kept[j] * n + fit->kept[i]] = squares[i * rank + j];
    if (!status)
        sum_root(&sum, made->root);
    sum_free(&sum);
    free(squares);
    return status;
}

/* ---- coefficients that one cluster alone identifies ----------------------------------------------------------------
 */

/* Which they are, and the label of the cluster (of the row, for the HC kinds). */
static behov_status find_sole(behov_vcov *made, const behov_fit *fit, const behov_design *design,
                              const behov_clusters *clusters, behov_error *err)
{
    size_t rank = fit->rank;
    bool leaves_out = made->kind == BEHOV_VCOV_HC3 || made->kind == BEHOV_VCOV_CV3 || made->kind == BEHOV_VCOV_CV3J;
    made->sole.rank = rank;
    if (made->kind == BEHOV_VCOV_CLASSICAL || leaves_out) /* these see it, or have no value at all */
        return BEHOV_OK;
    behov_status status = sole_find(fit, design, clusters, &made->sole, err);
    if (status || made->sole.n == 0)
        return status;
    made->sole_labels = behov_alloc(made->n_regressors, sizeof *made->sole_labels);
    made->sole_shares = behov_alloc(made->n_regressors, sizeof *made->sole_shares);
    double *tau = behov_alloc(rank, sizeof *tau);
    if (!made->sole_labels || !made->sole_shares || !tau)
        status = behov_out_of_memory(err, "what one cluster alone identifies");
    for (size_t p = 0; p < rank && !status; p++) {
        size_t k = fit->kept[p];
        for (size_t q = 0; q < rank; q++)
            tau[q] = q < p ? 0 : fit->inverse[p * rank + q].hi;
        size_t i = sole_of(&made->sole, tau);
        if (i == made->sole.n)
            continue;
        if (!(made->sole_labels[k] = sole_label(&made->sole, i, design, clusters)))
            status = behov_out_of_memory(err, "what one cluster alone identifies");
        made->sole_shares[k] = sole_share(&made->sole, tau);
        if (made->dof_of && behov_vcov_has_no_error(made, k))
            made->dof_of[k] = NAN;
    }
    free(tau);
    return status;
}

/* Two-way: what one cluster of either way alone identifies. */
static behov_status join_sole(behov_vcov *to, behov_vcov *other, behov_error *err)
{
    if (other->sole.n == 0)
        return BEHOV_OK;
    size_t n = to->sole.n + other->sole.n, rank = other->sole.rank;
    double *directions = behov_alloc(n, rank * sizeof *directions);
    if (!to->sole_labels)
        to->sole_labels = behov_alloc(to->n_regressors, sizeof *to->sole_labels);
    if (!to->sole_shares)
        to->sole_shares = behov_alloc(to->n_regressors, sizeof *to->sole_shares);
    if (!directions || !to->sole_labels || !to->sole_shares) {
        free(directions);
        return behov_out_of_memory(err, "what one cluster alone identifies");
    }
    if (to->sole.n)
        memcpy(directions, to->sole.directions, to->sole.n * rank * sizeof *directions);
    memcpy(directions + to->sole.n * rank, other->sole.directions, other->sole.n * rank * sizeof *directions);
    free(to->sole.directions);
    to->sole.directions = directions;
    to->sole.n = n; /* their groups are told by the labels alone */
    for (size_t k = 0; k < to->n_regressors; k++)
        if (other->sole_shares[k] >
            to->sole_shares[k]) { /* directions of two ways need not be orthogonal: the larger */
            to->sole_shares[k] = other->sole_shares[k];
            free(to->sole_labels[k]);
            to->sole_labels[k] = other->sole_labels[k];
            other->sole_labels[k] = NULL;
        }
    return BEHOV_OK;
}

const char *behov_vcov_sole(const behov_vcov *vcov, size_t k)
{
    return vcov->sole_labels ? vcov->sole_labels[k] : NULL;
}

double behov_vcov_sole_share(const behov_vcov *vcov, size_t k) { return vcov->sole_shares ? vcov->sole_shares[k] : 0; }

bool behov_vcov_has_no_error(const behov_vcov *vcov, size_t k)
{
    return vcov_is_too_large(vcov, behov_vcov_sole_share(vcov, k));
}

double vcov_lacks(const behov_vcov *vcov, const double *direction) { return sole_share(&vcov->sole, direction); }

/* Any share at all says that without that one cluster the coefficient is not identified: CV0 and CV1 then have no
 * error, however many rows hold the share down (a dummy of a cluster with half of the rows has 1/2). CV2 and HC2 keep an
 * error below BEHOV_SOLE_NO_ERROR: their degrees of freedom are computed without what they do not see, and the p-value
 * that they give a dummy of one of three clusters is a published one (dof 1.0970, p 0.1363 by clubSandwich). */
bool vcov_is_too_large(const behov_vcov *vcov, double share)
{
    bool has_dof = vcov->kind == BEHOV_VCOV_CV2 || vcov->kind == BEHOV_VCOV_HC2;
    return share >= (has_dof ? BEHOV_SOLE_NO_ERROR : BEHOV_LEAST_SHARE);
}

/* ---- factors and degrees of freedom, all in one place ------------------------------------------------------------ */

/* K of N - K. Effects that are nested in the clusters are not counted, but the constant that they hold is (Stata's
 * xtreg, fe vce(cluster)): their number grows with the clusters, and the scores of a cluster hang on no other's effects. */
static double count_parameters(const behov_vcov *made, const behov_fit *fit, bool nested)
{
    bool clustered = behov_vcov_kind_is_clustered(made->kind);
    double effects = (double)fit->n_absorbed;
    return (double)fit->rank + (clustered && nested && effects > 0 ? 1 : effects);
}

static void small_sample(behov_vcov *made, const behov_fit *fit, bool nested)
{
    made->n_parameters = count_parameters(made, fit, nested);
    double n_rows = fit->n_observations, free_rows = n_rows - made->n_parameters;
    double n_clusters = (double)made->n_clusters;
    made->dof = behov_vcov_kind_is_clustered(made->kind) ? n_clusters - 1 : free_rows;
    switch (made->kind) {
    case BEHOV_VCOV_CLASSICAL: made->factor = fit->rss / free_rows; break;
    case BEHOV_VCOV_HC1: made->factor = n_rows / free_rows; break;
    case BEHOV_VCOV_CV1: made->factor = n_clusters / (n_clusters - 1) * ((n_rows - 1) / free_rows); break;
    case BEHOV_VCOV_CV3:
    case BEHOV_VCOV_CV3J: made->factor = (n_clusters - 1) / n_clusters; break;
    case BEHOV_VCOV_HC0:
    case BEHOV_VCOV_HC2:
    case BEHOV_VCOV_HC3:
    case BEHOV_VCOV_CV0:
    case BEHOV_VCOV_CV2:
    case BEHOV_N_VCOV_KINDS: made->factor = 1; break;
    }
    bool is_first = true;
    for (size_t p = 0; p < fit->rank && made->dof_of; p++) {
        double dof = made->dof_of[fit->kept[p]];
        if (isnan(dof)) /* no error, no degrees of freedom */
            continue;
        made->dof = is_first || dof < made->dof ? dof : made->dof;
        is_first = false;
    }
}

/* nested: whether the absorbed effects count as nested in the clusters. */
static behov_status make_vcov(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                              behov_vcov_kind kind, bool nested, behov_vcov **vcov, behov_error *err)
{
    const char *source = behov_table_source(behov_design_table(design));
    size_t n = fit->n_regressors;
    if (kind >= BEHOV_N_VCOV_KINDS || behov_design_n_regressors(design) != n)
        return behov_error_set(err, BEHOV_E_ARGUMENT, source, "no such covariance for this fit");
    if (!behov_vcov_kind_is_clustered(kind))
        clusters = NULL;
    else if (!clusters)
        return behov_error_set(err, BEHOV_E_ARGUMENT, source, "%s needs clusters: name a column with --cluster",
                               behov_vcov_kind_name(kind));
    else if (behov_clusters_count(clusters) < 2)
        return behov_error_set(err, BEHOV_E_TOO_FEW, source,
                               "%s is the same in every row used in estimation: one cluster is too few for cluster-robust "
                               "errors; use another --cluster, or --se hc1",
                               behov_clusters_key(clusters));
    else if (behov_clusters_n_rows(clusters) != fit->n_rows)
        return behov_error_set(err, BEHOV_E_ARGUMENT, source, "the clusters are not those of the rows used in estimation");
    behov_vcov *made = behov_alloc(1, sizeof *made);
    if (!made)
        return behov_out_of_memory(err, "a covariance matrix");
    made->kind = kind;
    made->n_regressors = n;
    made->n_clusters = clusters ? behov_clusters_count(clusters) : 0;
    made->matrix = behov_alloc(n, n * sizeof *made->matrix);
    behov_status status = BEHOV_OK;
    if (kind == BEHOV_VCOV_CV2)
        made->dof_of = behov_alloc(n, sizeof *made->dof_of);
    made->rank = fit->rank;
    made->root = behov_alloc(fit->rank, fit->rank * sizeof *made->root);
    if (!made->matrix || !made->root || (kind == BEHOV_VCOV_CV2 && !made->dof_of)) {
        status = behov_out_of_memory(err, "a covariance matrix");
    } else if (kind == BEHOV_VCOV_CLASSICAL) {
        memcpy(made->matrix, fit->bread, n * n * sizeof *made->matrix);
        for (size_t p = 0; p < fit->rank; p++) /* s^2 with the outcome scaled, as it is in every root */
            made->root[p * fit->rank + p] = ldexp(1, -fit->outcome_exponent);
    } else {
        status = sum_influences(fit, design, clusters, made, err);
    }
    if (!status)
        status = find_sole(made, fit, design, clusters, err);
    if (status) {
        behov_vcov_free(made);
        return status;
    }
    small_sample(made, fit, nested);
    for (size_t i = 0; i < n * n; i++)
        made->matrix[i] *= made->factor;
    for (size_t i = 0; i < fit->rank * fit->rank; i++)
        made->root[i] *= sqrt(made->factor);
    *vcov = made;
    return BEHOV_OK;
}

static behov_status are_nested(const behov_design *design, const behov_clusters *clusters, bool *nested,
                               behov_error *err)
{
    const behov_clusters *groups = behov_design_absorbed(design);
    *nested = false;
    return groups && clusters && behov_clusters_n_rows(groups) == behov_clusters_n_rows(clusters)
               ? behov_clusters_are_within(groups, clusters, nested, err)
               : BEHOV_OK;
}

behov_status behov_vcov_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                            behov_vcov_kind kind, behov_vcov **vcov, behov_error *err)
{
    bool nested;
    behov_status status = are_nested(design, clusters, &nested, err);
    return status ? status : make_vcov(fit, design, clusters, kind, nested, vcov, err);
}

/* ---- two-way ----------------------------------------------------------------------------------------------------- */

/* How many eigenvalues of V are negative: as many as of M, for V = T M T' (Sylvester), where collinear columns hide
 * none. With few clusters in one way V has zero eigenvalues, which rounding may leave a little below zero. */
static behov_status count_negative(behov_vcov *made, behov_error *err)
{
    size_t rank = made->rank;
    double *copy = behov_alloc(2 * rank + 1, rank * sizeof *copy), largest = 0;
    if (!copy)
        return behov_out_of_memory(err, "a covariance matrix");
    double *vectors = copy + rank * rank, *values = vectors + rank * rank;
    memcpy(copy, made->inner, rank * rank * sizeof *copy);
    bool is_found = behov_symmetric_eigen(copy, rank, values, vectors);
    for (size_t e = 0; e < rank && is_found; e++)
        largest = fabs(values[e]) > largest ? fabs(values[e]) : largest;
    for (size_t e = 0; e < rank && is_found; e++)
        made->n_cut += values[e] < -1e-13 * largest;
    free(copy);
    return is_found ? BEHOV_OK : behov_out_of_memory(err, "the eigenvalues of a covariance matrix");
}

/* V = sum of lambda e e' over the positive eigenvalues of D^-1/2 V D^-1/2, D = scales. A matrix without a negative
 * eigenvalue is left as it is, to the last digit. */
static behov_status cut_negative(behov_vcov *made, const behov_fit *fit, const double *scales, behov_error *err)
{
    size_t rank = fit->rank, n = made->n_regressors;
    double *scaled = behov_alloc(2 * rank, rank * sizeof *scaled), *values = behov_alloc(rank, sizeof *values);
    behov_status status = scaled && values ? BEHOV_OK : behov_out_of_memory(err, "a covariance matrix");
    double *vectors = scaled ? scaled + rank * rank : NULL;
    if (!status)
        status = count_negative(made, err);
    if (!status) {
        for (size_t i = 0; i < rank; i++)
            for (size_t j = 0; j < rank; j++)
                /* a scale of 0 belongs to a row of zeros: every residual is 0 */
                scaled[i * rank + j] = scales[fit->kept[i]] > 0 && scales[fit->kept[j]] > 0
                                           ? made->matrix[fit->kept[i] * n + fit->kept[j]] /
                                                 sqrt(scales[fit->kept[i]]) / sqrt(scales[fit->kept[j]])
                                           : 0;
        if (!behov_symmetric_eigen(scaled, rank, values, vectors))
            status = behov_out_of_memory(err, "the eigenvalues of a covariance matrix");
    }
    for (size_t i = 0; i < rank && !status && made->n_cut; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t e = 0; e < rank; e++)
                if (values[e] > 0)
                    sum += values[e] * vectors[i * rank + e] * vectors[j * rank + e];
            size_t k = fit->kept[i], l = fit->kept[j];
            made->matrix[k * n + l] = made->matrix[l * n + k] = sum * sqrt(scales[k]) * sqrt(scales[l]);
        }
    free(scaled);
    free(values);
    return status;
}

/* matrix += sign root'root */
static void add_root_square(const double *root, size_t rank, double sign, double *matrix)
{
    for (size_t r = 0; r < rank; r++)
        for (size_t i = 0; i < rank; i++)
            for (size_t j = 0; j < rank; j++)
                matrix[i * rank + j] += sign * root[r * rank + i] * root[r * rank + j];
}

behov_status behov_vcov_two_way(const behov_fit *fit, const behov_design *design, const behov_clusters *first,
                                const behov_clusters *second, behov_vcov_kind kind, behov_vcov **vcov, behov_error *err)
{
    const char *source = behov_table_source(behov_design_table(design));
    if (kind != BEHOV_VCOV_CV0 && kind != BEHOV_VCOV_CV1)
        return behov_error_set(err, BEHOV_E_ARGUMENT, source,
                               "two-way clustering is there for cv0 and cv1 only; give one --cluster for %s",
                               behov_vcov_kind_name(kind));
    behov_clusters *both = NULL;
    behov_vcov *a = NULL, *b = NULL, *ab = NULL;
    size_t n = fit->n_regressors;
    behov_status status = behov_clusters_intersect(first, second, &both, err);
    /* One K for the three terms: effects nested in either clustering are not counted. */
    bool in_first = false, in_second = false, nested;
    if (!status)
        status = are_nested(design, first, &in_first, err);
    if (!status)
        status = are_nested(design, second, &in_second, err);
    nested = in_first || in_second;
    if (!status)
        status = make_vcov(fit, design, first, kind, nested, &a, err);
    if (!status)
        status = make_vcov(fit, design, second, kind, nested, &b, err);
    if (!status)
        status = make_vcov(fit, design, both, kind, nested, &ab, err);
    if (!status)
        status = join_sole(a, b, err);
    double *scales = NULL;
    if (!status) {
        scales = behov_alloc(n, sizeof *scales);
        a->uncut = behov_alloc(n, sizeof *a->uncut);
        a->inner = behov_alloc(fit->rank, fit->rank * sizeof *a->inner);
        if (!scales || !a->uncut || !a->inner)
            status = behov_out_of_memory(err, "a covariance matrix");
    }
    if (!status) {
        add_root_square(a->root, fit->rank, 1, a->inner);
        add_root_square(b->root, fit->rank, 1, a->inner);
        add_root_square(ab->root, fit->rank, -1, a->inner);
        free(a->root);
        a->root = NULL;
        for (size_t k = 0; k < n; k++)
            scales[k] = a->matrix[k * n + k] + b->matrix[k * n + k];
        for (size_t i = 0; i < n * n; i++)
            a->matrix[i] += b->matrix[i] - ab->matrix[i];
        for (size_t k = 0; k < n; k++)
            a->uncut[k] = a->matrix[k * n + k];
        if (b->n_clusters < a->n_clusters)
            a->n_clusters = b->n_clusters;
        a->dof = (double)a->n_clusters - 1;
        a->factor = 1; /* each term has its own */
        status = cut_negative(a, fit, scales, err);
    }
    if (!status && a->n_cut) {
        free(a->inner);
        a->inner = NULL;
    }
    free(scales);
    behov_clusters_free(both);
    behov_vcov_free(b);
    behov_vcov_free(ab);
    if (status)
        behov_vcov_free(a);
    else
        *vcov = a;
    return status;
}

behov_vcov_kind behov_vcov_kind_of(const behov_vcov *vcov)
{
    return vcov->kind;
}

size_t behov_vcov_n_regressors(const behov_vcov *vcov)
{
    return vcov->n_regressors;
}

const double *behov_vcov_matrix(const behov_vcov *vcov)
{
    return vcov->matrix;
}

double behov_vcov_dof(const behov_vcov *vcov)
{
    return vcov->dof;
}

double behov_vcov_dof_of(const behov_vcov *vcov, size_t k)
{
    return vcov->dof_of ? vcov->dof_of[k] : vcov->dof;
}

size_t behov_vcov_n_cut(const behov_vcov *vcov)
{
    return vcov->n_cut;
}

const double *behov_vcov_uncut(const behov_vcov *vcov)
{
    return vcov->uncut;
}

size_t behov_vcov_n_clusters(const behov_vcov *vcov)
{
    return vcov->n_clusters;
}

double behov_vcov_n_parameters(const behov_vcov *vcov)
{
    return vcov->n_parameters;
}

double behov_vcov_factor(const behov_vcov *vcov)
{
    return vcov->factor;
}

/* ---- in the orthonormal basis (vcov_parts.h) --------------------------------------------------------------------- */

bool vcov_has_basis(const behov_vcov *vcov) { return vcov->root || vcov->inner; }

double vcov_in_direction(const behov_vcov *vcov, const double *direction)
{
    size_t rank = vcov->rank;
    double sum = 0;
    for (size_t i = 0; i < rank; i++) {
        double dot = 0;
        for (size_t j = 0; j < rank; j++)
            dot += (vcov->root ? vcov->root : vcov->inner)[i * rank + j] * direction[j];
        sum += vcov->root ? dot * dot : dot * direction[i];
    }
    return sum;
}

double behov_vcov_level_variance(const behov_vcov *vcov, const behov_fit *fit, const double *regressors)
{
    size_t rank = fit->rank, n = vcov->n_regressors;
    double variance = 0, direction[BEHOV_WIDTH_MAX];
    if (!vcov_has_basis(vcov)) { /* eigenvalues were cut: V as it was cut is the definition */
        for (size_t i = 0; i < rank; i++)
            for (size_t j = 0; j < rank; j++)
                variance += regressors[i] * regressors[j] * vcov->matrix[fit->kept[i] * n + fit->kept[j]];
        return variance > 0 ? variance : 0;
    }
    for (size_t q = 0; q < rank; q++) { /* T'x */
        extended sum = extended_of(0);
        for (size_t p = 0; p <= q; p++) {
            double x = ldexp(regressors[p], -fit->exponents[fit->kept[p]]);
            sum = extended_add(sum, extended_multiply(fit->inverse[p * rank + q], extended_of(x)));
        }
        direction[q] = extended_round(sum);
    }
    variance = ldexp(vcov_in_direction(vcov, direction), 2 * fit->outcome_exponent);
    return variance > 0 ? variance : 0;
}

/* |R^-T h|^2 for the triangle R of the columns of W (rank x n, destroyed), W'W = Q M Q'. A pivot below this share of W
 * is a direction in which V has no length: rounding leaves 1e-15 of it. */
static double quadratic_of_root(double *w, size_t rank, size_t n, const double *h, double *triangle, double *work)
{
    static const double singular = 1e-12;
    double size = 0, sum = 0;
    for (size_t i = 0; i < rank * n; i++)
        size += w[i] * w[i];
    behov_triangle_add(triangle, n, w, rank, work);
    for (size_t i = 0; i < n; i++) {
        double pivot = triangle[i * n + i], rest = h[i];
        if (!(fabs(pivot) > singular * sqrt(size)))
            return NAN;
        for (size_t k = 0; k < i; k++)
            rest -= triangle[k * n + i] * work[k];
        work[i] = rest / pivot;
        sum += work[i] * work[i];
    }
    return sum;
}

behov_status vcov_quadratic(const behov_vcov *vcov, size_t n, const double *rows, const double *h, double *value,
                            behov_error *err)
{
    size_t rank = vcov->rank;
    double *w = behov_alloc(rank + n + 1, n * sizeof *w), *triangle = w ? w + rank * n : NULL;
    behov_status status = BEHOV_OK;
    *value = NAN;
    if (!w)
        return behov_out_of_memory(err, "the Wald test");
    const double *m = vcov->root ? vcov->root : vcov->inner;
    for (size_t i = 0; i < rank; i++)
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < rank; j++)
                w[i * n + k] += m[i * rank + j] * rows[k * rank + j];
    if (vcov->root) {
        *value = quadratic_of_root(w, rank, n, h, triangle, triangle + n * n);
    } else {
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < n; k++) {
                triangle[i * n + k] = 0;
                for (size_t j = 0; j < rank; j++)
                    triangle[i * n + k] += rows[i * rank + j] * w[j * n + k];
            }
        if (!behov_quadratic_inverse(triangle, n, h, value, &status))
            *value = NAN;
        if (status)
            status = behov_out_of_memory(err, "the Wald test");
    }
    free(w);
    return status;
}

/* From V itself, where eigenvalues were cut: V as it was cut is the definition. */
static behov_status model_f_of_cut(const behov_vcov *vcov, const behov_fit *fit, size_t first, double *wald,
                                   behov_error *err)
{
    size_t n = vcov->n_regressors, q = fit->rank - first;
    double *block = behov_alloc(q, q * sizeof *block), *b = behov_alloc(q, sizeof *b);
    behov_status status = block && b ? BEHOV_OK : BEHOV_E_MEMORY;
    for (size_t i = 0; i < q && !status; i++) {
        size_t k = fit->kept[i + first];
        b[i] = fit->rounded[k];
        for (size_t j = 0; j < q; j++)
            block[i * q + j] = vcov->matrix[k * n + fit->kept[j + first]];
    }
    if (!status && !behov_quadratic_inverse(block, q, b, wald, &status))
        *wald = NAN;
    free(block), free(b);
    return status ? behov_out_of_memory(err, "the F test") : BEHOV_OK;
}

/* Orthonormal rows that hold what is not the constant: the coordinates after the first, or the reflection of them that
 * takes the first to the constant's direction. */
static void rows_beside_constant(const behov_fit *fit, size_t first, double *rows)
{
    size_t rank = fit->rank;
    const double *w = fit->constant;
    double v0 = w ? w[0] + (w[0] < 0 ? -1 : 1) : 1, length = 0;
    for (size_t q = 0; q < rank && w; q++)
        length += q ? w[q] * w[q] : v0 * v0;
    for (size_t i = first; i < rank; i++)
        for (size_t q = 0; q < rank; q++)
            rows[(i - first) * rank + q] = (double)(i == q) - (w ? 2 * w[i] * (q ? w[q] : v0) / length : 0);
}

/* The slopes are the coordinates beside that of the constant: the test needs neither V nor its inverse. */
behov_status behov_vcov_model_f(const behov_vcov *vcov, const behov_fit *fit, const behov_design *design, double *f,
                                size_t *n_restrictions, behov_error *err)
{
    size_t first = fit->has_constant ? 1 : 0, rank = fit->rank, q = rank - first;
    (void)design;
    *f = NAN;
    *n_restrictions = q;
    if (q == 0 || fit->is_exact)
        return BEHOV_OK;
    if (vcov->kind == BEHOV_VCOV_CLASSICAL) { /* the same number, from sums of squares */
        *f = behov_fit_f(fit);
        return BEHOV_OK;
    }
    if (vcov->n_clusters && vcov->n_clusters <= q) /* with G clusters V has rank G - 1 at the most */
        return BEHOV_OK;
    double *rows = behov_alloc(q, (rank + 1) * sizeof *rows), wald = NAN;
    if (!rows)
        return behov_out_of_memory(err, "the F test");
    double *h = rows + q * rank;
    bool is_held = true;
    rows_beside_constant(fit, first, rows);
    for (size_t i = 0; i < q; i++) {
        for (size_t k = 0; k < rank; k++)
            h[i] += rows[i * rank + k] * fit->projected[k];
        is_held = is_held && vcov_lacks(vcov, rows + i * rank) == 0;
    }
    if (!is_held) { /* one cluster alone identifies some slope */
        free(rows);
        return BEHOV_OK;
    }
    behov_status status = vcov_has_basis(vcov) ? vcov_quadratic(vcov, q, rows, h, &wald, err)
                          : fit->constant      ? BEHOV_OK
                                               : model_f_of_cut(vcov, fit, first, &wald, err);
    *f = wald / (double)q;
    free(rows);
    return status;
}
