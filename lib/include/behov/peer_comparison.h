/* peer_comparison.h - a municipality against the most like ones, a group, its county, its size class, chosen ones and the
 * country.
 *
 * The municipality itself is never among those that it is held against, also not in its group or the country. Of a base
 * with members i (each with all years, and for outcome and ratio with all outcomes), population p_i the mean of the years:
 *
 *   weighted mean    sum p_i y_i / sum p_i                what all inhabitants together have; the ratio 100 sum p_i y_i /
 *                                                         sum p_i need_i
 *   unweighted mean  sum y_i / n                          each municipality once; of ratios the mean of ratios
 *   (without population p_i = 1: pages then call the one mean unweighted)
 *   difference       own - weighted mean, in all times the own population (outcome and need: 1000 kr)
 *   rank             1 = the highest of the members and the own one; equal ones share the best place
 *   quartiles        of the members, linear between the two nearest (type 7 of Hyndman & Fan 1996, R's default)
 *   quarter          1 = not above the lower quartile, 2 = not above the median, 3 = not above the upper one, 4
 *
 * Intervals are what the coefficients leave open (shrink.h, 1): a need x'b from x'Vx; a difference of two needs from
 * (x_a - x_b)'V(x_a - x_b), for both rest on the same coefficients; a ratio by inverting the need's; a difference of two
 * ratios from g'Vg with g = ratio_b x_b / need_b - ratio_a x_a / need_a (delta method). Outcomes are accounts and have
 * none. The unweighted mean of ratios has none: it is no function of one need. */
#ifndef BEHOV_PEER_COMPARISON_H
#define BEHOV_PEER_COMPARISON_H

#include "error.h"
#include "groups.h"
#include "peers.h"
#include "profile.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_peer_base_kind {
    BEHOV_BASE_LIKE = 0, /* the nearest */
    BEHOV_BASE_GROUP,    /* those of the user's table that are in its group */
    BEHOV_BASE_COUNTY,
    BEHOV_BASE_SIZE,
    BEHOV_BASE_CHOSEN, /* those that are named */
    BEHOV_BASE_COUNTRY,
    BEHOV_N_BASES
} behov_peer_base_kind;

typedef enum behov_peer_measure {
    BEHOV_PEER_OUTCOME = 0,
    BEHOV_PEER_NEED,
    BEHOV_PEER_RATIO,
    BEHOV_N_PEER_MEASURES
} behov_peer_measure;

/// Why there is no base.
typedef enum behov_base_reason {
    BEHOV_BASE_IS_THERE = 0,
    BEHOV_BASE_NOT_ASKED_FOR,
    BEHOV_BASE_NO_MEMBERS,   /* county and size class: nobody else is in it */
    BEHOV_BASE_NO_CODES,     /* no counties without codes of four digits */
    BEHOV_BASE_NO_POPULATION /* no size classes */
} behov_base_reason;

/// A measure of the municipality against a base; NaN where there is none.
typedef struct behov_peer_figure {
    size_t n;                    /* members that have it */
    size_t n_without_population; /* of them: in the unweighted mean, the rank and the quartiles alone */
    double own, weighted, unweighted, difference, difference_1000kr;
    behov_interval own_interval, weighted_interval, difference_interval, difference_1000kr_interval;
    behov_quartiles quartiles;
    size_t rank, n_ranked; /* the own one among the members and itself; 0 without a figure */
    int quarter;           /* 0 without a figure */
} behov_peer_figure;

typedef struct behov_peer_base {
    behov_peer_base_kind kind;
    behov_base_reason reason;
    char *name;       /* of a group or county, "size_class_2" of a size class (owned); NULL for others */
    size_t *members;  /* places in order, the own one not among them (owned) */
    size_t n_members; /* those without all years among them */
    behov_peer_figure figures[BEHOV_N_PEER_MEASURES];
} behov_peer_base;

typedef struct behov_peer_comparison_choices {
    behov_grouping group;        /* kind NULL = none; county, size and country are there anyway (borrowed) */
    const behov_table *counties; /* names of counties (borrowed); NULL or another county: group.unknown_county */
    const behov_municipality_names *list; /* chosen ones (borrowed); NULL = none */
    double level;                         /* of the intervals, 0.90 */
} behov_peer_comparison_choices;

typedef struct behov_peer_comparison {
    const behov_peers *peers; /* borrowed */
    double level;
    behov_peer_base bases[BEHOV_N_BASES];
    bool has_population, in_kroner; /* whether means are weighted; whether differences in all are 1000 kr */
    bool lists_own;                 /* the own municipality was named among the chosen ones, and left out of them */
} behov_peer_comparison;

/// Compares (peers borrowed, must outlive it). Free with behov_peer_comparison_free in any case.
/// Errors: those of behov_groups_new and behov_municipality_list_choose; BEHOV_E_DATA for a group of the user's table that
/// the municipality is not in, or is in alone, and for chosen ones of whom none is left. Cost O(M K) a base.
BEHOV_API behov_status behov_peer_comparison_new(const behov_peers *peers, const behov_peer_comparison_choices *choices,
                                                 behov_peer_comparison *comparison, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_peer_comparison_free(behov_peer_comparison *comparison);

/// Quartiles of figures (borrowed, NaN passed over) as above. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_quartiles_of(const double *figures, size_t n, behov_quartiles *quartiles,
                                          behov_error *err) BEHOV_MUST_CHECK;

/// The quarter that a figure lies in: 1 up to the lower quartile, itself included, to 4 above the upper.
BEHOV_API int behov_quarter_of(double figure, const behov_quartiles *quartiles);
/// Whether another figure is above one's own; what differs by rounding alone is equal, as in rank.h. False with NaN.
BEHOV_API bool behov_peer_is_above(double other, double own);

#ifdef __cplusplus
}
#endif
#endif
