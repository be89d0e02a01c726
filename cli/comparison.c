/* comparison.c - the same fit read under several covariances. The fit is made once; only covariances differ. */
#include "comparison.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "write_json.h"
#include "write_text.h"

void comparison_free(comparison *of)
{
    for (size_t i = 0; i < of->n; i++) {
        behov_vcov_free(of->readings[i].vcov);
        free(of->readings[i].coefficients);
        free(of->readings[i].cluster);
    }
    free(of->readings);
    *of = (comparison){0};
}

/* ---- lists of keys ------------------------------------------------------------------------------------------------- */

/* The end of the key that starts at `text`: a comma outside brackets, or the end. */
static const char *end_of_key(const char *text)
{
    int depth = 0;
    for (; *text && (*text != ',' || depth > 0); text++)
        depth += (*text == '(') - (*text == ')');
    return text;
}

size_t comparison_n_keys(const char *keys)
{
    size_t n = 1;
    for (const char *end = end_of_key(keys); *end; end = end_of_key(end + 1))
        n++;
    return n;
}

char *comparison_key(const char *keys, size_t i)
{
    const char *from = keys, *end = end_of_key(keys);
    for (; i > 0 && *end; i--) {
        from = end + 1;
        end = end_of_key(from);
    }
    while (from < end && *from == ' ')
        from++;
    while (end > from && end[-1] == ' ')
        end--;
    char *key = malloc((size_t)(end - from) + 1);
    if (key) {
        memcpy(key, from, (size_t)(end - from));
        key[end - from] = '\0';
    }
    return key;
}

/* ---- readings ------------------------------------------------------------------------------------------------------ */

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the comparison");
}

/* Fills one reading; clusters NULL for the kinds that have none. */
static behov_status read_errors(const fit_choices *choices, const fitting *made, const behov_clusters *clusters,
                                reading *of, behov_error *err)
{
    size_t n = behov_design_n_regressors(made->design);
    of->effective_clusters = NAN;
    of->coefficients = calloc(n, sizeof *of->coefficients);
    if (!of->coefficients)
        return out_of_memory(err);
    behov_status status = behov_vcov_new(made->fit, made->design, clusters, of->kind, &of->vcov, &of->why);
    if (status == BEHOV_E_MEMORY) {
        *err = of->why;
        return status;
    }
    if (status) { /* this kind has no value here: the others are shown, and why */
        of->vcov = NULL;
        for (size_t k = 0; k < n; k++)
            of->coefficients[k] = (behov_coefficient){NAN, NAN, NAN, NAN, NAN, NAN, NAN, ""};
        return BEHOV_OK;
    }
    of->n_clusters = behov_vcov_n_clusters(of->vcov);
    return behov_inference(made->fit, of->vcov, &(behov_inference_options){.level = choices->level}, of->coefficients,
                           err);
}

behov_status comparison_of_kinds(const study *of, const fit_choices *choices, const fitting *made, comparison *out,
                                 behov_error *err)
{
    (void)of;
    *out = (comparison){.readings = calloc(BEHOV_N_VCOV_KINDS, sizeof *out->readings)};
    if (!out->readings)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < BEHOV_N_VCOV_KINDS && !status; kind++) {
        bool clustered = behov_vcov_kind_is_clustered((behov_vcov_kind)kind);
        if (clustered && !made->clusters)
            continue;
        reading *next = &out->readings[out->n++];
        next->kind = (behov_vcov_kind)kind;
        if (clustered && !(next->cluster = comparison_key(choices->cluster, 0)))
            return out_of_memory(err);
        status = read_errors(choices, made, clustered ? made->clusters : NULL, next, err);
    }
    return status;
}

behov_status comparison_of_clusters(const study *of, const fit_choices *choices, const fitting *made, const char *keys,
                                    behov_vcov_kind kind, comparison *out, behov_error *err)
{
    size_t n_keys = comparison_n_keys(keys), n_rows;
    const uint32_t *rows = behov_design_estimated(made->design, &n_rows);
    *out = (comparison){.readings = calloc(n_keys, sizeof *out->readings)};
    if (!out->readings)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_keys && !status; i++) {
        reading *next = &out->readings[out->n++];
        behov_clusters *clusters = NULL;
        behov_cluster_diagnosis *diagnosis = NULL;
        next->kind = kind;
        if (!(next->cluster = comparison_key(keys, i)))
            return out_of_memory(err);
        status = behov_clusters_new(of->table, next->cluster, rows, n_rows, &clusters, err);
        if (!status)
            status = read_errors(choices, made, clusters, next, err);
        if (!status && next->vcov) {
            status = behov_cluster_diagnosis_new(made->fit, made->design, clusters, &diagnosis, err);
            for (size_t k = 0; !status && k < behov_design_n_regressors(made->design); k++) {
                double effective = behov_cluster_diagnosis_effective(diagnosis, k, 0);
                if (!(effective >= next->effective_clusters)) /* the first one too, against NaN */
                    next->effective_clusters = isnan(effective) ? next->effective_clusters : effective;
            }
        }
        behov_cluster_diagnosis_free(diagnosis);
        behov_clusters_free(clusters);
    }
    return status;
}

/* ---- page ---------------------------------------------------------------------------------------------------------- */

static void kind_in_capitals(behov_vcov_kind kind, char text[16])
{
    snprintf(text, 16, "%s", behov_vcov_kind_name(kind));
    for (char *c = text; *c && kind != BEHOV_VCOV_CLASSICAL; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
}

/* "0.0350 ***" with the stars in a column of their own width */
static void error_cell(const behov_coefficient *c, language lang, char text[BEHOV_NUMBER_SIZE])
{
    char number[BEHOV_NUMBER_SIZE];
    format_cell(BEHOV_Q_STANDARD_ERROR, c->se, lang, number);
    if (number[0])
        snprintf(text, BEHOV_NUMBER_SIZE, "%.30s %-3s", number, c->stars);
    else
        snprintf(text, BEHOV_NUMBER_SIZE, "%s", "");
}

static behov_status print_table(const results *of, const comparison *read, FILE *out, behov_error *err)
{
    language lang = of->of->lang;
    size_t n = behov_design_n_regressors(of->design);
    bool by_cluster = read->n > 1 && read->readings[0].cluster && read->readings[0].kind == read->readings[1].kind;
    behov_report *report = NULL;
    behov_status status = behov_report_new("comparison", n, NULL, &report, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"term", NULL, BEHOV_Q_TEXT}, err);
    if (!status) {
        double *estimates = malloc(n * sizeof *estimates);
        if (!estimates)
            status = out_of_memory(err);
        for (size_t k = 0; k < n && !status; k++)
            estimates[k] = of->coefficients[k].estimate;
        if (!status)
            status = behov_report_add_numbers(report, (behov_report_column){"coefficient", NULL, BEHOV_Q_COEFFICIENT},
                                              estimates, true, err);
        if (status)
            free(estimates);
    }
    for (size_t k = 0; k < n && !status; k++)
        status = behov_report_set_text(report, 0, k, behov_design_regressor(of->design, k), err);
    for (size_t i = 0; i < read->n && !status; i++) {
        char key[32], heading[100], kind[16];
        snprintf(key, sizeof key, "reading_%lu", (unsigned long)i + 1);
        kind_in_capitals(read->readings[i].kind, kind);
        if (by_cluster)
            snprintf(heading, sizeof heading, "[%lu]", (unsigned long)i + 1);
        else
            snprintf(heading, sizeof heading, "%s", kind);
        status = behov_report_add_texts(report, (behov_report_column){key, heading, BEHOV_Q_TEXT}, err);
        for (size_t k = 0; k < n && !status; k++) {
            char cell[BEHOV_NUMBER_SIZE];
            error_cell(&read->readings[i].coefficients[k], lang, cell);
            status = behov_report_set_text(report, 2 + i, k, cell, err);
        }
    }
    if (!status)
        write_text_table(report, NULL, lang, out);
    behov_report_free(report);
    return status;
}

behov_status comparison_print(const results *of, const comparison *read, FILE *out, behov_error *err)
{
    language lang = of->of->lang;
    bool by_cluster = read->n > 0 && read->readings[0].cluster != NULL;
    size_t n_clusters = 0;
    write_text_head(of, out);
    fprintf(out, "\n%s\n\n", label(lang, "comparison_of_errors"));
    behov_status status = print_table(of, read, out, err);
    if (status)
        return status;
    fputc('\n', out);
    for (size_t i = 0; i < read->n; i++) {
        const reading *one = &read->readings[i];
        char kind[16], count[BEHOV_NUMBER_SIZE], dof[BEHOV_NUMBER_SIZE], effective[BEHOV_NUMBER_SIZE], text[700];
        kind_in_capitals(one->kind, kind);
        n_clusters = one->n_clusters ? one->n_clusters : n_clusters;
        if (!one->vcov && by_cluster)
            fprintf(out, "[%lu] %s: %s\n", (unsigned long)i + 1, one->cluster, one->why.what);
        if (!one->vcov && by_cluster)
            continue;
        if (!one->vcov) {
            fprintf(out, "%s: %s%s%s\n", kind, one->why.where, one->why.where[0] ? ": " : "", one->why.what);
            continue;
        }
        if (!by_cluster)
            continue;
        format_cell(BEHOV_Q_COUNT, (double)one->n_clusters, lang, count);
        format_cell(BEHOV_Q_DOF, behov_vcov_dof(one->vcov), lang, dof);
        const char *degrees =
            label(lang, behov_vcov_dof(one->vcov) == 1 ? "degree_of_freedom" : "degrees_of_freedom");
        behov_number_fixed(one->effective_clusters, 1, label_decimal_mark(lang), label_group_mark(lang), 4, effective);
        label_fill(lang, "comparison_reading", text, sizeof text, "key", one->cluster, "kind", kind, "n", count, "dof",
                   dof, "degrees", degrees, "effective", effective[0] ? effective : "–", NULL);
        fprintf(out, "[%lu] %s\n", (unsigned long)i + 1, text);
        results reading_of = *of;
        reading_of.vcov = one->vcov;
        reading_of.cluster = one->cluster;
        reading_of.second_cluster = NULL;
        results_cluster_warning(&reading_of, text);
        if (text[0])
            fprintf(out, "    %s\n", text);
    }
    char number[BEHOV_NUMBER_SIZE], text[700];
    if (!by_cluster && n_clusters) {
        label_fill(lang, "comparison_clusters", text, sizeof text, "n",
                   format_cell(BEHOV_Q_COUNT, (double)n_clusters, lang, number), "key", of->cluster, NULL);
        fprintf(out, "%s\n", text);
    }
    results_weights(of, text);
    if (text[0])
        fprintf(out, "%s\n", text);
    format_cell(BEHOV_Q_COUNT, behov_fit_n_observations(of->fit), lang, number);
    fprintf(out, "N %s   * 10 %%  ** 5 %%  *** 1 %%\n", number);
    return BEHOV_OK;
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

behov_status comparison_json(const results *of, const comparison *read, behov_error *err)
{
    json_t *object = json_object(), *list = json_array();
    write_json_common(object, of);
    for (size_t i = 0; i < read->n; i++) {
        const reading *one = &read->readings[i];
        results reading_of = *of;
        reading_of.vcov = one->vcov;
        reading_of.coefficients = one->coefficients;
        json_t *shown = json_object();
        json_object_set_new(shown, "se_kind", json_string(behov_vcov_kind_name(one->kind)));
        json_object_set_new(shown, "cluster", one->cluster ? json_string(one->cluster) : json_null());
        json_object_set_new(shown, "n_clusters",
                            one->n_clusters ? json_integer((json_int_t)one->n_clusters) : json_null());
        json_object_set_new(shown, "effective_clusters",
                            isnan(one->effective_clusters) ? json_null() : json_real(one->effective_clusters));
        json_object_set_new(shown, "why_not", one->vcov ? json_null() : json_string(one->why.what));
        json_object_set_new(shown, "coefficients", write_json_coefficients(&reading_of));
        json_array_append_new(list, shown);
    }
    json_object_set_new(object, "weights",
                        of->of->weights ? json_string(behov_expression_text(of->of->weights)) : json_null());
    json_object_set_new(object, "readings", list);
    return write_json_object(NULL, object, err);
}
