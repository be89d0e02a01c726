/* comparison_tables.h - one fit under several kinds of errors or clusterings, as a table with its notes. */
#ifndef BEHOV_CLI_COMPARISON_TABLES_H
#define BEHOV_CLI_COMPARISON_TABLES_H

#include "comparison.h"
#include "results.h"
#include "section.h"

/* A section with a column per reading: standard errors with stars, and under several clusterings p, degrees of freedom,
 * clusters and effective clusters; warnings as notes. */
behov_status comparison_add(const results *of, const comparison *read, section_list *list,
                            behov_error *err) BEHOV_MUST_CHECK;

#endif
