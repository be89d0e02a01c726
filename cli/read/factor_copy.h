/* factor_copy.h - COPY (SELECT key, factor …) TO of PostgreSQL, as text or binary, in memory. */
#ifndef BEHOV_CLI_FACTOR_COPY_H
#define BEHOV_CLI_FACTOR_COPY_H

#include <behov/error.h>
#include <behov/factor_gather.h>
#include <stdbool.h>
#include <stddef.h>

/* Whether a file looks like one: binary, or a first line with a tab, digits behind it. */
bool factor_copy_is(const unsigned char *bytes, size_t n_bytes);

/* Takes the rows of a file (borrowed, destroyed) into `gather`. BEHOV_E_DATA: no such rows; where = name and line or row. */
behov_status factor_copy_read(unsigned char *bytes, size_t n_bytes, const char *name, behov_factor_gather *gather,
                              behov_error *err) BEHOV_MUST_CHECK;

/* Takes a factor that is text, hexadecimal digits (borrowed, destroyed). \N or NULL: no rows, nothing is taken. */
behov_status factor_copy_take(behov_factor_gather *gather, const char *key, char *digits, size_t n_digits,
                              const char *where, behov_error *err) BEHOV_MUST_CHECK;

#endif
