/* driver.c - means of regressors by group and year, and what a row's difference from them contributes to its need.
 *
 * Sums are compensated (Neumaier). A regressor with one value in all rows of a group and year has that value as its
 * mean to the last digit, so that dummies of years drop out exactly. Nothing here ranks or words the drivers. */
#include <behov/driver.h>

#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "design_parts.h"

typedef struct sum {
    double value, rest;
} sum;

struct behov_drivers {
    const behov_design *design;
    const behov_panel *panel;
    const double *coefficients;
    const behov_need *need;
    size_t n_regressors, n_years, n_groups;
    double *means;      /* years x groups x K */
    double *mean_needs; /* years x groups */
    double *ratios;     /* years x groups */
    bool *varies;       /* K */
};

/* What is added up: K sums of regressors, then of the need, of the weights, and of outcome and need where both are. */
enum { OF_NEED, OF_WEIGHT, OF_ACTUAL, OF_COMPARED, MORE_SUMS };

typedef struct totals {
    sum *sums;     /* years x groups x (K + MORE_SUMS) */
    double *first; /* years x groups x K: the first value, NaN once another was met */
    double *year;  /* years x K: the same over all rows */
    bool *is_met;  /* years */
} totals;

static void add(sum *to, double value)
{
    double total = to->value + value;
    to->rest += fabs(to->value) >= fabs(value) ? (to->value - total) + value : (value - total) + to->value;
    to->value = total;
}

static double value_of(sum of) { return of.value + of.rest; }

void behov_drivers_free(behov_drivers *drivers)
{
    if (!drivers)
        return;
    free(drivers->means);
    free(drivers->mean_needs);
    free(drivers->ratios);
    free(drivers->varies);
    free(drivers);
}

static size_t year_position(const behov_drivers *of, size_t row)
{
    return behov_need_year_position(of->need, behov_panel_year(of->panel, row));
}

static void count_row(behov_drivers *made, totals *to, uint32_t row, const double *x, double weight, uint32_t group)
{
    size_t n = made->n_regressors, year = year_position(made, row);
    double need = behov_need_need(made->need)[row], actual = behov_need_actual(made->need)[row];
    for (size_t k = 0; k < n; k++) {
        double *only = &to->year[year * n + k];
        if (to->is_met[year] && *only != x[k])
            made->varies[k] = true;
        *only = x[k];
    }
    to->is_met[year] = true;
    if (group == BEHOV_NO_GROUP || !(weight > 0))
        return;
    size_t cell = year * made->n_groups + group;
    sum *sums = to->sums + cell * (n + MORE_SUMS), *more = sums + n;
    bool is_first = value_of(more[OF_WEIGHT]) == 0;
    for (size_t k = 0; k < n; k++) {
        double *only = &to->first[cell * n + k];
        *only = is_first || *only == x[k] ? x[k] : NAN;
        add(&sums[k], weight * x[k]);
    }
    add(&more[OF_NEED], weight * need);
    add(&more[OF_WEIGHT], weight);
    if (isnan(actual))
        return;
    add(&more[OF_ACTUAL], weight * actual);
    add(&more[OF_COMPARED], weight * need);
}

static behov_status add_up(behov_drivers *made, const behov_drivers_options *options, totals *to, behov_error *err)
{
    size_t n = made->n_regressors, n_rows;
    const uint32_t *rows = behov_design_predicted(made->design, &n_rows);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, (n ? n : 1) * sizeof *block);
    if (!block)
        return behov_out_of_memory(err, "a block of rows");
    behov_status status = BEHOV_OK;
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill(made->design, rows + first, count, block, n, NULL);
        for (size_t i = 0; i < count && !status; i++) {
            uint32_t row = rows[first + i], group = options->groups ? options->groups[row] : 0;
            if (group != BEHOV_NO_GROUP && group >= made->n_groups)
                status = behov_error_set(err, BEHOV_E_ARGUMENT, "", "row %lu is in group %lu of %lu",
                                         (unsigned long)row + 1, (unsigned long)group, (unsigned long)made->n_groups);
            else
                count_row(made, to, row, block + i * n, options->weights ? options->weights[row] : 1, group);
        }
    }
    free(block);
    return status;
}

static void settle(behov_drivers *made, const totals *to)
{
    size_t n = made->n_regressors;
    for (size_t cell = 0; cell < made->n_years * made->n_groups; cell++) {
        const sum *sums = to->sums + cell * (n + MORE_SUMS), *more = sums + n;
        double weight = value_of(more[OF_WEIGHT]), compared = value_of(more[OF_COMPARED]);
        made->mean_needs[cell] = weight > 0 ? value_of(more[OF_NEED]) / weight : NAN;
        made->ratios[cell] = compared > 0 ? 100 * value_of(more[OF_ACTUAL]) / compared : NAN;
        for (size_t k = 0; k < n; k++) {
            double only = to->first[cell * n + k];
            made->means[cell * n + k] = !(weight > 0) ? NAN : isnan(only) ? value_of(sums[k]) / weight : only;
        }
    }
}

behov_status behov_drivers_new(const behov_design *design, const behov_panel *panel, const double *coefficients,
                               const behov_need *need, const behov_drivers_options *options, behov_drivers **drivers,
                               behov_error *err)
{
    static const behov_drivers_options defaults = {0};
    options = options ? options : &defaults;
    if (behov_design_absorbed(design)) {
        const char *key = behov_clusters_key(behov_design_absorbed(design));
        return behov_error_set(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                               BEHOV_ABSORBED_NOT_PREDICTED, key);
    }
    behov_drivers *made = behov_alloc(1, sizeof *made);
    if (!made)
        return behov_out_of_memory(err, "the drivers of needs");
    size_t n = behov_design_n_regressors(design), n_years;
    behov_need_years(need, &n_years);
    *made = (behov_drivers){.design = design,
                            .panel = panel,
                            .coefficients = coefficients,
                            .need = need,
                            .n_regressors = n,
                            .n_years = n_years,
                            .n_groups = options->groups ? options->n_groups : 1};
    size_t cells = n_years * made->n_groups, width = n ? n : 1;
    made->means = behov_alloc(cells, width * sizeof *made->means);
    made->mean_needs = behov_alloc(cells, sizeof *made->mean_needs);
    made->ratios = behov_alloc(cells, sizeof *made->ratios);
    made->varies = behov_alloc(width, sizeof *made->varies);
    totals to = {behov_alloc(cells, (n + MORE_SUMS) * sizeof *to.sums), behov_alloc(cells, width * sizeof *to.first),
                 behov_alloc(n_years, width * sizeof *to.year), behov_alloc(n_years, sizeof *to.is_met)};
    bool has_room = made->means && made->mean_needs && made->ratios && made->varies && to.sums && to.first && to.year &&
                    to.is_met;
    behov_status status = has_room ? add_up(made, options, &to, err) : behov_out_of_memory(err, "the drivers of needs");
    if (!status)
        settle(made, &to);
    free(to.sums), free(to.first), free(to.year), free(to.is_met);
    if (status) {
        behov_drivers_free(made);
        return status;
    }
    *drivers = made;
    return BEHOV_OK;
}

bool behov_drivers_varies(const behov_drivers *drivers, size_t k) { return drivers->varies[k]; }

double behov_drivers_mean_need(const behov_drivers *drivers, size_t row, size_t group)
{
    return drivers->mean_needs[year_position(drivers, row) * drivers->n_groups + group];
}

double behov_drivers_ratio(const behov_drivers *drivers, size_t row, size_t group)
{
    return drivers->ratios[year_position(drivers, row) * drivers->n_groups + group];
}

double behov_drivers_of_row(const behov_drivers *drivers, size_t row, size_t group, double *each, double *means)
{
    size_t n = drivers->n_regressors;
    const double *mean = drivers->means + (year_position(drivers, row) * drivers->n_groups + group) * n;
    uint32_t at = (uint32_t)row;
    bool has_need = !isnan(behov_need_need(drivers->need)[row]);
    if (has_need)
        behov_design_fill(drivers->design, &at, 1, each, n, NULL);
    sum total = {0};
    for (size_t k = 0; k < n; k++) {
        each[k] = has_need ? drivers->coefficients[k] * (each[k] - mean[k]) : NAN;
        add(&total, each[k]);
        if (means)
            means[k] = mean[k];
    }
    return value_of(total);
}
