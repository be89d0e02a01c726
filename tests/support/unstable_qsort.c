/* unstable_qsort.c - a qsort that is as legal as the C library's: entries that compare equal come out in the reverse of
 * the order they stood in. Preloaded, it must change no byte of what the program writes (tests/cli/unstable_qsort.sh).
 */
#include <stdlib.h>
#include <string.h>

typedef int (*comparison)(const void *, const void *);

void qsort(void *entries, size_t n_entries, size_t size, comparison compare);

/* Heap sort's sibling in simplicity: insertion by halving, each entry before all its equals. */
void qsort(void *entries, size_t n_entries, size_t size, comparison compare)
{
    char *all = entries, *moved_entry = malloc(size ? size : 1);
    if (!moved_entry)
        abort();
    for (size_t i = 1; i < n_entries; i++) {
        size_t low = 0, high = i;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (compare(all + middle * size, all + i * size) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        memcpy(moved_entry, all + i * size, size);
        memmove(all + (low + 1) * size, all + low * size, (i - low) * size);
        memcpy(all + low * size, moved_entry, size);
    }
    free(moved_entry);
}
