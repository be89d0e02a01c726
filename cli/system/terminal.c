/* terminal.c - the width of a terminal; COLUMNS goes before what the terminal says, as in ls and argp. */
#include "terminal.h"

#include <behov/number.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static size_t asked_width(void)
{
    enum { WIDEST = 10000 };
    const char *text = getenv("COLUMNS");
    double columns;
    if (!text || behov_number_parse(text, strlen(text), '.', &columns) != BEHOV_NUMBER_OK)
        return 0;
    return columns >= 1 && columns <= WIDEST ? (size_t)columns : 0;
}

size_t terminal_width(FILE *out)
{
    enum { USUAL = 80 };
    int file = fileno(out);
    struct winsize window;
    if (file < 0 || !isatty(file))
        return 0;
    size_t width = asked_width();
    if (!width)
        width = ioctl(file, TIOCGWINSZ, &window) == 0 && window.ws_col ? window.ws_col : USUAL;
    return width < TERMINAL_NARROWEST ? TERMINAL_NARROWEST : width;
}
