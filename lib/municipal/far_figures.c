/* far_figures.c - see far_figures.h.
 *
 * Limits: what honest new years bring, on the bundled panel, of fits on any of its years against any other. A column may
 * rise as a whole: the refugees of 2016 lie up to 0.29 widths of the estimation beyond those of 2012-15, and 0.63 beyond those
 * of 2012 alone, but the highest is never further than 0.32 from the next one of its year, as a single wrong figure is. The
 * outcome, which has chance in it, lies up to 0.22 beyond, and 0.69 of fits on one year. Most columns are skewed, so that
 * below the lowest figure there is no room for a tenth of the width: there the logarithms count, of which those of other
 * years lie up to 0.36 beyond. Ratios of municipalities are 327 per cent at the most (Proba 2017-08, annex 2). */
#include <behov/far_figures.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/table.h>

static const double MOST_OF_COLUMN = 0.5, MOST_ALONE = 0.2, LEAST_TO_NEXT = 0.5, MOST_OF_OUTCOME = 0.75, /* widths */
    MOST_BELOW_BY_LOGARITHM = 0.4, MOST_RATIO_PCT = 500;

static bool is_regressor_far(const behov_far_column *column, double value, double beyond)
{
    double width = column->high - column->low, to_next = fmax(value - column->next_high, column->next_low - value);
    bool is_by_logarithm = column->low > 0 && value > 0 && value < column->low &&
                           log(column->low / value) > MOST_BELOW_BY_LOGARITHM * log(column->high / column->low);
    return beyond > MOST_OF_COLUMN || (beyond > MOST_ALONE && to_next > LEAST_TO_NEXT * width) || is_by_logarithm;
}

/* How far a figure lies outside, by widths; 0 where it is not outside, or not far enough. */
static double distance_outside(const behov_far_column *column, double value)
{
    double beyond = fmax(value - column->high, column->low - value) / (column->high - column->low);
    if (!(beyond > 0)) /* nor NaN */
        return 0;
    bool is_far = column->kind == BEHOV_FAR_OUTCOME ? beyond > MOST_OF_OUTCOME || (value <= 0 && column->low > 0)
                                                    : is_regressor_far(column, value, beyond);
    return is_far ? beyond : 0;
}

/* Above 0 of a row that is one of the column's. */
static double distance(const behov_far_figures *far_figures, const behov_far_column *column, size_t row)
{
    const double *numbers = behov_table_numbers(far_figures->study->table, column->column);
    if (column->kind != BEHOV_FAR_FROM_NEED)
        return distance_outside(column, numbers[row]);
    double ratio_pct = behov_need_ratio(far_figures->need, row);
    return ratio_pct > MOST_RATIO_PCT ? ratio_pct : 0;
}

/* A row that is outside already is not told a second time. */
static bool is_told(const behov_far_figures *far_figures, const behov_far_column *column, size_t row)
{
    for (size_t i = 0; column->kind == BEHOV_FAR_FROM_NEED && i < far_figures->n; i++)
        if (&far_figures->columns[i] != column && far_figures->columns[i].kind == BEHOV_FAR_OUTCOME &&
            distance(far_figures, &far_figures->columns[i], row) > 0)
            return true;
    return false;
}

bool behov_far_figures_has(const behov_far_figures *far_figures, size_t i, size_t row)
{
    const behov_far_column *column = &far_figures->columns[i];
    return !isnan(behov_need_need(far_figures->need, row)) && distance(far_figures, column, row) > 0 &&
           !is_told(far_figures, column, row);
}

/* Counts a row, and keeps it where it is among the farthest. */
static void count_row(behov_far_column *column, double distances[BEHOV_FAR_NAMED], size_t row, double how_far)
{
    size_t n = column->n_rows < BEHOV_FAR_NAMED ? column->n_rows : BEHOV_FAR_NAMED, place = n;
    while (place > 0 && distances[place - 1] < how_far)
        place--;
    column->n_rows++;
    if (place == BEHOV_FAR_NAMED)
        return;
    for (size_t i = n < BEHOV_FAR_NAMED ? n : BEHOV_FAR_NAMED - 1; i > place; i--) {
        distances[i] = distances[i - 1];
        column->named[i] = column->named[i - 1];
    }
    distances[place] = how_far;
    column->named[place] = row;
}

/* The last but one at either end of the panel's figures. */
static void find_next(const behov_far_figures *far_figures, const behov_design *design, behov_far_column *column)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(design, &n_rows);
    const double *numbers = behov_table_numbers(far_figures->study->table, column->column);
    double lowest = INFINITY, highest = -INFINITY;
    column->next_low = INFINITY, column->next_high = -INFINITY;
    for (size_t i = 0; i < n_rows; i++) {
        double value = numbers[behov_row_at(rows, i)];
        if (isnan(value))
            continue;
        column->next_low = fmin(column->next_low, fmax(lowest, value));
        column->next_high = fmax(column->next_high, fmin(highest, value));
        lowest = fmin(lowest, value);
        highest = fmax(highest, value);
    }
}

/* Keeps the column where any row is far. */
static void look(behov_far_figures *far_figures, const behov_design *design, behov_far_column column)
{
    double distances[BEHOV_FAR_NAMED];
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(design, &n_rows);
    find_next(far_figures, design, &column);
    for (size_t i = 0; i < n_rows; i++) {
        size_t row = behov_row_at(rows, i);
        double how_far = isnan(behov_need_need(far_figures->need, row)) ? 0 : distance(far_figures, &column, row);
        if (how_far > 0 && !is_told(far_figures, &column, row))
            count_row(&column, distances, row, how_far);
    }
    if (column.n_rows)
        far_figures->columns[far_figures->n++] = column;
}

static bool is_in_outcome(const behov_formula *formula, const char *name)
{
    const behov_expression *outcome = behov_formula_outcome(formula);
    for (size_t i = 0; i < behov_expression_n_columns(outcome); i++)
        if (strcmp(behov_expression_column(outcome, i), name) == 0)
            return true;
    return false;
}

/* The table's column of figures, -1 = there is none. */
static ptrdiff_t number_column(const behov_study *study, const char *name)
{
    ptrdiff_t column = behov_table_find(study->table, name);
    return column >= 0 && behov_table_numbers(study->table, (size_t)column) ? column : -1;
}

behov_status behov_far_figures_find(const behov_study *study, const behov_design *design, const behov_need *need,
                                    behov_far_figures *far_figures, behov_error *err)
{
    *far_figures = (behov_far_figures){.study = study, .need = need};
    far_figures->columns = calloc(study->n_saved_columns + 1, sizeof *far_figures->columns);
    if (!far_figures->columns)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    for (size_t i = 0; i < study->n_saved_columns; i++) {
        const behov_saved_column *saved = &study->saved_columns[i];
        ptrdiff_t column = number_column(study, saved->name);
        bool is_outcome = is_in_outcome(study->formula, saved->name);
        bool is_asked = is_outcome || behov_study_formula_names(study->formula, saved->name);
        if (column < 0 || !is_asked || !saved->has_range || !(saved->high > saved->low) ||
            behov_study_is_year(study, saved->name))
            continue;
        look(far_figures, design,
             (behov_far_column){.kind = is_outcome ? BEHOV_FAR_OUTCOME : BEHOV_FAR_REGRESSOR,
                                .column = (size_t)column,
                                .low = saved->low,
                                .high = saved->high});
    }
    const char *outcome = behov_formula_outcome_column(study->formula);
    ptrdiff_t column = outcome ? number_column(study, outcome) : -1;
    if (column >= 0)
        look(far_figures, design,
             (behov_far_column){.kind = BEHOV_FAR_FROM_NEED, .column = (size_t)column, .low = NAN, .high = NAN});
    return BEHOV_OK;
}

void behov_far_figures_free(behov_far_figures *far_figures)
{
    free(far_figures->columns);
    *far_figures = (behov_far_figures){0};
}
