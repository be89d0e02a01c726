/* code.h - a municipality's code out of a cell, whatever a spreadsheet or a statistical office has added to it.
 *
 * Norwegian municipalities have codes of four digits. Files write them as 0101, K-0101, '0101, ="0101", 101 (the zero
 * eaten by a spreadsheet), 101.0, 1,201E+03, "0101 Halden", with blanks of every width around them. Beside them stand
 * rows that are no municipality: 0000, 9999, counties of one or two digits, EAK and EKG of KOSTRA, "Hele landet". */
#ifndef BEHOV_CODE_H
#define BEHOV_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_code_kind {
    BEHOV_CODE_FOUR_DIGITS = 0,
    BEHOV_CODE_THREE_DIGITS, /* the zero before them may be lost: the rest of the column tells */
    BEHOV_CODE_FEW_DIGITS,   /* one or two: a county, or 0 for the country */
    BEHOV_CODE_AREA,         /* EAK, EKG...: the country or a group of KOSTRA's */
    BEHOV_CODE_OTHER         /* none of these; a name, six digits, digits that a spreadsheet has rounded away */
} behov_code_kind;

typedef struct behov_code {
    behov_code_kind kind;
    char text[8];         /* the digits alone, or EAK, EKG ... cut to seven letters; "" for BEHOV_CODE_OTHER */
    bool is_decorated;    /* the cell held more than these digits or letters */
    size_t first, length; /* where in the cell its text stands without blanks and quotes around it */
} behov_code;

/// Reads the code in a cell. The digits are taken as they stand: no zero is put before them.
/// Cost O(length).
BEHOV_API behov_code behov_code_read(const char *text, size_t length);

/* What a row is that is no municipality. */
typedef enum behov_row_mark {
    BEHOV_ROW_MUNICIPALITY = 0,
    BEHOV_ROW_COUNTRY, /* 0000, EAK, "Hele landet", "I alt" */
    BEHOV_ROW_COUNTY,  /* one or two digits beside codes of four, "... fylke" */
    BEHOV_ROW_GROUP,   /* EKG: a group of municipalities */
    BEHOV_ROW_UNKNOWN, /* 9999, "Uoppgitt" */
    BEHOV_ROW_OUTSIDE, /* Svalbard, Jan Mayen, the continental shelf: 2100, 2111, 2311 ... */
    BEHOV_ROW_SUM,     /* its population is the sum of all others in its year */
    BEHOV_N_ROW_MARKS
} behov_row_mark;

/// What a code says by itself. Few digits are a county's or the country's; the caller has to know that the column holds
/// municipalities beside it. Four digits that end in 00 may be a county's, but generated panels have such codes too.
BEHOV_API behov_row_mark behov_code_mark(const char *text, size_t length);
/// What a name says by itself: "Hele landet", "I alt", "Uoppgitt", "Viken fylke"; capitals or not.
BEHOV_API behov_row_mark behov_name_mark(const char *text, size_t length);
/// Whether four digits are those that Statistics Norway has for Svalbard, Jan Mayen and the continental shelf. No
/// municipality ever had one of 2001 to 2399 but Finnmark's below 2100, yet generated panels may: the caller has to
/// look at the other codes.
BEHOV_API bool behov_code_is_outside(const char *digits);
/// What both say together: of four digits that end in 00 the name tells whether it is a county, 1800 Nordland.
BEHOV_API behov_row_mark behov_code_and_name_mark(const char *code, const char *name);

#ifdef __cplusplus
}
#endif
#endif
