/* read_printed.h - a printed regression table as delimited text, with its notes and with the signs of another table.
 *
 * Numbers keep the digits that were printed. What is no error goes to the notice of each (NULL = nobody listens). */
#ifndef BEHOV_CLI_READ_PRINTED_H
#define BEHOV_CLI_READ_PRINTED_H

#include <behov/audit.h>
#include <behov/error.h>
#include <behov/printed.h>

#include <behov/printed_table.h>
#include <behov/notice.h>

/* Reads delimited text with the columns term, coefficient and standard_error, and stars in a column of that name or
 * behind the coefficients ("0.276***"); label_nb and label_en are taken, other columns passed over. "-" is standard
 * input. Free with behov_printed_table_free in any case. Errors are those of read_csv, and with file, line and column:
 * BEHOV_E_NAME (a column that is not there), BEHOV_E_DATA (an empty cell, a term twice, stars that are none or that
 * contradict each other, a standard error below 0, two decimal marks), BEHOV_E_TYPE (not a number), BEHOV_E_RANGE.
 */
behov_status read_printed_table(const char *path, const behov_notice *notice, behov_printed_table *table,
                                behov_error *err) BEHOV_MUST_CHECK;

/* Reads the columns key and value: outcome, adjusted_r2, observations (or N), years ("2012-2016", or a list), stars (a
 * legend); other keys and empty values are passed over. Free with behov_printed_notes_free in any case. Errors as
 * above; a key twice is BEHOV_E_DATA, a legend that cannot be read BEHOV_E_SYNTAX. */
behov_status read_printed_notes(const char *path, const behov_notice *notice, behov_printed_notes *notes,
                                behov_error *err) BEHOV_MUST_CHECK;

/* Reads the columns term and sign (+, - or U+2212). Free with behov_printed_signs_free in any case. Errors as above. */
behov_status read_printed_signs(const char *path, const behov_notice *notice, behov_printed_signs *signs,
                                behov_error *err) BEHOV_MUST_CHECK;

/* Reads "*** 1 percent, ** 5 percent, * 10 percent" ("prosent", "%", "p < 0.01" too), or "10/5/1": levels of *, **,
 * ***. Numbers without a unit are per cent, unless all of them are below 1. Decimal point or comma. \param where  for
 * messages BEHOV_E_SYNTAX, BEHOV_E_RANGE (a level not between 0 and 100 per cent). */
behov_status read_legend(const char *text, const char *where, behov_legend *legend, behov_error *err) BEHOV_MUST_CHECK;

#endif
