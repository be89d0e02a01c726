/* split_table.h - the municipalities that share a service: inhabitants and settled refugees, on one date or several.
 *
 * A row for each municipality, or one for each municipality and date (a column of dates). A figure of several dates may also
 * have a column for each, whose heading ends in the date: "settled_refugees_2016-12-31". Dates are 2016-12-31, 31.12.2016
 * or a year. */
#ifndef BEHOV_SPLIT_TABLE_H
#define BEHOV_SPLIT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "column_request.h"
#include "error.h"
#include "municipality_list.h"
#include "phrase.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_SPLIT_DATE = 40 };

/// Which columns are read beside code, name, date, population and settled refugees; all borrowed.
typedef struct behov_split_columns {
    const char *const *bases; /* that a key stands on: what each municipality has of something */
    size_t n_bases;
    const char *const *follows; /* amounts that are not shared, in kr; income below 0 */
    size_t n_follows;
} behov_split_columns;

/// How a reader takes a column of the file; `context` is a behov_split_columns.
BEHOV_API behov_read_kind behov_split_table_column(void *context, const char *name);

typedef struct behov_split_table {
    behov_municipality *places; /* n_places, in the order of the file; texts are the table's */
    size_t n_places;
    int64_t *population, *refugees; /* n_places; NULL without the column */
    int64_t **bases;     /* of each column; decimals as whole numbers of one size, only their proportions count */
    double *base_scales; /* of each column: how many of its whole numbers are 1 */
    int64_t **follows;   /* of each column, in units */
    size_t n_bases, n_follows;
    char counting_date[BEHOV_SPLIT_DATE];   /* "2016-12-31" or "2016"; "" where the file has no dates */
    char population_date[BEHOV_SPLIT_DATE]; /* of its heading, where it is another of the same year; "" = none */
    bool is_population_of_new_year;         /* one day before or after the counting date */
    const char
        *unused_population; /* a column of another year, the only ones of inhabitants (the table's); NULL = none */
    char (*dates)[BEHOV_SPLIT_DATE]; /* of the file, in order */
    size_t n_dates;
    size_t n_left_out; /* rows that are no municipality: sums */
} behov_split_table;

/// \param counting_date    on which they are counted; NULL = the only one of the file
/// \param units_per_krone  1, or 100 for øre: amounts have to be whole units
/// Free with behov_split_table_free in any case; `table` (borrowed) has to outlive it. BEHOV_E_NAME without a column,
/// BEHOV_E_NAME too for two columns of one basis; BEHOV_E_ARGUMENT for a date that the file lacks, with those that it has, or where it has several and none is chosen;
/// BEHOV_E_DATA for a municipality twice, without a row on the date or without a code, for a figure that is missing, negative or
/// not whole, for more refugees than inhabitants, for more inhabitants than any municipality has, or fewer, for a text that is no date, and for a year beside a date of another.
BEHOV_API behov_status behov_split_table_read(const behov_table *table, const behov_split_columns *columns,
                                              const char *counting_date, int64_t units_per_krone,
                                              behov_split_table *out, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_split_table_free(behov_split_table *split_table);

/// A date of any of these forms as "2016-12-31" or "2016"; false when the text is none.
BEHOV_API bool behov_split_date(const char *text, char date[BEHOV_SPLIT_DATE]);

#ifdef __cplusplus
}
#endif
#endif
