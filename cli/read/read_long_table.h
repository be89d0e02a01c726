/* read_long_table.h - the one door to what statistical offices publish: any file that is known, as a long table. */
#ifndef BEHOV_CLI_READ_LONG_TABLE_H
#define BEHOV_CLI_READ_LONG_TABLE_H

#include <behov/error.h>
#include <behov/long_table.h>
#include <behov/notice.h>
#include <stdbool.h>
#include <stddef.h>

/* Zero or NULL: found out by looking at the file. */
typedef struct long_table_choices {
    const char *sheet;                /* of a workbook, by its name or number */
    const char *encoding;             /* of delimited text, any name that iconv knows */
    const char *value_column;         /* the one column that holds figures, by its name in the header */
    const char *format;               /* not looked at yet */
    char separator;                   /* ',', ';' or '\t' */
    char decimal;                     /* '.' or ',' */
    size_t header_first, header_last; /* lines of the header, from 1 */
    size_t dataset;                   /* of a file that holds several, from 1 */
    bool has_labels;                  /* X_label beside X, where the file has both */
} long_table_choices;

/* Reads a file, "-" for standard input, into a table (free with behov_long_table_free in any case): a text column a
 * dimension, `value`, and `mark` where a cell has one. The format is found by the bytes: JSON-stat, a workbook (.xlsx,
 * .ods), delimited text. What was found about the layout is told to `notice`.
 * Errors: BEHOV_E_DATA for a file of no known format, with what it is, and for a layout that may be read in two ways, with
 * what was found and the choice that decides; those of the readers. */
behov_status read_long_table(const char *path, const long_table_choices *choices, const behov_notice *notice,
                             behov_long_table *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
