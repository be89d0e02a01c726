/* panel_read_verb.c - `behov panel read`: a file as a long table. */
#include "number_options.h"
#include "panel_deeds.h"
#include "read_json_stat.h"
#include "study_options.h"
#include "write_long_table.h"

typedef struct read_state {
    long_table_results results;
    double dataset;
} read_state;

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    read_state *state = call->state;
    if (!call->panel)
        return wrong_call(line->verb, SAY_PANEL_READ_WHAT);
    return study_language(line, &call->study.lang) &&
                   (!option_given(line, "dataset") || whole_option(line, "dataset", 1, 1000000, &state->dataset))
               ? 0
               : 2;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    read_state *state = call->state;
    state->results.lang = call->study.lang;
    state->results.path = call->panel;
    return read_json_stat(call->panel, (size_t)state->dataset, option_given(call->line, "labels"), &note_beside,
                          &state->results.long_table, err);
}

static void close_state(void *context)
{
    read_state *state = context;
    behov_long_table_free(&state->results.long_table);
}

const panel_deed panel_read_deed = {
    .options = "dataset labels",
    .steps = {.name = "read",
              .state_size = sizeof(read_state),
              .read = read_choices,
              .compute = compute,
              .writers = &long_table_writers,
              .close = close_state},
};
