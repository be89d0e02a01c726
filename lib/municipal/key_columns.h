/* key_columns.h - which column of a table is which criterion of a cost key, and of what kind. */
#ifndef BEHOV_KEY_COLUMNS_H
#define BEHOV_KEY_COLUMNS_H

#include <behov/key_criteria.h>

/* Zero-initialise; free with key_columns_free in any case. Of each weight, and of the modified criterion behind them. */
typedef struct key_columns {
    ptrdiff_t *columns; /* -1: a weight of 0 whose criterion the table lacks */
    behov_criterion_kind *kinds;
    bool *is_kind_said; /* by the call */
    bool has_modified;
    size_t modified; /* position of the criterion whose place the modified one takes */
    ptrdiff_t modified_column;
    size_t *unused, n_unused; /* columns of numbers that are neither a role nor a criterion */
} key_columns;

/* Errors as behov_key_criteria_find has them. */
behov_status key_columns_find(const behov_panel *panel, const behov_key_weights *weights,
                              const behov_key_request *request, key_columns *columns,
                              behov_error *err) BEHOV_MUST_CHECK;
void key_columns_free(key_columns *columns);

/* Whether figures are no numbers of persons, but shares or per cent: none above 100, and some with decimals. */
bool key_columns_look_like_shares(const double *figures, size_t n);
/* Whether a criterion is called so, or its column is. */
bool key_columns_is_called(const behov_table *table, const char *criterion, ptrdiff_t column, const char *name);

#endif
