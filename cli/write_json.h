/* write_json.h - results as one JSON object, 17 significant digits, null for missing. */
#ifndef BEHOV_CLI_WRITE_JSON_H
#define BEHOV_CLI_WRITE_JSON_H

#include <behov/error.h>

#include "results.h"

/* The object of `behov fit --json` and of -o FILE.json; path NULL = standard output. */
behov_status write_json_fit(const char *path, const results *of, behov_error *err) BEHOV_MUST_CHECK;
/* The object of `behov apply --json`: rows beside the counts. */
behov_status write_json_apply(const char *path, const results *of, behov_error *err) BEHOV_MUST_CHECK;

#endif
