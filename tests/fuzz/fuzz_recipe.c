/* fuzz_recipe.c - any bytes as a recipe.
 *
 * A failure names a code and a sentence. A recipe has columns; each sum has a source that is there, each rate a numerator and
 * a denominator that are no rates; columns of one name have years that do not overlap. Anything else aborts. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read_recipe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int is_true)
{
    if (!is_true)
        abort();
}

static void require_sum(const behov_recipe *recipe, const char *name)
{
    ptrdiff_t found = behov_recipe_find_column(recipe, name);
    require(found >= 0);
    require(recipe->columns[found].kind == BEHOV_RECIPE_COUNT || recipe->columns[found].kind == BEHOV_RECIPE_AMOUNT);
}

static void look_at_column(const behov_recipe *recipe, size_t position)
{
    const behov_recipe_column *column = &recipe->columns[position];
    require(column->name[0] && column->kind && column->scale > 0 && isfinite(column->scale));
    require(column->first_year <= column->last_year);
    if (column->kind == BEHOV_RECIPE_RATE) {
        require_sum(recipe, column->numerator);
        require_sum(recipe, column->denominator);
    } else
        require(behov_recipe_find_source(recipe, column->source) >= 0);
    for (size_t i = 0; i < column->filters.n; i++)
        require(column->filters.all[i].names.n && column->filters.all[i].values.n && column->filters.all[i].line);
    for (size_t i = 0; i < position; i++)
        if (strcmp(recipe->columns[i].name, column->name) == 0)
            require(recipe->columns[i].last_year < column->first_year ||
                    column->last_year < recipe->columns[i].first_year);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/behov-fuzz-recipe-XXXXXX";
    int file = mkstemp(path);
    require(file >= 0 && write(file, data, size) == (ssize_t)size);
    close(file);
    behov_recipe recipe;
    behov_error err = {.code = BEHOV_OK};
    behov_status status = read_recipe(path, &recipe, &err);
    unlink(path);
    if (status)
        require(err.code == status && err.what[0]);
    else {
        require(recipe.n_columns > 0);
        for (size_t i = 0; i < recipe.n_sources; i++)
            require(recipe.sources[i].files.n && recipe.sources[i].place);
        for (size_t i = 0; i < recipe.n_columns; i++)
            look_at_column(&recipe, i);
    }
    behov_recipe_free(&recipe);
    return 0;
}
