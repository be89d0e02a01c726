/* profile.h - one municipality at a time: its need, what it spends, why, against whom, and how sure that is. */
#ifndef BEHOV_PROFILE_H
#define BEHOV_PROFILE_H

#include <stdbool.h>

#include "driver.h"
#include "error.h"
#include "fit_results.h"
#include "lasting.h"
#include "need.h"
#include "phrase.h"
#include "ranking.h"
#include "shrink.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_NEIGHBOURS_EACH = 2, BEHOV_PAIRS_MAX = 10 };

typedef struct behov_profile_choices {
    const behov_municipality_names *list; /* borrowed; NULL = every municipality with a need */
    int year;             /* the year that the page is about; 0 = the last in which the municipality has a need */
    behov_grouping group; /* kind NULL = the country alone */
    double level;         /* 0.90 */
    size_t n_draws;
    uint64_t seed;
    behov_lasting_choices lasting;
    behov_progress progress; /* of the draws */
    /* What readers know a regressor by: regressors that bear one label are one term. NULL = its name in the formula. */
    const char *(*label)(const behov_model *model, behov_language lang, const char *regressor);
} behov_profile_choices;

enum { BEHOV_PEER_COUNTRY, BEHOV_PEER_GROUP, BEHOV_PEER_BOTH }; /* what a municipality is held against */

/* What is expected of whom: of this municipality its next year, and the mean of the years ahead, chance of those years
 * included; and a year of a municipality with the same figures of which nothing else is known. */
enum { BEHOV_FORECAST_NEXT, BEHOV_FORECAST_COMING, BEHOV_FORECAST_NEW, BEHOV_N_FORECASTS };

/// The outcome that is expected, with its prediction interval: in the outcome's unit per inhabitant, in all (NaN where
/// the unit is not kroner or the population not known), and in per cent of the need that it is made with, as that need is
/// printed (NaN where that is not above the floor). NaN where nothing is known.
typedef struct behov_forecast {
    double outcome, outcome_1000kr, ratio;
    behov_interval interval, interval_1000kr, ratio_interval;
} behov_forecast;

/// A year of a municipality; amounts in the outcome's unit. NaN where there is none.
typedef struct behov_profile_year {
    int year;
    bool has_need, is_estimated;
    behov_need_note note;
    double population, actual, need, index, ratio;
    double gap;        /* actual less need, per inhabitant */
    double gap_1000kr; /* the same in all; NaN where the unit is not kroner */
    /* What the coefficients leave open of the normal level, and so of what is set against it. */
    behov_interval need_interval, ratio_interval, gap_interval, gap_1000kr_interval;
    /* With the figures of this year. Those of this municipality in the last year with a need alone (last_need). */
    behov_forecast forecasts[BEHOV_N_FORECASTS];
    behov_lasting lasting;   /* against the need of this year: the level of the years ahead, or what lasts */
    behov_lasting permanent; /* the same of the permanent part; none where nothing tells it (lasting.h) */
    /* Since the panel's year before. The ratio's change is split with the mean of both orders:
     *   by actual  100 (y1 - y0) (1/n1 + 1/n0) / 2,   by need  100 (1/n1 - 1/n0) (y1 + y0) / 2 */
    double actual_change, need_change, gap_change;
    double ratio_change, ratio_by_actual, ratio_by_need;
    double ratios[BEHOV_PEER_BOTH]; /* of the country and the group in all, also in a year without a need */
    double means[BEHOV_PEER_BOTH], sums[BEHOV_PEER_BOTH]; /* their mean need; the drivers added up */
    double *drivers[BEHOV_PEER_BOTH];                     /* n_terms each, against country and group */
    double *values, *averages[BEHOV_PEER_BOTH]; /* n_regressors each: its own, the means of country and group */
} behov_profile_year;

typedef struct behov_profile {
    size_t place;              /* among the places of the rankings */
    size_t index;              /* the year that the page is about */
    size_t last_need;          /* the last year with a need, whose figures forecasts are made with */
    double need;               /* mean over the years with need and outcome; NaN when it is not above the floor */
    double *regressors;        /* of that need, those with a coefficient */
    behov_profile_year *years; /* n_years */
    size_t *order;             /* terms, largest driver against the country first */
    double *figures;           /* what the years point into */
} behov_profile;

enum { BEHOV_NO_TERM = -1 };

/// Regressors with one label, which differ within a year.
typedef struct behov_profile_term {
    const char *label;              /* by behov_profile_choices.label (borrowed from what it gave) */
    size_t regressor, n_regressors; /* the first; how many */
} behov_profile_term;

/// What a term's driver is made of: coefficient (value - mean). A term of several regressors has the coefficient 1, and
/// its value and means are sums of coefficient times regressor, in the outcome's unit.
typedef struct behov_profile_part {
    double coefficient, value, means[BEHOV_PEER_BOTH];
} behov_profile_part;

/// Of the pooled ratios that are ranked: linear between the two nearest (type 7 of Hyndman & Fan 1996, R's default).
typedef struct behov_quartiles {
    double low, median, high; /* NaN without any */
    size_t n;
} behov_quartiles;

/// Two of the municipalities of the list.
typedef struct behov_profile_pair {
    const behov_profile *a, *b;
    bool has_levels;    /* of both; without them nothing is known */
    double probability; /* that the level of the first, in per cent of its need, is above the other's; NaN without */
    bool is_clear;      /* it, or what it lacks of 1, is choices.lasting.clear or more */
} behov_profile_pair;

/// Where to find what of a panel and its rankings.
typedef struct behov_profile_index {
    size_t *place_of;         /* of each row of the table; n_places where it is none */
    size_t *rows, *first_row; /* rows in the order of the places; n_places + 1 positions among them */
    size_t *row_of_year;      /* some row of each year */
    size_t *shown_at;         /* of each place among those that the country's ranking shows, or n_shown */
    size_t *profile_of;       /* of each place, or n */
    behov_quartiles *spread[BEHOV_PEER_BOTH]; /* of the country (one), of each group */
} behov_profile_index;

typedef struct behov_profiles {
    const behov_fit_results *fit_results; /* borrowed */
    behov_profile_choices choices;
    behov_ranking country, group; /* by ratio, the years pooled; places within the country, within each group */
    bool has_group, has_population;
    behov_drivers *drivers[BEHOV_PEER_BOTH];
    behov_profile_term *terms;
    size_t n_terms, n_years;
    int *term_of;             /* of each regressor; NO_TERM for one that drops out within every year, or is dropped */
    behov_profile *all;       /* in the order of the list, or of the places */
    size_t n, n_without_need; /* with no list: municipalities left out, for they have no need (in the year) */
    behov_profile_index index;
} behov_profiles;

/// Profiles of the municipalities of a fit (borrowed, must outlive them). Free with behov_profiles_free in any case.
/// Errors: those of behov_ranking_new; BEHOV_E_NAME for a municipality that is not there or a year that the panel
/// lacks, BEHOV_E_DATA for a municipality of the list without a need in the year. Cost beside the rankings O(N K) and
/// O(M log M).
BEHOV_API behov_status behov_profiles_new(const behov_fit_results *fit_results, const behov_profile_choices *choices,
                                          behov_profiles *profiles, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_profiles_free(behov_profiles *profiles);

/// The profile of a place of the rankings; NULL when there is none.
BEHOV_API const behov_profile *behov_profiles_of_place(const behov_profiles *profiles, size_t place);
/// The quartiles of the country, or of the group of a place that has one.
BEHOV_API behov_quartiles behov_profiles_quartiles(const behov_profiles *profiles, bool is_group, size_t place);
/// Up to NEIGHBOURS_EACH places ranked next above and below in the country; how many in each.
BEHOV_API void behov_profiles_neighbours(const behov_profiles *profiles, size_t place,
                                         size_t above[BEHOV_NEIGHBOURS_EACH], size_t *n_above,
                                         size_t lower_positions[BEHOV_NEIGHBOURS_EACH], size_t *n_below);
/// The first PAIRS_MAX pairs in the order of the list; returns how many, and how many more there are. None without a
/// list.
BEHOV_API size_t behov_profiles_pairs(const behov_profiles *profiles, behov_profile_pair pairs[BEHOV_PAIRS_MAX],
                                      size_t *n_left_out);
/// The year that forecasts of this municipality are of, the one after the last with an outcome in the panel; 0 when there
/// are none: without years, with one alone, or without levels.
BEHOV_API int behov_profiles_next_year(const behov_profiles *profiles);
/// Whether the municipality is in a group.
BEHOV_API bool behov_profile_has_group(const behov_profiles *profiles, const behov_profile *profile);
/// What the drivers of a term are made of in a year; means[GROUP] is NaN without a group.
BEHOV_API behov_profile_part behov_profile_part_of(const behov_profiles *profiles,
                                                   const behov_profile_year *profile_year, size_t term);
/// An amount per inhabitant as 1000 kr in all; NaN where the unit is not kroner.
BEHOV_API double behov_profile_in_all(const behov_profiles *profiles, double amount, double population);

#ifdef __cplusplus
}
#endif
#endif
