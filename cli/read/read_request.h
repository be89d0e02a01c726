/* read_request.h - the request that a file was fetched by, which stands beside it. */
#ifndef BEHOV_CLI_READ_REQUEST_H
#define BEHOV_CLI_READ_REQUEST_H

#include <behov/error.h>
#include <behov/recipe.h>
#include <jansson.h>
#include <stdbool.h>

/* Reads FILE.request.json (returned, free with json_decref; NULL where there is none: a file that a user saved).
 * *is_as_fetched: the file's SHA-256 is the one that was noted then. Errors of json_file_read; BEHOV_E_DATA where it is no
 * object. */
behov_status read_request(const char *path, const char *sha256, json_t **request, bool *is_as_fetched,
                          behov_error *err) BEHOV_MUST_CHECK;

/* BEHOV_E_DATA for a file that was fetched for another source, or before the recipe asked for something else. A request that no
 * recipe made says its table alone. */
behov_status check_request_of_source(const behov_recipe_source *source, const char *path, const char *name,
                                     const json_t *request, behov_error *err) BEHOV_MUST_CHECK;

#endif
