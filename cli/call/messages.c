/* messages.c - see messages.h. */
#include "messages.h"

#include <stdarg.h>
#include <stdio.h>

#include <behov/error_sentence.h>
#include "visible.h"

static behov_language language; /* of the call */
static bool is_silent;          /* --quiet of the call */
static bool is_silent_of_files; /* the call is a step of another */

void messages_set_language(behov_language lang)
{
    language = lang;
}

behov_language messages_language(void)
{
    return language;
}

void print_note_silence(bool silent)
{
    is_silent = silent;
}

void print_written_silence(bool silent)
{
    is_silent_of_files = silent;
}

/* "behov: note: where: what"; in English where there is no memory for another language. */
static void print_error(behov_word head, const behov_error *err)
{
    behov_wording text = {0};
    behov_error_sentence(err, language, &text);
    if (text.has_no_memory)
        print_visible(stderr, "behov: %s%s%s\n", err->where, err->where[0] ? ": " : "", err->what);
    else
        print_visible(stderr, "behov: %s%s%s\n", head ? behov_label(language, head) : "", head ? ": " : "",
                      behov_wording_text(&text));
    behov_wording_free(&text);
}

int print_failure(const behov_error *err)
{
    print_error(BEHOV_NO_WORD, err);
    return err->code == BEHOV_E_ARGUMENT ? 2 : 1;
}

void print_note_beside(void *context, const char *message)
{
    (void)context;
    print_note(SAY_MESSAGE, message);
}

const behov_notice note_beside = {.hear = print_note_beside};

void print_note(behov_word word, const char *format, ...)
{
    if (is_silent)
        return;
    behov_error note;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&note, BEHOV_OK, "", word, format, arguments);
    va_end(arguments);
    print_error(BEHOV_WORD_MESSAGE_NOTE, &note);
}

void print_line(behov_word word, const char *format, ...)
{
    behov_error message;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&message, BEHOV_OK, "", word, format, arguments);
    va_end(arguments);
    print_error(BEHOV_NO_WORD, &message);
}

void print_written(const char *path)
{
    if (!is_silent_of_files)
        print_line(SAY_OUTPUTS_WROTE, path);
}
