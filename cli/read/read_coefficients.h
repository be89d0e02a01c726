/* read_coefficients.h - coefficients from a saved fit (JSON) or a printed table (CSV). */
#ifndef BEHOV_CLI_READ_COEFFICIENTS_H
#define BEHOV_CLI_READ_COEFFICIENTS_H

#include <behov/error.h>

#include <behov/given_coefficients.h>
#include <behov/notice.h>

/* Reads FILE.json (a `behov fit --json`) or delimited text with columns `term` and `coefficient`. Free with
 * behov_given_coefficients_free in any case. BEHOV_E_FILE, BEHOV_E_SYNTAX (JSON, with line), BEHOV_E_DATA (no terms, a
 * term twice, a coefficient missing). */
behov_status read_coefficients(const char *path, const behov_notice *notice, behov_given_coefficients *out,
                               behov_error *err) BEHOV_MUST_CHECK;

#endif
