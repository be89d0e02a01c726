/* cmd_scenario.c - `behov scenario`: municipalities as one, and municipalities with other figures. */
#include <string.h>

#include <behov/format.h>
#include <behov/scenario_sentences.h>

#include "estimation_options.h"
#include "merge_options.h"
#include "messages.h"
#include "outputs.h"
#include "scenario_words.h"
#include "verbs.h"
#include "write_scenario.h"

static const option_text scenario_options[] = {
    STUDY_OPTIONS_CHOOSING_YEAR,
    {"year", 0, ARGUMENT(YEAR), HELP(SCENARIO_YEAR), NULL},
    {"scenario", 0, ARGUMENT(FILE), HELP(SCENARIO_SCENARIO), ".csv .tsv .txt"},
    {"spending", 0, ARGUMENT(SPENDING), HELP(SCENARIO_SPENDING), "per_inhabitant total"},
    {"sum", 0, ARGUMENT(LIST), HELP(SCENARIO_SUM), NULL},
    {"rate", 0, ARGUMENT(COLUMN_PER_COLUMN), HELP(SCENARIO_RATE), NULL},
    {"mean", 0, ARGUMENT(COLUMN_PER_COLUMN), HELP(SCENARIO_MEAN), NULL},
    {"level", 0, ARGUMENT(PER_CENT), HELP(SCENARIO_LEVEL), NULL},
    {"floor", 0, ARGUMENT(NUMBER), HELP(OPTION_FLOOR), NULL},
    FITTING_OPTIONS,
    OUTPUT_OPTIONS,
};

typedef struct scenario_state {
    scenario_words words;
    merge_options merging;
    behov_scenario_choices choices;
    bool is_merger;
    behov_scenarios scenarios;
    behov_mergers mergers;
} scenario_state;

/* ---- what a call says -------------------------------------------------------------------------------------------- */

static int read_numbers(verb_call *call, scenario_state *state)
{
    const command_line *line = call->line;
    double year = 0, level_pct = 100 * call->fit_choices.level;
    const char *spending = option_value(line, "spending");
    if (!whole_option(line, "year", 1, 9999, &year) || !level_option(line, &level_pct) ||
        !number_option(line, "floor", 0, 1e12, &call->fit_choices.floor))
        return 2;
    if (spending && strcmp(spending, "per_inhabitant") != 0 && strcmp(spending, "total") != 0)
        return wrong_value(line->verb, "spending", spending, SAY_SCENARIO_SPENDING, spending);
    call->fit_choices.level = level_pct / 100;
    state->choices = (behov_scenario_choices){
        .year = (int)year, .level = level_pct / 100, .keeps_total = spending && strcmp(spending, "total") == 0};
    return 0;
}

static int refuse_options_of_set(const command_line *line)
{
    static const char *const names[] = {"scenario", "spending"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (option_given(line, names[i]))
            return wrong_call(line->verb, SAY_SCENARIO_FOREIGN_OPTION, names[i], "merge");
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    scenario_state *state = call->state;
    const char *deed = line->n_operands ? line->operands[0] : "";
    state->is_merger = strcmp(deed, "merge") == 0;
    if (!state->is_merger && strcmp(deed, "set") != 0)
        return wrong_call(line->verb, SAY_SCENARIO_WHAT, deed);
    int code = state->is_merger ? refuse_options_of_set(line) : 0;
    if (!code)
        code = read_numbers(call, state);
    if (!code)
        code = merge_options_read_rules(line, &state->merging);
    if (!code)
        code = state->is_merger ? scenario_words_read_merge(line, &state->words)
                                : scenario_words_read_set(line, &state->words);
    state->choices.rules = state->merging.rules;
    state->choices.n_rules = state->merging.n_rules;
    call->panel = state->words.panel;
    call->writers = state->is_merger ? &mergers_writers : &scenarios_writers;
    call->context = state->is_merger ? (const void *)&state->mergers : &state->scenarios;
    return code;
}

/* ---- what it does ------------------------------------------------------------------------------------------------ */

/* A table of figures alone has no sentences: what there is to mind is said beside it. */
static behov_status print_warnings(const scenario_state *state, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    behov_language lang = messages_language();
    char number[BEHOV_NUMBER_SIZE];
    size_t n = 0;
    for (; !status; n++) {
        if (!(state->is_merger ? behov_mergers_warning(&state->mergers, n, &words)
                               : behov_scenarios_warning(&state->scenarios, n, &words)))
            break;
        status = behov_wording_status(&words, err);
        if (!status && n < BEHOV_SCENARIO_MOST_WARNINGS)
            print_note(SAY_MESSAGE, behov_wording_text(&words));
    }
    behov_wording_clear(&words);
    if (!status && n > BEHOV_SCENARIO_MOST_WARNINGS) {
        behov_wording_fill(&words, lang, BEHOV_WORD_SCENARIO_WARNINGS_MORE, "n",
                           behov_format_count(lang, (double)(n - BEHOV_SCENARIO_MOST_WARNINGS), number), NULL);
        status = behov_wording_status(&words, err);
        if (!status)
            print_note(SAY_MESSAGE, behov_wording_text(&words));
    }
    behov_wording_free(&words);
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    scenario_state *state = call->state;
    scenario_words *words = &state->words;
    behov_status status =
        state->is_merger ? scenario_words_mergers(words, err) : scenario_words_requests(words, &call->study, err);
    call->municipalities.list = &words->names; /* whose codes of another time a failure explains */
    if (!status)
        status = state->is_merger ? behov_mergers_new(&call->fit_results, words->mergers, words->n_requests,
                                                      &state->choices, &state->mergers, err)
                                  : behov_scenarios_new(&call->fit_results, words->requests, words->n_requests,
                                                        &state->choices, &state->scenarios, err);
    return status ? status : print_warnings(state, err);
}

static void close_state(void *context)
{
    scenario_state *state = context;
    behov_scenarios_free(&state->scenarios);
    behov_mergers_free(&state->mergers);
    scenario_words_free(&state->words);
    merge_options_free(&state->merging);
}

const verb verb_scenario = {
    .name = "scenario",
    VERB_WORDS(SCENARIO),
    .rows = HELP(ROWS_SCENARIO),
    VERB_OPTIONS(scenario_options),
    .repeatable = "output cluster sum rate mean",
    .needs = NEEDS_RESULTS | NEEDS_RESIDUALS | NAMES_ITS_PANEL,
    .level_pct = 90,
    .state_size = sizeof(scenario_state),
    .read = read_choices,
    .compute = compute,
    .writers = &scenarios_writers, /* what completion offers; read takes those of the deed */
    .close = close_state,
};
