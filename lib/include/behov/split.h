/* split.h - what a shared service costs each municipality, by several keys, in whole kroner or whole øre.
 *
 *   share_i = amount * sum_k m_k (b_ik / sum_j b_jk) / sum_k m_k
 *
 * with b_k a basis (inhabitants, settled refugees, the same for each) and m_k its weight in the key. Whole shares by the
 * largest remainder (Hamilton): each is cut to whole units, and the units that are left go to those with the largest
 * remainders, of equal ones to the lowest code. All of it in whole numbers, so that remainders are compared exactly. A
 * negative amount (income) is split as its opposite. */
#ifndef BEHOV_SPLIT_H
#define BEHOV_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "municipality_list.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The largest amount, in units, either way.
#define BEHOV_SPLIT_MOST INT64_C(1000000000000000)

/// What municipalities are weighed by.
typedef struct behov_split_basis {
    const char *name;      /* what messages and tables call it: "population" (borrowed) */
    const int64_t *values; /* one for each municipality, none negative (borrowed); NULL = the same for each */
} behov_split_basis;

typedef struct behov_split_part {
    size_t basis;   /* position */
    int64_t weight; /* above 0, at most BEHOV_SPLIT_MOST; only their proportions count */
} behov_split_part;

enum { BEHOV_SPLIT_PARTS = 6 };

/// A key: one basis, or a mix of several.
typedef struct behov_split_key {
    const char *name; /* "population", "mix" (borrowed) */
    behov_split_part parts[BEHOV_SPLIT_PARTS];
    size_t n_parts;
} behov_split_key;

/// The key that shares a fixed part of an amount equally and the rest by another basis. Both of one sign,
/// |fixed| <= |amount|.
BEHOV_API behov_split_key behov_split_fixed_key(const char *name, int64_t amount, int64_t fixed, size_t equal_basis,
                                                size_t variable_basis);

/// What is split; all borrowed.
typedef struct behov_split_request {
    const behov_municipality *places; /* n_places, each with a code of its own */
    size_t n_places;
    const behov_split_basis *bases;
    size_t n_bases;
    int64_t amount; /* in units: kroner, or øre */
} behov_split_request;

/// Splits the amount by a key.
/// \param[out] shares  n_places, in units; they add up to the amount
/// \param[out] shares_pct  n_places, per cent before rounding; may be NULL
/// \return BEHOV_E_DATA for a basis that is 0 for all, a negative one, or two places of one code; BEHOV_E_ARGUMENT for a
/// key without parts, a weight or an amount out of range; BEHOV_E_RANGE where bases are too large for exact arithmetic (the product
/// of their sums and of the sum of weights beyond 2^120); BEHOV_E_MEMORY. O(n log n).
BEHOV_API behov_status behov_split_by_key(const behov_split_request *request, const behov_split_key *key,
                                          int64_t *shares, double *shares_pct, behov_error *err) BEHOV_MUST_CHECK;

/// The amount by several keys, held against one of them.
typedef struct behov_split {
    behov_split_request request; /* borrowed, as are the keys */
    const behov_split_key *keys;
    size_t n_keys, chosen;
    bool *is_split;     /* of each key; not where one of its bases is 0 for all */
    int64_t *shares;    /* n_keys x n_places, in units */
    double *shares_pct; /* the same, before rounding */
} behov_split;

/// Splits by all keys; one whose basis is 0 for all is passed over, unless it is the chosen one (BEHOV_E_DATA).
/// Free with behov_split_free in any case. Errors: those of behov_split_by_key.
BEHOV_API behov_status behov_split_new(const behov_split_request *request, const behov_split_key *keys, size_t n_keys,
                                       size_t chosen, behov_split *split, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_split_free(behov_split *split);

BEHOV_API int64_t behov_split_share(const behov_split *split, size_t key, size_t place);
/// What a municipality pays by a key beyond what it pays by the chosen one: below 0 it gains.
BEHOV_API int64_t behov_split_difference(const behov_split *split, size_t key, size_t place);
/// The keys by which a municipality pays least and most, the first of equal ones.
BEHOV_API void behov_split_ends(const behov_split *split, size_t place, size_t *least, size_t *most);
/// The one place that has all of a basis, where there are several places; n_places when none has.
BEHOV_API size_t behov_split_sole(const behov_split *split, size_t basis);

/// What follows the refugee: cost, or income below 0, that is not shared and stands with the municipality that has it.
typedef struct behov_split_follow {
    const char *name;       /* of the column, or as the call has it (borrowed) */
    const int64_t *amounts; /* n_places, in units (borrowed) */
    int64_t per_refugee;    /* in units, of an amount that is the same for each settled refugee */
    bool is_per_refugee;
} behov_split_follow;

/// All that follows the refugees of a municipality; the same and its share of the service by a key.
BEHOV_API int64_t behov_split_follows(const behov_split_follow *follows, size_t n_follows, size_t place);
BEHOV_API int64_t behov_split_net(const behov_split *split, const behov_split_follow *follows, size_t n_follows,
                                  size_t key, size_t place);

#ifdef __cplusplus
}
#endif
#endif
