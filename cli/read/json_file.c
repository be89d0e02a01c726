/* json_file.c - a file of JSON as a jansson tree; what never ends is not read to its end. */
#include "json_file.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "files_read.h"
#include "system.h"
#include "system_reason.h"

/* A saved fit has a hundred bytes for each coefficient. */
enum { MOST_BYTES = 500000000, TAIL_BYTES = 4096 };

typedef struct limited_file {
    FILE *file;          /* or */
    text_source *source; /* read from its first byte, but a byte order mark */
    size_t offset;
    size_t n_left, n_read;
    char tail[TAIL_BYTES]; /* the last bytes read, byte i in tail[i % TAIL_BYTES]: jansson names no whole number */
} limited_file;

static size_t read_some(limited_file *limited, void *buffer, size_t size)
{
    size_t n = 0;
    behov_error ignored;
    if (limited->file)
        return fread(buffer, 1, size, limited->file);
    if (text_source_read_at(limited->source, limited->offset, buffer, size, &n, &ignored))
        return (size_t)-1;
    limited->offset += n;
    return n;
}

static size_t read_limited(void *buffer, size_t size, void *context)
{
    limited_file *limited = context;
    size_t n =
        limited->n_left ? read_some(limited, buffer, size < limited->n_left ? size : limited->n_left) : (size_t)-1;
    if (n > limited->n_left) /* too large: jansson hears that reading failed */
        return n;
    limited->n_left -= n;
    for (size_t i = 0; i < n; i++)
        limited->tail[limited->n_read++ % TAIL_BYTES] = ((const char *)buffer)[i];
    return n;
}

static bool is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

static behov_status open_json(const char *path, FILE **file, behov_error *err)
{
    system_file about;
    if (is_standard_input(path)) {
        *file = stdin;
        return BEHOV_OK;
    }
    if (system_look(path, &about) != 0)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_JSON_FILE_NOT_THERE);
    if (about.kind == SYSTEM_FOLDER)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_JSON_FILE_IS_FOLDER);
    if (about.kind == SYSTEM_BLOCK_DEVICE || about.kind == SYSTEM_CHARACTER_DEVICE)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_JSON_FILE_IS_DEVICE);
    if (!(*file = fopen(path, "rb")))
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_JSON_FILE_NOT_OPENED, system_reason(errno));
    return BEHOV_OK;
}

/* A byte order mark is none of JSON's. What cannot be wound back, a pipe, is read from its first byte. */
static void pass_over_mark(FILE *file)
{
    system_file about;
    char first[3];
    if (system_look_at_stream(file, &about) != 0 || about.kind != SYSTEM_REGULAR)
        return;
    if (fread(first, 1, sizeof first, file) != sizeof first || memcmp(first, "\xEF\xBB\xBF", sizeof first) != 0)
        rewind(file);
}

/* Whether a name or text in the tree holds the beginning of a phrase, "\u0002" before a digit. Recursion is as deep as
 * jansson reads, 2048. */
static bool holds_phrase(const json_t *node)
{
    const char *name;
    size_t i;
    json_t *child;
    bool is_forged = json_is_string(node) && behov_phrase_is_forged(json_string_value(node), json_string_length(node));
    json_object_foreach((json_t *)(uintptr_t)node, name, child) is_forged =
        is_forged || behov_phrase_is_forged(name, strlen(name)) || holds_phrase(child);
    json_array_foreach(node, i, child) is_forged = is_forged || holds_phrase(child);
    return is_forged;
}

/* The piece of the file that jansson names, "" when it names none. */
static behov_excerpt piece_of(const json_error_t *json_error)
{
    const char *near = strstr(json_error->text, " near '");
    behov_excerpt piece = behov_cut(near ? near + 7 : "", 60);
    size_t length = strlen(piece.text);
    if (length && piece.text[length - 1] == '\'')
        piece.text[length - 1] = '\0';
    return piece;
}

/* What jansson found, in words of our own, with the piece of the file that it names. */
static behov_said reason_of(const json_error_t *json_error)
{
    const char *reason = NULL;
    switch (json_error_code(json_error)) {
    case json_error_stack_overflow: reason = PHRASE_JSON_ERROR_DEEP; break;
    case json_error_invalid_utf8: reason = PHRASE_JSON_ERROR_UTF8; break;
    case json_error_premature_end_of_input: reason = PHRASE_JSON_ERROR_ENDS; break;
    case json_error_end_of_input_expected: reason = PHRASE_JSON_ERROR_MORE; break;
    case json_error_invalid_syntax: reason = PHRASE_JSON_ERROR_MARK; break;
    case json_error_null_character:
    case json_error_null_byte_in_key: reason = PHRASE_JSON_ERROR_NULL; break;
    case json_error_duplicate_key: reason = PHRASE_JSON_ERROR_TWICE; break;
    default: return behov_phrase(SAY_JSON_ERROR_OTHER, json_error->text);
    }
    behov_excerpt piece = piece_of(json_error);
    return piece.text[0] ? behov_phrase(SAY_JSON_ERROR_KNOWN, reason, piece.text) : behov_phrase(SAY_MESSAGE, reason);
}

/* The number that ends where jansson stopped, its last digits where it is longer than `number`. */
static void number_before(const limited_file *limited, const json_error_t *json_error, char number[64])
{
    size_t end = json_error->position > 0 ? (size_t)json_error->position : 0, first = end, n = 0;
    size_t oldest = limited->n_read > TAIL_BYTES ? limited->n_read - TAIL_BYTES : 0;
    while (end <= limited->n_read && first > oldest && end - first < 63 &&
           strchr("+-.0123456789Ee", limited->tail[(first - 1) % TAIL_BYTES]) &&
           limited->tail[(first - 1) % TAIL_BYTES])
        first--;
    while (first < end)
        number[n++] = limited->tail[first++ % TAIL_BYTES];
    number[n] = '\0';
}

/* Where jansson stopped, and why. A number that is too large is JSON all the same. */
static behov_status refuse(const char *path, const limited_file *limited, const json_error_t *json_error,
                           behov_error *err)
{
    behov_said where, line = behov_phrase(SAY_JSON_FILE_LINE, json_error->line);
    behov_phrase_list(&where, behov_cut(path, 120).text, line.text, NULL);
    if (json_error_code(json_error) == json_error_numeric_overflow) {
        char number[64];
        number_before(limited, json_error, number);
        return behov_error_say(err, BEHOV_E_DATA, where.text, SAY_JSON_FILE_LARGE_NUMBER, number);
    }
    return behov_error_say(err, BEHOV_E_SYNTAX, where.text, SAY_JSON_FILE_NO_JSON, reason_of(json_error).text);
}

static behov_status load(limited_file *limited, const char *path, const char *content, json_t **tree, behov_error *err)
{
    json_error_t json_error;
    json_t *object = json_load_callback(read_limited, limited, JSON_REJECT_DUPLICATES, &json_error);
    if (!object && limited->n_left == 0)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_JSON_FILE_TOO_LARGE, MOST_BYTES / 1000000, content);
    if (!object)
        return refuse(path, limited, &json_error, err);
    if (holds_phrase(object)) {
        json_decref(object);
        return behov_error_say(err, BEHOV_E_SYNTAX, path, SAY_DICTIONARY_CONTROL_CHARACTER);
    }
    *tree = object;
    return BEHOV_OK;
}

behov_status json_file_read(const char *path, const char *content, json_t **tree, behov_error *err)
{
    FILE *file = NULL;
    behov_status status = open_json(path, &file, err);
    if (status)
        return status;
    files_read_note(path);
    pass_over_mark(file);
    limited_file limited = {.file = file, .n_left = MOST_BYTES};
    status = load(&limited, is_standard_input(path) ? PHRASE_STANDARD_INPUT : path, content, tree, err);
    if (file != stdin)
        fclose(file);
    return status;
}

behov_status json_file_read_source(text_source *source, const char *content, json_t **tree, behov_error *err)
{
    char mark[3];
    size_t n = 0;
    behov_status status = text_source_read_at(source, 0, mark, sizeof mark, &n, err);
    if (status)
        return status;
    limited_file limited = {.source = source, .n_left = MOST_BYTES};
    limited.offset = n == sizeof mark && memcmp(mark, "\xEF\xBB\xBF", n) == 0 ? n : 0;
    return load(&limited, text_source_name(source), content, tree, err);
}

bool json_file_is_object(const char *path)
{
    if (!system_is_regular_file(path))
        return false;
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    pass_over_mark(file);
    int byte = fgetc(file);
    while (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n')
        byte = fgetc(file);
    fclose(file);
    return byte == '{';
}
