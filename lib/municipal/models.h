/* models.h - several models fitted to one panel, side by side. Opening and fitting them is models_options.c's. */
#ifndef BEHOV_CLI_MODELS_H
#define BEHOV_CLI_MODELS_H

#include <behov.h>

#include "fitting.h"
#include "results.h"

typedef struct model_fit {
    behov_study of;
    fitting made;
    results computed;
    fit_choices choices;
    char heading[64]; /* "(1) Proba 2017-08" */
} model_fit;

typedef struct models {
    model_fit *fits;
    size_t n;
} models;

void models_free(models *of);

#endif
