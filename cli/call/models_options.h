/* models_options.h - the several models that one call names. */
#ifndef BEHOV_CLI_MODELS_OPTIONS_H
#define BEHOV_CLI_MODELS_OPTIONS_H

#include "models.h"
#include "options.h"

/* How many models a call names, by --model or by --formula. */
size_t models_count(const command_line *line);
/* Reads and fits each in the order of the call, with the errors that the options ask for. Prints what is wrong and
 * returns the exit code; free with models_free in any case. */
int models_fit(const command_line *line, const fit_choices *choices, models *out);

#endif
