/* vcov.c - variances: sums of squared influences (vcov_sums.c) times the factors of their kind, what one cluster alone
 * identifies taken out, and three of them added for two ways of clustering. */
#include <behov/vcov.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fit_parts.h"
#include "linalg.h"
#include "vcov_parts.h"

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

const char *behov_working_variance_name(behov_working_variance working)
{
    return working == BEHOV_WORKING_EQUAL ? "identity" : "inverse";
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
    free(vcov->inner_uncut);
    for (size_t k = 0; vcov->sole_labels && k < vcov->n_regressors; k++)
        free(vcov->sole_labels[k]);
    free(vcov->sole_labels);
    free(vcov->sole_shares);
    sole_free(&vcov->sole);
    adjusted_free(&vcov->adjusted);
    free(vcov);
}

/* ---- coefficients that one cluster alone identifies ----------------------------------------------------------------
 */

/* Which they are, and the label of the cluster (of the row, for the HC kinds). */
static behov_status find_sole(behov_vcov *vcov, const behov_fit *fit, const behov_design *design,
                              const behov_clusters *clusters, behov_error *err)
{
    size_t rank = fit->rank;
    bool leaves_out = vcov->kind == BEHOV_VCOV_HC3 || vcov->kind == BEHOV_VCOV_CV3 || vcov->kind == BEHOV_VCOV_CV3J;
    vcov->sole.rank = rank;
    if (vcov->kind == BEHOV_VCOV_CLASSICAL || leaves_out) /* these see it, or have no value at all */
        return BEHOV_OK;
    behov_status status = sole_find(fit, design, clusters, &vcov->sole, err);
    if (status || vcov->sole.n == 0)
        return status;
    vcov->sole_labels = behov_alloc(vcov->n_regressors, sizeof *vcov->sole_labels);
    vcov->sole_shares = behov_alloc(vcov->n_regressors, sizeof *vcov->sole_shares);
    double *tau = behov_alloc(rank, sizeof *tau);
    if (!vcov->sole_labels || !vcov->sole_shares || !tau)
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_SOLE_CLUSTER);
    for (size_t p = 0; p < rank && !status; p++) {
        size_t k = fit->kept_positions[p];
        for (size_t q = 0; q < rank; q++)
            tau[q] = q < p ? 0 : fit->inverse[p * rank + q].hi;
        size_t i = sole_of(&vcov->sole, tau);
        if (i == vcov->sole.n)
            continue;
        if (!(vcov->sole_labels[k] = sole_label(&vcov->sole, i, design, clusters)))
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_SOLE_CLUSTER);
        vcov->sole_shares[k] = sole_share(&vcov->sole, tau);
        if (vcov->dof_of && behov_vcov_has_no_error(vcov, k))
            vcov->dof_of[k] = NAN;
    }
    free(tau);
    return status;
}

/* Two-way: what one cluster of either way alone identifies. */
static behov_status join_sole(behov_vcov *out, behov_vcov *other, behov_error *err)
{
    if (other->sole.n == 0)
        return BEHOV_OK;
    size_t n = out->sole.n + other->sole.n, rank = other->sole.rank;
    double *directions = behov_alloc(n, rank * sizeof *directions);
    if (!out->sole_labels)
        out->sole_labels = behov_alloc(out->n_regressors, sizeof *out->sole_labels);
    if (!out->sole_shares)
        out->sole_shares = behov_alloc(out->n_regressors, sizeof *out->sole_shares);
    if (!directions || !out->sole_labels || !out->sole_shares) {
        free(directions);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_SOLE_CLUSTER);
    }
    if (out->sole.n)
        memcpy(directions, out->sole.directions, out->sole.n * rank * sizeof *directions);
    memcpy(directions + out->sole.n * rank, other->sole.directions, other->sole.n * rank * sizeof *directions);
    free(out->sole.directions);
    out->sole.directions = directions;
    out->sole.n = n; /* their groups are told by the labels alone */
    for (size_t k = 0; k < out->n_regressors; k++)
        if (other->sole_shares[k] >
            out->sole_shares[k]) { /* directions of two ways need not be orthogonal: the larger */
            out->sole_shares[k] = other->sole_shares[k];
            free(out->sole_labels[k]);
            out->sole_labels[k] = other->sole_labels[k];
            other->sole_labels[k] = NULL;
        }
    return BEHOV_OK;
}

const char *behov_vcov_sole(const behov_vcov *vcov, size_t k)
{
    return vcov->sole_labels ? vcov->sole_labels[k] : NULL;
}

double behov_vcov_sole_share(const behov_vcov *vcov, size_t k)
{
    return vcov->sole_shares ? vcov->sole_shares[k] : 0;
}

bool behov_vcov_has_no_error(const behov_vcov *vcov, size_t k)
{
    return vcov_is_too_large(vcov, behov_vcov_sole_share(vcov, k));
}

double vcov_lacks(const behov_vcov *vcov, const double *direction)
{
    return sole_share(&vcov->sole, direction);
}

/* Any share at all says that without that one cluster the coefficient is not identified: CV0 and CV1 then have no
 * error, however many rows hold the share down (a dummy of a cluster with half of the rows has 1/2). CV2 and HC2 keep
 * an error below BEHOV_SOLE_NO_ERROR: their degrees of freedom are computed without what they do not see, and the
 * p-value that they give a dummy of one of three clusters is a published one (dof 1.0970, p 0.1363 by clubSandwich). */
bool vcov_is_too_large(const behov_vcov *vcov, double share)
{
    bool has_dof = vcov->kind == BEHOV_VCOV_CV2 || vcov->kind == BEHOV_VCOV_HC2;
    return share >= (has_dof ? BEHOV_SOLE_NO_ERROR : BEHOV_LEAST_SHARE);
}

/* ---- factors and degrees of freedom, all in one place ------------------------------------------------------------ */

/* K of N - K. Effects that are nested in the clusters are not counted, but the constant that they hold is (Stata's
 * xtreg, fe vce(cluster)): their number grows with the clusters, and the scores of a cluster depend on no other's
 * effects. */
static double count_parameters(const behov_vcov *vcov, const behov_fit *fit, bool is_nested)
{
    bool clustered = behov_vcov_kind_is_clustered(vcov->kind);
    double effects = (double)fit->n_absorbed;
    return (double)fit->rank + (clustered && is_nested && effects > 0 ? 1 : effects);
}

static void small_sample(behov_vcov *vcov, const behov_fit *fit, bool is_nested)
{
    vcov->n_parameters = count_parameters(vcov, fit, is_nested);
    double n_rows = fit->n_observations, free_rows = n_rows - vcov->n_parameters;
    double n_clusters = (double)vcov->n_clusters;
    vcov->dof = behov_vcov_kind_is_clustered(vcov->kind) ? n_clusters - 1 : free_rows;
    switch (vcov->kind) {
    case BEHOV_VCOV_CLASSICAL: vcov->factor = fit->rss / free_rows; break;
    case BEHOV_VCOV_HC1: vcov->factor = n_rows / free_rows; break;
    case BEHOV_VCOV_CV1: vcov->factor = n_clusters / (n_clusters - 1) * ((n_rows - 1) / free_rows); break;
    case BEHOV_VCOV_CV3:
    case BEHOV_VCOV_CV3J: vcov->factor = (n_clusters - 1) / n_clusters; break;
    case BEHOV_VCOV_HC0:
    case BEHOV_VCOV_HC2:
    case BEHOV_VCOV_HC3:
    case BEHOV_VCOV_CV0:
    case BEHOV_VCOV_CV2:
    case BEHOV_N_VCOV_KINDS: vcov->factor = 1; break;
    }
    bool is_first = true;
    for (size_t p = 0; p < fit->rank && vcov->dof_of; p++) {
        double dof = vcov->dof_of[fit->kept_positions[p]];
        if (isnan(dof)) /* no error, no degrees of freedom */
            continue;
        vcov->dof = is_first || dof < vcov->dof ? dof : vcov->dof;
        is_first = false;
    }
}

/* nested: whether the absorbed effects count as nested in the clusters. */
static behov_status make_vcov(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                              behov_vcov_kind kind, behov_working_variance working, bool is_nested, behov_vcov **vcov,
                              behov_error *err)
{
    const char *source = behov_table_source(behov_design_table(design));
    size_t n = fit->n_regressors;
    if (kind >= BEHOV_N_VCOV_KINDS || behov_design_n_regressors(design) != n)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_VCOV_NO_SUCH);
    if (behov_design_is_merged(design) && kind >= BEHOV_VCOV_HC0 && kind <= BEHOV_VCOV_HC3)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_VCOV_NEEDS_ROWS, behov_vcov_kind_name(kind));
    if (!behov_vcov_kind_is_clustered(kind))
        clusters = NULL;
    else if (!clusters)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_VCOV_NEEDS_CLUSTERS, behov_vcov_kind_name(kind));
    else if (behov_clusters_count(clusters) < 2)
        return behov_design_is_merged(design)
                   ? behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_VCOV_ONE_CLUSTER_MERGED,
                                     behov_clusters_key(clusters))
                   : behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_VCOV_ONE_CLUSTER, behov_clusters_key(clusters));
    else if (behov_clusters_n_rows(clusters) != fit->n_rows)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_CLUSTERS_NOT_OF_ROWS);
    behov_vcov *new_vcov = behov_alloc(1, sizeof *new_vcov);
    if (!new_vcov)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE);
    new_vcov->kind = kind;
    new_vcov->working = working;
    new_vcov->n_regressors = n;
    new_vcov->n_clusters = clusters ? behov_clusters_count(clusters) : 0;
    new_vcov->matrix = behov_alloc(n, n * sizeof *new_vcov->matrix);
    behov_status status = BEHOV_OK;
    if (kind == BEHOV_VCOV_CV2)
        new_vcov->dof_of = behov_alloc(n, sizeof *new_vcov->dof_of);
    new_vcov->rank = fit->rank;
    new_vcov->root = behov_alloc(fit->rank, fit->rank * sizeof *new_vcov->root);
    if (!new_vcov->matrix || !new_vcov->root || (kind == BEHOV_VCOV_CV2 && !new_vcov->dof_of)) {
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE);
    } else if (kind == BEHOV_VCOV_CLASSICAL) {
        memcpy(new_vcov->matrix, fit->bread, n * n * sizeof *new_vcov->matrix);
        for (size_t p = 0; p < fit->rank; p++) /* s^2 with the outcome scaled, as it is in every root */
            new_vcov->root[p * fit->rank + p] = ldexp(1, -fit->outcome_exponent);
    } else {
        status = vcov_sum_influences(new_vcov, fit, design, clusters, err);
    }
    if (!status)
        status = find_sole(new_vcov, fit, design, clusters, err);
    if (status) {
        behov_vcov_free(new_vcov);
        return status;
    }
    small_sample(new_vcov, fit, is_nested);
    for (size_t i = 0; i < n * n; i++)
        new_vcov->matrix[i] *= new_vcov->factor;
    for (size_t i = 0; i < fit->rank * fit->rank; i++)
        new_vcov->root[i] *= sqrt(new_vcov->factor);
    *vcov = new_vcov;
    return BEHOV_OK;
}

static behov_status are_nested(const behov_design *design, const behov_clusters *clusters, bool *nested_positions,
                               behov_error *err)
{
    const behov_clusters *groups = behov_design_absorbed(design);
    *nested_positions = false;
    return groups && clusters && behov_clusters_n_rows(groups) == behov_clusters_n_rows(clusters)
               ? behov_clusters_are_within(groups, clusters, nested_positions, err)
               : BEHOV_OK;
}

behov_status behov_vcov_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                            behov_vcov_kind kind, behov_vcov **vcov, behov_error *err)
{
    bool is_nested;
    behov_status status = are_nested(design, clusters, &is_nested, err);
    return status ? status
                  : make_vcov(fit, design, clusters, kind, BEHOV_WORKING_INVERSE_WEIGHTS, is_nested, vcov, err);
}

behov_status behov_vcov_cv2(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                            behov_working_variance working, behov_vcov **vcov, behov_error *err)
{
    bool is_nested;
    if (!behov_design_root_weights(design) || behov_design_weight_kind(design) == BEHOV_WEIGHT_FREQUENCY)
        working = BEHOV_WORKING_INVERSE_WEIGHTS; /* of rows that count once: equal variances */
    if (working == BEHOV_WORKING_EQUAL && behov_design_absorbed(design))
        return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                               SAY_VCOV_WORKING_ABSORBED);
    behov_status status = are_nested(design, clusters, &is_nested, err);
    return status ? status : make_vcov(fit, design, clusters, BEHOV_VCOV_CV2, working, is_nested, vcov, err);
}

/* ---- two-way ----------------------------------------------------------------------------------------------------- */

/* How many eigenvalues of V are negative: as many as of M, for V = T M T' (Sylvester), where collinear columns hide
 * none. With few clusters in one way V has zero eigenvalues, which rounding may leave a little below zero. */
static behov_status count_negative(behov_vcov *vcov, behov_error *err)
{
    size_t rank = vcov->rank;
    double *copy = behov_alloc(2 * rank + 1, rank * sizeof *copy), largest = 0;
    if (!copy)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE);
    double *vectors = copy + rank * rank, *values = vectors + rank * rank;
    memcpy(copy, vcov->inner, rank * rank * sizeof *copy);
    bool is_found = behov_symmetric_eigen(copy, rank, values, vectors);
    for (size_t e = 0; e < rank && is_found; e++)
        largest = fabs(values[e]) > largest ? fabs(values[e]) : largest;
    for (size_t e = 0; e < rank && is_found; e++)
        vcov->n_cut += values[e] < -1e-13 * largest;
    free(copy);
    return is_found ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE_EIGENVALUES);
}

/* V = sum of lambda e e' over the positive eigenvalues of D^-1/2 V D^-1/2, D = scales. A matrix without a negative
 * eigenvalue is left as it is, to the last digit. */
static behov_status cut_negative(behov_vcov *vcov, const behov_fit *fit, const double *scales, behov_error *err)
{
    size_t rank = fit->rank, n = vcov->n_regressors;
    double *scaled_values = behov_alloc(2 * rank, rank * sizeof *scaled_values),
           *values = behov_alloc(rank, sizeof *values);
    behov_status status = scaled_values && values ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE);
    double *vectors = scaled_values ? scaled_values + rank * rank : NULL;
    if (!status)
        status = count_negative(vcov, err);
    if (!status) {
        for (size_t i = 0; i < rank; i++)
            for (size_t j = 0; j < rank; j++)
                /* a scale of 0 belongs to a row of zeros: every residual is 0 */
                scaled_values[i * rank + j] = scales[fit->kept_positions[i]] > 0 && scales[fit->kept_positions[j]] > 0
                                                  ? vcov->matrix[fit->kept_positions[i] * n + fit->kept_positions[j]] /
                                                        sqrt(scales[fit->kept_positions[i]]) /
                                                        sqrt(scales[fit->kept_positions[j]])
                                                  : 0;
        if (!behov_symmetric_eigen(scaled_values, rank, values, vectors))
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE_EIGENVALUES);
    }
    for (size_t i = 0; i < rank && !status && vcov->n_cut; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t e = 0; e < rank; e++)
                if (values[e] > 0)
                    sum += values[e] * vectors[i * rank + e] * vectors[j * rank + e];
            size_t k = fit->kept_positions[i], l = fit->kept_positions[j];
            vcov->matrix[k * n + l] = vcov->matrix[l * n + k] = sum * sqrt(scales[k]) * sqrt(scales[l]);
        }
    free(scaled_values);
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

/* a + b - ab into a, with the parts of it that are asked for later. */
static behov_status add_two_way(const behov_fit *fit, behov_vcov *a, const behov_vcov *b, const behov_vcov *ab,
                                behov_error *err)
{
    size_t n = fit->n_regressors;
    double *scales = behov_alloc(n, sizeof *scales);
    a->uncut = behov_alloc(n, sizeof *a->uncut);
    a->inner = behov_alloc(fit->rank, fit->rank * sizeof *a->inner);
    if (!scales || !a->uncut || !a->inner) {
        free(scales);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE);
    }
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
    behov_status status = cut_negative(a, fit, scales, err);
    free(scales);
    return status;
}

behov_status behov_vcov_two_way(const behov_fit *fit, const behov_design *design, const behov_clusters *first,
                                const behov_clusters *second, behov_vcov_kind kind, behov_vcov **vcov, behov_error *err)
{
    const char *source = behov_table_source(behov_design_table(design));
    if (kind != BEHOV_VCOV_CV0 && kind != BEHOV_VCOV_CV1)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_VCOV_TWO_WAY_KIND, behov_vcov_kind_name(kind));
    behov_clusters *both = NULL;
    behov_vcov *a = NULL, *b = NULL, *ab = NULL;
    behov_status status = behov_clusters_intersect(first, second, &both, err);
    /* One K for the three terms: effects nested in either clustering are not counted. */
    bool in_first = false, in_second = false, is_nested;
    if (!status)
        status = are_nested(design, first, &in_first, err);
    if (!status)
        status = are_nested(design, second, &in_second, err);
    is_nested = in_first || in_second;
    if (!status)
        status = make_vcov(fit, design, first, kind, BEHOV_WORKING_INVERSE_WEIGHTS, is_nested, &a, err);
    if (!status)
        status = make_vcov(fit, design, second, kind, BEHOV_WORKING_INVERSE_WEIGHTS, is_nested, &b, err);
    if (!status)
        status = make_vcov(fit, design, both, kind, BEHOV_WORKING_INVERSE_WEIGHTS, is_nested, &ab, err);
    if (!status)
        status = join_sole(a, b, err);
    if (!status)
        status = add_two_way(fit, a, b, ab, err);
    if (!status && a->n_cut) {
        a->inner_uncut = a->inner;
        a->inner = NULL;
    }
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

behov_working_variance behov_vcov_working(const behov_vcov *vcov)
{
    return vcov->working;
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
