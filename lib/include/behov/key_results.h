/* key_results.h - all that is computed of a cost key: weights, criteria, the key and the modified one, groups, and what
 * else a municipality's expenditure may be held against. */
#ifndef BEHOV_KEY_RESULTS_H
#define BEHOV_KEY_RESULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "fit_results.h"
#include "groups.h"
#include "key.h"
#include "key_criteria.h"
#include "language.h"
#include "municipality_list.h"
#include "yardsticks.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A group of municipalities: its key is the mean of theirs weighted by population, which is that of their criteria
/// summed.
typedef struct behov_key_group {
    size_t n; /* municipalities that have a key and a population */
    double population, key, modified;
} behov_key_group;

/// What 1 is in a key.
typedef enum behov_key_basis {
    BEHOV_KEY_AGAINST_COUNTRY = 0, /* the file is the country, or its figures are given for every criterion */
    BEHOV_KEY_AGAINST_FILE,        /* the municipalities of the file, which are a part of it or not known to be all */
    BEHOV_KEY_AGAINST_BOTH         /* some criteria so and some so: neither is 1 */
} behov_key_basis;

/// Zero-initialise; free with behov_key_results_free in any case.
typedef struct behov_key_results {
    behov_language lang; /* computing makes it that of a file where 1 is not the country */
    behov_key_basis basis;
    const char *path, *weights_path; /* as the user names them (borrowed); NULL = the bundled weights */
    bool is_simulated, is_mismatch_allowed;
    behov_key_weights weights;
    behov_key_criteria criteria;
    behov_key_input input, modified_input; /* of the criteria */
    behov_key key, modified;
    size_t *shown, n_shown; /* positions of the municipalities that pages list */
    bool is_chosen;         /* the call names them */
    bool has_groups;
    behov_groups groups;
    behov_key_group *group_keys;
    size_t n_like, n_like_missing;        /* of a group of like municipalities: all, and those that the file lacks */
    const behov_fit_results *fit_results; /* NULL = no yardsticks (borrowed) */
    behov_yardsticks yardsticks;
} behov_key_results;

/// Weights and criteria are there; computes the rest but for the yardsticks.
/// \param list      those that are shown (borrowed for the call); NULL = all
/// \param grouping  kind NULL = none (borrowed for the call)
/// \return the errors of behov_key_compute, behov_municipality_list_choose and behov_groups_new
BEHOV_API behov_status behov_key_results_compute(behov_key_results *results, const behov_municipality_names *list,
                                                 const behov_grouping *grouping, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_key_results_free(behov_key_results *results);
/// Positions with the highest and lowest key among the municipalities; false when none has one. Of equal keys the lower
/// code.
BEHOV_API bool behov_key_results_extremes(const behov_key_results *results, size_t *highest, size_t *lowest);
/// The yardstick of a municipality; NULL where it has none.
BEHOV_API const behov_yardstick *behov_key_results_yardstick(const behov_key_results *results, size_t position);

#ifdef __cplusplus
}
#endif
#endif
