/* diagnosis.h - what a fit hangs on: computed once, as report tables and sentences for every writer. */
#ifndef BEHOV_DIAGNOSIS_H
#define BEHOV_DIAGNOSIS_H

#include <behov.h>
#include <stdbool.h>

#include "fit_results.h"

/* Without a key to leave out by (no municipality, no --cluster) there is no `by_cluster`; without two years no
 * `by_year`; `by_municipality` is NULL, or `by_cluster` itself, or one of its own when the clusters are others. */
typedef struct behov_diagnosis {
    const behov_fit_results *fit_results;
    const char *key;         /* left out by, NULL = none */
    bool is_by_municipality; /* the key is the municipality */
    behov_clusters *clusters, *years, *municipalities;
    behov_cluster_diagnosis *by_cluster, *by_year, *by_municipality;
    behov_row_diagnosis *rows;
    double *vif, *standard_errors; /* one per regressor */
    uint32_t *first_rows;          /* of each cluster: position of its first row, in the order of the design */
    bool *is_one_municipality;     /* of each cluster: all its rows are of one */
    behov_mover *movers;           /* all clusters that move something, most first */
    size_t n_movers, n_moves_much;
} behov_diagnosis;

/* The column that clusters are left out by when the user names none: the municipality, else the model's clustering. */
const char *behov_diagnosis_default_key(const behov_study *study);

/* The same for a fit, whose --cluster goes before: what `behov diagnose` with the same options leaves out. */
const char *behov_diagnosis_key_of(const behov_fit_results *fit_results);

/* Computes everything from a fit; `of` must outlive the diagnosis.
 * \param key  clusters to leave out; NULL = none
 * Free with diagnosis_free in any case. */
behov_status behov_diagnosis_compute(const behov_fit_results *fit_results, const char *key, behov_diagnosis *diagnosis,
                                     behov_error *err) BEHOV_MUST_CHECK;
/* What the table of the coefficients and the sentences about them need, and no more: without rows and years. With one
 * cluster alone nothing is left out. */
behov_status behov_diagnosis_compute_coefficients(const behov_fit_results *fit_results, const char *key,
                                                  behov_diagnosis *diagnosis, behov_error *err) BEHOV_MUST_CHECK;
void behov_diagnosis_free(behov_diagnosis *diagnosis);

/* Report tables (free with behov_report_free). */
/* A row per coefficient: range without each cluster, largest partial leverage and whose, G*, VIF. */
behov_status behov_diagnosis_coefficients(const behov_diagnosis *diagnosis, behov_report **report,
                                          behov_error *err) BEHOV_MUST_CHECK;
/* Smallest, median, mean, largest and coefficient of variation of sizes, leverage and each partial leverage. */
behov_status behov_diagnosis_summary(const behov_diagnosis *diagnosis, behov_report **report,
                                     behov_error *err) BEHOV_MUST_CHECK;
/* A row per cluster: size, leverage, what it moves most, and every coefficient without it. */
behov_status behov_diagnosis_clusters(const behov_diagnosis *diagnosis, behov_report **report,
                                      behov_error *err) BEHOV_MUST_CHECK;
/* Rows estimated on; n_most = 0: all, in the order of the panel; else those with the largest Cook's distance. */
behov_status behov_diagnosis_rows(const behov_diagnosis *diagnosis, size_t n_most, behov_report **report,
                                  behov_error *err) BEHOV_MUST_CHECK;
/* In sample, each year left out, each municipality (and cluster) left out. */
behov_status behov_diagnosis_left_out(const behov_diagnosis *diagnosis, behov_report **report,
                                      behov_error *err) BEHOV_MUST_CHECK;

/* Sentences in the user's language. */
enum { BEHOV_DIAGNOSIS_SENTENCE = 900 };
/* Does anything hang on a few municipalities? What stands on the narrowest base? "" when there are no clusters. */
void behov_diagnosis_answer(const behov_diagnosis *diagnosis, char text[BEHOV_DIAGNOSIS_SENTENCE]);
void behov_diagnosis_narrowest(const behov_diagnosis *diagnosis, char text[BEHOV_DIAGNOSIS_SENTENCE]);
/* "Without 1151 Utsira the coefficient of new_refugees is 0.71 instead of 0.79 (-0.9 standard errors)." */
void behov_diagnosis_mover(const behov_diagnosis *diagnosis, const behov_mover *mover,
                           char text[BEHOV_DIAGNOSIS_SENTENCE]);
/* Warnings beyond the answer: few clusters, what cannot be estimated without a cluster. Returns whether there is an
 * i-th one. */
bool behov_diagnosis_warning(const behov_diagnosis *diagnosis, size_t i, char text[BEHOV_DIAGNOSIS_SENTENCE]);
/* How many more there are than the first n_shown; false for none. */
bool behov_diagnosis_more_warnings(const behov_diagnosis *diagnosis, size_t n_shown,
                                   char text[BEHOV_DIAGNOSIS_SENTENCE]);
/* How the left-out errors were measured; whether there is an i-th sentence. */
bool behov_diagnosis_left_out_note(const behov_diagnosis *diagnosis, size_t i, char text[BEHOV_DIAGNOSIS_SENTENCE]);
/* "0301 Oslo", "0301 Oslo, 2014" or "population = 5000". */
void behov_diagnosis_cluster_name(const behov_diagnosis *diagnosis, size_t cluster, char text[500]);

#endif
