/* px_file.c - see px_file.h. Texts are copied one behind the other into memory as large as the file: a text needs no more
 * than it has bytes in the file, for its quotes or the mark behind it leave room for its zero. */
#include "px_file.h"

#include <stdlib.h>
#include <string.h>

#include <behov/word.h>

enum { LONGEST_KEYWORD = 60 };

typedef struct parsing {
    const text_source *source;
    const char *cursor, *end;
    size_t line;
    char *store; /* where the next text goes */
    px_file *file;
    size_t n_entries_room, n_values_room;
    behov_error *err;
} parsing;

static behov_status out_of_memory(const parsing *parsing)
{
    return behov_error_say(parsing->err, BEHOV_E_MEMORY, text_source_name(parsing->source), SAY_JSON_STAT_NO_MEMORY);
}

/* What stands where something else should, for messages. */
static behov_excerpt near(const parsing *parsing)
{
    char text[24];
    size_t n = 0;
    while (n < sizeof text - 1 && parsing->cursor + n < parsing->end && parsing->cursor[n] != '\n' &&
           parsing->cursor[n] != '\r') {
        text[n] = parsing->cursor[n];
        n++;
    }
    while (n && !text_source_is_utf8(text, n))
        n--;
    text[n] = '\0';
    return behov_cut(text, sizeof text);
}

static behov_status wrong(const parsing *parsing, const char *expected)
{
    char where[BEHOV_PLACE_SIZE];
    text_source_where(parsing->source, parsing->line, NULL, where);
    return behov_error_say(parsing->err, BEHOV_E_SYNTAX, where, SAY_PX_EXPECTED, expected, near(parsing).text);
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

/* One character on, with its line: CR LF is one break. */
static void step(parsing *parsing)
{
    char c = *parsing->cursor++;
    bool is_pair = c == '\r' && parsing->cursor < parsing->end && *parsing->cursor == '\n';
    parsing->line += is_break(c) && !is_pair;
}

static bool stands(const parsing *parsing, char c)
{
    return parsing->cursor < parsing->end && *parsing->cursor == c;
}

static void skip_blanks(parsing *parsing)
{
    while (parsing->cursor < parsing->end && strchr(" \t\r\n", *parsing->cursor) && *parsing->cursor)
        step(parsing);
}

/* The text between quotes, joined with those that follow behind nothing but blanks. Breaks inside the quotes are none of
 * it. */
static behov_status read_quoted(parsing *parsing, const char **text)
{
    *text = parsing->store;
    do {
        size_t line = parsing->line;
        step(parsing);
        while (parsing->cursor < parsing->end && *parsing->cursor != '"') {
            if (!is_break(*parsing->cursor))
                *parsing->store++ = *parsing->cursor;
            step(parsing);
        }
        if (parsing->cursor == parsing->end) {
            parsing->line = line;
            return wrong(parsing, PHRASE_PX_CLOSING_QUOTE);
        }
        step(parsing);
        skip_blanks(parsing);
    } while (stands(parsing, '"'));
    *parsing->store++ = '\0';
    return BEHOV_OK;
}

/* What is not in quotes, up to a comma or semicolon outside of parentheses: ANSI, 0, TLIST(A1,"1990"-"2000"). */
static behov_status read_bare(parsing *parsing, const char **text)
{
    int depth = 0;
    bool is_quoted = false;
    *text = parsing->store;
    while (parsing->cursor < parsing->end &&
           (depth > 0 || is_quoted || !strchr(",;", *parsing->cursor) || !*parsing->cursor)) {
        is_quoted = is_quoted != (*parsing->cursor == '"');
        if (!is_quoted)
            depth += (*parsing->cursor == '(') - (*parsing->cursor == ')');
        if (!is_break(*parsing->cursor))
            *parsing->store++ = *parsing->cursor;
        step(parsing);
    }
    while (parsing->store > *text && strchr(" \t", parsing->store[-1]))
        parsing->store--;
    if (parsing->cursor == parsing->end)
        return wrong(parsing, PHRASE_PX_SEMICOLON);
    *parsing->store++ = '\0';
    return BEHOV_OK;
}

static behov_status add_value(parsing *parsing, const char *text)
{
    px_file *file = parsing->file;
    if (file->n_values == parsing->n_values_room) {
        size_t room = parsing->n_values_room ? 2 * parsing->n_values_room : 256;
        const char **values = realloc(file->values, room * sizeof *values);
        if (!values)
            return out_of_memory(parsing);
        file->values = values;
        parsing->n_values_room = room;
    }
    file->values[file->n_values++] = text;
    return BEHOV_OK;
}

static behov_status add_entry(parsing *parsing, px_entry entry)
{
    px_file *file = parsing->file;
    if (file->n_entries == parsing->n_entries_room) {
        size_t room = parsing->n_entries_room ? 2 * parsing->n_entries_room : 64;
        px_entry *entries = realloc(file->entries, room * sizeof *entries);
        if (!entries)
            return out_of_memory(parsing);
        file->entries = entries;
        parsing->n_entries_room = room;
    }
    file->entries[file->n_entries++] = entry;
    return BEHOV_OK;
}

static bool is_of_keyword(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static behov_status read_keyword(parsing *parsing, px_entry *entry)
{
    entry->line = parsing->line;
    entry->keyword = parsing->store;
    while (parsing->cursor < parsing->end && is_of_keyword(*parsing->cursor)) {
        char c = *parsing->cursor;
        *parsing->store++ = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        step(parsing);
    }
    if (parsing->store == entry->keyword || parsing->store - entry->keyword > LONGEST_KEYWORD)
        return wrong(parsing, PHRASE_PX_KEYWORD);
    skip_blanks(parsing);
    if (parsing->cursor == parsing->end)
        return wrong(parsing, "=");
    *parsing->store++ = '\0';
    return BEHOV_OK;
}

static behov_status read_language(parsing *parsing, px_entry *entry)
{
    step(parsing);
    entry->language = parsing->store;
    while (parsing->cursor < parsing->end && is_of_keyword(*parsing->cursor)) {
        *parsing->store++ = *parsing->cursor;
        step(parsing);
    }
    if (!stands(parsing, ']'))
        return wrong(parsing, "]");
    *parsing->store++ = '\0';
    step(parsing);
    skip_blanks(parsing);
    return BEHOV_OK;
}

static behov_status read_subkeys(parsing *parsing, px_entry *entry)
{
    do {
        const char *subkey = NULL;
        step(parsing);
        skip_blanks(parsing);
        if (!stands(parsing, '"'))
            return wrong(parsing, "\"");
        behov_status status = read_quoted(parsing, &subkey);
        if (status)
            return status;
        entry->subkey = entry->subkey ? entry->subkey : subkey;
    } while (stands(parsing, ','));
    if (!stands(parsing, ')'))
        return wrong(parsing, ")");
    step(parsing);
    skip_blanks(parsing);
    return BEHOV_OK;
}

static behov_status read_values(parsing *parsing, px_entry *entry)
{
    entry->first_value = parsing->file->n_values;
    do {
        const char *text = NULL;
        step(parsing); /* "=" or "," */
        skip_blanks(parsing);
        behov_status status = stands(parsing, '"') ? read_quoted(parsing, &text) : read_bare(parsing, &text);
        if (!status)
            status = add_value(parsing, text);
        if (status)
            return status;
        entry->n_values++;
    } while (stands(parsing, ','));
    if (!stands(parsing, ';'))
        return wrong(parsing, PHRASE_PX_SEMICOLON);
    step(parsing);
    return add_entry(parsing, *entry);
}

/* DATA with its semicolon; without one up to the end of the file, which is for its reader to refuse. */
static behov_status read_data(parsing *parsing, const px_entry *entry)
{
    char where[BEHOV_PLACE_SIZE];
    bool is_quoted = false;
    if (parsing->file->data) {
        text_source_where(parsing->source, entry->line, NULL, where);
        return behov_error_say(parsing->err, BEHOV_E_DATA, where, SAY_PX_DATA_TWICE);
    }
    parsing->cursor++; /* "=" */
    parsing->file->data = parsing->cursor;
    parsing->file->data_line = parsing->line;
    for (bool has_ended = false; !has_ended && parsing->cursor < parsing->end;) {
        char c = *parsing->cursor;
        has_ended = c == ';' && !is_quoted;
        is_quoted = c == '"' ? !is_quoted : is_quoted && !is_break(c);
        step(parsing);
    }
    parsing->file->data_length = (size_t)(parsing->cursor - parsing->file->data);
    return BEHOV_OK;
}

static behov_status read_entry(parsing *parsing)
{
    px_entry entry = {0};
    behov_status status = read_keyword(parsing, &entry);
    if (!status && stands(parsing, '['))
        status = read_language(parsing, &entry);
    if (!status && stands(parsing, '('))
        status = read_subkeys(parsing, &entry);
    if (status)
        return status;
    if (!stands(parsing, '='))
        return wrong(parsing, "=");
    if (strcmp(entry.keyword, "DATA") != 0)
        return read_values(parsing, &entry);
    return read_data(parsing, &entry);
}

behov_status px_file_parse(const text_source *source, const char *text, size_t length, px_file *file, behov_error *err)
{
    *file = (px_file){.texts = malloc(length + 1)};
    parsing parsing = {.source = source,
                       .cursor = text,
                       .end = text + length,
                       .line = 1,
                       .store = file->texts,
                       .file = file,
                       .err = err};
    behov_status status = file->texts ? BEHOV_OK : out_of_memory(&parsing);
    for (skip_blanks(&parsing); !status && parsing.cursor < parsing.end; skip_blanks(&parsing))
        status = read_entry(&parsing);
    return status || file->data ? status
                                : behov_error_say(err, BEHOV_E_DATA, text_source_name(source), SAY_PX_LACKS, "DATA");
}

void px_file_free(px_file *file)
{
    free(file->texts);
    free(file->entries);
    free(file->values);
    *file = (px_file){0};
}

/* ---- looking up -------------------------------------------------------------------------------------------------- */

static bool is_entry(const px_entry *entry, const char *keyword, const char *subkey)
{
    return strcmp(entry->keyword, keyword) == 0 && !entry->subkey == !subkey &&
           (!subkey || strcmp(entry->subkey, subkey) == 0);
}

const px_entry *px_file_find(const px_file *file, const char *keyword, const char *subkey)
{
    const char *language = NULL;
    const px_entry *of_language = NULL;
    for (size_t i = 0; i < file->n_entries && !language; i++)
        if (is_entry(&file->entries[i], "LANGUAGE", NULL))
            language = px_file_value(file, &file->entries[i], 0);
    for (size_t i = 0; i < file->n_entries; i++) {
        const px_entry *entry = &file->entries[i];
        if (!is_entry(entry, keyword, subkey))
            continue;
        if (!entry->language)
            return entry;
        if (language && strcmp(entry->language, language) == 0 && !of_language)
            of_language = entry;
    }
    return of_language;
}

const char *px_file_value(const px_file *file, const px_entry *entry, size_t i)
{
    return entry && i < entry->n_values ? file->values[entry->first_value + i] : NULL;
}

const char *px_file_text(const px_file *file, const char *keyword, const char *subkey)
{
    return px_file_value(file, px_file_find(file, keyword, subkey), 0);
}
