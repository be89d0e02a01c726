/* cmd_profile.c - `behov profile`: one municipality at a time, in words and figures. */
#include <string.h>

#include "estimation_options.h"
#include "lasting_options.h"
#include "like_options.h"
#include <behov/model_labels.h>
#include "place_choices.h"
#include "system.h"
#include "verbs.h"
#include "write_profile.h"

static const option_text profile_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"year", 0, ARGUMENT(YEAR), HELP(PROFILE_YEAR), NULL},
    {"group", 'g', ARGUMENT(KIND), HELP(PROFILE_GROUP), "county size like: .csv .tsv .txt"},
    LIKE_OPTIONS,
    LASTING_OPTIONS(OPTION),
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

typedef struct profile_state {
    behov_profile_choices choices;
    behov_profiles profiles;
} profile_state;

/* The panel first and the municipality after it. A list of municipalities is a file too: what has the name of a file or
 * folder in the panel's place is a panel that is not there. */
static bool is_turned_round(const command_line *line)
{
    if (line->n_operands != 2)
        return false;
    const char *panel = line->operands[1];
    return system_is_regular_file(line->operands[0]) && !system_is_there(panel) && !strpbrk(panel, "./\\") &&
           strcmp(panel, "-") != 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    double year = 0;
    if (line->n_operands == 0)
        return wrong_call(line->verb, SAY_PROFILE_NO_MUNICIPALITY);
    if (line->n_operands == 1 && system_is_regular_file(line->operands[0]))
        return wrong_call(line->verb, SAY_PROFILE_MUNICIPALITY_IS_FILE, line->operands[0], line->operands[0]);
    if (is_turned_round(line))
        return wrong_call(line->verb, SAY_PROFILE_MUNICIPALITY_AFTER_FILE, line->operands[0], line->operands[1],
                          line->operands[0]);
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_PROFILE_ONE_TOO_MANY, line->operands[2]);
    if (!whole_option(line, "year", 1, 9999, &year))
        return 2;
    call->panel = line->n_operands > 1 ? line->operands[1] : NULL;
    ((profile_state *)call->state)->choices = (behov_profile_choices){.year = (int)year, .label = behov_model_label};
    call->municipality_list = line->operands[0];
    call->like.year = (int)year;
    call->like.has_year = true;
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    profile_state *state = call->state;
    call->context = &state->profiles;
    place_choices_of_profile(call, &state->choices);
    behov_status status = behov_profiles_new(&call->fit_results, &state->choices, &state->profiles, err);
    if (!status)
        status = lasting_print_notes(&state->profiles.country.variances, &call->study, err);
    return status;
}

static void close_state(void *state)
{
    behov_profiles_free(&((profile_state *)state)->profiles);
}

const verb verb_profile = {
    .name = "profile",
    VERB_WORDS(PROFILE),
    VERB_OPTIONS(profile_options),
    .repeatable = "output cluster",
    .needs = NEEDS_LASTING | NEEDS_RESIDUALS | NEEDS_MUNICIPALITIES | GROUPS_BY_LIKE | NAMES_ITS_PANEL,
    .level_pct = 90,
    .state_size = sizeof(profile_state),
    .read = read_choices,
    .compute = compute,
    .writers = &profiles_writers,
    .close = close_state,
};
