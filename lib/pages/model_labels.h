/* model_labels.h - terms and columns of a model by the names that readers see. */
#ifndef BEHOV_MODEL_LABELS_H
#define BEHOV_MODEL_LABELS_H

#include "model.h"

/* The model's label of a term or column, else the program's own (labels.h), else the name itself. A dummy "year=2013"
 * is labelled "2013". */
const char *behov_model_label(const behov_model *model, behov_language lang, const char *name);
/* Takes the unit off the end of a label, with the comma before it, where the label ends with it or with its beginning. */
void behov_model_label_without_unit(char *label_text, const char *unit);

#endif
