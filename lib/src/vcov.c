/* vcov.c - sums of squared influences, and the factors that make them variances.
 *
 * The influence of a group of rows on the coefficients is d = (X'X)^-1 X_g'u_g. A row is its own group for HC, a
 * cluster is one for CV. Groups are summed in the order of their keys, so the result does not depend on the order of
 * the rows beyond the last digit. */
#include <behov/vcov.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fit_parts.h"
#include "linalg.h"

struct behov_vcov {
    behov_vcov_kind kind;
    size_t n_regressors, n_clusters;
    double *matrix;
    double dof, factor;
};

static const char *const kind_names[BEHOV_N_VCOV_KINDS] = {
    [BEHOV_VCOV_CLASSICAL] = "classical", [BEHOV_VCOV_HC0] = "hc0", [BEHOV_VCOV_HC1] = "hc1",
    [BEHOV_VCOV_CV0] = "cv0",             [BEHOV_VCOV_CV1] = "cv1",
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
    return kind == BEHOV_VCOV_CV0 || kind == BEHOV_VCOV_CV1;
}

void behov_vcov_free(behov_vcov *vcov)
{
    if (!vcov)
        return;
    free(vcov->matrix);
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

/* Scores X~_g'u_g of all groups, double-double: groups x rank. of_rows NULL: every row is a group of its own, and its
 * influence is squared at once. */
static behov_status sum_extended(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                 size_t n_groups, double *sum, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    extended *scores = behov_alloc(of_rows ? n_groups : 1, rank * sizeof *scores);
    extended *work = behov_alloc(BEHOV_INFLUENCE_WORK(rank), sizeof *work);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *block), *influence = behov_alloc(rank, sizeof *influence);
    behov_status status = BEHOV_OK;
    if (!scores || !work || !block || !influence)
        status = behov_out_of_memory(err, "the scores of the clusters");
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        double outcome[BEHOV_DESIGN_BLOCK];
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill(design, rows + first, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            const double *x = block + i * n;
            extended residual = extended_of(outcome[i]);
            for (size_t k = 0; k < n; k++)
                residual =
                    extended_subtract(residual, extended_multiply(fit->coefficients[k], extended_of(x[k])));
            extended *score = scores + (of_rows ? of_rows[first + i] * rank : 0);
            for (size_t p = 0; p < rank; p++) {
                size_t k = fit->kept[p];
                extended product = extended_multiply(residual, extended_of(ldexp(x[k], -fit->exponents[k])));
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

/* The same in double. */
static behov_status sum_double(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                               size_t n_groups, double *sum, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    double *scores = behov_alloc(of_rows ? n_groups : 1, rank * sizeof *scores);
    double *work = behov_alloc(BEHOV_INFLUENCE_WORK(rank) + 2 * rank, sizeof *work);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *block);
    behov_status status = BEHOV_OK;
    if (!scores || !work || !block)
        status = behov_out_of_memory(err, "the scores of the clusters");
    double *influence = work ? work + BEHOV_INFLUENCE_WORK(rank) : NULL, *scales = influence ? influence + rank : NULL;
    for (size_t p = 0; p < rank && !status; p++)
        scales[p] = ldexp(1, -fit->exponents[fit->kept[p]]);
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        double outcome[BEHOV_DESIGN_BLOCK];
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill(design, rows + first, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            const double *x = block + i * n;
            double residual = outcome[i];
            for (size_t k = 0; k < n; k++)
                residual -= fit->rounded[k] * x[k];
            double *score = scores + (of_rows ? of_rows[first + i] * rank : 0);
            for (size_t p = 0; p < rank; p++) {
                double product = residual * (x[fit->kept[p]] * scales[p]);
                score[p] = of_rows ? score[p] + product : product;
            }
            if (!of_rows) {
                behov_fit_influence_double(fit, score, work, influence);
                add_square(sum, influence, rank);
            }
        }
    }
    for (size_t g = 0; of_rows && g < n_groups && !status; g++) {
        behov_fit_influence_double(fit, scores + g * rank, work, influence);
        add_square(sum, influence, rank);
    }
    free(scores), free(work), free(block);
    return status;
}

static behov_status sum_influences(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                   double *matrix, behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors;
    const uint32_t *of_rows = clusters ? behov_clusters_of_rows(clusters) : NULL;
    size_t n_groups = clusters ? behov_clusters_count(clusters) : 0;
    double *sum = behov_alloc(rank, rank * sizeof *sum);
    if (!sum)
        return behov_out_of_memory(err, "a covariance matrix");
    behov_status status = fit->is_extended ? sum_extended(fit, design, of_rows, n_groups, sum, err)
                                           : sum_double(fit, design, of_rows, n_groups, sum, err);
    for (size_t i = 0; i < rank && !status; i++)
        for (size_t j = 0; j <= i; j++)
            matrix[fit->kept[i] * n + fit->kept[j]] = matrix[fit->kept[j] * n + fit->kept[i]] = sum[i * rank + j];
    free(sum);
    return status;
}

/* ---- factors and degrees of freedom, all in one place ------------------------------------------------------------ */

static void small_sample(behov_vcov *made, const behov_fit *fit)
{
    double n_rows = (double)fit->n_rows, free_rows = (double)(fit->n_rows - fit->rank);
    double n_clusters = (double)made->n_clusters;
    made->dof = behov_vcov_kind_is_clustered(made->kind) ? n_clusters - 1 : free_rows;
    switch (made->kind) {
    case BEHOV_VCOV_CLASSICAL: made->factor = fit->rss / free_rows; break;
    case BEHOV_VCOV_HC1: made->factor = n_rows / free_rows; break;
    case BEHOV_VCOV_CV1: made->factor = n_clusters / (n_clusters - 1) * ((n_rows - 1) / free_rows); break;
    case BEHOV_VCOV_HC0:
    case BEHOV_VCOV_CV0:
    case BEHOV_N_VCOV_KINDS: made->factor = 1; break;
    }
}

behov_status behov_vcov_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                            behov_vcov_kind kind, behov_vcov **vcov, behov_error *err)
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
    if (!made->matrix)
        status = behov_out_of_memory(err, "a covariance matrix");
    else if (kind == BEHOV_VCOV_CLASSICAL)
        memcpy(made->matrix, fit->bread, n * n * sizeof *made->matrix);
    else
        status = sum_influences(fit, design, clusters, made->matrix, err);
    if (status) {
        behov_vcov_free(made);
        return status;
    }
    small_sample(made, fit);
    for (size_t i = 0; i < n * n; i++)
        made->matrix[i] *= made->factor;
    *vcov = made;
    return BEHOV_OK;
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

size_t behov_vcov_n_clusters(const behov_vcov *vcov)
{
    return vcov->n_clusters;
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
        if (enough && behov_quadratic_inverse(block, q, b, &wald))
            *f = wald / (double)q;
    }
    free(block);
    free(b);
    return status;
}
