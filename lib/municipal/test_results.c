/* test_results.c - see test_results.h. */
#include <behov/test_results.h>

#include <math.h>

behov_status behov_test_results_compute(const behov_estimation *estimation, const char *hypothesis,
                                        const behov_boot_options *bootstrap, behov_test_results *out, behov_error *err)
{
    behov_status status = behov_hypothesis_parse(hypothesis, estimation->design, &out->hypothesis, err);
    if (!status)
        status = behov_wald(estimation->vcov, estimation->fit, out->hypothesis, &out->wald, err);
    if (status)
        return status;
    double far = behov_t_quantile(bootstrap->level, out->wald.dof2) * out->wald.se;
    if (out->wald.sole_share > 0) /* the standard error is too small */
        far = NAN;
    out->ci_low = out->wald.estimate - far;
    out->ci_high = out->wald.estimate + far;
    out->has_bootstrap = bootstrap->n_draws > 0;
    out->seed = bootstrap->seed;
    return out->has_bootstrap
               ? behov_boot_wild(estimation->fit, estimation->factors, out->hypothesis, bootstrap, &out->bootstrap, err)
               : BEHOV_OK;
}

void behov_test_results_free(behov_test_results *test_results)
{
    behov_hypothesis_free(test_results->hypothesis);
}
