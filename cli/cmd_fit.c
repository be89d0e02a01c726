/* cmd_fit.c - `behov fit`: a panel and a formula become coefficients, need and ratios. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "by_year.h"
#include "comparison.h"
#include "fitting.h"
#include "outputs.h"
#include "results.h"
#include "study.h"
#include "verbs.h"
#include "write_json.h"
#include "write_text.h"

static const option_text fit_options[] = {
    STUDY_OPTIONS,
    {"cluster", 'c', "COLUMN", "cluster-robust errors by this column, or arithmetic such as 'cut(population, 2000, 5000)';\n'' = none; given twice: two-way clustering"},
    WEIGHT_OPTIONS,
    {"se", 's', "KIND", "standard errors: classical, hc0, hc1, hc2, hc3, cv0, cv1, cv2, cv3, cv3j,\nor all, side by side (cv1, Stata's vce(cluster), with clusters; else classical)"},
    {"compare-clusters", 0, "LIST", "coefficients once, errors under each clustering of the list, parted by commas"},
    {"by", 0, "year", "each year alone beside the pooled fit, and whether the coefficients are equal over the years"},
    {"level", 0, "PER CENT", "level of the intervals, 95 unless given"},
    {"floor", 0, "NEED", "lowest need that gives a ratio, 0 unless given"},
    {"drop-collinear", 0, NULL, "leave collinear columns out, and say which, instead of stopping"},
    {"output", 'o', "FILE", "write FILE.xlsx (workbook), FILE.csv (a row per municipality and year)\nor FILE.json; may be given several times"},
    {"json", 'j', NULL, "print one JSON object instead of the page"},
    {"date", 0, "DATE", "the date the workbook says it was made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

static behov_status compute(const study *of, const fit_choices *choices, fitting *made, results *out, behov_error *err)
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
                                &(behov_need_options){.unit = of->unit, .floor = choices->floor}, &made->need, err);
    *out = (results){.of = of, .design = made->design, .fit = made->fit, .vcov = made->vcov,
                     .cluster = clustered ? choices->cluster : NULL,
                     .second_cluster = clustered ? choices->second_cluster : NULL, .coefficients = made->coefficients,
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

/* --se all and --compare-clusters: another page, the same fit. */
static int run_comparison(const command_line *line, const fit_choices *choices, const fitting *made, const results *of,
                          const char *keys, behov_vcov_kind kind)
{
    behov_error err;
    comparison read = {0};
    behov_status status = keys ? comparison_of_clusters(of->of, choices, made, keys, kind, &read, &err)
                               : comparison_of_kinds(of->of, choices, made, &read, &err);
    if (!status)
        status = option_given(line, "json") ? comparison_json(of, &read, &err)
                                            : comparison_print(of, &read, stdout, &err);
    comparison_free(&read);
    return status ? fail_with(&err) : 0;
}

static int run_by_year(const command_line *line, const fit_choices *choices, const results *of)
{
    behov_error err;
    by_year years;
    behov_status status = by_year_compute(of->of, choices, of, &years, &err);
    if (!status)
        status = option_given(line, "json") ? by_year_json(of, &years, &err) : by_year_print(of, &years, stdout, &err);
    by_year_free(&years);
    return status ? fail_with(&err) : 0;
}

/* The columns that errors may be clustered by: those of --cluster, and those of --compare-clusters. */
enum { KEYS_MAX = 16 };

typedef struct key_list {
    const char *keys[KEYS_MAX];
    char *owned[KEYS_MAX];
    size_t n;
} key_list;

static bool list_keys(const command_line *line, const cluster_options *clusters, key_list *list)
{
    const char *compared = option_value(line, "compare-clusters");
    for (size_t i = 0; i < clusters->n; i++)
        list->keys[list->n++] = clusters->keys[i];
    for (size_t i = 0; compared && i < comparison_n_keys(compared); i++) {
        if (list->n == KEYS_MAX) {
            wrong_call(&verb_fit, "--compare-clusters: at most %d clusterings", KEYS_MAX - 2);
            return false;
        }
        list->keys[list->n] = list->owned[list->n] = comparison_key(compared, i);
        if (!list->keys[list->n] || !list->keys[list->n][0]) {
            wrong_call(&verb_fit, "--compare-clusters %s: a name is empty", compared);
            list->n++;
            return false;
        }
        list->n++;
    }
    return true;
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
    cluster_options clusters = {0};
    if (!code && !cluster_options_read(&line, &clusters))
        code = 2;
    key_list list = {0};
    behov_vcov_kind kind = BEHOV_VCOV_CLASSICAL;
    const char *compared = option_value(&line, "compare-clusters"), *se = option_value(&line, "se");
    bool all_kinds = se && strcmp(se, "all") == 0;
    if (!code && compared && (all_kinds || clusters.is_given))
        code = wrong_call(&verb_fit, "--compare-clusters names all clusterings and goes with one kind of errors: leave out "
                                     "--cluster and --se all");
    if (!code && all_kinds && clusters.n == 2)
        code = wrong_call(&verb_fit, "--se all goes with one --cluster");
    const char *by = option_value(&line, "by");
    if (!code && by && strcmp(by, "year") != 0)
        code = wrong_call(&verb_fit, "--by %s: only --by year is there", by);
    if (!code && by && (compared || all_kinds))
        code = wrong_call(&verb_fit, "--by year goes with one kind of errors and one clustering at a time");
    if (!code && !list_keys(&line, &clusters, &list))
        code = 2;
    if (!code)
        code = study_open(&of, &line, list.keys, list.n, NULL);
    if (!code) {
        cluster_options_choose(&clusters, &of, &choices);
        if (compared)
            choices.cluster = list.keys[0];
        choices.kind = all_kinds ? (choices.cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL)
                                 : fitting_kind(&line, choices.cluster, &code);
        if (!code && compared && !behov_vcov_kind_is_clustered(choices.kind))
            code = wrong_call(&verb_fit, "--compare-clusters needs a clustered kind of errors, not --se %s", se);
        kind = choices.kind;
        if (compared) { /* the fit itself needs no clusters; a row needs the keys of all clusterings */
            choices.more_keys = list.keys;
            choices.n_more_keys = list.n;
            choices.cluster = NULL;
            choices.kind = BEHOV_VCOV_CLASSICAL;
        }
    }
    behov_error err;
    if (!code && compute(&of, &choices, &made, &computed, &err))
        code = fail_with(&err);
    if (!code) {
        tell(&computed, option_given(&line, "exclude"));
        if (by)
            code = run_by_year(&line, &choices, &computed);
        else if (all_kinds || compared)
            code = run_comparison(&line, &choices, &made, &computed, compared, kind);
        else if (option_given(&line, "json") ? write_json_fit(NULL, &computed, &err)
                                             : write_text_fit(&computed, stdout, &err))
            code = fail_with(&err);
    }
    if (!code)
        code = outputs_write(&line, &computed, date);
    fitting_free(&made);
    study_close(&of);
    for (size_t i = 0; i < list.n; i++)
        free(list.owned[i]);
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
