/* cmd_select.c - `behov select`: municipalities worth a closer look, by their ratios. */
#include "estimation_options.h"
#include "lasting_options.h"
#include "outputs.h"
#include <behov/ratio_table.h>
#include "study_options.h"
#include "ratio_table_options.h"
#include "verbs.h"
#include "write_cases.h"

static const option_text select_options[] = {
    STUDY_OPTIONS_CHOOSING,
    RATIOS_OPTION,
    {"municipality", 0, ARGUMENT(LIST), HELP(SELECT_MUNICIPALITY), NULL},
    LOW_OPTION,
    HIGH_OPTION,
    {"change", 0, ARGUMENT(POINTS), HELP(SELECT_CHANGE), NULL},
    {"min-population", 0, ARGUMENT(N), HELP(SELECT_MIN_POPULATION), NULL},
    {"largest", 0, ARGUMENT(N), HELP(SELECT_LARGEST), NULL},
    {"count", 'n', ARGUMENT(N), HELP(SELECT_COUNT), NULL},
    {"shrunk", 0, NO_ARGUMENT, HELP(SELECT_SHRUNK), NULL},
    LEVEL_OPTIONS,
    CLEAR_OPTION,
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

typedef struct select_state {
    behov_select_options options;
    behov_lasting_choices lasting;
    behov_cases cases;
} select_state;

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    behov_select_options *options = &((select_state *)call->state)->options;
    double largest = 0, count = 0;
    options->limits = (behov_ratio_limits){90, 110, 20};
    if (!ratio_limits_option(line, &options->limits) ||
        !whole_option(line, "min-population", 1, 1e10, &options->min_population) ||
        !whole_option(line, "largest", 1, 1e9, &largest) || !whole_option(line, "count", 1, 1e9, &count))
        return 2;
    options->largest = (size_t)largest;
    options->count = (size_t)count;
    if (options->limits.low > options->limits.high)
        return wrong_call(line->verb, SAY_SELECT_LOW_ABOVE_HIGH);
    if (options->min_population > 0 && largest > 0)
        return wrong_call(line->verb, SAY_SELECT_TWO_WAYS);
    if (option_given(line, "ratios") && option_given(line, "shrunk"))
        return wrong_call(line->verb, SAY_SELECT_SHRUNK_NEEDS_FIT);
    static const char *const of_levels[] = {"chance", "horizon", "clear"};
    for (size_t i = 0; i < sizeof of_levels / sizeof *of_levels && !option_given(line, "shrunk"); i++)
        if (option_given(line, of_levels[i]))
            return wrong_call(line->verb, SAY_SELECT_NEEDS_SHRUNK, of_levels[i]);
    return lasting_options_read_levels(line, &((select_state *)call->state)->lasting) ? 0 : 2;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    select_state *state = call->state;
    call->context = &state->cases;
    behov_status status = behov_cases_new(&call->ratios, &state->options, call->municipalities.list,
                                          option_given(call->line, "shrunk") ? &state->lasting : NULL, call->study.lang,
                                          &state->cases, err);
    if (!status && state->cases.has_shrunk)
        status = lasting_print_notes(&state->cases.variances, &call->study, err);
    return status;
}

static void close_state(void *state)
{
    behov_cases_free(&((select_state *)state)->cases);
}

const verb verb_select = {
    .name = "select",
    VERB_WORDS(SELECT),
    VERB_OPTIONS(select_options),
    .repeatable = "output cluster",
    .needs = NEEDS_RESIDUALS | NEEDS_RATIOS | NEEDS_MUNICIPALITIES,
    .level_pct = 90,
    .state_size = sizeof(select_state),
    .read = read_choices,
    .compute = compute,
    .writers = &cases_writers,
    .close = close_state,
};
