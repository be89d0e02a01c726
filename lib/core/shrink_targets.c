/* shrink_targets.c - ratios, outcomes and probabilities of levels, from the points of the grid; under independence there
 * is one.
 *
 * At a point, need N = need + q'(change of b), level L, c = pull, C the covariance of b:
 *   ratio 100 (1 + L / N), to first order its error is that of L less L / N times that of N, over N:
 *   variance 100^2 (own + e'C e) / N^2, e = -c - (L / N) q
 *   outcome N + L, variance own + (q - c)'C (q - c)
 *   P(ratio_i > ratio_j) = Phi(d / s), d = L_i / N_i - L_j / N_j, s^2 = own_i / N_i^2 + own_j / N_j^2 + f'C f,
 *   f = e_i / N_i - e_j / N_j: b is the same for both
 * and their means over the grid by weight; a probability is that of the mixture, not of the normal distribution with its
 * mean and variance. */
#include <behov/shrink.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"
#include "parallel.h"
#include "shrink_lasting.h"

enum { PARTS = 16 }; /* of the municipalities compared */

const double *behov_shrink_levels(const behov_shrink *shrink, behov_shrink_target target)
{
    return shrink->targets + (size_t)target * 2 * shrink->n_municipalities;
}

const double *behov_shrink_level_variances(const behov_shrink *shrink, behov_shrink_target target)
{
    return behov_shrink_levels(shrink, target) + shrink->n_municipalities;
}

const double *behov_shrink_change(const behov_shrink *shrink)
{
    return shrink->change;
}

size_t behov_shrink_correlations(const behov_shrink *shrink, const behov_lag_correlation **correlations)
{
    *correlations = shrink->correlations;
    return shrink->n_correlations;
}

/* A ratio less 1 at a point: mean, variance at the true b, and how it moves with b. */
typedef struct ratio_view {
    double weight, need, ratio, own;
    const double *covariance;
} ratio_view;

static double moved_need(const shrink_view *view, double need, const double *q, size_t width)
{
    return view->change ? need + shrink_dot(q, view->change, width) : need;
}

static ratio_view ratio_at(const behov_shrink *shrink, size_t point, behov_shrink_target target, size_t municipality,
                           double need, const double *q, double *moves)
{
    size_t width = shrink->n_regressors;
    shrink_view view = shrink_view_at(shrink, point, municipality, target, moves);
    double moved = moved_need(&view, need, q, width), ratio = moved > 0 ? view.level / moved : NAN;
    for (size_t k = 0; k < width; k++)
        moves[k] = (-moves[k] - ratio * q[k]) / moved;
    return (ratio_view){view.weight, moved, ratio, view.own / (moved * moved), view.covariance};
}

static double probability_of(double mean, double variance)
{
    if (variance > 0)
        return gsl_cdf_ugaussian_P(mean / sqrt(variance));
    return mean > 0 ? 1 : mean < 0 ? 0 : 0.5;
}

static bool has_level(const behov_shrink *shrink, size_t municipality)
{
    return !isnan(shrink->targets[municipality]);
}

behov_lasting behov_shrink_target_ratio(const behov_shrink *shrink, behov_shrink_target target,
                                        const behov_shrink_need *need, double level)
{
    double q[BEHOV_WIDTH_MAX], moves[BEHOV_WIDTH_MAX];
    double mean = 0, square = 0, above = 0, scaled = ldexp(need->need, -shrink_view_exponent(shrink));
    size_t width = shrink->n_regressors;
    if (!(need->need > 0) || !has_level(shrink, need->municipality))
        return (behov_lasting){NAN, {NAN, NAN}, NAN};
    shrink_to_basis(shrink, need->regressors, q);
    for (size_t p = 0; p < shrink_n_views(shrink); p++) {
        shrink_view view = shrink_view_at(shrink, p, need->municipality, target, moves);
        double moved = moved_need(&view, scaled, q, width), part = moved > 0 ? view.level / moved : NAN;
        for (size_t k = 0; k < width; k++) /* -e */
            moves[k] += part * q[k];
        double variance = (view.own + shrink_quadratic(view.covariance, moves, width)) / (moved * moved);
        mean += view.weight * part;
        square += view.weight * (variance + part * part);
        /* the level is above the need whatever the need is */
        above += view.weight * probability_of(view.level, view.own + view.of_b);
    }
    double variance = 1e4 * fmax(square - mean * mean, 0), ratio = 100 * (1 + mean);
    return (behov_lasting){ratio, behov_level_interval(ratio, variance, INFINITY, level), fmin(above, 1)};
}

double behov_shrink_outcome(const behov_shrink *shrink, behov_shrink_target target, const behov_shrink_need *need,
                            double level, behov_interval *interval)
{
    double q[BEHOV_WIDTH_MAX], pull[BEHOV_WIDTH_MAX], mean = 0, square = 0;
    int exponent = shrink_view_exponent(shrink);
    size_t width = shrink->n_regressors;
    *interval = (behov_interval){NAN, NAN};
    if (isnan(need->need) || !has_level(shrink, need->municipality))
        return NAN;
    shrink_to_basis(shrink, need->regressors, q);
    for (size_t p = 0; p < shrink_n_views(shrink);
         p++) { /* from the need as given, so that squares keep their digits */
        shrink_view view = shrink_view_at(shrink, p, need->municipality, target, pull);
        double outcome = view.level + moved_need(&view, 0, q, width);
        for (size_t k = 0; k < width; k++)
            pull[k] = q[k] - pull[k];
        mean += view.weight * outcome;
        square += view.weight * (view.own + shrink_quadratic(view.covariance, pull, width) + outcome * outcome);
    }
    double outcome = need->need + ldexp(mean, exponent);
    *interval = behov_level_interval(outcome, ldexp(fmax(square - mean * mean, 0), 2 * exponent), INFINITY, level);
    return outcome;
}

double behov_shrink_probability(const behov_shrink *shrink, behov_shrink_target target, const behov_shrink_need *first,
                                const behov_shrink_need *second)
{
    double q[BEHOV_WIDTH_MAX], moves[BEHOV_WIDTH_MAX], other[BEHOV_WIDTH_MAX], probability = 0;
    size_t width = shrink->n_regressors;
    int exponent = shrink_view_exponent(shrink);
    if (!(first->need > 0) || !(second->need > 0) || !has_level(shrink, first->municipality) ||
        !has_level(shrink, second->municipality))
        return NAN;
    if (first->municipality == second->municipality)
        return 0.5;
    for (size_t p = 0; p < shrink_n_views(shrink); p++) {
        shrink_to_basis(shrink, first->regressors, q);
        ratio_view i = ratio_at(shrink, p, target, first->municipality, ldexp(first->need, -exponent), q, moves);
        shrink_to_basis(shrink, second->regressors, q);
        ratio_view j = ratio_at(shrink, p, target, second->municipality, ldexp(second->need, -exponent), q, other);
        for (size_t k = 0; k < width; k++)
            moves[k] -= other[k];
        probability +=
            i.weight * probability_of(i.ratio - j.ratio, i.own + j.own + shrink_quadratic(i.covariance, moves, width));
    }
    return fmin(probability, 1);
}

/* ---- how many are not clearly different ---- */

typedef struct comparing {
    size_t n, width, n_points;    /* municipalities compared */
    const uint32_t *groups;       /* n */
    double probability, quantile; /* of the normal distribution, a hair above that of the probability */
    double *weights;              /* points */
    double *ratios, *owns;        /* n x points */
    double *moves;                /* n x points x K: L'e / N, C = L L' */
    double *lows, *highs;         /* n: the ends of ratio -+ quantile x standard deviation over all points */
    double *normal;               /* distribution function and density at TABLE_STEP apart, from -TABLE_REACH */
    size_t *counts;               /* PARTS x n */
} comparing;

/* The normal distribution function by a cubic between tabulated values: the fourth derivative is below 1.4, so the error is
 * below 1.4 / 64^4 / 384 = 2e-10. */
enum { TABLE_REACH = 8, TABLE_STEPS = 64, TABLE_SIZE = 2 * TABLE_REACH * TABLE_STEPS + 1 };

static void fill_normal(double *normal)
{
    for (int i = 0; i < TABLE_SIZE; i++) {
        double z = (double)i / TABLE_STEPS - TABLE_REACH;
        normal[2 * i] = gsl_cdf_ugaussian_P(z);
        normal[2 * i + 1] = gsl_ran_ugaussian_pdf(z) / TABLE_STEPS;
    }
}

static double tabulated(const double *normal, double z)
{
    double place = (z + TABLE_REACH) * TABLE_STEPS;
    if (!(place > 0) || place >= TABLE_SIZE - 1)
        return z > 0;
    size_t i = (size_t)place;
    return shrink_cubic(normal + 2 * i, place - (double)i);
}

static double square_distance(const double *x, const double *y, size_t n)
{
    double sums[4] = {0, 0, 0, 0};
    size_t k = 0;
    for (; k + 4 <= n; k += 4)
        for (size_t i = 0; i < 4; i++)
            sums[i] += (x[k + i] - y[k + i]) * (x[k + i] - y[k + i]);
    for (; k < n; k++)
        sums[0] += (x[k] - y[k]) * (x[k] - y[k]);
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/* Neither is above with the probability: settled as soon as the weights left cannot change it. */
static bool is_unclear(const comparing *comparing, size_t i, size_t j)
{
    double above = 0, below = 0, doubt = 1 - comparing->probability;
    /* Of a difference the standard deviation is at most the sum of both: clear at every point. */
    if (comparing->lows[i] > comparing->highs[j] || comparing->lows[j] > comparing->highs[i])
        return false;
    for (size_t p = 0; p < comparing->n_points; p++) {
        size_t at_i = i * comparing->n_points + p, at_j = j * comparing->n_points + p;
        const double *x = comparing->moves + at_i * comparing->width, *y = comparing->moves + at_j * comparing->width;
        double variance = comparing->owns[at_i] + comparing->owns[at_j];
        double a = comparing->ratios[at_i], b = comparing->ratios[at_j], difference = a - b;
        if (fabs(difference) <= 1e-12 * fmax(fabs(a), fabs(b))) /* rounding */
            difference = 0;
        variance += square_distance(x, y, comparing->width);
        double part = difference * difference > 64 * variance ? difference > 0
                      : variance > 0 ? tabulated(comparing->normal, difference / sqrt(variance))
                                     : 0.5;
        above += comparing->weights[p] * part;
        below += comparing->weights[p] * (1 - part);
        if (above >= comparing->probability || below >= comparing->probability)
            return false;
        if (above > doubt && below > doubt)
            return true;
    }
    return true;
}

static void compare_part(void *context, size_t part)
{
    const comparing *comparing = context;
    size_t *counts = comparing->counts + part * comparing->n;
    for (size_t i = part; i < comparing->n; i += PARTS)
        for (size_t j = i + 1; j < comparing->n; j++)
            if (comparing->groups[i] == comparing->groups[j] && is_unclear(comparing, i, j)) {
                counts[i]++;
                counts[j]++;
            }
}

/* What is compared of a municipality at a point, as ratio_at: by ratio, the gap in the scale's unit, or by need the index
 * N / S, which moves by (q - index q of the scale) / S. */
static ratio_view compared_at(const behov_shrink *shrink, const behov_shrink_ranking *shrink_ranking, size_t point,
                              size_t m, double *moves)
{
    size_t width = shrink->n_regressors;
    double q[BEHOV_WIDTH_MAX], scale = shrink_ranking->scales ? shrink_ranking->scales[m] : 1;
    if (shrink_ranking->by == BEHOV_BY_GAP) {
        shrink_view view = shrink_view_at(shrink, point, m, shrink_ranking->target, moves);
        for (size_t k = 0; k < width; k++)
            moves[k] *= -scale;
        return (ratio_view){view.weight, NAN, view.level * scale, view.own * scale * scale, view.covariance};
    }
    if (shrink_ranking->by == BEHOV_BY_RATIO) {
        shrink_to_basis(shrink, shrink_ranking->regressors ? shrink_ranking->regressors + m * width : NULL, q);
        return ratio_at(shrink, point, shrink_ranking->target, m,
                        ldexp(shrink_ranking->needs[m], -shrink_view_exponent(shrink)), q, moves);
    }
    double index = shrink_ranking->needs[m] / scale; /* with the caller's covariance in the caller's regressors */
    for (size_t k = 0; k < width; k++)
        moves[k] = (shrink_ranking->regressors[m * width + k] -
                    (shrink_ranking->scale_regressors ? index * shrink_ranking->scale_regressors[m * width + k] : 0)) /
                   scale;
    return (ratio_view){1, scale, index, 0, shrink_ranking->vcov};
}

/* Figure, own variance and moves of the municipality that is compared as number i. */
static void fill_compared(const behov_shrink *shrink, const behov_shrink_ranking *shrink_ranking, size_t municipality,
                          const double *roots, size_t i, comparing *comparing)
{
    double moves[BEHOV_WIDTH_MAX];
    size_t width = comparing->width;
    for (size_t p = 0; p < comparing->n_points; p++) {
        size_t at = i * comparing->n_points + p;
        const double *root = roots + p * width * width;
        ratio_view view = compared_at(shrink, shrink_ranking, p, municipality, moves);
        comparing->weights[p] = view.weight;
        comparing->ratios[at] = view.ratio;
        comparing->owns[at] = view.own;
        for (size_t k = 0; k < width; k++) {
            double sum = 0;
            for (size_t l = k; l < width; l++)
                sum += root[l * width + k] * moves[l];
            comparing->moves[at * width + k] = sum;
        }
        const double *moved = comparing->moves + at * width;
        double reach = comparing->quantile * sqrt(view.own + shrink_dot(moved, moved, width));
        comparing->lows[i] = fmin(p == 0 ? INFINITY : comparing->lows[i], view.ratio - reach);
        comparing->highs[i] = fmax(p == 0 ? -INFINITY : comparing->highs[i], view.ratio + reach);
    }
}

static bool is_compared(const behov_shrink *shrink, const behov_shrink_ranking *shrink_ranking, size_t m)
{
    bool has_figure = shrink_ranking->by == BEHOV_BY_NEED  ? !isnan(shrink_ranking->needs[m])
                      : shrink_ranking->by == BEHOV_BY_GAP ? !isnan(shrink_ranking->needs[m]) && has_level(shrink, m)
                                                           : shrink_ranking->needs[m] > 0 && has_level(shrink, m);
    return has_figure && !(shrink_ranking->scales && isnan(shrink_ranking->scales[m])) &&
           !(shrink_ranking->groups && shrink_ranking->groups[m] == BEHOV_NO_GROUP);
}

static bool make_comparing(comparing *comparing, size_t n)
{
    size_t n_points = comparing->n_points;
    comparing->weights = behov_alloc(n_points, sizeof *comparing->weights);
    comparing->ratios = behov_alloc(n + 1, n_points * sizeof *comparing->ratios);
    comparing->owns = behov_alloc(n + 1, n_points * sizeof *comparing->owns);
    comparing->moves = behov_alloc(n + 1, n_points * (comparing->width + 1) * sizeof *comparing->moves);
    comparing->lows = behov_alloc(n + 1, sizeof *comparing->lows);
    comparing->highs = behov_alloc(n + 1, sizeof *comparing->highs);
    comparing->normal = behov_alloc(TABLE_SIZE, 2 * sizeof *comparing->normal);
    comparing->counts = behov_alloc(n + 1, PARTS * sizeof *comparing->counts);
    return comparing->weights && comparing->ratios && comparing->owns && comparing->moves && comparing->lows &&
           comparing->highs && comparing->normal && comparing->counts;
}

static void comparing_free(comparing *comparing)
{
    free(comparing->weights), free(comparing->ratios), free(comparing->owns), free(comparing->moves),
        free(comparing->counts);
    free(comparing->lows), free(comparing->highs), free(comparing->normal);
}

/* Roots of the covariances of b at each point. */
static void fill_roots(const behov_shrink *shrink, const behov_shrink_ranking *shrink_ranking, size_t n_points,
                       double *roots)
{
    size_t width = shrink->n_regressors;
    for (size_t p = 0; p < n_points; p++) {
        const double *covariance = shrink_ranking->by == BEHOV_BY_NEED ? shrink_ranking->vcov
                                   : shrink->lasting                   ? shrink->lasting->points[p].covariance
                                                                       : shrink->covariance;
        memcpy(roots + p * width * width, covariance, width * width * sizeof *roots);
        shrink_cholesky(roots + p * width * width, width);
    }
}

behov_status behov_shrink_unclear_ranked(const behov_shrink *shrink, const behov_shrink_ranking *shrink_ranking,
                                         double probability, size_t *n_unclear, behov_error *err)
{
    size_t n = shrink->n_municipalities, width = shrink->n_regressors;
    comparing comparing = {.width = width,
                           .n_points = shrink_ranking->by == BEHOV_BY_NEED ? 1 : shrink_n_views(shrink)};
    comparing.probability = probability == 0 ? 0.95 : probability;
    if (!(comparing.probability >= 0.5 && comparing.probability < 1) ||
        (shrink_ranking->by == BEHOV_BY_NEED && width && (!shrink_ranking->vcov || !shrink_ranking->regressors)))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_INTERVAL_LEVEL_RANGE);
    uint32_t *compared_groups = behov_alloc(n + 1, sizeof *compared_groups);
    size_t *which = behov_alloc(n + 1, sizeof *which);
    double *roots = behov_alloc(comparing.n_points, (width * width + 1) * sizeof *roots);
    bool has_room = make_comparing(&comparing, n) && compared_groups && which && roots;
    comparing.quantile = gsl_cdf_ugaussian_Pinv(comparing.probability) + 1e-6;
    if (has_room) {
        fill_normal(comparing.normal);
        fill_roots(shrink, shrink_ranking, comparing.n_points, roots);
    }
    for (size_t m = 0; m < n && has_room; m++) {
        n_unclear[m] = 0;
        if (!is_compared(shrink, shrink_ranking, m))
            continue;
        compared_groups[comparing.n] = shrink_ranking->groups ? shrink_ranking->groups[m] : 0;
        which[comparing.n] = m;
        fill_compared(shrink, shrink_ranking, m, roots, comparing.n++, &comparing);
    }
    comparing.groups = compared_groups;
    if (has_room)
        behov_parallel(shrink_ranking->n_threads, PARTS, compare_part, &comparing);
    for (size_t i = 0; i < comparing.n && has_room; i++)
        for (size_t part = 0; part < PARTS; part++)
            n_unclear[which[i]] += comparing.counts[part * comparing.n + i];
    comparing_free(&comparing);
    free(compared_groups), free(which), free(roots);
    return has_room ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_RANK_INTERVALS);
}

behov_status behov_shrink_unclear(const behov_shrink *shrink, behov_shrink_target target, const double *needs,
                                  const double *regressors, const uint32_t *groups, double probability,
                                  size_t n_threads, size_t *n_unclear, behov_error *err)
{
    return behov_shrink_unclear_ranked(
        shrink,
        &(behov_shrink_ranking){
            .needs = needs, .regressors = regressors, .groups = groups, .target = target, .n_threads = n_threads},
        probability, n_unclear, err);
}
