/* terminal.c - the width of a terminal; COLUMNS goes before what the terminal says, as in ls and argp. */
#include "terminal.h"

#include <behov/number.h>
#include <stdlib.h>
#include <string.h>

#include "system.h"

static size_t asked_width(void)
{
    enum { WIDEST = 10000 };
    const char *text = system_environment("COLUMNS");
    double columns;
    if (!text || behov_number_parse(text, strlen(text), '.', &columns) != BEHOV_NUMBER_OK)
        return 0;
    return columns >= 1 && columns <= WIDEST ? (size_t)columns : 0;
}

size_t terminal_width(FILE *out)
{
    enum { USUAL = 80 };
    if (!system_is_terminal(out))
        return 0;
    size_t width = asked_width();
    if (!width)
        width = system_terminal_columns(out);
    if (!width)
        width = USUAL;
    return width < TERMINAL_NARROWEST ? TERMINAL_NARROWEST : width;
}
