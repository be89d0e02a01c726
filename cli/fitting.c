/* fitting.c - one estimation, step by step, with what the options ask for. */
#include "fitting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

void cluster_options_choose(const cluster_options *read, const study *of, fit_choices *choices)
{
    choices->cluster = read->is_given ? read->keys[0] : of->model.cluster;
    choices->second_cluster = read->keys[1];
    choices->asked_cluster = !read->is_given ? NULL : read->keys[0] ? read->keys[0] : "";
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

bool number_option(const command_line *line, const char *name, double low, double high, double *value)
{
    const char *text = option_value(line, name);
    if (!text)
        return true;
    double read;
    if (behov_number_parse(text, strlen(text), strchr(text, ',') ? ',' : '.', &read) != BEHOV_NUMBER_OK || read < low ||
        read > high) {
        char from[BEHOV_NUMBER_SIZE], to[BEHOV_NUMBER_SIZE];
        behov_number_shortest(low, from);
        behov_number_shortest(high, to);
        wrong_call(line->of, "--%s %s: give a number from %s to %s", name, text, from, to);
        return false;
    }
    *value = read;
    return true;
}

bool whole_option(const command_line *line, const char *name, double low, double high, double *value)
{
    if (!number_option(line, name, low, high, value))
        return false;
    if (option_given(line, name) && *value != floor(*value)) {
        wrong_call(line->of, "--%s %s: give a whole number", name, option_value(line, name));
        return false;
    }
    return true;
}

/* "95" of 0.95, "97.5" of 0.975. */
static void share_in_per_cent(double share, char text[BEHOV_NUMBER_SIZE])
{
    behov_number_significant(100 * share, 12, '.', text);
    size_t length = strlen(text);
    while (strchr(text, '.') && (text[length - 1] == '0' || text[length - 1] == '.')) { /* no zeros behind what was meant */
        bool is_mark = text[length - 1] == '.';
        text[--length] = '\0';
        if (is_mark)
            break;
    }
}

/* False and a question when an option in per cent has a value between 0 and `below`: a share, by its looks. */
static bool is_in_per_cent(const command_line *line, const char *name, double below, const char *noun)
{
    const char *text = option_value(line, name);
    double value;
    if (!text || behov_number_parse(text, strlen(text), strchr(text, ',') ? ',' : '.', &value) != BEHOV_NUMBER_OK ||
        !(value > 0 && value < below))
        return true;
    char per_cent[BEHOV_NUMBER_SIZE];
    share_in_per_cent(value, per_cent);
    wrong_call(line->of, "--%s %s: %s; was %s meant? Then write --%s %s", name, text, noun, per_cent, name, per_cent);
    return false;
}

bool level_option(const command_line *line, double *level_pct)
{
    return is_in_per_cent(line, "level", 1, "the level is in per cent") &&
           number_option(line, "level", 1, 99.999, level_pct);
}

bool ratio_limits_option(const command_line *line, behov_ratio_limits *limits)
{
    return is_in_per_cent(line, "low", 3, "ratios are in per cent") &&
           is_in_per_cent(line, "high", 3, "ratios are in per cent") &&
           is_in_per_cent(line, "change", 1, "changes are in points of per cent") &&
           number_option(line, "low", 0, 1e6, &limits->low) && number_option(line, "high", 0.001, 1e6, &limits->high) &&
           number_option(line, "change", 0.001, 1e6, &limits->change);
}

void fitting_free(fitting *of)
{
    free(of->coefficients);
    behov_need_free(of->need);
    behov_vcov_free(of->vcov);
    behov_fit_free(of->fit);
    behov_factors_free(of->factors);
    behov_clusters_free(of->clusters);
    behov_clusters_free(of->second_clusters);
    behov_design_free(of->design);
}

behov_status fitting_make(const study *of, const fit_choices *choices, fitting *made, behov_error *err)
{
    bool clustered = behov_vcov_kind_is_clustered(choices->kind), two_way = clustered && choices->second_cluster;
    const char **keys = calloc(choices->n_more_keys + 2, sizeof *keys);
    size_t n_keys = 0;
    if (!keys)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the clusters");
    if (clustered)
        keys[n_keys++] = choices->cluster;
    if (two_way)
        keys[n_keys++] = choices->second_cluster;
    for (size_t i = 0; i < choices->n_more_keys; i++)
        keys[n_keys++] = choices->more_keys[i];
    behov_design_options options = {.exclude = of->exclude, .set_aside = of->set_aside,
                                    .weights = of->weights, .weight_kind = of->weight_kind,
                                    .cluster_keys = keys, .n_cluster_keys = n_keys, .absorb = choices->absorb};
    size_t n_rows;
    behov_status status = behov_design_new(of->formula, of->table, &options, &made->design, err);
    free(keys);
    if (!status && clustered) {
        const uint32_t *rows = behov_design_estimated(made->design, &n_rows);
        status = behov_clusters_new(of->table, choices->cluster, rows, n_rows, &made->clusters, err);
        if (!status && two_way)
            status = behov_clusters_new(of->table, choices->second_cluster, rows, n_rows, &made->second_clusters, err);
    }
    if (!status)
        status = behov_factors_new(made->design, choices->keep_clusters ? made->clusters : NULL, &made->factors, err);
    if (!status)
        status = behov_fit_new(made->design, made->factors,
                               &(behov_fit_options){.drop_collinear = choices->drop_collinear}, &made->fit, err);
    if (!status && two_way)
        status = behov_vcov_two_way(made->fit, made->design, made->clusters, made->second_clusters, choices->kind,
                                    &made->vcov, err);
    else if (!status)
        status = behov_vcov_new(made->fit, made->design, made->clusters, choices->kind, &made->vcov, err);
    return status;
}

/* A pass over the rows: for the largest panels `behov diagnose` alone makes it. */
static const double MOST_WORK = 2e8; /* rows x coefficients^2: about 0.2 s */

behov_status fitting_count_effective(const fitting *made, results *out, behov_error *err)
{
    size_t n = behov_design_n_regressors(made->design), first = behov_design_has_intercept(made->design) && n > 1;
    double work = (double)behov_fit_n_rows(made->fit) * (double)n * (double)n;
    if (!made->clusters || made->second_clusters || behov_clusters_count(made->clusters) < BEHOV_FEW_CLUSTERS ||
        work > MOST_WORK)
        return BEHOV_OK;
    double *effective = calloc(n, sizeof *effective);
    if (!effective)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the effective number of clusters");
    behov_status status = behov_effective_clusters(made->fit, made->design, made->clusters, effective, err);
    for (size_t k = first; k < n && !status; k++) { /* the constant moves with the others */
        if (isnan(effective[k]) || behov_vcov_sole(made->vcov, k)) /* one cluster alone: said in words */
            continue;
        out->n_narrow += effective[k] < BEHOV_FEW_CLUSTERS;
        if (out->fewest_effective == 0 || effective[k] < out->fewest_effective) {
            out->next_narrowest = out->narrowest;
            out->fewest_effective = effective[k];
            out->narrowest = k;
        } else if (effective[k] < BEHOV_FEW_CLUSTERS) {
            out->next_narrowest = k; /* the only other one, where n_narrow is 2 */
        }
    }
    free(effective);
    return status;
}

behov_status fitting_results(const study *of, const fit_choices *choices, fitting *made, results *out, behov_error *err)
{
    bool clustered = behov_vcov_kind_is_clustered(choices->kind);
    behov_status status = fitting_make(of, choices, made, err);
    if (status)
        return status;
    size_t n = behov_design_n_regressors(made->design);
    made->coefficients = calloc(n, sizeof *made->coefficients);
    if (!made->coefficients)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    status = behov_inference(made->fit, made->vcov, &(behov_inference_options){.level = choices->level},
                             made->coefficients, err);
    if (!status)
        status = behov_need_new(made->design, &of->panel, behov_fit_coefficients(made->fit),
                                &(behov_need_options){.unit = of->unit, .floor = choices->floor, .is_transformed = study_is_transformed(of)}, &made->need, err);
    *out = (results){.of = of, .design = made->design, .fit = made->fit, .vcov = made->vcov,
                     .cluster = clustered ? choices->cluster : NULL,
                     .asked_cluster = choices->asked_cluster,
                     .has_fewest_in_second = made->clusters && made->second_clusters &&
                                             behov_clusters_count(made->second_clusters) <
                                                 behov_clusters_count(made->clusters),
                     .second_cluster = clustered ? choices->second_cluster : NULL, .coefficients = made->coefficients,
                     .need = made->need, .level_pct = 100 * choices->level, .floor = choices->floor};
    if (!status)
        status = behov_vcov_model_f(made->vcov, made->fit, made->design, &out->f, &out->f_restrictions, err);
    if (!status)
        status = fitting_count_effective(made, out, err);
    if (!status)
        out->f_p = behov_f_p(out->f, (double)out->f_restrictions, behov_vcov_dof(made->vcov));
    return status;
}

void fitting_tell_dropped(const study *of, const fitting *made)
{
    for (size_t k = 0; k < behov_fit_n_regressors(made->fit) && !of->is_quiet; k++)
        if (behov_fit_is_dropped(made->fit, k))
            note("%s was dropped: it is a linear combination of columns before it",
                 behov_design_regressor(made->design, k));
}

behov_status fitting_has_residuals(const study *of, const behov_fit *fit, behov_error *err)
{
    if (!behov_fit_is_exact(fit))
        return BEHOV_OK;
    if (isnan(behov_fit_r2(fit)))
        return behov_error_set(
            err, BEHOV_E_DATA, behov_table_source(of->table),
            "%.80s has the same value in every row used in estimation: there is nothing to explain, compare "
            "or rank; use another outcome, or other rows",
            behov_formula_outcome_name(of->formula));
    return behov_error_set(
        err, BEHOV_E_DATA, behov_table_source(of->table),
        "the regressors give %.80s exactly, within the rounding of the figures: no residual is left, "
        "so there is nothing to compare, rank or judge errors by; look for a column that was "
        "computed from it, and leave it out",
        behov_formula_outcome_name(of->formula));
}

int fitting_of_residuals(const command_line *line, const char *panel, double level, double floor, study *of,
                         fitting *made, results *out)
{
    behov_error err;
    int code = fitting_of_panel(line, panel, level, floor, of, made, out);
    return !code && fitting_has_residuals(of, made->fit, &err) ? fail_with(&err) : code;
}

int fitting_of_panel(const command_line *line, const char *panel, double level, double floor, study *of, fitting *made,
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
    fitting_tell_dropped(of, made);
    return 0;
}
