/* chance_tables.h - how chance of one year goes with that of others, as a table. */
#ifndef BEHOV_CHANCE_TABLES_H
#define BEHOV_CHANCE_TABLES_H

#include "error.h"
#include "fit_results.h"
#include "section.h"
#include "shrink.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Adds a section with the correlations of residuals at each lag, observed and by the estimated variances; none when
/// chance is taken for independent.
BEHOV_API behov_status behov_chance_add(const behov_fit_results *fit_results, const behov_shrink *shrink,
                                        behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
