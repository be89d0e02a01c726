/* results.h - what a fit or an application has computed. */
#ifndef BEHOV_CLI_RESULTS_H
#define BEHOV_CLI_RESULTS_H

#include <behov.h>
#include <stdbool.h>

#include "wording.h"
#include "study.h"

/* Years without an effect among the given coefficients, and what they were lent (--year-effect). */
typedef struct lent_effects {
    enum { LENT_NOTHING, LENT_LAST, LENT_MEAN, LENT_NUMBER } kind; /* nothing: the rows of these years are left out */
    int *years;      /* in order, owned */
    size_t n;
    double effect;
    int first, last; /* of the years that have an effect, the reference among them */
} lent_effects;

/* "2023", "2023, 2024" */
void lent_effects_years(const lent_effects *lent, char text[100]);

/* What a verb has computed. Coefficients without inference (apply) have n_inference = 0. */
typedef struct results {
    const behov_study *of;
    const behov_design *design;
    const behov_fit *fit;              /* NULL for apply */
    const behov_vcov *vcov;            /* NULL for apply */
    const char *cluster, *second_cluster; /* keys, NULL = none */
    bool has_fewest_in_second;            /* of two keys the second has the fewest clusters */
    const char *asked_cluster;         /* what --cluster names, "" = none; NULL when it is not given */
    const behov_coefficient *coefficients; /* one per regressor; apply: estimate alone, the rest NaN */
    const char *coefficients_from;     /* apply: where they came from */
    const lent_effects *lent;          /* apply: NULL = no year was lent an effect */
    const behov_need *need;
    const char *influence;             /* the sentence about rows of much influence; NULL = none */
    const char *rounding;              /* the sentence about an outcome that is exact but for its rounding; NULL = it is not */
    const char *made_on;               /* date, "2026-11-22" */
    double level_pct;                  /* of the intervals; 0 = no intervals */
    double floor;                      /* lowest need that gives a ratio */
    double f, f_p;
    size_t f_restrictions;
    double fewest_effective;           /* G* of the coefficient that hangs on the fewest clusters; 0 = not computed */
    size_t narrowest, n_narrow;        /* that coefficient; how many have fewer than BEHOV_FEW_CLUSTERS */
    size_t next_narrowest;             /* the other one where n_narrow is 2 */
} results;

/* The last year that has a predicted row; 0 without years. */
int results_last_year(const results *of);
/* BEHOV_E_NAME for a year of --year that the panel lacks. */
behov_status results_check_year(const results *of, int year, behov_error *err) BEHOV_MUST_CHECK;
/* BEHOV_E_DATA when the outcome is a function of an amount, so that there is nothing to rank or to compare. */
behov_status results_refuse_transformed(const results *of, behov_error *err) BEHOV_MUST_CHECK;
/* "precision", "frequency", as --weight-kind has it; NULL without weights. */
const char *results_weight_kind(const results *of);
/* The gaps added up: over the rows estimated on, of an application over those that are compared. */
behov_gap_sum results_gaps(const results *of);

#endif
