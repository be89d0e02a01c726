/* file_digest.h - a whole file in memory, and the digest of one. */
#ifndef BEHOV_CLI_FILE_DIGEST_H
#define BEHOV_CLI_FILE_DIGEST_H

#include <behov/error.h>
#include <stddef.h>

/* The SHA-256 of a file, or of compiled-in bytes (datasets.h), as 64 hexadecimal digits in lower case, and its bytes.
 * BEHOV_E_FILE, BEHOV_E_MEMORY. */
behov_status file_digest(const char *path, char hex[65], size_t *n_bytes, behov_error *err) BEHOV_MUST_CHECK;

#endif
