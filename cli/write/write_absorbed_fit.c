/* write_absorbed_fit.c - see write_absorbed_fit.h. */
#include "write_absorbed_fit.h"

#include "json_build.h"
#include "write_json.h"

behov_status absorbed_fit_json(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                               behov_error *err)
{
    json_t *object = write_json_fit_object(fit_results), *including_object = json_object();
    behov_fit_results results = *fit_results;
    results.design = absorbed_fit->estimation.design;
    results.fit = absorbed_fit->estimation.fit;
    results.vcov = absorbed_fit->estimation.vcov;
    results.coefficients = absorbed_fit->estimation.coefficients;
    json_put(including_object, "absorb", json_text(absorbed_fit->key));
    json_put(including_object, "n_absorbed",
             json_integer((json_int_t)behov_design_n_absorbed(absorbed_fit->estimation.design)));
    json_put(including_object, "n_singleton_groups",
             json_integer((json_int_t)behov_design_n_singleton_groups(absorbed_fit->estimation.design)));
    json_put(including_object, "n_parameters",
             json_integer((json_int_t)behov_vcov_n_parameters(absorbed_fit->estimation.vcov)));
    json_put(including_object, "r2_within", json_figure(behov_fit_r2(absorbed_fit->estimation.fit)));
    json_put(including_object, "coefficients", write_json_coefficients(&results));
    json_put(object, "absorbed", including_object);
    return write_json_object(NULL, object, err);
}
