/* key.h - a cost key of the income system: criteria of municipalities, weighted, against the country.
 *
 *   key_i = sum_k w_k relative_ik
 *   relative_ik = (c_ik / population_i) / (c_k / population)   a count, c_k and population those of the country
 *               = c_ik / (sum_i population_i c_ik / population) an index or a rate, which cannot be summed
 *               = c_ik                                         already relative to the country (table E-k of Gront hefte)
 *
 * The weights sum to 1 but for rounding, so the country's key is their sum and a key above 1 is needier than the country.
 * Each year is relative to its own country: keys of two years are no measure of a change. Source: Gront hefte 2026 (table
 * E-k has the relative criteria); St.meld. nr. 6 (2003-2004), table 2.1. */
#ifndef BEHOV_KEY_H
#define BEHOV_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "column_request.h"
#include "error.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What a criterion's figures are, which decides how it is held against the country.
typedef enum behov_criterion_kind {
    BEHOV_CRITERION_COUNT = 0, /* persons, or what else can be summed */
    BEHOV_CRITERION_INDEX,     /* per inhabitant already: the country's level is the mean weighted by population */
    BEHOV_CRITERION_RELATIVE,  /* the country is 1 */
    BEHOV_N_CRITERION_KINDS
} behov_criterion_kind;

/// "count", "index", "relative": what files and options call a kind.
BEHOV_API const char *behov_criterion_kind_name(behov_criterion_kind kind);
/// The kind of such a name; BEHOV_N_CRITERION_KINDS when it is none.
BEHOV_API behov_criterion_kind behov_criterion_kind_find(const char *name);

/* ---- weights ----------------------------------------------------------------------------------------------------- */

typedef struct behov_key_weight {
    char *criterion, *column; /* column NULL: the one that is called as the criterion (owned) */
    behov_criterion_kind kind;
    double weight;
} behov_key_weight;

/// The weights of one key in one year. Zero-initialise; free with behov_key_weights_free in any case.
typedef struct behov_key_weights {
    behov_key_weight *all;
    size_t n;
    int year;
    bool is_year_stated; /* they are of several years together, and the call says of which they are taken to be */
    char *key, *source;  /* "sosiale tjenester"; where they are printed; "" when the file does not say (owned) */
    double sum;
    int n_decimals;  /* of the weight with the most */
    double rounding; /* how far from 1 rounding alone can bring the sum: half a unit of that decimal, times n */
    size_t n_negative, n_zero;
} behov_key_weights;

/// How a reader takes the columns of a file of weights: year, key, criterion, weight, source, column, kind, also under
/// their Norwegian names. The context is not used.
BEHOV_API behov_read_kind behov_key_weights_column(void *context, const char *name);
/// The weights of a table (borrowed for the call).
/// \param year  0: the only one of the table
/// \param key   NULL: the only one of the year. Rows without a year that have a key (weights of several years together, as
///              `behov key weights` writes them) are taken when their key and a year are asked for, else passed over
/// \return BEHOV_E_NAME: a column, year or key that is not there, with those that are; BEHOV_E_DATA: several to choose
///         from, rows without a year and nothing else, a weight that is missing or beyond 10, a criterion twice, a kind that is none, a sum that is not near 1;
///         weights of a regression (raw_weight, raw_sum_low) whose raw ones sum to no more than 0, or may
BEHOV_API behov_status behov_key_weights_read(const behov_table *table, int year, const char *key,
                                              behov_key_weights *weights, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_key_weights_free(behov_key_weights *weights);
/// Whether they sum to 1 to the last decimal, and if not whether rounding explains it.
BEHOV_API bool behov_key_weights_are_exact(const behov_key_weights *weights);
BEHOV_API bool behov_key_weights_are_rounded(const behov_key_weights *weights);

/* ---- the key ----------------------------------------------------------------------------------------------------- */

typedef struct behov_key_criterion {
    const char *name; /* for messages */
    behov_criterion_kind kind;
    double weight;
    const double *figures; /* of each municipality; NaN = missing */
    double given;          /* the country's total of a count, level of an index; NaN = computed of the figures */
    ptrdiff_t column;      /* in the table, for messages; -1 = none */
} behov_key_criterion;

/// What a key is computed of: arrays, all borrowed.
typedef struct behov_key_input {
    const behov_key_criterion *criteria;
    size_t n_criteria;
    const double *population; /* of each municipality; NaN = missing */
    size_t n;
    double given_population;  /* of the country; NaN = computed: the sum. A given total of a count needs it */
    bool allows_missing;      /* the country is those that have figures */
    const char *const *codes; /* for messages; NULL = municipalities are known by their number */
    const behov_table *table; /* that the figures were read from, for messages, with the row of each; NULL = none */
    const uint32_t *rows;
} behov_key_input;

/// The country in a criterion.
typedef struct behov_key_country {
    double total, population; /* of a count, over the same municipalities; NaN for others */
    double level;             /* per inhabitant; of an index its mean weighted by population; 1 when relative */
    double mean_relative;     /* mean of the relative figures weighted by population: 1 where nothing is given */
    size_t n_missing;         /* municipalities without the figure or without population */
    bool is_given;
} behov_key_country;

/// Zero-initialise; free with behov_key_free in any case.
typedef struct behov_key {
    size_t n, n_criteria;
    behov_key_country *countries; /* of each criterion */
    double *relative;  /* n x n_criteria, row-major; NaN where missing, and for a weight of 0 without level */
    double *index;     /* n; NaN where a criterion with a weight is missing */
    double sum;        /* of the weights: the country's key */
    double mean;       /* of the index weighted by population, over those that have both */
    size_t n_without;  /* municipalities without a key */
    size_t n_negative; /* with a key below 0, which weights below 0 can give: no share of any cost */
} behov_key;

/// Computes a key. Sums run in the order of the municipalities. O(n n_criteria).
/// \return BEHOV_E_DATA with the place: a population that is not above 0, a negative or infinite figure, a missing one
///         unless it is allowed (the country's total is not known then), a country of 0, a given total without a given
///         population or below the sum of the municipalities, nobody with figures
BEHOV_API behov_status behov_key_compute(const behov_key_input *input, behov_key *key,
                                         behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_key_free(behov_key *key);
/// Whether a criterion with a weight is held against the population: not where all are relative to the country already.
BEHOV_API bool behov_key_needs_population(const behov_key_input *input);
/// w_k relative_ik: the contributions add up to the key. Less w_k, they add up to its distance from the country's.
BEHOV_API double behov_key_contribution(const behov_key_input *input, const behov_key *key, size_t municipality,
                                        size_t criterion);
/// The first criterion with a weight that a municipality lacks; n_criteria when it has a key.
BEHOV_API size_t behov_key_missing_criterion(const behov_key_input *input, const behov_key *key, size_t municipality);

#ifdef __cplusplus
}
#endif
#endif
