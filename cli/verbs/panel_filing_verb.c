/* panel_filing_verb.c - `behov panel filing`: net operating expenditure out of a municipality's own KOSTRA filing. */
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/plausibility.h>

#include "findings_options.h"
#include "number_options.h"
#include "panel_deeds.h"
#include "read_kostra_filing.h"
#include "study_options.h"
#include "write_filing.h"

enum { MOST_FUNCTIONS = 100 };

/* Those of the bundled model's outcome. */
static const char default_functions[] = "242,243,276,281";

typedef struct filing_state {
    filing_results results;
    behov_long_table filing;
    char *text; /* of --functions, cut at its commas */
    const char *functions[MOST_FUNCTIONS];
    size_t n_functions;
    double inhabitants;
    unsigned allowed; /* bits 1u << kind of --allow */
} filing_state;

static bool is_function(const char *text)
{
    return (strlen(text) == 3 || strlen(text) == 4) && strspn(text, "0123456789") == strlen(text);
}

static int read_functions(verb_call *call, filing_state *state)
{
    const char *given =
        option_given(call->line, "functions") ? option_value(call->line, "functions") : default_functions;
    if (!(state->text = strdup(given))) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    for (char *next = state->text; next;) {
        char *function = next;
        if ((next = strchr(next, ',')))
            *next++ = '\0';
        while (*function == ' ')
            function++;
        function[strcspn(function, " ")] = '\0';
        for (size_t i = 0; i < state->n_functions; i++)
            if (strcmp(state->functions[i], function) == 0)
                return wrong_call(call->line->verb, SAY_FILING_FUNCTION_TWICE, function);
        if (!is_function(function) || state->n_functions == MOST_FUNCTIONS)
            return wrong_call(call->line->verb, SAY_FILING_NO_FUNCTION, function);
        state->functions[state->n_functions++] = function;
    }
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    filing_state *state = call->state;
    if (!call->panel)
        return wrong_call(line->verb, SAY_FILING_WHAT);
    if (!study_language(line, &call->study.lang) || !findings_read_allowed(line, &state->allowed) ||
        (option_given(line, "inhabitants") && !whole_option(line, "inhabitants", 1, 10000000, &state->inhabitants)))
        return 2;
    return read_functions(call, state);
}

/* Amounts in kr give a thousand times too much per inhabitant, which no reader of the panel would see any more. */
static behov_status check_rates(const verb_call *call, behov_error *err)
{
    const filing_state *state = call->state;
    const behov_filing_page *page = &state->results.page;
    bool is_allowed = (state->allowed >> BEHOV_ODD_UNIT) & 1u;
    for (size_t i = 0; i < page->net->n && page->inhabitants > 0 && !is_allowed; i++) {
        const behov_kostra_filing *filing = &page->net->filings[i];
        char rate[BEHOV_NUMBER_SIZE], least[BEHOV_NUMBER_SIZE], most[BEHOV_NUMBER_SIZE];
        if (behov_kostra_rate_is_plausible(filing, page->inhabitants, page->is_whole))
            continue;
        behov_format_cell(BEHOV_Q_OUTCOME, behov_kostra_net_1000kr(&filing->total) / page->inhabitants, page->lang,
                          rate);
        behov_format_level(page->lang, BEHOV_KOSTRA_LEAST_RATE_1000KR, least);
        behov_format_level(page->lang, BEHOV_KOSTRA_MOST_RATE_1000KR, most);
        return behov_error_say(err, BEHOV_E_DATA, call->panel, SAY_FILING_IMPLAUSIBLE, rate, least, most);
    }
    return BEHOV_OK;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    filing_state *state = call->state;
    behov_status status = read_kostra_filing_open(call->panel, &note_beside, &state->filing, err);
    if (!status)
        status = behov_kostra_net_compute(state->filing.table, state->functions, state->n_functions,
                                          &state->results.net, err);
    if (!status && state->inhabitants > 0 && state->results.net.n > 1)
        for (size_t i = 1; i < state->results.net.n && !status; i++)
            if (strcmp(state->results.net.filings[0].region, state->results.net.filings[i].region) != 0)
                status = behov_error_say(err, BEHOV_E_ARGUMENT, call->panel, SAY_FILING_SEVERAL_REGIONS);
    state->results.path = call->panel;
    state->results.page = (behov_filing_page){.net = &state->results.net,
                                              .functions = state->functions,
                                              .n_functions = state->n_functions,
                                              .inhabitants = state->inhabitants,
                                              .is_whole = !option_given(call->line, "functions"),
                                              .lang = call->study.lang};
    return status ? status : check_rates(call, err);
}

static void close_state(void *context)
{
    filing_state *state = context;
    behov_kostra_net_free(&state->results.net);
    behov_long_table_free(&state->filing);
    free(state->text);
}

const deed panel_filing_deed = {
    .options = "functions inhabitants allow",
    .steps = {.name = "filing",
              .state_size = sizeof(filing_state),
              .read = read_choices,
              .compute = compute,
              .writers = &filing_writers,
              .close = close_state},
};
