/* fetch_recipe.h - `behov fetch --recipe`: what a recipe's sources ask of servers, into a folder. */
#ifndef BEHOV_CLI_FETCH_RECIPE_H
#define BEHOV_CLI_FETCH_RECIPE_H

#include <behov/error.h>
#include <behov/language.h>
#include <behov/recipe.h>
#include <jansson.h>

#include "options.h"
#include "recipe_files.h"
#include "recipe_orders.h"

/* Zero-initialise; free with fetch_recipe_free in any case. */
typedef struct fetch_recipe {
    behov_recipe recipe;
    recipe_call call;
    recipe_orders orders;
    fetch_result *results; /* of each order */
    recipe_files files;    /* what lies in the folder before anything is fetched */
    size_t n_failed;
} fetch_recipe;

/* The server of an interface that a call names: `--server pxweb2=ADDRESS`, or without a name for `api` alone; NULL = none. */
const char *fetch_server_option(const command_line *line, fetch_api api, bool is_alone);
/* Reads options and recipe; the exit code, 0 when all is well. */
int fetch_recipe_read(const command_line *line, fetch_recipe *state);
/* Fetches all, also when one fails; each failure is printed as it comes, and counted. BEHOV_E_MEMORY. */
behov_status fetch_recipe_run(fetch_recipe *state, behov_error *err) BEHOV_MUST_CHECK;
behov_status fetch_recipe_page(const fetch_recipe *state, behov_language lang, behov_error *err) BEHOV_MUST_CHECK;
/* When all is printed: says how many failed; the exit code. */
int fetch_recipe_conclude(const fetch_recipe *state);
/* What was fetched, source by source, and what only a user can save (returned, for its caller to free). */
json_t *fetch_recipe_json(const fetch_recipe *state);
void fetch_recipe_free(fetch_recipe *state);

/* A line for each file of what was fetched (cmd_fetch.c). */
behov_status fetch_print_result(const fetch_result *result, const char *table, behov_language lang,
                                behov_error *err) BEHOV_MUST_CHECK;

/* What was fetched as an object (cmd_fetch.c; returned, for its caller to free). */
json_t *fetch_result_json(const fetch_result *result, const char *table);

#endif
