/* write_profile.h - profiles of municipalities as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_PROFILE_H
#define BEHOV_CLI_WRITE_PROFILE_H

#include <stdio.h>

#include "output_writers.h"
#include <behov/profile_tables.h>

/* The page of `behov profile`: the answers first. */
behov_status write_profiles_page(const behov_profiles *profiles, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* One object with a list of municipalities; path NULL = standard output. */
behov_status write_profiles_json(const char *path, const behov_profiles *profiles, behov_error *err) BEHOV_MUST_CHECK;

/* Their context is a behov_profiles. */
extern const output_writers profiles_writers;

#endif
