/* ratio_bins.c - counting ratios by whole percentage points. */
#include <behov/ratio_bins.h>

#include <behov.h>
#include <math.h>

static size_t place_of(double printed, double first, double width)
{
    double place = floor(printed / width) - floor(first / width);
    return place < BEHOV_RATIO_BINS_MAX ? (size_t)place : BEHOV_RATIO_BINS_MAX;
}

static size_t count_beyond(const double *ratios, size_t n_ratios, double low, double width)
{
    size_t n_beyond = 0;
    for (size_t i = 0; i < n_ratios; i++)
        n_beyond += isfinite(ratios[i]) && place_of(behov_ratio_printed(ratios[i]), low, width) == BEHOV_RATIO_BINS_MAX;
    return n_beyond;
}

static double width_of(const double *ratios, size_t n_ratios, double low, double high)
{
    static const int widths[] = {1, 2, 5, 10, 20, 25, 50, 100};
    enum { N_CLOSED = 6, FIRST_OPEN = 3, N_WIDTHS = sizeof widths / sizeof *widths };
    for (size_t i = 0; i < N_CLOSED; i++)
        if (place_of(high, low, widths[i]) < BEHOV_RATIO_BINS_MAX)
            return widths[i];
    size_t most = n_ratios / 20 > 1 ? n_ratios / 20 : 1;
    for (double times = 1;; times *= 100)
        for (size_t i = times > 1 ? 0 : FIRST_OPEN; i < N_WIDTHS; i++)
            if (count_beyond(ratios, n_ratios, low, widths[i] * times) <= most)
                return widths[i] * times;
}

void behov_ratio_bins_count(const double *ratios, size_t n_ratios, behov_ratio_bins *bins)
{
    double low = INFINITY, high = -INFINITY;
    *bins = (behov_ratio_bins){0};
    for (size_t i = 0; i < n_ratios; i++) {
        if (!isfinite(ratios[i]))
            continue;
        low = fmin(low, behov_ratio_printed(ratios[i]));
        high = fmax(high, behov_ratio_printed(ratios[i]));
        bins->n_ratios++;
    }
    if (bins->n_ratios == 0)
        return;
    bins->width = width_of(ratios, n_ratios, low, high);
    bins->first = bins->width * floor(low / bins->width);
    bins->n_beyond = count_beyond(ratios, n_ratios, low, bins->width);
    bins->n = bins->n_beyond ? BEHOV_RATIO_BINS_MAX : place_of(high, low, bins->width) + 1;
    for (size_t i = 0; i < n_ratios; i++) {
        if (!isfinite(ratios[i]))
            continue;
        size_t place = place_of(behov_ratio_printed(ratios[i]), low, bins->width);
        bins->counts[place < bins->n ? place : bins->n - 1]++;
    }
}
