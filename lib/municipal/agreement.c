/* agreement.c - see agreement.h.
 *
 * Limits: the report's coefficients on the bundled, simulated panel (424 municipalities). Of 3000 random subsets of each
 * size (municipalities beside each other or drawn, years drawn) the median ratio lay between 28 and 218 per cent for 3 municipalities, 48 and 192 for 5, 58 and
 * 153 for 10, 68 and 125 for 30; the sum of gaps between -53 and 39 per cent of expenditure for 20 or more. Single
 * municipalities lie anywhere from 0 to 327. */
#include <behov/agreement.h>

#include <math.h>
#include <stdlib.h>

#include <behov/code.h>
#include <behov/table.h>

enum { FEW = 3, SOME = 10, MANY = 30 };

static int compare_ratios(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* By the number of municipalities: [0] = lowest, [1] = highest median that is not doubted. */
static const double *limits_of(size_t n_municipalities)
{
    static const double alone[2] = {0, 1000}, few[2] = {20, 500}, some[2] = {50, 200};
    return n_municipalities < FEW ? alone : n_municipalities < SOME ? few : some;
}

static bool is_far(const behov_agreement *agreement)
{
    const double LEAST_GAP_PCT = -100, MOST_GAP_PCT = 50; /* actual from half to twice the need */
    const double *limits = limits_of(agreement->n_municipalities);
    if (agreement->n_rows == 0)
        return false;
    return agreement->median_ratio_pct < limits[0] || agreement->median_ratio_pct > limits[1] ||
           (agreement->n_municipalities >= MANY &&
            (agreement->gap_pct < LEAST_GAP_PCT || agreement->gap_pct > MOST_GAP_PCT));
}

/* Whether a row is the first that counts of its municipality; notes it. */
static bool is_new(const behov_panel *panel, size_t row, bool *is_seen)
{
    ptrdiff_t column = panel->columns[BEHOV_ROLE_CODE];
    int32_t code = is_seen ? behov_table_codes(panel->table, (size_t)column)[row] : -1;
    if (code < 0)
        return true;
    bool was_seen = is_seen[code];
    is_seen[code] = true;
    return !was_seen;
}

behov_status behov_agreement_find(const behov_need *need, const behov_panel *panel, behov_agreement *agreement,
                                  behov_error *err)
{
    const behov_table *table = panel->table;
    size_t n_rows = behov_table_n_rows(table), n = 0;
    ptrdiff_t column = panel->columns[BEHOV_ROLE_CODE];
    bool has_codes = column >= 0 && behov_table_kind(table, (size_t)column) == BEHOV_COLUMN_TEXT;
    size_t n_levels = has_codes ? behov_dictionary_count(behov_table_levels(table, (size_t)column)) : 0;
    bool *is_seen = has_codes ? calloc(n_levels + 1, sizeof *is_seen) : NULL;
    double *ratios = malloc((n_rows + 1) * sizeof *ratios);
    *agreement = (behov_agreement){.median_ratio_pct = NAN, .gap_pct = NAN};
    if (!ratios || (has_codes && !is_seen)) {
        free(ratios), free(is_seen);
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_CAUTIONS);
    }
    for (size_t row = 0; row < n_rows; row++) {
        double expected = behov_need_need(need, row), actual = behov_need_actual(need, row);
        if (!isfinite(expected) || !isfinite(actual) || !(actual > 0))
            continue;
        ratios[n++] = expected > 0 ? 100 * actual / expected : INFINITY;
        agreement->n_municipalities += is_new(panel, row, is_seen);
    }
    qsort(ratios, n, sizeof *ratios, compare_ratios);
    behov_gap_sum sum = behov_need_gap_sum(need, panel, NULL, 0);
    agreement->n_rows = n;
    agreement->median_ratio_pct = n ? ratios[(n - 1) / 2] : NAN;
    agreement->gap_pct = sum.actual > 0 ? 100 * sum.gap / sum.actual : NAN;
    agreement->is_doubted = is_far(agreement);
    free(ratios), free(is_seen);
    return BEHOV_OK;
}
