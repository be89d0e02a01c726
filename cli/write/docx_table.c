/* docx_table.c - see docx_table.h.
 *
 * Figures end at the right, those with brackets or stars so far inside that digits stand under digits: by the indent of
 * their paragraph, since a decimal tab follows the mark of the machine, not of the document, and would be a character in
 * the cell. */
#include "docx_table.h"

#include <string.h>

#include "docx_styles.h"

enum { FEW_ROWS = 12 }; /* are not parted by a page's end */

static void put_length(const char *element, long length, docx_xml *xml)
{
    docx_xml_begin(xml, element);
    docx_xml_set_number(xml, "w:w", length);
    docx_xml_set(xml, "w:type", "dxa");
    docx_xml_end(xml);
}

static void put_table_properties(const docx_layout *layout, const docx_piece *piece, docx_xml *xml)
{
    const behov_section *section = layout->table.section;
    int margin = docx_sizes[layout->size].cell_margin;
    docx_xml_begin(xml, "w:tblPr");
    docx_xml_value(xml, "w:tblStyle", DOCX_STYLE_TABLE);
    put_length("w:tblW", piece->width, xml);
    docx_xml_begin(xml, "w:tblCellMar");
    put_length("w:left", margin, xml);
    put_length("w:right", margin, xml);
    docx_xml_end(xml);
    docx_xml_begin(xml, "w:tblLook");
    docx_xml_set(xml, "w:val", "06A0");
    docx_xml_set(xml, "w:firstRow", "1");
    docx_xml_set(xml, "w:lastRow", "0");
    docx_xml_set(xml, "w:firstColumn", layout->table.columns[piece->columns[0]].is_row_header ? "1" : "0");
    docx_xml_set(xml, "w:lastColumn", "0");
    docx_xml_set(xml, "w:noHBand", "1");
    docx_xml_set(xml, "w:noVBand", "1");
    docx_xml_end(xml);
    docx_xml_value(xml, "w:tblCaption", section->title);
    if (section->subtitle && section->subtitle[0])
        docx_xml_value(xml, "w:tblDescription", section->subtitle);
    docx_xml_end(xml);
}

static void begin_cell(const docx_layout *layout, size_t column, docx_xml *xml)
{
    docx_xml_begin(xml, "w:tc");
    docx_xml_begin(xml, "w:tcPr");
    put_length("w:tcW", layout->columns[column].width, xml);
}

static void begin_cell_paragraph(const docx_layout *layout, size_t column, bool keeps_next, long room, docx_xml *xml)
{
    char style[DOCX_STYLE_SIZE];
    docx_style_of_cell(!layout->table.columns[column].is_text, layout->size, style);
    docx_xml_begin(xml, "w:p");
    docx_xml_begin(xml, "w:pPr");
    docx_xml_value(xml, "w:pStyle", style);
    if (keeps_next)
        docx_xml_value(xml, "w:keepNext", NULL);
    if (room > 0) {
        docx_xml_begin(xml, "w:ind");
        docx_xml_set_number(xml, "w:right", room);
        docx_xml_end(xml);
    }
    docx_xml_end(xml);
}

static void put_header(const docx_layout *layout, const docx_piece *piece, docx_xml *xml)
{
    docx_xml_begin(xml, "w:tr");
    docx_xml_begin(xml, "w:trPr");
    docx_xml_value(xml, "w:cantSplit", NULL);
    docx_xml_value(xml, "w:tblHeader", NULL);
    docx_xml_end(xml);
    for (size_t j = 0; j < piece->n_columns; j++) {
        size_t column = piece->columns[j];
        begin_cell(layout, column, xml);
        docx_xml_value(xml, "w:vAlign", "bottom");
        docx_xml_end(xml);
        begin_cell_paragraph(layout, column, true,
                             layout->columns[column].star_room + layout->columns[column].bracket_room, xml);
        docx_write_run(layout->table.columns[column].header, NULL, xml);
        docx_xml_end(xml);
        docx_xml_end(xml);
    }
    docx_xml_end(xml);
}

static void put_rule(const char *side, const char *kind, docx_xml *xml)
{
    docx_xml_begin(xml, side);
    docx_xml_set(xml, "w:val", kind);
    if (strcmp(kind, "nil") != 0) {
        docx_xml_set(xml, "w:sz", "6");
        docx_xml_set(xml, "w:space", "0");
        docx_xml_set(xml, "w:color", "404040");
    }
    docx_xml_end(xml);
}

/* What differs from the table's rules: none between a coefficient and the error beneath, a strong one above the summary. */
static void put_rules(const behov_page_table *table, size_t row, docx_xml *xml)
{
    bool begins_summary = behov_page_row_begins_summary(table, row), is_beneath = behov_page_row_is_beneath(table, row),
         is_paired = behov_page_row_is_beneath(table, row + 1);
    if (!begins_summary && !is_beneath && !is_paired)
        return;
    docx_xml_begin(xml, "w:tcBorders");
    if (begins_summary || is_beneath)
        put_rule("w:top", begins_summary ? "single" : "nil", xml);
    if (is_paired)
        put_rule("w:bottom", "nil", xml);
    docx_xml_end(xml);
}

static void put_cell(const docx_layout *layout, size_t column, size_t row, bool keeps_next, docx_xml *xml)
{
    const behov_page_table *table = &layout->table;
    const docx_column *measures = &layout->columns[column];
    char text[BEHOV_NUMBER_SIZE];
    const char *stars = behov_page_stars(table, column, row);
    long room = measures->star_room - (long)strlen(stars) * docx_star_width(docx_sizes[layout->size].half_points) +
                (behov_page_is_beneath(table, column, row) ? 0 : measures->bracket_room);
    begin_cell(layout, column, xml);
    put_rules(table, row, xml);
    docx_xml_end(xml);
    begin_cell_paragraph(layout, column, keeps_next, room, xml);
    docx_write_run(behov_page_cell(table, column, row, text),
                   behov_page_is_strong(table, column, row) ? DOCX_STYLE_STRONG : NULL, xml);
    docx_write_run(stars, NULL, xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
}

void docx_write_table(const docx_layout *layout, const docx_piece *piece, docx_xml *xml)
{
    const behov_page_table *table = &layout->table;
    docx_xml_begin(xml, "w:tbl");
    put_table_properties(layout, piece, xml);
    docx_xml_begin(xml, "w:tblGrid");
    for (size_t j = 0; j < piece->n_columns; j++) {
        docx_xml_begin(xml, "w:gridCol");
        docx_xml_set_number(xml, "w:w", layout->columns[piece->columns[j]].width);
        docx_xml_end(xml);
    }
    docx_xml_end(xml);
    put_header(layout, piece, xml);
    for (size_t i = 0; i < table->n_rows; i++) {
        bool keeps_next =
            i + 1 < table->n_rows && (table->n_rows <= FEW_ROWS || behov_page_row_is_beneath(table, i + 1));
        docx_xml_begin(xml, "w:tr");
        docx_xml_begin(xml, "w:trPr");
        docx_xml_value(xml, "w:cantSplit", NULL);
        docx_xml_end(xml);
        for (size_t j = 0; j < piece->n_columns; j++)
            put_cell(layout, piece->columns[j], i, keeps_next, xml);
        docx_xml_end(xml);
    }
    docx_xml_end(xml);
}
