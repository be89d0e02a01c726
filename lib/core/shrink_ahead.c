/* shrink_ahead.c - levels of the years ahead from the grid.
 *
 * At a point, with z = r - q'b, w = tau S^-1 1 over all rows of a municipality, T its last row and g the years from it to
 * the panel's last:
 *   u^ = w'z,   Var at the true b = tau - tau^2 1'S^-1 1,   qw = sum_t w_t q_t
 *   target = (1 - m) u + m z_T (+ chance to come), m = mean of phi^(k + g) over the years k that it is of
 *   error  = (1 - m)^2 Var + c'C c + added,  c = (1 - m) qw + m q_T
 * for e_T = z_T - u. The error of the best linear predictor at the true b is uncorrelated with every row, so this holds
 * for any b that is linear in the rows. Chance to come, given e_T, adds v_T (1 - phi^(2 (1 + g))) to the next row and
 * v_T H^-2 sum_kl (phi^|k - l| - phi^(k + l + 2 g)) to the mean of H.
 *
 * Over the grid: mean = sum of weight x level, variance = sum of weight x (error + level^2) - mean^2. */
#include "shrink_lasting.h"

#include <behov/parallel.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"

static double power(double phi, int64_t exponent)
{
    double product = 1;
    if (exponent > 32)
        return pow(phi, (double)exponent);
    for (int64_t k = 0; k < exponent; k++)
        product *= phi;
    return product;
}

double shrink_lasting_kept(unsigned horizon, double phi, int64_t gap, behov_shrink_target target)
{
    if (target == BEHOV_TARGET_PERMANENT)
        return 0;
    if (target == BEHOV_TARGET_NEXT || target == BEHOV_TARGET_NEXT_ROW)
        return power(phi, 1 + gap);
    double sum = 0;
    for (unsigned k = 1; k <= horizon; k++)
        sum += power(phi, (int64_t)k + gap);
    return sum / horizon;
}

double shrink_lasting_added(unsigned horizon, double phi, int64_t gap, behov_shrink_target target)
{
    if (target == BEHOV_TARGET_NEXT_ROW)
        return 1 - power(phi, 2 * (1 + gap));
    if (target != BEHOV_TARGET_AHEAD_ROWS)
        return 0;
    /* sum_kl phi^|k - l| = H + 2 sum_d (H - d) phi^d; sum_kl phi^(k + l + 2 g) = (H kept)^2 */
    double sum = horizon, kept = shrink_lasting_kept(horizon, phi, gap, BEHOV_TARGET_AHEAD);
    for (unsigned d = 1; d < horizon; d++)
        sum += 2 * (double)(horizon - d) * power(phi, d);
    return fmax(sum / horizon / horizon - kept * kept, 0);
}

static bool set_posterior(lasting *lasting, lasting_block *block, size_t point_number, size_t municipality)
{
    const panel_rows *rows = &lasting->rows;
    const lasting_point *point = &lasting->points[point_number];
    size_t width = rows->n_regressors, number = point_number * rows->n_municipalities + municipality;
    municipality_rows whole = rows->municipality_rows[municipality];
    lasting_posterior *posterior = &lasting->posteriors[number];
    double *pull = lasting->pulls + number * width;
    if (whole.n == 0) {
        posterior->effect = NAN;
        return true;
    }
    if (!shrink_block_set(block, lasting->whole + whole.first, whole.n, point->theta))
        return false;
    for (size_t t = 0; t < whole.n; t++) {
        size_t row = block->positions[t];
        const double *q = rows->q + row * width;
        double w = block->tau * block->ones[t];
        double z = rows->r[row] - shrink_dot(q, point->change, width);
        posterior->effect += w * z;
        posterior->share += w;
        for (size_t k = 0; k < width; k++)
            pull[k] += w * q[k];
        posterior->last = z;
    }
    const double *last_q = rows->q + block->positions[whole.n - 1] * width;
    for (size_t k = 0; k < width; k++) {
        double at_pull = shrink_quick_dot(point->covariance + k * width, pull, width);
        posterior->pull_pull += pull[k] * at_pull;
        posterior->pull_last += last_q[k] * at_pull;
        posterior->last_last += last_q[k] * shrink_quick_dot(point->covariance + k * width, last_q, width);
    }
    posterior->own = block->own;
    posterior->last_chance = block->v[whole.n - 1];
    return true;
}

enum { PARTS = 16 }; /* of the points */

typedef struct posterior_parts {
    lasting *lasting;
    lasting_block blocks[PARTS];
    bool has_failed[PARTS];
} posterior_parts;

static void set_part(void *context, size_t part)
{
    posterior_parts *parts = context;
    lasting *lasting = parts->lasting;
    bool is_set = true;
    for (size_t p = part; p < lasting->n_points; p += PARTS)
        for (size_t m = 0; m < lasting->rows.n_municipalities && is_set; m++)
            is_set = set_posterior(lasting, &parts->blocks[part], p, m);
    parts->has_failed[part] = !is_set;
}

static behov_status set_posteriors(lasting *lasting, size_t n_threads, behov_error *err)
{
    posterior_parts parts = {.lasting = lasting};
    size_t n_parts = lasting->n_points < PARTS ? lasting->n_points : PARTS;
    behov_status status = BEHOV_OK;
    for (size_t part = 0; part < n_parts && !status; part++)
        if (!shrink_block_new(&parts.blocks[part], lasting))
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    if (!status)
        behov_parallel(n_threads, n_parts, set_part, &parts);
    for (size_t part = 0; part < n_parts; part++) {
        if (!status && parts.has_failed[part])
            status = behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_SHRINK_CHANCE_NOT_ESTIMATED);
        shrink_block_free(&parts.blocks[part]);
    }
    return status;
}

behov_status shrink_lasting_posteriors(lasting *lasting, size_t n_threads, behov_error *err)
{
    size_t n_municipalities = lasting->rows.n_municipalities, n = lasting->n_points * n_municipalities;
    lasting->posteriors = behov_alloc(n, sizeof *lasting->posteriors);
    lasting->pulls = behov_alloc(n, (lasting->rows.n_regressors + 1) * sizeof *lasting->pulls);
    lasting->gaps = behov_alloc(n_municipalities, sizeof *lasting->gaps);
    if (!lasting->posteriors || !lasting->pulls || !lasting->gaps)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    for (size_t m = 0; m < n_municipalities; m++) {
        municipality_rows whole = lasting->rows.municipality_rows[m];
        if (whole.n)
            lasting->gaps[m] = (int64_t)lasting->last_year - lasting->years[lasting->whole[whole.first + whole.n - 1]];
    }
    for (size_t p = 0; p < lasting->n_points; p++)
        for (int target = 0; target < BEHOV_N_TARGETS; target++) {
            lasting_point *point = &lasting->points[p];
            double phi = point->theta[PHI];
            point->kept[target] = shrink_lasting_kept(lasting->horizon, phi, 0, (behov_shrink_target)target);
            point->added[target] = shrink_lasting_added(lasting->horizon, phi, 0, (behov_shrink_target)target);
        }
    return set_posteriors(lasting, n_threads, err);
}

/* ---- views ---- */

size_t shrink_n_views(const behov_shrink *shrink)
{
    return shrink->lasting ? shrink->lasting->n_points : 1;
}

int shrink_view_exponent(const behov_shrink *shrink)
{
    return shrink->lasting ? shrink->exponent : 0;
}

shrink_view shrink_view_at(const behov_shrink *shrink, size_t point, size_t municipality, behov_shrink_target target,
                           double *pull)
{
    size_t width = shrink->n_regressors;
    const lasting *lasting = shrink->lasting;
    unsigned horizon = shrink->variances.horizon;
    if (!lasting) {
        double added = shrink_lasting_added(horizon, 0, 0, target);
        memcpy(pull, shrink->pulls + municipality * width, width * sizeof *pull);
        added *= added > 0 ? shrink->chance[municipality] : 0;
        return (shrink_view){1,
                             shrink->effects[municipality],
                             shrink->own[municipality] + added,
                             shrink_quadratic(shrink->covariance, pull, width),
                             NULL,
                             shrink->covariance};
    }
    size_t number = point * lasting->rows.n_municipalities + municipality;
    const lasting_posterior *posterior = &lasting->posteriors[number];
    const lasting_point *grid_point = &lasting->points[point];
    double phi = grid_point->theta[PHI], kept = grid_point->kept[target], added = grid_point->added[target];
    int64_t gap = lasting->gaps[municipality];
    if (gap != 0) {
        kept = shrink_lasting_kept(horizon, phi, gap, target);
        added = shrink_lasting_added(horizon, phi, gap, target);
    }
    if (isnan(posterior->effect))
        return (shrink_view){grid_point->weight, NAN, 0, 0, grid_point->change, grid_point->covariance};
    municipality_rows whole = lasting->rows.municipality_rows[municipality];
    const double *last_q = lasting->rows.q + lasting->whole[whole.first + whole.n - 1] * width;
    for (size_t k = 0; k < width && pull; k++)
        pull[k] = (1 - kept) * lasting->pulls[number * width + k] + kept * last_q[k];
    double rest = 1 - kept, of_b = rest * rest * posterior->pull_pull + 2 * rest * kept * posterior->pull_last +
                                   kept * kept * posterior->last_last;
    return (shrink_view){.weight = grid_point->weight,
                         .level = rest * posterior->effect + kept * posterior->last,
                         .own = rest * rest * posterior->own + added * posterior->last_chance,
                         .of_b = fmax(of_b, 0),
                         .change = grid_point->change,
                         .covariance = grid_point->covariance};
}

/* ---- over the grid ---- */

static void target_of_municipality(behov_shrink *shrink, behov_shrink_target target, size_t municipality)
{
    size_t n_municipalities = shrink->n_municipalities;
    double mean = 0, square = 0, middle = 0, memory[BEHOV_WIDTH_MAX], *pull = shrink->lasting ? NULL : memory;
    double *levels = shrink->targets + (size_t)target * 2 * n_municipalities, *variances = levels + n_municipalities;
    for (size_t p = 0; p < shrink_n_views(shrink); p++) {
        shrink_view view = shrink_view_at(shrink, p, municipality, target, pull);
        double level = view.level - (middle = p == 0 ? view.level : middle); /* so that the square keeps its digits */
        mean += view.weight * level;
        square += view.weight * (view.own + view.of_b + level * level);
    }
    int exponent = shrink_view_exponent(shrink);
    levels[municipality] = ldexp(middle + mean, exponent);
    variances[municipality] = ldexp(fmax(square - mean * mean, 0), 2 * exponent);
}

/* Of the levels ahead: what they rise by when all residuals of the municipality do. */
static double share_of_municipality(const behov_shrink *shrink, size_t municipality)
{
    const lasting *lasting = shrink->lasting;
    double share = 0;
    for (size_t p = 0; p < lasting->n_points; p++) {
        double kept = shrink_lasting_kept(shrink->variances.horizon, lasting->points[p].theta[PHI],
                                          lasting->gaps[municipality], BEHOV_TARGET_AHEAD);
        share += lasting->points[p].weight *
                 ((1 - kept) * lasting->posteriors[p * shrink->n_municipalities + municipality].share + kept);
    }
    return share;
}

static void change_of_b(behov_shrink *shrink)
{
    const lasting *lasting = shrink->lasting;
    size_t width = shrink->n_regressors;
    double mean[BEHOV_WIDTH_MAX] = {0};
    memset(shrink->covariance, 0, width * width * sizeof *shrink->covariance);
    for (size_t p = 0; p < lasting->n_points; p++)
        for (size_t k = 0; k < width; k++)
            mean[k] += lasting->points[p].weight * lasting->points[p].change[k];
    for (size_t p = 0; p < lasting->n_points; p++) {
        const lasting_point *point = &lasting->points[p];
        for (size_t k = 0; k < width; k++)
            for (size_t l = 0; l < width; l++)
                shrink->covariance[k * width + l] +=
                    point->weight * ldexp(point->covariance[k * width + l] +
                                              (point->change[k] - mean[k]) * (point->change[l] - mean[l]),
                                          2 * shrink->exponent);
    }
    for (size_t k = 0; k < width; k++)
        shrink->change[k] = ldexp(shrink_dot(shrink->basis + k * width + k, mean + k, width - k),
                                  shrink->exponent - shrink->column_exponents[k]);
}

void shrink_set_targets(behov_shrink *shrink)
{
    size_t n = shrink->n_municipalities;
    if (shrink->lasting)
        change_of_b(shrink);
    for (int target = 0; target < BEHOV_N_TARGETS; target++)
        for (size_t m = 0; m < n; m++)
            target_of_municipality(shrink, (behov_shrink_target)target, m);
    for (size_t m = 0; m < n && shrink->lasting; m++) {
        shrink->effects[m] = shrink->targets[m];
        shrink->uncertainties[m] = shrink->targets[n + m];
        shrink->shares[m] = isnan(shrink->effects[m]) ? NAN : share_of_municipality(shrink, m);
    }
}
