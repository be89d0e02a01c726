/* design.c - a design as it is made, step by step, and what others ask of it (design_inner.h names the files). */
#include "design_inner.h"

#include <behov/cluster.h>
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"

void behov_design_free(behov_design *design)
{
    if (!design)
        return;
    for (size_t c = 0; c < design->n_components; c++) {
        levels_free(&design->components[c].levels);
    }
    for (size_t k = 0; k < design->n_columns; k++)
        free(design->columns[k].name);
    free(design->components);
    free(design->component_of);
    free(design->columns);
    fates_free(&design->fates);
    free(design->estimated);
    if (design->predicted != design->estimated)
        free(design->predicted);
    free(design->root_weights);
    free(design->exponents);
    within_free(design->within);
    design_merged_free(design->merged);
    free(design);
}

static behov_status bind_formula(behov_design *design, const behov_design_options *options, behov_error *err)
{
    if (!options->outcome_is_optional) {
        design->has_outcome = true;
        return behov_formula_bind(design->formula, design->table, err);
    }
    /* Prediction alone: the regressors must be there, the outcome may be. */
    for (size_t t = 0; t < behov_formula_n_terms(design->formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(design->formula, t); i++) {
            behov_status status =
                behov_expression_bind(behov_formula_component(design->formula, t, i).expression, design->table, err);
            if (status)
                return status;
        }
    behov_expression *outcome = behov_formula_outcome(design->formula);
    design->has_outcome = true;
    for (size_t i = 0; i < behov_expression_n_columns(outcome); i++)
        design->has_outcome =
            design->has_outcome && behov_table_find(design->table, behov_expression_column(outcome, i)) >= 0;
    return design->has_outcome ? behov_expression_bind(outcome, design->table, err) : BEHOV_OK;
}

behov_status behov_design_new(behov_formula *formula, const behov_table *table, const behov_design_options *options,
                              behov_design **design, behov_error *err)
{
    static const behov_design_options defaults = {0};
    options = options ? options : &defaults;
    behov_design *new_design = behov_alloc(1, sizeof *new_design);
    if (!new_design)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DESIGN);
    new_design->formula = formula;
    new_design->table = table;
    new_design->n_threads = options->n_threads;
    new_design->is_part = options->is_part;
    new_design->levels_are_given = options->n_coefficient_names > 0;
    snprintf(new_design->coefficients_name, sizeof new_design->coefficients_name, "%s",
             options->coefficients_source ? options->coefficients_source : "");
    new_design->fates.table = table;
    behov_status status = bind_formula(new_design, options, err);
    if (!status)
        status = design_check_absorb(new_design, options, err);
    if (!status)
        status = design_collect_components(new_design, err);
    if (!status)
        status = design_judge_rows(new_design, options, err);
    if (!status) {
        design_count_rows(new_design);
        status = design_check_counts(new_design, options, err);
    }
    /* Levels come from the rows estimated on so far; a row without a known level then drops out. */
    if (!status)
        status = design_prepare_factors(new_design, options, err);
    if (!status && !options->is_part) /* the whole may have a level that the part lacks */
        status = design_judge_levels(new_design, err);
    if (!status)
        status = design_list_rows(new_design, err);
    if (!status)
        status = design_check_counts(new_design, options, err);
    if (!status)
        status = design_make_columns(new_design, options->absorb, err);
    if (!status)
        status = design_weigh(new_design, options, err);
    if (!status)
        status = design_measure_columns(new_design, err);
    if (!status)
        status = design_absorb(new_design, options, err);
    if (!status && !options->is_part)
        status = design_write_references(new_design, err);
    if (status)
        behov_design_free(new_design);
    else
        *design = new_design;
    return status;
}

const behov_table *behov_design_table(const behov_design *design)
{
    return design->table;
}

size_t behov_design_n_threads(const behov_design *design)
{
    return design->n_threads;
}

const behov_formula *behov_design_formula(const behov_design *design)
{
    return design->formula;
}

size_t behov_design_n_regressors(const behov_design *design)
{
    return design->n_columns;
}

const char *behov_design_regressor(const behov_design *design, size_t k)
{
    return design->columns[k].name;
}

bool behov_design_has_intercept(const behov_design *design)
{
    return behov_formula_has_intercept(design->formula) && !design->within;
}

const behov_clusters *behov_design_absorbed(const behov_design *design)
{
    return design->within ? design->within->groups : NULL;
}

size_t behov_design_n_absorbed(const behov_design *design)
{
    return design->within ? behov_clusters_count(design->within->groups) : 0;
}

size_t behov_design_n_singleton_groups(const behov_design *design)
{
    return design->within ? design->within->n_singletons : 0;
}

bool behov_design_is_absorbed(const behov_design *design, size_t k)
{
    return design->within && design->within->is_absorbed[k];
}

const uint32_t *behov_design_estimated(const behov_design *design, size_t *n_rows)
{
    *n_rows = design->n_estimated;
    return design->estimated;
}

size_t behov_design_n_estimated(const behov_design *design)
{
    return design->merged ? design->merged->n_estimated : design->n_estimated;
}

size_t behov_design_n_predicted(const behov_design *design)
{
    return design->merged ? design->merged->n_predicted : design->n_predicted;
}

bool behov_design_is_merged(const behov_design *design)
{
    return design->merged != NULL;
}

double behov_design_n_observations(const behov_design *design)
{
    return design->n_observations;
}

const double *behov_design_root_weights(const behov_design *design)
{
    return design->root_weights;
}

double behov_design_weight(const behov_design *design, size_t row)
{
    double weight = 1;
    uint32_t index = (uint32_t)row;
    if (design->weights)
        behov_expression_evaluate(design->weights, &index, 1, &weight);
    return design->weights ? weight * design->weight_unit : weight;
}

behov_weight_kind behov_design_weight_kind(const behov_design *design)
{
    return design->weight_kind;
}

const uint32_t *behov_design_predicted(const behov_design *design, size_t *n_rows)
{
    *n_rows = design->n_predicted;
    return design->predicted;
}

behov_row_fate behov_design_fate(const behov_design *design, size_t row)
{
    return design->merged ? BEHOV_ROW_ESTIMATED : fates_of_row(&design->fates, row);
}

ptrdiff_t behov_design_reason_of(const behov_design *design, size_t row)
{
    return design->merged ? -1 : (ptrdiff_t)fates_code(&design->fates, row) - 1;
}

size_t behov_design_n_reasons(const behov_design *design)
{
    return design->fates.n_reasons;
}

behov_reason behov_design_reason(const behov_design *design, size_t i)
{
    return design->fates.reasons[i];
}

int behov_design_exponent(const behov_design *design, size_t column)
{
    return design->exponents[column];
}

size_t behov_design_n_levels(const behov_design *design)
{
    size_t n = 0;
    for (size_t c = 0; c < design->n_components; c++)
        n += design->components[c].is_factor ? design->components[c].levels.n : 0;
    return n;
}

behov_factor_level behov_design_level(const behov_design *design, size_t i)
{
    for (size_t c = 0; c < design->n_components; c++) {
        const component *component = &design->components[c];
        size_t n = component->is_factor ? component->levels.n : 0;
        if (i < n)
            return (behov_factor_level){component->name, component->levels.list[i].text};
        i -= n;
    }
    return (behov_factor_level){"", ""};
}
