/* server_answer.h - what a server answered: JSON, or why not, in the user's words. */
#ifndef BEHOV_CLI_SERVER_ANSWER_H
#define BEHOV_CLI_SERVER_ANSWER_H

#include <behov/error.h>
#include <jansson.h>
#include <stdbool.h>

#include "http.h"

/* BEHOV_OK for an answer with the status 200; else what the server refused, by its own title where it has one (its body
 * counts, not its status: an unknown table comes as 400 with a body that says 404).
 * \param subject  what was asked for: a table, an address */
behov_status server_answer_check(const http_response *response, const char *address, const char *subject,
                                 behov_error *err) BEHOV_MUST_CHECK;
/* Whether the server says that too many cells were asked for. */
bool server_answer_is_too_many_cells(const http_response *response);

/* The JSON of an answer (returned, json_decref). BEHOV_E_DATA: a page in place of it, bytes that are no UTF-8, an answer that
 * ends too early, nothing at all. */
behov_status server_answer_json(const http_response *response, const char *address, json_t **document,
                                behov_error *err) BEHOV_MUST_CHECK;
/* Whether an answer is a page for people: HTML, or the XHTML that answers a long address. */
bool server_answer_is_page(const http_response *response);

#endif
