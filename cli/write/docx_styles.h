/* docx_styles.h - the parts of a Word document that say how it looks: its styles, settings and page numbers. */
#ifndef BEHOV_CLI_DOCX_STYLES_H
#define BEHOV_CLI_DOCX_STYLES_H

#include <stdbool.h>

#include <behov/sections_document.h>
#include "docx_xml.h"

/* Names by which the document calls the styles; users see those of words.txt, and Word its own names of its own. */
#define DOCX_STYLE_TITLE "Title"
#define DOCX_STYLE_SUBTITLE "Subtitle"
#define DOCX_STYLE_HEADING "Heading1"
#define DOCX_STYLE_CAPTION "Caption"
#define DOCX_STYLE_FOOTER "Footer"
#define DOCX_STYLE_STRONG "Strong"
#define DOCX_STYLE_WARNING "BehovWarning"
#define DOCX_STYLE_DESCRIPTION "BehovDescription"
#define DOCX_STYLE_NOTE "BehovNote"
#define DOCX_STYLE_TABLE "BehovTable"

enum { DOCX_STYLE_SIZE = 24 };
/* The style of a cell's text, or of its figure, in one of the sizes (docx_layout.h): "BehovFigure8". */
void docx_style_of_cell(bool is_figure, size_t size, char name[DOCX_STYLE_SIZE]);

/* "nb-NO" */
const char *docx_language(behov_language lang);

void docx_write_styles(behov_language lang, docx_xml *xml);
void docx_write_settings(behov_language lang, docx_xml *xml);
/* What made the document and when at the left, the page's number at the right. */
void docx_write_footer(const behov_document *document, bool is_across, docx_xml *xml);

/* A field that Word computes, with what it is now. */
void docx_write_field(const char *instruction, const char *value, docx_xml *xml);
/* A run of text in the paragraph that is open. */
void docx_write_run(const char *text, const char *style, docx_xml *xml);

#endif
