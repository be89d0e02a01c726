/* models.c - see models.h. */
#include "models.h"

#include <stdlib.h>

void models_free(models *of)
{
    for (size_t i = 0; i < of->n; i++) {
        fitting_free(&of->fits[i].made);
        study_close(&of->fits[i].of);
    }
    free(of->fits);
    *of = (models){0};
}
