/* sha256.h - the SHA-256 digest of some bytes (FIPS 180-4), by which data are known again. */
#ifndef BEHOV_CLI_SHA256_H
#define BEHOV_CLI_SHA256_H

#include <stddef.h>

/* The digest of n bytes (borrowed) as 64 hexadecimal digits in lower case. */
void sha256_hex(const void *bytes, size_t n, char hex[65]);

#endif
