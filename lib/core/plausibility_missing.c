/* plausibility_missing.c - figures that stand for missing (-9999). */
#include <math.h>

#include "plausibility_parts.h"

/* Those below 0 and those above, each in the order of their sizes. */
static const double missing_codes[] = {-1,     -7,      -8, -9,  -88,  -99,   -888,   -999,    -8888,   -9999,
                                       -99999, -999999, 99, 999, 9999, 99999, 999999, 9999999, 99999999};
enum { N_MISSING_CODES = sizeof missing_codes / sizeof *missing_codes, N_BELOW_0 = 12, LEAST_OTHERS = 5 };

static size_t missing_code_at(double value)
{
    const double LARGEST = 99999999;
    double size = fabs(value);
    if (!(size <= LARGEST) || size != (double)(int32_t)size) /* most figures are none, and that is seen at once */
        return N_MISSING_CODES;
    size_t i = value < 0 ? 0 : N_BELOW_0, end = value < 0 ? N_BELOW_0 : N_MISSING_CODES;
    while (i < end && fabs(missing_codes[i]) < size)
        i++;
    return i < end && missing_codes[i] == value ? i : N_MISSING_CODES;
}

bool plausibility_is_missing_code(double value)
{
    return missing_code_at(value) < N_MISSING_CODES;
}

/* The figures of a column that are no such code, in a word. */
typedef struct other_figures {
    const panel_look *look;
    const double *values;
    double low, high;
    double median, spread; /* NaN until they are asked for; spread = 1.4826 times the median distance from the median */
    size_t n, n_broken, n_zero; /* n_broken are not whole */
} other_figures;

static double other_figure(const other_figures *others, size_t i)
{
    double value = others->values[plausibility_row(&others->look->groups, i)];
    return isfinite(value) && missing_code_at(value) == N_MISSING_CODES ? value : NAN;
}

static void figures_of_others(void *source, size_t first, size_t n, double *figures)
{
    for (size_t i = 0; i < n; i++)
        figures[i] = other_figure(source, first + i);
}

static void distances_from_median(void *source, size_t first, size_t n, double *figures)
{
    for (size_t i = 0; i < n; i++)
        figures[i] = fabs(other_figure(source, first + i) - ((const other_figures *)source)->median);
}

static other_figures measure_others(const panel_look *look, const double *values)
{
    other_figures out = {look, values, INFINITY, -INFINITY, NAN, NAN, 0, 0, 0};
    for (size_t i = 0; i < look->groups.n_rows; i++) {
        double value = other_figure(&out, i);
        if (isnan(value))
            continue;
        out.low = value <= out.low ? value : out.low;
        out.high = value >= out.high ? value : out.high;
        out.n_broken += value != floor(value);
        out.n_zero += value == 0;
        out.n++;
    }
    return out;
}

static void measure_spread(other_figures *others)
{
    const panel_look *look = others->look;
    size_t n_rows = look->groups.n_rows, n;
    others->median = plausibility_median(figures_of_others, others, n_rows, PLAUSIBILITY_UPPER, look->work, &n);
    others->spread =
        1.4826 * plausibility_median(distances_from_median, others, n_rows, PLAUSIBILITY_UPPER, look->work, &n);
}

/* Robust standard deviations from the others' median. It is asked only of what nothing else has ruled out. */
static bool is_far_below(double code, other_figures *others)
{
    const double FAR_AWAY = 3;
    if (isnan(others->median))
        measure_spread(others);
    return others->median - code >= FAR_AWAY * others->spread;
}

/* Below 0 where all others are not, and three robust standard deviations away. Above: ten times the largest of the others.
 * Of figures that are mostly whole -1 and -9 may be an answer or a contrast, and 99 a count; where others are 0, and a
 * whole figure below may follow, hardly any other may be whole. */
static bool stands_for_missing(double code, other_figures *others)
{
    const double TIMES = 10;
    const size_t LEAST_BROKEN_PCT = 95;
    if (others->n < LEAST_OTHERS)
        return false;
    bool is_small = code > -10 && code<100, are_broken = 2 * others->n_broken> others->n;
    bool are_nearly_all_broken = 100 * others->n_broken >= LEAST_BROKEN_PCT * others->n;
    if (code > 0)
        return others->high > 0 && code >= TIMES * others->high && (!is_small || are_broken);
    bool may_stand = !is_small || (others->low > 0 ? are_broken : are_nearly_all_broken);
    return others->low >= 0 && may_stand && is_far_below(code, others);
}

bool plausibility_is_outside_limits(const panel_look *look, size_t column, double value)
{
    for (size_t i = 0; i < look->options->n_limits; i++)
        if (look->options->limits[i].column == column)
            return value < look->options->limits[i].low || value > look->options->limits[i].high;
    return false;
}

/* -1, -9, -99 or -999 as the only figure below 0, in less than a quarter of the rows: others lie between 0 and as far above it
 * as the mark is below, where whole numbers that may go below 0 would have some between. Of whole numbers -1 has none
 * between, and may be an answer or a change. */
static bool is_alone_below(size_t code, const size_t counts[N_MISSING_CODES], const other_figures *others)
{
    enum { LEAST_NEAR = 10, PARTS = 4 };
    double value = missing_codes[code];
    bool may_be =
        value == -1 ? 2 * others->n_broken > others->n - others->n_zero : value == -9 || value == -99 || value == -999;
    if (!may_be || others->low < 0 || PARTS * counts[code] >= others->n + counts[code])
        return false;
    for (size_t i = 0; i < N_BELOW_0; i++)
        if (i != code && counts[i])
            return false;
    size_t n_near = 0;
    for (size_t i = 0; i < others->look->groups.n_rows && n_near < LEAST_NEAR; i++)
        n_near += other_figure(others, i) < -value;
    return n_near == LEAST_NEAR;
}

/* Of a column that is in per cent it is sure. */
static behov_severity severity_below(const panel_look *look, size_t column)
{
    const behov_plausibility_options *options = look->options;
    bool is_in_per_cent = options->is_per_cent && options->is_per_cent[column];
    for (size_t i = 0; i < options->n_usual; i++)
        is_in_per_cent = is_in_per_cent || options->usual[i].column == column;
    return is_in_per_cent ? BEHOV_ERROR : BEHOV_WARNING;
}

static behov_status look_for_far_codes(const panel_look *look, size_t column, behov_error *err)
{
    const double *values = behov_table_numbers(look->table, column);
    size_t counts[N_MISSING_CODES] = {0}, first[N_MISSING_CODES] = {0};
    bool has_any = false;
    for (size_t i = 0; i < look->groups.n_rows; i++) {
        size_t row = plausibility_row(&look->groups, i), code = missing_code_at(values[row]);
        if (code == N_MISSING_CODES)
            continue;
        has_any = true;
        first[code] = counts[code]++ == 0 || row < first[code] ? row : first[code];
    }
    if (!has_any)
        return BEHOV_OK;
    other_figures others = measure_others(look, values);
    behov_status status = BEHOV_OK;
    bool is_population = look->panel->columns[BEHOV_ROLE_POPULATION] == (ptrdiff_t)column;
    for (size_t code = 0; code < N_MISSING_CODES && !status; code++) {
        if (counts[code] == 0 || plausibility_is_outside_limits(look, column, missing_codes[code]))
            continue;
        bool is_far = stands_for_missing(missing_codes[code], &others);
        if (!is_far && (is_population || !is_alone_below(code, counts, &others)))
            continue;
        behov_oddity finding = behov_oddity_new(BEHOV_ODD_MISSING, is_far ? BEHOV_ERROR : severity_below(look, column),
                                                is_far ? BEHOV_MISSING_IS_FAR : BEHOV_MISSING_IS_BELOW_0,
                                                (ptrdiff_t)first[code], (ptrdiff_t)column);
        finding.value = missing_codes[code];
        finding.low = others.low;
        finding.high = others.high;
        finding.count = counts[code];
        status = behov_plausibility_add(look->plausibility, finding, err);
    }
    return status;
}

behov_status plausibility_look_for_missing_codes(const panel_look *look, size_t column, behov_error *err)
{
    behov_status status = look_for_far_codes(look, column, err);
    return status ? status : plausibility_look_for_repeated(look, column, err);
}
