/* cmd_factor.c - `behov factor`: a part of a panel becomes its cluster factors, all that a fit of the whole needs of it. */
#include "estimation_options.h"
#include "factors_options.h"
#include <behov/factor_study.h>
#include <behov/part_cautions.h>
#include "study_options.h"
#include "verbs.h"
#include "write_factors.h"
#include "writers.h"

static const option_text factor_options[] = {
    STUDY_OPTIONS,  {"cluster", 'c', ARGUMENT(COLUMN), HELP(FACTOR_CLUSTER), NULL},
    WEIGHT_OPTIONS, {"output", 'o', ARGUMENT(FILE), HELP(FACTOR_OUTPUT), ".factors"},
    JSON_OPTION,    QUIET_OPTION,
};

typedef struct factor_state {
    behov_factor_part part;
    factors_page page;
} factor_state;

static int read_choices(verb_call *call)
{
    if (call->clusters.n == 2)
        return wrong_call(call->line->verb, SAY_FACTOR_ONE_CLUSTER);
    return option_given(call->line, "output") ? 0 : wrong_call(call->line->verb, SAY_FACTOR_NO_OUTPUT);
}

static behov_status compute(verb_call *call, behov_error *err)
{
    factor_state *state = call->state;
    state->page = (factors_page){&call->study, &state->part};
    behov_status status = behov_factor_part_of_study(&call->study, &call->clusters, &state->part, err);
    if (!status)
        status = factors_options_keep(call->line, &state->part, err);
    return status ? status : behov_part_cautions_keep(&call->study, study_add_remarks_of_making, &state->part, err);
}

static behov_status page(const verb_call *call, behov_error *err)
{
    return write_text_factors(&((const factor_state *)call->state)->page, stdout, err);
}

static behov_status json(const verb_call *call, behov_error *err)
{
    return write_json_factors(&((const factor_state *)call->state)->page, err);
}

static behov_status write_file(const void *state, const char *path, behov_error *err)
{
    return write_factors(path, &((const factor_state *)state)->part, err);
}

static const output_writers factor_writers = {.file = write_file, .file_holds = HOLDS_FACTORS};

static void close_state(void *state)
{
    behov_factor_part_free(&((factor_state *)state)->part);
}

const verb verb_factor = {
    .name = "factor",
    VERB_WORDS(FACTOR),
    VERB_OPTIONS(factor_options),
    .repeatable = "output cluster",
    .needs = NEEDS_PANEL | NEEDS_PART,
    .state_size = sizeof(factor_state),
    .read = read_choices,
    .compute = compute,
    .page = page,
    .json = json,
    .writers = &factor_writers,
    .close = close_state,
};
