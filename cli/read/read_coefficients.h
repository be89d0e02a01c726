/* read_coefficients.h - coefficients from a saved fit (JSON) or a printed table (CSV). */
#ifndef BEHOV_CLI_READ_COEFFICIENTS_H
#define BEHOV_CLI_READ_COEFFICIENTS_H

#include <behov/design.h>
#include <behov/dictionary.h>
#include <behov/error.h>
#include <behov/need.h>
#include <stdbool.h>
#include <stddef.h>

#include "read_notice.h"
#include "study.h"

typedef struct coefficient_list {
    char **terms; /* as the file names them */
    double *estimates;
    size_t n;
    behov_dictionary *dictionary; /* the terms once more, to find one that stands twice */
    behov_factor_level *levels;   /* JSON: of the factors, the references among them; NULL when the file does not say */
    size_t n_levels;
    behov_saved_column
        *columns; /* JSON: limits of columns, and what their figures were; files of earlier versions have none */
    size_t n_columns;
    char *formula; /* JSON: the formula of the fit; NULL for a table */
    char *exclude; /* JSON: the rows that the fit left out; NULL when none */
    bool has_unit; /* JSON: the fit's outcome unit */
    behov_outcome_unit unit;
} coefficient_list;

/* Reads FILE.json (a `behov fit --json`) or delimited text with columns `term` and `coefficient`. Free with
 * coefficient_list_free in any case. BEHOV_E_FILE, BEHOV_E_SYNTAX (JSON, with line), BEHOV_E_DATA (no terms, a term
 * twice, a coefficient missing). */
behov_status read_coefficients(const char *path, const read_notice *notice, coefficient_list *out,
                               behov_error *err) BEHOV_MUST_CHECK;
void coefficient_list_free(coefficient_list *coefficient_list);

#endif
