/* write_check.h - what a look at a panel found, as a page, as sections and as JSON. */
#ifndef BEHOV_CLI_WRITE_CHECK_H
#define BEHOV_CLI_WRITE_CHECK_H

#include "output_writers.h"
#include <behov/study.h>

/* The writers take a `const study *` whose findings are there. */
extern const output_writers check_writers;

behov_status write_check_json(const char *path, const behov_study *study, behov_error *err) BEHOV_MUST_CHECK;

#endif
