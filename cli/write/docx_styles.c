/* docx_styles.c - see docx_styles.h. Children stand in the order that ECMA-376 part 1 gives each element: Word refuses a
 * file in which they do not. */
#include "docx_styles.h"

#include <stdio.h>
#include <string.h>

#include <behov/labels.h>
#include "docx_layout.h"
#include "page_table.h"

#define MAIN_NAMESPACE "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

static const char ink[] = "1A1A1A", faint_ink[] = "404040", line_ink[] = "404040", faint_line_ink[] = "D9D9D9",
                  header_ink[] = "E8EEF4";

/* How a paragraph's style looks. Lengths are twentieths of a point; 0 = as its parent. */
typedef struct style {
    const char *id, *name, *parent, *next;
    int priority;
    bool is_own, keeps_next, keeps_lines, is_figure, is_bold;
    int before, after, line;
    int outline; /* level of a heading, from 1 */
    int half_points;
    const char *colour;
    bool has_bar; /* a thick line at its left */
} style;

const char *docx_language(behov_language lang)
{
    return behov_language_alone(lang) == BEHOV_LANGUAGE_EN ? "en-GB" : "nb-NO";
}

void docx_style_of_cell(bool is_figure, size_t size, char name[DOCX_STYLE_SIZE])
{
    const char *ending = docx_sizes[size].ending;
    snprintf(name, DOCX_STYLE_SIZE, "%s%.2s", is_figure ? "BehovFigure" : "BehovCell", ending + strspn(ending, " "));
}

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

static void put_border(const char *side, const char *kind, int eighths, int space, const char *colour, docx_xml *xml)
{
    docx_xml_begin(xml, side);
    docx_xml_set(xml, "w:val", kind);
    docx_xml_set_number(xml, "w:sz", eighths);
    docx_xml_set_number(xml, "w:space", space);
    docx_xml_set(xml, "w:color", colour);
    docx_xml_end(xml);
}

static void put_spacing(int before, int after, int line, docx_xml *xml)
{
    docx_xml_begin(xml, "w:spacing");
    docx_xml_set_number(xml, "w:before", before);
    docx_xml_set_number(xml, "w:after", after);
    if (line) {
        docx_xml_set_number(xml, "w:line", line);
        docx_xml_set(xml, "w:lineRule", "auto");
    }
    docx_xml_end(xml);
}

static void put_paragraph_style(const style *described, docx_xml *xml)
{
    docx_xml_begin(xml, "w:style");
    docx_xml_set(xml, "w:type", "paragraph");
    if (described->is_own)
        docx_xml_set(xml, "w:customStyle", "1");
    docx_xml_set(xml, "w:styleId", described->id);
    docx_xml_value(xml, "w:name", described->name);
    docx_xml_value(xml, "w:basedOn", described->parent);
    docx_xml_value(xml, "w:next", described->next ? described->next : described->id);
    docx_xml_value_number(xml, "w:uiPriority", described->priority);
    docx_xml_value(xml, "w:qFormat", NULL);
    docx_xml_begin(xml, "w:pPr");
    if (described->keeps_next)
        docx_xml_value(xml, "w:keepNext", NULL);
    if (described->keeps_lines)
        docx_xml_value(xml, "w:keepLines", NULL);
    if (described->has_bar) {
        docx_xml_begin(xml, "w:pBdr");
        put_border("w:left", "single", 24, 8, line_ink, xml);
        docx_xml_end(xml);
    }
    put_spacing(described->before, described->after, described->line, xml);
    if (described->is_figure)
        docx_xml_value(xml, "w:jc", "right");
    if (described->outline)
        docx_xml_value_number(xml, "w:outlineLvl", described->outline - 1);
    docx_xml_end(xml);
    docx_xml_begin(xml, "w:rPr");
    if (described->is_bold) {
        docx_xml_value(xml, "w:b", NULL);
        docx_xml_value(xml, "w:bCs", NULL);
    }
    docx_xml_value(xml, "w:color", described->colour ? described->colour : ink);
    docx_xml_value_number(xml, "w:sz", described->half_points);
    docx_xml_value_number(xml, "w:szCs", described->half_points);
    docx_xml_end(xml);
    docx_xml_end(xml);
}

/* ---- the styles -------------------------------------------------------------------------------------------------- */

static void put_defaults(behov_language lang, docx_xml *xml)
{
    static const char *const alphabets[] = {"w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"};
    docx_xml_begin(xml, "w:docDefaults");
    docx_xml_begin(xml, "w:rPrDefault");
    docx_xml_begin(xml, "w:rPr");
    docx_xml_begin(xml, "w:rFonts");
    for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++)
        docx_xml_set(xml, alphabets[i], "Calibri");
    docx_xml_end(xml);
    docx_xml_value_number(xml, "w:sz", 22);
    docx_xml_value_number(xml, "w:szCs", 22);
    docx_xml_begin(xml, "w:lang");
    docx_xml_set(xml, "w:val", docx_language(lang));
    docx_xml_set(xml, "w:eastAsia", docx_language(lang));
    docx_xml_set(xml, "w:bidi", "ar-SA");
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_begin(xml, "w:pPrDefault");
    docx_xml_begin(xml, "w:pPr");
    put_spacing(0, 120, 264, xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
}

static void begin_base(const char *type, const char *id, const char *name, docx_xml *xml)
{
    docx_xml_begin(xml, "w:style");
    docx_xml_set(xml, "w:type", type);
    docx_xml_set(xml, "w:default", "1");
    docx_xml_set(xml, "w:styleId", id);
    docx_xml_value(xml, "w:name", name);
}

static void put_margin(const char *side, int width, docx_xml *xml)
{
    docx_xml_begin(xml, side);
    docx_xml_set_number(xml, "w:w", width);
    docx_xml_set(xml, "w:type", "dxa");
    docx_xml_end(xml);
}

/* What each kind of style is based on. */
static void put_bases(docx_xml *xml)
{
    begin_base("paragraph", "Normal", "Normal", xml);
    docx_xml_value(xml, "w:qFormat", NULL);
    docx_xml_end(xml);
    begin_base("character", "DefaultParagraphFont", "Default Paragraph Font", xml);
    docx_xml_value_number(xml, "w:uiPriority", 1);
    docx_xml_value(xml, "w:semiHidden", NULL);
    docx_xml_value(xml, "w:unhideWhenUsed", NULL);
    docx_xml_end(xml);
    begin_base("table", "TableNormal", "Normal Table", xml);
    docx_xml_value_number(xml, "w:uiPriority", 99);
    docx_xml_value(xml, "w:semiHidden", NULL);
    docx_xml_value(xml, "w:unhideWhenUsed", NULL);
    docx_xml_begin(xml, "w:tblPr");
    put_margin("w:tblInd", 0, xml);
    docx_xml_begin(xml, "w:tblCellMar");
    put_margin("w:top", 0, xml);
    put_margin("w:left", 108, xml);
    put_margin("w:bottom", 0, xml);
    put_margin("w:right", 108, xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    begin_base("numbering", "NoList", "No List", xml);
    docx_xml_value_number(xml, "w:uiPriority", 99);
    docx_xml_value(xml, "w:semiHidden", NULL);
    docx_xml_value(xml, "w:unhideWhenUsed", NULL);
    docx_xml_end(xml);
}

static void put_strong(docx_xml *xml)
{
    docx_xml_begin(xml, "w:style");
    docx_xml_set(xml, "w:type", "character");
    docx_xml_set(xml, "w:styleId", DOCX_STYLE_STRONG);
    docx_xml_value(xml, "w:name", "Strong");
    docx_xml_value(xml, "w:basedOn", "DefaultParagraphFont");
    docx_xml_value_number(xml, "w:uiPriority", 22);
    docx_xml_value(xml, "w:qFormat", NULL);
    docx_xml_begin(xml, "w:rPr");
    docx_xml_value(xml, "w:b", NULL);
    docx_xml_value(xml, "w:bCs", NULL);
    docx_xml_end(xml);
    docx_xml_end(xml);
}

/* Rules above and beneath, a thin one between rows; the row of headings on grey, in bold. */
static void put_table_style(behov_language lang, docx_xml *xml)
{
    docx_xml_begin(xml, "w:style");
    docx_xml_set(xml, "w:type", "table");
    docx_xml_set(xml, "w:customStyle", "1");
    docx_xml_set(xml, "w:styleId", DOCX_STYLE_TABLE);
    docx_xml_value(xml, "w:name", behov_label(lang, BEHOV_WORD_DOCX_STYLE_TABLE));
    docx_xml_value(xml, "w:basedOn", "TableNormal");
    docx_xml_value_number(xml, "w:uiPriority", 99);
    docx_xml_value(xml, "w:qFormat", NULL);
    docx_xml_begin(xml, "w:tblPr");
    docx_xml_begin(xml, "w:tblBorders");
    put_border("w:top", "single", 12, 0, line_ink, xml);
    put_border("w:bottom", "single", 12, 0, line_ink, xml);
    put_border("w:insideH", "single", 4, 0, faint_line_ink, xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_begin(xml, "w:tblStylePr");
    docx_xml_set(xml, "w:type", "firstRow");
    docx_xml_begin(xml, "w:rPr");
    docx_xml_value(xml, "w:b", NULL);
    docx_xml_value(xml, "w:bCs", NULL);
    docx_xml_end(xml);
    docx_xml_begin(xml, "w:tcPr");
    docx_xml_begin(xml, "w:tcBorders");
    put_border("w:top", "single", 12, 0, line_ink, xml);
    put_border("w:bottom", "single", 6, 0, line_ink, xml);
    docx_xml_end(xml);
    docx_xml_begin(xml, "w:shd");
    docx_xml_set(xml, "w:val", "clear");
    docx_xml_set(xml, "w:color", "auto");
    docx_xml_set(xml, "w:fill", header_ink);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
}

/* Cells: one style for text and one for figures in each size, the smaller ones based on the ordinary. */
static void put_cell_styles(behov_language lang, docx_xml *xml)
{
    enum { NAME_SIZE = 64 };
    for (size_t size = 0; size < DOCX_N_SIZES; size++)
        for (int is_figure = 0; is_figure < 2; is_figure++) {
            char id[DOCX_STYLE_SIZE], parent[DOCX_STYLE_SIZE], name[NAME_SIZE];
            docx_style_of_cell(is_figure, size, id);
            docx_style_of_cell(is_figure, 0, parent);
            snprintf(name, sizeof name, "%.40s%.4s",
                     behov_label(lang, is_figure ? BEHOV_WORD_DOCX_STYLE_FIGURE : BEHOV_WORD_DOCX_STYLE_CELL),
                     docx_sizes[size].ending);
            put_paragraph_style(&(style){.id = id,
                                         .name = name,
                                         .parent = size ? parent : "Normal",
                                         .priority = 40,
                                         .is_own = true,
                                         .is_figure = is_figure,
                                         .before = size < 2 ? 20 : 10,
                                         .after = size < 2 ? 20 : 10,
                                         .line = 240,
                                         .half_points = docx_sizes[size].half_points},
                                xml);
        }
}

void docx_write_styles(behov_language lang, docx_xml *xml)
{
    const style styles[] = {
        {.id = DOCX_STYLE_TITLE,
         .name = "Title",
         .parent = "Normal",
         .next = "Normal",
         .priority = 10,
         .keeps_next = true,
         .is_bold = true,
         .after = 60,
         .line = 252,
         .half_points = 40},
        {.id = DOCX_STYLE_SUBTITLE,
         .name = "Subtitle",
         .parent = "Normal",
         .next = "Normal",
         .priority = 11,
         .keeps_next = true,
         .after = 120,
         .line = 252,
         .half_points = 24,
         .colour = faint_ink},
        {.id = DOCX_STYLE_HEADING,
         .name = "heading 1",
         .parent = "Normal",
         .next = "Normal",
         .priority = 9,
         .keeps_next = true,
         .keeps_lines = true,
         .is_bold = true,
         .before = 360,
         .after = 60,
         .line = 252,
         .outline = 1,
         .half_points = 28},
        {.id = DOCX_STYLE_CAPTION,
         .name = "caption",
         .parent = "Normal",
         .next = "Normal",
         .priority = 35,
         .keeps_next = true,
         .keeps_lines = true,
         .is_bold = true,
         .before = 120,
         .after = 80,
         .line = 240,
         .half_points = 20},
        {.id = DOCX_STYLE_FOOTER,
         .name = "footer",
         .parent = "Normal",
         .priority = 99,
         .line = 240,
         .half_points = 16,
         .colour = faint_ink},
        {.id = DOCX_STYLE_WARNING,
         .name = behov_label(lang, BEHOV_WORD_DOCX_STYLE_WARNING),
         .parent = "Normal",
         .priority = 41,
         .is_own = true,
         .is_bold = true,
         .after = 120,
         .line = 252,
         .half_points = 20,
         .has_bar = true},
        {.id = DOCX_STYLE_DESCRIPTION,
         .name = behov_label(lang, BEHOV_WORD_DOCX_STYLE_SUBTITLE),
         .parent = "Normal",
         .priority = 41,
         .is_own = true,
         .keeps_next = true,
         .after = 60,
         .line = 252,
         .half_points = 22,
         .colour = faint_ink},
        {.id = DOCX_STYLE_NOTE,
         .name = behov_label(lang, BEHOV_WORD_DOCX_STYLE_NOTE),
         .parent = "Normal",
         .priority = 41,
         .is_own = true,
         .before = 60,
         .after = 40,
         .line = 240,
         .half_points = 18,
         .colour = faint_ink},
    };
    docx_xml_begin(xml, "w:styles");
    docx_xml_set(xml, "xmlns:w", MAIN_NAMESPACE);
    put_defaults(lang, xml);
    put_bases(xml);
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        put_paragraph_style(&styles[i], xml);
    put_cell_styles(lang, xml);
    put_strong(xml);
    put_table_style(lang, xml);
    docx_xml_end(xml);
}

/* ---- settings and page numbers ------------------------------------------------------------------------------------ */

void docx_write_settings(behov_language lang, docx_xml *xml)
{
    docx_xml_begin(xml, "w:settings");
    docx_xml_set(xml, "xmlns:w", MAIN_NAMESPACE);
    docx_xml_begin(xml, "w:zoom");
    docx_xml_set(xml, "w:percent", "100");
    docx_xml_end(xml);
    docx_xml_value_number(xml, "w:defaultTabStop", 709);
    docx_xml_begin(xml, "w:compat");
    docx_xml_begin(xml, "w:compatSetting"); /* else Word opens it as a file of 2007 */
    docx_xml_set(xml, "w:name", "compatibilityMode");
    docx_xml_set(xml, "w:uri", "http://schemas.microsoft.com/office/word");
    docx_xml_set(xml, "w:val", "15");
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_value(xml, "w:themeFontLang", docx_language(lang));
    const char mark[] = {behov_language_decimal_mark(lang), '\0'};
    docx_xml_value(xml, "w:decimalSymbol", mark);
    docx_xml_value(xml, "w:listSeparator", mark[0] == ',' ? ";" : ",");
    docx_xml_end(xml);
}

static void put_field_mark(const char *kind, docx_xml *xml)
{
    docx_xml_begin(xml, "w:r");
    docx_xml_begin(xml, "w:fldChar");
    docx_xml_set(xml, "w:fldCharType", kind);
    docx_xml_end(xml);
    docx_xml_end(xml);
}

void docx_write_field(const char *instruction, const char *value, docx_xml *xml)
{
    put_field_mark("begin", xml);
    docx_xml_begin(xml, "w:r");
    docx_xml_begin(xml, "w:instrText");
    docx_xml_set(xml, "xml:space", "preserve");
    docx_xml_text(xml, instruction);
    docx_xml_end(xml);
    docx_xml_end(xml);
    put_field_mark("separate", xml);
    docx_write_run(value, NULL, xml);
    put_field_mark("end", xml);
}

void docx_write_run(const char *text, const char *run_style, docx_xml *xml)
{
    size_t length = strlen(text);
    if (!length)
        return;
    docx_xml_begin(xml, "w:r");
    if (run_style) {
        docx_xml_begin(xml, "w:rPr");
        docx_xml_value(xml, "w:rStyle", run_style);
        docx_xml_end(xml);
    }
    docx_xml_begin(xml, "w:t");
    if (strchr(" \t\r\n", text[0]) || strchr(" \t\r\n", text[length - 1]) || strstr(text, "  "))
        docx_xml_set(xml, "xml:space", "preserve");
    docx_xml_text(xml, text);
    docx_xml_end(xml);
    docx_xml_end(xml);
}

void docx_write_footer(const behov_document *document, bool is_across, docx_xml *xml)
{
    char day[16];
    const char *comments = document->properties->comments;
    behov_page_date(document->properties->created, day);
    docx_xml_begin(xml, "w:ftr");
    docx_xml_set(xml, "xmlns:w", MAIN_NAMESPACE);
    docx_xml_begin(xml, "w:p");
    docx_xml_begin(xml, "w:pPr");
    docx_xml_value(xml, "w:pStyle", DOCX_STYLE_FOOTER);
    docx_xml_begin(xml, "w:tabs");
    docx_xml_begin(xml, "w:tab");
    docx_xml_set(xml, "w:val", "right");
    docx_xml_set_number(xml, "w:pos", is_across ? DOCX_TEXT_ACROSS : DOCX_TEXT_UPRIGHT);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
    docx_write_run(comments ? comments : "", NULL, xml);
    docx_write_run(comments && comments[0] && day[0] ? "; " : "", NULL, xml);
    docx_write_run(day, NULL, xml);
    docx_xml_begin(xml, "w:r");
    docx_xml_value(xml, "w:tab", NULL);
    docx_xml_end(xml);
    docx_write_run(behov_label(document->lang, BEHOV_WORD_DOCX_PAGE), NULL, xml);
    docx_write_run(" ", NULL, xml);
    docx_write_field(" PAGE ", "1", xml);
    docx_write_run(" ", NULL, xml);
    docx_write_run(behov_label(document->lang, BEHOV_WORD_DOCX_PAGE_TOTAL), NULL, xml);
    docx_write_run(" ", NULL, xml);
    docx_write_field(" NUMPAGES ", "1", xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
}
