/* text_lines.c - lines of running text. Elsewhere than on a terminal a sentence is one line, however long: what reads
 * it there breaks lines itself or looks for a sentence. */
#include "text_lines.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "page_table.h"
#include "terminal.h"

void text_pad(FILE *out, size_t n)
{
    while (n-- > 0)
        fputc(' ', out);
}

void text_put(const char *text, size_t length, FILE *out)
{
    behov_page_character next;
    for (const char *cursor = text; (size_t)(cursor - text) < length && behov_page_next(&cursor, &next);)
        fwrite(next.bytes, 1, next.length, out);
}

size_t text_width_in(const char *text, size_t length)
{
    size_t width = 0;
    behov_page_character next;
    for (const char *cursor = text; (size_t)(cursor - text) < length && behov_page_next(&cursor, &next);)
        width++;
    return width;
}

size_t text_width(const char *text)
{
    return text_width_in(text, SIZE_MAX);
}

size_t text_line_length(const char *text, size_t longest)
{
    size_t width = 0, end = 0;
    behov_page_character next;
    for (const char *cursor = text;;) {
        const char *previous_text = cursor;
        bool is_more = behov_page_next(&cursor, &next);
        if (!is_more || next.code == ' ') {
            if (width > longest && end > 0)
                return end;
            end = (size_t)(previous_text - text);
        }
        if (!is_more || (width >= longest && end > 0))
            return end;
        width++;
    }
}

static const char blanks[] = " \t\r\n";

static void put_lines(const char *text, size_t longest, size_t indent, FILE *out)
{
    bool is_first = true;
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t length = text_line_length(text, longest), shown_index = length;
        while (shown_index > 0 && text[shown_index - 1] == ' ')
            shown_index--;
        if (!is_first)
            text_pad(out, indent);
        text_put(text, shown_index, out);
        fputc('\n', out);
        text += length;
        is_first = false;
    }
}

void text_line(const char *text, size_t indent, FILE *out)
{
    enum { FEWEST = 20 }; /* an indent that leaves less is given up */
    size_t width = terminal_width(out);
    if (!text[0])
        return;
    if (!width) {
        text_put(text, strlen(text), out);
        fputc('\n', out);
        return;
    }
    bool has_room = indent + FEWEST <= width;
    put_lines(text, has_room ? width - indent : width, has_room ? indent : 0, out);
}

void text_paragraph(const char *text, size_t longest, FILE *out)
{
    size_t width = terminal_width(out);
    put_lines(text, width && width < longest ? width : longest, 0, out);
}
