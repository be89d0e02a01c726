/* by_year.c - fits of single years, and the Wald test on the interactions of every term with the year.
 *
 * Equality over years: all terms are fitted together with their products with the year dummies; the coefficients of a
 * term are equal over the years when all its products are zero. The test uses clusters that hold the years of a municipality
 * together, for they are not independent: those of the pooled fit where they do, else the municipality's. */
#include <behov/by_year.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/clustering.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BY_YEAR_NO_MEMORY);
}

/* A view of a study owns its formula and its condition alone. */
static void view_free(behov_study *view)
{
    behov_formula_free(view->formula);
    behov_expression_free(view->exclude);
    *view = (behov_study){0};
}

void behov_by_year_free(behov_by_year *by_year)
{
    for (size_t i = 0; i < by_year->n_years; i++) {
        free(by_year->years[i].coefficients);
        behov_estimation_free(&by_year->years[i].estimation);
        view_free(&by_year->years[i].study);
    }
    behov_estimation_free(&by_year->interacted);
    view_free(&by_year->interacted_study);
    free(by_year->years);
    free(by_year->terms);
    *by_year = (behov_by_year){0};
}

static bool is_year_term(const behov_study *study, size_t t)
{
    behov_component piece = behov_formula_component(study->formula, t, 0);
    return behov_formula_n_components(study->formula, t) == 1 && piece.is_factor &&
           behov_study_is_year(study, piece.name);
}

/* The formula of the study with something added at its end. */
static behov_status formula_and(const behov_study *study, const char *addition, behov_formula **formula,
                                behov_error *err)
{
    const char *text = behov_formula_text(study->formula);
    size_t size = strlen(text) + strlen(addition) + 1;
    char *whole = malloc(size);
    if (!whole)
        return out_of_memory(err);
    snprintf(whole, size, "%s%s", text, addition);
    behov_status status = behov_formula_parse(whole, formula, err);
    free(whole);
    return status;
}

static behov_status condition_and(const behov_study *study, int year, behov_expression **condition, behov_error *err)
{
    const char *old = study->exclude ? behov_expression_text(study->exclude) : NULL;
    size_t size = (old ? strlen(old) : 0) + 64;
    char *text = malloc(size);
    if (!text)
        return out_of_memory(err);
    snprintf(text, size, "%s%s%syear != %d", old ? "(" : "", old ? old : "", old ? ") | " : "", year);
    behov_status status = behov_expression_parse(text, strlen(text), PHRASE_PLACE_BY_YEAR, condition, err);
    if (!status)
        status = behov_expression_bind(*condition, study->table, err);
    free(text);
    return status;
}

/* The formula of the study without its effects of years; where these carried the constant, it comes in their place. */
static behov_status formula_of_one_year(const behov_study *study, behov_formula **formula, behov_error *err)
{
    for (size_t t = 0; t < behov_formula_n_terms(study->formula); t++)
        if (is_year_term(study, t))
            return behov_formula_without(study->formula, t, formula, err);
    return behov_formula_parse(behov_formula_text(study->formula), formula, err);
}

static behov_status fit_year(const behov_study *study, const behov_fit_choices *choices, behov_year_fit *out,
                             behov_error *err)
{
    out->study = *study;
    out->study.formula = NULL;
    out->study.exclude = NULL;
    behov_status status = formula_of_one_year(study, &out->study.formula, err);
    if (!status)
        status = condition_and(study, out->year, &out->study.exclude, err);
    if (status)
        return status;
    behov_fit_choices alone = *choices;
    status = behov_estimation_make(&out->study, &alone, &out->estimation, &out->why);
    if (status == BEHOV_E_MEMORY) {
        *err = out->why;
        return status;
    }
    if (status) /* too few rows or a collinear column in this year alone: the others are shown */
        return BEHOV_OK;
    out->coefficients = calloc(behov_design_n_regressors(out->estimation.design), sizeof *out->coefficients);
    if (!out->coefficients)
        return out_of_memory(err);
    out->is_there = true;
    return behov_inference(out->estimation.fit, out->estimation.vcov,
                           &(behov_inference_options){choices->level, study->conventions.stars}, out->coefficients,
                           err);
}

/* ---- equality ------------------------------------------------------------------------------------------------------
 */

/* "I(population^1.2):factor(year)" for every term that has no year in it. */
static behov_status interact(const behov_study *study, behov_study *view, behov_error *err)
{
    size_t size = 1;
    const behov_formula *formula = study->formula;
    for (int pass = 0; pass < 2; pass++) {
        char *addition = pass ? malloc(size) : NULL;
        size_t length = 0;
        if (pass && !addition)
            return out_of_memory(err);
        if (pass)
            addition[0] = '\0';
        for (size_t t = 0; t < behov_formula_n_terms(formula); t++) {
            if (is_year_term(study, t))
                continue;
            size_t n = behov_formula_n_components(formula, t);
            for (size_t i = 0; i < n; i++) {
                behov_component piece = behov_formula_component(formula, t, i);
                const char *head = i ? ":" : " + ";
                if (pass)
                    length += (size_t)snprintf(addition + length, size - length,
                                               piece.is_factor ? "%sfactor(`%s`)" : "%s%s", head, piece.name);
                else
                    size += strlen(head) + strlen(piece.name) + 12;
            }
            if (pass)
                length += (size_t)snprintf(addition + length, size - length, ":factor(year)");
            else
                size += 16;
        }
        if (pass) {
            behov_status status = formula_and(study, addition, &view->formula, err);
            free(addition);
            return status;
        }
    }
    return BEHOV_OK;
}

/* Whether a regressor is the product of a term's regressor and a year dummy; *length is that of the term's part. */
static bool is_product(const char *name, size_t *length)
{
    const char *year = strstr(name, ":year=");
    *length = year ? (size_t)(year - name) : 0;
    return year != NULL;
}

static behov_status test_products(behov_by_year *by_year, const char *term, size_t length, behov_equality *out,
                                  behov_error *err)
{
    const behov_design *design = by_year->interacted.design;
    size_t n = behov_design_n_regressors(design), q = 0, part;
    double *matrix = calloc(n ? n * n : 1, sizeof *matrix), *values = calloc(n ? n : 1, sizeof *values);
    behov_hypothesis *hypothesis = NULL;
    out->wald.f = out->wald.p = NAN;
    behov_status status = matrix && values ? BEHOV_OK : out_of_memory(err);
    for (size_t k = 0; k < n && !status; k++) {
        const char *name = behov_design_regressor(design, k);
        if (is_product(name, &part) && (!term || (part == length && strncmp(name, term, length) == 0)) &&
            !behov_fit_is_dropped(by_year->interacted.fit, k))
            matrix[q++ * n + k] = 1;
    }
    if (!status && q > 0) {
        behov_status tested = behov_hypothesis_new(design, q, matrix, values, &hypothesis, &out->why);
        if (!tested)
            tested = behov_wald(by_year->interacted.vcov, by_year->interacted.fit, hypothesis, &out->wald, &out->why);
        if (tested) {
            out->wald.f = out->wald.p = NAN;
            if (tested == BEHOV_E_MEMORY) {
                *err = out->why;
                status = tested;
            }
        }
    }
    behov_hypothesis_free(hypothesis);
    free(matrix);
    free(values);
    return status;
}

/* On the rows of the pooled fit, whose own clusters every row must have, with the clusters of a test over years. */
static behov_status fit_interacted(const behov_study *view, const behov_fit_choices *choices,
                                   const behov_design *pooled, behov_by_year *out, behov_error *err)
{
    const char *const own_keys[] = {choices->cluster, choices->second_cluster};
    behov_fit_choices of_test;
    behov_status status = behov_clustering_over_years(view, pooled, choices, &of_test, &out->is_cluster_replaced, err);
    if (status)
        return status;
    if (out->is_cluster_replaced && behov_vcov_kind_is_clustered(choices->kind)) {
        of_test.more_keys = own_keys;
        of_test.n_more_keys = choices->second_cluster ? 2 : 1;
    }
    out->test_cluster = behov_vcov_kind_is_clustered(of_test.kind) ? of_test.cluster : NULL;
    out->test_second_cluster = out->test_cluster ? of_test.second_cluster : NULL;
    if (behov_estimation_make(view, &of_test, &out->interacted, &out->joint.why) == BEHOV_E_MEMORY) {
        *err = out->joint.why;
        return BEHOV_E_MEMORY;
    }
    return BEHOV_OK;
}

static behov_status test_equality(const behov_study *study, const behov_fit_choices *choices,
                                  const behov_design *pooled, behov_by_year *out, behov_error *err)
{
    out->interacted_study = *study;
    out->interacted_study.formula = NULL;
    out->interacted_study.exclude = NULL;
    behov_status status = interact(study, &out->interacted_study, err);
    if (status)
        return status;
    behov_study view = out->interacted_study;
    view.exclude = study->exclude; /* borrowed for the fit alone */
    out->joint.wald.f = out->joint.wald.p = NAN;
    status = fit_interacted(&view, choices, pooled, out, err);
    if (status || !out->interacted.vcov)
        return status;
    size_t n = behov_design_n_regressors(out->interacted.design);
    out->terms = calloc(n ? n : 1, sizeof *out->terms);
    if (!out->terms)
        return out_of_memory(err);
    status = test_products(out, NULL, 0, &out->joint, err);
    for (size_t k = 0; k < n && !status; k++) {
        size_t part;
        const char *name = behov_design_regressor(out->interacted.design, k);
        if (is_product(name, &part))
            continue;
        /* the regressor itself, when it has products */
        bool has_products = false;
        for (size_t j = 0; j < n && !has_products; j++) {
            const char *other = behov_design_regressor(out->interacted.design, j);
            has_products = is_product(other, &part) && strlen(name) == part && strncmp(other, name, part) == 0;
        }
        if (!has_products)
            continue;
        behov_equality *next = &out->terms[out->n_terms++];
        next->term = name;
        status = test_products(out, name, strlen(name), next, err);
    }
    return status;
}

behov_status behov_by_year_compute(const behov_study *study, const behov_fit_choices *choices,
                                   const behov_fit_results *pooled, behov_by_year *out, behov_error *err)
{
    *out = (behov_by_year){0};
    size_t n_years;
    const int *years = behov_need_years(pooled->need, &n_years);
    const char *source = behov_table_source(study->table);
    if (n_years < 2 || years[0] == 0)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_BY_YEAR_NEEDS_YEARS);
    bool has_year_effects = false;
    for (size_t t = 0; t < behov_formula_n_terms(study->formula); t++) {
        bool has_year = false;
        for (size_t i = 0; i < behov_formula_n_components(study->formula, t); i++) {
            behov_component piece = behov_formula_component(study->formula, t, i);
            has_year = has_year || (piece.is_factor && behov_study_is_year(study, piece.name));
        }
        if (has_year && !is_year_term(study, t))
            return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_BY_YEAR_HAS_PRODUCTS);
        has_year_effects = has_year_effects || has_year;
    }
    if (!has_year_effects)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_BY_YEAR_NEEDS_EFFECTS);
    out->years = calloc(n_years, sizeof *out->years);
    if (!out->years)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t t = 0; t < n_years && !status; t++) {
        out->years[t].year = years[t];
        out->n_years = t + 1;
        status = fit_year(study, choices, &out->years[t], err);
    }
    return status ? status : test_equality(study, choices, pooled->design, out, err);
}
