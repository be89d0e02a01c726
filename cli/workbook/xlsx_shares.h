/* xlsx_shares.h - which of two processes writes which large sheet, and the workbook of what both wrote.
 *
 * Both processes write every sheet, so that formats, strings and parts have the same numbers and what is written twice
 * can be compared, but the rows of a large table are written by one of them: the other writes its frame, which is all but
 * those rows. */
#ifndef BEHOV_CLI_XLSX_SHARES_H
#define BEHOV_CLI_XLSX_SHARES_H

#include <behov/error.h>
#include <behov/section.h>
#include <stdbool.h>
#include <stddef.h>

enum { XLSX_PROCESSES = 2 };

typedef struct xlsx_shares {
    const behov_section *sheets; /* borrowed */
    size_t n_sheets, n_large;
    unsigned char *process; /* of each sheet: who writes its rows, XLSX_PROCESSES = both; NULL when none is large */
} xlsx_shares;

/* Shares the sheets out, the largest first, each to the one who has fewer cells. BEHOV_E_MEMORY. */
behov_status xlsx_shares_new(const char *path, const behov_section *sheets, size_t n_sheets, xlsx_shares *out,
                             behov_error *err) BEHOV_MUST_CHECK;
void xlsx_shares_free(xlsx_shares *shares);
/* Whether another process than this writes the rows of a sheet. */
bool xlsx_shares_is_elsewhere(const xlsx_shares *shares, size_t sheet, size_t process);

/* Checks what both wrote and puts it together in the file `joined`, which is there: each sheet's rows have as many cells
 * as its table, each frame is the same in both, and so is every other part. BEHOV_E_MEMORY with where = path when the
 * two differ, which is what a want of memory leaves; BEHOV_E_FILE. */
behov_status xlsx_shares_join(const xlsx_shares *shares, const char *path, const char *const written[XLSX_PROCESSES],
                              const char *joined, behov_error *err) BEHOV_MUST_CHECK;

#endif
