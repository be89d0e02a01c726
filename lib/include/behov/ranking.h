/* ranking.h - municipalities in order of ratio, need or gap, and how sure each place is. */
#ifndef BEHOV_RANKING_H
#define BEHOV_RANKING_H

#include <stdbool.h>

#include "error.h"
#include "fit_results.h"
#include "groups.h"
#include "lasting.h"
#include "municipality_list.h"
#include "phrase.h"
#include "progress_step.h"
#include "shrink.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_FEW_INHABITANTS = 2000, BEHOV_SMALL_INHABITANTS = 5000, BEHOV_EXTREMES_EACH = 10 };

/// How it is ranked.
typedef struct behov_ranking_choices {
    behov_ranked_by ranked_by;
    int year;                             /* 0 = the years pooled */
    behov_grouping within;                /* places within each group; kind "country" or NULL: within the country */
    const behov_municipality_names *list; /* these alone (borrowed); NULL = all */
    const char *around;                   /* this one's neighbours are shown; NULL = no one's */
    size_t top;   /* how many of each group are shown; with `around` how many on each side; 0 = all (5) */
    double level; /* 0.90 */
    size_t n_draws;
    uint64_t seed;
    behov_lasting_choices lasting;
    behov_progress progress; /* of the draws */
} behov_ranking_choices;

/// A municipality over the year, or the years, that are ranked. Amounts are means over them. NaN where there is none.
typedef struct behov_ranked_municipality {
    size_t n_rows, n_compared, n_estimated; /* rows with a need; with an outcome too; of those estimated on */
    double need, index, actual, ratio, gap; /* ratio: 100 sum of actual / sum of need */
    double population;                      /* of the last year */
    behov_interval ratio_interval;          /* from that of the need: what the coefficients leave open */
    behov_interval municipality_interval;   /* the same under fit_results->municipality_vcov; NaN without one */
    behov_lasting lasting;                  /* of the years ahead; under independence what lasts */
    behov_lasting permanent;                /* none where nothing tells it (lasting.h) */
    double rank;                            /* by the figure itself */
    double lasting_rank;                    /* by ratio or gap: of the lasting level; NaN by need */
    /* What the draws leave open: by ratio or gap of the lasting rank, by need of the rank. */
    double rank_low, rank_high;
    size_t n_unclear; /* municipalities of its group that it is not clearly different from: neither lies above the other
                       * with the probability of choices.lasting */
    bool is_below_floor;
} behov_ranked_municipality;

typedef struct behov_ranking {
    const behov_fit_results *fit_results; /* borrowed */
    behov_ranking_choices choices;
    behov_municipality_list places;
    behov_groups groups;
    bool has_groups;
    behov_groups sizes;             /* the classes of groups.h by inhabitants; none without population */
    behov_ranked_municipality *all; /* a row for each of places */
    bool is_second;                 /* of two: places, sizes and shrink are the first's */
    size_t *shown_positions, n_shown;
    size_t around_shown;                   /* which of them is the one in the middle, with choices.around */
    size_t n_ranked, n_without_population; /* rows left out of the lasting levels for want of inhabitants */
    behov_shrink *shrink;
    behov_shrink_variances variances; /* is_known: and above 0, so that there are levels */
    bool is_at_border;                /* under independence the variance of what lasts is estimated as 0 (lasting.h) */
    size_t n_clearly_above, n_clearly_below;                             /* of the middle place of their group */
    size_t n_extremes, n_extremes_few, n_extremes_small, n_few, n_small; /* under 2 000, under 5 000 */
} behov_ranking;

/// Ranks the municipalities of a fit with its need (borrowed, must outlive the ranking). Free with behov_ranking_free
/// in any case. Errors: BEHOV_E_DATA for a panel that does not say which municipality a row is, for two rows of one
/// name and year without codes, for a gap in kroner without population; BEHOV_E_NAME for a year or a municipality that
/// is not there; those of behov_groups_new and behov_municipality_list_choose.
BEHOV_API behov_status behov_ranking_new(const behov_fit_results *fit_results, const behov_ranking_choices *choices,
                                         behov_ranking *ranking, behov_error *err) BEHOV_MUST_CHECK;
/// The same, and once more within other groups, from the same draws. The second borrows from the first and is freed
/// before or after it.
BEHOV_API behov_status behov_ranking_new_two(const behov_fit_results *fit_results, const behov_ranking_choices *choices,
                                             const behov_grouping *within, behov_ranking *ranking,
                                             behov_ranking *second, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_ranking_free(behov_ranking *ranking);
/// Those of a list as positions among the places (malloc; NULL and 0 without a list): errors of
/// behov_municipality_list_choose, and of behov_left_out_refuse_all for those that a condition leaves out.
BEHOV_API behov_status behov_ranking_choose(const behov_ranking *ranking, const behov_municipality_names *list,
                                            size_t **positions, size_t *n, behov_error *err) BEHOV_MUST_CHECK;

/// Whether the intervals are those of a rank by lasting level, which stands beside the rank by the figure itself.
BEHOV_API bool behov_ranking_has_lasting_ranks(const behov_ranking *ranking);
/// Whether the places are those of one year and their intervals those of a level that all years tell.
BEHOV_API bool behov_ranking_is_one_of_years(const behov_ranking *ranking);
/// Whether there are intervals; whether there is a column of inhabitants; whether several years are one figure.
BEHOV_API bool behov_ranking_has_intervals(const behov_ranking *ranking);
BEHOV_API bool behov_ranking_has_population(const behov_ranking *ranking);
BEHOV_API bool behov_ranking_is_pooled(const behov_ranking *ranking);
/// How many municipalities are ranked with no other: nothing is unsure about their place.
BEHOV_API size_t behov_ranking_n_alone(const behov_ranking *ranking);
/// Whether a lasting level that is shown (`with_intervals`: or its interval) is below zero per cent (lasting.h).
BEHOV_API bool behov_ranking_has_cut_level(const behov_ranking *ranking, bool with_intervals);

#ifdef __cplusplus
}
#endif
#endif
