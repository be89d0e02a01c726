/* full_workbook_options.h - what a call of `behov fit` says of the sheets for those who plan: --full, --profile, --group. */
#ifndef BEHOV_CLI_FULL_WORKBOOK_OPTIONS_H
#define BEHOV_CLI_FULL_WORKBOOK_OPTIONS_H

#include "full_workbook.h"
#include "options.h"
#include <behov/study.h>
#include <stdbool.h>

/* What --full, --profile and their options ask for. Prints what is wrong and returns the exit code. */
int full_workbook_options_read(const command_line *line, full_workbook_choices *out);
/* Whether an output is a workbook. */
bool full_workbook_options_writes_workbook(const command_line *line);
/* Tells whoever writes a workbook of the report's tables alone what --full adds. */
void full_workbook_options_print_note(const command_line *line, const behov_study *study);

#endif
