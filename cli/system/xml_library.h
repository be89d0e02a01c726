/* xml_library.h - the functions of libxml2 that are called, found when the first of them is needed (library.h): what reads
 * workbooks and what writes Word documents needs them. */
#ifndef BEHOV_CLI_XML_LIBRARY_H
#define BEHOV_CLI_XML_LIBRARY_H

#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>

#include "library.h"

/* clang-format off */
#define XML_FUNCTIONS(EACH) \
    EACH(xmlBufferContent) EACH(xmlBufferCreate) EACH(xmlBufferFree) EACH(xmlBufferLength) \
    EACH(xmlFreeTextReader) EACH(xmlFreeTextWriter) EACH(xmlNewTextWriterMemory) EACH(xmlReaderForIO) \
    EACH(xmlTextReaderConstLocalName) EACH(xmlTextReaderConstValue) EACH(xmlTextReaderDepth) \
    EACH(xmlTextReaderGetParserLineNumber) EACH(xmlTextReaderIsEmptyElement) EACH(xmlTextReaderMoveToElement) \
    EACH(xmlTextReaderMoveToNextAttribute) EACH(xmlTextReaderNodeType) EACH(xmlTextReaderRead) \
    EACH(xmlTextReaderSetErrorHandler) EACH(xmlTextWriterEndDocument) EACH(xmlTextWriterEndElement) \
    EACH(xmlTextWriterFlush) EACH(xmlTextWriterStartDocument) EACH(xmlTextWriterStartElement) \
    EACH(xmlTextWriterWriteAttribute) EACH(xmlTextWriterWriteString)
/* clang-format on */

typedef struct xml_library {
    XML_FUNCTIONS(LIBRARY_MEMBER)
} xml_library;

/* They are valid once this has been BEHOV_OK. */
behov_status xml_library_open(const xml_library **library, behov_error *err) BEHOV_MUST_CHECK;

#endif
