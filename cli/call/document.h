/* document.h - sections as a file: the ending of its name says of which kind. */
#ifndef BEHOV_CLI_DOCUMENT_H
#define BEHOV_CLI_DOCUMENT_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include <behov/sections_document.h>

/* Whether the ending is one that document_write takes: .xlsx .html .htm .docx .tex .md .txt, capitals or not. */
bool document_is_known(const char *path);

/* Writes all sections beside `path` and renames the file into place (target.h). The same input gives the same bytes. A
 * workbook that lasts has a progress bar.
 * \param properties  may be NULL
 * BEHOV_E_ARGUMENT for an ending that is not known, no section, or a table without columns; BEHOV_E_FILE and
 * BEHOV_E_MEMORY with where = path; what a workbook cannot hold, see write_xlsx.h. */
behov_status document_write(const char *path, const behov_section *sections, size_t n_sections,
                            const behov_document_properties *properties, behov_language lang,
                            behov_error *err) BEHOV_MUST_CHECK;

/* The same of a document, which has pictures too where the ending shows some. */
behov_status document_write_whole(const char *path, const behov_document *document, behov_error *err) BEHOV_MUST_CHECK;
bool document_shows_pictures(const char *path);

#endif
