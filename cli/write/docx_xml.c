/* docx_xml.c - see docx_xml.h. Through libxml2's writer, which escapes what has to be and closes what was opened. */
#include "docx_xml.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <behov/wording.h>
#include "page_table.h"
#include "xml_library.h"

struct docx_xml {
    const xml_library *library;
    xmlBufferPtr bytes;
    xmlTextWriterPtr writer;
    behov_wording clean_text;
    bool has_failed;
};

static void look(docx_xml *xml, int code)
{
    xml->has_failed = xml->has_failed || code < 0;
}

behov_status docx_xml_open(behov_error *err)
{
    const xml_library *library;
    return xml_library_open(&library, err);
}

docx_xml *docx_xml_new(void)
{
    docx_xml *xml = calloc(1, sizeof *xml);
    if (!xml)
        return NULL;
    if (xml_library_open(&xml->library, NULL)) {
        free(xml);
        return NULL;
    }
    xml->bytes = xml->library->xmlBufferCreate();
    xml->writer = xml->bytes ? xml->library->xmlNewTextWriterMemory(xml->bytes, 0) : NULL;
    if (!xml->writer) {
        docx_xml_free(xml);
        return NULL;
    }
    look(xml, xml->library->xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", "yes"));
    return xml;
}

void docx_xml_free(docx_xml *xml)
{
    if (!xml)
        return;
    xml->library->xmlFreeTextWriter(xml->writer);
    xml->library->xmlBufferFree(xml->bytes);
    behov_wording_free(&xml->clean_text);
    free(xml);
}

static const xmlChar *clean(docx_xml *xml, const char *text)
{
    behov_page_character next;
    behov_wording_clear(&xml->clean_text);
    while (behov_page_next(&text, &next))
        behov_wording_add_bytes(&xml->clean_text, next.bytes, next.length);
    xml->has_failed = xml->has_failed || xml->clean_text.has_no_memory;
    return (const xmlChar *)behov_wording_text(&xml->clean_text);
}

void docx_xml_begin(docx_xml *xml, const char *element)
{
    look(xml, xml->library->xmlTextWriterStartElement(xml->writer, (const xmlChar *)element));
}

void docx_xml_end(docx_xml *xml)
{
    look(xml, xml->library->xmlTextWriterEndElement(xml->writer));
}

void docx_xml_set(docx_xml *xml, const char *attribute, const char *value)
{
    look(xml, xml->library->xmlTextWriterWriteAttribute(xml->writer, (const xmlChar *)attribute, clean(xml, value)));
}

void docx_xml_set_number(docx_xml *xml, const char *attribute, long value)
{
    char text[32];
    snprintf(text, sizeof text, "%ld", value);
    docx_xml_set(xml, attribute, text);
}

void docx_xml_text(docx_xml *xml, const char *text)
{
    look(xml, xml->library->xmlTextWriterWriteString(xml->writer, clean(xml, text)));
}

void docx_xml_value(docx_xml *xml, const char *element, const char *value)
{
    docx_xml_begin(xml, element);
    if (value)
        docx_xml_set(xml, "w:val", value);
    docx_xml_end(xml);
}

void docx_xml_value_number(docx_xml *xml, const char *element, long value)
{
    docx_xml_begin(xml, element);
    docx_xml_set_number(xml, "w:val", value);
    docx_xml_end(xml);
}

void docx_xml_line(docx_xml *xml, const char *element, const char *text)
{
    docx_xml_begin(xml, element);
    docx_xml_text(xml, text);
    docx_xml_end(xml);
}

void docx_xml_fail(docx_xml *xml)
{
    xml->has_failed = true;
}

const char *docx_xml_finish(docx_xml *xml, size_t *length)
{
    look(xml, xml->library->xmlTextWriterEndDocument(xml->writer));
    look(xml, xml->library->xmlTextWriterFlush(xml->writer));
    *length = (size_t)xml->library->xmlBufferLength(xml->bytes);
    return xml->has_failed ? NULL : (const char *)xml->library->xmlBufferContent(xml->bytes);
}
