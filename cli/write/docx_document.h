/* docx_document.h - the text of a Word document: title, and for each section heading, table, notes and pictures. */
#ifndef BEHOV_CLI_DOCX_DOCUMENT_H
#define BEHOV_CLI_DOCX_DOCUMENT_H

#include <behov/sections_document.h>

#include "docx_drawing.h"
#include "docx_layout.h"

/* Names of parts that the text refers to; pictures are rId10 and so on. */
#define DOCX_RELATION_STYLES "rId1"
#define DOCX_RELATION_SETTINGS "rId2"
#define DOCX_RELATION_FOOTER "rId3"
#define DOCX_RELATION_FOOTER_ACROSS "rId4"
enum { DOCX_FIRST_PICTURE = 10, DOCX_RELATION_SIZE = 32 };
void docx_relation_of_picture(size_t index, char name[DOCX_RELATION_SIZE]);

/* What the text is made of: a layout for each section, and a drawing for each picture of the document, none when they
 * cannot be drawn. */
typedef struct docx_text {
    const behov_document *document;
    docx_layout *layouts;
    docx_drawing *drawings; /* NULL = none */
} docx_text;

/* "Utgiftsbehov" */
const char *docx_title(const behov_document *document);
void docx_write_document(const docx_text *text, docx_xml *xml);

#endif
