/* read_factors.h - factor files, by their names or by patterns of the shell. */
#ifndef BEHOV_CLI_READ_FACTORS_H
#define BEHOV_CLI_READ_FACTORS_H

#include <behov/error.h>
#include <behov/factor_study.h>
#include <stddef.h>

/* Reads the files that the patterns fit, each once, in the order of the patterns and of their names (returned, free with
 * behov_factor_parts_free in any case). BEHOV_E_FILE: a pattern fits no file, a file cannot be read; and the errors of
 * behov_factor_file_read. */
behov_status read_factors(const char *const *patterns, size_t n_patterns, behov_factor_parts *parts,
                          behov_error *err) BEHOV_MUST_CHECK;

#endif
