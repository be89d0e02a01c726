// end.js - at the end of the page: gives the worker the program to unpack, and lets the script of the page run, whose digest the policy
// names.
"use strict";
try {
    if (refusal)
        throw refusal;
    const {bytes, size, checksum} = packedBytes("packed-program");
    worker.postMessage({unpacker, bytes, size, checksum}, [bytes.buffer]);
    const script = document.createElement("script");
    script.textContent = new TextDecoder().decode(unpacked({unpacker, ...packedBytes("packed-page")}));
    document.body.append(script);
} catch (error) {
    const place = document.getElementById("fault");
    place.textContent = {{fault_start}}.replace("{text}", error.message);
}
