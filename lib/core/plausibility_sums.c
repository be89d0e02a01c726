/* plausibility_sums.c - inhabitants by year, a population that is the sum of the others, populations in
 * thousands. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "plausibility_parts.h"

enum { LEAST_OTHERS = 10, YEARS_MAX = 300 };

/* The rows of one year: how many, their inhabitants, and the largest of them. */
typedef struct year_sum {
    int year;
    size_t n, largest;
    double sum, population;
} year_sum;

static int compare_years(const void *a, const void *b)
{
    int x = ((const year_sum *)a)->year, y = ((const year_sum *)b)->year;
    return x < y ? -1 : x > y;
}

/* `likely` is the place of the row before: of the same year, or of the one before where a municipality's years follow each
 * other. */
static year_sum *find_year(year_sum *years, size_t *n, int year, size_t *likely)
{
    for (size_t step = 0; step < *n; step++) {
        size_t i = *likely + step < *n ? *likely + step : *likely + step - *n;
        if (years[i].year == year) {
            *likely = i;
            return &years[i];
        }
    }
    *likely = *n;
    years[(*n)++] = (year_sum){.year = year};
    return &years[*likely];
}

/* Inhabitants by year, of rows that are not marked. Past YEARS_MAX years the column is no column of years. */
static size_t sum_years(const behov_panel *panel, year_sum *years)
{
    size_t n = 0, likely = 0, n_rows = behov_table_n_rows(panel->table);
    ptrdiff_t column = panel->columns[BEHOV_ROLE_YEAR];
    const double *populations = behov_table_numbers(panel->table, (size_t)panel->columns[BEHOV_ROLE_POPULATION]);
    const double *periods = column < 0 ? NULL : behov_table_numbers(panel->table, (size_t)column);
    for (size_t row = 0; row < n_rows; row++) {
        double population = populations[row], year = periods ? periods[row] : 0;
        if (!(population > 0 && isfinite(population)) || behov_table_row_mark(panel->table, row))
            continue;
        if (!(year >= 0 && year <= 9999))
            continue;
        if (n == YEARS_MAX)
            return 0;
        year_sum *year_sum = find_year(years, &n, (int)year, &likely);
        year_sum->n++;
        year_sum->sum += population;
        if (population > year_sum->population) {
            year_sum->population = population;
            year_sum->largest = row;
        }
    }
    qsort(years, n, sizeof *years, compare_years);
    return n;
}

/* How far the largest population of a year is from the sum of the others, as a share of it; 1 with few others. */
static double distance_from_sum(const year_sum *year_sum)
{
    double others = year_sum->sum - year_sum->population;
    return year_sum->n > LEAST_OTHERS ? fabs(year_sum->population - others) / year_sum->population : 1;
}

/* The sum of whole numbers below 2^53 is exact, so a row that is the sum of at least ten others is no chance: the odds
 * are those of hitting one inhabitant among all. */
behov_status plausibility_mark_sums(behov_table *table, const behov_panel *panel, behov_error *err)
{
    year_sum *years = behov_alloc(YEARS_MAX, sizeof *years);
    if (!years)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_YEAR_INHABITANTS);
    size_t n = sum_years(panel, years);
    behov_status status = BEHOV_OK;
    for (size_t t = 0; t < n && !status; t++)
        if (distance_from_sum(&years[t]) == 0)
            status = behov_table_mark_row(table, years[t].largest, BEHOV_ROW_SUM, err);
    free(years);
    return status;
}

/* A population within one in a thousand of the sum of the others in every year that has them is a total that was rounded
 * or counted on another day; within one in a hundred it may be. */
behov_status plausibility_look_at_sums(const panel_look *look, behov_error *err)
{
    const double SURELY = 1e-3, PERHAPS = 1e-2;
    if (look->panel->columns[BEHOV_ROLE_POPULATION] < 0 || look->panel->columns[BEHOV_ROLE_CODE] < 0)
        return BEHOV_OK;
    year_sum *years = behov_alloc(YEARS_MAX, sizeof *years);
    if (!years)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_YEAR_INHABITANTS);
    size_t n = sum_years(look->panel, years);
    double largest_distance = 0;
    size_t n_years = 0;
    for (size_t t = 0; t < n; t++) {
        bool is_same = strcmp(behov_panel_code(look->panel, years[t].largest),
                              behov_panel_code(look->panel, years[0].largest)) == 0;
        largest_distance = fmax(largest_distance, is_same ? distance_from_sum(&years[t]) : 1);
        n_years++;
    }
    behov_status status = BEHOV_OK;
    if (n_years && largest_distance <= PERHAPS) {
        behov_oddity finding =
            plausibility_finding_at(BEHOV_ODD_NO_MUNICIPALITY, largest_distance <= SURELY ? BEHOV_ERROR : BEHOV_WARNING,
                                    BEHOV_ROW_SUM, years[0].largest);
        finding.column = look->panel->columns[BEHOV_ROLE_POPULATION];
        finding.value = years[0].population;
        finding.low = years[0].sum - years[0].population;
        finding.count = n_years;
        status = behov_plausibility_add(look->plausibility, finding, err);
    }
    free(years);
    return status;
}

/* Norway's smallest municipality has had about 190 inhabitants at the least (Utsira). */
behov_status plausibility_look_at_inhabitants(const panel_look *look, behov_error *err)
{
    const double FEWEST = 100;
    const panel_groups *groups = &look->groups;
    ptrdiff_t column = look->panel->columns[BEHOV_ROLE_POPULATION];
    if (column < 0 || look->panel->columns[BEHOV_ROLE_CODE] < 0)
        return BEHOV_OK;
    size_t n_rows = 0, first = 0;
    for (size_t g = 0; g < groups->n_groups; g++) {
        double most = 0; /* one year alone is looked at beside the others of its municipality */
        size_t n = 0;
        for (size_t i = groups->first[g]; i < groups->first[g + 1]; i++) {
            double population = behov_panel_population(look->panel, plausibility_row(groups, i));
            n += population > 0;
            most = population > most ? population : most;
        }
        if (n == 0 || most >= FEWEST)
            continue;
        size_t row = plausibility_row(groups, groups->first[g]);
        first = n_rows == 0 || row < first ? row : first;
        n_rows += n;
    }
    if (n_rows == 0)
        return BEHOV_OK;
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_FEW_INHABITANTS, (ptrdiff_t)first, column);
    finding.value = behov_panel_population(look->panel, first);
    finding.low = FEWEST;
    finding.count = n_rows;
    return behov_plausibility_add(look->plausibility, finding, err);
}
