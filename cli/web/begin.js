// begin.js - behind unpack.js in the head of the page: takes apart what assemble.py's packed() wrote, and begins the worker, which takes
// longest of all, while the rest of the page is read. give.js and end.js stand behind what they need.
"use strict";
// The bytes packed, how many they were and their checksum. The page is of UTF-16, where a letter holds two bytes; letters that are none, or
// that HTML has other plans for, were avoided: the letter before a block says how long that is and how its first bits were changed.
function packedBytes(id) {
    const element = document.getElementById(id), text = element.textContent, [length, size, checksum] = text.split(":", 3).map(Number);
    const letters = new Uint16Array(length + 1 >> 1);
    for (let n = 0, at = `${length}:${size}:${checksum}:`.length; n < letters.length;) {
        const key = text.charCodeAt(at++);
        for (const end = Math.min(n + (key & 0x7FF), letters.length); n < end; at++)
            letters[n++] = text.charCodeAt(at) ^ key & 0xF800;
    }
    element.remove();
    return {bytes: new Uint8Array(letters.buffer, 0, length), size, checksum};
}

// What end.js says, once there is a place for it; and the worker's first answer: the program, compiled, and its version.
let unpacker, source, worker, refusal = null, begun;
try {
    if (document.characterSet !== "UTF-16LE") // somebody saved it anew
        throw new Error(document.characterSet);
    unpacker = new WebAssembly.Module(packedBytes("unpacker").bytes);
    source = URL.createObjectURL(new Blob([unpacked, "\n", unpacked({unpacker, ...packedBytes("packed-script")})], {type: "text/javascript"}));
    worker = new Worker(source);
    begun = new Promise((resolve, reject) => {
        worker.onmessage = ({data}) => data.program ? resolve(data) : reject(new Error(data.stopped));
        worker.onerror = event => reject(new Error(event.message || "worker"));
    });
} catch (error) {
    refusal = error;
}
