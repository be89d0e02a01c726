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

void within_free(within *of)
{
    if (!of)
        return;
    behov_clusters_free(of->groups);
    free(of->exponents);
    free(of->means);
    free(of->lows);
    free(of->highs);
    free(of->weights);
    free(of->sizes);
    free(of->squares);
    free(of->lengths);
    free(of->is_absorbed);
    free(of);
}

behov_status within_new(behov_clusters *groups, size_t width, const int *exponents, within **made, behov_error *err)
{
    within *of = behov_alloc(1, sizeof *of);
    size_t n_groups = behov_clusters_count(groups);
    if (!of) {
        behov_clusters_free(groups);
        return behov_out_of_memory(err, "the means of the groups");
    }
    of->groups = groups;
    of->width = width;
    of->exponents = behov_alloc(width, sizeof *of->exponents);
    of->means = behov_alloc(n_groups, width * sizeof *of->means);
    of->lows = behov_alloc(n_groups, width * sizeof *of->lows);
    of->highs = behov_alloc(n_groups, width * sizeof *of->highs);
    of->weights = behov_alloc(n_groups, sizeof *of->weights);
    of->sizes = behov_alloc(n_groups, sizeof *of->sizes);
    of->squares = behov_alloc(width, sizeof *of->squares);
    of->lengths = behov_alloc(width, sizeof *of->lengths);
    of->is_absorbed = behov_alloc(width, sizeof *of->is_absorbed);
    if (!of->exponents || !of->means || !of->lows || !of->highs || !of->weights || !of->sizes || !of->squares ||
        !of->lengths || !of->is_absorbed) {
        within_free(of);
        return behov_out_of_memory(err, "the means of the groups");
    }
    memcpy(of->exponents, exponents, width * sizeof *exponents);
    *made = of;
    return BEHOV_OK;
}

static size_t group_of(const within *of, size_t position) { return behov_clusters_of_rows(of->groups)[position]; }

void within_take(within *of, size_t position, double root, const double *regressors, double outcome)
{
    size_t g = group_of(of, position), width = of->width;
    extended weight = extended_two_product(root, root), *sums = of->means + g * width;
    double *lows = of->lows + g * width, *highs = of->highs + g * width;
    for (size_t k = 0; k < width; k++) {
        double value = k + 1 < width ? regressors[k] : outcome;
        lows[k] = of->sizes[g] == 0 || value < lows[k] ? value : lows[k];
        highs[k] = of->sizes[g] == 0 || value > highs[k] ? value : highs[k];
        sums[k] = extended_add(sums[k], extended_multiply(weight, extended_of(ldexp(value, -of->exponents[k]))));
    }
    of->weights[g] = extended_add(of->weights[g], weight);
    of->sizes[g]++;
}

void within_finish(within *of)
{
    size_t width = of->width;
    for (size_t g = 0; g < behov_clusters_count(of->groups); g++) {
        for (size_t k = 0; k < width; k++)
            of->means[g * width + k] = extended_divide(of->means[g * width + k], of->weights[g]);
        of->n_singletons += of->sizes[g] == 1;
    }
}

/* Scaled deviation of one value, without the weight. */
static double deviation(const within *of, size_t g, size_t k, double value)
{
    size_t at = g * of->width + k;
    if (of->is_absorbed[k] || of->lows[at] == of->highs[at])
        return 0;
    return extended_round(extended_subtract(extended_of(ldexp(value, -of->exponents[k])), of->means[at]));
}

void within_subtract(const within *of, size_t position, double root, double *regressors, double *outcome)
{
    size_t g = group_of(of, position), width = of->width;
    for (size_t k = 0; k < width; k++) {
        double *value = k + 1 < width ? &regressors[k] : outcome;
        *value = ldexp(deviation(of, g, k, *value), of->exponents[k]) * root;
    }
}

void within_measure(within *of, size_t position, double root, double *regressors, double *outcome)
{
    size_t g = group_of(of, position), width = of->width;
    for (size_t k = 0; k < width; k++) {
        double value = k + 1 < width ? regressors[k] : *outcome;
        double whole = ldexp(value, -of->exponents[k]) * root, left = deviation(of, g, k, value) * root;
        of->lengths[k] += whole * whole;
        of->squares[k] += left * left;
    }
    within_subtract(of, position, root, regressors, outcome);
}

void within_judge(within *of)
{
    for (size_t k = 0; k < of->width; k++)
        of->is_absorbed[k] = of->lengths[k] > 0 &&
                             of->squares[k] <= (k + 1 < of->width ? regressor_left : outcome_left) * of->lengths[k];
}
