/* shrink_scoring.c - maxima of the restricted likelihood when chance lasts: steps by the average information, damped until
 * the likelihood rises, with an active set at the bounds. */
#include "shrink_lasting.h"

#include <math.h>
#include <string.h>

enum { STEPS_MAX = 200, DAMPINGS_MAX = 40 };

bool shrink_lasting_is_inside(const lasting *lasting, const double *theta, int which)
{
    return theta[which] > lasting->low[which] && theta[which] < lasting->high[which];
}

/* The free rows and columns of a symmetric matrix, damped, factored. */
static bool factor_free(const double *whole, const int *which, size_t n, double damping, double *factor)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            factor[i * n + j] = whole[which[i] * N_THETA + which[j]] * (i == j ? 1 + damping : 1);
    return isfinite(shrink_cholesky(factor, n));
}

/* Those that move: at a bound only inwards. */
static size_t free_ones(const lasting_likelihood *likelihood, const double *theta, const bool *may_move, int *which)
{
    const lasting *lasting = likelihood->lasting;
    size_t n = 0;
    for (int k = 0; k < N_THETA; k++)
        if (may_move[k] && !(theta[k] <= lasting->low[k] && likelihood->score[k] <= 0) &&
            !(theta[k] >= lasting->high[k] && likelihood->score[k] >= 0))
            which[n++] = k;
    return n;
}

/* A step of the free ones; what it promises, score'step. Negative when there is none. */
static double take_step(const double *average, const double *score, const int *which, size_t n, double damping,
                        double *step)
{
    double factor[N_THETA * N_THETA], promised = 0;
    if (!factor_free(average, which, n, damping, factor))
        return -1;
    for (size_t i = 0; i < n; i++)
        step[i] = score[which[i]];
    shrink_solve_lower(factor, n, step);
    shrink_solve_upper(factor, n, step);
    for (size_t i = 0; i < n; i++)
        promised += step[i] * score[which[i]];
    return promised;
}

/* The last step needs no likelihood: it rises by half of what the step promises, but for terms of the third order. */
static void take_last(lasting_likelihood *likelihood, double *theta, const int *which, size_t n, const double *step,
                      double promised)
{
    const lasting *lasting = likelihood->lasting;
    for (size_t i = 0; i < n; i++)
        theta[which[i]] = fmin(fmax(theta[which[i]] + step[i], lasting->low[which[i]]), lasting->high[which[i]]);
    likelihood->value += promised / 2;
}

/* One step from where the likelihood was last evaluated (AVERAGE), by a matrix of information. STUCK: none of its length
 * raises the likelihood, which is then left as evaluated elsewhere. */
typedef enum outcome { MOVED, ENDED, STUCK } outcome;

typedef struct search {
    lasting_likelihood *likelihood;
    const bool *may_move;
    double tolerance, hopeless;
    int which[N_THETA];
    size_t n; /* of those that move */
    double score[N_THETA], value;
} search;

static outcome move(const search *search, const double *information, double *theta)
{
    lasting_likelihood *likelihood = search->likelihood;
    const lasting *lasting = likelihood->lasting;
    const int *which = search->which;
    double step[N_THETA], tried[N_THETA], damping = 0;
    for (int damped = 0; damped < DAMPINGS_MAX; damped++) {
        double promised = take_step(information, search->score, which, search->n, damping, step);
        if (promised < 0) {
            damping = 10 * damping + 1e-3;
            continue;
        }
        if (promised < search->tolerance) {
            if (damped > 0)
                return STUCK; /* the step from the last accepted place, as small as the digits allow */
            take_last(likelihood, theta, which, search->n, step, promised);
            return ENDED;
        }
        if (search->value + 4 * promised + 4 < search->hopeless)
            return ENDED;
        memcpy(tried, theta, sizeof tried);
        for (size_t i = 0; i < search->n; i++)
            tried[which[i]] = fmin(fmax(theta[which[i]] + step[i], lasting->low[which[i]]), lasting->high[which[i]]);
        if (shrink_lasting_evaluate(likelihood, tried, search->may_move, AVERAGE) &&
            likelihood->value > search->value - (promised > 1e-8 ? 0 : 1e-9)) {
            memcpy(theta, tried, sizeof tried);
            return MOVED;
        }
        damping = 8 * damping + 0.01;
    }
    return STUCK;
}

/* What a step promises, damped no more than it takes to solve for one: with two years phi and the variances lie on a ridge
 * along which the likelihood does not change, and no matrix of information can be solved undamped. */
static double promise(const double *information, const search *search)
{
    double step[N_THETA];
    double promised = take_step(information, search->score, search->which, search->n, 0, step);
    for (double damping = 1e-12; promised < 0 && damping < 1e-2; damping *= 10)
        promised = take_step(information, search->score, search->which, search->n, damping, step);
    return promised;
}

/* Whether the likelihood is within half of 1e-8 of its maximum. */
static bool is_at_top(const double *information, const search *search)
{
    double promised = promise(information, search);
    return promised >= 0 && promised < 1e-8;
}

/* The average information is of these residuals: where they sum to 0 in every municipality it knows nothing of tau, and
 * no step can be solved for. The expected one then leads on. */
static outcome move_by_either(search *search, double *theta)
{
    lasting_likelihood *likelihood = search->likelihood;
    double matrix[N_THETA * N_THETA];
    memcpy(matrix, likelihood->average, sizeof matrix);
    memcpy(search->score, likelihood->score, sizeof search->score);
    search->value = likelihood->value;
    search->n = free_ones(likelihood, theta, search->may_move, search->which);
    outcome outcome = move(search, matrix, theta);
    if (outcome != STUCK)
        return outcome;
    shrink_lasting_evaluate(likelihood, theta, search->may_move, AVERAGE);
    if (is_at_top(matrix, search))
        return ENDED;
    shrink_lasting_expect(likelihood, search->may_move);
    memcpy(matrix, likelihood->information, sizeof matrix);
    outcome = move(search, matrix, theta);
    if (outcome == STUCK)
        shrink_lasting_evaluate(likelihood, theta, search->may_move, AVERAGE);
    return outcome;
}

bool shrink_lasting_maximise(lasting_likelihood *likelihood, double *theta, const bool *may_move, double tolerance,
                             double hopeless, size_t *n_steps)
{
    if (!shrink_lasting_evaluate(likelihood, theta, may_move, AVERAGE))
        return false;
    search search = {.likelihood = likelihood, .may_move = may_move, .tolerance = tolerance, .hopeless = hopeless};
    for (int number = 0; number < STEPS_MAX; number++) {
        outcome outcome = move_by_either(&search, theta);
        if (outcome != MOVED)
            return outcome == ENDED;
        ++*n_steps;
    }
    /* With few municipalities the average information is far from the curvature, and steps become small slowly. */
    memcpy(search.score, likelihood->score, sizeof search.score);
    search.n = free_ones(likelihood, theta, may_move, search.which);
    return is_at_top(likelihood->average, &search);
}

bool shrink_lasting_errors(const lasting_likelihood *likelihood, const double *theta, const bool *may_move,
                           double *inverse)
{
    int which[N_THETA];
    size_t n = 0;
    double factor[N_THETA * N_THETA], unit[N_THETA];
    memset(inverse, 0, N_THETA * N_THETA * sizeof *inverse);
    for (int k = 0; k < N_THETA; k++)
        if (may_move[k] && shrink_lasting_is_inside(likelihood->lasting, theta, k))
            which[n++] = k;
    if (!factor_free(likelihood->information, which, n, 0, factor))
        return false;
    for (size_t j = 0; j < n; j++) {
        memset(unit, 0, sizeof unit);
        unit[j] = 1;
        shrink_solve_lower(factor, n, unit);
        shrink_solve_upper(factor, n, unit);
        for (size_t i = 0; i < n; i++)
            inverse[which[i] * N_THETA + which[j]] = unit[i];
    }
    return true;
}

/* From values of phi by the three variances, warm; then all four from the best. */
void shrink_lasting_reml(lasting_likelihood *likelihood, const double *start, double *theta,
                         behov_shrink_variances *variances)
{
    static const double phis[] = {0, 0.2, 0.5, 0.75, 0.9, 0.97};
    const lasting *lasting = likelihood->lasting;
    double best = -INFINITY, tried[N_THETA];
    bool held[N_THETA];
    memcpy(held, lasting->is_free, sizeof held);
    held[PHI] = false;
    memcpy(tried, start, sizeof tried);
    memcpy(theta, start, sizeof tried);
    for (size_t i = 0; i < sizeof phis / sizeof *phis; i++) {
        tried[PHI] = phis[i];
        if (tried[LASTING] < 1e-3 * lasting->mean_square && lasting->is_free[LASTING])
            tried[LASTING] = 1e-3 * lasting->mean_square;
        shrink_lasting_maximise(likelihood, tried, held, 1e-2, best, &variances->n_steps);
        /* with two years all phi may be as likely: then it is 0, not what rounding prefers */
        if (likelihood->value > best + 1e-8 && isfinite(likelihood->value)) {
            best = likelihood->value;
            memcpy(theta, tried, sizeof tried);
        }
    }
    memcpy(tried, start, sizeof tried); /* where chance does not last, with u at its border too */
    tried[PHI] = 0;
    if (shrink_lasting_evaluate(likelihood, tried, lasting->is_free, VALUE) && likelihood->value > best)
        memcpy(theta, tried, sizeof tried);
    variances->is_converged =
        shrink_lasting_maximise(likelihood, theta, lasting->is_free, 1e-18, -INFINITY, &variances->n_steps);
    /* it began no lower than there: what is lower is rounding */
    variances->log_likelihood = fmax(likelihood->value, variances->independent_log_likelihood);
}
