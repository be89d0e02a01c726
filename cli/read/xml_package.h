/* xml_package.h - a zip of XML parts, as .xlsx and .ods are: opened by libzip, its parts read by libxml2's reader.
 *
 * Nothing in a file makes it grow without bound: what a part says of its size and what really comes out of it are both
 * limited, a document type (and with it every entity but the five of XML) is refused, nothing is fetched, and the limits
 * of libxml2 on depth and on the length of a text stay as they are. */
#ifndef BEHOV_CLI_XML_PACKAGE_H
#define BEHOV_CLI_XML_PACKAGE_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "text_source.h"

enum {
    XML_PACKAGE_MOST_BYTES = 256 * 1024 * 1024, /* of the file, which is kept in memory */
    XML_PART_MOST_BYTES = 1024 * 1024 * 1024    /* of a part once it is unpacked: a million rows of 15 figures */
};

typedef struct xml_package xml_package;

/* Opens a file whose first bytes are those of a zip (returned, free with xml_package_free; `source` is borrowed, for
 * places). BEHOV_E_DATA: too large, no zip, cut short. */
behov_status xml_package_open(text_source *source, xml_package **package, behov_error *err) BEHOV_MUST_CHECK;
void xml_package_free(xml_package *package);
bool xml_package_has(const xml_package *package, const char *name);
/* The first bytes of a part into `text`, ended by zero; its length, 0 when it is not there. */
size_t xml_package_peek(xml_package *package, const char *name, char *text, size_t size);

/* A part while it is read. */
typedef struct xml_part xml_part;

/* Begins to read a part (returned, end with xml_part_close). BEHOV_E_DATA: not there, too large, behind a password. */
behov_status xml_part_open(xml_package *package, const char *name, xml_part **part, behov_error *err) BEHOV_MUST_CHECK;
void xml_part_close(xml_part *part);
/* The next node; false at the end and at a failure, which xml_part_status tells. */
bool xml_part_next(xml_part *part);
/* How far it is, 0 to 1. */
double xml_part_progress(const xml_part *part);
/* After the end: BEHOV_E_DATA when the part is no XML, larger than it may be, or has a document type. */
behov_status xml_part_status(const xml_part *part, behov_error *err) BEHOV_MUST_CHECK;

/* The node at hand. Names are without their prefix, for prefixes differ between writers. */
bool xml_part_is_start(const xml_part *part);
bool xml_part_is_end(const xml_part *part); /* a closing tag */
bool xml_part_is_text(const xml_part *part);
bool xml_part_is_empty(const xml_part *part); /* <a/>, of which no end comes */
int xml_part_depth(const xml_part *part);
bool xml_part_is_named(const xml_part *part, const char *name);
/* Borrowed until the next node; "" without any. */
const char *xml_part_text(const xml_part *part);
/* The next attribute of a start; false after the last. Name and value are borrowed until the next call. */
bool xml_part_attribute(xml_part *part, const char **name, const char **value);
/* Passes over all that is inside the element at hand, up to its end. */
void xml_part_skip(xml_part *part);

#endif
