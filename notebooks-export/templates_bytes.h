/* templates_bytes.h - the templates, which are compiled into the program as the bundled data are (datasets/embed.c). */
#ifndef BEHOV_EXPORT_TEMPLATES_BYTES_H
#define BEHOV_EXPORT_TEMPLATES_BYTES_H

#include "datasets.h"

/* name: "nb/fit.R" */
extern const dataset_bytes templates_bytes[];
extern const size_t n_templates_bytes;

#endif
