/* panel_merge_verb.c - `behov panel merge`: a panel in the municipalities of another year. */
#include <stdlib.h>

#include <behov/build_remarks.h>
#include <behov/merge_doubts.h>
#include <behov/study_findings.h>

#include "findings_options.h"
#include "manifests.h"
#include "merge_options.h"
#include "panel_deeds.h"
#include "read_municipality_history.h"
#include "study_options.h"
#include "write_merge.h"

typedef struct merge_state {
    merge_results results;
    merge_options merging;
    behov_table *share_table;
    behov_merge_share *shares;
    size_t n_shares;
    behov_municipality_history *history;
} merge_state;

static int read_choices(verb_call *call)
{
    merge_state *state = call->state;
    int code = merge_options_read(call->line, &state->merging);
    return code ? code : manifests_check(call->line, manifests_is_table);
}

static int open_files(verb_call *call)
{
    const command_line *line = call->line;
    merge_state *state = call->state;
    const char *shares = option_value(line, "shares");
    behov_error err;
    if (read_municipality_history(option_value(line, "changes"), &note_beside, &state->history, &err))
        return print_failure(&err);
    int last_year = behov_municipality_history_last_date(state->history) / 10000;
    if (state->merging.year > last_year)
        print_note(SAY_PANEL_BEYOND, last_year, (int)state->merging.year);
    if (shares && (read_merge_shares(shares, &note_beside, &state->share_table, &err) ||
                   behov_merge_shares_read(state->share_table, &state->shares, &state->n_shares, &err)))
        return print_failure(&err);
    return 0;
}

/* Whom the model leaves out of its estimation is as much in the panel as the others. */
static void forget_conditions(behov_study *study)
{
    behov_expression_free(study->exclude);
    behov_expression_free(study->set_aside);
    study->exclude = study->set_aside = NULL;
}

static behov_status look_at_panel(verb_call *call, behov_error *err)
{
    const command_line *line = call->line;
    merge_state *state = call->state;
    behov_study *study = &call->study;
    const char *names[BEHOV_N_ROLES] = {[BEHOV_ROLE_CODE] = option_value(line, "code"),
                                        [BEHOV_ROLE_MUNICIPALITY] = option_value(line, "municipality"),
                                        [BEHOV_ROLE_YEAR] = option_value(line, "year"),
                                        [BEHOV_ROLE_POPULATION] = option_value(line, "population")};
    behov_status status = behov_panel_find(study->table, names, &study->panel, err);
    if (!status)
        status = behov_plausibility_mark(study->table, &study->panel, err);
    if (!status && study->panel.columns[BEHOV_ROLE_CODE] >= 0 && study->panel.columns[BEHOV_ROLE_YEAR] >= 0)
        status = behov_panel_merge_mark(study->table, &study->panel, state->history, err);
    if (!status)
        status = behov_panel_check(&study->panel, err);
    return status ? status : behov_findings_look_knowing(study, true, err);
}

/* A sum hides what is wrong with one of its parts, so errors are looked for before it is made. */
static int open_panel(verb_call *call)
{
    behov_study *study = &call->study;
    behov_error err;
    int code = study_read_whole_panel(study, call->line, call->panel, &study->table);
    if (code)
        return code;
    forget_conditions(study);
    if (look_at_panel(call, &err))
        return print_failure(&err);
    code = findings_print(study, option_given(call->line, "quiet"));
    /* The cautions are said anew, and with them what was said of the making of the panel. */
    return !code && study_add_remarks_of_making(study, &err) ? print_failure(&err) : code;
}

/* What is odd about a figure is not to be seen any longer once it is a part of another. */
static behov_status tell_doubts(verb_call *call, behov_error *err)
{
    const merge_state *state = call->state;
    behov_study *study = &call->study;
    size_t n = study->n_cautions;
    behov_status status = behov_cautions_say_merged(study, state->history, &state->results.merge, err);
    for (; n < study->n_cautions && !status; n++)
        print_note(SAY_MESSAGE, study->cautions[n]);
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    merge_state *state = call->state;
    behov_merge_options options = {.year = (int)state->merging.year,
                                   .rules = state->merging.rules,
                                   .n_rules = state->merging.n_rules,
                                   .model = &call->study.model,
                                   .left_out = state->merging.left_out,
                                   .n_left_out = state->merging.n_left_out,
                                   .splits = state->merging.splits,
                                   .shares = state->shares,
                                   .n_shares = state->n_shares};
    state->results.study = &call->study;
    state->results.lang = call->study.lang;
    state->results.panel = call->panel;
    state->results.is_simulated = behov_study_says_simulated(call->study.table);
    behov_status status =
        behov_panel_merge_compute(&call->study.panel, state->history, &options, &state->results.merge, err);
    return status ? status : tell_doubts(call, err);
}

/* What was said of the making of the panel holds of the merged one too. */
static int conclude(verb_call *call)
{
    const merge_state *state = call->state;
    behov_wording left_out = {0};
    behov_error err;
    behov_merge_list_left_out(&state->results.merge, &left_out);
    int code = behov_wording_status(&left_out, &err) ? print_failure(&err) : 0;
    if (!code)
        code = manifests_hand_on(call->line, manifests_is_table, "panel merge", call->day, call->panel,
                                 left_out.length ? behov_wording_text(&left_out) : NULL);
    behov_wording_free(&left_out);
    return code;
}

static void close_state(void *context)
{
    merge_state *state = context;
    behov_panel_merge_free(&state->results.merge);
    behov_municipality_history_free(state->history);
    behov_table_free(state->share_table);
    merge_options_free(&state->merging);
    free(state->shares);
}

const verb_deed panel_merge_deed = {
    .options = "to splits shares changes sum rate mean leave-out model code municipality year population sheet "
               "separator decimal encoding missing allow",
    .most_operands = 1,
    .steps = {.name = "merge",
              .needs = NEEDS_MODEL,
              .state_size = sizeof(merge_state),
              .read = read_choices,
              .open = open_files,
              .choose = open_panel,
              .compute = compute,
              .writers = &merge_writers,
              .conclude = conclude,
              .close = close_state},
};
