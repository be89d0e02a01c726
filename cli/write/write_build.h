/* write_build.h - a panel made of published files, and what it was made of: page, sections, rows, and the manifest. */
#ifndef BEHOV_WRITE_BUILD_H
#define BEHOV_WRITE_BUILD_H

#include <behov/language.h>
#include <behov/panel_build.h>
#include <behov/recipe.h>
#include <stdbool.h>

#include "output_writers.h"
#include "write_manifest.h"

struct json_t; /* jansson's */

/* What is known of a file beside its rows; in the order of build.files. */
typedef struct build_file_note {
    char *label, *publisher, *updated; /* as the file says (owned); NULL = nothing */
    char sha256[65];
    size_t n_bytes;
    struct json_t *request; /* that fetched it (owned); NULL = a user's file */
    bool is_as_fetched;     /* its sum is that of the request */
} build_file_note;

/* Zero-initialise; free with build_results_free in any case. */
typedef struct build_results {
    behov_panel_build build;
    behov_recipe recipe;
    behov_language lang;
    const char *recipe_name; /* as the user named it (borrowed) */
    const char *day;         /* "2026-11-29" (borrowed) */
    char recipe_sha256[65];
    build_file_note *notes;
    size_t n_notes;
    const manifest_file *files; /* that the manifest stands beside (borrowed) */
    size_t n_files;             /* 0 = none was written */
} build_results;

void build_results_free(build_results *results);

/* Their context is a build_results; the rows are the panel's, JSON is the manifest. */
extern const output_writers build_writers;

#endif
