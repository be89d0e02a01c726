/* markdown.c - pipe tables that pandoc (markdown and gfm) and GitHub show with the same text.
 *
 * Every character that either reader could take for a mark has a backslash, also where only pandoc's smart quotes,
 * dashes, subscripts or citations, or GitHub's :smile: would change it. Cells are padded, so that the file is a table
 * to the naked eye too; pandoc takes the widths of wide tables from the dashes, which are as many as the cells are
 * wide. */
#include <behov/markdown.h>

#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include "page_table.h"

/* Writes to `out` or, when that is NULL, only counts. */
typedef struct sink {
    behov_wording *out;
    size_t width; /* characters */
} sink;

static void put(sink *out, const char *bytes, size_t length)
{
    if (out->out)
        behov_wording_add_bytes(out->out, bytes, length);
    for (size_t i = 0; i < length; i++)
        out->width += ((unsigned char)bytes[i] & 0xC0) != 0x80;
}

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Whether a mark would be read as more than itself, by what follows it. `previous_letter` is 0 at the start of a text.
 * */
static bool needs_backslash(char c, char previous_letter, const char *next_text)
{
    switch (c) {
    case '.': /* ... becomes one character; GitHub makes a link of what begins with www. */
        return next_text[0] == '.' || previous_letter == '.' || previous_letter == 'w' || previous_letter == 'W';
    case '-': return next_text[0] == '-' || previous_letter == '-' || previous_letter == 0; /* dashes; a list */
    case '+':
    case '=':
    case '(': return previous_letter == 0;
    case ':':
        return previous_letter == 0 || is_letter_or_digit(next_text[0]) || next_text[0] == '_' || next_text[0] == '+' ||
               next_text[0] == '-' || next_text[0] == '/'; /* https://, of which GitHub makes a link */
    default: return strchr("\\`*_{}[]<>#|~^$@\"'&", c) != NULL;
    }
}

/* Bytes of a list's mark at the start of a text: "1." "a)" "IV." */
static size_t list_mark(const char *text)
{
    size_t length = 0;
    while (is_letter_or_digit(text[length]))
        length++;
    return length && (text[length] == '.' || text[length] == ')') && (text[length + 1] == ' ' || !text[length + 1])
               ? length
               : 0;
}

/* A text on one line, without spaces at its ends. */
static void put_text(sink *out, const char *text)
{
    while (*text == ' ' || *text == '\n' || *text == '\t')
        text++;
    size_t mark = list_mark(text), n_spaces = 0;
    /* pandoc reads "Table: ..." beside a table as its caption */
    const char *start = text,
               *colon = strncmp(text, "Table:", 6) == 0 || strncmp(text, "table:", 6) == 0 ? text + 5 : NULL;
    char previous_letter = 0;
    behov_page_character next;
    while (behov_page_next(&text, &next)) {
        if (next.code == ' ') {
            n_spaces++;
            continue;
        }
        for (; n_spaces; n_spaces--)
            put(out, " ", 1);
        char c = next.code < 0x80 ? (char)next.code : 'x';
        const char *cursor = text - 1;
        if (next.code < 0x80 &&
            (needs_backslash(c, previous_letter, text) || cursor == colon || (mark && cursor == start + mark)))
            put(out, "\\", 1);
        put(out, next.bytes, next.length);
        previous_letter = c;
    }
}

static void put_cell(sink *out, const behov_page_table *table, size_t column, size_t row)
{
    char text[BEHOV_NUMBER_SIZE];
    const char *shown_text = behov_page_cell(table, column, row, text), *stars = behov_page_stars(table, column, row);
    bool is_strong = (shown_text[strspn(shown_text, " ")] || stars[0]) && behov_page_is_strong(table, column, row);
    if (is_strong)
        put(out, "**", 2);
    if (behov_page_is_figure(table, column, row)) {
        const char *mark = strchr(shown_text, '<'); /* < 0,001 */
        size_t length = mark ? (size_t)(mark - shown_text) : 0;
        put(out, shown_text, length);
        put(out, "\\", mark != NULL);
        put(out, shown_text + length, strlen(shown_text) - length);
    } else {
        put_text(out, shown_text);
    }
    for (; *stars; stars++) {
        put(out, "\\", *stars == '*');
        put(out, stars, 1);
    }
    if (is_strong)
        put(out, "**", 2);
}

static void put_many(sink *out, const char *character, size_t n)
{
    while (n-- > 0)
        put(out, character, 1);
}

/* The header's cell for row = table->n_rows. */
static size_t cell_width(const behov_page_table *table, size_t column, size_t row)
{
    sink sink = {0};
    if (row == table->n_rows)
        put_text(&sink, table->columns[column].header);
    else
        put_cell(&sink, table, column, row);
    return sink.width;
}

static void put_row(sink *out, const behov_page_table *table, const size_t *widths, size_t row)
{
    for (size_t j = 0; j < table->n_columns; j++) {
        size_t room = widths[j] - cell_width(table, j, row);
        put(out, j ? " | " : "| ", j ? 3 : 2);
        if (!table->columns[j].is_text)
            put_many(out, " ", room);
        if (row == table->n_rows)
            put_text(out, table->columns[j].header);
        else
            put_cell(out, table, j, row);
        if (table->columns[j].is_text)
            put_many(out, " ", room);
    }
    put(out, " |\n", 3);
}

static behov_status write_table(const behov_section *section, behov_language lang, behov_wording *out, behov_error *err)
{
    enum { NARROWEST = 3 };
    behov_page_table table;
    sink sink = {.out = out};
    behov_status status = behov_page_table_new(section, lang, &table, err);
    size_t *widths = status ? NULL : calloc(table.n_columns + 1, sizeof *widths);
    if (!status && !widths)
        status = behov_error_say(err, BEHOV_E_MEMORY, section->name, SAY_PAGE_NO_MEMORY_TABLE);
    for (size_t j = 0; !status && j < table.n_columns; j++) {
        widths[j] = NARROWEST;
        for (size_t i = 0; i <= table.n_rows; i++) {
            size_t width = cell_width(&table, j, i);
            widths[j] = width > widths[j] ? width : widths[j];
        }
    }
    if (!status) {
        put_row(&sink, &table, widths, table.n_rows);
        for (size_t j = 0; j < table.n_columns; j++) {
            bool is_text = table.columns[j].is_text;
            put(&sink, j ? " | " : "| ", j ? 3 : 2);
            put(&sink, ":", is_text);
            put_many(&sink, "-", widths[j] - 1);
            put(&sink, ":", !is_text);
        }
        put(&sink, " |\n", 3);
        for (size_t i = 0; i < table.n_rows; i++)
            put_row(&sink, &table, widths, i);
    }
    free(widths);
    behov_page_table_free(&table);
    return status;
}

static void write_paragraph(const char *text, behov_wording *out)
{
    if (!text || !text[strspn(text, " \t\n")])
        return;
    sink sink = {.out = out};
    behov_wording_add_letter(out, '\n');
    put_text(&sink, text);
    behov_wording_add_letter(out, '\n');
}

behov_status behov_markdown_page(const behov_document *document, behov_wording *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t s = 0; s < document->n_sections && !status; s++) {
        const behov_section *section = &document->sections[s];
        sink sink = {.out = out};
        behov_wording_add(out, s ? "\n## " : "## ");
        put_text(&sink, section->title);
        behov_wording_add_letter(out, '\n');
        write_paragraph(section->subtitle, out);
        behov_wording_add_letter(out, '\n');
        status = write_table(section, document->lang, out, err);
        for (size_t i = 0; i < section->n_notes; i++)
            write_paragraph(section->notes[i], out);
    }
    return status;
}
