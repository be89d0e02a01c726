/* sections_document.h - what a writer of sections is handed: the sections, what the file says of itself, the language.
 * */
#ifndef BEHOV_SECTIONS_DOCUMENT_H
#define BEHOV_SECTIONS_DOCUMENT_H

#include <stddef.h>

#include "error.h"
#include "language.h"
#include "picture.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_document_properties {
    const char *title, *subject, *comments; /* NULL = none */
    long long created;                      /* seconds since 1970 UTC, 0 = not given (in a workbook 1980-01-01) */
} behov_document_properties;

/// What a writer of text gets: all of it is borrowed.
typedef struct behov_document {
    const behov_section *sections;
    size_t n_sections;
    const behov_picture *pictures; /* a writer that shows none passes them over, so they may never be the only bearers
                                      of a figure */
    size_t n_pictures;
    const behov_document_properties *properties; /* never NULL */
    behov_language lang;
} behov_document;

#ifdef __cplusplus
}
#endif
#endif
