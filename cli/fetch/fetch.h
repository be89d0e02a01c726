/* fetch.h - fetches what is asked of a publisher into files, or finds that it is there already. */
#ifndef BEHOV_CLI_FETCH_H
#define BEHOV_CLI_FETCH_H

#include <behov/error.h>
#include <behov/notice.h>
#include <stdbool.h>
#include <stddef.h>

#include "pxweb_selection.h"

typedef enum fetch_api {
    FETCH_PXWEB2,  /* PxWebApi 2 */
    FETCH_PXWEB0,  /* version 0 and 1 of it */
    FETCH_KLASS,   /* classifications of Statistics Norway */
    FETCH_ADDRESS, /* whatever lies at an address */
    FETCH_N_APIS
} fetch_api;

/* "pxweb2", "pxweb0", "klass", "address". */
const char *fetch_api_name(fetch_api api);
/* Where an interface is asked when nobody says: that of Statistics Norway; "" for FETCH_ADDRESS. */
const char *fetch_api_server(fetch_api api);

typedef struct fetch_session fetch_session;

/* What is asked; all borrowed for the call. */
typedef struct fetch_order {
    fetch_api api;
    const char *server; /* the address under which tables lie; NULL = fetch_api_server */
    const char *table;  /* "07459"; for KLASS what stands behind classifications/, for an address the address */
    const fetch_choice *choices; /* for KLASS and an address: names and values of the query */
    size_t n_choices;
    const char
        *selection;   /* what a recipe asks for, as it stands there, to be noted beside the file; NULL = no recipe */
    const char *path; /* "07459.json"; of several parts 07459-1.json, 07459-2.json */
    bool is_offline;  /* nothing is asked: what is there has to answer */
} fetch_order;

typedef struct fetched_part {
    char *path;
    size_t n_bytes, n_cells; /* cells 0 = not a table of cells */
    bool is_kept;            /* it was there, and nothing has changed */
    char *updated;           /* NULL = not said */
} fetched_part;

/* Zero-initialise; free with fetch_result_free in any case. */
typedef struct fetch_result {
    fetched_part *parts;
    size_t n_parts;
    char *title, *source; /* NULL = not said */
} fetch_result;
void fetch_result_free(fetch_result *result);

/* A session keeps the connection and the pace over several orders.
 * \param notice  hears of waiting and of what was found (borrowed until fetch_close)
 * \param step    progress of the order at hand, may be NULL */
behov_status fetch_open(const behov_notice *notice, void (*step)(void *, double), void *context,
                        fetch_session **session, behov_error *err) BEHOV_MUST_CHECK;
void fetch_close(fetch_session *session);

/* Fetches an order. What is there already, answers the same request and is not older than what the publisher has is kept; a
 * second call goes on where a first one ended. Nothing is written that is not whole.
 * BEHOV_E_ARGUMENT, BEHOV_E_NAME: the order; BEHOV_E_FILE, BEHOV_E_DATA: server, answer or disk. */
behov_status fetch_files(fetch_session *session, const fetch_order *order, fetch_result *result,
                         behov_error *err) BEHOV_MUST_CHECK;
/* The metadata of a table of PxWeb, to be looked at (free with pxweb_table_free in any case). */
behov_status fetch_table(fetch_session *session, const fetch_order *order, pxweb_table *table,
                         behov_error *err) BEHOV_MUST_CHECK;

#endif
