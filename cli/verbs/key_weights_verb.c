/* key_weights_verb.c - `behov key weights [PANEL]`: weights out of yearly regressions, the ministry's way. */
#include <string.h>

#include "key_deeds.h"
#include "number_options.h"
#include "study_options.h"
#include "write_key.h"

typedef struct weights_state {
    key_weights_results results;
    bool by_population;
} weights_state;

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    weights_state *state = call->state;
    const char *means = option_value(line, "means");
    double level_pct = 100 * call->fit_choices.level;
    if (means && strcmp(means, "population") != 0 && strcmp(means, "rows") != 0)
        return wrong_value(line->verb, "means", means, SAY_KEY_MEANS_WRONG, means);
    state->by_population = !means || strcmp(means, "population") == 0;
    if (!level_option(line, &level_pct))
        return 2;
    call->fit_choices.level = level_pct / 100;
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    weights_state *state = call->state;
    state->results.fit_results = &call->fit_results;
    return behov_key_regression_compute(&call->fit_choices, &call->fit_results, state->by_population,
                                        &state->results.regression, err);
}

static void close_state(void *context)
{
    behov_key_regression_free(&((weights_state *)context)->results.regression);
}

const verb_deed key_weights_deed = {
    .most_operands = 1,
    .options = "means model formula exclude set-aside outcome-unit code name-column year-column population separator "
               "decimal encoding sheet missing allow level cluster se drop-collinear",
    .steps = {.name = "weights",
              .needs = NEEDS_RESULTS | NAMES_ITS_PANEL,
              .state_size = sizeof(weights_state),
              .read = read_choices,
              .compute = compute,
              .writers = &key_weights_writers,
              .close = close_state},
};
