/* recipe_files.c - see recipe_files.h. */
#include "recipe_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "system.h"
#include "system_reason.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RECIPE_NO_MEMORY);
}

/* "proba-2017-08, ...", the recipes that are bundled. */
static behov_said list_bundled(void)
{
    size_t n;
    const dataset *all = datasets_list(&n);
    char list[400] = "";
    for (size_t i = 0, length = 0; i < n; i++) {
        if (strncmp(all[i].name, "recipes/", 8) != 0 || length > sizeof list - 80)
            continue;
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%.*s", length ? ", " : "",
                                   (int)(strlen(all[i].name) > 12 ? strlen(all[i].name) - 12 : 0), all[i].name + 8);
    }
    return behov_phrase(SAY_RECIPE_BUNDLED_LIST, list);
}

behov_status recipe_path(const char *name, char **path, behov_error *err)
{
    char bundled[200];
    behov_error inner;
    *path = NULL;
    if (system_is_there(name) || datasets_path_is_there(name))
        return (*path = strdup(name)) ? BEHOV_OK : out_of_memory(err);
    snprintf(bundled, sizeof bundled, "recipes/%.150s.ini", name);
    if (!strchr(name, '/') && !datasets_path(bundled, path, &inner))
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_FILE, name, SAY_RECIPE_NOT_THERE, list_bundled().text);
}

/* ---- patterns ------------------------------------------------------------------------------------------------------ */

/* Four digits, 0 where there are none. */
static int year_at(const char *text)
{
    int year = 0;
    for (int i = 0; i < 4; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        year = 10 * year + (text[i] - '0');
    }
    return year;
}

bool recipe_file_fits(const char *pattern, const char *name, int *year)
{
    static const char mark[] = "{year}";
    *year = 0;
    const char *star = NULL, *behind = NULL;
    int year_before_star = 0;
    while (*name || *pattern) {
        if (strncmp(pattern, mark, 6) == 0 && year_at(name)) {
            *year = year_at(name);
            pattern += 6, name += 4;
        } else if (*pattern == '*') {
            star = ++pattern;
            behind = name;
            year_before_star = *year;
        } else if (*name && (*pattern == '?' || (*pattern == *name && *pattern))) {
            pattern++, name++;
        } else if (star && *behind) {
            pattern = star;
            name = ++behind;
            *year = year_before_star;
        } else
            return false;
    }
    return true;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t n = strlen(text), n_ending = strlen(ending);
    return n >= n_ending && strcmp(text + n - n_ending, ending) == 0;
}

/* Whether a name is one of a source's files. */
static bool is_of_source(const behov_recipe_source *source, const char *name, int *year)
{
    if (name[0] == '.' || ends_with(name, ".request.json") || ends_with(name, ".manifest.json"))
        return false;
    for (size_t i = 0; i < source->files.n; i++)
        if (recipe_file_fits(source->files.all[i], name, year))
            return true;
    return false;
}

/* ---- a folder ------------------------------------------------------------------------------------------------------ */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static behov_status add_file(const char *folder, const char *name, size_t source, int year, recipe_files *files,
                             behov_error *err)
{
    recipe_file *larger = realloc(files->all, (files->n + 1) * sizeof *larger);
    if (!larger)
        return out_of_memory(err);
    files->all = larger;
    size_t n_folder = strlen(folder), size = n_folder + strlen(name) + 2;
    bool has_slash = n_folder && folder[n_folder - 1] == '/';
    char *path = malloc(size);
    if (!path)
        return out_of_memory(err);
    snprintf(path, size, "%s%s%s", folder, has_slash ? "" : "/", name);
    if (!system_is_regular_file(path)) {
        free(path);
        return BEHOV_OK;
    }
    larger[files->n++] = (recipe_file){path, path + n_folder + !has_slash, source, year};
    return BEHOV_OK;
}

behov_status recipe_files_find(const behov_recipe *recipe, const char *folder, int first_year, int last_year,
                               recipe_files *files, behov_error *err)
{
    char **names = NULL;
    size_t n = 0;
    *files = (recipe_files){0};
    int reason = system_list_folder(folder, &names, &n);
    behov_status status =
        reason ? behov_error_say(err, BEHOV_E_FILE, folder, SAY_RECIPE_FOLDER, system_reason(reason)) : BEHOV_OK;
    if (n > 1)
        qsort(names, n, sizeof *names, compare_names);
    for (size_t source = 0; source < recipe->n_sources; source++) {
        if (!recipe_needs_source(recipe, source, first_year, last_year))
            continue;
        for (size_t i = 0; i < n && !status; i++) {
            int year;
            if (is_of_source(&recipe->sources[source], names[i], &year))
                status = add_file(folder, names[i], source, year, files, err);
        }
    }
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return status;
}

void recipe_files_free(recipe_files *files)
{
    for (size_t i = 0; i < files->n; i++)
        free(files->all[i].path);
    free(files->all);
    *files = (recipe_files){0};
}

bool recipe_needs_source(const behov_recipe *recipe, size_t source, int first_year, int last_year)
{
    for (size_t i = 0; i < recipe->n_columns; i++) {
        const behov_recipe_column *column = &recipe->columns[i];
        if (behov_recipe_find_source(recipe, column->source) == (ptrdiff_t)source &&
            (!column->first_year || (column->first_year <= last_year && first_year <= column->last_year)))
            return true;
    }
    return false;
}

bool recipe_files_have(const recipe_files *files, size_t source)
{
    for (size_t i = 0; i < files->n; i++)
        if (files->all[i].source == source)
            return true;
    return false;
}
