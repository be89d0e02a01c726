/* fetch_recipe.c - see fetch_recipe.h. */
#include "fetch_recipe.h"

#include <stdlib.h>
#include <string.h>

#include <behov/wording.h>

#include "json_build.h"
#include "messages.h"
#include "progress.h"
#include "read_recipe.h"
#include "recipe_values.h"
#include "visible.h"

const char *fetch_server_option(const command_line *line, fetch_api api, bool is_alone)
{
    const char *found = NULL;
    for (size_t i = 0; i < option_count(line, "server"); i++) {
        const char *value = option_value_at(line, "server", i);
        bool is_named = false;
        for (int known = 0; known < FETCH_N_APIS; known++) {
            const char *name = fetch_api_name((fetch_api)known);
            size_t length = strlen(name);
            if (strncmp(value, name, length) != 0 || value[length] != '=')
                continue;
            is_named = true;
            if (known == (int)api)
                found = value + length + 1;
        }
        if (!is_named && is_alone)
            found = value;
    }
    return found;
}

/* ---- what a call says ---------------------------------------------------------------------------------------------- */

static behov_status read_recipe_of(const char *name, behov_recipe *recipe, behov_error *err)
{
    char *path = NULL;
    behov_status status = recipe_path(name, &path, err);
    if (!status)
        status = read_recipe(path, recipe, err);
    free(path);
    return status;
}

static bool is_pxweb(fetch_api api)
{
    return api == FETCH_PXWEB2 || api == FETCH_PXWEB0;
}

static bool has_pxweb(const recipe_orders *orders)
{
    for (size_t i = 0; i < orders->n; i++)
        if (is_pxweb(orders->all[i].order.api))
            return true;
    return false;
}

int fetch_recipe_read(const command_line *line, fetch_recipe *state)
{
    const char *years = option_value(line, "years");
    behov_error err;
    if (line->n_operands)
        return wrong_call(line->verb, SAY_FETCH_RECIPE_OR_TABLE, line->operands[0]);
    static const char *const foreign[] = {"select", "codelist", "api", "output"};
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (option_given(line, foreign[i]))
            return wrong_call(line->verb, SAY_FETCH_RECIPE_SAYS, foreign[i]);
    if (!option_given(line, "files"))
        return wrong_call(line->verb, SAY_FETCH_WHICH_FOLDER);
    if (years && !recipe_values_years(years, 1900, 2100, &state->call.first_year, &state->call.last_year))
        return wrong_call(line->verb, SAY_FETCH_YEARS, behov_cut(years, 40).text);
    state->call.folder = option_value(line, "files");
    state->call.is_offline = option_given(line, "offline");
    for (int api = 0; api < FETCH_N_APIS; api++)
        state->call.servers[api] = fetch_server_option(line, (fetch_api)api, is_pxweb((fetch_api)api));
    if (read_recipe_of(option_value(line, "recipe"), &state->recipe, &err))
        return print_failure(&err);
    if (!state->call.first_year) {
        state->call.first_year = state->recipe.first_year;
        state->call.last_year = state->recipe.last_year;
    }
    if (recipe_orders_make(&state->recipe, &state->call, &state->orders, &err) ||
        recipe_files_find(&state->recipe, state->call.folder, state->call.first_year, state->call.last_year,
                          &state->files, &err))
        return print_failure(&err);
    if (fetch_server_option(line, FETCH_PXWEB2, true) && !fetch_server_option(line, FETCH_PXWEB2, false) &&
        !has_pxweb(&state->orders))
        return wrong_call(line->verb, SAY_FETCH_SERVER_FOR_NONE);
    state->results = calloc(state->orders.n + 1, sizeof *state->results);
    if (!state->results) {
        print_line(SAY_VERB_NO_MEMORY);
        return 1;
    }
    return 0;
}

/* ---- what it does -------------------------------------------------------------------------------------------------- */

static behov_status run_order(fetch_session *session, fetch_recipe *state, size_t i, behov_error *err)
{
    const recipe_order *order = &state->orders.all[i];
    const char *own_file = NULL;
    behov_status status = BEHOV_OK;
    if (!state->call.is_offline)
        status = recipe_order_find_own(order, &state->files, &own_file, err);
    if (own_file)
        print_note(SAY_FETCH_IS_TAKEN, own_file);
    if (status || own_file)
        return status;
    return fetch_files(session, &order->order, &state->results[i], err);
}

behov_status fetch_recipe_run(fetch_recipe *state, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < state->orders.n && status != BEHOV_E_MEMORY; i++) {
        fetch_session *session = NULL;
        progress *bar = progress_new(state->orders.all[i].source->name);
        status = fetch_open(&note_beside, progress_step, bar, &session, err);
        if (!status)
            status = run_order(session, state, i, err);
        fetch_close(session);
        progress_free(bar);
        state->n_failed += status != BEHOV_OK;
        if (status && status != BEHOV_E_MEMORY)
            (void)print_failure(err);
    }
    return status == BEHOV_E_MEMORY ? status : BEHOV_OK;
}

int fetch_recipe_conclude(const fetch_recipe *state)
{
    behov_error err;
    if (!state->n_failed)
        return 0;
    behov_error_say(&err, BEHOV_E_FILE, state->call.folder, SAY_FETCH_NOT_ALL, (int)state->n_failed,
                    (int)state->orders.n);
    return print_failure(&err);
}

/* ---- its page ------------------------------------------------------------------------------------------------------ */

/* What no server gives: by publisher, title and place, with the name that the recipe looks for. */
static void print_own_file(const behov_recipe_source *source, behov_language lang, behov_wording *line)
{
    behov_wording names = {0};
    for (size_t i = 0; i < source->files.n; i++)
        behov_wording_add_after(&names, " ", source->files.all[i]);
    behov_wording_clear(line);
    behov_wording_fill(line, lang, BEHOV_WORD_FETCH_OWN_FILE, "publisher", source->publisher ? source->publisher : "-",
                       "title", source->title ? source->title : source->name, "place",
                       source->place ? source->place : "-", "files", behov_wording_text(&names), (const char *)NULL);
    print_visible(stdout, "  %s\n", behov_wording_text(line));
    behov_wording_spend(line, &names);
}

static bool is_asked_for(const fetch_recipe *state, size_t source)
{
    return state->recipe.sources[source].fetch == BEHOV_FETCH_NONE && !recipe_files_have(&state->files, source) &&
           recipe_needs_source(&state->recipe, source, state->call.first_year, state->call.last_year);
}

static behov_status print_own_files(const fetch_recipe *state, behov_language lang, behov_error *err)
{
    behov_wording line = {0};
    bool is_first = true;
    for (size_t i = 0; i < state->recipe.n_sources; i++) {
        if (!is_asked_for(state, i))
            continue;
        behov_wording_clear(&line);
        behov_wording_fill(&line, lang, BEHOV_WORD_FETCH_OWN_FILES, "folder", state->call.folder, (const char *)NULL);
        if (is_first)
            print_visible(stdout, "%s\n", behov_wording_text(&line));
        is_first = false;
        print_own_file(&state->recipe.sources[i], lang, &line);
    }
    behov_status status = behov_wording_status(&line, err);
    behov_wording_free(&line);
    return status;
}

behov_status fetch_recipe_page(const fetch_recipe *state, behov_language lang, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < state->orders.n && !status; i++)
        status = fetch_print_result(&state->results[i], state->orders.all[i].order.table, lang, err);
    return status ? status : print_own_files(state, lang, err);
}

static json_t *own_file_json(const behov_recipe_source *source)
{
    json_t *object = json_object(), *names = json_array();
    json_put(object, "source", json_text(source->name));
    json_put(object, "publisher", json_text(source->publisher));
    json_put(object, "title", json_text(source->title));
    json_put(object, "place", json_text(source->place));
    for (size_t i = 0; i < source->files.n; i++)
        json_add(names, json_text(source->files.all[i]));
    json_put(object, "names", names);
    return object;
}

json_t *fetch_recipe_json(const fetch_recipe *state)
{
    json_t *object = json_object(), *tables = json_array(), *own_files = json_array();
    for (size_t i = 0; i < state->orders.n; i++) {
        json_t *table = fetch_result_json(&state->results[i], state->orders.all[i].order.table);
        json_put(table, "recipe_source", json_text(state->orders.all[i].source->name));
        json_add(tables, table);
    }
    for (size_t i = 0; i < state->recipe.n_sources; i++)
        if (is_asked_for(state, i))
            json_add(own_files, own_file_json(&state->recipe.sources[i]));
    json_put(object, "tables", tables);
    json_put(object, "to_be_saved", own_files);
    json_put(object, "n_failed", json_count(state->n_failed));
    return object;
}

void fetch_recipe_free(fetch_recipe *state)
{
    for (size_t i = 0; i < state->orders.n && state->results; i++)
        fetch_result_free(&state->results[i]);
    free(state->results);
    recipe_files_free(&state->files);
    recipe_orders_free(&state->orders);
    behov_recipe_free(&state->recipe);
}
