/* ranking.h - municipalities in order of ratio, need or gap, and how sure each place is. */
#ifndef BEHOV_CLI_RANKING_H
#define BEHOV_CLI_RANKING_H

#include <behov.h>
#include <stdbool.h>

#include "directory.h"
#include "groups.h"
#include "results.h"

enum { FEW_INHABITANTS = 2000, SMALL_INHABITANTS = 5000, EXTREMES_EACH = 10 };

/* How it is ranked. */
typedef struct ranking_choices {
    behov_ranked_by by;
    int year;           /* 0 = the years pooled */
    const char *within; /* "country", "county", "size" or a file */
    const char *list;   /* these alone; NULL = all */
    const char *around; /* this one's neighbours are shown; NULL = no one's */
    size_t top;         /* how many of each group are shown; with `around` how many on each side; 0 = all (5) */
    double level;       /* 0.90 */
    size_t n_draws;
    uint64_t seed;
} ranking_choices;

/* A municipality over the year, or the years, that are ranked. Amounts are means over them. NaN where there is none. */
typedef struct ranked {
    size_t n_rows, n_compared, n_estimated; /* rows with a need; with an outcome too; of those estimated on */
    double need, index, actual, ratio, gap; /* ratio: 100 sum of actual / sum of need */
    double population;                      /* of the last year */
    behov_interval ratio_interval;          /* from that of the need: what the coefficients leave open */
    behov_lasting lasting;
    double rank;         /* by the figure itself */
    double lasting_rank; /* by ratio or gap: of the lasting level; NaN by need */
    /* What the draws leave open: by ratio or gap of the lasting rank, by need of the rank. */
    double rank_low, rank_high;
    size_t n_unclear; /* municipalities of its group that it is not clearly different from */
    bool is_below_floor;
} ranked;

typedef struct ranking {
    const results *of; /* borrowed */
    ranking_choices choices;
    directory places;
    groups by;
    bool has_groups;
    groups sizes; /* the classes of groups.h by inhabitants; none without population */
    ranked *all; /* a row for each of places */
    bool is_second; /* of two: places, sizes and shrink are the first's */
    size_t *shown, n_shown;
    size_t around_shown;                   /* which of them is the one in the middle, with choices.around */
    size_t n_ranked, n_without_population; /* rows left out of the lasting levels for want of inhabitants */
    behov_shrink *shrink;
    behov_shrink_variances variances; /* is_known: and above 0, so that there are levels */
    bool is_at_border;                /* the variance of what lasts is estimated as 0 (lasting.h) */
    size_t n_clearly_above, n_clearly_below;                             /* of the middle place of their group */
    size_t n_extremes, n_extremes_few, n_extremes_small, n_few, n_small; /* under 2 000, under 5 000 */
} ranking;

/* Ranks the municipalities of a fit with its need (borrowed, must outlive the ranking). Free with ranking_free in any
 * case. Errors: BEHOV_E_DATA for a panel that does not say which municipality a row is, for two rows of one name and
 * year without codes, for a gap in kroner without population; BEHOV_E_NAME for a year or a municipality that is not
 * there; those of groups_new and directory_choose. */
behov_status ranking_new(const results *of, const ranking_choices *choices, ranking *made,
                         behov_error *err) BEHOV_MUST_CHECK;
/* The same, and once more within other groups, from the same draws. The second borrows from the first and is freed
 * before or after it. */
behov_status ranking_new_two(const results *of, const ranking_choices *choices, const char *within, ranking *made,
                             ranking *second, behov_error *err) BEHOV_MUST_CHECK;
void ranking_free(ranking *of);

/* Whether the intervals are those of a rank by lasting level, which stands beside the rank by the figure itself. */
bool ranking_has_lasting_ranks(const ranking *of);
/* Whether the places are those of one year and their intervals those of a level that all years tell. */
bool ranking_is_one_of_years(const ranking *of);
/* Whether a lasting level that is shown (`with_intervals`: or its interval) is below zero per cent (lasting.h). */
bool ranking_has_cut_level(const ranking *of, bool with_intervals);

#endif
