/* docx_document.c - see docx_document.h.
 *
 * Sections that stand the same way on the page follow one another; where the page is turned, the last paragraph before
 * carries the properties of the pages that end with it. What a reader has to know before any figure stands once, at the
 * top, as on a page of HTML. */
#include "docx_document.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <behov/labels.h>
#include "docx_styles.h"
#include "docx_table.h"

/* What is written, and how far it has come. */
typedef struct writing_state {
    const docx_text *text;
    docx_xml *xml;
    size_t n_tables;
} writing_state;

void docx_relation_of_picture(size_t index, char name[DOCX_RELATION_SIZE])
{
    snprintf(name, DOCX_RELATION_SIZE, "rId%lu", (unsigned long)(DOCX_FIRST_PICTURE + index));
}

static bool is_empty(const char *text)
{
    return !text || !text[0];
}

const char *docx_title(const behov_document *document)
{
    return is_empty(document->properties->title) ? document->sections[0].title : document->properties->title;
}

/* ---- paragraphs -------------------------------------------------------------------------------------------------- */

static void put_page_properties(bool is_across, docx_xml *xml)
{
    static const char *const sides[] = {"w:top", "w:right", "w:bottom", "w:left"};
    docx_xml_begin(xml, "w:sectPr");
    docx_xml_begin(xml, "w:footerReference");
    docx_xml_set(xml, "w:type", "default");
    docx_xml_set(xml, "r:id", is_across ? DOCX_RELATION_FOOTER_ACROSS : DOCX_RELATION_FOOTER);
    docx_xml_end(xml);
    docx_xml_begin(xml, "w:pgSz");
    docx_xml_set_number(xml, "w:w", is_across ? DOCX_PAGE_LONG : DOCX_PAGE_SHORT);
    docx_xml_set_number(xml, "w:h", is_across ? DOCX_PAGE_SHORT : DOCX_PAGE_LONG);
    if (is_across)
        docx_xml_set(xml, "w:orient", "landscape");
    docx_xml_end(xml);
    docx_xml_begin(xml, "w:pgMar");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        docx_xml_set_number(xml, sides[i], DOCX_MARGIN);
    docx_xml_set_number(xml, "w:header", DOCX_MARGIN / 2);
    docx_xml_set_number(xml, "w:footer", DOCX_MARGIN / 2);
    docx_xml_set_number(xml, "w:gutter", 0);
    docx_xml_end(xml);
    docx_xml_end(xml);
}

static void begin_paragraph(const char *style, docx_xml *xml)
{
    docx_xml_begin(xml, "w:p");
    docx_xml_begin(xml, "w:pPr");
    docx_xml_value(xml, "w:pStyle", style);
    docx_xml_end(xml);
}

static void put_paragraph(const char *style, const char *text, docx_xml *xml)
{
    if (is_empty(text))
        return;
    begin_paragraph(style, xml);
    docx_write_run(text, NULL, xml);
    docx_xml_end(xml);
}

/* A note, or for NULL an empty paragraph, which has to follow a table; where pages that stand one way end with it, it says
 * so. */
static void put_last_paragraph(const char *text, const bool *ends_across, docx_xml *xml)
{
    docx_xml_begin(xml, "w:p");
    docx_xml_begin(xml, "w:pPr");
    docx_xml_value(xml, "w:pStyle", DOCX_STYLE_NOTE);
    if (ends_across)
        put_page_properties(*ends_across, xml);
    docx_xml_end(xml);
    docx_write_run(text ? text : "", NULL, xml);
    docx_xml_end(xml);
}

/* "Tabell 1. Regresjon", numbered by a field, so that Word counts on. */
static void put_caption(const char *label, size_t number, const char *text, docx_xml *xml)
{
    enum { LABEL_SIZE = 40 };
    char instruction[LABEL_SIZE + 24], count[24];
    snprintf(instruction, sizeof instruction, " SEQ %.*s \\* ARABIC ", LABEL_SIZE, label);
    snprintf(count, sizeof count, "%lu", (unsigned long)number);
    begin_paragraph(DOCX_STYLE_CAPTION, xml);
    docx_write_run(label, NULL, xml);
    docx_write_run(" ", NULL, xml);
    docx_write_field(instruction, count, xml);
    docx_write_run(". ", NULL, xml);
    docx_write_run(text, NULL, xml);
    docx_xml_end(xml);
}

/* The name of a section, which a workbook's sheet has, with blanks again: the title goes with the table's number, wherever
 * a reader moves the table. */
static void put_heading(const char *name, docx_xml *xml)
{
    behov_wording words = {0};
    behov_wording_add(&words, name);
    for (char *letter = words.text; letter && *letter; letter++)
        if (*letter == '_')
            *letter = ' ';
    put_paragraph(DOCX_STYLE_HEADING, behov_wording_text(&words), xml);
    if (words.has_no_memory)
        docx_xml_fail(xml);
    behov_wording_free(&words);
}

/* ---- sections ---------------------------------------------------------------------------------------------------- */

static void put_tables(writing_state *state, const docx_layout *layout)
{
    const behov_section *section = layout->table.section;
    behov_language lang = state->text->document->lang;
    const char *label = behov_label(lang, BEHOV_WORD_DOCX_TABLE);
    put_caption(label, ++state->n_tables, section->title, state->xml);
    for (size_t i = 0; i < layout->n_pieces; i++) {
        if (i) {
            char number[24];
            snprintf(number, sizeof number, " %lu, ", (unsigned long)state->n_tables);
            begin_paragraph(DOCX_STYLE_CAPTION, state->xml);
            docx_write_run(label, NULL, state->xml);
            docx_write_run(number, NULL, state->xml);
            docx_write_run(behov_label(lang, BEHOV_WORD_TABLE_CONTINUED), NULL, state->xml);
            docx_xml_end(state->xml);
        }
        docx_write_table(layout, &layout->pieces[i], state->xml);
    }
}

/* \param ends_across  how the pages stand that end with this section; NULL = they go on */
static void put_section(writing_state *state, size_t index, const bool *ends_across)
{
    const behov_document *document = state->text->document;
    const behov_section *section = &document->sections[index];
    const char *last_note = NULL;
    put_heading(section->name, state->xml);
    put_paragraph(DOCX_STYLE_DESCRIPTION, section->subtitle, state->xml);
    put_tables(state, &state->text->layouts[index]);
    for (size_t i = 0; i < section->n_notes; i++) {
        const char *note = section->notes[i];
        if (is_empty(note) || behov_page_is_warning(document, note))
            continue;
        put_paragraph(DOCX_STYLE_NOTE, last_note, state->xml);
        last_note = note;
    }
    bool is_last = index + 1 == document->n_sections && !document->n_pictures;
    if (last_note || ends_across || is_last) /* else a heading follows the table */
        put_last_paragraph(last_note, ends_across, state->xml);
}

static bool is_note_of_section(const behov_document *document, const char *note)
{
    for (size_t i = 0; i < document->n_sections; i++)
        for (size_t j = 0; j < document->sections[i].n_notes; j++)
            if (strcmp(document->sections[i].notes[j], note) == 0)
                return true;
    return false;
}

/* What the document has not said before. */
static void put_notes_of_picture(const behov_document *document, const behov_picture *picture, docx_xml *xml)
{
    for (size_t i = 0; i < picture->n_notes; i++) {
        const char *note = behov_wording_text(&picture->notes[i]);
        if (!behov_page_is_warning(document, note) && !is_note_of_section(document, note))
            put_paragraph(DOCX_STYLE_NOTE, note, xml);
    }
}

/* Under a heading of their own, behind the tables: pages upright. */
static void put_figures(writing_state *state)
{
    const behov_document *document = state->text->document;
    const char *label = behov_label(document->lang, BEHOV_WORD_DOCX_FIGURE);
    put_paragraph(DOCX_STYLE_HEADING, behov_label(document->lang, BEHOV_WORD_SHEET_FIGURES), state->xml);
    if (!state->text->drawings)
        put_paragraph(DOCX_STYLE_NOTE, behov_label(document->lang, BEHOV_WORD_DOCX_WITHOUT_PICTURES), state->xml);
    for (size_t i = 0; state->text->drawings && i < document->n_pictures; i++) {
        char relation[DOCX_RELATION_SIZE], name[64];
        docx_relation_of_picture(i, relation);
        snprintf(name, sizeof name, "%.40s %lu", label, (unsigned long)(i + 1));
        put_caption(label, i + 1, behov_wording_text(&document->pictures[i].title), state->xml);
        if (!state->text->drawings[i].bytes.length) {
            put_paragraph(DOCX_STYLE_NOTE, behov_wording_text(&state->text->drawings[i].description), state->xml);
            continue;
        }
        begin_paragraph("Normal", state->xml);
        docx_write_drawing(&state->text->drawings[i], i + 1, name, relation, state->xml);
        docx_xml_end(state->xml);
        put_notes_of_picture(document, &document->pictures[i], state->xml);
    }
}

static void put_head(const behov_document *document, docx_xml *xml)
{
    put_paragraph(DOCX_STYLE_TITLE, docx_title(document), xml);
    put_paragraph(DOCX_STYLE_SUBTITLE, document->properties->subject, xml);
    for (size_t i = 0; i < BEHOV_PAGE_WARNINGS; i++)
        put_paragraph(DOCX_STYLE_WARNING, behov_page_warning(document, i), xml);
}

void docx_write_document(const docx_text *text, docx_xml *xml)
{
    static const char *const namespaces[][2] = {
        {"xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"},
        {"xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"},
        {"xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"},
        {"xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"},
        {"xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"},
    };
    const behov_document *document = text->document;
    writing_state state = {.text = text, .xml = xml};
    size_t last = document->n_sections - 1;
    docx_xml_begin(xml, "w:document");
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++)
        docx_xml_set(xml, namespaces[i][0], namespaces[i][1]);
    docx_xml_begin(xml, "w:body");
    put_head(document, xml);
    for (size_t i = 0; i < document->n_sections; i++) {
        bool is_across = text->layouts[i].is_across,
             ends = is_across != (i < last ? text->layouts[i + 1].is_across : is_across && !document->n_pictures);
        put_section(&state, i, ends ? &is_across : NULL);
    }
    if (document->n_pictures)
        put_figures(&state);
    put_page_properties(text->layouts[last].is_across && !document->n_pictures, xml);
    docx_xml_end(xml);
    docx_xml_end(xml);
}
