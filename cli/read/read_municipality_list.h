/* read_municipality_list.h - a list of municipalities: delimited text, or JSON of KLASS. */
#ifndef BEHOV_CLI_READ_MUNICIPALITY_LIST_H
#define BEHOV_CLI_READ_MUNICIPALITY_LIST_H

#include <behov/error.h>
#include <behov/table.h>

#include <behov/notice.h>

/* Reads the columns that behov_panel_template_list looks for; rows may lack fields at their end, as those of KLASS do.
 * \param[out] table  free with behov_table_free
 * The errors of read_csv and read_klass. */
behov_status read_municipality_list(const char *path, const behov_notice *notice, behov_table **table,
                                    behov_error *err) BEHOV_MUST_CHECK;

#endif
