/* json_stat.h - a cube of JSON-stat 2.0 (and the bundles of version 1) as dimensions, values and marks.
 *
 * Rules are those of the format's author (json-stat.org; jsonstat/validator), whose codes messages cite. A cube that
 * breaks one is refused, also where a lenient reader would read on: a figure in the wrong cell is worse than none. */
#ifndef BEHOV_CLI_JSON_STAT_H
#define BEHOV_CLI_JSON_STAT_H

#include <behov/error.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* A cube has at most as many cells: some gigabytes of memory are a fault of the file, not a table. */
enum { JSON_STAT_MOST_CELLS = 50000000, JSON_STAT_MOST_DIMENSIONS = 64 };

typedef struct json_stat_category {
    const char *code, *label; /* borrowed from the tree; label NULL = none */
} json_stat_category;

typedef struct json_stat_dimension {
    const char *id, *label; /* borrowed; label NULL = none */
    size_t size;
    json_stat_category *categories; /* by position */
    bool is_time, is_geo, is_metric;
} json_stat_dimension;

typedef struct json_stat_cube {
    json_stat_dimension *dimensions;
    size_t n_dimensions, n_cells;
    const json_t *value, *status;         /* borrowed; status NULL = none */
    const char *label, *source, *updated; /* borrowed; NULL = none */
    const char *table_id;                 /* of PxWeb, borrowed; NULL = none */
    bool is_bundle;                       /* of version 1, which is deprecated */
    bool lacks_units;                     /* a measure without a unit (METRIC_UNIT_MISSING) */
    bool lacks_labels;                    /* a category without a label beside others with one (LABEL_KEY_INCOMPLETE) */
} json_stat_cube;

/* How many datasets a document holds: 1 for a dataset, those of a bundle or embedded in a collection. */
size_t json_stat_n_datasets(const json_t *document);
/* The names of all, for a choice: "dataset", "1: Label" ... as a list (returned, free). */
char *json_stat_list(const json_t *document);
/* Whether a document says of itself that it is JSON-stat. */
bool json_stat_is_it(const json_t *document);
/* Reads one dataset of a document (borrowed, must outlive the cube); free with json_stat_free in any case.
 * \param which  from 0
 * BEHOV_E_DATA: a rule is broken, with its code and the dimension; BEHOV_E_NAME: no such dataset. O(cells). */
behov_status json_stat_open(const json_t *document, const char *where, size_t which, json_stat_cube *cube,
                            behov_error *err) BEHOV_MUST_CHECK;
void json_stat_free(json_stat_cube *cube);

/* The value of a cell (borrowed), NULL for one that is missing; its mark, "" for none. */
const json_t *json_stat_value(const json_stat_cube *cube, size_t cell);
const char *json_stat_mark(const json_stat_cube *cube, size_t cell);

#endif
