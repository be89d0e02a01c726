// give.js - behind the packed program: gives it to the worker.
"use strict";
if (!refusal) {
    const {bytes, size, checksum} = packedBytes("packed-program");
    worker.postMessage({unpacker, bytes, size, checksum}, [bytes.buffer]);
}
