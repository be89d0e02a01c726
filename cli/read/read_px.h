/* read_px.h - a file of PC-Axis (.px), which PxWeb saves, as a long table. */
#ifndef BEHOV_CLI_READ_PX_H
#define BEHOV_CLI_READ_PX_H

#include <behov/error.h>
#include <behov/long_table.h>
#include <behov/notice.h>
#include <stdbool.h>
#include <stddef.h>

#include "text_source.h"

/* Whether the first bytes of a file are those of a .px file, which begins with a keyword and "=". */
bool read_px_is_it(const char *head, size_t n_head);

/* Reads a file into a long table (free with behov_long_table_free in any case): dimensions in the order of STUB, then
 * HEADING, each named by its VARIABLECODE or, where there is none, by its name; codes from CODES, else TIMEVAL, else
 * VALUES; `NAME_label` behind it from VALUES when labels are wanted and there are codes. "-" is the number 0, as the
 * format says; marks of dots are what DATASYMBOLn says. Texts are those of the file's own language.
 * \param source    as text_source_open_bytes gave it; stays the caller's
 * \param encoding  NULL = CODEPAGE, else found by looking
 * \param notice    hears of the unit, of marks read as 0, of rows that KEYS leaves out (their cells are missing)
 * \return BEHOV_E_SYNTAX, BEHOV_E_DATA with the line: another number of cells than the dimensions make, with both counts; a
 * dimension without VALUES, or with another number of CODES; a code twice; figures in quotes. O(cells). */
behov_status read_px(text_source *source, const char *encoding, bool has_labels, const behov_notice *notice,
                     behov_long_table *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
