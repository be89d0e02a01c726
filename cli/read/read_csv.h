/* read_csv.h - delimited text into a table. */
#ifndef BEHOV_CLI_READ_CSV_H
#define BEHOV_CLI_READ_CSV_H

#include <behov/error.h>
#include <behov/table.h>
#include <stdbool.h>

#include <behov/column_request.h>
#include "progress.h"
#include "text_source.h"

/* What is asked of a table, whatever its format; the first three hold for delimited text alone. */
typedef struct read_csv_options {
    char separator;                  /* ',', ';' or '\t'; 0 = found by looking */
    char decimal_mark;               /* '.' or ','; 0 = found by looking, column by column */
    const char *encoding;            /* any name that iconv knows; NULL = found by looking: UTF-8, else Windows-1252 */
    const char *sheet;               /* of a workbook, by its name or number; NULL = the first that is not hidden */
    const char *const *missing_text; /* marks for missing values beside the built-in ones */
    size_t n_missing;
    bool is_beside;      /* a file beside the panel: what was guessed is not reported, for no option overrides it */
    bool keeps_decimals; /* how many each figure is written with (behov_table_decimals): a byte a cell */
    bool
        asks_of_thousands; /* 1.100 is asked about in a text with commas between fields too, where it may be 1100, and in a
                             * column where no figure has another number of decimals, whatever the others have */
    bool may_be_empty;     /* no row under the header is no error: of a part of a panel */
    bool may_be_short;     /* a row may lack fields at its end, as the lists of KLASS do: they are empty */
    /* Asked once per column of the header, in order. NULL: everything READ_AS_FOUND. */
    behov_read_kind (*choose)(void *context, const char *name);
    /* The name of the column that is called so in the header, NULL when the name is the column's own; it stays valid
     * until the table is made. NULL: every name is the column's own. */
    behov_status (*know)(void *context, const char *label, const char **name, behov_error *err);
    /* Reported, but no error: what was guessed (separator, decimal mark, encoding, skipped lines, zeros put back). */
    void (*notice)(void *context, const char *message);
    void *context;
    behov_code_mending *mending; /* filled for the column that is READ_AS_CODE; may be NULL */
    progress *progress;          /* may be NULL; set to 0..1 of the bytes read */
    size_t
        n_threads; /* of a delimited text; 0 = as many as there are processors, for a large one. No byte depends on it */
    size_t piece_bytes; /* about how much one thread reads at a time; 0 = what is quick */
} read_csv_options;

/* Reads delimited text into a table whose rows know their lines (returned, free with behov_table_free); read_table opens
 * it. `source` is as text_source_open_bytes gave it, and stays the caller's. Errors: BEHOV_E_DATA (empty, header only,
 * duplicate or empty header name, ragged row, unclosed quote, invalid UTF-8), BEHOV_E_TYPE (not a number),
 * BEHOV_E_RANGE (past the double range); where = "panel.csv, line 1812, column new_refugees". */
behov_status read_csv(text_source *source, const read_csv_options *options, behov_table **table,
                      behov_error *err) BEHOV_MUST_CHECK;

#endif
