/* anova.c - see anova.h. */
#include <behov/anova.h>

#include <behov/inference.h>
#include <math.h>
#include <stdlib.h>

#include "alloc.h"

behov_status behov_anova_test(const double *values, const uint32_t *groups, size_t n_values, size_t n_groups,
                              behov_anova *test, behov_error *err)
{
    double *means = behov_alloc(n_groups, sizeof *means), mean = 0, between = 0, within = 0;
    size_t *counts = behov_alloc(n_groups, sizeof *counts), n_found = 0;
    behov_status status = means && counts ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEAST_SQUARES);
    for (size_t i = 0; i < n_values && !status; i++) {
        counts[groups[i]]++;
        means[groups[i]] += (values[i] - means[groups[i]]) / (double)counts[groups[i]];
        mean += (values[i] - mean) / (double)(i + 1);
    }
    for (size_t g = 0; g < n_groups && !status; g++) {
        n_found += counts[g] > 0;
        between += (double)counts[g] * (means[g] - mean) * (means[g] - mean);
    }
    for (size_t i = 0; i < n_values && !status; i++)
        within += (values[i] - means[groups[i]]) * (values[i] - means[groups[i]]);
    if (!status) {
        *test = (behov_anova){n_values, n_found, NAN, NAN, NAN, NAN, NAN, NAN};
        if (n_found > 1 && n_values > n_found && between + within > 0) {
            test->dof1 = (double)n_found - 1;
            test->dof2 = (double)(n_values - n_found);
            test->f = between / test->dof1 / (within / test->dof2);
            test->p = behov_f_p(test->f, test->dof1, test->dof2);
            test->share = between / (between + within);
            test->adjusted_share = 1 - (1 - test->share) * ((double)n_values - 1) / test->dof2;
        }
    }
    free(means);
    free(counts);
    return status;
}
