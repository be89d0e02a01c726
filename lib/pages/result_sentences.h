/* result_sentences.h - the sentences about what a fit or an application has computed. */
#ifndef BEHOV_CLI_RESULT_SENTENCES_H
#define BEHOV_CLI_RESULT_SENTENCES_H

#include "results.h"

/* Sentences in a growing text replace what it said. A reason for rows that are not estimated on, in the user's language. */
void results_reason(const results *of, behov_reason reason, behov_language lang, wording *words);
/* What became of a row, and why: "left out because x > 3", "not used in estimation: y missing". */
void results_fate(const results *of, behov_reason reason, wording *words);
/* The same of all rows with this reason: "2 rows are left out because x > 3", and which municipalities a condition leaves
 * out. */
void results_rows_with_reason(const results *of, behov_reason reason, wording *words);
/* "net_expenditure, 1000 kr per inhabitant"; "bundled simulated panel (not real figures)" or the path. */
void results_outcome(const results *of, wording *words);
void results_data_name(const results *of, wording *words);
/* "cluster-robust (CV1), 1 801 clusters of population; t with 1 800 degrees of freedom" */
void results_errors(const results *of, wording *words);
/* "2023: f.json has no year effect; that of 2022 (-0.0506) is lent."; "" when none is. */
void results_lent(const results *of, wording *words);
/* The same of one row, for its note: "the year effect of 2022 is lent"; "" for others. */
void results_lent_note(const results *of, size_t row, wording *words);
/* "95 % interval, lower": the heading of an interval's end. */
void results_interval_label(const results *of, const char *key, char text[100]);
/* "3 rows have a need at or below zero: there is no ratio." */
void results_needs_too_low(const results *of, char text[400]);
/* "Rows where actual is negative: 3. No ratio is computed there." */
void results_actuals_negative(const results *of, char text[400]);
/* "Regresjon av Netto driftsutgifter ...": a title with the outcome's label in it. */
void results_title(const results *of, const char *key, char text[400]);
/* "X is a proxy: ...", of the i-th of those that the model declares and the formula names; false when there are no
 * more. */
bool results_proxy(const results *of, size_t i, wording *words);
/* What the weights mean for the reading of the coefficients; "" without weights. */
void results_weights(const results *of, wording *words);
/* What they sum to, in million kr, and what that is a sign of; "" when the gap is not in kroner or no row has one. */
void results_gap_sum(const results *of, char text[500]);
/* Two-way: how many eigenvalues of the covariance were cut, and which coefficients had a negative variance; "" when
 * none. */
void results_cut(const results *of, wording *words);
/* That R2 is measured from 0, for there is no constant; "" when it is not. */
void results_r2_from_zero(const results *of, wording *words);
/* "Adjusted R2", or "Adjusted R2 (from 0)". */
const char *results_adj_r2_label(const results *of);
/* Why there are no standard errors, of the fit or of some coefficients; "" when all have one. */
void results_no_error(const results *of, wording *words);
/* That a test has too many restrictions for its clusters, empty when it has not (behov_wald_result.is_unreliable). */
void results_many_restrictions(const results *of, const behov_wald_result *wald, wording *words);
/* The same of the F of the whole model. */
void results_unreliable_f(const results *of, wording *words);
bool results_f_is_unreliable(const results *of);
/* That the outcome can hardly have the unit it is said to have; "" when there is nothing to say. */
void results_unit_warning(const results *of, wording *words);
/* The i-th warning about the clustering; false when there are no more. Hardly any: 1.5 rows a cluster or fewer, for
 * such errors are those of no clustering. Few: fewer than 30 clusters (Cameron, Gelbach & Miller 2008), whatever their
 * size; else fewer than 30 effective ones for some coefficient (G*; Carter, Schnepel & Steigerwald 2017). */
bool results_cluster_warning(const results *of, size_t i, wording *words);
/* Whether the errors are of rows, nobody chose that, and municipalities have several rows. */
bool results_takes_rows_apart(const results *of);
/* Whether a cluster has so few rows; how many. Only with clusters. */
bool results_is_hardly_clustered(const results *of, double *rows_per_cluster);
/* "key", "key & second"; of two keys the one that has the fewest clusters. */
void results_cluster_keys(const results *of, wording *keys);
const char *results_key_of_few_clusters(const results *of);

/* Any of the sentences above that are nothing but a sentence about the results. */
typedef void (*results_says)(const results *, wording *);

/* Any of those that are nothing but a sentence about the results. */
typedef void (*results_says)(const results *, wording *);

#endif
