/* docx_xml.h - one part of a Word document as XML: elements opened and closed in turn. Whatever fails is kept until the
 * end, so that the calls need no checks of their own. */
#ifndef BEHOV_CLI_DOCX_XML_H
#define BEHOV_CLI_DOCX_XML_H

#include <behov/error.h>
#include <stddef.h>

typedef struct docx_xml docx_xml;

/* Loads libxml2. */
behov_status docx_xml_open(behov_error *err) BEHOV_MUST_CHECK;
/* Begun with the declaration; NULL without memory. */
docx_xml *docx_xml_new(void);
void docx_xml_free(docx_xml *xml);

void docx_xml_begin(docx_xml *xml, const char *element);
void docx_xml_end(docx_xml *xml);
/* An attribute of the element that was begun last. Texts and values are shown as behov_letter (error.h) shows them: no
 * character that XML 1.0 forbids, and no mark of direction, comes through. */
void docx_xml_set(docx_xml *xml, const char *attribute, const char *value);
void docx_xml_set_number(docx_xml *xml, const char *attribute, long value);
void docx_xml_text(docx_xml *xml, const char *text);
/* <element w:val="value"/>; <element/> for NULL */
void docx_xml_value(docx_xml *xml, const char *element, const char *value);
void docx_xml_value_number(docx_xml *xml, const char *element, long value);
/* <element>text</element> */
void docx_xml_line(docx_xml *xml, const char *element, const char *text);

/* Something that was to be written could not be made. */
void docx_xml_fail(docx_xml *xml);
/* Closes all that is open. The bytes, which live as long as the part; NULL when anything has failed. */
const char *docx_xml_finish(docx_xml *xml, size_t *length);

#endif
