/* cmd_report.c - `behov report`: one page for a municipal council, which opens without a network. */
#include <string.h>

#include "council_outputs.h"
#include "estimation_options.h"
#include "lasting_options.h"
#include "like_options.h"
#include <behov/model_labels.h>
#include "messages.h"
#include "number_options.h"
#include "outputs.h"
#include "place_choices.h"
#include "verbs.h"

static const option_text report_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"profile", 0, ARGUMENT(LIST), HELP(REPORT_PROFILE), "all .csv .tsv .txt"},
    {"year", 0, ARGUMENT(YEAR), HELP(REPORT_YEAR), NULL},
    {"group", 'g', ARGUMENT(KIND), HELP(REPORT_GROUP), "county size like: .csv .tsv .txt"},
    LIKE_OPTIONS,
    LASTING_OPTIONS(OPTION),
    FITTING_OPTIONS,
    FILES_OPTION,
    {"date", 0, ARGUMENT(DATE), HELP(OPTION_DATE), NULL},
    QUIET_OPTION,
};

typedef struct report_state {
    behov_council_choices choices;
    bool is_default_group;
    council_outputs outputs;
} report_state;

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    report_state *state = call->state;
    const char *list = option_value(line, "profile");
    double year = 0;
    if (!list)
        return wrong_call(line->verb, SAY_REPORT_NEEDS_PROFILE);
    if (!option_given(line, "output"))
        return wrong_call(line->verb, SAY_REPORT_NEEDS_OUTPUT);
    if (!whole_option(line, "year", 1, 9999, &year))
        return 2;
    state->choices.profile = (behov_profile_choices){.year = (int)year, .label = behov_model_label};
    state->is_default_group = !call->grouping && !option_given(line, "like");
    if (state->is_default_group)
        call->grouping = "county";
    call->municipality_list = strcmp(list, "all") == 0 ? NULL : list;
    call->like.year = (int)year;
    call->context = &state->outputs;
    return 0;
}

/* The panel's last year is not the sheet's: nobody asked for an earlier one. */
static void note_year(const verb_call *call, const behov_council *council)
{
    size_t n = 0;
    const int *years = behov_need_years(call->fit_results.need, &n);
    int last_year = behov_fit_results_last_year(&call->fit_results);
    if (last_year > council->year && !option_given(call->line, "year"))
        print_note(SAY_REPORT_YEAR_OF_MUNICIPALITY, council->year, last_year);
    else if (!option_given(call->line, "year") && n && years[n - 1] > council->year)
        print_note(SAY_REPORT_YEAR_BEFORE_LAST, council->year, years[n - 1]);
}

/* A panel without codes has no counties; nobody asked for them. */
static int choose(verb_call *call)
{
    report_state *state = call->state;
    if (state->is_default_group && call->study.panel.columns[BEHOV_ROLE_CODE] < 0)
        call->grouping = NULL;
    return 0;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    report_state *state = call->state;
    place_choices_of_profile(call, &state->choices.profile);
    state->outputs.made_on = call->day;
    state->outputs.date = call->date;
    behov_status status = behov_council_new(&call->fit_results, &state->choices, &state->outputs.council, err);
    if (!status)
        note_year(call, &state->outputs.council);
    if (!status)
        status = council_outputs_find_map(&state->outputs, err);
    if (!status)
        status = lasting_print_notes(&state->outputs.council.ranking.variances, &call->study, err);
    return status;
}

static void close_state(void *state)
{
    council_outputs_free(&((report_state *)state)->outputs);
}

const verb verb_report = {
    .name = "report",
    VERB_WORDS(REPORT),
    VERB_OPTIONS(report_options),
    .repeatable = "output cluster",
    .needs = NEEDS_LASTING | NEEDS_RESIDUALS | NEEDS_MUNICIPALITIES | GROUPS_BY_LIKE | SPEAKS_TO_READERS,
    .level_pct = 90,
    .state_size = sizeof(report_state),
    .read = read_choices,
    .choose = choose,
    .compute = compute,
    .writers = &council_writers,
    .close = close_state,
};
