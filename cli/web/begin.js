// begin.js - behind unpack.js in the head of the page: begins the worker, which takes longest of all, while the rest of the page is read.
// give.js and end.js stand behind what they need. Nothing that the browser would draw stands before the program: a browser that is busy
// drawing begins no worker.
"use strict";
// The text of an element, which is taken out of the page.
function taken(id) {
    const element = document.getElementById(id), text = element.textContent;
    element.remove();
    return text;
}

// What end.js says, once there is a place for it; whether the worker has what it needs; and its first answer: the program, compiled. Nothing
// is drawn before the worker has what it needs, and nothing sent to it before it listens: a page that draws, or runs a long script, keeps
// its worker waiting.
let unpacker, source, worker, refusal = null, listens, begins, begun;
document.documentElement.hidden = true;
try {
    if (document.characterSet !== "UTF-16LE") // somebody saved it anew
        throw new Error(document.characterSet);
    unpacker = new WebAssembly.Module(packedBytes(taken("unpacker")).bytes);
    source = URL.createObjectURL(new Blob([packedBytes, "\n", unpacked, "\n", unpacked(unpacker, taken("packed-script"))], {type: "text/javascript"}));
    worker = new Worker(source);
    const answers = {};
    function refuse(text) {
        Object.values(answers).forEach(({reject}) => reject(new Error(text)));
    }
    [listens, begins, begun] = ["listens", "begins", "program"].map(name => new Promise((resolve, reject) => { answers[name] = {resolve, reject}; }));
    worker.onmessage = ({data}) => {
        const name = Object.keys(answers).find(key => key in data);
        name ? answers[name].resolve(data[name]) : refuse(data.stopped);
    };
    worker.onerror = event => refuse(event.message || "worker");
    begun.catch(() => 0); // page.js says it, or end.js
} catch (error) {
    refusal = error;
}
