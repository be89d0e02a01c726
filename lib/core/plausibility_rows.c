/* plausibility_rows.c - rows without a code, a year or a population that can be, and rows that are there twice. */
#include <math.h>

#include "plausibility_parts.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };

/* The columns that a row is judged by; NULL = not there. */
typedef struct row_columns {
    ptrdiff_t code, year, population, estimated_on;
    const int32_t *codes;
    const double *years, *populations, *estimated;
} row_columns;

static const double *numbers_or_null(const behov_table *table, ptrdiff_t column)
{
    return column < 0 ? NULL : behov_table_numbers(table, (size_t)column);
}

static row_columns find_columns(const panel_look *look)
{
    const ptrdiff_t *roles = look->panel->columns;
    row_columns columns = {.code = roles[BEHOV_ROLE_CODE],
                           .year = roles[BEHOV_ROLE_YEAR],
                           .population = roles[BEHOV_ROLE_POPULATION],
                           .estimated_on = roles[BEHOV_ROLE_ESTIMATED_ON]};
    columns.codes = columns.code < 0 ? NULL : behov_table_codes(look->table, (size_t)columns.code);
    columns.years = numbers_or_null(look->table, columns.year);
    columns.populations = numbers_or_null(look->table, columns.population);
    columns.estimated = numbers_or_null(look->table, columns.estimated_on);
    return columns;
}

/* Nearly all rows have nothing to tell, and that is seen at once. */
static bool is_in_order(const row_columns *columns, size_t row)
{
    double period = columns->years ? columns->years[row] : FIRST_YEAR;
    double people = columns->populations ? columns->populations[row] : 1;
    double estimated = columns->estimated ? columns->estimated[row] : 1;
    bool has_code = columns->code < 0 || (columns->codes && columns->codes[row] >= 0);
    return has_code && period >= FIRST_YEAR && period <= LAST_YEAR && period == (double)(int)period && people > 0 &&
           isfinite(people) && (estimated == 0 || estimated == 1);
}

static behov_status add_row(const panel_look *look, behov_row_cause cause, size_t row, ptrdiff_t column,
                            behov_error *err)
{
    behov_oddity finding = plausibility_finding_at(BEHOV_ODD_ROW, BEHOV_ERROR, (int)cause, row);
    finding.column = column;
    if (column >= 0 && behov_table_kind(look->table, (size_t)column) == BEHOV_COLUMN_NUMBER)
        finding.value = behov_table_numbers(look->table, (size_t)column)[row];
    return behov_plausibility_add(look->plausibility, finding, err);
}

static behov_status tell_row(const panel_look *look, const row_columns *columns, size_t row, behov_error *err)
{
    double period = columns->years ? columns->years[row] : NAN;
    double people = columns->populations ? columns->populations[row] : NAN;
    double estimated = columns->estimated ? columns->estimated[row] : 1;
    bool is_year = period == floor(period) && period >= 1 && period <= 9999;
    behov_status status = BEHOV_OK;
    if (columns->code >= 0 && behov_table_missing(look->table, (size_t)columns->code, row))
        status = add_row(look, BEHOV_ROW_HAS_NO_CODE, row, columns->code, err);
    if (!status && columns->year >= 0 && columns->code >= 0 && isnan(period))
        status = add_row(look, BEHOV_ROW_HAS_NO_YEAR, row, columns->year, err);
    if (!status && !isnan(period) && !is_year)
        status = add_row(look, BEHOV_ROW_YEAR_IS_NONE, row, columns->year, err);
    if (!status && is_year && (period < FIRST_YEAR || period > LAST_YEAR)) {
        behov_oddity finding = plausibility_finding_at(BEHOV_ODD_LIMIT, BEHOV_ERROR, BEHOV_LIMIT_OF_YEARS, row);
        finding.column = columns->year;
        finding.value = period;
        finding.low = FIRST_YEAR;
        finding.high = LAST_YEAR;
        finding.is_whole = true;
        status = behov_plausibility_add(look->plausibility, finding, err);
    }
    if (!status && !isnan(people) && !(people > 0 && isfinite(people)))
        status = add_row(look, BEHOV_ROW_POPULATION_IS_NONE, row, columns->population, err);
    if (!status && estimated != 0 && estimated != 1)
        status = add_row(look, BEHOV_ROW_ESTIMATED_ON_IS_NONE, row, columns->estimated_on, err);
    return status;
}

/* Rows of a municipality stand by year: two of one year follow each other. */
static behov_status tell_doubles(const panel_look *look, behov_error *err)
{
    const panel_groups *groups = &look->groups;
    behov_status status = BEHOV_OK;
    for (size_t g = 0; g < groups->n_groups && !status && groups->has_double; g++)
        for (size_t i = groups->first[g] + 1; i < groups->first[g + 1] && !status; i++) {
            size_t row = plausibility_row(groups, i), previous_index = plausibility_row(groups, i - 1);
            if (behov_panel_year(look->panel, row) != behov_panel_year(look->panel, previous_index))
                continue;
            behov_oddity finding = plausibility_finding_at(BEHOV_ODD_ROW, BEHOV_ERROR, BEHOV_ROW_IS_DOUBLE, row);
            finding.other_row = (ptrdiff_t)previous_index;
            finding.year = behov_panel_year(look->panel, row);
            status = behov_plausibility_add(look->plausibility, finding, err);
        }
    return status;
}

behov_status plausibility_look_at_rows(const panel_look *look, behov_error *err)
{
    row_columns columns = find_columns(look);
    size_t n_rows = behov_table_n_rows(look->table);
    behov_status status = BEHOV_OK;
    for (size_t row = 0; row < n_rows && !status; row++)
        if (!is_in_order(&columns, row) && !behov_table_row_mark(look->table, row))
            status = tell_row(look, &columns, row, err);
    return status || behov_panel_key(look->panel) < 0 ? status : tell_doubles(look, err);
}
