/* growth_index.c - index series of groups and of all. See behov/growth_groups.h. */
#include <behov/growth_groups.h>

#include <math.h>
#include <stdlib.h>

#include "growth_table.h"

static const behov_rounded none = {NAN, NAN, NAN};

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_GROWTH_NO_MEMORY);
}

void behov_growth_index_free(behov_growth_index *index)
{
    free(index->names);
    free(index->years);
    free(index->index);
    free(index->share_pct);
    free(index->total);
    *index = (behov_growth_index){0};
}

/* Years from the first to the last that were chosen. */
static behov_status cut_years(const growth_table *table, behov_growth_index *out, behov_error *err)
{
    int start, end;
    behov_status status = growth_table_choose_years(table, out->years, out->n_years, &start, &end, err);
    size_t n_kept = 0;
    for (size_t t = 0; t < out->n_years && !status; t++)
        if (out->years[t] >= start && out->years[t] <= end)
            out->years[n_kept++] = out->years[t];
    out->n_years = status ? out->n_years : n_kept;
    return status;
}

static behov_status make_room(const growth_table *table, behov_growth_index *out, behov_error *err)
{
    size_t n_cells = table->n * out->n_years + 1;
    out->n = table->n;
    out->names = malloc((table->n + 1) * sizeof *out->names);
    out->index = malloc(n_cells * sizeof *out->index);
    out->share_pct = malloc(n_cells * sizeof *out->share_pct);
    out->total = malloc((out->n_years + 1) * sizeof *out->total);
    if (!out->names || !out->index || !out->share_pct || !out->total)
        return out_of_memory(err);
    for (size_t i = 0; i < out->n; i++)
        out->names[i] = table->names[i];
    for (size_t i = 0; i < n_cells; i++)
        out->index[i] = out->share_pct[i] = none;
    for (size_t t = 0; t < out->n_years; t++)
        out->total[t] = none;
    return BEHOV_OK;
}

static behov_rounded point(double value)
{
    return (behov_rounded){value, isnan(value) ? NAN : value, isnan(value) ? NAN : value};
}

/* ---- counts -------------------------------------------------------------------------------------------------------- */

static behov_status take_counts(const growth_table *table, behov_growth_index *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    double base = 0;
    double *starts = calloc(out->n + 1, sizeof *starts);
    if (!starts)
        return out_of_memory(err);
    for (size_t t = 0; t < out->n_years && !status; t++) {
        ptrdiff_t column = growth_table_column(table, GROWTH_COUNT, out->years[t]);
        double sum = 0, count = 0, total;
        for (size_t i = 0; i < out->n && !status; i++) {
            status = growth_table_count(table, table->rows[i], column, &count, err);
            starts[i] = t ? starts[i] : count;
            sum += count;
            out->index[i * out->n_years + t] = starts[i] > 0 ? point(100 * count / starts[i]) : none;
        }
        base = t ? base : sum;
        if (!status)
            status = growth_table_total_count(table, column, sum, &total, err);
        if (!status && !(base > 0))
            status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(table->table), SAY_GROWTH_INDEX_OF_NOTHING,
                                     out->years[0]);
        for (size_t i = 0; i < out->n && !status && sum > 0; i++)
            out->share_pct[i * out->n_years + t].value =
                100 * behov_table_numbers(table->table, (size_t)column)[table->rows[i]] / sum;
        if (!status)
            out->total[t] = point(100 * sum / base);
    }
    free(starts);
    out->base_is_100 = out->shares_make_100 = true;
    out->share_sum_pct = none;
    return status;
}

/* ---- a printed index ----------------------------------------------------------------------------------------------- */

/* The printed index, brought to 100 in the first year where it is not. */
static behov_status read_index(const growth_table *table, behov_growth_index *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    out->base_is_100 = true;
    for (size_t i = 0; i < out->n && !status; i++) {
        behov_rounded base = none;
        for (size_t t = 0; t < out->n_years && !status; t++) {
            ptrdiff_t column = growth_table_column(table, GROWTH_INDEX, out->years[t]);
            double value;
            char where[BEHOV_PLACE_SIZE];
            status = growth_table_figure(table, table->rows[i], column, 0, &value, err);
            if (!status && value == 0) {
                behov_table_where(table->table, table->rows[i], column, where);
                status = behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_INDEX_ZERO);
            }
            if (!status)
                status = growth_table_refuse_scale(
                    table, table->rows[i], growth_table_column(table, GROWTH_INDEX, out->years[0]), column, err);
            behov_rounded index = behov_rounded_new(value, growth_table_decimals(table, column));
            if (!t) { /* 100 is what all the others are measured by, and not rounded */
                base = value == 100 ? point(100) : index;
                out->base_is_100 = out->base_is_100 && value == 100;
            }
            out->index[i * out->n_years + t] =
                t ? (behov_rounded){100 * index.value / base.value, 100 * index.low / base.high,
                                    100 * index.high / base.low}
                  : point(100);
        }
    }
    return status;
}

/* The index of all in year t is the mean of I_t with weights s / I_end: for the last year as 1 / mean of 1 / I_end with
 * the shares, so that each figure stands there once and the ends are exact; for the others I_t and the weights are
 * independent. */
static void find_totals(behov_growth_index *out, const behov_rounded *shares, behov_rounded *figures,
                        behov_rounded *weights)
{
    size_t last = out->n_years - 1;
    for (size_t t = 0; t < out->n_years; t++) {
        for (size_t i = 0; i < out->n; i++) {
            behov_rounded now = out->index[i * out->n_years + t], end = out->index[i * out->n_years + last];
            if (t == last) {
                figures[i] = (behov_rounded){1 / end.value, 1 / end.high, 1 / end.low};
                weights[i] = shares[i];
            } else {
                figures[i] = now;
                weights[i] =
                    (behov_rounded){shares[i].value / end.value, shares[i].low / end.high, shares[i].high / end.low};
            }
        }
        behov_rounded mean = behov_rounded_mean(figures, weights, out->n);
        out->total[t] = t == last ? (behov_rounded){1 / mean.value, 1 / mean.high, 1 / mean.low} : mean;
    }
}

static void find_shares(behov_growth_index *out, const behov_rounded *shares)
{
    size_t last = out->n_years - 1;
    for (size_t t = 0; t < out->n_years; t++) {
        double sum = 0;
        for (size_t i = 0; i < out->n; i++)
            sum += shares[i].value * out->index[i * out->n_years + t].value / out->index[i * out->n_years + last].value;
        for (size_t i = 0; i < out->n && sum > 0; i++)
            out->share_pct[i * out->n_years + t].value = 100 * shares[i].value *
                                                         out->index[i * out->n_years + t].value /
                                                         out->index[i * out->n_years + last].value / sum;
    }
}

static behov_status take_shares(const growth_table *table, ptrdiff_t column, behov_growth_index *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    behov_rounded *room = malloc((3 * out->n + 1) * sizeof *room);
    if (!room)
        return out_of_memory(err);
    behov_rounded *shares = room, *figures = room + out->n, *weights = figures + out->n;
    out->share_sum_pct = (behov_rounded){0, 0, 0};
    for (size_t i = 0; i < out->n && !status; i++) {
        double value = 0;
        status = growth_table_figure(table, table->rows[i], column, 0, &value, err);
        shares[i] = behov_rounded_not_below_zero(behov_rounded_new(value, growth_table_decimals(table, column)));
        out->share_sum_pct.value += shares[i].value;
        out->share_sum_pct.low += shares[i].low;
        out->share_sum_pct.high += shares[i].high;
    }
    if (!status)
        status = growth_table_check_shares(table, out->share_sum_pct.value, err);
    if (!status) {
        out->shares_make_100 = out->share_sum_pct.low <= 100 + 1e-9 && out->share_sum_pct.high >= 100 - 1e-9;
        find_totals(out, shares, figures, weights);
        find_shares(out, shares);
    }
    free(room);
    return status;
}

/* The index of all lies between those of the groups, whatever their shares are; with shares it is known, and without them
 * all it may be that of others too. */
static behov_status check_total(const growth_table *table, const behov_growth_index *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    ptrdiff_t base = growth_table_column(table, GROWTH_INDEX, out->years[0]);
    for (size_t t = 1; t < out->n_years && out->shares_make_100 && !status; t++) {
        behov_rounded mean = out->total[t];
        for (size_t i = 0; i < out->n && isnan(out->total[t].value); i++) {
            behov_rounded own = out->index[i * out->n_years + t];
            mean = i ? (behov_rounded){own.value, fmin(mean.low, own.low), fmax(mean.high, own.high)} : own;
        }
        status =
            growth_table_total_mean(table, growth_table_column(table, GROWTH_INDEX, out->years[t]), base, mean, err);
    }
    return status;
}

/* Shares in a year that is not the last of the index say nothing of the numbers of others. */
static behov_status take_printed(const growth_table *table, behov_growth_index *out, behov_error *err)
{
    behov_status status = read_index(table, out, err);
    ptrdiff_t column = growth_table_column(table, GROWTH_SHARE, out->years[out->n_years - 1]);
    if (column < 0) {
        column = growth_table_column(table, GROWTH_SHARE, 0);
        if (column >= 0 && growth_table_year_of(behov_table_name(table->table, (size_t)column), true)) {
            out->unused_share = behov_table_name(table->table, (size_t)column);
            column = -1; /* of another year */
        }
    }
    out->share_sum_pct = none;
    out->shares_make_100 = true;
    if (!status && column >= 0)
        status = take_shares(table, column, out, err);
    return status ? status : check_total(table, out, err);
}

behov_status behov_growth_index_compute(const behov_table *table, const behov_growth_choices *choices,
                                        behov_growth_index *out, behov_error *err)
{
    growth_table groups;
    *out = (behov_growth_index){0};
    behov_status status = growth_table_open(table, choices, GROWTH_GROUP, &groups, err);
    if (!status)
        status = growth_table_years(&groups, GROWTH_INDEX, &out->years, &out->n_years, err);
    out->is_of_counts = out->n_years == 0;
    if (!status)
        status = growth_table_one_source(&groups, GROWTH_COUNT, GROWTH_INDEX, err);
    if (!status && out->is_of_counts)
        status = growth_table_one_source(&groups, GROWTH_COUNT, GROWTH_SHARE, err);
    if (!status && out->is_of_counts) {
        free(out->years);
        out->years = NULL;
        status = growth_table_years(&groups, GROWTH_COUNT, &out->years, &out->n_years, err);
        if (!status && !out->n_years)
            status = growth_table_lacks(&groups, "index_2013 + index_2016 / count_2013 + count_2016", err);
    }
    if (!status)
        status = cut_years(&groups, out, err);
    if (!status)
        status = make_room(&groups, out, err);
    if (!status)
        status = out->is_of_counts ? take_counts(&groups, out, err) : take_printed(&groups, out, err);
    growth_table_free(&groups);
    return status;
}
