/* known_alone.c - a column of the report that is far above all others in every year of one municipality.
 *
 * TIMES the highest of every other municipality of the same year, in each of its years, LEAST_YEARS at least, among LEAST others.
 * The highest of all years is at most 1.2 times the next (disabled), 1.6 (immigrants) and 1.8 (the index), over random subsets
 * of a hundred municipalities and two years or more of the rebuilt panel of 2012-16 and of the bundled one. Settled refugees
 * reach 4.5 where a small municipality has a reception centre, so of them nothing can be said. */
#include "known_columns.h"

#include <math.h>

static const double TIMES = 2.5, MOST_PER_CENT = 100;
enum { LEAST_OTHERS = 99, LEAST_YEARS = 2, YEARS_MAX = 100, N_NAMES = 5, INDEX = N_NAMES - 1 };
static const char *const known_names[N_NAMES] = {"disabled_18_49", "population_16_66", "non_western_immigrants",
                                                 "upper_secondary_completion", "clustering_index"};

typedef struct lone_column {
    const behov_study *study;
    const double *values;
    const int32_t *codes;
    size_t n_rows;
} lone_column;

typedef struct lone_municipality {
    int32_t code;
    size_t n;
    struct lone_year {
        int year;
        size_t row, n_others;
    } years[YEARS_MAX];
    double sum, others_sum;
    size_t n_others;
} lone_municipality;

static bool is_looked_at(const lone_column *column, size_t row)
{
    const behov_study *study = column->study;
    uint32_t index = (uint32_t)row;
    double excluded = 0;
    if (behov_table_row_mark(study->table, row))
        return false;
    if (study->exclude)
        behov_expression_evaluate(study->exclude, &index, 1, &excluded);
    return isnan(excluded) || excluded == 0;
}

static size_t largest_row(const lone_column *column)
{
    double high = -INFINITY;
    size_t largest = 0;
    for (size_t row = 0; row < column->n_rows; row++)
        if (column->values[row] > high) {
            high = column->values[row];
            largest = row;
        }
    return largest;
}

static void add_row(const lone_column *column, lone_municipality *lone, size_t row)
{
    lone->sum += column->values[row];
    lone->years[lone->n++] = (struct lone_year){behov_panel_year(&column->study->panel, row), row, 0};
}

static struct lone_year *find_year(lone_municipality *lone, int year)
{
    for (size_t i = 0; i < lone->n; i++)
        if (lone->years[i].year == year)
            return &lone->years[i];
    return NULL;
}

/* Whether another is not far below in one of the years; in most columns one is among the first rows. */
static bool has_rival(const lone_column *column, lone_municipality *lone)
{
    for (size_t row = 0; row < column->n_rows; row++) {
        double value = column->values[row];
        if (column->codes[row] == lone->code || isnan(value))
            continue;
        struct lone_year *here = find_year(lone, behov_panel_year(&column->study->panel, row));
        if (!here || !is_looked_at(column, row))
            continue;
        if (TIMES * value >= column->values[here->row])
            return true;
        here->n_others++;
        lone->others_sum += value;
        lone->n_others++;
    }
    return false;
}

static bool has_enough(const lone_municipality *lone)
{
    for (size_t i = 0; i < lone->n; i++)
        if (lone->years[i].n_others < LEAST_OTHERS)
            return false;
    return lone->n >= LEAST_YEARS && lone->others_sum > 0;
}

/* The municipality with the largest figure, which in all its years is the only one that may be alone. */
static bool find_lone(const lone_column *column, lone_municipality *lone)
{
    size_t largest = largest_row(column);
    *lone = (lone_municipality){.code = column->codes[largest]};
    if (lone->code < 0 || !is_looked_at(column, largest))
        return false;
    add_row(column, lone, largest);
    if (has_rival(column, lone))
        return false;
    *lone = (lone_municipality){.code = column->codes[largest]};
    for (size_t row = 0; row < column->n_rows && lone->n < YEARS_MAX; row++)
        if (column->codes[row] == lone->code && !isnan(column->values[row]) && is_looked_at(column, row))
            add_row(column, lone, row);
    return !has_rival(column, lone) && has_enough(lone);
}

/* Another unit or a limit is told already. */
static bool is_told(const behov_study *study, size_t column)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(study->plausibility, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].column == (ptrdiff_t)column &&
            (findings[i].kind == BEHOV_ODD_UNIT || findings[i].kind == BEHOV_ODD_LIMIT))
            return true;
    return false;
}

static behov_status look_at_column(behov_study *study, size_t index, bool is_index, behov_error *err)
{
    ptrdiff_t key = behov_panel_key(&study->panel);
    lone_column column = {study, behov_table_numbers(study->table, index),
                          key < 0 ? NULL : behov_table_codes(study->table, (size_t)key),
                          behov_table_n_rows(study->table)};
    lone_municipality lone;
    if (column.n_rows <= LEAST_OTHERS || !column.codes || !find_lone(&column, &lone) || is_told(study, index) ||
        (!is_index && column.values[lone.years[0].row] > MOST_PER_CENT))
        return BEHOV_OK;
    behov_oddity finding = behov_oddity_new(BEHOV_ODD_UNIT, BEHOV_WARNING, BEHOV_UNIT_MUNICIPALITY,
                                            (ptrdiff_t)lone.years[0].row, (ptrdiff_t)index);
    finding.value = lone.sum / (double)lone.n / (lone.others_sum / (double)lone.n_others);
    finding.count = lone.n;
    return behov_plausibility_add(study->plausibility, finding, err);
}

behov_status known_alone_look(behov_study *study, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < N_NAMES && !status; i++) {
        ptrdiff_t column = known_columns_find_name(study, known_names[i]);
        if (column >= 0 && known_columns_is_broken(study, (size_t)column))
            status = look_at_column(study, (size_t)column, i == INDEX, err);
    }
    return status;
}
