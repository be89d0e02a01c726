/* result_sentences.h - the sentences about what a fit or an application has computed. */
#ifndef BEHOV_RESULT_SENTENCES_H
#define BEHOV_RESULT_SENTENCES_H

#include "error.h"
#include "fate.h"
#include "fit_results.h"
#include "test.h"
#include <behov/word.h>
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Sentences in a growing text replace what it said. A reason for rows that are not estimated on, in the user's
/// language.
BEHOV_API void behov_fit_results_reason(const behov_fit_results *fit_results, behov_reason reason, behov_language lang,
                                        behov_wording *words);
/// What became of a row, and why: "left out because x > 3", "not used in estimation: y missing".
BEHOV_API void behov_fit_results_fate(const behov_fit_results *fit_results, behov_reason reason, behov_wording *words);
/// The same of all rows with this reason: "2 rows are left out because x > 3", and which municipalities a condition
/// leaves out.
BEHOV_API void behov_fit_results_rows_with_reason(const behov_fit_results *fit_results, behov_reason reason,
                                                  behov_wording *words);
/// "net_expenditure, 1000 kr per inhabitant"; "bundled simulated panel (not real figures)" or the path.
BEHOV_API void behov_fit_results_outcome(const behov_fit_results *fit_results, behov_wording *words);
BEHOV_API void behov_fit_results_data_name(const behov_fit_results *fit_results, behov_wording *words);
/// "cluster-robust (CV1), 1 801 clusters of population; t with 1 800 degrees of freedom"
BEHOV_API void behov_fit_results_errors(const behov_fit_results *fit_results, behov_wording *words);
/// "2023: f.json has no year effect; that of 2022 (-0.0506) is lent."; "" when none is.
BEHOV_API void behov_fit_results_lent(const behov_fit_results *fit_results, behov_wording *words);
/// The same of one row, for its note: "the year effect of 2022 is lent"; "" for others.
BEHOV_API void behov_fit_results_lent_note(const behov_fit_results *fit_results, size_t row, behov_wording *words);
/// "95 % interval, lower": the heading of an interval's end.
BEHOV_API void behov_fit_results_interval_label(const behov_fit_results *fit_results, behov_word key, char text[100]);
/// "3 rows have a need at or below zero: there is no ratio."; "" when none has.
BEHOV_API void behov_fit_results_needs_too_low(const behov_fit_results *fit_results, behov_wording *words);
/// "Rows where actual is negative: 3. No ratio is computed there."; "" when there are none.
BEHOV_API void behov_fit_results_actuals_negative(const behov_fit_results *fit_results, behov_wording *words);
/// "Regresjon av Netto driftsutgifter ...": a title with the outcome's label in it.
BEHOV_API void behov_fit_results_title(const behov_fit_results *fit_results, behov_word key, behov_wording *words);
/// "X is a proxy: ...", of the i-th of those that the model declares and the formula names; false when there are no
/// more.
BEHOV_API bool behov_fit_results_proxy(const behov_fit_results *fit_results, size_t i, behov_wording *words);
/// What the weights mean for the reading of the coefficients; "" without weights.
BEHOV_API void behov_fit_results_weights(const behov_fit_results *fit_results, behov_wording *words);
/// What they sum to, in million kr, and what that is a sign of; "" when the gap is not in kroner or no row has one.
BEHOV_API void behov_fit_results_gap_sum(const behov_fit_results *fit_results, behov_wording *words);
/// Two-way: how many eigenvalues of the covariance were cut, and which coefficients had a negative variance; "" when
/// none.
BEHOV_API void behov_fit_results_cut(const behov_fit_results *fit_results, behov_wording *words);
/// That R2 is measured from 0, for there is no constant; "" when it is not.
BEHOV_API void behov_fit_results_r2_from_zero(const behov_fit_results *fit_results, behov_wording *words);
/// "Adjusted R2", or "Adjusted R2 (from 0)".
BEHOV_API const char *behov_fit_results_adj_r2_label(const behov_fit_results *fit_results);
/// Why there are no standard errors, of the fit or of some coefficients; "" when all have one.
BEHOV_API void behov_fit_results_no_error(const behov_fit_results *fit_results, behov_wording *words);
/// That a test has too many restrictions for its clusters, empty when it has not (behov_wald_result.is_unreliable).
BEHOV_API void behov_fit_results_many_restrictions(const behov_fit_results *fit_results, const behov_wald_result *wald,
                                                   behov_wording *words);
/// The same of the F of the whole model.
BEHOV_API void behov_fit_results_unreliable_f(const behov_fit_results *fit_results, behov_wording *words);
BEHOV_API bool behov_fit_results_f_is_unreliable(const behov_fit_results *fit_results);
/// That the outcome can hardly have the unit it is said to have; "" when there is nothing to say.
BEHOV_API void behov_fit_results_unit_warning(const behov_fit_results *fit_results, behov_wording *words);
/// The i-th warning about the clustering; false when there are no more. Hardly any: 1.5 rows a cluster or fewer, for
/// such errors are those of no clustering; not where every municipality has one row. Few: fewer than 30 clusters (Cameron, Gelbach & Miller 2008), whatever their
/// size; else fewer than 30 effective ones for some coefficient (G*; Carter, Schnepel & Steigerwald 2017).
BEHOV_API bool behov_fit_results_cluster_warning(const behov_fit_results *fit_results, size_t i, behov_wording *words);
/// Whether the errors are of rows, nobody chose that, and municipalities have several rows.
BEHOV_API bool behov_fit_results_takes_rows_apart(const behov_fit_results *fit_results);
/// Whether a cluster has so few rows, where a municipality has more than one (else no rows belong together); how many.
/// Only with clusters.
BEHOV_API bool behov_fit_results_is_hardly_clustered(const behov_fit_results *fit_results, double *rows_per_cluster);
/// "key", "key & second"; of two keys the one that has the fewest clusters.
BEHOV_API void behov_fit_results_cluster_keys(const behov_fit_results *fit_results, behov_wording *keys);
BEHOV_API const char *behov_fit_results_key_of_few_clusters(const behov_fit_results *fit_results);
/// That clusters are few, and which kinds of errors are better then: CV2 and CV3, unless the errors are these or two-way,
/// which has no others. Simulated, tests at 5 per cent reject 7, 9 and 14 of a hundred true hypotheses with CV1 and 30,
/// 20 and 10 clusters, and 4 to 5 with CV2 and CV3 (tests/bench/size).
/// \param is_remark  of the intervals of levels rather than of errors and stars
/// \param key, n     the clusters' key in a sentence, their number as written (borrowed for the call)
BEHOV_API void behov_fit_results_say_few_clusters(const behov_fit_results *fit_results, bool is_remark, const char *key,
                                                  const char *n, behov_wording *words);

/// Any of those that are nothing but a sentence about the results.
typedef void (*behov_fit_results_says)(const behov_fit_results *, behov_wording *);

#ifdef __cplusplus
}
#endif
#endif
