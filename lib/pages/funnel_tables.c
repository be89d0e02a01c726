/* funnel_tables.c - see funnel_tables.h. */
#include <behov/funnel_tables.h>

#include <math.h>

#include <behov/funnel_sentences.h>
#include <behov/labels.h>
#include <behov/study_words.h>
#include "table_columns.h"

static const behov_funnel_point *point_of(const void *context, size_t row)
{
    return &((const behov_funnel *)context)->points[row];
}

static const behov_municipality *municipality_of(const void *context, size_t row)
{
    return &((const behov_funnel *)context)->places.all[point_of(context, row)->place];
}

static const char *code_of(const void *context, size_t row)
{
    return municipality_of(context, row)->code;
}

static const char *name_of(const void *context, size_t row)
{
    return municipality_of(context, row)->name;
}

static const char *side_of(const void *context, size_t row)
{
    return behov_funnel_side_words(context, point_of(context, row)->side);
}

static const char *own_side_of(const void *context, size_t row)
{
    return behov_funnel_side_words(context, point_of(context, row)->own_side);
}

static double year_of(const void *context, size_t row)
{
    (void)row;
    int year = ((const behov_funnel *)context)->year;
    return year ? (double)year : NAN;
}

#define FIGURE(name, member)                                                                                           \
    static double name(const void *context, size_t row)                                                                \
    {                                                                                                                  \
        return point_of(context, row)->member;                                                                         \
    }

FIGURE(population_of, population)
FIGURE(need_of, need)
FIGURE(actual_of, actual)
FIGURE(ratio_of, ratio)
FIGURE(inner_low, limits.chance.low)
FIGURE(inner_high, limits.chance.high)
FIGURE(outer_low, limits.spread.low)
FIGURE(outer_high, limits.spread.high)
FIGURE(own_inner_low, own_limits.chance.low)
FIGURE(own_inner_high, own_limits.chance.high)
FIGURE(own_outer_low, own_limits.spread.low)
FIGURE(own_outer_high, own_limits.spread.high)
FIGURE(deviation_of, deviation)

behov_status behov_funnel_table(const behov_funnel *funnel, behov_report **report, behov_error *err)
{
    const behov_quantity amount = behov_study_amount_quantity(funnel->fit_results->study);
    const behov_table_column columns[] = {
        {{"municipality_code", NULL, BEHOV_Q_CODE}, NULL, code_of},
        {{"municipality", NULL, BEHOV_Q_TEXT}, NULL, name_of},
        {{"year", NULL, BEHOV_Q_YEAR}, year_of, NULL},
        {{"population", NULL, BEHOV_Q_COUNT}, population_of, NULL},
        {{"need", NULL, amount}, need_of, NULL},
        {{"actual", NULL, amount}, actual_of, NULL},
        {{"ratio", NULL, BEHOV_Q_RATIO}, ratio_of, NULL},
        {{"inner_low", NULL, BEHOV_Q_RATIO}, inner_low, NULL},
        {{"inner_high", NULL, BEHOV_Q_RATIO}, inner_high, NULL},
        {{"outer_low", NULL, BEHOV_Q_RATIO}, outer_low, NULL},
        {{"outer_high", NULL, BEHOV_Q_RATIO}, outer_high, NULL},
        {{"side", NULL, BEHOV_Q_TEXT}, NULL, side_of},
        {{"own_inner_low", NULL, BEHOV_Q_RATIO}, own_inner_low, NULL},
        {{"own_inner_high", NULL, BEHOV_Q_RATIO}, own_inner_high, NULL},
        {{"own_outer_low", NULL, BEHOV_Q_RATIO}, own_outer_low, NULL},
        {{"own_outer_high", NULL, BEHOV_Q_RATIO}, own_outer_high, NULL},
        {{"own_side", NULL, BEHOV_Q_TEXT}, NULL, own_side_of},
        {{"deviation", NULL, BEHOV_Q_T}, deviation_of, NULL},
    };
    return behov_table_columns_new("funnel", funnel->n_points, columns, sizeof columns / sizeof *columns, funnel,
                                   report, err);
}
