/* read_factors.h - factor files, by their names or by patterns of the shell, and the factors of a database. */
#ifndef BEHOV_CLI_READ_FACTORS_H
#define BEHOV_CLI_READ_FACTORS_H

#include <behov/error.h>
#include <behov/factor_study.h>
#include <stdbool.h>
#include <stddef.h>

/* How the factors of a database (behov/factor_gather.h) are named and asked for; each NULL where the call says nothing. */
typedef struct factor_words {
    const char *formula, *query;
} factor_words;

/* Whether a pattern is a database: "postgres:", then how it is reached. */
bool factors_are_of_database(const char *pattern);

/* Reads the files that the patterns fit, each once, in the order of the patterns and of their names (returned, free with
 * behov_factor_parts_free in any case). BEHOV_E_FILE: a pattern fits no file, a file cannot be read; and the errors of
 * behov_factor_file_read. */
behov_status read_factors(const char *const *patterns, size_t n_patterns, const factor_words *words,
                          behov_factor_parts *parts, behov_error *err) BEHOV_MUST_CHECK;

#endif
