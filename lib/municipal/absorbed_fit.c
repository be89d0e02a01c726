/* absorbed_fit.c - effects absorbed as a robustness column. Effects of municipalities hold all that lasts in them, and
 * what lasts is what a ratio measures: so there are coefficients here, and neither need nor ratio. */
#include <behov/absorbed_fit.h>

#include <stdlib.h>

void behov_absorbed_fit_free(behov_absorbed_fit *absorbed_fit)
{
    behov_estimation_free(&absorbed_fit->estimation);
    *absorbed_fit = (behov_absorbed_fit){0};
}

behov_status behov_absorbed_fit_fit(const behov_study *study, const behov_fit_choices *choices, const char *key,
                                    behov_absorbed_fit *out, behov_error *err)
{
    *out = (behov_absorbed_fit){.key = key};
    behov_fit_choices fit_choices = *choices;
    fit_choices.absorb = key;
    fit_choices.drop_collinear = true; /* what the effects take is reported beneath the table */
    behov_status status = behov_estimation_make(study, &fit_choices, &out->estimation, err);
    if (status)
        return status;
    out->estimation.coefficients =
        calloc(behov_design_n_regressors(out->estimation.design) + 1, sizeof *out->estimation.coefficients);
    if (!out->estimation.coefficients)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABSORBED_NO_MEMORY);
    return behov_inference(out->estimation.fit, out->estimation.vcov,
                           &(behov_inference_options){choices->level, study->conventions.stars},
                           out->estimation.coefficients, err);
}
