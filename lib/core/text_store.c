/* text_store.c - see text_store.h. Blocks double up to a size beyond which a block more costs nothing. */
#include "text_store.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

struct text_block {
    text_block *before;
    char bytes[];
};

enum { FIRST_ROOM = 256, MOST_ROOM = 32768 };

static char *add_block(text_store *store, size_t size)
{
    size_t room = store->room < FIRST_ROOM / 2 ? FIRST_ROOM : store->room * 2;
    room = room < MOST_ROOM ? room : MOST_ROOM;
    room = room > size ? room : size;
    text_block *block = room <= (size_t)-1 - sizeof *block ? behov_alloc(1, sizeof *block + room) : NULL;
    if (!block)
        return NULL;
    block->before = store->last;
    store->last = block;
    store->room = room;
    store->n_used = 0;
    return block->bytes;
}

char *text_store_add(text_store *store, const char *text, size_t length)
{
    size_t size = length + 1;
    if (size == 0 || (store->room - store->n_used < size && !add_block(store, size)))
        return NULL;
    char *copy = store->last->bytes + store->n_used;
    store->n_used += size;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void text_store_free(text_store *store)
{
    while (store->last) {
        text_block *block = store->last;
        store->last = block->before;
        free(block);
    }
    *store = (text_store){0};
}
