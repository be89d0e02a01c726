/* write_model_set.h - several models side by side, as JSON. */
#ifndef BEHOV_WRITE_MODEL_SET_H
#define BEHOV_WRITE_MODEL_SET_H

#include <behov/model_set.h>
#include "output_writers.h"

/* Their context is a behov_model_set. JSON: {models: [the object of each fit]}. */
extern const output_writers model_set_writers;

#endif
