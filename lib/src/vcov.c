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

struct behov_vcov {
    behov_vcov_kind kind;
    size_t n_regressors, n_clusters, n_cut;
    double *matrix;
    double *dof_of;   /* CV2: one for each coefficient; else NULL */
    double *uncut;    /* two-way: the variances before eigenvalues were cut; else NULL */
    double dof, factor, n_parameters;
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
    free(vcov);
}

/* ---- unscaled sums ---------------------------------------------------------------------------------------------- */

/* Adds d d' to the lower triangle of the sum, rank x rank. */
static void add_square(double *sum, const double *d, size_t rank)
{
    for (size_t i = 0; i < rank; i++)
        for (size_t j = 0; j <= i; j++)
            sum[i * rank + j] += d[i] * d[j];
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

/* Scores X~_g'u_g of all groups, double-double: groups x rank. of_rows NULL: every row is a group of its own, and its
 * influence is squared at once. */
static behov_status sum_extended(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                 size_t n_groups, behov_vcov_kind kind, double *sum, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    extended *scores = behov_alloc(of_rows ? n_groups : 1, rank * sizeof *scores);
    extended *work = behov_alloc(BEHOV_INFLUENCE_WORK(rank), sizeof *work);
    double *block = behov_alloc(2 * BEHOV_DESIGN_BLOCK, n * sizeof *block);
    double *rests = block ? block + BEHOV_DESIGN_BLOCK * n : NULL, *influence = behov_alloc(rank, sizeof *influence);
    behov_status status = BEHOV_OK;
    if (!scores || !work || !block || !influence)
        status = behov_out_of_memory(err, "the scores of the clusters");
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        double outcome[BEHOV_DESIGN_BLOCK];
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(design, first, count, block, n, outcome);
        behov_design_fill_rests(design, rows + first, count, block, n, rests);
        for (size_t i = 0; i < count; i++) {
            const double *x = block + i * n, *rest = rests + i * n;
            extended residual = extended_of(outcome[i]);
            for (size_t k = 0; k < n; k++)
                residual = extended_subtract(
                    residual, extended_multiply(fit->coefficients[k], extended_two_sum(x[k], rest[k])));
            extended *score = scores + (of_rows ? of_rows[first + i] * rank : 0);
            for (size_t p = 0; p < rank; p++) {
                size_t k = fit->kept[p];
                work[p] = extended_two_sum(ldexp(x[k], -fit->exponents[k]), ldexp(rest[k], -fit->exponents[k]));
            }
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
            if (!of_rows) {
                behov_fit_influence(fit, score, work, influence);
                add_square(sum, influence, rank);
            }
        }
    }
    for (size_t g = 0; of_rows && g < n_groups && !status; g++) {
        behov_fit_influence(fit, scores + g * rank, work, influence);
        add_square(sum, influence, rank);
    }
    free(scores), free(work), free(block), free(influence);
    return status;
}

/* HC0 to HC3 in double: every row a group of its own. */
static behov_status sum_rows_double(const behov_fit *fit, const behov_design *design, behov_vcov_kind kind, double *sum,
                                    behov_error *err)
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
                score[p] *= residual * (weight / root);
            behov_fit_influence_double(fit, score, work, influence);
            add_square(sum, influence, rank);
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
            for (size_t p = 0; p < rank; p++)
                score[p] += residual * (x[fit->kept[p]] * scales[p]);
        }
    }
}

/* CV0 and CV1 in double. Large problems are scored in two halves, whatever the number of threads: each half needs the
 * scores of all clusters. */
static behov_status sum_clusters_double(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                        size_t n_groups, double *sum, behov_error *err)
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
            add_square(sum, influence, rank);
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
                                  const behov_factors *factors, bool about_mean, double *sum, behov_error *err)
{
    size_t rank = fit->rank, n_clusters = behov_clusters_count(clusters);
    int outcome_exponent = behov_factors_exponent(factors, fit->n_regressors);
    cluster_influence of;
    double *d = behov_alloc(3 * rank, sizeof *d), *x = d ? d + rank : NULL, *mean = d ? d + 2 * rank : NULL;
    behov_status status = d ? influence_new(fit, &of, err) : behov_out_of_memory(err, "the jackknife");
    if (status) {
        free(d);
        return status;
    }
    for (size_t g = 0; g < n_clusters && !status; g++) {
        influence_of_cluster(fit, factors, g, &of);
        if (!influence_without(&of, x)) {
            status = cluster_decides(fit, design, clusters, g, &of, err);
            break;
        }
        influence_to_coefficients(fit, outcome_exponent, x, d);
        add_square(sum, d, rank);
        for (size_t p = 0; p < rank; p++)
            mean[p] += d[p] / (double)n_clusters;
    }
    for (size_t i = 0; i < rank && about_mean && !status; i++)
        for (size_t j = 0; j <= i; j++)
            sum[i * rank + j] -= (double)n_clusters * mean[i] * mean[j];
    influence_free(&of);
    free(d);
    return status;
}

/* The sums from which Bell and McCaffrey's degrees of freedom of one coefficient follow, under independent errors of
 * one variance: with p_g = f(H_gg) X_g (X'X)^-1 e_j and q_g = R^-T X_g'p_g the quadratic form has the matrix
 * Omega = diag(p_g'p_g) - Q'Q, and dof = (tr Omega)^2 / tr(Omega^2). f(H) is (I-H)^(-1/2) for CV2, (I-H)^-1 for CV3. */
typedef struct satterthwaite {
    behov_vcov_kind kind;
    size_t rank;
    double *trace, *squares; /* one for each coefficient */
    double *qq;              /* Q Q' of each, rank x rank */
    double *turned, *q;
} satterthwaite;

static behov_status satterthwaite_new(size_t rank, behov_vcov_kind kind, satterthwaite *sums, behov_error *err)
{
    *sums = (satterthwaite){.kind = kind, .rank = rank};
    sums->trace = behov_alloc(4 * rank, sizeof *sums->trace);
    sums->qq = behov_alloc(rank * rank, rank * sizeof *sums->qq);
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
static double adjustment(behov_vcov_kind kind, double rest)
{
    return rest <= BEHOV_ONLY_HERE ? 0 : kind == BEHOV_VCOV_CV2 ? 1 / sqrt(rest) : 1 / rest;
}

/* Adds a cluster whose eigenvalues are there; tau_j = row j of T. */
static void satterthwaite_add(satterthwaite *sums, const behov_fit *fit, const cluster_influence *of)
{
    size_t rank = sums->rank;
    double *turned = sums->turned, *q = sums->q;
    for (size_t j = 0; j < rank; j++) {
        double a = 0, length = 0, *qq = sums->qq + j * rank * rank;
        for (size_t e = 0; e < rank; e++) {
            double s = of->values[e] > 0 ? of->values[e] : 0, f = adjustment(sums->kind, 1 - s), dot = 0;
            for (size_t i = j; i < rank; i++)
                dot += of->vectors[i * rank + e] * fit->inverse[j * rank + i].hi;
            a += dot * dot * s * f * f;
            turned[e] = dot * s * f;
        }
        for (size_t i = 0; i < rank; i++) {
            q[i] = 0;
            for (size_t e = 0; e < rank; e++)
                q[i] += of->vectors[i * rank + e] * turned[e];
            length += q[i] * q[i];
        }
        sums->trace[j] += a - length;
        sums->squares[j] += a * a - 2 * a * length;
        for (size_t i = 0; i < rank; i++)
            for (size_t k = 0; k < rank; k++)
                qq[i * rank + k] += q[i] * q[k];
    }
}

static void satterthwaite_dof(const satterthwaite *sums, const behov_fit *fit, double *dof_of)
{
    size_t rank = sums->rank;
    for (size_t j = 0; j < rank; j++) {
        const double *qq = sums->qq + j * rank * rank;
        double squares = sums->squares[j];
        for (size_t i = 0; i < rank * rank; i++)
            squares += qq[i] * qq[i];
        dof_of[fit->kept[j]] = sums->trace[j] * sums->trace[j] / squares;
    }
}

/* d_g = T (I-S_g)^(-1/2) v_g. */
static behov_status sum_cv2(const behov_fit *fit, const behov_clusters *clusters, const behov_factors *factors,
                            double *sum, double *dof_of, behov_error *err)
{
    size_t rank = fit->rank, n_clusters = behov_clusters_count(clusters);
    int outcome_exponent = behov_factors_exponent(factors, fit->n_regressors);
    cluster_influence of;
    satterthwaite sums = {0};
    double *d = behov_alloc(2 * rank, sizeof *d), *x = d ? d + rank : NULL;
    behov_status status = d ? satterthwaite_new(rank, BEHOV_VCOV_CV2, &sums, err) : behov_out_of_memory(err, "CV2");
    if (!status && (status = influence_new(fit, &of, err)))
        satterthwaite_free(&sums);
    if (status) {
        free(d);
        return status;
    }
    for (size_t g = 0; g < n_clusters && !status; g++) {
        influence_of_cluster(fit, factors, g, &of);
        if ((status = influence_eigen(&of, err)))
            break;
        for (size_t i = 0; i < rank; i++)
            x[i] = 0;
        for (size_t e = 0; e < rank; e++) {
            double f = adjustment(BEHOV_VCOV_CV2, 1 - of.values[e]), dot = 0;
            for (size_t i = 0; i < rank; i++)
                dot += of.vectors[i * rank + e] * of.v[i];
            for (size_t i = 0; i < rank; i++)
                x[i] += of.vectors[i * rank + e] * (dot * f);
        }
        influence_to_coefficients(fit, outcome_exponent, x, d);
        add_square(sum, d, rank);
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
    behov_factors *factors = NULL;
    cluster_influence of;
    satterthwaite sums;
    behov_status status = behov_factors_new(design, clusters, &factors, err);
    if (status)
        return status;
    status = satterthwaite_new(fit->rank, kind, &sums, err);
    if (!status && (status = influence_new(fit, &of, err)))
        satterthwaite_free(&sums);
    if (status) {
        behov_factors_free(factors);
        return status;
    }
    for (size_t g = 0; g < behov_clusters_count(clusters) && !status; g++) {
        influence_of_cluster(fit, factors, g, &of);
        if (!(status = influence_eigen(&of, err)))
            satterthwaite_add(&sums, fit, &of);
    }
    for (size_t k = 0; k < fit->n_regressors && !status; k++)
        dof[k] = NAN;
    if (!status)
        satterthwaite_dof(&sums, fit, dof);
    influence_free(&of);
    satterthwaite_free(&sums);
    behov_factors_free(factors);
    return status;
}

static behov_status sum_from_factors(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                     behov_vcov_kind kind, double *sum, double *dof_of, behov_error *err)
{
    behov_factors *factors = NULL;
    behov_status status = behov_factors_new(design, clusters, &factors, err);
    if (!status)
        status = kind == BEHOV_VCOV_CV2
                     ? sum_cv2(fit, clusters, factors, sum, dof_of, err)
                     : sum_jackknife(fit, design, clusters, factors, kind == BEHOV_VCOV_CV3J, sum, err);
    behov_factors_free(factors);
    return status;
}

static behov_status sum_influences(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                   behov_vcov_kind kind, double *matrix, double *dof_of, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors;
    const uint32_t *of_rows = clusters ? behov_clusters_of_rows(clusters) : NULL;
    size_t n_groups = clusters ? behov_clusters_count(clusters) : 0;
    double *sum = behov_alloc(rank, rank * sizeof *sum);
    if (!sum)
        return behov_out_of_memory(err, "a covariance matrix");
    behov_status status;
    if (kind >= BEHOV_VCOV_CV2)
        status = sum_from_factors(fit, design, clusters, kind, sum, dof_of, err);
    else
        status = fit->is_extended ? sum_extended(fit, design, of_rows, n_groups, kind, sum, err)
                 : of_rows        ? sum_clusters_double(fit, design, of_rows, n_groups, sum, err)
                                  : sum_rows_double(fit, design, kind, sum, err);
    for (size_t i = 0; i < rank && !status; i++)
        for (size_t j = 0; j <= i; j++)
            matrix[fit->kept[i] * n + fit->kept[j]] = matrix[fit->kept[j] * n + fit->kept[i]] = sum[i * rank + j];
    free(sum);
    return status;
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
    for (size_t p = 0; p < fit->rank && made->dof_of; p++) {
        double dof = made->dof_of[fit->kept[p]];
        made->dof = p == 0 || dof < made->dof ? dof : made->dof;
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
                               "%s is the same in every row estimated on: one cluster is too few for cluster-robust "
                               "errors; use another --cluster, or --se hc1",
                               behov_clusters_key(clusters));
    else if (behov_clusters_n_rows(clusters) != fit->n_rows)
        return behov_error_set(err, BEHOV_E_ARGUMENT, source, "the clusters are not those of the rows estimated on");
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
    if (!made->matrix || (kind == BEHOV_VCOV_CV2 && !made->dof_of))
        status = behov_out_of_memory(err, "a covariance matrix");
    else if (kind == BEHOV_VCOV_CLASSICAL)
        memcpy(made->matrix, fit->bread, n * n * sizeof *made->matrix);
    else
        status = sum_influences(fit, design, clusters, kind, made->matrix, made->dof_of, err);
    if (status) {
        behov_vcov_free(made);
        return status;
    }
    small_sample(made, fit, nested);
    for (size_t i = 0; i < n * n; i++)
        made->matrix[i] *= made->factor;
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

/* V = sum of lambda e e' over the positive eigenvalues of D^-1/2 V D^-1/2, D = scales. A matrix without a negative
 * eigenvalue is left as it is, to the last digit. */
static behov_status cut_negative(behov_vcov *made, const behov_fit *fit, const double *scales, behov_error *err)
{
    size_t rank = fit->rank, n = made->n_regressors;
    double *scaled = behov_alloc(2 * rank, rank * sizeof *scaled), *values = behov_alloc(rank, sizeof *values);
    behov_status status = scaled && values ? BEHOV_OK : behov_out_of_memory(err, "a covariance matrix");
    double *vectors = scaled ? scaled + rank * rank : NULL, largest = 0;
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
    for (size_t e = 0; e < rank && !status; e++)
        largest = fabs(values[e]) > largest ? fabs(values[e]) : largest;
    /* With few clusters in one way V has zero eigenvalues, which rounding may leave a little below zero. */
    for (size_t e = 0; e < rank && !status; e++)
        made->n_cut += values[e] < -1e-13 * largest;
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
    double *scales = NULL;
    if (!status) {
        scales = behov_alloc(n, sizeof *scales);
        a->uncut = behov_alloc(n, sizeof *a->uncut);
        if (!scales || !a->uncut)
            status = behov_out_of_memory(err, "a covariance matrix");
    }
    if (!status) {
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

behov_status behov_vcov_model_f(const behov_vcov *vcov, const behov_fit *fit, const behov_design *design, double *f,
                                size_t *n_restrictions, behov_error *err)
{
    size_t n = vcov->n_regressors, first = fit->has_intercept && fit->kept[0] == 0 ? 1 : 0, q = fit->rank - first;
    *f = NAN;
    *n_restrictions = q;
    if (q == 0)
        return BEHOV_OK;
    if (vcov->kind == BEHOV_VCOV_CLASSICAL) { /* the same number, from sums of squares: no inverse of V needed */
        *f = behov_fit_f(fit);
        return BEHOV_OK;
    }
    (void)design;
    double *block = behov_alloc(q, q * sizeof *block), *b = behov_alloc(q, sizeof *b), wald;
    behov_status status = BEHOV_OK;
    if (!block || !b) {
        status = behov_out_of_memory(err, "the F test");
    } else {
        for (size_t i = 0; i < q; i++) {
            size_t k = fit->kept[i + first];
            b[i] = fit->rounded[k];
            for (size_t j = 0; j < q; j++)
                block[i * q + j] = vcov->matrix[k * n + fit->kept[j + first]];
        }
        /* With G clusters V has rank G - 1 at the most. */
        bool enough = !vcov->n_clusters || vcov->n_clusters > q;
        if (enough && behov_quadratic_inverse(block, q, b, &wald, &status))
            *f = wald / (double)q;
        if (status)
            status = behov_out_of_memory(err, "the F test");
    }
    free(block);
    free(b);
    return status;
}
