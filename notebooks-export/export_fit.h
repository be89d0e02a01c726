/* export_fit.h - a finished fit as every script, notebook and data file needs it: rows, columns, terms, the errors' kind,
 * our figures, and names that all languages take. Made once from the results; the formats read it. */
#ifndef BEHOV_EXPORT_FIT_H
#define BEHOV_EXPORT_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <behov/expression.h>
#include <behov/fit_results.h>
#include <behov/inference.h>
#include <behov/regressor.h>
#include <behov/vcov.h>
#include <behov/wording.h>

#include "identifier.h"

/* A column of the data that go along. */
typedef struct export_column {
    enum {
        EXPORT_TABLE_COLUMN, /* of the panel */
        EXPORT_IN_SAMPLE,    /* 1 = estimated on, 0 = predicted only */
        EXPORT_NEED,         /* our need, the outcome's unit */
        EXPORT_RATIO         /* our ratio, per cent */
    } kind;
    size_t table_column;    /* of the panel's table */
    const char *name;       /* as the panel has it (borrowed) */
    const char *label;      /* for readers, in the fit's language; the name where it has none (borrowed) */
    const char *unit;       /* "" where it is not known (borrowed) */
    const char *identifier; /* what scripts call it (borrowed from the fit) */
    bool is_text;
} export_column;

/* A factor of a regressor: arithmetic over columns, or 1 where a column has a level and 0 elsewhere. */
typedef struct export_part {
    const behov_expression *expression; /* bound; NULL = a level */
    size_t column;                      /* of the level: position among the fit's columns */
    char *level;                        /* as text (owned) */
    double level_number;                /* the same in a column of numbers */
} export_part;

/* A regressor of the design: the product of its parts, 1 for the constant. */
typedef struct export_term {
    const char *name;       /* "(Intercept)", "I(population^1.2)", "x:year=2013" (borrowed) */
    const char *label;      /* for readers (borrowed) */
    const char *identifier; /* of a regressor that is a column, that column's (borrowed from the fit) */
    bool is_intercept, is_column;
    bool is_dropped; /* collinear: no coefficient, and no part of the refit */
    export_part parts[BEHOV_REGRESSOR_PARTS];
    size_t n_parts;
    behov_coefficient coefficient; /* estimate, se, t, dof, p; NaN where there is none */
} export_term;

typedef struct export_cluster {
    const char *key;              /* as the user has it (borrowed) */
    behov_expression *expression; /* bound (owned) */
    size_t column;                /* position among the fit's columns; n_columns = it is arithmetic */
    const char *identifier;       /* of arithmetic a name of its own */
} export_cluster;

typedef struct export_fit {
    const behov_fit_results *results; /* borrowed, as all that is borrowed here */
    behov_language lang;
    const char *title;               /* of the model, else its outcome */
    const char *formula;             /* as behov writes it */
    const behov_expression *outcome; /* bound */
    const char *outcome_name;
    const char *outcome_identifier; /* a column's own, or a new name */
    bool outcome_is_column;
    export_column *columns;
    size_t n_columns, code, name, year, population, in_sample, need, ratio; /* positions; n_columns = not there */
    export_term *terms;
    size_t n_terms, n_kept; /* those that are not dropped */
    export_cluster clusters[2];
    size_t n_clusters; /* 0 = errors without clusters */
    behov_vcov_kind kind;
    behov_working_variance working;  /* of CV2 */
    const behov_expression *weights; /* bound; NULL = none */
    const char *weights_identifier;  /* "weights", a name of its own */
    behov_weight_kind weight_kind;
    const uint32_t *rows; /* of the table: estimated on and predicted only, in its order; NULL = all */
    size_t n_rows, n_estimated;
    char (*identifiers)[IDENTIFIER_SIZE]; /* all that are in use, owned */
    size_t n_identifiers;
    behov_wording csv; /* the rows as text (export_data.h) */
    char sha256[65];   /* of the csv */
} export_fit;

/* Reads the results (borrowed, must outlive it). Free with export_fit_free in any case. BEHOV_E_DATA, where = the row and
 * column, for a text with a line break or another control character, which no script can hold; BEHOV_E_ARGUMENT for
 * absorbed effects. Cost O(rows x columns).
 * \param has_all_columns  the table's others too, where they were read, but its estimated_on, which in_sample stands for */
behov_status export_fit_new(const behov_fit_results *results, bool has_all_columns, export_fit *fit,
                            behov_error *err) BEHOV_MUST_CHECK;
void export_fit_free(export_fit *fit);

/* Position among the columns of a name as formulas have it, n_columns when it is not among them. */
size_t export_fit_find_column(const export_fit *fit, const char *name);
/* The number of a row of the table in a column of numbers, NaN where missing; the text in one of texts, NULL where
 * missing. */
double export_fit_number(const export_fit *fit, size_t column, size_t row);
const char *export_fit_text(const export_fit *fit, size_t column, size_t row);

#endif
