/* words.h - the table behind labels.h: nobody else reads it. */
#ifndef BEHOV_WORDS_H
#define BEHOV_WORDS_H

#include <stddef.h>

typedef struct behov_words_entry {
    const char *key, *words[2]; /* by language */
} behov_words_entry;

extern const behov_words_entry behov_words_entries[];
extern const size_t behov_n_words_entries;

#endif
