/* write_by_year.c - see write_by_year.h. */
#include "write_by_year.h"

#include <math.h>

#include "json_build.h"
#include "write_json.h"

static json_t *number_of(double value)
{
    return json_figure(value);
}

static json_t *equality_json(const behov_equality *equality, behov_language lang)
{
    bool is_there = !isnan(equality->wald.f);
    json_t *object = json_object();
    json_put(object, "term", equality->term ? json_text(equality->term) : json_null());
    json_put(object, "f", number_of(equality->wald.f));
    json_put(object, "dof1", is_there ? number_of(equality->wald.dof1) : json_null());
    json_put(object, "dof2", is_there ? number_of(equality->wald.dof2) : json_null());
    json_put(object, "p", number_of(equality->wald.p));
    json_put(object, "is_unreliable", is_there ? json_boolean(equality->wald.is_unreliable) : json_null());
    json_put(object, "why_not", is_there ? json_null() : json_reason(&equality->why, lang));
    return object;
}

behov_status by_year_json(const behov_fit_results *pooled, const behov_by_year *by_year, behov_error *err)
{
    json_t *object = json_object(), *years = json_array(), *terms = json_array();
    write_json_common(object, pooled);
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(pooled->vcov))));
    write_json_clusters(object, pooled);
    json_put(object, "star_levels", write_json_star_levels(pooled));
    json_put(object, "coefficients", write_json_coefficients(pooled));
    for (size_t t = 0; t < by_year->n_years; t++) {
        const behov_year_fit *year = &by_year->years[t];
        json_t *single_object = json_object();
        json_put(single_object, "year", json_integer(year->year));
        json_put(single_object, "why_not", year->is_there ? json_null() : json_reason(&year->why, pooled->study->lang));
        if (year->is_there) {
            behov_fit_results alone = *pooled;
            alone.study = &year->study;
            alone.design = year->estimation.design;
            alone.fit = year->estimation.fit;
            alone.vcov = year->estimation.vcov;
            alone.coefficients = year->coefficients;
            json_put(single_object, "n_estimated", json_integer((json_int_t)behov_fit_n_rows(year->estimation.fit)));
            json_put(single_object, "r2_is_from_zero", json_boolean(behov_fit_is_from_zero(year->estimation.fit)));
            json_put(single_object, "r2", number_of(behov_fit_r2(year->estimation.fit)));
            json_put(single_object, "adj_r2", number_of(behov_fit_adj_r2(year->estimation.fit)));
            json_put(single_object, "coefficients", write_json_coefficients(&alone));
        }
        json_add(years, single_object);
    }
    for (size_t i = 0; i < by_year->n_terms; i++)
        json_add(terms, equality_json(&by_year->terms[i], pooled->study->lang));
    bool has_test = by_year->interacted.vcov != NULL;
    size_t n_clusters = has_test ? behov_vcov_n_clusters(by_year->interacted.vcov) : 0;
    json_put(object, "test_se_kind",
             has_test ? json_text(behov_vcov_kind_name(behov_vcov_kind_of(by_year->interacted.vcov))) : json_null());
    json_put(object, "test_cluster", json_text(by_year->test_cluster));
    json_put(object, "test_second_cluster", json_text(by_year->test_second_cluster));
    json_put(object, "test_n_clusters", n_clusters ? json_count(n_clusters) : json_null());
    json_put(object, "test_cluster_is_replaced", json_boolean(by_year->is_cluster_replaced));
    json_put(object, "years", years);
    json_put(object, "equal_jointly", equality_json(&by_year->joint, pooled->study->lang));
    json_put(object, "equal_by_term", terms);
    return write_json_object(NULL, object, err);
}
