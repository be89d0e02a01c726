/* write_levels.c - see write_levels.h. */
#include "write_levels.h"

#include <behov/lasting.h>

#include "json_build.h"

/* Names of the variances that are estimated at a border. */
static json_t *borders(const behov_shrink_variances *shrink_variances)
{
    json_t *list = json_array();
    if (shrink_variances->is_lasting_at_border)
        json_add(list, json_text("lasting"));
    if (shrink_variances->is_row_at_border)
        json_add(list, json_text("row"));
    if (shrink_variances->is_person_at_border)
        json_add(list, json_text("person"));
    if (shrink_variances->is_phi_at_border)
        json_add(list, json_text("phi"));
    return list;
}

static json_t *correlations_json(const behov_shrink *shrink)
{
    const behov_lag_correlation *correlations;
    size_t n = behov_shrink_correlations(shrink, &correlations);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *correlation = json_object();
        json_put(correlation, "lag", json_integer(correlations[i].lag));
        json_put(correlation, "pairs", json_count(correlations[i].n_pairs));
        json_put(correlation, "observed", json_figure(correlations[i].observed));
        json_put(correlation, "fitted", json_figure(correlations[i].fitted));
        json_add(list, correlation);
    }
    return list;
}

/* What there is of chance that lasts alone. */
static void put_chance(const behov_shrink *shrink, const behov_shrink_variances *shrink_variances, json_t *variances)
{
    json_put(variances, "phi", json_figure(shrink_variances->phi));
    json_put(variances, "lasting_se", json_figure(shrink_variances->lasting_error));
    json_put(variances, "row_se", json_figure(shrink_variances->row_error));
    json_put(variances, "person_se", json_figure(shrink_variances->person_error));
    json_put(variances, "phi_se", json_figure(shrink_variances->phi_error));
    json_put(variances, "log_likelihood", json_figure(shrink_variances->log_likelihood));
    json_put(variances, "log_likelihood_independent", json_figure(shrink_variances->independent_log_likelihood));
    json_put(variances, "likelihood_ratio", json_figure(shrink_variances->likelihood_ratio));
    json_put(variances, "white_noise_gain", json_figure(shrink_variances->white_gain));
    json_put(variances, "white_noise_share", json_figure(shrink_variances->white_share));
    json_put(variances, "small_places_gain", json_figure(shrink_variances->small_gain));
    json_put(variances, "at_border", borders(shrink_variances));
    json_put(variances, "is_inseparable", json_boolean(shrink_variances->is_inseparable));
    json_put(variances, "is_permanent_known", json_boolean(behov_lasting_has_permanent(shrink_variances)));
    json_put(variances, "correlations", correlations_json(shrink));
}

void write_json_levels(json_t *object, const behov_shrink *shrink, const behov_shrink_variances *shrink_variances,
                       bool is_at_border)
{
    bool is_ahead = behov_lasting_is_ahead(shrink_variances);
    json_t *variances = json_object();
    json_put(object, "chance", json_text(is_ahead ? "ar1" : "independent"));
    json_put(object, "horizon_years", is_ahead ? json_integer((json_int_t)shrink_variances->horizon) : json_null());
    json_put(object, "method",
             json_text(is_ahead ? "REML of y - need = u + e, Var e = row + person / population, "
                                  "Corr(e_t, e_s) = phi^|t - s|; means over a grid of phi and Var u"
                                : "REML of y - need = u + e, Var e = row + person / population"));
    json_put(variances, "lasting", json_figure(shrink_variances->lasting));
    json_put(variances, "row", json_figure(shrink_variances->row));
    json_put(variances, "person", json_figure(shrink_variances->person));
    json_put(variances, "is_known", json_boolean(shrink_variances->is_known));
    json_put(variances, "is_at_border", json_boolean(is_at_border));
    json_put(variances, "is_one_year", json_boolean(shrink_variances->is_one_year));
    json_put(variances, "has_person", json_boolean(shrink_variances->has_person));
    json_put(variances, "is_converged", json_boolean(shrink_variances->is_converged));
    if (is_ahead)
        put_chance(shrink, shrink_variances, variances);
    json_put(object, "variances", variances);
}
