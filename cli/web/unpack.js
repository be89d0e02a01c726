// unpack.js - what assemble.py packed: the page's scripts in the page, the program in the worker. unpacker is the module of unpack.c. A file
// that was changed on its way computes nothing.
"use strict";
// The bytes packed, how many they will be and their checksum. The page is of UTF-16, where a letter holds two bytes; letters that are none, or
// that HTML has other plans for, were avoided: the letter before a block says how long that is and how its first bits were changed.
function packedBytes(text) {
    const [length, size, checksum] = text.split(":", 3).map(Number), letters = new Uint16Array(length + 1 >> 1);
    for (let n = 0, at = `${length}:${size}:${checksum}:`.length; n < letters.length;) {
        const key = text.charCodeAt(at++);
        for (const end = Math.min(n + (key & 0x7FF), letters.length); n < end; at++)
            letters[n++] = text.charCodeAt(at) ^ key & 0xF800;
    }
    return {bytes: new Uint8Array(letters.buffer, 0, length), size, checksum};
}

function unpacked(unpacker, text) {
    const {bytes, size, checksum} = packedBytes(text), module = new WebAssembly.Instance(unpacker).exports;
    const start = module.start(bytes.length, size);
    if (!start)
        throw new RangeError("memory");
    new Uint8Array(module.memory.buffer, start).set(bytes);
    if (module.checksum() >>> 0 !== checksum)
        throw new Error("CRC-32");
    while (module.more()); // piece by piece: browsers compile a function better between two calls of it
    return new Uint8Array(module.memory.buffer, module.bytes(), size);
}
