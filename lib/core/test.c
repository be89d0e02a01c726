/* test.c - the Wald test of linear hypotheses, from the orthonormal basis of the fit. */
#include <behov/inference.h>
#include <behov/test.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fit_parts.h"
#include "linalg.h"
#include "test_parts.h"
#include "vcov_parts.h"

/* R b less a value. */
static extended left_side(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i, double value)
{
    extended sum = extended_of(-value);
    for (size_t k = 0; k < hypothesis->n_regressors; k++) {
        double weight = hypothesis->matrix[i * hypothesis->n_regressors + k];
        if (weight != 0)
            sum = extended_add(sum, extended_multiply(fit->coefficients[k], extended_of(weight)));
    }
    return sum;
}

double hypothesis_gap(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i)
{
    return extended_round(left_side(hypothesis, fit, i, hypothesis->values[i]));
}

double hypothesis_left(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i)
{
    return extended_round(left_side(hypothesis, fit, i, 0));
}

behov_status hypothesis_check(const behov_hypothesis *hypothesis, const behov_fit *fit, behov_error *err)
{
    if (hypothesis->n_regressors != behov_fit_n_regressors(fit))
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_OTHER_FIT);
    for (size_t k = 0; k < hypothesis->n_regressors; k++)
        for (size_t i = 0; i < hypothesis->n_restrictions; i++)
            if (hypothesis->matrix[i * hypothesis->n_regressors + k] != 0 && behov_fit_is_dropped(fit, k))
                return behov_error_say(err, BEHOV_E_NAME, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_DROPPED,
                                       behov_cut(hypothesis->names[k], 100).text);
    return BEHOV_OK;
}

/* The one coefficient that a single restriction names, n_regressors when it names several. */
static size_t only_coefficient(const behov_hypothesis *hypothesis)
{
    size_t count = 0, only = 0;
    for (size_t k = 0; k < hypothesis->n_regressors; k++)
        if (hypothesis->matrix[k] != 0)
            count++, only = k;
    return hypothesis->n_restrictions == 1 && count == 1 ? only : hypothesis->n_regressors;
}

/* R V R', q x q. */
static void covariance(const behov_hypothesis *hypothesis, const double *v, double *block)
{
    size_t n = hypothesis->n_regressors, q = hypothesis->n_restrictions;
    for (size_t i = 0; i < q; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t k = 0; k < n; k++) {
                double weight = hypothesis->matrix[i * n + k], inner = 0;
                if (weight == 0)
                    continue;
                for (size_t l = 0; l < n; l++)
                    if (hypothesis->matrix[j * n + l] != 0)
                        inner += v[k * n + l] * hypothesis->matrix[j * n + l];
                sum += weight * inner;
            }
            block[i * q + j] = block[j * q + i] = sum;
        }
}

/* A hypothesis in the orthonormal basis: R T = L Q, rows of Q of length 1, and h = L^-1 (R b - r). Each restriction is
 * scaled by a power of two, 2^-shift, and the outcome as in the fit. */
typedef struct turned {
    size_t n, rank;
    double *directions; /* n x rank: rows of R T, rounded */
    double *rows;       /* n x rank: Q */
    double *h;          /* n */
    int *shifts;
} turned;

static void turned_free(turned *turned)
{
    free(turned->directions), free(turned->rows), free(turned->h), free(turned->shifts);
}

/* Row i of R T in double-double; the largest weight near 1. */
static void turn_restriction(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i, extended *row,
                             int *shift)
{
    size_t rank = fit->rank;
    const double *weights = hypothesis->matrix + i * hypothesis->n_regressors;
    int exponent;
    bool is_first = true;
    for (size_t p = 0; p < rank; p++) {
        double weight = weights[fit->kept_positions[p]];
        if (weight == 0)
            continue;
        frexp(weight, &exponent);
        exponent += fit->outcome_exponent - fit->exponents[fit->kept_positions[p]];
        *shift = is_first || exponent > *shift ? exponent : *shift;
        is_first = false;
    }
    for (size_t q = 0; q < rank; q++)
        row[q] = extended_of(0);
    for (size_t p = 0; p < rank; p++) {
        double weight = weights[fit->kept_positions[p]];
        if (weight == 0)
            continue;
        weight = ldexp(weight, fit->outcome_exponent - fit->exponents[fit->kept_positions[p]] - *shift);
        for (size_t q = p; q < rank; q++)
            row[q] = extended_add(row[q], extended_multiply(fit->inverse[p * rank + q], extended_of(weight)));
    }
}

/* Gram-Schmidt with one repetition in double-double, the gaps along. check_rank has seen that the rows of R are
 * independent. */
static behov_status turn(const behov_hypothesis *hypothesis, const behov_fit *fit, turned *new_turned, behov_error *err)
{
    size_t q = hypothesis->n_restrictions, rank = fit->rank;
    *new_turned = (turned){.n = q, .rank = rank};
    extended *rows = behov_alloc(q, (rank + 1) * sizeof *rows), *h = rows ? rows + q * rank : NULL;
    new_turned->directions = behov_alloc(q, rank * sizeof *new_turned->directions);
    new_turned->rows = behov_alloc(q, rank * sizeof *new_turned->rows);
    new_turned->h = behov_alloc(q, sizeof *new_turned->h);
    new_turned->shifts = behov_alloc(q, sizeof *new_turned->shifts);
    behov_status status = rows && new_turned->directions && new_turned->rows && new_turned->h && new_turned->shifts
                              ? BEHOV_OK
                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_WALD_TEST);
    for (size_t i = 0; i < q && !status; i++) {
        extended *row = rows + i * rank, gap = left_side(hypothesis, fit, i, hypothesis->values[i]);
        turn_restriction(hypothesis, fit, i, row, &new_turned->shifts[i]);
        h[i] = (extended){ldexp(gap.hi, -new_turned->shifts[i]), ldexp(gap.lo, -new_turned->shifts[i])};
        for (size_t k = 0; k < rank; k++)
            new_turned->directions[i * rank + k] = extended_round(row[k]);
        for (int pass = 0; pass < 2; pass++)
            for (size_t j = 0; j < i; j++) {
                extended dot = extended_of(0);
                for (size_t k = 0; k < rank; k++)
                    dot = extended_add(dot, extended_multiply(row[k], rows[j * rank + k]));
                for (size_t k = 0; k < rank; k++)
                    row[k] = extended_subtract(row[k], extended_multiply(dot, rows[j * rank + k]));
                h[i] = extended_subtract(h[i], extended_multiply(dot, h[j]));
            }
        extended squares = extended_of(0);
        for (size_t k = 0; k < rank; k++)
            squares = extended_add(squares, extended_multiply(row[k], row[k]));
        extended length = extended_square_root(squares);
        for (size_t k = 0; k < rank; k++) {
            row[k] = extended_divide(row[k], length);
            new_turned->rows[i * rank + k] = extended_round(row[k]);
        }
        h[i] = extended_divide(h[i], length);
        new_turned->h[i] = extended_round(h[i]);
    }
    free(rows);
    return status;
}

/* The first restriction whose variance is 0, q when none is: in exact arithmetic 0 (a coefficient that one cluster
 * decides) is rounding, squared, of the classical one, 1e-30 or so. */
static size_t find_zero(const behov_vcov *vcov, const behov_fit *fit, const turned *turned)
{
    double rss = ldexp(fit->rss, -2 * fit->outcome_exponent);
    for (size_t i = 0; i < turned->n; i++) {
        const double *direction = turned->directions + i * turned->rank;
        double length = 0;
        for (size_t k = 0; k < turned->rank; k++)
            length += direction[k] * direction[k];
        if (!(vcov_in_direction(vcov, direction) > 1e-24 * rss * length))
            return i;
    }
    return turned->n;
}

/* Two-way: what the cut leaves of a negative variance is no measure of error (inference.c holds to the same). The first
 * coefficient of the hypothesis with one, n_regressors when there is none. */
static size_t find_negative(const behov_vcov *vcov, const behov_hypothesis *hypothesis)
{
    const double *uncut = behov_vcov_uncut(vcov);
    for (size_t i = 0; i < hypothesis->n_restrictions * hypothesis->n_regressors && uncut; i++)
        if (hypothesis->matrix[i] != 0 && !(uncut[i % hypothesis->n_regressors] > 0))
            return i % hypothesis->n_regressors;
    return hypothesis->n_regressors;
}

/* The first restriction of whose error V holds nothing, or not all: one cluster alone identifies it. */
static behov_status check_sole(const behov_vcov *vcov, const behov_hypothesis *hypothesis, const turned *turned,
                               double *share, behov_error *err)
{
    for (size_t i = 0; i < turned->n; i++) {
        double own = vcov_lacks(vcov, turned->directions + i * turned->rank);
        *share = own > *share ? own : *share;
        if (!vcov_is_too_large(vcov, own))
            continue;
        const char *sole = NULL;
        for (size_t k = 0; k < hypothesis->n_regressors && !sole; k++)
            if (hypothesis->matrix[i * hypothesis->n_regressors + k] != 0)
                sole = behov_vcov_sole(vcov, k);
        const char *left = behov_hypothesis_left(hypothesis, i), *place = sole ? sole : PHRASE_HYPOTHESIS_ONE_CLUSTER;
        return behov_vcov_n_clusters(vcov)
                   ? behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_SOLE_CLUSTER, left,
                                     place)
                   : behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_SOLE_ROW, left, place);
    }
    return BEHOV_OK;
}

typedef struct wald_parts {
    size_t zero; /* the first restriction whose variance is 0, q when none is */
    double wald; /* (Rb - r)'(R V R')^-1 (Rb - r), NaN when singular */
    double se;   /* of a single restriction */
    double f, dof2;
    double share;     /* the largest that one cluster alone identifies */
    bool is_negative; /* two-way: a variance that was negative before eigenvalues were cut is part of it */
} wald_parts;

static behov_status wald_in_basis(const behov_vcov *vcov, const behov_fit *fit, const behov_hypothesis *hypothesis,
                                  wald_parts *wald_parts, behov_error *err)
{
    turned turned;
    size_t only = only_coefficient(hypothesis), n = hypothesis->n_regressors;
    behov_status status = turn(hypothesis, fit, &turned, err);
    if (!status)
        status = check_sole(vcov, hypothesis, &turned, &wald_parts->share, err);
    if (!status) {
        wald_parts->zero = find_zero(vcov, fit, &turned);
        if (wald_parts->zero == turned.n)
            status = vcov_quadratic(vcov, turned.n, turned.rows, turned.h, &wald_parts->wald, err);
    }
    if (!status && only < n) { /* its degrees of freedom as they stand beside it */
        wald_parts->f = wald_parts->wald;
        wald_parts->dof2 = behov_vcov_dof_of(vcov, only);
    } else if (!status && !isnan(wald_parts->wald)) {
        status = vcov_f(vcov, turned.n, turned.rows, wald_parts->wald, &wald_parts->f, &wald_parts->dof2, err);
    }
    if (!status && turned.n == 1)
        wald_parts->se = only < n ? fabs(hypothesis->matrix[only]) * sqrt(behov_vcov_matrix(vcov)[only * n + only])
                                  : ldexp(sqrt(vcov_in_direction(vcov, turned.directions)), turned.shifts[0]);
    turned_free(&turned);
    return status;
}

/* The same from V itself, where its eigenvalues were cut. */
static behov_status wald_of_cut(const behov_vcov *vcov, const behov_fit *fit, const behov_hypothesis *hypothesis,
                                wald_parts *wald_parts, behov_error *err)
{
    size_t q = hypothesis->n_restrictions;
    double *block = behov_alloc(q, (2 * q + 1) * sizeof *block), *gap = block ? block + q * q : NULL;
    behov_status memory = BEHOV_OK;
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_WALD_TEST);
    turned turned;
    bool is_positive = false;
    behov_status status = turn(hypothesis, fit, &turned, err);
    if (!status)
        status = vcov_is_positive(vcov, q, turned.rows, &is_positive, err);
    turned_free(&turned);
    wald_parts->is_negative = !status && !is_positive;
    if (status || !is_positive) {
        free(block);
        return status;
    }
    double *classical = gap + q;
    covariance(hypothesis, fit->bread, classical);
    covariance(hypothesis, behov_vcov_matrix(vcov), block);
    wald_parts->zero = q;
    for (size_t i = 0; i < q; i++) {
        gap[i] = hypothesis_gap(hypothesis, fit, i);
        if (!(block[i * q + i] > 1e-24 * fit->rss * classical[i * q + i]) && wald_parts->zero == q)
            wald_parts->zero = i;
    }
    if (wald_parts->zero == q && !behov_quadratic_inverse(block, q, gap, &wald_parts->wald, &memory))
        wald_parts->wald = NAN;
    wald_parts->f = wald_parts->wald / (double)q;
    wald_parts->dof2 = behov_vcov_dof(vcov);
    wald_parts->se = sqrt(block[0]);
    free(block);
    return memory ? behov_out_of_memory(err, PHRASE_MEMORY_FOR_WALD_TEST) : BEHOV_OK;
}

bool behov_wald_is_unreliable(const behov_vcov *vcov, size_t n_restrictions)
{
    size_t n_clusters = behov_vcov_n_clusters(vcov);
    return n_clusters && behov_vcov_kind_of(vcov) != BEHOV_VCOV_CV2 && n_restrictions > 1 &&
           4 * n_restrictions > n_clusters;
}

behov_status behov_wald(const behov_vcov *vcov, const behov_fit *fit, const behov_hypothesis *hypothesis,
                        behov_wald_result *result, behov_error *err)
{
    size_t q = hypothesis->n_restrictions, n_clusters = behov_vcov_n_clusters(vcov), zero = q;
    behov_status status = hypothesis_check(hypothesis, fit, err);
    if (status)
        return status;
    if (behov_vcov_n_regressors(vcov) != hypothesis->n_regressors)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_HYPOTHESIS_WHERE, SAY_COVARIANCE_NOT_OF_FIT);
    if (behov_fit_is_exact(fit))
        return behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_FIT_EXACT_NOT_TESTED);
    if (n_clusters && q > n_clusters - 1) /* V has rank G - 1 at the most */
        return behov_error_say(err, BEHOV_E_TOO_FEW, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_TOO_FEW_CLUSTERS, q,
                               n_clusters, n_clusters - 1);
    size_t negative = find_negative(vcov, hypothesis);
    if (negative < hypothesis->n_regressors)
        return behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_NEGATIVE_VARIANCE,
                               behov_cut(hypothesis->names[negative], 200).text);
    wald_parts wald_parts = {q, NAN, NAN, NAN, NAN, 0, false};
    status = (vcov_has_basis(vcov) ? wald_in_basis : wald_of_cut)(vcov, fit, hypothesis, &wald_parts, err);
    if (status)
        return status;
    if (wald_parts.is_negative) {
        behov_excerpt left = behov_cut(behov_hypothesis_left(hypothesis, 0), 200);
        return q == 1 ? behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_NEGATIVE_VARIANCE,
                                        left.text)
                      : behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_NEGATIVE_TOGETHER,
                                        left.text);
    }
    zero = wald_parts.zero;
    if (isnan(wald_parts.wald)) {
        behov_excerpt left = behov_cut(behov_hypothesis_left(hypothesis, zero < q ? zero : 0), 200);
        return zero < q
                   ? behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_ERROR_ZERO, left.text)
                   : behov_error_say(err, BEHOV_E_RANK, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_SINGULAR, left.text);
    }
    if (isnan(wald_parts.f))
        return behov_error_say(err, BEHOV_E_TOO_FEW, PHRASE_HYPOTHESIS_WHERE, SAY_HYPOTHESIS_TOO_FEW_DOF, q);
    *result = (behov_wald_result){.n_restrictions = q,
                                  .f = wald_parts.f,
                                  .dof1 = (double)q,
                                  .dof2 = wald_parts.dof2,
                                  .estimate = NAN,
                                  .null = NAN,
                                  .se = NAN,
                                  .t = NAN,
                                  .sole_share = wald_parts.share,
                                  .is_unreliable = behov_wald_is_unreliable(vcov, q)};
    result->p = behov_f_p(result->f, result->dof1, result->dof2);
    if (q == 1) {
        result->null = hypothesis->values[0];
        result->estimate = hypothesis_left(hypothesis, fit, 0);
        result->se = wald_parts.se;
        result->t = hypothesis_gap(hypothesis, fit, 0) / wald_parts.se;
        result->p = behov_t_p(result->t, result->dof2);
    }
    return BEHOV_OK;
}
