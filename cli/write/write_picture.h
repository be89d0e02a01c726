/* write_picture.h - a picture as SVG, PNG or PDF. */
#ifndef BEHOV_CLI_WRITE_PICTURE_H
#define BEHOV_CLI_WRITE_PICTURE_H

#include <behov/error.h>
#include <stdbool.h>

#include <behov/picture.h>

/* Whether the ending of the name is one that can be written: .svg, .png or .pdf. */
bool write_picture_is_known(const char *path);

/* Writes beside the target and renames. The same picture and date give the same bytes.
 * \param date  that a PDF says it was made on, seconds since 1970
 * BEHOV_E_ARGUMENT for a size without room (where = the option) or a PNG larger than there can be, BEHOV_E_DATA for an
 * empty chart, BEHOV_E_FILE. */
behov_status write_picture(const char *path, const behov_picture *picture, long long date,
                           behov_error *err) BEHOV_MUST_CHECK;

#endif
