/* fetch.c - see fetch.h: the door of the room, and fetching without a network. */
#include "fetch.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fetch_session.h"
#include "sha256.h"
#include "system.h"

static const struct {
    const char *name, *server;
} apis[FETCH_N_APIS] = {
    [FETCH_PXWEB2] = {"pxweb2", "https://data.ssb.no/api/pxwebapi/v2"},
    [FETCH_PXWEB0] = {"pxweb0", "https://data.ssb.no/api/v0/no/table"},
    [FETCH_KLASS] = {"klass", "https://data.ssb.no/api/klass/v1"},
    [FETCH_ADDRESS] = {"address", ""},
};

const char *fetch_api_name(fetch_api api)
{
    return apis[api].name;
}

const char *fetch_api_server(fetch_api api)
{
    return apis[api].server;
}

const char *fetch_server_of(const fetch_order *order)
{
    return order->server ? order->server : apis[order->api].server;
}

behov_status fetch_out_of_memory(const char *where, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, where, SAY_FETCH_NO_MEMORY);
}

void fetch_add_escaped(behov_wording *address, const char *text)
{
    for (const char *letter = text; *letter; letter++) {
        unsigned char byte = (unsigned char)*letter;
        bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                        strchr("-._~", byte);
        if (is_plain)
            behov_wording_add_letter(address, *letter);
        else
            behov_wording_print(address, "%%%02X", byte);
    }
}

/* ---- the session ------------------------------------------------------------------------------------------------------ */

behov_status fetch_open(const behov_notice *notice, void (*step)(void *, double), void *context,
                        fetch_session **session, behov_error *err)
{
    *session = calloc(1, sizeof **session);
    if (!*session)
        return fetch_out_of_memory("", err);
    **session = (fetch_session){.notice = notice, .step = step, .context = context};
    return BEHOV_OK;
}

void fetch_close(fetch_session *session)
{
    if (session)
        http_close(session->client);
    free(session);
}

/* The part of an order that is done, from the part of a file that is. */
static void tell_step(void *context, double part)
{
    const fetch_session *session = context;
    size_t n = session->n_steps ? session->n_steps : 1;
    session->step(session->context, ((double)session->n_done + part) / (double)n);
}

behov_status fetch_ask(fetch_session *session, http_request request, http_response *response, behov_error *err)
{
    *response = (http_response){0};
    behov_status status =
        session->client ? BEHOV_OK : http_open((uint64_t)system_now(), session->notice, &session->client, err);
    if (session->step) {
        request.step = tell_step;
        request.context = session;
    }
    return status ? status : http_ask(session->client, &request, response, err);
}

/* ---- what was asked ---------------------------------------------------------------------------------------------------- */

behov_status fetch_asked_digest(const fetch_order *order, char hex[65], behov_error *err)
{
    behov_wording text = {0};
    behov_wording_print(&text, "%s\n%s\n%s\n", fetch_api_name(order->api), fetch_server_of(order), order->table);
    for (size_t i = 0; i < order->n_choices; i++) {
        const fetch_choice *choice = &order->choices[i];
        behov_wording_print(&text, "%s\n%s\n", choice->variable, choice->code_list ? choice->code_list : "");
        for (size_t j = 0; j < choice->n_expressions; j++)
            behov_wording_print(&text, "\t%s\n", choice->expressions[j]);
    }
    behov_status status = behov_wording_status(&text, err);
    if (!status)
        sha256_hex(behov_wording_text(&text), text.length, hex);
    behov_wording_free(&text);
    return status;
}

/* ---- what was got ------------------------------------------------------------------------------------------------------ */

void fetch_result_free(fetch_result *result)
{
    for (size_t i = 0; i < result->n_parts; i++) {
        free(result->parts[i].path);
        free(result->parts[i].updated);
    }
    free(result->parts);
    free(result->title);
    free(result->source);
    *result = (fetch_result){0};
}

static behov_status add_part(fetch_result *result, const char *path, fetched_part part, const char *updated,
                             behov_error *err)
{
    fetched_part *grown = realloc(result->parts, (result->n_parts + 1) * sizeof *grown);
    if (!grown)
        return fetch_out_of_memory(path, err);
    result->parts = grown;
    part.path = strdup(path);
    part.updated = updated && updated[0] ? strdup(updated) : NULL;
    result->parts[result->n_parts++] = part;
    return part.path ? BEHOV_OK : fetch_out_of_memory(path, err);
}

static void keep_words(fetch_result *result, const char *title, const char *source)
{
    if (!result->title && title && title[0])
        result->title = strdup(title);
    if (!result->source && source && source[0])
        result->source = strdup(source);
}

behov_status fetch_result_add(fetch_result *result, const char *path, const kept_file *kept, behov_error *err)
{
    fetched_part part = {
        .n_bytes = kept_file_count(kept, "bytes"), .n_cells = kept_file_count(kept, "cells"), .is_kept = true};
    keep_words(result, kept_file_text(kept, "title"), kept_file_text(kept, "source"));
    return add_part(result, path, part, kept_file_text(kept, "updated"), err);
}

behov_status fetch_result_add_new(fetch_result *result, const char *path, const fetch_record *record, size_t n_bytes,
                                  behov_error *err)
{
    fetched_part part = {.n_bytes = n_bytes, .n_cells = record->n_cells};
    keep_words(result, record->title, record->source);
    return add_part(result, path, part, record->updated, err);
}

/* ---- without a network ------------------------------------------------------------------------------------------------- */

/* Takes a file that is there when it answers the whole question; *n_parts of which it is one. */
static behov_status take_kept(const fetch_order *order, const char *asked, size_t part, size_t *n_parts,
                              fetch_result *result, bool *is_taken, behov_error *err)
{
    kept_file kept = {0};
    char *path = fetched_file_part_path(order->path, part);
    behov_status status = path ? kept_file_look(path, &kept, err) : fetch_out_of_memory(order->path, err);
    *is_taken = !status && kept.is_whole && strcmp(kept_file_text(&kept, "asked_sha256"), asked) == 0;
    if (*is_taken) {
        *n_parts = kept_file_count(&kept, "parts");
        status = fetch_result_add(result, path, &kept, err);
    }
    kept_file_free(&kept);
    free(path);
    return status;
}

static behov_status find_kept(const fetch_order *order, fetch_result *result, behov_error *err)
{
    char asked[65];
    size_t n_parts = 1;
    bool is_taken = false;
    behov_status status = fetch_asked_digest(order, asked, err);
    if (!status)
        status = take_kept(order, asked, 0, &n_parts, result, &is_taken, err);
    bool is_alone = is_taken && n_parts <= 1;
    for (size_t part = 1; !status && !is_alone && part <= n_parts; part++) {
        status = take_kept(order, asked, part, &n_parts, result, &is_taken, err);
        if (!status && !is_taken)
            return behov_error_say(err, BEHOV_E_FILE, order->path, SAY_FETCH_NOT_KEPT, (int)part, (int)n_parts);
    }
    return status;
}

/* ---- the door ---------------------------------------------------------------------------------------------------------- */

behov_status fetch_files(fetch_session *session, const fetch_order *order, fetch_result *result, behov_error *err)
{
    *result = (fetch_result){0};
    session->n_done = session->n_steps = 0;
    if (order->is_offline)
        return find_kept(order, result, err);
    return order->api == FETCH_PXWEB2 || order->api == FETCH_PXWEB0 ? pxweb_fetch(session, order, result, err)
                                                                    : plain_fetch(session, order, result, err);
}

behov_status fetch_table(fetch_session *session, const fetch_order *order, pxweb_table *table, behov_error *err)
{
    *table = (pxweb_table){0};
    return pxweb_read_table(session, order, table, err);
}
