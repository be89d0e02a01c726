/* write_markdown.c - pipe tables that pandoc (markdown and gfm) and GitHub show with the same text.
 *
 * Every character that either reader could take for a mark has a backslash, also where only pandoc's smart quotes,
 * dashes, subscripts or citations, or GitHub's :smile: would change it. Cells are padded, so that the file is a table
 * to the naked eye too; pandoc takes the widths of wide tables from the dashes, which are as many as the cells are
 * wide. */
#include "write_markdown.h"

#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "page_table.h"

/* Writes to `out` or, when that is NULL, only counts. */
typedef struct sink {
    FILE *out;
    size_t width; /* characters */
} sink;

static void put(sink *to, const char *bytes, size_t length)
{
    if (to->out)
        fwrite(bytes, 1, length, to->out);
    for (size_t i = 0; i < length; i++)
        to->width += ((unsigned char)bytes[i] & 0xC0) != 0x80;
}

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Whether a mark would be read as more than itself, by what follows it. `before` is 0 at the start of a text. */
static bool needs_backslash(char c, char before, const char *after)
{
    switch (c) {
    case '.': return after[0] == '.' || before == '.';                /* ... becomes one character */
    case '-': return after[0] == '-' || before == '-' || before == 0; /* dashes; a list */
    case '+':
    case '=':
    case '(': return before == 0;
    case ':':
        return before == 0 || is_letter_or_digit(after[0]) || after[0] == '_' || after[0] == '+' || after[0] == '-';
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
static void put_text(sink *to, const char *text)
{
    while (*text == ' ' || *text == '\n' || *text == '\t')
        text++;
    size_t mark = list_mark(text), n_spaces = 0;
    /* pandoc reads "Table: ..." beside a table as its caption */
    const char *start = text,
               *colon = strncmp(text, "Table:", 6) == 0 || strncmp(text, "table:", 6) == 0 ? text + 5 : NULL;
    char before = 0;
    page_character next;
    while (page_next(&text, &next)) {
        if (next.code == ' ') {
            n_spaces++;
            continue;
        }
        for (; n_spaces; n_spaces--)
            put(to, " ", 1);
        char c = next.code < 0x80 ? (char)next.code : 'x';
        const char *at = text - 1;
        if (next.code < 0x80 && (needs_backslash(c, before, text) || at == colon || (mark && at == start + mark)))
            put(to, "\\", 1);
        put(to, next.bytes, next.length);
        before = c;
    }
}

static void put_cell(sink *to, const page_table *table, size_t column, size_t row)
{
    char text[BEHOV_NUMBER_SIZE];
    const char *shown = page_cell(table, column, row, text), *stars = page_stars(table, column, row);
    bool is_strong = (shown[strspn(shown, " ")] || stars[0]) && page_is_strong(table, column, row);
    if (is_strong)
        put(to, "**", 2);
    if (page_is_figure(table, column, row)) {
        put(to, "\\", shown[0] == '<'); /* < 0,001 */
        put(to, shown, strlen(shown));
    } else {
        put_text(to, shown);
    }
    for (; *stars; stars++) {
        put(to, "\\", *stars == '*');
        put(to, stars, 1);
    }
    if (is_strong)
        put(to, "**", 2);
}

static void put_many(sink *to, const char *character, size_t n)
{
    while (n-- > 0)
        put(to, character, 1);
}

/* The header's cell for row = table->n_rows. */
static size_t cell_width(const page_table *table, size_t column, size_t row)
{
    sink counted = {0};
    if (row == table->n_rows)
        put_text(&counted, table->columns[column].header);
    else
        put_cell(&counted, table, column, row);
    return counted.width;
}

static void put_row(sink *to, const page_table *table, const size_t *widths, size_t row)
{
    for (size_t j = 0; j < table->n_columns; j++) {
        size_t room = widths[j] - cell_width(table, j, row);
        put(to, j ? " | " : "| ", j ? 3 : 2);
        if (!table->columns[j].is_text)
            put_many(to, " ", room);
        if (row == table->n_rows)
            put_text(to, table->columns[j].header);
        else
            put_cell(to, table, j, row);
        if (table->columns[j].is_text)
            put_many(to, " ", room);
    }
    put(to, " |\n", 3);
}

static behov_status write_table(const section *of, behov_language lang, FILE *out, behov_error *err)
{
    enum { NARROWEST = 3 };
    page_table table;
    sink to = {.out = out};
    behov_status status = page_table_new(of, lang, &table, err);
    size_t *widths = status ? NULL : calloc(table.n_columns + 1, sizeof *widths);
    if (!status && !widths)
        status = behov_error_set(err, BEHOV_E_MEMORY, of->name, "not enough memory for the table");
    for (size_t j = 0; !status && j < table.n_columns; j++) {
        widths[j] = NARROWEST;
        for (size_t i = 0; i <= table.n_rows; i++) {
            size_t width = cell_width(&table, j, i);
            widths[j] = width > widths[j] ? width : widths[j];
        }
    }
    if (!status) {
        put_row(&to, &table, widths, table.n_rows);
        for (size_t j = 0; j < table.n_columns; j++) {
            bool is_text = table.columns[j].is_text;
            put(&to, j ? " | " : "| ", j ? 3 : 2);
            put(&to, ":", is_text);
            put_many(&to, "-", widths[j] - 1);
            put(&to, ":", !is_text);
        }
        put(&to, " |\n", 3);
        for (size_t i = 0; i < table.n_rows; i++)
            put_row(&to, &table, widths, i);
    }
    free(widths);
    page_table_free(&table);
    return status;
}

static void write_paragraph(const char *text, FILE *out)
{
    if (!text || !text[strspn(text, " \t\n")])
        return;
    sink to = {.out = out};
    fputc('\n', out);
    put_text(&to, text);
    fputc('\n', out);
}

behov_status write_markdown(const document *of, FILE *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t s = 0; s < of->n_sections && !status; s++) {
        const section *at = &of->sections[s];
        sink to = {.out = out};
        fputs(s ? "\n## " : "## ", out);
        put_text(&to, at->title);
        fputc('\n', out);
        write_paragraph(at->subtitle, out);
        fputc('\n', out);
        status = write_table(at, of->lang, out, err);
        for (size_t i = 0; i < at->n_notes; i++)
            write_paragraph(at->notes[i], out);
    }
    return status;
}
