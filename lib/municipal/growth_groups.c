/* growth_groups.c - contributions of groups to growth. See behov/growth_groups.h.
 *
 * Ends of a contribution from shares s and growth g: the group's change d = s g / (1 + g) rises with g and goes one way
 * in s, each input stands in it once, and the others' change e is a sum of the same, so d and e are independent and
 * their ends exact; the contribution d / (d + e) has its own ends at corners of these (rounded.h). With the printed
 * growth G of all the denominator is 100 G / (1 + G) in place of d + e, independent of d. */
#include <behov/growth_groups.h>

#include <math.h>
#include <stdlib.h>

#include <behov/number.h>

#include "growth_table.h"

static const behov_rounded none = {NAN, NAN, NAN};

void behov_growth_groups_free(behov_growth_groups *groups)
{
    free(groups->all);
    *groups = (behov_growth_groups){0};
}

static behov_rounded in_pct(behov_rounded share)
{
    return (behov_rounded){100 * share.value, 100 * share.low, 100 * share.high};
}

/* s g / (100 + g): what a share s at the end has grown by. */
static behov_rounded change_of(behov_rounded share, behov_rounded growth)
{
    behov_rounded out = {share.value * growth.value / (100 + growth.value), INFINITY, -INFINITY};
    const double shares[] = {share.low, share.high}, growths[] = {growth.low, growth.high};
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            double change = shares[i] * growths[j] / (100 + growths[j]);
            out.low = fmin(out.low, change);
            out.high = fmax(out.high, change);
        }
    return out;
}

static behov_rounded sum_without(const behov_rounded *changes, size_t n, size_t left_out)
{
    behov_rounded sum = {0, 0, 0};
    for (size_t i = 0; i < n; i++)
        if (i != left_out)
            sum = (behov_rounded){sum.value + changes[i].value, sum.low + changes[i].low, sum.high + changes[i].high};
    return sum;
}

/* x / y of independent figures; no bounds where y may be 0. */
static behov_rounded quotient(behov_rounded x, behov_rounded y)
{
    behov_rounded out = {y.value == 0 ? NAN : x.value / y.value, NAN, NAN};
    if (!(y.low > 0) && !(y.high < 0))
        return out;
    out.low = fmin(fmin(x.low / y.low, x.low / y.high), fmin(x.high / y.low, x.high / y.high));
    out.high = fmax(fmax(x.low / y.low, x.low / y.high), fmax(x.high / y.low, x.high / y.high));
    return out;
}

/* ---- counts -------------------------------------------------------------------------------------------------------- */

static behov_status read_counts(const growth_table *table, behov_growth_groups *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    const int years[] = {out->start, out->end};
    out->counts[0] = out->counts[1] = 0;
    for (int t = 0; t < 2 && !status; t++) {
        ptrdiff_t column = growth_table_column(table, GROWTH_COUNT, years[t]);
        for (size_t i = 0; i < table->n && !status; i++) {
            status = growth_table_count(table, table->rows[i], column, &out->all[i].counts[t], err);
            out->counts[t] += status ? 0 : out->all[i].counts[t];
        }
        out->printed_count[t] = NAN;
        if (!status)
            status = growth_table_total_count(table, column, out->counts[t], &out->printed_count[t], err);
    }
    return status;
}

static behov_rounded exact(double value)
{
    return (behov_rounded){value, value, value};
}

static behov_status take_counts(const growth_table *table, behov_growth_groups *out, behov_error *err)
{
    behov_status status = read_counts(table, out, err);
    if (status)
        return status;
    double change = out->counts[1] - out->counts[0];
    if (fabs(change) <= BEHOV_ROUNDED_NOTHING * (out->counts[1] + out->counts[0]))
        change = 0;
    for (size_t i = 0; i < out->n; i++) {
        behov_growth_group *group = &out->all[i];
        double own = group->counts[1] - group->counts[0];
        group->share_pct = out->counts[1] > 0 ? exact(100 * group->counts[1] / out->counts[1]) : none;
        group->growth_pct = group->counts[0] > 0 ? exact(100 * own / group->counts[0]) : none;
        group->contributions_pct[BEHOV_GROWTH_SUM] = change != 0 ? exact(100 * own / change) : none;
        group->contributions_pct[BEHOV_GROWTH_PRINTED] = none;
    }
    out->growth_pct[BEHOV_GROWTH_SUM] = out->counts[0] > 0 ? exact(100 * change / out->counts[0]) : none;
    out->growth_pct[BEHOV_GROWTH_PRINTED] = none;
    out->share_sum_pct = exact(100);
    out->shares_make_100 = true;
    return BEHOV_OK;
}

/* ---- shares -------------------------------------------------------------------------------------------------------- */

static behov_status read_growth(const growth_table *table, size_t row, ptrdiff_t column, behov_rounded *growth,
                                behov_error *err)
{
    return growth_table_growth(table, row, column, growth_table_decimals(table, column), growth, err);
}

/* Shares and growth are of one table: the year of the shares is that to which the growth goes. */
static behov_status check_columns(const growth_table *table, bool is_of_counts, behov_error *err)
{
    ptrdiff_t share = growth_table_column(table, GROWTH_SHARE, 0);
    ptrdiff_t growth = growth_table_column(table, GROWTH_RATE_OF_CHANGE, 0);
    const char *source = behov_table_source(table->table);
    if (is_of_counts && (share >= 0 || growth >= 0))
        return behov_error_say(err, BEHOV_E_NAME, source, SAY_GROWTH_COUNTS_AND_SHARES,
                               behov_table_name(table->table, (size_t)(share >= 0 ? share : growth)));
    behov_status status = growth_table_only(table, GROWTH_SHARE, err);
    if (!status)
        status = growth_table_only(table, GROWTH_RATE_OF_CHANGE, err);
    if (status || share < 0 || growth < 0)
        return status;
    const char *names[] = {behov_table_name(table->table, (size_t)share),
                           behov_table_name(table->table, (size_t)growth)};
    int years[] = {growth_table_year_of(names[0], true), growth_table_year_of(names[1], true)};
    return years[0] && years[1] && years[0] != years[1]
               ? behov_error_say(err, BEHOV_E_NAME, source, SAY_GROWTH_SHARES_OF_OTHER_YEAR, names[0], names[1])
               : BEHOV_OK;
}

static behov_status read_shares(const growth_table *table, behov_growth_groups *out, behov_error *err)
{
    ptrdiff_t share = growth_table_column(table, GROWTH_SHARE, 0);
    ptrdiff_t growth = growth_table_column(table, GROWTH_RATE_OF_CHANGE, 0);
    const char *name = behov_table_name(table->table, (size_t)growth);
    behov_status status = BEHOV_OK;
    out->start = growth_table_year_of(name, false);
    out->end = growth_table_year_of(name, true);
    if (out->start == out->end) /* of one year it is not known which it is */
        out->start = out->end = 0;
    out->share_sum_pct = (behov_rounded){0, 0, 0};
    for (size_t i = 0; i < table->n && !status; i++) {
        double value;
        status = growth_table_figure(table, table->rows[i], share, 0, &value, err);
        if (!status)
            status = read_growth(table, table->rows[i], growth, &out->all[i].growth_pct, err);
        behov_rounded own =
            behov_rounded_not_below_zero(behov_rounded_new(status ? 0 : value, growth_table_decimals(table, share)));
        out->all[i].share_pct = own;
        out->share_sum_pct = (behov_rounded){out->share_sum_pct.value + own.value, out->share_sum_pct.low + own.low,
                                             out->share_sum_pct.high + own.high};
    }
    if (!status)
        status = growth_table_check_shares(table, out->share_sum_pct.value, err);
    out->growth_pct[BEHOV_GROWTH_PRINTED] = none;
    if (!status && table->has_total && !isnan(behov_table_numbers(table->table, (size_t)growth)[table->total]))
        status = read_growth(table, table->total, growth, &out->growth_pct[BEHOV_GROWTH_PRINTED], err);
    return status;
}

/* The sum is of doubles: 1e-9 is none of the figures' digits. */
static bool holds_100(behov_rounded sum)
{
    return sum.low <= 100 + 1e-9 && sum.high >= 100 - 1e-9;
}

static behov_status take_shares(const growth_table *table, behov_growth_groups *out, behov_error *err)
{
    behov_status status = read_shares(table, out, err);
    behov_rounded *changes = malloc((out->n + 1) * sizeof *changes);
    if (!status && !changes)
        status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_GROWTH_NO_MEMORY);
    for (size_t i = 0; i < out->n && !status; i++)
        changes[i] = change_of(out->all[i].share_pct, out->all[i].growth_pct);
    const behov_rounded hundred = {100, 100, 100};
    behov_rounded printed_change = change_of(hundred, out->growth_pct[BEHOV_GROWTH_PRINTED]);
    for (size_t i = 0; i < out->n && !status; i++) {
        behov_growth_group *group = &out->all[i];
        group->counts[0] = group->counts[1] = NAN;
        group->contributions_pct[BEHOV_GROWTH_SUM] =
            in_pct(behov_rounded_part(changes[i], sum_without(changes, out->n, i)));
        group->contributions_pct[BEHOV_GROWTH_PRINTED] =
            isnan(printed_change.value) ? none : in_pct(quotient(changes[i], printed_change));
    }
    free(changes);
    out->counts[0] = out->counts[1] = out->printed_count[0] = out->printed_count[1] = NAN;
    out->shares_make_100 = holds_100(out->share_sum_pct);
    return status;
}

/* 1 / (1 + growth of all) is the mean of the groups' 1 / (1 + g) with their shares at the end. */
static behov_status bound_growth(behov_growth_groups *out, behov_error *err)
{
    behov_rounded *factors = malloc((2 * out->n + 1) * sizeof *factors), *shares = factors ? factors + out->n : NULL;
    if (!factors)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_GROWTH_NO_MEMORY);
    for (size_t i = 0; i < out->n; i++) {
        behov_rounded growth = out->all[i].growth_pct;
        factors[i] = (behov_rounded){100 / (100 + growth.value), 100 / (100 + growth.high), 100 / (100 + growth.low)};
        shares[i] = out->all[i].share_pct;
    }
    behov_rounded all = behov_rounded_mean(factors, shares, out->n);
    free(factors);
    out->growth_pct[BEHOV_GROWTH_SUM] =
        (behov_rounded){100 / all.value - 100, 100 / all.high - 100, 100 / all.low - 100};
    return BEHOV_OK;
}

/* ---- held against print -------------------------------------------------------------------------------------------- */

/* G at which d / (100 G / (1 + G)) is a contribution c, all in per cent: G = y / (1 - y) with y = d / c. */
static double growth_at(double change, double contribution_pct)
{
    double part = change / contribution_pct;
    return 100 * part / (1 - part);
}

static void find_total_growth(behov_growth_group *group, behov_rounded printed_growth)
{
    behov_rounded change = change_of(group->share_pct, group->growth_pct);
    group->total_growth_pct = none;
    if (isnan(printed_growth.value) || !(group->printed_pct.low > 0) || !(change.value > 0))
        return;
    double low = growth_at(change.value, group->printed_pct.high);
    double high = growth_at(change.value, group->printed_pct.low);
    behov_rounded growth = {NAN, fmax(low, printed_growth.low), fmin(high, printed_growth.high)};
    if (growth.low <= growth.high) {
        growth.value = (growth.low + growth.high) / 2;
        group->total_growth_pct = growth;
    }
}

static behov_status hold_against_print(const growth_table *table, behov_growth_groups *out, behov_error *err)
{
    ptrdiff_t column = growth_table_column(table, GROWTH_CONTRIBUTION, 0);
    for (size_t i = 0; i < out->n; i++) {
        behov_growth_group *group = &out->all[i];
        double value = column < 0 ? NAN : behov_table_numbers(table->table, (size_t)column)[table->rows[i]];
        group->printed_pct = isnan(value) ? none : behov_rounded_new(value, growth_table_decimals(table, column));
        group->total_growth_pct = none;
        if (isnan(value))
            continue;
        behov_status status = growth_table_figure(table, table->rows[i], column, -INFINITY, &value, err);
        if (status)
            return status;
        out->has_printed_contributions = true;
        for (int reading = 0; reading < BEHOV_GROWTH_READINGS; reading++)
            group->is_within[reading] = behov_rounded_meet(group->contributions_pct[reading], group->printed_pct);
        if (!out->is_of_counts)
            find_total_growth(group, out->growth_pct[BEHOV_GROWTH_PRINTED]);
    }
    return BEHOV_OK;
}

behov_status behov_growth_groups_compute(const behov_table *table, const behov_growth_choices *choices,
                                         behov_growth_groups *out, behov_error *err)
{
    growth_table groups;
    int *years = NULL;
    size_t n_years = 0;
    *out = (behov_growth_groups){0};
    behov_status status = growth_table_open(table, choices, GROWTH_GROUP, &groups, err);
    if (!status)
        status = growth_table_years(&groups, GROWTH_COUNT, &years, &n_years, err);
    out->is_of_counts = n_years > 0;
    bool has_shares = !status && growth_table_column(&groups, GROWTH_SHARE, 0) >= 0 &&
                      growth_table_column(&groups, GROWTH_RATE_OF_CHANGE, 0) >= 0;
    if (!status && !out->is_of_counts && !has_shares)
        status = growth_table_lacks(&groups, "count_2012 + count_2016 / share_pct + growth_pct", err);
    if (!status)
        status = check_columns(&groups, out->is_of_counts, err);
    if (!status && out->is_of_counts)
        status = growth_table_choose_years(&groups, years, n_years, &out->start, &out->end, err);
    out->n = groups.n;
    if (!status && !(out->all = calloc(out->n + 1, sizeof *out->all)))
        status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_GROWTH_NO_MEMORY);
    if (!status)
        status = out->is_of_counts ? take_counts(&groups, out, err) : take_shares(&groups, out, err);
    if (!status && !out->is_of_counts)
        status = bound_growth(out, err);
    for (size_t i = 0; i < out->n && !status; i++)
        out->all[i].name = groups.names[i];
    if (!status)
        status = hold_against_print(&groups, out, err);
    growth_table_free(&groups);
    free(years);
    return status;
}
