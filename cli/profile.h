/* profile.h - one municipality at a time: its need, what it spends, why, against whom, and how sure that is. */
#ifndef BEHOV_CLI_PROFILE_H
#define BEHOV_CLI_PROFILE_H

#include <behov.h>
#include <stdbool.h>

#include "ranking.h"
#include "results.h"

enum { NEIGHBOURS_EACH = 2 };

typedef struct profile_choices {
    const char *list;  /* codes or names, or a file of them: directory_choose */
    int year;          /* the year that the page is about; 0 = the last in which the municipality has a need */
    const char *group; /* "county", "size" or a file; NULL = the country alone */
    double level;      /* 0.90 */
    size_t n_draws;
    uint64_t seed;
} profile_choices;

/* A year of a municipality; amounts in the outcome's unit. NaN where there is none. */
typedef struct profile_year {
    int year;
    bool has_need, is_estimated;
    behov_need_note note;
    double population, actual, need, index, ratio;
    double gap;                    /* actual less need, per inhabitant */
    double gap_1000kr;             /* the same in all; NaN where the unit is not kroner */
    behov_interval ratio_interval; /* what the coefficients leave open */
    behov_lasting lasting;         /* against the need of this year */
    /* Since the panel's year before. The ratio's change is split with the mean of both orders:
     *   by actual  100 (y1 - y0) (1/n1 + 1/n0) / 2,   by need  100 (1/n1 - 1/n0) (y1 + y0) / 2 */
    double actual_change, need_change, gap_change;
    double ratio_change, ratio_by_actual, ratio_by_need;
    double means[2], sums[2]; /* mean need of country and group; the drivers added up */
    double *drivers[2];       /* n_terms each, against country and group */
    double *values, *average; /* n_regressors each: its own, the country's means */
} profile_year;

typedef struct profile {
    size_t place;        /* among the places of the rankings */
    size_t at;           /* the year that the page is about */
    profile_year *years; /* n_years */
    size_t *order;       /* terms, largest driver against the country first */
    double *figures;     /* what the years point into */
} profile;

/* Regressors with one label, which differ within a year. */
typedef struct profile_term {
    const char *label;              /* borrowed from the model or the labels */
    size_t regressor, n_regressors; /* the first; how many */
} profile_term;

typedef struct quartiles {
    double low, median, high;
} quartiles;

typedef struct profiles {
    const results *of; /* borrowed */
    profile_choices choices;
    ranking country, group; /* by ratio, the years pooled; places within the country, within each group */
    bool has_group, has_population;
    behov_drivers *drivers[2];
    profile_term *terms;
    size_t n_terms, n_years;
    profile *all;
    size_t n;
} profiles;

/* Profiles of the municipalities of a fit (borrowed, must outlive them). Free with profiles_free in any case. Errors:
 * those of ranking_new; BEHOV_E_NAME for a municipality that is not there or a year that the panel lacks, BEHOV_E_DATA
 * for a municipality without a need in the year. */
behov_status profiles_new(const results *of, const profile_choices *choices, profiles *made,
                          behov_error *err) BEHOV_MUST_CHECK;
void profiles_free(profiles *of);

/* Quartiles of the pooled ratios that are ranked, in the country or in the group of a place: linear between the two
 * nearest (type 7 of Hyndman & Fan 1996, R's default). NaN without any. BEHOV_E_MEMORY. */
behov_status profiles_quartiles(const profiles *of, bool is_group, size_t place, quartiles *found, size_t *n,
                                behov_error *err) BEHOV_MUST_CHECK;
/* Up to NEIGHBOURS_EACH places ranked next above and below in the country; returns how many in each. */
void profiles_neighbours(const profiles *of, size_t place, size_t above[NEIGHBOURS_EACH], size_t *n_above,
                         size_t below[NEIGHBOURS_EACH], size_t *n_below);

#endif
