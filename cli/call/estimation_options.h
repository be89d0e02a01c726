/* estimation_options.h - what a call says of its fit: clusters, weights, errors, collinear columns. */
#ifndef BEHOV_ESTIMATION_OPTIONS_H
#define BEHOV_ESTIMATION_OPTIONS_H

#include <behov/estimation.h>
#include "number_options.h"
#include "study_options.h"

/* The options of weighted least squares, which study_open reads. */
#define WEIGHT_OPTIONS                                                                                                 \
    {"weights", 'w', ARGUMENT(COLUMN), HELP(OPTION_WEIGHTS), NULL},                                                    \
    {                                                                                                                  \
        "weight-kind", 0, ARGUMENT(KIND), HELP(OPTION_WEIGHT_KIND), "precision frequency"                              \
    }

/* The working variance of CV2, which study_open reads. */
#define WORKING_OPTION                                                                                                 \
    {                                                                                                                  \
        "cv2-working", 0, ARGUMENT(KIND), HELP(OPTION_CV2_WORKING), "inverse identity"                                 \
    }

#define COLLINEAR_OPTION                                                                                               \
    {                                                                                                                  \
        "drop-collinear", 0, NO_ARGUMENT, HELP(OPTION_DROP_COLLINEAR), NULL                                            \
    }

/* Those of estimation_of_panel: clusters, weights, errors, collinear columns. */
#define FITTING_OPTIONS                                                                                                \
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(OPTION_CLUSTER), NULL}, WEIGHT_OPTIONS,                                    \
        {"se", 's', ARGUMENT(KIND), HELP(OPTION_SE), "classical hc0 hc1 hc2 hc3 cv0 cv1 cv2 cv3 cv3j"},                \
        WORKING_OPTION, COLLINEAR_OPTION

/* Prints and returns false when it is given three times, or twice with equal or empty keys. The keys stand in the
 * command line. */
bool cluster_options_read(const command_line *line, behov_cluster_options *cluster_options);
/* Settles kind and is_default_kind: --se; without it cv1 with clusters, else classical (behov/default_errors.h). Prints
 * and returns 2 for a wrong one. */
int estimation_choose_kind(const command_line *line, behov_fit_choices *choices);
/* Tells on standard error which columns --drop-collinear left out. */
void estimation_print_notes_dropped(const behov_estimation *estimation);
/* Opens the panel (NULL: the bundled one) and fits it as --cluster, --se and --drop-collinear say.
 * On failure prints the error and returns the exit code; 0 when all is well. Free made and of in any case. */
int estimation_of_panel(const command_line *line, const char *panel, double level, double floor, behov_study *study,
                        behov_estimation *estimation, behov_fit_results *out);

#endif
