/* shrink_ranks.c - rank intervals from draws of coefficients and lasting levels together; places together are in
 * shrink_together.c.
 *
 * Symbols as in shrink.c.
 *
 * Draws: theta_d ~ N(0, C), then u_d = u^_i - qw'theta_d + sqrt(tau / (1 + tau A_i) + 2 g3) z, need_d = need +
 * q'theta_d. b belongs to the draws: it moves all municipalities together, and those with the same covariates alike,
 * which intervals one by one cannot show. By need a scale that is itself x'b, the country's need, is drawn with it:
 * a year that is dear in a draw is dear for the country too. Under chance that lasts a draw stands on a point of the
 * grid, by systematic sampling on the weights: draw d on the point in whose share of 0 .. 1 (d + 1/2) / n_draws lies; theta
 * and levels are then those of the point. Normal deviates are the inverse distribution function of word number i of
 * draw d of splitmix64 (Steele, Lea & Flood 2014) started from the seed: a function of seed and number, so threads
 * share nothing, and counts of places are whole numbers, whose sum has no order. The function is tabulated: between
 * 1/32 and 31/32 a cubic over steps of 1/4096, whose fourth derivative is below 2.1e6 there, so that the error is below
 * 2.1e6 / 4096^4 / 384 = 2e-11. */
#include <behov/shrink.h>

#include <behov/parallel.h>
#include <behov/rank.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "shrink_placing.h"

/* Draws worked on together; histograms of places side by side; buckets for each value. */
enum { BLOCK = 32, PARTS = 8, PARTED_UP_TO = 1000, BUCKETS = 2 };

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

enum { DEVIATES = 4096, TAIL = DEVIATES / 32 };

static void fill_deviates(double *deviates)
{
    for (int i = TAIL; i <= DEVIATES - TAIL; i++) {
        double z = gsl_cdf_ugaussian_Pinv((double)i / DEVIATES);
        deviates[2 * i] = z;
        deviates[2 * i + 1] = 1 / (gsl_ran_ugaussian_pdf(z) * DEVIATES);
    }
}

static inline double normal_of(const double *table, uint64_t word)
{
    double probability = ((double)(int64_t)(word >> 11) + 0.5) * 0x1p-53, place = probability * DEVIATES;
    if (!(place >= TAIL && place < DEVIATES - TAIL))
        return gsl_cdf_ugaussian_Pinv(probability);
    size_t i = (size_t)(int64_t)place;
    return shrink_cubic(table + 2 * i, place - (double)i);
}

/* Number `position` of each draw of a block. */
static void draw_normals(const placing *placing, const draw_block *block, size_t position, double *deviates)
{
    static const uint64_t step = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t per_draw = placing->n + placing->shrink->n_regressors, number = block->first * per_draw + position;
    uint64_t words[BLOCK], next = placing->key + step * (number + 1);
    for (size_t d = 0; d < BLOCK; d++) {
        words[d] = mix(next);
        next += step * per_draw;
    }
    for (size_t d = 0; d < block->n; d++)
        deviates[d] = normal_of(placing->deviates, words[d]);
}

/* Largest first; a place is what counts, so equal values may come in any order. Values are spread over buckets of equal
 * width, then sorted by insertion: about one comparison a value, and what lies far out shares the first and the last.
 */
static void sort_placed(const placing *placing, const double *values, placed *sorted_placed, uint32_t *starts,
                        uint32_t *buckets)
{
    size_t n = placing->n, n_buckets = BUCKETS * n + 2;
    memset(starts, 0, n_buckets * sizeof *starts);
    for (size_t i = 0; i < n; i++) {
        double point = (placing->highest - values[i]) * placing->per_value;
        buckets[i] = point > 0 ? point < (double)(BUCKETS * n) ? (uint32_t)point + 1 : (uint32_t)n_buckets - 1 : 0;
        starts[buckets[i]]++;
    }
    uint32_t index = 0;
    for (size_t b = 0; b < n_buckets; b++) {
        uint32_t count = starts[b];
        starts[b] = index;
        index += count;
    }
    for (size_t i = 0; i < n; i++)
        sorted_placed[starts[buckets[i]]++] = (placed){values[i], (uint32_t)i};
    for (size_t i = 1; i < n; i++) {
        placed placed = sorted_placed[i];
        size_t j = i;
        for (; j > 0 && sorted_placed[j - 1].value < placed.value; j--)
            sorted_placed[j] = sorted_placed[j - 1];
        sorted_placed[j] = placed;
    }
}

static double value_of(const placing *placing, size_t i, double need, double level, double spread, double effect_moved,
                       double deviate)
{
    if (placing->ranking->by == BEHOV_BY_NEED) {
        double scale = placing->scales[i] + effect_moved;
        return scale > 0 ? need / scale : need > 0 ? INFINITY : -INFINITY;
    }
    double effect = level + effect_moved + spread * deviate;
    if (placing->ranking->by == BEHOV_BY_GAP)
        return effect * placing->scales[i];
    /* a need drawn at or below 0 gives no ratio: the level stands as far out as its sign says */
    return need > 0 ? 100 * (need + effect) / need : need + effect > 0 ? INFINITY : -INFINITY;
}

void shrink_count_places(placing *placing, size_t grouping, size_t draw, const placed *placed, uint32_t *places,
                         uint32_t *counts)
{
    const uint32_t *groups = placing->groups + grouping * placing->n;
    (void)draw;
    memset(places, 0, placing->n_groups[grouping] * sizeof *places);
    for (size_t i = 0; i < placing->n; i++) {
        uint32_t index = placed[i].position;
        if (groups[index] != BEHOV_NO_GROUP)
            counts[index * placing->n + places[groups[index]]++]++;
    }
}

/* Level, spread and pull of what is ranked as number i, at a point of the grid: over the least squares need as given, and
 * what moves the need there. Returns how far the need is moved. */
static double level_at(const placing *placing, size_t point, size_t i, double *effect, double *spread, double *moves)
{
    const lasting *lasting = placing->shrink->lasting;
    size_t width = placing->shrink->n_regressors, municipality = placing->which[i];
    size_t number = point * lasting->rows.n_municipalities + municipality;
    const lasting_posterior *posterior = &lasting->posteriors[number];
    const double *pull = lasting->pulls + number * width, *at_need = placing->at_need + i * width;
    municipality_rows whole = lasting->rows.municipality_rows[municipality];
    const double *last_q = lasting->rows.q + lasting->whole[whole.first + whole.n - 1] * width;
    double kept = placing->kept[point * placing->n + i];
    *effect = (1 - kept) * posterior->effect + kept * posterior->last;
    *spread = (1 - kept) * sqrt(posterior->own);
    for (size_t k = 0; k < width; k++)
        moves[k] = -((1 - kept) * pull[k] + kept * last_q[k]);
    return shrink_dot(at_need, lasting->points[point].change, width);
}

static bool are_positive(const double *values, size_t n)
{
    bool is_so = true;
    for (size_t i = 0; i < n; i++)
        is_so = is_so && values[i] > 0;
    return is_so;
}

/* need = x'theta and effect = y'theta of each draw: four regressors at a time, which are added one by one. */
static inline void move_both(const double *x, const double *y, const double *theta, size_t width, double *restrict need,
                             double *restrict effect)
{
    size_t k = 0;
    memset(need, 0, BLOCK * sizeof *need);
    memset(effect, 0, BLOCK * sizeof *effect);
    for (; k + 4 <= width; k += 4) {
        const double *restrict a = theta + k * BLOCK, *restrict b = a + BLOCK, *restrict c = b + BLOCK,
                               *restrict e = c + BLOCK;
        double f = x[k], g = x[k + 1], h = x[k + 2], l = x[k + 3];
        for (size_t d = 0; d < BLOCK; d++)
            need[d] = (((need[d] + f * a[d]) + g * b[d]) + h * c[d]) + l * e[d];
        f = y[k], g = y[k + 1], h = y[k + 2], l = y[k + 3];
        for (size_t d = 0; d < BLOCK; d++)
            effect[d] = (((effect[d] + f * a[d]) + g * b[d]) + h * c[d]) + l * e[d];
    }
    for (; k < width; k++) {
        const double *restrict moved_values = theta + k * BLOCK;
        for (size_t d = 0; d < BLOCK; d++) {
            need[d] += x[k] * moved_values[d];
            effect[d] += y[k] * moved_values[d];
        }
    }
}

/* What is ranked, of the draws of a block: n x BLOCK by draw. */
BEHOV_WIDE static void draw_values(const placing *placing, const draw_block *block, const double *theta, double *need,
                                   double *effect, double *moves, double *values)
{
    size_t n = placing->n, width = placing->shrink->n_regressors;
    double deviates[BLOCK] = {0}, ratios[BLOCK]; /* all of a block, used or not: loops of a known length are quicker */
    for (size_t i = 0; i < n; i++) {
        double level = placing->effects[i], spread = placing->spreads[i], shift = 0;
        const double *at_effect = placing->at_effect + i * width;
        if (placing->is_grid) {
            shift = level_at(placing, block->point, i, &level, &spread, moves);
            at_effect = moves;
        }
        move_both(placing->at_need + i * width, at_effect, theta, width, need, effect);
        bool has_chance = placing->ranking->by != BEHOV_BY_NEED && spread > 0;
        if (has_chance)
            draw_normals(placing, block, width + i, deviates);
        else
            memset(deviates, 0, sizeof deviates);
        for (size_t d = 0; d < BLOCK; d++)
            need[d] = placing->needs[i] + (need[d] + shift);
        if (placing->ranking->by == BEHOV_BY_RATIO && are_positive(need, block->n)) {
            for (size_t d = 0; d < BLOCK; d++)
                ratios[d] = 100 * (need[d] + (level + effect[d] + spread * deviates[d])) / need[d];
            for (size_t d = 0; d < block->n; d++)
                values[d * n + i] = ratios[d];
            continue;
        }
        for (size_t d = 0; d < block->n; d++)
            values[d * n + i] = value_of(placing, i, need[d], level, spread, effect[d], deviates[d]);
    }
}

/* theta of each draw of a block, by regressor; `z` of the same size for the deviates. */
static void draw_theta(const placing *placing, const draw_block *block, double *z, double *theta)
{
    size_t width = placing->shrink->n_regressors;
    const double *root = placing->roots + block->point * width * width;
    memset(theta, 0, width * BLOCK * sizeof *theta);
    for (size_t k = 0; k < width; k++) {
        draw_normals(placing, block, k, z + k * BLOCK);
        for (size_t j = 0; j <= k; j++)
            for (size_t d = 0; d < BLOCK; d++)
                theta[k * BLOCK + d] += root[k * width + j] * z[j * BLOCK + d];
    }
}

static void run_part(void *context, size_t part)
{
    placing *placing = context;
    size_t n = placing->n, width = placing->shrink->n_regressors;
    double *theta = placing->work[part], *need = theta + width * BLOCK, *effect = need + BLOCK,
           *values = effect + BLOCK, *z = values + n * BLOCK, *moves = z + width * BLOCK;
    placed *sorted_placed = (placed *)(moves + width);
    uint32_t *starts = (uint32_t *)(sorted_placed + n), *buckets = starts + BUCKETS * n + 2, *places = buckets + n;
    uint32_t *counts = placing->counts + part * placing->n_groupings * n * n;
    for (size_t number = part; number < placing->n_blocks; number += placing->n_parts) {
        const draw_block *block = &placing->blocks[number];
        draw_theta(placing, block, z, theta);
        draw_values(placing, block, theta, need, effect, moves, values);
        for (size_t d = 0; d < block->n; d++) {
            sort_placed(placing, values + d * n, sorted_placed, starts, buckets);
            for (size_t g = 0; g < placing->n_groupings; g++)
                placing->take_places(placing, g, block->first + d, sorted_placed, places, counts + g * n * n);
        }
        if (part == 0 && placing->ranking->progress)
            placing->ranking->progress(placing->ranking->context, (double)(number + 1) / (double)placing->n_blocks);
    }
}

void shrink_draw(placing *placing, size_t n_threads)
{
    behov_parallel(n_threads, placing->n_parts, run_part, placing);
}

/* Blocks of draws in their order: a point's draws by systematic sampling, parted into blocks. */
static behov_status set_blocks(placing *placing, behov_error *err)
{
    size_t n_points = placing->is_grid ? placing->shrink->lasting->n_points : 1, draw = 0;
    double total = 0;
    placing->blocks = behov_alloc(placing->n_draws / BLOCK + n_points + 1, sizeof *placing->blocks);
    if (!placing->blocks)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RANK_INTERVALS);
    for (size_t point = 0; point < n_points; point++) {
        total += placing->is_grid ? placing->shrink->lasting->points[point].weight : 1;
        double before = total * (double)placing->n_draws; /* draws d with d + 1/2 below it */
        size_t end = point + 1 == n_points ? placing->n_draws : before > 0.5 ? (size_t)(before + 0.5) : 0;
        end = end > placing->n_draws ? placing->n_draws : end;
        while (draw < end) {
            size_t n = end - draw < BLOCK ? end - draw : BLOCK;
            placing->blocks[placing->n_blocks++] = (draw_block){draw, n, point};
            draw += n;
        }
    }
    return BEHOV_OK;
}

static int compare_values(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Buckets over three times the range of the middle four fifths of the values without chance. */
static behov_status set_buckets(placing *placing, behov_error *err)
{
    double *values = behov_alloc(placing->n, sizeof *values);
    if (!values)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RANK_INTERVALS);
    for (size_t i = 0; i < placing->n; i++)
        values[i] = value_of(placing, i, placing->needs[i], placing->effects[i], 0, 0, 0);
    if (placing->n > 1) {
        qsort(values, placing->n, sizeof *values, compare_values);
        double low = values[placing->n / 10], high = values[placing->n - 1 - placing->n / 10];
        placing->highest = high + (high - low);
        placing->per_value = (double)(BUCKETS * placing->n) / (3 * (high - low));
    }
    if (!isfinite(placing->highest) || !isfinite(placing->per_value)) /* all alike: one bucket will do */
        placing->highest = placing->per_value = 0;
    free(values);
    return BEHOV_OK;
}

static void placing_free(placing *placing)
{
    for (size_t part = 0; placing->work && part < placing->n_parts; part++)
        free(placing->work[part]);
    free(placing->work), free(placing->which), free(placing->groups), free(placing->needs), free(placing->effects),
        free(placing->spreads);
    free(placing->scales), free(placing->at_need), free(placing->at_effect), free(placing->roots),
        free(placing->counts), free(placing->n_groups), free(placing->kept), free(placing->blocks),
        free(placing->medians);
    free(placing->deviates), free(placing->betters), free(placing->worses), free(placing->widest);
}

/* R (2^e V 2^e) R' of the caller's V, scaled as levels are. */
static void scale_covariance(const placing *placing, const double *given_values, double *covariance)
{
    const behov_shrink *shrink = placing->shrink;
    size_t width = shrink->n_regressors;
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t k = i; k < width; k++)
                for (size_t l = j; l < width; l++)
                    sum +=
                        shrink->triangle[i * width + k] * shrink->triangle[j * width + l] *
                        ldexp(given_values[k * width + l], shrink->column_exponents[k] + shrink->column_exponents[l]);
            covariance[i * width + j] = covariance[j * width + i] =
                ldexp(sum, placing->is_grid ? -2 * shrink->exponent : 0);
        }
}

/* L of Cov(theta) at each point: the model's, or the caller's. */
static void set_roots(placing *placing)
{
    const behov_shrink *shrink = placing->shrink;
    size_t width = shrink->n_regressors, n_points = placing->is_grid ? shrink->lasting->n_points : 1;
    for (size_t point = 0; point < n_points; point++) {
        double *root = placing->roots + point * width * width;
        if (placing->ranking->vcov)
            scale_covariance(placing, placing->ranking->vcov, root);
        else
            memcpy(root, placing->is_grid ? shrink->lasting->points[point].covariance : shrink->covariance,
                   width * width * sizeof *root);
        shrink_cholesky(root, width);
    }
}

static int compare_groups(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Groups counted from 0, so that there are no more of them than municipalities. */
static behov_status number_groups(const placing *placing, uint32_t *groups, size_t *n_groups, behov_error *err)
{
    uint32_t *sorted_positions = behov_alloc(placing->n, sizeof *sorted_positions);
    if (!sorted_positions)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RANK_INTERVALS);
    memcpy(sorted_positions, groups, placing->n * sizeof *sorted_positions);
    if (placing->n > 1)
        qsort(sorted_positions, placing->n, sizeof *sorted_positions, compare_groups);
    *n_groups = 0;
    for (size_t i = 0; i < placing->n; i++)
        if (sorted_positions[i] != BEHOV_NO_GROUP && (i == 0 || sorted_positions[i] != sorted_positions[*n_groups - 1]))
            sorted_positions[(*n_groups)++] = sorted_positions[i];
    for (size_t i = 0; i < placing->n; i++) {
        if (groups[i] == BEHOV_NO_GROUP)
            continue;
        size_t low = 0, high = *n_groups - 1;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (sorted_positions[middle] < groups[i])
                low = middle + 1;
            else
                high = middle;
        }
        groups[i] = (uint32_t)low;
    }
    free(sorted_positions);
    return BEHOV_OK;
}

static bool is_ranked(const placing *placing, size_t m)
{
    const behov_shrink_ranking *how = placing->ranking;
    return !isnan(how->needs[m]) && (how->by != BEHOV_BY_RATIO || how->needs[m] > 0) &&
           (how->by == BEHOV_BY_NEED || !isnan(placing->shrink->effects[m])) && !(how->scales && isnan(how->scales[m]));
}

static bool make_room(placing *placing)
{
    const behov_shrink *shrink = placing->shrink;
    size_t n = placing->n, width = shrink->n_regressors, n_points = placing->is_grid ? shrink->lasting->n_points : 1;
    double **figures[] = {&placing->needs, &placing->effects, &placing->spreads, &placing->scales};
    bool has_room = true;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        has_room = (*figures[i] = behov_alloc(n, sizeof **figures[i])) && has_room;
    placing->deviates = behov_alloc(DEVIATES + 1, 2 * sizeof *placing->deviates);
    has_room = has_room && placing->deviates;
    placing->which = behov_alloc(n, sizeof *placing->which);
    placing->groups = behov_alloc(n * placing->n_groupings, sizeof *placing->groups);
    placing->n_groups = behov_alloc(placing->n_groupings, sizeof *placing->n_groups);
    placing->at_need = behov_alloc(n, (width + 1) * sizeof *placing->at_need);
    placing->at_effect = behov_alloc(n, (width + 1) * sizeof *placing->at_effect);
    placing->roots = behov_alloc(n_points, (width + 1) * (width + 1) * sizeof *placing->roots);
    placing->kept = behov_alloc(n_points, (n + 1) * sizeof *placing->kept);
    placing->counts = behov_alloc(n * placing->n_parts * placing->n_groupings, n * sizeof *placing->counts);
    placing->work = behov_alloc(placing->n_parts, sizeof *placing->work);
    for (size_t part = 0; placing->work && part < placing->n_parts; part++) {
        placing->work[part] = behov_alloc(
            2 * width * BLOCK + 2 * BLOCK + n * BLOCK + width + 4 * n + BUCKETS * n / 2 + 1, sizeof **placing->work);
        has_room = has_room && placing->work[part];
    }
    return has_room && placing->which && placing->groups && placing->n_groups && placing->at_need &&
           placing->at_effect && placing->roots && placing->kept && placing->counts && placing->work;
}

/* What is ranked as number i. */
static void set_ranked(placing *placing, size_t m, size_t i)
{
    const behov_shrink *shrink = placing->shrink;
    const behov_shrink_ranking *how = placing->ranking;
    size_t n = placing->n, width = shrink->n_regressors;
    placing->which[i] = (uint32_t)m;
    for (size_t g = 0; g < placing->n_groupings; g++)
        placing->groups[g * n + i] = how->groups ? how->groups[g * shrink->n_municipalities + m] : 0;
    int exponent = placing->is_grid ? shrink->exponent : 0;
    placing->needs[i] = ldexp(how->needs[m], -exponent);
    placing->effects[i] =
        placing->is_grid ? ldexp(behov_shrink_levels(shrink, how->target)[m], -exponent) : shrink->effects[m];
    placing->spreads[i] = sqrt(shrink->own[m]);
    placing->scales[i] = how->scales ? how->scales[m] : 1;
    if (width)
        shrink_to_basis(shrink, how->regressors + m * width, placing->at_need + i * width);
    if (how->by == BEHOV_BY_NEED && how->scale_regressors)
        shrink_to_basis(shrink, how->scale_regressors + m * width, placing->at_effect + i * width);
    for (size_t k = 0; k < width && how->by != BEHOV_BY_NEED; k++)
        placing->at_effect[i * width + k] = -shrink->pulls[m * width + k];
    for (size_t p = 0; placing->is_grid && p < shrink->lasting->n_points; p++)
        placing->kept[p * n + i] = shrink_lasting_kept(shrink->variances.horizon, shrink->lasting->points[p].theta[PHI],
                                                       shrink->lasting->gaps[m], how->target);
}

static behov_status prepare(placing *placing, behov_error *err)
{
    const behov_shrink *shrink = placing->shrink;
    const behov_shrink_ranking *how = placing->ranking;
    for (size_t m = 0; m < shrink->n_municipalities; m++)
        placing->n += is_ranked(placing, m);
    size_t n = placing->n;
    if (n > BEHOV_SHRINK_RANKED_MAX)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SHRINK_TOO_MANY_RANKED, BEHOV_SHRINK_RANKED_MAX,
                               (unsigned long)n);
    placing->key = mix(how->seed + UINT64_C(0x9E3779B97F4A7C15));
    placing->n_draws = how->n_draws ? how->n_draws : 10000;
    /* counts are whole numbers, so that no figure hangs on the parts; each has n x n of them */
    placing->n_parts = n > PARTED_UP_TO || !how->n_threads ? 1 : how->n_threads < PARTS ? how->n_threads : PARTS;
    placing->n_groupings = how->n_groupings ? how->n_groupings : 1;
    placing->is_grid = shrink->lasting && how->by != BEHOV_BY_NEED;
    placing->take_places = shrink_count_places;
    if (!make_room(placing))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RANK_INTERVALS);
    fill_deviates(placing->deviates);
    for (size_t m = 0, i = 0; m < shrink->n_municipalities; m++)
        if (is_ranked(placing, m))
            set_ranked(placing, m, i++);
    set_roots(placing);
    behov_status status = set_buckets(placing, err);
    if (!status)
        status = set_blocks(placing, err);
    for (size_t g = 0; g < placing->n_groupings && !status; g++)
        status = number_groups(placing, placing->groups + g * n, &placing->n_groups[g], err);
    return status;
}

/* Each by itself. */
static void place_by_itself(const placing *placing, double level, double *low, double *high)
{
    for (size_t g = 0; g < placing->n_groupings; g++)
        for (size_t i = 0; i < placing->n; i++) {
            size_t m = g * placing->shrink->n_municipalities + placing->which[i];
            if (placing->groups[g * placing->n + i] != BEHOV_NO_GROUP)
                behov_rank_interval(placing->counts + (g * placing->n + i) * placing->n, placing->n, level, &low[m],
                                    &high[m]);
        }
}

behov_status behov_shrink_ranks(const behov_shrink *shrink, const behov_shrink_ranking *ranking, double *low,
                                double *high, behov_error *err)
{
    double level = ranking->level == 0 ? 0.90 : ranking->level;
    if (!(level > 0 && level < 1))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_INTERVAL_LEVEL_RANGE);
    if (!shrink->variances.is_known && ranking->by != BEHOV_BY_NEED)
        return behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_SHRINK_NO_VARIANCES);
    placing placing = {.shrink = shrink, .ranking = ranking};
    behov_status status = prepare(&placing, err);
    if (!status) {
        shrink_draw(&placing, ranking->n_threads);
        size_t n_counts = placing.n_groupings * placing.n * placing.n;
        for (size_t part = 1; part < placing.n_parts; part++)
            for (size_t i = 0; i < n_counts; i++)
                placing.counts[i] += placing.counts[part * n_counts + i];
        for (size_t m = 0; m < placing.n_groupings * shrink->n_municipalities; m++)
            low[m] = high[m] = NAN;
        if (ranking->is_together)
            status = shrink_place_together(&placing, level, low, high, err);
        else
            place_by_itself(&placing, level, low, high);
    }
    placing_free(&placing);
    return status;
}
