/* read_model.h - model files: a formula, the clustering and the labels, as INI whose keys are terms.
 *
 *   [section]            each once
 *   key = value          a key ends at the first equals sign with blanks around it that leaves brackets and quotes
 * whole, else at the first equals sign, else at the first colon, so that x:z, year=2013 and log(x/2) are keys; one with
 * odd letters stands in double quotes. Each once in its section. goes on          a line that is indented more than its
 * key goes on from the line before # comment, ; comment, and what follows a semicolon after a blank
 *
 * Read in the encodings of panels. */
#ifndef BEHOV_CLI_READ_MODEL_H
#define BEHOV_CLI_READ_MODEL_H

#include <behov/error.h>
#include <behov/need.h>
#include <stdbool.h>
#include <stddef.h>

#include "labels.h"

typedef struct model_pair {
    char *key, *value;
    size_t line; /* of the key */
} model_pair;

typedef struct model {
    char *title, *formula, *cluster, *exclude, *population, *source; /* NULL when not given */
    behov_outcome_unit unit;
    bool encoding_is_guess;  /* the file is no UTF-8 and was read as Windows-1252 */
    model_pair *terms;       /* name in a printed table -> term of the formula */
    size_t n_terms;
    model_pair *labels[2];   /* by language: term or column -> label */
    size_t n_labels[2];
    model_pair *proxies[2];  /* by language: column -> what it stands for */
    size_t n_proxies[2];
    model_pair *units[2];    /* by language: column -> unit */
    size_t n_units[2];
    model_pair *limits;      /* column -> "0..100" */
    size_t n_limits;
} model;

/* What a figure of a column may be; NaN = no limit. */
typedef struct model_limits {
    double low, high;
    bool is_whole;
} model_limits;

/* Reads a model file into *out (free with model_free, also after a failure). BEHOV_E_FILE, BEHOV_E_DATA (no text), or
 * BEHOV_E_SYNTAX with where = "my.ini, line 7": an unknown section or key, either of them twice, limits that are none,
 * no formula. Whether keys name terms is for model_keys.h, which knows the formula. */
behov_status read_model(const char *path, model *out, behov_error *err) BEHOV_MUST_CHECK;
void model_free(model *of);

/* "1000kr_per_inhabitant", "kr_per_inhabitant", "other"; anything else is BEHOV_E_SYNTAX. */
behov_status read_outcome_unit(const char *text, const char *where, behov_outcome_unit *unit, behov_error *err)
    BEHOV_MUST_CHECK;

/* The model's label of a term or column, else the program's own (labels.h), else the name itself. A dummy "year=2013"
 * is labelled "2013". */
const char *model_label(const model *of, language lang, const char *name);
/* A name that a formula has between backticks, without them; returns its length. Another name is left as it is. */
size_t model_bare_name(const char **name);
/* Labels a name that has backticks and no label of its own with the same name without them. BEHOV_E_MEMORY. */
behov_status model_show_bare(model *of, const char *name, behov_error *err) BEHOV_MUST_CHECK;
/* Takes the unit off the end of a label, with the comma before it, where the label ends with it or with its beginning. */
void model_label_without_unit(char *label_text, const char *unit);
/* The i-th proxy that is declared: its column and what that stands for, first those in the language, then those in the
 * other alone; NULL when there are no more. */
const model_pair *model_proxy(const model *of, language lang, size_t i);
/* The term that a printed name means: by [terms], else the name itself. */
const char *model_term(const model *of, const char *printed_name);
/* The unit of a column, "" where the model says none; what its figures may be. */
const char *model_unit(const model *of, language lang, const char *column);
model_limits model_limits_of(const model *of, const char *column);

#endif
