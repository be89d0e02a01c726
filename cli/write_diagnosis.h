/* write_diagnosis.h - a diagnosis as a page, as JSON and as sheets of a workbook. */
#ifndef BEHOV_CLI_WRITE_DIAGNOSIS_H
#define BEHOV_CLI_WRITE_DIAGNOSIS_H

#include <stdio.h>

#include "diagnosis.h"
#include "write_xlsx.h"

/* The page of `behov diagnose`; n_most clusters and rows are named. */
behov_status write_diagnosis_page(const diagnosis *of, size_t n_most, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status write_diagnosis_json(const char *path, const diagnosis *of, size_t n_most, behov_error *err) BEHOV_MUST_CHECK;

/* The sheets of a workbook, in this order: Diagnostikk (a row per coefficient, the answers as notes), Treffsikkerhet
 * (left-out errors), Klynger (a row per cluster), Rader (a row per row estimated on). Those without a table are not
 * there. */
enum { DIAGNOSIS_SHEETS = 4, DIAGNOSIS_NOTES = 40 };
typedef struct diagnosis_sheets {
    section sheets[DIAGNOSIS_SHEETS];
    size_t n;
    behov_report *reports[DIAGNOSIS_SHEETS];
    char (*notes)[DIAGNOSIS_SENTENCE];
    const char *pointers[DIAGNOSIS_NOTES];
} diagnosis_sheets;
/* Free in any case. */
behov_status diagnosis_sheets_new(const diagnosis *of, size_t n_most, diagnosis_sheets *made, behov_error *err)
    BEHOV_MUST_CHECK;
void diagnosis_sheets_free(diagnosis_sheets *made);

#endif
