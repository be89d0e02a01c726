/* picture_list.c - see picture_list.h. */
#include "picture_list.h"

#include <stdlib.h>

behov_status picture_list_add(picture_list *list, picture_filler *fill, const void *results, behov_error *err)
{
    behov_picture *pictures = realloc(list->pictures, (list->n + 1) * sizeof *pictures);
    if (!pictures)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PICTURE_NO_MEMORY);
    list->pictures = pictures;
    behov_picture *picture = &pictures[list->n];
    *picture = (behov_picture){0};
    behov_error why;
    behov_status status = fill(results, picture, &why);
    if (!status && !picture->has_no_memory) {
        list->n++;
        return BEHOV_OK;
    }
    bool has_no_memory = picture->has_no_memory;
    behov_picture_free(picture);
    if (status == BEHOV_E_DATA)
        return BEHOV_OK;
    if (!status && has_no_memory)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PICTURE_NO_MEMORY);
    if (err)
        *err = why;
    return status;
}

void picture_list_free(picture_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        behov_picture_free(&list->pictures[i]);
    free(list->pictures);
    *list = (picture_list){0};
}
