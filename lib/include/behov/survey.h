/* survey.h - traits of offices against the ratios of their municipalities: means, Welch's test, rank correlations, adjusted for
 * there being many traits.
 *
 * The unit is what can vary by itself: offices and municipalities that hang together, one by one or through each other, are
 * one unit. An office of several municipalities counts once, against their ratio together; several offices of one municipality
 * are averaged (by their weights). The ratio of a unit is
 *   100 * sum of expenditure / sum of need   where needs are known (a fit): of one municipality per inhabitant over its
 *       years, as a ranking has it (behov_ratio_of_levels); of several their means over the years, times the mean of their
 *       inhabitants; else
 *   the mean of its municipalities' ratios, each the mean of its years, weighted by population where all have one (printed
 *       ratios): a municipality counts as much with one year as with five.
 * Means of what is written with decimals are exact, so that ties are those of the decimals.
 * One p-value a trait is adjusted (holm.h): Welch's for yes and no, Spearman's for an ordered trait. */
#ifndef BEHOV_SURVEY_H
#define BEHOV_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "municipality_list.h"
#include "phrase.h"
#include "rank_correlation.h"
#include "ratio_table.h"
#include "survey_answers.h"
#include "welch.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Fewest units of each answer for a comparison of yes and no; fewest units for a rank correlation.
enum { BEHOV_SURVEY_FEWEST_IN_GROUP = 3, BEHOV_SURVEY_FEWEST_UNITS = 6 };

typedef struct behov_survey_options {
    int year;     /* 0 = all years of the ratios together */
    double level; /* of the intervals, in (0, 1); 0 = 0.95. Clear is a p below 0.05, or 1 - level where that is less */
} behov_survey_options;

/// Offices and municipalities that hang together.
typedef struct behov_survey_unit {
    size_t first_office; /* of its offices, in the order of the answers */
    size_t n_offices, n_municipalities;
    double ratio;    /* per cent of need; NaN = none of its municipalities has one: it takes no part */
    bool is_partial; /* a municipality of it lacks a ratio in a year */
} behov_survey_unit;

/// Why a trait is not tested.
typedef enum behov_survey_reason {
    BEHOV_SURVEY_TESTED = 0,
    BEHOV_SURVEY_NO_ANSWERS,
    BEHOV_SURVEY_ONE_VALUE,   /* all units answer the same */
    BEHOV_SURVEY_FEW_UNITS,   /* fewer than BEHOV_SURVEY_FEWEST_UNITS */
    BEHOV_SURVEY_SMALL_GROUP, /* fewer than BEHOV_SURVEY_FEWEST_IN_GROUP say yes, or no */
    BEHOV_SURVEY_NO_SPREAD    /* the ratios do not vary among those that answered */
} behov_survey_reason;

/// What can be said of a trait. "Clear" and "single" both ask for an interval of the estimate without 0.
typedef enum behov_survey_verdict {
    BEHOV_SURVEY_NOT_TESTED = 0,
    BEHOV_SURVEY_NOT_CLEAR, /* p not below that limit, or an interval that holds 0 */
    BEHOV_SURVEY_SINGLE,    /* clear by itself, not when all traits are counted (Holm) */
    BEHOV_SURVEY_CLEAR      /* clear among all */
} behov_survey_verdict;

/// How strong a rank correlation is at the end of its interval that is nearest to 0: below 0.1, 0.3, 0.5 (Cohen 1988).
typedef enum behov_survey_strength {
    BEHOV_SURVEY_NEGLIGIBLE = 0,
    BEHOV_SURVEY_WEAK,
    BEHOV_SURVEY_MIDDLE,
    BEHOV_SURVEY_STRONG
} behov_survey_strength;

/// The units that give one answer.
typedef struct behov_survey_level {
    double answer;
    size_t n_units;
    double mean_ratio;
} behov_survey_level;

typedef struct behov_survey_trait {
    const behov_survey_question *question;
    size_t n_units;                                 /* with an answer and a ratio */
    size_t n_missing_units;                         /* with a ratio, without an answer */
    size_t n_yes, n_no, n_mixed;                    /* units; mixed: offices of it say both */
    behov_welch_test welch;                         /* ratios of yes against no; NaN for an ordered trait */
    behov_rank_correlation rho, tau, rho_for_words; /* the last with the interval that words go by */
    double p, p_holm, p_bh;                         /* of the main test; NaN when it is not tested */
    behov_survey_reason reason;
    behov_survey_verdict verdict;
    behov_survey_level *levels; /* n_levels, in the order of the answers, owned */
    size_t n_levels;
} behov_survey_trait;

typedef struct behov_survey {
    const behov_ratio_table *ratios; /* borrowed, as the answers */
    const behov_survey_answers *answers;
    behov_survey_options options;
    behov_survey_unit *units;
    size_t *unit_of_office; /* of each office; n_units for one without a municipality that is known */
    size_t n_units, n_units_with_ratio, n_partial_units;
    size_t n_unweighted_units; /* of several ratios, whose plain mean is taken: a weight of one is not known */
    behov_survey_trait *traits;
    size_t n_traits, n_tested;
    behov_municipality_names unknown; /* municipalities that the ratios lack, with their places in the answers */
    size_t n_offices_left_out;        /* all their municipalities are unknown */
    size_t n_municipalities, n_shared_offices, n_municipalities_with_several;
    double *values; /* n_traits x n_units: the answer of a unit; NaN = none */
} behov_survey;

/// Free with behov_survey_free in any case. BEHOV_E_ARGUMENT for a year that the ratios lack, BEHOV_E_DATA when no answer
/// is of a municipality that they have, all are of one unit, or all ratios are equal, BEHOV_E_MEMORY. O(traits x units^2).
BEHOV_API behov_status behov_survey_new(const behov_ratio_table *ratios, const behov_survey_answers *answers,
                                        const behov_survey_options *options, behov_survey *survey,
                                        behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_survey_free(behov_survey *survey);

/// The answer of a unit to a trait; NaN = none.
BEHOV_API double behov_survey_value_of(const behov_survey *survey, size_t trait, size_t unit);
/// The level that words go by: 0.95, or that of the intervals where it is higher. A narrower interval makes nothing clearer.
BEHOV_API double behov_survey_words_level(const behov_survey *survey);
/// Strength of a correlation by its interval: at the end nearest to 0, and at the other.
BEHOV_API behov_survey_strength behov_survey_least_strength(const behov_rank_correlation *correlation);
BEHOV_API behov_survey_strength behov_survey_most_strength(const behov_rank_correlation *correlation);

#ifdef __cplusplus
}
#endif
#endif
