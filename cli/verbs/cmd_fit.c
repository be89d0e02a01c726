/* cmd_fit.c - `behov fit`: a panel and a formula become coefficients, need and ratios. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "absorbed.h"
#include "absorbed_tables.h"
#include "by_year.h"
#include "by_year_tables.h"
#include "comparison.h"
#include "comparison_tables.h"
#include "finance.h"
#include "findings.h"
#include "fit_sections.h"
#include "fitting_options.h"
#include "labels.h"
#include "lasting_options.h"
#include "models_options.h"
#include "models_tables.h"
#include "outputs.h"
#include "results.h"
#include "study_options.h"
#include "study_words.h"
#include "verbs.h"
#include "write_absorbed.h"
#include "write_by_year.h"
#include "write_comparison.h"
#include "write_json.h"
#include "write_models.h"
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
static void tell(const results *of, const fitting *made)
{
    fitting_tell_dropped(made);
    size_t n_years, n_rows;
    const int *years = behov_need_years(of->need, &n_years);
    const uint32_t *rows = behov_design_estimated(of->design, &n_rows);
    bool has_year_effects = false;
    for (size_t t = 0; t < behov_formula_n_terms(of->of->formula); t++) {
        behov_component piece = behov_formula_component(of->of->formula, t, 0);
        has_year_effects = has_year_effects || (piece.is_factor && study_is_year(of->of, piece.name));
    }
    for (size_t t = 0; t < n_years && n_years > 1 && has_year_effects; t++) {
        size_t count = 0;
        for (size_t i = 0; i < n_rows && count < 2; i++)
            count += behov_panel_year(&of->of->panel, rows[i]) == years[t];
        if (count == 1)
            note("%d has a single row used in estimation: its year effect fits that row exactly", years[t]);
    }
    if (behov_need_n_too_low(of->need))
        note("%lu %s a need at or below %s, so there is no ratio there",
             (unsigned long)behov_need_n_too_low(of->need), behov_need_n_too_low(of->need) == 1 ? "row has" : "rows have",
             of->floor > 0 ? "the floor" : "zero");
    double condition = behov_fit_condition(of->fit);
    if (condition > 1e8) {
        char text[BEHOV_NUMBER_SIZE];
        behov_number_significant(condition, 2, '.', text);
        note("the columns are nearly collinear (condition number %s): coefficients depend on the last digits of the data%s",
             text, behov_fit_is_extended(of->fit) ? "; computed in extended precision" : "");
    }
    if (isnan(behov_fit_r2(of->fit)))
        note("the outcome has the same value in every row used in estimation");
}

/* What the page shows in place of the regression, and the workbook beside it. */
typedef struct beside {
    comparison read;
    by_year years;
    absorbed effects;
    bool has_years, has_effects;
    const results *of;
} beside;

static behov_status add_beside(const void *context, section_list *list, behov_error *err)
{
    const beside *what = context;
    return what->has_years     ? by_year_add(what->of, &what->years, list, err)
           : what->has_effects ? absorbed_add(what->of, &what->effects, list, err)
                               : comparison_add(what->of, &what->read, list, err);
}

static behov_status print_beside(const beside *what, behov_error *err)
{
    section_list list = {0};
    behov_status status = add_beside(what, &list, err);
    if (!status)
        status = write_text_head(what->of, stdout, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        putchar('\n');
        write_text_section(&list.sections[i], study_skipped_terms(what->of->of), what->of->of->lang, stdout);
    }
    section_list_free(&list);
    return status;
}

/* The columns that errors may be clustered by: those of --cluster, and those of --compare-clusters. */
enum { KEYS_MAX = 16, ONE_MORE = 1 };

typedef struct key_list {
    const char *keys[KEYS_MAX + ONE_MORE]; /* and that of --absorb */
    char *owned[KEYS_MAX + ONE_MORE];
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

static behov_status models_sections(const void *context, bool is_workbook, section_list *list, behov_error *err)
{
    (void)is_workbook;
    return models_add(context, list, err);
}

static behov_status models_rows(const void *context, behov_report **report, behov_error *err)
{
    const models *of = context;
    return models_table(of, report, err);
}

static behov_status models_to_json(const void *context, const char *path, behov_error *err)
{
    return models_json(context, path, err);
}

/* What --full, --profile and their options ask for. Prints and returns 2 for what does not go together. */
static int read_finance(const command_line *line, finance_choices *to)
{
    static const char *const needing[] = {"group", "draws", "seed"};
    *to = (finance_choices){.has_all = option_given(line, "full"),
                            .list = option_value(line, "profile"),
                            .group = option_value(line, "group")};
    for (size_t i = 0; i < sizeof needing / sizeof *needing; i++)
        if (option_given(line, needing[i]) && !to->has_all && !to->list)
            return wrong_call(line->of, "--%s says something about --full and --profile alone", needing[i]);
    bool has_workbook = false;
    for (size_t i = 0; i < option_count(line, "output"); i++)
        has_workbook = has_workbook || outputs_is_workbook(option_value_at(line, "output", i));
    if ((to->has_all || to->list) && !has_workbook)
        return wrong_call(line->of, "--%s is about the workbook: say where it goes, -o FILE.xlsx",
                          to->has_all ? "full" : "profile");
    return lasting_options_read(line, 90, &to->lasting) ? 0 : 2;
}

/* A workbook of the report's tables says what more there is. */
static void tell_of_full(const command_line *line, const behov_study *of)
{
    const behov_panel *panel = &of->panel;
    bool has_places = panel->columns[BEHOV_ROLE_CODE] >= 0 || panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0;
    for (size_t i = 0; i < option_count(line, "output") && has_places; i++)
        if (outputs_is_workbook(option_value_at(line, "output", i))) {
            note("--full adds the sheets %s, %s (choose a municipality), %s and %s", label(of->lang, "sheet_ranking"),
                 label(of->lang, "sheet_municipality"), label(of->lang, "sheet_figures"),
                 label(of->lang, "sheet_diagnosis"));
            return;
        }
}

/* --model a.ini --model b.ini */
static int run_models(const command_line *line, const fit_choices *choices, long long date)
{
    static const output_writers writers = {models_sections, models_rows, models_to_json, "title_models"};
    static const char *const single[] = {"by", "compare-clusters", "absorb", "full", "profile"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (option_given(line, single[i]))
            return wrong_call(line->of, "--%s goes with one model at a time", single[i]);
    const char *se = option_value(line, "se");
    if (option_count(line, "cluster") > 1 || (se && strcmp(se, "all") == 0))
        return wrong_call(line->of, "several models go with one --cluster and one kind of errors");
    models of;
    section_list list = {0};
    behov_error err;
    int code = models_fit(line, choices, &of);
    for (size_t i = 0; i < of.n && !code && !is_quiet(line); i++)
        tell(&of.fits[i].computed, &of.fits[i].made);
    if (!code && option_given(line, "json"))
        code = models_json(&of, NULL, &err) ? fail_with(&err) : 0;
    else if (!code && models_add(&of, &list, &err))
        code = fail_with(&err);
    for (size_t i = 0; i < list.n && !code; i++)
        write_text_section(&list.sections[i], study_skipped_terms(&of.fits[0].of), of.fits[0].of.lang, stdout);
    section_list_free(&list);
    if (!code)
        code = outputs_write(line, &of.fits[0].of, &writers, &of, date);
    models_free(&of);
    return code;
}

/* What a call asks for, as far as the command line alone can tell. */
typedef struct fit_call {
    const command_line *line;
    fit_choices choices;
    finance_choices finance;
    cluster_options clusters;
    key_list list;
    const char *compared, *se, *by, *absorb;
    bool all_kinds;
    long long date;
} fit_call;

/* --by, --compare-clusters, --absorb and --se all: what does not go together. Prints and returns 2. */
static int check_beside(const fit_call *of)
{
    if (of->compared && (of->all_kinds || of->clusters.is_given))
        return wrong_call(&verb_fit, "--compare-clusters names all clusterings and goes with one kind of errors: leave out "
                                     "--cluster and --se all");
    if (of->all_kinds && of->clusters.n == 2)
        return wrong_call(&verb_fit, "--se all goes with one --cluster");
    if (of->by && strcmp(of->by, "year") != 0)
        return wrong_call(&verb_fit, "--by %s: only --by year is there", of->by);
    if (of->by && (of->compared || of->all_kinds))
        return wrong_call(&verb_fit, "--by year goes with one kind of errors and one clustering at a time");
    if (of->absorb && (of->by || of->compared || of->all_kinds))
        return wrong_call(&verb_fit, "--absorb goes with one kind of errors and one clustering, all years together");
    if (of->absorb && !of->absorb[0])
        return wrong_call(&verb_fit, "--absorb wants a column, such as municipality_code");
    return 0;
}

/* Prints and returns 2 for a call that is wrong. One of several models reads no further than what they share. */
static int read_call(const command_line *line, fit_call *to)
{
    double level_pct = 95;
    const char *se = option_value(line, "se");
    *to = (fit_call){.line = line,
                     .choices = {.drop_collinear = option_given(line, "drop-collinear")},
                     .compared = option_value(line, "compare-clusters"),
                     .se = se,
                     .by = option_value(line, "by"),
                     .absorb = option_value(line, "absorb"),
                     .all_kinds = se && strcmp(se, "all") == 0};
    int code = outputs_check(line);
    if (!code && (!outputs_date(line, &to->date) || !level_option(line, &level_pct) ||
                  !number_option(line, "floor", 0, 1e12, &to->choices.floor)))
        code = 2;
    to->choices.level = level_pct / 100;
    if (!code)
        code = read_finance(line, &to->finance);
    if (code || models_count(line) > 1)
        return code;
    if (!cluster_options_read(line, &to->clusters))
        return 2;
    code = check_beside(to);
    if (!code && !list_keys(line, &to->clusters, &to->list))
        code = 2;
    if (!code && to->absorb)
        to->list.keys[to->list.n++] = to->absorb;
    return code;
}

/* Clusters and kind of errors, once the model is known; *kind is that of the comparison. Prints and returns 2. */
static int choose_errors(fit_call *of, const behov_study *from, behov_vcov_kind *kind)
{
    int code = 0;
    fit_choices *choices = &of->choices;
    cluster_options_choose(&of->clusters, from, choices);
    if (of->compared)
        choices->cluster = of->list.keys[0];
    choices->kind = of->all_kinds ? (choices->cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL)
                                  : fitting_kind(of->line, choices->cluster, &code);
    if (!code && of->compared && !behov_vcov_kind_is_clustered(choices->kind))
        code = wrong_call(&verb_fit, "--compare-clusters needs a clustered kind of errors, not --se %s", of->se);
    *kind = choices->kind;
    if (of->absorb) { /* both fits on the same rows: those that belong to a group */
        choices->more_keys = &of->list.keys[of->list.n - 1];
        choices->n_more_keys = 1;
    }
    if (of->compared) { /* the fit itself needs no clusters; a row needs the keys of all clusterings */
        choices->more_keys = of->list.keys;
        choices->n_more_keys = of->list.n;
        choices->cluster = NULL;
        choices->kind = BEHOV_VCOV_CLASSICAL;
    }
    return code;
}

static bool has_beside(const fit_call *of) { return of->by || of->all_kinds || of->compared || of->absorb; }

static behov_status compute_beside(const fit_call *of, const behov_study *from, const fitting *made, behov_vcov_kind kind,
                                   beside *what, behov_error *err)
{
    return of->by          ? by_year_compute(from, &of->choices, what->of, &what->years, err)
           : of->compared  ? comparison_of_clusters(from, &of->choices, made, of->compared, kind, &what->read, err)
           : of->absorb    ? absorbed_fit(from, &of->choices, of->absorb, &what->effects, err)
           : of->all_kinds ? comparison_of_kinds(from, &of->choices, made, &what->read, err)
                           : BEHOV_OK;
}

static behov_status print_fit(const fit_call *of, const beside *what, behov_error *err)
{
    if (option_given(of->line, "json"))
        return of->by           ? by_year_json(what->of, &what->years, err)
               : of->absorb     ? absorbed_json(what->of, &what->effects, err)
               : has_beside(of) ? comparison_json(what->of, &what->read, err)
                                : write_json_fit(NULL, what->of, err);
    return has_beside(of) ? print_beside(what, err) : write_text_fit(what->of, stdout, err);
}

/* Prints and returns the exit code. */
static int write_fit(const fit_call *of, const behov_study *from, const beside *what)
{
    const finance_choices *wanted = &of->finance;
    bool has_sheets = wanted->has_all || wanted->list;
    finance sheets = {0};
    behov_error err;
    bool has_diagnosis = wanted->has_all || has_sheets;
    if (has_diagnosis && fitting_has_residuals(from, what->of->fit, &err))
        return fail_with(&err);
    int code = has_sheets && finance_new(what->of, wanted, &sheets, &err) ? fail_with(&err) : 0;
    if (!code && has_sheets && !is_quiet(of->line))
        lasting_tell_unsettled(&sheets.profiles.country.variances);
    if (!code)
        code = outputs_write(of->line, from, &fit_writers,
                             &(fit_outputs){.of = what->of,
                                            .more = has_beside(of) ? add_beside : NULL,
                                            .more_context = what,
                                            .is_full = wanted->has_all,
                                            .finance = has_sheets ? &sheets : NULL},
                             of->date);
    if (!code && !wanted->has_all && !is_quiet(of->line))
        tell_of_full(of->line, from);
    finance_free(&sheets);
    return code;
}

static int run_fit(const command_line *line)
{
    fit_call call;
    behov_study of = {0};
    fitting made = {0};
    results computed;
    behov_vcov_kind kind = BEHOV_VCOV_CLASSICAL;
    char day[16], influence[500], rounding[500];
    behov_error err;
    int code = read_call(line, &call);
    if (!code && models_count(line) > 1)
        return run_models(line, &call.choices, call.date);
    beside what = {.of = &computed, .has_years = call.by != NULL, .has_effects = call.absorb != NULL};
    if (!code)
        code = study_open(&of, line, call.list.keys, call.list.n, NULL);
    if (!code)
        code = choose_errors(&call, &of, &kind);
    if (!code && (fitting_results(&of, &call.choices, &made, &computed, &err) ||
                  findings_add_fit(&of, made.design, made.fit, &err)))
        code = fail_with(&err);
    if (!code) {
        findings_influence_sentence(&of, of.lang, influence);
        computed.influence = influence[0] ? influence : NULL;
        findings_rounding_sentence(&of, of.lang, rounding);
        computed.rounding = rounding[0] ? rounding : NULL;
    }
    if (!code) {
        if (!is_quiet(line))
            tell(&computed, &made);
        if (compute_beside(&call, &of, &made, kind, &what, &err) || print_fit(&call, &what, &err))
            code = fail_with(&err);
    }
    if (!code) {
        outputs_date_text(call.date, day);
        computed.made_on = day;
        code = write_fit(&call, &of, &what);
    }
    comparison_free(&what.read);
    by_year_free(&what.years);
    absorbed_free(&what.effects);
    fitting_free(&made);
    study_close(&of);
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
