/* csv_rounds.h - a delimited text read by several threads, with the table, notes and errors of one.
 *
 * The text is cut at line ends into pieces; a round of them is read at once, each as a part of the table (table_parts.h),
 * while the next round is fetched from the file. Then the parts are joined in order. A part that cannot be joined, since
 * its piece begins inside quotes, holds an error, or teaches something new of a column, is read once more by the reader
 * that stands where it begins, as one thread would have. */
#ifndef BEHOV_CLI_CSV_ROUNDS_H
#define BEHOV_CLI_CSV_ROUNDS_H

#include <stddef.h>

#include "csv_reader.h"
#include "text_source.h"

typedef struct csv_text {
    const char *text;
    size_t length;
} csv_text;

/* Gives the reader the rest of the source, up to csv_reader_finish. A failure is left in reader->rows.status.
 * \param begun        of the block that the source gave last what the reader has not had (borrowed for the call)
 * \param piece_bytes  about how much one thread reads at a time */
void csv_rounds_read(csv_reader *reader, text_source *source, csv_text begun, size_t n_threads, size_t piece_bytes);

#endif
