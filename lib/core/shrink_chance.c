/* shrink_chance.c - levels under chance that lasts, from rows to figures: rows by year, REML, what the model may miss, the
 * grid, correlations by lag.
 *
 * What the model may miss is told by two parameters more, each by itself: a share of chance that is white noise, and
 * Var u = tau + t / population (t >= 0). Where the score at 0 points downwards nothing is gained. */
#include "shrink_lasting.h"

#include <behov/parallel.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

enum { LONGEST_LAG = 1000, WHITE_FROM_YEARS = 4 };
static const double probe_tolerance = 1e-4; /* of l, whose rise is told to two digits */

void shrink_lasting_close(lasting *lasting)
{
    if (!lasting)
        return;
    shrink_rows_free(&lasting->rows);
    free(lasting->years), free(lasting->estimated), free(lasting->whole), free(lasting->first);
    free(lasting->points), free(lasting->point_memory), free(lasting->posteriors), free(lasting->pulls);
    free(lasting->gaps), free(lasting->x);
    free(lasting);
}

/* ---- rows by year ---- */

typedef struct dated {
    int32_t year;
    size_t position;
} dated;

static int by_year(const void *a, const void *b)
{
    const dated *x = a, *y = b;
    return x->year != y->year          ? (x->year < y->year ? -1 : 1)
           : x->position < y->position ? -1
                                       : x->position > y->position;
}

static behov_status sort_municipality(lasting *lasting, municipality_rows whole, dated *list, size_t *n_estimated,
                                      behov_error *err)
{
    for (size_t t = 0; t < whole.n; t++)
        list[t] = (dated){lasting->years[whole.first + t], whole.first + t};
    if (whole.n > 1)
        qsort(list, whole.n, sizeof *list, by_year);
    for (size_t t = 0; t < whole.n; t++) {
        if (t > 0 && list[t].year == list[t - 1].year)
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_SHRINK_REPEATED_YEAR,
                                   (unsigned long)lasting->rows.order[list[t].position] + 1);
        lasting->whole[whole.first + t] = list[t].position;
        if (list[t].position < whole.first + whole.n_estimated)
            lasting->estimated[(*n_estimated)++] = list[t].position;
    }
    if (whole.n) {
        int64_t gap = (int64_t)list[whole.n - 1].year - list[0].year;
        lasting->longest_gap = gap > lasting->longest_gap ? gap : lasting->longest_gap;
    }
    return BEHOV_OK;
}

static behov_status sort_years(lasting *lasting, const int32_t *years, behov_error *err)
{
    const panel_rows *rows = &lasting->rows;
    dated *list = behov_alloc(rows->longest + 1, sizeof *list);
    lasting->years = behov_alloc(rows->n, sizeof *lasting->years);
    lasting->whole = behov_alloc(rows->n, sizeof *lasting->whole);
    lasting->estimated = behov_alloc(rows->n, sizeof *lasting->estimated);
    lasting->first = behov_alloc(rows->n_municipalities + 1, sizeof *lasting->first);
    behov_status status = list && lasting->years && lasting->whole && lasting->estimated && lasting->first
                              ? BEHOV_OK
                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    size_t n_estimated = 0;
    lasting->last_year = INT32_MIN;
    lasting->longest = rows->longest;
    for (size_t i = 0; i < rows->n && !status; i++) {
        lasting->years[i] = years[rows->order[i]];
        lasting->last_year = lasting->years[i] > lasting->last_year ? lasting->years[i] : lasting->last_year;
    }
    for (size_t m = 0; m < rows->n_municipalities && !status; m++) {
        lasting->first[m] = n_estimated;
        status = sort_municipality(lasting, rows->municipality_rows[m], list, &n_estimated, err);
    }
    if (!status)
        lasting->first[rows->n_municipalities] = n_estimated;
    free(list);
    return status;
}

/* [Q r] of the rows estimated on, side by side in the order of years. */
static bool set_columns(lasting *lasting)
{
    const panel_rows *rows = &lasting->rows;
    size_t width = rows->n_regressors;
    lasting->stride = (width + 4) / 4 * 4;
    lasting->x = behov_alloc(rows->n_estimated, lasting->stride * sizeof *lasting->x);
    for (size_t i = 0; i < rows->n_estimated && lasting->x; i++) {
        double *x = lasting->x + i * lasting->stride;
        memcpy(x, rows->q + lasting->estimated[i] * width, width * sizeof *x);
        x[width] = rows->r[lasting->estimated[i]];
    }
    return lasting->x != NULL;
}

static void set_bounds(lasting *lasting)
{
    const panel_rows *rows = &lasting->rows;
    double squares = 0, persons = 0;
    for (size_t i = 0; i < rows->n_estimated; i++) {
        squares += rows->r[lasting->estimated[i]] * rows->r[lasting->estimated[i]];
        persons += rows->person[lasting->estimated[i]];
    }
    lasting->mean_person = persons > 0 ? persons / (double)rows->n_estimated : 1;
    lasting->mean_square = fmax(squares / (double)rows->n_estimated, rows->floor);
    lasting->low[ROW] = rows->floor;
    for (int k = 0; k < N_THETA; k++) {
        lasting->high[k] = 1e12;
        lasting->is_free[k] = k < N_VARIANCES ? rows->is_free[k] : k == PHI;
    }
    lasting->high[PHI] = PHI_MAX;
    lasting->high[WHITE] = 0.95;
}

/* ---- estimates ---- */

/* By how much l rises with one parameter more, from 0. `score` by it at the estimates. */
static double gain_of(lasting_likelihood *likelihood, const lasting *lasting, int which, double score, double value,
                      double *estimate)
{
    bool may_move[N_THETA];
    double theta[N_THETA];
    size_t n_steps = 0;
    *estimate = 0;
    if (!(score > 0))
        return 0;
    memcpy(may_move, lasting->is_free, sizeof may_move);
    memcpy(theta, lasting->theta, sizeof theta);
    may_move[which] = true;
    shrink_lasting_maximise(likelihood, theta, may_move, probe_tolerance, -INFINITY, &n_steps);
    if (!(likelihood->value > value))
        return 0;
    *estimate = theta[which];
    return likelihood->value - value;
}

static void take_errors(const lasting_likelihood *likelihood, behov_shrink_variances *variances, int exponent,
                        int person_exponent)
{
    const lasting *lasting = likelihood->lasting;
    double inverse[N_THETA * N_THETA], errors[N_THETA];
    bool is_known = shrink_lasting_errors(likelihood, lasting->theta, lasting->is_free, inverse);
    for (int k = 0; k < N_THETA; k++)
        errors[k] = is_known && inverse[k * (N_THETA + 1)] > 0 ? sqrt(inverse[k * (N_THETA + 1)]) : NAN;
    variances->lasting_error = ldexp(errors[LASTING], 2 * exponent);
    variances->row_error = ldexp(errors[ROW], 2 * exponent);
    variances->person_error = ldexp(errors[PERSON], 2 * exponent - person_exponent);
    variances->phi_error = errors[PHI];
}

static void take_estimates(lasting_likelihood *likelihood, lasting *lasting, behov_shrink *shrink)
{
    behov_shrink_variances *variances = &shrink->variances;
    const double *theta = lasting->theta;
    int exponent = shrink->exponent, person_exponent = lasting->rows.person_exponent;
    variances->chance = BEHOV_CHANCE_AR1;
    variances->is_lasting_at_border = !(theta[LASTING] > 0);
    variances->is_row_at_border = !shrink_lasting_is_inside(lasting, theta, ROW);
    variances->is_person_at_border = variances->has_person && !(theta[PERSON] > 0);
    variances->is_phi_at_border = !shrink_lasting_is_inside(lasting, theta, PHI);
    variances->lasting = ldexp(theta[LASTING], 2 * exponent);
    variances->row = variances->is_row_at_border ? 0 : ldexp(theta[ROW], 2 * exponent);
    variances->person = ldexp(theta[PERSON], 2 * exponent - person_exponent);
    variances->phi = theta[PHI];
    variances->likelihood_ratio = fmax(2 * (variances->log_likelihood - variances->independent_log_likelihood), 0);
    variances->is_inseparable = variances->is_lasting_at_border || theta[PHI] >= PHI_MAX;
    take_errors(likelihood, variances, exponent, person_exponent);
    variances->is_permanent_known =
        variances->n_years > 2 || (variances->has_person && variances->person > 2 * variances->person_error);
}

/* ---- searches that know nothing of each other ---- */

enum { BELOW, ABOVE, BY_WHITE, BY_SMALL, N_SEARCHES };

/* Both sides of the grid, and what is gained by each parameter more. */
typedef struct searches {
    const lasting *lasting;
    lasting_grid *grid;
    double value, scores[N_THETA]; /* at the estimates */
    double gains[N_THETA], estimates[N_THETA];
    bool has_failed[N_SEARCHES];
} searches;

static void run_search(void *context, size_t number)
{
    searches *searches = context;
    lasting_likelihood likelihood;
    searches->has_failed[number] = !shrink_lasting_new(&likelihood, searches->lasting);
    if (searches->has_failed[number])
        return;
    if (number == BELOW || number == ABOVE) {
        shrink_grid_side(searches->grid, &likelihood, number == BELOW ? -1 : 1);
    } else {
        int which = number == BY_WHITE ? WHITE : SMALL;
        searches->gains[which] = gain_of(&likelihood, searches->lasting, which, searches->scores[which],
                                         searches->value, &searches->estimates[which]);
    }
    shrink_lasting_free(&likelihood);
}

static void take_gains(const searches *searches, behov_shrink *shrink)
{
    behov_shrink_variances *variances = &shrink->variances;
    bool has_white = variances->n_years >= WHITE_FROM_YEARS, has_small = variances->has_person;
    variances->white_gain = has_white ? searches->gains[WHITE] : NAN;
    variances->white_share = has_white ? searches->estimates[WHITE] : NAN;
    variances->small_gain = has_small ? searches->gains[SMALL] : NAN;
    variances->small_person =
        has_small ? ldexp(searches->estimates[SMALL], 2 * shrink->exponent - searches->lasting->rows.person_exponent)
                  : NAN;
}

/* `likelihood` at the estimates, with the scores of what the model may miss. */
static behov_status search(lasting_likelihood *likelihood, lasting *lasting, behov_shrink *shrink, size_t n_threads,
                           behov_error *err)
{
    searches searches = {.lasting = lasting, .value = likelihood->value};
    /* what is not asked of the panel has no slope to climb */
    searches.scores[WHITE] = shrink->variances.n_years >= WHITE_FROM_YEARS ? likelihood->score[WHITE] : 0;
    searches.scores[SMALL] = shrink->variances.has_person ? likelihood->score[SMALL] : 0;
    searches.grid = shrink_grid_new(lasting, likelihood, shrink->variances.log_likelihood);
    bool has_room = searches.grid != NULL;
    if (has_room)
        behov_parallel(n_threads, N_SEARCHES, run_search, &searches);
    for (size_t i = 0; i < N_SEARCHES; i++)
        has_room = has_room && !searches.has_failed[i];
    behov_status status = has_room ? shrink_grid_points(searches.grid, likelihood, n_threads, err)
                                   : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    take_gains(&searches, shrink);
    free(searches.grid);
    return status;
}

static void take_grid(const lasting *lasting, behov_shrink *shrink)
{
    behov_shrink_variances *variances = &shrink->variances;
    double tau = 0, tau_square = 0, phi = 0, phi_square = 0;
    for (size_t p = 0; p < lasting->n_points; p++) {
        const lasting_point *point = &lasting->points[p];
        tau += point->weight * point->theta[LASTING];
        phi += point->weight * point->theta[PHI];
        variances->lasting_chance +=
            point->weight * shrink_lasting_kept(lasting->horizon, point->theta[PHI], 0, BEHOV_TARGET_AHEAD);
    }
    for (size_t p = 0; p < lasting->n_points; p++) {
        const lasting_point *point = &lasting->points[p];
        tau_square += point->weight * (point->theta[LASTING] - tau) * (point->theta[LASTING] - tau);
        phi_square += point->weight * (point->theta[PHI] - phi) * (point->theta[PHI] - phi);
    }
    variances->n_points = lasting->n_points;
    variances->grid_lasting = ldexp(tau, 2 * shrink->exponent);
    variances->grid_lasting_sd = ldexp(sqrt(tau_square), 2 * shrink->exponent);
    variances->grid_phi = phi;
    variances->grid_phi_sd = sqrt(phi_square);
}

/* ---- correlations by lag ---- */

typedef struct lag_sums {
    size_t n;
    double x, y, xx, yy, xy;                     /* of the residuals */
    double covariance, variance, variance_after; /* of the model */
} lag_sums;

static void add_pairs(const lasting *lasting, size_t first, size_t end, const double *theta, lag_sums *lags,
                      int64_t longest)
{
    const panel_rows *rows = &lasting->rows;
    for (size_t t = first; t < end; t++)
        for (size_t s = t + 1; s < end; s++) {
            size_t before = lasting->estimated[t], after = lasting->estimated[s];
            int64_t lag = (int64_t)lasting->years[after] - lasting->years[before];
            if (lag > longest)
                break;
            double x = rows->r[before], y = rows->r[after];
            double v = theta[ROW] + theta[PERSON] * rows->person[before],
                   w = theta[ROW] + theta[PERSON] * rows->person[after];
            lag_sums *sums = &lags[lag];
            sums->n++;
            sums->x += x, sums->y += y, sums->xx += x * x, sums->yy += y * y, sums->xy += x * y;
            sums->covariance += theta[LASTING] + pow(theta[PHI], (double)lag) * sqrt(v * w);
            sums->variance += theta[LASTING] + v;
            sums->variance_after += theta[LASTING] + w;
        }
}

static behov_status take_correlations(const lasting *lasting, behov_shrink *shrink, behov_error *err)
{
    int64_t longest = lasting->longest_gap < LONGEST_LAG ? lasting->longest_gap : LONGEST_LAG;
    lag_sums *lags = behov_alloc((size_t)longest + 1, sizeof *lags);
    shrink->correlations = behov_alloc((size_t)longest + 1, sizeof *shrink->correlations);
    if (!lags || !shrink->correlations) {
        free(lags);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    }
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++)
        add_pairs(lasting, lasting->first[m], lasting->first[m + 1], lasting->theta, lags, longest);
    for (int64_t lag = 1; lag <= longest; lag++) {
        const lag_sums *sums = &lags[lag];
        double n = (double)sums->n;
        if (sums->n == 0)
            continue;
        double square = (sums->xx - sums->x * sums->x / n) * (sums->yy - sums->y * sums->y / n);
        shrink->correlations[shrink->n_correlations++] = (behov_lag_correlation){
            (int32_t)lag, sums->n, sums->n < 3 ? NAN : (sums->xy - sums->x * sums->y / n) / sqrt(square),
            sums->covariance / sqrt(sums->variance * sums->variance_after)};
    }
    free(lags);
    return BEHOV_OK;
}

static behov_status estimate_with(lasting_likelihood *likelihood, lasting *lasting, behov_shrink *shrink,
                                  const double *independent, size_t n_threads, behov_error *err)
{
    double start[N_THETA] = {0};
    for (int k = 0; k < N_VARIANCES; k++)
        start[k] = fmax(independent[k], lasting->low[k]);
    shrink->variances.independent_log_likelihood = shrink->variances.log_likelihood;
    shrink_lasting_reml(likelihood, start, lasting->theta, &shrink->variances);
    bool may_move[N_THETA];
    memcpy(may_move, lasting->is_free, sizeof may_move);
    may_move[WHITE] = may_move[SMALL] = true; /* their scores tell whether anything is gained by them */
    if (!shrink_lasting_evaluate(likelihood, lasting->theta, may_move, AVERAGE))
        return behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_SHRINK_CHANCE_NOT_ESTIMATED);
    shrink_lasting_expect(likelihood, lasting->is_free);
    take_estimates(likelihood, lasting, shrink);
    behov_status status = search(likelihood, lasting, shrink, n_threads, err);
    if (!status)
        status = shrink_lasting_posteriors(lasting, n_threads, err);
    if (!status)
        status = take_correlations(lasting, shrink, err);
    if (!status)
        take_grid(lasting, shrink);
    return status;
}

behov_status shrink_estimate_lasting(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink,
                                     const double *independent, behov_error *err)
{
    lasting *lasting = behov_alloc(1, sizeof *lasting);
    if (!lasting)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    shrink->lasting = lasting;
    lasting->rows = *rows;
    *rows = (panel_rows){0};
    lasting->horizon = shrink->variances.horizon;
    lasting->coefficients = data->coefficients;
    behov_status status = sort_years(lasting, data->years, err);
    if (status)
        return status;
    set_bounds(lasting);
    lasting_likelihood likelihood;
    if (!set_columns(lasting) || !shrink_lasting_new(&likelihood, lasting))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    status = estimate_with(&likelihood, lasting, shrink, independent, data->n_threads, err);
    shrink_lasting_free(&likelihood);
    return status;
}
