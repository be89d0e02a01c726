/* write_long_table.h - a file as a long table: a row for each cell, and what was found in it. */
#ifndef BEHOV_WRITE_LONG_TABLE_H
#define BEHOV_WRITE_LONG_TABLE_H

#include <behov/language.h>
#include <behov/long_table.h>
#include "output_writers.h"

typedef struct long_table_results {
    behov_long_table long_table;
    const char *path; /* as the user named it (borrowed) */
    behov_language lang;
} long_table_results;

/* Their context is a long_table_results. */
extern const output_writers long_table_writers;

#endif
