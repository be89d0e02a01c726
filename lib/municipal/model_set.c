/* model_set.c - see model_set.h. */
#include <behov/model_set.h>

#include <stdlib.h>

void behov_model_set_free(behov_model_set *model_set)
{
    for (size_t i = 0; i < model_set->n; i++) {
        behov_estimation_free(&model_set->fits[i].estimation);
        behov_study_close(&model_set->fits[i].study);
    }
    free(model_set->fits);
    *model_set = (behov_model_set){0};
}
