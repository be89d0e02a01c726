/* write_absorbed.h - the same as JSON. */
#ifndef BEHOV_CLI_WRITE_ABSORBED_H
#define BEHOV_CLI_WRITE_ABSORBED_H

#include "absorbed.h"
#include "results.h"

/* The object of the fit without, and the other under "absorbed". */
behov_status absorbed_json(const results *without, const absorbed *of, behov_error *err) BEHOV_MUST_CHECK;

#endif
