/* html.h - sections as one page for a browser, that prints on A4. */
#ifndef BEHOV_HTML_H
#define BEHOV_HTML_H

#include <behov/error.h>

#include "sections_document.h"

/* A whole HTML5 page in UTF-8 that needs nothing beside itself: no script, nothing from the network. A cell with a
 * figure has it with 17 significant digits in data-value, so a program that reads the page gets the exact double. */
behov_status behov_html_page(const behov_document *document, behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
