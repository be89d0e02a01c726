/* read_kostra_filing.h - the accounts that a municipality sends to KOSTRA, records of 48 characters, as a long table.
 *
 * Positions (file description of the KOSTRA control program, 2025): form 1-2, year 3-6, quarter 7 (blank = the whole year),
 * region 8-13, organisation 14-22, enterprise 23-31, account class 32, function 33-36, type 37-39, amount 40-48 in
 * 1000 kr. Only the forms of accounts are read, 0A to 0Z. Forms about persons (11F, 11CF) are refused, and so is anything
 * with national id numbers. No message shows what a record holds. */
#ifndef BEHOV_CLI_READ_KOSTRA_FILING_H
#define BEHOV_CLI_READ_KOSTRA_FILING_H

#include <behov/error.h>
#include <behov/long_table.h>
#include <behov/notice.h>
#include <stdbool.h>
#include <stddef.h>

#include "text_source.h"

/* Whether the first line begins with a form and a year and is not parted by commas, semicolons or tabs. */
bool read_kostra_filing_is_it(const char *head, size_t n_head);

/* Whether the first bytes, or the name of the file, are those of a form about persons: 11F or 11CF in its name or at its
 * beginning, or national id numbers in it (eleven digits with both check digits, a date among them): standing alone, or
 * in the same positions of most lines. */
bool read_kostra_filing_is_personal(const char *path, const char *head, size_t n_head);
/* The refusal of it: BEHOV_E_DATA, without a word of the content. */
behov_status read_kostra_filing_refuse_personal(const char *path, behov_error *err) BEHOV_MUST_CHECK;

/* Reads a file, "-" for standard input, that has to be a filing; the errors of the reader, and the refusal of persons. */
behov_status read_kostra_filing_open(const char *path, const behov_notice *notice, behov_long_table *out,
                                     behov_error *err) BEHOV_MUST_CHECK;

/* Reads a filing into a long table (free with behov_long_table_free in any case): dimensions form, year, quarter, region,
 * organisation, enterprise, account_class, function, type; value in 1000 kr. Records alike in all are rows of their own.
 * \param source  as text_source_open_bytes gave it; stays the caller's
 * \param notice  hears of the unit, and how many records have the keys of one before
 * BEHOV_E_DATA with line and position: another length, a character that does not belong there. O(records). */
behov_status read_kostra_filing(text_source *source, const behov_notice *notice, behov_long_table *out,
                                behov_error *err) BEHOV_MUST_CHECK;

#endif
