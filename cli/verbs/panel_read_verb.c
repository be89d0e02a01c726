/* panel_read_verb.c - `behov panel read`: a file as a long table. */
#include "number_options.h"
#include "panel_deeds.h"
#include "read_long_table.h"
#include "study_options.h"
#include "write_long_table.h"

typedef struct read_state {
    long_table_results results;
    long_table_choices choices;
} read_state;

/* "3" or "3-5" */
static int read_header_lines(const command_line *line, long_table_choices *choices)
{
    const char *text = option_value(line, "header");
    size_t number[2] = {0, 0}, n = 0;
    for (const char *cursor = text; cursor && *cursor; cursor++) {
        if (*cursor >= '0' && *cursor <= '9' && number[n] < 100000000)
            number[n] = 10 * number[n] + (size_t)(*cursor - '0');
        else if (*cursor == '-' && n == 0 && cursor > text)
            n = 1;
        else
            return wrong_value(line->verb, "header", text, SAY_STUDY_HEADER, text);
    }
    choices->header_first = number[0];
    choices->header_last = n ? number[1] : number[0];
    return text && (number[0] == 0 || choices->header_last < number[0])
               ? wrong_value(line->verb, "header", text, SAY_STUDY_HEADER, text)
               : 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    read_state *state = call->state;
    long_table_choices *choices = &state->choices;
    double dataset = 0;
    if (!call->panel)
        return wrong_call(line->verb, SAY_PANEL_READ_WHAT);
    if (!study_language(line, &call->study.lang) ||
        (option_given(line, "dataset") && !whole_option(line, "dataset", 1, 1000000, &dataset)))
        return 2;
    choices->dataset = (size_t)dataset;
    choices->has_labels = option_given(line, "labels");
    choices->sheet = option_value(line, "sheet");
    choices->encoding = option_value(line, "encoding");
    choices->value_column = option_value(line, "value");
    int code = study_marks(line, &choices->separator, &choices->decimal);
    return code ? code : read_header_lines(line, choices);
}

static behov_status compute(verb_call *call, behov_error *err)
{
    read_state *state = call->state;
    state->results.lang = call->study.lang;
    state->results.path = call->panel;
    return read_long_table(call->panel, &state->choices, &note_beside, &state->results.long_table, err);
}

static void close_state(void *context)
{
    read_state *state = context;
    behov_long_table_free(&state->results.long_table);
}

const deed panel_read_deed = {
    .options = "dataset labels value header sheet separator encoding decimal",
    .steps = {.name = "read",
              .state_size = sizeof(read_state),
              .read = read_choices,
              .compute = compute,
              .writers = &long_table_writers,
              .close = close_state},
};
