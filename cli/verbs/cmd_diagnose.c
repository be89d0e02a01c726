/* cmd_diagnose.c - `behov diagnose`: does anything depend on a few municipalities? With --specification: does the form
 * of the model hold? */
#include <math.h>
#include <string.h>

#include "estimation_options.h"
#include "factors_options.h"
#include <behov/specification.h>
#include "verbs.h"
#include "write_diagnosis.h"
#include "write_specification.h"

enum { MOST_NAMED = 1000 };

static const option_text diagnose_options[] = {
    STUDY_OPTIONS,
    FACTORS_OPTION,
    NAMES_OPTION,
    {"cluster", 'c', ARGUMENT(COLUMN), HELP(DIAGNOSE_CLUSTER), NULL},
    WEIGHT_OPTIONS,
    COLLINEAR_OPTION,
    {"top", 'n', ARGUMENT(N), HELP(DIAGNOSE_TOP), NULL},
    {"specification", 0, NO_ARGUMENT, HELP(DIAGNOSE_SPECIFICATION), NULL},
    {"without", 0, ARGUMENT(EXPR), HELP(DIAGNOSE_WITHOUT), NULL},
    OUTPUT_OPTIONS,
};

enum { MOST_WITHOUT = 8 };

typedef struct diagnose_state {
    diagnosis_page page;
    behov_specification specification;
    const char *without[MOST_WITHOUT];
    size_t n_without;
} diagnose_state;

/* Conditions are read as keys are: their columns are asked for. */
static int read_specification(verb_call *call)
{
    static const char *const idle[] = {"top", "cluster"};
    diagnose_state *state = call->state;
    size_t n = option_count(call->line, "without");
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
        if (option_given(call->line, idle[i]))
            return wrong_call(call->line->verb, SAY_DIAGNOSE_TOP_NOT_WITH_SPECIFICATION, idle[i]);
    if (n > MOST_WITHOUT)
        return wrong_call(call->line->verb, SAY_DIAGNOSE_TOO_MANY_WITHOUT, MOST_WITHOUT);
    for (size_t i = 0; i < n; i++)
        state->without[state->n_without++] = call->keys[call->n_keys++] = option_value_at(call->line, "without", i);
    call->writers = &specification_writers;
    call->context = &state->specification;
    return 0;
}

static int read_choices(verb_call *call)
{
    const char *text = option_value(call->line, "top");
    double top = 10;
    if (text && (behov_number_parse(text, strlen(text), '.', &top) != BEHOV_NUMBER_OK || top < 1 || top > MOST_NAMED ||
                 top != floor(top)))
        return wrong_call(call->line->verb, SAY_DIAGNOSE_TOP_NOT_WHOLE, text, MOST_NAMED);
    ((diagnose_state *)call->state)->page.n_most = (size_t)top;
    if (option_given(call->line, "specification"))
        return read_specification(call);
    return option_given(call->line, "without") ? wrong_call(call->line->verb, SAY_DIAGNOSE_WITHOUT_NEEDS_SPECIFICATION)
                                               : 0;
}

/* A fit with its needs, whose errors are those of the checks: by municipality where there are any. */
static behov_status compute_specification(verb_call *call, behov_error *err)
{
    diagnose_state *state = call->state;
    const char *key = behov_specification_key(&call->study);
    behov_fit_choices choices = {.cluster = key,
                                 .kind = key ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL,
                                 .level = 0.95,
                                 .drop_collinear = option_given(call->line, "drop-collinear")};
    behov_status status = behov_estimation_results(&call->study, &choices, &call->estimation, &call->fit_results, err);
    if (!status)
        status = behov_specification_compute(
            &call->fit_results, &(behov_specification_choices){state->without, state->n_without, "--without"},
            &state->specification, err);
    if (!status)
        estimation_print_notes_dropped(&call->estimation);
    return status;
}

/* Factor files are fitted with the errors that changes are measured by. */
static int choose(verb_call *call)
{
    behov_fit_choices *choices = &call->fit_choices;
    if (!call->factor_parts.n)
        return 0;
    choices->kind = choices->cluster ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL;
    choices->drop_collinear = option_given(call->line, "drop-collinear");
    return factors_options_fit(call);
}

static behov_status compute(verb_call *call, behov_error *err)
{
    diagnosis_page *page = &((diagnose_state *)call->state)->page;
    if (call->factor_parts.n) {
        behov_status status = behov_estimation_has_residuals(&call->study, call->estimation.fit, err);
        return status ? status
                      : behov_diagnosis_compute(&call->fit_results, call->fit_choices.cluster, &page->diagnosis, err);
    }
    if (option_given(call->line, "specification"))
        return compute_specification(call, err);
    const behov_cluster_options *clusters = &call->clusters;
    const char *key = clusters->n          ? clusters->keys[0]
                      : clusters->is_given ? NULL
                                           : behov_diagnosis_default_key(&call->study);
    behov_status status = behov_diagnosis_fit(&call->study, key, option_given(call->line, "drop-collinear"),
                                              &call->estimation, &call->fit_results, err);
    if (!status)
        status = behov_diagnosis_compute(&call->fit_results, key, &page->diagnosis, err);
    if (!status)
        estimation_print_notes_dropped(&call->estimation);
    return status;
}

static void close_state(void *state)
{
    behov_diagnosis_free(&((diagnose_state *)state)->page.diagnosis);
    behov_specification_free(&((diagnose_state *)state)->specification);
}

const verb verb_diagnose = {
    .name = "diagnose",
    VERB_WORDS(DIAGNOSE),
    .rows = HELP(ROWS_DIAGNOSE),
    VERB_OPTIONS(diagnose_options),
    .repeatable = "output without factors",
    .needs = NEEDS_PANEL,
    .state_size = sizeof(diagnose_state),
    .read = read_choices,
    .choose = choose,
    .compute = compute,
    .writers = &diagnosis_writers,
    .close = close_state,
};
