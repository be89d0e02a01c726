/* write_markdown.h - sections as Markdown with pipe tables, as GitHub and pandoc read it. */
#ifndef BEHOV_CLI_WRITE_MARKDOWN_H
#define BEHOV_CLI_WRITE_MARKDOWN_H

#include <behov/error.h>
#include <stdio.h>

#include "sections_document.h"

/* A heading, the subtitle, a table and the notes for each section. Stars stand in the cell of their figure. */
behov_status write_markdown(const document *document, FILE *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
