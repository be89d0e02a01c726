/* autocorrelation.c - see autocorrelation.h. Moments are of deviations from the first pair of a lag, so that a level
 * common to all figures costs no digits. */
#include <behov/autocorrelation.h>

#include <math.h>
#include <stdlib.h>

#include "alloc.h"

typedef struct dated_value {
    uint32_t unit;
    int time;
    double value;
} dated_value;

static int compare_dated(const void *a, const void *b)
{
    const dated_value *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return x->time < y->time ? -1 : x->time > y->time;
}

typedef struct pair_moments {
    size_t n;
    double first_x, first_y, x, y, xx, yy, xy;
} pair_moments;

static void add_pair(pair_moments *moments, double x, double y)
{
    if (moments->n++ == 0) {
        moments->first_x = x;
        moments->first_y = y;
    }
    x -= moments->first_x;
    y -= moments->first_y;
    moments->x += x, moments->y += y;
    moments->xx += x * x, moments->yy += y * y, moments->xy += x * y;
}

static double correlation_of(const pair_moments *moments)
{
    double n = (double)moments->n, xx = moments->xx - moments->x * moments->x / n,
           yy = moments->yy - moments->y * moments->y / n, xy = moments->xy - moments->x * moments->y / n;
    return moments->n > 2 && xx > 0 && yy > 0 ? fmax(-1, fmin(1, xy / sqrt(xx * yy))) : NAN;
}

behov_status behov_autocorrelation(const uint32_t *units, const int *times, const double *values, size_t n_rows,
                                   size_t n_lags, behov_lag *lags, behov_error *err)
{
    dated_value *rows = behov_alloc(n_rows, sizeof *rows);
    pair_moments *moments = behov_alloc(n_lags, sizeof *moments);
    behov_status status = rows && moments ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEAST_SQUARES);
    for (size_t i = 0; i < n_rows && !status; i++)
        rows[i] = (dated_value){units[i], times[i], values[i]};
    if (!status)
        qsort(rows, n_rows, sizeof *rows, compare_dated);
    for (size_t i = 0; i < n_rows && !status; i++)
        for (size_t j = i + 1; j < n_rows && rows[j].unit == rows[i].unit; j++) {
            long distance = (long)rows[j].time - rows[i].time;
            if (distance > (long)n_lags)
                break;
            if (distance > 0)
                add_pair(&moments[distance - 1], rows[i].value, rows[j].value);
        }
    for (size_t l = 0; l < n_lags && !status; l++)
        lags[l] = (behov_lag){moments[l].n, correlation_of(&moments[l])};
    free(rows);
    free(moments);
    return status;
}
