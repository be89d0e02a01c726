/* shrink_lasting.h - what the parts of the module shrink share under chance that lasts. Figures are scaled as the rows
 * are: residuals by a power of two, and 1 / population. */
#ifndef BEHOV_SRC_SHRINK_LASTING_H
#define BEHOV_SRC_SHRINK_LASTING_H

#include "shrink_parts.h"

/* The first three are LASTING, ROW and PERSON: tau, s0^2, s1^2. */
enum { PHI = N_VARIANCES, WHITE, SMALL, N_THETA };
#define PHI_MAX 0.98 /* phi -> 1 cannot be told from u */
/* Cells of phi in the grid, and points of tau in each. */
enum { N_CELLS = 49, N_TAUS = 7 };

/* Rows of one municipality in the order of years, and the covariance of their residuals
 *   S = Omega + tau 1 1',  Omega_ts = sqrt(v_t v_s) phi^|year_t - year_s| (1 - white, off the diagonal)
 * tau here is tau + small times the mean of 1 / population. */
typedef struct lasting_block {
    const panel_rows *rows;
    const int32_t *years;    /* of the rows */
    const size_t *positions; /* n, in rows */
    size_t n;
    double tau, phi, white, person;
    double *v, *root, *inverse_root, *reciprocal; /* n: v, its root, 1 / its root, 1 / v */
    double *ones;                                 /* n: S^-1 1 */
    double *diagonal, *beside;                    /* n: of Omega^-1, tridiagonal without white noise */
    double *omega_ones;                           /* n: Omega^-1 1 */
    double c;                                     /* S^-1 = Omega^-1 - c omega_ones omega_ones' */
    double own;                                   /* tau (1 - tau 1'S^-1 1): variance of u at the true b */
    double log_determinant;
    double *kept;                /* M x BLOCK_KEPT: what is kept of each municipality beside its rows' figures */
    double *inverse;             /* n x n: S^-1, with white noise alone */
    double *omega;               /* n x n, once asked for */
    double *power, *power_slope; /* of the gap: phi^g, g phi^(g - 1) */
    double *innovation;          /* of the gap: 1 / (1 - phi^(2 g)) */
    size_t n_powers;
    double *memory;
    size_t n_rows; /* with figures kept: those estimated on */
} lasting_block;

enum { BLOCK_FIGURES = 8, BLOCK_KEPT = 5 };

bool shrink_block_new(lasting_block *block, const lasting *lasting);
void shrink_block_free(lasting_block *block);
/* False when S is not positive definite. */
bool shrink_block_set(lasting_block *block, const size_t *positions, size_t n, const double *theta);
/* The same, kept as municipality number so and so, whose rows begin at `first`; and what was kept, without white noise. */
bool shrink_block_set_kept(lasting_block *block, size_t municipality, size_t first, const size_t *positions, size_t n,
                           const double *theta);
void shrink_block_recall(lasting_block *block, size_t municipality, size_t first, const size_t *positions, size_t n);
/* out = S^-1 x, n x width, row-major; not in place. */
void shrink_block_solve(const lasting_block *block, const double *x, size_t width, double *out);
/* Omega, n x n, which derivatives stand on. */
void shrink_block_omega(lasting_block *block);
/* The derivative of S by one of theta, n x n. */
void shrink_block_derivative(const lasting_block *block, int which, double *derivative);
/* phi^gap by the table. */
double shrink_block_power(const lasting_block *block, int64_t gap);

/* What is known of a municipality at a point of the grid. */
typedef struct lasting_posterior {
    double effect, own;                     /* u: mean, and variance at the true b */
    double last, last_chance;               /* of the last row: its residual about b, its variance of chance */
    double share;                           /* sum of the weights of u on rows */
    double pull_pull, pull_last, last_last; /* qw'C qw, qw'C q_T, q_T'C q_T */
} lasting_posterior;

/* A point of the grid. */
typedef struct lasting_point {
    double weight, theta[N_THETA];
    double kept[BEHOV_N_TARGETS], added[BEHOV_N_TARGETS]; /* as below, of a municipality with the panel's last year */
    double *change, *covariance; /* K; K x K: b against the residuals' and its covariance, in the basis */
} lasting_point;

struct lasting {
    panel_rows rows;           /* owned */
    int32_t *years;            /* N, of the rows */
    size_t *estimated, *whole; /* positions by municipality and year, those estimated on and all */
    size_t *first;             /* M + 1: where a municipality's estimated ones begin */
    double *x;                 /* rows estimated on in that order x stride: [Q r] and zeros */
    size_t stride;             /* K + 1 made a multiple of four, as columns go */
    int32_t last_year;
    int64_t longest_gap;
    size_t longest;
    unsigned horizon;
    behov_shrink_coefficients coefficients;
    double mean_square, mean_person; /* of the residuals; of 1 / population, 1 where it is not known */
    double low[N_THETA], high[N_THETA];
    bool is_free[N_THETA];
    double theta[N_THETA]; /* REML */
    lasting_point *points; /* by falling weight */
    size_t n_points;
    double *point_memory;
    lasting_posterior *posteriors; /* points x M */
    double *pulls;                 /* points x M x K: qw of u */
    int64_t *gaps;                 /* M: years from the last row to the panel's */
};

/* The restricted likelihood with its derivatives. */
typedef struct lasting_likelihood {
    const lasting *lasting;
    lasting_block block;
    double *w;            /* rows estimated on x stride: S^-1 [Q r], then [Y, P r] */
    double *whole;        /* (K + 1) x stride: lower triangle of [Q r]'S^-1 [Q r] */
    double *inverse_root; /* (K + 1) x stride: row j is column j of L^-1 and -b_j, so that [Q r] S^-1 makes [Y, P r] */
    double *g, *right;    /* K x K: L; K: L^-1 Q'S^-1 r */
    double *moved, *bent; /* longest x stride */
    double *derivatives, *shares; /* N_THETA x n x n each: V_j; S^-1 V_j */
    double *spreads, *spread;     /* Y Y', n x n: of every municipality, and of the one at hand */
    double *product;              /* n x n: S^-1 V_j Y Y' */
    double *fitted;               /* N_THETA x stride */
    double *batch;                /* N_THETA x rows of a batch x stride: V_j Y */
    double *matrices;             /* N_THETA x K x stride, lower triangles */
    double theta[N_THETA];        /* where it was last evaluated */
    bool has_blocks;              /* all municipalities' are kept, at theta */
    double value, score[N_THETA];
    double average[N_THETA * N_THETA];     /* average information f'P f / 2 */
    double information[N_THETA * N_THETA]; /* tr(P V_j P V_k) / 2 */
    double *memory;
} lasting_likelihood;

typedef enum lasting_order { VALUE, AVERAGE, EXPECTED } lasting_order;

bool shrink_lasting_new(lasting_likelihood *likelihood, const lasting *lasting);
void shrink_lasting_free(lasting_likelihood *likelihood);
/* The likelihood; from AVERAGE on its score and average information by the parameters that may move, with EXPECTED the
 * expected one too. False when it does not exist there. */
bool shrink_lasting_evaluate(lasting_likelihood *likelihood, const double *theta, const bool *may_move,
                             lasting_order order);
/* The expected information where it was last evaluated (AVERAGE), by any parameters. */
void shrink_lasting_expect(lasting_likelihood *likelihood, const bool *may_move);
/* Q'S^-1 Q and Q'S^-1 r of the last evaluation, solved: what GLS adds to b, and its covariance. */
void shrink_lasting_gls(const lasting_likelihood *likelihood, double *change, double *covariance);
/* C = Q'W S W Q at theta. */
void shrink_lasting_ols(lasting_likelihood *likelihood, const double *theta, double *covariance);

/* Maximises over those that may move, within bounds, until a step promises less than twice the tolerance of l; that step
 * is taken too, and its half added to the value, but the likelihood is left as evaluated (AVERAGE) before it. A value that
 * is nowhere near `hopeless` ends the search. False when it has not converged. */
bool shrink_lasting_maximise(lasting_likelihood *likelihood, double *theta, const bool *may_move, double tolerance,
                             double hopeless, size_t *n_steps);
/* Inverse of the expected information of those that may move and are at no border; zeros elsewhere. False when it is
 * singular. */
bool shrink_lasting_errors(const lasting_likelihood *likelihood, const double *theta, const bool *may_move,
                           double *inverse);
bool shrink_lasting_is_inside(const lasting *lasting, const double *theta, int which);
/* REML of all four from several starts. */
void shrink_lasting_reml(lasting_likelihood *likelihood, const double *start, double *theta,
                         behov_shrink_variances *variances);

/* The grid, begun with the cell of the REML estimate, whose l is `best`; NULL where memory is short. `likelihood` is for the
 * work, here and below. */
typedef struct lasting_grid lasting_grid;
lasting_grid *shrink_grid_new(lasting *lasting, lasting_likelihood *likelihood, double best);
/* The cells on one side of it, -1 or 1; the other side may be worked on at the same time. */
void shrink_grid_side(lasting_grid *grid, lasting_likelihood *likelihood, int side);
/* Points and weights, when both sides are there. */
behov_status shrink_grid_points(lasting_grid *grid, lasting_likelihood *likelihood, size_t n_threads,
                                behov_error *err) BEHOV_MUST_CHECK;

/* What is known of every municipality at every point. */
behov_status shrink_lasting_posteriors(lasting *lasting, size_t n_threads, behov_error *err) BEHOV_MUST_CHECK;
/* How much of the last row's chance the target holds, and the variance of what is added to it by the row of its own. */
double shrink_lasting_kept(unsigned horizon, double phi, int64_t gap, behov_shrink_target target);
double shrink_lasting_added(unsigned horizon, double phi, int64_t gap, behov_shrink_target target);

/* Everything under chance that lasts, into `shrink`, from rows that it takes over. */
behov_status shrink_estimate_lasting(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink,
                                     const double *independent, behov_error *err) BEHOV_MUST_CHECK;
void shrink_lasting_close(lasting *lasting);

/* A target of a municipality at a point; under independence there is one. Scaled by 2^-exponent. */
typedef struct shrink_view {
    double weight, level, own;         /* own: variance at the true b */
    double of_b;                       /* pull'C pull */
    const double *change, *covariance; /* of b; change NULL = 0 */
} shrink_view;

/* Levels and variances of all targets, and what GLS adds to b. */
void shrink_set_targets(behov_shrink *shrink);
size_t shrink_n_views(const behov_shrink *shrink);
int shrink_view_exponent(const behov_shrink *shrink);
/* `pull`: K, the level falls by pull'(change of b); under chance that lasts NULL = not asked for. */
shrink_view shrink_view_at(const behov_shrink *shrink, size_t point, size_t municipality, behov_shrink_target target,
                           double *pull);

#endif
