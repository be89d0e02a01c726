/* pxweb_selection.h - which values of a table's variables are asked for, expanded to codes, so that cells are counted before
 * anything is asked.
 *
 *   *  01??  K-*             every value; ? is one letter, * any
 *   0301                     a code, capital letters or not
 *   top(3) top(3,1)          the first three, after leaving out one; of the time variable the latest
 *   bottom(3)                the last three; of the time variable the earliest
 *   from(x) to(x) range(a,b) from a value to another in the table's order; of the time variable also where the table does not
 *                            have that very value: range(2020,2026) of a table that ends in 2025 is 2020 to 2025 */
#ifndef BEHOV_CLI_PXWEB_SELECTION_H
#define BEHOV_CLI_PXWEB_SELECTION_H

#include <behov/error.h>
#include <behov/notice.h>
#include <stdbool.h>
#include <stddef.h>

#include "pxweb_table.h"

/* What is asked of one variable, as the user or a recipe writes it (all borrowed). */
typedef struct fetch_choice {
    const char *variable;
    const char *code_list; /* NULL = the table's own values; version 0: "agg:Name", "agg_single:Name", "vs:Name" */
    const char *const *expressions;
    const bool *is_optional; /* an expression that matches nothing is passed over; NULL = none */
    size_t n_expressions;
} fetch_choice;

/* The codes of one variable (borrowed from table and choices): each once, in the table's order. */
typedef struct pxweb_codes {
    const pxweb_variable *variable;
    const char *code_list; /* NULL = none */
    const char **codes;    /* owned */
    size_t n;
} pxweb_codes;

/* Zero-initialise; free with pxweb_selection_free in any case. */
typedef struct pxweb_selection {
    pxweb_codes *variables; /* those that are asked for, in the table's order */
    size_t n;
} pxweb_selection;

/* Expands choices. A variable that may not be left out and has one value gets it.
 * \param notice  hears of years that the table does not have; NULL = nobody does
 * BEHOV_E_NAME: no such variable or value (with the nearest); BEHOV_E_ARGUMENT: a variable chosen twice, an expression that
 * is none; variables that must be chosen and are not, with their values; a variable of which nothing is left. */
behov_status pxweb_select(const pxweb_table *table, const fetch_choice *choices, size_t n_choices, const char *where,
                          const behov_notice *notice, pxweb_selection *selection, behov_error *err) BEHOV_MUST_CHECK;
void pxweb_selection_free(pxweb_selection *selection);

/* Cuts a list of a call at its commas, but for those in brackets (returned: malloc, the texts in the same block; NULL
 * without memory): "0301,[range(2020,2022)]" is "0301" and "range(2020,2022)". */
char **pxweb_expressions(const char *list, size_t *n);

#endif
