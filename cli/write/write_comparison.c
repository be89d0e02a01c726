/* write_comparison.c - see write_comparison.h. */
#include "write_comparison.h"

#include <math.h>

#include "json_build.h"
#include "write_json.h"

behov_status comparison_json(const behov_fit_results *fit_results, const behov_comparison *comparison, behov_error *err)
{
    json_t *object = json_object(), *list = json_array();
    write_json_common(object, fit_results);
    for (size_t i = 0; i < comparison->n; i++) {
        const behov_errors_reading *errors_reading = &comparison->readings[i];
        behov_fit_results reading_of = *fit_results;
        reading_of.vcov = errors_reading->vcov;
        reading_of.coefficients = errors_reading->coefficients;
        json_t *shown_object = json_object();
        json_put(shown_object, "se_kind", json_text(behov_vcov_kind_name(errors_reading->kind)));
        json_put(shown_object, "cluster", errors_reading->cluster ? json_text(errors_reading->cluster) : json_null());
        json_put(shown_object, "n_clusters",
                 errors_reading->n_clusters ? json_integer((json_int_t)errors_reading->n_clusters) : json_null());
        json_put(shown_object, "clusters_part_municipalities",
                 comparison->is_by_cluster ? json_boolean(errors_reading->parts_municipalities) : json_null());
        json_put(shown_object, "jackknife_is_undefined", json_boolean(errors_reading->has_no_jackknife));
        json_put(shown_object, "effective_clusters",
                 isnan(errors_reading->effective_clusters) ? json_null()
                                                           : json_figure(errors_reading->effective_clusters));
        json_put(shown_object, "why_not",
                 errors_reading->vcov ? json_null() : json_reason(&errors_reading->why, fit_results->study->lang));
        json_put(shown_object, "coefficients", write_json_coefficients(&reading_of));
        json_add(list, shown_object);
    }
    json_put(object, "weights",
             fit_results->study->weights ? json_text(behov_expression_text(fit_results->study->weights)) : json_null());
    json_put(object, "star_levels", write_json_star_levels(fit_results));
    json_put(object, "readings", list);
    return write_json_object(NULL, object, err);
}
