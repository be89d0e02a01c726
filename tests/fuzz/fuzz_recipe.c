/* fuzz_recipe.c - any bytes as a recipe.
 *
 * A failure names a code and a sentence. A recipe has columns; each sum has a source that is there, each rate a numerator and
 * a denominator that are no rates; columns of one name have years that do not overlap. Anything else aborts. */
#include "fuzz_target.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read_recipe.h"

static void require_sum(const behov_recipe *recipe, const char *name)
{
    ptrdiff_t found = behov_recipe_find_column(recipe, name);
    REQUIRE(found >= 0);
    REQUIRE(recipe->columns[found].kind == BEHOV_RECIPE_COUNT || recipe->columns[found].kind == BEHOV_RECIPE_AMOUNT);
}

static void look_at_column(const behov_recipe *recipe, size_t position)
{
    const behov_recipe_column *column = &recipe->columns[position];
    REQUIRE(column->name[0] && column->kind && column->scale > 0 && isfinite(column->scale));
    REQUIRE(column->first_year <= column->last_year);
    if (column->kind == BEHOV_RECIPE_RATE) {
        require_sum(recipe, column->numerator);
        require_sum(recipe, column->denominator);
    } else
        REQUIRE(behov_recipe_find_source(recipe, column->source) >= 0);
    for (size_t i = 0; i < column->filters.n; i++)
        REQUIRE(column->filters.all[i].names.n && column->filters.all[i].values.n && column->filters.all[i].line);
    for (size_t i = 0; i < position; i++)
        if (strcmp(recipe->columns[i].name, column->name) == 0)
            REQUIRE(recipe->columns[i].last_year < column->first_year ||
                    column->last_year < recipe->columns[i].first_year);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/behov-fuzz-recipe-XXXXXX";
    fuzz_write_file(path, 0, data, size);
    behov_recipe recipe;
    behov_error err = {.code = BEHOV_OK};
    behov_status status = read_recipe(path, &recipe, &err);
    unlink(path);
    if (status)
        REQUIRE(err.code == status && err.what[0]);
    else {
        REQUIRE(recipe.n_columns > 0);
        for (size_t i = 0; i < recipe.n_sources; i++)
            REQUIRE(recipe.sources[i].files.n && recipe.sources[i].place);
        for (size_t i = 0; i < recipe.n_columns; i++)
            look_at_column(&recipe, i);
    }
    behov_recipe_free(&recipe);
    return 0;
}
