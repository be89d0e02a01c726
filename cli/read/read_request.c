/* read_request.c - see read_request.h. */
#include "read_request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_file.h"
#include "recipe_files.h"
#include "system.h"

behov_status read_request(const char *path, const char *sha256, json_t **request, bool *is_as_fetched, behov_error *err)
{
    size_t size = strlen(path) + sizeof ".request.json";
    char *beside = malloc(size);
    behov_status status = BEHOV_OK;
    *request = NULL;
    *is_as_fetched = false;
    if (!beside)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RECIPE_NO_MEMORY);
    snprintf(beside, size, "%s.request.json", path);
    if (system_is_there(beside))
        status = json_file_read(beside, PHRASE_READ_REQUEST, request, err);
    if (!status && *request && !json_is_object(*request)) {
        status = behov_error_say(err, BEHOV_E_DATA, beside, SAY_READ_REQUEST_IS_NONE);
        json_decref(*request);
        *request = NULL;
    }
    const char *noted = *request ? json_string_value(json_object_get(*request, "sha256")) : NULL;
    *is_as_fetched = noted && strcmp(noted, sha256) == 0;
    free(beside);
    return status;
}

behov_status check_request_of_source(const behov_recipe_source *source, const char *path, const char *name,
                                     const json_t *request, behov_error *err)
{
    const char *table = json_string_value(json_object_get(request, "table")),
               *selection = json_string_value(json_object_get(request, "selection"));
    if (source->fetch != BEHOV_FETCH_PXWEB2 && source->fetch != BEHOV_FETCH_PXWEB0)
        return BEHOV_OK;
    char *own = recipe_selection(source);
    if (!own)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RECIPE_NO_MEMORY);
    bool is_of_other =
        (table && source->table && strcmp(table, source->table) != 0) || (selection && strcmp(selection, own) != 0);
    free(own);
    return is_of_other ? behov_error_say(err, BEHOV_E_DATA, path, SAY_PANEL_BUILD_OF_OTHER, name, source->name)
                       : BEHOV_OK;
}
