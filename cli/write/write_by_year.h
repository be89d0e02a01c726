/* write_by_year.h - the same as JSON. */
#ifndef BEHOV_CLI_WRITE_BY_YEAR_H
#define BEHOV_CLI_WRITE_BY_YEAR_H

#include "by_year.h"

/* To standard output. BEHOV_E_MEMORY, BEHOV_E_FILE. */
behov_status by_year_json(const results *pooled, const by_year *of, behov_error *err) BEHOV_MUST_CHECK;

#endif
