/* decimal_mean.c - see decimal_mean.h. */
#include "decimal_mean.h"

#include <math.h>

static const double LARGEST_WHOLE = 9007199254740992; /* 2^53 */

/* Whether a figure is the double nearest to some whole number / scale. */
static bool is_written(double figure, double scale)
{
    double whole = round(figure * scale);
    return fabs(whole) < LARGEST_WHOLE && whole / scale == figure;
}

double decimal_scale(const double *figures, size_t n)
{
    double scale = 1;
    for (size_t i = 0; i < n; i++)
        while (!isnan(figures[i]) && !is_written(figures[i], scale))
            if ((scale *= 10) > 1e9)
                return 0;
    return scale;
}

void decimal_mean_add(decimal_mean *mean, double figure, double weight)
{
    double whole_weight = round(weight * mean->weight_scale), part = whole_weight * round(figure * mean->scale);
    mean->plain_sum += weight * figure;
    mean->plain_weights += weight;
    mean->sum += part;
    mean->weights += whole_weight;
    bool is_whole = fabs(part) < LARGEST_WHOLE && fabs(mean->sum) < LARGEST_WHOLE &&
                    mean->weights * mean->scale < LARGEST_WHOLE && mean->scale > 0 && mean->weight_scale > 0 &&
                    is_written(weight, mean->weight_scale);
    mean->is_inexact = mean->is_inexact || !is_whole;
}

double decimal_mean_value(const decimal_mean *mean)
{
    if (!(mean->plain_weights > 0))
        return NAN;
    return mean->is_inexact ? mean->plain_sum / mean->plain_weights : mean->sum / (mean->weights * mean->scale);
}
