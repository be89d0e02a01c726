/* extra_fits_tables.h - what a fit has beside it, as a table with its notes. */
#ifndef BEHOV_EXTRA_FITS_TABLES_H
#define BEHOV_EXTRA_FITS_TABLES_H

#include "error.h"
#include "extra_fits.h"
#include "phrase.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The section of what was computed; there must be something. Errors: those of behov_by_year_add and its like.
BEHOV_API behov_status behov_extra_fits_add(const behov_extra_fits *extra_fits, behov_section_list *list,
                                            behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
