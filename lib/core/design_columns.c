/* design_columns.c - the components of a formula, the levels of its factors, and the columns that they make. */
#include "design_inner.h"

#include <behov/regressor.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"

/* ---- components and their levels ------------------------------------------------------------------------------- */

behov_status design_collect_components(behov_design *design, behov_error *err)
{
    const behov_formula *formula = design->formula;
    size_t n_terms = behov_formula_n_terms(formula), n_all = 0;
    for (size_t t = 0; t < n_terms; t++) {
        size_t n = behov_formula_n_components(formula, t);
        if (n > DESIGN_PARTS_MAX)
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_FORMULA_WHERE, SAY_DESIGN_TERM_TOO_LONG,
                                   DESIGN_PARTS_MAX);
        n_all += n;
    }
    design->components = behov_alloc(n_all, sizeof *design->components);
    design->component_of = behov_alloc(n_terms, DESIGN_PARTS_MAX * sizeof *design->component_of);
    if (!design->components || !design->component_of)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FORMULA_TERMS);
    for (size_t t = 0; t < n_terms; t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t); i++) {
            behov_component piece = behov_formula_component(formula, t, i);
            size_t c = 0;
            while (c < design->n_components && (design->components[c].is_factor != piece.is_factor ||
                                                strcmp(design->components[c].name, piece.name) != 0))
                c++;
            if (c == design->n_components)
                design->components[design->n_components++] =
                    (component){.name = piece.name, .is_factor = piece.is_factor, .expression = piece.expression};
            if (piece.is_factor) {
                levels *level_set = &design->components[c].levels;
                level_set->name = piece.name;
                level_set->table = design->table;
                level_set->column =
                    (size_t)behov_table_find(design->table, behov_expression_column(piece.expression, 0));
            }
            design->component_of[t * DESIGN_PARTS_MAX + i] = c;
        }
    return BEHOV_OK;
}

/* Prediction alone: the levels are the reference, those that the coefficients were saved with, and those that the names
 * of the coefficients tell. */
static behov_status take_given_levels(behov_design *design, const behov_design_options *options, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < options->n_coefficient_levels && !status; i++)
        for (size_t c = 0; c < design->n_components && !status; c++) {
            const behov_factor_level *factor_level = &options->coefficient_levels[i];
            if (design->components[c].is_factor && strcmp(design->components[c].name, factor_level->factor) == 0)
                status =
                    levels_add(&design->components[c].levels, factor_level->level, strlen(factor_level->level), err);
        }
    for (size_t i = 0; i < options->n_coefficient_names && !status; i++) {
        behov_regressor regressor;
        const char *name = options->coefficient_names[i];
        /* Beside saved levels a caller may have added an effect (of a year that was lent one): those of a factor alone
         * have one reading, products have several. */
        if (!behov_regressor_read(design->formula, name, &regressor) ||
            (options->n_coefficient_levels && regressor.n_parts > 1))
            continue;
        for (size_t p = 0; p < regressor.n_parts && !status; p++)
            if (regressor.lengths[p])
                status =
                    levels_add(&design->components[design->component_of[regressor.term * DESIGN_PARTS_MAX + p]].levels,
                               name + regressor.starts[p], regressor.lengths[p], err);
    }
    return status;
}

const char *design_reference(const behov_design *design, size_t c)
{
    for (size_t t = 0; t < behov_formula_n_terms(design->formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(design->formula, t); i++)
            if (design->component_of[t * DESIGN_PARTS_MAX + i] == c) {
                const char *reference = behov_formula_component(design->formula, t, i).reference;
                if (reference)
                    return reference;
            }
    return NULL;
}

behov_status design_prepare_factors(behov_design *design, const behov_design_options *options, behov_error *err)
{
    bool are_given = options->n_coefficient_names > 0;
    behov_status status = are_given ? take_given_levels(design, options, err) : BEHOV_OK;
    for (size_t c = 0; c < design->n_components && !status; c++) {
        component *factor = &design->components[c];
        if (!factor->is_factor)
            continue;
        const char *reference = design->is_part ? NULL : design_reference(design, c);
        if (!are_given)
            status = levels_find(&factor->levels, design->fates.of_rows, err);
        else if (reference)
            status = levels_add(&factor->levels, reference, strlen(reference), err);
        if (!status)
            status = levels_finish(&factor->levels, reference, err);
    }
    return status;
}

/* ---- columns ---------------------------------------------------------------------------------------------------- */

static behov_status push_column(behov_design *design, const column_part *parts, size_t n_parts, behov_error *err)
{
    if (design->n_columns >= BEHOV_WIDTH_MAX - 1)
        return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_FORMULA_WHERE, SAY_DESIGN_TOO_MANY_COEFFICIENTS,
                               BEHOV_WIDTH_MAX - 1);
    design_column *columns = behov_realloc(design->columns, design->n_columns + 1, sizeof *columns);
    if (!columns)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DESIGN_COLUMNS);
    design->columns = columns;
    design_column *design_column = &columns[design->n_columns];
    memset(design_column, 0, sizeof *design_column);
    size_t length = sizeof "(Intercept)";
    for (size_t i = 0; i < n_parts; i++) {
        const component *new_component = &design->components[parts[i].component];
        length += strlen(new_component->name) + 2 +
                  (parts[i].level >= 0 ? strlen(new_component->levels.list[parts[i].level].text) : 0);
        design_column->parts[i] = parts[i];
    }
    design_column->n_parts = n_parts;
    design_column->name = behov_alloc(length, 1);
    if (!design_column->name)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DESIGN_COLUMNS);
    design->n_columns++;
    if (n_parts == 0)
        snprintf(design_column->name, length, "(Intercept)");
    size_t index = 0;
    for (size_t i = 0; i < n_parts; i++) {
        const component *component = &design->components[parts[i].component];
        index += (size_t)snprintf(design_column->name + index, length - index, "%s%s", i ? ":" : "", component->name);
        if (parts[i].level >= 0)
            index += (size_t)snprintf(design_column->name + index, length - index, "=%s",
                                      component->levels.list[parts[i].level].text);
    }
    return BEHOV_OK;
}

/* All products of one term, the first component's level running fastest (as R does). */
static behov_status push_term(behov_design *design, size_t term, behov_error *err)
{
    size_t n = behov_formula_n_components(design->formula, term);
    column_part parts[DESIGN_PARTS_MAX] = {0};
    size_t choice[DESIGN_PARTS_MAX] = {0}, n_choices[DESIGN_PARTS_MAX];
    bool contrasts[DESIGN_PARTS_MAX];
    for (size_t i = 0; i < n; i++) {
        const component *new_component = &design->components[design->component_of[term * DESIGN_PARTS_MAX + i]];
        contrasts[i] =
            new_component->is_factor && !design->is_part && behov_formula_uses_reference(design->formula, term, i);
        n_choices[i] =
            new_component->is_factor ? new_component->levels.n - (contrasts[i] && new_component->levels.n ? 1 : 0) : 1;
        if (n_choices[i] == 0 && design->is_part) /* no row is estimated on */
            return BEHOV_OK;
        if (n_choices[i] == 0) {
            if (design->levels_are_given)
                return behov_error_say(err, BEHOV_E_NAME, design->coefficients_name,
                                       SAY_DESIGN_LEVEL_WITHOUT_COEFFICIENT, new_component->name, new_component->name);
            if (new_component->levels.n == 1 && !(new_component->levels.has_reference))
                return behov_error_say(err, BEHOV_E_RANK, behov_table_source(design->table),
                                       SAY_DESIGN_FACTOR_ONE_LEVEL, new_component->name,
                                       new_component->levels.list[0].text);
            return behov_error_say(err, BEHOV_E_RANK, behov_table_source(design->table),
                                   SAY_DESIGN_FACTOR_REFERENCE_ONLY, new_component->name);
        }
    }
    for (;;) {
        for (size_t i = 0; i < n; i++) {
            size_t c = design->component_of[term * DESIGN_PARTS_MAX + i];
            const component *component = &design->components[c];
            size_t picked = choice[i];
            if (contrasts[i] && picked >= component->levels.reference)
                picked++;
            parts[i] = (column_part){c, component->is_factor ? (ptrdiff_t)picked : -1};
        }
        behov_status status = push_column(design, parts, n, err);
        if (status)
            return status;
        size_t i = 0;
        while (i < n && ++choice[i] == n_choices[i])
            choice[i++] = 0;
        if (i == n)
            return BEHOV_OK;
    }
}

behov_status design_make_columns(behov_design *design, const char *absorb, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if ((behov_formula_has_intercept(design->formula) || design->is_part) && !absorb)
        status = push_column(design, NULL, 0, err);
    for (size_t t = 0; t < behov_formula_n_terms(design->formula) && !status; t++)
        status = push_term(design, t, err);
    if (!status && design->n_columns == 0)
        status = (absorb ? behov_error_say(err, BEHOV_E_SYNTAX, PHRASE_FORMULA_WHERE, SAY_DESIGN_NO_TERM_ABSORBED)
                         : behov_error_say(err, BEHOV_E_SYNTAX, PHRASE_FORMULA_WHERE, SAY_DESIGN_NO_TERM));
    return status;
}

/* A saved formula must give the same columns on other data: the reference that was used is written into it. */
behov_status design_write_references(behov_design *design, behov_error *err)
{
    for (size_t t = 0; t < behov_formula_n_terms(design->formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(design->formula, t); i++) {
            const component *factor = &design->components[design->component_of[t * DESIGN_PARTS_MAX + i]];
            if (!factor->is_factor || !behov_formula_uses_reference(design->formula, t, i) ||
                behov_formula_component(design->formula, t, i).reference)
                continue;
            behov_status status = behov_formula_set_reference(design->formula, t, i,
                                                              factor->levels.list[factor->levels.reference].text, err);
            if (status)
                return status;
        }
    return BEHOV_OK;
}
