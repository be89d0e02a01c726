/* recipe.c - see recipe.h. */
#include <behov/recipe.h>

#include <stdlib.h>
#include <string.h>

static void free_texts(behov_recipe_texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        free(texts->all[i]);
    free(texts->all);
}

static void free_pairs(behov_recipe_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++) {
        free_texts(&pairs->all[i].names);
        free_texts(&pairs->all[i].values);
        free(pairs->all[i].is_optional);
    }
    free(pairs->all);
}

static void free_source(behov_recipe_source *source)
{
    char *texts[] = {source->name,    source->title,    source->publisher, source->table,  source->place,
                     source->address, source->date,     source->revision,  source->note,   source->unconfirmed,
                     source->sheet,   source->encoding, source->value,     source->format, source->file};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    free_texts(&source->files), free_texts(&source->region), free_texts(&source->region_label);
    free_texts(&source->year), free_texts(&source->measure), free_texts(&source->zeros);
    free_texts(&source->says);
    free(source->codes.all);
    free_pairs(&source->selects), free_pairs(&source->codelists);
}

static void free_column(behov_recipe_column *column)
{
    char *texts[] = {column->name, column->source,      column->unit,      column->date,        column->revision,
                     column->note, column->unconfirmed, column->numerator, column->denominator, column->weight};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    free_pairs(&column->filters);
    free_texts(&column->sums);
}

void behov_recipe_free(behov_recipe *recipe)
{
    free(recipe->title), free(recipe->model), free(recipe->note);
    for (size_t i = 0; i < recipe->n_sources; i++)
        free_source(&recipe->sources[i]);
    for (size_t i = 0; i < recipe->n_columns; i++)
        free_column(&recipe->columns[i]);
    free(recipe->sources), free(recipe->columns);
    *recipe = (behov_recipe){0};
}

ptrdiff_t behov_recipe_find_source(const behov_recipe *recipe, const char *name)
{
    for (size_t i = 0; name && i < recipe->n_sources; i++)
        if (strcmp(recipe->sources[i].name, name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

ptrdiff_t behov_recipe_find_column(const behov_recipe *recipe, const char *name)
{
    for (size_t i = 0; name && i < recipe->n_columns; i++)
        if (strcmp(recipe->columns[i].name, name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

const char *behov_recipe_kind_text(behov_recipe_kind kind)
{
    switch (kind) {
    case BEHOV_RECIPE_COUNT: return "count";
    case BEHOV_RECIPE_AMOUNT: return "amount";
    case BEHOV_RECIPE_RATE: return "rate";
    case BEHOV_RECIPE_PUBLISHED: return "published";
    }
    return "";
}

const char *behov_recipe_fetch_text(behov_recipe_fetch fetch)
{
    switch (fetch) {
    case BEHOV_FETCH_NONE: return "";
    case BEHOV_FETCH_PXWEB2: return "pxweb2";
    case BEHOV_FETCH_PXWEB0: return "pxweb0";
    case BEHOV_FETCH_KLASS: return "klass";
    case BEHOV_FETCH_ADDRESS: return "address";
    }
    return "";
}
