/* municipality_codes.h - codes that would pass for a municipality and are none's: before figures are counted under them.
 *
 * Half a table may have lost its zeros: 516 beside 0519 would be another municipality than 0516. "ALL" and 3099 are a total
 * or a rest that somebody has given a code. */
#ifndef BEHOV_MUNICIPALITY_CODES_H
#define BEHOV_MUNICIPALITY_CODES_H

#include <stddef.h>

#include "error.h"
#include "municipality_history.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_code_fault {
    BEHOV_CODE_HAS_NO_FAULT = 0,
    BEHOV_CODE_HAS_THREE_DIGITS, /* beside codes that have kept their zero */
    BEHOV_CODE_HAS_NO_FOUR_DIGITS,
    BEHOV_CODE_HAD_NOBODY /* no municipality has ever had it */
} behov_code_fault;

/// The first code that is no municipality's; n where there is none. Codes that are missing ("") or mark a row as a total, a
/// county or the country (behov_code_mark) are passed over. Made-up codes are taken as they are: where none is one that
/// Norway has had, or of ten or more not half.
/// \param history  borrowed; NULL = codes are not looked up
/// Cost O(n) look-ups.
BEHOV_API size_t behov_municipality_codes_find_fault(const char *const *codes, size_t n,
                                                     const behov_municipality_history *history,
                                                     behov_code_fault *fault);
/// The sentence of a fault; always BEHOV_E_DATA, or BEHOV_OK of none.
BEHOV_API behov_status behov_municipality_codes_refuse(behov_code_fault fault, const char *code, const char *where,
                                                       behov_error *err) BEHOV_MUST_CHECK;

/// The first row whose municipality is in another row of the same year too, under a code that it had before or has had
/// since: 1201 beside 4601, Bergen; n where there is none. Of a code that is valid on 1 January of the year none is
/// doubted; parts that were merged are the merged municipality's.
/// \param years  of each row; 0 = not known: the date of the last change that is known
/// \param other  the other row
/// Cost O(n^2) comparisons where no code is of the year.
BEHOV_API size_t behov_municipality_codes_find_twice(const char *const *codes, const int *years, size_t n,
                                                     const behov_municipality_history *history, size_t *other);
/// Its sentence; always BEHOV_E_DATA.
BEHOV_API behov_status behov_municipality_codes_refuse_twice(const char *code, const char *other, const char *where,
                                                             behov_error *err) BEHOV_MUST_CHECK;

/// Refuses codes of three digits beside those that have kept their zero, in a column of a table: 516 beside 0519. Names and
/// totals are no codes.
/// \param column  of texts; -1 = there is none, and nothing is refused
BEHOV_API behov_status behov_municipality_codes_refuse_short(const behov_table *table, ptrdiff_t column,
                                                             behov_error *err) BEHOV_MUST_CHECK;

/// Both of a table's rows that are municipalities by their code, their name and the table's marks.
/// \param code, name  columns; -1 = the first text whose heading says so; without one of codes nothing is looked at
BEHOV_API behov_status behov_municipality_codes_check(const behov_table *table, ptrdiff_t code, ptrdiff_t name,
                                                      const behov_municipality_history *history,
                                                      behov_error *err) BEHOV_MUST_CHECK;

/// A row that has the name of another municipality than its code (all borrowed).
typedef struct behov_other_name {
    const char *code, *name, *known_name; /* known: of the code, the last that it had */
} behov_other_name;

/// The next row, from *row on, whose name is one that some municipality has had and the one of its code never had: 0301
/// "Bergen". *row is behov_table_n_rows where there is none. Names that nobody has had say nothing.
/// \param code, name  columns; -1 = the first text whose heading says so
/// BEHOV_E_MEMORY.
BEHOV_API behov_status behov_municipality_codes_find_other_name(const behov_table *table, ptrdiff_t code,
                                                                ptrdiff_t name,
                                                                const behov_municipality_history *history, size_t *row,
                                                                behov_other_name *other,
                                                                behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
