/* pxweb_split.h - a selection that is too large for one request, in parts that are not. */
#ifndef BEHOV_CLI_PXWEB_SPLIT_H
#define BEHOV_CLI_PXWEB_SPLIT_H

#include <behov/error.h>
#include <stddef.h>
#include <stdint.h>

enum { PXWEB_MOST_DIMENSIONS = 32, PXWEB_MOST_PARTS = 2000 };

/* Cells of a product of categories; SIZE_MAX when it is too large to be counted. */
size_t pxweb_n_cells(const size_t *n, size_t n_dimensions);

/* Of each dimension the categories first .. first + n - 1. */
typedef struct pxweb_part {
    size_t first[PXWEB_MOST_DIMENSIONS], n[PXWEB_MOST_DIMENSIONS];
} pxweb_part;

/* Parts (*parts: malloc, free) of at most `most_cells` cells that hold every cell once: cut along the longest dimension, into
 * pieces as even as may be, as few as the limit allows; where one category of it is still too many, each is cut further.
 * \param n  categories of each dimension, all above 0
 * BEHOV_E_MEMORY; BEHOV_E_DATA, without a sentence, when there were more than PXWEB_MOST_PARTS. */
behov_status pxweb_split(const size_t *n, size_t n_dimensions, size_t most_cells, pxweb_part **parts, size_t *n_parts);

#endif
