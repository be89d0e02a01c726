/* text_store.h - many short texts that live and die together, in a few blocks of memory. */
#ifndef BEHOV_SRC_TEXT_STORE_H
#define BEHOV_SRC_TEXT_STORE_H

#include <stddef.h>

typedef struct text_block text_block;

/// All zero: empty.
typedef struct text_store {
    text_block *last;
    size_t n_used, room; /* bytes of the last block */
} text_store;

/// A copy of length bytes with a zero after them, which stands until the store is freed; NULL when memory is short.
char *text_store_add(text_store *store, const char *text, size_t length);
void text_store_free(text_store *store);

#endif
