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

static void add(sum *out, double value)
{
    double total = out->value + value;
    out->rest += fabs(out->value) >= fabs(value) ? (out->value - total) + value : (value - total) + out->value;
    out->value = total;
}

static double value_of(sum sum)
{
    return sum.value + sum.rest;
}

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

static size_t year_position(const behov_drivers *drivers, size_t row)
{
    return behov_need_year_position(drivers->need, behov_panel_year(drivers->panel, row));
}

static void count_row(behov_drivers *drivers, totals *out, uint32_t row, const double *x, double weight, uint32_t group)
{
    size_t n = drivers->n_regressors, year = year_position(drivers, row);
    double need = behov_need_need(drivers->need, row), actual = behov_need_actual(drivers->need, row);
    for (size_t k = 0; k < n; k++) {
        double *only = &out->year[year * n + k];
        if (out->is_met[year] && *only != x[k])
            drivers->varies[k] = true;
        *only = x[k];
    }
    out->is_met[year] = true;
    if (group == BEHOV_NO_GROUP || !(weight > 0))
        return;
    size_t cell = year * drivers->n_groups + group;
    sum *sums = out->sums + cell * (n + MORE_SUMS), *more = sums + n;
    bool is_first = value_of(more[OF_WEIGHT]) == 0;
    for (size_t k = 0; k < n; k++) {
        double *only = &out->first[cell * n + k];
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

static behov_status add_up(behov_drivers *drivers, const behov_drivers_options *options, totals *out, behov_error *err)
{
    size_t n = drivers->n_regressors, n_rows;
    const uint32_t *rows = behov_design_predicted(drivers->design, &n_rows);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, (n ? n : 1) * sizeof *block);
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    behov_status status = BEHOV_OK;
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *block_rows = behov_rows_block(rows, first, count, room);
        behov_design_fill(drivers->design, block_rows, count, block, n, NULL);
        for (size_t i = 0; i < count && !status; i++) {
            uint32_t row = behov_row_at(rows, first + i), group = options->groups ? options->groups[row] : 0;
            if (group != BEHOV_NO_GROUP && group >= drivers->n_groups)
                status = behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_DRIVER_GROUP_OUTSIDE, (unsigned long)row + 1,
                                         (unsigned long)group, (unsigned long)drivers->n_groups);
            else
                count_row(drivers, out, row, block + i * n, options->weights ? options->weights[row] : 1, group);
        }
    }
    free(block);
    return status;
}

static void settle(behov_drivers *drivers, const totals *out)
{
    size_t n = drivers->n_regressors;
    for (size_t cell = 0; cell < drivers->n_years * drivers->n_groups; cell++) {
        const sum *sums = out->sums + cell * (n + MORE_SUMS), *more = sums + n;
        double weight = value_of(more[OF_WEIGHT]), compared = value_of(more[OF_COMPARED]);
        drivers->mean_needs[cell] = weight > 0 ? value_of(more[OF_NEED]) / weight : NAN;
        drivers->ratios[cell] = compared > 0 ? 100 * value_of(more[OF_ACTUAL]) / compared : NAN;
        for (size_t k = 0; k < n; k++) {
            double only = out->first[cell * n + k];
            drivers->means[cell * n + k] = !(weight > 0) ? NAN : isnan(only) ? value_of(sums[k]) / weight : only;
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
    behov_drivers *new_drivers = behov_alloc(1, sizeof *new_drivers);
    if (!new_drivers)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_NEED_DRIVERS);
    size_t n = behov_design_n_regressors(design), n_years;
    behov_need_years(need, &n_years);
    *new_drivers = (behov_drivers){.design = design,
                                   .panel = panel,
                                   .coefficients = coefficients,
                                   .need = need,
                                   .n_regressors = n,
                                   .n_years = n_years,
                                   .n_groups = options->groups ? options->n_groups : 1};
    size_t cells = n_years * new_drivers->n_groups, width = n ? n : 1;
    new_drivers->means = behov_alloc(cells, width * sizeof *new_drivers->means);
    new_drivers->mean_needs = behov_alloc(cells, sizeof *new_drivers->mean_needs);
    new_drivers->ratios = behov_alloc(cells, sizeof *new_drivers->ratios);
    new_drivers->varies = behov_alloc(width, sizeof *new_drivers->varies);
    totals out = {behov_alloc(cells, (n + MORE_SUMS) * sizeof *out.sums), behov_alloc(cells, width * sizeof *out.first),
                  behov_alloc(n_years, width * sizeof *out.year), behov_alloc(n_years, sizeof *out.is_met)};
    bool has_room = new_drivers->means && new_drivers->mean_needs && new_drivers->ratios && new_drivers->varies &&
                    out.sums && out.first && out.year && out.is_met;
    behov_status status =
        has_room ? add_up(new_drivers, options, &out, err) : behov_out_of_memory(err, PHRASE_MEMORY_FOR_NEED_DRIVERS);
    if (!status)
        settle(new_drivers, &out);
    free(out.sums), free(out.first), free(out.year), free(out.is_met);
    if (status) {
        behov_drivers_free(new_drivers);
        return status;
    }
    *drivers = new_drivers;
    return BEHOV_OK;
}

bool behov_drivers_varies(const behov_drivers *drivers, size_t k)
{
    return drivers->varies[k];
}

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
    uint32_t index = (uint32_t)row;
    bool has_need = !isnan(behov_need_need(drivers->need, row));
    if (has_need)
        behov_design_fill(drivers->design, &index, 1, each, n, NULL);
    sum total = {0};
    for (size_t k = 0; k < n; k++) {
        each[k] = has_need ? drivers->coefficients[k] * (each[k] - mean[k]) : NAN;
        add(&total, each[k]);
        if (means)
            means[k] = mean[k];
    }
    return value_of(total);
}
