/* panel_findings_columns.c - one figure for all municipalities of a year, or for many; shares above 100 in columns that no
 * model knows; a country's row that its municipalities do not add up to. */
#include "panel_findings_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/panel_merge.h>
#include <behov/word.h>

/* ---- one figure ---------------------------------------------------------------------------------------------------- */

/* The figures of a column in a year: the most frequent, the next, how many different ones. */
typedef struct year_figures {
    double value;
    size_t n, n_most, n_next, n_different;
} year_figures;

static year_figures count_figures(const whole_panel *panel, const panel_column *column, size_t t)
{
    year_figures out = {NAN, 0, 0, 0, 0};
    double *sorted = panel->work;
    for (size_t i = panel->year_first[t]; i < panel->year_first[t + 1]; i++)
        if (!isnan(column->values[panel->year_rows[i]]))
            sorted[out.n++] = column->values[panel->year_rows[i]];
    whole_panel_sort(sorted, out.n);
    for (size_t i = 0, end; i < out.n; i = end) {
        end = i + 1;
        while (end < out.n && sorted[end] == sorted[i])
            end++;
        out.n_different++;
        if (end - i > out.n_most) {
            out.n_next = out.n_most;
            out.n_most = end - i;
            out.value = sorted[i];
        } else if (end - i > out.n_next) {
            out.n_next = end - i;
        }
    }
    return out;
}

enum { LEAST_ROWS = 5 };

static bool is_one_figure(const year_figures *figures)
{
    return figures->n >= LEAST_ROWS && figures->n_most == figures->n;
}

/* Missing figures that were filled with a mean: a tenth of a year has one figure, five times as many as have any other,
 * among at least twenty. 0 may be so often by itself. */
static bool is_filled(const year_figures *figures)
{
    enum { LEAST = 10, PART = 10, TIMES = 5, LEAST_DIFFERENT = 20 };
    return figures->value != 0 && figures->n_most >= LEAST && PART * figures->n_most >= figures->n &&
           figures->n_most >= TIMES * figures->n_next && figures->n_different >= LEAST_DIFFERENT;
}

static behov_status tell_figure(const whole_panel *panel, const panel_column *column, behov_constant_cause cause,
                                size_t t, const year_figures *figures, behov_error *err)
{
    behov_severity severity = cause == BEHOV_CONSTANT_ALWAYS   ? BEHOV_INFORMATION
                              : cause == BEHOV_CONSTANT_FILLED ? BEHOV_WARNING
                                                               : whole_panel_severity(column);
    behov_oddity finding = behov_oddity_new(BEHOV_ODD_CONSTANT, severity, (int)cause, -1, (ptrdiff_t)column->column);
    finding.year = cause == BEHOV_CONSTANT_ALWAYS ? 0 : panel->years[t];
    finding.value = figures->value;
    finding.count = figures->n_most;
    finding.low = (double)figures->n;
    return whole_panel_add(panel, finding, err);
}

static behov_status look_for_one_figure(const whole_panel *panel, const panel_column *column, behov_error *err)
{
    size_t n_years = 0, n_constant = 0;
    behov_status status = BEHOV_OK;
    year_figures last = {NAN, 0, 0, 0, 0};
    for (size_t t = 0; t < panel->n_years; t++) {
        year_figures figures = count_figures(panel, column, t);
        n_years += figures.n >= LEAST_ROWS;
        n_constant += is_one_figure(&figures);
        last = is_one_figure(&figures) ? figures : last;
    }
    if (n_constant && n_constant == n_years)
        return tell_figure(panel, column, BEHOV_CONSTANT_ALWAYS, 0, &last, err);
    for (size_t t = 0; t < panel->n_years && !status; t++) {
        year_figures figures = count_figures(panel, column, t);
        if (is_one_figure(&figures))
            status = tell_figure(panel, column, BEHOV_CONSTANT_IN_YEAR, t, &figures, err);
        else if (is_filled(&figures))
            status = tell_figure(panel, column, BEHOV_CONSTANT_FILLED, t, &figures, err);
    }
    return status;
}

/* ---- shares by their name ------------------------------------------------------------------------------------------ */

static bool is_share_by_name(const char *name)
{
    static const char *const ends[] = {"_pct", "_percent", "_prosent", "_share", "_andel"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (length > n && strcmp(name + length - n, ends[i]) == 0)
            return true;
    }
    return false;
}

/* A growth in per cent may be below 0 and above 100; a share that never is below 0 is hardly one. */
static behov_status look_for_large_shares(const whole_panel *panel, const panel_column *column, behov_error *err)
{
    const behov_model *model = &panel->study->model;
    const char *name = behov_table_name(panel->study->table, column->column);
    if (!is_share_by_name(name) || behov_model_find_pair(model->limits, model->n_limits, name))
        return BEHOV_OK;
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_LIMIT, BEHOV_WARNING, BEHOV_LIMIT_OF_NAME, -1, (ptrdiff_t)column->column);
    finding.count = 0;
    finding.low = 0;
    finding.high = 100;
    for (size_t i = 0; i < panel->n_rows; i++) {
        double value = column->values[panel->rows[i]];
        if (value < 0)
            return BEHOV_OK;
        if (!(value > 100))
            continue;
        finding.count++;
        if (!(value <= finding.value)) { /* the largest, NaN at first */
            finding.value = value;
            finding.row = (ptrdiff_t)panel->rows[i];
        }
    }
    return finding.count ? whole_panel_add(panel, finding, err) : BEHOV_OK;
}

/* A count under the name of a share: whole numbers alone, some above 100. */
static behov_status look_for_counts(const whole_panel *panel, const panel_column *column, behov_error *err)
{
    enum { LEAST = 20 };
    const behov_model *model = &panel->study->model;
    const char *name = behov_table_name(panel->study->table, column->column);
    behov_model_limits limits = behov_model_limits_of(model, name);
    if (limits.low != 0 || limits.high != 100)
        return BEHOV_OK;
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_COUNTS, -1, (ptrdiff_t)column->column);
    finding.count = 0;
    finding.high = 0;
    for (size_t i = 0; i < panel->n_rows; i++) {
        double value = column->values[panel->rows[i]];
        if (isnan(value))
            continue;
        if (value != floor(value))
            return BEHOV_OK;
        finding.count++;
        finding.high = fmax(finding.high, value);
    }
    return finding.count >= LEAST && finding.high > 100 ? whole_panel_add(panel, finding, err) : BEHOV_OK;
}

behov_status whole_panel_look_at_columns(const whole_panel *panel, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < panel->n_columns && !status; j++) {
        status = look_for_large_shares(panel, &panel->columns[j], err);
        if (!status)
            status = look_for_counts(panel, &panel->columns[j], err);
        if (!status)
            status = look_for_one_figure(panel, &panel->columns[j], err);
    }
    return status;
}

/* ---- the country --------------------------------------------------------------------------------------------------- */

/* The sum of a year's municipalities, or their mean weighted by population; n without a figure. */
typedef struct year_total {
    double sum, weighted, population, low, high;
    size_t n, n_missing;
} year_total;

static year_total total_of_year(const whole_panel *panel, const panel_column *column, size_t t)
{
    year_total out = {0, 0, 0, INFINITY, -INFINITY, 0, 0};
    for (size_t i = panel->year_first[t]; i < panel->year_first[t + 1]; i++) {
        size_t row = panel->year_rows[i];
        double value = column->values[row], population = behov_panel_population(&panel->study->panel, row);
        if (isnan(value)) {
            out.n_missing++;
            continue;
        }
        out.n++;
        out.sum += value;
        out.low = fmin(out.low, value);
        out.high = fmax(out.high, value);
        out.weighted += population > 0 ? value * population : 0;
        out.population += population > 0 ? population : 0;
    }
    return out;
}

/* What a column is when municipalities are put together: by the model, else by the country's figure itself. */
static behov_merge_kind kind_of_column(const whole_panel *panel, const panel_column *column, double country,
                                       const year_total *total)
{
    const behov_model *model = &panel->study->model;
    const char *name = behov_table_name(panel->study->table, column->column);
    const char *text = behov_model_find_pair(model->merging, model->n_merging, name);
    behov_merge_rule rule;
    if (column->is_population)
        return BEHOV_MERGE_SUM;
    if (text && !behov_merge_rule_parse(name, text, &rule, NULL))
        return rule.kind;
    return country > total->high && total->low >= 0 ? BEHOV_MERGE_SUM : BEHOV_MERGE_UNKNOWN;
}

/* A sum is held to the half unit that rounding leaves for each municipality, or a thousandth; a mean, which may be weighted
 * by the inhabitants of another day, to one in fifty. Where municipalities are missing the sum may be smaller. */
static behov_status compare(const whole_panel *panel, const panel_column *column, size_t row, size_t t,
                            behov_error *err)
{
    const double OF_SUM = 1e-3, OF_MEAN = 0.02;
    double country = column->values[row];
    year_total total = total_of_year(panel, column, t);
    if (isnan(country) || total.n < LEAST_ROWS)
        return BEHOV_OK;
    behov_merge_kind kind = kind_of_column(panel, column, country, &total);
    double mean = total.population > 0 ? total.weighted / total.population : NAN;
    bool is_sum = kind == BEHOV_MERGE_SUM, is_mean = kind == BEHOV_MERGE_RATE;
    double difference = is_sum ? total.sum - country : mean - country;
    bool is_off = is_sum ? fabs(difference) > fmax(OF_SUM * fabs(country), total.sum == floor(total.sum) ? 0.5 : 0)
                         : is_mean && fabs(difference) > OF_MEAN * fabs(country);
    if (!is_off)
        return BEHOV_OK;
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_COUNTRY, BEHOV_WARNING, is_sum ? BEHOV_COUNTRY_SUM : BEHOV_COUNTRY_MEAN,
                         (ptrdiff_t)row, (ptrdiff_t)column->column);
    finding.year = panel->years[t];
    finding.value = country;
    finding.low = is_sum ? total.sum : mean;
    finding.count = total.n_missing;
    return whole_panel_add(panel, finding, err);
}

/* The position of a year, n_years when no municipality has a row in it. */
static size_t year_of_row(const whole_panel *panel, size_t row)
{
    int year = panel->study->panel.columns[BEHOV_ROLE_YEAR] < 0 ? 0 : behov_panel_year(&panel->study->panel, row);
    size_t t = 0;
    while (t < panel->n_years && panel->years[t] != year)
        t++;
    return t;
}

behov_status whole_panel_look_at_country(const whole_panel *panel, behov_error *err)
{
    behov_status status = BEHOV_OK;
    const behov_table *table = panel->study->table;
    if (behov_table_n_marked(table) == 0)
        return BEHOV_OK;
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        behov_row_mark mark = behov_table_row_mark(table, row);
        size_t t = mark == BEHOV_ROW_COUNTRY || mark == BEHOV_ROW_SUM ? year_of_row(panel, row) : panel->n_years;
        for (size_t j = 0; j < panel->n_columns && t < panel->n_years && !status; j++)
            status = compare(panel, &panel->columns[j], row, t, err);
    }
    return status;
}
