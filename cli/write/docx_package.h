/* docx_package.h - the parts of a Word document, packed into one file: a zip archive by the rules of ECMA-376 part 2. */
#ifndef BEHOV_CLI_DOCX_PACKAGE_H
#define BEHOV_CLI_DOCX_PACKAGE_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct docx_package docx_package;

/* \param path   that errors name (borrowed)
 * \param created  seconds since 1970, the time of every part; 0 = 1980-01-01 */
behov_status docx_package_new(const char *path, long long created, docx_package **package,
                              behov_error *err) BEHOV_MUST_CHECK;
void docx_package_free(docx_package *package);
/* A part of these bytes, which are copied. A picture that is packed already stays as it is. */
behov_status docx_package_add(docx_package *package, const char *name, const void *bytes, size_t length, bool is_packed,
                              behov_error *err) BEHOV_MUST_CHECK;
/* Writes all parts in their order. Whether `out` took all of it is for its owner to see. The same parts give the same
 * bytes, whatever zone the clock is in. */
behov_status docx_package_write(docx_package *package, FILE *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
