/* models_tables.h - several models side by side, as a table with what each is as notes. */
#ifndef BEHOV_CLI_MODELS_TABLES_H
#define BEHOV_CLI_MODELS_TABLES_H

#include "models.h"
#include "section.h"

/* The table (returned); the same as a section, with what each model is as notes. */
behov_status models_table(const models *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
behov_status models_add(const models *of, section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#endif
