/* model_set_tables.h - several models side by side, as a table with what each is as notes. */
#ifndef BEHOV_MODEL_SET_TABLES_H
#define BEHOV_MODEL_SET_TABLES_H

#include "error.h"
#include "model_set.h"
#include "phrase.h"
#include "report.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The table for programs (returned): standard errors beneath the coefficients, whatever the conventions have in
/// brackets, as no legend stands beside it. The table as a section, with what each model is as notes.
BEHOV_API behov_status behov_model_set_table(const behov_model_set *model_set, behov_report **report,
                                             behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_model_set_add(const behov_model_set *model_set, behov_section_list *list,
                                           behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
