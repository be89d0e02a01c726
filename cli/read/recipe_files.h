/* recipe_files.h - which files of a folder the sources of a recipe are read from. */
#ifndef BEHOV_CLI_RECIPE_FILES_H
#define BEHOV_CLI_RECIPE_FILES_H

#include <behov/error.h>
#include <behov/recipe.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct recipe_file {
    char *path;       /* owned */
    const char *name; /* the end of the path */
    size_t source;    /* in the recipe */
    int year;         /* of {year} in its name, 0 = none */
} recipe_file;

/* By source, then by name. Zero-initialise; free with recipe_files_free. */
typedef struct recipe_files {
    recipe_file *all;
    size_t n;
} recipe_files;

/* The path of a recipe that a user names: a file, else the bundled recipes/NAME.ini (malloc). BEHOV_E_FILE, with those
 * that are bundled. */
behov_status recipe_path(const char *name, char **path, behov_error *err) BEHOV_MUST_CHECK;

/* Finds the files of the sources that some column needs in these years; requests (.request.json) and manifests are none.
 * A source without a file is no error: recipe_files_lack. BEHOV_E_FILE (no such folder), BEHOV_E_MEMORY. */
behov_status recipe_files_find(const behov_recipe *recipe, const char *folder, int first_year, int last_year,
                               recipe_files *files, behov_error *err) BEHOV_MUST_CHECK;
void recipe_files_free(recipe_files *files);

/* Whether a column takes figures of these years from a source; whether it has a file. */
bool recipe_needs_source(const behov_recipe *recipe, size_t source, int first_year, int last_year);
bool recipe_files_have(const recipe_files *files, size_t source);

/* Whether a name in the folder is a source's: by its patterns; what another source was fetched to is that one's alone. */
bool recipe_file_is_of(const behov_recipe *recipe, size_t source, const char *name, int *year);
/* Whether a source whose patterns have {year} has no file for a year that some column needs. */
bool recipe_lacks_year(const behov_recipe *recipe, const recipe_files *files, size_t source, int year);

/* What the file of a source is called that is fetched: `file`, else the first of table, address, name and pattern that the
 * patterns take (malloc). NULL where none is, or without memory. */
char *recipe_fetched_name(const behov_recipe_source *source);
/* Whether a name is a fetched one or that of a part of it: 07459.json, 07459-2.json. */
bool recipe_is_fetched_name(const char *fetched, const char *name);
/* What a source asks a server for, as the recipe says it (malloc); NULL without memory. */
char *recipe_selection(const behov_recipe_source *source);

/* Whether a name fits a pattern of *, ? and {year}, its ending in small letters or large; *year then, 0 without. */
bool recipe_file_fits(const char *pattern, const char *name, int *year);

#endif
