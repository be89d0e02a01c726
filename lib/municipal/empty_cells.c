/* empty_cells.c - cells without a value are no fault, but rows fall away by them: they are counted by column, and by year
 * where most of a year is empty. */
#include "empty_cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS_MAX = 300 };

typedef struct year_gap {
    int year;
    size_t n_rows, n_empty;
} year_gap;

typedef struct gaps {
    behov_study *study;
    bool *is_counted; /* by row */
    size_t n_counted;
    bool *is_told; /* by column */
} gaps;

static behov_oddity gap_finding(behov_severity severity, behov_empty_cause cause, ptrdiff_t column)
{
    return behov_oddity_new(BEHOV_ODD_EMPTY, severity, (int)cause, -1, column);
}

static void choose_rows(gaps *source)
{
    const behov_study *study = source->study;
    size_t n_rows = behov_table_n_rows(study->table);
    for (size_t first = 0; first < n_rows; first += BEHOV_EXPRESSION_BLOCK) {
        double is_out[BEHOV_EXPRESSION_BLOCK];
        size_t n = behov_expression_evaluate_block(study->exclude, study->table, first, is_out);
        for (size_t i = 0; i < n; i++) {
            source->is_counted[first + i] = is_out[i] != 1 && !behov_table_row_mark(study->table, first + i);
            source->n_counted += source->is_counted[first + i];
        }
    }
}

static year_gap *find_year(year_gap *years, size_t *n, int year)
{
    for (size_t i = 0; i < *n; i++)
        if (years[i].year == year)
            return &years[i];
    if (*n == YEARS_MAX)
        return NULL;
    years[*n] = (year_gap){.year = year};
    return &years[(*n)++];
}

static int compare_years(const void *a, const void *b)
{
    int x = ((const year_gap *)a)->year, y = ((const year_gap *)b)->year;
    return x < y ? -1 : x > y;
}

static behov_status print_notes_years(const gaps *source, size_t column, bool is_no_fault, year_gap *years,
                                      size_t n_years, behov_error *err)
{
    behov_status status = BEHOV_OK;
    qsort(years, n_years, sizeof *years, compare_years);
    for (size_t t = 0; t < n_years && !status; t++) {
        if (years[t].year == 0 || 2 * years[t].n_empty <= years[t].n_rows)
            continue;
        bool is_to_come = is_no_fault && years[t].n_empty == years[t].n_rows; /* a year to be computed alone */
        behov_oddity finding =
            gap_finding(is_to_come ? BEHOV_INFORMATION : BEHOV_WARNING, BEHOV_EMPTY_CELLS_IN_YEAR, (ptrdiff_t)column);
        finding.year = years[t].year;
        finding.count = years[t].n_empty;
        finding.low = (double)years[t].n_rows;
        status = behov_plausibility_add(source->study->plausibility, finding, err);
    }
    return status;
}

static behov_status count_column(const gaps *source, size_t column, bool is_no_fault, behov_error *err)
{
    const behov_study *study = source->study;
    size_t n_rows = behov_table_n_rows(study->table), n_years = 0, n_empty = 0;
    year_gap years[YEARS_MAX];
    for (size_t row = 0; row < n_rows; row++) {
        if (!source->is_counted[row])
            continue;
        bool is_empty = behov_table_missing(study->table, column, row) != BEHOV_PRESENT;
        year_gap *year = find_year(years, &n_years, behov_panel_year(&study->panel, row));
        n_empty += is_empty;
        if (year) {
            year->n_rows++;
            year->n_empty += is_empty;
        }
    }
    if (n_empty == 0)
        return BEHOV_OK;
    behov_status status = print_notes_years(source, column, is_no_fault, years, n_years, err);
    behov_oddity finding = gap_finding(BEHOV_INFORMATION, BEHOV_EMPTY_CELLS, (ptrdiff_t)column);
    finding.count = n_empty;
    finding.low = (double)source->n_counted;
    return status ? status : behov_plausibility_add(study->plausibility, finding, err);
}

static behov_status count_columns(gaps *source, const behov_expression *expression, bool is_outcome, behov_error *err)
{
    const behov_study *study = source->study;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < behov_expression_n_columns(expression) && !status; i++) {
        const char *name = behov_expression_column(expression, i);
        ptrdiff_t column = behov_table_find(study->table, name);
        behov_role role = behov_role_of_name(name);
        if (column < 0 && role < BEHOV_N_ROLES)
            column = study->panel.columns[role];
        if (column < 0 || source->is_told[column])
            continue;
        source->is_told[column] = true;
        status = count_column(source, (size_t)column, is_outcome, err);
    }
    return status;
}

static behov_status count_formula(gaps *source, behov_error *err)
{
    const behov_formula *formula = source->study->formula;
    behov_status status = count_columns(source, behov_formula_outcome(formula), true, err);
    for (size_t t = 0; t < behov_formula_n_terms(formula) && !status; t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t) && !status; i++)
            status = count_columns(source, behov_formula_component(formula, t, i).expression, false, err);
    return status;
}

static behov_status count_all(gaps *source, behov_error *err)
{
    behov_status status = BEHOV_OK;
    const behov_study *study = source->study;
    const char *outcome = behov_formula_outcome_column(study->formula);
    for (size_t column = 0; column < behov_table_n_columns(study->table) && !status; column++) {
        const char *name = behov_table_name(study->table, column);
        bool is_outcome = outcome && behov_table_find(study->table, outcome) == (ptrdiff_t)column,
             is_of_fit = behov_study_formula_names(study->formula, name) ||
                         study->panel.columns[BEHOV_ROLE_POPULATION] == (ptrdiff_t)column;
        status = count_column(source, column, is_outcome || !is_of_fit, err);
    }
    return status;
}

static behov_status add(behov_study *study, behov_status (*count)(gaps *, behov_error *), behov_error *err)
{
    gaps source = {.study = study,
                   .is_counted = calloc(behov_table_n_rows(study->table) + 1, sizeof *source.is_counted),
                   .is_told = calloc(behov_table_n_columns(study->table) + 1, sizeof *source.is_told)};
    behov_status status = BEHOV_OK;
    if (!source.is_counted || !source.is_told)
        status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_EMPTY_CELLS_NO_MEMORY);
    if (!status && study->model.population && study->panel.columns[BEHOV_ROLE_POPULATION] < 0)
        status =
            behov_plausibility_add(study->plausibility, gap_finding(BEHOV_WARNING, BEHOV_EMPTY_POPULATION, -1), err);
    if (!status) {
        choose_rows(&source);
        status = count(&source, err);
    }
    free(source.is_counted);
    free(source.is_told);
    return status;
}

behov_status behov_empty_cells_add(behov_study *study, behov_error *err)
{
    return add(study, count_formula, err);
}

behov_status behov_empty_cells_add_all(behov_study *study, behov_error *err)
{
    return add(study, count_all, err);
}
