/* workbook_xlsx.h - what an .xlsx holds beside its sheets: which part is what, texts that cells share, looks of numbers. */
#ifndef BEHOV_CLI_WORKBOOK_XLSX_H
#define BEHOV_CLI_WORKBOOK_XLSX_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "sheet_cells.h"
#include "sheet_list.h"
#include "sheet_styles.h"
#include "xml_package.h"

/* A text that cells share, among the texts of the sheet. */
typedef struct shared_text {
    size_t first, length;
} shared_text;

typedef struct workbook_xlsx {
    xml_package *package; /* borrowed, as source */
    const text_source *source;
    char *path, *texts_part, *styles_part; /* NULL = there is none */
    bool is_from_1904;                     /* days count from there */
    bool asks_to_compute;                  /* the values of its formulas were stored by a program that computes none */
    sheet_look *looks;                     /* by the cells' style */
    size_t n_looks, looks_room;
    shared_text *texts;
    size_t n_texts, texts_room;
} workbook_xlsx;

/* Finds the parts and lists the sheets. BEHOV_E_DATA when the package is no workbook. */
behov_status workbook_xlsx_open(workbook_xlsx *book, xml_package *package, const text_source *source, sheet_list *list,
                                behov_error *err) BEHOV_MUST_CHECK;
/* The looks of numbers, and the shared texts into `cells`. */
behov_status workbook_xlsx_read_looks(workbook_xlsx *book, behov_error *err) BEHOV_MUST_CHECK;
behov_status workbook_xlsx_read_texts(workbook_xlsx *book, sheet_cells *cells, behov_error *err) BEHOV_MUST_CHECK;
void workbook_xlsx_free(workbook_xlsx *book);

/* The text of the element at hand (a text item, or the inline text of a cell), runs joined, readings of Asian letters
 * left out, up to its end. */
behov_status workbook_xlsx_rich_text(const workbook_xlsx *book, xml_part *part, sheet_cells *cells, size_t *first,
                                     size_t *length, behov_error *err) BEHOV_MUST_CHECK;

#endif
