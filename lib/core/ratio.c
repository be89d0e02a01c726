/* ratio.c - levels and changes of ratios. */
#include <behov/number.h>
#include <behov/ratio.h>

#include <math.h>

static behov_ratio_limits with_defaults(const behov_ratio_limits *limits)
{
    behov_ratio_limits all = limits ? *limits : (behov_ratio_limits){0};
    if (all.low == 0 && all.high == 0) {
        all.low = 90;
        all.high = 110;
    }
    if (all.change == 0)
        all.change = 5;
    return all;
}

double behov_ratio_of_levels(double actual, double need, double floor)
{
    return need > floor && actual >= 0 ? 100 * actual / need : NAN;
}

double behov_ratio_printed(double ratio_pct)
{
    return behov_number_rounded(ratio_pct, 0);
}

behov_ratio_level behov_ratio_level_of(double ratio_pct, const behov_ratio_limits *limits)
{
    behov_ratio_limits all = with_defaults(limits);
    double shown_value = behov_ratio_printed(ratio_pct);
    if (isnan(shown_value))
        return BEHOV_LEVEL_NONE;
    return shown_value < all.low ? BEHOV_LEVEL_LOW : shown_value > all.high ? BEHOV_LEVEL_HIGH : BEHOV_LEVEL_MIDDLE;
}

behov_ratio_change behov_ratio_change_of(double first_pct, double last_pct, const behov_ratio_limits *limits)
{
    behov_ratio_limits all = with_defaults(limits);
    double points = behov_ratio_printed(last_pct) - behov_ratio_printed(first_pct);
    return points >= all.change    ? BEHOV_CHANGE_INCREASE
           : points <= -all.change ? BEHOV_CHANGE_DECREASE
                                   : BEHOV_CHANGE_NONE;
}
