/* cmd_fit.c - `behov fit`: a panel and a formula become coefficients, need and ratios. */
#include "convention_options.h"
#include "estimation_options.h"
#include "extra_fits_options.h"
#include "factors_options.h"
#include <behov/findings.h>
#include "fit_notes.h"
#include "fit_outputs.h"
#include "full_workbook_options.h"
#include "lasting_options.h"
#include "like_options.h"
#include "model_set_options.h"
#include "sheets_options.h"
#include <behov/study_findings.h>
#include "verbs.h"
#include "write_model_set.h"

static const option_text fit_options[] = {
    STUDY_OPTIONS,
    FACTORS_OPTION,
    NAMES_OPTION,
    STARS_OPTION,
    BRACKETS_OPTION,
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(FIT_CLUSTER), NULL},
    WEIGHT_OPTIONS,
    {"se", 's', ARGUMENT(KIND), HELP(FIT_SE), "classical hc0 hc1 hc2 hc3 cv0 cv1 cv2 cv3 cv3j all"},
    WORKING_OPTION,
    {"compare-clusters", 0, ARGUMENT(LIST), HELP(FIT_COMPARE_CLUSTERS), NULL},
    {"by", 0, ARGUMENT(ONE_YEAR), HELP(FIT_BY), "year"},
    {"absorb", 0, ARGUMENT(COLUMN), HELP(FIT_ABSORB), NULL},
    {"full", 0, NO_ARGUMENT, HELP(FIT_FULL), NULL},
    SHEETS_OPTION,
    {"profile", 0, ARGUMENT(LIST), HELP(FIT_PROFILE), ".csv .tsv .txt"},
    {"group", 'g', ARGUMENT(KIND), HELP(FIT_GROUP), "county size like: .csv .tsv .txt"},
    LIKE_OPTIONS,
    LASTING_OPTIONS(FIT),
    COLLINEAR_OPTION,
    OUTPUT_OPTIONS,
};

typedef struct fit_state {
    full_workbook_choices full_choices;
    full_workbook full_workbook;
    behov_extra_fits extra_fits;
    behov_model_set model_set;
    unsigned sheets; /* --sheets */
    behov_wording influence, rounding;
    fit_outputs outputs;
} fit_state;

/* One of several models reads no further than what they share. */
static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    fit_state *state = call->state;
    double level_pct = 100 * call->fit_choices.level;
    if (!level_option(line, &level_pct) || !number_option(line, "floor", 0, 1e12, &call->fit_choices.floor))
        return 2;
    call->fit_choices.level = level_pct / 100;
    call->fit_choices.drop_collinear = option_given(line, "drop-collinear");
    int code = full_workbook_options_read(line, &state->full_choices);
    if (!code)
        code = sheets_options_read(line, &state->sheets);
    if (!code && model_set_count(line) > 1) {
        call->needs = 0;
        return model_set_check(line);
    }
    call->municipality_list = option_value(line, "profile");
    if (state->full_choices.has_all || call->municipality_list)
        call->needs |= NEEDS_MUNICIPALITIES | GROUPS_BY_LIKE;
    return code ? code : extra_fits_options_read(call, &state->extra_fits);
}

static int open_models(verb_call *call)
{
    behov_model_set *model_set = &((fit_state *)call->state)->model_set;
    if (model_set_count(call->line) < 2)
        return 0;
    int code = model_set_fit(call->line, &call->fit_choices, model_set);
    for (size_t i = 0; i < model_set->n && !code; i++) {
        estimation_print_notes_dropped(&model_set->fits[i].estimation);
        fit_notes_print(&model_set->fits[i].fit_results);
    }
    call->writers = &model_set_writers;
    call->context = model_set;
    call->written_study = &model_set->fits[0].study;
    return code;
}

static int choose_errors(verb_call *call)
{
    return extra_fits_options_choose(call, &((fit_state *)call->state)->extra_fits);
}

static behov_status compute_full(verb_call *call, fit_state *state, behov_error *err)
{
    behov_status status = behov_estimation_has_residuals(&call->study, call->estimation.fit, err);
    state->full_choices.list = call->municipalities.list;
    state->full_choices.group = call->municipalities.grouping;
    if (!status)
        status = full_workbook_new(&call->fit_results, &state->full_choices, &state->full_workbook, err);
    call->fit_results.variances = status ? NULL : &state->full_workbook.profiles.country.variances;
    if (!status)
        status = lasting_print_notes(&state->full_workbook.profiles.country.variances, &call->study, err);
    state->outputs.full_workbook = &state->full_workbook;
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    fit_state *state = call->state;
    behov_study *study = &call->study;
    if (state->model_set.n)
        return BEHOV_OK;
    bool has_rows = call->factor_parts.n == 0;
    behov_status status =
        has_rows ? behov_findings_add_fit(study, call->estimation.design, call->estimation.fit, err) : BEHOV_OK;
    if (status)
        return status;
    if (has_rows) {
        behov_findings_influence_sentence(study, study->lang, &state->influence);
        behov_findings_rounding_sentence(study, study->lang, &state->rounding);
    }
    if ((status = behov_wording_status(&state->influence, err)) ||
        (status = behov_wording_status(&state->rounding, err)))
        return status;
    call->fit_results.influence = state->influence.text;
    call->fit_results.rounding = state->rounding.text;
    fit_notes_print(&call->fit_results);
    state->outputs = (fit_outputs){.fit_results = &call->fit_results,
                                   .extra_fits = state->extra_fits.kind ? &state->extra_fits : NULL,
                                   .is_full = state->full_choices.has_all,
                                   .sheets = state->sheets};
    call->context = &state->outputs;
    status =
        behov_extra_fits_compute(&call->fit_results, &call->fit_choices, &call->estimation, &state->extra_fits, err);
    return !status && (call->needs & NEEDS_MUNICIPALITIES) ? compute_full(call, state, err) : status;
}

static int conclude(verb_call *call)
{
    if (!((fit_state *)call->state)->model_set.n)
        full_workbook_options_print_note(call->line, &call->study);
    return 0;
}

static void close_state(void *context)
{
    fit_state *state = context;
    behov_wording_free(&state->influence);
    behov_wording_free(&state->rounding);
    full_workbook_free(&state->full_workbook);
    behov_extra_fits_free(&state->extra_fits);
    behov_model_set_free(&state->model_set);
}

const verb verb_fit = {
    .name = "fit",
    VERB_WORDS(FIT),
    .rows = HELP(ROWS_FIT),
    VERB_OPTIONS(fit_options),
    .repeatable = "output model formula cluster factors",
    .needs = NEEDS_RESULTS | CHOOSES_ERRORS,
    .level_pct = 95,
    .state_size = sizeof(fit_state),
    .read = read_choices,
    .open = open_models,
    .choose = choose_errors,
    .compute = compute,
    .writers = &fit_writers,
    .conclude = conclude,
    .close = close_state,
};
