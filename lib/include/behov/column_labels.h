/* column_labels.h - columns of a file that are called by the label of a model's column, not by its name. */
#ifndef BEHOV_COLUMN_LABELS_H
#define BEHOV_COLUMN_LABELS_H

#include <stdbool.h>

#include "error.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The column whose label the text above a column is, in bokmål or in English: the model's labels, else the program's own
/// words. Case and the number of blanks do not matter; the unit at its end, behind a comma or in brackets, may be left out.
/// A unit of the outcome that is not the study's is refused: the figures would be wrong a thousand times over.
/// \param is_wanted  whether a column of that name is asked for: no other is found
/// \param[out] column  its name (borrowed from the study or static); NULL when the text is no label;
///                     with an error the column that it would have been
/// \return BEHOV_E_DATA when it is the label of two columns that are asked for, or says another unit
BEHOV_API behov_status behov_column_of_label(const behov_study *study, const char *text,
                                             bool (*is_wanted)(void *context, const char *column), void *context,
                                             const char **column, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
