/* html.h - sections as one page for a browser, that prints on A4. */
#ifndef BEHOV_HTML_H
#define BEHOV_HTML_H

#include "error.h"
#include "phrase.h"
#include "sections_document.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A whole HTML5 page in UTF-8 that needs nothing beside itself: no script, nothing from the network. A cell with a
/// figure has it with 17 significant digits in data-value, so a program that reads the page gets the exact double.
BEHOV_API behov_status behov_html_page(const behov_document *document, behov_wording *out,
                                       behov_error *err) BEHOV_MUST_CHECK;
/// One section by itself, for a page that has a stylesheet of its own, as a notebook's: its table with its caption to be
/// read and its notes beneath, columns of text to the left. Where a cell stands is said in the cell, for such pages keep
/// no stylesheet that is handed to them.
BEHOV_API behov_status behov_html_fragment(const behov_document *document, size_t section, behov_wording *out,
                                           behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
