/* plausibility_fractions.c - columns of per cent that hold nothing but parts of 1: 0.6 for 60.
 *
 * Of a column whose usual figures in the country are known (options->usual: low and high of its mean in any year) the mean
 * m of the figures above 0 decides, since a rare thing's per cent lies below 1 too: parts of 1 are 100 times nearer to 0
 * than LOW .. HIGH, and on a logarithmic axis 100 m is nearer to LOW .. HIGH than m is when m^2 < LOW HIGH / 100. Figures of
 * few rows may be far from the country's mean; of them m has to be a twentieth of LOW. Subsets of the real panel of 2012-16
 * (municipalities, counties, years, rows; some 10 000) have no false alarm by these.
 * Of other columns figures that are near each other, as shares of a whole are, are hardly anything else; the rest may be. */
#include <math.h>

#include "plausibility_parts.h"

static const behov_column_range *usual_of(const panel_look *look, size_t column)
{
    for (size_t i = 0; i < look->options->n_usual; i++)
        if (look->options->usual[i].column == column)
            return &look->options->usual[i];
    return NULL;
}

typedef struct column_figures {
    double low, high, mean_above_0; /* NaN without a figure above 0 */
    size_t n;
    bool has_part, is_outside; /* a figure between 0 and 1; one below 0 or above 1 */
} column_figures;

static column_figures look_at_figures(const panel_look *look, size_t column)
{
    const double *values = behov_table_numbers(look->table, column);
    column_figures figures = {.low = INFINITY, .high = 0, .mean_above_0 = NAN};
    double sum = 0;
    size_t n_above = 0;
    for (size_t i = 0; i < look->groups.n_rows && !figures.is_outside; i++) {
        double value = values[plausibility_row(&look->groups, i)];
        if (isnan(value))
            continue;
        figures.is_outside = value > 1 || value < 0;
        figures.has_part = figures.has_part || (value > 0 && value < 1);
        figures.low = value < figures.low ? value : figures.low;
        figures.high = value > figures.high ? value : figures.high;
        sum += value;
        n_above += value > 0;
        figures.n++;
    }
    if (n_above)
        figures.mean_above_0 = sum / (double)n_above;
    return figures;
}

behov_status plausibility_look_at_fractions(const panel_look *look, size_t column, behov_error *err)
{
    enum { LEAST = 10 };
    const double LOWEST = 0.1, HIGHEST_QUOTIENT = 5, TO_PER_CENT = 100, FAR_BELOW = 20;
    column_figures figures = look_at_figures(look, column);
    const behov_column_range *usual = usual_of(look, column);
    if (figures.is_outside || !figures.has_part) /* 0 and 1 alone are a mark */
        return BEHOV_OK;
    double mean = figures.mean_above_0;
    bool is_sure = usual ? (figures.n < LEAST ? FAR_BELOW * mean < usual->low
                                              : TO_PER_CENT * mean * mean < usual->low * usual->high)
                         : plausibility_is_share(look, column) && figures.low >= LOWEST &&
                               figures.high <= HIGHEST_QUOTIENT * figures.low;
    if (usual ? !is_sure : figures.n < LEAST)
        return BEHOV_OK;
    behov_oddity finding = behov_oddity_new(BEHOV_ODD_UNIT, is_sure ? BEHOV_WARNING : BEHOV_INFORMATION,
                                            BEHOV_UNIT_FRACTIONS, -1, (ptrdiff_t)column);
    finding.low = figures.low;
    finding.high = figures.high;
    finding.count = figures.n;
    return behov_plausibility_add(look->plausibility, finding, err);
}
