/* write_absorbed.c - see write_absorbed.h. */
#include "write_absorbed.h"

#include "json_build.h"
#include "write_json.h"

behov_status absorbed_json(const results *without, const absorbed *of, behov_error *err)
{
    json_t *object = write_json_fit_object(without), *with = json_object();
    results made = *without;
    made.design = of->made.design;
    made.fit = of->made.fit;
    made.vcov = of->made.vcov;
    made.coefficients = of->made.coefficients;
    json_put(with, "absorb", json_text(of->key));
    json_put(with, "n_absorbed", json_integer((json_int_t)behov_design_n_absorbed(of->made.design)));
    json_put(with, "n_singleton_groups", json_integer((json_int_t)behov_design_n_singleton_groups(of->made.design)));
    json_put(with, "n_parameters", json_integer((json_int_t)behov_vcov_n_parameters(of->made.vcov)));
    json_put(with, "r2_within", json_figure(behov_fit_r2(of->made.fit)));
    json_put(with, "coefficients", write_json_coefficients(&made));
    json_put(object, "absorbed", with);
    return write_json_object(NULL, object, err);
}
