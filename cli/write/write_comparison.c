/* write_comparison.c - see write_comparison.h. */
#include "write_comparison.h"

#include <math.h>

#include "json_build.h"
#include "write_json.h"

behov_status comparison_json(const results *of, const comparison *read, behov_error *err)
{
    json_t *object = json_object(), *list = json_array();
    write_json_common(object, of);
    for (size_t i = 0; i < read->n; i++) {
        const reading *one = &read->readings[i];
        results reading_of = *of;
        reading_of.vcov = one->vcov;
        reading_of.coefficients = one->coefficients;
        json_t *shown = json_object();
        json_put(shown, "se_kind", json_text(behov_vcov_kind_name(one->kind)));
        json_put(shown, "cluster", one->cluster ? json_text(one->cluster) : json_null());
        json_put(shown, "n_clusters", one->n_clusters ? json_integer((json_int_t)one->n_clusters) : json_null());
        json_put(shown, "effective_clusters",
                 isnan(one->effective_clusters) ? json_null() : json_figure(one->effective_clusters));
        json_put(shown, "why_not", one->vcov ? json_null() : json_text(one->why.what));
        json_put(shown, "coefficients", write_json_coefficients(&reading_of));
        json_add(list, shown);
    }
    json_put(object, "weights", of->of->weights ? json_text(behov_expression_text(of->of->weights)) : json_null());
    json_put(object, "readings", list);
    return write_json_object(NULL, object, err);
}
