/* statistics_file.h - a file of Stata or SPSS as it lies there: what it is, its character set, its variables and value
 * labels. Its cells are read by read_statistics.c. The header of ReadStat is included here alone, for both. */
#ifndef BEHOV_CLI_STATISTICS_FILE_H
#define BEHOV_CLI_STATISTICS_FILE_H

#include <behov/dictionary.h>
#include <behov/error.h>
#include <readstat.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "read_csv.h"
#include "text_source.h"

/* One value with its label. Extended missing values have labels too, which are passed over. */
typedef struct statistics_label {
    size_t set;
    double number; /* NaN for a text */
    char *key;     /* the text, NULL for a number */
    char *text;
} statistics_label;

typedef struct statistics_variable {
    char *name, *label; /* UTF-8; label "" without one */
    char format[32];    /* "%tq", "DATE11"; cut */
    ptrdiff_t set;      /* its value labels, -1 = none */
    bool is_text;
} statistics_variable;

/* Bytes are read in blocks: ReadStat asks for a row at a time. */
typedef struct statistics_bytes {
    text_source *source;
    size_t offset;   /* of the next byte that is asked for */
    size_t first, n; /* what `block` holds of the file */
    char *block;
    bool hides_count;    /* ReadStat is served -1, unknown, for the number of cases in the head of SPSS */
    bool is_cut;         /* the last read of the file ended within what was asked for */
    behov_status status; /* the first failure of reading, with its error */
    behov_error *err;
} statistics_bytes;

typedef struct statistics_file {
    const read_csv_options *options;
    statistics_bytes bytes;
    bool is_spss;
    bool is_compressed;         /* SPSS alone: its rows are of no fixed length */
    int version;                /* of Stata's format; 0 for SPSS */
    const char *encoding;       /* for ReadStat; NULL = as the file says, or UTF-8 */
    char declared_encoding[40]; /* what the file says, "" = nothing */
    bool is_guess;              /* the encoding was found by looking at the texts */
    long long n_rows;           /* as the file says, -1 = it does not */
    size_t n_variables;         /* as the file says */
    statistics_variable *variables;
    size_t n, room;
    statistics_label *labels; /* in order of sets, then of numbers and keys */
    size_t n_labels, label_room;
    behov_dictionary *set_names;
    char *weight;        /* the variable that SPSS weighs by, NULL = none */
    behov_status status; /* of a callback: ReadStat itself only hears that it should stop */
    behov_error *err;
    bool has_utf8, has_bad_utf8; /* texts beyond ASCII that are UTF-8, and that are none */
    bool is_enough;              /* a callback stopped ReadStat, for all is known */
} statistics_file;

/* Looks at the format, finds the encoding, reads variables and value labels. Free with statistics_file_clear in any
 * case. BEHOV_E_DATA (unsupported version, damaged, no variables, names or labels that are no text), BEHOV_E_MEMORY,
 * BEHOV_E_FILE. */
behov_status statistics_file_look(text_source *source, const char *path, const read_csv_options *options,
                                  statistics_file *file, behov_error *err) BEHOV_MUST_CHECK;
void statistics_file_clear(statistics_file *file);

/* Hands the file to ReadStat once more with these handlers, which set file->status before they abort.
 * \param n_rows  whole rows so far, for the message of a damaged file; NULL = none are read */
behov_status statistics_file_parse(statistics_file *file, const readstat_callbacks_t *handlers, void *context,
                                   const size_t *n_rows, behov_error *err) BEHOV_MUST_CHECK;

/* The label of a value (borrowed), NULL when it has none. `key` is NULL for a number. */
const char *statistics_file_label(const statistics_file *file, ptrdiff_t set, double number, const char *key);
/* The labels of a set: the first, and how many. */
const statistics_label *statistics_file_set(const statistics_file *file, ptrdiff_t set, size_t *n);

#endif
