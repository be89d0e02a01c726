/* unpack.c - unpacks what assemble.py packed with LZMA (raw, lc 4, lp 0, pb 0): a module of WebAssembly of its own, of four
 * kilobytes, which takes a third of the time of a script. LZMA makes the program a fifth smaller than gzip, the only packing that browsers
 * unpack themselves. After the specification of Igor Pavlov (LZMA SDK, public domain), whose names it keeps.
 *
 * Bytes that are no LZMA give other bytes, or end in a trap of WebAssembly; they reach nothing outside this module's own memory.
 * unpack.js calls it. */
#include <stdint.h>

#define EXPORTED(name) __attribute__((export_name(name)))
#define INLINED static inline __attribute__((always_inline))

enum { PAGE = 65536, MOST_LENGTHS = 273, PIECE = 16384 };

typedef struct coder {
    uint32_t range, code;
    const uint8_t *at; /* the next byte */
    uint32_t state, rep0, rep1, rep2, rep3;
} coder;

typedef struct length_coder {
    uint16_t choice[2], low[8], mid[8], high[256];
} length_coder;

/* Probabilities that a bit is 0, of 2 048. Arrays of uint16_t alone, so that all can be set as one. */
typedef struct probabilities {
    uint16_t literals[16][0x300], is_match[12], is_rep[12], is_rep_g0[12], is_rep_g1[12], is_rep_g2[12],
        is_rep0_long[12];
    uint16_t slots[4][64], distances[116], align[16];
    length_coder match_length, rep_length;
} probabilities;

static probabilities model;
static coder now; /* between two pieces */
static uint8_t *out;
static uint32_t n_packed_bytes, n_out, n_done, crc_table[256];
extern uint8_t __heap_base;

/* \return where n_packed bytes are to be written, before the others are called; 0 = no memory */
EXPORTED("start") uint8_t *unpack_start(uint32_t n_packed, uint32_t n_unpacked)
{
    uint32_t start = (uint32_t)(uintptr_t)&__heap_base;
    /* A match may run over the end; so may the coder, which reads ahead. */
    uint32_t n_pages = (start + n_packed + 16 + n_unpacked + MOST_LENGTHS) / PAGE + 1;
    uint32_t has = __builtin_wasm_memory_size(0);
    if (n_pages > has && __builtin_wasm_memory_grow(0, n_pages - has) == (uint32_t)-1)
        return 0;
    out = &__heap_base + n_packed + 16;
    n_packed_bytes = n_packed;
    n_out = n_unpacked;
    for (uint32_t i = 0; i < sizeof model / sizeof(uint16_t); i++)
        ((volatile uint16_t *)&model)[i] = 1024; /* volatile: no memset, which is not there */
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int k = 0; k < 8; k++)
            value = value >> 1 ^ (value & 1 ? 0xEDB88320 : 0);
        crc_table[i] = value;
    }
    return &__heap_base;
}

INLINED uint32_t bit(coder *from, uint16_t *probability)
{
    uint32_t p = *probability, bound = (from->range >> 11) * p, value = from->code >= bound;
    if (value) {
        from->range -= bound;
        from->code -= bound;
        *probability = (uint16_t)(p - (p >> 5));
    } else {
        from->range = bound;
        *probability = (uint16_t)(p + ((2048 - p) >> 5));
    }
    if (from->range < 0x1000000) {
        from->range <<= 8;
        from->code = from->code << 8 | *from->at++;
    }
    return value;
}

INLINED uint32_t direct(coder *from, uint32_t n_bits)
{
    uint32_t value = 0;
    for (; n_bits; n_bits--) {
        from->range >>= 1;
        value <<= 1;
        if (from->code >= from->range) {
            from->code -= from->range;
            value++;
        }
        if (from->range < 0x1000000) {
            from->range <<= 8;
            from->code = from->code << 8 | *from->at++;
        }
    }
    return value;
}

INLINED uint32_t tree(coder *from, uint16_t *probability, uint32_t n_bits)
{
    uint32_t m = 1;
    for (uint32_t i = 0; i < n_bits; i++)
        m = m << 1 | bit(from, probability + m);
    return m - (1u << n_bits);
}

INLINED uint32_t reverse(coder *from, uint16_t *probability, uint32_t n_bits)
{
    uint32_t m = 1, value = 0;
    for (uint32_t i = 0; i < n_bits; i++) {
        uint32_t b = bit(from, probability + m);
        m = m << 1 | b;
        value |= b << i;
    }
    return value;
}

INLINED uint32_t length(coder *from, length_coder *lengths)
{
    if (!bit(from, &lengths->choice[0]))
        return tree(from, lengths->low, 3);
    return bit(from, &lengths->choice[1]) ? 16 + tree(from, lengths->high, 8) : 8 + tree(from, lengths->mid, 3);
}

INLINED uint32_t distance(coder *from, uint32_t len)
{
    uint32_t slot = tree(from, model.slots[len < 3 ? len : 3], 6), n_direct = (slot >> 1) - 1;
    if (slot < 4)
        return slot;
    uint32_t start = (2 | (slot & 1)) << n_direct;
    if (slot < 14)
        return start + reverse(from, model.distances + start - slot, n_direct);
    start += direct(from, n_direct - 4) << 4;
    return start + reverse(from, model.align, 4);
}

INLINED void literal(coder *from, uint32_t n)
{
    uint16_t *probability = model.literals[n ? out[n - 1] >> 4 : 0];
    uint32_t symbol = 1;
    if (from->state >= 7) {
        uint32_t match = out[n - from->rep0 - 1], is_same = 1;
        while (symbol < 0x100 && is_same) {
            uint32_t match_bit = match >> 7 & 1, b = bit(from, probability + ((1 + match_bit) << 8) + symbol);
            match <<= 1;
            symbol = symbol << 1 | b;
            is_same = match_bit == b;
        }
    }
    while (symbol < 0x100)
        symbol = symbol << 1 | bit(from, probability + symbol);
    out[n] = (uint8_t)symbol;
    from->state = from->state < 4 ? 0 : from->state < 10 ? from->state - 3 : from->state - 6;
}

/* Which distance came before: it is rep0 then. \return 0 when it is one byte of the last */
INLINED uint32_t repeated(coder *from)
{
    if (!bit(from, &model.is_rep_g0[from->state]))
        return bit(from, &model.is_rep0_long[from->state]);
    uint32_t found = from->rep1;
    if (bit(from, &model.is_rep_g1[from->state])) {
        found = from->rep2;
        if (bit(from, &model.is_rep_g2[from->state])) {
            found = from->rep3;
            from->rep3 = from->rep2;
        }
        from->rep2 = from->rep1;
    }
    from->rep1 = from->rep0;
    from->rep0 = found;
    return 1;
}

/* How many bytes are to be repeated from rep0 on; 0 = a literal, which is written. */
INLINED uint32_t take(coder *from, uint32_t n)
{
    if (!bit(from, &model.is_match[from->state])) {
        literal(from, n);
        return 0;
    }
    if (!bit(from, &model.is_rep[from->state])) {
        from->rep3 = from->rep2;
        from->rep2 = from->rep1;
        from->rep1 = from->rep0;
        uint32_t len = length(from, &model.match_length);
        from->state = from->state < 7 ? 7 : 10;
        from->rep0 = distance(from, len);
        return len + 2;
    }
    if (!repeated(from)) {
        from->state = from->state < 7 ? 9 : 11;
        return 1;
    }
    uint32_t len = length(from, &model.rep_length);
    from->state = from->state < 7 ? 8 : 11;
    return len + 2;
}

/* Unpacks the next piece. \return whether there is more. The coder is held in local variables; and what computes in many short calls is
 * compiled well by browsers after the first few. */
EXPORTED("more") uint32_t unpack_more(void)
{
    coder from = now;
    uint32_t n = n_done, end = n_out - n < PIECE ? n_out : n + PIECE;
    if (!n) {
        from.range = ~0u;
        from.at = &__heap_base + 1; /* the first byte is always 0 */
        for (int i = 0; i < 4; i++)
            from.code = from.code << 8 | *from.at++;
    }
    while (n < end) {
        uint32_t len = take(&from, n);
        if (!len)
            n++;
        for (; len; len--, n++)
            out[n] = out[n - from.rep0 - 1];
    }
    now = from;
    n_done = n;
    return n < n_out;
}

/* \return what is unpacked */
EXPORTED("bytes") const uint8_t *unpack_bytes(void)
{
    return out;
}

/* CRC-32 of what is packed. */
EXPORTED("checksum") uint32_t unpack_checksum(void)
{
    uint32_t checksum = ~0u;
    for (uint32_t i = 0; i < n_packed_bytes; i++)
        checksum = checksum >> 8 ^ crc_table[(checksum ^ (&__heap_base)[i]) & 255];
    return ~checksum;
}
