/* zip_check.h - whether a workbook that was just written is whole. */
#ifndef BEHOV_CLI_ZIP_CHECK_H
#define BEHOV_CLI_ZIP_CHECK_H

#include <behov/error.h>
#include <stddef.h>

/* Reads all parts of the workbook at `path`: the central directory ends where the file does; each part is where the
 * directory says, has the size and checksum stated, and is XML whose tags close; [Content_Types].xml names no part that
 * is lacking; the parts that every workbook has are there, and n_sheets sheets. BEHOV_E_FILE with where = shown and
 * what is wrong; BEHOV_E_MEMORY. Source: PKWARE APPNOTE 6.3, ECMA-376 part 2. */
behov_status zip_check_workbook(const char *path, const char *shown_text, size_t n_sheets,
                                behov_error *err) BEHOV_MUST_CHECK;
/* The same, but the parts that are listed, which whoever packed them knows to be whole, are not unpacked. */
behov_status zip_check_workbook_but(const char *path, const char *shown_text, size_t n_sheets,
                                    const char *const *packed_parts, size_t n_packed_parts,
                                    behov_error *err) BEHOV_MUST_CHECK;

#endif
