/* plausibility_limits.c - figures outside their limits: those of the model, and those of every Norwegian municipality.
 *
 * BEHOV_MOST_INHABITANTS and BEHOV_ABSURD_AMOUNT (plausibility.h) hold where codes are those of Norwegian municipalities
 * alone: a panel of another country, or one whose codes are made up, has limits only where its model declares them. An upper
 * limit that a model declares for the column stands in their place. */
#include <math.h>
#include <string.h>

#include "plausibility_parts.h"

static behov_status add_limit(const panel_look *look, behov_severity severity, behov_limit_cause cause, size_t row,
                              const behov_column_limits *limits, behov_error *err)
{
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_LIMIT, severity, (int)cause, (ptrdiff_t)row, (ptrdiff_t)limits->column);
    finding.value = behov_table_numbers(look->table, limits->column)[row];
    finding.low = limits->low;
    finding.high = limits->high;
    finding.is_whole = limits->is_whole;
    return behov_plausibility_add(look->plausibility, finding, err);
}

behov_status plausibility_look_at_limit(const panel_look *look, size_t index, behov_error *err)
{
    const behov_column_limits *limits = &look->options->limits[index];
    const double *values = behov_table_numbers(look->table, limits->column);
    behov_status status = BEHOV_OK;
    for (size_t p = 0; values && p < look->groups.n_rows && !status; p++) {
        size_t row = plausibility_row(&look->groups, p);
        double value = values[row];
        if (!limits->is_whole && value >= limits->low && value <= limits->high)
            continue;
        bool is_whole_enough = !limits->is_whole || !isfinite(value) || value == floor(value);
        if (!isnan(value) && (value < limits->low || value > limits->high || !is_whole_enough))
            status = add_limit(look, BEHOV_ERROR, BEHOV_LIMIT_OF_MODEL, row, limits, err);
    }
    return status;
}

bool plausibility_is_norwegian(const panel_look *look)
{
    ptrdiff_t column = look->panel->columns[BEHOV_ROLE_CODE];
    if (column < 0 || behov_table_kind(look->table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return false;
    const behov_dictionary *levels = behov_table_levels(look->table, (size_t)column);
    bool has_four = false;
    for (size_t i = 0; i < behov_dictionary_count(levels) && !has_four; i++) {
        const char *text = behov_dictionary_text(levels, (int32_t)i);
        size_t length = strlen(text);
        has_four = behov_code_read(text, length).kind == BEHOV_CODE_FOUR_DIGITS && !behov_code_mark(text, length);
    }
    return has_four && !plausibility_has_generated_codes(levels);
}

static bool has_upper_limit(const panel_look *look, size_t column)
{
    for (size_t i = 0; i < look->options->n_limits; i++)
        if (look->options->limits[i].column == column)
            return !isnan(look->options->limits[i].high);
    return false;
}

/* Only finite ones: infinity is told where it stands. */
static behov_status look_at_size(const panel_look *look, size_t column, behov_error *err)
{
    bool is_population = look->panel->columns[BEHOV_ROLE_POPULATION] == (ptrdiff_t)column;
    const char *outcome = look->options->outcome;
    bool is_outcome = outcome && strcmp(outcome, behov_table_name(look->table, column)) == 0;
    const behov_column_limits limits = {column, NAN, is_population ? BEHOV_MOST_INHABITANTS : BEHOV_ABSURD_AMOUNT,
                                        false};
    const double *values = behov_table_numbers(look->table, column);
    behov_status status = BEHOV_OK;
    for (size_t p = 0; p < look->groups.n_rows && !status; p++) {
        size_t row = plausibility_row(&look->groups, p);
        double size = is_population ? values[row] : fabs(values[row]);
        if (isfinite(size) && (is_population ? size > limits.high : size >= limits.high))
            status = add_limit(look, is_population || is_outcome ? BEHOV_ERROR : BEHOV_WARNING,
                               is_population ? BEHOV_LIMIT_OF_INHABITANTS : BEHOV_LIMIT_OF_AMOUNTS, row, &limits, err);
    }
    return status;
}

behov_status plausibility_look_at_sizes(const panel_look *look, behov_error *err)
{
    behov_status status = BEHOV_OK;
    bool is_norwegian = plausibility_is_norwegian(look);
    for (size_t column = 0; column < behov_table_n_columns(look->table) && is_norwegian && !status; column++)
        if (behov_table_kind(look->table, column) == BEHOV_COLUMN_NUMBER &&
            look->panel->columns[BEHOV_ROLE_YEAR] != (ptrdiff_t)column && !has_upper_limit(look, column))
            status = look_at_size(look, column, err);
    return status;
}

bool plausibility_is_share(const panel_look *look, size_t column)
{
    for (size_t i = 0; i < look->options->n_limits; i++)
        if (look->options->limits[i].column == column)
            return look->options->limits[i].low == 0 && look->options->limits[i].high == 100;
    return false;
}
