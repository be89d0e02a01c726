/* absorbed_tables.h - the fit with absorbed effects beside the one without, as a table with its notes. */
#ifndef BEHOV_CLI_ABSORBED_TABLES_H
#define BEHOV_CLI_ABSORBED_TABLES_H

#include "absorbed.h"
#include "results.h"
#include "section.h"

/* Both fits side by side, with the sentence on what the effects do to a ratio. */
behov_status absorbed_add(const results *without, const absorbed *of, section_list *list,
                          behov_error *err) BEHOV_MUST_CHECK;

#endif
