/* row_key.c - sorts rows by municipality and year. Most files are in that order already, which is seen while they are
 * added. */
#include "row_key.h"

#include <stdlib.h>

static int compare_keys(const void *a, const void *b)
{
    const row_key *x = a, *y = b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

void row_keys_add(row_keys *keys, row_key key)
{
    if (keys->n) {
        keys->has_disorder = keys->has_disorder || compare_keys(&keys->last, &key) >= 0;
        keys->has_double = keys->has_double || (keys->last.code == key.code && keys->last.year == key.year);
    }
    if (keys->keys)
        keys->keys[keys->n] = key;
    keys->n++;
    keys->last = key;
}

void row_keys_sort(row_keys *keys)
{
    if (keys->has_disorder)
        qsort(keys->keys, keys->n, sizeof *keys->keys, compare_keys);
    keys->has_disorder = false;
}

bool row_keys_is_double(const row_keys *keys, size_t i)
{
    return i > 0 && keys->keys[i].code == keys->keys[i - 1].code && keys->keys[i].year == keys->keys[i - 1].year;
}
