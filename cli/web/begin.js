// begin.js - behind unpack.js the one script that stands in the page as text: it takes apart what assemble.py's packed() wrote, and lets the
// script of the page run, whose digest the policy names.
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

let unpacker;
try {
    if (document.characterSet !== "windows-1252") // a server said otherwise
        throw new Error(document.characterSet);
    unpacker = new WebAssembly.Module(packedBytes("unpacker").bytes);
    const script = document.createElement("script");
    script.textContent = new TextDecoder().decode(unpacked({unpacker, ...packedBytes("packed-page")}));
    document.body.append(script);
} catch (error) {
    const place = document.getElementById("fault");
    place.textContent = {{fault_start}}.replace("{text}", error.message);
}
