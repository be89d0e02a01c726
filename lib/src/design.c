/* design.c - sorting rows into estimated on, predicted only and left out; making the matrix block by block.
 *
 * A term is a product of components. Each distinct component is evaluated once per block: a number per row for x,
 * I(...) and log(x); the position of the level for a factor. A column of the matrix is a product of such values, a
 * factor's part being 1 where the level is the column's and 0 elsewhere. */
#include <behov/design.h>

#include <behov/cluster.h>
#include <behov/number.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"

enum { REASONS_MAX = 60000, PARTS_MAX = 16 };

typedef struct level {
    double number;    /* sort key where every level is a number, else 0 */
    const char *text; /* owned by the factor */
} level;

/* A distinct component of the formula. */
typedef struct component {
    const char *name;
    bool is_factor;
    behov_expression *expression;
    ptrdiff_t column;        /* factor: the table's column */
    level *levels;           /* factor: in order; levels[reference] is the one left out under contrasts */
    size_t n_levels, reference;
    bool has_reference;
    int32_t *level_of_code;  /* factor on text: position of each dictionary code, -1 = no such level */
} component;

typedef struct part {
    size_t component;
    ptrdiff_t level; /* -1: the component's number itself */
} part;

typedef struct design_column {
    char *name;
    part parts[PARTS_MAX];
    size_t n_parts; /* 0 = the constant */
} design_column;

typedef struct reason {
    behov_reason shown;
    char *subject;
} reason;

struct behov_design {
    behov_formula *formula;
    const behov_table *table;
    component *components;
    size_t n_components;
    size_t *component_of; /* [term * PARTS_MAX + i] -> component */
    design_column *columns;
    size_t n_columns;
    bool has_outcome;
    uint16_t *fates;      /* per row: 0 = estimated on, else reason + 1 */
    reason *reasons;
    size_t n_reasons;
    uint32_t *estimated, *predicted;
    size_t n_estimated, n_predicted;
    int *exponents;       /* n_columns + 1 */
};

void behov_design_free(behov_design *design)
{
    if (!design)
        return;
    for (size_t c = 0; c < design->n_components; c++) {
        component *of = &design->components[c];
        for (size_t l = 0; l < of->n_levels; l++)
            free((char *)of->levels[l].text);
        free(of->levels);
        free(of->level_of_code);
    }
    for (size_t k = 0; k < design->n_columns; k++)
        free(design->columns[k].name);
    for (size_t i = 0; i < design->n_reasons; i++)
        free(design->reasons[i].subject);
    free(design->components);
    free(design->component_of);
    free(design->columns);
    free(design->fates);
    free(design->reasons);
    free(design->estimated);
    free(design->predicted);
    free(design->exponents);
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
            return behov_error_set(err, BEHOV_E_ARGUMENT, "formula", "a term multiplies more than %d columns", PARTS_MAX);
        n_all += n;
    }
    design->components = behov_alloc(n_all, sizeof *design->components);
    design->component_of = behov_alloc(n_terms, PARTS_MAX * sizeof *design->component_of);
    if (!design->components || !design->component_of)
        return behov_out_of_memory(err, "the terms of the formula");
    for (size_t t = 0; t < n_terms; t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t); i++) {
            behov_component piece = behov_formula_component(formula, t, i);
            size_t c = 0;
            while (c < design->n_components && (design->components[c].is_factor != piece.is_factor ||
                                                strcmp(design->components[c].name, piece.name) != 0))
                c++;
            if (c == design->n_components)
                design->components[design->n_components++] =
                    (component){.name = piece.name, .is_factor = piece.is_factor, .expression = piece.expression,
                                .column = -1};
            if (piece.is_factor) {
                const char *column = behov_expression_column(piece.expression, 0);
                design->components[c].column = behov_table_find(design->table, column);
            }
            design->component_of[t * PARTS_MAX + i] = c;
        }
    return BEHOV_OK;
}

static int compare_levels(const void *a, const void *b)
{
    const level *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return strcmp(x->text, y->text);
}

static behov_status push_level(component *factor, const char *text, behov_error *err)
{
    for (size_t l = 0; l < factor->n_levels; l++)
        if (strcmp(factor->levels[l].text, text) == 0)
            return BEHOV_OK;
    level *levels = behov_realloc(factor->levels, factor->n_levels + 1, sizeof *levels);
    char *copy = behov_copy_text(text, strlen(text));
    if (levels)
        factor->levels = levels;
    if (!levels || !copy) {
        free(copy);
        return behov_out_of_memory(err, "the levels of a factor");
    }
    factor->levels[factor->n_levels++] = (level){0, copy};
    return BEHOV_OK;
}

/* Levels in order: by size when all are numbers, else by bytes. */
static void sort_levels(component *factor)
{
    bool numbers = true;
    for (size_t l = 0; l < factor->n_levels && numbers; l++)
        numbers = behov_number_parse(factor->levels[l].text, strlen(factor->levels[l].text), '.',
                                     &factor->levels[l].number) == BEHOV_NUMBER_OK;
    for (size_t l = 0; l < factor->n_levels && !numbers; l++)
        factor->levels[l].number = 0;
    if (factor->n_levels > 1)
        qsort(factor->levels, factor->n_levels, sizeof *factor->levels, compare_levels);
}

/* The levels that occur in the rows estimated on. */
static behov_status find_levels(const behov_design *design, component *factor, behov_error *err)
{
    const behov_table *table = design->table;
    size_t column = (size_t)factor->column, n_rows = behov_table_n_rows(table);
    behov_status status = BEHOV_OK;
    if (behov_table_kind(table, column) == BEHOV_COLUMN_TEXT) {
        const behov_dictionary *levels = behov_table_levels(table, column);
        const int32_t *codes = behov_table_codes(table, column);
        size_t n_codes = behov_dictionary_count(levels);
        bool *seen = behov_alloc(n_codes, sizeof *seen);
        if (!seen)
            return behov_out_of_memory(err, "the levels of a factor");
        for (size_t row = 0; row < n_rows; row++)
            if (design->fates[row] == 0)
                seen[codes[row]] = true;
        for (size_t code = 0; code < n_codes && !status; code++)
            if (seen[code])
                status = push_level(factor, behov_dictionary_text(levels, (int32_t)code), err);
        free(seen);
    } else {
        const double *values = behov_table_numbers(table, column);
        double last = NAN;
        for (size_t row = 0; row < n_rows && !status; row++) {
            if (design->fates[row] != 0 || values[row] == last)
                continue;
            last = values[row];
            char text[BEHOV_NUMBER_SIZE];
            behov_number_shortest(last == 0 ? 0 : last, text);
            status = push_level(factor, text, err);
            if (!status && factor->n_levels > BEHOV_WIDTH_MAX)
                status = behov_error_set(err, BEHOV_E_DATA, behov_table_source(table),
                                         "factor(%s) has more than %d levels; use it as a number, or in groups",
                                         factor->name, BEHOV_WIDTH_MAX);
        }
    }
    return status;
}

/* The levels that have a coefficient: the reference, and every "name=level" among the names. */
static behov_status levels_of_names(component *factor, const behov_design_options *options, const char *reference,
                                    behov_error *err)
{
    behov_status status = reference ? push_level(factor, reference, err) : BEHOV_OK;
    size_t length = strlen(factor->name);
    for (size_t i = 0; i < options->n_coefficient_names && !status; i++) {
        const char *name = options->coefficient_names[i];
        if (strncmp(name, factor->name, length) == 0 && name[length] == '=' && !strchr(name + length, ':'))
            status = push_level(factor, name + length + 1, err);
    }
    return status;
}

static behov_status choose_reference(const behov_design *design, component *factor, const char *reference,
                                     behov_error *err)
{
    factor->reference = 0;
    factor->has_reference = reference != NULL;
    if (!reference)
        return BEHOV_OK;
    for (size_t l = 0; l < factor->n_levels; l++)
        if (strcmp(factor->levels[l].text, reference) == 0) {
            factor->reference = l;
            return BEHOV_OK;
        }
    char known[256] = "";
    size_t length = 0;
    for (size_t l = 0; l < factor->n_levels && length < sizeof known - 40; l++)
        length += (size_t)snprintf(known + length, sizeof known - length, "%s%.30s", l ? ", " : "",
                                   factor->levels[l].text);
    return behov_error_set(err, BEHOV_E_NAME, behov_table_source(design->table),
                           "factor(%s, ref = %s): no row estimated on has this level; there are %s%s", factor->name,
                           reference, known, length >= sizeof known - 40 ? " ..." : "");
}

static behov_status level_codes(const behov_design *design, component *factor, behov_error *err)
{
    if (behov_table_kind(design->table, (size_t)factor->column) != BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    const behov_dictionary *levels = behov_table_levels(design->table, (size_t)factor->column);
    size_t n_codes = behov_dictionary_count(levels);
    factor->level_of_code = behov_alloc(n_codes, sizeof *factor->level_of_code);
    if (!factor->level_of_code)
        return behov_out_of_memory(err, "the levels of a factor");
    for (size_t code = 0; code < n_codes; code++)
        factor->level_of_code[code] = -1;
    for (size_t l = 0; l < factor->n_levels; l++) {
        int32_t code = behov_dictionary_find(levels, factor->levels[l].text, strlen(factor->levels[l].text));
        if (code >= 0)
            factor->level_of_code[code] = (int32_t)l;
    }
    return BEHOV_OK;
}

static behov_status prepare_factors(behov_design *design, const behov_design_options *options, behov_error *err)
{
    for (size_t c = 0; c < design->n_components; c++) {
        component *factor = &design->components[c];
        if (!factor->is_factor)
            continue;
        const char *reference = NULL;
        for (size_t t = 0; t < behov_formula_n_terms(design->formula) && !reference; t++)
            for (size_t i = 0; i < behov_formula_n_components(design->formula, t) && !reference; i++)
                if (design->component_of[t * PARTS_MAX + i] == c)
                    reference = behov_formula_component(design->formula, t, i).reference;
        behov_status status = options->n_coefficient_names ? levels_of_names(factor, options, reference, err)
                                                           : find_levels(design, factor, err);
        if (!status) {
            sort_levels(factor);
            status = choose_reference(design, factor, reference, err);
        }
        if (!status)
            status = level_codes(design, factor, err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

/* Position of the row's level, -1 when it is none of the levels. */
static ptrdiff_t level_of_row(const behov_design *design, const component *factor, uint32_t row)
{
    if (factor->level_of_code) {
        int32_t code = behov_table_codes(design->table, (size_t)factor->column)[row];
        return code < 0 ? -1 : factor->level_of_code[code];
    }
    double value = behov_table_numbers(design->table, (size_t)factor->column)[row];
    for (size_t l = 0; l < factor->n_levels; l++)
        if (factor->levels[l].number == value)
            return (ptrdiff_t)l;
    return -1;
}

/* ---- columns ---------------------------------------------------------------------------------------------------- */

static behov_status push_column(behov_design *design, const part *parts, size_t n_parts, behov_error *err)
{
    if (design->n_columns >= BEHOV_WIDTH_MAX - 1)
        return behov_error_set(err, BEHOV_E_ARGUMENT, "formula", "the formula gives more than %d coefficients",
                               BEHOV_WIDTH_MAX - 1);
    design_column *columns = behov_realloc(design->columns, design->n_columns + 1, sizeof *columns);
    if (!columns)
        return behov_out_of_memory(err, "the columns of the design");
    design->columns = columns;
    design_column *added = &columns[design->n_columns];
    memset(added, 0, sizeof *added);
    size_t length = sizeof "(Intercept)";
    for (size_t i = 0; i < n_parts; i++) {
        const component *of = &design->components[parts[i].component];
        length += strlen(of->name) + 2 + (parts[i].level >= 0 ? strlen(of->levels[parts[i].level].text) : 0);
        added->parts[i] = parts[i];
    }
    added->n_parts = n_parts;
    added->name = behov_alloc(length, 1);
    if (!added->name)
        return behov_out_of_memory(err, "the columns of the design");
    design->n_columns++;
    if (n_parts == 0)
        snprintf(added->name, length, "(Intercept)");
    size_t at = 0;
    for (size_t i = 0; i < n_parts; i++) {
        const component *of = &design->components[parts[i].component];
        at += (size_t)snprintf(added->name + at, length - at, "%s%s", i ? ":" : "", of->name);
        if (parts[i].level >= 0)
            at += (size_t)snprintf(added->name + at, length - at, "=%s", of->levels[parts[i].level].text);
    }
    return BEHOV_OK;
}

/* All products of one term, the first component's level running fastest (as R does). */
static behov_status push_term(behov_design *design, size_t term, behov_error *err)
{
    size_t n = behov_formula_n_components(design->formula, term);
    part parts[PARTS_MAX] = {0};
    size_t choice[PARTS_MAX] = {0}, n_choices[PARTS_MAX];
    bool contrasts[PARTS_MAX];
    for (size_t i = 0; i < n; i++) {
        const component *of = &design->components[design->component_of[term * PARTS_MAX + i]];
        contrasts[i] = of->is_factor && behov_formula_uses_reference(design->formula, term, i);
        n_choices[i] = of->is_factor ? of->n_levels - (contrasts[i] && of->n_levels ? 1 : 0) : 1;
        if (n_choices[i] == 0) {
            if (of->n_levels == 1 && !(of->has_reference))
                return behov_error_set(err, BEHOV_E_RANK, behov_table_source(design->table),
                                       "factor(%s) has only one level (%s) in the rows estimated on; leave it out",
                                       of->name, of->levels[0].text);
            return behov_error_set(err, BEHOV_E_RANK, behov_table_source(design->table),
                                   "factor(%s) has no level beside its reference in the rows estimated on; leave it out",
                                   of->name);
        }
    }
    for (;;) {
        for (size_t i = 0; i < n; i++) {
            size_t c = design->component_of[term * PARTS_MAX + i];
            const component *of = &design->components[c];
            size_t picked = choice[i];
            if (contrasts[i] && picked >= of->reference)
                picked++;
            parts[i] = (part){c, of->is_factor ? (ptrdiff_t)picked : -1};
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

static behov_status make_columns(behov_design *design, behov_error *err)
{
    behov_status status = BEHOV_OK;
    if (behov_formula_has_intercept(design->formula))
        status = push_column(design, NULL, 0, err);
    for (size_t t = 0; t < behov_formula_n_terms(design->formula) && !status; t++)
        status = push_term(design, t, err);
    if (!status && design->n_columns == 0)
        status = behov_error_set(err, BEHOV_E_SYNTAX, "formula", "the formula has no term and no constant");
    return status;
}

/* ---- the fate of every row -------------------------------------------------------------------------------------- */

static behov_status add_reason(behov_design *design, behov_reason found, uint16_t *code, behov_error *err)
{
    for (size_t i = 0; i < design->n_reasons; i++) {
        behov_reason *known = &design->reasons[i].shown;
        if (known->kind == found.kind && known->mark == found.mark && known->fate == found.fate &&
            strcmp(known->subject, found.subject) == 0) {
            known->n_rows++;
            *code = (uint16_t)(i + 1);
            return BEHOV_OK;
        }
    }
    if (design->n_reasons == REASONS_MAX)
        return behov_error_set(err, BEHOV_E_DATA, behov_table_source(design->table),
                               "rows are left out for more than %d different reasons", REASONS_MAX);
    reason *reasons = behov_realloc(design->reasons, design->n_reasons + 1, sizeof *reasons);
    char *subject = behov_copy_text(found.subject, strlen(found.subject));
    if (reasons)
        design->reasons = reasons;
    if (!reasons || !subject) {
        free(subject);
        return behov_out_of_memory(err, "the reasons for rows left out");
    }
    found.subject = subject;
    found.n_rows = 1;
    reasons[design->n_reasons++] = (reason){found, subject};
    *code = (uint16_t)design->n_reasons;
    return BEHOV_OK;
}

/* Columns whose cells decide about a row, looked up once. */
typedef struct watched {
    size_t *columns;
    size_t n;
} watched;

/* Adds a column, unless it is there already or has no missing cell: then no row can be lost by it. */
static behov_status watch_column(watched *list, const behov_table *table, ptrdiff_t column, behov_error *err)
{
    if (column < 0)
        return BEHOV_OK;
    for (size_t i = 0; i < list->n; i++)
        if (list->columns[i] == (size_t)column)
            return BEHOV_OK;
    bool any = false;
    for (size_t row = 0; row < behov_table_n_rows(table) && !any; row++)
        any = behov_table_missing(table, (size_t)column, row) != BEHOV_PRESENT;
    if (!any)
        return BEHOV_OK;
    size_t *columns = behov_realloc(list->columns, list->n + 1, sizeof *columns);
    if (!columns)
        return behov_out_of_memory(err, "the columns of the formula");
    list->columns = columns;
    list->columns[list->n++] = (size_t)column;
    return BEHOV_OK;
}

static behov_status watch(watched *list, const behov_table *table, const behov_expression *expression, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < behov_expression_n_columns(expression) && !status; i++)
        status = watch_column(list, table, behov_table_find(table, behov_expression_column(expression, i)), err);
    return status;
}

static behov_status watch_keys(watched *list, const behov_table *table, const behov_design_options *options,
                               behov_error *err)
{
    for (size_t i = 0; i < options->n_cluster_keys; i++) {
        const char *key = options->cluster_keys[i];
        ptrdiff_t column = behov_table_find(table, key);
        behov_expression *expression = NULL;
        behov_status status = BEHOV_OK;
        if (column >= 0) {
            status = watch_column(list, table, column, err);
        } else {
            status = behov_expression_parse(key, strlen(key), "--cluster", &expression, err);
            if (!status)
                status = behov_expression_bind(expression, table, err);
            if (!status)
                status = watch(list, table, expression, err);
            behov_expression_free(expression);
        }
        if (status)
            return status;
    }
    return BEHOV_OK;
}

static ptrdiff_t first_missing(const behov_table *table, const watched *list, size_t row)
{
    for (size_t i = 0; i < list->n; i++)
        if (behov_table_missing(table, list->columns[i], row))
            return (ptrdiff_t)list->columns[i];
    return -1;
}

/* The value of a condition for a block of rows; false everywhere when there is none. A missing condition is false. */
static void evaluate_condition(const behov_expression *condition, const uint32_t *rows, size_t n, bool *holds)
{
    double values[BEHOV_DESIGN_BLOCK];
    if (condition)
        behov_expression_evaluate(condition, rows, n, values);
    for (size_t i = 0; i < n; i++)
        holds[i] = condition && values[i] == values[i] && values[i] != 0;
}

static behov_status judge_row(behov_design *design, const behov_design_options *options, size_t row, bool excluded,
                              bool set_aside, const watched *regressors, const watched *outcome, const watched *keys,
                              behov_error *err)
{
    const behov_table *table = design->table;
    behov_reason found = {.fate = BEHOV_ROW_LEFT_OUT, .kind = BEHOV_REASON_EXCLUDED};
    ptrdiff_t column = -1;
    if (excluded) {
        found.subject = behov_expression_text(options->exclude);
        return add_reason(design, found, &design->fates[row], err);
    }
    if ((column = first_missing(table, regressors, row)) >= 0) {
        found.kind = BEHOV_REASON_REGRESSOR_MISSING;
    } else if (set_aside) {
        found = (behov_reason){BEHOV_REASON_SET_ASIDE, BEHOV_ROW_PREDICTED_ONLY,
                               behov_expression_text(options->set_aside), BEHOV_PRESENT, 0};
        return add_reason(design, found, &design->fates[row], err);
    } else if ((column = first_missing(table, outcome, row)) >= 0) {
        found.kind = BEHOV_REASON_OUTCOME_MISSING;
        found.fate = BEHOV_ROW_PREDICTED_ONLY;
    } else if ((column = first_missing(table, keys, row)) >= 0) {
        found.kind = BEHOV_REASON_CLUSTER_MISSING;
        found.fate = BEHOV_ROW_PREDICTED_ONLY;
    } else {
        design->fates[row] = 0;
        return BEHOV_OK;
    }
    found.subject = behov_table_name(table, (size_t)column);
    found.mark = behov_table_missing(table, (size_t)column, row);
    return add_reason(design, found, &design->fates[row], err);
}

static behov_status judge_rows(behov_design *design, const behov_design_options *options, behov_error *err)
{
    const behov_table *table = design->table;
    size_t n_rows = behov_table_n_rows(table);
    watched regressors = {0}, outcome = {0}, keys = {0};
    behov_status status = BEHOV_OK;
    for (size_t c = 0; c < design->n_components && !status; c++)
        status = watch(&regressors, table, design->components[c].expression, err);
    if (!status && design->has_outcome)
        status = watch(&outcome, table, behov_formula_outcome(design->formula), err);
    if (!status)
        status = watch_keys(&keys, table, options, err);
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        uint32_t rows[BEHOV_DESIGN_BLOCK];
        bool excluded[BEHOV_DESIGN_BLOCK], set_aside[BEHOV_DESIGN_BLOCK];
        size_t n = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        for (size_t i = 0; i < n; i++)
            rows[i] = (uint32_t)(first + i);
        evaluate_condition(options->exclude, rows, n, excluded);
        evaluate_condition(options->set_aside, rows, n, set_aside);
        for (size_t i = 0; i < n && !status; i++)
            status = judge_row(design, options, first + i, excluded[i], set_aside[i], &regressors, &outcome, &keys,
                               err);
    }
    free(regressors.columns);
    free(outcome.columns);
    free(keys.columns);
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
            uint16_t fate = design->fates[row];
            if (fate && design->reasons[fate - 1].shown.fate == BEHOV_ROW_LEFT_OUT)
                continue;
            if (level_of_row(design, factor, (uint32_t)row) >= 0)
                continue;
            char subject[BEHOV_NUMBER_SIZE + 200], text[BEHOV_NUMBER_SIZE];
            if (factor->level_of_code)
                snprintf(text, sizeof text, "%s",
                         behov_dictionary_text(behov_table_levels(design->table, (size_t)factor->column),
                                               behov_table_codes(design->table, (size_t)factor->column)[row]));
            else
                behov_number_shortest(behov_table_numbers(design->table, (size_t)factor->column)[row], text);
            snprintf(subject, sizeof subject, "%s=%s", factor->name, text);
            if (fate)
                design->reasons[fate - 1].shown.n_rows--;
            behov_status status =
                add_reason(design, (behov_reason){BEHOV_REASON_LEVEL_UNKNOWN, BEHOV_ROW_LEFT_OUT, subject,
                                                  BEHOV_PRESENT, 0}, &design->fates[row], err);
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
        design->n_estimated += design->fates[row] == 0;
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
        return behov_out_of_memory(err, "the list of rows");
    size_t e = 0, p = 0;
    for (size_t row = 0; row < n_rows; row++) {
        if (design->fates[row] == 0)
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
        const component *of = &design->components[c];
        if (of->is_factor)
            for (size_t i = 0; i < n_rows; i++)
                values[i] = (double)level_of_row(design, of, rows[i]);
        else
            behov_expression_evaluate(of->expression, rows, n_rows, values);
        for (size_t k = 0; k < design->n_columns; k++) {
            const design_column *column = &design->columns[k];
            for (size_t p = 0; p < column->n_parts; p++) {
                if (column->parts[p].component != c)
                    continue;
                double wanted = (double)column->parts[p].level;
                if (of->is_factor)
                    for (size_t i = 0; i < n_rows; i++)
                        regressors[i * stride + k] *= values[i] == wanted;
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

/* The user's place of a row: line of the file, and the municipality where there is one. */
static behov_status not_finite(const behov_design *design, size_t row, size_t k, behov_error *err)
{
    char where[160];
    behov_table_where(design->table, row, -1, where);
    const char *name =
        k < design->n_columns ? design->columns[k].name : behov_formula_outcome_name(design->formula);
    ptrdiff_t code = behov_table_find(design->table, "municipality_code");
    if (code >= 0 && behov_table_kind(design->table, (size_t)code) == BEHOV_COLUMN_TEXT) {
        int32_t text = behov_table_codes(design->table, (size_t)code)[row];
        if (text >= 0)
            return behov_error_set(err, BEHOV_E_DATA, where, "%s has no finite value for municipality %s; mend the "
                                   "value or leave the row out with --exclude", name,
                                   behov_dictionary_text(behov_table_levels(design->table, (size_t)code), text));
    }
    return behov_error_set(err, BEHOV_E_DATA, where,
                           "%s has no finite value here; mend the value or leave the row out with --exclude", name);
}

static behov_status measure_columns(behov_design *design, behov_error *err)
{
    size_t n_columns = design->n_columns;
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, (n_columns + 2) * sizeof *block);
    double *largest = behov_alloc(n_columns + 1, sizeof *largest);
    design->exponents = behov_alloc(n_columns + 1, sizeof *design->exponents);
    behov_status status = BEHOV_OK;
    if (!block || !largest || !design->exponents)
        status = behov_out_of_memory(err, "a block of rows");
    double *outcome = block ? block + BEHOV_DESIGN_BLOCK * (n_columns + 1) : NULL;
    for (size_t first = 0; first < design->n_predicted && !status; first += BEHOV_DESIGN_BLOCK) {
        size_t n = design->n_predicted - first;
        n = n < BEHOV_DESIGN_BLOCK ? n : BEHOV_DESIGN_BLOCK;
        behov_design_fill(design, design->predicted + first, n, block, n_columns, outcome);
        for (size_t i = 0; i < n && !status; i++) {
            uint32_t row = design->predicted[first + i];
            bool estimated = design->fates[row] == 0;
            double sum = estimated && design->has_outcome ? outcome[i] : 0;
            for (size_t k = 0; k < n_columns; k++)
                sum += fabs(block[i * n_columns + k]);
            if (!isfinite(sum)) {
                size_t k = 0;
                while (k < n_columns && isfinite(block[i * n_columns + k]))
                    k++;
                if (k < n_columns || (estimated && design->has_outcome && !isfinite(outcome[i])))
                    status = not_finite(design, row, k, err);
                else
                    status = behov_error_set(err, BEHOV_E_RANGE, behov_table_source(design->table),
                                             "the numbers are too large to be added; use a larger unit");
            }
            if (!estimated)
                continue;
            for (size_t k = 0; k < n_columns; k++) {
                double size = fabs(block[i * n_columns + k]);
                largest[k] = size > largest[k] ? size : largest[k];
            }
            if (design->has_outcome && fabs(outcome[i]) > largest[n_columns])
                largest[n_columns] = fabs(outcome[i]);
        }
    }
    for (size_t k = 0; k <= n_columns && !status; k++)
        frexp(largest[k], &design->exponents[k]); /* 0 gives exponent 0 */
    free(block);
    free(largest);
    return status;
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
                                                              factor->levels[factor->reference].text, err);
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

/* Nothing to estimate on, or nothing to predict: the sentence says what took the rows away. */
static behov_status check_counts(const behov_design *design, const behov_design_options *options, behov_error *err)
{
    if (design->n_predicted > 0 && (design->n_estimated > 0 || options->outcome_is_optional))
        return BEHOV_OK;
    char why[300] = "";
    size_t length = 0;
    for (size_t i = 0; i < design->n_reasons && length < sizeof why - 100; i++) {
        const behov_reason *of = &design->reasons[i].shown;
        if (of->n_rows == 0)
            continue;
        const char *after = of->kind == BEHOV_REASON_EXCLUDED    ? " is true (excluded)"
                            : of->kind == BEHOV_REASON_SET_ASIDE ? " is true (predicted only)"
                            : of->mark                           ? " is missing"
                                                                 : " has no coefficient";
        length += (size_t)snprintf(why + length, sizeof why - length, "%s in %lu rows %.50s%s", length ? ", " : "",
                                   (unsigned long)of->n_rows, of->subject, after);
    }
    return behov_error_set(err, BEHOV_E_DATA, behov_table_source(design->table), "no row can be %s:%s",
                           design->n_predicted ? "estimated on" : "used", length ? why : " the table has no rows");
}

behov_status behov_design_new(behov_formula *formula, const behov_table *table, const behov_design_options *options,
                              behov_design **design, behov_error *err)
{
    static const behov_design_options defaults = {0};
    options = options ? options : &defaults;
    behov_design *made = behov_alloc(1, sizeof *made);
    if (!made)
        return behov_out_of_memory(err, "a design");
    made->formula = formula;
    made->table = table;
    behov_status status = BEHOV_OK;
    made->fates = behov_alloc(behov_table_n_rows(table), sizeof *made->fates);
    if (!made->fates)
        status = behov_out_of_memory(err, "the fate of every row");
    if (!status)
        status = bind_formula(made, options, err);
    if (!status)
        status = collect_components(made, err);
    if (!status)
        status = judge_rows(made, options, err);
    if (!status) {
        count_rows(made);
        status = check_counts(made, options, err);
    }
    /* Levels come from the rows estimated on so far; a row without a known level then drops out. */
    if (!status)
        status = prepare_factors(made, options, err);
    if (!status)
        status = judge_levels(made, err);
    if (!status)
        status = list_rows(made, err);
    if (!status)
        status = check_counts(made, options, err);
    if (!status)
        status = make_columns(made, err);
    if (!status)
        status = measure_columns(made, err);
    if (!status)
        status = write_references(made, err);
    if (status)
        behov_design_free(made);
    else
        *design = made;
    return status;
}

const behov_table *behov_design_table(const behov_design *design)
{
    return design->table;
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
    return behov_formula_has_intercept(design->formula);
}

const uint32_t *behov_design_estimated(const behov_design *design, size_t *n_rows)
{
    *n_rows = design->n_estimated;
    return design->estimated;
}

const uint32_t *behov_design_predicted(const behov_design *design, size_t *n_rows)
{
    *n_rows = design->n_predicted;
    return design->predicted;
}

behov_row_fate behov_design_fate(const behov_design *design, size_t row)
{
    uint16_t fate = design->fates[row];
    return fate ? design->reasons[fate - 1].shown.fate : BEHOV_ROW_ESTIMATED;
}

ptrdiff_t behov_design_reason_of(const behov_design *design, size_t row)
{
    return (ptrdiff_t)design->fates[row] - 1;
}

size_t behov_design_n_reasons(const behov_design *design)
{
    return design->n_reasons;
}

behov_reason behov_design_reason(const behov_design *design, size_t i)
{
    return design->reasons[i].shown;
}

int behov_design_exponent(const behov_design *design, size_t column)
{
    return design->exponents[column];
}
