/* write_models.h - the same as JSON. */
#ifndef BEHOV_CLI_WRITE_MODELS_H
#define BEHOV_CLI_WRITE_MODELS_H

#include "models.h"

/* {models: [the object of each fit]}; path NULL = standard output. */
behov_status models_json(const models *of, const char *path, behov_error *err) BEHOV_MUST_CHECK;

#endif
