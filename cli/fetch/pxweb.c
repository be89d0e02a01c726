/* pxweb.c - tables of PxWeb: metadata first, then the cells in parts that the server takes.
 *
 * Both versions: the variables say what there is, the selection is expanded to codes and counted, cut where it is too large, and
 * each part is asked for by POST. What differs is addresses, bodies, and that version 0 does not tell in its metadata when a
 * table was updated: there the first part is always asked for anew, and tells it for the others. */
#include <stdlib.h>
#include <string.h>

#include "fetch_session.h"
#include "pxweb_request.h"
#include "server_answer.h"

/* Of one extract, empty cells too; /config of a server may say fewer. */
enum { PXWEB_MOST_CELLS = 800000, PXWEB_FEWEST_CELLS = 10 };

typedef struct pxweb_query {
    fetch_session *session;
    const fetch_order *order;
    bool is_v0;
    size_t most_cells;
    const char *lang; /* of names in the answer; NULL = the server's own */
    behov_wording metadata_address, data_address, citation;
    pxweb_table table;
    pxweb_selection selection;
    char asked[65];
    behov_wording first_updated; /* of the first part */
} pxweb_query;

static void query_free(pxweb_query *query)
{
    pxweb_selection_free(&query->selection);
    pxweb_table_free(&query->table);
    behov_wording_free(&query->metadata_address);
    behov_wording_free(&query->data_address);
    behov_wording_free(&query->citation);
    behov_wording_free(&query->first_updated);
}

/* ---- what the server says of itself ------------------------------------------------------------------------------------ */

static bool has_language(const json_t *config, const char *id)
{
    size_t i;
    json_t *language;
    json_array_foreach(json_object_get(config, "languages"), i, language)
    {
        const char *known = json_string_value(json_object_get(language, "id"));
        if (known && strcmp(known, id) == 0)
            return true;
    }
    return false;
}

static void keep_citation(pxweb_query *query, const json_t *config)
{
    size_t i;
    json_t *reference;
    json_array_foreach(json_object_get(config, "sourceReferences"), i, reference)
    {
        const char *lang = json_string_value(json_object_get(reference, "language"));
        const char *text = json_string_value(json_object_get(reference, "text"));
        if (text && (!query->citation.length || (lang && query->lang && strcmp(lang, query->lang) == 0))) {
            behov_wording_clear(&query->citation);
            behov_wording_add(&query->citation, text);
        }
    }
}

static void take_config(pxweb_query *query, const json_t *config)
{
    json_int_t most_cells = json_integer_value(json_object_get(config, "maxDataCells"));
    if (most_cells > 0 && most_cells < (json_int_t)query->most_cells)
        query->most_cells = (size_t)most_cells;
    query->lang = has_language(config, "no") ? "no" : has_language(config, "nb") ? "nb" : NULL;
    http_limit_rate(query->session->client, json_number_value(json_object_get(config, "maxCallsPerTimeWindow")),
                    json_number_value(json_object_get(config, "timeWindow")));
    keep_citation(query, config);
}

/* Limits and languages of version 2. A server without them is asked as Statistics Norway's is; that nothing answers at all is
 * found by the next request. */
static behov_status read_config(pxweb_query *query, behov_error *err)
{
    behov_wording address = {0};
    http_response response = {0};
    json_t *config = NULL;
    behov_error ignored;
    behov_wording_print(&address, "%s/config", fetch_server_of(query->order));
    behov_status status = behov_wording_status(&address, err);
    if (!status) {
        http_request request = {.address = behov_wording_text(&address),
                                .accept = "application/json",
                                .most_bytes = FETCH_MOST_BYTES_OF_METADATA};
        status = fetch_ask(query->session, request, &response, err);
        if (!status && response.status == 200 && !server_answer_json(&response, request.address, &config, &ignored))
            take_config(query, config);
    }
    json_decref(config);
    http_response_free(&response);
    behov_wording_free(&address);
    return status;
}

static behov_status ask_json(pxweb_query *query, const char *address, json_t **document, behov_error *err)
{
    http_response response = {0};
    http_request request = {
        .address = address, .accept = "application/json", .most_bytes = FETCH_MOST_BYTES_OF_METADATA};
    behov_status status = fetch_ask(query->session, request, &response, err);
    if (!status)
        status = server_answer_check(&response, address, query->order->table, err);
    if (!status)
        status = server_answer_json(&response, address, document, err);
    http_response_free(&response);
    return status;
}

/* ---- the table --------------------------------------------------------------------------------------------------------- */

static behov_status make_addresses(pxweb_query *query, behov_error *err)
{
    const char *server = fetch_server_of(query->order);
    behov_wording *metadata = &query->metadata_address, *data = &query->data_address;
    behov_wording_print(metadata, query->is_v0 ? "%s/" : "%s/tables/", server);
    fetch_add_escaped(metadata, query->order->table);
    behov_wording_add(data, behov_wording_text(metadata));
    if (!query->is_v0) {
        behov_wording_add(metadata, "/metadata");
        behov_wording_add(data, "/data?outputFormat=json-stat2");
        if (query->lang) {
            behov_wording_print(metadata, "?lang=%s", query->lang);
            behov_wording_print(data, "&lang=%s", query->lang);
        }
    }
    behov_status status = behov_wording_status(metadata, err);
    return status ? status : behov_wording_status(data, err);
}

static behov_status use_code_list(pxweb_query *query, const fetch_choice *choice, behov_error *err)
{
    pxweb_variable *variable = pxweb_table_find(&query->table, choice->variable);
    behov_wording address = {0};
    json_t *document = NULL;
    if (!variable) /* pxweb_select says so */
        return BEHOV_OK;
    behov_wording_print(&address, "%s/codelists/", fetch_server_of(query->order));
    fetch_add_escaped(&address, choice->code_list);
    if (query->lang)
        behov_wording_print(&address, "?lang=%s", query->lang);
    behov_status status = behov_wording_status(&address, err);
    if (!status)
        status = ask_json(query, behov_wording_text(&address), &document, err);
    if (!status)
        status = pxweb_table_use_code_list(variable, document, behov_wording_text(&address), err);
    behov_wording_free(&address);
    return status;
}

static behov_status open_query(pxweb_query *query, fetch_session *session, const fetch_order *order, behov_error *err)
{
    json_t *document = NULL;
    *query = (pxweb_query){
        .session = session, .order = order, .is_v0 = order->api == FETCH_PXWEB0, .most_cells = PXWEB_MOST_CELLS};
    query->lang = order->server ? NULL : "no";
    behov_status status = query->is_v0 ? BEHOV_OK : read_config(query, err);
    if (!status)
        status = make_addresses(query, err);
    if (!status)
        status = ask_json(query, behov_wording_text(&query->metadata_address), &document, err);
    if (!status)
        status = pxweb_table_read(document, behov_wording_text(&query->metadata_address), &query->table, err);
    for (size_t i = 0; i < order->n_choices && !status && !query->is_v0; i++)
        if (order->choices[i].code_list)
            status = use_code_list(query, &order->choices[i], err);
    return status;
}

behov_status pxweb_read_table(fetch_session *session, const fetch_order *order, pxweb_table *table, behov_error *err)
{
    pxweb_query query;
    behov_status status = open_query(&query, session, order, err);
    *table = query.table;
    query.table = (pxweb_table){0};
    query_free(&query);
    return status;
}

/* ---- one part ---------------------------------------------------------------------------------------------------------- */

typedef struct part_request {
    const pxweb_part *part;
    size_t number, n_parts; /* from 1 */
    char *path;
    behov_wording body;
    bool is_too_large; /* the server said so */
} part_request;

/* Whether the publisher has nothing newer than a file that is there. */
static bool is_current(const pxweb_query *query, const part_request *request, const kept_file *kept)
{
    const char *updated = query->table.updated;
    if (kept_file_count(kept, "parts") != request->n_parts ||
        strcmp(kept_file_text(kept, "asked_sha256"), query->asked) != 0)
        return false;
    const char *selection = kept_file_text(kept, "selection");
    if (query->order->selection && selection[0] && strcmp(selection, query->order->selection) != 0)
        return false; /* of another source: `panel build` would refuse it */
    if (updated)
        return strcmp(kept_file_text(kept, "metadata_updated"), updated) == 0;
    return request->number > 1 && query->first_updated.length &&
           strcmp(kept_file_text(kept, "updated"), behov_wording_text(&query->first_updated)) == 0;
}

static behov_status take_answer(pxweb_query *query, const part_request *request, const http_response *response,
                                fetch_result *result, behov_error *err)
{
    const char *address = behov_wording_text(&query->data_address);
    json_t *document = NULL;
    behov_status status = server_answer_check(response, address, query->order->table, err);
    if (!status)
        status = server_answer_json(response, address, &document, err);
    if (!status)
        status = pxweb_check_answer(document, address, &query->selection, request->part, err);
    const char *source = json_string_value(json_object_get(document, "source"));
    fetch_record record = {.address = address,
                           .method = "POST",
                           .body = behov_wording_text(&request->body),
                           .api = fetch_api_name(query->order->api),
                           .table = query->order->table,
                           .title = json_string_value(json_object_get(document, "label")),
                           .source = query->citation.length ? behov_wording_text(&query->citation) : source,
                           .updated = json_string_value(json_object_get(document, "updated")),
                           .metadata_updated = query->table.updated,
                           .selection = query->order->selection,
                           .asked = query->asked,
                           .part = request->n_parts > 1 ? request->number : 0,
                           .is_named_here = query->order->selection || request->n_parts > 1,
                           .n_parts = request->n_parts,
                           .n_cells = pxweb_n_cells(request->part->n, query->selection.n)};
    if (!status)
        status = fetched_file_write(request->path, response->bytes, response->n_bytes, &record, err);
    if (!status)
        status = fetch_result_add_new(result, request->path, &record, response->n_bytes, err);
    if (!status && request->number == 1)
        behov_wording_add(&query->first_updated, record.updated ? record.updated : "");
    json_decref(document);
    return status;
}

static behov_status ask_part(pxweb_query *query, part_request *request, fetch_result *result, behov_error *err)
{
    http_response response = {0};
    http_request question = {.address = behov_wording_text(&query->data_address),
                             .body = behov_wording_text(&request->body),
                             .accept = "application/json",
                             .most_bytes = FETCH_MOST_BYTES};
    behov_status status = fetch_ask(query->session, question, &response, err);
    request->is_too_large = !status && server_answer_is_too_many_cells(&response);
    if (!status)
        status = take_answer(query, request, &response, result, err);
    http_response_free(&response);
    return status;
}

static behov_status fetch_part(pxweb_query *query, part_request *request, fetch_result *result, behov_error *err)
{
    kept_file kept = {0};
    request->path = fetched_file_part_path(query->order->path, request->n_parts > 1 ? request->number : 0);
    behov_status status = request->path
                              ? pxweb_request_body(&query->selection, request->part, query->is_v0, &request->body, err)
                              : fetch_out_of_memory(query->order->path, err);
    if (!status)
        status = kept_file_look(request->path, &kept, err);
    /* The call names the first file alone: those of the other parts are nobody's to lose. */
    if (!status && request->n_parts > 1 && kept.is_there && !kept.is_fetched)
        status = behov_error_say(err, BEHOV_E_FILE, request->path, SAY_FETCH_PART_NOT_OURS);
    if (!status &&
        kept_file_is_of_other(&kept, behov_wording_text(&query->data_address), behov_wording_text(&request->body)))
        behov_notice_tell(query->session->notice, SAY_FETCH_REPLACES, request->path);
    if (!status) {
        bool is_kept =
            kept_file_answers(&kept, behov_wording_text(&query->data_address), behov_wording_text(&request->body)) &&
            is_current(query, request, &kept);
        status = is_kept ? fetch_result_add(result, request->path, &kept, err) : ask_part(query, request, result, err);
    }
    kept_file_free(&kept);
    free(request->path);
    behov_wording_free(&request->body);
    return status;
}

/* ---- all parts --------------------------------------------------------------------------------------------------------- */

/* Removes a part, when it is there as it was fetched, of this table. */
static bool remove_part(const pxweb_query *query, size_t part)
{
    kept_file kept = {0};
    char *path = fetched_file_part_path(query->order->path, part);
    bool is_ours = path && !kept_file_look(path, &kept, NULL) && kept.is_whole &&
                   strcmp(kept_file_text(&kept, "table"), query->order->table) == 0;
    if (is_ours) {
        behov_notice_tell(query->session->notice, SAY_FETCH_REMOVED, path);
        fetched_file_remove(path);
    }
    kept_file_free(&kept);
    free(path);
    return is_ours;
}

/* Parts of an earlier call that this one does not have would be read as more of the same table. */
static void remove_surplus(const pxweb_query *query, size_t n_parts)
{
    if (n_parts > 1)
        (void)remove_part(query, 0);
    for (size_t part = n_parts > 1 ? n_parts + 1 : 1; remove_part(query, part); part++)
        ;
}

/* A table that was updated between its first part and its last would be of two days. */
static behov_status check_still_current(pxweb_query *query, size_t n_parts, behov_error *err)
{
    json_t *document = NULL;
    if (n_parts < 2 || !query->table.updated)
        return BEHOV_OK;
    behov_status status = ask_json(query, behov_wording_text(&query->metadata_address), &document, err);
    const char *updated = json_string_value(json_object_get(document, "updated"));
    if (!status && (!updated || strcmp(updated, query->table.updated) != 0))
        status = behov_error_say(err, BEHOV_E_DATA, query->order->path, SAY_FETCH_UPDATED_MEANWHILE,
                                 behov_cut(query->table.updated, 40).text, behov_cut(updated, 40).text);
    json_decref(document);
    return status;
}

/* \param n_too_large  cells of a part that the server did not give, though it says that it gives as many; else 0 */
static behov_status fetch_parts(pxweb_query *query, fetch_result *result, size_t *n_too_large, behov_error *err)
{
    size_t n[PXWEB_MOST_DIMENSIONS] = {0}, n_parts = 0;
    pxweb_part *parts = NULL;
    for (size_t i = 0; i < query->selection.n; i++)
        n[i] = query->selection.variables[i].n;
    size_t n_cells = pxweb_n_cells(n, query->selection.n);
    behov_status status = pxweb_split(n, query->selection.n, query->most_cells, &parts, &n_parts);
    if (status == BEHOV_E_DATA)
        status = behov_error_say(err, BEHOV_E_ARGUMENT, query->order->table, SAY_FETCH_TOO_MANY_PARTS, n_cells,
                                 query->most_cells, PXWEB_MOST_PARTS);
    else if (status)
        status = fetch_out_of_memory(query->order->table, err);
    if (!status && n_parts > 1)
        behov_notice_tell(query->session->notice, SAY_FETCH_IN_PARTS, query->order->table, n_cells, n_parts,
                          query->most_cells);
    query->session->n_steps = n_parts;
    for (size_t i = 0; i < n_parts && !status; i++) {
        part_request request = {.part = &parts[i], .number = i + 1, .n_parts = n_parts};
        query->session->n_done = i;
        status = fetch_part(query, &request, result, err);
        *n_too_large = request.is_too_large ? pxweb_n_cells(parts[i].n, query->selection.n) : 0;
    }
    if (!status)
        status = check_still_current(query, n_parts, err);
    if (!status)
        remove_surplus(query, n_parts);
    free(parts);
    return status;
}

behov_status pxweb_fetch(fetch_session *session, const fetch_order *order, fetch_result *result, behov_error *err)
{
    pxweb_query query;
    behov_status status = open_query(&query, session, order, err);
    if (!status)
        status = fetch_asked_digest(order, query.asked, err);
    if (!status && query.table.n_variables > PXWEB_MOST_DIMENSIONS)
        status = behov_error_say(err, BEHOV_E_DATA, order->table, SAY_FETCH_NO_METADATA);
    if (!status)
        status = pxweb_select(&query.table, order->choices, order->n_choices, order->table, session->notice,
                              &query.selection, err);
    for (size_t n_too_large = 1; !status && n_too_large;) {
        n_too_large = 0;
        status = fetch_parts(&query, result, &n_too_large, err);
        if (n_too_large / 2 < PXWEB_FEWEST_CELLS)
            break;
        query.most_cells = n_too_large / 2;
        behov_notice_tell(session->notice, SAY_FETCH_FEWER_CELLS, order->table, query.most_cells);
        fetch_result_free(result);
        behov_wording_clear(&query.first_updated);
        status = BEHOV_OK;
    }
    query_free(&query);
    return status;
}
