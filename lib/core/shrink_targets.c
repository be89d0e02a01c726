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

#include <behov/parallel.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"
#include "shrink_lasting.h"

enum { PARTS = 16, TOGETHER = 5 }; /* of the municipalities compared; needs whose ratios are worked out at a time */

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

/* A need of the municipality, and its sums over the points. */
typedef struct ratio_sums {
    double q[BEHOV_WIDTH_MAX], need; /* scaled */
    double mean, square;
} ratio_sums;

/* A point; `pull` as the view's. */
static void add_ratio(const shrink_view *view, const double *pull, size_t width, ratio_sums *sums)
{
    double moves[BEHOV_WIDTH_MAX]; /* -e */
    double moved = moved_need(view, sums->need, sums->q, width), part = moved > 0 ? view->level / moved : NAN;
    for (size_t k = 0; k < width; k++)
        moves[k] = pull[k] + part * sums->q[k];
    double variance = (view->own + shrink_quadratic(view->covariance, moves, width)) / (moved * moved);
    sums->mean += view->weight * part;
    sums->square += view->weight * (variance + part * part);
}

/* Needs above 0 of one municipality, at most TOGETHER: a point's level is looked at once for all of them. */
static void ratios_together(const behov_shrink *shrink, behov_shrink_target target, const behov_shrink_need *needs,
                            size_t n, double level, behov_lasting *ratios)
{
    ratio_sums sums[TOGETHER];
    double pull[BEHOV_WIDTH_MAX], above = 0;
    for (size_t i = 0; i < n; i++) {
        sums[i].need = ldexp(needs[i].need, -shrink_view_exponent(shrink));
        sums[i].mean = sums[i].square = 0;
        shrink_to_basis(shrink, needs[i].regressors, sums[i].q);
    }
    for (size_t p = 0; p < shrink_n_views(shrink); p++) {
        shrink_view view = shrink_view_at(shrink, p, needs[0].municipality, target, pull);
        for (size_t i = 0; i < n; i++)
            add_ratio(&view, pull, shrink->n_regressors, &sums[i]);
        /* the level is above the need whatever the need is */
        above += view.weight * probability_of(view.level, view.own + view.of_b);
    }
    for (size_t i = 0; i < n; i++) {
        double variance = 1e4 * fmax(sums[i].square - sums[i].mean * sums[i].mean, 0), ratio = 100 * (1 + sums[i].mean);
        ratios[i] = (behov_lasting){ratio, behov_level_interval(ratio, variance, INFINITY, level), fmin(above, 1)};
    }
}

void behov_shrink_target_ratios(const behov_shrink *shrink, behov_shrink_target target, const behov_shrink_need *needs,
                                size_t n, double level, behov_lasting *ratios)
{
    for (size_t first = 0, end; first < n; first = end) {
        end = first + 1;
        if (!(needs[first].need > 0) || !has_level(shrink, needs[first].municipality)) {
            ratios[first] = (behov_lasting){NAN, {NAN, NAN}, NAN};
            continue;
        }
        while (end < n && end - first < TOGETHER && needs[end].need > 0 &&
               needs[end].municipality == needs[first].municipality)
            end++;
        ratios_together(shrink, target, needs + first, end - first, level, ratios + first);
    }
}

behov_lasting behov_shrink_target_ratio(const behov_shrink *shrink, behov_shrink_target target,
                                        const behov_shrink_need *need, double level)
{
    behov_lasting ratio;
    behov_shrink_target_ratios(shrink, target, need, 1, level, &ratio);
    return ratio;
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
    double first_q[BEHOV_WIDTH_MAX], second_q[BEHOV_WIDTH_MAX], moves[BEHOV_WIDTH_MAX], other[BEHOV_WIDTH_MAX];
    double probability = 0;
    size_t width = shrink->n_regressors;
    int exponent = shrink_view_exponent(shrink);
    if (!(first->need > 0) || !(second->need > 0) || !has_level(shrink, first->municipality) ||
        !has_level(shrink, second->municipality))
        return NAN;
    if (first->municipality == second->municipality)
        return 0.5;
    shrink_to_basis(shrink, first->regressors, first_q);
    shrink_to_basis(shrink, second->regressors, second_q);
    for (size_t p = 0; p < shrink_n_views(shrink); p++) {
        ratio_view i = ratio_at(shrink, p, target, first->municipality, ldexp(first->need, -exponent), first_q, moves);
        ratio_view j =
            ratio_at(shrink, p, target, second->municipality, ldexp(second->need, -exponent), second_q, other);
        for (size_t k = 0; k < width; k++)
            moves[k] -= other[k];
        probability +=
            i.weight * probability_of(i.ratio - j.ratio, i.own + j.own + shrink_quadratic(i.covariance, moves, width));
    }
    return fmin(probability, 1);
}

/* ---- how many are not clearly different ---- */

typedef struct comparing {
    const behov_shrink *shrink;
    const behov_shrink_ranking *ranking;
    size_t n, width, n_points; /* municipalities compared */
    size_t n_groupings;
    double *roots;                 /* points x K x K: L of C = L L' */
    uint32_t *groups;              /* n x groupings */
    size_t *which;                 /* n: municipality */
    double probability, quantile;  /* of the normal distribution, a hair above that of the probability */
    double *weights;               /* points */
    double *ratios, *owns;         /* n x points */
    double *moves;                 /* n x points x K: L'e / N, C = L L' */
    double *lows, *highs;          /* n: the ends of ratio -+ quantile x standard deviation over all points */
    double *least, *most;          /* n: of the ratios over all points */
    double *most_own, *most_moved; /* n: own variance, standard deviation by b, the largest over all points */
    double *normal;                /* distribution function and density at TABLE_STEP apart, from -TABLE_REACH */
    size_t *counts;                /* PARTS x n x groupings */
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

static inline double square_distance(const double *x, const double *y, size_t n)
{
    behov_four sums = {0, 0, 0, 0};
    size_t k = 0;
    for (; k + 4 <= n; k += 4) {
        behov_four distance = *(const behov_four *)(x + k) - *(const behov_four *)(y + k);
        sums += distance * distance;
    }
    double first = sums[0];
    for (; k < n; k++)
        first += (x[k] - y[k]) * (x[k] - y[k]);
    return (first + sums[1]) + (sums[2] + sums[3]);
}

/* Whether one is above the other with the probability at every point, whichever way b moves both. Of a difference the
 * standard deviation is at most the sum of both, and at most what both their own variances leave if b moves them apart. */
static bool is_clear_everywhere(const comparing *comparing, size_t i, size_t j)
{
    if (comparing->lows[i] > comparing->highs[j] || comparing->lows[j] > comparing->highs[i])
        return true;
    double apart = fmax(comparing->least[i] - comparing->most[j], comparing->least[j] - comparing->most[i]),
           moved = comparing->most_moved[i] + comparing->most_moved[j],
           variance = comparing->most_own[i] + comparing->most_own[j] + moved * moved;
    return apart > 0 && apart * apart > comparing->quantile * comparing->quantile * variance * (1 + 1e-9);
}

/* Neither is above with the probability: settled as soon as the weights left cannot change it. */
BEHOV_WIDE static bool is_unclear(const comparing *comparing, size_t i, size_t j)
{
    double above = 0, below = 0, doubt = 1 - comparing->probability;
    if (is_clear_everywhere(comparing, i, j))
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

/* In which groupings both are in one group. */
static bool are_together(const comparing *comparing, size_t i, size_t j, size_t grouping)
{
    const uint32_t *groups = comparing->groups + grouping;
    uint32_t group = groups[i * comparing->n_groupings];
    return group != BEHOV_NO_GROUP && group == groups[j * comparing->n_groupings];
}

static void compare_part(void *context, size_t part)
{
    const comparing *comparing = context;
    size_t n_groupings = comparing->n_groupings, *counts = comparing->counts + part * comparing->n * n_groupings;
    for (size_t i = part; i < comparing->n; i += PARTS)
        for (size_t j = i + 1; j < comparing->n; j++) {
            size_t first = 0;
            while (first < n_groupings && !are_together(comparing, i, j, first))
                first++;
            if (first == n_groupings || !is_unclear(comparing, i, j))
                continue;
            for (size_t g = first; g < n_groupings; g++) {
                bool is_counted = are_together(comparing, i, j, g);
                counts[i * n_groupings + g] += is_counted;
                counts[j * n_groupings + g] += is_counted;
            }
        }
}

/* What is compared of a municipality at a point, as ratio_at: by ratio (q of its regressors), the gap in the scale's unit,
 * or by need the index N / S, which moves by (q - index q of the scale) / S. */
static ratio_view compared_at(const behov_shrink *shrink, const behov_shrink_ranking *shrink_ranking, size_t point,
                              size_t m, const double *q, double *moves)
{
    size_t width = shrink->n_regressors;
    double scale = shrink_ranking->scales ? shrink_ranking->scales[m] : 1;
    if (shrink_ranking->by == BEHOV_BY_GAP) {
        shrink_view view = shrink_view_at(shrink, point, m, shrink_ranking->target, moves);
        for (size_t k = 0; k < width; k++)
            moves[k] *= -scale;
        return (ratio_view){view.weight, NAN, view.level * scale, view.own * scale * scale, view.covariance};
    }
    if (shrink_ranking->by == BEHOV_BY_RATIO)
        return ratio_at(shrink, point, shrink_ranking->target, m,
                        ldexp(shrink_ranking->needs[m], -shrink_view_exponent(shrink)), q, moves);
    double index = shrink_ranking->needs[m] / scale; /* with the caller's covariance in the caller's regressors */
    for (size_t k = 0; k < width; k++)
        moves[k] = (shrink_ranking->regressors[m * width + k] -
                    (shrink_ranking->scale_regressors ? index * shrink_ranking->scale_regressors[m * width + k] : 0)) /
                   scale;
    return (ratio_view){1, scale, index, 0, shrink_ranking->vcov};
}

/* Figure, own variance and moves of the municipality that is compared as number i. */
static void fill_compared(const comparing *comparing, size_t i)
{
    double moves[BEHOV_WIDTH_MAX], q[BEHOV_WIDTH_MAX];
    const behov_shrink *shrink = comparing->shrink;
    const behov_shrink_ranking *shrink_ranking = comparing->ranking;
    size_t width = comparing->width, municipality = comparing->which[i];
    if (shrink_ranking->by == BEHOV_BY_RATIO)
        shrink_to_basis(shrink, shrink_ranking->regressors ? shrink_ranking->regressors + municipality * width : NULL,
                        q);
    for (size_t p = 0; p < comparing->n_points; p++) {
        size_t at = i * comparing->n_points + p;
        const double *root = comparing->roots + p * width * width;
        double *moved = comparing->moves + at * width;
        ratio_view view = compared_at(shrink, shrink_ranking, p, municipality, q, moves);
        comparing->ratios[at] = view.ratio;
        comparing->owns[at] = view.own;
        for (size_t l = 0; l < width; l++) /* L'moves; moved begins as 0 */
            for (size_t k = 0; k <= l; k++)
                moved[k] += root[l * width + k] * moves[l];
        double square = shrink_dot(moved, moved, width), reach = comparing->quantile * sqrt(view.own + square);
        bool is_first = p == 0;
        comparing->lows[i] = fmin(is_first ? INFINITY : comparing->lows[i], view.ratio - reach);
        comparing->highs[i] = fmax(is_first ? -INFINITY : comparing->highs[i], view.ratio + reach);
        comparing->least[i] = fmin(is_first ? INFINITY : comparing->least[i], view.ratio);
        comparing->most[i] = fmax(is_first ? -INFINITY : comparing->most[i], view.ratio);
        comparing->most_own[i] = fmax(is_first ? 0 : comparing->most_own[i], view.own);
        comparing->most_moved[i] = fmax(is_first ? 0 : comparing->most_moved[i], sqrt(square));
    }
}

static void fill_part(void *context, size_t part)
{
    const comparing *comparing = context;
    for (size_t i = part; i < comparing->n; i += PARTS)
        fill_compared(comparing, i);
}

static bool is_compared(const behov_shrink *shrink, const behov_shrink_ranking *shrink_ranking, size_t m)
{
    bool has_figure = shrink_ranking->by == BEHOV_BY_NEED  ? !isnan(shrink_ranking->needs[m])
                      : shrink_ranking->by == BEHOV_BY_GAP ? !isnan(shrink_ranking->needs[m]) && has_level(shrink, m)
                                                           : shrink_ranking->needs[m] > 0 && has_level(shrink, m);
    return has_figure && !(shrink_ranking->scales && isnan(shrink_ranking->scales[m]));
}

static bool make_comparing(comparing *comparing, size_t n)
{
    size_t n_points = comparing->n_points;
    comparing->weights = behov_alloc(n_points, sizeof *comparing->weights);
    comparing->roots = behov_alloc(n_points, (comparing->width * comparing->width + 1) * sizeof *comparing->roots);
    comparing->ratios = behov_alloc(n + 1, n_points * sizeof *comparing->ratios);
    comparing->owns = behov_alloc(n + 1, n_points * sizeof *comparing->owns);
    comparing->moves = behov_alloc(n + 1, n_points * (comparing->width + 1) * sizeof *comparing->moves);
    comparing->lows = behov_alloc(n + 1, 6 * sizeof *comparing->lows);
    if (comparing->lows) {
        comparing->highs = comparing->lows + n;
        comparing->least = comparing->highs + n;
        comparing->most = comparing->least + n;
        comparing->most_own = comparing->most + n;
        comparing->most_moved = comparing->most_own + n;
    }
    comparing->normal = behov_alloc(TABLE_SIZE, 2 * sizeof *comparing->normal);
    comparing->counts = behov_alloc(n + 1, PARTS * comparing->n_groupings * sizeof *comparing->counts);
    comparing->groups = behov_alloc(n + 1, comparing->n_groupings * sizeof *comparing->groups);
    comparing->which = behov_alloc(n + 1, sizeof *comparing->which);
    return comparing->groups && comparing->which && comparing->weights && comparing->roots && comparing->ratios &&
           comparing->owns && comparing->moves && comparing->lows && comparing->normal && comparing->counts;
}

static void comparing_free(comparing *comparing)
{
    free(comparing->weights), free(comparing->roots), free(comparing->ratios), free(comparing->owns),
        free(comparing->moves), free(comparing->counts);
    free(comparing->groups), free(comparing->which);
    free(comparing->lows), free(comparing->normal);
}

/* Weights of the points, and roots of the covariances of b at each. */
static void fill_points(comparing *comparing)
{
    const behov_shrink *shrink = comparing->shrink;
    bool by_need = comparing->ranking->by == BEHOV_BY_NEED;
    size_t width = comparing->width;
    for (size_t p = 0; p < comparing->n_points; p++) {
        const lasting_point *point = by_need || !shrink->lasting ? NULL : &shrink->lasting->points[p];
        const double *covariance = by_need ? comparing->ranking->vcov : point ? point->covariance : shrink->covariance;
        double *root = comparing->roots + p * width * width;
        comparing->weights[p] = point ? point->weight : 1;
        memcpy(root, covariance, width * width * sizeof *root);
        shrink_cholesky(root, width);
    }
}

/* Those with a figure and a group in any grouping. */
static void choose_compared(comparing *comparing)
{
    const behov_shrink_ranking *shrink_ranking = comparing->ranking;
    size_t n = comparing->shrink->n_municipalities, n_groupings = comparing->n_groupings;
    for (size_t m = 0; m < n; m++) {
        uint32_t *groups = comparing->groups + comparing->n * n_groupings;
        bool has_group = false;
        for (size_t g = 0; g < n_groupings; g++) {
            groups[g] = shrink_ranking->groups ? shrink_ranking->groups[g * n + m] : 0;
            has_group = has_group || groups[g] != BEHOV_NO_GROUP;
        }
        if (has_group && is_compared(comparing->shrink, shrink_ranking, m))
            comparing->which[comparing->n++] = m;
    }
}

behov_status behov_shrink_unclear_ranked(const behov_shrink *shrink, const behov_shrink_ranking *shrink_ranking,
                                         double probability, size_t *n_unclear, behov_error *err)
{
    size_t n = shrink->n_municipalities, width = shrink->n_regressors;
    comparing comparing = {.shrink = shrink,
                           .ranking = shrink_ranking,
                           .width = width,
                           .n_groupings = shrink_ranking->n_groupings ? shrink_ranking->n_groupings : 1,
                           .n_points = shrink_ranking->by == BEHOV_BY_NEED ? 1 : shrink_n_views(shrink)};
    comparing.probability = probability == 0 ? 0.95 : probability;
    if (!(comparing.probability >= 0.5 && comparing.probability < 1) ||
        (shrink_ranking->by == BEHOV_BY_NEED && width && (!shrink_ranking->vcov || !shrink_ranking->regressors)))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_INTERVAL_LEVEL_RANGE);
    bool has_room = make_comparing(&comparing, n);
    comparing.quantile = gsl_cdf_ugaussian_Pinv(comparing.probability) + 1e-6;
    if (has_room) {
        fill_normal(comparing.normal);
        fill_points(&comparing);
        memset(n_unclear, 0, comparing.n_groupings * n * sizeof *n_unclear);
        choose_compared(&comparing);
        behov_parallel(shrink_ranking->n_threads, PARTS, fill_part, &comparing);
        behov_parallel(shrink_ranking->n_threads, PARTS, compare_part, &comparing);
    }
    for (size_t i = 0; i < comparing.n && has_room; i++)
        for (size_t g = 0; g < comparing.n_groupings; g++)
            for (size_t part = 0; part < PARTS; part++)
                n_unclear[g * n + comparing.which[i]] +=
                    comparing.counts[(part * comparing.n + i) * comparing.n_groupings + g];
    comparing_free(&comparing);
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
