/* estimation_options.c - see estimation_options.h. */
#include "estimation_options.h"

#include <string.h>

#include <behov/clustering.h>

#include "messages.h"

bool cluster_options_read(const command_line *line, behov_cluster_options *cluster_options)
{
    size_t count = option_count(line, "cluster");
    *cluster_options = (behov_cluster_options){.is_given = count > 0};
    for (size_t i = 0; i < count && i < 2; i++) {
        const char *key = option_value_at(line, "cluster", i);
        if (key[0])
            cluster_options->keys[cluster_options->n++] = key;
    }
    if (count > 2 ||
        (count == 2 && (cluster_options->n < 2 || strcmp(cluster_options->keys[0], cluster_options->keys[1]) == 0))) {
        wrong_call(line->verb, SAY_FITTING_OPTIONS_CLUSTER_TWICE);
        return false;
    }
    return true;
}

int estimation_choose_kind(const command_line *line, behov_fit_choices *choices)
{
    const char *name = option_value(line, "se");
    choices->is_default_kind = !name;
    choices->kind = name ? behov_vcov_kind_of_name(name) : choices->cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL;
    if (choices->kind == BEHOV_N_VCOV_KINDS)
        return wrong_value(line->verb, "se", name, SAY_FITTING_OPTIONS_SE_UNKNOWN, name);
    if (name && behov_vcov_kind_is_clustered(choices->kind) && !choices->cluster)
        return wrong_call(line->verb, SAY_FITTING_OPTIONS_SE_NEEDS_CLUSTERS, name);
    return 0;
}

void estimation_print_notes_dropped(const behov_estimation *estimation)
{
    for (size_t k = 0; k < behov_fit_n_regressors(estimation->fit); k++)
        if (behov_fit_is_dropped(estimation->fit, k))
            print_note(SAY_FITTING_OPTIONS_DROPPED, behov_design_regressor(estimation->design, k));
}

int estimation_of_panel(const command_line *line, const char *panel, double level, double floor, behov_study *study,
                        behov_estimation *estimation, behov_fit_results *out)
{
    behov_error err;
    behov_cluster_options clusters = {0};
    behov_fit_choices choices = {
        .level = level, .floor = floor, .drop_collinear = option_given(line, "drop-collinear")};
    if (!cluster_options_read(line, &clusters))
        return 2;
    int code = study_open_panel(study, line, panel, clusters.keys, clusters.n, NULL);
    if (code)
        return code;
    if (behov_clustering_choose(&clusters, study, &choices, &err))
        return print_failure(&err);
    if ((code = estimation_choose_kind(line, &choices)))
        return code;
    if (behov_estimation_results(study, &choices, estimation, out, &err))
        return print_failure(&err);
    if (!is_quiet(line))
        estimation_print_notes_dropped(estimation);
    return 0;
}
