// give.js - behind the packed program: gives it to the worker.
"use strict";
if (!refusal) {
    const packed = taken("packed-program");
    listens.then(() => worker.postMessage({unpacker, packed}), error => { refusal = error; });
}
