/* fit_results.h - what a fit or an application has computed. */
#ifndef BEHOV_FIT_RESULTS_H
#define BEHOV_FIT_RESULTS_H

#include <stdbool.h>

#include "cluster.h"
#include "design.h"
#include "error.h"
#include "far_figures.h"
#include "fit.h"
#include "inference.h"
#include "need.h"
#include "phrase.h"
#include "shrink.h"
#include "study.h"
#include "vcov.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Years without an effect among the given coefficients, and what they were lent (--year-effect).
typedef struct behov_lent_effects {
    enum {
        BEHOV_LENT_NOTHING,
        BEHOV_LENT_LAST,
        BEHOV_LENT_MEAN,
        BEHOV_LENT_NUMBER
    } kind;     /* nothing: the rows of these years are left out */
    int *years; /* in order, owned */
    size_t n;
    double effect;
    int first, last; /* of the years that have an effect, the reference among them */
} behov_lent_effects;

/// "2023", "2023, 2024"
BEHOV_API void behov_lent_effects_years(const behov_lent_effects *lent_effects, char text[100]);

/// What has been computed of a fit, or of given coefficients (apply), which have neither fit nor covariance.
typedef struct behov_fit_results {
    const behov_study *study;
    const behov_design *design;
    const behov_fit *fit;                     /* NULL for apply */
    const behov_vcov *vcov;                   /* NULL for apply */
    const behov_clusters *clusters;           /* of the errors (borrowed), NULL = none or not known */
    const char *cluster, *second_cluster;     /* keys, NULL = none */
    bool has_fewest_in_second;                /* of two keys the second has the fewest clusters */
    const char *asked_cluster;                /* what --cluster names, "" = none; NULL when it is not given */
    bool is_default_cluster;                  /* by municipality, as neither call nor model says otherwise */
    bool is_default_kind;                     /* of errors: nobody asks for one (behov/default_errors.h) */
    bool has_no_jackknife;                    /* that would be CV3, which has no value here: CV1 */
    bool repeats_municipalities;              /* several rows of the estimation are of one municipality */
    bool parts_municipalities;                /* rows of one municipality lie in several clusters */
    size_t n_municipality_clusters;           /* how many municipalities the rows are of; 0 = not counted */
    const behov_coefficient *by_municipality; /* then: the same under clusters by municipality; NULL = not known */
    const behov_vcov *municipality_vcov;      /* then, and where repeated rows have no clusters; NULL = not known */
    const behov_coefficient *coefficients;    /* one per regressor; apply: estimate alone, the rest NaN */
    const char *coefficients_from;            /* apply: where they came from */
    const behov_lent_effects *lent_effects;   /* apply: NULL = no year was lent an effect */
    const behov_far_figures *far_figures;     /* apply: NULL = not looked for */
    const behov_need *need;
    const behov_shrink_variances *variances; /* of levels in the same workbook (borrowed); NULL = none */
    const char *influence;                   /* the sentence about rows of much influence; NULL = none */
    const char *rounding; /* the sentence about an outcome that is exact but for its rounding; NULL = it is not */
    const char *made_on;  /* date, "2026-11-22" */
    double level_pct;     /* of the intervals; 0 = no intervals */
    double floor;         /* lowest need that gives a ratio */
    double f, f_dof2, f_p;
    size_t f_restrictions;
    double fewest_effective;    /* G* of the coefficient that depends on the fewest clusters; 0 = not computed */
    size_t narrowest, n_narrow; /* that coefficient; how many have fewer than BEHOV_FEW_CLUSTERS */
    size_t next_narrowest;      /* the other one where n_narrow is 2 */
} behov_fit_results;

/// The last year that has a predicted row; 0 without years.
BEHOV_API int behov_fit_results_last_year(const behov_fit_results *fit_results);
/// BEHOV_E_NAME for a year of --year that the panel lacks.
BEHOV_API behov_status behov_fit_results_check_year(const behov_fit_results *fit_results, int year,
                                                    behov_error *err) BEHOV_MUST_CHECK;
/// The same with another place in the message than that of the year.
BEHOV_API behov_status behov_fit_results_check_year_at(const behov_fit_results *fit_results, int year,
                                                       const char *where, behov_error *err) BEHOV_MUST_CHECK;
/// BEHOV_E_DATA when the outcome is a function of an amount, so that there is nothing to rank or to compare.
BEHOV_API behov_status behov_fit_results_refuse_transformed(const behov_fit_results *fit_results,
                                                            behov_error *err) BEHOV_MUST_CHECK;
/// "precision", "frequency", as --weight-kind has it; NULL without weights.
BEHOV_API const char *behov_fit_results_weight_kind(const behov_fit_results *fit_results);
/// "inverse" or "identity", the working variance of CV2 beside precision weights; NULL without the one or the other.
BEHOV_API const char *behov_fit_results_cv2_working(const behov_fit_results *fit_results);
/// The gaps added up: over the rows estimated on, of an application over those that are compared.
BEHOV_API behov_gap_sum behov_fit_results_gaps(const behov_fit_results *fit_results);

#ifdef __cplusplus
}
#endif
#endif
