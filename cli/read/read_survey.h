/* read_survey.h - what offices answered, out of any table that is read (survey_answers.h). */
#ifndef BEHOV_CLI_READ_SURVEY_H
#define BEHOV_CLI_READ_SURVEY_H

#include <behov/notice.h>
#include <behov/survey_answers.h>

/* \param columns     those that the call names (borrowed for the call)
 * \param missing     marks for no answer beside the usual ones, n_missing (borrowed for the call)
 * \param notice      hears what is no error
 * \param[out] table  free with behov_table_free
 * The errors of read_table. */
behov_status read_survey(const char *path, const behov_survey_columns *columns, const char *const *missing,
                         size_t n_missing, const behov_notice *notice, behov_table **table,
                         behov_error *err) BEHOV_MUST_CHECK;

#endif
