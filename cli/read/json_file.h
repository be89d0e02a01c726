/* json_file.h - a file of JSON as a jansson tree. */
#ifndef BEHOV_CLI_JSON_FILE_H
#define BEHOV_CLI_JSON_FILE_H

#include <behov/error.h>
#include <jansson.h>
#include <stdbool.h>

#include "text_source.h"

/* Reads a file into a tree (returned, free with json_decref). `content` is what the file should be, for messages:
 * "saved fit". `path` "-" is standard input. BEHOV_E_FILE: missing, a folder, a device, or far too large; BEHOV_E_DATA: a
 * number too large; BEHOV_E_SYNTAX with its line. */
behov_status json_file_read(const char *path, const char *content, json_t **tree, behov_error *err) BEHOV_MUST_CHECK;
/* The same of a file that was opened to look at its first bytes (text_source_open_bytes), of a pipe too. */
behov_status json_file_read_source(text_source *source, const char *content, json_t **tree,
                                   behov_error *err) BEHOV_MUST_CHECK;
/* Whether a regular file begins as an object of JSON does, with or without a byte order mark. */
bool json_file_is_object(const char *path);

#endif
