/* factor_part.h - the factors of a part of the rows: all that a fit of the whole needs of them, without the rows.
 *
 * The whole is cut into parts, anywhere: a cluster may lie in several. Of each part is kept
 *
 *   what the model is     formula, clusters, conditions, weights, as text: parts of different models are not merged
 *   its columns           the constant, always, and a column for every level of a factor that the part has seen. Which
 *                         level is the reference is known of the whole alone, whose columns are chosen from these
 *   of each cluster       its key, its rows n_g, and [X y] as min(n_g, width) rows: as they are, or as their triangle R,
 *                         R'R = [X y]'[X y]; columns scaled by powers of two, rows by the roots of weights as given
 *   counts                rows, those estimated on, those that are not, by reason; the sum of the weights
 *   what was said         kinds of findings that its maker let through, and sentences of doubt about its figures
 *
 * Whether a row that is predicted only has a level that the whole has a coefficient for, the whole alone knows: its reason
 * stands with the levels that no row of the part is estimated on.
 *
 * Rows of few numbers (fit.h: BEHOV_EXTENDED_LIMIT) are kept to 32 digits, in pairs of doubles, so that the fit of the
 * whole has the digits of a fit from the rows; those of large parts in doubles, at the accuracy of QR.
 *
 * A part is plain data: what makes factors elsewhere fills one in, and factor_merge.h takes it. */
#ifndef BEHOV_FACTOR_PART_H
#define BEHOV_FACTOR_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cluster.h"
#include "design.h"
#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What a model is, as text, "" for what it has not. All of them must be the same in parts that are merged.
typedef enum behov_part_text {
    BEHOV_PART_FORMULA = 0, /* as it was written: references of factors stand in it only where the user named them */
    BEHOV_PART_CLUSTER,     /* key of the clusters, "" = none */
    BEHOV_PART_EXCLUDE,     /* conditions */
    BEHOV_PART_SET_ASIDE,
    BEHOV_PART_WEIGHTS,
    BEHOV_PART_WEIGHT_KIND,  /* "precision", "frequency" */
    BEHOV_PART_OUTCOME_UNIT, /* "1000kr_per_inhabitant", "kr_per_inhabitant", "other" */
    BEHOV_N_PART_TEXTS
} behov_part_text;

/// A level of a factor that the part has seen. Owned.
typedef struct behov_part_level {
    char *factor, *level;
    bool is_text; /* the column holds texts; in all parts or in none */
} behov_part_level;

/// A word for readers that came with the model: section "labels_nb", key "x", value "Figure x". Section "call" is what the
/// part was made with beside the model, where it was given: "population", "missing"; alike in parts that are merged. Owned.
typedef struct behov_part_name {
    char *section, *key, *value;
} behov_part_name;

/// Why rows are not estimated on, whatever their levels. `levels`: of factors, that these rows have and no row of the part
/// that is estimated on; where the whole lacks one of them too, the rows have no coefficient. Owned.
typedef struct behov_part_reason {
    behov_reason reason;
    behov_part_level *levels;
    size_t n_levels;
} behov_part_reason;

/// What is counted of a part beside its rows: "allow code", findings of a kind that its maker let through;
/// "undecided exclude" and "undecided set_aside", rows for which the condition has no value. Owned.
typedef struct behov_part_count {
    char *subject;
    uint64_t n;
} behov_part_count;

/// A sentence of doubt about the part's figures, in the languages of outputs. Owned.
typedef struct behov_part_note {
    char *nb, *en;
} behov_part_note;

typedef struct behov_factor_part {
    char *texts[BEHOV_N_PART_TEXTS]; /* owned, none NULL */
    bool is_default_cluster; /* nobody asked for these clusters: none where no cluster of the whole has two rows */
    bool is_text_cluster;    /* keys are texts: in all parts or in none; else numbers, shortest form */
    bool is_bundled_model;   /* the report's model with its own clusters: its errors are those of its print */
    bool is_simulated;       /* the data say of themselves that they are no real figures */
    behov_part_name *names;  /* words for readers; those of the first part are taken */
    size_t n_names;
    char **
        columns; /* n_columns regressors, "(Intercept)" first, whether or not the formula has one: then the roots of the
                     * weights; owned */
    size_t n_columns;
    behov_part_level *levels;
    size_t n_levels;
    uint64_t n_rows, n_estimated, n_predicted; /* of the data; estimated on; these and those predicted only */
    double n_observations;                     /* rows estimated on, or the sum of their frequencies */
    double weight_sum;                         /* of the rows estimated on; n_estimated without weights */
    behov_part_reason *reasons;                /* of rows not estimated on; subjects owned */
    size_t n_reasons;
    behov_part_count *counts;
    size_t n_counts;
    behov_part_note *notes;
    size_t n_notes;
    size_t n_clusters; /* without a key one, of all rows, or none */
    char **keys;       /* of the clusters, owned */
    uint64_t *sizes;   /* n_g */
    size_t *starts;    /* first row of each cluster in `values`, n_clusters + 1 */
    int *exponents;    /* n_columns + 1: column = value * 2^exponent, the outcome last */
    double *values;    /* starts[n_clusters] x (n_columns + 1) */
    double *rests;     /* the same shape: what the doubles of `values` lack; NULL = kept in double */
} behov_factor_part;

/// The factors of the rows that a design is estimated on.
/// \param design    made with the option is_part (borrowed for the call)
/// \param clusters  over its rows (borrowed for the call); NULL = all rows are one
/// \param[out] part zero-initialised but for the texts, names and flags, which are the caller's to fill before or after
/// \return BEHOV_E_DATA for a key of a cluster that is too long
/// Cost 2 N W^2, W columns with all levels; with few rows 20 times as much. Free with behov_factor_part_free in any case.
BEHOV_API behov_status behov_factor_part_measure(const behov_design *design, const behov_clusters *clusters,
                                                 behov_factor_part *part, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_factor_part_free(behov_factor_part *part);

/// n_columns + 1: the outcome is the last column.
BEHOV_API size_t behov_factor_part_width(const behov_factor_part *part);
/// Sets a text to a copy of `text`, NULL = "". BEHOV_E_MEMORY.
BEHOV_API behov_status behov_factor_part_set_text(behov_factor_part *part, behov_part_text which, const char *text,
                                                  behov_error *err) BEHOV_MUST_CHECK;
/// One more word for readers, copied. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_factor_part_add_name(behov_factor_part *part, const char *section, const char *key,
                                                  const char *value, behov_error *err) BEHOV_MUST_CHECK;
/// One more count, one more note, copied. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_factor_part_add_count(behov_factor_part *part, const char *subject, uint64_t n,
                                                   behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_factor_part_add_note(behov_factor_part *part, const char *nb, const char *en,
                                                  behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
