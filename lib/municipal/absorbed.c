/* absorbed.c - effects absorbed as a robustness column. Effects of municipalities hold all that lasts in them, and
 * what lasts is what a ratio measures: so there are coefficients here, and neither need nor ratio. */
#include "absorbed.h"

#include <stdlib.h>

#include "remarks.h"

void absorbed_free(absorbed *of)
{
    fitting_free(&of->made);
    *of = (absorbed){0};
}

behov_status absorbed_fit(const behov_study *of, const fit_choices *choices, const char *key, absorbed *out,
                          behov_error *err)
{
    *out = (absorbed){.key = key};
    fit_choices with = *choices;
    with.absorb = key;
    with.drop_collinear = true; /* what the effects take is told beneath the table */
    behov_status status = fitting_make(of, &with, &out->made, err);
    if (status)
        return status;
    out->made.coefficients = calloc(behov_design_n_regressors(out->made.design) + 1, sizeof *out->made.coefficients);
    if (!out->made.coefficients)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    return behov_inference(out->made.fit, out->made.vcov, &(behov_inference_options){.level = choices->level},
                           out->made.coefficients, err);
}
