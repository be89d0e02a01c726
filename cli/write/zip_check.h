/* zip_check.h - whether a workbook that was just written is whole. */
#ifndef BEHOV_CLI_ZIP_CHECK_H
#define BEHOV_CLI_ZIP_CHECK_H

#include <behov/error.h>
#include <stddef.h>

/* A sheet of many rows, whose rows one process has written and whose frame another has written too: all but the rows of
 * its table. Without a frame the sheet is looked at where it lies, but not unpacked. */
typedef struct zip_check_rows {
    const char *part;    /* "xl/worksheets/sheet3.xml" */
    const char *frame;   /* NULL = not unpacked */
    size_t frame_length; /* bytes */
    size_t split;        /* the rows stand after so many bytes of the frame */
    size_t n_cells;      /* of the rows */
} zip_check_rows;

/* Reads all parts of the workbook at `path`: the central directory ends where the file does; each part is where the
 * directory says, has the size and checksum stated, and is XML whose tags close; [Content_Types].xml names no part that
 * is lacking; the parts that every workbook has are there, and n_sheets sheets. BEHOV_E_FILE with where = shown and
 * what is wrong; BEHOV_E_MEMORY. Source: PKWARE APPNOTE 6.3, ECMA-376 part 2. */
behov_status zip_check_workbook(const char *path, const char *shown_text, size_t n_sheets,
                                behov_error *err) BEHOV_MUST_CHECK;
/* The same, and that the sheets listed begin and end as their frames do and have their cells between. */
behov_status zip_check_sheets(const char *path, const char *shown_text, size_t n_sheets, const zip_check_rows *rows,
                              size_t n_rows, behov_error *err) BEHOV_MUST_CHECK;

#endif
