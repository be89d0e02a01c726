/* model_keys.h - whether the keys of a model file name terms and columns of its formula. */
#ifndef BEHOV_MODEL_KEYS_H
#define BEHOV_MODEL_KEYS_H

#include <behov/error.h>
#include <behov/formula.h>

#include <behov/model.h>

/* Brings every key into the spelling of the formula (log(x/2) becomes log(x / 2), z:x becomes x:z), so that labels are
 * found by it. BEHOV_E_NAME with the line of a key that names nothing, which would be passed over in silence, and
 * BEHOV_E_SYNTAX for two keys that name the same.
 *   [labels_..]            terms, columns and levels (year=2013), the constant
 *   [terms]                what stands behind the equals sign may be a term; the key is what a printed table calls it
 *   [proxies_..]           columns of the formula
 *   [units_..], [limits]   columns of the formula, and others that the model reads
 * `path` is for messages. */
behov_status behov_model_keys_check(behov_model *model, const behov_formula *formula, const char *path,
                                    behov_error *err) BEHOV_MUST_CHECK;

/* Names of the formula that stand between backticks are shown without them where the model has no label.
 * BEHOV_E_MEMORY. */
behov_status behov_model_keys_show_bare(behov_model *model, const behov_formula *formula,
                                        behov_error *err) BEHOV_MUST_CHECK;

#endif
