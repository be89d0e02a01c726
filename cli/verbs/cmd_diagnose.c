/* cmd_diagnose.c - `behov diagnose`: does anything hang on a few municipalities? */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnosis.h"
#include "estimation_options.h"
#include "outputs.h"
#include "study_options.h"
#include "verbs.h"
#include "write_diagnosis.h"

enum { MOST_NAMED = 1000 };

static const option_text diagnose_options[] = {
    STUDY_OPTIONS,
    NAMES_OPTION,
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(DIAGNOSE_CLUSTER), NULL},
    WEIGHT_OPTIONS,
    {"drop-collinear", 0, NO_ARGUMENT, HELP(OPTION_DROP_COLLINEAR), NULL},
    {"top", 'n', ARGUMENT(N), HELP(DIAGNOSE_TOP), NULL},
    OUTPUT_OPTIONS,
};

/* Standard errors by the clusters that are left out: what a change is measured by. Without any, classical ones. */
static behov_status fit_panel(const behov_study *study, const char *key, bool drop_collinear,
                              behov_estimation *estimation, behov_fit_results *out, behov_error *err)
{
    behov_fit_choices choices = {
        .cluster = key, .kind = key ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL, .drop_collinear = drop_collinear};
    behov_status status = behov_estimation_make(study, &choices, estimation, err);
    if (status && estimation->clusters && behov_clusters_count(estimation->clusters) < 2)
        return behov_error_say(err, status, study->panel_path, SAY_DIAGNOSE_ONE_CLUSTER, key);
    if (!status)
        status = behov_estimation_has_residuals(study, estimation->fit, err);
    if (status)
        return status;
    estimation->coefficients =
        calloc(behov_design_n_regressors(estimation->design) + 1, sizeof *estimation->coefficients);
    if (!estimation->coefficients)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABSORBED_NO_MEMORY);
    *out = (behov_fit_results){.study = study,
                               .design = estimation->design,
                               .fit = estimation->fit,
                               .vcov = estimation->vcov,
                               .cluster = key,
                               .coefficients = estimation->coefficients};
    return behov_inference(estimation->fit, estimation->vcov, NULL, estimation->coefficients, err);
}

typedef struct diagnose_state {
    double top; /* how many are named */
    behov_diagnosis diagnosis;
} diagnose_state;

static int read_choices(verb_call *call)
{
    diagnose_state *state = call->state;
    const char *text = option_value(call->line, "top");
    state->top = 10;
    if (text && (behov_number_parse(text, strlen(text), '.', &state->top) != BEHOV_NUMBER_OK || state->top < 1 ||
                 state->top > MOST_NAMED || state->top != floor(state->top)))
        return wrong_call(call->line->verb, SAY_DIAGNOSE_TOP_NOT_WHOLE, text, MOST_NAMED);
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    diagnose_state *state = call->state;
    const behov_cluster_options *clusters = &call->clusters;
    const char *key = clusters->n          ? clusters->keys[0]
                      : clusters->is_given ? NULL
                                           : behov_diagnosis_default_key(&call->study);
    behov_status status = fit_panel(&call->study, key, option_given(call->line, "drop-collinear"), &call->estimation,
                                    &call->fit_results, err);
    if (!status)
        status = behov_diagnosis_compute(&call->fit_results, key, &state->diagnosis, err);
    if (!status)
        estimation_print_notes_dropped(&call->estimation);
    return status;
}

static behov_status page(const verb_call *call, behov_error *err)
{
    const diagnose_state *state = call->state;
    return write_diagnosis_page(&state->diagnosis, (size_t)state->top, stdout, err);
}

/* A page has the answers; the tables of all clusters and all rows are for a workbook. */
static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const diagnose_state *state = context;
    return diagnosis_add(&state->diagnosis, (size_t)state->top, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_diagnosis_rows(&((const diagnose_state *)context)->diagnosis, 0, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    const diagnose_state *state = context;
    return write_diagnosis_json(path, &state->diagnosis, (size_t)state->top, err);
}

static const output_writers writers = {
    .sections = sections, .rows = rows, .json = json, .title = BEHOV_WORD_TITLE_DIAGNOSIS_WORKBOOK};

static void close_state(void *state)
{
    behov_diagnosis_free(&((diagnose_state *)state)->diagnosis);
}

const verb verb_diagnose = {
    .name = "diagnose",
    VERB_WORDS(DIAGNOSE),
    .rows = HELP(ROWS_DIAGNOSE),
    VERB_OPTIONS(diagnose_options),
    .repeatable = "output",
    .needs = NEEDS_PANEL,
    .state_size = sizeof(diagnose_state),
    .read = read_choices,
    .compute = compute,
    .page = page,
    .writers = &writers,
    .close = close_state,
};
