/* picture_list.h - pictures of results for a document that shows some. */
#ifndef BEHOV_CLI_PICTURE_LIST_H
#define BEHOV_CLI_PICTURE_LIST_H

#include <behov/error.h>
#include <behov/picture.h>
#include <stddef.h>

/* Owns its pictures. Zero-initialise; free with picture_list_free in any case. */
typedef struct picture_list {
    behov_picture *pictures;
    size_t n;
} picture_list;

/* What fills a picture from results, as those of plots.h do. */
typedef behov_status picture_filler(const void *results, behov_picture *out, behov_error *err);

/* Adds the picture that `fill` makes of results; none, and no error, when there is nothing to draw. */
behov_status picture_list_add(picture_list *list, picture_filler *fill, const void *results,
                              behov_error *err) BEHOV_MUST_CHECK;
void picture_list_free(picture_list *list);

#endif
