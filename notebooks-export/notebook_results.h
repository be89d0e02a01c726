/* notebook_results.h - what a notebook shows of our results before anybody has run it: tables as HTML, pictures as SVG,
 * made by the code of lib/pages that makes them for other pages. */
#ifndef BEHOV_EXPORT_NOTEBOOK_RESULTS_H
#define BEHOV_EXPORT_NOTEBOOK_RESULTS_H

#include <stdbool.h>

#include <behov/profile.h>
#include <behov/wording.h>

#include "export_fit.h"

/* In the order of the notebook; a template names them, "output:ratios". */
typedef enum notebook_output {
    NOTEBOOK_COEFFICIENTS, /* annex 1 */
    NOTEBOOK_RATIOS,       /* annex 2 */
    NOTEBOOK_FIT,          /* actual against need */
    NOTEBOOK_RANKING,      /* ratios with their intervals and levels */
    NOTEBOOK_PROFILE_PICTURE,
    NOTEBOOK_PROFILE,
    NOTEBOOK_N_OUTPUTS
} notebook_output;

typedef struct notebook_shown {
    behov_wording html;  /* a table with its notes; empty for a picture */
    behov_wording svg;   /* a picture; empty for a table */
    behov_wording title; /* what it is, for who cannot see it */
} notebook_shown;

typedef struct notebook_results {
    behov_profiles profiles; /* of one municipality, and the ranking of all that it stands on */
    const char *code, *name; /* that municipality's; "" where there is none (borrowed from the profiles) */
    bool is_chosen;          /* by the user */
    bool has_levels;         /* a ranking and a profile; else `why` says why not */
    behov_wording why;
    behov_wording levels; /* the ranking as CSV: label, ratio and level with their intervals, lowest ratio last */
    notebook_shown shown[NOTEBOOK_N_OUTPUTS]; /* empty where there is nothing to show */
} notebook_results;

/* "coefficients", "ratios", ...; NOTEBOOK_N_OUTPUTS when there is none of the name. */
notebook_output notebook_output_find(const char *name, size_t length);

/* \param municipality  of the profile, a code or a name; NULL = that with the middle ratio of the last year
 * BEHOV_E_NAME for a municipality that is not there. Free with notebook_results_free in any case. */
behov_status notebook_results_new(const export_fit *fit, const char *municipality, notebook_results *results,
                                  behov_error *err) BEHOV_MUST_CHECK;
void notebook_results_free(notebook_results *results);

#endif
