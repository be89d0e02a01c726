/* write_deviation_tree.h - a deviation taken apart as a page, a picture and JSON. */
#ifndef BEHOV_CLI_WRITE_DEVIATION_TREE_H
#define BEHOV_CLI_WRITE_DEVIATION_TREE_H

#include <behov/deviation_tree_pages.h>

#include "output_writers.h"

/* The context of deviation_tree_writers; the picture is the caller's. */
typedef struct deviation_tree_results {
    behov_tree_page page;
    behov_picture picture;
} deviation_tree_results;

extern const output_writers deviation_tree_writers;

#endif
