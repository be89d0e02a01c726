/* shrink.c - intervals of a need and its ratio; the lasting level of municipalities by REML and empirical Bayes.
 *
 * Symbols: rows t of municipality i, n_i of them; v_it = s0^2 + s1^2 / p_it, a_it = 1 / v_it, A_i = sum_t a_it;
 * tau = Var(u); S_i = diag(v_i) + tau 1 1' the covariance of a municipality's rows; Q = X T orthonormal over the rows
 * estimated on (weighted), so that x'b = q'theta; r the residuals.
 *
 * Parts: rows (shrink_rows.c), variances (shrink_likelihood.c) and levels (shrink_levels.c) under independent chance;
 * under chance that lasts the covariance of a municipality (shrink_block.c), likelihood (shrink_lasting.c), its maximum
 * (shrink_scoring.c), grid (shrink_grid.c); ratios and probabilities (shrink_targets.c), ranks (shrink_ranks.c). Not
 * here: which rows and years are pooled, and the words for it. */
#include <behov/shrink.h>

#include <behov/inference.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"
#include "shrink_lasting.h"

/* ---- normal level and prediction -----------------------------------------------------------------------------------
 */

double behov_level_variance(const double *vcov, const double *regressors, size_t n_regressors)
{
    return shrink_quadratic(vcov, regressors, n_regressors);
}

static double quantile_of(double level, double dof)
{
    return isfinite(dof) ? behov_t_quantile(level, dof) : gsl_cdf_ugaussian_Pinv(0.5 + level / 2);
}

double behov_prediction_variance(double level_variance, double rmse, double weight)
{
    return weight > 0 ? level_variance + rmse * rmse / weight : NAN;
}

behov_interval behov_level_interval(double need, double variance, double dof, double level)
{
    double far = quantile_of(level, dof) * sqrt(variance);
    if (isnan(need) || isnan(far))
        return (behov_interval){NAN, NAN};
    return (behov_interval){need - far, need + far};
}

behov_interval behov_gap_interval(double actual, behov_interval need)
{
    behov_interval gap = {actual - need.high, actual - need.low};
    return isnan(gap.low) || isnan(gap.high) ? (behov_interval){NAN, NAN} : gap;
}

behov_interval behov_ratio_interval(double actual, behov_interval need)
{
    if (isnan(actual) || !(need.low > 0))
        return (behov_interval){NAN, NAN};
    double at_low = 100 * actual / need.low, at_high = 100 * actual / need.high;
    return actual < 0 ? (behov_interval){at_low, at_high} : (behov_interval){at_high, at_low};
}

/* ---- levels --------------------------------------------------------------------------------------------------------
 */

static bool make_likelihood(likelihood *likelihood, const panel_rows *rows)
{
    size_t width = rows->n_regressors;
    likelihood->rows = rows;
    likelihood->w = behov_alloc(rows->n, (width + 1) * sizeof *likelihood->w);
    likelihood->p = behov_alloc(rows->n, sizeof *likelihood->p);
    likelihood->g = behov_alloc(width + 1, (width + 1) * sizeof *likelihood->g);
    likelihood->right = behov_alloc(width, sizeof *likelihood->right);
    likelihood->sums = behov_alloc(width, N_VARIANCES * sizeof *likelihood->sums);
    likelihood->matrices = behov_alloc(width * width, N_VARIANCES * sizeof *likelihood->matrices);
    likelihood->moved_values = behov_alloc(rows->n, N_VARIANCES * sizeof *likelihood->moved_values);
    return likelihood->w && likelihood->p && likelihood->g && likelihood->right && likelihood->sums &&
           likelihood->matrices && likelihood->moved_values;
}

/* Variance of chance of each municipality's last row, which stands for those to come. */
static void set_chance(const behov_shrink_data *data, behov_shrink *shrink)
{
    for (size_t i = 0; i < data->n_rows; i++) {
        size_t m = data->municipalities[i], last = shrink->last_rows[m];
        if (last == SIZE_MAX || !data->years || data->years[i] >= data->years[last])
            shrink->last_rows[m] = i;
    }
    for (size_t m = 0; m < shrink->n_municipalities; m++)
        if (shrink->last_rows[m] != SIZE_MAX)
            shrink->chance[m] =
                shrink->variances.row +
                (data->populations ? shrink->variances.person / data->populations[shrink->last_rows[m]] : 0);
}

/* Under independent chance. `variances` is scaled. */
static behov_status estimate(panel_rows *rows, behov_shrink *shrink, double *variances, behov_error *err)
{
    size_t width = rows->n_regressors;
    likelihood likelihood = {0};
    double *work = behov_alloc(rows->longest + 1, N_VARIANCES * sizeof *work);
    behov_status status = make_likelihood(&likelihood, rows) && work
                              ? BEHOV_OK
                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    double inverse[N_VARIANCES * N_VARIANCES] = {0};
    if (!status && rows->floor > 0) {
        shrink_maximise(&likelihood, variances, &shrink->variances);
        shrink_invert_information(&likelihood, inverse);
        shrink_covariance_of_b(rows, variances, likelihood.sums, shrink->covariance);
        shrink_predict_levels(rows, variances, inverse, work, shrink);
    } else if (!status) { /* every residual is 0: nothing varies, nothing is shrunk */
        shrink->variances.is_converged = true;
        shrink->variances.log_likelihood = NAN;
        for (size_t m = 0; m < rows->n_municipalities; m++)
            if (rows->municipality_rows[m].n)
                shrink->effects[m] = shrink->shares[m] = shrink->uncertainties[m] = 0;
    }
    shrink->variances.lasting = ldexp(variances[LASTING], 2 * shrink->exponent);
    shrink->variances.row = ldexp(variances[ROW], 2 * shrink->exponent);
    shrink->variances.person = ldexp(variances[PERSON], 2 * shrink->exponent - rows->person_exponent);
    for (size_t k = 0; k < width * width; k++)
        shrink->covariance[k] = ldexp(shrink->covariance[k], 2 * shrink->exponent);
    shrink_likelihood_free(&likelihood);
    free(work);
    return status;
}

/* What is said of years whether chance lasts or not. */
static void set_years(const behov_shrink_data *data, const panel_rows *rows, behov_shrink_variances *variances)
{
    variances->horizon = data->horizon ? data->horizon : 3;
    variances->lasting_error = variances->row_error = variances->person_error = variances->phi_error = NAN;
    variances->likelihood_ratio = variances->independent_log_likelihood = NAN;
    variances->white_gain = variances->white_share = variances->small_gain = variances->small_person = NAN;
    variances->is_permanent_known = true;
    for (size_t m = 0; m < rows->n_municipalities; m++)
        if (rows->municipality_rows[m].n_estimated > variances->n_years)
            variances->n_years = rows->municipality_rows[m].n_estimated;
    for (size_t i = 0; i < data->n_rows && data->years; i++) {
        if (i == 0 || data->years[i] < variances->first_year)
            variances->first_year = data->years[i];
        if (i == 0 || data->years[i] > variances->last_year)
            variances->last_year = data->years[i];
    }
}

static behov_status estimate_all(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink,
                                 behov_error *err)
{
    double variances[N_VARIANCES] = {0, 0, 0};
    bool has_chance = rows->floor > 0;
    size_t n_free = rows->n_estimated - rows->n_regressors;
    behov_status status = estimate(rows, shrink, variances, err);
    if (!status && data->chance == BEHOV_CHANCE_AR1 && data->years && has_chance && !shrink->variances.is_one_year)
        status = shrink_estimate_lasting(data, rows, shrink, variances, err);
    /* of residuals in the outcome's unit: log|S| - log|Q'S^-1 Q| has N - K times the unit's square in it; and of weights
     * as given, whose Q has 1 / unit of their roots in it */
    double unit =
        (double)n_free * shrink->exponent * log(2) - (double)shrink->n_regressors * shrink->weight_exponent * log(2);
    shrink->variances.log_likelihood -= unit;
    shrink->variances.independent_log_likelihood -= unit;
    if (!status) {
        set_chance(data, shrink);
        shrink_set_targets(shrink);
    }
    return status;
}

void behov_shrink_free(behov_shrink *shrink)
{
    if (!shrink)
        return;
    free(shrink->column_exponents), free(shrink->triangle), free(shrink->basis), free(shrink->covariance);
    free(shrink->effects), free(shrink->shares), free(shrink->uncertainties), free(shrink->own), free(shrink->pulls);
    free(shrink->chance), free(shrink->targets), free(shrink->change), free(shrink->correlations);
    free(shrink->last_rows);
    shrink_lasting_close(shrink->lasting);
    free(shrink);
}

static behov_status make_room(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink, behov_error *err)
{
    size_t n = data->n_rows, width = data->n_regressors, n_municipalities = data->n_municipalities;
    *rows = (panel_rows){.n = n, .n_regressors = width, .n_municipalities = n_municipalities};
    rows->municipality_rows = behov_alloc(n_municipalities, sizeof *rows->municipality_rows);
    rows->order = behov_alloc(n, sizeof *rows->order);
    rows->r = behov_alloc(n, sizeof *rows->r);
    rows->person = behov_alloc(n, sizeof *rows->person);
    rows->weights = behov_alloc(n, sizeof *rows->weights);
    rows->q = behov_alloc(n, (width + 1) * sizeof *rows->q);
    shrink->n_municipalities = n_municipalities;
    shrink->n_regressors = width;
    shrink->column_exponents = behov_alloc(width, sizeof *shrink->column_exponents);
    shrink->triangle = behov_alloc(width + 1, (width + 1) * sizeof *shrink->triangle);
    shrink->basis = behov_alloc(width + 1, (width + 1) * sizeof *shrink->basis);
    shrink->covariance = behov_alloc(width + 1, (width + 1) * sizeof *shrink->covariance);
    shrink->pulls = behov_alloc(n_municipalities, (width + 1) * sizeof *shrink->pulls);
    double **figures[] = {&shrink->effects, &shrink->shares, &shrink->uncertainties, &shrink->own, &shrink->chance};
    shrink->targets = behov_alloc(n_municipalities, (size_t)2 * BEHOV_N_TARGETS * sizeof *shrink->targets);
    shrink->change = behov_alloc(width + 1, sizeof *shrink->change);
    shrink->last_rows = behov_alloc(n_municipalities, sizeof *shrink->last_rows);
    bool has_room = shrink->targets && shrink->change && shrink->last_rows && rows->municipality_rows && rows->order &&
                    rows->r && rows->person && rows->weights && rows->q && shrink->column_exponents &&
                    shrink->triangle && shrink->basis && shrink->covariance && shrink->pulls;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        *figures[i] = behov_alloc(n_municipalities, sizeof **figures[i]);
        has_room = has_room && *figures[i];
    }
    if (!has_room)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    for (size_t m = 0; m < n_municipalities; m++) {
        shrink->effects[m] = shrink->shares[m] = shrink->uncertainties[m] = NAN;
        shrink->own[m] = 0;
        shrink->chance[m] = NAN;
        shrink->last_rows[m] = SIZE_MAX;
    }
    for (size_t i = 0; i < 2 * BEHOV_N_TARGETS * n_municipalities; i++)
        shrink->targets[i] = NAN;
    return BEHOV_OK;
}

behov_status behov_shrink_new(const behov_shrink_data *data, behov_shrink **shrink, behov_error *err)
{
    behov_status status = shrink_check(data, err);
    if (status)
        return status;
    panel_rows rows = {0};
    behov_shrink *new_shrink = behov_alloc(1, sizeof *new_shrink);
    status = new_shrink ? make_room(data, &rows, new_shrink, err)
                        : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    if (!status) {
        shrink_sort_rows(data, &rows);
        shrink_scale_rows(data, &rows, new_shrink);
        if (rows.n_estimated <= rows.n_regressors)
            status = behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_SHRINK_NO_RESIDUAL, (unsigned long)rows.n_estimated,
                                     (unsigned long)rows.n_regressors);
    }
    if (!status)
        status = shrink_make_basis(data, &rows, new_shrink, err);
    if (!status)
        set_years(data, &rows, &new_shrink->variances);
    if (!status && new_shrink->variances.is_known)
        status = estimate_all(data, &rows, new_shrink, err);
    else if (!status)
        new_shrink->variances.lasting = new_shrink->variances.row = new_shrink->variances.person =
            new_shrink->variances.log_likelihood = NAN;
    shrink_rows_free(&rows);
    if (status)
        behov_shrink_free(new_shrink);
    else
        *shrink = new_shrink;
    return status;
}

behov_shrink_variances behov_shrink_variances_of(const behov_shrink *shrink)
{
    return shrink->variances;
}

const double *behov_shrink_effects(const behov_shrink *shrink)
{
    return shrink->effects;
}

const double *behov_shrink_shares(const behov_shrink *shrink)
{
    return shrink->shares;
}

const double *behov_shrink_uncertainties(const behov_shrink *shrink)
{
    return shrink->uncertainties;
}

void shrink_to_basis(const behov_shrink *shrink, const double *regressors, double *q)
{
    size_t width = shrink->n_regressors;
    memset(q, 0, width * sizeof *q);
    for (size_t k = 0; k < width; k++) {
        double x = ldexp(regressors[k], -shrink->column_exponents[k]);
        for (size_t j = k; j < width; j++)
            q[j] += x * shrink->basis[k * width + j];
    }
}

behov_lasting behov_shrink_ratio(const behov_shrink *shrink, size_t municipality, double need, const double *regressors,
                                 double level)
{
    if (shrink->lasting)
        return behov_shrink_target_ratio(shrink, BEHOV_TARGET_AHEAD,
                                         &(behov_shrink_need){municipality, need, regressors}, level);
    double effect = shrink->effects[municipality], q[BEHOV_WIDTH_MAX];
    if (!(need > 0) || isnan(effect))
        return (behov_lasting){NAN, {NAN, NAN}, NAN};
    /* ratio / 100 = 1 + u / need: to first order its error is that of u less u / need times that of the need */
    shrink_to_basis(shrink, regressors, q);
    const double *pull = shrink->pulls + municipality * shrink->n_regressors;
    for (size_t k = 0; k < shrink->n_regressors; k++)
        q[k] = -pull[k] - effect / need * q[k];
    double ratio = 100 * (need + effect) / need;
    double error =
        100 * sqrt(shrink->own[municipality] + shrink_quadratic(shrink->covariance, q, shrink->n_regressors)) / need;
    double spread = sqrt(shrink->uncertainties[municipality]);
    double above = spread > 0 ? gsl_cdf_ugaussian_P(effect / spread) : effect > 0 ? 1 : effect < 0 ? 0 : 0.5;
    return (behov_lasting){ratio, behov_level_interval(ratio, error * error, INFINITY, level), above};
}

void behov_shrink_ratios(const behov_shrink *shrink, const behov_shrink_need *needs, size_t n, double level,
                         behov_lasting *ratios)
{
    if (shrink->lasting)
        behov_shrink_target_ratios(shrink, BEHOV_TARGET_AHEAD, needs, n, level, ratios);
    for (size_t i = 0; i < n && !shrink->lasting; i++)
        ratios[i] = behov_shrink_ratio(shrink, needs[i].municipality, needs[i].need, needs[i].regressors, level);
}
