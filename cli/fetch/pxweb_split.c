/* pxweb_split.c - see pxweb_split.h. */
#include "pxweb_split.h"

#include <stdlib.h>

size_t pxweb_n_cells(const size_t *n, size_t n_dimensions)
{
    size_t n_cells = 1;
    for (size_t i = 0; i < n_dimensions; i++) {
        if (n[i] && n_cells > SIZE_MAX / n[i])
            return SIZE_MAX;
        n_cells *= n[i];
    }
    return n_cells;
}

typedef struct part_list {
    pxweb_part *parts;
    size_t n, room;
} part_list;

static behov_status add_part(part_list *list, const pxweb_part *part)
{
    if (list->n == PXWEB_MOST_PARTS)
        return BEHOV_E_DATA;
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 8;
        pxweb_part *parts = realloc(list->parts, room * sizeof *parts);
        if (!parts)
            return BEHOV_E_MEMORY;
        list->parts = parts;
        list->room = room;
    }
    list->parts[list->n++] = *part;
    return BEHOV_OK;
}

/* Recursion is as deep as there are dimensions: a dimension that was cut to single categories is not cut again. */
static behov_status split(part_list *list, pxweb_part part, size_t n_dimensions, size_t most_cells)
{
    size_t n_cells = pxweb_n_cells(part.n, n_dimensions), longest = 0;
    for (size_t i = 1; i < n_dimensions; i++)
        if (part.n[i] > part.n[longest])
            longest = i;
    if (n_cells <= most_cells || n_dimensions == 0 || part.n[longest] <= 1)
        return add_part(list, &part);
    size_t whole = part.n[longest], first = part.first[longest];
    part.n[longest] = 1;
    size_t n_rest = pxweb_n_cells(part.n, n_dimensions);
    size_t most = n_rest <= most_cells ? most_cells / n_rest : 1;
    size_t n_pieces = (whole + most - 1) / most;
    behov_status status = BEHOV_OK;
    for (size_t piece = 0, done = 0; piece < n_pieces && !status; piece++) {
        size_t end = whole / n_pieces * (piece + 1) + (piece + 1 < whole % n_pieces ? piece + 1 : whole % n_pieces);
        part.first[longest] = first + done;
        part.n[longest] = end - done;
        done = end;
        status = split(list, part, n_dimensions, most_cells);
    }
    return status;
}

behov_status pxweb_split(const size_t *n, size_t n_dimensions, size_t most_cells, pxweb_part **parts, size_t *n_parts)
{
    part_list list = {0};
    pxweb_part whole = {{0}, {0}};
    for (size_t i = 0; i < n_dimensions; i++)
        whole.n[i] = n[i];
    behov_status status = split(&list, whole, n_dimensions, most_cells ? most_cells : 1);
    if (status) {
        free(list.parts);
        return status;
    }
    *parts = list.parts;
    *n_parts = list.n;
    return BEHOV_OK;
}
