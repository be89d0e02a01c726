/* council.h - the figures of a page for a municipal council: municipalities of one year against all others.
 *
 * One level is on the page: that of the years ahead (lasting.h) in per cent of the need of the page's year. Headline,
 * table, places and probabilities are of it: `ranking` is that of the year. Profiles have the same level beside every
 * year's own need, and in the page's year the very same figure.
 *
 * What if (scenario.h): columns of the formula are changed, regressors that are made of them are made anew, D_k their
 * changes, and
 *
 *   need'      need + sum_k b_k D_k
 *   variance'  Var(x'b) + 2 sum_k D_k Cov(x'b, b_k) + sum_kl D_k D_l Cov(b_k, b_l)
 *   interval   need' -+ t sqrt(variance')
 *
 * which is that of `behov scenario set`. There is no interval where t is not the same for all changes (CV2), or a
 * coefficient has no error. */
#ifndef BEHOV_COUNCIL_H
#define BEHOV_COUNCIL_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "fit_results.h"
#include "funnel.h"
#include "municipality_history.h"
#include "phrase.h"
#include "profile.h"
#include "ranking.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_council_choices {
    behov_profile_choices profile; /* whose page, of which year (0 = the last with a need), group, level, draws ... */
    size_t n_like;                 /* like municipalities; 0 = BEHOV_PEERS_USUAL */
} behov_council_choices;

/// A column that the formula names, with its figures in the rows of the page's year that have a need, and in those
/// estimated on.
typedef struct behov_council_variable {
    const char *name; /* as the formula has it (borrowed) */
    size_t position;  /* in the study's table */
    bool is_slider;   /* else it stays what it is */
    bool is_population;
    double low, high, estimated_low, estimated_high;
} behov_council_variable;

/// A regressor that is made of such columns alone: the product of the expressions of a term's components.
typedef struct behov_council_regressor {
    size_t regressor, term; /* among those of the fit; of the formula */
    double coefficient;
} behov_council_regressor;

typedef struct behov_council_whatif {
    behov_council_variable *variables;
    size_t n_variables;
    behov_council_regressor *regressors;
    size_t n_regressors;
    double *covariance;   /* n_regressors x n_regressors, of their coefficients */
    double t;             /* NaN: no intervals */
    double *spread;       /* (X'X)^-1 of the same, without weights: the leverage of changed columns */
    double leverage_most; /* of the rows estimated on */
} behov_council_whatif;

enum { BEHOV_COUNCIL_INTO = 4 };

/// A municipality that has a page.
typedef struct behov_council_page {
    const behov_profile *profile;
    size_t row;           /* of the panel, in the page's year */
    double *values;       /* of the variables */
    double need;          /* x'b */
    double variance;      /* of it */
    double *covariances;  /* of it with each regressor's coefficient */
    double leverage;      /* x'(X'X)^-1 x */
    double *spreads;      /* x'(X'X)^-1 with each regressor's unit vector */
    size_t *like, n_like; /* places of the most like ones by the model's regressors in the year, nearest first */
    size_t n_far;         /* of them: unusually far away (behov_peers_far) */
    int end_date;         /* from which it is no municipality any more, 20180101; 0 = it goes on, or is not known */
    size_t n_into;        /* how many it went into */
    behov_municipality_variant into[BEHOV_COUNCIL_INTO]; /* the first of them */
} behov_council_page;

typedef struct behov_council {
    const behov_fit_results *fit_results; /* borrowed */
    behov_council_choices choices;
    int year; /* 0 without years */
    behov_profiles profiles;
    behov_ranking ranking; /* of the year, of all municipalities; its places are those of the profiles */
    behov_funnel funnel;
    bool has_funnel, has_like;
    behov_error no_funnel, no_like; /* why not */
    behov_council_whatif whatif;
    behov_council_page *pages; /* in the order of the list, or of the places */
    size_t n;
    double *figures; /* what pages point into */
    size_t *likenesses;
} behov_council;

/// The figures of the pages (fit results borrowed, must outlive them). Free with behov_council_free in any case.
/// Errors: those of behov_profiles_new and behov_ranking_new; BEHOV_E_DATA when none of the municipalities has a need in
/// the year. Cost: that of both, of behov_funnel_new, and O(n M K) for like municipalities among M.
BEHOV_API behov_status behov_council_new(const behov_fit_results *fit_results, const behov_council_choices *choices,
                                         behov_council *council, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_council_free(behov_council *council);

/// Finds which of the pages' municipalities end, merged or split, before the years that levels are of are over (the year
/// after the panel's last, where levels are of none): a new number for the same municipality is no end.
/// \param history  its names are borrowed, and must outlive the pages
/// Cost O(pages) look-ups.
BEHOV_API void behov_council_find_ends(behov_council *council, const behov_municipality_history *history);

/// A municipality of the year: its figures and its place, by the position of its page.
BEHOV_API const behov_ranked_municipality *behov_council_ranked(const behov_council *council, size_t page);
/// Whether a place is worth showing: its interval spans no more than half of those that are ranked.
BEHOV_API bool behov_council_place_says_something(const behov_council *council,
                                                  const behov_ranked_municipality *ranked);
/// The ratio of another municipality that the page's is far from: the lowest above 0 as printed (of several zeros
/// none is what another is far from), where the page's is below a third of it, the
/// highest, where it is above three times that. Either may well be a mistake in the figures. NaN where neither is so, or
/// fewer than BEHOV_COUNCIL_COMPARED others have a ratio.
/// Cost O(municipalities).
enum { BEHOV_COUNCIL_COMPARED = 10 };
BEHOV_API double behov_council_far_from(const behov_council *council, size_t page);
/// Municipalities that have a need in another year but none in the page's: on no page, in no table. The one after `place`
/// (SIZE_MAX = the first) with its last year, or the number of municipalities where there is none.
BEHOV_API size_t behov_council_next_lacking(const behov_council *council, size_t place, int *last_year);
/// How many municipalities have an interval of places.
BEHOV_API size_t behov_council_n_placed(const behov_council *council);

#ifdef __cplusplus
}
#endif
#endif
