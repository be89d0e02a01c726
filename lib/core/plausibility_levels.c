/* plausibility_levels.c - figures that stand for missing (-9999), a column in two units, populations in thousands, names
 * that stand at each other's codes, a year far from the others. */
#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "plausibility_parts.h"

/* ---- figures that stand for missing -------------------------------------------------------------------------------- */

static const double missing_codes[] = {-1,     -7,      -8, -9,  -88,  -99,   -888,   -999,    -8888,   -9999,
                                       -99999, -999999, 99, 999, 9999, 99999, 999999, 9999999, 99999999};
enum { N_MISSING_CODES = sizeof missing_codes / sizeof *missing_codes, LEAST_OTHERS = 5 };

static size_t missing_code_at(double value)
{
    size_t i = 0;
    if (value != floor(value)) /* most figures are none, and that is seen at once */
        return N_MISSING_CODES;
    while (i < N_MISSING_CODES && missing_codes[i] != value)
        i++;
    return i;
}

/* The figures of a column that are no such code, in a word. */
typedef struct other_figures {
    double low, high, median, spread; /* spread = 1.4826 times the median distance from the median */
    size_t n, n_broken;               /* n_broken are not whole */
} other_figures;

/* A figure of the column that is no such code, or how far it is from their median. */
typedef struct other_source {
    const panel_look *look;
    const double *values;
    double median;
} other_source;

static double other_figure(void *source, size_t i)
{
    const other_source *others = source;
    double value = others->values[plausibility_row(&others->look->groups, i)];
    return isfinite(value) && missing_code_at(value) == N_MISSING_CODES ? value : NAN;
}

static double distance_from_median(void *source, size_t i)
{
    return fabs(other_figure(source, i) - ((const other_source *)source)->median);
}

static other_figures measure_others(const panel_look *look, const double *values)
{
    other_figures out = {INFINITY, -INFINITY, NAN, NAN, 0, 0};
    other_source others = {look, values, NAN};
    size_t n_rows = look->groups.n_rows;
    for (size_t i = 0; i < n_rows; i++) {
        double value = other_figure(&others, i);
        if (isnan(value))
            continue;
        out.low = fmin(out.low, value);
        out.high = fmax(out.high, value);
        out.n_broken += value != floor(value);
        out.n++;
    }
    if (out.n == 0)
        return out;
    out.median = others.median =
        plausibility_median(other_figure, &others, n_rows, PLAUSIBILITY_UPPER, look->work, &out.n);
    out.spread =
        1.4826 * plausibility_median(distance_from_median, &others, n_rows, PLAUSIBILITY_UPPER, look->work, &out.n);
    return out;
}

/* Below 0 where all others are not, and three robust standard deviations away. Above: ten times the largest of the others.
 * Of figures that are mostly whole -1 and -9 may be an answer or a contrast, and 99 a count. */
static bool stands_for_missing(double code, const other_figures *others)
{
    const double FAR_AWAY = 3, TIMES = 10;
    if (others->n < LEAST_OTHERS)
        return false;
    bool is_small = code > -10 && code<100, are_broken = 2 * others->n_broken> others->n;
    if (code > 0)
        return others->high > 0 && code >= TIMES * others->high && (!is_small || are_broken);
    return others->low >= 0 && others->median - code >= FAR_AWAY * others->spread &&
           (!is_small || (others->low > 0 && are_broken));
}

static bool is_outside_limits(const panel_look *look, size_t column, double value)
{
    for (size_t i = 0; i < look->options->n_limits; i++)
        if (look->options->limits[i].column == column)
            return value < look->options->limits[i].low || value > look->options->limits[i].high;
    return false;
}

behov_status plausibility_look_for_missing_codes(const panel_look *look, size_t column, behov_error *err)
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
    for (size_t code = 0; code < N_MISSING_CODES && !status; code++) {
        if (counts[code] == 0 || is_outside_limits(look, column, missing_codes[code]) ||
            !stands_for_missing(missing_codes[code], &others))
            continue;
        behov_oddity finding =
            behov_oddity_new(BEHOV_ODD_MISSING, BEHOV_ERROR, 0, (ptrdiff_t)first[code], (ptrdiff_t)column);
        finding.value = missing_codes[code];
        finding.low = others.low;
        finding.high = others.high;
        finding.count = counts[code];
        status = behov_plausibility_add(look->plausibility, finding, err);
    }
    return status;
}

/* ---- populations in thousands -------------------------------------------------------------------------------------- */

/* Norway's smallest municipality has had about 190 inhabitants at the least (Utsira). */
behov_status plausibility_look_at_inhabitants(const panel_look *look, behov_error *err)
{
    const double FEWEST = 100;
    const panel_groups *groups = &look->groups;
    ptrdiff_t column = look->panel->columns[BEHOV_ROLE_POPULATION];
    if (column < 0 || look->panel->columns[BEHOV_ROLE_CODE] < 0)
        return BEHOV_OK;
    size_t n_rows = 0, first = 0;
    for (size_t g = 0; g < groups->n_groups; g++) {
        double most = 0; /* one year alone is looked at beside the others of its municipality */
        size_t n = 0;
        for (size_t i = groups->first[g]; i < groups->first[g + 1]; i++) {
            double population = behov_panel_population(look->panel, plausibility_row(groups, i));
            n += population > 0;
            most = population > most ? population : most;
        }
        if (n == 0 || most >= FEWEST)
            continue;
        size_t row = plausibility_row(groups, groups->first[g]);
        first = n_rows == 0 || row < first ? row : first;
        n_rows += n;
    }
    if (n_rows == 0)
        return BEHOV_OK;
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_UNIT, BEHOV_ERROR, BEHOV_UNIT_FEW_INHABITANTS, (ptrdiff_t)first, column);
    finding.value = behov_panel_population(look->panel, first);
    finding.low = FEWEST;
    finding.count = n_rows;
    return behov_plausibility_add(look->plausibility, finding, err);
}

/* ---- a year far from the others ------------------------------------------------------------------------------------- */

enum { YEARS_MAX = 300 };

static int compare_years(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

/* The first or the last year where it stands further from its neighbour than five years and than three times the widest gap
 * among the others, of which there are at least three: 2032 beside 2020 to 2023. */
behov_status plausibility_look_at_years(const panel_look *look, behov_error *err)
{
    enum { LEAST_YEARS = 4, LEAST_GAP = 5, TIMES = 3 };
    ptrdiff_t column = look->panel->columns[BEHOV_ROLE_YEAR];
    int years[YEARS_MAX], widest[2] = {1, 1};
    size_t n = 0;
    for (size_t i = 0; i < look->groups.n_rows && column >= 0; i++) {
        int year = behov_panel_year(look->panel, plausibility_row(&look->groups, i));
        size_t known_index = n;
        while (known_index > 0 && years[known_index - 1] != year)
            known_index--;
        if (known_index || year == 0)
            continue;
        if (n == YEARS_MAX)
            return BEHOV_OK;
        years[n++] = year;
    }
    if (n < LEAST_YEARS)
        return BEHOV_OK;
    qsort(years, n, sizeof *years, compare_years);
    for (size_t t = 1; t < n; t++) { /* among those but the first, and but the last */
        int gap = years[t] - years[t - 1];
        widest[0] = t > 1 && gap > widest[0] ? gap : widest[0];
        widest[1] = t + 1 < n && gap > widest[1] ? gap : widest[1];
    }
    const int gaps[2] = {years[1] - years[0], years[n - 1] - years[n - 2]}, ends[2] = {years[0], years[n - 1]};
    behov_status status = BEHOV_OK;
    for (size_t end = 0; end < 2 && !status; end++) {
        if (gaps[end] < LEAST_GAP || gaps[end] <= TIMES * widest[end])
            continue;
        size_t count = 0, first = 0;
        for (size_t i = 0; i < look->groups.n_rows; i++) {
            size_t row = plausibility_row(&look->groups, i);
            if (behov_panel_year(look->panel, row) == ends[end] && (count++ == 0 || row < first))
                first = row;
        }
        behov_oddity finding =
            behov_oddity_new(BEHOV_ODD_ROW, BEHOV_WARNING, BEHOV_ROW_YEAR_IS_FAR, (ptrdiff_t)first, column);
        finding.value = ends[end];
        finding.year = ends[end];
        finding.count = count;
        status = behov_plausibility_add(look->plausibility, finding, err);
    }
    return status;
}

/* ---- names at each other's codes ------------------------------------------------------------------------------------ */

/* A row of a code that has more than one name. */
typedef struct named_row {
    int32_t name, code;
    int year;
    uint32_t row, group;
} named_row;

static int compare_named(const void *a, const void *b)
{
    const named_row *x = a, *y = b;
    if (x->name != y->name)
        return x->name < y->name ? -1 : 1;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Whether a group has a row of the year under another name; groups are in the order of years. */
static bool has_other_name(const panel_look *look, const int32_t *names, uint32_t group, int year, int32_t name)
{
    for (size_t i = look->groups.first[group]; i < look->groups.first[group + 1]; i++) {
        size_t row = plausibility_row(&look->groups, i);
        if (behov_panel_year(look->panel, row) == year && names[row] >= 0 && names[row] != name)
            return true;
    }
    return false;
}

/* Rows first .. middle have the name at one code, middle .. last at another: each code has the name in a year in which the
 * other code goes under another one. A new name, a merger and two municipalities of one name never do that. */
static bool are_crossed(const panel_look *look, const int32_t *names, const named_row *rows, size_t first,
                        size_t middle, size_t last)
{
    bool there = false, back = false;
    for (size_t i = first; i < middle && !there; i++)
        there = has_other_name(look, names, rows[middle].group, rows[i].year, rows[i].name);
    for (size_t i = middle; i < last && there && !back; i++)
        back = has_other_name(look, names, rows[first].group, rows[i].year, rows[i].name);
    return there && back;
}

/* Codes were given anew in 1964 and 1965 (0701 was Svelvik's, then Borre's); since then no code and no name have changed
 * places: KLASS 131, all variants from 1966 to 2026. */
enum { FIRST_YEAR = 1966 };

static size_t collect_named(const panel_look *look, const int32_t *names, const int32_t *codes, named_row *rows)
{
    size_t n = 0;
    for (size_t g = 0; g < look->groups.n_groups; g++)
        for (size_t i = look->groups.first[g]; i < look->groups.first[g + 1]; i++) {
            size_t row = plausibility_row(&look->groups, i);
            if (names[row] >= 0 && behov_panel_year(look->panel, row) >= FIRST_YEAR)
                rows[n++] =
                    (named_row){names[row], codes[row], behov_panel_year(look->panel, row), (uint32_t)row, (uint32_t)g};
        }
    return n;
}

static bool has_several_names(const panel_look *look, const int32_t *names)
{
    const panel_groups *groups = &look->groups;
    for (size_t g = 0; g < groups->n_groups; g++)
        for (size_t i = groups->first[g] + 1; i < groups->first[g + 1]; i++)
            if (names[plausibility_row(groups, i)] != names[plausibility_row(groups, groups->first[g])])
                return true;
    return false;
}

static behov_status tell_crossed(const panel_look *look, const int32_t *names, const named_row *rows, size_t n,
                                 behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t first = 0, last; first < n && !status; first = last) {
        for (last = first + 1; last < n && rows[last].name == rows[first].name;)
            last++;
        bool is_told = false;
        for (size_t middle = first, begin = first; middle < last && !is_told && !status; middle++) {
            if (rows[middle].code == rows[begin].code)
                continue;
            size_t end = middle; /* neighbours among the codes of the name are compared */
            while (end < last && rows[end].code == rows[middle].code)
                end++;
            is_told = are_crossed(look, names, rows, begin, middle, end);
            if (is_told) {
                behov_oddity finding =
                    behov_oddity_new(BEHOV_ODD_TWO_CODES, BEHOV_ERROR, BEHOV_NAMES_CROSSED, (ptrdiff_t)rows[middle].row,
                                     look->panel->columns[BEHOV_ROLE_MUNICIPALITY]);
                finding.other_row = (ptrdiff_t)rows[begin].row;
                finding.year = rows[middle].year;
                finding.count = end - middle;
                status = behov_plausibility_add(look->plausibility, finding, err);
            }
            begin = middle;
        }
    }
    return status;
}

behov_status plausibility_look_at_crossed_names(const panel_look *look, behov_error *err)
{
    const ptrdiff_t *roles = look->panel->columns;
    if (roles[BEHOV_ROLE_CODE] < 0 || roles[BEHOV_ROLE_MUNICIPALITY] < 0 || roles[BEHOV_ROLE_YEAR] < 0)
        return BEHOV_OK;
    const int32_t *names = behov_table_codes(look->table, (size_t)roles[BEHOV_ROLE_MUNICIPALITY]);
    const int32_t *codes = behov_table_codes(look->table, (size_t)roles[BEHOV_ROLE_CODE]);
    if (!names || !codes || !has_several_names(look, names)) /* most panels have no code with two names */
        return BEHOV_OK;
    named_row *rows = behov_alloc(look->groups.n_rows, sizeof *rows);
    if (!rows)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CODE_NAMES);
    size_t n = collect_named(look, names, codes, rows);
    if (n > 1)
        qsort(rows, n, sizeof *rows, compare_named);
    behov_status status = tell_crossed(look, names, rows, n, err);
    free(rows);
    return status;
}
