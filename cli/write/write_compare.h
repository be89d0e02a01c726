/* write_compare.h - a fit beside printed tables: sections, the answer in sentences, JSON. */
#ifndef BEHOV_CLI_WRITE_COMPARE_H
#define BEHOV_CLI_WRITE_COMPARE_H

#include "printed_comparison.h"
#include "section.h"

enum { COMPARE_SENTENCE = 1200 };

/* The answer: whether there is an i-th sentence. */
bool compare_answer(const behov_printed_comparison *comparison, size_t i, char text[COMPARE_SENTENCE]);
/* Coefficients, standard errors by reading, readings, ratios that differ (at most n_most, 0 = all). */
behov_status compare_add(const behov_printed_comparison *comparison, size_t n_most, behov_section_list *list,
                         behov_error *err) BEHOV_MUST_CHECK;
/* One line per coefficient, for a file of delimited text. */
behov_status compare_coefficients(const behov_printed_comparison *comparison, behov_report **report,
                                  behov_error *err) BEHOV_MUST_CHECK;
/* One line per ratio that differs. */
behov_status compare_ratios(const behov_printed_comparison *comparison, size_t n_most, behov_report **report,
                            behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status compare_json(const behov_printed_comparison *comparison, const char *path,
                          behov_error *err) BEHOV_MUST_CHECK;

#endif
