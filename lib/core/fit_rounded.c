/* fit_rounded.c - whether the outcome is a combination of the regressors that was rounded to its last decimal.
 *
 * It is when some coefficients leave no residual above half a unit of that decimal. Least squares spread the rounding,
 * so that their largest residual is often a little above it: from them the coefficients move, by Newton's steps, to
 * where the squares of what is above half a unit add up to least, 0 when the outcome is such a combination. The
 * function is convex and made of quadratic pieces, so few steps lead there, each a least squares of the rows that are
 * above (in the orthonormal basis of the fit, ridged by a millionth, for they may be fewer than the coefficients).
 *
 * Few rows, or outcomes of few values, are such a combination by chance. If some coefficients will do, then some of which K
 * rows are just half a unit away, in one of C(N, K) 2^K ways; the other N - K outcomes must lie within half a unit of
 * what those give, each with a chance of at most p, the share of the two neighbouring values that most outcomes have (p
 * and the rows taken for independent of each other). So the chance is at most C(N, K) 2^K p^(N - K). Where that is not
 * below a thousandth, and the outcomes do not spread over more than 10 units either (values far from each other that each
 * stand in many rows make p large, though few planes meet them), nothing is said: with K = 3 and outcomes of normal spread that are 10 units from each other (p = 0.08)
 * from 9 rows on, 3 units (0.26) from 15, 1 unit (0.68) from 53. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "fit_parts.h"
#include "linalg.h"

enum { FEWEST_FREE_ROWS = 5, MOST_DECIMALS = 6, MOST_STEPS = 50, MOST_HALVINGS = 20 };
static const double spread_in_units = 10, most_chance = 1e-3, tolerance = 1e-6;

/* Rows of the fit: basis (n x rank) and residual as the coefficients stand, both of the row without its weight. */
typedef struct row_set {
    size_t n, rank;
    double *basis, *residuals, *trial, *step, *triangle, *row, *work;
    double half; /* a unit of the last decimal, over 2, scaled as the residuals */
} row_set;

/* Decimals of the outcomes, `most` + 1 when they have more. */
static behov_status look_at_outcomes(const behov_fit *fit, const behov_design *design, int most, int *decimals,
                                     behov_error *err)
{
    size_t n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *block), outcome[BEHOV_DESIGN_BLOCK];
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    *decimals = 0;
    for (size_t first = 0; first < n_rows && *decimals <= most; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *block_rows = behov_rows_block(rows, first, count, room);
        behov_design_fill(design, block_rows, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            while (*decimals <= most) {
                double scaled_value = outcome[i] * pow(10, *decimals);
                if (fabs(scaled_value - nearbyint(scaled_value)) <= 0x1p-50 * fabs(scaled_value))
                    break;
                ++*decimals;
            }
        }
    }
    free(block);
    return BEHOV_OK;
}

static int compare_outcomes(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* In units of the last decimal: the largest share that two neighbouring values have of the outcomes, and their standard
 * deviation. */
static behov_status look_at_values(const behov_fit *fit, const behov_design *design, int decimals, double *share,
                                   double *spread, behov_error *err)
{
    size_t n = fit->n_regressors, n_rows, largest = 0, low = 0;
    double mean = 0, squares = 0;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *block),
           *outcomes = behov_alloc(n_rows, sizeof *outcomes);
    if (!block || !outcomes) {
        free(block), free(outcomes);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FIT_OUTCOMES);
    }
    for (size_t first = 0; first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *block_rows = behov_rows_block(rows, first, count, room);
        behov_design_fill(design, block_rows, count, block, n, outcomes + first);
        for (size_t i = 0; i < count; i++)
            outcomes[first + i] = nearbyint(outcomes[first + i] * pow(10, decimals));
        for (size_t i = first; i < first + count; i++) {
            double away = outcomes[i] - mean;
            mean += away / (double)(i + 1);
            squares += away * (outcomes[i] - mean);
        }
    }
    qsort(outcomes, n_rows, sizeof *outcomes, compare_outcomes);
    for (size_t i = 0; i < n_rows; i++) {
        while (outcomes[i] - outcomes[low] > 1)
            low++;
        largest = i + 1 - low > largest ? i + 1 - low : largest;
    }
    *share = (double)largest / (double)n_rows;
    *spread = sqrt(squares / (double)(n_rows - 1));
    free(block), free(outcomes);
    return BEHOV_OK;
}

/* Whether outcomes that have nothing to do with the regressors are a rounded combination of them with some chance. */
static bool is_likely_by_chance(double n_rows, double n_coefficients, double share)
{
    double ways =
        lgamma(n_rows + 1) - lgamma(n_coefficients + 1) - lgamma(n_rows - n_coefficients + 1) + n_coefficients * log(2);
    return ways + (n_rows - n_coefficients) * log(share) > log(most_chance);
}

static bool set_rows(row_set *row_set, const behov_fit *fit, const behov_design *design)
{
    size_t n = fit->n_regressors, m = fit->rank + 1;
    row_set->n = fit->n_rows, row_set->rank = fit->rank;
    row_set->basis = behov_alloc(row_set->n, row_set->rank * sizeof(double));
    row_set->residuals = behov_alloc(row_set->n, sizeof(double));
    row_set->trial = behov_alloc(row_set->n, sizeof(double));
    row_set->step = behov_alloc(m, sizeof(double));
    row_set->triangle = behov_alloc(m, m * sizeof(double));
    row_set->row = behov_alloc(m, sizeof(double));
    row_set->work = behov_alloc(m, sizeof(double));
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *block), outcome[BEHOV_DESIGN_BLOCK];
    bool has_room = row_set->basis && row_set->residuals && row_set->trial && row_set->step && row_set->triangle &&
                    row_set->row && row_set->work && block;
    for (size_t first = 0; has_room && first < row_set->n; first += BEHOV_DESIGN_BLOCK) {
        size_t count = row_set->n - first < BEHOV_DESIGN_BLOCK ? row_set->n - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(design, first, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            double *x = block + i * n, *p = row_set->basis + (first + i) * row_set->rank,
                   root = design_root(design, first + i);
            for (size_t k = 0; k < n; k++)
                x[k] = ldexp(x[k], -behov_design_exponent(design, k));
            double y = ldexp(outcome[i], -behov_design_exponent(design, n));
            fit_turn_row_double(fit, x, y, p, &row_set->residuals[first + i]);
            row_set->residuals[first + i] /= root;
            for (size_t q = 0; q < row_set->rank; q++)
                p[q] /= root;
        }
    }
    free(block);
    return has_room;
}

static void free_rows(row_set *row_set)
{
    double *all[] = {row_set->basis,    row_set->residuals, row_set->trial, row_set->step,
                     row_set->triangle, row_set->row,       row_set->work};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

/* What a residual is above half a unit, with its sign. */
static double excess(const row_set *row_set, double residual)
{
    double above = fabs(residual) - row_set->half;
    return above > 0 ? copysign(above, residual) : 0;
}

static double sum_of_excess(const row_set *row_set, const double *residuals, double *largest)
{
    double sum = 0;
    *largest = 0;
    for (size_t i = 0; i < row_set->n; i++) {
        double above = fabs(excess(row_set, residuals[i]));
        sum += above * above;
        *largest = above > *largest ? above : *largest;
    }
    return sum;
}

/* The least squares of the rows above half a unit. */
static void find_step(row_set *row_set)
{
    size_t m = row_set->rank + 1;
    double squares = 0;
    memset(row_set->triangle, 0, m * m * sizeof *row_set->triangle);
    for (size_t i = 0; i < row_set->n; i++) {
        double above = excess(row_set, row_set->residuals[i]);
        if (above == 0)
            continue;
        memcpy(row_set->row, row_set->basis + i * row_set->rank, row_set->rank * sizeof *row_set->row);
        for (size_t q = 0; q < row_set->rank; q++)
            squares += row_set->row[q] * row_set->row[q];
        row_set->row[row_set->rank] = above;
        behov_triangle_add(row_set->triangle, m, row_set->row, 1, row_set->work);
    }
    for (size_t q = 0; q < row_set->rank; q++) {
        memset(row_set->row, 0, m * sizeof *row_set->row);
        row_set->row[q] = sqrt(1e-6 * squares / (double)row_set->rank);
        behov_triangle_add(row_set->triangle, m, row_set->row, 1, row_set->work);
    }
    for (size_t q = row_set->rank; q-- > 0;) {
        double left = row_set->triangle[q * m + row_set->rank];
        for (size_t j = q + 1; j < row_set->rank; j++)
            left -= row_set->triangle[q * m + j] * row_set->step[j];
        row_set->step[q] = left / row_set->triangle[q * m + q];
    }
}

/* Moves by the step, or by a half of it as often as that is needed to come nearer; false when nothing does. */
static bool move(row_set *row_set, double *sum, double *largest)
{
    for (int halvings = 0; halvings < MOST_HALVINGS; halvings++) {
        for (size_t i = 0; i < row_set->n; i++) {
            double moved_value = 0;
            for (size_t q = 0; q < row_set->rank; q++)
                moved_value += row_set->basis[i * row_set->rank + q] * row_set->step[q];
            row_set->trial[i] = row_set->residuals[i] - ldexp(moved_value, -halvings);
        }
        double trial_largest, trial_sum = sum_of_excess(row_set, row_set->trial, &trial_largest);
        if (trial_sum < *sum) {
            double *previous_values = row_set->residuals;
            row_set->residuals = row_set->trial;
            row_set->trial = previous_values;
            *sum = trial_sum, *largest = trial_largest;
            return true;
        }
    }
    return false;
}

static bool is_reached(row_set *row_set)
{
    double largest, sum = sum_of_excess(row_set, row_set->residuals, &largest);
    for (int n_steps = 0; largest > tolerance * row_set->half; n_steps++) {
        double previous_value = sum;
        if (n_steps == MOST_STEPS)
            return false;
        find_step(row_set);
        if (!move(row_set, &sum, &largest) || sum > (1 - 1e-4) * previous_value)
            return largest <= tolerance * row_set->half;
    }
    return true;
}

behov_status behov_fit_find_rounding(const behov_fit *fit, const behov_design *design, int *decimals, behov_error *err)
{
    int found_number = 0;
    double share = 1, spread = 0, rms = sqrt(fit->rss / fit->n_observations);
    /* Least squares leave no larger a sum of squares than coefficients whose residuals are all within half a unit. */
    int most = rms > 0.5 ? -1 : rms > 0.5e-6 ? (int)floor(log10(0.5 / rms)) : MOST_DECIMALS;
    *decimals = -1;
    if (fit->is_exact || most < 0 || behov_design_is_merged(design) ||
        fit->n_rows < fit->rank + fit->n_absorbed + FEWEST_FREE_ROWS)
        return BEHOV_OK;
    behov_status status = look_at_outcomes(fit, design, most, &found_number, err);
    double unit = pow(10, -found_number);
    if (!status && found_number <= most)
        status = look_at_values(fit, design, found_number, &share, &spread, err);
    if (status || found_number > most ||
        (!(spread > spread_in_units) &&
         is_likely_by_chance((double)fit->n_rows, (double)(fit->rank + fit->n_absorbed), share)))
        return status;
    row_set rows = {.half = ldexp(unit / 2, -fit->outcome_exponent)};
    if (!set_rows(&rows, fit, design))
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_FIT_ROWS);
    else if (is_reached(&rows))
        *decimals = found_number;
    free_rows(&rows);
    return status;
}
