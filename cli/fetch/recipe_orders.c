/* recipe_orders.c - see recipe_orders.h. */
#include "recipe_orders.h"

#include <stdlib.h>
#include <string.h>

#include <behov/wording.h>

#include "fetched_file.h"

static behov_status out_of_memory(const behov_recipe_source *source, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, source->name, SAY_FETCH_NO_MEMORY);
}

static fetch_api api_of(behov_recipe_fetch fetch)
{
    return fetch == BEHOV_FETCH_PXWEB0    ? FETCH_PXWEB0
           : fetch == BEHOV_FETCH_KLASS   ? FETCH_KLASS
           : fetch == BEHOV_FETCH_ADDRESS ? FETCH_ADDRESS
                                          : FETCH_PXWEB2;
}

/* A text that has grown becomes the order's (borrowed until it is freed); NULL without memory. */
static const char *keep_text(recipe_order *order, behov_wording *text)
{
    char **grown = realloc(order->texts, (order->n_texts + 1) * sizeof *grown);
    char *copy = grown && !text->has_no_memory ? strdup(behov_wording_text(text)) : NULL;
    behov_wording_free(text);
    if (grown)
        order->texts = grown;
    if (copy)
        order->texts[order->n_texts++] = copy;
    return copy;
}

/* ---- what is chosen --------------------------------------------------------------------------------------------------- */

/* "{years}" as the years of the source's own file. */
static behov_status put_years(recipe_order *order, const char *text, const recipe_call *call, const char **expression,
                              behov_error *err)
{
    static const char mark[] = "{years}";
    const char *found = strstr(text, mark);
    *expression = text;
    if (!found)
        return BEHOV_OK;
    if (!call->first_year)
        return behov_error_say(err, BEHOV_E_ARGUMENT, order->source->name, SAY_FETCH_NO_YEARS);
    behov_wording words = {0};
    behov_wording_add_bytes(&words, text, (size_t)(found - text));
    behov_wording_print(&words, "range(%d,%d)%s", call->first_year - order->source->year_shift,
                        call->last_year - order->source->year_shift, found + strlen(mark));
    *expression = keep_text(order, &words);
    return *expression ? BEHOV_OK : out_of_memory(order->source, err);
}

static const char *code_list_of(const behov_recipe_source *source, const char *variable)
{
    for (size_t i = 0; i < source->codelists.n; i++) {
        const behov_recipe_pair *pair = &source->codelists.all[i];
        if (pair->names.n && pair->values.n && pxweb_is_same_code(pair->names.all[0], variable))
            return pair->values.all[0];
    }
    return NULL;
}

static behov_status make_choices(recipe_order *order, const recipe_call *call, behov_error *err)
{
    const behov_recipe_pairs *selects = &order->source->selects;
    size_t n = 0, n_expressions = 0;
    for (size_t i = 0; i < selects->n; i++)
        n_expressions += selects->all[i].values.n;
    order->choices = calloc(selects->n + 1, sizeof *order->choices);
    order->expressions = calloc(n_expressions + 1, sizeof *order->expressions);
    behov_status status = order->choices && order->expressions ? BEHOV_OK : out_of_memory(order->source, err);
    for (size_t i = 0; i < selects->n && !status; i++) {
        const behov_recipe_pair *pair = &selects->all[i];
        const char *variable = pair->names.n ? pair->names.all[0] : "";
        order->choices[i] = (fetch_choice){.variable = variable,
                                           .code_list = code_list_of(order->source, variable),
                                           .expressions = order->expressions + n,
                                           .is_optional = pair->is_optional,
                                           .n_expressions = pair->values.n};
        for (size_t j = 0; j < pair->values.n && !status; j++)
            status = put_years(order, pair->values.all[j], call, &order->expressions[n++], err);
    }
    order->order.choices = order->choices;
    order->order.n_choices = selects->n;
    return status;
}

/* ---- what it is called --------------------------------------------------------------------------------------------------- */

static behov_status make_path(recipe_order *order, const recipe_call *call, behov_error *err)
{
    const behov_recipe_source *source = order->source;
    behov_wording path = {0}, selection = {0};
    char *name = recipe_fetched_name(source), *asked = recipe_selection(source);
    size_t length = strlen(call->folder);
    behov_status status = asked ? BEHOV_OK : out_of_memory(source, err);
    if (!status && !name)
        status = behov_error_say(err, BEHOV_E_ARGUMENT, source->name, SAY_FETCH_NO_NAME,
                                 behov_cut(source->files.n ? source->files.all[0] : "", 80).text);
    if (!status) {
        behov_wording_print(&path, "%s%s%s", call->folder, length && call->folder[length - 1] == '/' ? "" : "/", name);
        behov_wording_add(&selection, asked);
        order->order.path = keep_text(order, &path);
        order->order.selection = keep_text(order, &selection);
        status = order->order.path && order->order.selection ? BEHOV_OK : out_of_memory(source, err);
    }
    free(name), free(asked);
    return status;
}

/* An address under another server: what stands behind the name of its own. */
static behov_status move_address(recipe_order *order, const char *server, behov_error *err)
{
    const char *address = order->order.table, *host = address ? strstr(address, "://") : NULL;
    const char *path = host ? strchr(host + 3, '/') : NULL;
    behov_wording words = {0};
    if (!server || !host)
        return BEHOV_OK;
    behov_wording_print(&words, "%s%s", server, path ? path : "/");
    order->order.table = keep_text(order, &words);
    return order->order.table ? BEHOV_OK : out_of_memory(order->source, err);
}

/* ---- all ------------------------------------------------------------------------------------------------------------------ */

behov_status recipe_orders_make(const behov_recipe *recipe, const recipe_call *call, recipe_orders *orders,
                                behov_error *err)
{
    *orders = (recipe_orders){calloc(recipe->n_sources + 1, sizeof *orders->all), 0};
    if (!orders->all)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FETCH_NO_MEMORY);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < recipe->n_sources && !status; i++) {
        const behov_recipe_source *source = &recipe->sources[i];
        if (source->fetch == BEHOV_FETCH_NONE || !recipe_needs_source(recipe, i, call->first_year, call->last_year))
            continue;
        recipe_order *order = &orders->all[orders->n++];
        fetch_api api = api_of(source->fetch);
        bool is_pxweb = api == FETCH_PXWEB2 || api == FETCH_PXWEB0;
        order->source = source;
        order->source_number = i;
        order->order = (fetch_order){.api = api,
                                     .server = call->servers[api],
                                     .table = is_pxweb ? source->table : source->address,
                                     .is_offline = call->is_offline};
        status = make_path(order, call, err);
        if (!status)
            status = make_choices(order, call, err);
        if (!status && !is_pxweb)
            status = move_address(order, call->servers[api], err);
    }
    return status;
}

void recipe_orders_free(recipe_orders *orders)
{
    for (size_t i = 0; i < orders->n; i++) {
        recipe_order *order = &orders->all[i];
        for (size_t j = 0; j < order->n_texts; j++)
            free(order->texts[j]);
        free(order->texts);
        free(order->expressions);
        free(order->choices);
    }
    free(orders->all);
    *orders = (recipe_orders){0};
}

behov_status recipe_order_find_own(const recipe_order *order, const recipe_files *files, const char **path,
                                   behov_error *err)
{
    behov_status status = BEHOV_OK;
    *path = NULL;
    for (size_t i = 0; i < files->n && !status && !*path; i++) {
        kept_file kept = {0};
        if (files->all[i].source != order->source_number)
            continue;
        status = kept_file_look(files->all[i].path, &kept, err);
        if (!status && !kept.is_whole)
            *path = files->all[i].path;
        kept_file_free(&kept);
    }
    return status;
}
