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
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(FIT_CLUSTER), NULL},
    WEIGHT_OPTIONS,
    {"se", 's', ARGUMENT(KIND), HELP(FIT_SE), "classical hc0 hc1 hc2 hc3 cv0 cv1 cv2 cv3 cv3j all"},
    {"compare-clusters", 0, ARGUMENT(LIST), HELP(FIT_COMPARE_CLUSTERS), NULL},
    {"by", 0, ARGUMENT(ONE_YEAR), HELP(FIT_BY), "year"},
    {"absorb", 0, ARGUMENT(COLUMN), HELP(FIT_ABSORB), NULL},
    {"full", 0, NO_ARGUMENT, HELP(FIT_FULL), NULL},
    {"profile", 0, ARGUMENT(LIST), HELP(FIT_PROFILE), ".csv .tsv .txt"},
    {"group", 'g', ARGUMENT(KIND), HELP(FIT_GROUP), "county size .csv .tsv .txt"},
    LASTING_OPTIONS(FIT),
    {"drop-collinear", 0, NO_ARGUMENT, HELP(OPTION_DROP_COLLINEAR), NULL},
    OUTPUT_OPTIONS,
};

/* Told, but no error. */
static void print_notes(const behov_fit_results *fit_results)
{
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
            print_note(SAY_FIT_YEAR_HAS_ONE_ROW, years[t]);
    }
    if (behov_need_n_too_low(fit_results->need)) {
        if (behov_need_n_too_low(fit_results->need) == 1)
            print_note(SAY_FIT_ROW_WITHOUT_RATIO, (unsigned long)behov_need_n_too_low(fit_results->need),
                       fit_results->floor > 0 ? PHRASE_FIT_LIMIT_FLOOR : "zero");
        else
            print_note(SAY_FIT_ROWS_WITHOUT_RATIO, (unsigned long)behov_need_n_too_low(fit_results->need),
                       fit_results->floor > 0 ? PHRASE_FIT_LIMIT_FLOOR : "zero");
    }
    double condition = behov_fit_condition(fit_results->fit);
    if (condition > 1e8) {
        char text[BEHOV_NUMBER_SIZE];
        behov_number_significant(condition, 2, '.', text);
        print_note(SAY_FIT_NEARLY_COLLINEAR, text,
                   behov_fit_is_extended(fit_results->fit) ? PHRASE_FIT_EXTENDED_PRECISION : "");
    }
    if (isnan(behov_fit_r2(fit_results->fit)))
        print_note(SAY_FIT_OUTCOME_IS_CONSTANT);
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

typedef struct fit_state {
    full_workbook_choices full_choices;
    full_workbook full_workbook;
    const char *compared, *absorb;      /* --compare-clusters, --absorb; NULL = not given */
    bool all_kinds;                     /* --se all */
    char *owned_keys[CLUSTER_KEYS_MAX]; /* of --compare-clusters */
    size_t n_owned_keys;
    behov_vcov_kind kind; /* of the comparison */
    behov_wording influence, rounding;
    extra_tables extra_tables;
    behov_model_set model_set;
    fit_outputs outputs;
} fit_state;

static bool has_beside(const fit_state *state)
{
    return state->extra_tables.has_years || state->all_kinds || state->compared || state->absorb;
}

/* ---- several models, side by side -------------------------------------------------------------------------------- */

static behov_status models_sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    (void)is_workbook;
    return behov_model_set_add(&((const fit_state *)context)->model_set, list, err);
}

static behov_status models_rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_model_set_table(&((const fit_state *)context)->model_set, report, err);
}

static behov_status models_json(const void *context, const char *path, behov_error *err)
{
    return model_set_json(&((const fit_state *)context)->model_set, path, err);
}

static const output_writers models_writers = {
    .sections = models_sections, .rows = models_rows, .json = models_json, .title = BEHOV_WORD_TITLE_MODELS};

static behov_status print_models(const fit_state *state, behov_error *err)
{
    const behov_study *study = &state->model_set.fits[0].study;
    behov_section_list list = {0};
    behov_status status = behov_model_set_add(&state->model_set, &list, err);
    for (size_t i = 0; i < list.n && !status; i++)
        write_text_section(&list.sections[i], behov_study_skipped_terms(study), study->lang, stdout);
    behov_section_list_free(&list);
    return status;
}

static int check_models(const command_line *line)
{
    static const char *const single[] = {"by", "compare-clusters", "absorb", "full", "profile"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (option_given(line, single[i]))
            return wrong_call(line->verb, SAY_FIT_ONE_MODEL, single[i]);
    const char *se = option_value(line, "se");
    if (option_count(line, "cluster") > 1 || (se && strcmp(se, "all") == 0))
        return wrong_call(line->verb, SAY_FIT_MODELS_ONE_CLUSTER);
    return 0;
}

static int open_models(verb_call *call)
{
    behov_model_set *model_set = &((fit_state *)call->state)->model_set;
    if (model_set_count(call->line) < 2)
        return 0;
    int code = model_set_fit(call->line, &call->fit_choices, model_set);
    if (code)
        return code;
    for (size_t i = 0; i < model_set->n; i++) {
        estimation_print_notes_dropped(&model_set->fits[i].estimation);
        print_notes(&model_set->fits[i].fit_results);
    }
    call->writers = &models_writers;
    call->written_study = &model_set->fits[0].study;
    return 0;
}

/* ---- the call ---------------------------------------------------------------------------------------------------- */

/* What --full, --profile and their options ask for. */
static int read_full(const command_line *line, full_workbook_choices *out)
{
    static const char *const needing[] = {"group", "draws", "seed"};
    *out = (full_workbook_choices){.has_all = option_given(line, "full")};
    bool has_list = option_given(line, "profile");
    for (size_t i = 0; i < sizeof needing / sizeof *needing; i++)
        if (option_given(line, needing[i]) && !out->has_all && !has_list)
            return wrong_call(line->verb, SAY_FIT_NEEDS_FULL_OR_PROFILE, needing[i]);
    bool has_workbook = false;
    for (size_t i = 0; i < option_count(line, "output"); i++)
        has_workbook = has_workbook || outputs_is_workbook(option_value_at(line, "output", i));
    if ((out->has_all || has_list) && !has_workbook)
        return wrong_call(line->verb, SAY_FIT_NEEDS_WORKBOOK, out->has_all ? "full" : "profile");
    return lasting_options_read(line, 90, &out->lasting) ? 0 : 2;
}

/* --by, --compare-clusters, --absorb and --se all: what does not go together. */
static int check_beside(const verb_call *call, const fit_state *state)
{
    const verb *verb = call->line->verb;
    const char *step = option_value(call->line, "by");
    if (state->compared && (state->all_kinds || call->clusters.is_given))
        return wrong_call(verb, SAY_FIT_COMPARE_NAMES_ALL);
    if (state->all_kinds && call->clusters.n == 2)
        return wrong_call(verb, SAY_FIT_ALL_KINDS_ONE_CLUSTER);
    if (step && strcmp(step, "year") != 0)
        return wrong_call(verb, SAY_FIT_BY_UNKNOWN, step);
    if (step && (state->compared || state->all_kinds))
        return wrong_call(verb, SAY_FIT_BY_YEAR_ONE_KIND);
    if (state->absorb && (step || state->compared || state->all_kinds))
        return wrong_call(verb, SAY_FIT_ABSORB_ONE_KIND);
    if (state->absorb && !state->absorb[0])
        return wrong_call(verb, SAY_FIT_ABSORB_NEEDS_COLUMN);
    return 0;
}

/* The columns that errors may be clustered by: those of --cluster, of --compare-clusters, and that of --absorb. */
static int list_keys(verb_call *call, fit_state *state)
{
    const verb *verb = call->line->verb;
    for (size_t i = 0; state->compared && i < behov_comparison_n_keys(state->compared); i++) {
        if (call->n_keys == CLUSTER_KEYS_MAX - 1)
            return wrong_call(verb, SAY_FIT_MOST_CLUSTERINGS, CLUSTER_KEYS_MAX - 3);
        char *key = behov_comparison_key(state->compared, i);
        state->owned_keys[state->n_owned_keys++] = key;
        if (!key || !key[0])
            return wrong_call(verb, SAY_FIT_CLUSTERING_EMPTY, state->compared);
        call->keys[call->n_keys++] = key;
    }
    if (state->absorb)
        call->keys[call->n_keys++] = state->absorb;
    return 0;
}

/* One of several models reads no further than what they share. */
static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    fit_state *state = call->state;
    double level_pct = 100 * call->fit_choices.level;
    const char *se = option_value(line, "se");
    state->compared = option_value(line, "compare-clusters");
    state->absorb = option_value(line, "absorb");
    state->all_kinds = se && strcmp(se, "all") == 0;
    state->extra_tables = (extra_tables){
        .fit_results = &call->fit_results, .has_years = option_given(line, "by"), .has_effects = state->absorb != NULL};
    if (!level_option(line, &level_pct) || !number_option(line, "floor", 0, 1e12, &call->fit_choices.floor))
        return 2;
    call->fit_choices.level = level_pct / 100;
    call->fit_choices.drop_collinear = option_given(line, "drop-collinear");
    int code = read_full(line, &state->full_choices);
    if (!code && model_set_count(line) > 1) {
        call->needs = 0;
        return check_models(line);
    }
    if (!code)
        code = check_beside(call, state);
    call->municipality_list = option_value(line, "profile");
    if (state->full_choices.has_all || call->municipality_list)
        call->needs |= NEEDS_MUNICIPALITIES;
    return code ? code : list_keys(call, state);
}

/* Clusters and kind of errors, once the model is known. */
static int choose_errors(verb_call *call)
{
    fit_state *state = call->state;
    behov_fit_choices *choices = &call->fit_choices;
    int code = 0;
    if (state->compared)
        choices->cluster = call->keys[0];
    choices->kind = state->all_kinds ? (choices->cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL)
                                     : estimation_kind(call->line, choices->cluster, &code);
    if (!code && state->compared && !behov_vcov_kind_is_clustered(choices->kind))
        code = wrong_call(call->line->verb, SAY_FIT_COMPARE_NEEDS_CLUSTERED, option_value(call->line, "se"));
    state->kind = choices->kind;
    if (state->absorb) { /* both fits on the same rows: those that belong to a group */
        choices->more_keys = &call->keys[call->n_keys - 1];
        choices->n_more_keys = 1;
    }
    if (state->compared) { /* the fit itself needs no clusters; a row needs the keys of all clusterings */
        choices->more_keys = call->keys;
        choices->n_more_keys = call->n_keys;
        choices->cluster = NULL;
        choices->kind = BEHOV_VCOV_CLASSICAL;
    }
    return code;
}

/* ---- what is computed, said and written -------------------------------------------------------------------------- */

static behov_status compute_beside(verb_call *call, fit_state *state, behov_error *err)
{
    extra_tables *extra_tables = &state->extra_tables;
    const behov_study *study = &call->study;
    const behov_fit_choices *choices = &call->fit_choices;
    if (extra_tables->has_years)
        return behov_by_year_compute(study, choices, extra_tables->fit_results, &extra_tables->years, err);
    if (state->compared)
        return behov_comparison_of_clusters(study, choices, &call->estimation, state->compared, state->kind,
                                            &extra_tables->comparison, err);
    if (state->absorb)
        return behov_absorbed_fit_fit(study, choices, state->absorb, &extra_tables->effects, err);
    if (state->all_kinds)
        return behov_comparison_of_kinds(study, choices, &call->estimation, &extra_tables->comparison, err);
    return BEHOV_OK;
}

static behov_status compute_full(verb_call *call, fit_state *state, behov_error *err)
{
    behov_status status = behov_estimation_has_residuals(&call->study, call->estimation.fit, err);
    state->full_choices.list = call->municipalities.list;
    state->full_choices.group = call->municipalities.grouping;
    if (!status)
        status = full_workbook_new(&call->fit_results, &state->full_choices, &state->full_workbook, err);
    if (!status)
        lasting_print_notes_unsettled(&state->full_workbook.profiles.country.variances);
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    fit_state *state = call->state;
    behov_study *study = &call->study;
    bool has_sheets = call->needs & NEEDS_MUNICIPALITIES;
    if (state->model_set.n)
        return BEHOV_OK;
    behov_status status = behov_findings_add_fit(study, call->estimation.design, call->estimation.fit, err);
    if (status)
        return status;
    behov_findings_influence_sentence(study, study->lang, &state->influence);
    behov_findings_rounding_sentence(study, study->lang, &state->rounding);
    if ((status = behov_wording_status(&state->influence, err)) ||
        (status = behov_wording_status(&state->rounding, err)))
        return status;
    call->fit_results.influence = state->influence.text;
    call->fit_results.rounding = state->rounding.text;
    print_notes(&call->fit_results);
    status = compute_beside(call, state, err);
    if (!status && has_sheets)
        status = compute_full(call, state, err);
    state->outputs = (fit_outputs){.fit_results = &call->fit_results,
                                   .more = has_beside(state) ? add_beside : NULL,
                                   .more_context = &state->extra_tables,
                                   .is_full = state->full_choices.has_all,
                                   .full_workbook = has_sheets ? &state->full_workbook : NULL};
    call->context = &state->outputs;
    return status;
}

static behov_status page(const verb_call *call, behov_error *err)
{
    const fit_state *state = call->state;
    return state->model_set.n  ? print_models(state, err)
           : has_beside(state) ? print_beside(&state->extra_tables, err)
                               : write_text_fit(&call->fit_results, stdout, err);
}

static behov_status json(const verb_call *call, behov_error *err)
{
    const fit_state *state = call->state;
    const extra_tables *extra_tables = &state->extra_tables;
    return state->model_set.n        ? model_set_json(&state->model_set, NULL, err)
           : extra_tables->has_years ? by_year_json(extra_tables->fit_results, &extra_tables->years, err)
           : state->absorb           ? absorbed_fit_json(extra_tables->fit_results, &extra_tables->effects, err)
           : has_beside(state)       ? comparison_json(extra_tables->fit_results, &extra_tables->comparison, err)
                                     : write_json_fit(NULL, extra_tables->fit_results, err);
}

/* A workbook of the report's tables says what more there is. */
static int conclude(verb_call *call)
{
    const command_line *line = call->line;
    const behov_study *study = &call->study;
    const fit_state *state = call->state;
    const behov_panel *panel = &study->panel;
    if (state->model_set.n || state->full_choices.has_all ||
        (panel->columns[BEHOV_ROLE_CODE] < 0 && panel->columns[BEHOV_ROLE_MUNICIPALITY] < 0))
        return 0;
    for (size_t i = 0; i < option_count(line, "output"); i++)
        if (outputs_is_workbook(option_value_at(line, "output", i))) {
            print_note(SAY_FIT_FULL_ADDS_SHEETS, behov_label(study->lang, BEHOV_WORD_SHEET_RANKING),
                       behov_label(study->lang, BEHOV_WORD_SHEET_MUNICIPALITY),
                       behov_label(study->lang, BEHOV_WORD_SHEET_FIGURES),
                       behov_label(study->lang, BEHOV_WORD_SHEET_DIAGNOSIS));
            break;
        }
    return 0;
}

static void close_state(void *context)
{
    fit_state *state = context;
    behov_wording_free(&state->influence);
    behov_wording_free(&state->rounding);
    full_workbook_free(&state->full_workbook);
    behov_comparison_free(&state->extra_tables.comparison);
    behov_by_year_free(&state->extra_tables.years);
    behov_absorbed_fit_free(&state->extra_tables.effects);
    behov_model_set_free(&state->model_set);
    for (size_t i = 0; i < state->n_owned_keys; i++)
        free(state->owned_keys[i]);
}

const verb verb_fit = {
    .name = "fit",
    VERB_WORDS(FIT),
    .rows = HELP(ROWS_FIT),
    VERB_OPTIONS(fit_options),
    .repeatable = "output model formula cluster",
    .needs = NEEDS_RESULTS | CHOOSES_ERRORS,
    .level_pct = 95,
    .state_size = sizeof(fit_state),
    .read = read_choices,
    .open = open_models,
    .choose = choose_errors,
    .compute = compute,
    .page = page,
    .json = json,
    .writers = &fit_writers,
    .conclude = conclude,
    .close = close_state,
};
