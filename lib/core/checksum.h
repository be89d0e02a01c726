/* checksum.h - CRC-32C (Castagnoli, RFC 3720), which finds every burst of errors up to 32 bits. */
#ifndef BEHOV_SRC_CHECKSUM_H
#define BEHOV_SRC_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// The checksum of what `checksum` (0 at first) is the checksum of, followed by these bytes.
uint32_t behov_checksum(uint32_t checksum, const void *bytes, size_t n_bytes);

#endif
