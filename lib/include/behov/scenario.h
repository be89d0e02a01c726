/* scenario.h - what the model says of figures that are not there: columns of a municipality changed, municipalities as
 * one. The fit is the one that is there; nothing is estimated anew.
 *
 *   need     x'b of the row with its changed or merged columns; terms of the formula are made of them anew
 *   change   (x1 - x0)'b per inhabitant, (P1 x1 - P0 x0)'b in all: intervals are those of these combinations, no
 *            differences of intervals
 *   merger   D = (x_M - sum w_i x_i)'b, w_i = P_i / sum P: what becomes of the need because terms of the formula are no
 *            sums; of the urbanity term b ((sum P)^1.2 - sum w_i P_i^1.2)
 *   index    100 need / mean need of the country as it is, in every scenario
 *   rank     1 + the other municipalities of the year that are above, those that have merged aside
 *   leverage h = x'(X'X)^-1 x against the largest of the rows estimated on; with a constant h = 1/N + d^2/(N-1), d the
 *            distance of Mahalanobis: one is beyond the sample exactly when the other is
 *
 * What it does not do: it says nothing of what merging or settling would do to the figures themselves. */
#ifndef BEHOV_SCENARIO_H
#define BEHOV_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "fit_results.h"
#include "municipality_list.h"
#include "panel_merge.h"
#include "phrase.h"
#include "shrink.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_scenario_choices {
    int year;                      /* 0 = the last that has a need */
    double level;                  /* 0.90 */
    bool keeps_total;              /* spending stays what it is in all, else per inhabitant */
    const behov_merge_rule *rules; /* how columns become one, before those of the model (borrowed) */
    size_t n_rules;
} behov_scenario_choices;

/// A municipality as it is, changed, or made of several. Amounts in the outcome's unit; NaN where there is none.
typedef struct behov_scenario_figures {
    double population, actual, need, index, ratio;
    double gap, gap_1000kr; /* per inhabitant, in all */
    behov_interval need_interval, ratio_interval, gap_interval, gap_1000kr_interval;
    double rank, need_rank; /* of ratio and need, 1 = highest */
    size_t n_ranked;        /* by ratio, itself among them */
    double leverage;
    double *regressors; /* of the fit */
} behov_scenario_figures;

/* ---- changed columns --------------------------------------------------------------------------------------------- */

typedef enum behov_step_kind { BEHOV_STEP_LEVEL = 0, BEHOV_STEP_ADD, BEHOV_STEP_PER_CENT } behov_step_kind;

typedef enum behov_step_unit {
    BEHOV_STEP_OF_COLUMN = 0, /* that of the column */
    BEHOV_STEP_PERSONS,       /* a count, in a column of per cent */
    BEHOV_STEP_POINTS         /* percentage points, said so */
} behov_step_unit;

/// "20" a level, "+20" and "-5" added, "+10%" of what it is; with "persons" ("personer", "p") counts, with "pp"
/// ("prosentpoeng") percentage points. Decimal point or comma. BEHOV_E_SYNTAX, where = `where`; for "1.000" too, which may be a thousand.
BEHOV_API behov_status behov_scenario_step_parse(const char *text, const char *where, behov_step_kind *kind,
                                                 behov_step_unit *unit, double *amount,
                                                 behov_error *err) BEHOV_MUST_CHECK;

/// What is asked of one column; texts are borrowed.
typedef struct behov_scenario_change {
    const char *column; /* by its name in the formula or in the panel */
    const char *text;   /* as behov_scenario_step_parse reads it */
    const char *where;  /* its place, for messages; NULL = the column */
} behov_scenario_change;

/// One municipality with its changes; texts are borrowed.
typedef struct behov_scenario_request {
    const char *name;         /* of the scenario; NULL = none */
    const char *municipality; /* code or name */
    const char *where;        /* its place, for messages; may be NULL */
    const behov_scenario_change *changes;
    size_t n_changes;
} behov_scenario_request;

typedef struct behov_scenario_step {
    const char *column, *text; /* borrowed from the request */
    behov_step_kind kind;
    behov_step_unit unit;
    double amount;
    bool is_in_model;                     /* else the need does not depend on the column */
    bool is_share;                        /* in per cent of `denominator` */
    const char *denominator;              /* a column (borrowed); NULL = not known */
    bool denominator_changes;             /* in the same scenario: persons come on top of the share as it was */
    double before, after;                 /* in the column's unit; NaN for a column that is not in the model */
    double persons_before, persons_after; /* of a share */
    double low, high;                     /* in the rows estimated on */
    bool is_outside_data;                 /* after is not within low .. high */
    bool is_outside_limits; /* nor within what the model says can be right: a share below 0 or above 100 */
    double need_change;     /* what the column adds to it, those before it in the list changed already */
    behov_interval need_change_interval;
} behov_scenario_step;

typedef struct behov_scenario {
    const char *name;                       /* NULL = none */
    const behov_municipality *municipality; /* among the places */
    behov_scenario_figures before, after;
    double need_change, need_change_1000kr;
    behov_interval need_change_interval, need_change_1000kr_interval;
    behov_scenario_step *steps;
    size_t n_steps;
    bool depends_on_order;   /* a term has several of the columns: what each adds hangs on their order */
    bool is_beyond_leverage; /* further from the middle of the data than any row estimated on */
    bool changes_population;
} behov_scenario;

typedef struct behov_scenarios {
    const behov_fit_results *fit_results; /* borrowed */
    behov_scenario_choices choices;
    int year;             /* 0 without years */
    double country_need;  /* NaN without population */
    double leverage_most; /* of the rows estimated on */
    behov_municipality_list places;
    behov_scenario *all;
    size_t n;
    double *figures; /* what the regressors point into */
} behov_scenarios;

/// Scenarios of a fit (borrowed, must outlive them) from one table of rows. Free with behov_scenarios_free in any case.
/// \return BEHOV_E_NAME: a municipality, year or column that is not there; BEHOV_E_DATA: no need in the year, or none
///         with the changes; BEHOV_E_ARGUMENT: a change that cannot be read, a column twice, the outcome, the year or a
///         text changed, a count in a column that is no share (of changes with a place of their own BEHOV_E_SYNTAX and
///         BEHOV_E_DATA); spending in all without a unit
/// Cost O(N K^2 + n (K^2 + municipalities)).
BEHOV_API behov_status behov_scenarios_new(const behov_fit_results *fit_results, const behov_scenario_request *requests,
                                           size_t n_requests, const behov_scenario_choices *choices,
                                           behov_scenarios *scenarios, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_scenarios_free(behov_scenarios *scenarios);

/* ---- mergers ----------------------------------------------------------------------------------------------------- */

/// Municipalities that become one; texts are borrowed.
typedef struct behov_merger_request {
    const char *name;                  /* NULL = none */
    const char *const *municipalities; /* codes or names */
    size_t n_municipalities;
} behov_merger_request;

/// How a column of the model became one figure.
typedef struct behov_merger_column {
    const char *column; /* as the formula has it (borrowed) */
    behov_merge_rule rule;
    double merged, low, high; /* its figure; in the rows estimated on */
    bool is_outside_data;
} behov_merger_column;

/// A regressor of the merged municipality against the mean of its parts weighted by population.
typedef struct behov_merger_term {
    double merged, mean, coefficient;
    double difference, difference_1000kr; /* coefficient (merged - mean), per inhabitant and in all */
    behov_interval interval, interval_1000kr;
} behov_merger_term;

typedef struct behov_merger {
    const char *name; /* NULL = none */
    size_t n_parts;
    const behov_municipality **municipalities; /* n_parts, in the order of their codes */
    behov_scenario_figures *parts;             /* n_parts */
    behov_scenario_figures apart; /* the parts in all: amounts and inhabitants summed, no rank and no leverage */
    behov_scenario_figures merged;
    double difference, difference_1000kr; /* need of the merged less that of the parts: the sum of the terms */
    behov_interval difference_interval, difference_1000kr_interval;
    behov_merger_term *terms; /* of every regressor */
    behov_merger_column *columns;
    size_t n_columns;
    bool is_beyond_leverage;
} behov_merger;

typedef struct behov_mergers {
    const behov_fit_results *fit_results; /* borrowed */
    behov_scenario_choices choices;
    int year;
    double country_need, leverage_most;
    behov_municipality_list places;
    behov_merger *all;
    size_t n;
    double *figures;
} behov_mergers;

/// Mergers of a fit (borrowed, must outlive them). Free with behov_mergers_free in any case.
/// \return as behov_scenarios_new; BEHOV_E_ARGUMENT: fewer than two municipalities, one twice, a column without a rule, a
///         category that is not the same in all of them; BEHOV_E_NAME: the weight of a rate is not in the panel
BEHOV_API behov_status behov_mergers_new(const behov_fit_results *fit_results, const behov_merger_request *requests,
                                         size_t n_requests, const behov_scenario_choices *choices,
                                         behov_mergers *mergers, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_mergers_free(behov_mergers *mergers);

#ifdef __cplusplus
}
#endif
#endif
