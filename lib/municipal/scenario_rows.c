/* scenario_rows.c - rows that are not in the panel: rows of it with other figures, made into regressors by the formula
 * of the fit, with the levels and references of the fit. */
#include "scenario_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/word.h>

void scenario_rows_free(scenario_rows *rows)
{
    free(rows->sources), free(rows->cells), free(rows->regressors), free(rows->outcomes);
    *rows = (scenario_rows){0};
}

behov_status scenario_rows_add(scenario_rows *rows, size_t source, behov_error *err)
{
    if (rows->n == rows->room) {
        size_t room = rows->room ? 2 * rows->room : 64;
        size_t *sources = realloc(rows->sources, room * sizeof *sources);
        if (!sources)
            return scenario_no_memory(err);
        rows->sources = sources;
        rows->room = room;
    }
    rows->sources[rows->n++] = source;
    return BEHOV_OK;
}

behov_status scenario_rows_set(scenario_rows *rows, size_t column, double value, behov_error *err)
{
    if (rows->n_cells == rows->cells_room) {
        size_t room = rows->cells_room ? 2 * rows->cells_room : 64;
        scenario_cell *cells = realloc(rows->cells, room * sizeof *cells);
        if (!cells)
            return scenario_no_memory(err);
        rows->cells = cells;
        rows->cells_room = room;
    }
    rows->cells[rows->n_cells++] = (scenario_cell){rows->n - 1, column, value};
    return BEHOV_OK;
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static behov_status copy_numbers(const scenario_basis *basis, const scenario_rows *rows, size_t column,
                                 behov_table *table, behov_error *err)
{
    double *values = malloc((rows->n + 1) * sizeof *values);
    if (!values)
        return scenario_no_memory(err);
    for (size_t i = 0; i < rows->n; i++)
        values[i] = scenario_basis_value(basis, column, rows->sources[i]);
    for (size_t i = 0; i < rows->n_cells; i++)
        if (rows->cells[i].column == column)
            values[rows->cells[i].row] = rows->cells[i].value;
    behov_status status = behov_table_add_numbers(table, basis->columns[column].name, values, err);
    if (status)
        free(values);
    return status;
}

static behov_status copy_texts(const scenario_basis *basis, const scenario_rows *rows, size_t column,
                               behov_table *table, behov_error *err)
{
    const behov_table *panel = basis->fit_results->study->table;
    const int32_t *codes = behov_table_codes(panel, basis->columns[column].position);
    const behov_dictionary *levels = behov_table_levels(panel, basis->columns[column].position);
    const char **texts = malloc((rows->n + 1) * sizeof *texts);
    if (!texts)
        return scenario_no_memory(err);
    for (size_t i = 0; i < rows->n; i++)
        texts[i] = codes[rows->sources[i]] < 0 ? NULL : behov_dictionary_text(levels, codes[rows->sources[i]]);
    behov_status status = behov_table_copy_text(table, basis->columns[column].name, texts, err);
    free(texts);
    return status;
}

static behov_status make_table(const scenario_basis *basis, const scenario_rows *rows, behov_table **table,
                               behov_error *err)
{
    behov_status status = behov_table_new(rows->n, PHRASE_SCENARIO_TABLE, table, err);
    for (size_t column = 0; column < basis->n_columns && !status; column++)
        status =
            behov_table_kind(basis->fit_results->study->table, basis->columns[column].position) == BEHOV_COLUMN_NUMBER
                ? copy_numbers(basis, rows, column, *table, err)
                : copy_texts(basis, rows, column, *table, err);
    return status;
}

/* ---- its regressors ---------------------------------------------------------------------------------------------- */

/* The formula on the table, with the coefficients' names and levels: what is not among them has no need. */
static behov_status make_design(const scenario_basis *basis, behov_formula *formula, const behov_table *table,
                                behov_design **design, behov_error *err)
{
    const behov_design *fitted = basis->fit_results->design;
    size_t n = basis->n_regressors, n_levels = behov_design_n_levels(fitted);
    const char **names = malloc((n + 1) * sizeof *names);
    behov_factor_level *levels = malloc((n_levels + 1) * sizeof *levels);
    behov_status status = names && levels ? BEHOV_OK : scenario_no_memory(err);
    for (size_t k = 0; k < n && !status; k++)
        names[k] = behov_design_regressor(fitted, k);
    for (size_t i = 0; i < n_levels && !status; i++)
        levels[i] = behov_design_level(fitted, i);
    if (!status)
        status = behov_design_new(formula, table,
                                  &(behov_design_options){.outcome_is_optional = true,
                                                          .coefficient_names = names,
                                                          .n_coefficient_names = n,
                                                          .coefficient_levels = levels,
                                                          .n_coefficient_levels = n_levels},
                                  design, err);
    free(names);
    free(levels);
    return status;
}

/* The fit's regressor of the design's: the order is the formula's, but nothing rests on that. */
static behov_status match(const scenario_basis *basis, const behov_design *design, size_t *positions, behov_error *err)
{
    for (size_t k = 0; k < basis->n_regressors; k++) {
        const char *name = behov_design_regressor(basis->fit_results->design, k);
        size_t j = 0;
        while (j < behov_design_n_regressors(design) && strcmp(behov_design_regressor(design, j), name) != 0)
            j++;
        if (j == behov_design_n_regressors(design))
            return behov_error_say(err, BEHOV_E_NAME, PHRASE_SCENARIO_TABLE, SAY_APPLY_NO_COEFFICIENT, name);
        positions[k] = j;
    }
    return BEHOV_OK;
}

static behov_status fill(const scenario_basis *basis, const behov_design *design, scenario_rows *rows, behov_error *err)
{
    size_t n = basis->n_regressors, width = behov_design_n_regressors(design);
    size_t *positions = malloc((n + 1) * sizeof *positions);
    double *values = malloc((width + 1) * sizeof *values);
    rows->regressors = malloc((rows->n * n + 1) * sizeof *rows->regressors);
    rows->outcomes = malloc((rows->n + 1) * sizeof *rows->outcomes);
    behov_status status = positions && values && rows->regressors && rows->outcomes
                              ? match(basis, design, positions, err)
                              : scenario_no_memory(err);
    for (size_t row = 0; row < rows->n && !status; row++) {
        uint32_t index = (uint32_t)row;
        bool has_need = behov_design_fate(design, row) != BEHOV_ROW_LEFT_OUT;
        rows->outcomes[row] = NAN;
        if (has_need)
            behov_design_fill(design, &index, 1, values, width, &rows->outcomes[row]);
        for (size_t k = 0; k < n; k++)
            rows->regressors[row * n + k] = has_need ? values[positions[k]] : NAN;
    }
    free(positions);
    free(values);
    return status;
}

behov_status scenario_rows_evaluate(const scenario_basis *basis, scenario_rows *rows, behov_error *err)
{
    behov_table *table = NULL;
    behov_formula *formula = NULL;
    behov_design *design = NULL;
    behov_status status = make_table(basis, rows, &table, err);
    if (!status)
        status = behov_formula_parse(behov_formula_text(basis->fit_results->study->formula), &formula, err);
    if (!status)
        status = make_design(basis, formula, table, &design, err);
    if (!status)
        status = fill(basis, design, rows, err);
    behov_design_free(design);
    behov_formula_free(formula);
    behov_table_free(table);
    return status;
}
