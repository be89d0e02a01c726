/* fitting.h - from a study to a fit with its covariance: the chain that `behov fit` and `behov test` share, and the
 * options that steer it. */
#ifndef BEHOV_CLI_FITTING_H
#define BEHOV_CLI_FITTING_H

#include <behov.h>
#include <stdbool.h>

#include "options.h"
#include "results.h"
#include "study.h"

/* The options of weighted least squares, which study_open reads. */
#define WEIGHT_OPTIONS                                                                                                 \
    {"weights", 'w', "COLUMN", "weighted least squares; population weights make the inhabitant the unit"},             \
    {                                                                                                                  \
        "weight-kind", 0, "KIND", "precision (the default: error variance proportional to 1 / weight) or frequency"    \
    }

/* Those of fitting_of_panel: clusters, weights, errors, collinear columns. */
#define FITTING_OPTIONS                                                                                                \
    {"cluster", 'c', "COLUMN", "cluster-robust errors by this column; '' = none; given twice: two-way clustering"},    \
        WEIGHT_OPTIONS,                                                                                                \
        {"se", 's', "KIND", "standard errors: classical, hc0, hc1, hc2, hc3, cv0, cv1, cv2, cv3, cv3j"},               \
    {                                                                                                                  \
        "drop-collinear", 0, NULL, "leave collinear columns out, and say which, instead of stopping"                   \
    }

typedef struct fit_choices {
    const char *cluster, *second_cluster; /* NULL = none */
    const char *asked_cluster;            /* what --cluster names, "" = none; NULL when it is not given */
    const char *const *more_keys;         /* cluster keys that a row must have beside those: a comparison's */
    size_t n_more_keys;
    const char *absorb; /* key of effects to absorb, NULL = none: no need, ratio or diagnosis then */
    behov_vcov_kind kind;
    double level, floor;
    bool drop_collinear;
    bool keep_clusters; /* the factors hold each cluster: the bootstrap asks for that */
} fit_choices;

typedef struct fitting {
    behov_design *design;
    behov_clusters *clusters, *second_clusters;
    behov_factors *factors;
    behov_fit *fit;
    behov_vcov *vcov;
    behov_need *need;
    behov_coefficient *coefficients;
} fitting;

/* What --cluster says: nothing (the model's clustering holds), '' (none), one key, or two (two-way clustering). */
typedef struct cluster_options {
    const char *keys[2];
    size_t n;
    bool is_given;
} cluster_options;

/* Prints and returns false when it is given three times, or twice with equal or empty keys. The keys stand in the
 * command line. */
bool cluster_options_read(const command_line *line, cluster_options *read);
/* The clusterings of the fit, once the model is known. */
void cluster_options_choose(const cluster_options *read, const study *of, fit_choices *choices);

/* The kind of --se; without it cv1 with clusters, else classical. Prints and sets *code to 2 for a wrong one. */
behov_vcov_kind fitting_kind(const command_line *line, const char *cluster, int *code);
/* A number of an option, in per cent or as it is; false and a sentence when it is none or outside (low, high). */
bool number_option(const command_line *line, const char *name, double low, double high, double *value);
/* The per cent of --level, 1 to 99.999; a share such as 0.95 is asked back, for it would give intervals of nearly no
 * width. */
bool level_option(const command_line *line, double *level_pct);
/* --low, --high and --change of ratios, in per cent and points; shares such as 0.9 are asked back. */
bool ratio_limits_option(const command_line *line, behov_ratio_limits *limits);
/* The same as number_option for a whole number. */
bool whole_option(const command_line *line, const char *name, double low, double high, double *value);

/* design -> clusters -> factors -> fit -> covariance. Free with fitting_free in any case. */
behov_status fitting_make(const study *of, const fit_choices *choices, fitting *made, behov_error *err) BEHOV_MUST_CHECK;
void fitting_free(fitting *of);
/* The same with coefficients, their inference, need and the F test: all that the writers print. */
behov_status fitting_results(const study *of, const fit_choices *choices, fitting *made, results *out, behov_error *err)
    BEHOV_MUST_CHECK;
/* How many clusters the narrowest coefficient hangs on in effect, for results_cluster_warning. Nothing with fewer than
 * BEHOV_FEW_CLUSTERS clusters, with two clusterings, or above 2e8 rows x coefficients^2. */
behov_status fitting_count_effective(const fitting *made, results *out, behov_error *err) BEHOV_MUST_CHECK;
/* Tells on standard error which columns --drop-collinear left out, unless --quiet. */
void fitting_tell_dropped(const study *of, const fitting *made);
/* Opens the panel (NULL: the bundled one) and fits it as --cluster, --se and --drop-collinear say.
 * On failure prints the error and returns the exit code; 0 when all is well. Free made and of in any case. */
int fitting_of_panel(const command_line *line, const char *panel, double level, double floor, study *of, fitting *made,
                     results *out);
/* BEHOV_E_DATA for a fit without residuals: nothing can be ranked, compared or diagnosed by rounding. */
behov_status fitting_has_residuals(const study *of, const behov_fit *fit, behov_error *err) BEHOV_MUST_CHECK;
/* Both: for verbs that stand on the residuals. */
int fitting_of_residuals(const command_line *line, const char *panel, double level, double floor, study *of,
                         fitting *made, results *out);

#endif
