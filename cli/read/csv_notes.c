/* csv_notes.c - which rows may be notes below a table, and their texts until that is sure. */
#include "csv_notes.h"

#include <behov/code.h>
#include <behov/number.h>
#include <behov/table.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_NOTE = 16 * 1024 };

bool csv_notes_may_be(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((text[i] < '0' || text[i] > '9') && text[i] != '.' && text[i] != ',' && text[i] != '-')
            return length <= LONGEST_NOTE;
    return false;
}

bool csv_notes_hold(csv_notes *notes, const char *text, size_t length)
{
    size_t n_needed = notes->n_bytes + length + 1;
    if (n_needed > notes->room) {
        size_t room = 2 * n_needed + 256;
        char *texts = realloc(notes->texts, room);
        if (!texts)
            return false;
        notes->texts = texts;
        notes->room = room;
    }
    memcpy(notes->texts + notes->n_bytes, text, length);
    notes->texts[notes->n_bytes + length] = '\0';
    notes->held_length = length;
    return true;
}

char *csv_notes_held(const csv_notes *notes)
{
    return notes->texts + notes->n_bytes;
}

static bool is_figure(const char *text, size_t length)
{
    double number;
    return behov_number_parse(text, length, '.', &number) != BEHOV_NUMBER_BAD ||
           behov_number_parse(text, length, ',', &number) != BEHOV_NUMBER_BAD;
}

/* "1) Tall for 2013", "* foreløpig", "Kilde SSB", "Source: Statistics Norway". */
static bool begins_as_note(const char *text, size_t length)
{
    static const char *const words[] = {"kilde", "source", "note", "merk", "anm", "fotnote"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (length >= strlen(words[i]) && strncasecmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return *text == '*' || *text == '(' || memchr(text, ')', length < 4 ? length : 4) || memchr(text, ':', length);
}

/* A name by itself may be a key whose cells are all missing, the more so where there is but one: then it has to look
 * like a note, or stand apart from the table. A row that is too short cannot be one of the table. */
static bool is_note(const csv_notes *notes, size_t n_fields, bool is_apart)
{
    const char *text = csv_notes_held(notes);
    size_t length = notes->held_length;
    behov_code code = behov_code_read(text, length);
    bool is_numbered = code.kind == BEHOV_CODE_FEW_DIGITS && code.is_decorated; /* "1 Tall for 2013" */
    if ((code.kind != BEHOV_CODE_OTHER && !is_numbered) || is_figure(text, length) ||
        behov_missing_of_text(text, length) != BEHOV_PRESENT)
        return false;
    if (n_fields == 1 || is_apart || begins_as_note(text, length))
        return true;
    return notes->n_columns > 2 && memchr(text, ' ', length);
}

bool csv_notes_keep(csv_notes *notes, size_t line, size_t n_fields, bool is_after_blank)
{
    if (notes->n_notes >= CSV_MOST_NOTES || notes->n_bytes > CSV_MOST_NOTE_BYTES ||
        !is_note(notes, n_fields, is_after_blank || notes->n_notes > 0))
        return false;
    if (!notes->notes && !(notes->notes = malloc(CSV_MOST_NOTES * sizeof *notes->notes)))
        return false;
    notes->notes[notes->n_notes++] =
        (csv_note){.line = line, .n_fields = n_fields, .first = notes->n_bytes, .length = notes->held_length};
    notes->n_bytes += notes->held_length + 1;
    notes->held_length = 0;
    return true;
}

void csv_notes_forget(csv_notes *notes)
{
    notes->n_notes = notes->n_bytes = notes->held_length = 0;
}

void csv_notes_clear(csv_notes *notes)
{
    free(notes->notes);
    free(notes->texts);
}
