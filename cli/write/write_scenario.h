/* write_scenario.h - scenarios and mergers as a page, as sections and as JSON. */
#ifndef BEHOV_WRITE_SCENARIO_H
#define BEHOV_WRITE_SCENARIO_H

#include <behov/scenario.h>

#include "output_writers.h"

/* Their contexts are a behov_scenarios and a behov_mergers. */
extern const output_writers scenarios_writers, mergers_writers;

#endif
