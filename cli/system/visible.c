/* visible.c - see visible.h. */
#include "visible.h"

#include <stdlib.h>
#include <string.h>

void print_visible_list(FILE *out, const char *format, va_list arguments)
{
    char usual[2000], *text = usual;
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(usual, sizeof usual, format, arguments);
    if (length >= (int)sizeof usual && (text = malloc((size_t)length + 1)))
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    if (!text) /* without memory the start of the line is better than none of it */
        text = usual;
    behov_shown_letter letter;
    size_t n;
    for (const char *cursor = text; (n = behov_letter(cursor, &letter)) > 0; cursor += n)
        fwrite(*cursor == '\n' ? cursor : letter.bytes, 1, *cursor == '\n' ? 1 : letter.n_bytes, out);
    if (text != usual)
        free(text);
}

void print_visible(FILE *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_visible_list(out, format, arguments);
    va_end(arguments);
}
