/* read_recipe.h - recipe files: sources and columns of a panel, as INI.
 *
 *   [recipe] [source NAME] [column NAME]   each once
 *   key = value          up to the first equals sign; each once in its section, but select, codelist and filter once for
 *                        a dimension: `filter Alder age = 16-66`, "a name with blanks" in double quotes
 *   goes on              a line that is indented more than its key goes on from the line before
 *   # comment, ; comment, and what follows a semicolon after a blank
 *
 * Read in the encodings of panels. */
#ifndef BEHOV_CLI_READ_RECIPE_H
#define BEHOV_CLI_READ_RECIPE_H

#include <behov/error.h>
#include <behov/recipe.h>

/* Reads a recipe file into *out (free with behov_recipe_free, also after a failure). BEHOV_E_FILE, BEHOV_E_DATA (no text),
 * or BEHOV_E_SYNTAX and BEHOV_E_NAME with where = "my.ini, line 7": an unknown section, key, source or column (with the
 * nearest spelling), something given twice, something needed that is not there, a rate of a rate. */
behov_status read_recipe(const char *path, behov_recipe *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
