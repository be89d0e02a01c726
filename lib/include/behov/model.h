/* model.h - a model as its author wrote it: the formula, what it is clustered by, whom it leaves out, and what its
 * terms and columns are called. */
#ifndef BEHOV_MODEL_H
#define BEHOV_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "language.h"
#include "need.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_model_pair {
    char *key, *value;
    size_t line; /* of the key */
} behov_model_pair;

typedef struct behov_model {
    char *title, *formula, *cluster, *exclude, *population, *source; /* NULL when not given */
    behov_outcome_unit unit;
    bool encoding_is_guess;  /* the file is no UTF-8 and was read as Windows-1252 */
    behov_model_pair *terms; /* name in a printed table -> term of the formula */
    size_t n_terms;
    behov_model_pair *labels[BEHOV_N_LANGUAGES]; /* by language: term or column -> label */
    size_t n_labels[BEHOV_N_LANGUAGES];
    behov_model_pair *proxies[BEHOV_N_LANGUAGES]; /* by language: column -> what it stands for */
    size_t n_proxies[BEHOV_N_LANGUAGES];
    behov_model_pair *units[BEHOV_N_LANGUAGES]; /* by language: column -> unit */
    size_t n_units[BEHOV_N_LANGUAGES];
    behov_model_pair *limits; /* column -> "0..100" */
    size_t n_limits;
    behov_model_pair *merging; /* column -> "rate population" (panel_merge.h) */
    size_t n_merging;
} behov_model;

/// What a figure of a column may be; NaN = no limit.
typedef struct behov_model_limits {
    double low, high;
    bool is_whole;
} behov_model_limits;

BEHOV_API void behov_model_free(behov_model *model);

/// "1000kr_per_inhabitant", "kr_per_inhabitant", "other"; anything else is BEHOV_E_SYNTAX.
BEHOV_API behov_status behov_read_outcome_unit(const char *text, const char *where, behov_outcome_unit *unit,
                                               behov_error *err) BEHOV_MUST_CHECK;

/// The i-th proxy that is declared: its column and what that stands for, first those in the language, then those in the
/// other alone; NULL when there are no more.
BEHOV_API const behov_model_pair *behov_model_proxy(const behov_model *model, behov_language lang, size_t i);
/// The term that a printed name means: by [terms], else the name itself.
BEHOV_API const char *behov_model_term(const behov_model *model, const char *printed_name);
/// The value of a key, NULL when it is not there.
BEHOV_API const char *behov_model_find_pair(const behov_model_pair *pairs, size_t n, const char *key);
/// The unit of a column, "" where the model says none; what its figures may be.
BEHOV_API const char *behov_model_unit(const behov_model *model, behov_language lang, const char *column);
BEHOV_API behov_model_limits behov_model_limits_of(const behov_model *model, const char *column);

/// A name that a formula has between backticks, without them; returns its length. Another name is left as it is.
BEHOV_API size_t behov_model_bare_name(const char **name);
/// Labels a name that has backticks and no label of its own with the same name without them. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_model_show_bare(behov_model *model, const char *name, behov_error *err) BEHOV_MUST_CHECK;
/// "0..100", "1..", "..0", "whole 1.."; false when the text is none of these.
BEHOV_API bool behov_model_limits_parse(const char *text, behov_model_limits *limits);

#ifdef __cplusplus
}
#endif
#endif
