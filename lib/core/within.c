/* within.c - group means and the deviations from them; see within.h. */
#include "within.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

/* Shares of the squared length of a column below which its deviations are rounding of the values themselves. Those of a
 * regressor: the tolerance by which the fit calls columns collinear, 1e-12, squared. Those of the outcome: as the fit
 * has it for an outcome that does not vary. */
static const double regressor_left = 1e-24, outcome_left = 1e-28;

void within_free(within *within_groups)
{
    if (!within_groups)
        return;
    behov_clusters_free(within_groups->groups);
    free(within_groups->exponents);
    free(within_groups->means);
    free(within_groups->lows);
    free(within_groups->highs);
    free(within_groups->weights);
    free(within_groups->sizes);
    free(within_groups->squares);
    free(within_groups->lengths);
    free(within_groups->is_absorbed);
    free(within_groups);
}

behov_status within_new(behov_clusters *groups, size_t width, const int *exponents, within **within_groups,
                        behov_error *err)
{
    within *new_within_groups = behov_alloc(1, sizeof *new_within_groups);
    size_t n_groups = behov_clusters_count(groups);
    if (!new_within_groups) {
        behov_clusters_free(groups);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_GROUP_MEANS);
    }
    new_within_groups->groups = groups;
    new_within_groups->width = width;
    new_within_groups->exponents = behov_alloc(width, sizeof *new_within_groups->exponents);
    new_within_groups->means = behov_alloc(n_groups, width * sizeof *new_within_groups->means);
    new_within_groups->lows = behov_alloc(n_groups, width * sizeof *new_within_groups->lows);
    new_within_groups->highs = behov_alloc(n_groups, width * sizeof *new_within_groups->highs);
    new_within_groups->weights = behov_alloc(n_groups, sizeof *new_within_groups->weights);
    new_within_groups->sizes = behov_alloc(n_groups, sizeof *new_within_groups->sizes);
    new_within_groups->squares = behov_alloc(width, sizeof *new_within_groups->squares);
    new_within_groups->lengths = behov_alloc(width, sizeof *new_within_groups->lengths);
    new_within_groups->is_absorbed = behov_alloc(width, sizeof *new_within_groups->is_absorbed);
    if (!new_within_groups->exponents || !new_within_groups->means || !new_within_groups->lows ||
        !new_within_groups->highs || !new_within_groups->weights || !new_within_groups->sizes ||
        !new_within_groups->squares || !new_within_groups->lengths || !new_within_groups->is_absorbed) {
        within_free(new_within_groups);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_GROUP_MEANS);
    }
    memcpy(new_within_groups->exponents, exponents, width * sizeof *exponents);
    *within_groups = new_within_groups;
    return BEHOV_OK;
}

static size_t group_of(const within *within_groups, size_t position)
{
    return behov_clusters_of_rows(within_groups->groups)[position];
}

void within_take(within *within_groups, size_t position, double root, const double *regressors, double outcome)
{
    size_t g = group_of(within_groups, position), width = within_groups->width;
    extended weight = extended_two_product(root, root), *sums = within_groups->means + g * width;
    double *lows = within_groups->lows + g * width, *highs = within_groups->highs + g * width;
    for (size_t k = 0; k < width; k++) {
        double value = k + 1 < width ? regressors[k] : outcome;
        lows[k] = within_groups->sizes[g] == 0 || value < lows[k] ? value : lows[k];
        highs[k] = within_groups->sizes[g] == 0 || value > highs[k] ? value : highs[k];
        sums[k] =
            extended_add(sums[k], extended_multiply(weight, extended_of(ldexp(value, -within_groups->exponents[k]))));
    }
    within_groups->weights[g] = extended_add(within_groups->weights[g], weight);
    within_groups->sizes[g]++;
}

void within_finish(within *within_groups)
{
    size_t width = within_groups->width;
    for (size_t g = 0; g < behov_clusters_count(within_groups->groups); g++) {
        for (size_t k = 0; k < width; k++)
            within_groups->means[g * width + k] =
                extended_divide(within_groups->means[g * width + k], within_groups->weights[g]);
        within_groups->n_singletons += within_groups->sizes[g] == 1;
    }
}

/* Scaled deviation of one value, without the weight. */
static double deviation(const within *within_groups, size_t g, size_t k, double value)
{
    size_t index = g * within_groups->width + k;
    if (within_groups->is_absorbed[k] || within_groups->lows[index] == within_groups->highs[index])
        return 0;
    return extended_round(
        extended_subtract(extended_of(ldexp(value, -within_groups->exponents[k])), within_groups->means[index]));
}

void within_subtract(const within *within_groups, size_t position, double root, double *regressors, double *outcome)
{
    size_t g = group_of(within_groups, position), width = within_groups->width;
    for (size_t k = 0; k < width; k++) {
        double *value = k + 1 < width ? &regressors[k] : outcome;
        *value = ldexp(deviation(within_groups, g, k, *value), within_groups->exponents[k]) * root;
    }
}

void within_measure(within *within_groups, size_t position, double root, double *regressors, double *outcome)
{
    size_t g = group_of(within_groups, position), width = within_groups->width;
    for (size_t k = 0; k < width; k++) {
        double value = k + 1 < width ? regressors[k] : *outcome;
        double whole = ldexp(value, -within_groups->exponents[k]) * root,
               left = deviation(within_groups, g, k, value) * root;
        within_groups->lengths[k] += whole * whole;
        within_groups->squares[k] += left * left;
    }
    within_subtract(within_groups, position, root, regressors, outcome);
}

void within_judge(within *within_groups)
{
    for (size_t k = 0; k < within_groups->width; k++)
        within_groups->is_absorbed[k] =
            within_groups->lengths[k] > 0 &&
            within_groups->squares[k] <=
                (k + 1 < within_groups->width ? regressor_left : outcome_left) * within_groups->lengths[k];
}
