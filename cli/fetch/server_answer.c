/* server_answer.c - see server_answer.h. Titles are those of PxWebApi 2, with its own spelling. */
#include "server_answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool begins(const char *bytes, size_t n, const char *text)
{
    return n >= strlen(text) && strncasecmp(bytes, text, strlen(text)) == 0;
}

bool server_answer_is_page(const http_response *response)
{
    const char *bytes = response->bytes ? response->bytes : "";
    size_t n = response->n_bytes;
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        n -= 3;
    }
    while (n && strchr(" \t\r\n", *bytes) && *bytes) {
        bytes++;
        n--;
    }
    return begins(bytes, n, "<!doctype html") || begins(bytes, n, "<html") ||
           (begins(bytes, n, "<?xml") && strstr(bytes, "<html"));
}

/* A text of bytes in ISO-8859-1 where they are no UTF-8 would show marks of replacement: each becomes its letter (malloc). */
static char *latin_letters(const char *bytes, size_t n)
{
    char *text = malloc(2 * n + 1), *end = text;
    for (size_t i = 0; text && i < n; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte >= 0x80)
            *end++ = (char)(0xC0 | byte >> 6);
        *end++ = (char)(byte >= 0x80 ? 0x80 | (byte & 0x3F) : byte);
    }
    if (text)
        *end = '\0';
    return text;
}

/* What stands between <title> and </title>, or a short text as it is (malloc); NULL when there is nothing to show. */
static char *gist_of(const http_response *response)
{
    const char *bytes = response->bytes, *start = bytes ? strstr(bytes, "<title>") : NULL;
    const char *end = start ? strstr(start, "</title>") : NULL;
    size_t n = response->n_bytes;
    if (start && end) {
        bytes = start + 7;
        n = (size_t)(end - bytes);
    } else if (!bytes || server_answer_is_page(response)) {
        return NULL;
    }
    n = n < 200 ? n : 200;
    while (n && strchr(" \t\r\n", *bytes)) {
        bytes++;
        n--;
    }
    bool is_latin = response->content_type && strstr(response->content_type, "8859-1");
    const char *declared = response->bytes ? strstr(response->bytes, "iso-8859-1") : NULL;
    if (!n)
        return NULL;
    return is_latin || declared ? latin_letters(bytes, n) : strndup(bytes, n);
}

/* The title of a refusal: {"title": ...} of version 2, {"error": ...} of version 0 (malloc); NULL when there is none. */
static char *title_of(const http_response *response)
{
    json_t *body = response->bytes ? json_loadb(response->bytes, response->n_bytes, 0, NULL) : NULL;
    const char *title = json_string_value(json_object_get(body, "title"));
    if (!title)
        title = json_string_value(json_object_get(body, "error"));
    char *copy = title && title[0] && !behov_phrase_is_forged(title, strlen(title)) ? strdup(title) : NULL;
    json_decref(body);
    return copy;
}

static const struct {
    const char *title, *phrase;
} titles[] = {
    {"Non-existent table", PHRASE_FETCH_TITLE_TABLE},
    {"Non-existent variable", PHRASE_FETCH_TITLE_VARIABLE},
    {"Non-existent value", PHRASE_FETCH_TITLE_VALUE},
    {"Non-existent codelist", PHRASE_FETCH_TITLE_CODE_LIST},
    {"Missing selection for mandantory variable", PHRASE_FETCH_TITLE_MISSING},
    {"Missing selection for mandatory variable", PHRASE_FETCH_TITLE_MISSING},
    {"Illegal selection for mandantory variable", PHRASE_FETCH_TITLE_MISSING},
    {"Illegal selection expression", PHRASE_FETCH_TITLE_EXPRESSION},
    {"Too many cells selected", PHRASE_FETCH_TITLE_CELLS},
};

static const char *phrase_of_title(const char *title)
{
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strcasecmp(titles[i].title, title) == 0)
            return titles[i].phrase;
    return NULL;
}

bool server_answer_is_too_many_cells(const http_response *response)
{
    char *title = response->status == 200 ? NULL : title_of(response);
    bool is_it = (title && strcasecmp(title, "Too many cells selected") == 0) || response->status == 413;
    free(title);
    return is_it;
}

/* What a status means where its body says nothing. */
static const char *phrase_of_status(const http_response *response, size_t address_length)
{
    enum { LONG_ADDRESS = 2000 };
    switch (response->status) {
    case 401:
    case 403: return PHRASE_FETCH_STATUS_CLOSED;
    case 404: return address_length > LONG_ADDRESS ? PHRASE_FETCH_STATUS_LONG : PHRASE_FETCH_STATUS_NOT_THERE;
    case 414: return PHRASE_FETCH_STATUS_LONG;
    case 500: return PHRASE_FETCH_STATUS_FAILED;
    default: return PHRASE_FETCH_STATUS_OTHER;
    }
}

behov_status server_answer_check(const http_response *response, const char *address, const char *subject,
                                 behov_error *err)
{
    if (response->status == 200)
        return BEHOV_OK;
    char *title = title_of(response);
    const char *phrase = title ? phrase_of_title(title) : NULL;
    char *gist = phrase ? NULL : title ? strdup(title) : gist_of(response);
    behov_excerpt shown = behov_cut(subject, 120), said = behov_cut(gist, 200);
    behov_status status;
    if (phrase)
        status = behov_error_say(err, BEHOV_E_FILE, address, SAY_FETCH_SERVER_SAYS, phrase, shown.text, title);
    else if (said.text[0])
        status = behov_error_say(err, BEHOV_E_FILE, address, SAY_FETCH_SERVER_SAYS_ELSE,
                                 phrase_of_status(response, strlen(address)), response->status, said.text);
    else
        status = behov_error_say(err, BEHOV_E_FILE, address, SAY_FETCH_SERVER_SAYS_NOTHING,
                                 phrase_of_status(response, strlen(address)), response->status);
    free(title);
    free(gist);
    return status;
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */

static behov_status refuse(const http_response *response, const char *address, const json_error_t *fault,
                           behov_error *err)
{
    if (server_answer_is_page(response)) {
        char *gist = gist_of(response);
        behov_status status =
            behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_IS_PAGE, behov_cut(gist ? gist : "?", 120).text);
        free(gist);
        return status;
    }
    if (!response->n_bytes)
        return behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_IS_EMPTY);
    switch (json_error_code(fault)) {
    case json_error_invalid_utf8: return behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_NO_UTF8);
    case json_error_premature_end_of_input:
        return behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_ENDS_EARLY, response->n_bytes);
    case json_error_out_of_memory: return behov_error_say(err, BEHOV_E_MEMORY, address, SAY_FETCH_NO_MEMORY);
    default:
        return behov_error_say(err, BEHOV_E_DATA, address, SAY_FETCH_NO_JSON, fault->line,
                               behov_cut(response->bytes, 60).text);
    }
}

/* Whether a name or text holds the beginning of a phrase, as cli/read/json_file.c asks it of files. */
static bool is_forged(const http_response *response)
{
    for (size_t i = 0; i + 6 <= response->n_bytes; i++) {
        const char *found = memchr(response->bytes + i, 'u', response->n_bytes - i);
        if (!found)
            return false;
        i = (size_t)(found - response->bytes);
        if (i && found[-1] == '\\' && i + 5 < response->n_bytes && strncmp(found + 1, "0002", 4) == 0)
            return true;
    }
    return false;
}

behov_status server_answer_json(const http_response *response, const char *address, json_t **document, behov_error *err)
{
    json_error_t fault;
    *document = json_loadb(response->bytes ? response->bytes : "", response->n_bytes, JSON_REJECT_DUPLICATES, &fault);
    if (!*document)
        return refuse(response, address, &fault, err);
    if (is_forged(response)) {
        json_decref(*document);
        *document = NULL;
        return behov_error_say(err, BEHOV_E_DATA, address, SAY_DICTIONARY_CONTROL_CHARACTER);
    }
    return BEHOV_OK;
}
