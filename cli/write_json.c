/* write_json.c - results into a jansson tree, and the tree into a file. Keys are those of the report tables. */
#include "write_json.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result_tables.h"
#include "target.h"

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *whole(size_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *text(const char *value)
{
    return value ? json_string(value) : json_null();
}

/* {reason, rows, predicted} of the rows that were not estimated on; the reasons stay English: they are for machines. */
static json_t *reasons(const results *of)
{
    json_t *list = json_array();
    for (size_t i = 0; i < behov_design_n_reasons(of->design); i++) {
        behov_reason reason = behov_design_reason(of->design, i);
        bool is_predicted = reason.fate == BEHOV_ROW_PREDICTED_ONLY;
        if (reason.n_rows == 0 || (!of->fit && is_predicted))
            continue;
        char why[400];
        results_reason(of, reason, LANGUAGE_EN, why);
        json_t *one = json_object();
        json_object_set_new(one, "reason", text(why));
        json_object_set_new(one, "rows", whole(reason.n_rows));
        json_object_set_new(one, "predicted", json_boolean(is_predicted));
        json_array_append_new(list, one);
    }
    return list;
}

void write_json_common(json_t *object, const results *of)
{
    size_t n_estimated, n_predicted;
    behov_design_estimated(of->design, &n_estimated);
    behov_design_predicted(of->design, &n_predicted);
    json_object_set_new(object, "behov_version", text(behov_version()));
    json_object_set_new(object, "model", text(of->of->model.title));
    json_object_set_new(object, "formula", text(behov_formula_text(of->of->formula)));
    json_object_set_new(object, "outcome", text(behov_formula_outcome_name(of->of->formula)));
    json_object_set_new(object, "outcome_unit",
                        text(of->of->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? "1000kr_per_inhabitant"
                             : of->of->unit == BEHOV_UNIT_KR_PER_INHABITANT   ? "kr_per_inhabitant"
                                                                              : "other"));
    json_t *proxies = json_array();
    char proxy[700];
    for (size_t i = 0; results_proxy(of, i, proxy); i++)
        json_array_append_new(proxies, text(proxy));
    json_object_set_new(object, "proxies", proxies);
    json_object_set_new(object, "data", text(of->of->is_bundled ? "bundled simulated panel" : of->of->panel_path));
    json_object_set_new(object, "is_simulated", json_boolean(of->of->is_simulated));
    json_object_set_new(object, "exclude", text(of->of->exclude_text));
    json_object_set_new(object, "n_rows", whole(behov_table_n_rows(of->of->table)));
    if (of->fit)
        json_object_set_new(object, "n_estimated", whole(n_estimated));
    json_object_set_new(object, "n_predicted", whole(n_predicted));
    json_object_set_new(object, "n_regressors", whole(behov_design_n_regressors(of->design)));
}

void write_json_gaps(json_t *object, const results *of)
{
    bool in_1000kr = of->need && behov_need_gap_is_1000kr(of->need);
    behov_gap_sum gaps = in_1000kr ? results_gaps(of) : (behov_gap_sum){.gap = NAN, .absolute = NAN};
    json_object_set_new(object, "gap_sum_1000kr", number(gaps.gap));
    json_object_set_new(object, "gap_abs_sum_1000kr", number(gaps.absolute));
    json_object_set_new(object, "n_gaps", whole(gaps.n_rows));
}

json_t *write_json_coefficients(const results *of)
{
    json_t *list = json_array();
    for (size_t k = 0; k < behov_design_n_regressors(of->design); k++) {
        const behov_coefficient *c = &of->coefficients[k];
        json_t *one = json_object();
        json_object_set_new(one, "term", text(behov_design_regressor(of->design, k)));
        json_object_set_new(one, "estimate", number(c->estimate));
        if (of->fit) {
            json_object_set_new(one, "se", number(c->se));
            json_object_set_new(one, "t", number(c->t));
            json_object_set_new(one, "dof", number(c->dof));
            json_object_set_new(one, "p", number(c->p));
            json_object_set_new(one, "ci_low", number(c->ci_low));
            json_object_set_new(one, "ci_high", number(c->ci_high));
            json_object_set_new(one, "stars", text(c->stars));
            const double *uncut = of->vcov ? behov_vcov_uncut(of->vcov) : NULL;
            if (uncut) /* two-way: the variance before negative eigenvalues were cut */
                json_object_set_new(one, "variance_uncut", number(uncut[k]));
        }
        json_array_append_new(list, one);
    }
    return list;
}

json_t *write_json_rows(const behov_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < behov_report_n_rows(report); i++) {
        json_t *row = json_object();
        for (size_t j = 0; j < behov_report_n_columns(report); j++) {
            behov_report_column column = behov_report_column_at(report, j);
            bool is_whole = column.quantity == BEHOV_Q_YEAR || column.quantity == BEHOV_Q_COUNT ||
                            column.quantity == BEHOV_Q_RANK;
            double value = behov_report_number(report, j, i);
            json_object_set_new(row, column.key,
                                behov_report_is_text(report, j) ? text(behov_report_text(report, j, i))
                                : is_whole && isfinite(value)   ? json_integer((json_int_t)value)
                                                                : number(value));
        }
        json_array_append_new(list, row);
    }
    return list;
}

static behov_status print_object(FILE *out, const void *object, behov_error *err)
{
    const size_t flags = JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(17);
    if (json_dumpf(object, out, flags) != 0 || fputc('\n', out) == EOF)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the results as JSON");
    return BEHOV_OK;
}

behov_status write_json_object(const char *path, json_t *object, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if (!object)
        return behov_error_set(err, BEHOV_E_MEMORY, path, "not enough memory for the results as JSON");
    if (!path) {
        status = print_object(stdout, object, err);
        if (status)
            status = behov_error_set(err, BEHOV_E_FILE, "standard output", "cannot be written");
        json_decref(object);
        return status;
    }
    status = target_write(path, print_object, object, err);
    json_decref(object);
    return status;
}

json_t *write_json_fit_object(const results *of)
{
    json_t *object = json_object();
    write_json_common(object, of);
    size_t n_clusters = behov_vcov_n_clusters(of->vcov);
    json_object_set_new(object, "rank", whole(behov_fit_rank(of->fit)));
    json_object_set_new(object, "n_clusters", n_clusters ? whole(n_clusters) : json_null());
    json_object_set_new(object, "r2", number(behov_fit_r2(of->fit)));
    json_object_set_new(object, "adj_r2", number(behov_fit_adj_r2(of->fit)));
    json_object_set_new(object, "rmse", number(behov_fit_rmse(of->fit)));
    json_object_set_new(object, "rss", number(behov_fit_rss(of->fit)));
    json_object_set_new(object, "f", number(of->f));
    json_object_set_new(object, "f_dof1", whole(of->f_restrictions));
    json_object_set_new(object, "f_dof2", number(behov_vcov_dof(of->vcov)));
    json_object_set_new(object, "f_p", number(of->f_p));
    json_object_set_new(object, "condition_number", number(behov_fit_condition(of->fit)));
    json_object_set_new(object, "se_kind", text(behov_vcov_kind_name(behov_vcov_kind_of(of->vcov))));
    json_object_set_new(object, "level", number(of->level_pct / 100));
    json_object_set_new(object, "cluster", text(n_clusters ? of->cluster : NULL));
    json_object_set_new(object, "second_cluster", text(of->second_cluster));
    json_object_set_new(object, "n_cut", whole(behov_vcov_n_cut(of->vcov)));
    json_object_set_new(object, "weights", text(of->of->weights ? behov_expression_text(of->of->weights) : NULL));
    json_object_set_new(object, "weight_kind", text(results_weight_kind(of)));
    json_object_set_new(object, "n_observations", number(behov_fit_n_observations(of->fit)));
    json_object_set_new(object, "arithmetic", text(behov_fit_is_extended(of->fit) ? "double-double" : "double"));
    json_object_set_new(object, "coefficients", write_json_coefficients(of));
    json_object_set_new(object, "dropped", reasons(of));
    json_t *collinear = json_array();
    for (size_t k = 0; k < behov_fit_n_regressors(of->fit); k++)
        if (behov_fit_is_dropped(of->fit, k))
            json_array_append_new(collinear, text(behov_design_regressor(of->design, k)));
    json_object_set_new(object, "dropped_collinear", collinear);
    json_object_set_new(object, "n_needs_too_low", whole(behov_need_n_too_low(of->need)));
    write_json_gaps(object, of);
    return object;
}

behov_status write_json_fit(const char *path, const results *of, behov_error *err)
{
    return write_json_object(path, write_json_fit_object(of), err);
}

behov_status write_json_apply(const char *path, const results *of, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = results_rows(of, &report, err);
    if (status)
        return status;
    json_t *object = json_object();
    write_json_common(object, of);
    json_object_set_new(object, "coefficients_from", text(of->coefficients_from));
    json_object_set_new(object, "coefficients", write_json_coefficients(of));
    json_object_set_new(object, "dropped", reasons(of));
    json_object_set_new(object, "n_needs_too_low", whole(behov_need_n_too_low(of->need)));
    write_json_gaps(object, of);
    json_object_set_new(object, "rows", write_json_rows(report));
    behov_report_free(report);
    return write_json_object(path, object, err);
}
