/* council_outputs.h - what `behov report` writes: the page with the workbook of its table in it. */
#ifndef BEHOV_CLI_COUNCIL_OUTPUTS_H
#define BEHOV_CLI_COUNCIL_OUTPUTS_H

#include <behov/council.h>

#include <behov/ratio_map.h>

#include "output_writers.h"
#include "read_borders.h"

/* Context of the writers; free with council_outputs_free in any case. */
typedef struct council_outputs {
    behov_council council;
    bundled_borders borders;
    behov_ratio_map map;
    bool has_map;
    behov_error no_map; /* why not */
    const char *made_on;
    long long date;
} council_outputs;

/* The map of the council's ranking, once that is there; a panel that no map is of has none. BEHOV_E_MEMORY. */
behov_status council_outputs_find_map(council_outputs *outputs, behov_error *err) BEHOV_MUST_CHECK;
void council_outputs_free(council_outputs *outputs);

extern const output_writers council_writers;

#endif
