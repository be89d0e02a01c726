/* http.h - asks a server and takes its answer only when it is whole: the one contract of this room with libcurl.
 *
 * https with a verified certificate, which no option turns off; http to loopback addresses alone (tests, a server on the same
 * machine). Redirects stay on the same server, and never lead from https to http. One request after another. */
#ifndef BEHOV_CLI_HTTP_H
#define BEHOV_CLI_HTTP_H

#include <behov/error.h>
#include <behov/notice.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct http_client http_client;

/* Borrowed for the call. */
typedef struct http_request {
    const char *address;
    const char *body;                  /* JSON, sent by POST; NULL = GET */
    const char *accept;                /* "application/json"; NULL = anything */
    const char *etag, *last_modified;  /* of what is there already: it need not be sent again; NULL = nothing is */
    size_t most_bytes;                 /* a larger answer is refused */
    void (*step)(void *, double part); /* progress 0..1; NULL = nobody looks */
    void *context;
} http_request;

/* Zero-initialise; free with http_response_free in any case. */
typedef struct http_response {
    long status; /* 200, 304 (unchanged), 404 ... */
    char *bytes; /* owned, ended by a zero that is not counted; of a status that is no 200 the beginning */
    size_t n_bytes;
    char *content_type, *etag, *last_modified; /* owned; NULL = not said */
    bool has_length; /* the server said how long its answer is, or where it ends: a cut one cannot pass for whole */
} http_response;

/* BEHOV_E_MEMORY; BEHOV_E_ARGUMENT in a build without libcurl, BEHOV_E_FILE on a machine without it.
 * \param seed    of the random part of waiting
 * \param notice  hears when a server is waited for (borrowed until http_close) */
behov_status http_open(uint64_t seed, const behov_notice *notice, http_client **client,
                       behov_error *err) BEHOV_MUST_CHECK;
void http_close(http_client *client);

/* Whether an address is one that http_ask takes: https, or http to this machine; no name or password in it.
 * BEHOV_E_ARGUMENT. */
behov_status http_check_address(const char *address, behov_error *err) BEHOV_MUST_CHECK;

/* Sends a request and waits for the whole answer, whatever its status. 429, 502, 503 and 504 are waited out, as the server asks
 * or longer and longer, six tries in all; a connection that breaks is tried three times. BEHOV_E_FILE with the address in
 * where: no connection, no certificate, an answer cut off, stalled, too large; a redirect that leads elsewhere. */
behov_status http_ask(http_client *client, const http_request *request, http_response *response,
                      behov_error *err) BEHOV_MUST_CHECK;
void http_response_free(http_response *response);
/* At most `most` requests in `seconds`, as a server's configuration says; 0 = it does not say. */
void http_limit_rate(http_client *client, double most, double seconds);

#endif
