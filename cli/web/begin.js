// begin.js - behind unpack.js in the head of the page: takes apart what assemble.py's packed() wrote, and begins the worker, which takes
// longest of all, while the rest of the page is read. end.js stands at its end.
"use strict";
// The bytes packed, how many they were and their checksum. The page is of windows-1252, where each byte is a letter; those that HTML has
// other plans for were avoided by changing the bits of 200 bytes in the way that the byte before them says.
function packedBytes(id) {
    const element = document.getElementById(id), text = element.textContent, [length, size, checksum] = text.split(":", 3).map(Number);
    const letters = new TextDecoder("windows-1252").decode(Uint8Array.from({length: 256}, (_, i) => i)), values = new Uint8Array(0x2123);
    for (let i = 0; i < 256; i++)
        values[letters.charCodeAt(i)] = i;
    const bytes = new Uint8Array(length);
    for (let n = 0, at = `${length}:${size}:${checksum}:`.length, key = 0; n < length; at++) {
        if (n % 200 === 0)
            key = values[text.charCodeAt(at++)];
        bytes[n++] = values[text.charCodeAt(at)] ^ key;
    }
    element.remove();
    return {bytes, size, checksum};
}

// What end.js says, once there is a place for it; and the worker's first answer: the program, compiled, and its version.
let unpacker, source, worker, refusal = null, begun;
try {
    if (document.characterSet !== "windows-1252") // a server said otherwise
        throw new Error(document.characterSet);
    unpacker = new WebAssembly.Module(packedBytes("unpacker").bytes);
    source = URL.createObjectURL(new Blob([unpackedPieces, "\n", unpacked({unpacker, ...packedBytes("packed-script")})], {type: "text/javascript"}));
    worker = new Worker(source);
    begun = new Promise((resolve, reject) => {
        worker.onmessage = ({data}) => data.program ? resolve(data) : reject(new Error(data.stopped));
        worker.onerror = event => reject(new Error(event.message || "worker"));
    });
} catch (error) {
    refusal = error;
}
