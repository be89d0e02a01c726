/* key_clustering.h - an index of accumulated disadvantage as a product of three shares: a computation of one's own.
 *
 *   index_i = prod_s (share_is / share_s),   s: divorced or separated, unemployed, low income
 *
 * with share_s the country's. What Gront hefte prints is a product of such shares relative to the country too, but its
 * scale and its age limits are not public: this index is not that one, and its outputs say so. */
#ifndef BEHOV_KEY_CLUSTERING_H
#define BEHOV_KEY_CLUSTERING_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "municipality_list.h"
#include "panel.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_clustering_share {
    BEHOV_SHARE_DIVORCED = 0,
    BEHOV_SHARE_UNEMPLOYED,
    BEHOV_SHARE_LOW_INCOME,
    BEHOV_N_CLUSTERING_SHARES
} behov_clustering_share;

/// "divorced", "unemployed", "low_income": what options and JSON call them.
BEHOV_API const char *behov_clustering_share_name(behov_clustering_share share);

typedef struct behov_clustering_request {
    const char *columns[BEHOV_N_CLUSTERING_SHARES]; /* names (borrowed); NULL = the usual names */
    bool are_counts;                                /* persons, held against the population; else shares in per cent */
    int year;                                       /* 0 = the only one of the table */
} behov_clustering_request;

/// Zero-initialise; free with behov_clustering_index_free in any case.
typedef struct behov_clustering_index {
    behov_municipality_list municipalities;
    double (*shares_pct)[BEHOV_N_CLUSTERING_SHARES]; /* of each municipality; NaN = missing */
    double country_pct[BEHOV_N_CLUSTERING_SHARES];
    double *index; /* NaN where a share is missing; the country = 1 */
    double mean;   /* weighted by population: not 1, for a product of means is no mean of products */
    size_t columns[BEHOV_N_CLUSTERING_SHARES];
    size_t n_without;
    size_t n_no_municipality; /* rows of counties, sums and the like that were passed over, but for the country's */
    size_t n_in_country;      /* municipalities that the country has in the year, else in the newest; 0 = not known */
    int year;                 /* 0 = the table has none */
    bool are_counts, is_country_given;
} behov_clustering_index;

/// The index of a table with roles and marks, as behov_key_criteria_find asks for them. The country is the table's row of
/// it where there is one, else the sum of its municipalities, which then have to have every figure.
/// \return BEHOV_E_NAME: a column or year that is not there; BEHOV_E_DATA: several years, a share that is negative or
///         above 100, more persons than inhabitants, counts that look like shares, a country's share that is 0 or not
///         known; BEHOV_E_TYPE: a column of text
BEHOV_API behov_status behov_clustering_index_compute(const behov_panel *panel, const behov_clustering_request *request,
                                                      behov_clustering_index *index, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_clustering_index_free(behov_clustering_index *index);
/// Whether its municipalities are plainly not the country (behov_country_is_nearly).
BEHOV_API bool behov_clustering_index_is_of_a_part(const behov_clustering_index *index);

#ifdef __cplusplus
}
#endif
#endif
