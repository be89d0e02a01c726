/* template_outputs.h - what `behov template` writes, with the call of `behov fit` that a user will run when it is filled. */
#ifndef BEHOV_CLI_TEMPLATE_OUTPUTS_H
#define BEHOV_CLI_TEMPLATE_OUTPUTS_H

#include "options.h"
#include "output_writers.h"
#include <behov/panel_template.h>

/* The context of template_writers. */
typedef struct template_outputs {
    behov_panel_template panel_template;
    const command_line *line; /* whose model the call of `behov fit` repeats */
    long long date;
} template_outputs;

/* A workbook or a text file; the page, which is empty when there are files. */
extern const output_writers template_writers;

#endif
