/* build_remarks.h - what every output of a panel that was made of published files has to say of its making: years and columns
 * that no file has, what nobody has confirmed, municipalities that a merging left out. */
#ifndef BEHOV_BUILD_REMARKS_H
#define BEHOV_BUILD_REMARKS_H

#include "error.h"
#include "language.h"
#include "panel_build.h"
#include "recipe.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Lists of names, each from malloc, NULL = none. Zero-initialise; free with behov_build_remarks_free in any case.
typedef struct behov_build_remarks {
    char *absent_years;  /* that were asked for: "2014, 2016–2017" */
    char *empty_columns; /* without any figure in years that the panel has: "net_expenditure (2025)" */
    char *unconfirmed;   /* sources and columns of which the recipe says that something is not confirmed */
    char *left_out;      /* municipalities, with the years: "1508 Ålesund (2021–2023)" */
} behov_build_remarks;

/// Finds them. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_build_remarks_make(const behov_panel_build *build, const behov_recipe *recipe,
                                                behov_build_remarks *remarks, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_build_remarks_free(behov_build_remarks *remarks);
/// Gives a sentence for each that is there to `take` (borrowed for the call), until it fails. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_build_remarks_each(const behov_build_remarks *remarks, behov_language lang,
                                                behov_status (*take)(void *context, const char *sentence,
                                                                     behov_error *err),
                                                void *context, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
