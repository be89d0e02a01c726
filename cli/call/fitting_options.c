/* fitting_options.c - see fitting_options.h. */
#include "fitting_options.h"

#include <string.h>

#include "messages.h"

bool cluster_options_read(const command_line *line, cluster_options *read)
{
    size_t count = option_count(line, "cluster");
    *read = (cluster_options){.is_given = count > 0};
    for (size_t i = 0; i < count && i < 2; i++) {
        const char *key = option_value_at(line, "cluster", i);
        if (key[0])
            read->keys[read->n++] = key;
    }
    if (count > 2 || (count == 2 && (read->n < 2 || strcmp(read->keys[0], read->keys[1]) == 0))) {
        wrong_call(line->of, "--cluster is given once, or twice with two different columns");
        return false;
    }
    return true;
}

behov_vcov_kind fitting_kind(const command_line *line, const char *cluster, int *code)
{
    const char *name = option_value(line, "se");
    if (!name)
        return cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL;
    behov_vcov_kind kind = behov_vcov_kind_of_name(name);
    if (kind == BEHOV_N_VCOV_KINDS)
        *code = wrong_call(line->of, "--se %s: there are classical, hc0 to hc3, cv0 to cv3 and cv3j", name);
    else if (behov_vcov_kind_is_clustered(kind) && !cluster)
        *code = wrong_call(line->of, "--se %s needs clusters: name a column with --cluster", name);
    return kind;
}

void fitting_tell_dropped(const fitting *made)
{
    for (size_t k = 0; k < behov_fit_n_regressors(made->fit); k++)
        if (behov_fit_is_dropped(made->fit, k))
            note("%s was dropped: it is a linear combination of columns before it",
                 behov_design_regressor(made->design, k));
}

int fitting_of_residuals(const command_line *line, const char *panel, double level, double floor, behov_study *of,
                         fitting *made, results *out)
{
    behov_error err;
    int code = fitting_of_panel(line, panel, level, floor, of, made, out);
    return !code && fitting_has_residuals(of, made->fit, &err) ? fail_with(&err) : code;
}

int fitting_of_panel(const command_line *line, const char *panel, double level, double floor, behov_study *of, fitting *made,
                     results *out)
{
    behov_error err;
    cluster_options clusters = {0};
    fit_choices choices = {.level = level, .floor = floor, .drop_collinear = option_given(line, "drop-collinear")};
    if (!cluster_options_read(line, &clusters))
        return 2;
    int code = study_open_panel(of, line, panel, clusters.keys, clusters.n, NULL);
    if (code)
        return code;
    cluster_options_choose(&clusters, of, &choices);
    choices.kind = fitting_kind(line, choices.cluster, &code);
    if (code)
        return code;
    if (fitting_results(of, &choices, made, out, &err))
        return fail_with(&err);
    if (!is_quiet(line))
        fitting_tell_dropped(made);
    return 0;
}
