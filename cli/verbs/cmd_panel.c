/* cmd_panel.c - `behov panel merge`: a panel in the municipalities of another year. */
#include <stdlib.h>
#include <string.h>

#include "number_options.h"
#include "outputs.h"
#include "read_municipality_history.h"
#include "study_options.h"
#include "verbs.h"
#include "write_merge.h"

static const option_text panel_options[] = {
    {"to", 't', ARGUMENT(YEAR), HELP(PANEL_TO), "2020 2024"},
    {"splits", 0, ARGUMENT(SPLITS), HELP(PANEL_SPLITS), "error drop weights"},
    {"shares", 0, ARGUMENT(FILE), HELP(PANEL_SHARES), ".csv .tsv .txt"},
    {"changes", 0, ARGUMENT(FILE), HELP(PANEL_CHANGES), ".csv .tsv .txt"},
    {"sum", 0, ARGUMENT(LIST), HELP(PANEL_SUM), NULL},
    {"rate", 0, ARGUMENT(COLUMN_PER_COLUMN), HELP(PANEL_RATE), NULL},
    {"mean", 0, ARGUMENT(COLUMN_PER_COLUMN), HELP(PANEL_MEAN), NULL},
    {"leave-out", 0, ARGUMENT(LIST), HELP(PANEL_LEAVE_OUT), NULL},
    MODEL_OPTION,
    {"code", 0, ARGUMENT(COLUMN), HELP(OPTION_CODE), NULL},
    {"municipality", 0, ARGUMENT(COLUMN), HELP(OPTION_NAME_COLUMN), NULL},
    {"year", 0, ARGUMENT(COLUMN), HELP(OPTION_YEAR_COLUMN), NULL},
    POPULATION_OPTION,
    {"separator", 0, ARGUMENT(MARK), HELP(OPTION_SEPARATOR), "comma semicolon tab"},
    {"decimal", 0, ARGUMENT(MARK), HELP(OPTION_DECIMAL), "point comma"},
    {"encoding", 0, ARGUMENT(NAME), HELP(OPTION_ENCODING), "UTF-8 ISO-8859-1 Windows-1252"},
    {"missing", 0, ARGUMENT(TEXT), HELP(OPTION_MISSING), NULL},
    LANG_OPTION,
    OUTPUT_OPTIONS,
};

typedef struct panel_state {
    merge_results results;
    double year;
    behov_merge_splits splits;
    behov_merge_rule *rules;
    const char **left_out;
    size_t n_rules, n_left_out;
    char **texts; /* own copies of what the options list */
    size_t n_texts;
    behov_table *table, *share_table;
    behov_merge_share *shares;
    size_t n_shares;
    behov_municipality_history *history;
} panel_state;

/* ---- what a call says ---------------------------------------------------------------------------------------------- */

/* A copy of an option's value that lives as long as the state; NULL without memory. */
static char *keep(panel_state *state, const char *text)
{
    char **texts = realloc(state->texts, (state->n_texts + 1) * sizeof *texts), *copy = texts ? strdup(text) : NULL;
    if (texts)
        state->texts = texts;
    if (copy)
        state->texts[state->n_texts++] = copy;
    return copy;
}

static bool add_rule(panel_state *state, behov_merge_rule rule)
{
    behov_merge_rule *rules = realloc(state->rules, (state->n_rules + 1) * sizeof *rules);
    if (!rules)
        return false;
    state->rules = rules;
    rules[state->n_rules++] = rule;
    return true;
}

static bool add_left_out(panel_state *state, const char *column)
{
    const char **left_out = realloc(state->left_out, (state->n_left_out + 1) * sizeof *left_out);
    if (!left_out)
        return false;
    state->left_out = left_out;
    left_out[state->n_left_out++] = column;
    return true;
}

static int no_memory(void)
{
    behov_error err;
    behov_error_say(&err, BEHOV_E_MEMORY, "", SAY_MERGE_NO_MEMORY);
    return print_failure(&err);
}

/* "a,b": each name, without the blanks around it. */
static int read_list(verb_call *call, const char *option, bool is_sum)
{
    panel_state *state = call->state;
    for (size_t i = 0; i < option_count(call->line, option); i++) {
        char *text = keep(state, option_value_at(call->line, option, i)), *rest = NULL;
        if (!text)
            return no_memory();
        for (char *name = strtok_r(text, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
            name += strspn(name, " ");
            for (size_t n = strlen(name); n && name[n - 1] == ' '; n--)
                name[n - 1] = '\0';
            if (!(is_sum ? add_rule(state, (behov_merge_rule){name, NULL, BEHOV_MERGE_SUM})
                         : add_left_out(state, name)))
                return no_memory();
        }
    }
    return 0;
}

/* "a/b": a per b. */
static int read_ratios(verb_call *call, const char *option, behov_merge_kind kind)
{
    panel_state *state = call->state;
    for (size_t i = 0; i < option_count(call->line, option); i++) {
        char *text = keep(state, option_value_at(call->line, option, i)), *slash = text ? strrchr(text, '/') : NULL;
        if (!text)
            return no_memory();
        if (!slash || slash == text || !slash[1])
            return wrong_value(call->line->verb, option, text, SAY_PANEL_NO_DENOMINATOR, option, text);
        *slash = '\0';
        if (!add_rule(state, (behov_merge_rule){text, slash + 1, kind}))
            return no_memory();
    }
    return 0;
}

static int read_splits(verb_call *call)
{
    const command_line *line = call->line;
    panel_state *state = call->state;
    const char *splits = option_value(line, "splits"), *shares = option_value(line, "shares");
    if (splits && strcmp(splits, "error") != 0 && strcmp(splits, "drop") != 0 && strcmp(splits, "weights") != 0)
        return wrong_value(line->verb, "splits", splits, SAY_PANEL_SPLITS, splits);
    bool is_weighted = splits && strcmp(splits, "weights") == 0;
    if (shares ? splits && !is_weighted : is_weighted)
        return wrong_call(line->verb, SAY_PANEL_SHARES);
    state->splits = shares                                  ? BEHOV_SPLITS_WEIGHTED
                    : splits && strcmp(splits, "drop") == 0 ? BEHOV_SPLITS_DROPPED
                                                            : BEHOV_SPLITS_REFUSED;
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    panel_state *state = call->state;
    if (!line->n_operands || strcmp(line->operands[0], "merge") != 0)
        return wrong_call(line->verb, SAY_PANEL_WHAT, line->n_operands ? line->operands[0] : "");
    if (line->n_operands > 2)
        return wrong_call(line->verb, SAY_PANEL_ONE, line->operands[2]);
    if (!option_given(line, "to"))
        return wrong_call(line->verb, SAY_PANEL_TO_MISSING);
    if (!whole_option(line, "to", 1838, 2100, &state->year))
        return 2;
    call->panel = line->n_operands > 1 ? line->operands[1] : NULL;
    int code = read_splits(call);
    if (!code)
        code = read_list(call, "sum", true);
    if (!code)
        code = read_list(call, "leave-out", false);
    if (!code)
        code = read_ratios(call, "rate", BEHOV_MERGE_RATE);
    return code ? code : read_ratios(call, "mean", BEHOV_MERGE_MEAN);
}

/* ---- what it does -------------------------------------------------------------------------------------------------- */

static int open_files(verb_call *call)
{
    const command_line *line = call->line;
    panel_state *state = call->state;
    const char *shares = option_value(line, "shares");
    behov_error err;
    if (read_municipality_history(option_value(line, "changes"), &note_beside, &state->history, &err))
        return print_failure(&err);
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

static behov_status compute(verb_call *call, behov_error *err)
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
    if (!status)
        status = behov_panel_check(&panel, err);
    behov_merge_options options = {.year = (int)state->year,
                                   .rules = state->rules,
                                   .n_rules = state->n_rules,
                                   .model = &call->study.model,
                                   .left_out = state->left_out,
                                   .n_left_out = state->n_left_out,
                                   .splits = state->splits,
                                   .shares = state->shares,
                                   .n_shares = state->n_shares};
    if (!status)
        status = behov_panel_merge_compute(&panel, state->history, &options, &state->results.merge, err);
    state->results.lang = call->study.lang;
    state->results.panel = call->panel;
    state->results.is_simulated = behov_study_says_simulated(state->table);
    return status;
}

static void close_state(void *context)
{
    panel_state *state = context;
    behov_panel_merge_free(&state->results.merge);
    behov_municipality_history_free(state->history);
    behov_table_free(state->table);
    behov_table_free(state->share_table);
    for (size_t i = 0; i < state->n_texts; i++)
        free(state->texts[i]);
    free(state->texts);
    free(state->rules);
    free(state->left_out);
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
