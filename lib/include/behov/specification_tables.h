/* specification_tables.h - the checks of a specification as sections: a table each, with what it means for a ratio. */
#ifndef BEHOV_SPECIFICATION_TABLES_H
#define BEHOV_SPECIFICATION_TABLES_H

#include "error.h"
#include "phrase.h"
#include "report.h"
#include "section.h"
#include "specification.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The key figures of all checks, a row each, with what they mean for reading a ratio in the first row of a check.
BEHOV_API behov_status behov_specification_summary(const behov_specification *specification, behov_report **report,
                                                   behov_error *err) BEHOV_MUST_CHECK;
/// That table as one section, the sheet Spesifikasjon.
BEHOV_API behov_status behov_specification_add_summary(const behov_specification *specification,
                                                       behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;
/// A section for each check, its sentence as the subtitle of the first of its tables; the keys of the tables name them.
/// A check that is not there has a table of one cell that says why.
BEHOV_API behov_status behov_specification_add(const behov_specification *specification, behov_section_list *list,
                                               behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
