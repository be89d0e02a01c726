/* design.c - sorting rows into estimated on, predicted only and left out; making the matrix block by block.
 *
 * A term is a product of components. Each distinct component is evaluated once per block: a number per row for x,
 * I(...) and log(x); the position of the level for a factor. A column of the matrix is a product of such values, a
 * factor's part being 1 where the level is the column's and 0 elsewhere.
 *
 * With absorbed effects the design has no column for the constant, which they hold, and the weighted rows are
 * deviations from the means of their groups (within.h). */
#include <behov/design.h>

#include <behov/cluster.h>
#include <behov/number.h>
#include <behov/parallel.h>
#include <behov/regressor.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "expression_inner.h"
#include "extended.h"
#include "fate_inner.h"
#include "level.h"
#include "linalg.h"
#include "within.h"

enum { PARTS_MAX = 16 };

/* A distinct component of the formula. */
typedef struct component {
    const char *name;
    bool is_factor;
    behov_expression *expression;
    levels levels; /* factor */
} component;

typedef struct column_part {
    size_t component;
    ptrdiff_t level; /* -1: the component's number itself */
} column_part;

typedef struct design_column {
    char *name;
    column_part parts[PARTS_MAX];
    size_t n_parts; /* 0 = the constant */
} design_column;

struct behov_design {
    behov_formula *formula;
    const behov_table *table;
    component *components;
    size_t n_components;
    size_t *component_of; /* [term * PARTS_MAX + i] -> component */
    design_column *columns;
    size_t n_columns;
    bool has_outcome, levels_are_given;
    char coefficients_name[160];
    fates fates;
    uint32_t *estimated, *predicted;
    size_t n_estimated, n_predicted;
    double *root_weights;            /* of the rows estimated on; NULL = no weights */
    const behov_expression *weights; /* of precision (borrowed); NULL = none, or frequencies */
    double weight_unit;              /* what they are multiplied by */
    behov_weight_kind weight_kind;
    double n_observations;
    int *exponents; /* n_columns + 1 */
    within *within; /* absorbed effects; NULL = none */
    size_t n_threads;
};

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
    free(design->predicted);
    free(design->root_weights);
    free(design->exponents);
    within_free(design->within);
    free(design);
}

/* ---- components and their levels ------------------------------------------------------------------------------- */

static behov_status collect_components(behov_design *design, behov_error *err)
{
    const behov_formula *formula = design->formula;
    size_t n_terms = behov_formula_n_terms(formula), n_all = 0;
    for (size_t t = 0; t < n_terms; t++) {
        size_t n = behov_formula_n_components(formula, t);
        if (n > PARTS_MAX)
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_FORMULA_WHERE, SAY_DESIGN_TERM_TOO_LONG, PARTS_MAX);
        n_all += n;
    }
    design->components = behov_alloc(n_all, sizeof *design->components);
    design->component_of = behov_alloc(n_terms, PARTS_MAX * sizeof *design->component_of);
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
            design->component_of[t * PARTS_MAX + i] = c;
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
                status = levels_add(&design->components[design->component_of[regressor.term * PARTS_MAX + p]].levels,
                                    name + regressor.starts[p], regressor.lengths[p], err);
    }
    return status;
}

static const char *reference_of(const behov_design *design, size_t c)
{
    for (size_t t = 0; t < behov_formula_n_terms(design->formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(design->formula, t); i++)
            if (design->component_of[t * PARTS_MAX + i] == c) {
                const char *reference = behov_formula_component(design->formula, t, i).reference;
                if (reference)
                    return reference;
            }
    return NULL;
}

static behov_status prepare_factors(behov_design *design, const behov_design_options *options, behov_error *err)
{
    bool are_given = options->n_coefficient_names > 0;
    behov_status status = are_given ? take_given_levels(design, options, err) : BEHOV_OK;
    for (size_t c = 0; c < design->n_components && !status; c++) {
        component *factor = &design->components[c];
        if (!factor->is_factor)
            continue;
        const char *reference = reference_of(design, c);
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
    column_part parts[PARTS_MAX] = {0};
    size_t choice[PARTS_MAX] = {0}, n_choices[PARTS_MAX];
    bool contrasts[PARTS_MAX];
    for (size_t i = 0; i < n; i++) {
        const component *new_component = &design->components[design->component_of[term * PARTS_MAX + i]];
        contrasts[i] = new_component->is_factor && behov_formula_uses_reference(design->formula, term, i);
        n_choices[i] =
            new_component->is_factor ? new_component->levels.n - (contrasts[i] && new_component->levels.n ? 1 : 0) : 1;
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
            size_t c = design->component_of[term * PARTS_MAX + i];
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

static behov_status make_columns(behov_design *design, const char *absorb, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if (behov_formula_has_intercept(design->formula) && !absorb)
        status = push_column(design, NULL, 0, err);
    for (size_t t = 0; t < behov_formula_n_terms(design->formula) && !status; t++)
        status = push_term(design, t, err);
    if (!status && design->n_columns == 0)
        status = (absorb ? behov_error_say(err, BEHOV_E_SYNTAX, PHRASE_FORMULA_WHERE, SAY_DESIGN_NO_TERM_ABSORBED)
                         : behov_error_say(err, BEHOV_E_SYNTAX, PHRASE_FORMULA_WHERE, SAY_DESIGN_NO_TERM));
    return status;
}

/* ---- rows ----------------------------------------------------------------------------------------------------------
 * */

/* The key of absorbed effects is a cluster key like the others, but a fault in it is reported as its own. */
static behov_status check_absorb(const behov_design *design, const behov_design_options *options, behov_error *err)
{
    const char *key = options->absorb;
    if (!key)
        return BEHOV_OK;
    if (options->outcome_is_optional || options->n_coefficient_names)
        return behov_error_set(err, BEHOV_E_ARGUMENT, behov_table_source(design->table), BEHOV_ABSORBED_NOT_PREDICTED,
                               key);
    if (behov_table_find(design->table, key) >= 0)
        return BEHOV_OK;
    behov_expression *expression = NULL;
    behov_status status = behov_expression_parse(key, strlen(key), PHRASE_DESIGN_ABSORBED_WHERE, &expression, err);
    if (!status)
        status = behov_expression_bind(expression, design->table, err);
    behov_expression_free(expression);
    return status;
}

static behov_status judge_with_keys(behov_design *design, const behov_design_options *options, const char *const *keys,
                                    size_t n_keys, behov_error *err)
{
    fate_rules rules = {.exclude = options->exclude,
                        .set_aside = options->set_aside,
                        .weights = options->weights,
                        .cluster_keys = keys,
                        .n_cluster_keys = n_keys,
                        .weights_are_counts = options->weights && options->weight_kind == BEHOV_WEIGHT_FREQUENCY};
    behov_expression **regressors = behov_alloc(design->n_components, sizeof *regressors);
    if (!regressors)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FORMULA_TERMS);
    for (size_t c = 0; c < design->n_components; c++)
        regressors[c] = design->components[c].expression;
    behov_status status = fates_judge(&design->fates, &rules, regressors, design->n_components,
                                      design->has_outcome ? behov_formula_outcome(design->formula) : NULL, err);
    free(regressors);
    return status;
}

static behov_status judge_rows(behov_design *design, const behov_design_options *options, behov_error *err)
{
    size_t n = options->n_cluster_keys;
    if (!options->absorb)
        return judge_with_keys(design, options, options->cluster_keys, n, err);
    const char **keys = behov_alloc(n + 1, sizeof *keys);
    if (!keys)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_KEYS);
    for (size_t i = 0; i < n; i++)
        keys[i] = options->cluster_keys[i];
    keys[n] = options->absorb;
    behov_status status = judge_with_keys(design, options, keys, n + 1, err);
    free(keys);
    return status;
}

/* A row whose level has no column cannot be predicted. Rows estimated on have known levels by construction, except
 * when the levels come from coefficients. */
static behov_status judge_levels(behov_design *design, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(design->table);
    for (size_t c = 0; c < design->n_components; c++) {
        const component *factor = &design->components[c];
        if (!factor->is_factor)
            continue;
        for (size_t row = 0; row < n_rows; row++) {
            uint16_t fate = design->fates.of_rows[row];
            if (fate && design->fates.reasons[fate - 1].fate == BEHOV_ROW_LEFT_OUT)
                continue;
            if (levels_position(&factor->levels, (uint32_t)row) >= 0)
                continue;
            char subject[BEHOV_NUMBER_SIZE + 200], text[BEHOV_NUMBER_SIZE];
            if (factor->levels.of_code)
                snprintf(text, sizeof text, "%s",
                         behov_dictionary_text(behov_table_levels(design->table, factor->levels.column),
                                               behov_table_codes(design->table, factor->levels.column)[row]));
            else
                behov_number_shortest(behov_table_numbers(design->table, factor->levels.column)[row], text);
            snprintf(subject, sizeof subject, "%s=%s", factor->name, text);
            if (fate)
                design->fates.reasons[fate - 1].n_rows--;
            behov_status status =
                fates_add(&design->fates,
                          (behov_reason){BEHOV_REASON_LEVEL_UNKNOWN, BEHOV_ROW_LEFT_OUT, subject, BEHOV_PRESENT, 0},
                          &design->fates.of_rows[row], err);
            if (status)
                return status;
        }
    }
    return BEHOV_OK;
}

static void count_rows(behov_design *design)
{
    design->n_estimated = design->n_predicted = 0;
    for (size_t row = 0; row < behov_table_n_rows(design->table); row++) {
        design->n_estimated += design->fates.of_rows[row] == 0;
        design->n_predicted += behov_design_fate(design, row) != BEHOV_ROW_LEFT_OUT;
    }
}

static behov_status list_rows(behov_design *design, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(design->table);
    count_rows(design);
    design->estimated = behov_alloc(design->n_estimated, sizeof *design->estimated);
    design->predicted = behov_alloc(design->n_predicted, sizeof *design->predicted);
    if (!design->estimated || !design->predicted)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_LIST);
    size_t e = 0, p = 0;
    for (size_t row = 0; row < n_rows; row++) {
        if (design->fates.of_rows[row] == 0)
            design->estimated[e++] = (uint32_t)row;
        if (behov_design_fate(design, row) != BEHOV_ROW_LEFT_OUT)
            design->predicted[p++] = (uint32_t)row;
    }
    return BEHOV_OK;
}

/* ---- values ----------------------------------------------------------------------------------------------------- */

void behov_design_fill(const behov_design *design, const uint32_t *rows, size_t n_rows, double *regressors,
                       size_t stride, double *outcome)
{
    double values[BEHOV_DESIGN_BLOCK];
    for (size_t k = 0; k < design->n_columns; k++)
        for (size_t i = 0; i < n_rows; i++)
            regressors[i * stride + k] = 1;
    for (size_t c = 0; c < design->n_components; c++) {
        const component *component = &design->components[c];
        if (component->is_factor)
            for (size_t i = 0; i < n_rows; i++)
                values[i] = (double)levels_position(&component->levels, rows[i]);
        else
            behov_expression_evaluate(component->expression, rows, n_rows, values);
        for (size_t k = 0; k < design->n_columns; k++) {
            const design_column *column = &design->columns[k];
            for (size_t p = 0; p < column->n_parts; p++) {
                if (column->parts[p].component != c)
                    continue;
                double wanted_value = (double)column->parts[p].level;
                if (component->is_factor)
                    for (size_t i = 0; i < n_rows; i++)
                        regressors[i * stride + k] *= values[i] == wanted_value;
                else
                    for (size_t i = 0; i < n_rows; i++)
                        regressors[i * stride + k] *= values[i];
            }
        }
    }
    if (outcome && design->has_outcome)
        behov_expression_evaluate(behov_formula_outcome(design->formula), rows, n_rows, outcome);
    else if (outcome)
        for (size_t i = 0; i < n_rows; i++)
            outcome[i] = behov_missing_number(BEHOV_MISSING_EMPTY);
}

static bool is_carried(const behov_design *design, const design_column *column)
{
    size_t n_numbers = 0;
    for (size_t p = 0; p < column->n_parts; p++) {
        const component *component = &design->components[column->parts[p].component];
        n_numbers += !component->is_factor;
        if (!component->is_factor && behov_expression_is_carried(component->expression))
            return true;
    }
    return n_numbers > 1;
}

void behov_design_fill_rests(const behov_design *design, const uint32_t *rows, size_t n_rows, const double *regressors,
                             size_t stride, double *rests)
{
    double values[BEHOV_DESIGN_BLOCK], own[BEHOV_DESIGN_BLOCK];
    for (size_t k = 0; k < design->n_columns && !design->within; k++) {
        const design_column *column = &design->columns[k];
        if (!is_carried(design, column))
            continue;
        extended products[BEHOV_DESIGN_BLOCK];
        for (size_t i = 0; i < n_rows; i++)
            products[i] = extended_of(1);
        for (size_t p = 0; p < column->n_parts; p++) {
            const component *component = &design->components[column->parts[p].component];
            memset(own, 0, n_rows * sizeof *own);
            if (component->is_factor) {
                for (size_t i = 0; i < n_rows; i++)
                    values[i] = levels_position(&component->levels, rows[i]) == column->parts[p].level;
            } else {
                behov_expression_evaluate(component->expression, rows, n_rows, values);
                if (behov_expression_is_carried(component->expression))
                    behov_expression_evaluate_rests(component->expression, rows, n_rows, values, own);
            }
            for (size_t i = 0; i < n_rows; i++)
                products[i] = extended_multiply(products[i], extended_two_sum(values[i], own[i]));
        }
        for (size_t i = 0; i < n_rows; i++) {
            double rest = (products[i].hi - regressors[i * stride + k]) + products[i].lo;
            rests[i * stride + k] = isfinite(rest) ? rest : 0;
        }
    }
}

/* A row as it is becomes a row of the least squares. */
static void weigh_row(const behov_design *design, size_t position, double *regressors, double *outcome)
{
    double root = design_root(design, position);
    if (design->within) {
        within_subtract(design->within, position, root, regressors, outcome);
        return;
    }
    for (size_t k = 0; k < design->n_columns; k++)
        regressors[k] *= root;
    *outcome *= root;
}

void behov_design_fill_weighted(const behov_design *design, size_t first, size_t n_rows, double *regressors,
                                size_t stride, double *outcome)
{
    behov_design_fill(design, design->estimated + first, n_rows, regressors, stride, outcome);
    for (size_t i = 0; i < n_rows && (design->root_weights || design->within); i++)
        weigh_row(design, first + i, regressors + i * stride, &outcome[i]);
}

void design_fill_positions(const behov_design *design, const uint32_t *positions, size_t n_rows, double *regressors,
                           size_t stride, double *outcome)
{
    uint32_t rows[BEHOV_DESIGN_BLOCK] = {0};
    for (size_t i = 0; i < n_rows; i++)
        rows[i] = design->estimated[positions[i]];
    behov_design_fill(design, rows, n_rows, regressors, stride, outcome);
    for (size_t i = 0; i < n_rows && (design->root_weights || design->within); i++)
        weigh_row(design, positions[i], regressors + i * stride, &outcome[i]);
}

void design_fill_extended(const behov_design *design, const uint32_t *positions, size_t n_rows, double *room,
                          extended *regressors, extended *outcome)
{
    size_t n = design->n_columns;
    uint32_t rows[BEHOV_DESIGN_BLOCK] = {0};
    double *block = room, *rests = room + BEHOV_DESIGN_BLOCK * n, y[BEHOV_DESIGN_BLOCK];
    for (size_t i = 0; i < n_rows; i++)
        rows[i] = design->estimated[positions[i]];
    memset(rests, 0, n_rows * n * sizeof *rests);
    behov_design_fill(design, rows, n_rows, block, n, y);
    behov_design_fill_rests(design, rows, n_rows, block, n, rests);
    for (size_t i = 0; i < n_rows; i++) {
        extended root = extended_of(design_root(design, positions[i]));
        bool is_weighted = design->root_weights != NULL;
        int shift = -design->exponents[n];
        if (design->within) {
            weigh_row(design, positions[i], block + i * n, &y[i]);
            is_weighted = false;
        }
        for (size_t k = 0; k < n; k++) {
            int of_column = -design->exponents[k];
            extended value = extended_two_sum(ldexp(block[i * n + k], of_column), ldexp(rests[i * n + k], of_column));
            regressors[i * n + k] = is_weighted ? extended_multiply(root, value) : value;
        }
        extended value = extended_of(ldexp(y[i], shift));
        outcome[i] = is_weighted ? extended_multiply(root, value) : value;
    }
}

size_t design_fill_extended_block(const behov_design *design, size_t first, size_t end, double *room,
                                  extended *regressors, extended *outcome)
{
    uint32_t positions[BEHOV_DESIGN_BLOCK];
    size_t count = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
    for (size_t i = 0; i < count; i++)
        positions[i] = (uint32_t)(first + i);
    design_fill_extended(design, positions, count, room, regressors, outcome);
    return count;
}

double design_root(const behov_design *design, size_t position)
{
    return design->root_weights ? design->root_weights[position] : 1;
}

double design_group_share(const behov_design *design, size_t position)
{
    const within *within_groups = design->within;
    if (!within_groups)
        return 0;
    size_t g = behov_clusters_of_rows(within_groups->groups)[position];
    double root = design_root(design, position);
    return within_groups->sizes[g] == 1 ? 1 : root * root / extended_round(within_groups->weights[g]);
}

/* Roots of the weights; precision weights are scaled to mean 1, so that s is in the outcome's unit. */
static behov_status weigh(behov_design *design, const behov_design_options *options, behov_error *err)
{
    design->weight_kind = options->weight_kind;
    design->n_observations = (double)design->n_estimated;
    if (!options->weights)
        return BEHOV_OK;
    double *roots = behov_alloc(design->n_estimated, sizeof *roots), sum = 0;
    if (!roots)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_WEIGHTS);
    design->root_weights = roots;
    for (size_t first = 0; first < design->n_estimated; first += BEHOV_DESIGN_BLOCK) {
        size_t n = design->n_estimated - first;
        behov_expression_evaluate(options->weights, design->estimated + first,
                                  n < BEHOV_DESIGN_BLOCK ? n : BEHOV_DESIGN_BLOCK, roots + first);
    }
    for (size_t i = 0; i < design->n_estimated; i++)
        sum += roots[i];
    if (!isfinite(sum))
        return behov_error_say(err, BEHOV_E_RANGE, behov_table_source(design->table), SAY_DESIGN_WEIGHTS_TOO_LARGE,
                               behov_expression_text(options->weights));
    double unit = 1;
    if (options->weight_kind == BEHOV_WEIGHT_FREQUENCY)
        design->n_observations = sum;
    else
        design->weights = options->weights, design->weight_unit = unit = (double)design->n_estimated / sum;
    for (size_t i = 0; i < design->n_estimated; i++)
        roots[i] = sqrt(roots[i] * unit);
    return BEHOV_OK;
}

/* The user's place of a row: line of the file, and the municipality where there is one. */
static behov_status not_finite(const behov_design *design, size_t row, size_t k, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(design->table, row, -1, where);
    const char *name = k < design->n_columns ? design->columns[k].name : behov_formula_outcome_name(design->formula);
    ptrdiff_t code = behov_table_find(design->table, "municipality_code");
    if (code >= 0 && behov_table_kind(design->table, (size_t)code) == BEHOV_COLUMN_TEXT) {
        int32_t text = behov_table_codes(design->table, (size_t)code)[row];
        if (text >= 0)
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_DESIGN_NOT_FINITE_MUNICIPALITY, name,
                                   behov_dictionary_text(behov_table_levels(design->table, (size_t)code), text));
    }
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_DESIGN_NOT_FINITE, name);
}

/* Largest absolute values of one part of the predicted rows, and the first row that is not finite. */
typedef struct measure_part {
    double *block, *largest;
    size_t bad_row, bad_column; /* bad_row: position among the predicted rows, SIZE_MAX = none */
    bool is_too_large;
} measure_part;

typedef struct measure {
    const behov_design *design;
    measure_part *parts;
    const uint32_t *previous_positions; /* of each part: rows estimated on in the parts before it */
} measure;

static void measure_rows(void *context, size_t part)
{
    const measure *all = context;
    const behov_design *design = all->design;
    measure_part *measure_part = &all->parts[part];
    size_t n_columns = design->n_columns, position = all->previous_positions[part], end = (part + 1) * BEHOV_PART_ROWS;
    double outcome[BEHOV_DESIGN_BLOCK];
    end = end < design->n_predicted ? end : design->n_predicted;
    measure_part->bad_row = SIZE_MAX;
    for (size_t first = part * BEHOV_PART_ROWS; first < end; first += BEHOV_DESIGN_BLOCK) {
        size_t n = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill(design, design->predicted + first, n, measure_part->block, n_columns, outcome);
        for (size_t i = 0; i < n; i++) {
            bool estimated = design->fates.of_rows[design->predicted[first + i]] == 0;
            const double *row = measure_part->block + i * n_columns;
            double last = estimated && design->has_outcome ? outcome[i] : 0, sum = last;
            for (size_t k = 0; k < n_columns; k++)
                sum += fabs(row[k]);
            if (!isfinite(sum)) {
                size_t k = 0;
                while (k < n_columns && isfinite(row[k]))
                    k++;
                measure_part->bad_row = first + i;
                measure_part->bad_column = k;
                measure_part->is_too_large = k == n_columns && isfinite(last);
                return;
            }
            if (!estimated)
                continue;
            double root = design->root_weights ? design->root_weights[position++] : 1;
            for (size_t k = 0; k < n_columns; k++) {
                double size = fabs(row[k]) * root;
                measure_part->largest[k] = size > measure_part->largest[k] ? size : measure_part->largest[k];
            }
            if (fabs(last) * root > measure_part->largest[n_columns])
                measure_part->largest[n_columns] = fabs(last) * root;
        }
    }
}

static behov_status measure_columns(behov_design *design, behov_error *err)
{
    size_t n_columns = design->n_columns, n_parts = behov_parts(design->n_predicted);
    size_t room = BEHOV_DESIGN_BLOCK * n_columns + n_columns + 1;
    double *numbers = behov_alloc(n_parts, room * sizeof *numbers);
    measure_part *parts = behov_alloc(n_parts, sizeof *parts);
    uint32_t *previous_positions = behov_alloc(n_parts, sizeof *previous_positions);
    design->exponents = behov_alloc(n_columns + 1, sizeof *design->exponents);
    behov_status status = BEHOV_OK;
    if (!numbers || !parts || !previous_positions || !design->exponents) {
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    } else {
        for (size_t part = 0; part < n_parts; part++) {
            parts[part].block = numbers + part * room;
            parts[part].largest = parts[part].block + BEHOV_DESIGN_BLOCK * n_columns;
        }
        for (size_t i = 0, n = 0; i < design->n_predicted; i++) {
            if (i % BEHOV_PART_ROWS == 0)
                previous_positions[i / BEHOV_PART_ROWS] = (uint32_t)n;
            n += design->fates.of_rows[design->predicted[i]] == 0;
        }
        behov_parallel(design->n_threads, n_parts, measure_rows, &(measure){design, parts, previous_positions});
    }
    for (size_t part = 0; part < n_parts && !status; part++) {
        if (parts[part].bad_row == SIZE_MAX)
            continue;
        status = parts[part].is_too_large
                     ? behov_error_say(err, BEHOV_E_RANGE, behov_table_source(design->table), SAY_DESIGN_TOO_LARGE)
                     : not_finite(design, design->predicted[parts[part].bad_row], parts[part].bad_column, err);
    }
    for (size_t k = 0; k <= n_columns && !status; k++) {
        double largest = 0;
        for (size_t part = 0; part < n_parts; part++)
            largest = parts[part].largest[k] > largest ? parts[part].largest[k] : largest;
        frexp(largest, &design->exponents[k]); /* 0 gives exponent 0 */
    }
    free(numbers);
    free(parts);
    free(previous_positions);
    return status;
}

/* ---- absorbed effects ------------------------------------------------------------------------------------------- */

enum { PASS_SUMS, PASS_MEASURE };

static void pass_within(behov_design *design, int pass, double *block, double *largest)
{
    size_t n_columns = design->n_columns;
    double outcome[BEHOV_DESIGN_BLOCK];
    for (size_t first = 0; first < design->n_estimated; first += BEHOV_DESIGN_BLOCK) {
        size_t n = design->n_estimated - first;
        n = n < BEHOV_DESIGN_BLOCK ? n : BEHOV_DESIGN_BLOCK;
        behov_design_fill(design, design->estimated + first, n, block, n_columns, outcome);
        for (size_t i = 0; i < n; i++) {
            double *row = block + i * n_columns, root = design_root(design, first + i);
            if (pass == PASS_SUMS) {
                within_take(design->within, first + i, root, row, outcome[i]);
                continue;
            }
            within_measure(design->within, first + i, root, row, &outcome[i]);
            for (size_t k = 0; k <= n_columns; k++)
                largest[k] = fmax(largest[k], fabs(k < n_columns ? row[k] : outcome[i]));
        }
    }
}

/* Means of the groups, and the exponents of what is left of the columns. */
static behov_status absorb(behov_design *design, const behov_design_options *options, behov_error *err)
{
    if (!options->absorb)
        return BEHOV_OK;
    size_t n_columns = design->n_columns;
    behov_clusters *groups = NULL;
    behov_status status =
        behov_clusters_new(design->table, options->absorb, design->estimated, design->n_estimated, &groups, err);
    if (!status)
        status = within_new(groups, n_columns + 1, design->exponents, &design->within, err);
    if (status)
        return status;
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK + 2, n_columns * sizeof *block);
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    double *largest = block + BEHOV_DESIGN_BLOCK * n_columns; /* n_columns + 1 <= 2 n_columns */
    pass_within(design, PASS_SUMS, block, largest);
    within_finish(design->within);
    pass_within(design, PASS_MEASURE, block, largest);
    within_judge(design->within);
    for (size_t k = 0; k <= n_columns; k++)
        frexp(design->within->is_absorbed[k] ? 0 : largest[k], &design->exponents[k]);
    free(block);
    return BEHOV_OK;
}

/* A saved formula must give the same columns on other data: the reference that was used is written into it. */
static behov_status write_references(behov_design *design, behov_error *err)
{
    for (size_t t = 0; t < behov_formula_n_terms(design->formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(design->formula, t); i++) {
            const component *factor = &design->components[design->component_of[t * PARTS_MAX + i]];
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

/* ---- the whole -------------------------------------------------------------------------------------------------- */

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

/* "in 12 rows population is missing (.)" */
static behov_said count_of_reason(const behov_reason *reason)
{
    bool is_one = reason->n_rows == 1;
    unsigned long n = reason->n_rows;
    behov_excerpt subject = behov_cut(reason->subject, 50);
    const char *mark = reason->mark == BEHOV_MISSING_EMPTY ? PHRASE_MARK_EMPTY
                       : reason->mark                      ? behov_missing_text(reason->mark)
                                                           : "";
    switch (reason->kind) {
    case BEHOV_REASON_EXCLUDED:
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_EXCLUDED_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_EXCLUDED, n, subject.text);
    case BEHOV_REASON_SET_ASIDE:
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_SET_ASIDE_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_SET_ASIDE, n, subject.text);
    case BEHOV_REASON_NO_MUNICIPALITY:
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_NO_MUNICIPALITY_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_NO_MUNICIPALITY, n, subject.text);
    case BEHOV_REASON_WEIGHT_ZERO:
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_WEIGHT_ZERO_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_WEIGHT_ZERO, n, subject.text);
    default: break;
    }
    if (!reason->mark)
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_NO_COEFFICIENT_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_NO_COEFFICIENT, n, subject.text);
    if (!mark[0])
        return is_one ? behov_phrase(SAY_DESIGN_ROWS_MISSING_ONE, n, subject.text)
                      : behov_phrase(SAY_DESIGN_ROWS_MISSING, n, subject.text);
    return is_one ? behov_phrase(SAY_DESIGN_ROWS_MISSING_MARKED_ONE, n, subject.text, mark)
                  : behov_phrase(SAY_DESIGN_ROWS_MISSING_MARKED, n, subject.text, mark);
}

/* Nothing to estimate on, or nothing to predict: the sentence says what took the rows away. */
static behov_status check_counts(const behov_design *design, const behov_design_options *options, behov_error *err)
{
    if (design->n_predicted > 0 && (design->n_estimated > 0 || options->outcome_is_optional))
        return BEHOV_OK;
    char why[4096] = "";
    size_t length = 0, shown = 0; /* bytes, and those of the English, which is cut at 300 */
    for (size_t i = 0; i < design->fates.n_reasons && shown < 200; i++) {
        const behov_reason *reason = &design->fates.reasons[i];
        if (reason->n_rows == 0)
            continue;
        char english[300];
        behov_said count = count_of_reason(reason);
        shown += behov_phrase_english(count.text, sizeof english, english) + (shown ? 2 : 0);
        if (length + strlen(count.text) + 3 < sizeof why)
            length += (size_t)snprintf(why + length, sizeof why - length, "%s%s", length ? ", " : "", count.text);
    }
    return (design->n_predicted ? behov_error_say(err, BEHOV_E_DATA, behov_table_source(design->table),
                                                  SAY_DESIGN_NO_ROW_ESTIMATED, length ? why : PHRASE_DESIGN_TABLE_EMPTY)
                                : behov_error_say(err, BEHOV_E_DATA, behov_table_source(design->table),
                                                  SAY_DESIGN_NO_ROW_USED, length ? why : PHRASE_DESIGN_TABLE_EMPTY));
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
    new_design->levels_are_given = options->n_coefficient_names > 0;
    snprintf(new_design->coefficients_name, sizeof new_design->coefficients_name, "%s",
             options->coefficients_source ? options->coefficients_source : "");
    behov_status status = BEHOV_OK;
    new_design->fates.table = table;
    new_design->fates.of_rows = behov_alloc(behov_table_n_rows(table), sizeof *new_design->fates.of_rows);
    if (!new_design->fates.of_rows)
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_FATES);
    if (!status)
        status = bind_formula(new_design, options, err);
    if (!status)
        status = check_absorb(new_design, options, err);
    if (!status)
        status = collect_components(new_design, err);
    if (!status)
        status = judge_rows(new_design, options, err);
    if (!status) {
        count_rows(new_design);
        status = check_counts(new_design, options, err);
    }
    /* Levels come from the rows estimated on so far; a row without a known level then drops out. */
    if (!status)
        status = prepare_factors(new_design, options, err);
    if (!status)
        status = judge_levels(new_design, err);
    if (!status)
        status = list_rows(new_design, err);
    if (!status)
        status = check_counts(new_design, options, err);
    if (!status)
        status = make_columns(new_design, options->absorb, err);
    if (!status)
        status = weigh(new_design, options, err);
    if (!status)
        status = measure_columns(new_design, err);
    if (!status)
        status = absorb(new_design, options, err);
    if (!status)
        status = write_references(new_design, err);
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
    return fates_of_row(&design->fates, row);
}

ptrdiff_t behov_design_reason_of(const behov_design *design, size_t row)
{
    return (ptrdiff_t)design->fates.of_rows[row] - 1;
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
