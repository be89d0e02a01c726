/* key_index_verb.c - `behov key CRITERIA`: the key of each municipality, and what else it may be held against. */
#include <stdlib.h>
#include <string.h>

#include <behov/key_results.h>
#include <behov/number.h>

#include "figures_options.h"
#include "findings_options.h"
#include "key_deeds.h"
#include "like_options.h"
#include "number_options.h"
#include "read_key_weights.h"
#include "read_municipality_history.h"
#include "study_options.h"
#include "write_key.h"

enum { NEWEST_BUNDLED_YEAR = 2026 };

typedef struct index_state {
    behov_key_results results;
    behov_key_request request;
    behov_study study; /* of the criteria */
    behov_table *weights_table;
    behov_municipality_history *history;
    behov_key_said *said; /* of --kind and then of --total */
    char **texts;         /* what their names lie in, and that of --modified */
    size_t n_texts;
    const char *criteria_path;
    int year, panel_year;
} index_state;

/* ---- what the call says ------------------------------------------------------------------------------------------ */

/* "NAME=VALUE", parted at the last mark; the text is kept. NULL without a mark or without memory. */
static char *part(index_state *state, const char *text, const char **name)
{
    char *copy = strdup(text), *mark = copy ? strrchr(copy, '=') : NULL;
    if (copy)
        state->texts[state->n_texts++] = copy;
    if (!mark || mark == copy || !mark[1])
        return NULL;
    *mark = '\0';
    *name = copy;
    return mark + 1;
}

static int read_kinds(const command_line *line, index_state *state)
{
    for (size_t i = 0; i < option_count(line, "kind"); i++) {
        behov_key_said *said = &state->said[state->request.n_kinds];
        const char *text = option_value_at(line, "kind", i), *kind = part(state, text, &said->name);
        said->kind = kind ? behov_criterion_kind_find(kind) : BEHOV_N_CRITERION_KINDS;
        if (said->kind == BEHOV_N_CRITERION_KINDS)
            return wrong_call(line->verb, SAY_KEY_KIND_WRONG, text);
        state->request.n_kinds++;
    }
    state->request.kinds = state->said;
    return 0;
}

static int read_totals(const command_line *line, index_state *state)
{
    behov_key_said *totals = state->said + state->request.n_kinds;
    for (size_t i = 0; i < option_count(line, "total"); i++) {
        behov_key_said *said = &totals[state->request.n_totals];
        const char *text = option_value_at(line, "total", i), *total = part(state, text, &said->name);
        if (!total ||
            behov_number_parse(total, strlen(total), strchr(total, ',') ? ',' : '.', &said->total) != BEHOV_NUMBER_OK ||
            !(said->total > 0))
            return wrong_call(line->verb, SAY_KEY_TOTAL_WRONG, text);
        double other;
        if (behov_number_may_be_thousands(total, strlen(total), &other))
            return wrong_call(line->verb, SAY_OPTION_NUMBER_AMBIGUOUS, "total", text,
                              behov_phrase_number(said->total).text, behov_phrase_number(other).text);
        state->request.n_totals++;
    }
    state->request.totals = totals;
    return 0;
}

/* COLUMN, or CRITERION=COLUMN. */
static void read_modified(const command_line *line, index_state *state)
{
    const char *text = option_value(line, "modified");
    if (!text)
        return;
    state->request.modified_column = part(state, text, &state->request.modified_criterion);
    if (!state->request.modified_column)
        state->request.modified_column = text;
}

static int read_years(const command_line *line, index_state *state)
{
    double year = 0, criteria_year = 0, panel_year = 0;
    if (!whole_option(line, "year", 1, 9999, &year) || !whole_option(line, "criteria-year", 1, 9999, &criteria_year) ||
        !whole_option(line, "panel-year", 1, 9999, &panel_year))
        return 2;
    state->year = (int)year;
    state->panel_year = (int)panel_year;
    state->request.year = (int)criteria_year;
    return 0;
}

static int read_comparison(verb_call *call)
{
    static const char *const needs_panel[] = {"panel-year",     "model",        "formula", "exclude",
                                              "set-aside",      "outcome-unit", "cluster", "se",
                                              "drop-collinear", "level",        "like",    "count"};
    const command_line *line = call->line;
    const char *panel = option_value(line, "panel");
    double level_pct = 100 * call->fit_choices.level;
    call->panel = panel && strcmp(panel, "bundled") != 0 ? panel : NULL;
    for (size_t i = 0; i < sizeof needs_panel / sizeof *needs_panel && !panel; i++)
        if (option_given(line, needs_panel[i]))
            return wrong_call(line->verb, SAY_KEY_NEEDS_PANEL, needs_panel[i]);
    if (!level_option(line, &level_pct))
        return 2;
    call->fit_choices.level = level_pct / 100;
    call->needs = (panel ? NEEDS_RESULTS | NAMES_ITS_PANEL | GROUPS_BY_LIKE : 0) | NEEDS_MUNICIPALITIES;
    if (panel && !call->grouping && !option_given(line, "like"))
        call->grouping = "size";
    return 0;
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    index_state *state = call->state;
    unsigned allowed = 0;
    if (!call->panel)
        return wrong_call(line->verb, SAY_KEY_WHAT);
    size_t n = option_count(line, "kind") + option_count(line, "total") + 1;
    state->criteria_path = call->panel;
    state->said = calloc(n, sizeof *state->said);
    state->texts = calloc(n + 1, sizeof *state->texts);
    if (!state->said || !state->texts) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    if (!study_language(line, &call->study.lang) || !findings_read_allowed(line, &allowed))
        return 2;
    state->request.allows_year_mismatch = option_given(line, "allow-year-mismatch");
    state->request.allows_missing = (allowed >> BEHOV_ODD_MISSING) & 1u;
    state->request.allows_codes = (allowed >> BEHOV_ODD_CODE) & 1u;
    int code = read_years(line, state);
    if (!code)
        code = read_kinds(line, state);
    if (!code)
        code = read_totals(line, state);
    if (!code)
        read_modified(line, state);
    return code ? code : read_comparison(call);
}

/* ---- what is opened ---------------------------------------------------------------------------------------------- */

static int open_weights(const command_line *line, index_state *state)
{
    behov_error err;
    const char *path = option_value(line, "weights");
    int year = state->year || path ? state->year : NEWEST_BUNDLED_YEAR;
    state->results.weights_path = path;
    return read_key_weights(path, &note_beside, &state->weights_table, &err) ||
                   behov_key_weights_read(state->weights_table, year, option_value(line, "key"),
                                          &state->results.weights, &err)
               ? print_failure(&err)
               : 0;
}

static int open_files(verb_call *call)
{
    index_state *state = call->state;
    behov_error err;
    int code = open_weights(call->line, state);
    if (!code && read_municipality_history(NULL, &note_beside, &state->history, &err))
        code = print_failure(&err);
    if (!code)
        code = key_open_table(call, state->criteria_path, &state->study);
    if (!code && figures_tell_other_names(state->study.table, &err))
        code = print_failure(&err);
    if (code)
        return code;
    state->request.history = state->history;
    state->results.lang = state->study.lang;
    state->results.path = state->criteria_path;
    state->results.is_simulated = state->study.is_simulated;
    return behov_key_criteria_add_computed(state->study.table, &state->results.weights, &err) ||
                   behov_key_criteria_find(&state->study.panel, &state->results.weights, &state->request,
                                           &state->results.criteria, &err)
               ? print_failure(&err)
               : 0;
}

static behov_status compare(verb_call *call, index_state *state, behov_error *err)
{
    behov_key_results *results = &state->results;
    int year = state->panel_year ? state->panel_year : results->criteria.year;
    if (!option_given(call->line, "panel"))
        return BEHOV_OK;
    behov_status status =
        behov_yardsticks_compute(&call->fit_results, &results->criteria.municipalities, results->key.index, year,
                                 &results->groups, &results->yardsticks, err);
    results->fit_results = status ? NULL : &call->fit_results;
    return status;
}

static behov_status compute(verb_call *call, behov_error *err)
{
    index_state *state = call->state;
    call->context = &state->results;
    like_kept like_kept = {0, 0};
    behov_status status = like_options_keep(call, &state->results.criteria.municipalities, &like_kept, err);
    state->results.n_like = like_kept.n;
    state->results.n_like_missing = like_kept.n_missing;
    if (!status)
        status =
            behov_key_results_compute(&state->results, call->municipalities.list, &call->municipalities.grouping, err);
    return status ? status : compare(call, state, err);
}

static void close_state(void *context)
{
    index_state *state = context;
    behov_key_results_free(&state->results);
    behov_study_close(&state->study);
    behov_table_free(state->weights_table);
    behov_municipality_history_free(state->history);
    for (size_t i = 0; i < state->n_texts; i++)
        free(state->texts[i]);
    free(state->texts);
    free(state->said);
}

const verb_deed key_index_deed = {
    .most_operands = 1,
    .options =
        "weights year key criteria-year allow-year-mismatch kind total modified municipality group like count panel "
        "panel-year model formula exclude set-aside outcome-unit code name-column year-column population "
        "separator decimal encoding sheet missing allow level cluster se drop-collinear",
    .steps = {.name = "",
              .needs = NEEDS_MUNICIPALITIES,
              .state_size = sizeof(index_state),
              .read = read_choices,
              .open = open_files,
              .compute = compute,
              .writers = &key_writers,
              .close = close_state},
};
