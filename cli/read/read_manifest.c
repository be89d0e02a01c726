/* read_manifest.c - see read_manifest.h. */
#include "read_manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file_digest.h"
#include "json_file.h"
#include "system.h"

char *read_manifest_path(const char *panel)
{
    static const char ending[] = ".manifest.json";
    const char *slash = strrchr(panel, '/'), *dot = strrchr(panel, '.');
    size_t n = dot && dot > (slash ? slash + 1 : panel) ? (size_t)(dot - panel) : strlen(panel);
    char *path = malloc(n + sizeof ending);
    if (path)
        snprintf(path, n + sizeof ending, "%.*s%s", (int)n, panel, ending);
    return path;
}

static bool keep(const json_t *remarks, const char *key, char **text)
{
    const char *names = json_string_value(json_object_get(remarks, key));
    *text = names && names[0] ? strdup(names) : NULL;
    return !names || !names[0] || *text;
}

static bool is_noted(const json_t *file, const char *sha256)
{
    const char *noted = json_string_value(json_object_get(file, "sha256"));
    return noted && strcmp(noted, sha256) == 0;
}

/* A manifest is of one file, or of several that are the same panel. */
static bool is_of(const json_t *manifest, const char *sha256)
{
    const json_t *files = json_object_get(manifest, "panel_files");
    bool is_one = is_noted(json_object_get(manifest, "panel"), sha256);
    for (size_t i = 0; i < json_array_size(files) && !is_one; i++)
        is_one = is_noted(json_array_get(files, i), sha256);
    return is_one;
}

static behov_status take(const json_t *manifest, const char *panel, behov_build_remarks *remarks, behov_error *err)
{
    const json_t *listed = json_object_get(manifest, "remarks");
    char sha256[65];
    size_t n_bytes;
    if (!listed)
        return BEHOV_OK;
    behov_status status = file_digest(panel, sha256, &n_bytes, err);
    if (status || !is_of(manifest, sha256))
        return status;
    bool has_memory = keep(listed, "absent_years", &remarks->absent_years) &&
                      keep(listed, "empty_columns", &remarks->empty_columns) &&
                      keep(listed, "left_out", &remarks->left_out) &&
                      keep(listed, "unconfirmed", &remarks->unconfirmed);
    return has_memory ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, panel, SAY_STUDY_NO_MEMORY_NAME);
}

behov_status read_manifest_remarks(const char *panel, behov_build_remarks *remarks, behov_error *err)
{
    behov_error other;
    json_t *manifest = NULL;
    *remarks = (behov_build_remarks){0};
    char *path = strcmp(panel, "-") == 0 ? NULL : read_manifest_path(panel);
    behov_status status = BEHOV_OK;
    if (path && json_file_is_object(path) && !json_file_read(path, PHRASE_READ_MANIFEST, &manifest, &other))
        status = take(manifest, panel, remarks, err);
    json_decref(manifest);
    free(path);
    return status;
}
