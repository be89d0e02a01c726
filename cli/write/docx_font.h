/* docx_font.h - how wide a text is in Calibri, the font of a Word document, without the font. */
#ifndef BEHOV_CLI_DOCX_FONT_H
#define BEHOV_CLI_DOCX_FONT_H

#include <stdbool.h>

/* In the unit of the size. The same on every machine, whatever fonts it has. */
double docx_font_width(const char *text, double size, bool is_bold);

#endif
