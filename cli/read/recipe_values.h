/* recipe_values.h - the values of a recipe file: names, lists, years. */
#ifndef BEHOV_CLI_RECIPE_VALUES_H
#define BEHOV_CLI_RECIPE_VALUES_H

#include <behov/error.h>
#include <behov/recipe.h>
#include <stdbool.h>

/* Adds names that are separated by blanks; one with blanks stands in double quotes, "" standing for one of them. Errors:
 * BEHOV_E_SYNTAX with `where`, BEHOV_E_MEMORY. */
behov_status recipe_values_names(const char *text, const char *where, behov_recipe_texts *out,
                                 behov_error *err) BEHOV_MUST_CHECK;
/* Adds the items of a list, separated by commas that stand in neither quotes nor parentheses; (*is_optional)[i] (malloc)
 * says that an item stood in parentheses. Errors as above. */
behov_status recipe_values_list(const char *text, const char *where, behov_recipe_texts *out, bool **is_optional,
                                behov_error *err) BEHOV_MUST_CHECK;
/* Adds what stands between the marks |, for names of one thing. Errors as above. */
behov_status recipe_values_alternatives(const char *text, const char *where, behov_recipe_texts *out,
                                        behov_error *err) BEHOV_MUST_CHECK;
/* "2016", "2012-2016", "2015-" (to `highest`), with a hyphen or a dash, blanks around it or not; false when it is none of these. */
bool recipe_values_years(const char *text, int lowest, int highest, int *first, int *last);

#endif
