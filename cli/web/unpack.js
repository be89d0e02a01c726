// unpack.js - what assemble.py packed: the page's script in the page, the program in the worker. unpacker is the module of unpack.c. A file
// that was changed on its way computes nothing.
"use strict";
function unpacked({unpacker, bytes, size, checksum}) {
    const module = new WebAssembly.Instance(unpacker).exports, start = module.start(bytes.length, size);
    if (!start)
        throw new RangeError("memory");
    new Uint8Array(module.memory.buffer, start).set(bytes);
    const whole = new Uint8Array(module.memory.buffer, module.bytes(), size);
    if (module.checksum() >>> 0 !== checksum)
        throw new Error("CRC-32");
    return whole;
}
