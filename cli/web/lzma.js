// lzma.js - unpacks what assemble.py packed with LZMA (raw, lc 4, lp 0, pb 0), which makes the program a fifth smaller than gzip, the only
// packing that browsers unpack themselves. After the specification of Igor Pavlov (LZMA SDK, public domain), whose names it keeps.
"use strict";
function unpackLzma(packed, size) {
    const table = n => new Uint16Array(n).fill(1024), out = new Uint8Array(size);
    const literals = table(0x300 << 4), isMatch = table(12), isRep = table(12), isRepG0 = table(12), isRepG1 = table(12), isRepG2 = table(12), isRep0Long = table(12);
    const slots = table(4 * 64), distances = table(116), align = table(16);
    const lengths = () => ({choice: table(2), low: table(8), mid: table(8), high: table(256)}), matchLength = lengths(), repLength = lengths();
    let at = 5, range = 0xFFFFFFFF, code = new DataView(packed.buffer, packed.byteOffset).getUint32(1);
    let n = 0, state = 0, rep0 = 0, rep1 = 0, rep2 = 0, rep3 = 0;

    function bit(probabilities, i) {
        const p = probabilities[i], bound = (range >>> 11) * p;
        let value;
        if (code < bound) {
            range = bound;
            probabilities[i] = p + ((2048 - p) >> 5);
            value = 0;
        } else {
            range -= bound;
            code -= bound;
            probabilities[i] = p - (p >> 5);
            value = 1;
        }
        if (range < 0x1000000) {
            range = (range << 8) >>> 0;
            code = ((code << 8) | packed[at++]) >>> 0;
        }
        return value;
    }

    function direct(nBits) {
        let value = 0;
        for (let i = 0; i < nBits; i++) {
            range >>>= 1;
            value *= 2;
            if (code >= range) {
                code -= range;
                value++;
            }
            if (range < 0x1000000) {
                range = (range << 8) >>> 0;
                code = ((code << 8) | packed[at++]) >>> 0;
            }
        }
        return value;
    }

    function tree(probabilities, start, nBits) {
        let m = 1;
        for (let i = 0; i < nBits; i++)
            m = (m << 1) | bit(probabilities, start + m);
        return m - (1 << nBits);
    }

    function reverse(probabilities, start, nBits) {
        let m = 1, value = 0;
        for (let i = 0; i < nBits; i++) {
            const b = bit(probabilities, start + m);
            m = (m << 1) | b;
            value |= b << i;
        }
        return value;
    }

    function length(coder) {
        if (!bit(coder.choice, 0))
            return tree(coder.low, 0, 3);
        return bit(coder.choice, 1) ? 16 + tree(coder.high, 0, 8) : 8 + tree(coder.mid, 0, 3);
    }

    function distance(len) {
        const slot = tree(slots, Math.min(len, 3) * 64, 6), nDirect = (slot >> 1) - 1;
        if (slot < 4)
            return slot;
        const start = (2 | (slot & 1)) << nDirect;
        return slot < 14 ? start + reverse(distances, start - slot, nDirect) : start + (direct(nDirect - 4) << 4) + reverse(align, 0, 4);
    }

    function literal() {
        const start = (n ? out[n - 1] >> 4 : 0) * 0x300;
        let symbol = 1;
        if (state >= 7) {
            let match = out[n - rep0 - 1], isSame = true;
            while (symbol < 0x100 && isSame) {
                const matchBit = match >> 7 & 1, b = bit(literals, start + ((1 + matchBit) << 8) + symbol);
                match <<= 1;
                symbol = (symbol << 1) | b;
                isSame = matchBit === b;
            }
        }
        while (symbol < 0x100)
            symbol = (symbol << 1) | bit(literals, start + symbol);
        out[n++] = symbol;
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    }

    // Which distance came before; false when it is one byte of the last, which is written.
    function repeated() {
        if (!bit(isRepG0, state)) {
            if (bit(isRep0Long, state))
                return true;
            state = state < 7 ? 9 : 11;
            out[n] = out[n - rep0 - 1];
            n++;
            return false;
        }
        let found = rep1;
        if (bit(isRepG1, state)) {
            found = rep2;
            if (bit(isRepG2, state)) {
                found = rep3;
                rep3 = rep2;
            }
            rep2 = rep1;
        }
        rep1 = rep0;
        rep0 = found;
        return true;
    }

    while (n < size) {
        let len;
        if (!bit(isMatch, state)) {
            literal();
            continue;
        }
        if (bit(isRep, state)) {
            if (!repeated())
                continue;
            len = length(repLength);
            state = state < 7 ? 8 : 11;
        } else {
            [rep3, rep2, rep1] = [rep2, rep1, rep0];
            len = length(matchLength);
            state = state < 7 ? 7 : 10;
            rep0 = distance(len);
        }
        for (const end = Math.min(n + len + 2, size); n < end; n++)
            out[n] = out[n - rep0 - 1];
    }
    return out;
}

function crc32(bytes) {
    const table = new Uint32Array(256);
    for (let i = 0; i < 256; i++) {
        table[i] = i;
        for (let k = 0; k < 8; k++)
            table[i] = table[i] & 1 ? table[i] >>> 1 ^ 0xEDB88320 : table[i] >>> 1;
    }
    let value = -1;
    for (let i = 0; i < bytes.length; i++)
        value = value >>> 8 ^ table[(value ^ bytes[i]) & 255];
    return ~value >>> 0;
}
