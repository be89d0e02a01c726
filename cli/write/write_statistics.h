/* write_statistics.h - columns of numbers, codes and texts as a file of Stata or SPSS, through ReadStat. */
#ifndef BEHOV_CLI_WRITE_STATISTICS_H
#define BEHOV_CLI_WRITE_STATISTICS_H

#include <behov/error.h>
#include <stddef.h>
#include <stdint.h>

#include "progress.h"

typedef enum statistics_format {
    STATISTICS_DTA, /* Stata 14 and later (format 118), UTF-8 */
    STATISTICS_SAV, /* SPSS, UTF-8, not compressed */
    STATISTICS_ZSAV /* SPSS 21 and later, compressed */
} statistics_format;

/* A whole number with the text that stands for it. */
typedef struct statistics_value_label {
    int32_t value;
    const char *text;
} statistics_value_label;

/* One column; all borrowed. Numbers are written to the last bit, a NaN is a missing value, and the extended ones of Stata
 * (BEHOV_MISSING_A to _Z) stay what they are in Stata's file. A column all of whose numbers are whole and fit is one of
 * whole numbers there. */
typedef struct statistics_column {
    const char *name;         /* at most 32 letters and digits of ASCII and _, a letter first; each once */
    const char *label;        /* for readers, NULL = none */
    const double *numbers;    /* n_rows; NULL = a column of texts */
    const char *const *texts; /* n_rows, NULL among them = missing */
    const statistics_value_label *value_labels;
    size_t n_value_labels;
} statistics_column;

typedef struct statistics_data {
    const char *title;        /* of the file */
    const char *const *notes; /* sentences, kept with the file: Stata's notes, SPSS' documents */
    size_t n_notes;
    const statistics_column *columns;
    size_t n_columns, n_rows;
    long long made_at; /* seconds since 1970 */
} statistics_data;

/* Writes beside `path` and renames into place (target.h). Labels that are too long for the program are cut with an
 * ellipsis, and stand whole among the notes.
 * BEHOV_E_ARGUMENT in a program built without ReadStat; BEHOV_E_RANGE for a number that the program would take for a missing value, where = the row and column; BEHOV_E_DATA for
 * a text of more than 32 767 bytes; BEHOV_E_NAME for a name that the program refuses; BEHOV_E_FILE, BEHOV_E_MEMORY. */
behov_status write_statistics(const char *path, statistics_format format, const statistics_data *data, progress *bar,
                              behov_error *err) BEHOV_MUST_CHECK;

#endif
