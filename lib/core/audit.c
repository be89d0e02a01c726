/* audit.c - what cannot be right in a printed regression table.
 *
 * With b in [b -+ half_b] and s in (0, s + half_s], not below s - half_s:
 *
 *   |t| from (|b| - half_b)+ / (s + half_s)  to  (|b| + half_b) / (s - half_s)+
 *   p   from P(|T| >= largest |t|), dof_high to  P(|T| >= smallest |t|), dof_low
 *
 * since p falls with |t| and with the degrees of freedom (the t distribution has the heavier tail, the fewer they are).
 * m stars with level a_m, and the next level a_m' for more stars, are possible when p_least <= a_m and p_most >= a_m':
 * whether the limits themselves count as below differs between programs, so both ends are allowed.
 *
 * The lines of a table share their degrees of freedom in most papers, but not with Satterthwaite's, so each line is
 * judged by itself. */
#include <behov/audit.h>

#include <behov/inference.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

/* t has an error of some 1e-16 of itself and p, near any level that occurs, of some 1e-15: a thousandfold allowance
 * costs no finding, for the last digit of a table of 15 digits moves p by more. */
static const double slack = 1e-12;

struct behov_audit {
    behov_audit_range *ranges;
    behov_finding *findings;
    size_t n_rows, n_findings;
    bool rises; /* the legend: no line is held against it */
    behov_legend legend;
};

behov_legend behov_legend_default(void)
{
    return behov_legend_common(0);
}

behov_legend behov_legend_common(size_t i)
{
    return i == 0 ? (behov_legend){{0.10, 0.05, 0.01}} : (behov_legend){{0.05, 0.01, 0.001}};
}

const char *behov_finding_kind_name(behov_finding_kind kind)
{
    static const char *const names[BEHOV_N_FINDINGS] = {"stars", "sign", "rows", "legend", "t_values"};
    return kind < BEHOV_N_FINDINGS ? names[kind] : "";
}

/* ---- p and its inverse ---------------------------------------------------------------------------------------------
 */

static double p_of(double t, double dof)
{
    return isinf(dof) ? erfc(t / sqrt(2)) : behov_t_p(t, dof);
}

/* |t| whose p is the level. */
static double t_at(double level, double dof)
{
    return isinf(dof) ? gsl_cdf_ugaussian_Qinv(level / 2) : behov_t_quantile(1 - level, dof);
}

/* ---- legends -------------------------------------------------------------------------------------------------------
 */

static double level_of(const behov_legend *legend, int n_stars)
{
    return n_stars > 0 && n_stars <= BEHOV_LEGEND_MARKS ? legend->levels[n_stars - 1] : 0;
}

/* The next mark of more, or with step -1 of fewer, stars that the legend has; 0 stars always count; -1 = none. */
static int next_mark(const behov_legend *legend, int n_stars, int step)
{
    for (int m = n_stars + step; m >= 0 && m <= BEHOV_LEGEND_MARKS; m += step)
        if (m == 0 || level_of(legend, m) > 0)
            return m;
    return -1;
}

/* The first mark whose level is not below that of the mark before it; 0 = the levels fall. */
static int first_rise(const behov_legend *legend)
{
    double previous_value = 1;
    for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++) {
        double level = level_of(legend, m);
        if (level > 0 && level >= previous_value)
            return m;
        previous_value = level > 0 ? level : previous_value;
    }
    return 0;
}

/* ---- one line ------------------------------------------------------------------------------------------------------
 */

typedef struct limits {
    behov_legend legend; /* falls */
    double dof_low, dof_high;
} limits;

/* The stars that the legend may give for the p-values of a range. */
static void set_stars(behov_audit_range *range, const behov_legend *legend)
{
    range->fewest = range->most = 0;
    for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++) {
        double level = level_of(legend, m);
        if (level > 0 && range->p_least <= level * (1 + slack))
            range->most = m;
        if (level > 0 && range->p_most < level * (1 - slack))
            range->fewest = m;
    }
}

static behov_audit_range range_of(const behov_printed *b, const behov_printed *s, const limits *within)
{
    behov_audit_range range;
    double s_low = s->value - s->half_widest, s_high = s->value + s->half_widest;
    range.t_least = fmax(0, fabs(b->value) - b->half_widest) / s_high;
    range.t_most = s_low > 0 ? (fabs(b->value) + b->half_widest) / s_low : INFINITY;
    range.p_least = p_of(range.t_most, within->dof_high);
    range.p_most = p_of(range.t_least, within->dof_low);
    set_stars(&range, &within->legend);
    return range;
}

/* Whether the legend knows the stars at all, and whether they lie outside what it may give. */
static bool is_known(const behov_legend *legend, int n_stars)
{
    return n_stars == 0 || level_of(legend, n_stars) > 0;
}

static bool is_wrong(const behov_audit_range *range, int n_stars)
{
    return n_stars > range->most || n_stars < range->fewest;
}

static bool would_fit(const behov_printed *b, const behov_printed *s, int n_stars, const limits *within)
{
    behov_audit_range range = range_of(b, s, within);
    return !is_wrong(&range, n_stars);
}

/* The first number of these slips in one entry that fits. */
static bool find_slip(const behov_audit_row *row, const behov_slip *slips, size_t n_slips, behov_audit_entry entry,
                      const limits *within, behov_misprint *misprint)
{
    bool is_se = entry == BEHOV_ENTRY_STANDARD_ERROR;
    const behov_printed *source = is_se ? &row->standard_error : &row->coefficient;
    for (size_t index = 0; index < strlen(source->digits); index++)
        for (size_t i = 0; i < n_slips; i++) {
            behov_printed out;
            if (!behov_printed_slip(source, slips[i], index, &out) || (is_se && !(out.value > 0)) ||
                !would_fit(is_se ? &row->coefficient : &out, is_se ? &out : &row->standard_error, row->n_stars, within))
                continue;
            *misprint = (behov_misprint){entry, slips[i], out, row->n_stars};
            return true;
        }
    return false;
}

static void explain(const behov_audit_row *row, const behov_audit_range *range, const limits *within,
                    behov_finding *finding)
{
    static const struct {
        behov_slip slips[2];
        size_t n;
    } sorts[] = {{{BEHOV_SLIP_MARK_LEFT, BEHOV_SLIP_MARK_RIGHT}, 2},
                 {{BEHOV_SLIP_SWAP}, 1},
                 {{BEHOV_SLIP_DROP, BEHOV_SLIP_DOUBLE}, 2}};
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts && !finding->likely.entry; i++) {
        behov_misprint in_se = {0}, in_coefficient = {0};
        bool of_se = find_slip(row, sorts[i].slips, sorts[i].n, BEHOV_ENTRY_STANDARD_ERROR, within, &in_se);
        find_slip(row, sorts[i].slips, sorts[i].n, BEHOV_ENTRY_COEFFICIENT, within, &in_coefficient);
        finding->likely = of_se ? in_se : in_coefficient;
        if (of_se)
            finding->other = in_coefficient;
    }
    bool has_too_many = row->n_stars > range->most;
    int nearest = next_mark(&within->legend, row->n_stars, has_too_many ? -1 : 1);
    if (!finding->likely.entry && nearest >= 0 && !is_wrong(range, nearest))
        finding->likely = (behov_misprint){.entry = BEHOV_ENTRY_STARS, .n_stars = nearest};
    double b = fabs(row->coefficient.value), level = level_of(&within->legend, row->n_stars);
    int more = next_mark(&within->legend, row->n_stars, 1);
    finding->se_high = level > 0 ? (b + row->coefficient.half_widest) / t_at(level, within->dof_high) : INFINITY;
    finding->se_low =
        more < 0 ? 0
                 : fmax(0, b - row->coefficient.half_widest) / t_at(level_of(&within->legend, more), within->dof_low);
}

/* ---- the table -----------------------------------------------------------------------------------------------------
 */

/* The common legend, other than the one at hand, that the fewest lines contradict; *n_left is their number. */
static behov_legend find_other_legend(const behov_audit_row *rows, size_t n_rows, const limits *within, size_t *n_left)
{
    behov_legend best = {{0}};
    *n_left = n_rows + 1;
    for (size_t i = 0; i < BEHOV_N_COMMON_LEGENDS; i++) {
        limits limits = {behov_legend_common(i), within->dof_low, within->dof_high};
        if (memcmp(&limits.legend, &within->legend, sizeof limits.legend) == 0)
            continue;
        size_t n = 0;
        for (size_t row = 0; row < n_rows; row++)
            n += !is_known(&limits.legend, rows[row].n_stars) ||
                 !would_fit(&rows[row].coefficient, &rows[row].standard_error, rows[row].n_stars, &limits);
        if (n < *n_left) {
            *n_left = n;
            best = limits.legend;
        }
    }
    return best;
}

static behov_finding *add(behov_audit *audit, behov_finding_kind kind, size_t row)
{
    behov_finding *finding = &audit->findings[audit->n_findings++];
    *finding = (behov_finding){.kind = kind, .row = row};
    return finding;
}

static void set_ranges(behov_audit *audit, const behov_audit_row *rows, const limits *within)
{
    for (size_t row = 0; row < audit->n_rows; row++) {
        audit->ranges[row] = range_of(&rows[row].coefficient, &rows[row].standard_error, within);
        if (audit->rises)
            audit->ranges[row].fewest = audit->ranges[row].most = -1;
    }
}

/* What is wrong with the legend as a whole. Where the stars are those of another legend, `within` and the ranges are of
 * that one from then on. */
static void audit_legend(behov_audit *audit, const behov_audit_row *rows, limits *within)
{
    size_t n_wrong = 0, first_wrong = 0, lines_with[BEHOV_LEGEND_MARKS + 1] = {0}, first_with[BEHOV_LEGEND_MARKS + 1];
    size_t n_left;
    behov_legend other = find_other_legend(rows, audit->n_rows, within, &n_left);
    int rise = first_rise(&within->legend);
    if (rise) {
        behov_finding *finding = add(audit, BEHOV_FINDING_LEGEND, audit->n_rows);
        finding->fault = BEHOV_LEGEND_RISES;
        finding->n_stars = rise;
        finding->has_other_legend = n_left == 0;
        finding->other_legend = other;
    }
    for (size_t row = 0; row < audit->n_rows; row++) {
        int m = rows[row].n_stars;
        if (!is_known(&within->legend, m)) {
            if (!lines_with[m]++)
                first_with[m] = row;
        } else if (!rise && is_wrong(&audit->ranges[row], m)) {
            if (!n_wrong++)
                first_wrong = row;
        }
    }
    if (n_left <= 1 && n_wrong >= n_left + 2) {
        behov_finding *finding = add(audit, BEHOV_FINDING_LEGEND, first_wrong);
        finding->fault = BEHOV_LEGEND_IS_OTHER;
        finding->n_lines = n_wrong;
        finding->n_lines_left = n_left;
        finding->has_other_legend = true;
        finding->other_legend = other;
        within->legend = other;
        set_ranges(audit, rows, within);
        return;
    }
    for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++) {
        if (!lines_with[m])
            continue;
        behov_finding *finding = add(audit, BEHOV_FINDING_LEGEND, first_with[m]);
        finding->fault = BEHOV_LEGEND_LACKS_MARK;
        finding->n_stars = m;
        finding->n_lines = lines_with[m];
        finding->has_other_legend = n_left == 0;
        finding->other_legend = other;
    }
}

/* Whether the stars of a line are those of a t-value that stands where the standard error should. */
static bool fits_as_t(const behov_audit_row *row, const limits *within)
{
    const behov_printed *t = &row->standard_error;
    double p_least = p_of(t->value + t->half_widest, within->dof_high);
    double p_most = p_of(fmax(0, t->value - t->half_widest), within->dof_low);
    behov_audit_range range = {.p_least = p_least, .p_most = p_most};
    set_stars(&range, &within->legend);
    return is_known(&within->legend, row->n_stars) && !is_wrong(&range, row->n_stars);
}

static bool audit_t_values(behov_audit *audit, const behov_audit_row *rows, const limits *within)
{
    size_t n_wrong = 0, n_fit = 0, first = audit->n_rows;
    for (size_t row = 0; row < audit->n_rows && !audit->rises; row++) {
        bool wrong = is_known(&within->legend, rows[row].n_stars) && is_wrong(&audit->ranges[row], rows[row].n_stars);
        first = wrong && !n_wrong ? row : first;
        n_wrong += wrong;
        n_fit += fits_as_t(&rows[row], within);
    }
    if (n_wrong < 2 || 2 * n_wrong <= audit->n_rows || n_fit + 1 < audit->n_rows)
        return false;
    add(audit, BEHOV_FINDING_T, first)->n_lines = n_wrong;
    for (size_t row = 0; row < audit->n_rows; row++)
        audit->ranges[row].fewest = audit->ranges[row].most = -1;
    return true;
}

static void audit_line(behov_audit *audit, const behov_audit_row *rows, size_t row, bool has_errors,
                       const limits *within)
{
    const behov_audit_row *audit_row = &rows[row];
    const behov_printed *b = &audit_row->coefficient;
    if (has_errors && !audit->rises && is_known(&within->legend, audit_row->n_stars) &&
        is_wrong(&audit->ranges[row], audit_row->n_stars))
        explain(audit_row, &audit->ranges[row], within, add(audit, BEHOV_FINDING_STARS, row));
    if (audit_row->expected_sign && !behov_printed_can_be_zero(b) && (b->value > 0) != (audit_row->expected_sign > 0))
        add(audit, BEHOV_FINDING_SIGN, row);
}

static behov_status check(const behov_audit_row *rows, size_t n_rows, const limits *within, behov_error *err)
{
    if (!(within->dof_low > 0) || !(within->dof_high >= within->dof_low))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_AUDIT_DOF_ORDER);
    for (int m = 1; m <= BEHOV_LEGEND_MARKS; m++) {
        double level = level_of(&within->legend, m);
        if (level != 0 && !(level > 0 && level < 1))
            return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_AUDIT_STAR_LEVEL_RANGE, m);
    }
    for (size_t row = 0; row < n_rows; row++) {
        if (rows[row].n_stars < 0 || rows[row].n_stars > BEHOV_LEGEND_MARKS)
            return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_AUDIT_STAR_COUNT, (unsigned long)row + 1,
                                   rows[row].n_stars, BEHOV_LEGEND_MARKS);
        if (!(rows[row].standard_error.value >= 0) || !(rows[row].coefficient.half > 0))
            return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_AUDIT_BAD_ERROR, (unsigned long)row + 1);
    }
    return BEHOV_OK;
}

behov_status behov_audit_new(const behov_audit_row *rows, size_t n_rows, const behov_audit_options *options,
                             behov_audit **audit, behov_error *err)
{
    static const behov_legend no_legend;
    limits within = {behov_legend_default(), 1, INFINITY};
    if (options && memcmp(&options->legend, &no_legend, sizeof no_legend) != 0)
        within.legend = options->legend;
    if (options && options->dof_low != 0)
        within.dof_low = options->dof_low;
    if (options && options->dof_high != 0)
        within.dof_high = options->dof_high;
    behov_status status = check(rows, n_rows, &within, err);
    if (status)
        return status;
    behov_audit *new_audit = behov_alloc(1, sizeof *new_audit);
    if (new_audit) {
        new_audit->n_rows = n_rows;
        new_audit->ranges = behov_alloc(n_rows, sizeof *new_audit->ranges);
        /* two a line, one a mark, a rising legend, the rows of the panel */
        new_audit->findings = behov_alloc(2 * n_rows + BEHOV_LEGEND_MARKS + 2, sizeof *new_audit->findings);
    }
    if (!new_audit || !new_audit->ranges || !new_audit->findings) {
        behov_audit_free(new_audit);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_AUDIT_FINDINGS);
    }
    new_audit->rises = first_rise(&within.legend) != 0;
    set_ranges(new_audit, rows, &within);
    bool are_t_values = audit_t_values(new_audit, rows, &within);
    if (!are_t_values)
        audit_legend(new_audit, rows, &within);
    new_audit->legend = within.legend;
    for (size_t row = 0; row < n_rows; row++)
        audit_line(new_audit, rows, row, !are_t_values, &within);
    size_t n = options ? options->n_observations : 0, n_years = options ? options->n_years : 0;
    if (n > 0 && n_years > 1 && n % n_years != 0) {
        behov_finding *finding = add(new_audit, BEHOV_FINDING_ROWS, n_rows);
        finding->rows_below = n - n % n_years;
        finding->rows_above = finding->rows_below + n_years;
    }
    *audit = new_audit;
    return BEHOV_OK;
}

void behov_audit_free(behov_audit *audit)
{
    if (!audit)
        return;
    free(audit->ranges);
    free(audit->findings);
    free(audit);
}

size_t behov_audit_n_findings(const behov_audit *audit)
{
    return audit->n_findings;
}

const behov_finding *behov_audit_finding(const behov_audit *audit, size_t i)
{
    return &audit->findings[i];
}

behov_legend behov_audit_legend(const behov_audit *audit)
{
    return audit->legend;
}

size_t behov_audit_n_rows(const behov_audit *audit)
{
    return audit->n_rows;
}

const behov_audit_range *behov_audit_range_of(const behov_audit *audit, size_t row)
{
    return &audit->ranges[row];
}
