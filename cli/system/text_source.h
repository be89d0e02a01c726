/* text_source.h - a text file of any encoding as blocks of UTF-8.
 *
 * A regular file is read block by block, twice when its encoding has to be found; standard input and pipes are kept in
 * memory. The byte order mark is taken away, and a Ctrl-Z at the end; zero bytes and bytes that are no text are errors
 * with their line. */
#ifndef BEHOV_CLI_TEXT_SOURCE_H
#define BEHOV_CLI_TEXT_SOURCE_H

#include <behov/error.h>
#include <behov/phrase.h>
#include <stdbool.h>
#include <stddef.h>

#include "progress.h"

/* Bytes of a pipe or of standard input, which are kept in memory: an endless one ends here. */
enum { TEXT_SOURCE_MOST_KEPT = 2000000000 };

typedef struct text_source text_source;

/* Opens a file, "-" for standard input (returned, free with text_source_free). `encoding` is any name that the system
 * knows; NULL looks at the byte order mark, then at every byte: UTF-8, else Windows-1252.
 * Errors: BEHOV_E_FILE (missing, directory, unreadable), BEHOV_E_DATA (empty, not text, two encodings mixed),
 * BEHOV_E_ARGUMENT (iconv does not know the encoding). */
behov_status text_source_open(const char *path, const char *encoding, progress *bar, text_source **source,
                              behov_error *err) BEHOV_MUST_CHECK;
void text_source_free(text_source *source);

/* The same in two steps, for whoever looks at the first bytes before it is known what the file is: opens it as bytes,
 * to be read by text_source_read_at (returned, free with text_source_free). An empty file is none of its errors. */
behov_status text_source_open_bytes(const char *path, progress *bar, text_source **source,
                                    behov_error *err) BEHOV_MUST_CHECK;
/* Makes text of it: finds the encoding, and text_source_next gives the first block. Errors of text_source_open. */
behov_status text_source_start_text(text_source *source, const char *encoding, behov_error *err) BEHOV_MUST_CHECK;
/* The bytes from an offset as they lie there, at most `size`; *n_read is less at the end alone. */
behov_status text_source_read_at(text_source *source, size_t offset, void *bytes, size_t size, size_t *n_read,
                                 behov_error *err) BEHOV_MUST_CHECK;
/* From here on text_source_where says "row 12" in place of "line 12": of a file that has no lines. */
void text_source_count_rows(text_source *source);
/* The same of a sheet, and where the column is given it says "sheet "Data", cell C12 (new_refugees)".
 * \param name_cell  the name of the cell in a column; false when there is no such column. Borrowed with its context and
 *                   the sheet's name as long as the source is asked for places. */
void text_source_count_cells(text_source *source, const char *sheet,
                             bool (*name_cell)(const void *context, size_t row, const char *column, char name[16]),
                             const void *context);
/* ", sheet "Data"", or nothing. */
behov_said text_source_sheet(const text_source *source);
/* "line 12", "row 12", and "line 12, column new_refugees", "C12 (new_refugees)". */
behov_said text_source_place(const text_source *source, size_t line);
behov_said text_source_cell(const text_source *source, size_t line, const char *column);

/* The next block (borrowed until the next call), length 0 at the end. It may end inside a line or a character. */
behov_status text_source_next(text_source *source, const char **text, size_t *length,
                              behov_error *err) BEHOV_MUST_CHECK;
/* Starts again: the same blocks come once more. */
behov_status text_source_rewind(text_source *source, behov_error *err) BEHOV_MUST_CHECK;

/* What is left of a text that has been started, with a zero behind it (returned, free). BEHOV_E_DATA above `most` bytes; else
 * the errors of text_source_next. */
behov_status text_source_whole(text_source *source, size_t most, char **text, size_t *length,
                               behov_error *err) BEHOV_MUST_CHECK;
/* The whole text of a small file that stands beside a panel, with a zero behind it (returned, free). *is_guess says
 * that the encoding was found by looking at bytes that are no UTF-8. BEHOV_E_DATA above `most` bytes; else the errors
 * of text_source_open and text_source_next. */
behov_status text_source_read(const char *path, size_t most, char **text, size_t *length, bool *is_guess,
                              behov_error *err) BEHOV_MUST_CHECK;

/* Whether bytes are well-formed UTF-8 from their first to their last. */
bool text_source_is_utf8(const char *text, size_t length);

/* The path as the user gave it, "standard input" for "-". */
const char *text_source_name(const text_source *source);
/* "panel.csv, line 1812, column new_refugees"; line 0 and column NULL are left out. A name too long for the room
 * loses its beginning, so that the line is always there. */
void text_source_where(const text_source *source, size_t line, const char *column, char where[BEHOV_PLACE_SIZE]);
/* The encoding in words, and whether it was found by looking at the bytes (a byte order mark is no guess). */
const char *text_source_encoding(const text_source *source, bool *is_guess);
/* Size in bytes of the file as it lies there. */
size_t text_source_n_bytes(const text_source *source);

#endif
