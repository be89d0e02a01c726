/* help_lines.c - see help_lines.h. */
#include "help_lines.h"

#include <stdbool.h>
#include <string.h>

#include "text_lines.h"

enum { WIDTH = 80, CALL_INDENT = 6, CALL_GAP = 3 };

/* Bytes up to a blank or a line end outside quotes and brackets that begin the word. */
static size_t word_length(const char *text)
{
    size_t length = 0;
    for (char until = 0; text[length] && (until || !strchr(" \n", text[length])); length++) {
        char here = text[length], before = length ? text[length - 1] : ' ';
        if (until)
            until = here == until ? 0 : until;
        else if (here == '\'' && strchr(" (=", before) && strchr(text + length + 1, '\''))
            until = '\'';
        else if (here == '[' && length == 0 && strchr(text, ']'))
            until = ']';
    }
    return length;
}

/* \param mark    before a line end within the text: "" or " \\"
 * \param length  bytes of the text */
static void fill(const char *text, size_t length, size_t column, size_t indent, const char *mark, FILE *out)
{
    const char *end = text + length;
    bool is_first = true;
    for (text += strspn(text, " \n"); text < end; text += strspn(text, " \n")) {
        size_t n_bytes = word_length(text), width = text_width_in(text, n_bytes);
        if (!is_first && column + 1 + width + strlen(mark) > WIDTH) {
            fprintf(out, "%s\n", mark);
            text_pad(out, indent);
            column = indent;
        } else if (!is_first) {
            fputc(' ', out);
            column++;
        }
        fprintf(out, "%.*s", (int)n_bytes, text);
        column += width;
        text += n_bytes;
        is_first = false;
    }
    fputc('\n', out);
}

void help_lines_fill(const char *text, size_t column, size_t indent, FILE *out)
{
    fill(text, strlen(text), column, indent, "", out);
}

/* The first place in a line with `gap` blanks or more; its length when there is none. */
static size_t find_gap(const char *line, size_t length, size_t gap)
{
    for (size_t i = 0; i < length; i++)
        if (strspn(line + i, " ") >= gap)
            return i;
    return length;
}

/* A call to be copied, with what it does behind it. */
static void print_call(const char *line, size_t length, FILE *out)
{
    size_t indent = strspn(line, " "), end = indent + find_gap(line + indent, length - indent, CALL_GAP);
    if (text_width_in(line, length) <= WIDTH) {
        fprintf(out, "%.*s\n", (int)length, line);
        return;
    }
    text_pad(out, indent);
    fill(line + indent, end - indent, indent, CALL_INDENT, " \\", out);
    if (end < length) {
        text_pad(out, CALL_INDENT);
        fill(line + end, length - end, CALL_INDENT, CALL_INDENT, "", out);
    }
}

/* A name, blanks and its explanation, which hangs below itself. */
static void print_hanging(const char *line, size_t length, FILE *out)
{
    size_t indent = strspn(line, " "), gap = indent + find_gap(line + indent, length - indent, 2),
           text = gap < length ? gap + strspn(line + gap, " ") : indent;
    size_t column = text_width_in(line, text);
    fprintf(out, "%.*s", (int)text, line);
    fill(line + text, length - text, column, column, "", out);
}

/* Bytes of a line with those that go on with it: up to one that is empty, begins with a blank or stands behind the end of
 * a sentence. */
static size_t paragraph_length(const char *text)
{
    size_t length = strcspn(text, "\n");
    while (length && text[length] && !strchr(".:", text[length - 1]) && !strchr(" \n", text[length + 1]))
        length += 1 + strcspn(text + length + 1, "\n");
    return length;
}

void help_lines_print(const char *text, FILE *out)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        if (text[0] != ' ') {
            length = paragraph_length(text);
            fill(text, length, 0, 0, "", out);
        } else if (strncmp(text + strspn(text, " "), "behov ", 6) == 0) {
            print_call(text, length, out);
        } else {
            print_hanging(text, length, out);
        }
        text += length + (text[length] == '\n');
    }
}
