/* plot_options.h - what a call of `behov plot` says: which picture, of whom, how large. */
#ifndef BEHOV_CLI_PLOT_OPTIONS_H
#define BEHOV_CLI_PLOT_OPTIONS_H

#include <behov/funnel.h>
#include <behov/profile.h>
#include <behov/ranking.h>
#include "verb.h"

typedef enum plot_kind {
    PLOT_RANK,
    PLOT_FIT,
    PLOT_RATIOS,
    PLOT_COEFFICIENTS,
    PLOT_FUNNEL,
    PLOT_PLACES,
    PLOT_MAP,
    PLOT_PROFILE,
    PLOT_KINDS
} plot_kind;

typedef struct plot_options {
    plot_kind kind;
    behov_ranking_choices ranking;
    behov_profile_choices profile;
    behov_funnel_choices funnel;
    int year;
    double width_mm, height_mm; /* height 0 = as it needs */
} plot_options;

/* The words before the options and the options of pictures; sets the panel, the municipality and the level of the call.
 * An option that the kind of picture would pass over in silence is a wrong call. Prints what is wrong and returns the
 * exit code. */
int plot_options_read(verb_call *call, plot_options *out);

#endif
