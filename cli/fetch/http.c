/* http.c - see http.h. */
#include "http.h"

#include <stdlib.h>
#include <string.h>

#include "rate_limit.h"
#include "system.h"

static behov_status out_of_memory(const char *where, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, where, SAY_FETCH_NO_MEMORY);
}

void http_response_free(http_response *response)
{
    free(response->bytes);
    free(response->content_type);
    free(response->etag);
    free(response->last_modified);
    *response = (http_response){0};
}

#ifdef BEHOV_WITH_CURL
#include <behov/number.h>

#include "curl_library.h"

enum {
    MOST_REDIRECTS = 5,
    MOST_TRIES_OF_CONNECTION = 3,
    MOST_BYTES_OF_REFUSAL = 65536, /* an error's body, of which a line is shown */
    CONNECT_S = 30,
    STALLED_BYTES_PER_S = 100, /* slower for STALLED_S is no transfer; a large query is computed for up to a minute */
    STALLED_S = 120,
    WHOLE_S = 3600
};

/* libcurl, from the first address on. */
static const curl_library *library;

struct http_client {
    CURL *curl;
    rate_limit limit;
    backoff backoff;
    const behov_notice *notice;
    const char *reason; /* why the last transfer failed, a phrase */
    double factor;      /* of waiting, 1 but in tests: BEHOV_FETCH_WAITS, on loopback addresses alone */
};

/* ---- addresses ----------------------------------------------------------------------------------------------------- */

typedef struct address {
    CURLU *whole;
    char *scheme, *host, *port;
} address;

static void address_free(address *address)
{
    if (!address->whole)
        return;
    library->free(address->scheme);
    library->free(address->host);
    library->free(address->port);
    library->url_cleanup(address->whole);
}

static bool is_loopback(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == strlen(host));
}

static behov_status address_read(const char *text, address *address, behov_error *err)
{
    char *user = NULL;
    *address = (struct address){.whole = NULL};
    behov_status status = curl_library_open(&library, err);
    if (status)
        return status;
    address->whole = library->url();
    if (!address->whole)
        return out_of_memory(text, err);
    CURLUcode code = library->url_set(address->whole, CURLUPART_URL, text, CURLU_URLENCODE);
    code = code ? code : library->url_get(address->whole, CURLUPART_SCHEME, &address->scheme, 0);
    code = code ? code : library->url_get(address->whole, CURLUPART_HOST, &address->host, 0);
    code = code ? code : library->url_get(address->whole, CURLUPART_PORT, &address->port, CURLU_DEFAULT_PORT);
    CURLUcode user_code = code ? code : library->url_get(address->whole, CURLUPART_USER, &user, 0);
    bool has_user = user_code == CURLUE_OK;
    library->free(user);
    if (code == CURLUE_OUT_OF_MEMORY || user_code == CURLUE_OUT_OF_MEMORY)
        return out_of_memory(text, err);
    if (code)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FETCH_NO_ADDRESS, behov_cut(text, 200).text);
    if (has_user)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FETCH_ADDRESS_HAS_USER);
    if (strcmp(address->scheme, "https") != 0 && !(strcmp(address->scheme, "http") == 0 && is_loopback(address->host)))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FETCH_ADDRESS_NOT_HTTPS, behov_cut(text, 200).text);
    return BEHOV_OK;
}

behov_status http_check_address(const char *text, behov_error *err)
{
    address address;
    behov_status status = address_read(text, &address, err);
    address_free(&address);
    return status;
}

/* ---- one transfer -------------------------------------------------------------------------------------------------- */

typedef struct transfer {
    http_client *client;
    const http_request *request;
    http_response *response;
    size_t room;
    double size; /* of the answer, below 0 = not known */
    bool is_too_large, has_no_memory;
} transfer;

static size_t take_bytes(char *bytes, size_t size, size_t n, void *context)
{
    transfer *transfer = context;
    http_response *response = transfer->response;
    size_t n_bytes = size * n, most = transfer->request->most_bytes;
    library->easy_getinfo(transfer->client->curl, CURLINFO_RESPONSE_CODE, &response->status);
    if (n_bytes > most || response->n_bytes > most - n_bytes) {
        transfer->is_too_large = true;
        return 0;
    }
    if (response->status != 200) { /* what is behind the beginning is not kept */
        size_t left = response->n_bytes < MOST_BYTES_OF_REFUSAL ? MOST_BYTES_OF_REFUSAL - response->n_bytes : 0;
        n_bytes = n_bytes < left ? n_bytes : left;
    }
    if (response->n_bytes + n_bytes + 1 > transfer->room) {
        size_t room = transfer->room ? transfer->room : 16384;
        while (room < response->n_bytes + n_bytes + 1)
            room *= 2;
        char *grown = realloc(response->bytes, room);
        if (!grown) {
            transfer->has_no_memory = true;
            return 0;
        }
        response->bytes = grown;
        transfer->room = room;
    }
    memcpy(response->bytes + response->n_bytes, bytes, n_bytes);
    response->n_bytes += n_bytes;
    response->bytes[response->n_bytes] = '\0';
    return size * n;
}

static int tell_progress(void *context, curl_off_t size, curl_off_t done, curl_off_t sent_size, curl_off_t sent)
{
    transfer *transfer = context;
    (void)sent_size;
    (void)sent;
    if (transfer->request->step)
        transfer->request->step(transfer->request->context, size > 0 ? (double)done / (double)size : 0);
    return 0;
}

/* The value of a header of the answer (borrowed from curl until the next transfer); NULL when it is not there. */
static const char *header_of(CURL *curl, const char *name)
{
    struct curl_header *header = NULL;
    return library->easy_header(curl, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value : NULL;
}

static bool add_header(struct curl_slist **list, const char *name, const char *value)
{
    if (!value || strpbrk(value, "\r\n"))
        return true;
    size_t size = strlen(name) + strlen(value) + 3;
    char *line = malloc(size);
    if (!line)
        return false;
    memcpy(line, name, strlen(name));
    memcpy(line + strlen(name), ": ", 2);
    memcpy(line + strlen(name) + 2, value, strlen(value) + 1);
    struct curl_slist *grown = library->slist_append(*list, line);
    free(line);
    if (!grown)
        return false;
    *list = grown;
    return true;
}

static bool make_headers(const http_request *request, struct curl_slist **list)
{
    return add_header(list, "Accept", request->accept ? request->accept : "*/*") &&
           (!request->body || add_header(list, "Content-Type", "application/json")) &&
           add_header(list, "If-None-Match", request->etag) &&
           add_header(list, "If-Modified-Since", request->last_modified);
}

static void set_options(transfer *transfer, const address *address, const struct curl_slist *headers)
{
    const http_request *request = transfer->request;
    CURL *curl = transfer->client->curl;
    double stalled_s = STALLED_S * transfer->client->factor;
    library->easy_reset(curl);
    library->easy_setopt(curl, CURLOPT_CURLU, address->whole);
    library->easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http"); /* http: address_read has looked whose */
    library->easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    library->easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    library->easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    library->easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    library->easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    library->easy_setopt(curl, CURLOPT_USERAGENT, "behov/" BEHOV_VERSION);
    library->easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    library->easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    library->easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
    library->easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)STALLED_BYTES_PER_S);
    library->easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, stalled_s < 1 ? 1L : (long)stalled_s);
    library->easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)request->most_bytes);
    library->easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    library->easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
    library->easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
    library->easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    library->easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, tell_progress);
    library->easy_setopt(curl, CURLOPT_XFERINFODATA, transfer);
    if (is_loopback(address->host)) /* never by way of a proxy */
        library->easy_setopt(curl, CURLOPT_NOPROXY, "*");
    if (request->body) {
        library->easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(request->body));
        library->easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
    }
}

static bool keep_header(CURL *curl, const char *name, char **kept)
{
    const char *value = header_of(curl, name);
    *kept = value && value[0] ? strdup(value) : NULL;
    return !value || !value[0] || *kept;
}

/* Whether the end of the answer is told by anything but the end of the connection: a length, chunks, frames of HTTP/2. */
static bool has_length(CURL *curl)
{
    long version = CURL_HTTP_VERSION_1_1;
    const char *encoding = header_of(curl, "Transfer-Encoding");
    library->easy_getinfo(curl, CURLINFO_HTTP_VERSION, &version);
    return version > CURL_HTTP_VERSION_1_1 || header_of(curl, "Content-Length") ||
           (encoding && strstr(encoding, "chunked"));
}

/* What ended a transfer, as a phrase. */
static const char *reason_of(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return PHRASE_FETCH_REASON_NAME;
    case CURLE_COULDNT_CONNECT: return PHRASE_FETCH_REASON_CONNECT;
    case CURLE_PEER_FAILED_VERIFICATION: return PHRASE_FETCH_REASON_CERTIFICATE;
    case CURLE_SSL_CONNECT_ERROR: return PHRASE_FETCH_REASON_TLS;
    case CURLE_OPERATION_TIMEDOUT: return PHRASE_FETCH_REASON_STALLED;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SEND_ERROR: return PHRASE_FETCH_REASON_CUT;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WEIRD_SERVER_REPLY: return PHRASE_FETCH_REASON_GARBLED;
    default: return library->easy_strerror(code);
    }
}

/* Whether another try may do better. */
static bool may_pass(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SEND_ERROR:
    case CURLE_BAD_CONTENT_ENCODING: return true;
    default: return false;
    }
}

/* One request and its answer, or what ended it. */
static behov_status transfer_once(http_client *client, const http_request *request, const address *address,
                                  http_response *response, bool *may_try_again, behov_error *err)
{
    transfer transfer = {.client = client, .request = request, .response = response};
    struct curl_slist *headers = NULL;
    http_response_free(response);
    *may_try_again = false;
    if (!make_headers(request, &headers)) {
        library->slist_free_all(headers);
        return out_of_memory(request->address, err);
    }
    set_options(&transfer, address, headers);
    rate_limit_note_sent(&client->limit, system_stopwatch());
    CURLcode code = library->easy_perform(client->curl);
    library->slist_free_all(headers);
    library->easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &response->status);
    if (transfer.has_no_memory || code == CURLE_OUT_OF_MEMORY)
        return out_of_memory(request->address, err);
    if (transfer.is_too_large || code == CURLE_FILESIZE_EXCEEDED)
        return behov_error_say(err, BEHOV_E_FILE, request->address, SAY_FETCH_TOO_LARGE,
                               (int)(request->most_bytes / 1000000));
    if (code != CURLE_OK) {
        *may_try_again = may_pass(code);
        client->reason = reason_of(code);
        return behov_error_say(err, BEHOV_E_FILE, request->address, SAY_FETCH_NO_ANSWER, client->reason);
    }
    rate_limit_hear(&client->limit, header_of(client->curl, "x-ratelimit-limit"),
                    header_of(client->curl, "x-ratelimit-remaining"), header_of(client->curl, "x-ratelimit-policy"),
                    system_stopwatch());
    response->has_length = has_length(client->curl);
    if (!response->bytes && !(response->bytes = strdup("")))
        return out_of_memory(request->address, err);
    return keep_header(client->curl, "Content-Type", &response->content_type) &&
                   keep_header(client->curl, "ETag", &response->etag) &&
                   keep_header(client->curl, "Last-Modified", &response->last_modified)
               ? BEHOV_OK
               : out_of_memory(request->address, err);
}

/* ---- waiting --------------------------------------------------------------------------------------------------------- */

static void wait_for(const http_client *client, double seconds)
{
    system_sleep(seconds * client->factor);
}

static void wait_for_turn(const http_client *client, const http_request *request)
{
    double seconds = rate_limit_wait_s(&client->limit, system_stopwatch());
    if (seconds >= 5)
        behov_notice_tell(client->notice, SAY_FETCH_WAITS_FOR_TURN, request->address, (int)(seconds + 0.5));
    wait_for(client, seconds);
}

static bool is_passing(long status)
{
    return status == 429 || status == 502 || status == 503 || status == 504;
}

/* What Retry-After asks for, in seconds; below 0 = nothing. */
static double asked_of(CURL *curl)
{
    const char *header = header_of(curl, "Retry-After");
    return retry_after_s(header, header ? (long long)library->getdate(header, NULL) : -1, system_now());
}

/* Sends a request until it is answered, or has been refused or has failed too often. */
static behov_status ask_again(http_client *client, const http_request *request, const address *address,
                              http_response *response, behov_error *err)
{
    for (unsigned n = 1;; n++) {
        bool may_try_again;
        wait_for_turn(client, request);
        behov_status status = transfer_once(client, request, address, response, &may_try_again, err);
        if (status && (!may_try_again || n >= MOST_TRIES_OF_CONNECTION))
            return status;
        if (!status && !is_passing(response->status))
            return BEHOV_OK;
        double asked_s = status ? -1 : asked_of(client->curl);
        if (!status && asked_s > BACKOFF_LONGEST_ASKED_S)
            return behov_error_say(err, BEHOV_E_FILE, request->address, SAY_FETCH_WAIT_TOO_LONG, response->status,
                                   (int)(asked_s / 60 + 1));
        if (!status && n >= BACKOFF_MOST_TRIES)
            return behov_error_say(err, BEHOV_E_FILE, request->address, SAY_FETCH_REFUSED_TOO_OFTEN, response->status,
                                   (int)n);
        double seconds = backoff_wait_s(&client->backoff, n, asked_s);
        if (status)
            behov_notice_tell(client->notice, SAY_FETCH_TRIES_AGAIN, request->address, client->reason,
                              (int)(seconds + 1));
        else
            behov_notice_tell(client->notice, SAY_FETCH_IS_REFUSED, request->address, response->status,
                              (int)(seconds + 1));
        wait_for(client, seconds);
        if (asked_s >= 0) /* what the server asks for says more than that nothing was left */
            client->limit.is_used_up = false;
    }
}

/* ---- redirects ------------------------------------------------------------------------------------------------------- */

/* Takes the place of the address when a redirect stays on the same server, and a question stays a question. */
static behov_status follow(http_client *client, const http_request *request, long code, address *address,
                           behov_error *err)
{
    char *location = NULL;
    struct address next;
    library->easy_getinfo(client->curl, CURLINFO_REDIRECT_URL, &location);
    if (!location)
        return behov_error_say(err, BEHOV_E_FILE, request->address, SAY_FETCH_REDIRECT_NOWHERE, code);
    bool is_same = address_read(location, &next, NULL) == BEHOV_OK && strcmp(next.host, address->host) == 0 &&
                   (strcmp(next.scheme, address->scheme) == 0 ? strcmp(next.port, address->port) == 0
                                                              : strcmp(next.scheme, "https") == 0);
    bool keeps_body = !request->body || code == 307 || code == 308;
    behov_status status = BEHOV_OK;
    if (!is_same)
        status = behov_error_say(err, BEHOV_E_FILE, request->address, SAY_FETCH_REDIRECT_ELSEWHERE,
                                 behov_cut(location, 200).text);
    else if (!keeps_body)
        status = behov_error_say(err, BEHOV_E_FILE, request->address, SAY_FETCH_REDIRECT_LOSES_QUESTION, code,
                                 behov_cut(location, 200).text);
    if (status) {
        address_free(&next);
        return status;
    }
    address_free(address);
    *address = next;
    return BEHOV_OK;
}

behov_status http_ask(http_client *client, const http_request *request, http_response *response, behov_error *err)
{
    address address;
    const char *factor = system_environment("BEHOV_FETCH_WAITS");
    double value;
    *response = (http_response){0};
    behov_status status = address_read(request->address, &address, err);
    client->factor = 1;
    if (!status && factor && is_loopback(address.host) &&
        behov_number_parse(factor, strlen(factor), '.', &value) == BEHOV_NUMBER_OK && value >= 0 && value < 1)
        client->factor = value;
    for (int n = 0; !status; n++) {
        status = ask_again(client, request, &address, response, err);
        long code = response->status;
        if (status || !(code == 301 || code == 302 || code == 303 || code == 307 || code == 308))
            break;
        if (n == MOST_REDIRECTS)
            status = behov_error_say(err, BEHOV_E_FILE, request->address, SAY_FETCH_REDIRECT_LOOP, MOST_REDIRECTS);
        else
            status = follow(client, request, code, &address, err);
    }
    address_free(&address);
    return status;
}

/* ---- the client ------------------------------------------------------------------------------------------------------ */

void http_limit_rate(http_client *client, double most, double seconds)
{
    if (most >= 1 && most < client->limit.most_requests && seconds >= 1 && seconds <= 3600) {
        client->limit.most_requests = (size_t)most;
        client->limit.window_s = seconds;
    }
}

behov_status http_open(uint64_t seed, const behov_notice *notice, http_client **client, behov_error *err)
{
    *client = NULL;
    behov_status status = curl_library_open(&library, err);
    if (status)
        return status;
    *client = calloc(1, sizeof **client);
    if (!*client || library->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(*client);
        *client = NULL;
        return out_of_memory("", err);
    }
    (*client)->curl = library->easy_init();
    (*client)->notice = notice;
    (*client)->backoff.state = seed;
    rate_limit_start(&(*client)->limit);
    if ((*client)->curl)
        return BEHOV_OK;
    http_close(*client);
    *client = NULL;
    return out_of_memory("", err);
}

void http_close(http_client *client)
{
    if (!client)
        return;
    library->easy_cleanup(client->curl);
    library->global_cleanup();
    free(client);
}

#else /* a build without libcurl: whatever is fetched is refused with a sentence */

behov_status http_open(uint64_t seed, const behov_notice *notice, http_client **client, behov_error *err)
{
    (void)seed;
    (void)notice;
    *client = NULL;
    return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FETCH_NO_CURL);
}

void http_close(http_client *client)
{
    (void)client;
}

behov_status http_check_address(const char *address, behov_error *err)
{
    (void)address;
    return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FETCH_NO_CURL);
}

behov_status http_ask(http_client *client, const http_request *request, http_response *response, behov_error *err)
{
    (void)client;
    *response = (http_response){0};
    return out_of_memory(request->address, err);
}

void http_limit_rate(http_client *client, double most, double seconds)
{
    (void)client;
    (void)most;
    (void)seconds;
}
#endif
