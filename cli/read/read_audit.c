/* read_audit.c - see read_audit.h. */
#include "read_audit.h"

#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "read_printed.h"

static const char bundled[] = "proba-2017-08/regression.csv";

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_AUDIT_NO_MEMORY);
}

static behov_status set_file(behov_audit_file *file, const char *path, const char *name, behov_error *err)
{
    file->path = strdup(path);
    file->name = strdup(name);
    return file->path && file->name ? BEHOV_OK : out_of_memory(err);
}

/* The file of another name in the folder of `path`: `stem` bytes of its own name, then `ending`. */
static char *beside(const char *path, size_t stem, const char *ending)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    char *copy = malloc(folder + stem + strlen(ending) + 1);
    if (copy) {
        memcpy(copy, path, folder + stem);
        strcpy(copy + folder + stem, ending);
    }
    return copy;
}

static size_t stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - name) : strlen(name);
}

/* The file that an option names, or the one that lies beside the table; none for an empty option, or when it is not
 * there. */
static behov_status choose_file(const behov_audit_results *audit_results, const char *option, size_t stem,
                                const char *ending, behov_audit_file *file, behov_error *err)
{
    if (option)
        return option[0] ? set_file(file, option, option, err) : BEHOV_OK;
    if (strcmp(audit_results->table_file.path, "-") == 0)
        return BEHOV_OK;
    char *path = beside(audit_results->table_file.path, stem, ending),
         *name = beside(audit_results->table_file.name, stem, ending);
    if (!path || !name) {
        free(path);
        free(name);
        return out_of_memory(err);
    }
    if (!datasets_path_is_there(path)) {
        free(path);
        free(name);
        return BEHOV_OK;
    }
    *file = (behov_audit_file){path, name};
    return BEHOV_OK;
}

behov_status read_audit(const read_audit_choices *choices, const behov_notice *notice,
                        behov_audit_results *audit_results, behov_error *err)
{
    const char *table = choices->table;
    char *path = NULL;
    behov_status status = table ? BEHOV_OK : datasets_path(bundled, &path, err);
    if (!status)
        status = set_file(&audit_results->table_file, table ? table : path, table ? table : bundled, err);
    free(path);
    if (!status)
        status = read_printed_table(audit_results->table_file.path, notice, &audit_results->table, err);
    if (!status)
        status = choose_file(audit_results, choices->notes, stem_of(audit_results->table_file.path), "_notes.csv",
                             &audit_results->notes_file, err);
    if (!status && audit_results->notes_file.path)
        status = read_printed_notes(audit_results->notes_file.path, notice, &audit_results->notes, err);
    if (!status)
        status = choose_file(audit_results, choices->signs, 0, "expected_signs.csv", &audit_results->signs_file, err);
    if (!status && audit_results->signs_file.path)
        status = read_printed_signs(audit_results->signs_file.path, notice, &audit_results->signs, err);
    return status;
}
