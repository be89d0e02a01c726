/* write_by_year.c - see write_by_year.h. */
#include "write_by_year.h"

#include <math.h>

#include "json_build.h"
#include "write_json.h"

static json_t *number_of(double value) { return json_figure(value); }

static json_t *equality_json(const equality *of)
{
    bool is_there = !isnan(of->wald.f);
    json_t *one = json_object();
    json_put(one, "term", of->term ? json_text(of->term) : json_null());
    json_put(one, "f", number_of(of->wald.f));
    json_put(one, "dof1", is_there ? number_of(of->wald.dof1) : json_null());
    json_put(one, "dof2", is_there ? number_of(of->wald.dof2) : json_null());
    json_put(one, "p", number_of(of->wald.p));
    json_put(one, "is_unreliable", is_there ? json_boolean(of->wald.is_unreliable) : json_null());
    json_put(one, "why_not", is_there ? json_null() : json_text(of->why.what));
    return one;
}

behov_status by_year_json(const results *pooled, const by_year *of, behov_error *err)
{
    json_t *object = json_object(), *years = json_array(), *terms = json_array();
    write_json_common(object, pooled);
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(pooled->vcov))));
    json_put(object, "cluster", pooled->cluster ? json_text(pooled->cluster) : json_null());
    json_put(object, "coefficients", write_json_coefficients(pooled));
    for (size_t t = 0; t < of->n_years; t++) {
        const year_fit *year = &of->years[t];
        json_t *one = json_object();
        json_put(one, "year", json_integer(year->year));
        json_put(one, "why_not", year->is_there ? json_null() : json_text(year->why.what));
        if (year->is_there) {
            results alone = *pooled;
            alone.of = &year->of;
            alone.design = year->made.design;
            alone.fit = year->made.fit;
            alone.vcov = year->made.vcov;
            alone.coefficients = year->coefficients;
            json_put(one, "n_estimated", json_integer((json_int_t)behov_fit_n_rows(year->made.fit)));
            json_put(one, "r2_is_from_zero", json_boolean(behov_fit_is_from_zero(year->made.fit)));
            json_put(one, "r2", number_of(behov_fit_r2(year->made.fit)));
            json_put(one, "adj_r2", number_of(behov_fit_adj_r2(year->made.fit)));
            json_put(one, "coefficients", write_json_coefficients(&alone));
        }
        json_add(years, one);
    }
    for (size_t i = 0; i < of->n_terms; i++)
        json_add(terms, equality_json(&of->terms[i]));
    json_put(object, "years", years);
    json_put(object, "equal_jointly", equality_json(&of->joint));
    json_put(object, "equal_by_term", terms);
    return write_json_object(NULL, object, err);
}
