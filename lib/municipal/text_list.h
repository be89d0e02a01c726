/* text_list.h - texts one after the other with a mark between them, as many as there are. */
#ifndef BEHOV_TEXT_LIST_H
#define BEHOV_TEXT_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise; free `text`. */
typedef struct behov_text_list {
    char *text; /* owned; NULL while nothing was added */
    size_t length;
    bool has_no_memory; /* something could not be added */
} behov_text_list;

/* Adds a text (copied), after the mark unless it is the first. */
void behov_text_list_add(behov_text_list *list, const char *mark, const char *text);
/* The text, "" while there is none (borrowed). */
const char *behov_text_list_text(const behov_text_list *list);

#endif
