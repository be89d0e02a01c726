/* cmd_panel.c - `behov panel merge`: a panel in the municipalities of another year; `behov panel read`: a file as a long
 * table. */
#include <stdlib.h>
#include <string.h>

#include "merge_options.h"
#include "number_options.h"
#include "outputs.h"
#include "read_json_stat.h"
#include "read_municipality_history.h"
#include "study_options.h"
#include "verbs.h"
#include "write_long_table.h"
#include "write_merge.h"

static const option_text panel_options[] = {
    MERGE_OPTIONS,
    MODEL_OPTION,
    {"code", 0, ARGUMENT(COLUMN), HELP(OPTION_CODE), NULL},
    {"municipality", 0, ARGUMENT(COLUMN), HELP(OPTION_NAME_COLUMN), NULL},
    {"year", 0, ARGUMENT(COLUMN), HELP(OPTION_YEAR_COLUMN), NULL},
    POPULATION_OPTION,
    {"sheet", 0, ARGUMENT(NAME), HELP(OPTION_SHEET), NULL},
    {"separator", 0, ARGUMENT(MARK), HELP(OPTION_SEPARATOR), "comma semicolon tab"},
    {"decimal", 0, ARGUMENT(MARK), HELP(OPTION_DECIMAL), "point comma"},
    {"encoding", 0, ARGUMENT(NAME), HELP(OPTION_ENCODING), "UTF-8 ISO-8859-1 Windows-1252"},
    {"missing", 0, ARGUMENT(TEXT), HELP(OPTION_MISSING), NULL},
    {"dataset", 0, ARGUMENT(N), HELP(PANEL_DATASET), NULL},
    {"labels", 0, NO_ARGUMENT, HELP(PANEL_LABELS), NULL},
    LANG_OPTION,
    OUTPUT_OPTIONS,
};

/* What is done to a panel, and the options that have a meaning there beside those of outputs and language. */
typedef enum deed { MERGE, READ, N_DEEDS } deed;

static const struct {
    const char *name, *options;
} deeds[N_DEEDS] = {
    [MERGE] =
        {"merge",
         "to splits shares changes sum rate mean leave-out model code municipality year population sheet separator "
         "decimal encoding missing"},
    [READ] = {"read", "dataset labels"},
};

typedef struct panel_state {
    deed deed;
    merge_results results;
    merge_options merging;
    behov_table *table, *share_table;
    behov_merge_share *shares;
    size_t n_shares;
    behov_municipality_history *history;
    long_table_results long_table;
    double dataset;
} panel_state;

/* ---- what a call says ---------------------------------------------------------------------------------------------- */

static bool is_listed(const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *found = strstr(list, name); found; found = strstr(found + 1, name))
        if ((found == list || found[-1] == ' ') && (!found[length] || found[length] == ' '))
            return true;
    return false;
}

/* An option of another deed would be passed over in silence. */
static int refuse_foreign_options(const command_line *line, deed chosen)
{
    for (size_t i = 0; i < line->n_given; i++) {
        const char *name = line->parsed_option[i].option->name;
        for (int other = 0; other < N_DEEDS; other++)
            if (other != (int)chosen && is_listed(deeds[other].options, name) &&
                !is_listed(deeds[chosen].options, name))
                return wrong_call(line->verb, SAY_PANEL_FOREIGN_OPTION, name, deeds[other].name);
    }
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    panel_state *state = call->state;
    while (line->n_operands && state->deed < N_DEEDS && strcmp(line->operands[0], deeds[state->deed].name) != 0)
        state->deed++;
    if (!line->n_operands || state->deed == N_DEEDS)
        return wrong_call(line->verb, SAY_PANEL_WHAT, line->n_operands ? line->operands[0] : "");
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_PANEL_ONE, line->operands[2]);
    int code = refuse_foreign_options(line, state->deed);
    if (code)
        return code;
    call->panel = line->n_operands > 1 ? line->operands[1] : NULL;
    if (state->deed == MERGE)
        return merge_options_read(line, &state->merging);
    call->needs = 0;
    call->writers = &long_table_writers;
    call->context = &state->long_table;
    if (!call->panel)
        return wrong_call(line->verb, SAY_PANEL_READ_WHAT);
    if (!study_language(line, &call->study.lang) ||
        (option_given(line, "dataset") && !whole_option(line, "dataset", 1, 1000000, &state->dataset)))
        return 2;
    return 0;
}

/* ---- what it does -------------------------------------------------------------------------------------------------- */

static int open_files(verb_call *call)
{
    const command_line *line = call->line;
    panel_state *state = call->state;
    const char *shares = option_value(line, "shares");
    behov_error err;
    if (state->deed != MERGE)
        return 0;
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

static int open_panel(verb_call *call)
{
    panel_state *state = call->state;
    return study_read_whole_panel(&call->study, call->line, call->panel, &state->table);
}

static behov_status merge(verb_call *call, behov_error *err)
{
    const command_line *line = call->line;
    panel_state *state = call->state;
    const char *names[BEHOV_N_ROLES] = {[BEHOV_ROLE_CODE] = option_value(line, "code"),
                                        [BEHOV_ROLE_MUNICIPALITY] = option_value(line, "municipality"),
                                        [BEHOV_ROLE_YEAR] = option_value(line, "year"),
                                        [BEHOV_ROLE_POPULATION] = option_value(line, "population")};
    behov_panel panel;
    behov_status status = behov_panel_find(state->table, names, &panel, err);
    if (!status)
        status = behov_plausibility_mark(state->table, &panel, err);
    if (!status && panel.columns[BEHOV_ROLE_CODE] >= 0 && panel.columns[BEHOV_ROLE_YEAR] >= 0)
        status = behov_panel_merge_mark(state->table, &panel, state->history, err);
    if (!status)
        status = behov_panel_check(&panel, err);
    behov_merge_options options = {.year = (int)state->merging.year,
                                   .rules = state->merging.rules,
                                   .n_rules = state->merging.n_rules,
                                   .model = &call->study.model,
                                   .left_out = state->merging.left_out,
                                   .n_left_out = state->merging.n_left_out,
                                   .splits = state->merging.splits,
                                   .shares = state->shares,
                                   .n_shares = state->n_shares};
    if (!status)
        status = behov_panel_merge_compute(&panel, state->history, &options, &state->results.merge, err);
    state->results.lang = call->study.lang;
    state->results.panel = call->panel;
    state->results.is_simulated = behov_study_says_simulated(state->table);
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    panel_state *state = call->state;
    if (state->deed == MERGE) {
        call->context = &state->results;
        return merge(call, err);
    }
    state->long_table.lang = call->study.lang;
    state->long_table.path = call->panel;
    return read_json_stat(call->panel, (size_t)state->dataset, option_given(call->line, "labels"), &note_beside,
                          &state->long_table.long_table, err);
}

static void close_state(void *context)
{
    panel_state *state = context;
    behov_panel_merge_free(&state->results.merge);
    behov_municipality_history_free(state->history);
    behov_table_free(state->table);
    behov_table_free(state->share_table);
    behov_long_table_free(&state->long_table.long_table);
    merge_options_free(&state->merging);
    free(state->shares);
}

const verb verb_panel = {
    .name = "panel",
    VERB_WORDS(PANEL),
    .rows = HELP(ROWS_PANEL),
    VERB_OPTIONS(panel_options),
    .repeatable = "output sum rate mean leave-out",
    .needs = NEEDS_MODEL,
    .state_size = sizeof(panel_state),
    .read = read_choices,
    .open = open_files,
    .choose = open_panel,
    .compute = compute,
    .writers = &merge_writers,
    .close = close_state,
};
