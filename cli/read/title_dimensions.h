/* title_dimensions.h - what a table's title says that its figures are told apart by: "12362: Utgifter, etter region, funksjon,
 * art, statistikkvariabel og år". */
#ifndef BEHOV_CLI_TITLE_DIMENSIONS_H
#define BEHOV_CLI_TITLE_DIMENSIONS_H

#include <stddef.h>

/* A name, not ended by zero. */
typedef struct title_dimension {
    const char *text;
    size_t length;
} title_dimension;

enum { TITLE_MOST_DIMENSIONS = 12 };

/* The names in their order, borrowed from the title; how many there are, 0 without "etter" (or "by"), or with more than the
 * most. */
size_t title_dimensions_find(const char *title, size_t length, title_dimension names[TITLE_MOST_DIMENSIONS]);

#endif
