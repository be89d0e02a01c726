/* docx_table.h - a table of a section in a Word document. */
#ifndef BEHOV_CLI_DOCX_TABLE_H
#define BEHOV_CLI_DOCX_TABLE_H

#include "docx_layout.h"
#include "docx_xml.h"

/* One piece of a table: its row of headings comes again on each page, and no row is parted by a page's end. */
void docx_write_table(const docx_layout *layout, const docx_piece *piece, docx_xml *xml);

#endif
