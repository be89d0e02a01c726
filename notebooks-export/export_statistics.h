/* export_statistics.h - the panel of a fit as a file of Stata (.dta) or SPSS (.sav, .zsav). */
#ifndef BEHOV_EXPORT_STATISTICS_H
#define BEHOV_EXPORT_STATISTICS_H

#include "formats.h"

/* All rows of the panel, also those that are left out, with the columns of the model and its roles; estimated_on says whether
 * a row is estimated on, row_reason why it is not, both with value labels. Variables are labelled with their unit; where
 * the figures come from, the formula, the errors and the rows left out stand in the notes of the file. The errors of
 * write_statistics. Cost O(rows x columns). */
behov_status export_statistics_write(const export_fit *fit, const export_format *format, const export_choices *choices,
                                     const char *path, behov_error *err) BEHOV_MUST_CHECK;

#endif
