/* write_models.c - see write_models.h. */
#include "write_models.h"

#include "json_build.h"
#include "write_json.h"

behov_status models_json(const models *of, const char *path, behov_error *err)
{
    json_t *object = json_object(), *list = json_array();
    for (size_t i = 0; i < of->n; i++)
        json_add(list, write_json_fit_object(&of->fits[i].computed));
    json_put(object, "models", list);
    return write_json_object(path, object, err);
}
