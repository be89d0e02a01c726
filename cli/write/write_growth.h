/* write_growth.h - growth by factors and groups as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_GROWTH_H
#define BEHOV_CLI_WRITE_GROWTH_H

#include <behov/growth_tables.h>

#include "output_writers.h"

/* The context of growth_writers: what is written, with the word of its deed ("groups") for JSON (borrowed). */
typedef struct growth_results {
    behov_growth_page page;
    const char *deed;
} growth_results;

extern const output_writers growth_writers;

#endif
