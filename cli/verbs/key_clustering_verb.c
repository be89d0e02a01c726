/* key_clustering_verb.c - `behov key clustering FILE`: an index of accumulated disadvantage of one's own computation. */
#include <behov/municipality_codes.h>

#include "key_deeds.h"
#include "number_options.h"
#include "read_municipality_history.h"
#include "study_options.h"
#include "write_key.h"

typedef struct clustering_state {
    key_clustering_results results;
    behov_clustering_request request;
    behov_study study;
} clustering_state;

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    clustering_state *state = call->state;
    double year = 0;
    if (!call->panel)
        return wrong_call(line->verb, SAY_KEY_CLUSTERING_WHAT);
    if (!study_language(line, &call->study.lang) || !whole_option(line, "year", 1, 9999, &year))
        return 2;
    state->request =
        (behov_clustering_request){.columns = {[BEHOV_SHARE_DIVORCED] = option_value(line, "divorced"),
                                               [BEHOV_SHARE_UNEMPLOYED] = option_value(line, "unemployed"),
                                               [BEHOV_SHARE_LOW_INCOME] = option_value(line, "low-income")},
                                   .are_counts = option_given(line, "counts"),
                                   .year = (int)year};
    return 0;
}

static int open_file(verb_call *call)
{
    clustering_state *state = call->state;
    behov_municipality_history *history = NULL;
    behov_error err;
    int code = key_open_table(call, call->panel, &state->study);
    if (code)
        return code;
    const behov_panel *panel = &state->study.panel;
    if (read_municipality_history(NULL, &note_beside, &history, &err) ||
        behov_municipality_codes_check(panel->table, panel->columns[BEHOV_ROLE_CODE],
                                       panel->columns[BEHOV_ROLE_MUNICIPALITY], history, &err))
        code = print_failure(&err);
    behov_municipality_history_free(history);
    return code;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    clustering_state *state = call->state;
    state->results.lang = state->study.lang;
    state->results.path = call->panel;
    state->results.is_simulated = state->study.is_simulated;
    return behov_clustering_index_compute(&state->study.panel, &state->request, &state->results.index, err);
}

static void close_state(void *context)
{
    clustering_state *state = context;
    behov_clustering_index_free(&state->results.index);
    behov_study_close(&state->study);
}

const verb_deed key_clustering_deed = {
    .most_operands = 1,
    .options = "counts divorced unemployed low-income year code name-column year-column population separator decimal "
               "encoding sheet missing",
    .steps = {.name = "clustering",
              .state_size = sizeof(clustering_state),
              .read = read_choices,
              .open = open_file,
              .compute = compute,
              .writers = &key_clustering_writers,
              .close = close_state},
};
