/* scenario_parts.h - what scenarios and mergers share: rows that are not in the panel, and the figures of such a row. */
#ifndef BEHOV_SCENARIO_PARTS_H
#define BEHOV_SCENARIO_PARTS_H

#include <behov/scenario.h>

/* A column that the formula names. */
typedef struct scenario_column {
    const char *name; /* as the formula has it (borrowed) */
    size_t position;  /* in the study's table */
    bool is_in_terms, is_in_outcome, is_factor;
    double low, high; /* in the rows estimated on; NaN for text */
} scenario_column;

/* A fit, looked at from one of its years. */
typedef struct scenario_basis {
    const behov_fit_results *fit_results; /* borrowed */
    const behov_scenario_choices *choices;
    const behov_municipality_list *places;
    int year;
    size_t *row_of_place; /* of the year; n_rows where it has none */
    uint32_t *rows;       /* rows of the year that are municipalities with a need */
    size_t n_rows_of_year;
    scenario_column *columns;
    size_t n_columns, n_regressors;
    behov_vcov *classical;
    behov_vcov_contrasts *contrasts;
    double country_need, leverage_most, per_1000kr;
    double *kept_values, *contrast; /* scratch: n_regressors each */
} scenario_basis;

/* Free with scenario_basis_free in any case. */
behov_status scenario_basis_new(const behov_fit_results *fit_results, const behov_scenario_choices *choices,
                                const behov_municipality_list *places, scenario_basis *basis,
                                behov_error *err) BEHOV_MUST_CHECK;
void scenario_basis_free(scenario_basis *basis);
behov_status scenario_no_memory(behov_error *err);

/* The position of a municipality among the places, and its row of the year, which has a need. */
behov_status scenario_basis_find(const scenario_basis *basis, const char *text, const char *where, size_t *place,
                                 size_t *row, behov_error *err) BEHOV_MUST_CHECK;
/* The formula's column at a position of the study's table; n_columns when it names none. */
size_t scenario_basis_column(const scenario_basis *basis, size_t position);
double scenario_basis_value(const scenario_basis *basis, size_t column, size_t row);

/* Rows of the panel with other figures in some cells. Zero-initialise; free with scenario_rows_free in any case. */
typedef struct scenario_cell {
    size_t row, column; /* of these rows; of basis->columns */
    double value;
} scenario_cell;

typedef struct scenario_rows {
    size_t *sources; /* rows of the panel */
    size_t n, room;
    scenario_cell *cells;
    size_t n_cells, cells_room;
    double *regressors, *outcomes; /* n x K and n, once they are evaluated; NaN where a row has no need */
} scenario_rows;

behov_status scenario_rows_add(scenario_rows *rows, size_t source, behov_error *err) BEHOV_MUST_CHECK;
/* A cell of the row added last. */
behov_status scenario_rows_set(scenario_rows *rows, size_t column, double value, behov_error *err) BEHOV_MUST_CHECK;
/* The regressors of the fit for these rows, made by its formula with its levels. */
behov_status scenario_rows_evaluate(const scenario_basis *basis, scenario_rows *rows,
                                    behov_error *err) BEHOV_MUST_CHECK;
void scenario_rows_free(scenario_rows *rows);

/* All figures of a row whose regressors, population and actual are there; no rank among the rows of `left_out`. */
void scenario_figures_fill(const scenario_basis *basis, const size_t *left_out, size_t n_left_out,
                           behov_scenario_figures *figures);
/* Need, index, ratio and gaps with their intervals alone. */
void scenario_figures_amounts(const scenario_basis *basis, behov_scenario_figures *figures);
/* The b of a combination of coefficients, and its interval: none where a coefficient in it has no error, of no width
 * where it is 0 throughout. */
double scenario_sum(const scenario_basis *basis, const double *contrast);
behov_interval scenario_interval(const scenario_basis *basis, double value, const double *contrast);
/* An amount of the outcome's unit per inhabitant in 1000 kr in all; NaN where the unit is not kroner. */
double scenario_in_all(const scenario_basis *basis, double amount, double population);

#endif
