/* pxweb_table.h - what a table of PxWeb can be asked for: its variables and their values, read from its metadata. */
#ifndef BEHOV_CLI_PXWEB_TABLE_H
#define BEHOV_CLI_PXWEB_TABLE_H

#include <behov/error.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "json_stat.h"

typedef struct pxweb_variable {
    const char *code, *label;   /* borrowed from the metadata; label NULL = none */
    json_stat_category *values; /* owned, in the order of the table */
    size_t n_values;
    bool is_time;
    bool may_be_left_out; /* elimination: the table is summed over it, or has a value for all */
    json_t *document;     /* owned, what values borrow from beside the table's own; NULL = nothing */
} pxweb_variable;

/* Zero-initialise; free with pxweb_table_free in any case. */
typedef struct pxweb_table {
    json_t *document;                     /* owned: the metadata */
    const char *title, *updated, *source; /* borrowed from it; NULL = it does not say */
    pxweb_variable *variables;
    size_t n_variables;
} pxweb_table;

/* Reads metadata of version 2 (JSON-stat without values) or 0 (a list of variables); `document` is taken over.
 * \param where  the server's address, for messages
 * BEHOV_E_DATA for what is neither. */
behov_status pxweb_table_read(json_t *document, const char *where, pxweb_table *table,
                              behov_error *err) BEHOV_MUST_CHECK;
void pxweb_table_free(pxweb_table *table);

/* Puts the values of a code list of version 2 ({"values": [{"code", "label"}]}) in the place of those of a variable;
 * `document` is taken over. */
behov_status pxweb_table_use_code_list(pxweb_variable *variable, json_t *document, const char *where,
                                       behov_error *err) BEHOV_MUST_CHECK;

/* The variable of a code, capital letters or not; NULL when there is none. */
pxweb_variable *pxweb_table_find(const pxweb_table *table, const char *code);
/* Whether two codes are one to the server: letters A to Z without case. */
bool pxweb_is_same_code(const char *a, const char *b);

#endif
