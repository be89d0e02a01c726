/* fetch_session.h - what the fetchers of one interface share; inner to this room. */
#ifndef BEHOV_CLI_FETCH_SESSION_H
#define BEHOV_CLI_FETCH_SESSION_H

#include <behov/wording.h>

#include "fetch.h"
#include "fetched_file.h"
#include "http.h"

struct fetch_session {
    http_client *client; /* NULL until something is asked */
    const behov_notice *notice;
    void (*step)(void *, double);
    void *context;
    size_t n_done, n_steps; /* parts of the order at hand, for the progress */
};

enum { FETCH_MOST_BYTES = 100000000, FETCH_MOST_BYTES_OF_METADATA = 30000000 };

/* Sends a request of this session. */
behov_status fetch_ask(fetch_session *session, http_request request, http_response *response,
                       behov_error *err) BEHOV_MUST_CHECK;
behov_status fetch_out_of_memory(const char *where, behov_error *err);

/* The digest of a whole question: interface, server, table, choices. */
behov_status fetch_asked_digest(const fetch_order *order, char hex[65], behov_error *err) BEHOV_MUST_CHECK;
const char *fetch_server_of(const fetch_order *order);
/* Adds a text to an address with %XX for all but letters, digits and -._~ */
void fetch_add_escaped(behov_wording *address, const char *text);

/* One more part; path is copied. */
behov_status fetch_result_add(fetch_result *result, const char *path, const kept_file *kept, behov_error *err);
behov_status fetch_result_add_new(fetch_result *result, const char *path, const fetch_record *record, size_t n_bytes,
                                  behov_error *err);

/* The fetchers. */
behov_status pxweb_fetch(fetch_session *session, const fetch_order *order, fetch_result *result,
                         behov_error *err) BEHOV_MUST_CHECK;
behov_status pxweb_read_table(fetch_session *session, const fetch_order *order, pxweb_table *table,
                              behov_error *err) BEHOV_MUST_CHECK;
behov_status plain_fetch(fetch_session *session, const fetch_order *order, fetch_result *result,
                         behov_error *err) BEHOV_MUST_CHECK;

#endif
