/* diagnosis.h - what a fit hangs on: computed once, as report tables and sentences for every writer. */
#ifndef BEHOV_CLI_DIAGNOSIS_H
#define BEHOV_CLI_DIAGNOSIS_H

#include <behov.h>
#include <stdbool.h>

#include "results.h"

/* Without a key to leave out by (no municipality, no --cluster) there is no `by_cluster`; without two years no
 * `by_year`; `by_municipality` is NULL, or `by_cluster` itself, or one of its own when the clusters are others. */
typedef struct diagnosis {
    const results *of;
    const char *key;            /* left out by, NULL = none */
    bool is_by_municipality;    /* the key is the municipality */
    behov_clusters *clusters, *years, *municipalities;
    behov_cluster_diagnosis *by_cluster, *by_year, *by_municipality;
    behov_row_diagnosis *rows;
    double *vif, *standard_errors; /* one per regressor */
    uint32_t *first_rows;       /* of each cluster: position of its first row, in the order of the design */
    bool *is_one_municipality;  /* of each cluster: all its rows are of one */
    behov_mover *movers;        /* all clusters that move something, most first */
    size_t n_movers, n_moves_much;
} diagnosis;

/* The column that clusters are left out by when the user names none: the municipality, else the model's clustering. */
const char *diagnosis_default_key(const behov_study *of);

/* The same for a fit, whose --cluster goes before: what `behov diagnose` with the same options leaves out. */
const char *diagnosis_key_of(const results *of);

/* Computes everything from a fit; `of` must outlive the diagnosis.
 * \param key  clusters to leave out; NULL = none
 * Free with diagnosis_free in any case. */
behov_status diagnosis_compute(const results *of, const char *key, diagnosis *made, behov_error *err) BEHOV_MUST_CHECK;
/* What the table of the coefficients and the sentences about them need, and no more: without rows and years. With one
 * cluster alone nothing is left out. */
behov_status diagnosis_compute_coefficients(const results *of, const char *key, diagnosis *made, behov_error *err)
    BEHOV_MUST_CHECK;
void diagnosis_free(diagnosis *made);

/* Report tables (free with behov_report_free). */
/* A row per coefficient: range without each cluster, largest partial leverage and whose, G*, VIF. */
behov_status diagnosis_coefficients(const diagnosis *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* Smallest, median, mean, largest and coefficient of variation of sizes, leverage and each partial leverage. */
behov_status diagnosis_summary(const diagnosis *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* A row per cluster: size, leverage, what it moves most, and every coefficient without it. */
behov_status diagnosis_clusters(const diagnosis *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* Rows estimated on; n_most = 0: all, in the order of the panel; else those with the largest Cook's distance. */
behov_status diagnosis_rows(const diagnosis *of, size_t n_most, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* In sample, each year left out, each municipality (and cluster) left out. */
behov_status diagnosis_left_out(const diagnosis *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;

/* Sentences in the user's language. */
enum { DIAGNOSIS_SENTENCE = 900 };
/* Does anything hang on a few municipalities? What stands on the narrowest base? "" when there are no clusters. */
void diagnosis_answer(const diagnosis *of, char text[DIAGNOSIS_SENTENCE]);
void diagnosis_narrowest(const diagnosis *of, char text[DIAGNOSIS_SENTENCE]);
/* "Without 1151 Utsira the coefficient of new_refugees is 0.71 instead of 0.79 (-0.9 standard errors)." */
void diagnosis_mover(const diagnosis *of, const behov_mover *mover, char text[DIAGNOSIS_SENTENCE]);
/* Warnings beyond the answer: few clusters, what cannot be estimated without a cluster. Returns whether there is an
 * i-th one. */
bool diagnosis_warning(const diagnosis *of, size_t i, char text[DIAGNOSIS_SENTENCE]);
/* How many more there are than the first n_shown; false for none. */
bool diagnosis_more_warnings(const diagnosis *of, size_t n_shown, char text[DIAGNOSIS_SENTENCE]);
/* How the left-out errors were measured; whether there is an i-th sentence. */
bool diagnosis_left_out_note(const diagnosis *of, size_t i, char text[DIAGNOSIS_SENTENCE]);
/* "0301 Oslo", "0301 Oslo, 2014" or "population = 5000". */
void diagnosis_cluster_name(const diagnosis *of, size_t cluster, char text[500]);

#endif
