/* messages.c - see messages.h. */
#include "messages.h"

#include <stdarg.h>
#include <stdio.h>

#include "visible.h"

int print_failure(const behov_error *err)
{
    print_visible(stderr, "behov: %s%s%s\n", err->where, err->where[0] ? ": " : "", err->what);
    return err->code == BEHOV_E_ARGUMENT ? 2 : 1;
}

static bool is_silent; /* --quiet of the call */

void print_note_silence(bool silent)
{
    is_silent = silent;
}

void print_note_beside(void *context, const char *message)
{
    (void)context;
    print_note("%s", message);
}

const behov_notice note_beside = {.hear = print_note_beside};

void print_note(const char *format, ...)
{
    if (is_silent)
        return;
    fputs("behov: note: ", stderr);
    va_list arguments;
    va_start(arguments, format);
    print_visible_list(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}
