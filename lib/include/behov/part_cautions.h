/* part_cautions.h - what a part says of its figures travels in its factors, and is told by every output of the whole. */
#ifndef BEHOV_PART_CAUTIONS_H
#define BEHOV_PART_CAUTIONS_H

#include "error.h"
#include "factor_part.h"
#include "factor_study.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Adds sentences of its own to the cautions of a study, in study->lang.
typedef behov_status (*behov_part_remarks)(behov_study *study, behov_error *err);

/// Keeps in a part what its study says in every output: what was let through and how often, rows that a condition cannot
/// decide, doubts about its figures, in every language.
/// \param remarks  more sentences, of who has them; NULL = none
/// Errors: BEHOV_E_MEMORY, those of remarks. Cost: that of the sentences twice.
BEHOV_API behov_status behov_part_cautions_keep(const behov_study *study, behov_part_remarks remarks,
                                                behov_factor_part *part, behov_error *err) BEHOV_MUST_CHECK;
/// The cautions of a study of parts, with the names of the parts: like sentences are one, and of more than twenty the rest
/// is counted. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_part_cautions_say(const behov_factor_parts *parts, behov_study *study,
                                               behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
