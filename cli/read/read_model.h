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

#include <behov/model.h>

/* Reads a model file into *out (free with behov_model_free, also after a failure). BEHOV_E_FILE, BEHOV_E_DATA (no
 * text), or BEHOV_E_SYNTAX with where = "my.ini, line 7": an unknown section or key, either of them twice, limits that
 * are none, no formula. Whether keys name terms is for model_keys.h, which knows the formula. */
behov_status read_model(const char *path, behov_model *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
