/* reset.c - see reset.h. */
#include <behov/reset.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

behov_status behov_reset_test(const double *columns, const double *outcome, const double *fitted,
                              const double *root_weights, size_t n_rows, size_t n_columns, bool has_constant,
                              const uint32_t *groups, size_t n_groups, behov_last_columns *test, behov_error *err)
{
    enum { POWERS = 2 };
    size_t width = n_columns + POWERS;
    double *wider = behov_alloc(n_rows, width * sizeof *wider), centre = 0, largest = 0;
    behov_least_squares *fit = NULL;
    if (!wider)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEAST_SQUARES);
    for (size_t i = 0; i < n_rows && has_constant; i++)
        centre += fitted[i] / (double)n_rows;
    for (size_t i = 0; i < n_rows; i++)
        largest = fmax(largest, fabs(fitted[i] - centre));
    for (size_t i = 0; i < n_rows; i++) {
        double root = root_weights ? root_weights[i] : 1, value = largest > 0 ? (fitted[i] - centre) / largest : 0;
        memcpy(wider + i * width, columns + i * n_columns, n_columns * sizeof *wider);
        wider[i * width + n_columns] = root * value * value;
        wider[i * width + n_columns + 1] = root * value * value * value;
    }
    behov_status status = behov_least_squares_new(wider, outcome, n_rows, width, &fit, err);
    if (!status)
        status = behov_least_squares_test_last(fit, POWERS, groups, n_groups, test, err);
    behov_least_squares_free(fit);
    free(wider);
    return status;
}
