/* write_by_year.h - fits year by year, as JSON. */
#ifndef BEHOV_CLI_WRITE_BY_YEAR_H
#define BEHOV_CLI_WRITE_BY_YEAR_H

#include <behov/by_year.h>

/* To standard output. BEHOV_E_MEMORY, BEHOV_E_FILE. */
behov_status by_year_json(const behov_fit_results *pooled, const behov_by_year *by_year,
                          behov_error *err) BEHOV_MUST_CHECK;

#endif
