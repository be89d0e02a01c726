/* csv_notes.h - notes below a table: "Kilde: SSB, tabell 12345;;;;", "1) Tall for 2013".
 *
 * A note is known only at the end of the file: the same row between rows of the table is a row with cells that are
 * empty. So what may be a note is kept here until it is known what follows. */
#ifndef BEHOV_CLI_CSV_NOTES_H
#define BEHOV_CLI_CSV_NOTES_H

#include <stdbool.h>
#include <stddef.h>

/* A row that has text in the first of its cells alone. */
typedef struct csv_note {
    size_t line, n_fields;
    size_t first, length; /* its text, among the texts of all */
} csv_note;

enum { CSV_MOST_NOTES = 256, CSV_MOST_NOTE_BYTES = 256 * 1024 };

typedef struct csv_notes {
    csv_note *notes; /* the rows that are kept */
    size_t n_notes;
    char *texts; /* theirs, and behind them the cell that is held */
    size_t n_bytes, room;
    size_t held_length; /* 0 = none is held */
    size_t n_columns;   /* that the header names */
    size_t column;      /* the first that it names: the one that notes stand in */
} csv_notes;

/* Whether a note may begin with this cell, seen quickly: codes and other figures are none. */
bool csv_notes_may_be(const char *text, size_t length);
/* Holds the first cell of a row while the others are seen. False when it is too long for a note, or memory is short:
 * then the row is taken as one of the table. */
bool csv_notes_hold(csv_notes *notes, const char *text, size_t length);
/* The cell that is held, with room for one byte behind it: libcsv's cells have that too. */
char *csv_notes_held(const csv_notes *notes);
/* Keeps the row of the held cell. False when that is no note, or one too many: then the row is one of the table. */
bool csv_notes_keep(csv_notes *notes, size_t line, size_t n_fields, bool is_after_blank);
void csv_notes_forget(csv_notes *notes);
void csv_notes_clear(csv_notes *notes);

#endif
