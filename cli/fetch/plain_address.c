/* plain_address.c - what lies at an address as it is: a file of a publisher, a list of KLASS. */
#include <string.h>

#include "fetch_session.h"
#include "server_answer.h"

/* The address with the choices as its query: ?from=2012-01-01&to=2026-01-01. */
static behov_status build_address(const fetch_order *order, behov_wording *address, behov_error *err)
{
    if (order->api == FETCH_KLASS && !strstr(order->table, "://"))
        behov_wording_print(address, "%s/classifications/%s", fetch_server_of(order), order->table);
    else
        behov_wording_add(address, order->table);
    bool has_query = strchr(order->table, '?') != NULL;
    for (size_t i = 0; i < order->n_choices; i++) {
        const fetch_choice *choice = &order->choices[i];
        behov_wording_add_letter(address, has_query ? '&' : '?');
        has_query = true;
        fetch_add_escaped(address, choice->variable);
        behov_wording_add_letter(address, '=');
        for (size_t j = 0; j < choice->n_expressions; j++) {
            behov_wording_add(address, j ? "," : "");
            fetch_add_escaped(address, choice->expressions[j]);
        }
    }
    return behov_wording_status(address, err);
}

static bool ends_with(const char *text, const char *ending)
{
    size_t n = strlen(text), n_ending = strlen(ending);
    return n >= n_ending && strcmp(text + n - n_ending, ending) == 0;
}

/* An answer that could have been cut without a trace, or is not what a file of figures is, is none. */
static behov_status check_answer(const fetch_order *order, const http_response *response, const char *address,
                                 behov_error *err)
{
    json_t *document = NULL;
    behov_status status = server_answer_check(response, address, order->table, err);
    if (status)
        return status;
    bool is_json = order->api == FETCH_KLASS || ends_with(order->path, ".json") ||
                   (response->content_type && strstr(response->content_type, "json"));
    if (is_json || !response->n_bytes || server_answer_is_page(response)) {
        status = server_answer_json(response, address, &document, err);
        json_decref(document);
        return status;
    }
    return response->has_length ? BEHOV_OK : behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_NO_LENGTH);
}

static behov_status take_answer(const fetch_order *order, const http_response *response, const char *address,
                                const kept_file *kept, fetch_result *result, behov_error *err)
{
    if (response->status == 304 && kept->is_whole)
        return fetch_result_add(result, order->path, kept, err);
    fetch_record record = {.address = address,
                           .method = "GET",
                           .api = fetch_api_name(order->api),
                           .table = order->table,
                           .etag = response->etag,
                           .last_modified = response->last_modified,
                           .is_named_here = order->selection != NULL,
                           .n_parts = 1};
    char asked[65];
    behov_status status = check_answer(order, response, address, err);
    if (!status)
        status = fetch_asked_digest(order, asked, err);
    record.asked = asked;
    if (!status)
        status = fetched_file_write(order->path, response->bytes, response->n_bytes, &record, err);
    return status ? status : fetch_result_add_new(result, order->path, &record, response->n_bytes, err);
}

behov_status plain_fetch(fetch_session *session, const fetch_order *order, fetch_result *result, behov_error *err)
{
    behov_wording address = {0};
    kept_file kept = {0};
    http_response response = {0};
    behov_status status = build_address(order, &address, err);
    if (!status)
        status = kept_file_look(order->path, &kept, err);
    if (!status) {
        http_request request = {.address = behov_wording_text(&address),
                                .accept = order->api == FETCH_KLASS ? "application/json" : NULL,
                                .most_bytes = FETCH_MOST_BYTES};
        /* Only of the very same request; a server that has nothing newer answers 304. */
        if (kept_file_answers(&kept, request.address, NULL)) {
            const char *etag = kept_file_text(&kept, "etag"), *date = kept_file_text(&kept, "last_modified");
            request.etag = etag[0] ? etag : NULL;
            request.last_modified = date[0] ? date : NULL;
        }
        if (kept_file_is_of_other(&kept, request.address, NULL))
            behov_notice_tell(session->notice, SAY_FETCH_REPLACES, order->path);
        session->n_steps = 1;
        status = fetch_ask(session, request, &response, err);
    }
    if (!status)
        status = take_answer(order, &response, behov_wording_text(&address), &kept, result, err);
    http_response_free(&response);
    kept_file_free(&kept);
    behov_wording_free(&address);
    return status;
}
