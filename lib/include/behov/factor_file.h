/* factor_file.h - a part's factors as bytes, in memory; files are the program's.
 *
 * Version 1. All numbers are little-endian: u8 u32 u64 whole, i32 two's complement, f64 IEEE 754 binary64. A text is a u32
 * of its bytes and those bytes, UTF-8, without a zero in them.
 *
 *     "BEHOVFAC"   8 bytes
 *     u32          version, 1
 *     u32          flags: 1 rests are kept, 2 keys of clusters are texts, 4 nobody asked for these clusters, 8 simulated,
 *                  16 the report's model with its own clusters
 *     u64          bytes of the whole, the checksum among them
 *     texts        7, in the order of behov_part_text
 *     u32 n        names: section, key, value, each a text
 *     u32 n        columns: name of each; the first is "(Intercept)"
 *     i32          n + 1 exponents, the outcome's last: column = value * 2^exponent
 *     u32 n        levels: factor, level, each a text; u8 1 = of a column of texts
 *     u64 u64 u64  rows, those estimated on, those predicted
 *     f64 f64      observations, sum of the weights
 *     u32 n        reasons: u8 kind, u8 fate, u8 mark (fate.h, table.h), text subject, u64 rows, u32 n levels that no row
 *                  estimated on of the part has: factor, level, each a text
 *     u32 n        counts (behov_part_count): text subject, u64 n
 *     u32 n        notes: the sentence in bokmål, in English, each a text
 *     u64 n        clusters: text key, u64 rows n_g, u32 rows of the factor, at most the width
 *     f64          values of all factors, cluster by cluster, row by row, width = columns + 1 numbers a row;
 *                  then, flag 1, as many rests
 *     u32          CRC-32C (Castagnoli, reflected, 0x82F63B78) of all bytes before it
 *
 * A reader knows the length and the checksum before it believes a count, and holds every count against the bytes that are
 * left before it allocates for it. */
#ifndef BEHOV_FACTOR_FILE_H
#define BEHOV_FACTOR_FILE_H

#include <stddef.h>

#include "error.h"
#include "factor_part.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The bytes of a part (returned, free() them). BEHOV_E_MEMORY.
BEHOV_API behov_status behov_factor_file_write(const behov_factor_part *part, unsigned char **bytes, size_t *n_bytes,
                                               behov_error *err) BEHOV_MUST_CHECK;
/// \param name  what messages call the bytes
/// \return BEHOV_E_DATA for bytes that are no factor file, of another version, cut off, damaged, or that no writer makes.
/// Free the part with behov_factor_part_free in any case.
BEHOV_API behov_status behov_factor_file_read(const unsigned char *bytes, size_t n_bytes, const char *name,
                                              behov_factor_part *part, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
