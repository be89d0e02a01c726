/* peer_accounts.h - the accounts of a municipality by function against those of its peers, in kr per inhabitant.
 *
 * Per inhabitant is of the panel's population in the year of the accounts. Members of a base (peer_comparison.h) count where
 * the accounts have a figure of theirs for the function and the panel a population; means, differences, quartiles
 * and ranks are as there. A sum is held against those that have figures of the same functions as the municipality: one that
 * lacks a function would count as 0 in it, and a sum of four functions is none of five. Accounts are no estimates: nothing here has an interval. */
#ifndef BEHOV_PEER_ACCOUNTS_H
#define BEHOV_PEER_ACCOUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include "accounts.h"
#include "error.h"
#include "peer_comparison.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_ACCOUNT_LINES = BEHOV_ACCOUNT_FUNCTIONS + BEHOV_N_YARDSTICKS };

typedef struct behov_account_base {
    size_t n;
    size_t
        n_unlike; /* of a sum: members that are left out, for they have figures of other functions than the municipality */
    double weighted_kr, unweighted_kr, difference_kr; /* per inhabitant; NaN where there is none */
    double difference_1000kr;                         /* in all */
    behov_quartiles quartiles;                        /* of the others, kr per inhabitant */
    int quarter;                                      /* 1 (lowest) to 4 that the municipality is in; 0 = none */
    size_t rank, n_ranked;                            /* 1 = highest, itself among them; 0 = none */
} behov_account_base;

/// A function, or the sum of a yardstick.
typedef struct behov_account_line {
    int function; /* 0 of a sum */
    behov_accounts_yardstick yardstick;
    size_t n_missing;     /* of a sum: functions without a figure, which count as 0 */
    double amount_1000kr; /* NaN without a figure */
    double per_inhabitant_kr;
    behov_account_base bases[BEHOV_N_BASES];
} behov_account_line;

typedef struct behov_peer_accounts {
    const behov_accounts *accounts;          /* borrowed */
    const behov_peer_comparison *comparison; /* borrowed */
    int year;
    size_t year_position, own;                     /* among the years and municipalities of the accounts */
    double population;                             /* of the panel that year; NaN where it has none */
    behov_account_line lines[BEHOV_ACCOUNT_LINES]; /* functions in order, then the sums */
} behov_peer_accounts;

/// \param year  0 = the last of the accounts
/// BEHOV_E_NAME for a year that the accounts lack, or when the municipality is not in them; BEHOV_E_DATA for an amount of
/// any municipality of the panel that is above 150 000 kr per inhabitant, or in function 281 below 5 kr but not 0. O(bases x members x functions).
BEHOV_API behov_status behov_peer_accounts_new(const behov_accounts *accounts, const behov_peer_comparison *comparison,
                                               int year, behov_peer_accounts *peer_accounts,
                                               behov_error *err) BEHOV_MUST_CHECK;

/// Whether a place has figures of the same functions of a sum as the municipality; true of a function by itself, and of a
/// place that the accounts do not have.
BEHOV_API bool behov_peer_accounts_are_alike(const behov_peer_accounts *peer_accounts, const behov_account_line *line,
                                             size_t place);

#ifdef __cplusplus
}
#endif
#endif
