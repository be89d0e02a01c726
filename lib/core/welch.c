/* welch.c - see welch.h. */
#include <behov/welch.h>

#include <float.h>
#include <math.h>

#include <behov/inference.h>

static double mean_of(const double *values, size_t n)
{
    double sum = 0, rest = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    if (!n)
        return NAN;
    double mean = sum / (double)n;
    for (size_t i = 0; i < n; i++) /* what rounding lost */
        rest += values[i] - mean;
    return mean + rest / (double)n;
}

/* The squared standard error of a mean. */
static double squared_error(const double *values, size_t n, double mean)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (values[i] - mean) * (values[i] - mean);
    return n < 2 ? NAN : sum / (double)(n - 1) / (double)n;
}

behov_welch_test behov_welch(const double *x, size_t n_x, const double *y, size_t n_y, double level)
{
    behov_welch_test test = {mean_of(x, n_x), mean_of(y, n_y), NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    test.difference = test.mean_x - test.mean_y;
    double error_x = squared_error(x, n_x, test.mean_x), error_y = squared_error(y, n_y, test.mean_y);
    double se = sqrt(error_x + error_y);
    /* R's limit of "essentially constant" */
    if (!(se > 10 * DBL_EPSILON * fmax(fabs(test.mean_x), fabs(test.mean_y))) || !(se > 0))
        return test;
    test.se = se;
    test.t = test.difference / se;
    test.dof = (error_x + error_y) * (error_x + error_y) /
               (error_x * error_x / (double)(n_x - 1) + error_y * error_y / (double)(n_y - 1));
    test.p = behov_t_p(test.t, test.dof);
    double half = behov_t_quantile(level, test.dof) * se;
    test.low = test.difference - half;
    test.high = test.difference + half;
    return test;
}
