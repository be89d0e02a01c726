/* table_report.c - see table_report.h. */
#include <behov/table_report.h>

#include <stdint.h>

#include <behov/panel.h>
#include "table_columns.h"

behov_status behov_table_report(const behov_table *table, const char *key, behov_report **out, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = behov_report_new(key, behov_table_n_rows(table), NULL, &report, err);
    for (size_t j = 0; j < behov_table_n_columns(table) && !status; j++) {
        const char *name = behov_table_name(table, j);
        behov_role role = behov_role_of_name(name);
        behov_report_column column = {name, name,
                                      role == BEHOV_ROLE_CODE       ? BEHOV_Q_CODE
                                      : role == BEHOV_ROLE_YEAR     ? BEHOV_Q_YEAR
                                      : behov_table_codes(table, j) ? BEHOV_Q_TEXT
                                                                    : BEHOV_Q_VALUE};
        /* Only read: the report takes nothing over. */
        status =
            behov_table_codes(table, j)
                ? behov_report_add_codes(report, column, behov_table_codes(table, j), behov_table_levels(table, j), err)
                : behov_report_add_numbers(report, column, (double *)(uintptr_t)behov_table_numbers(table, j), false,
                                           err);
    }
    return behov_table_columns_return(status, report, out);
}
