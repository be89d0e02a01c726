/* findings_options.h - what a call lets through of a study's findings, and what it prints of the others. */
#ifndef BEHOV_CLI_FINDINGS_OPTIONS_H
#define BEHOV_CLI_FINDINGS_OPTIONS_H

#include <stdbool.h>

#include "options.h"
#include <behov/far_figures.h>
#include <behov/study.h>

/* Reads --allow: bits 1u << kind. Prints and returns false for a kind that is none, with a list of those there are. */
bool findings_read_allowed(const command_line *line, unsigned *allowed_positions);
/* What a verb does with a panel's findings: notes on standard error for what was mended and for warnings, errors
 * printed, cautions for the outputs. Returns the exit code, 1 when there is an error that --allow does not let through.
 * */
int findings_print(behov_study *study, bool is_quiet);
/* For coefficients that are given: no ratio can be meant when the outcome has another unit. Prints and returns 1, or 0.
 * */
int findings_refuse_unit(const behov_study *study);
/* Likewise: a note, and a caution for the outputs, of the reference levels that were assumed. */
behov_status findings_tell_reference(behov_study *study, const char *source, behov_error *err) BEHOV_MUST_CHECK;
/* Likewise of figures far from those that the coefficients were estimated on. */
behov_status findings_tell_far(behov_study *study, const behov_far_figures *far_figures,
                               behov_error *err) BEHOV_MUST_CHECK;

#endif
