/* table_columns.c - see table_columns.h. */
#include "table_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

behov_status behov_table_columns_add_values(behov_report *report, behov_report_column column, double *values,
                                            behov_error *err)
{
    if (!values)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABOUT_NO_MEMORY);
    behov_status status = behov_report_add_numbers(report, column, values, true, err);
    if (status)
        free(values);
    return status;
}

static behov_status add_figures(behov_report *report, const behov_table_column *column, const void *context,
                                behov_error *err)
{
    size_t n_rows = behov_report_n_rows(report);
    double *values = malloc((n_rows ? n_rows : 1) * sizeof *values);
    for (size_t row = 0; values && row < n_rows; row++)
        values[row] = column->figure(context, row);
    return behov_table_columns_add_values(report, column->column, values, err);
}

static behov_status add_texts(behov_report *report, const behov_table_column *column, const void *context,
                              behov_error *err)
{
    behov_status status = behov_report_add_texts(report, column->column, err);
    size_t index = status ? 0 : behov_report_n_columns(report) - 1;
    for (size_t row = 0; column->text && row < behov_report_n_rows(report) && !status; row++) {
        const char *text = column->text(context, row);
        if (text && text[0])
            status = behov_report_set_text(report, index, row, text, err);
    }
    return status;
}

behov_status behov_table_columns_add(behov_report *report, const behov_table_column *columns, size_t n_columns,
                                     const void *context, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_columns && !status; i++)
        status = columns[i].figure ? add_figures(report, &columns[i], context, err)
                                   : add_texts(report, &columns[i], context, err);
    return status;
}

behov_status behov_table_columns_add_fields(behov_report *report, const behov_table_field *fields, size_t n_fields,
                                            const void *(*record)(const void *context, size_t row), const void *context,
                                            behov_error *err)
{
    size_t n_rows = behov_report_n_rows(report);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_fields && !status; i++) {
        double *values = malloc((n_rows ? n_rows : 1) * sizeof *values);
        for (size_t row = 0; values && row < n_rows; row++) {
            const char *bytes = record(context, row);
            values[row] = NAN;
            if (bytes)
                memcpy(&values[row], bytes + fields[i].offset, sizeof values[row]);
        }
        status = behov_table_columns_add_values(report, fields[i].column, values, err);
    }
    return status;
}

behov_status behov_table_columns_return(behov_status status, behov_report *made_report, behov_report **report)
{
    if (status)
        behov_report_free(made_report);
    else
        *report = made_report;
    return status;
}

behov_status behov_table_columns_new(const char *key, size_t n_rows, const behov_table_column *columns,
                                     size_t n_columns, const void *context, behov_report **report, behov_error *err)
{
    behov_report *made_report = NULL;
    behov_status status = behov_report_new(key, n_rows, NULL, &made_report, err);
    if (!status)
        status = behov_table_columns_add(made_report, columns, n_columns, context, err);
    return behov_table_columns_return(status, made_report, report);
}
