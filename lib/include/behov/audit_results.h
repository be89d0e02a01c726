/* audit_results.h - a printed table under audit: what was read of it and beside it, and what was found. */
#ifndef BEHOV_AUDIT_RESULTS_H
#define BEHOV_AUDIT_RESULTS_H

#include "audit.h"
#include "error.h"
#include "language.h"
#include "printed_table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A file that took part: where it lies, and what messages call it. NULL = none.
typedef struct behov_audit_file {
    char *path, *name;
} behov_audit_file;

/// Whose legend the stars are held against.
typedef enum behov_legend_source {
    BEHOV_LEGEND_ASSUMED = 0,
    BEHOV_LEGEND_OF_NOTES,
    BEHOV_LEGEND_OF_OPTION
} behov_legend_source;

typedef struct behov_audit_results {
    behov_language lang;
    behov_audit_file table_file, notes_file, signs_file;
    behov_printed_table table;
    behov_printed_notes notes;
    behov_printed_signs signs;
    size_t n_signs_used; /* that are about a term of the table */
    behov_legend legend;
    behov_legend_source legend_from;
    double dof; /* 0 = not known */
    behov_audit *audit;
} behov_audit_results;

/// Audits what was read, by the legend of the option, else of the notes, else the usual one (legend_from), and counts the
/// signs that are about a term of the table. BEHOV_E_MEMORY and the errors of behov_audit_new.
BEHOV_API behov_status behov_audit_results_compute(behov_audit_results *audit_results,
                                                   behov_error *err) BEHOV_MUST_CHECK;
/// Frees all that was read and found.
BEHOV_API void behov_audit_results_free(behov_audit_results *audit_results);

#ifdef __cplusplus
}
#endif
#endif
