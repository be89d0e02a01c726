/* markdown_text.h - words of people where markdown or HTML stands: nothing in them is a mark. */
#ifndef BEHOV_EXPORT_MARKDOWN_TEXT_H
#define BEHOV_EXPORT_MARKDOWN_TEXT_H

#include <stddef.h>

#include <behov/wording.h>

/* As a template_escape: in a cell of markdown, on a line of its own or within one. */
void markdown_text(behov_wording *out, const char *line, size_t length);
/* Within a tag or a quoted attribute. */
void html_text(behov_wording *out, const char *line, size_t length);

#endif
