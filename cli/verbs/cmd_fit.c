/* cmd_fit.c - `behov fit`: a panel and a formula become coefficients, need and ratios. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "absorbed_fit.h"
#include "absorbed_fit_tables.h"
#include "by_year.h"
#include "by_year_tables.h"
#include "comparison.h"
#include "comparison_tables.h"
#include "full_workbook.h"
#include "findings.h"
#include "fit_sections.h"
#include "estimation_options.h"
#include "labels.h"
#include "lasting_options.h"
#include "model_set_options.h"
#include "model_set_tables.h"
#include "municipality_options.h"
#include "outputs.h"
#include "fit_results.h"
#include "study_findings.h"
#include "study_options.h"
#include "study_words.h"
#include "verbs.h"
#include "write_absorbed_fit.h"
#include "write_by_year.h"
#include "write_comparison.h"
#include "write_json.h"
#include "write_model_set.h"
#include "write_text.h"

static const option_text fit_options[] = {
    STUDY_OPTIONS,
    NAMES_OPTION,
    {"cluster", 'c', "COLUMN",
     "cluster-robust errors by this column, or arithmetic such as 'cut(population, 2000, 5000)';\n'' = none; given "
     "twice: two-way clustering"},
    WEIGHT_OPTIONS,
    {"se", 's', "KIND",
     "standard errors: classical, hc0, hc1, hc2, hc3, cv0, cv1, cv2, cv3, cv3j,\nor all, side by side (cv1, Stata's "
     "vce(cluster), with clusters; else classical)"},
    {"compare-clusters", 0, "LIST", "coefficients once, errors under each clustering of the list, separated by commas"},
    {"by", 0, "year", "each year alone beside the pooled fit, and whether the coefficients are equal over the years"},
    {"absorb", 0, "COLUMN",
     "the fit once more with an effect for each group of this column, municipality_code for instance:\na check of the "
     "coefficients; need and ratios stay those without"},
    {"full", 0, NULL,
     "the workbook with all its sheets: Rangering, Kommune (choose a municipality), Figurer and Diagnostikk too"},
    {"profile", 0, "LIST",
     "a sheet for each of these municipalities, by code or name, separated by commas, or a file that lists them"},
    {"group", 'g', "KIND",
     "of --full and --profile, what a municipality is held against beside the country: county, size (the\ndefault of "
     "--full) or a file with the columns municipality_code and group"},
    LASTING_OPTIONS("--full, --profile: ", "95 (of --full and --profile 90)"),
    {"drop-collinear", 0, NULL, "leave collinear columns out, and say which, instead of stopping"},
    {"output", 'o', "FILE",
     "write FILE.xlsx (workbook), FILE.html, FILE.tex, FILE.md or FILE.txt (the tables to print),\nFILE.csv (a row per "
     "municipality and year) or FILE.json; may be given several times"},
    CSV_STYLE_OPTION,
    {"json", 'j', NULL, "print one JSON object instead of the page"},
    {"date", 0, "DATE", "the date the workbook says it was made on, 2026-11-22; without it today"},
    {"quiet", 'q', NULL, "no notes on standard error"},
};

/* Told, but no error. */
static void print_notes(const behov_fit_results *fit_results, const behov_estimation *estimation)
{
    estimation_print_notes_dropped(estimation);
    size_t n_years, n_rows;
    const int *years = behov_need_years(fit_results->need, &n_years);
    const uint32_t *rows = behov_design_estimated(fit_results->design, &n_rows);
    bool has_year_effects = false;
    for (size_t t = 0; t < behov_formula_n_terms(fit_results->study->formula); t++) {
        behov_component piece = behov_formula_component(fit_results->study->formula, t, 0);
        has_year_effects = has_year_effects || (piece.is_factor && behov_study_is_year(fit_results->study, piece.name));
    }
    for (size_t t = 0; t < n_years && n_years > 1 && has_year_effects; t++) {
        size_t count = 0;
        for (size_t i = 0; i < n_rows && count < 2; i++)
            count += behov_panel_year(&fit_results->study->panel, rows[i]) == years[t];
        if (count == 1)
            print_note("%d has a single row used in estimation: its year effect fits that row exactly", years[t]);
    }
    if (behov_need_n_too_low(fit_results->need))
        print_note("%lu %s a need at or below %s, so there is no ratio there",
                   (unsigned long)behov_need_n_too_low(fit_results->need),
                   behov_need_n_too_low(fit_results->need) == 1 ? "row has" : "rows have",
                   fit_results->floor > 0 ? "the floor" : "zero");
    double condition = behov_fit_condition(fit_results->fit);
    if (condition > 1e8) {
        char text[BEHOV_NUMBER_SIZE];
        behov_number_significant(condition, 2, '.', text);
        print_note("the columns are nearly collinear (condition number %s): coefficients depend on the last digits of "
                   "the data%s",
                   text, behov_fit_is_extended(fit_results->fit) ? "; computed in extended precision" : "");
    }
    if (isnan(behov_fit_r2(fit_results->fit)))
        print_note("the outcome has the same value in every row used in estimation");
}

/* What the page shows in place of the regression, and the workbook beside it. */
typedef struct extra_tables {
    behov_comparison comparison;
    behov_by_year years;
    behov_absorbed_fit effects;
    bool has_years, has_effects;
    const behov_fit_results *fit_results;
} extra_tables;

static behov_status add_beside(const void *context, behov_section_list *list, behov_error *err)
{
    const extra_tables *extra_tables = context;
    return extra_tables->has_years ? behov_by_year_add(extra_tables->fit_results, &extra_tables->years, list, err)
           : extra_tables->has_effects
               ? behov_absorbed_fit_add(extra_tables->fit_results, &extra_tables->effects, list, err)
               : behov_comparison_add(extra_tables->fit_results, &extra_tables->comparison, list, err);
}

static behov_status print_beside(const extra_tables *extra_tables, behov_error *err)
{
    behov_section_list list = {0};
    behov_status status = add_beside(extra_tables, &list, err);
    if (!status)
        status = write_text_head(extra_tables->fit_results, stdout, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        putchar('\n');
        write_text_section(&list.sections[i], behov_study_skipped_terms(extra_tables->fit_results->study),
                           extra_tables->fit_results->study->lang, stdout);
    }
    behov_section_list_free(&list);
    return status;
}

/* The columns that errors may be clustered by: those of --cluster, and those of --compare-clusters. */
enum { KEYS_MAX = 16, ONE_MORE = 1 };

typedef struct key_list {
    const char *keys[KEYS_MAX + ONE_MORE]; /* and that of --absorb */
    char *owned[KEYS_MAX + ONE_MORE];
    size_t n;
} key_list;

static bool list_keys(const command_line *line, const behov_cluster_options *clusters, key_list *list)
{
    const char *compared = option_value(line, "compare-clusters");
    for (size_t i = 0; i < clusters->n; i++)
        list->keys[list->n++] = clusters->keys[i];
    for (size_t i = 0; compared && i < behov_comparison_n_keys(compared); i++) {
        if (list->n == KEYS_MAX) {
            wrong_call(&verb_fit, "--compare-clusters: at most %d clusterings", KEYS_MAX - 2);
            return false;
        }
        list->keys[list->n] = list->owned[list->n] = behov_comparison_key(compared, i);
        if (!list->keys[list->n] || !list->keys[list->n][0]) {
            wrong_call(&verb_fit, "--compare-clusters %s: a name is empty", compared);
            list->n++;
            return false;
        }
        list->n++;
    }
    return true;
}

static behov_status models_sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    return behov_model_set_add(context, list, err);
}

static behov_status models_rows(const void *context, behov_report **report, behov_error *err)
{
    const behov_model_set *model_set = context;
    return behov_model_set_table(model_set, report, err);
}

static behov_status models_to_json(const void *context, const char *path, behov_error *err)
{
    return model_set_json(context, path, err);
}

/* What --full, --profile and their options ask for. Prints and returns 2 for what does not go together. */
static int read_finance(const command_line *line, full_workbook_choices *out)
{
    static const char *const needing[] = {"group", "draws", "seed"};
    bool has_list = option_given(line, "profile");
    *out = (full_workbook_choices){.has_all = option_given(line, "full")};
    for (size_t i = 0; i < sizeof needing / sizeof *needing; i++)
        if (option_given(line, needing[i]) && !out->has_all && !has_list)
            return wrong_call(line->verb, "--%s says something about --full and --profile alone", needing[i]);
    bool has_workbook = false;
    for (size_t i = 0; i < option_count(line, "output"); i++)
        has_workbook = has_workbook || outputs_is_workbook(option_value_at(line, "output", i));
    if ((out->has_all || has_list) && !has_workbook)
        return wrong_call(line->verb, "--%s is about the workbook: say where it goes, -o FILE.xlsx",
                          out->has_all ? "full" : "profile");
    return lasting_options_read(line, 90, &out->lasting) ? 0 : 2;
}

/* A workbook of the report's tables says what more there is. */
static void print_notes_of_full(const command_line *line, const behov_study *study)
{
    const behov_panel *panel = &study->panel;
    bool has_places = panel->columns[BEHOV_ROLE_CODE] >= 0 || panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0;
    for (size_t i = 0; i < option_count(line, "output") && has_places; i++)
        if (outputs_is_workbook(option_value_at(line, "output", i))) {
            print_note("--full adds the sheets %s, %s (choose a municipality), %s and %s",
                       behov_label(study->lang, "sheet_ranking"), behov_label(study->lang, "sheet_municipality"),
                       behov_label(study->lang, "sheet_figures"), behov_label(study->lang, "sheet_diagnosis"));
            return;
        }
}

/* --model a.ini --model b.ini */
static int run_models(const command_line *line, const behov_fit_choices *choices, long long date)
{
    static const output_writers writers = {models_sections, models_rows, models_to_json, "title_models"};
    static const char *const single[] = {"by", "compare-clusters", "absorb", "full", "profile"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (option_given(line, single[i]))
            return wrong_call(line->verb, "--%s goes with one model at a time", single[i]);
    const char *se = option_value(line, "se");
    if (option_count(line, "cluster") > 1 || (se && strcmp(se, "all") == 0))
        return wrong_call(line->verb, "several models go with one --cluster and one kind of errors");
    behov_model_set model_set;
    behov_section_list list = {0};
    behov_error err;
    int code = model_set_fit(line, choices, &model_set);
    for (size_t i = 0; i < model_set.n && !code && !is_quiet(line); i++)
        print_notes(&model_set.fits[i].fit_results, &model_set.fits[i].estimation);
    if (!code && option_given(line, "json"))
        code = model_set_json(&model_set, NULL, &err) ? print_failure(&err) : 0;
    else if (!code && behov_model_set_add(&model_set, &list, &err))
        code = print_failure(&err);
    for (size_t i = 0; i < list.n && !code; i++)
        write_text_section(&list.sections[i], behov_study_skipped_terms(&model_set.fits[0].study),
                           model_set.fits[0].study.lang, stdout);
    behov_section_list_free(&list);
    if (!code)
        code = outputs_write(line, &model_set.fits[0].study, &writers, &model_set, date);
    behov_model_set_free(&model_set);
    return code;
}

/* What a call asks for, as far as the command line alone can tell. */
typedef struct fit_call {
    const command_line *line;
    behov_fit_choices choices;
    full_workbook_choices full_workbook;
    behov_cluster_options clusters;
    key_list list;
    const char *compared, *se, *step_text, *absorb;
    bool all_kinds;
    long long date;
} fit_call;

/* --by, --compare-clusters, --absorb and --se all: what does not go together. Prints and returns 2. */
static int check_beside(const fit_call *fit_call)
{
    if (fit_call->compared && (fit_call->all_kinds || fit_call->clusters.is_given))
        return wrong_call(&verb_fit,
                          "--compare-clusters names all clusterings and goes with one kind of errors: leave out "
                          "--cluster and --se all");
    if (fit_call->all_kinds && fit_call->clusters.n == 2)
        return wrong_call(&verb_fit, "--se all goes with one --cluster");
    if (fit_call->step_text && strcmp(fit_call->step_text, "year") != 0)
        return wrong_call(&verb_fit, "--by %s: only --by year is there", fit_call->step_text);
    if (fit_call->step_text && (fit_call->compared || fit_call->all_kinds))
        return wrong_call(&verb_fit, "--by year goes with one kind of errors and one clustering at a time");
    if (fit_call->absorb && (fit_call->step_text || fit_call->compared || fit_call->all_kinds))
        return wrong_call(&verb_fit, "--absorb goes with one kind of errors and one clustering, all years together");
    if (fit_call->absorb && !fit_call->absorb[0])
        return wrong_call(&verb_fit, "--absorb wants a column, such as municipality_code");
    return 0;
}

/* Prints and returns 2 for a call that is wrong. One of several models reads no further than what they share. */
static int read_call(const command_line *line, fit_call *out)
{
    double level_pct = 95;
    const char *se = option_value(line, "se");
    *out = (fit_call){.line = line,
                      .choices = {.drop_collinear = option_given(line, "drop-collinear")},
                      .compared = option_value(line, "compare-clusters"),
                      .se = se,
                      .step_text = option_value(line, "by"),
                      .absorb = option_value(line, "absorb"),
                      .all_kinds = se && strcmp(se, "all") == 0};
    int code = outputs_check(line);
    if (!code && (!outputs_date(line, &out->date) || !level_option(line, &level_pct) ||
                  !number_option(line, "floor", 0, 1e12, &out->choices.floor)))
        code = 2;
    out->choices.level = level_pct / 100;
    if (!code)
        code = read_finance(line, &out->full_workbook);
    if (code || model_set_count(line) > 1)
        return code;
    if (!cluster_options_read(line, &out->clusters))
        return 2;
    code = check_beside(out);
    if (!code && !list_keys(line, &out->clusters, &out->list))
        code = 2;
    if (!code && out->absorb)
        out->list.keys[out->list.n++] = out->absorb;
    return code;
}

/* Clusters and kind of errors, once the model is known; *kind is that of the comparison. Prints and returns 2. */
static int choose_errors(fit_call *fit_call, const behov_study *study, behov_vcov_kind *kind)
{
    int code = 0;
    behov_fit_choices *choices = &fit_call->choices;
    behov_cluster_options_choose(&fit_call->clusters, study, choices);
    if (fit_call->compared)
        choices->cluster = fit_call->list.keys[0];
    choices->kind = fit_call->all_kinds ? (choices->cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL)
                                        : estimation_kind(fit_call->line, choices->cluster, &code);
    if (!code && fit_call->compared && !behov_vcov_kind_is_clustered(choices->kind))
        code = wrong_call(&verb_fit, "--compare-clusters needs a clustered kind of errors, not --se %s", fit_call->se);
    *kind = choices->kind;
    if (fit_call->absorb) { /* both fits on the same rows: those that belong to a group */
        choices->more_keys = &fit_call->list.keys[fit_call->list.n - 1];
        choices->n_more_keys = 1;
    }
    if (fit_call->compared) { /* the fit itself needs no clusters; a row needs the keys of all clusterings */
        choices->more_keys = fit_call->list.keys;
        choices->n_more_keys = fit_call->list.n;
        choices->cluster = NULL;
        choices->kind = BEHOV_VCOV_CLASSICAL;
    }
    return code;
}

static bool has_beside(const fit_call *fit_call)
{
    return fit_call->step_text || fit_call->all_kinds || fit_call->compared || fit_call->absorb;
}

static behov_status compute_beside(const fit_call *fit_call, const behov_study *study,
                                   const behov_estimation *estimation, behov_vcov_kind kind, extra_tables *extra_tables,
                                   behov_error *err)
{
    return fit_call->step_text
               ? behov_by_year_compute(study, &fit_call->choices, extra_tables->fit_results, &extra_tables->years, err)
           : fit_call->compared ? behov_comparison_of_clusters(study, &fit_call->choices, estimation,
                                                               fit_call->compared, kind, &extra_tables->comparison, err)
           : fit_call->absorb
               ? behov_absorbed_fit_fit(study, &fit_call->choices, fit_call->absorb, &extra_tables->effects, err)
           : fit_call->all_kinds
               ? behov_comparison_of_kinds(study, &fit_call->choices, estimation, &extra_tables->comparison, err)
               : BEHOV_OK;
}

static behov_status print_fit(const fit_call *fit_call, const extra_tables *extra_tables, behov_error *err)
{
    if (option_given(fit_call->line, "json"))
        return fit_call->step_text    ? by_year_json(extra_tables->fit_results, &extra_tables->years, err)
               : fit_call->absorb     ? absorbed_fit_json(extra_tables->fit_results, &extra_tables->effects, err)
               : has_beside(fit_call) ? comparison_json(extra_tables->fit_results, &extra_tables->comparison, err)
                                      : write_json_fit(NULL, extra_tables->fit_results, err);
    return has_beside(fit_call) ? print_beside(extra_tables, err)
                                : write_text_fit(extra_tables->fit_results, stdout, err);
}

/* Prints and returns the exit code. */
static int write_fit(const fit_call *fit_call, const behov_study *study, const extra_tables *extra_tables)
{
    const command_line *line = fit_call->line;
    full_workbook_choices choices = fit_call->full_workbook;
    bool has_sheets = choices.has_all || option_given(line, "profile");
    municipality_options municipalities = {0};
    full_workbook sheets = {0};
    behov_error err;
    if (has_sheets && behov_estimation_has_residuals(study, extra_tables->fit_results->fit, &err))
        return print_failure(&err);
    int code = has_sheets ? municipality_options_read(option_value(line, "profile"), option_value(line, "group"),
                                                      &municipalities)
                          : 0;
    choices.list = municipalities.list;
    choices.group = municipalities.grouping;
    if (!code && has_sheets && full_workbook_new(extra_tables->fit_results, &choices, &sheets, &err))
        code = print_failure(&err);
    if (!code && has_sheets && !is_quiet(line))
        lasting_print_notes_unsettled(&sheets.profiles.country.variances);
    if (!code)
        code = outputs_write(line, study, &fit_writers,
                             &(fit_outputs){.fit_results = extra_tables->fit_results,
                                            .more = has_beside(fit_call) ? add_beside : NULL,
                                            .more_context = extra_tables,
                                            .is_full = choices.has_all,
                                            .full_workbook = has_sheets ? &sheets : NULL},
                             fit_call->date);
    if (!code && !choices.has_all && !is_quiet(line))
        print_notes_of_full(line, study);
    full_workbook_free(&sheets);
    municipality_options_free(&municipalities);
    return code;
}

static int run_fit(const command_line *line)
{
    fit_call call;
    behov_study study = {0};
    behov_estimation estimation = {0};
    behov_fit_results fit_results;
    behov_vcov_kind kind = BEHOV_VCOV_CLASSICAL;
    char day[16], influence[500], rounding[500];
    behov_error err;
    int code = read_call(line, &call);
    if (!code && model_set_count(line) > 1)
        return run_models(line, &call.choices, call.date);
    extra_tables extra_tables = {
        .fit_results = &fit_results, .has_years = call.step_text != NULL, .has_effects = call.absorb != NULL};
    if (!code)
        code = study_open(&study, line, call.list.keys, call.list.n, NULL);
    if (!code)
        code = choose_errors(&call, &study, &kind);
    if (!code && (behov_estimation_results(&study, &call.choices, &estimation, &fit_results, &err) ||
                  behov_findings_add_fit(&study, estimation.design, estimation.fit, &err)))
        code = print_failure(&err);
    if (!code) {
        behov_findings_influence_sentence(&study, study.lang, influence);
        fit_results.influence = influence[0] ? influence : NULL;
        behov_findings_rounding_sentence(&study, study.lang, rounding);
        fit_results.rounding = rounding[0] ? rounding : NULL;
    }
    if (!code) {
        if (!is_quiet(line))
            print_notes(&fit_results, &estimation);
        if (compute_beside(&call, &study, &estimation, kind, &extra_tables, &err) ||
            print_fit(&call, &extra_tables, &err))
            code = print_failure(&err);
    }
    if (!code) {
        outputs_date_text(call.date, day);
        fit_results.made_on = day;
        code = write_fit(&call, &study, &extra_tables);
    }
    behov_comparison_free(&extra_tables.comparison);
    behov_by_year_free(&extra_tables.years);
    behov_absorbed_fit_free(&extra_tables.effects);
    behov_estimation_free(&estimation);
    behov_study_close(&study);
    for (size_t i = 0; i < call.list.n; i++)
        free(call.list.owned[i]);
    return code;
}

const verb verb_fit = {
    .name = "fit",
    .usage = "[PANEL] [--model FILE | --formula TEXT] [--cluster COLUMN] [--se KIND] [-o FILE]...",
    .summary = "Fit a model to a panel and compare actual with expected expenditure.",
    .details =
        "PANEL is a file of delimited text, - for standard input; without it the bundled, simulated panel is used.\n"
        "--model or --formula given several times: the models side by side.\n"
        "\n"
        "Examples\n"
        "  behov fit --full -o behov.xlsx\n"
        "  behov fit panel.csv --model a.ini --model b.ini -o models.tex\n"
        "  behov fit panel.csv --model my.ini --cluster municipality_code -o panel.xlsx -o panel.csv\n"
        "  behov fit recipients.csv --formula 'recipients_pct ~ disabled_18_49 + I(population^1.2)' --se hc1 --json",
    .options = fit_options,
    .n_options = sizeof fit_options / sizeof *fit_options,
    .repeatable = "output model formula cluster",
    .run = run_fit,
};
