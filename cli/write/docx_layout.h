/* docx_layout.h - how a table stands on the pages of a Word document: the size of its type, across or upright, how wide
 * each column is, and which columns stand together where a page has no room for all. */
#ifndef BEHOV_CLI_DOCX_LAYOUT_H
#define BEHOV_CLI_DOCX_LAYOUT_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "page_table.h"

/* Lengths are twentieths of a point, as Word has them. */
enum {
    DOCX_POINT = 20,
    DOCX_PAGE_SHORT = 11906, /* A4 */
    DOCX_PAGE_LONG = 16838,
    DOCX_MARGIN = 1134, /* 20 mm */
    DOCX_TEXT_UPRIGHT = DOCX_PAGE_SHORT - 2 * DOCX_MARGIN,
    DOCX_TEXT_ACROSS = DOCX_PAGE_LONG - 2 * DOCX_MARGIN
};

/* Sizes of the type of a table. */
enum { DOCX_N_SIZES = 4 };

typedef struct docx_size {
    int half_points;    /* of the font, as Word counts it */
    int cell_margin;    /* left and right of a cell's text */
    const char *ending; /* of the names of its styles; "" = the ordinary one */
} docx_size;

extern const docx_size docx_sizes[DOCX_N_SIZES]; /* the largest first */

typedef struct docx_column {
    long width;
    long star_room;    /* right of its figures, for the stars of that with most */
    long bracket_room; /* right of figures that have no bracket where others have */
} docx_column;

/* Columns that stand side by side, as positions in the page table: those that say which row it is come again. */
typedef struct docx_piece {
    const size_t *columns;
    size_t n_columns;
    long width;
} docx_piece;

typedef struct docx_layout {
    behov_page_table table;
    docx_column *columns;
    size_t size; /* in docx_sizes */
    bool is_across;
    docx_piece *pieces;
    size_t n_pieces;
    size_t *positions; /* behind the pieces */
} docx_layout;

/* How wide a star is in the font of a document, of that many half-points. */
long docx_star_width(int half_points);

/* Free with docx_layout_free, also after an error. */
behov_status docx_layout_new(const behov_section *section, behov_language lang, docx_layout *layout,
                             behov_error *err) BEHOV_MUST_CHECK;
void docx_layout_free(docx_layout *layout);

#endif
