/* heteroskedasticity.c - see heteroskedasticity.h. */
#include <behov/heteroskedasticity.h>

#include <behov/least_squares.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "alloc.h"

double behov_chi2_p(double chi2, double dof)
{
    return isnan(chi2) || !(dof > 0) ? NAN : gsl_cdf_chisq_Q(chi2, dof);
}

behov_status behov_breusch_pagan_test(const double *residuals, const double *columns, size_t n_rows, size_t n_columns,
                                      behov_breusch_pagan *test, behov_error *err)
{
    size_t width = n_columns + 1;
    double *squares = behov_alloc(n_rows, sizeof *squares), *regressors = behov_alloc(n_rows, width * sizeof *squares);
    behov_least_squares *fit = NULL;
    double mean = 0, total = 0;
    behov_status status = squares && regressors ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEAST_SQUARES);
    for (size_t i = 0; i < n_rows && !status; i++) {
        squares[i] = residuals[i] * residuals[i];
        mean += squares[i] / (double)n_rows;
        regressors[i * width] = 1;
        for (size_t k = 0; k < n_columns; k++)
            regressors[i * width + 1 + k] = columns[i * n_columns + k];
    }
    for (size_t i = 0; i < n_rows && !status; i++) {
        squares[i] -= mean;
        total += squares[i] * squares[i];
    }
    if (!status)
        status = behov_least_squares_new(regressors, squares, n_rows, width, &fit, err);
    if (!status) {
        double explained = behov_least_squares_explained(fit), dof = (double)behov_least_squares_rank(fit) - 1;
        bool is_there = total > 0 && dof > 0;
        test->n_rows = n_rows;
        test->dof = behov_least_squares_rank(fit) - 1;
        test->original = is_there ? explained / (mean * mean) / 2 : NAN;
        test->studentised = is_there ? (double)n_rows * explained / total : NAN;
        test->original_p = behov_chi2_p(test->original, dof);
        test->studentised_p = behov_chi2_p(test->studentised, dof);
    }
    behov_least_squares_free(fit);
    free(squares);
    free(regressors);
    return status;
}
