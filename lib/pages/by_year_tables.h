/* by_year_tables.h - fits of single years beside all years together, as a table with its notes. */
#ifndef BEHOV_CLI_BY_YEAR_TABLES_H
#define BEHOV_CLI_BY_YEAR_TABLES_H

#include "by_year.h"
#include "section.h"

/* A section: a column per year beside the pooled fit, the p-value of equality per term, the answer as a note. */
behov_status by_year_add(const results *pooled, const by_year *of, section_list *list,
                         behov_error *err) BEHOV_MUST_CHECK;

#endif
