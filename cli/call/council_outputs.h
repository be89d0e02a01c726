/* council_outputs.h - what `behov report` writes: the page with the workbook of its table in it. */
#ifndef BEHOV_CLI_COUNCIL_OUTPUTS_H
#define BEHOV_CLI_COUNCIL_OUTPUTS_H

#include <behov/council.h>

#include "output_writers.h"

/* Context of the writers; borrowed but for the council. */
typedef struct council_outputs {
    behov_council council;
    const char *made_on;
    long long date;
} council_outputs;

extern const output_writers council_writers;

#endif
