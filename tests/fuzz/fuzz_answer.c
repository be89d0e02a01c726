/* fuzz_answer.c - any bytes as what a server answers: as a refusal, as metadata of which something is chosen, as data.
 *
 * The first line is a selection ("Region=*;Tid=top(2)"), the rest the answer. A selection that is taken has codes of its
 * variables, each once; parts of it hold all its cells. Anything else aborts. */
#include "fuzz_target.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pxweb_request.h"
#include "server_answer.h"

enum { MOST_CHOICES = 4 };

static void check_selection(const pxweb_selection *selection, const json_t *document)
{
    size_t n[PXWEB_MOST_DIMENSIONS] = {0}, n_parts = 0, n_cells = 0;
    pxweb_part *parts = NULL;
    behov_error err;
    if (selection->n > PXWEB_MOST_DIMENSIONS)
        return;
    for (size_t i = 0; i < selection->n; i++) {
        const pxweb_codes *codes = &selection->variables[i];
        REQUIRE(codes->n > 0);
        n[i] = codes->n;
        for (size_t j = 1; j < codes->n && j < 50; j++)
            REQUIRE(codes->codes[j] != codes->codes[j - 1]);
    }
    if (pxweb_split(n, selection->n, 1000, &parts, &n_parts) != BEHOV_OK)
        return;
    for (size_t i = 0; i < n_parts; i++) {
        size_t n_part = pxweb_n_cells(parts[i].n, selection->n);
        REQUIRE(n_part <= 1000);
        n_cells += n_part;
    }
    REQUIRE(n_cells == pxweb_n_cells(n, selection->n));
    for (int is_v0 = 0; is_v0 < 2; is_v0++) {
        behov_wording body = {0};
        if (pxweb_request_body(selection, &parts[0], is_v0, &body, &err) == BEHOV_OK) {
            json_t *again = json_loads(behov_wording_text(&body), 0, NULL);
            REQUIRE(again != NULL);
            json_decref(again);
        }
        behov_wording_free(&body);
    }
    (void)!pxweb_check_answer(document, "answer", selection, &parts[0], &err);
    free(parts);
}

/* Cuts the line into choices at its semicolons (written over); how many. */
static size_t cut_choices(char *line, fetch_choice choices[MOST_CHOICES], char **expressions[MOST_CHOICES])
{
    size_t n = 0;
    for (char *piece = line; piece && n < MOST_CHOICES;) {
        char *end = strchr(piece, ';'), *equals = strchr(piece, '=');
        if (end)
            *end = '\0';
        if (equals && (!end || equals < end)) {
            *equals = '\0';
            size_t n_expressions;
            expressions[n] = pxweb_expressions(equals + 1, &n_expressions);
            if (expressions[n]) {
                choices[n] = (fetch_choice){.variable = piece,
                                            .code_list = strchr(piece, ':') ? "agg:A" : NULL,
                                            .expressions = (const char *const *)expressions[n],
                                            .n_expressions = n_expressions};
                n++;
            }
        }
        piece = end ? end + 1 : NULL;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const long statuses[] = {200, 400, 404, 500};
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    char *line_end = memchr(text, '\n', size);
    size_t first = line_end ? (size_t)(line_end - text) + 1 : 0;
    if (line_end)
        *line_end = '\0';
    http_response response = {.bytes = text + first, .n_bytes = size - first};
    behov_error err;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        response.status = statuses[i];
        REQUIRE((server_answer_check(&response, "address", "table", &err) == BEHOV_OK) == (statuses[i] == 200));
        (void)server_answer_is_too_many_cells(&response);
    }
    json_t *document = NULL;
    if (server_answer_json(&response, "address", &document, &err) == BEHOV_OK && line_end) {
        pxweb_table table;
        pxweb_selection selection = {0};
        fetch_choice choices[MOST_CHOICES];
        char **expressions[MOST_CHOICES] = {NULL};
        size_t n = cut_choices(text, choices, expressions);
        json_t *kept = json_incref(document);
        if (pxweb_table_read(document, "address", &table, &err) == BEHOV_OK &&
            pxweb_select(&table, choices, n, "address", NULL, &selection, &err) == BEHOV_OK)
            check_selection(&selection, kept);
        pxweb_selection_free(&selection);
        pxweb_table_free(&table);
        json_decref(kept);
        for (size_t i = 0; i < MOST_CHOICES; i++)
            free(expressions[i]);
    } else {
        json_decref(document);
    }
    free(text);
    return 0;
}
