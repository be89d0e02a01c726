/* pxweb_request.h - what is sent to PxWeb, of either version, and whether the answer is what was asked for. Data are asked for by
 * POST alone: a long list of municipalities makes an address that the server answers with 404. */
#ifndef BEHOV_CLI_PXWEB_REQUEST_H
#define BEHOV_CLI_PXWEB_REQUEST_H

#include <behov/error.h>
#include <behov/wording.h>
#include <jansson.h>

#include "pxweb_selection.h"
#include "pxweb_split.h"

/* The body that asks for a part of a selection: version 2, or version 0 (is_v0). BEHOV_E_MEMORY. */
behov_status pxweb_request_body(const pxweb_selection *selection, const pxweb_part *part, bool is_v0,
                                behov_wording *body, behov_error *err) BEHOV_MUST_CHECK;

/* Whether a document is JSON-stat with exactly the cells of a part: the same variables, codes and numbers of them.
 * BEHOV_E_DATA with what differs. O(cells). */
behov_status pxweb_check_answer(const json_t *document, const char *address, const pxweb_selection *selection,
                                const pxweb_part *part, behov_error *err) BEHOV_MUST_CHECK;

#endif
