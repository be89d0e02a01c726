/* standardised.c - growth of a mean rate with the composition of the first year. See behov/growth_groups.h. */
#include <behov/growth_groups.h>

#include <math.h>
#include <stdlib.h>

#include "growth_table.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_GROWTH_NO_MEMORY);
}

void behov_standardised_free(behov_standardised *standardised)
{
    free(standardised->all);
    *standardised = (behov_standardised){0};
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

static behov_status read_column(const growth_table *table, size_t i, ptrdiff_t column, bool is_exact,
                                behov_rounded *figure, behov_error *err)
{
    double value = NAN;
    int n_decimals = is_exact && !table->choices->has_n_decimals ? -1 : growth_table_decimals(table, column);
    behov_status status = growth_table_figure(table, table->rows[i], column, 0, &value, err);
    *figure = behov_rounded_not_below_zero(behov_rounded_new(value, n_decimals));
    return status;
}

/* Members, or shares of them, of two years. */
static behov_status read_weight(const growth_table *table, size_t i, growth_column kind, int year,
                                behov_rounded *weight, behov_error *err)
{
    ptrdiff_t column = growth_table_column(table, kind, year);
    double count;
    behov_status status =
        kind == GROWTH_COUNT ? growth_table_count(table, table->rows[i], column, &count, err) : BEHOV_OK;
    return status ? status : read_column(table, i, column, true, weight, err);
}

static behov_rounded over(behov_rounded x, behov_rounded y)
{
    return (behov_rounded){x.value / y.value, x.low / y.high, x.high / y.low};
}

/* Members by the shares at the end, the index and the rates: recipients / rate. */
static behov_status read_index_weights(const growth_table *table, size_t i, ptrdiff_t share,
                                       behov_standardised_group *out, behov_error *err)
{
    behov_rounded last, first, end;
    ptrdiff_t start_column = growth_table_column(table, GROWTH_INDEX, table->choices->start);
    ptrdiff_t end_column = growth_table_column(table, GROWTH_INDEX, table->choices->end);
    behov_status status = read_column(table, i, share, false, &last, err);
    if (!status)
        status = read_column(table, i, start_column, false, &first, err);
    if (!status)
        status = read_column(table, i, end_column, false, &end, err);
    if (status)
        return status;
    if (first.value == 100)
        first.low = first.high = 100;
    if (!(out->rates[0].low > 0) || !(out->rates[1].low > 0) || !(end.low > 0) || !(first.low > 0)) {
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(table->table, table->rows[i], -1, where);
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_GROWTH_RATE_ZERO);
    }
    behov_rounded ratio = over(first, end);
    behov_rounded start = {last.value * ratio.value, last.low * ratio.low, last.high * ratio.high};
    out->weights[0] = over(start, out->rates[0]);
    out->weights[1] = over(last, out->rates[1]);
    return BEHOV_OK;
}

static behov_status read_groups(const growth_table *table, growth_column weight, behov_standardised *out,
                                behov_error *err)
{
    behov_status status = BEHOV_OK;
    const int years[] = {out->start, out->end};
    for (size_t i = 0; i < out->n && !status; i++) {
        behov_standardised_group *group = &out->all[i];
        group->name = table->names[i];
        for (int t = 0; t < 2 && !status; t++) {
            status = read_column(table, i, growth_table_column(table, GROWTH_RATE, years[t]), !out->is_of_index,
                                 &group->rates[t], err);
            if (!status)
                status =
                    growth_table_refuse_scale(table, table->rows[i], growth_table_column(table, GROWTH_RATE, years[0]),
                                              growth_table_column(table, GROWTH_RATE, years[t]), err);
            if (!status && !out->is_of_index)
                status = read_weight(table, i, weight, years[t], &group->weights[t], err);
        }
        if (!status && out->is_of_index)
            status = read_index_weights(table, i, growth_table_column(table, GROWTH_SHARE, out->end), group, err);
    }
    return status;
}

/* ---- parts --------------------------------------------------------------------------------------------------------- */

static behov_status find_shares(const growth_table *table, behov_standardised *out, behov_error *err)
{
    for (int t = 0; t < 2; t++) {
        double sum = 0;
        for (size_t i = 0; i < out->n; i++)
            sum += out->all[i].weights[t].value;
        if (!(sum > 0))
            return behov_error_say(err, BEHOV_E_DATA, behov_table_source(table->table), SAY_GROWTH_MEAN_OF_NOBODY,
                                   t ? out->end : out->start);
        for (size_t i = 0; i < out->n; i++)
            out->all[i].shares_pct[t] = 100 * out->all[i].weights[t].value / sum;
    }
    return BEHOV_OK;
}

static void find_effects(behov_standardised *out)
{
    for (size_t i = 0; i < out->n; i++) {
        behov_standardised_group *group = &out->all[i];
        double share = group->shares_pct[0] / 100, shift = (group->shares_pct[1] - group->shares_pct[0]) / 100;
        double rate = group->rates[0].value, rise = group->rates[1].value - group->rates[0].value;
        group->rate_effect = share * rise;
        group->composition_effect = shift * rate;
        group->interaction = shift * rise;
        group->mean_rate_effect = (share + shift / 2) * rise;
        group->mean_composition_effect = shift * (rate + rise / 2);
        out->composition_effect += group->composition_effect;
        out->interaction += group->interaction;
        out->mean_rate_effect += group->mean_rate_effect;
        out->mean_composition_effect += group->mean_composition_effect;
    }
}

static behov_rounded difference(behov_rounded first, behov_rounded second)
{
    return (behov_rounded){first.value - second.value, first.low - second.high, first.high - second.low};
}

/* Levels and the rate effect are means with weights, whose ends are exact where weights and rates are independent. */
static void find_levels(behov_standardised *out, behov_rounded *figures, behov_rounded *weights)
{
    for (int t = 0; t < 2; t++) {
        for (size_t i = 0; i < out->n; i++) {
            figures[i] = out->all[i].rates[t];
            weights[i] = out->all[i].weights[t];
        }
        out->levels[t] = behov_rounded_mean(figures, weights, out->n);
    }
    for (size_t i = 0; i < out->n; i++) {
        figures[i] = out->all[i].rates[1];
        weights[i] = out->all[i].weights[0];
    }
    out->standardised = behov_rounded_mean(figures, weights, out->n);
    for (size_t i = 0; i < out->n; i++)
        figures[i] = difference(out->all[i].rates[1], out->all[i].rates[0]);
    out->rate_effect = behov_rounded_mean(figures, weights, out->n);
    out->change = difference(out->levels[1], out->levels[0]);
    out->composition_and_interaction = difference(out->levels[1], out->standardised);
}

/* Which columns the composition is taken from; N_GROWTH_COLUMNS = none. */
static growth_column find_weights(const growth_table *table, behov_standardised *out)
{
    static const growth_column kinds[] = {GROWTH_COUNT, GROWTH_SHARE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (growth_table_column(table, kinds[i], out->start) >= 0 &&
            growth_table_column(table, kinds[i], out->end) >= 0)
            return kinds[i];
    out->is_of_index = growth_table_column(table, GROWTH_SHARE, out->end) >= 0 &&
                       growth_table_column(table, GROWTH_INDEX, out->start) >= 0 &&
                       growth_table_column(table, GROWTH_INDEX, out->end) >= 0;
    return N_GROWTH_COLUMNS;
}

/* Rates that are not known to be rounded may be, as their mean is. */
static behov_rounded with_rounding(const growth_table *table, ptrdiff_t column, behov_rounded mean)
{
    behov_rounded unit = behov_rounded_new(0, growth_table_decimals(table, column));
    return (behov_rounded){mean.value, fmin(mean.low, mean.value + unit.low), fmax(mean.high, mean.value + unit.high)};
}

/* The row of all, where there is one and its groups are all: members that they sum to, the mean of their rates. */
static behov_status check_total(const growth_table *table, growth_column weight, const behov_standardised *out,
                                behov_error *err)
{
    const int years[] = {out->start, out->end};
    behov_status status = BEHOV_OK;
    for (int t = 0; t < 2 && !status; t++) {
        ptrdiff_t rate = growth_table_column(table, GROWTH_RATE, years[t]);
        double sum = 0, total;
        growth_column kind = out->is_of_index ? GROWTH_SHARE : weight;
        ptrdiff_t column = growth_table_column(table, kind, out->is_of_index ? out->end : years[t]);
        for (size_t i = 0; i < table->n; i++)
            sum += behov_table_numbers(table->table, (size_t)column)[table->rows[i]];
        if (kind == GROWTH_COUNT)
            status = growth_table_total_count(table, column, sum, &total, err);
        if (!status && (kind == GROWTH_COUNT || fabs(sum - 100) <= 0.5))
            status = growth_table_total_mean(table, rate, -1, with_rounding(table, rate, out->levels[t]), err);
    }
    return status;
}

static behov_status compute(const growth_table *table, behov_standardised *out, behov_error *err)
{
    growth_column weight = find_weights(table, out);
    if (weight == N_GROWTH_COLUMNS && !out->is_of_index)
        return growth_table_lacks(table, "count_2013 + count_2016", err);
    behov_status status =
        weight == GROWTH_COUNT ? growth_table_one_source(table, GROWTH_COUNT, GROWTH_SHARE, err) : BEHOV_OK;
    if (status)
        return status;
    out->n = table->n;
    out->all = calloc(out->n + 1, sizeof *out->all);
    behov_rounded *room = malloc((2 * out->n + 1) * sizeof *room);
    status = out->all && room ? read_groups(table, weight, out, err) : out_of_memory(err);
    if (!status)
        status = find_shares(table, out, err);
    if (!status) {
        find_effects(out);
        find_levels(out, room, room + out->n);
        status = check_total(table, weight, out, err);
    }
    free(room);
    return status;
}

behov_status behov_standardised_compute(const behov_table *table, const behov_growth_choices *choices,
                                        behov_standardised *out, behov_error *err)
{
    growth_table groups;
    int *years = NULL;
    size_t n_years = 0;
    behov_growth_choices chosen = *choices;
    *out = (behov_standardised){0};
    behov_status status = growth_table_open(table, &chosen, GROWTH_GROUP, &groups, err);
    if (!status)
        status = growth_table_years(&groups, GROWTH_RATE, &years, &n_years, err);
    if (!status && !n_years)
        status = growth_table_lacks(&groups, "rate_2013 + rate_2016", err);
    if (!status)
        status = growth_table_choose_years(&groups, years, n_years, &out->start, &out->end, err);
    chosen.start = out->start;
    chosen.end = out->end;
    if (!status)
        status = compute(&groups, out, err);
    growth_table_free(&groups);
    free(years);
    return status;
}
