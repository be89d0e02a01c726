/* read_factors.c - see read_factors.h. */
#include "read_factors.h"

#include <behov/factor_file.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "factor_copy.h"
#include "factor_query.h"
#include "files_read.h"
#include "system.h"
#include "system_reason.h"

static behov_status no_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_FACTORS_NO_MEMORY);
}

static behov_status read_bytes(const char *path, unsigned char **bytes, size_t *n_bytes, behov_error *err)
{
    system_file about;
    size_t room = 0, n_read = 1;
    int number, reason;
    *bytes = NULL;
    *n_bytes = 0;
    if (system_look(path, &about) == 0 && (about.kind == SYSTEM_FOLDER || about.kind == SYSTEM_BLOCK_DEVICE ||
                                           about.kind == SYSTEM_CHARACTER_DEVICE)) /* what may never end */
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_FACTORS_NO_FILE);
    if ((reason = system_open_to_read(path, &number)))
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_FILE_DIGEST_UNREADABLE, system_reason(reason));
    files_read_note(path);
    while (!reason && n_read) {
        if (*n_bytes == room) {
            room = room ? 2 * room : 65536;
            unsigned char *larger = realloc(*bytes, room);
            if (!larger) {
                reason = ENOMEM;
                break;
            }
            *bytes = larger;
        }
        reason = system_read(number, *bytes + *n_bytes, room - *n_bytes, &n_read);
        *n_bytes += reason ? 0 : n_read;
    }
    system_close(number);
    return !reason ? BEHOV_OK
           : reason == ENOMEM
               ? no_memory(path, err)
               : behov_error_say(err, BEHOV_E_FILE, path, SAY_FILE_DIGEST_UNREADABLE, system_reason(reason));
}

static const char database[] = "postgres:";

bool factors_are_of_database(const char *pattern)
{
    return strncmp(pattern, database, sizeof database - 1) == 0;
}

static behov_status parse_formula(const factor_words *words, const char *path, behov_formula **formula,
                                  behov_error *err)
{
    return words->formula ? behov_formula_parse(words->formula, formula, err)
                          : behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_FACTORS_FORMULA_MISSING);
}

/* What the keys of a file of COPY are called, until another part has a name for them. */
static const char nameless[] = "cluster";

/* A file of PostgreSQL's COPY. */
static behov_status take_copy(unsigned char *bytes, size_t n_bytes, const char *path, const factor_words *words,
                              behov_factor_part *part, behov_error *err)
{
    behov_formula *formula = NULL;
    behov_factor_gather *gather = NULL;
    behov_status status = parse_formula(words, path, &formula, err);
    if (!status)
        status = behov_factor_gather_new(formula, nameless, &gather, err);
    if (!status)
        status = factor_copy_read(bytes, n_bytes, path, gather, err);
    if (!status)
        status = behov_factor_gather_finish(gather, part, err);
    behov_factor_gather_free(gather);
    behov_formula_free(formula);
    return status;
}

static behov_status take_query(const char *pattern, const factor_words *words, behov_factor_part *part,
                               behov_error *err)
{
    behov_formula *formula = NULL;
    behov_status status = parse_formula(words, "", &formula, err);
    if (!status)
        status = factor_query_read(pattern + sizeof database - 1, words->query, formula, part, err);
    behov_formula_free(formula);
    return status;
}

static behov_status take_file(const char *path, const factor_words *words, behov_factor_part *part, bool *is_nameless,
                              behov_error *err)
{
    static const char magic[] = "BEHOVFAC";
    unsigned char *bytes = NULL;
    size_t n_bytes;
    behov_status status = read_bytes(path, &bytes, &n_bytes, err);
    bool is_part = !status && n_bytes >= sizeof magic - 1 && memcmp(bytes, magic, sizeof magic - 1) == 0;
    bool is_copy = !status && !is_part && n_bytes > 0 && factor_copy_is(bytes, n_bytes);
    *is_nameless = is_copy;
    if (is_copy)
        status = take_copy(bytes, n_bytes, path, words, part, err);
    else if (is_part && words->formula)
        status = behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_FACTORS_FORMULA_SETTLED);
    else if (!status)
        status = behov_factor_file_read(bytes, n_bytes, path, part, err);
    free(bytes);
    return status;
}

/* Parts, and which of them have no name for their keys. */
typedef struct parts_read {
    behov_factor_parts *parts;
    bool *are_nameless;
} parts_read;

static behov_status read_one(const char *path, const factor_words *words, parts_read *read, behov_error *err)
{
    behov_factor_parts *parts = read->parts;
    bool *are_nameless = realloc(read->are_nameless, (parts->n + 1) * sizeof *are_nameless);
    if (!are_nameless)
        return no_memory(path, err);
    read->are_nameless = are_nameless;
    are_nameless[parts->n] = false;
    behov_factor_part *larger = realloc(parts->parts, (parts->n + 1) * sizeof *larger);
    if (larger)
        parts->parts = larger;
    char **names = realloc(parts->names, (parts->n + 1) * sizeof *names);
    if (names)
        parts->names = names;
    /* how a database is reached may hold a password */
    char *name = larger && names ? strdup(factors_are_of_database(path) ? "postgres" : path) : NULL;
    if (!name)
        return no_memory(path, err);
    larger[parts->n] = (behov_factor_part){0};
    names[parts->n] = name;
    behov_factor_part *part = &larger[parts->n];
    return factors_are_of_database(path) ? (parts->n++, take_query(path, words, part, err))
                                         : take_file(path, words, part, &are_nameless[parts->n++], err);
}

static bool is_read(const behov_factor_parts *parts, const char *path)
{
    for (size_t i = 0; i < parts->n; i++)
        if (strcmp(parts->names[i], path) == 0)
            return true;
    return false;
}

/* Keys without a name have that of another part, where one has. */
static behov_status name_keys(const parts_read *read, behov_error *err)
{
    const char *name = NULL;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < read->parts->n && !name; i++)
        name = read->are_nameless[i] ? NULL : read->parts->parts[i].texts[BEHOV_PART_CLUSTER];
    for (size_t i = 0; i < read->parts->n && name && name[0] && !status; i++)
        if (read->are_nameless[i])
            status = behov_factor_part_set_text(&read->parts->parts[i], BEHOV_PART_CLUSTER, name, err);
    return status;
}

behov_status read_factors(const char *const *patterns, size_t n_patterns, const factor_words *words,
                          behov_factor_parts *parts, behov_error *err)
{
    behov_status status = BEHOV_OK;
    parts_read read = {parts, NULL};
    for (size_t i = 0; i < n_patterns && !status; i++) {
        char **paths = NULL;
        size_t n = 0;
        if (factors_are_of_database(patterns[i])) {
            status = read_one(patterns[i], words, &read, err);
            continue;
        }
        if (strcmp(patterns[i], "-") == 0) {
            status = behov_error_say(err, BEHOV_E_FILE, patterns[i], SAY_FACTORS_NOT_STANDARD_INPUT);
            continue;
        }
        int reason = system_match(patterns[i], &paths, &n);
        if (reason)
            status = no_memory(patterns[i], err);
        else if (n == 0)
            status = behov_error_say(err, BEHOV_E_FILE, patterns[i], SAY_FACTORS_NONE_MATCH);
        for (size_t k = 0; k < n && !status; k++)
            status = is_read(parts, paths[k]) ? behov_error_say(err, BEHOV_E_DATA, paths[k], SAY_FACTORS_NAMED_TWICE)
                                              : read_one(paths[k], words, &read, err);
        for (size_t k = 0; paths && k < n; k++)
            free(paths[k]);
        free(paths);
    }
    if (!status)
        status = name_keys(&read, err);
    free(read.are_nameless);
    return status;
}
