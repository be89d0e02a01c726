/* municipality_changes.h - changes of municipalities as others list them, against the history that is known. */
#ifndef BEHOV_MUNICIPALITY_CHANGES_H
#define BEHOV_MUNICIPALITY_CHANGES_H

#include <stddef.h>

#include "error.h"
#include "municipality_history.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a list was found to hold. */
typedef struct behov_changes_found {
    size_t n_known; /* changes that the history has too */
    size_t n_unchanged;
    size_t n_ahead; /* of the table that is returned */
} behov_changes_found;

/// Those of a list that come after the history's last change, for behov_municipality_history_add: text columns date,
/// old_code, new_code, new_name, in the order of their dates (returned, free with behov_table_free). Those before it must
/// agree with the history.
/// \param list  text columns date ("2020-01-01"), old_code, new_code, and where they are there old_name, new_name and
/// `after`: the change came between two 1 Januaries, after (excluded) and date, as in a list of the codes of two years
/// \return BEHOV_E_NAME for a column that is not there; BEHOV_E_DATA, with the line: a date that is none, a change that the
/// history does not have, an end without a new code, a change of which the year is not known. O(rows^2).
BEHOV_API behov_status behov_municipality_changes_ahead(const behov_municipality_history *history,
                                                        const behov_table *list, behov_table **ahead,
                                                        behov_changes_found *found, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
