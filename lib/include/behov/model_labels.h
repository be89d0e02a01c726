/* model_labels.h - terms and columns of a model by the names that readers see. */
#ifndef BEHOV_MODEL_LABELS_H
#define BEHOV_MODEL_LABELS_H

#include "error.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The model's label of a term or column, else the program's own (labels.h), else the name itself. A dummy "year=2013"
/// is labelled "2013".
BEHOV_API const char *behov_model_label(const behov_model *model, behov_language lang, const char *name);
/// Takes the unit off the end of a label, with the comma before it, where the label ends with it or with its beginning.
BEHOV_API void behov_model_label_without_unit(char *label_text, const char *unit);

#ifdef __cplusplus
}
#endif
#endif
