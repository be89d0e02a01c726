/* write_docx.h - sections as a Word document. */
#ifndef BEHOV_CLI_WRITE_DOCX_H
#define BEHOV_CLI_WRITE_DOCX_H

#include <behov/error.h>
#include <behov/sections_document.h>

/* Writes beside the target and renames (target.h). The same document gives the same bytes. BEHOV_E_FILE and
 * BEHOV_E_MEMORY with where = path. */
behov_status write_docx(const char *path, const behov_document *document, behov_error *err) BEHOV_MUST_CHECK;

#endif
