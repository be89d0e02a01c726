/* plausibility_years.c - a year far from the others. */
#include <stdlib.h>

#include "plausibility_parts.h"

enum { YEARS_MAX = 300, NO_YEAR = 10000 };

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
    bool is_known[NO_YEAR] = {true}; /* 0 is none */
    size_t n = 0;
    for (size_t i = 0; i < look->groups.n_rows && column >= 0; i++) {
        int year = behov_panel_year(look->panel, plausibility_row(&look->groups, i));
        if (is_known[year])
            continue;
        if (n == YEARS_MAX)
            return BEHOV_OK;
        is_known[year] = true;
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
