/* cmd_fetch.c - `behov fetch`: tables and files of publishers, with the request beside each. */
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/wording.h>

#include "fetch.h"
#include "fetch_recipe.h"
#include "json_build.h"
#include "messages.h"
#include "outputs.h"
#include "progress.h"
#include "study_options.h"
#include "target.h"
#include "verbs.h"
#include "visible.h"
#include "write_json.h"

static const option_text fetch_options[] = {
    {"select", 's', ARGUMENT(FETCH_SELECTION), HELP(FETCH_SELECT), NULL},
    {"codelist", 0, ARGUMENT(FETCH_CODE_LIST), HELP(FETCH_CODELIST), NULL},
    {"api", 0, ARGUMENT(KIND), HELP(FETCH_API), "pxweb2 pxweb0 klass address"},
    {"server", 0, ARGUMENT(FETCH_ADDRESS), HELP(FETCH_SERVER), "-"},
    {"recipe", 0, ARGUMENT(FILE), HELP(FETCH_RECIPE), ".ini"},
    {"files", 0, ARGUMENT(FOLDER), HELP(FETCH_FILES), ".*"},
    {"years", 0, ARGUMENT(YEARS), HELP(FETCH_YEARS), NULL},
    {"offline", 0, NO_ARGUMENT, HELP(FETCH_OFFLINE), NULL},
    LANG_OPTION,
    {"output", 'o', ARGUMENT(FILE), HELP(FETCH_OUTPUT), ".json .csv"},
    JSON_OPTION,
    QUIET_OPTION,
};

typedef struct fetch_state {
    fetch_order order;
    fetch_choice *choices;
    char **names; /* of choices, cut off the call's words */
    char ***expressions;
    size_t n_choices;
    bool shows_table; /* nothing is chosen: what can be */
    pxweb_table table;
    fetch_result result;
    fetch_recipe recipe;
} fetch_state;

/* ---- what a call says ---------------------------------------------------------------------------------------------- */

static int no_memory(void)
{
    print_line(SAY_VERB_NO_MEMORY);
    return 1;
}

/* "Region=*" cut at its first equals sign; 2 with a sentence when it has none. */
static int cut_pair(const command_line *line, const char *option, const char *text, char **name, const char **value)
{
    const char *equals = strchr(text, '=');
    while (*text == ' ')
        text++;
    size_t length = equals ? (size_t)(equals - text) : 0;
    while (length && text[length - 1] == ' ')
        length--;
    if (!equals || !length || !equals[1 + strspn(equals + 1, " ")])
        return wrong_call(line->verb, SAY_FETCH_NO_PAIR, option, behov_cut(text, 80).text);
    *name = strndup(text, length);
    *value = equals + 1;
    return *name ? 0 : no_memory();
}

static int read_choices_of(const command_line *line, fetch_state *state)
{
    size_t n = option_count(line, "select");
    state->choices = calloc(n + 1, sizeof *state->choices);
    state->names = calloc(n + 1, sizeof *state->names);
    state->expressions = calloc(n + 1, sizeof *state->expressions);
    if (!state->choices || !state->names || !state->expressions)
        return no_memory();
    for (size_t i = 0; i < n; i++) {
        const char *value;
        size_t n_expressions;
        int code = cut_pair(line, "select", option_value_at(line, "select", i), &state->names[i], &value);
        state->n_choices = i + 1;
        if (code)
            return code;
        if (!(state->expressions[i] = pxweb_expressions(value, &n_expressions)))
            return no_memory();
        state->choices[i] = (fetch_choice){.variable = state->names[i],
                                           .expressions = (const char *const *)state->expressions[i],
                                           .n_expressions = n_expressions};
    }
    return 0;
}

/* A code list belongs to the selection of its variable. */
static int read_code_lists(const command_line *line, fetch_state *state)
{
    for (size_t i = 0; i < option_count(line, "codelist"); i++) {
        char *name = NULL;
        const char *value, *text = option_value_at(line, "codelist", i);
        bool is_found = false;
        int code = cut_pair(line, "codelist", text, &name, &value);
        if (code)
            return code;
        for (size_t j = 0; j < state->n_choices; j++)
            if (pxweb_is_same_code(state->choices[j].variable, name)) {
                state->choices[j].code_list = value;
                is_found = true;
            }
        free(name);
        if (!is_found)
            return wrong_call(line->verb, SAY_FETCH_CODE_LIST_ALONE, behov_cut(text, 80).text);
    }
    return 0;
}

static int read_api(const command_line *line, const char *table, fetch_api *api)
{
    const char *name = option_value(line, "api");
    *api = table && strstr(table, "://") ? FETCH_ADDRESS : FETCH_PXWEB2;
    if (!name)
        return 0;
    for (*api = 0; *api < FETCH_N_APIS; ++*api)
        if (strcmp(fetch_api_name(*api), name) == 0)
            return 0;
    return wrong_value(line->verb, "api", name, SAY_FETCH_NO_API, name);
}

static int read_choices(verb_call *call)
{
    const command_line *line = call->line;
    fetch_state *state = call->state;
    if (!study_language(line, &call->study.lang))
        return 2;
    if (option_given(line, "recipe"))
        return fetch_recipe_read(line, &state->recipe);
    if (option_given(line, "files") || option_given(line, "years"))
        return wrong_call(line->verb, SAY_FETCH_NO_RECIPE);
    if (!line->n_operands)
        return wrong_call(line->verb, SAY_FETCH_WHAT);
    if (line->n_operands > 1)
        return wrong_call(line->verb, SAY_FETCH_ONE_TABLE, line->operands[1]);
    fetch_order *order = &state->order;
    int code = read_api(line, line->operands[0], &order->api);
    if (!code)
        code = read_choices_of(line, state);
    if (!code)
        code = read_code_lists(line, state);
    if (code)
        return code;
    bool is_pxweb = order->api == FETCH_PXWEB2 || order->api == FETCH_PXWEB0;
    order->server = fetch_server_option(line, order->api, true);
    order->table = line->operands[0];
    order->choices = state->choices;
    order->n_choices = state->n_choices;
    order->path = option_value(line, "output");
    order->is_offline = option_given(line, "offline");
    state->shows_table = is_pxweb && !state->n_choices && !order->path && !order->is_offline;
    if (order->path && (strcmp(order->path, "-") == 0 || target_is_open_stream(order->path)))
        return wrong_call(line->verb, SAY_FETCH_NO_STREAM, order->path);
    if (!order->path && !state->shows_table)
        return wrong_call(line->verb, SAY_FETCH_WHERE);
    return 0;
}

/* ---- what it does -------------------------------------------------------------------------------------------------- */

static behov_status compute(verb_call *call, behov_error *err)
{
    fetch_state *state = call->state;
    fetch_session *session = NULL;
    if (option_given(call->line, "recipe"))
        return fetch_recipe_run(&state->recipe, err);
    progress *bar = progress_new(state->order.table);
    behov_status status = fetch_open(&note_beside, progress_step, bar, &session, err);
    if (!status)
        status = state->shows_table ? fetch_table(session, &state->order, &state->table, err)
                                    : fetch_files(session, &state->order, &state->result, err);
    fetch_close(session);
    progress_free(bar);
    return status;
}

/* ---- its page ------------------------------------------------------------------------------------------------------ */

static void add_value(const json_stat_category *value, behov_wording *list)
{
    bool has_label = value->label && strcmp(value->label, value->code) != 0;
    behov_wording_add_after(list, ", ", value->code);
    if (has_label)
        behov_wording_print(list, " %s", value->label);
}

/* "  Region (region)  must be chosen  893 values: 0 Hele landet, 3101 Halden, ... 9999" */
static void print_variable(const pxweb_variable *variable, behov_language lang, behov_wording *line)
{
    enum { MOST_SHOWN = 8 };
    char count[BEHOV_NUMBER_SIZE];
    behov_wording list = {0};
    for (size_t i = 0; i < variable->n_values && i < MOST_SHOWN; i++)
        add_value(&variable->values[i], &list);
    if (variable->n_values > MOST_SHOWN + 1)
        behov_wording_add(&list, ", ...");
    if (variable->n_values > MOST_SHOWN)
        add_value(&variable->values[variable->n_values - 1], &list);
    behov_wording_clear(line);
    behov_wording_fill(line, lang,
                       variable->may_be_left_out ? BEHOV_WORD_FETCH_VARIABLE_MAY : BEHOV_WORD_FETCH_VARIABLE_MUST,
                       "code", variable->code, "label", variable->label ? variable->label : variable->code, "n",
                       behov_format_count(lang, (double)variable->n_values, count), "values", behov_wording_text(&list),
                       (const char *)NULL);
    print_visible(stdout, "  %s\n", behov_wording_text(line));
    behov_wording_spend(line, &list);
}

static behov_status print_table(const fetch_state *state, behov_language lang, behov_error *err)
{
    const pxweb_table *table = &state->table;
    behov_wording line = {0};
    print_visible(stdout, "%s\n", table->title ? table->title : state->order.table);
    for (size_t i = 0; i < table->n_variables; i++)
        print_variable(&table->variables[i], lang, &line);
    if (table->updated) {
        behov_wording_clear(&line);
        behov_wording_fill(&line, lang, BEHOV_WORD_FETCH_UPDATED, "updated", table->updated, (const char *)NULL);
        print_visible(stdout, "%s\n", behov_wording_text(&line));
    }
    behov_status status = behov_wording_status(&line, err);
    behov_wording_free(&line);
    return status;
}

static void print_part(const fetched_part *part, behov_language lang, behov_wording *line)
{
    char count[BEHOV_NUMBER_SIZE];
    bool has_cells = part->n_cells > 0;
    behov_wording_clear(line);
    behov_wording_fill(line, lang,
                       has_cells ? behov_word_by_count(BEHOV_WORD_FETCH_PART_CELLS, (double)part->n_cells)
                                 : BEHOV_WORD_FETCH_PART_BYTES,
                       "file", part->path, "n",
                       behov_format_count(lang, (double)(has_cells ? part->n_cells : part->n_bytes), count),
                       (const char *)NULL);
    if (part->updated) {
        behov_wording_add(line, ", ");
        behov_wording_fill(line, lang, BEHOV_WORD_FETCH_UPDATED, "updated", part->updated, (const char *)NULL);
    }
    behov_wording_add(line, ": ");
    behov_wording_fill(line, lang, part->is_kept ? BEHOV_WORD_FETCH_IS_KEPT : BEHOV_WORD_FETCH_IS_NEW,
                       (const char *)NULL);
    print_visible(stdout, "%s\n", behov_wording_text(line));
}

behov_status fetch_print_result(const fetch_result *result, const char *table, behov_language lang, behov_error *err)
{
    behov_wording line = {0};
    if (result->title)
        print_visible(stdout, "%s\n", result->title);
    for (size_t i = 0; i < result->n_parts; i++)
        print_part(&result->parts[i], lang, &line);
    if (result->source) {
        behov_wording_clear(&line);
        behov_wording_fill(&line, lang, BEHOV_WORD_FETCH_SOURCE, "source", result->source, "table", table,
                           (const char *)NULL);
        print_visible(stdout, "%s\n", behov_wording_text(&line));
    }
    behov_status status = behov_wording_status(&line, err);
    behov_wording_free(&line);
    return status;
}

static behov_status page(const verb_call *call, behov_error *err)
{
    const fetch_state *state = call->state;
    behov_language lang = call->study.lang;
    return option_given(call->line, "recipe") ? fetch_recipe_page(&state->recipe, lang, err)
           : state->shows_table               ? print_table(state, lang, err)
                                              : fetch_print_result(&state->result, state->order.table, lang, err);
}

/* ---- JSON ------------------------------------------------------------------------------------------------------------ */

static json_t *variable_json(const pxweb_variable *variable)
{
    json_t *object = json_object(), *values = json_array();
    json_put(object, "code", json_text(variable->code));
    json_put(object, "label", json_text(variable->label));
    json_put(object, "may_be_left_out", json_boolean(variable->may_be_left_out));
    for (size_t i = 0; i < variable->n_values; i++) {
        json_t *value = json_object();
        json_put(value, "code", json_text(variable->values[i].code));
        json_put(value, "label", json_text(variable->values[i].label));
        json_add(values, value);
    }
    json_put(object, "values", values);
    return object;
}

static json_t *table_json(const fetch_state *state)
{
    json_t *object = json_object(), *variables = json_array();
    json_put(object, "table", json_text(state->order.table));
    json_put(object, "title", json_text(state->table.title));
    json_put(object, "updated", json_text(state->table.updated));
    for (size_t i = 0; i < state->table.n_variables; i++)
        json_add(variables, variable_json(&state->table.variables[i]));
    json_put(object, "variables", variables);
    return object;
}

json_t *fetch_result_json(const fetch_result *result, const char *table)
{
    json_t *object = json_object(), *files = json_array();
    json_put(object, "table", json_text(table));
    json_put(object, "title", json_text(result->title));
    json_put(object, "source", json_text(result->source));
    for (size_t i = 0; i < result->n_parts; i++) {
        const fetched_part *part = &result->parts[i];
        json_t *file = json_object();
        json_put(file, "file", json_text(part->path));
        json_put(file, "bytes", json_count(part->n_bytes));
        json_put(file, "cells", part->n_cells ? json_count(part->n_cells) : json_null());
        json_put(file, "updated", json_text(part->updated));
        json_put(file, "is_kept", json_boolean(part->is_kept));
        json_add(files, file);
    }
    json_put(object, "files", files);
    return object;
}

static behov_status json(const verb_call *call, behov_error *err)
{
    const fetch_state *state = call->state;
    json_t *object = option_given(call->line, "recipe") ? fetch_recipe_json(&state->recipe)
                     : state->shows_table               ? table_json(state)
                                                        : fetch_result_json(&state->result, state->order.table);
    json_put(object, "behov_version", json_text(behov_version()));
    return write_json_object(NULL, object, err);
}

static int conclude(verb_call *call)
{
    const fetch_state *state = call->state;
    return fetch_recipe_conclude(&state->recipe);
}

static void close_state(void *context)
{
    fetch_state *state = context;
    fetch_recipe_free(&state->recipe);
    for (size_t i = 0; i < state->n_choices; i++) {
        free(state->names[i]);
        free(state->expressions[i]);
    }
    free(state->names);
    free(state->expressions);
    free(state->choices);
    pxweb_table_free(&state->table);
    fetch_result_free(&state->result);
}

const verb verb_fetch = {
    .name = "fetch",
    VERB_WORDS(FETCH),
    VERB_OPTIONS(fetch_options),
    .repeatable = "select codelist server",
    .state_size = sizeof(fetch_state),
    .read = read_choices,
    .compute = compute,
    .page = page,
    .json = json,
    .conclude = conclude,
    .close = close_state,
};
