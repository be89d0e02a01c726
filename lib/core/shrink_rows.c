/* shrink_rows.c - the rows levels are estimated from: checked, sorted by municipality, scaled by powers of two, in an
 * orthonormal basis. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"
#include "shrink_parts.h"

/* Row variances are kept above this share of the mean square residual: without chance at all S is singular, and the
 * answer (nothing is shrunk) is the limit. Products of 1 / v with tau lose as many digits as v is below tau: at 1e-9
 * the variances of data without chance still have 6. */
static const double least_variance = 1e-9;
/* Diagonal left of a column by the columns before it: behov_fit_new has dropped what depends on others by then. */
static const double dependent = 1e-13;
/* Most that rounding may add to the covariance of least squares' b, in which weights stand squared: a row of a weight far
 * above the others' must have next to nothing of all but one direction of the basis, and rounding leaves it some. */
static const double rounding_share = 1e-8;

void shrink_rows_free(panel_rows *panel_rows)
{
    free(panel_rows->municipality_rows), free(panel_rows->order), free(panel_rows->r), free(panel_rows->person),
        free(panel_rows->q), free(panel_rows->weights);
}

static bool is_estimated(const behov_shrink_data *data, size_t row)
{
    return !data->is_estimated || data->is_estimated[row];
}

behov_status shrink_check(const behov_shrink_data *data, behov_error *err)
{
    for (size_t i = 0; i < data->n_rows; i++) {
        if (data->municipalities[i] >= data->n_municipalities)
            return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SHRINK_NO_MUNICIPALITY, (unsigned long)i + 1);
        if (!isfinite(data->residuals[i]))
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_SHRINK_RESIDUAL_NOT_NUMBER, (unsigned long)i + 1);
        if (data->populations && !(data->populations[i] > 0 && isfinite(data->populations[i])))
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_SHRINK_POPULATION_NOT_POSITIVE, (unsigned long)i + 1);
        if (data->root_weights && is_estimated(data, i) &&
            !(data->root_weights[i] > 0 && isfinite(data->root_weights[i])))
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_SHRINK_WEIGHT_NOT_POSITIVE, (unsigned long)i + 1);
    }
    return BEHOV_OK;
}

/* Rows of each municipality side by side, those estimated on first. */
void shrink_sort_rows(const behov_shrink_data *data, panel_rows *rows)
{
    for (size_t i = 0; i < data->n_rows; i++) {
        municipality_rows *single_municipality_rows = &rows->municipality_rows[data->municipalities[i]];
        single_municipality_rows->n++;
        single_municipality_rows->n_estimated += is_estimated(data, i);
        rows->n_estimated += is_estimated(data, i);
    }
    size_t index = 0;
    for (size_t m = 0; m < data->n_municipalities; m++) {
        rows->municipality_rows[m].first = index;
        index += rows->municipality_rows[m].n;
        rows->longest = rows->municipality_rows[m].n > rows->longest ? rows->municipality_rows[m].n : rows->longest;
        rows->municipality_rows[m].n = 0;
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < data->n_rows; i++) {
            municipality_rows *municipality_rows = &rows->municipality_rows[data->municipalities[i]];
            if (is_estimated(data, i) == (pass == 0))
                rows->order[municipality_rows->first + municipality_rows->n++] = i;
        }
}

/* Roots of weights, whose scale does not matter, are brought near 1 where their fourth powers, which the covariance of b
 * is of, may pass the range of a double. */
enum { FAR_EXPONENT = 100 };

static void scale_weights(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink)
{
    double largest = 0;
    int exponent = 0;
    for (size_t i = 0; i < rows->n && data->root_weights; i++)
        if (is_estimated(data, rows->order[i]))
            largest = fmax(largest, data->root_weights[rows->order[i]]);
    if (largest > 0)
        frexp(largest, &exponent);
    shrink->weight_exponent = exponent = abs(exponent) > FAR_EXPONENT ? exponent : 0;
    for (size_t i = 0; i < rows->n; i++) {
        double root = data->root_weights ? ldexp(data->root_weights[rows->order[i]], -exponent) : 1;
        rows->weights[i] = root * root;
    }
}

/* Powers of two near the root mean square residual and the mean of 1 / population: the same digits in any unit that
 * differs by a power of two. */
void shrink_scale_rows(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink)
{
    double largest = 0, squares = 0, most = 0, least = INFINITY;
    for (size_t i = 0; i < rows->n; i++) {
        size_t row = rows->order[i];
        largest = fmax(largest, fabs(data->residuals[row]));
        double person = data->populations ? 1 / data->populations[row] : 0;
        most = fmax(most, person);
        least = fmin(least, person);
    }
    frexp(largest, &shrink->exponent);
    frexp(most, &rows->person_exponent);
    for (size_t i = 0; i < rows->n; i++) {
        size_t row = rows->order[i];
        rows->r[i] = ldexp(data->residuals[row], -shrink->exponent);
        rows->person[i] = data->populations ? ldexp(1 / data->populations[row], -rows->person_exponent) : 0;
        squares += rows->r[i] * rows->r[i];
    }
    scale_weights(data, rows, shrink);
    rows->floor = rows->n ? least_variance * squares / (double)rows->n : 0;
    bool has_years = false;
    for (size_t m = 0; m < rows->n_municipalities; m++)
        has_years = has_years || rows->municipality_rows[m].n_estimated > 1;
    rows->is_free[PERSON] = most - least > 1e-9 * most;
    rows->is_free[ROW] = has_years;
    rows->is_free[LASTING] = has_years || rows->is_free[PERSON];
    shrink->variances.is_one_year = !has_years;
    shrink->variances.has_person = rows->is_free[PERSON];
    shrink->variances.is_known = rows->is_free[LASTING];
}

/* Whether Q'W W Q keeps its digits: what rounding may have added to it, against what it is, of each column. */
static bool are_weights_bearable(const behov_shrink_data *data, const panel_rows *rows, const behov_shrink *shrink)
{
    size_t width = rows->n_regressors;
    double added[BEHOV_WIDTH_MAX] = {0}, squares[BEHOV_WIDTH_MAX] = {0}, sizes[BEHOV_WIDTH_MAX];
    for (size_t i = 0; i < rows->n; i++) {
        if (!is_estimated(data, rows->order[i]))
            continue;
        memset(sizes, 0, width * sizeof *sizes);
        for (size_t k = 0; k < width; k++) {
            double x = ldexp(data->regressors[rows->order[i] * width + k], -shrink->column_exponents[k]);
            for (size_t j = k; j < width; j++)
                sizes[j] += fabs(x * shrink->basis[k * width + j]);
        }
        for (size_t k = 0; k < width; k++) {
            double weight = rows->weights[i], rounding = weight * sizes[k] * DBL_EPSILON,
                   size = weight * rows->q[i * width + k];
            added[k] += rounding * rounding;
            squares[k] += size * size;
        }
    }
    for (size_t k = 0; k < width; k++)
        if (!(added[k] <= rounding_share * squares[k]))
            return false;
    return true;
}

/* Q of all rows, from the triangle of those estimated on. */
behov_status shrink_make_basis(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink, behov_error *err)
{
    size_t width = rows->n_regressors;
    double *row = behov_alloc(width, sizeof *row), *work = behov_alloc(width, sizeof *work);
    behov_status status = row && work ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    for (size_t k = 0; k < width && !status; k++) {
        double largest = 0;
        for (size_t i = 0; i < rows->n; i++)
            if (is_estimated(data, rows->order[i]))
                largest = fmax(largest, sqrt(rows->weights[i]) * fabs(data->regressors[rows->order[i] * width + k]));
        frexp(largest, &shrink->column_exponents[k]);
    }
    for (size_t i = 0; i < rows->n && !status; i++) {
        if (!is_estimated(data, rows->order[i]))
            continue;
        for (size_t k = 0; k < width; k++)
            row[k] = sqrt(rows->weights[i]) *
                     ldexp(data->regressors[rows->order[i] * width + k], -shrink->column_exponents[k]);
        behov_triangle_add(shrink->triangle, width, row, 1, work);
    }
    for (size_t k = 0; k < width && !status; k++) {
        double length = 0;
        for (size_t i = 0; i <= k; i++)
            length = hypot(length, shrink->triangle[i * width + k]);
        if (!(fabs(shrink->triangle[k * width + k]) > dependent * length))
            status = behov_error_say(err, BEHOV_E_RANK, "", SAY_SHRINK_REGRESSOR_DEPENDENT, (unsigned long)k + 1);
    }
    if (!status)
        behov_triangle_inverse(shrink->triangle, width, width, shrink->basis);
    for (size_t i = 0; i < rows->n && !status; i++)
        for (size_t k = 0; k < width; k++) {
            double x = ldexp(data->regressors[rows->order[i] * width + k], -shrink->column_exponents[k]);
            for (size_t j = k; j < width; j++)
                rows->q[i * width + j] += x * shrink->basis[k * width + j];
        }
    if (!status && data->root_weights && !are_weights_bearable(data, rows, shrink))
        status = behov_error_say(err, BEHOV_E_DATA, "", SAY_SHRINK_WEIGHTS_TOO_UNEQUAL);
    free(row), free(work);
    return status;
}
