/* shrink_parts.h - what the parts of the module shrink share. */
#ifndef BEHOV_SRC_SHRINK_PARTS_H
#define BEHOV_SRC_SHRINK_PARTS_H

#include <behov/shrink.h>

#include "wide.h"

enum { LASTING, ROW, PERSON, N_VARIANCES }; /* tau, s0^2, s1^2 */

typedef struct municipality_rows {
    size_t first, n;    /* all rows */
    size_t n_estimated; /* those come first */
} municipality_rows;

typedef struct panel_rows {
    size_t n, n_regressors, n_municipalities, n_estimated;
    municipality_rows *municipality_rows; /* M */
    size_t *order;                        /* position in the caller's data */
    double *r, *person;                   /* scaled residual; scaled 1 / population */
    double *q, *weights;                  /* N x K; N */
    double floor;                         /* of v */
    int person_exponent;
    bool is_free[N_VARIANCES];
    size_t longest;
} panel_rows;

typedef struct likelihood {
    const panel_rows *rows;
    double *w, *p;        /* S^-1 Q, then Y = S^-1 Q L^-T: N x K; P r: N */
    double *g;            /* K x K: L, L L' = Q'S^-1 Q */
    double *right;        /* K */
    double *sums;         /* 3 x K */
    double *matrices;     /* 3 x K x K: M_k = Y'V_k Y */
    double *moved_values; /* N x 3: V_k P r */
    double value, score[N_VARIANCES];
    double information[N_VARIANCES * N_VARIANCES]; /* tr(S^-1 V_j S^-1 V_k) / 2 */
    double restricted[N_VARIANCES * N_VARIANCES];  /* tr(P V_j P V_k) / 2 */
    double curvature[N_VARIANCES * N_VARIANCES];   /* r'P V_j P V_k P r */
} likelihood;

/* Estimates under chance that lasts: shrink_lasting.h. */
typedef struct lasting lasting;

struct behov_shrink {
    size_t n_municipalities, n_regressors;
    behov_shrink_variances variances;
    int exponent;                             /* residuals are divided by 2^exponent inside */
    int weight_exponent;                      /* roots of weights too */
    int *column_exponents;                    /* K */
    double *triangle, *basis;                 /* K x K: R and T = R^-1 of the scaled columns */
    double *covariance;                       /* K x K, C */
    double *effects, *shares, *uncertainties; /* M, in the outcome's unit */
    double *own;                              /* M: tau / (1 + tau A) + 2 g3 */
    double *pulls;                            /* M x K, qw */
    double *chance;                           /* M: variance of chance of the last row */
    size_t *last_rows;                        /* M: of the caller's rows; SIZE_MAX without any */
    double *targets;                          /* targets x 2 x M: levels, variances; of other targets than u */
    double *change;                           /* K: what GLS adds to b, in the caller's columns */
    behov_lag_correlation *correlations;
    size_t n_correlations;
    lasting *lasting; /* NULL under independence */
};

/* ---- small matrices ---- */

double shrink_dot(const double *x, const double *y, size_t n);
/* The same in four sums side by side: faster, and another last digit. */
static inline double shrink_quick_dot(const double *x, const double *y, size_t n)
{
    behov_four sums = {0, 0, 0, 0};
    size_t k = 0;
    for (; k + 4 <= n; k += 4)
        sums += *(const behov_four *)(x + k) * *(const behov_four *)(y + k);
    double first = sums[0];
    for (; k < n; k++)
        first += x[k] * y[k];
    return (first + sums[1]) + (sums[2] + sums[3]);
}
/* Lower triangle L of a positive semidefinite matrix, in place, zeros above. A pivot that is nothing but rounding
 * leaves a column of zeros. Returns log |matrix|, -infinity when it is singular. */
double shrink_cholesky(double *matrix, size_t n);
/* x = L^-1 x, x = L^-T x in place. */
void shrink_solve_lower(const double *lower, size_t n, double *x);
void shrink_solve_upper(const double *lower, size_t n, double *x);
/* matrix += weight x x'. */
void shrink_add_outer(double *matrix, const double *x, double weight, size_t n);
/* x'matrix x, never below 0. */
double shrink_quadratic(const double *matrix, const double *x, size_t n);
/* Cubic between two tabulated values, each followed by its slope times the step, at t = 0 .. 1 of the way. */
static inline double shrink_cubic(const double *table, double t)
{
    double rise = table[2] - table[0];
    return table[0] + t * (table[1] + t * (3 * rise - 2 * table[1] - table[3] + t * (table[1] + table[3] - 2 * rise)));
}

/* ---- rows ---- */

behov_status shrink_check(const behov_shrink_data *data, behov_error *err) BEHOV_MUST_CHECK;
/* Rows of each municipality side by side, those estimated on first. */
void shrink_sort_rows(const behov_shrink_data *data, panel_rows *rows);
void shrink_scale_rows(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink);
/* Q of all rows, from the triangle of those estimated on. */
behov_status shrink_make_basis(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink,
                               behov_error *err) BEHOV_MUST_CHECK;
void shrink_rows_free(panel_rows *panel_rows);
/* q of a row of regressors as the caller has them. */
void shrink_to_basis(const behov_shrink *shrink, const double *regressors, double *q);

/* ---- variances and levels under independent chance ---- */

void shrink_likelihood_free(likelihood *likelihood);
double shrink_row_variance(const panel_rows *rows, const double *variances, size_t i);
/* Solves matrix x = right for the variances that move, the others 0. False when it is not positive definite. */
bool shrink_solve_moving(const double *whole, const double *whole_right, const bool *is_moving, double *x);
void shrink_maximise(likelihood *likelihood, double *variances, behov_shrink_variances *shrink_variances);
/* C = Q'W S W Q over the rows estimated on. */
void shrink_covariance_of_b(const panel_rows *rows, const double *variances, double *sum, double *covariance);
/* Inverse of the information of the variances that were estimated, zero elsewhere; of its diagonal where the
 * variances cannot be told apart. */
void shrink_invert_information(const likelihood *likelihood, double *inverse);
void shrink_predict_levels(const panel_rows *rows, const double *variances, const double *inverse, double *work,
                           behov_shrink *shrink);

#endif
