/* peers.h - the municipalities most like one, by the regressors of the model.
 *
 * A municipality is the mean of its regressors over the years that are chosen; one that lacks a regressor in one of them
 * is left out, for means over other years are no neighbours. Regressors that are the same for all within every year (the
 * constant, effects of years) tell nobody apart and do not count. Distances: behov/likeness.h. */
#ifndef BEHOV_PEERS_H
#define BEHOV_PEERS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "fit_results.h"
#include "likeness.h"
#include "municipality_list.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_PEERS_USUAL = 8 }; /* how many there are when nothing else is said */

/// A distance is far when it is more than this times the typical one of its place: the median over all municipalities
/// of the distance to their nearest, second nearest ...
extern BEHOV_API const double behov_peers_far;

/// How many times the squared difference of a regressor counts: 0 leaves it out.
typedef struct behov_peer_weight {
    const char *name; /* a regressor, or the one column that a single regressor is made of (borrowed) */
    double weight;    /* 0, or from 1e-6 to 1e6 */
} behov_peer_weight;

typedef struct behov_peer_choices {
    const char *municipality;         /* a code or a name (borrowed) */
    size_t count;                     /* 0 = BEHOV_PEERS_USUAL */
    bool is_at_most;                  /* all others where there are fewer; else that is an error */
    int year;                         /* 0 = the means of all years */
    bool has_no_year;                 /* the caller cannot choose one: messages do not advise it */
    behov_distance distance;          /* need by default */
    const behov_peer_weight *weights; /* borrowed; not with Mahalanobis */
    size_t n_weights;
} behov_peer_choices;

/// Figures of a municipality over the years that are chosen: means per inhabitant, in the outcome's unit. NaN where there
/// is none.
typedef struct behov_peer_means {
    size_t n_rows, n_compared; /* rows with all regressors; with an outcome too */
    double need, actual, ratio, population;
    double *regressors; /* of the kept coefficients (borrowed from the peers) */
} behov_peer_means;

typedef struct behov_peers {
    const behov_fit_results *fit_results; /* borrowed */
    behov_peer_choices choices;           /* count and municipality as they were used */
    behov_municipality_list places;
    behov_peer_means *means; /* of each place */
    double *regressors;      /* what they point into */
    int first_year, last_year;
    size_t n_years;
    size_t own;      /* its place */
    size_t *columns; /* regressors that tell municipalities apart, by their position among the K */
    size_t *kept;    /* position of each among the kept coefficients */
    size_t n_columns;
    double *weights; /* that were asked for, of each of the columns */
    behov_likeness *likeness;
    size_t *candidates, n_candidates; /* place of each row of the likeness, the own one among them */
    size_t n_incomplete;              /* places with some row but not one in each year */
    size_t *nearest, n_nearest;       /* places, nearest first */
    double *distances, *typical;      /* of each; typical of its place */
    double *contributions;            /* n_nearest x n_columns, to the squared distance */
} behov_peers;

/// Finds the nearest (fit results borrowed, must outlive the peers). Free with behov_peers_free in any case.
/// Errors: BEHOV_E_NAME for a municipality, a year or a regressor that is not there; BEHOV_E_DATA for a municipality that
/// a condition or a missing figure leaves out, for more peers than there are municipalities, for a panel that does not say
/// which municipality a row is; BEHOV_E_ARGUMENT for weights with Mahalanobis, below 0 or out of range; those of behov_likeness_new.
/// Cost O(N K + M^2 (K + count)) with M municipalities.
BEHOV_API behov_status behov_peers_new(const behov_fit_results *fit_results, const behov_peer_choices *choices,
                                       behov_peers *peers, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_peers_free(behov_peers *peers);

/// Whether the i-th nearest is far.
BEHOV_API bool behov_peers_is_far(const behov_peers *peers, size_t i);
/// How many of the nearest are far.
BEHOV_API size_t behov_peers_n_far(const behov_peers *peers);
/// What a column of the own municipality is, and the mean of the nearest (each counts once).
BEHOV_API double behov_peers_own_value(const behov_peers *peers, size_t column);
BEHOV_API double behov_peers_mean_value(const behov_peers *peers, size_t column);
/// The share of a column in the squared distances of all the nearest, 0 to 1 (below 0 with Mahalanobis where its
/// contributions are).
BEHOV_API double behov_peers_share(const behov_peers *peers, size_t column);

/// The nearest and the municipality itself as a table of groups (behov/groups.h): municipality_code and group, the own
/// first. \param group  what the group is called. Free with behov_table_free. BEHOV_E_MEMORY; BEHOV_E_DATA without codes.
BEHOV_API behov_status behov_peers_table(const behov_peers *peers, const char *group, behov_table **table,
                                         behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
