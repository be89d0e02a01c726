/* statistics_kind.h - whether a file is one of Stata or SPSS, by its first bytes and its name. */
#ifndef BEHOV_CLI_STATISTICS_KIND_H
#define BEHOV_CLI_STATISTICS_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* How Stata's files of format 117 and later begin; three digits follow. */
#define STATISTICS_XML_START "<stata_dta><header><release>"

/* By the first bytes (11 of them, where the file has so many). */
bool statistics_is_stata(const unsigned char *head, size_t n_head);
bool statistics_is_spss(const unsigned char *head, size_t n_head);
bool statistics_is_called_stata(const char *path);

/* Whether a file is of one of them, or is called so. */
bool statistics_is_it(const char *path, const unsigned char *head, size_t n_head);

#endif
