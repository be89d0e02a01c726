/* write_model_set.h - several models side by side, as JSON. */
#ifndef BEHOV_WRITE_MODEL_SET_H
#define BEHOV_WRITE_MODEL_SET_H

#include <behov/model_set.h>

/* {models: [the object of each fit]}; path NULL = standard output. */
behov_status model_set_json(const behov_model_set *model_set, const char *path, behov_error *err) BEHOV_MUST_CHECK;

#endif
