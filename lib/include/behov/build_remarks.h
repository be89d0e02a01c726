/* build_remarks.h - what every output of a panel that was made of published files has to say of its making: years and columns
 * that no file has, what nobody has confirmed, municipalities that a merging left out. */
#ifndef BEHOV_BUILD_REMARKS_H
#define BEHOV_BUILD_REMARKS_H

#include "error.h"
#include "language.h"
#include "panel_build.h"
#include "recipe.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Finds what is to be said; free with behov_build_remarks_free in any case. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_build_remarks_make(const behov_panel_build *build, const behov_recipe *recipe,
                                                behov_build_remarks *remarks, behov_error *err) BEHOV_MUST_CHECK;
/// Adds the municipalities that a merging left out, with the years, to a list: those that a divided one went into, or of which
/// a part has no row.
BEHOV_API void behov_merge_list_left_out(const behov_panel_merge *merge, behov_wording *list);
/// Gives a sentence for each that is there to `take` (borrowed for the call), until it fails. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_build_remarks_each(const behov_build_remarks *remarks, behov_language lang,
                                                behov_status (*take)(void *context, const char *sentence,
                                                                     behov_error *err),
                                                void *context, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
