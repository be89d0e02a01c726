/* read_model.c - inih's events into a model. A value that goes on over indented lines arrives in pieces. */
#include "read_model.h"

#include <errno.h>
#include <behov/number.h>
#include <ini.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "inputs.h"

typedef struct reading {
    model *out;
    const char *path;
    behov_error *err;
    behov_status status;
    char last_section[64], last_name[128];
} reading;

static char *copy(const char *text)
{
    char *made = malloc(strlen(text) + 1);
    if (made)
        strcpy(made, text);
    return made;
}

/* inih gives no line number to its handler in Debian's build, so messages name section and key. */
static int fail(reading *r, behov_status code, const char *section, const char *name, const char *what)
{
    if (!r->status) {
        char where[160];
        snprintf(where, sizeof where, "%s, [%s]%s%s", r->path, section, name[0] ? " " : "", name);
        r->status = behov_error_set(r->err, code, where, "%s", what);
    }
    return 0;
}

/* One more piece of the value before: joined by a line break, which a formula reads as a space. */
static int append(reading *r, char **to, const char *section, const char *name, const char *value)
{
    size_t length = strlen(*to) + strlen(value) + 2;
    char *joined = realloc(*to, length);
    if (!joined)
        return fail(r, BEHOV_E_MEMORY, section, name, "not enough memory for the model file");
    strcat(strcat(joined, "\n"), value);
    *to = joined;
    return 1;
}

static int set(reading *r, char **to, const char *section, const char *name, const char *value, int goes_on)
{
    if (goes_on && *to)
        return append(r, to, section, name, value);
    if (*to)
        return fail(r, BEHOV_E_SYNTAX, section, name, "is given twice; keep one of them");
    *to = copy(value);
    return *to ? 1 : fail(r, BEHOV_E_MEMORY, section, name, "not enough memory for the model file");
}

static int add_pair(reading *r, model_pair **pairs, size_t *n, const char *section, const char *name,
                    const char *value, int goes_on)
{
    for (size_t i = 0; i < *n; i++)
        if (strcmp((*pairs)[i].key, name) == 0)
            return set(r, &(*pairs)[i].value, section, name, value, goes_on);
    model_pair *grown = realloc(*pairs, (*n + 1) * sizeof *grown);
    if (grown)
        *pairs = grown;
    char *key = copy(name), *text = copy(value);
    if (!grown || !key || !text) {
        free(key), free(text);
        return fail(r, BEHOV_E_MEMORY, section, name, "not enough memory for the model file");
    }
    grown[(*n)++] = (model_pair){key, text};
    return 1;
}

static bool read_limit(const char *text, size_t length, double *limit)
{
    *limit = NAN;
    return length == 0 || behov_number_parse(text, length, '.', limit) == BEHOV_NUMBER_OK;
}

/* "0..100", "1..", "..0", "whole 1.." */
static bool read_limits(const char *text, model_limits *limits)
{
    *limits = (model_limits){NAN, NAN, strncmp(text, "whole", 5) == 0};
    text += limits->is_whole ? 5 : 0;
    text += strspn(text, " ");
    const char *dots = strstr(text, "..");
    if (!dots)
        return limits->is_whole && !text[0];
    return read_limit(text, (size_t)(dots - text), &limits->low) && read_limit(dots + 2, strlen(dots + 2), &limits->high) &&
           !(limits->low > limits->high);
}

static int take(void *context, const char *section, const char *name, const char *value)
{
    reading *r = context;
    model *out = r->out;
    int goes_on = strcmp(section, r->last_section) == 0 && strcmp(name, r->last_name) == 0;
    snprintf(r->last_section, sizeof r->last_section, "%s", section);
    snprintf(r->last_name, sizeof r->last_name, "%s", name);
    const struct {
        const char *name;
        model_pair **pairs;
        size_t *n;
    } lists[] = {{"terms", &out->terms, &out->n_terms},
                 {"labels_nb", &out->labels[LANGUAGE_NB], &out->n_labels[LANGUAGE_NB]},
                 {"labels_en", &out->labels[LANGUAGE_EN], &out->n_labels[LANGUAGE_EN]},
                 {"proxies_nb", &out->proxies[LANGUAGE_NB], &out->n_proxies[LANGUAGE_NB]},
                 {"proxies_en", &out->proxies[LANGUAGE_EN], &out->n_proxies[LANGUAGE_EN]},
                 {"units_nb", &out->units[LANGUAGE_NB], &out->n_units[LANGUAGE_NB]},
                 {"units_en", &out->units[LANGUAGE_EN], &out->n_units[LANGUAGE_EN]},
                 {"limits", &out->limits, &out->n_limits}};
    model_limits limits;
    if (strcmp(section, "limits") == 0 && goes_on)
        return fail(r, BEHOV_E_SYNTAX, section, name, "is given twice, or goes on over a line; keep one");
    if (strcmp(section, "limits") == 0 && !read_limits(value, &limits))
        return fail(r, BEHOV_E_SYNTAX, section, name,
                    "has no limits; write 0..100, 0.. or ..100, with `whole` before it for whole numbers");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(section, lists[i].name) == 0)
            return add_pair(r, lists[i].pairs, lists[i].n, section, name, value, goes_on);
    if (strcmp(section, "model") != 0)
        return fail(r, BEHOV_E_SYNTAX, section, "",
                    "is no section of a model file; there are [model], [terms], [labels_nb], [labels_en], [proxies_nb], "
                    "[proxies_en], [units_nb], [units_en] and [limits]");
    if (strcmp(name, "title") == 0)
        return set(r, &out->title, section, name, value, goes_on);
    if (strcmp(name, "formula") == 0)
        return set(r, &out->formula, section, name, value, goes_on);
    if (strcmp(name, "cluster") == 0)
        return set(r, &out->cluster, section, name, value, goes_on);
    if (strcmp(name, "exclude") == 0)
        return set(r, &out->exclude, section, name, value, goes_on);
    if (strcmp(name, "population") == 0)
        return set(r, &out->population, section, name, value, goes_on);
    if (strcmp(name, "source") == 0)
        return set(r, &out->source, section, name, value, goes_on);
    if (strcmp(name, "outcome_unit") == 0) {
        char where[160];
        snprintf(where, sizeof where, "%s, [model] outcome_unit", r->path);
        r->status = read_outcome_unit(value, where, &out->unit, r->err);
        return r->status == BEHOV_OK;
    }
    return fail(r, BEHOV_E_SYNTAX, section, name,
                "is not known; there are title, formula, cluster, exclude, outcome_unit, population and source");
}

behov_status read_outcome_unit(const char *text, const char *where, behov_outcome_unit *unit, behov_error *err)
{
    if (strcmp(text, "1000kr_per_inhabitant") == 0)
        *unit = BEHOV_UNIT_1000KR_PER_INHABITANT;
    else if (strcmp(text, "kr_per_inhabitant") == 0)
        *unit = BEHOV_UNIT_KR_PER_INHABITANT;
    else if (strcmp(text, "other") == 0)
        *unit = BEHOV_UNIT_UNKNOWN;
    else
        return behov_error_set(err, BEHOV_E_SYNTAX, where,
                               "\"%s\" is no outcome unit; there are 1000kr_per_inhabitant, kr_per_inhabitant and other",
                               text);
    return BEHOV_OK;
}

behov_status read_model(const char *path, model *out, behov_error *err)
{
    *out = (model){0};
    reading r = {.out = out, .path = path, .err = err};
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return behov_error_set(err, BEHOV_E_FILE, path, "is a folder, not a model file");
    inputs_note(path);
    errno = 0;
    int result = ini_parse(path, take, &r);
    if (r.status)
        return r.status;
    if (result == -1)
        return behov_error_set(err, BEHOV_E_FILE, path, "cannot be read: %s", strerror(errno ? errno : ENOENT));
    if (result == -2)
        return behov_error_set(err, BEHOV_E_MEMORY, path, "not enough memory for the model file");
    if (result > 0) {
        char where[160];
        snprintf(where, sizeof where, "%s, line %d", path, result);
        return behov_error_set(err, BEHOV_E_SYNTAX, where,
                               "is neither [section], `name = value`, nor a comment (lines may be 199 bytes long)");
    }
    if (!out->formula)
        return behov_error_set(err, BEHOV_E_SYNTAX, path, "has no formula; write `formula = outcome ~ ...` under [model]");
    return BEHOV_OK;
}

static void free_pairs(model_pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(pairs[i].key);
        free(pairs[i].value);
    }
    free(pairs);
}

void model_free(model *of)
{
    free(of->title), free(of->formula), free(of->cluster);
    free(of->exclude), free(of->population), free(of->source);
    free_pairs(of->terms, of->n_terms);
    free_pairs(of->labels[0], of->n_labels[0]);
    free_pairs(of->labels[1], of->n_labels[1]);
    free_pairs(of->units[0], of->n_units[0]);
    free_pairs(of->units[1], of->n_units[1]);
    free_pairs(of->limits, of->n_limits);
    free_pairs(of->proxies[0], of->n_proxies[0]);
    free_pairs(of->proxies[1], of->n_proxies[1]);
    *of = (model){0};
}

static const char *find_pair(const model_pair *pairs, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(pairs[i].key, key) == 0)
            return pairs[i].value;
    return NULL;
}

const char *model_label(const model *of, language lang, const char *name)
{
    const char *found = find_pair(of->labels[lang], of->n_labels[lang], name);
    if (found)
        return found;
    if (label_exists(name))
        return label(lang, name);
    if (strncmp(name, "year=", 5) == 0 && !strchr(name, ':'))
        return name + 5;
    return name;
}

const model_pair *model_proxy(const model *of, language lang, size_t i)
{
    language other = lang == LANGUAGE_NB ? LANGUAGE_EN : LANGUAGE_NB;
    if (i < of->n_proxies[lang])
        return &of->proxies[lang][i];
    i -= of->n_proxies[lang];
    for (size_t j = 0; j < of->n_proxies[other]; j++)
        if (!find_pair(of->proxies[lang], of->n_proxies[lang], of->proxies[other][j].key) && i-- == 0)
            return &of->proxies[other][j];
    return NULL;
}

const char *model_term(const model *of, const char *printed_name)
{
    const char *found = find_pair(of->terms, of->n_terms, printed_name);
    return found ? found : printed_name;
}

const char *model_unit(const model *of, language lang, const char *column)
{
    const char *found = find_pair(of->units[lang], of->n_units[lang], column);
    return found ? found : "";
}

model_limits model_limits_of(const model *of, const char *column)
{
    model_limits limits = {NAN, NAN, false};
    const char *found = find_pair(of->limits, of->n_limits, column);
    if (found)
        read_limits(found, &limits); /* was looked at when the file was read */
    return limits;
}
