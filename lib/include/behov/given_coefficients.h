/* given_coefficients.h - coefficients that are not estimated here: of a saved fit or a printed table. */
#ifndef BEHOV_GIVEN_COEFFICIENTS_H
#define BEHOV_GIVEN_COEFFICIENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "design.h"
#include "dictionary.h"
#include "error.h"
#include "model.h"
#include "need.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Zero-initialise; free with behov_given_coefficients_free in any case. Everything in it is owned.
typedef struct behov_given_coefficients {
    char **terms; /* as their source names them */
    double *estimates;
    size_t n;
    behov_dictionary *dictionary; /* the terms once more, to find one that stands twice */
    behov_factor_level *levels;   /* of the factors, the references among them; NULL when the source does not say */
    size_t n_levels;
    behov_saved_column *columns; /* limits of columns, and what their figures were; NULL when the source does not say */
    size_t n_columns;
    char *formula;     /* of the fit; NULL for a table */
    char *exclude;     /* the rows that the fit left out; NULL when none */
    behov_model names; /* labels and units of terms and columns alone; empty when the source has none */
    bool has_unit;     /* the source says the fit's outcome unit */
    behov_outcome_unit unit;
} behov_given_coefficients;

BEHOV_API void behov_given_coefficients_free(behov_given_coefficients *given);

#ifdef __cplusplus
}
#endif
#endif
