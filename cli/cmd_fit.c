/* cmd_fit.c - `behov fit`: a panel and a formula become coefficients, need and ratios. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outputs.h"
#include "results.h"
#include "study.h"
#include "verbs.h"
#include "write_json.h"
#include "write_text.h"

static const option_text fit_options[] = {
    STUDY_OPTIONS,
    {"cluster", 'c', "COLUMN", "cluster-robust errors by this column, or arithmetic over columns; '' = none"},
    {"se", 's', "KIND", "standard errors: classical, hc0, hc1, hc2, hc3, cv0, cv1, cv2, cv3, cv3j\n(cv1, Stata's vce(cluster), with clusters; else classical)"},
    {"level", 0, "PER CENT", "level of the intervals, 95 unless given"},
    {"floor", 0, "NEED", "lowest need that gives a ratio, 0 unless given"},
    {"drop-collinear", 0, NULL, "leave collinear columns out, and say which, instead of stopping"},
    {"output", 'o', "FILE", "write FILE.xlsx (workbook), FILE.csv (a row per municipality and year)\nor FILE.json; may be given several times"},
    {"json", 'j', NULL, "print one JSON object instead of the page"},
    {"date", 0, "DATE", "the date the workbook says it was made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

static behov_vcov_kind chosen_kind(const command_line *line, const char *cluster, int *code)
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

/* A number of an option, in per cent or as it is; false and a sentence when it is none or outside (low, high). */
static bool number_option(const command_line *line, const char *name, double low, double high, double *value)
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

typedef struct fitting {
    behov_design *design;
    behov_clusters *clusters;
    behov_factors *factors;
    behov_fit *fit;
    behov_vcov *vcov;
    behov_need *need;
    behov_coefficient *coefficients;
} fitting;

static void fitting_free(fitting *of)
{
    free(of->coefficients);
    behov_need_free(of->need);
    behov_vcov_free(of->vcov);
    behov_fit_free(of->fit);
    behov_factors_free(of->factors);
    behov_clusters_free(of->clusters);
    behov_design_free(of->design);
}

typedef struct fit_choices {
    const char *cluster;
    behov_vcov_kind kind;
    double level, floor;
    bool drop_collinear;
} fit_choices;

static behov_status compute(const study *of, const fit_choices *choices, fitting *made, results *out, behov_error *err)
{
    bool clustered = behov_vcov_kind_is_clustered(choices->kind);
    behov_design_options options = {.exclude = of->exclude, .set_aside = of->set_aside,
                                    .cluster_keys = &choices->cluster, .n_cluster_keys = clustered ? 1 : 0};
    size_t n_rows;
    behov_status status = behov_design_new(of->formula, of->table, &options, &made->design, err);
    if (!status && clustered) {
        const uint32_t *rows = behov_design_estimated(made->design, &n_rows);
        status = behov_clusters_new(of->table, choices->cluster, rows, n_rows, &made->clusters, err);
    }
    if (!status)
        status = behov_factors_new(made->design, NULL, &made->factors, err);
    if (!status)
        status = behov_fit_new(made->design, made->factors,
                               &(behov_fit_options){.drop_collinear = choices->drop_collinear}, &made->fit, err);
    if (!status)
        status = behov_vcov_new(made->fit, made->design, made->clusters, choices->kind, &made->vcov, err);
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
                                &(behov_need_options){.unit = of->unit, .floor = choices->floor}, &made->need, err);
    *out = (results){.of = of, .design = made->design, .fit = made->fit, .vcov = made->vcov,
                     .cluster = clustered ? choices->cluster : NULL, .coefficients = made->coefficients,
                     .need = made->need, .level_pct = 100 * choices->level, .floor = choices->floor};
    if (!status)
        status = behov_vcov_model_f(made->vcov, made->fit, made->design, &out->f, &out->f_restrictions, err);
    if (!status)
        out->f_p = behov_f_p(out->f, (double)out->f_restrictions, behov_vcov_dof(made->vcov));
    return status;
}

/* Told, but no error. */
static void tell(const results *of, bool exclude_is_the_users)
{
    if (of->of->is_quiet)
        return;
    bool excludes = !exclude_is_the_users || !of->of->exclude;
    for (size_t i = 0; i < behov_design_n_reasons(of->design) && !excludes; i++)
        excludes = behov_design_reason(of->design, i).kind == BEHOV_REASON_EXCLUDED;
    if (!excludes)
        note("no row is left out by --exclude %s", behov_expression_text(of->of->exclude));
    for (size_t k = 0; k < behov_fit_n_regressors(of->fit); k++)
        if (behov_fit_is_dropped(of->fit, k))
            note("%s was dropped: it is a linear combination of columns before it", behov_design_regressor(of->design, k));
    size_t n_years, n_rows;
    const int *years = behov_need_years(of->need, &n_years);
    const uint32_t *rows = behov_design_estimated(of->design, &n_rows);
    bool has_year_effects = false;
    for (size_t t = 0; t < behov_formula_n_terms(of->of->formula); t++) {
        behov_component piece = behov_formula_component(of->of->formula, t, 0);
        has_year_effects = has_year_effects || (piece.is_factor && strcmp(piece.name, "year") == 0);
    }
    for (size_t t = 0; t < n_years && n_years > 1 && has_year_effects; t++) {
        size_t count = 0;
        for (size_t i = 0; i < n_rows && count < 2; i++)
            count += behov_panel_year(&of->of->panel, rows[i]) == years[t];
        if (count == 1)
            note("%d has a single row estimated on: its year effect fits that row exactly", years[t]);
    }
    if (behov_need_n_too_low(of->need))
        note("%lu %s a need at or below %s, so there is no ratio there",
             (unsigned long)behov_need_n_too_low(of->need), behov_need_n_too_low(of->need) == 1 ? "row has" : "rows have",
             of->floor > 0 ? "the floor" : "zero");
    double condition = behov_fit_condition(of->fit);
    if (condition > 1e8) {
        char text[BEHOV_NUMBER_SIZE];
        behov_number_significant(condition, 2, '.', text);
        note("the columns are nearly collinear (condition number %s): coefficients hang on the last digits of the data%s",
             text, behov_fit_is_extended(of->fit) ? "; computed in extended precision" : "");
    }
    if (isnan(behov_fit_r2(of->fit)))
        note("the outcome has the same value in every row estimated on");
}

static int run_fit(int n_arguments, char **arguments)
{
    command_line line;
    bool helped;
    if (!command_line_read(&verb_fit, n_arguments, arguments, &line, &helped)) {
        command_line_free(&line);
        return helped ? 0 : 2;
    }
    study of = {0};
    fitting made = {0};
    results computed;
    fit_choices choices = {.drop_collinear = option_given(&line, "drop-collinear")};
    long long date = 0;
    double level_pct = 95;
    int code = outputs_check(&line, line.n_operands ? line.operands[0] : NULL);
    if (!code && (!outputs_date(&line, &date) || !number_option(&line, "level", 0.1, 99.999, &level_pct) ||
                  !number_option(&line, "floor", 0, 1e12, &choices.floor)))
        code = 2;
    choices.level = level_pct / 100;
    const char *cluster = option_value(&line, "cluster");
    if (!code)
        code = study_open(&of, &line, &cluster, cluster && cluster[0] ? 1 : 0, NULL);
    if (!code) {
        /* The model's clustering holds unless the user says otherwise. */
        choices.cluster = cluster ? (cluster[0] ? cluster : NULL) : of.model.cluster;
        choices.kind = chosen_kind(&line, choices.cluster, &code);
    }
    behov_error err;
    if (!code && compute(&of, &choices, &made, &computed, &err))
        code = fail_with(&err);
    if (!code) {
        tell(&computed, option_given(&line, "exclude"));
        if (option_given(&line, "json") ? write_json_fit(NULL, &computed, &err)
                                        : write_text_fit(&computed, stdout, &err))
            code = fail_with(&err);
    }
    if (!code)
        code = outputs_write(&line, &computed, date);
    fitting_free(&made);
    study_close(&of);
    command_line_free(&line);
    return code;
}

const verb verb_fit = {
    .name = "fit",
    .usage = "[PANEL] [--model FILE | --formula TEXT] [--cluster COLUMN] [--se KIND] [-o FILE]...",
    .summary = "Fit a model to a panel and compare actual with expected expenditure.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "\n"
        "Examples\n"
        "  behov fit -o behov.xlsx\n"
        "  behov fit panel.csv --model my.ini --cluster municipality_code -o panel.xlsx -o panel.csv\n"
        "  behov fit recipients.csv --formula 'recipients_pct ~ disabled_18_49 + I(population^1.2)' --se hc1 --json",
    .options = fit_options,
    .n_options = sizeof fit_options / sizeof *fit_options,
    .run = run_fit,
};
