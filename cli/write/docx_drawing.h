/* docx_drawing.h - a picture in a Word document: its bytes as a part, and its place in the text. */
#ifndef BEHOV_CLI_DOCX_DRAWING_H
#define BEHOV_CLI_DOCX_DRAWING_H

#include <behov/error.h>
#include <behov/picture.h>
#include <behov/wording.h>
#include <stddef.h>

#include "docx_xml.h"

typedef struct docx_drawing {
    behov_wording bytes;       /* PNG; none when there is no room for the picture on a page */
    behov_wording description; /* alternative text: what the picture shows, in words; or why there is none */
    double width, height;      /* points, as it stands on the page */
} docx_drawing;

/* Draws a picture without its title and notes as wide as the page, or smaller where it would be higher than one. Free with docx_drawing_free in any
 * case. Without Cairo in the build nothing is drawn, and docx_can_draw is false. */
bool docx_can_draw(void);
behov_status docx_drawing_new(const behov_picture *picture, const char *path, docx_drawing *drawing,
                              behov_error *err) BEHOV_MUST_CHECK;
void docx_drawing_free(docx_drawing *drawing);

/* The run that shows it.
 * \param number    unique in the document, from 1
 * \param relation  names the part with its bytes: "rId10" */
void docx_write_drawing(const docx_drawing *drawing, size_t number, const char *name, const char *relation,
                        docx_xml *xml);

#endif
