/* long_parts.h - what the header says of the columns of figures: a dimension for each of its lines, and one for years. */
#ifndef BEHOV_CLI_LONG_PARTS_H
#define BEHOV_CLI_LONG_PARTS_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "long_layout.h"

enum { LONG_MOST_PARTS = 2 * LONG_MOST_HEADERS };

/* A dimension: its text for each column of figures, from the left; NULL = none (all owned). */
typedef struct long_part {
    char *name;
    char **texts, **labels; /* labels NULL where there are none */
} long_part;

typedef struct long_parts {
    long_part parts[LONG_MOST_PARTS];
    size_t n, n_values;
    size_t n_filled_right;           /* cells of the header that take the text to the left */
    bool has_regions;                /* municipalities stand side by side */
    size_t n_year_marks;             /* years with the mark of a footnote behind them */
    grid_cell year_mark;             /* the first of them */
    size_t n_columns_named_by_title; /* for each name in the title: 1, or 2 where code and text stand side by side; 0 =
                                        columns have names of their own, or the title has others */
} long_parts;

/* Takes the header apart; free with long_parts_free in any case. "Persons 2016" is contents Persons and year 2016; "År:
 * 1995" in every column is År; codes of municipalities are region. */
behov_status long_parts_find(const long_layout *layout, long_parts *parts, behov_error *err) BEHOV_MUST_CHECK;
void long_parts_free(long_parts *parts);

/* The name of a column that names rows, in a text of its own (free). Without a name: that of the title, where it has one for
 * each; else "region" for the first, "column_2" for the second. */
char *long_parts_stub_name(const long_layout *layout, const long_parts *parts, size_t column);

#endif
