/* write_page.h - a page that lib/pages makes in memory, into a file: HTML, LaTeX, Markdown. */
#ifndef BEHOV_CLI_WRITE_PAGE_H
#define BEHOV_CLI_WRITE_PAGE_H

#include <stdio.h>

#include <behov/sections_document.h>
#include <behov/wording.h>

/* behov_html_page, behov_latex_page, behov_markdown_page */
typedef behov_status (*page_maker)(const behov_document *document, behov_wording *out, behov_error *err);

/* Makes the page and writes it. Errors are those of the maker; whether `out` took all of it is for its owner to see. */
behov_status write_page(page_maker make, const behov_document *document, FILE *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
