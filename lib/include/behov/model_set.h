/* model_set.h - several models fitted to one panel, side by side. Opening and fitting them is the caller's. */
#ifndef BEHOV_MODEL_SET_H
#define BEHOV_MODEL_SET_H

#include "error.h"
#include "estimation.h"
#include "fit_results.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_model_fit {
    behov_study study;
    behov_estimation estimation;
    behov_fit_results fit_results;
    behov_fit_choices choices;
    char heading[64]; /* "(1) Proba 2017-08" */
} behov_model_fit;

typedef struct behov_model_set {
    behov_model_fit *fits;
    size_t n;
} behov_model_set;

BEHOV_API void behov_model_set_free(behov_model_set *model_set);

#ifdef __cplusplus
}
#endif
#endif
