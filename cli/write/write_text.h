/* write_text.h - the page that a verb prints: header lines, a table, closing lines. */
#ifndef BEHOV_CLI_WRITE_TEXT_H
#define BEHOV_CLI_WRITE_TEXT_H

#include <behov/report.h>
#include <stdio.h>

#include <behov/fit_results.h>
#include <behov/section.h>
#include <behov/wording.h>

/* A report as an aligned table: text to the left, numbers to the right, empty cells empty.
 * \param skip  keys of columns that are not printed, ended by NULL; NULL = none */
void write_text_table(const behov_report *report, const char *const *skip, behov_language lang, FILE *out);
/* A section on a page: title, table, notes. */
void write_text_section(const behov_section *section, const char *const *skip, behov_language lang, FILE *out);
/* Sections one after the other: the title underlined, the subtitle, the table, the notes in lines of at most 100
 * characters. BEHOV_E_MEMORY. */
behov_status write_text_sections(const behov_section *sections, size_t n_sections, behov_language lang, FILE *out,
                                 behov_error *err) BEHOV_MUST_CHECK;
/* The same of the sections that a writer has for other files. */
behov_status write_text_page(behov_status (*sections)(const void *context, bool is_workbook, behov_section_list *list,
                                                      behov_error *err),
                             const void *context, behov_language lang, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* "Model     ...": a line of a page's head, with all captions in one width; `key` NULL stands below the one before. */
void write_text_caption(FILE *out, behov_language lang, behov_word key, const char *text);
/* The first lines of a page: the model and the data; the model, rows and errors of an estimation. BEHOV_E_MEMORY. */
behov_status write_text_head(const behov_fit_results *fit_results, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
behov_status write_text_estimation_head(const behov_fit_results *fit_results, FILE *out,
                                        behov_error *err) BEHOV_MUST_CHECK;
/* A line of the sentence; nothing when it is empty. BEHOV_E_MEMORY. */
behov_status write_text_say(const behov_wording *words, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* The page of `behov fit` and `behov apply`. */
behov_status write_text_fit(const behov_fit_results *fit_results, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
behov_status write_text_apply(const behov_fit_results *fit_results, FILE *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
