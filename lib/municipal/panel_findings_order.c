/* panel_findings_order.c - a column that was sorted by itself: in the order of the municipalities it rises, or falls, all
 * through a year. Whoever sorts whole rows by the column has the codes out of order, and is not looked at. */
#include "panel_findings_parts.h"

#include <math.h>
#include <string.h>

/* Of so many municipalities no figures are in order by chance: 1 in 20! / 2. */
enum { LEAST_ROWS = 20 };

static const char *key_of(const whole_panel *panel, size_t row)
{
    const char *code = behov_panel_code(&panel->study->panel, row);
    return code[0] ? code : behov_panel_municipality(&panel->study->panel, row);
}

/* Whether the municipalities of a year stand in the order of their codes, or of their names without codes. */
static bool is_in_order(const whole_panel *panel, size_t t)
{
    for (size_t i = panel->year_first[t] + 1; i < panel->year_first[t + 1]; i++)
        if (panel->year_rows[i] <= panel->year_rows[i - 1] ||
            strcmp(key_of(panel, panel->year_rows[i - 1]), key_of(panel, panel->year_rows[i])) > 0)
            return false;
    return true;
}

/* How many figures of a year rise, or fall, one after the other; 0 where one does not, or most of them are alike. */
static size_t count_sorted(const whole_panel *panel, const double *values, size_t t)
{
    size_t n = 0, n_up = 0, n_down = 0;
    double last = NAN;
    for (size_t i = panel->year_first[t]; i < panel->year_first[t + 1]; i++) {
        double value = values[panel->year_rows[i]];
        if (isnan(value))
            continue;
        n++;
        n_up += value > last;
        n_down += value < last;
        last = value;
        if (n_up && n_down)
            return 0;
    }
    return n >= LEAST_ROWS && 2 * (n_up + n_down) >= n ? n : 0;
}

behov_status whole_panel_look_at_order(const whole_panel *panel, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t t = 0; t < panel->n_years && panel->n_years > 1 && !status; t++) {
        if (!is_in_order(panel, t))
            continue;
        for (size_t j = 0; j < panel->n_columns && !status; j++) {
            panel_column *column = &panel->columns[j];
            size_t n = column->is_of_model && !column->is_sorted ? count_sorted(panel, column->values, t) : 0;
            if (!n)
                continue;
            behov_oddity finding =
                behov_oddity_new(BEHOV_ODD_COPIED, BEHOV_ERROR, BEHOV_COPIED_SORTED, -1, (ptrdiff_t)column->column);
            finding.count = n;
            finding.year = panel->years[t];
            column->is_sorted = true;
            status = whole_panel_add(panel, finding, err);
        }
    }
    return status;
}
