/* markdown.h - sections as Markdown with pipe tables, as GitHub and pandoc read it. */
#ifndef BEHOV_MARKDOWN_H
#define BEHOV_MARKDOWN_H

#include "error.h"
#include "phrase.h"
#include "sections_document.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A heading, the subtitle, a table and the notes for each section. Stars stand in the cell of their figure.
BEHOV_API behov_status behov_markdown_page(const behov_document *document, behov_wording *out,
                                           behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
