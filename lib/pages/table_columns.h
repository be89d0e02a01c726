/* table_columns.h - columns of a table as data: what each is called, and what stands in a row of it. */
#ifndef BEHOV_TABLE_COLUMNS_H
#define BEHOV_TABLE_COLUMNS_H

#include <stddef.h>

#include <behov/report.h>

/* Of figures, of texts, or of texts that are empty at first: neither function. */
typedef struct behov_table_column {
    behov_report_column column;
    double (*figure)(const void *context, size_t row);    /* NaN = an empty cell */
    const char *(*text)(const void *context, size_t row); /* borrowed; NULL = an empty cell */
} behov_table_column;

/* A table of these columns (returned, free with behov_report_free).
 * \param context  handed to the functions */
behov_status behov_table_columns_new(const char *key, size_t n_rows, const behov_table_column *columns,
                                     size_t n_columns, const void *context, behov_report **report,
                                     behov_error *err) BEHOV_MUST_CHECK;
/* The same columns behind those of a table whose rows are 0, 1, 2 ... */
behov_status behov_table_columns_add(behov_report *report, const behov_table_column *columns, size_t n_columns,
                                     const void *context, behov_error *err) BEHOV_MUST_CHECK;
/* A column of numbers that stand in a struct of each row, at an offset. */
typedef struct behov_table_field {
    behov_report_column column;
    size_t offset;
} behov_table_field;

/* The columns of fields behind those of a table.
 * \param record  the struct of a row (borrowed); NULL = its cells are empty */
behov_status behov_table_columns_add_fields(behov_report *report, const behov_table_field *fields, size_t n_fields,
                                            const void *(*record)(const void *context, size_t row), const void *context,
                                            behov_error *err) BEHOV_MUST_CHECK;
/* A column of values (malloc) that belong to the table from now on, also when adding fails; NULL is BEHOV_E_MEMORY. */
behov_status behov_table_columns_add_values(behov_report *report, behov_report_column column, double *values,
                                            behov_error *err) BEHOV_MUST_CHECK;
/* Returns a table that was made, or frees it where making it has failed; `status`. */
behov_status behov_table_columns_return(behov_status status, behov_report *made_report, behov_report **report);

#endif
