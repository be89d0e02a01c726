/* fit_sections.h - what a fit or an application has to write: Om, Regresjon, Forhold, Kommuner and Data in a workbook,
 * Regresjon and Forhold on a page. */
#ifndef BEHOV_CLI_FIT_SECTIONS_H
#define BEHOV_CLI_FIT_SECTIONS_H

#include "outputs.h"
#include "results.h"

/* The context of fit_writers. */
typedef struct fit_outputs {
    const results *of;
    /* Sections of a comparison, which follow the regression in a workbook and are all of a page; NULL = none. */
    behov_status (*more)(const void *context, section_list *list, behov_error *err);
    const void *more_context;
} fit_outputs;
extern const output_writers fit_writers;

#endif
