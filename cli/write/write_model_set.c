/* write_model_set.c - see write_model_set.h. */
#include "write_model_set.h"

#include "json_build.h"
#include "write_json.h"

behov_status model_set_json(const behov_model_set *model_set, const char *path, behov_error *err)
{
    json_t *object = json_object(), *list = json_array();
    for (size_t i = 0; i < model_set->n; i++)
        json_add(list, write_json_fit_object(&model_set->fits[i].fit_results));
    json_put(object, "models", list);
    return write_json_object(path, object, err);
}
