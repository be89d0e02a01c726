/* write_manifest.c - see write_manifest.h. */
#include "write_manifest.h"

#include <behov.h>

#include "json_build.h"
#include "write_json.h"

static json_t *file_json(const manifest_file *file)
{
    json_t *object = json_object();
    json_put(object, "file", json_text(file->path));
    json_put(object, "bytes", json_count(file->n_bytes));
    json_put(object, "sha256", json_text(file->sha256));
    return object;
}

json_t *manifest_files_json(const manifest_file *files, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        json_add(array, file_json(&files[i]));
    return array;
}

static json_t *list_json(const char *names)
{
    return names ? json_text(names) : json_null();
}

json_t *manifest_remarks_json(const behov_build_remarks *remarks)
{
    json_t *object = json_object();
    json_put(object, "absent_years", list_json(remarks->absent_years));
    json_put(object, "empty_columns", list_json(remarks->empty_columns));
    json_put(object, "left_out", list_json(remarks->left_out));
    json_put(object, "unconfirmed", list_json(remarks->unconfirmed));
    return object;
}

behov_status write_derived_manifest(const derived_manifest *derived, const manifest_file *files, size_t n,
                                    const char *path, behov_error *err)
{
    json_t *object = json_object();
    json_put(object, "behov_version", json_text(behov_version()));
    json_put(object, "made", derived->day ? json_text(derived->day) : json_null());
    json_put(object, "made_by", json_text(derived->deed));
    json_put(object, "source", file_json(&derived->source));
    json_put(object, "panel", n ? file_json(&files[0]) : json_null());
    json_put(object, "panel_files", manifest_files_json(files, n));
    json_put(object, "remarks", manifest_remarks_json(derived->remarks));
    return write_json_object(path, object, err);
}
