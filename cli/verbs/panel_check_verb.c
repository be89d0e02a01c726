/* panel_check_verb.c - `behov panel check`: a whole panel looked at as data, every column and every code. What `behov check`
 * says of its rows is there too; what it says of a fit is not. */
#include <behov/check_sentences.h>
#include <behov/panel_findings.h>

#include "panel_deeds.h"
#include "read_municipality_history.h"
#include "study_options.h"
#include "write_check.h"

typedef struct check_state {
    behov_municipality_history *history;
} check_state;

static int open_history(verb_call *call)
{
    check_state *state = call->state;
    behov_error err;
    return read_municipality_history(option_value(call->line, "changes"), &note_beside, &state->history, &err)
               ? print_failure(&err)
               : 0;
}

static int open_panel(verb_call *call)
{
    return study_read_whole_panel(&call->study, call->line, call->panel, &call->study.table);
}

/* Whom the model leaves out of its estimation is as much in the panel as the others. */
static void forget_conditions(behov_study *study)
{
    behov_expression_free(study->exclude);
    study->exclude = NULL;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    const command_line *line = call->line;
    check_state *state = call->state;
    behov_study *study = &call->study;
    const char *names[BEHOV_N_ROLES] = {[BEHOV_ROLE_CODE] = option_value(line, "code"),
                                        [BEHOV_ROLE_MUNICIPALITY] = option_value(line, "municipality"),
                                        [BEHOV_ROLE_YEAR] = option_value(line, "year"),
                                        [BEHOV_ROLE_POPULATION] = option_value(line, "population")};
    call->context = study;
    forget_conditions(study);
    behov_status status = behov_panel_find(study->table, names, &study->panel, err);
    if (!status)
        status = behov_plausibility_mark(study->table, &study->panel, err);
    bool has_time = study->panel.columns[BEHOV_ROLE_CODE] >= 0 && study->panel.columns[BEHOV_ROLE_YEAR] >= 0;
    if (!status && has_time)
        status = behov_panel_merge_mark(study->table, &study->panel, state->history, err);
    study->is_simulated = behov_study_says_simulated(study->table);
    behov_panel_findings_options options = {.history = state->history, .needs_model = option_given(line, "model")};
    return status ? status : behov_panel_findings_look(study, &options, err);
}

static int conclude(verb_call *call)
{
    return behov_check_n_errors(&call->study) ? 1 : 0;
}

static void close_state(void *context)
{
    check_state *state = context;
    behov_municipality_history_free(state->history);
}

const deed panel_check_deed = {
    .options =
        "changes allow model outcome-unit code municipality year population sheet separator decimal encoding missing",
    .steps = {.name = "check",
              .needs = NEEDS_MODEL,
              .state_size = sizeof(check_state),
              .open = open_history,
              .choose = open_panel,
              .compute = compute,
              .writers = &check_writers,
              .conclude = conclude,
              .close = close_state},
};
