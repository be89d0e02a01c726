/* models.h - several models fitted to one panel, side by side. */
#ifndef BEHOV_CLI_MODELS_H
#define BEHOV_CLI_MODELS_H

#include <behov.h>

#include "fitting.h"
#include "results.h"
#include "section.h"

typedef struct model_fit {
    study of;
    fitting made;
    results computed;
    fit_choices choices;
    char heading[64]; /* "(1) Proba 2017-08" */
} model_fit;

typedef struct models {
    model_fit *fits;
    size_t n;
} models;

/* How many models a call names, by --model or by --formula. */
size_t models_count(const command_line *line);
/* Reads and fits each in the order of the call, with the errors that the options ask for. Prints what is wrong and
 * returns the exit code; free with models_free in any case. */
int models_fit(const command_line *line, const fit_choices *choices, models *out);
void models_free(models *of);

/* The table (returned); the same as a section, with what each model is as notes. */
behov_status models_table(const models *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
behov_status models_add(const models *of, section_list *list, behov_error *err) BEHOV_MUST_CHECK;
/* {models: [the object of each fit]}; path NULL = standard output. */
behov_status models_json(const models *of, const char *path, behov_error *err) BEHOV_MUST_CHECK;

#endif
