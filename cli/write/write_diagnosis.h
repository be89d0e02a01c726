/* write_diagnosis.h - a diagnosis as a page, as JSON and as sections. */
#ifndef BEHOV_CLI_WRITE_DIAGNOSIS_H
#define BEHOV_CLI_WRITE_DIAGNOSIS_H

#include <stdio.h>

#include <behov/diagnosis.h>
#include "output_writers.h"
#include <behov/section.h>

/* The page of `behov diagnose`; n_most clusters and rows are named. */
behov_status write_diagnosis_page(const behov_diagnosis *diagnosis, size_t n_most, FILE *out,
                                  behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status write_diagnosis_json(const char *path, const behov_diagnosis *diagnosis, size_t n_most,
                                  behov_error *err) BEHOV_MUST_CHECK;

/* Sections: Diagnostikk (a row per coefficient, the answers as notes), Treffsikkerhet (left-out errors) and, in a
 * workbook, Klynger (a row per cluster) and Rader (a row per row estimated on). Those without a table are not there. */
behov_status diagnosis_add(const behov_diagnosis *diagnosis, size_t n_most, bool is_workbook, behov_section_list *list,
                           behov_error *err) BEHOV_MUST_CHECK;
/* The first of them alone. */
behov_status diagnosis_add_answers(const behov_diagnosis *diagnosis, size_t n_most, behov_section_list *list,
                                   behov_error *err) BEHOV_MUST_CHECK;

/* A diagnosis, and how many clusters and rows of it are named. */
typedef struct diagnosis_page {
    behov_diagnosis diagnosis;
    size_t n_most;
} diagnosis_page;

/* Their context is a diagnosis_page. */
extern const output_writers diagnosis_writers;

#endif
