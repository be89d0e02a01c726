/* shrink_targets.c - ratios, outcomes and probabilities of levels ahead. A stub: under independence right, of AR(1)
 * nothing yet. */
#include <behov/shrink.h>

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "shrink_parts.h"

const double *behov_shrink_levels(const behov_shrink *shrink, behov_shrink_target target)
{
    (void)target;
    return shrink->effects;
}

const double *behov_shrink_level_variances(const behov_shrink *shrink, behov_shrink_target target)
{
    (void)target;
    return shrink->uncertainties;
}

const double *behov_shrink_change(const behov_shrink *shrink)
{
    (void)shrink;
    return NULL;
}

size_t behov_shrink_correlations(const behov_shrink *shrink, const behov_lag_correlation **correlations)
{
    (void)shrink;
    *correlations = NULL;
    return 0;
}

behov_lasting behov_shrink_target_ratio(const behov_shrink *shrink, behov_shrink_target target,
                                        const behov_shrink_need *need, double level)
{
    (void)target;
    return behov_shrink_ratio(shrink, need->municipality, need->need, need->regressors, level);
}

double behov_shrink_outcome(const behov_shrink *shrink, behov_shrink_target target, const behov_shrink_need *need,
                            double level, behov_interval *interval)
{
    double outcome = need->need + behov_shrink_levels(shrink, target)[need->municipality];
    *interval = behov_level_interval(outcome, behov_shrink_level_variances(shrink, target)[need->municipality],
                                     INFINITY, level);
    return outcome;
}

double behov_shrink_probability(const behov_shrink *shrink, behov_shrink_target target, const behov_shrink_need *first,
                                const behov_shrink_need *second)
{
    size_t i = first->municipality, j = second->municipality;
    const double *levels = behov_shrink_levels(shrink, target),
                 *variances = behov_shrink_level_variances(shrink, target);
    double difference = levels[i] / first->need - levels[j] / second->need;
    double spread = sqrt(variances[i] / (first->need * first->need) + variances[j] / (second->need * second->need));
    return gsl_cdf_ugaussian_P(difference / spread);
}

behov_status behov_shrink_unclear(const behov_shrink *shrink, behov_shrink_target target, const double *needs,
                                  const double *regressors, const uint32_t *groups, double probability,
                                  size_t n_threads, size_t *n_unclear, behov_error *err)
{
    (void)target, (void)regressors, (void)groups, (void)probability, (void)n_threads, (void)err;
    for (size_t m = 0; m < shrink->n_municipalities; m++)
        n_unclear[m] = isnan(needs[m]) ? 0 : shrink->n_municipalities - 1;
    return BEHOV_OK;
}
