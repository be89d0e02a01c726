/* model_set_options.h - the several models that one call names. */
#ifndef BEHOV_MODEL_SET_OPTIONS_H
#define BEHOV_MODEL_SET_OPTIONS_H

#include <behov/model_set.h>
#include "options.h"

/* How many models a call names, by --model or by --formula. */
size_t model_set_count(const command_line *line);
/* Whether a call that names several asks for nothing that is of one model alone. Prints and returns 2 if not. */
int model_set_check(const command_line *line);
/* Reads and fits each in the order of the call, with the errors that the options ask for. Prints what is wrong and
 * returns the exit code; free with behov_model_set_free in any case. */
int model_set_fit(const command_line *line, const behov_fit_choices *choices, behov_model_set *out);

#endif
