/* ini_lines.c - see ini_lines.h. */
#include "ini_lines.h"

#include <behov/phrase.h>
#include <stdlib.h>
#include <string.h>

#include "text_source.h"

enum { LONGEST_FILE = 16 * 1024 * 1024 };

typedef struct ini_lines {
    const char *path;
    const ini_lines_taker *taker;
    behov_error *err;
    size_t line;
    bool is_in_section;
    char *key, *value; /* of a pair that may go on, in the text of the file */
    size_t key_line, key_indent, value_length;
} ini_lines;

behov_said ini_lines_where(const char *path, size_t line)
{
    return behov_phrase(SAY_INI_WHERE_LINE, behov_cut(path, 200).text, (unsigned long)line);
}

bool ini_lines_is_blank(char letter)
{
    return letter == ' ' || letter == '\t';
}

/* ---- lines --------------------------------------------------------------------------------------------------------- */

/* Takes off the comment and the blanks at both ends; its bytes, 0 = nothing is left. */
static size_t trim(char *start)
{
    if (*start == '#' || *start == ';')
        return 0;
    for (char *cursor = start; *cursor; cursor++)
        if (*cursor == ';' && cursor > start && ini_lines_is_blank(cursor[-1])) {
            *cursor = '\0';
            break;
        }
    size_t length = strlen(start);
    while (length && ini_lines_is_blank(start[length - 1]))
        start[--length] = '\0';
    return length;
}

behov_status ini_lines_each(const char *path, ini_line_taker take, void *context, bool *is_guess, behov_error *err)
{
    char *text = NULL;
    size_t length, line = 0;
    behov_status status = text_source_read(path, LONGEST_FILE, &text, &length, is_guess, err);
    for (char *cursor = text; !status && *cursor;) {
        char *end = cursor + strcspn(cursor, "\r\n"), *next = end;
        next += *end == '\r' && end[1] == '\n';
        next += *end != '\0';
        *end = '\0';
        line++;
        size_t indent = strspn(cursor, " \t"), n = trim(cursor + indent);
        if (n && behov_phrase_is_forged(cursor + indent, n)) /* any other control character may stand there */
            status = behov_error_say(err, BEHOV_E_SYNTAX, ini_lines_where(path, line).text, SAY_INI_CONTROL_CHARACTER);
        else if (n)
            status = take(context, cursor + indent, n, indent, line, err);
        cursor = next;
    }
    if (!status)
        status = take(context, NULL, 0, 0, line, err);
    free(text);
    return status;
}

/* ---- sections and pairs --------------------------------------------------------------------------------------------- */

static behov_status end_pair(ini_lines *lines)
{
    if (!lines->key)
        return BEHOV_OK;
    char *key = lines->key;
    lines->key = NULL;
    return lines->taker->pair(lines->taker->context, key, lines->value, lines->key_line, lines->err);
}

static behov_status start_section(ini_lines *lines, char *start, size_t length)
{
    behov_status status = end_pair(lines);
    if (status)
        return status;
    if (start[length - 1] != ']')
        return behov_error_say(lines->err, BEHOV_E_SYNTAX, ini_lines_where(lines->path, lines->line).text,
                               SAY_INI_NO_BRACKET);
    char *name = start + 1 + strspn(start + 1, " \t");
    char *end = start + length - 1;
    while (end > name && ini_lines_is_blank(end[-1]))
        end--;
    *end = '\0';
    lines->is_in_section = true;
    return lines->taker->section(lines->taker->context, name, lines->line, lines->err);
}

static behov_status start_pair(ini_lines *lines, char *start, size_t indent)
{
    behov_status status = end_pair(lines);
    char *mark = strchr(start, '=');
    if (status)
        return status;
    if (!mark || mark == start)
        return behov_error_say(lines->err, BEHOV_E_SYNTAX, ini_lines_where(lines->path, lines->line).text,
                               SAY_INI_NO_PAIR, behov_cut(start, 60).text);
    if (!lines->is_in_section)
        return behov_error_say(lines->err, BEHOV_E_SYNTAX, ini_lines_where(lines->path, lines->line).text,
                               SAY_INI_BEFORE_SECTION, behov_cut(start, 60).text);
    char *end = mark;
    while (end > start && ini_lines_is_blank(end[-1]))
        end--;
    *end = '\0';
    lines->key = start;
    lines->value = mark + 1 + strspn(mark + 1, " \t");
    lines->value_length = strlen(lines->value);
    lines->key_line = lines->line;
    lines->key_indent = indent;
    return BEHOV_OK;
}

/* The pieces of a value lie one behind the other in the text of the file: they are moved together there. */
static void go_on(ini_lines *lines, const char *start, size_t length)
{
    if (lines->value_length)
        lines->value[lines->value_length++] = ' ';
    memmove(lines->value + lines->value_length, start, length + 1);
    lines->value_length += length;
}

static behov_status take_line(void *context, char *text, size_t length, size_t indent, size_t line, behov_error *err)
{
    ini_lines *lines = context;
    (void)err; /* that of the lines */
    lines->line = line;
    if (!text)
        return end_pair(lines);
    if (lines->key && indent > lines->key_indent) {
        go_on(lines, text, length);
        return BEHOV_OK;
    }
    return *text == '[' ? start_section(lines, text, length) : start_pair(lines, text, indent);
}

behov_status ini_lines_read(const char *path, const ini_lines_taker *taker, bool *is_guess, behov_error *err)
{
    ini_lines lines = {.path = path, .taker = taker, .err = err};
    return ini_lines_each(path, take_line, &lines, is_guess, err);
}
