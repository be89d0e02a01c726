/* cmd_diagnose.c - `behov diagnose`: does anything depend on a few municipalities? */
#include <math.h>
#include <string.h>

#include "estimation_options.h"
#include "verbs.h"
#include "write_diagnosis.h"

enum { MOST_NAMED = 1000 };

static const option_text diagnose_options[] = {
    STUDY_OPTIONS,  NAMES_OPTION,     {"cluster", 'c', ARGUMENT(COLUMN), HELP(DIAGNOSE_CLUSTER), NULL},
    WEIGHT_OPTIONS, COLLINEAR_OPTION, {"top", 'n', ARGUMENT(N), HELP(DIAGNOSE_TOP), NULL},
    OUTPUT_OPTIONS,
};

static int read_choices(verb_call *call)
{
    const char *text = option_value(call->line, "top");
    double top = 10;
    if (text && (behov_number_parse(text, strlen(text), '.', &top) != BEHOV_NUMBER_OK || top < 1 || top > MOST_NAMED ||
                 top != floor(top)))
        return wrong_call(call->line->verb, SAY_DIAGNOSE_TOP_NOT_WHOLE, text, MOST_NAMED);
    ((diagnosis_page *)call->state)->n_most = (size_t)top;
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    diagnosis_page *page = call->state;
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
    behov_diagnosis_free(&((diagnosis_page *)state)->diagnosis);
}

const verb verb_diagnose = {
    .name = "diagnose",
    VERB_WORDS(DIAGNOSE),
    .rows = HELP(ROWS_DIAGNOSE),
    VERB_OPTIONS(diagnose_options),
    .repeatable = "output",
    .needs = NEEDS_PANEL,
    .state_size = sizeof(diagnosis_page),
    .read = read_choices,
    .compute = compute,
    .writers = &diagnosis_writers,
    .close = close_state,
};
