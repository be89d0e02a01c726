/* write_merge.h - a merged panel, and what became of its municipalities, as a page, sections, rows and JSON. */
#ifndef BEHOV_WRITE_MERGE_H
#define BEHOV_WRITE_MERGE_H

#include <stdbool.h>

#include <behov/language.h>
#include <behov/panel_merge.h>
#include <behov/study.h>
#include "output_writers.h"

typedef struct merge_results {
    behov_panel_merge merge;
    const behov_study *study; /* of the panel that was merged (borrowed) */
    behov_language lang;
    bool is_simulated;
    const char *panel; /* as the user named it (borrowed) */
} merge_results;

/* Their context is a merge_results; the rows are the panel's. */
extern const output_writers merge_writers;

#endif
