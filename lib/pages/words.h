/* words.h - the table behind labels.h: nobody else reads it. */
#ifndef BEHOV_CLI_WORDS_H
#define BEHOV_CLI_WORDS_H

#include <stddef.h>

typedef struct words_entry {
    const char *key, *words[2]; /* by language */
} words_entry;

extern const words_entry words_entries[];
extern const size_t n_words_entries;

#endif
