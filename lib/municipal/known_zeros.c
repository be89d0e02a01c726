/* known_zeros.c - 0 where a municipality of some size cannot have it.
 *
 * A small municipality may have no one who is disabled, or an index of accumulated disadvantage of 0, which is a product of
 * three shares. Of the municipalities of 2012-16 none has no disabled (0.58 per cent at least), and the index, as rebuilt
 * from public figures, is 0 in 26 rows of 2 135, the largest of them of 3 872 inhabitants. The limits are twice that or more.
 */
#include "known_columns.h"

#include <math.h>

static const struct known_zero {
    const char *name;
    double inhabitants; /* from which on no municipality has 0 */
} known_zeros[] = {{"disabled_18_49", 2000}, {"clustering_index", 8000}};

static bool is_looked_at(const behov_study *study, size_t row, double excluded)
{
    return !behov_table_row_mark(study->table, row) && (isnan(excluded) || excluded == 0);
}

static behov_status look_at_column(behov_study *study, size_t column, double inhabitants, behov_error *err)
{
    const double *values = behov_table_numbers(study->table, column);
    size_t n_rows = behov_table_n_rows(study->table);
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_MISSING, BEHOV_ERROR, BEHOV_MISSING_IS_ZERO, -1, (ptrdiff_t)column);
    finding.count = 0;
    finding.value = 0;
    finding.low = inhabitants;
    for (size_t first = 0; first < n_rows; first += BEHOV_EXPRESSION_BLOCK) {
        double excluded[BEHOV_EXPRESSION_BLOCK];
        size_t n = behov_expression_evaluate_block(study->exclude, study->table, first, excluded);
        for (size_t i = 0; i < n; i++) {
            size_t row = first + i;
            if (values[row] != 0 || !(behov_panel_population(&study->panel, row) >= inhabitants) ||
                !is_looked_at(study, row, excluded[i]))
                continue;
            finding.row = finding.row < 0 ? (ptrdiff_t)row : finding.row;
            finding.count++;
        }
    }
    return finding.count ? behov_plausibility_add(study->plausibility, finding, err) : BEHOV_OK;
}

behov_status known_zeros_look(behov_study *study, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof known_zeros / sizeof *known_zeros && !status; i++) {
        ptrdiff_t column = known_columns_find_name(study, known_zeros[i].name);
        if (column >= 0 && known_columns_is_broken(study, (size_t)column))
            status = look_at_column(study, (size_t)column, known_zeros[i].inhabitants, err);
    }
    return status;
}
