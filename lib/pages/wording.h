/* wording.h - text that grows: a sentence with names in it, as long as they are. Nothing is ever cut. */
#ifndef BEHOV_CLI_WORDING_H
#define BEHOV_CLI_WORDING_H

#include <behov/error.h>
#include <stdbool.h>

#include "labels.h"

/* Zero-initialise; free with wording_free in any case. */
typedef struct wording {
    char *text; /* owned; NULL = nothing was added yet */
    size_t length, room;
    bool has_no_memory; /* something could not be added: wording_status */
} wording;

/* What it says, "" when nothing; borrowed until the next change. */
const char *wording_text(const wording *words);
void wording_clear(wording *words);
void wording_free(wording *words);
/* Adds a text as it stands; the words of a key with every {name} replaced, as label_fill does, but whole. */
void wording_add(wording *words, const char *text);
void wording_fill(wording *words, behov_language lang, const char *key, ...);
/* The same after a mark, which is left out where it would be the first: a list, or sentences on one line. */
void wording_add_after(wording *words, const char *mark, const char *text);
/* BEHOV_E_MEMORY when something could not be added. */
behov_status wording_status(const wording *words, behov_error *err) BEHOV_MUST_CHECK;

#endif
