/* write_json.c - results into a jansson tree, and the tree into a file. Keys are those of the report tables. */
#include "write_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_build.h"
#include <behov/result_sentences.h>
#include <behov/result_tables.h>
#include <behov/study_findings.h>
#include "target.h"

static json_t *number(double value)
{
    return json_figure(value);
}

static json_t *whole(size_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *text(const char *value)
{
    return json_text(value);
}

/* {reason, rows, predicted} of the rows that were not estimated on; the reasons stay English: they are for machines. */
static json_t *reasons(const behov_fit_results *fit_results)
{
    json_t *list = json_array();
    for (size_t i = 0; i < behov_design_n_reasons(fit_results->design); i++) {
        behov_reason reason = behov_design_reason(fit_results->design, i);
        bool is_predicted = reason.fate == BEHOV_ROW_PREDICTED_ONLY;
        if (reason.n_rows == 0 || (!fit_results->fit && is_predicted))
            continue;
        behov_wording why = {0};
        behov_fit_results_reason(fit_results, reason, BEHOV_LANGUAGE_EN, &why);
        json_t *object = json_object();
        json_put(object, "reason", json_said(&why));
        json_put(object, "rows", whole(reason.n_rows));
        json_put(object, "predicted", json_boolean(is_predicted));
        json_add(list, object);
    }
    return list;
}

void write_json_cautions(json_t *object, const behov_study *study)
{
    json_t *allowed_object = json_array(), *cautions = json_array();
    for (int kind = 0; kind < BEHOV_N_ODDITY_KINDS; kind++)
        if ((study->n_allowed >> kind) & 1u)
            json_add(allowed_object, json_text(behov_finding_kind_word((behov_oddity_kind)kind)));
    for (size_t i = 0; i < study->n_cautions; i++)
        json_add(cautions, json_text(study->cautions[i]));
    json_put(object, "allowed", allowed_object);
    json_put(object, "cautions", cautions);
}

void write_json_common(json_t *object, const behov_fit_results *fit_results)
{
    size_t n_estimated = behov_design_n_estimated(fit_results->design),
           n_predicted = behov_design_n_predicted(fit_results->design);
    json_put(object, "behov_version", text(behov_version()));
    json_put(object, "model", text(fit_results->study->model.title));
    json_put(object, "formula", text(behov_formula_text(fit_results->study->formula)));
    json_put(object, "outcome", text(behov_formula_outcome_name(fit_results->study->formula)));
    json_put(object, "outcome_unit",
             text(fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? "1000kr_per_inhabitant"
                  : fit_results->study->unit == BEHOV_UNIT_KR_PER_INHABITANT   ? "kr_per_inhabitant"
                                                                               : "other"));
    json_t *proxies = json_array();
    behov_wording proxy = {0};
    for (size_t i = 0; behov_fit_results_proxy(fit_results, i, &proxy); i++)
        json_add(proxies, json_said(&proxy));
    json_put(object, "proxies", proxies);
    json_put(object, "data",
             text(fit_results->study->is_bundled ? "bundled simulated panel" : fit_results->study->panel_path));
    json_put(object, "is_simulated", json_boolean(fit_results->study->is_simulated));
    write_json_cautions(object, fit_results->study);
    json_put(object, "exclude", text(fit_results->study->exclude_text));
    json_put(object, "n_rows", whole(behov_table_n_rows(fit_results->study->table)));
    if (fit_results->fit)
        json_put(object, "n_estimated", whole(n_estimated));
    json_put(object, "n_predicted", whole(n_predicted));
    json_put(object, "n_regressors", whole(behov_design_n_regressors(fit_results->design)));
}

void write_json_gaps(json_t *object, const behov_fit_results *fit_results)
{
    bool in_1000kr = fit_results->need && behov_need_gap_is_1000kr(fit_results->need);
    behov_gap_sum gaps = in_1000kr ? behov_fit_results_gaps(fit_results) : (behov_gap_sum){.gap = NAN, .absolute = NAN};
    json_put(object, "gap_sum_1000kr", number(gaps.gap));
    json_put(object, "gap_abs_sum_1000kr", number(gaps.absolute));
    json_put(object, "n_gaps", whole(gaps.n_rows));
}

void write_json_clusters(json_t *object, const behov_fit_results *fit_results)
{
    size_t n_clusters = behov_vcov_n_clusters(fit_results->vcov);
    json_put(object, "cluster", text(n_clusters ? fit_results->cluster : NULL));
    json_put(object, "second_cluster", text(n_clusters ? fit_results->second_cluster : NULL));
    json_put(object, "n_clusters", n_clusters ? whole(n_clusters) : json_null());
}

json_t *write_json_star_levels(const behov_fit_results *fit_results)
{
    behov_stars stars = behov_stars_chosen(fit_results->study->conventions.stars);
    json_t *list = json_array();
    for (size_t i = 0; i < behov_stars_count(stars); i++)
        json_add(list, number(stars.levels[i]));
    return list;
}

json_t *write_json_coefficients(const behov_fit_results *fit_results)
{
    json_t *list = json_array();
    for (size_t k = 0; k < behov_design_n_regressors(fit_results->design); k++) {
        const behov_coefficient *c = &fit_results->coefficients[k];
        json_t *object = json_object();
        json_put(object, "term", text(behov_design_regressor(fit_results->design, k)));
        json_put(object, "estimate", number(c->estimate));
        if (fit_results->fit) {
            json_put(object, "se", number(c->se));
            json_put(object, "t", number(c->t));
            json_put(object, "dof", number(c->dof));
            json_put(object, "p", number(c->p));
            json_put(object, "ci_low", number(c->ci_low));
            json_put(object, "ci_high", number(c->ci_high));
            json_put(object, "stars", text(c->stars));
            const char *sole = fit_results->vcov ? behov_vcov_sole(fit_results->vcov, k) : NULL;
            if (sole) { /* why there is no standard error, or one that is too small */
                json_put(object, "identified_by", text(sole));
                json_put(object, "identified_share", number(behov_vcov_sole_share(fit_results->vcov, k)));
            }
            const double *uncut = fit_results->vcov ? behov_vcov_uncut(fit_results->vcov) : NULL;
            if (uncut) /* two-way: the variance before negative eigenvalues were cut */
                json_put(object, "variance_uncut", number(uncut[k]));
        }
        json_add(list, object);
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
            bool is_whole =
                column.quantity == BEHOV_Q_YEAR || column.quantity == BEHOV_Q_COUNT || column.quantity == BEHOV_Q_RANK;
            double value = behov_report_number(report, j, i);
            json_put(row, column.key,
                     behov_report_is_text(report, j)     ? text(behov_report_text(report, j, i))
                     : is_whole && fabs(value) <= 0x1p53 ? json_integer((json_int_t)value)
                                                         : number(value));
        }
        json_add(list, row);
    }
    return list;
}

static const size_t dump_flags = JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(17);

static behov_status out_of_memory(const char *where, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, where, SAY_PAGE_NO_MEMORY_JSON);
}

static int put_bytes(const char *bytes, size_t length, void *out)
{
    return fwrite(bytes, 1, length, out) == length ? 0 : -1;
}

static behov_status print_object(FILE *out, const void *object, behov_error *err)
{
    return json_dump_seen(object, put_bytes, out, dump_flags) == 0 && fputc('\n', out) != EOF ? BEHOV_OK
                                                                                              : out_of_memory("", err);
}

/* A text that grows. json_dumps is not used: jansson 2.14 loses a key when its own buffer cannot grow, and says
 * nothing. */
typedef struct growing_text {
    char *bytes;
    size_t length, room;
    bool has_failed;
} growing_text;

static int append(const char *bytes, size_t length, void *context)
{
    growing_text *text = context;
    if (text->length + length > text->room) {
        size_t room = 2 * (text->length + length) + 4000;
        char *larger = realloc(text->bytes, room);
        if (!larger) {
            text->has_failed = true;
            return -1;
        }
        text->bytes = larger;
        text->room = room;
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    return 0;
}

/* To standard output it goes in one piece, for nothing can be taken back from there. */
static behov_status print_to_standard_output(const json_t *object, behov_error *err)
{
    growing_text text = {0};
    bool is_whole =
        json_dump_seen(object, append, &text, dump_flags) == 0 && append("\n", 1, &text) == 0 && !text.has_failed;
    behov_status status = BEHOV_OK;
    if (!is_whole)
        status = out_of_memory(PHRASE_STANDARD_OUTPUT, err);
    else if (fwrite(text.bytes, 1, text.length, stdout) != text.length)
        status = behov_error_say(err, BEHOV_E_FILE, PHRASE_STANDARD_OUTPUT, SAY_PAGE_CANNOT_BE_WRITTEN);
    free(text.bytes);
    return status;
}

behov_status write_json_object(const char *path, json_t *object, behov_error *err)
{
    bool is_whole = json_build_is_whole() && object;
    behov_status status = !is_whole ? out_of_memory(path ? path : PHRASE_STANDARD_OUTPUT, err)
                          : path    ? target_write(path, print_object, object, err)
                                    : print_to_standard_output(object, err);
    json_decref(object);
    return status;
}

/* The levels of each factor, so that `behov apply` need not read them off the names of the coefficients. */
static json_t *factor_levels(const behov_design *design)
{
    json_t *object = json_object(), *list = NULL;
    const char *last = NULL;
    for (size_t i = 0; i < behov_design_n_levels(design); i++) {
        behov_factor_level level = behov_design_level(design, i);
        if (!last || strcmp(last, level.factor) != 0) {
            list = json_array();
            json_put(object, level.factor, list);
        }
        json_add(list, text(level.level));
        last = level.factor;
    }
    return object;
}

/* What figures may be, as the model declares it: `behov apply` holds its panel to the same. */
static json_t *declared_limits(const behov_study *study)
{
    json_t *object = json_object();
    for (size_t i = 0; i < study->model.n_limits; i++) {
        behov_model_limits limits = behov_model_limits_of(&study->model, study->model.limits[i].key);
        json_t *entry = json_object();
        json_put(entry, "low", number(limits.low));
        json_put(entry, "high", number(limits.high));
        json_put(entry, "is_whole", json_boolean(limits.is_whole));
        json_put(object, study->model.limits[i].key, entry);
    }
    return object;
}

/* What readers see for terms and columns, or their units: {"nb": {"x": "..."}, "en": {...}}. */
static json_t *pairs_of_languages(behov_model_pair *const pairs[BEHOV_N_LANGUAGES], const size_t n[BEHOV_N_LANGUAGES])
{
    static const char *const languages[BEHOV_N_LANGUAGES] = {[BEHOV_LANGUAGE_NB] = "nb", [BEHOV_LANGUAGE_EN] = "en"};
    json_t *object = json_object();
    for (int lang = 0; lang < BEHOV_N_LANGUAGES; lang++) {
        json_t *entry = json_object();
        for (size_t i = 0; i < n[lang]; i++)
            json_put(entry, pairs[lang][i].key, json_text(pairs[lang][i].value));
        json_put(object, languages[lang], entry);
    }
    return object;
}

/* Smallest, mean and largest of a column in the rows that were estimated on. */
static void put_range(json_t *object, const behov_fit_results *fit_results, const char *name)
{
    ptrdiff_t column = behov_table_find(fit_results->study->table, name);
    if (column < 0 || behov_table_kind(fit_results->study->table, (size_t)column) != BEHOV_COLUMN_NUMBER ||
        json_object_get(object, name))
        return;
    const double *values = behov_table_numbers(fit_results->study->table, (size_t)column);
    size_t n_rows, n = 0;
    const uint32_t *rows = behov_design_estimated(fit_results->design, &n_rows);
    double low = INFINITY, high = -INFINITY, sum = 0;
    for (size_t i = 0; i < n_rows; i++) {
        double value = values[behov_row_at(rows, i)];
        if (!isfinite(value))
            continue;
        low = fmin(low, value);
        high = fmax(high, value);
        sum += value;
        n++;
    }
    json_t *entry = json_object();
    json_put(entry, "low", number(n ? low : NAN));
    json_put(entry, "mean", number(n ? sum / (double)n : NAN));
    json_put(entry, "high", number(n ? high : NAN));
    json_put(object, name, entry);
}

/* Of the columns that the formula names as numbers, but the year: coefficients hold in these units. */
static json_t *column_ranges(const behov_fit_results *fit_results)
{
    const behov_formula *formula = fit_results->study->formula;
    json_t *object = json_object();
    const behov_expression *outcome = behov_formula_outcome(formula);
    for (size_t i = 0; i < behov_expression_n_columns(outcome); i++)
        put_range(object, fit_results, behov_expression_column(outcome, i));
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++)
        for (size_t c = 0; c < behov_formula_n_components(formula, t); c++) {
            behov_component component = behov_formula_component(formula, t, c);
            size_t n = component.is_factor ? 0 : behov_expression_n_columns(component.expression);
            for (size_t i = 0; i < n; i++) {
                const char *name = behov_expression_column(component.expression, i);
                if (!behov_study_is_year(fit_results->study, name))
                    put_range(object, fit_results, name);
            }
        }
    return object;
}

/* What clusters by municipality give, where those of the fit part its rows. */
static json_t *by_municipality(const behov_fit_results *fit_results)
{
    const behov_coefficient *coefficients = fit_results->by_municipality;
    json_t *list = coefficients ? json_array() : json_null(), *object = coefficients ? json_object() : json_null();
    for (size_t k = 0; coefficients && k < behov_design_n_regressors(fit_results->design); k++) {
        const behov_coefficient *c = &coefficients[k];
        json_t *single = json_object();
        json_put(single, "term", text(behov_design_regressor(fit_results->design, k)));
        json_put(single, "se", number(c->se));
        json_put(single, "t", number(c->t));
        json_put(single, "dof", number(c->dof));
        json_put(single, "p", number(c->p));
        json_put(single, "stars", text(c->stars));
        json_add(list, single);
    }
    if (coefficients) {
        json_put(object, "n_clusters", whole(fit_results->n_municipality_clusters));
        json_put(object, "coefficients", list);
    }
    return object;
}

json_t *write_json_fit_object(const behov_fit_results *fit_results)
{
    json_t *object = json_object();
    write_json_common(object, fit_results);
    size_t n_clusters = behov_vcov_n_clusters(fit_results->vcov);
    json_put(object, "rank", whole(behov_fit_rank(fit_results->fit)));
    json_put(object, "n_clusters", n_clusters ? whole(n_clusters) : json_null());
    json_put(object, "r2_is_from_zero", json_boolean(behov_fit_is_from_zero(fit_results->fit)));
    json_put(object, "r2", number(behov_fit_r2(fit_results->fit)));
    json_put(object, "adj_r2", number(behov_fit_adj_r2(fit_results->fit)));
    json_put(object, "residual_standard_error", number(behov_fit_rmse(fit_results->fit)));
    json_put(object, "rmse", number(behov_fit_rmse(fit_results->fit)));
    json_put(object, "rss", number(behov_fit_rss(fit_results->fit)));
    json_put(object, "f", number(fit_results->f));
    json_put(object, "f_dof1", whole(fit_results->f_restrictions));
    json_put(object, "f_dof2", number(fit_results->f_dof2));
    json_put(object, "f_p", number(fit_results->f_p));
    json_put(object, "f_is_unreliable",
             isnan(fit_results->f) ? json_null() : json_boolean(behov_fit_results_f_is_unreliable(fit_results)));
    json_put(object, "condition_number", number(behov_fit_condition(fit_results->fit)));
    json_put(object, "se_kind", text(behov_vcov_kind_name(behov_vcov_kind_of(fit_results->vcov))));
    json_put(object, "level", number(fit_results->level_pct / 100));
    json_put(object, "cluster", text(n_clusters ? fit_results->cluster : NULL));
    json_put(object, "second_cluster", text(fit_results->second_cluster));
    json_put(object, "cluster_is_default", json_boolean(fit_results->is_default_cluster));
    json_put(object, "se_kind_is_default", json_boolean(fit_results->is_default_kind));
    json_put(object, "jackknife_is_undefined", json_boolean(fit_results->has_no_jackknife));
    json_put(object, "clusters_part_municipalities",
             n_clusters && !behov_design_is_merged(fit_results->design) /* factors have no municipalities */
                 ? json_boolean(fit_results->parts_municipalities)
                 : json_null());
    bool has_effective = fit_results->fewest_effective > 0;
    json_put(object, "effective_clusters", has_effective ? number(fit_results->fewest_effective) : json_null());
    json_put(object, "effective_clusters_term",
             text(has_effective ? behov_design_regressor(fit_results->design, fit_results->narrowest) : NULL));
    json_put(object, "n_cut", whole(behov_vcov_n_cut(fit_results->vcov)));
    json_put(object, "weights",
             text(fit_results->study->weights ? behov_expression_text(fit_results->study->weights) : NULL));
    json_put(object, "weight_kind", text(behov_fit_results_weight_kind(fit_results)));
    if (behov_vcov_kind_of(fit_results->vcov) == BEHOV_VCOV_CV2)
        json_put(object, "cv2_working", text(behov_fit_results_cv2_working(fit_results)));
    json_put(object, "n_observations", number(behov_fit_n_observations(fit_results->fit)));
    json_put(object, "arithmetic", text(behov_fit_is_extended(fit_results->fit) ? "double-double" : "double"));
    json_put(object, "fits_exactly", json_boolean(behov_fit_is_exact(fit_results->fit)));
    json_put(object, "factor_levels", factor_levels(fit_results->design));
    const behov_model *model = &fit_results->study->model;
    json_put(object, "labels", pairs_of_languages(model->labels, model->n_labels));
    json_put(object, "units", pairs_of_languages(model->units, model->n_units));
    json_put(object, "limits", declared_limits(fit_results->study));
    json_put(object, "columns", column_ranges(fit_results));
    json_put(object, "star_levels", write_json_star_levels(fit_results));
    json_put(object, "coefficients", write_json_coefficients(fit_results));
    json_put(object, "by_municipality", by_municipality(fit_results));
    json_put(object, "dropped", reasons(fit_results));
    json_t *collinear = json_array();
    for (size_t k = 0; k < behov_fit_n_regressors(fit_results->fit); k++)
        if (behov_fit_is_dropped(fit_results->fit, k))
            json_add(collinear, text(behov_design_regressor(fit_results->design, k)));
    json_put(object, "dropped_collinear", collinear);
    json_put(object, "rounding_warning", fit_results->rounding ? json_text(fit_results->rounding) : json_null());
    json_put(object, "leverage_warning", fit_results->influence ? json_text(fit_results->influence) : json_null());
    const behov_need *need = fit_results->need; /* NULL of factors, which have no rows */
    json_put(object, "n_needs_too_low", need ? whole(behov_need_n_too_low(need)) : json_null());
    json_put(object, "n_actuals_negative", need ? whole(behov_need_n_negative(need)) : json_null());
    write_json_gaps(object, fit_results);
    return object;
}

behov_status write_json_fit(const char *path, const behov_fit_results *fit_results, behov_error *err)
{
    return write_json_object(path, write_json_fit_object(fit_results), err);
}

/* Null where no year was lent an effect. */
static json_t *lent_object(const behov_fit_results *fit_results)
{
    static const char *const kinds[] = {"", "last", "mean", "number"};
    const behov_lent_effects *lent_effects = fit_results->lent_effects;
    if (!lent_effects || lent_effects->kind == BEHOV_LENT_NOTHING)
        return json_null();
    json_t *object = json_object(), *years = json_array();
    for (size_t i = 0; i < lent_effects->n; i++)
        json_add(years, whole((size_t)lent_effects->years[i]));
    bool is_number = lent_effects->kind == BEHOV_LENT_NUMBER;
    json_put(object, "lent", text(kinds[lent_effects->kind]));
    json_put(object, "years", years);
    json_put(object, "effect", number(lent_effects->effect));
    json_put(object, "first_year",
             is_number || lent_effects->kind == BEHOV_LENT_LAST ? json_null() : whole((size_t)lent_effects->first));
    json_put(object, "last_year", is_number ? json_null() : whole((size_t)lent_effects->last));
    return object;
}

behov_status write_json_apply(const char *path, const behov_fit_results *fit_results, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = behov_fit_results_rows(fit_results, &report, err);
    if (status)
        return status;
    json_t *object = json_object();
    write_json_common(object, fit_results);
    json_put(object, "coefficients_from", text(fit_results->coefficients_from));
    json_put(object, "factor_levels", factor_levels(fit_results->design));
    json_put(object, "year_effect", lent_object(fit_results));
    json_put(object, "coefficients", write_json_coefficients(fit_results));
    json_put(object, "dropped", reasons(fit_results));
    json_put(object, "n_needs_too_low", whole(behov_need_n_too_low(fit_results->need)));
    json_put(object, "n_actuals_negative", whole(behov_need_n_negative(fit_results->need)));
    write_json_gaps(object, fit_results);
    json_put(object, "rows", write_json_rows(report));
    behov_report_free(report);
    return write_json_object(path, object, err);
}
