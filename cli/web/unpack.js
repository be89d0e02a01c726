// unpack.js - what assemble.py packed, piece by piece: the page's script in the page, the program in the worker. unpacker is the module
// of unpack.c.
"use strict";

// Gives each piece, or throws at the end where the whole is not what it was: a file that was changed on its way computes nothing.
function* unpackedPieces({unpacker, bytes, size, checksum}) {
    const module = new WebAssembly.Instance(unpacker).exports, start = module.start(bytes.length, size);
    if (!start)
        throw new RangeError("memory");
    new Uint8Array(module.memory.buffer, start).set(bytes);
    for (let n = 0; n < size;) {
        const end = module.next(1 << 18), piece = new Uint8Array(module.memory.buffer, module.bytes() + n, end - n);
        n = end;
        if (n === size && module.checksum() >>> 0 !== checksum)
            throw new Error("CRC-32");
        yield piece;
    }
}

function unpacked(packed) {
    const whole = new Uint8Array(packed.size);
    let n = 0;
    for (const piece of unpackedPieces(packed)) {
        whole.set(piece, n);
        n += piece.length;
    }
    return whole;
}
