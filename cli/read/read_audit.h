/* read_audit.h - a printed table that is to be audited, with the notes and the signs that lie beside it. */
#ifndef BEHOV_CLI_READ_AUDIT_H
#define BEHOV_CLI_READ_AUDIT_H

#include <behov/audit_results.h>
#include <behov/notice.h>

/* Files as the user names them (borrowed). */
typedef struct read_audit_choices {
    const char *table;         /* NULL = the bundled one */
    const char *notes, *signs; /* NULL = TABLE_notes.csv and expected_signs.csv beside the table, if there; "" = none */
} read_audit_choices;

/* Free with behov_audit_results_free in any case. \param notice  hears what is no error; NULL = nobody
 * Errors: those of read_printed.h. */
behov_status read_audit(const read_audit_choices *choices, const behov_notice *notice,
                        behov_audit_results *audit_results, behov_error *err) BEHOV_MUST_CHECK;

#endif
