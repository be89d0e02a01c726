/* csv_told.h - what is reported of a delimited text that was read: guesses, and what was passed over. */
#ifndef BEHOV_CLI_CSV_TOLD_H
#define BEHOV_CLI_CSV_TOLD_H

#include <stddef.h>

#include "csv_column.h"
#include "csv_layout.h"
#include "csv_notes.h"
#include "read_csv.h"
#include "text_source.h"

enum { CSV_TOLD_CELLS = 9 /* listed beside the first */ };

/* All borrowed; sentences go to the notice of the options. */
typedef struct csv_told {
    const read_csv_options *options;
    const text_source *source;
    const csv_layout *layout;
    const csv_column *columns;
    size_t n_columns;
    const csv_notes *notes;
    size_t n_broken, first_broken_line, last_broken_line; /* quoted fields that run over lines with separators */
    size_t n_empty_rows;
} csv_told;

/* "';'", "','", or the phrase of a tab */
const char *csv_separator_word(char separator);
/* Cells beside the first that are no numbers: how many, and a list of some (a phrase). */
void csv_told_unreadable(const csv_told *csv_told, size_t n, const char *list);
/* Columns that are known by their labels, listed (a phrase), and what stands for the others. */
void csv_told_labels(const csv_told *csv_told, const char *list, const char *rest);
/* Once the layout is known: titles above the header, and a line that looks more like it. */
void csv_told_layout(const csv_told *csv_told);
/* Once all rows were read, while columns have their roles: separator, decimal marks, encoding, thousands. */
void csv_told_guesses(const csv_told *csv_told);
/* At the end: columns read as text, codes put right, columns without a name, lines passed over, notes below the table.
 */
void csv_told_rest(const csv_told *csv_told);

#endif
