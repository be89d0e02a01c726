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

static bool is_same_letter(char a, char b, bool ignores_case)
{
    return a == b || (ignores_case && a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b) ||
           (ignores_case && b >= 'A' && b <= 'Z' && b - 'A' + 'a' == a);
}

/* Letters and digits, those beyond ASCII too. */
static bool is_of_word(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Whether no letters stand before the end of a part of a pattern, but for {year}. */
static bool is_bare(const char *pattern, const char *end)
{
    while (pattern < end) {
        bool is_year = strncmp(pattern, "{year}", 6) == 0;
        if (!is_year && is_of_word(*pattern))
            return false;
        pattern += is_year ? 6 : 1;
    }
    return true;
}

/* The first letters of a pattern begin a word: e-k is not found in alle-kommuner; nor is 2017 in 12017. */
static bool is_inside_word(const char *whole, const char *pattern, const char *start, const char *name)
{
    if (name == start || !is_of_word(name[-1]))
        return false;
    return strncmp(pattern, "{year}", 6) == 0 ? name[-1] >= '0' && name[-1] <= '9'
                                              : is_of_word(*pattern) && is_bare(whole, pattern);
}

bool recipe_file_fits(const char *pattern, const char *name, int *year)
{
    static const char mark[] = "{year}";
    *year = 0;
    const char *star = NULL, *behind = NULL;
    int year_before_star = 0;
    const char *const whole = pattern;
    const char *ending = strrchr(name, '.'), *start = name; /* .csv and .CSV are one */
    while (*name || *pattern) {
        bool is_cut = star == pattern && is_inside_word(whole, pattern, start, name);
        if (!is_cut && strncmp(pattern, mark, 6) == 0 && year_at(name)) {
            *year = year_at(name);
            pattern += 6, name += 4;
        } else if (*pattern == '*') {
            star = ++pattern;
            behind = name;
            year_before_star = *year;
        } else if (!is_cut && *name &&
                   (*pattern == '?' || (*pattern && is_same_letter(*pattern, *name, ending && name >= ending)))) {
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

static bool fits_patterns(const behov_recipe_source *source, const char *name, int *year)
{
    *year = 0;
    for (size_t i = 0; i < source->files.n; i++)
        if (recipe_file_fits(source->files.all[i], name, year))
            return true;
    return false;
}

/* ---- what a fetched file is called ----------------------------------------------------------------------------------- */

/* A text of some bytes with an ending where it has none (malloc); NULL without memory. */
static char *with_ending(const char *text, size_t n, behov_recipe_fetch fetch)
{
    char *name = malloc(n + sizeof ".json");
    if (!name)
        return NULL;
    memcpy(name, text, n);
    name[n] = '\0';
    if (n && !strchr(name, '.'))
        strcpy(name + n, fetch == BEHOV_FETCH_ADDRESS ? ".csv" : ".json");
    return name;
}

/* The last part of an address, without its query; empty when it has none. */
static char *name_by_address(const behov_recipe_source *source)
{
    size_t length = strcspn(source->address, "?#");
    size_t first = length;
    while (first && source->address[first - 1] != '/')
        first--;
    return with_ending(source->address + first, length - first, source->fetch);
}

/* A pattern without its marks. */
static char *name_by_pattern(const behov_recipe_source *source)
{
    const char *pattern = source->files.n ? source->files.all[0] : "";
    char *bare = malloc(strlen(pattern) + 1);
    size_t n = 0;
    for (; bare && *pattern; pattern++)
        if (*pattern != '*')
            bare[n++] = *pattern;
    char *name = bare ? with_ending(bare, n, source->fetch) : NULL;
    free(bare);
    return name;
}

char *recipe_fetched_name(const behov_recipe_source *source)
{
    if (source->file)
        return with_ending(source->file, strlen(source->file), source->fetch);
    for (int attempt = 0; attempt < 4; attempt++) {
        int year;
        char *name = NULL;
        switch (attempt) {
        case 0: name = source->table ? with_ending(source->table, strlen(source->table), source->fetch) : NULL; break;
        case 1: name = source->address ? name_by_address(source) : NULL; break;
        case 2: name = with_ending(source->name, strlen(source->name), source->fetch); break;
        default: name = name_by_pattern(source); break;
        }
        if (name && name[0] && !strchr(name, '/') && (!source->files.n || fits_patterns(source, name, &year)))
            return name;
        free(name);
    }
    return NULL;
}

bool recipe_is_fetched_name(const char *fetched, const char *name)
{
    const char *dot = strrchr(fetched, '.');
    size_t stem = dot && dot > fetched ? (size_t)(dot - fetched) : strlen(fetched);
    if (strcmp(fetched, name) == 0)
        return true;
    if (strncmp(fetched, name, stem) != 0 || name[stem] != '-')
        return false;
    size_t n_digits = strspn(name + stem + 1, "0123456789");
    return n_digits && strcmp(name + stem + 1 + n_digits, fetched + stem) == 0;
}

/* Appends a text where there is room, and counts it in any case. */
static void append(char *out, size_t *n, const char *text)
{
    size_t length = strlen(text);
    if (out)
        memcpy(out + *n, text, length + 1);
    *n += length;
}

static void append_pairs(char *out, size_t *n, const char *key, const behov_recipe_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++) {
        const behov_recipe_pair *pair = &pairs->all[i];
        append(out, n, key);
        append(out, n, pair->names.n ? pair->names.all[0] : "");
        append(out, n, " =");
        for (size_t j = 0; j < pair->values.n; j++) {
            append(out, n, j ? ", " : " ");
            append(out, n, pair->is_optional[j] ? "(" : "");
            append(out, n, pair->values.all[j]);
            append(out, n, pair->is_optional[j] ? ")" : "");
        }
        append(out, n, "\n");
    }
}

char *recipe_selection(const behov_recipe_source *source)
{
    char *out = NULL;
    for (int is_written = 0; is_written < 2; is_written++) {
        size_t n = 0;
        append(out, &n, "");
        append_pairs(out, &n, "select ", &source->selects);
        append_pairs(out, &n, "codelist ", &source->codelists);
        if (!is_written && !(out = malloc(n + 1)))
            return NULL;
    }
    return out;
}

static bool is_fetched_of(const behov_recipe_source *source, const char *name)
{
    char *fetched = source->fetch ? recipe_fetched_name(source) : NULL;
    bool is_own = fetched && recipe_is_fetched_name(fetched, name);
    free(fetched);
    return is_own;
}

/* Whether a name is one of a source's files: by its patterns, but not what another source was fetched to. */
bool recipe_file_is_of(const behov_recipe *recipe, size_t source, const char *name, int *year)
{
    *year = 0;
    /* Office's lock files, ~$name.xlsx and .~lock.name.ods#, are no tables */
    if (name[0] == '.' || strncmp(name, "~$", 2) == 0 || ends_with(name, ".request.json") ||
        ends_with(name, ".manifest.json"))
        return false;
    if (recipe->sources[source].file && is_fetched_of(&recipe->sources[source], name))
        return true;
    if (!fits_patterns(&recipe->sources[source], name, year))
        return false;
    for (size_t i = 0; recipe->sources[source].fetch && i < recipe->n_sources; i++)
        if (i != source && is_fetched_of(&recipe->sources[i], name) && !is_fetched_of(&recipe->sources[source], name))
            return false;
    return true;
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
            if (recipe_file_is_of(recipe, source, names[i], &year))
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

bool recipe_lacks_year(const behov_recipe *recipe, const recipe_files *files, size_t source, int year)
{
    const behov_recipe_source *named = &recipe->sources[source];
    bool is_needed = false;
    for (size_t i = 0; i < named->files.n; i++)
        if (!strstr(named->files.all[i], "{year}"))
            return false;
    for (size_t i = 0; i < recipe->n_columns; i++)
        is_needed |= behov_recipe_find_source(recipe, recipe->columns[i].source) == (ptrdiff_t)source &&
                     (!recipe->columns[i].first_year ||
                      (recipe->columns[i].first_year <= year && year <= recipe->columns[i].last_year));
    for (size_t i = 0; i < files->n; i++)
        if (files->all[i].source == source && files->all[i].year + named->year_shift == year)
            return false;
    return is_needed;
}
