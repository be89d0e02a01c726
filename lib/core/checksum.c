/* checksum.c - CRC-32C four bits at a time: the table is sixteen numbers, and quick enough beside reading a file. */
#include "checksum.h"

static const uint32_t remainders[16] = {
    0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
    0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9, 0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
};

uint32_t behov_checksum(uint32_t checksum, const void *bytes, size_t n_bytes)
{
    const unsigned char *byte = bytes;
    checksum = ~checksum;
    for (size_t i = 0; i < n_bytes; i++) {
        checksum ^= byte[i];
        checksum = (checksum >> 4) ^ remainders[checksum & 15];
        checksum = (checksum >> 4) ^ remainders[checksum & 15];
    }
    return ~checksum;
}
