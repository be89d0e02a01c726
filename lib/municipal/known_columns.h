/* known_columns.h - what is known of the report's columns by their names, whatever the formula: in per cent, where their
 * mean lies in any year of the country, and what no municipality has ever been outside. */
#ifndef BEHOV_SRC_KNOWN_COLUMNS_H
#define BEHOV_SRC_KNOWN_COLUMNS_H

#include <behov/study.h>

enum { KNOWN_COLUMNS = 5 };

typedef struct known_column {
    const char *name;             /* the bundled model's */
    double usual_low, usual_high; /* per cent; of the mean of figures above 0 */
    double least, most;           /* per cent */
    bool is_error_outside;
} known_column;

extern const known_column known_columns[KNOWN_COLUMNS];

/// The panel's column of figures that has the name of known_columns[i], with any of the endings _pct, _proxy and _near behind
/// it, or a label that the model has for it; -1 = none. One whose name says per cent goes before one that does not, which
/// may be a count.
ptrdiff_t known_columns_find(const behov_study *study, size_t i);

/// The same of any of the bundled model's columns.
ptrdiff_t known_columns_find_name(const behov_study *study, const char *known_name);

/// Whether any row that counts has a figure that is not whole: persons, or a mark, are whole.
bool known_columns_is_broken(const behov_study *study, size_t column);

/// Adds what lies outside least .. most to study->plausibility, for columns whose unit nothing else is said of. BEHOV_E_MEMORY.
behov_status known_columns_look(behov_study *study, behov_error *err);
/// Adds what is 0 in municipalities so large that it cannot be; a finding for each column. BEHOV_E_MEMORY.
behov_status known_zeros_look(behov_study *study, behov_error *err);
/// Adds a municipality that is far above all others in each of its years, in a share or the index. BEHOV_E_MEMORY.
behov_status known_alone_look(behov_study *study, behov_error *err);

#endif
