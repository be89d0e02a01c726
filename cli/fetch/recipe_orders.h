/* recipe_orders.h - what a recipe asks of servers, as orders: a file in a folder for each source that a server gives. */
#ifndef BEHOV_CLI_RECIPE_ORDERS_H
#define BEHOV_CLI_RECIPE_ORDERS_H

#include <behov/error.h>
#include <behov/recipe.h>
#include <stdbool.h>
#include <stddef.h>

#include "fetch.h"
#include "recipe_files.h"

typedef struct recipe_order {
    fetch_order order; /* borrows from the recipe and from this struct */
    const behov_recipe_source *source;
    size_t source_number; /* in the recipe */
    fetch_choice *choices;
    char **texts; /* owned: expressions with years in them, the path, an address */
    size_t n_texts;
    const char **expressions; /* owned: of all choices, one behind the other */
} recipe_order;

/* Zero-initialise; free with recipe_orders_free in any case, before the recipe. */
typedef struct recipe_orders {
    recipe_order *all;
    size_t n;
} recipe_orders;

typedef struct recipe_call {
    const char *folder;
    int first_year, last_year;         /* those of the recipe, or of the call; 0 = not known */
    const char *servers[FETCH_N_APIS]; /* NULL = the usual; of FETCH_ADDRESS the server in the place of any */
    bool is_offline;
} recipe_call;

/* An order for each source with `fetch` that a column needs in these years, in the order of the recipe. {years} of a select becomes range(first,last), by the years
 * that the source's own file calls them (year_shift). A file is TABLE.json, or is named after the address, so that the patterns
 * of the source find it. BEHOV_E_ARGUMENT: no years are known, or no name fits the patterns. */
behov_status recipe_orders_make(const behov_recipe *recipe, const recipe_call *call, recipe_orders *orders,
                                behov_error *err) BEHOV_MUST_CHECK;
void recipe_orders_free(recipe_orders *orders);

/* A file of the source that a user has saved, or that was changed since it was fetched (borrowed from `files`); NULL = none.
 * Where there is one nothing is fetched beside it: the figures would be there twice. */
behov_status recipe_order_find_own(const recipe_order *order, const recipe_files *files, const char **path,
                                   behov_error *err) BEHOV_MUST_CHECK;

#endif
