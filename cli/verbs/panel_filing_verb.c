/* panel_filing_verb.c - `behov panel filing`: net operating expenditure out of a municipality's own KOSTRA filing. */
#include <stdlib.h>
#include <string.h>

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
    if (!study_language(line, &call->study.lang) ||
        (option_given(line, "inhabitants") && !whole_option(line, "inhabitants", 1, 10000000, &state->inhabitants)))
        return 2;
    return read_functions(call, state);
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
                                              .lang = call->study.lang};
    return status;
}

static void close_state(void *context)
{
    filing_state *state = context;
    behov_kostra_net_free(&state->results.net);
    behov_long_table_free(&state->filing);
    free(state->text);
}

const panel_deed panel_filing_deed = {
    .options = "functions inhabitants",
    .steps = {.name = "filing",
              .state_size = sizeof(filing_state),
              .read = read_choices,
              .compute = compute,
              .writers = &filing_writers,
              .close = close_state},
};
