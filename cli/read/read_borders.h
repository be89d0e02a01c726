/* read_borders.h - the bundled borders of municipalities, and the history that later years' maps are made by. */
#ifndef BEHOV_CLI_READ_BORDERS_H
#define BEHOV_CLI_READ_BORDERS_H

#include <behov/borders.h>
#include <behov/error.h>
#include <behov/municipality_history.h>

enum { BORDER_FILES = 3 };

/* Files in the order of their years. */
typedef struct bundled_borders {
    behov_border_text texts[BORDER_FILES]; /* with their memory; source is static */
    behov_municipality_history *history;
} bundled_borders;

/* Reads them all; free with bundled_borders_free in any case. Errors of datasets_path, of the files, of the history. */
behov_status bundled_borders_read(bundled_borders *borders, behov_error *err) BEHOV_MUST_CHECK;
void bundled_borders_free(bundled_borders *borders);

#endif
